-- Schema scoring, written from the catalogue by "npm run check -- --write". Not executed.

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
