-- Schema org, written from the catalogue by "npm run check -- --write". Not executed.

create table org.change (
  tenant_id integer not null,
  change_id uuid not null,
  kind text not null,
  took_effect_on date not null,
  input_hash text not null,
  reply jsonb not null,
  note text not null default ''::text,
  known_from timestamp with time zone not null,
  author_id uuid
);
alter table org.change add constraint change_pkey PRIMARY KEY (tenant_id, change_id);
alter table org.change enable row level security;
create policy tenant_rows on org.change as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.change to dajuan_tenant;
grant select on org.change to dajuan_scoped;

create table org.change_body (
  tenant_id integer not null,
  body_id uuid not null,
  change_id uuid not null
);
alter table org.change_body add constraint change_body_pkey PRIMARY KEY (tenant_id, body_id, change_id);
alter table org.change_body add constraint change_body_tenant_id_change_id_fkey FOREIGN KEY (tenant_id, change_id) REFERENCES org.change(tenant_id, change_id);
alter table org.change_body enable row level security;
create policy tenant_rows on org.change_body as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.change_body to dajuan_tenant;
grant select on org.change_body to dajuan_scoped;

create table org.exception (
  tenant_id integer not null,
  exception_id uuid not null,
  rule text not null,
  body_id uuid not null,
  reason text not null,
  valid_from date not null,
  valid_until date not null default 'infinity'::date,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  author_id uuid
);
alter table org.exception add constraint exception_pkey PRIMARY KEY (tenant_id, exception_id);
alter table org.exception enable row level security;
create policy tenant_rows on org.exception as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.exception to dajuan_tenant;
grant select on org.exception to dajuan_scoped;

create table org.holding (
  tenant_id integer not null,
  holding_id uuid not null,
  post text not null,
  body_id uuid not null,
  person_id uuid not null,
  valid_from date not null,
  valid_until date not null default 'infinity'::date,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  author_id uuid
);
alter table org.holding add constraint holding_check CHECK ((valid_from < valid_until));
alter table org.holding add constraint holding_check1 CHECK ((known_from <= known_until));
alter table org.holding add constraint holding_pkey PRIMARY KEY (tenant_id, holding_id);
CREATE INDEX holding_by_end ON org.holding USING btree (tenant_id, known_until) WHERE (known_until < 'infinity'::timestamp with time zone);
CREATE INDEX holding_by_known ON org.holding USING btree (tenant_id, known_from);
CREATE INDEX holding_tenant_id_body_id_idx ON org.holding USING btree (tenant_id, body_id);
CREATE INDEX holding_tenant_id_person_id_idx ON org.holding USING btree (tenant_id, person_id);
alter table org.holding enable row level security;
create policy tenant_rows on org.holding as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.holding to dajuan_tenant;
grant select on org.holding to dajuan_scoped;

create table org.import (
  tenant_id integer not null,
  import_id uuid not null,
  kind text not null,
  file_hash text not null,
  file_name text not null,
  row_count integer not null,
  counts jsonb not null,
  known_from timestamp with time zone not null,
  author_id uuid
);
alter table org.import add constraint import_kind_check CHECK ((kind = ANY (ARRAY['members'::text, 'party-orgs'::text, 'units'::text])));
alter table org.import add constraint import_pkey PRIMARY KEY (tenant_id, import_id);
alter table org.import add constraint import_tenant_id_kind_file_hash_key UNIQUE (tenant_id, kind, file_hash);
alter table org.import enable row level security;
create policy tenant_rows on org.import as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.import to dajuan_tenant;

create table org.lineage (
  tenant_id integer not null,
  lineage_id uuid not null,
  kind text not null,
  took_effect_on date not null,
  from_id uuid not null,
  to_id uuid not null,
  note text not null default ''::text,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  author_id uuid
);
alter table org.lineage add constraint lineage_kind_check CHECK ((kind = ANY (ARRAY['merge'::text, 'split'::text, 'move'::text, 'rename'::text, 'dissolve'::text])));
alter table org.lineage add constraint lineage_pkey PRIMARY KEY (tenant_id, lineage_id);
CREATE INDEX lineage_by_end ON org.lineage USING btree (tenant_id, known_until) WHERE (known_until < 'infinity'::timestamp with time zone);
CREATE INDEX lineage_by_known ON org.lineage USING btree (tenant_id, known_from);
alter table org.lineage enable row level security;
create policy tenant_rows on org.lineage as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.lineage to dajuan_tenant;
grant select on org.lineage to dajuan_scoped;

create table org.membership (
  tenant_id integer not null,
  membership_id uuid not null,
  person_id uuid not null,
  party_org_id uuid not null,
  kind text not null,
  valid_from date not null,
  valid_until date not null default 'infinity'::date,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  author_id uuid
);
alter table org.membership add constraint membership_check CHECK ((valid_from < valid_until));
alter table org.membership add constraint membership_check1 CHECK ((known_from <= known_until));
alter table org.membership add constraint membership_kind_check CHECK ((kind = ANY (ARRAY['full'::text, 'probationary'::text])));
alter table org.membership add constraint membership_pkey PRIMARY KEY (tenant_id, membership_id);
CREATE INDEX membership_by_end ON org.membership USING btree (tenant_id, known_until) WHERE (known_until < 'infinity'::timestamp with time zone);
CREATE INDEX membership_by_known ON org.membership USING btree (tenant_id, known_from);
CREATE INDEX membership_tenant_id_party_org_id_idx ON org.membership USING btree (tenant_id, party_org_id);
CREATE INDEX membership_tenant_id_person_id_idx ON org.membership USING btree (tenant_id, person_id);
alter table org.membership enable row level security;
create policy scope_rows on org.membership as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (party_org_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on org.membership as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.membership to dajuan_tenant;
grant select on org.membership to dajuan_scoped;

create table org.party_org (
  tenant_id integer not null,
  party_org_id uuid not null,
  version_id uuid not null,
  name text not null,
  initials text not null default ''::text,
  kind text not null,
  unit_id uuid not null,
  attributes jsonb not null default '{}'::jsonb,
  valid_from date not null,
  valid_until date not null default 'infinity'::date,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  author_id uuid
);
alter table org.party_org add constraint party_org_check CHECK ((valid_from < valid_until));
alter table org.party_org add constraint party_org_check1 CHECK ((known_from <= known_until));
alter table org.party_org add constraint party_org_pkey PRIMARY KEY (tenant_id, party_org_id, version_id);
CREATE INDEX party_org_by_end ON org.party_org USING btree (tenant_id, known_until) WHERE (known_until < 'infinity'::timestamp with time zone);
CREATE INDEX party_org_by_known ON org.party_org USING btree (tenant_id, known_from);
CREATE INDEX party_org_tenant_id_unit_id_idx ON org.party_org USING btree (tenant_id, unit_id);
alter table org.party_org enable row level security;
create policy tenant_rows on org.party_org as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.party_org to dajuan_tenant;
grant select on org.party_org to dajuan_scoped;

create table org.person (
  tenant_id integer not null,
  person_id uuid not null,
  name text not null,
  initials text not null default ''::text,
  sex text,
  birth_year integer,
  outside boolean not null default false
);
alter table org.person add constraint person_pkey PRIMARY KEY (tenant_id, person_id);
CREATE INDEX person_tenant_id_initials_idx ON org.person USING btree (tenant_id, initials);
CREATE INDEX person_tenant_id_name_idx ON org.person USING btree (tenant_id, name);
alter table org.person enable row level security;
create policy scope_rows on org.person as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((outside AND ( SELECT (kit.scope() <> '{}'::uuid[]))) OR (person_id IN ( SELECT m.person_id
   FROM org.membership m))));
create policy tenant_rows on org.person as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select, update on org.person to dajuan_tenant;
grant select on org.person to dajuan_scoped;

create table org.placement (
  tenant_id integer not null,
  placement_id uuid not null,
  tree text not null,
  node_id uuid not null,
  parent_id uuid,
  valid_from date not null,
  valid_until date not null default 'infinity'::date,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  author_id uuid
);
alter table org.placement add constraint placement_check CHECK ((valid_from < valid_until));
alter table org.placement add constraint placement_check1 CHECK ((known_from <= known_until));
alter table org.placement add constraint placement_pkey PRIMARY KEY (tenant_id, placement_id);
alter table org.placement add constraint placement_tree_check CHECK ((tree = ANY (ARRAY['administrative'::text, 'party'::text, 'line'::text])));
CREATE INDEX placement_by_end ON org.placement USING btree (tenant_id, known_until) WHERE (known_until < 'infinity'::timestamp with time zone);
CREATE INDEX placement_by_known ON org.placement USING btree (tenant_id, known_from);
CREATE INDEX placement_tenant_id_tree_node_id_idx ON org.placement USING btree (tenant_id, tree, node_id);
alter table org.placement enable row level security;
create policy tenant_rows on org.placement as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.placement to dajuan_tenant;
grant select on org.placement to dajuan_scoped;

create table org.term (
  tenant_id integer not null,
  term_id uuid not null,
  party_org_id uuid not null,
  elected_on date not null,
  due_on date not null,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  author_id uuid
);
alter table org.term add constraint term_pkey PRIMARY KEY (tenant_id, term_id);
CREATE INDEX term_by_end ON org.term USING btree (tenant_id, known_until) WHERE (known_until < 'infinity'::timestamp with time zone);
CREATE INDEX term_by_known ON org.term USING btree (tenant_id, known_from);
CREATE INDEX term_tenant_id_party_org_id_idx ON org.term USING btree (tenant_id, party_org_id);
alter table org.term enable row level security;
create policy tenant_rows on org.term as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.term to dajuan_tenant;
grant select on org.term to dajuan_scoped;

create table org.unit (
  tenant_id integer not null,
  unit_id uuid not null,
  version_id uuid not null,
  name text not null,
  initials text not null default ''::text,
  kind text not null,
  class text not null,
  level text not null,
  credit_code text,
  division_code text,
  staff integer,
  attributes jsonb not null default '{}'::jsonb,
  valid_from date not null,
  valid_until date not null default 'infinity'::date,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  author_id uuid
);
alter table org.unit add constraint unit_check CHECK ((valid_from < valid_until));
alter table org.unit add constraint unit_check1 CHECK ((known_from <= known_until));
alter table org.unit add constraint unit_pkey PRIMARY KEY (tenant_id, unit_id, version_id);
CREATE INDEX unit_by_end ON org.unit USING btree (tenant_id, known_until) WHERE (known_until < 'infinity'::timestamp with time zone);
CREATE INDEX unit_by_known ON org.unit USING btree (tenant_id, known_from);
alter table org.unit enable row level security;
create policy tenant_rows on org.unit as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on org.unit to dajuan_tenant;
grant select on org.unit to dajuan_scoped;

CREATE OR REPLACE FUNCTION org.exceptions_at(on_date date, as_of timestamp with time zone)
 RETURNS SETOF org.exception
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT e.tenant_id,
     e.exception_id,
     e.rule,
     e.body_id,
     e.reason,
     e.valid_from,
     e.valid_until,
     e.known_from,
     e.known_until,
     e.author_id
    FROM org.exception e
   WHERE ((e.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (e.valid_from <= exceptions_at.on_date) AND (e.valid_until > exceptions_at.on_date) AND (e.known_from <= exceptions_at.as_of) AND (e.known_until > exceptions_at.as_of));
END
;

CREATE OR REPLACE FUNCTION org.holdings_at(on_date date, as_of timestamp with time zone)
 RETURNS SETOF org.holding
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT h.tenant_id,
     h.holding_id,
     h.post,
     h.body_id,
     h.person_id,
     h.valid_from,
     h.valid_until,
     h.known_from,
     h.known_until,
     h.author_id
    FROM org.holding h
   WHERE ((h.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (h.valid_from <= holdings_at.on_date) AND (h.valid_until > holdings_at.on_date) AND (h.known_from <= holdings_at.as_of) AND (h.known_until > holdings_at.as_of));
END
;

CREATE OR REPLACE FUNCTION org.lock_changes()
 RETURNS void
 LANGUAGE sql
RETURN pg_advisory_xact_lock(7003, kit.tenant_id())
;

CREATE OR REPLACE FUNCTION org.memberships_at(on_date date, as_of timestamp with time zone)
 RETURNS SETOF org.membership
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT m.tenant_id,
     m.membership_id,
     m.person_id,
     m.party_org_id,
     m.kind,
     m.valid_from,
     m.valid_until,
     m.known_from,
     m.known_until,
     m.author_id
    FROM org.membership m
   WHERE ((m.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (m.valid_from <= memberships_at.on_date) AND (m.valid_until > memberships_at.on_date) AND (m.known_from <= memberships_at.as_of) AND (m.known_until > memberships_at.as_of));
END
;

CREATE OR REPLACE FUNCTION org.party_members_at(on_date date, as_of timestamp with time zone)
 RETURNS TABLE(party_org_id uuid, members integer, full_members integer)
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 WITH RECURSIVE place AS MATERIALIZED (
          SELECT p.node_id,
             p.parent_id
            FROM org.placements_at(party_members_at.on_date, party_members_at.as_of) p(tenant_id, placement_id, tree, node_id, parent_id, valid_from, valid_until, known_from, known_until, author_id)
           WHERE (p.tree = 'party'::text)
         ), own AS MATERIALIZED (
          SELECT m.party_org_id,
             count(*) AS n,
             count(*) FILTER (WHERE (m.kind = 'full'::text)) AS full_n
            FROM org.memberships_at(party_members_at.on_date, party_members_at.as_of) m(tenant_id, membership_id, person_id, party_org_id, kind, valid_from, valid_until, known_from, known_until, author_id)
           GROUP BY m.party_org_id
         ), up AS (
          SELECT own.party_org_id AS id,
             own.n,
             own.full_n
            FROM own
         UNION ALL
          SELECT place.parent_id,
             up_1.n,
             up_1.full_n
            FROM (up up_1
              JOIN place ON ((place.node_id = up_1.id)))
           WHERE (place.parent_id IS NOT NULL)
         )
  SELECT up.id,
     (sum(up.n))::integer AS sum,
     (sum(up.full_n))::integer AS sum
    FROM up
   GROUP BY up.id;
END
;

CREATE OR REPLACE FUNCTION org.party_orgs_at(on_date date, as_of timestamp with time zone)
 RETURNS SETOF org.party_org
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT p.tenant_id,
     p.party_org_id,
     p.version_id,
     p.name,
     p.initials,
     p.kind,
     p.unit_id,
     p.attributes,
     p.valid_from,
     p.valid_until,
     p.known_from,
     p.known_until,
     p.author_id
    FROM org.party_org p
   WHERE ((p.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (p.valid_from <= party_orgs_at.on_date) AND (p.valid_until > party_orgs_at.on_date) AND (p.known_from <= party_orgs_at.as_of) AND (p.known_until > party_orgs_at.as_of));
END
;

CREATE OR REPLACE FUNCTION org.placements_at(on_date date, as_of timestamp with time zone)
 RETURNS SETOF org.placement
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT p.tenant_id,
     p.placement_id,
     p.tree,
     p.node_id,
     p.parent_id,
     p.valid_from,
     p.valid_until,
     p.known_from,
     p.known_until,
     p.author_id
    FROM org.placement p
   WHERE ((p.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (p.valid_from <= placements_at.on_date) AND (p.valid_until > placements_at.on_date) AND (p.known_from <= placements_at.as_of) AND (p.known_until > placements_at.as_of));
END
;

CREATE OR REPLACE FUNCTION org.terms_at(on_date date, as_of timestamp with time zone)
 RETURNS SETOF org.term
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT DISTINCT ON (t.party_org_id) t.tenant_id,
     t.term_id,
     t.party_org_id,
     t.elected_on,
     t.due_on,
     t.known_from,
     t.known_until,
     t.author_id
    FROM org.term t
   WHERE ((t.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (t.elected_on <= terms_at.on_date) AND (t.known_from <= terms_at.as_of) AND (t.known_until > terms_at.as_of))
   ORDER BY t.party_org_id, t.elected_on DESC, t.term_id DESC;
END
;

CREATE OR REPLACE FUNCTION org.units_at(on_date date, as_of timestamp with time zone)
 RETURNS SETOF org.unit
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT u.tenant_id,
     u.unit_id,
     u.version_id,
     u.name,
     u.initials,
     u.kind,
     u.class,
     u.level,
     u.credit_code,
     u.division_code,
     u.staff,
     u.attributes,
     u.valid_from,
     u.valid_until,
     u.known_from,
     u.known_until,
     u.author_id
    FROM org.unit u
   WHERE ((u.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (u.valid_from <= units_at.on_date) AND (u.valid_until > units_at.on_date) AND (u.known_from <= units_at.as_of) AND (u.known_until > units_at.as_of));
END
;
