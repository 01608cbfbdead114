-- ledger: what happened. A record's versions stand beside one another; known_until closes a version when the next one is written.
create schema ledger;
grant usage on schema ledger to dajuan_scoped, dajuan_tenant;

create table ledger.record (
  tenant_id int not null,
  record_id uuid not null,
  version int not null,
  kind text not null,
  unit_id uuid not null,
  party_org_id uuid,
  owner_id uuid not null generated always as (coalesce(party_org_id, unit_id)) stored,
  happened_on date not null,
  title text not null,
  place text not null default '',
  fields jsonb not null default '{}',
  due int,
  present int,
  state text not null default 'valid' check (state in ('valid', 'withdrawn')),
  complete boolean not null,
  late boolean not null,
  reason text not null default '',
  author_id uuid,
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  primary key (tenant_id, record_id, version),
  check (known_from <= known_until), check (present is null or present between 0 and due)
);
comment on table ledger.record is 'Something that happened: kind and typed fields come from the pack; owner_id is the finest body it belongs to and what row-level security reads.';
comment on column ledger.record.due is 'How many were on the roll; present is due less the absent. Null where the kind takes no attendance.';
create unique index record_current on ledger.record (tenant_id, record_id) where known_until = 'infinity';
create index record_by_kind on ledger.record (tenant_id, kind, happened_on);
create index record_by_owner on ledger.record (tenant_id, owner_id, happened_on desc, record_id desc) where known_until = 'infinity' and state = 'valid';
create index record_by_date on ledger.record (tenant_id, happened_on desc, record_id desc) where known_until = 'infinity' and state = 'valid';
create index record_by_known on ledger.record (tenant_id, known_from);

create table ledger.participant (
  tenant_id int not null,
  record_id uuid not null,
  version int not null,
  role text not null,
  person_id uuid not null,
  owner_id uuid not null,
  primary key (tenant_id, record_id, version, role, person_id)
);
comment on table ledger.participant is 'People of a record: lecturer, host, participant, absent. Who was present of a roll is the roll less the absent.';
create index on ledger.participant (tenant_id, person_id);

create table ledger.attachment (
  tenant_id int not null,
  attachment_id uuid not null,
  record_id uuid not null,
  owner_id uuid not null,
  hash text not null,
  name text not null,
  media_type text not null,
  bytes int not null,
  author_id uuid,
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  primary key (tenant_id, attachment_id)
);
comment on table ledger.attachment is 'Files of a record; the content lies under its SHA-256 in the data directory.';
create index on ledger.attachment (tenant_id, record_id);

create table ledger.bigram (
  tenant_id int not null,
  bigram int not null,
  record_id uuid not null,
  primary key (tenant_id, bigram, record_id)
);
comment on table ledger.bigram is 'Pairs of neighbouring characters of titles, for search in Chinese from two characters on with leakproof operators alone (house.md §6.2). bigram = first code unit * 65536 + second, as a signed int.';

create table ledger.mark (
  tenant_id int not null,
  mark_id uuid not null,
  subject_id uuid not null,
  item text not null,
  value numeric not null,
  given_by text not null,
  given_on date not null,
  source text not null default '',
  author_id uuid,
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  primary key (tenant_id, mark_id)
);
comment on table ledger.mark is 'A mark imported from outside the ledger for one item of a rubric: whose, which item, how many, by whom, on what day.';
create index on ledger.mark (tenant_id, item, given_on);

do $$
declare name text; owner text;
begin
  foreach name in array array['record', 'participant', 'attachment', 'mark'] loop
    owner := case name when 'mark' then 'subject_id' else 'owner_id' end;
    execute format('alter table ledger.%I enable row level security', name);
    execute format('create policy tenant_rows on ledger.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('create policy scope_rows on ledger.%I to dajuan_scoped using (tenant_id = (select kit.tenant_id()) and %I = any ((select kit.scope())::uuid[])) with check (tenant_id = (select kit.tenant_id()) and %I = any ((select kit.scope())::uuid[]))', name, owner, owner);
    execute format('grant select, insert on ledger.%I to dajuan_scoped, dajuan_tenant', name);
  end loop;
end $$;
grant update (known_until) on ledger.record, ledger.attachment, ledger.mark to dajuan_scoped, dajuan_tenant;

alter table ledger.bigram enable row level security;
create policy tenant_rows on ledger.bigram to dajuan_scoped, dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
grant select, insert on ledger.bigram to dajuan_scoped, dajuan_tenant;

-- The valid version of each record of a kind as known at a moment; record sources of the engine read these.
create function ledger.records_at(of_kind text, as_of timestamptz) returns setof ledger.record language sql stable parallel safe
  begin atomic
    select r.* from ledger.record r
    where r.tenant_id = (select kit.tenant_id()) and r.kind = of_kind and r.state = 'valid' and r.known_from <= as_of and r.known_until > as_of;
  end;
