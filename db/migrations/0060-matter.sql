-- matter: things to be done that move through stages. A matter stands as one row; how it came there are its moves.
create schema matter;
grant usage on schema matter to dajuan_scoped, dajuan_tenant;

create table matter.edition (
  tenant_id int not null,
  kind text not null,
  hash text not null,
  definition jsonb not null,
  known_from timestamptz not null,
  primary key (tenant_id, kind, hash)
);
comment on table matter.edition is 'A kind of matter as the pack had it; a matter keeps the edition that it was opened under.';

create table matter.request (
  tenant_id int not null,
  request_id uuid not null,
  kind text not null,
  hash text not null,
  title text not null,
  fields jsonb not null default '{}',
  asker_id uuid not null,
  due_at timestamptz,
  receivers int not null,
  state text not null default 'sent' check (state in ('sent', 'recalled')),
  author_id uuid,
  sent_at timestamptz not null,
  recalled_at timestamptz,
  primary key (tenant_id, request_id)
);
comment on table matter.request is 'One asking, sent to many bodies in one transaction: a matter each.';
create index on matter.request (tenant_id, asker_id, sent_at desc);

create table matter.matter (
  tenant_id int not null,
  matter_id uuid not null,
  kind text not null,
  hash text not null,
  title text not null,
  fields jsonb not null default '{}',
  unit_id uuid not null,
  party_org_id uuid,
  owner_id uuid not null generated always as (coalesce(party_org_id, unit_id)) stored,
  asker_id uuid,
  request_id uuid,
  parent_id uuid,
  origin text not null default '',
  origin_id uuid,
  type text not null default '',
  person_id uuid,
  stage text not null,
  stage_since timestamptz not null,
  waits_for text not null default '' check (waits_for in ('', 'owner', 'asker', 'checker')),
  due_at timestamptz,
  asked_until timestamptz,
  paused boolean not null default false,
  left_minutes int,
  late boolean not null default false,
  revision int not null default 1,
  opened_on date not null,
  closed_on date,
  outcome text check (outcome in ('done', 'dropped', 'recalled')),
  author_id uuid,
  known_from timestamptz not null,
  primary key (tenant_id, matter_id),
  check ((closed_on is null) = (outcome is null))
);
comment on table matter.matter is 'A matter as it stands; owner_id is the finest body that has to do it, asker_id the body that asked. `left_minutes` is set while its clock is paused.';
comment on column matter.matter.waits_for is 'Who makes the first of the moves that lead out of its stage; empty where it is closed.';
comment on column matter.matter.asked_until is 'The deadline that the asker set: it stands instead of the clocks of later stages, and of the first where that ends later.';
comment on column matter.matter.late is 'A stage of the owner took longer than its clock. A paused stage is not the owner''s.';
comment on column matter.matter.type is 'What is alike between matters of a kind: by it a relapse is recognised.';
create index matter_open_by_owner on matter.matter (tenant_id, owner_id, due_at) where closed_on is null;
create index matter_by_owner on matter.matter (tenant_id, owner_id, opened_on desc, matter_id desc);
create index matter_by_kind on matter.matter (tenant_id, kind, opened_on desc, matter_id desc);
create index matter_by_asker on matter.matter (tenant_id, asker_id, opened_on desc, matter_id desc) where asker_id is not null;
create index matter_by_request on matter.matter (tenant_id, request_id) where request_id is not null;
create index matter_by_parent on matter.matter (tenant_id, parent_id) where parent_id is not null;
create index matter_waiting on matter.matter (tenant_id, asker_id, due_at) where closed_on is null and asker_id is not null;
create index matter_due on matter.matter (tenant_id, due_at) where closed_on is null and due_at is not null;

create table matter.move (
  tenant_id int not null,
  matter_id uuid not null,
  revision int not null,
  move_id uuid not null,
  move text not null,
  from_stage text not null,
  to_stage text not null,
  owner_id uuid not null,
  asker_id uuid,
  fields jsonb not null default '{}',
  note text not null default '',
  due_at timestamptz,
  paused boolean not null default false,
  late boolean not null default false,
  made_by text not null default '' check (made_by in ('', 'owner', 'asker', 'checker')),
  author_id uuid,
  person_id uuid,
  at timestamptz not null,
  primary key (tenant_id, matter_id, revision),
  unique (tenant_id, move_id)
);
comment on table matter.move is 'One step of a matter: what it gave, where it led, the deadline from then on and whether it rests. Never changed.';
comment on column matter.move.late is 'Made after the deadline of the stage that it left, where that was the owner''s.';
comment on column matter.move.person_id is 'The person behind the account: who checks is another than who did.';
create index move_by_known on matter.move (tenant_id, at);

create table matter.link (
  tenant_id int not null,
  matter_id uuid not null,
  record_id uuid not null,
  owner_id uuid not null,
  asker_id uuid,
  author_id uuid,
  known_from timestamptz not null,
  primary key (tenant_id, matter_id, record_id)
);
comment on table matter.link is 'A record that shows that a matter was done; one record may serve any number of matters.';
create index on matter.link (tenant_id, record_id);

create table matter.comment (
  tenant_id int not null,
  comment_id uuid not null,
  matter_id uuid not null,
  owner_id uuid not null,
  asker_id uuid,
  text text not null,
  author_id uuid,
  at timestamptz not null,
  primary key (tenant_id, comment_id)
);
create index on matter.comment (tenant_id, matter_id, at);

do $$
declare name text;
begin
  foreach name in array array['edition', 'request', 'matter', 'move', 'link', 'comment'] loop
    execute format('alter table matter.%I enable row level security', name);
    execute format('create policy tenant_rows on matter.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert on matter.%I to dajuan_scoped, dajuan_tenant', name);
  end loop;
  foreach name in array array['matter', 'move', 'link', 'comment'] loop
    execute format($f$create policy scope_rows on matter.%I to dajuan_scoped
      using (tenant_id = (select kit.tenant_id()) and (owner_id = any ((select kit.scope())::uuid[]) or asker_id = any ((select kit.scope())::uuid[])))
      with check (tenant_id = (select kit.tenant_id()) and (owner_id = any ((select kit.scope())::uuid[]) or asker_id = any ((select kit.scope())::uuid[])))$f$, name);
  end loop;
end $$;
create policy scope_rows on matter.edition to dajuan_scoped using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
create policy scope_rows on matter.request to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and asker_id = any ((select kit.scope())::uuid[]))
  with check (tenant_id = (select kit.tenant_id()) and asker_id = any ((select kit.scope())::uuid[]));
grant update (fields, person_id, stage, stage_since, waits_for, due_at, paused, left_minutes, late, revision, closed_on, outcome) on matter.matter to dajuan_scoped, dajuan_tenant;
grant update (state, recalled_at) on matter.request to dajuan_scoped, dajuan_tenant;
grant delete on matter.link to dajuan_scoped, dajuan_tenant;

-- Matters of a kind as they were known at a moment; the engine's sources read these. Fields are folded from the moves where one came later.
create function matter.matters_at(of_kind text, as_of timestamptz) returns table (
  tenant_id int, matter_id uuid, unit_id uuid, party_org_id uuid, owner_id uuid, asker_id uuid, type text, title text, fields jsonb, opened_on date, stage text, due_at timestamptz, closed_at timestamptz,
  outcome text, late boolean
) language sql stable parallel safe
  begin atomic
    select m.tenant_id, m.matter_id, m.unit_id, m.party_org_id, m.owner_id, m.asker_id, m.type, m.title,
      case when last.revision = m.revision then m.fields else (
        select coalesce(jsonb_object_agg(given.key, given.value), '{}') from (
          select distinct on (f.key) f.key, f.value from matter.move v cross join jsonb_each(v.fields) f
          where v.tenant_id = m.tenant_id and v.matter_id = m.matter_id and v.revision <= last.revision order by f.key, v.revision desc) given) end,
      m.opened_on, last.to_stage, last.due_at,
      case when last.revision = m.revision and m.closed_on is not null then last.at end,
      case when last.revision = m.revision then m.outcome end,
      (case when last.revision = m.revision then m.late else exists (
        select from matter.move v where v.tenant_id = m.tenant_id and v.matter_id = m.matter_id and v.revision <= last.revision and v.late) end)
      or (coalesce(last.due_at < as_of, false) and not last.paused and (m.closed_on is null or last.revision < m.revision))
    from matter.matter m
      join lateral (
        select v.revision, v.to_stage, v.due_at, v.paused, v.at from matter.move v
        where v.tenant_id = m.tenant_id and v.matter_id = m.matter_id and v.at <= as_of order by v.revision desc limit 1
      ) last on true
    where m.tenant_id = (select kit.tenant_id()) and m.kind = of_kind and m.known_from <= as_of;
  end;
