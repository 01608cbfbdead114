-- approval: papers on their way to a signature and a release, what was done to them, objections to a public notice.
create schema approval;
grant usage on schema approval to dajuan_scoped, dajuan_tenant;

create function kit.posts() returns text[] language sql stable parallel safe
  return coalesce(nullif(current_setting('dajuan.posts', true), ''), '{}')::text[];
comment on function kit.posts() is 'Pack ids of the posts that the actor holds.';

create table approval.paper (
  tenant_id int not null,
  paper_id uuid not null,
  route text not null,
  steps jsonb not null,
  separate jsonb not null,
  subject_kind text not null,
  subject_id text not null,
  title text not null,
  address text not null,
  hash text not null,
  summary jsonb not null default '[]',
  note text not null default '',
  audience text not null,
  body_id uuid,
  about_id uuid,
  drafter_id uuid not null,
  drafter_person_id uuid not null,
  drafted_at timestamptz not null,
  state text not null,
  round int not null default 1,
  changed_at timestamptz not null,
  asked jsonb not null default '[]',
  opinions_due_on date,
  notice_scope text,
  notice_from date,
  notice_until date,
  objections int not null default 0,
  objections_open int not null default 0,
  number text,
  number_year int,
  number_in_year int,
  released_at timestamptz,
  recalled_at timestamptz,
  recall_reason text,
  primary key (tenant_id, paper_id)
);
comment on table approval.paper is 'A thing on its way to its release (签批件). state: the step it waits for, or draft (with its drafter), released, withdrawn, recalled.';
comment on column approval.paper.steps is 'The route''s steps, and which of them different people do, as the pack had them when it was drafted.';
comment on column approval.paper.hash is 'Of the subject''s content when it was drafted (last sent in); what is checked, signed and released is this and nothing else.';
comment on column approval.paper.body_id is 'The body whose drafter it is; null: the city''s own.';
comment on column approval.paper.about_id is 'The body that the subject is about; null where it is about many.';
comment on column approval.paper.asked is 'Posts asked for a joint opinion, once they are asked: they see the paper from then on.';
comment on column approval.paper.notice_until is 'Last day on which one may object.';
create unique index paper_number on approval.paper (tenant_id, number);
-- One paper of a subject is on its way at a time.
create unique index paper_open on approval.paper (tenant_id, subject_kind, subject_id) where state not in ('released', 'withdrawn', 'recalled');
create index on approval.paper (tenant_id, subject_kind, subject_id);
create index on approval.paper (tenant_id, changed_at, paper_id);
create index on approval.paper (tenant_id, body_id);
create index on approval.paper (tenant_id, number_year, number_in_year);

create table approval.act (
  tenant_id int not null,
  act_id uuid not null,
  paper_id uuid not null,
  round int not null,
  step text not null,
  verdict text not null,
  reason text not null default '',
  detail jsonb not null default '{}',
  account_id uuid not null,
  person_id uuid not null,
  post text not null,
  done_at timestamptz not null,
  primary key (tenant_id, act_id)
);
comment on table approval.act is 'What was done to a paper, append only: at which step, by whom in which post, with which words. act_id is the caller''s: the same twice acts once.';
create index on approval.act (tenant_id, paper_id, done_at);

create table approval.objection (
  tenant_id int not null,
  objection_id uuid not null,
  paper_id uuid not null,
  round int not null,
  text text not null,
  account_id uuid,
  person_id uuid,
  name text not null,
  contact text not null,
  address_mark text not null,
  made_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  upheld boolean,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  primary key (tenant_id, objection_id)
);
comment on table approval.objection is 'An objection during a public notice. account_id null: from the public, with a name and how to reach them. address_mark: keyed hash of the sender''s address, to slow floods.';
create index on approval.objection (tenant_id, paper_id);
create index on approval.objection (tenant_id, address_mark, received_at);

do $$
declare target text;
begin
  foreach target in array array['paper', 'act', 'objection'] loop
    execute format('alter table approval.%I enable row level security', target);
    execute format('create policy tenant_rows on approval.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', target);
    execute format('grant select on approval.%I to dajuan_scoped, dajuan_tenant', target);
    execute format('grant insert on approval.%I to dajuan_tenant', target);
  end loop;
end $$;
grant update on approval.paper to dajuan_tenant;
grant update (upheld, answer, answered_by, answered_at) on approval.objection to dajuan_tenant;

-- Whose business the paper is: its drafter's, that of whoever reaches the drafter's body, of the posts asked for an opinion.
create policy inside_rows on approval.paper for select to dajuan_scoped using (
  tenant_id = (select kit.tenant_id())
  and (body_id = any ((select kit.scope())::uuid[]) or drafter_id = (select kit.actor()) or asked ?| (select kit.posts())));
-- What was released to them or is on notice for them. system: whoever is signed in; unit: the body concerned, each its own where there are many.
create policy told_rows on approval.paper for select to dajuan_scoped using (
  tenant_id = (select kit.tenant_id())
  and case when state = 'released' then audience when state = 'notice' then notice_scope end in ('unit', 'system', 'public')
  and case case when state = 'released' then audience else notice_scope end
    when 'public' then true
    when 'system' then (select kit.actor()) is not null
    else about_id = any ((select kit.scope())::uuid[]) or (about_id is null and cardinality((select kit.scope())) > 0) end);
create policy inside_rows on approval.act for select to dajuan_scoped using (
  tenant_id = (select kit.tenant_id()) and exists (
    select from approval.paper p where p.tenant_id = act.tenant_id and p.paper_id = act.paper_id
      and (p.body_id = any ((select kit.scope())::uuid[]) or p.drafter_id = (select kit.actor()) or p.asked ?| (select kit.posts()))));
-- Who objected is known to those who answer, who see the tenant; scoped readers see their own objections.
create policy own_rows on approval.objection for select to dajuan_scoped using (
  tenant_id = (select kit.tenant_id()) and account_id = (select kit.actor()));
