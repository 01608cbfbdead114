-- Schema kit, written from the catalogue by "npm run check -- --write". Not executed.

create table kit.tenant (
  tenant_id integer not null,
  slug text not null,
  name text not null,
  host text,
  pack text not null,
  demonstration boolean not null default false,
  clock_offset interval not null default '00:00:00'::interval
);
alter table kit.tenant add constraint tenant_host_key UNIQUE (host);
alter table kit.tenant add constraint tenant_pkey PRIMARY KEY (tenant_id);
alter table kit.tenant add constraint tenant_slug_key UNIQUE (slug);
grant select on kit.tenant to dajuan_app;
grant select on kit.tenant to dajuan_scoped;
grant select on kit.tenant to dajuan_tenant;

CREATE OR REPLACE FUNCTION kit.actor()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('dajuan.actor'::text, true), ''::text))::uuid
;

CREATE OR REPLACE FUNCTION kit.now()
 RETURNS timestamp with time zone
 LANGUAGE sql
RETURN date_trunc('milliseconds'::text, (clock_timestamp() + (current_setting('dajuan.clock_offset'::text))::interval))
;

CREATE OR REPLACE FUNCTION kit.posts()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (COALESCE(NULLIF(current_setting('dajuan.posts'::text, true), ''::text), '{}'::text))::text[]
;

CREATE OR REPLACE FUNCTION kit.scope()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('dajuan.scope'::text))::uuid[]
;

CREATE OR REPLACE FUNCTION kit.tenant_id()
 RETURNS integer
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('dajuan.tenant'::text))::integer
;

CREATE OR REPLACE FUNCTION kit.today()
 RETURNS date
 LANGUAGE sql
RETURN ((kit.now() AT TIME ZONE 'Asia/Shanghai'::text))::date
;
