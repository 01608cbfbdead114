-- Schema audit, written from the catalogue by "npm run check -- --write". Not executed.

create table audit.checkpoint (
  tenant_id integer not null,
  seq bigint not null,
  alg text not null,
  hash text not null,
  at timestamp with time zone not null,
  key_id text not null,
  signature text not null
);
alter table audit.checkpoint add constraint checkpoint_pkey PRIMARY KEY (tenant_id, seq);
alter table audit.checkpoint enable row level security;
create policy append on audit.checkpoint as permissive for insert to dajuan_tenant
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on audit.checkpoint as permissive for select to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on audit.checkpoint to dajuan_tenant;

create table audit.entry (
  tenant_id integer not null,
  entry_id uuid not null,
  at timestamp with time zone not null default clock_timestamp(),
  actor_id uuid,
  action text not null,
  object_kind text not null,
  object_id text not null,
  detail jsonb not null default '{}'::jsonb,
  post text,
  post_body_id uuid,
  address text,
  request_id uuid,
  xid xid8 not null default pg_current_xact_id()
);
alter table audit.entry add constraint entry_pkey PRIMARY KEY (tenant_id, xid, entry_id);
alter table audit.entry enable row level security;
create policy append on audit.entry as permissive for insert to dajuan_scoped, dajuan_tenant
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on audit.entry as permissive for select to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert on audit.entry to dajuan_scoped;
grant insert, select on audit.entry to dajuan_tenant;

create table audit.link (
  tenant_id integer not null,
  seq bigint not null,
  entry_id uuid not null,
  xid xid8 not null,
  alg text not null,
  hash text not null,
  at timestamp with time zone not null,
  actor_id uuid,
  action text not null,
  object_kind text not null,
  object_id text not null,
  address text
);
alter table audit.link add constraint link_pkey PRIMARY KEY (tenant_id, seq);
CREATE INDEX link_tenant_id_action_at_seq_idx ON audit.link USING btree (tenant_id, action, at, seq);
CREATE INDEX link_tenant_id_actor_id_at_seq_idx ON audit.link USING btree (tenant_id, actor_id, at, seq);
CREATE INDEX link_tenant_id_address_at_seq_idx ON audit.link USING btree (tenant_id, address, at, seq);
CREATE INDEX link_tenant_id_at_seq_idx ON audit.link USING btree (tenant_id, at, seq);
CREATE INDEX link_tenant_id_object_id_at_seq_idx ON audit.link USING btree (tenant_id, object_id, at, seq);
CREATE UNIQUE INDEX link_tenant_id_xid_entry_id_idx ON audit.link USING btree (tenant_id, xid, entry_id);
alter table audit.link enable row level security;
create policy append on audit.link as permissive for insert to dajuan_tenant
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on audit.link as permissive for select to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on audit.link to dajuan_tenant;

create table audit.relay (
  tenant_id integer not null,
  target text not null,
  seq bigint not null default 0,
  busy_until timestamp with time zone not null default '-infinity'::timestamp with time zone
);
alter table audit.relay add constraint relay_pkey PRIMARY KEY (tenant_id, target);
alter table audit.relay enable row level security;
create policy append on audit.relay as permissive for insert to dajuan_tenant
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy progress on audit.relay as permissive for update to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on audit.relay as permissive for select to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on audit.relay to dajuan_tenant;
