-- Schema approval, written from the catalogue by "npm run check -- --write". Not executed.

create table approval.act (
  tenant_id integer not null,
  act_id uuid not null,
  paper_id uuid not null,
  round integer not null,
  step text not null,
  verdict text not null,
  reason text not null default ''::text,
  detail jsonb not null default '{}'::jsonb,
  account_id uuid not null,
  person_id uuid not null,
  post text not null,
  done_at timestamp with time zone not null
);
alter table approval.act add constraint act_pkey PRIMARY KEY (tenant_id, act_id);
CREATE INDEX act_tenant_id_paper_id_done_at_idx ON approval.act USING btree (tenant_id, paper_id, done_at);
alter table approval.act enable row level security;
create policy inside_rows on approval.act as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (EXISTS ( SELECT
   FROM approval.paper p
  WHERE ((p.tenant_id = act.tenant_id) AND (p.paper_id = act.paper_id) AND ((p.body_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (p.drafter_id = ( SELECT kit.actor() AS actor)) OR (p.asked ?| ( SELECT kit.posts() AS posts)))))));
create policy tenant_rows on approval.act as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on approval.act to dajuan_tenant;
grant select on approval.act to dajuan_scoped;

create table approval.objection (
  tenant_id integer not null,
  objection_id uuid not null,
  paper_id uuid not null,
  round integer not null,
  text text not null,
  account_id uuid,
  person_id uuid,
  name text not null,
  contact text not null,
  address_mark text not null,
  made_at timestamp with time zone not null,
  received_at timestamp with time zone not null default clock_timestamp(),
  upheld boolean,
  answer text,
  answered_by uuid,
  answered_at timestamp with time zone
);
alter table approval.objection add constraint objection_pkey PRIMARY KEY (tenant_id, objection_id);
CREATE INDEX objection_tenant_id_address_mark_received_at_idx ON approval.objection USING btree (tenant_id, address_mark, received_at);
CREATE INDEX objection_tenant_id_paper_id_idx ON approval.objection USING btree (tenant_id, paper_id);
alter table approval.objection enable row level security;
create policy own_rows on approval.objection as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (account_id = ( SELECT kit.actor() AS actor)));
create policy tenant_rows on approval.objection as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on approval.objection to dajuan_tenant;
grant select on approval.objection to dajuan_scoped;

create table approval.paper (
  tenant_id integer not null,
  paper_id uuid not null,
  route text not null,
  steps jsonb not null,
  separate jsonb not null,
  subject_kind text not null,
  subject_id text not null,
  title text not null,
  address text not null,
  hash text not null,
  summary jsonb not null default '[]'::jsonb,
  note text not null default ''::text,
  audience text not null,
  body_id uuid,
  about_id uuid,
  drafter_id uuid not null,
  drafter_person_id uuid not null,
  drafted_at timestamp with time zone not null,
  state text not null,
  round integer not null default 1,
  changed_at timestamp with time zone not null,
  asked jsonb not null default '[]'::jsonb,
  opinions_due_on date,
  notice_scope text,
  notice_from date,
  notice_until date,
  objections integer not null default 0,
  objections_open integer not null default 0,
  number text,
  number_year integer,
  number_in_year integer,
  released_at timestamp with time zone,
  recalled_at timestamp with time zone,
  recall_reason text
);
alter table approval.paper add constraint paper_pkey PRIMARY KEY (tenant_id, paper_id);
CREATE INDEX paper_tenant_id_body_id_idx ON approval.paper USING btree (tenant_id, body_id);
CREATE INDEX paper_tenant_id_changed_at_paper_id_idx ON approval.paper USING btree (tenant_id, changed_at, paper_id);
CREATE INDEX paper_tenant_id_number_year_number_in_year_idx ON approval.paper USING btree (tenant_id, number_year, number_in_year);
CREATE INDEX paper_tenant_id_subject_kind_subject_id_idx ON approval.paper USING btree (tenant_id, subject_kind, subject_id);
CREATE UNIQUE INDEX paper_number ON approval.paper USING btree (tenant_id, number);
CREATE UNIQUE INDEX paper_open ON approval.paper USING btree (tenant_id, subject_kind, subject_id) WHERE (state <> ALL (ARRAY['released'::text, 'withdrawn'::text, 'recalled'::text]));
alter table approval.paper enable row level security;
create policy inside_rows on approval.paper as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((body_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (drafter_id = ( SELECT kit.actor() AS actor)) OR (asked ?| ( SELECT kit.posts() AS posts))));
create policy tenant_rows on approval.paper as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy told_rows on approval.paper as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (
CASE
    WHEN (state = 'released'::text) THEN audience
    WHEN (state = 'notice'::text) THEN notice_scope
    ELSE NULL::text
END = ANY (ARRAY['unit'::text, 'system'::text, 'public'::text])) AND
CASE
    CASE
        WHEN (state = 'released'::text) THEN audience
        ELSE notice_scope
    END
    WHEN 'public'::text THEN true
    WHEN 'system'::text THEN (( SELECT kit.actor() AS actor) IS NOT NULL)
    ELSE ((about_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR ((about_id IS NULL) AND (cardinality(( SELECT kit.scope() AS scope)) > 0)))
END);
grant insert, select, update on approval.paper to dajuan_tenant;
grant select on approval.paper to dajuan_scoped;
