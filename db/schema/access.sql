-- Schema access, written from the catalogue by "npm run check -- --write". Not executed.

create table access.account (
  tenant_id integer not null,
  account_id uuid not null,
  login text not null,
  password_hash text,
  person_id uuid not null,
  active boolean not null default true,
  password_set_at timestamp with time zone not null default clock_timestamp(),
  must_change boolean not null default false,
  totp_secret text,
  totp_step bigint not null default 0,
  made_by uuid,
  made_at timestamp with time zone not null default clock_timestamp()
);
alter table access.account add constraint account_pkey PRIMARY KEY (tenant_id, account_id);
alter table access.account add constraint account_tenant_id_login_key UNIQUE (tenant_id, login);
CREATE INDEX account_tenant_id_person_id_idx ON access.account USING btree (tenant_id, person_id);
alter table access.account enable row level security;
create policy tenant_rows on access.account as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on access.account to dajuan_tenant;

create table access.appointment (
  tenant_id integer not null,
  appointment_id uuid not null,
  account_id uuid not null,
  post text not null,
  body_id uuid,
  valid_from date not null,
  valid_until date not null default 'infinity'::date,
  reason text not null default ''::text,
  made_by uuid,
  made_at timestamp with time zone not null default clock_timestamp(),
  ended_by uuid,
  ended_at timestamp with time zone,
  end_reason text not null default ''::text
);
alter table access.appointment add constraint appointment_check CHECK ((valid_from < valid_until));
alter table access.appointment add constraint appointment_pkey PRIMARY KEY (tenant_id, appointment_id);
CREATE INDEX appointment_tenant_id_account_id_idx ON access.appointment USING btree (tenant_id, account_id);
alter table access.appointment enable row level security;
create policy tenant_rows on access.appointment as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on access.appointment to dajuan_tenant;

create table access.challenge (
  tenant_id integer not null,
  challenge_id uuid not null,
  purpose text not null,
  account_id uuid,
  value text not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone
);
alter table access.challenge add constraint challenge_pkey PRIMARY KEY (tenant_id, challenge_id);
alter table access.challenge enable row level security;
create policy tenant_rows on access.challenge as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select, update on access.challenge to dajuan_tenant;

create table access.delegation (
  tenant_id integer not null,
  delegation_id uuid not null,
  kind text not null,
  post text not null,
  body_id uuid not null,
  giver_id uuid,
  person_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  reason text not null,
  made_by uuid,
  made_at timestamp with time zone not null default clock_timestamp(),
  ended_by uuid,
  ended_at timestamp with time zone
);
alter table access.delegation add constraint delegation_check CHECK ((starts_on <= ends_on));
alter table access.delegation add constraint delegation_check1 CHECK (((kind = 'cover'::text) = (giver_id IS NOT NULL)));
alter table access.delegation add constraint delegation_kind_check CHECK ((kind = ANY (ARRAY['cover'::text, 'acting'::text])));
alter table access.delegation add constraint delegation_pkey PRIMARY KEY (tenant_id, delegation_id);
CREATE INDEX delegation_tenant_id_body_id_idx ON access.delegation USING btree (tenant_id, body_id);
CREATE INDEX delegation_tenant_id_person_id_idx ON access.delegation USING btree (tenant_id, person_id);
alter table access.delegation enable row level security;
create policy scope_rows on access.delegation as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (body_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on access.delegation as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on access.delegation to dajuan_tenant;
grant select on access.delegation to dajuan_scoped;

create table access.identity (
  tenant_id integer not null,
  provider text not null,
  subject text not null,
  name text not null default ''::text,
  account_id uuid,
  seen_at timestamp with time zone not null default clock_timestamp(),
  linked_by uuid,
  linked_at timestamp with time zone
);
alter table access.identity add constraint identity_pkey PRIMARY KEY (tenant_id, provider, subject);
alter table access.identity enable row level security;
create policy tenant_rows on access.identity as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select, update on access.identity to dajuan_tenant;

create table access.passkey (
  tenant_id integer not null,
  passkey_id uuid not null,
  account_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  name text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  used_at timestamp with time zone,
  removed_at timestamp with time zone
);
alter table access.passkey add constraint passkey_pkey PRIMARY KEY (tenant_id, passkey_id);
alter table access.passkey add constraint passkey_tenant_id_credential_id_key UNIQUE (tenant_id, credential_id);
CREATE INDEX passkey_tenant_id_account_id_idx ON access.passkey USING btree (tenant_id, account_id);
alter table access.passkey enable row level security;
create policy tenant_rows on access.passkey as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on access.passkey to dajuan_tenant;

create table access.recovery_code (
  tenant_id integer not null,
  account_id uuid not null,
  code_hash text not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  used_at timestamp with time zone
);
alter table access.recovery_code add constraint recovery_code_pkey PRIMARY KEY (tenant_id, account_id, code_hash);
alter table access.recovery_code enable row level security;
create policy tenant_rows on access.recovery_code as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select, update on access.recovery_code to dajuan_tenant;

create table access.retention_run (
  tenant_id integer not null,
  run_id uuid not null,
  at timestamp with time zone not null default clock_timestamp(),
  kind text not null,
  days integer not null,
  row_count integer not null
);
alter table access.retention_run add constraint retention_run_pkey PRIMARY KEY (tenant_id, run_id, kind);
alter table access.retention_run enable row level security;
create policy tenant_rows on access.retention_run as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on access.retention_run to dajuan_tenant;

create table access.session (
  tenant_id integer not null,
  token_hash text not null,
  account_id uuid not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  session_id uuid not null default gen_random_uuid(),
  last_seen_at timestamp with time zone not null default clock_timestamp(),
  method text not null default 'password'::text,
  address text not null default ''::text,
  agent text not null default ''::text,
  posts text[] not null default '{}'::text[],
  ended_why text
);
alter table access.session add constraint session_pkey PRIMARY KEY (tenant_id, token_hash);
CREATE INDEX session_tenant_id_account_id_idx ON access.session USING btree (tenant_id, account_id);
CREATE UNIQUE INDEX session_tenant_id_session_id_idx ON access.session USING btree (tenant_id, session_id);
alter table access.session enable row level security;
create policy tenant_rows on access.session as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select, update on access.session to dajuan_tenant;

create table access.throttle (
  tenant_id integer not null,
  key text not null,
  failures integer not null,
  since timestamp with time zone not null,
  blocked_until timestamp with time zone
);
alter table access.throttle add constraint throttle_pkey PRIMARY KEY (tenant_id, key);
alter table access.throttle enable row level security;
create policy tenant_rows on access.throttle as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select, update on access.throttle to dajuan_tenant;

create table access.unmasking (
  tenant_id integer not null,
  unmasking_id uuid not null,
  session_id uuid not null,
  account_id uuid not null,
  class text not null,
  body_id uuid,
  reason text not null,
  began_at timestamp with time zone not null default clock_timestamp(),
  ends_at timestamp with time zone not null
);
alter table access.unmasking add constraint unmasking_pkey PRIMARY KEY (tenant_id, unmasking_id);
CREATE INDEX unmasking_tenant_id_session_id_idx ON access.unmasking USING btree (tenant_id, session_id);
alter table access.unmasking enable row level security;
create policy tenant_rows on access.unmasking as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select, update on access.unmasking to dajuan_tenant;

CREATE OR REPLACE FUNCTION access.author_name(account uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT p.name
    FROM (access.account a
      JOIN org.person p ON (((p.tenant_id = a.tenant_id) AND (p.person_id = a.person_id))))
   WHERE ((a.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (a.account_id = author_name.account));
END
;
