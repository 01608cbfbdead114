-- Schema scoring, written from the catalogue by "npm run check -- --write". Not executed.

create table scoring.objection (
  tenant_id integer not null,
  objection_id uuid not null,
  run_id uuid not null,
  subject_id uuid not null,
  target_kind text not null,
  target_id text not null,
  label text not null,
  reason text not null,
  records jsonb not null default '[]'::jsonb,
  state text not null,
  due_on date,
  raised_by uuid not null,
  raised_at timestamp with time zone not null,
  changed_at timestamp with time zone not null
);
alter table scoring.objection add constraint objection_pkey PRIMARY KEY (tenant_id, objection_id);
alter table scoring.objection add constraint objection_state_check CHECK ((state = ANY (ARRAY['raised'::text, 'accepted'::text, 'upheld'::text, 'recomputed'::text, 'rejected'::text, 'withdrawn'::text])));
alter table scoring.objection add constraint objection_target_kind_check CHECK ((target_kind = ANY (ARRAY['item'::text, 'block'::text])));
alter table scoring.objection add constraint objection_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES scoring.run(tenant_id, run_id);
CREATE INDEX objection_tenant_id_changed_at_objection_id_idx ON scoring.objection USING btree (tenant_id, changed_at, objection_id);
CREATE INDEX objection_tenant_id_run_id_idx ON scoring.objection USING btree (tenant_id, run_id);
CREATE INDEX objection_tenant_id_subject_id_idx ON scoring.objection USING btree (tenant_id, subject_id);
CREATE UNIQUE INDEX objection_open ON scoring.objection USING btree (tenant_id, run_id, subject_id, target_kind, target_id) WHERE (state = ANY (ARRAY['raised'::text, 'accepted'::text, 'upheld'::text]));
alter table scoring.objection enable row level security;
create policy scope_rows on scoring.objection as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (subject_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (subject_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on scoring.objection as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on scoring.objection to dajuan_scoped;
grant insert, select on scoring.objection to dajuan_tenant;

create table scoring.objection_act (
  tenant_id integer not null,
  act_id uuid not null,
  objection_id uuid not null,
  subject_id uuid not null,
  act text not null,
  text text not null default ''::text,
  run_id uuid,
  account_id uuid not null,
  post text not null,
  done_at timestamp with time zone not null
);
alter table scoring.objection_act add constraint objection_act_pkey PRIMARY KEY (tenant_id, act_id);
alter table scoring.objection_act add constraint objection_act_tenant_id_objection_id_fkey FOREIGN KEY (tenant_id, objection_id) REFERENCES scoring.objection(tenant_id, objection_id);
alter table scoring.objection_act add constraint objection_act_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES scoring.run(tenant_id, run_id);
CREATE INDEX objection_act_tenant_id_objection_id_done_at_idx ON scoring.objection_act USING btree (tenant_id, objection_id, done_at);
CREATE INDEX objection_act_tenant_id_run_id_idx ON scoring.objection_act USING btree (tenant_id, run_id);
alter table scoring.objection_act enable row level security;
create policy scope_rows on scoring.objection_act as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (subject_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (subject_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on scoring.objection_act as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on scoring.objection_act to dajuan_scoped;
grant insert, select on scoring.objection_act to dajuan_tenant;

create table scoring.objection_period (
  tenant_id integer not null,
  run_id uuid not null,
  opened_on date not null,
  until date not null,
  opened_by uuid,
  opened_at timestamp with time zone not null,
  ended_at timestamp with time zone
);
alter table scoring.objection_period add constraint objection_period_pkey PRIMARY KEY (tenant_id, run_id);
alter table scoring.objection_period add constraint objection_period_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES scoring.run(tenant_id, run_id);
alter table scoring.objection_period enable row level security;
create policy directory_rows on scoring.objection_period as permissive for select to dajuan_scoped
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on scoring.objection_period as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on scoring.objection_period to dajuan_tenant;
grant select on scoring.objection_period to dajuan_scoped;

create table scoring.result (
  tenant_id integer not null,
  run_id uuid not null,
  subject_id uuid not null,
  class text not null,
  total numeric,
  rank numeric,
  grade text,
  items jsonb not null,
  name text not null default ''::text,
  vetoes jsonb not null default '[]'::jsonb,
  blocks jsonb not null default '{}'::jsonb,
  parent text
);
alter table scoring.result add constraint result_pkey PRIMARY KEY (tenant_id, run_id, subject_id);
CREATE INDEX result_tenant_id_subject_id_idx ON scoring.result USING btree (tenant_id, subject_id);
alter table scoring.result enable row level security;
create policy scope_rows on scoring.result as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (subject_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on scoring.result as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on scoring.result to dajuan_tenant;
grant select on scoring.result to dajuan_scoped;

create table scoring.run (
  tenant_id integer not null,
  run_id uuid not null,
  rubric_id text not null,
  version integer not null,
  valid_on date not null,
  as_of timestamp with time zone not null,
  period_from date not null,
  period_until date not null,
  subjects integer not null,
  milliseconds integer not null,
  author_id uuid,
  started_at timestamp with time zone not null
);
alter table scoring.run add constraint run_pkey PRIMARY KEY (tenant_id, run_id);
CREATE INDEX run_tenant_id_rubric_id_as_of_idx ON scoring.run USING btree (tenant_id, rubric_id, as_of);
alter table scoring.run enable row level security;
create policy directory_rows on scoring.run as permissive for select to dajuan_scoped
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on scoring.run as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on scoring.run to dajuan_tenant;
grant select on scoring.run to dajuan_scoped;
