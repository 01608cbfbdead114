-- Schema inspection, written from the catalogue by "npm run check -- --write". Not executed.

create table inspection.answer (
  tenant_id integer not null,
  answer_id uuid not null,
  visit_id uuid not null,
  item text not null,
  verdict text not null,
  note text not null default ''::text,
  finding text not null default ''::text,
  replaces uuid[] not null default '{}'::uuid[],
  late boolean not null default false,
  author_id uuid,
  at timestamp with time zone not null
);
alter table inspection.answer add constraint answer_pkey PRIMARY KEY (tenant_id, answer_id);
alter table inspection.answer add constraint answer_verdict_check CHECK ((verdict = ANY (ARRAY['yes'::text, 'mostly'::text, 'no'::text, 'none'::text])));
CREATE INDEX answer_tenant_id_visit_id_idx ON inspection.answer USING btree (tenant_id, visit_id);
alter table inspection.answer enable row level security;
create policy scope_rows on inspection.answer as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (visit_id IN ( SELECT v.visit_id
   FROM inspection.visit v)))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (visit_id IN ( SELECT v.visit_id
   FROM inspection.visit v)));
create policy tenant_rows on inspection.answer as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on inspection.answer to dajuan_scoped;
grant insert, select on inspection.answer to dajuan_tenant;

create table inspection.inspection (
  tenant_id integer not null,
  inspection_id uuid not null,
  kind text not null,
  checklist jsonb not null,
  title text not null,
  basis text not null,
  reason text not null default ''::text,
  asker_id uuid not null,
  first_day date not null,
  last_day date not null,
  state text not null default 'planned'::text,
  author_id uuid,
  known_from timestamp with time zone not null,
  started_at timestamp with time zone,
  closed_at timestamp with time zone
);
alter table inspection.inspection add constraint inspection_check CHECK ((first_day <= last_day));
alter table inspection.inspection add constraint inspection_pkey PRIMARY KEY (tenant_id, inspection_id);
alter table inspection.inspection add constraint inspection_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'under-way'::text, 'closed'::text])));
CREATE INDEX inspection_tenant_id_first_day_idx ON inspection.inspection USING btree (tenant_id, first_day);
alter table inspection.inspection enable row level security;
create policy scope_rows on inspection.inspection as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (inspection_id IN ( SELECT v.inspection_id
   FROM inspection.visit v))))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on inspection.inspection as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on inspection.inspection to dajuan_scoped;
grant insert, select on inspection.inspection to dajuan_tenant;

create table inspection.member (
  tenant_id integer not null,
  visit_id uuid not null,
  account_id uuid not null,
  inspection_id uuid not null,
  asker_id uuid not null,
  known_from timestamp with time zone not null
);
alter table inspection.member add constraint member_pkey PRIMARY KEY (tenant_id, visit_id, account_id);
CREATE INDEX member_tenant_id_account_id_idx ON inspection.member USING btree (tenant_id, account_id);
alter table inspection.member enable row level security;
create policy scope_rows on inspection.member as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (account_id = ( SELECT kit.actor() AS actor))))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on inspection.member as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select on inspection.member to dajuan_scoped;
grant delete, insert, select on inspection.member to dajuan_tenant;

create table inspection.visit (
  tenant_id integer not null,
  visit_id uuid not null,
  inspection_id uuid not null,
  asker_id uuid not null,
  unit_id uuid not null,
  body_id uuid not null,
  signed_at timestamp with time zone,
  signed_by uuid,
  witness text not null default ''::text,
  drawn boolean not null default false,
  heads uuid[] not null default '{}'::uuid[]
);
alter table inspection.visit add constraint visit_pkey PRIMARY KEY (tenant_id, visit_id);
alter table inspection.visit add constraint visit_tenant_id_inspection_id_unit_id_key UNIQUE (tenant_id, inspection_id, unit_id);
alter table inspection.visit enable row level security;
create policy scope_rows on inspection.visit as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (visit_id IN ( SELECT m.visit_id
   FROM inspection.member m
  WHERE (m.account_id = ( SELECT kit.actor() AS actor)))) OR ((signed_at IS NOT NULL) AND ((unit_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (body_id = ANY (( SELECT kit.scope() AS scope)::uuid[]))))))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on inspection.visit as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select on inspection.visit to dajuan_scoped;
grant delete, insert, select on inspection.visit to dajuan_tenant;

CREATE OR REPLACE FUNCTION inspection.accounts_of(persons uuid[])
 RETURNS TABLE(account_id uuid, person_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT a.account_id,
     a.person_id
    FROM access.account a
   WHERE ((a.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (a.person_id = ANY (accounts_of.persons)) AND a.active);
END
;

CREATE OR REPLACE FUNCTION inspection.ties(account uuid, on_date date, as_of timestamp with time zone)
 RETURNS TABLE(unit_id uuid, tie text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 WITH RECURSIVE who AS (
          SELECT a.tenant_id,
             a.person_id
            FROM access.account a
           WHERE ((a.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (a.account_id = ties.account))
         ), place AS MATERIALIZED (
          SELECT p.tree,
             p.node_id,
             p.parent_id
            FROM org.placements_at(ties.on_date, ties.as_of) p(tenant_id, placement_id, tree, node_id, parent_id, valid_from, valid_until, known_from, known_until, author_id)
         ), orgs AS MATERIALIZED (
          SELECT o.party_org_id,
             o.unit_id
            FROM org.party_orgs_at(ties.on_date, ties.as_of) o(tenant_id, party_org_id, version_id, name, initials, kind, unit_id, attributes, valid_from, valid_until, known_from, known_until, author_id)
         ), spell AS (
          SELECT m.party_org_id AS body_id,
             (m.valid_until > ties.on_date) AS now
            FROM (who
              JOIN org.membership m ON (((m.tenant_id = who.tenant_id) AND (m.person_id = who.person_id))))
           WHERE ((m.known_from <= ties.as_of) AND (m.known_until > ties.as_of) AND (m.valid_from <= ties.on_date))
         UNION ALL
          SELECT h.body_id,
             (h.valid_until > ties.on_date)
            FROM (who
              JOIN org.holding h ON (((h.tenant_id = who.tenant_id) AND (h.person_id = who.person_id))))
           WHERE ((h.known_from <= ties.as_of) AND (h.known_until > ties.as_of) AND (h.valid_from <= ties.on_date))
         UNION ALL
          SELECT p.body_id,
             (p.valid_until > ties.on_date)
            FROM (who
              JOIN access.appointment p ON (((p.tenant_id = who.tenant_id) AND (p.account_id = ties.account))))
           WHERE ((p.body_id IS NOT NULL) AND (p.valid_from <= ties.on_date))
         ), at AS (
          SELECT s.body_id,
             s.now,
             COALESCE(o.unit_id, s.body_id) AS unit_id
            FROM (spell s
              LEFT JOIN org.party_org o ON (((o.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (o.party_org_id = s.body_id) AND (o.known_from <= ties.as_of) AND (o.known_until > ties.as_of))))
         ), up AS (
          SELECT place.tree,
             place.parent_id AS node_id
            FROM (at
              JOIN place ON (((place.node_id = at.body_id) OR (place.node_id = at.unit_id))))
           WHERE at.now
         UNION
          SELECT place.tree,
             place.parent_id
            FROM (up
              JOIN place ON (((place.tree = up.tree) AND (place.node_id = up.node_id))))
         )
  SELECT at.unit_id,
         CASE
             WHEN bool_or(at.now) THEN 'own'::text
             ELSE 'former'::text
         END AS "case"
    FROM at
   GROUP BY at.unit_id
 UNION
  SELECT COALESCE(orgs.unit_id, up.node_id) AS "coalesce",
     'above'::text
    FROM (up
      LEFT JOIN orgs ON ((orgs.party_org_id = up.node_id)))
   WHERE ((up.node_id IS NOT NULL) AND (NOT (COALESCE(orgs.unit_id, up.node_id) IN ( SELECT at.unit_id
            FROM at
           WHERE at.now))));
END
;
