-- scoring, appraisal: what a stored result needs to be read years later without its neighbours.
alter table scoring.result
  alter column rank type numeric,
  add column name text not null default '',
  add column vetoes jsonb not null default '[]',
  add column blocks jsonb not null default '{}';
comment on column scoring.result.vetoes is 'Ids of the vetoes that held.';
create index on scoring.run (tenant_id, rubric_id, as_of);
create index on scoring.result (tenant_id, subject_id);

alter table appraisal.appraisal
  add column grades jsonb not null default '{}',
  add constraint appraisal_once_a_run unique (tenant_id, run_id);
comment on column appraisal.appraisal.grades is 'How many subjects have each grade: numbers over the whole tenant (house.md §6.1).';
alter table appraisal.grade
  add column name text not null default '',
  add column class text not null default '';
create index on appraisal.grade (tenant_id, subject_id);
