-- Schema burden, written from the catalogue by "npm run check -- --write". Not executed.

create table burden.asking (
  tenant_id integer not null,
  asking_id uuid not null,
  owner_id uuid not null,
  ours boolean not null,
  asker text not null,
  title text not null,
  basis text not null,
  kind text not null,
  form text not null default ''::text,
  terms text[] not null default '{}'::text[],
  seconds integer not null,
  receivers integer not null,
  asked_on date not null,
  due_on date,
  short boolean not null,
  reason text not null default ''::text,
  author_id uuid,
  known_from timestamp with time zone not null
);
alter table burden.asking add constraint asking_pkey PRIMARY KEY (tenant_id, asking_id);
CREATE INDEX asking_tenant_id_owner_id_asked_on_idx ON burden.asking USING btree (tenant_id, owner_id, asked_on DESC);
alter table burden.asking enable row level security;
create policy scope_rows on burden.asking as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on burden.asking as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on burden.asking to dajuan_scoped;
grant insert, select on burden.asking to dajuan_tenant;

create table burden.charge (
  tenant_id integer not null,
  asking_id uuid not null,
  body_id uuid not null,
  month date not null,
  asker text not null,
  title text not null,
  kind text not null,
  terms text[] not null default '{}'::text[],
  asked_on date not null,
  due_on date,
  short boolean not null,
  seconds integer not null,
  saved integer not null
);
alter table burden.charge add constraint charge_pkey PRIMARY KEY (tenant_id, asking_id, body_id);
CREATE INDEX charge_tenant_id_body_id_month_idx ON burden.charge USING btree (tenant_id, body_id, month);
CREATE INDEX charge_tenant_id_month_idx ON burden.charge USING btree (tenant_id, month);
alter table burden.charge enable row level security;
create policy scope_rows on burden.charge as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (body_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (body_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on burden.charge as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on burden.charge to dajuan_scoped;
grant insert, select on burden.charge to dajuan_tenant;

create table burden.complaint (
  tenant_id integer not null,
  complaint_id uuid not null,
  author_id uuid,
  asking_id uuid,
  title text not null,
  kind text not null,
  text text not null default ''::text,
  earlier jsonb not null default '[]'::jsonb,
  made_on date not null,
  due_on date not null,
  answer text,
  answered_on date,
  answered_by uuid
);
alter table burden.complaint add constraint complaint_pkey PRIMARY KEY (tenant_id, complaint_id);
CREATE INDEX complaint_tenant_id_due_on_idx ON burden.complaint USING btree (tenant_id, due_on);
alter table burden.complaint enable row level security;
create policy actor_rows on burden.complaint as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (author_id = ( SELECT kit.actor() AS actor)));
create policy new_rows on burden.complaint as permissive for insert to dajuan_scoped
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on burden.complaint as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on burden.complaint to dajuan_scoped;
grant insert, select on burden.complaint to dajuan_tenant;

create table burden.filling (
  tenant_id integer not null,
  form text not null,
  bucket integer not null,
  count integer not null
);
alter table burden.filling add constraint filling_pkey PRIMARY KEY (tenant_id, form, bucket);
alter table burden.filling enable row level security;
create policy scope_rows on burden.filling as permissive for all to dajuan_scoped
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on burden.filling as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on burden.filling to dajuan_scoped;
grant insert, select on burden.filling to dajuan_tenant;

create table burden.known (
  tenant_id integer not null,
  body_id uuid not null,
  term text not null,
  source_id uuid not null,
  source text not null,
  value jsonb not null,
  said_on date not null,
  valid_until date not null,
  known_from timestamp with time zone not null
);
alter table burden.known add constraint known_pkey PRIMARY KEY (tenant_id, body_id, term, source_id);
CREATE INDEX known_tenant_id_source_id_idx ON burden.known USING btree (tenant_id, source_id);
alter table burden.known enable row level security;
create policy scope_rows on burden.known as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (body_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (body_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on burden.known as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select on burden.known to dajuan_scoped;
grant delete, insert, select on burden.known to dajuan_tenant;
