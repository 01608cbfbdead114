-- Roles, tenants, the clock, and the functions that row-level security reads.
-- dajuan_app connects and owns nothing; each transaction takes one of the two roles below it (house.md §6.1, §6.2):
--   dajuan_scoped  sees the rows whose owner is in the reader's scope
--   dajuan_tenant  sees the whole tenant: city-wide posts, runs and published measures
do $$
begin
  if not exists (select from pg_roles where rolname = 'dajuan_scoped') then create role dajuan_scoped nologin; end if;
  if not exists (select from pg_roles where rolname = 'dajuan_tenant') then create role dajuan_tenant nologin; end if;
  if not exists (select from pg_roles where rolname = 'dajuan_app') then create role dajuan_app login noinherit; end if;
end $$;
grant dajuan_scoped, dajuan_tenant to dajuan_app;

create schema kit;
grant usage on schema kit to dajuan_app, dajuan_scoped, dajuan_tenant;

create table kit.tenant (
  tenant_id int primary key,
  slug text not null unique,
  name text not null,
  host text unique,
  pack text not null,
  demonstration boolean not null default false,
  clock_offset interval not null default '0'
);
comment on column kit.tenant.clock_offset is 'Added to the real time to give the tenant''s time; the demonstration opens on 2024-12-20 and ticks from there.';
grant select on kit.tenant to dajuan_app, dajuan_scoped, dajuan_tenant;

create function kit.tenant_id() returns int language sql stable parallel safe
  return current_setting('dajuan.tenant')::int;
comment on function kit.tenant_id() is 'The tenant of this transaction. Fails when none is set, so a forgotten setting shows no row rather than all.';

create function kit.scope() returns uuid[] language sql stable parallel safe
  return current_setting('dajuan.scope')::uuid[];
comment on function kit.scope() is 'The units and Party organisations whose rows the reader may see, from today''s trees.';

create function kit.now() returns timestamptz language sql volatile
  return date_trunc('milliseconds', clock_timestamp() + current_setting('dajuan.clock_offset')::interval);
comment on function kit.now() is 'The tenant''s time in whole milliseconds; twin of server/kit/clock.ts.';

create function kit.today() returns date language sql volatile
  return (kit.now() at time zone 'Asia/Shanghai')::date;

create function kit.actor() returns uuid language sql stable parallel safe
  return nullif(current_setting('dajuan.actor', true), '')::uuid;
