-- Drafts of rubrics, written on the page; and what a version extends, so that its base is not changed under it.
create table rubric.draft (
  tenant_id int not null,
  draft_id uuid not null,
  rubric_id text not null,
  title text not null,
  text text not null,
  -- What it was begun from: copied, or extended. Null for one begun blank.
  base_rubric text,
  base_version int,
  author_id uuid not null,
  begun_at timestamptz not null,
  saved_by uuid not null,
  saved_at timestamptz not null,
  edition int not null,
  discarded_at timestamptz,
  -- The version that it was last made into.
  made_version int,
  primary key (tenant_id, draft_id)
);
comment on table rubric.draft is 'A rubric text being written. edition counts savings: who saves an older one is told so. Discarded ones can be taken back.';
alter table rubric.draft enable row level security;
create policy tenant_rows on rubric.draft to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
grant select, insert, update on rubric.draft to dajuan_tenant;

alter table rubric.definition add column base_rubric text, add column base_version int;
comment on column rubric.definition.base_rubric is 'The rubric that the text extends; its version stays as it is from then on.';
