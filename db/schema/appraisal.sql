-- Schema appraisal, written from the catalogue by "npm run check -- --write". Not executed.

create table appraisal.appraisal (
  tenant_id integer not null,
  appraisal_id uuid not null,
  title text not null,
  year integer not null,
  run_id uuid not null,
  author_id uuid,
  decided_at timestamp with time zone not null,
  grades jsonb not null default '{}'::jsonb
);
alter table appraisal.appraisal add constraint appraisal_once_a_run UNIQUE (tenant_id, run_id);
alter table appraisal.appraisal add constraint appraisal_pkey PRIMARY KEY (tenant_id, appraisal_id);
alter table appraisal.appraisal enable row level security;
create policy directory_rows on appraisal.appraisal as permissive for select to dajuan_scoped
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on appraisal.appraisal as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on appraisal.appraisal to dajuan_tenant;
grant select on appraisal.appraisal to dajuan_scoped;

create table appraisal.grade (
  tenant_id integer not null,
  appraisal_id uuid not null,
  subject_id uuid not null,
  total numeric,
  by_threshold text not null,
  grade text not null,
  reasons jsonb not null,
  name text not null default ''::text,
  class text not null default ''::text
);
alter table appraisal.grade add constraint grade_pkey PRIMARY KEY (tenant_id, appraisal_id, subject_id);
CREATE INDEX grade_tenant_id_subject_id_idx ON appraisal.grade USING btree (tenant_id, subject_id);
alter table appraisal.grade enable row level security;
create policy scope_rows on appraisal.grade as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (subject_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on appraisal.grade as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on appraisal.grade to dajuan_tenant;
grant select on appraisal.grade to dajuan_scoped;
