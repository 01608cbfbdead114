-- audit: the chain over the entries, its signed checkpoints, and how far it has been sent to syslog.
-- Writers insert into audit.entry alone; a job reads what finished transactions have left, by xid, and links it.
alter table audit.entry drop constraint entry_pkey, add primary key (tenant_id, xid, entry_id);

create table audit.link (
  tenant_id int not null,
  seq bigint not null,
  entry_id uuid not null,
  xid xid8 not null,
  alg text not null,
  hash text not null,
  at timestamptz not null,
  actor_id uuid,
  action text not null,
  object_kind text not null,
  object_id text not null,
  address text,
  primary key (tenant_id, seq)
);
comment on table audit.link is 'A sealed entry: its position and hash, which covers the one before; and what entries are searched by.';
create unique index on audit.link (tenant_id, entry_id);
create index on audit.link (tenant_id, at, seq);
create index on audit.link (tenant_id, actor_id, at, seq);
create index on audit.link (tenant_id, object_id, at, seq);
create index on audit.link (tenant_id, action, at, seq);
create index on audit.link (tenant_id, address, at, seq);

create table audit.checkpoint (
  tenant_id int not null,
  seq bigint not null,
  alg text not null,
  hash text not null,
  at timestamptz not null,
  key_id text not null,
  signature text not null,
  primary key (tenant_id, seq)
);
comment on table audit.checkpoint is 'Position and hash of the chain at a moment, signed; also written to checkpoints.ndjson, to be kept elsewhere.';

create table audit.relay (
  tenant_id int not null,
  target text not null,
  seq bigint not null default 0,
  busy_until timestamptz not null default '-infinity',
  primary key (tenant_id, target)
);
comment on table audit.relay is 'How far the chain has been sent to a syslog target; busy_until: a process is sending.';

do $$
declare name text;
begin
  foreach name in array array['link', 'checkpoint', 'relay'] loop
    execute format('alter table audit.%I enable row level security', name);
    execute format('create policy tenant_rows on audit.%I for select to dajuan_tenant using (tenant_id = (select kit.tenant_id()))', name);
    execute format('create policy append on audit.%I for insert to dajuan_tenant with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert on audit.%I to dajuan_tenant', name);
  end loop;
end $$;
create policy progress on audit.relay for update to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
grant update (seq, busy_until) on audit.relay to dajuan_tenant;
