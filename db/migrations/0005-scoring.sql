-- rubric: definitions, frozen once used. scoring: runs and results. appraisal: what was decided on a run.
create schema rubric;
grant usage on schema rubric to dajuan_scoped, dajuan_tenant;
create table rubric.definition (
  tenant_id int not null,
  rubric_id text not null,
  version int not null,
  title text not null,
  subject text not null,
  text text not null,
  hash text not null,
  used_at timestamptz,
  author_id uuid,
  known_from timestamptz not null,
  primary key (tenant_id, rubric_id, version)
);
comment on table rubric.definition is 'A version of a rubric as its author wrote it (YAML). used_at: first official run; from then on it is frozen.';

create function rubric.keep_used() returns trigger language plpgsql as $$
begin
  if old.used_at is not null then
    raise exception 'rubric % version % is in use and can no longer be changed', old.rubric_id, old.version using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger keep_used before update or delete on rubric.definition for each row execute function rubric.keep_used();

create schema scoring;
grant usage on schema scoring to dajuan_scoped, dajuan_tenant;
create table scoring.run (
  tenant_id int not null,
  run_id uuid not null,
  rubric_id text not null,
  version int not null,
  valid_on date not null,
  as_of timestamptz not null,
  period_from date not null,
  period_until date not null,
  subjects int not null,
  milliseconds int not null,
  author_id uuid,
  started_at timestamptz not null,
  primary key (tenant_id, run_id)
);
comment on table scoring.run is 'One computation of a rubric over all its subjects: valid_on and as_of say of which day and with which knowledge. Period bounds are inclusive.';
create table scoring.result (
  tenant_id int not null,
  run_id uuid not null,
  subject_id uuid not null,
  class text not null,
  total numeric,
  rank int,
  grade text,
  items jsonb not null,
  primary key (tenant_id, run_id, subject_id)
);
comment on table scoring.result is 'A subject''s score in a run with every item''s points and inputs; never changed afterwards.';

create schema appraisal;
grant usage on schema appraisal to dajuan_scoped, dajuan_tenant;
create table appraisal.appraisal (
  tenant_id int not null,
  appraisal_id uuid not null,
  title text not null,
  year int not null,
  run_id uuid not null,
  author_id uuid,
  decided_at timestamptz not null,
  primary key (tenant_id, appraisal_id)
);
create table appraisal.grade (
  tenant_id int not null,
  appraisal_id uuid not null,
  subject_id uuid not null,
  total numeric,
  by_threshold text not null,
  grade text not null,
  reasons jsonb not null,
  primary key (tenant_id, appraisal_id, subject_id)
);
comment on table appraisal.grade is 'The grade decided: by threshold first, then lowered by ceilings and quotas, each step with its reason.';

do $$
declare target text;
begin
  foreach target in array array['rubric.definition', 'scoring.run', 'appraisal.appraisal', 'scoring.result', 'appraisal.grade'] loop
    execute format('alter table %s enable row level security', target);
    execute format('create policy tenant_rows on %s to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', target);
    execute format('grant select on %s to dajuan_scoped, dajuan_tenant', target);
    execute format('grant insert on %s to dajuan_tenant', target);
    if target in ('scoring.result', 'appraisal.grade') then
      execute format('create policy scope_rows on %s for select to dajuan_scoped using (tenant_id = (select kit.tenant_id()) and subject_id = any ((select kit.scope())::uuid[]))', target);
    else
      execute format('create policy directory_rows on %s for select to dajuan_scoped using (tenant_id = (select kit.tenant_id()))', target);
    end if;
  end loop;
end $$;
grant update on rubric.definition to dajuan_tenant;
