-- Schema access, written from the catalogue by "npm run check -- --write". Not executed.

create table access.account (
  tenant_id integer not null,
  account_id uuid not null,
  login text not null,
  password_hash text not null,
  person_id uuid not null,
  post text not null,
  body_id uuid,
  tree text,
  active boolean not null default true
);
alter table access.account add constraint account_pkey PRIMARY KEY (tenant_id, account_id);
alter table access.account add constraint account_tenant_id_login_key UNIQUE (tenant_id, login);
alter table access.account add constraint account_tree_check CHECK ((tree = ANY (ARRAY['administrative'::text, 'party'::text, 'line'::text])));
alter table access.account enable row level security;
create policy tenant_rows on access.account as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on access.account to dajuan_tenant;

create table access.session (
  tenant_id integer not null,
  token_hash text not null,
  account_id uuid not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone
);
alter table access.session add constraint session_pkey PRIMARY KEY (tenant_id, token_hash);
CREATE INDEX session_tenant_id_account_id_idx ON access.session USING btree (tenant_id, account_id);
alter table access.session enable row level security;
create policy tenant_rows on access.session as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on access.session to dajuan_tenant;

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
