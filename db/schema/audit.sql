-- Schema audit, written from the catalogue by "npm run check -- --write". Not executed.

create table audit.entry (
  tenant_id integer not null,
  entry_id uuid not null,
  at timestamp with time zone not null default clock_timestamp(),
  actor_id uuid,
  action text not null,
  object_kind text not null,
  object_id text not null,
  detail jsonb not null default '{}'::jsonb
);
alter table audit.entry add constraint entry_pkey PRIMARY KEY (tenant_id, entry_id);
alter table audit.entry enable row level security;
create policy append on audit.entry as permissive for insert to dajuan_scoped, dajuan_tenant
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on audit.entry as permissive for select to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert on audit.entry to dajuan_scoped;
grant insert, select on audit.entry to dajuan_tenant;
