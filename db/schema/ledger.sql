-- Schema ledger, written from the catalogue by "npm run check -- --write". Not executed.

create table ledger.attachment (
  tenant_id integer not null,
  attachment_id uuid not null,
  of_id uuid not null,
  owner_id uuid not null,
  hash text not null,
  name text not null,
  media_type text not null,
  bytes integer not null,
  author_id uuid,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone
);
alter table ledger.attachment add constraint attachment_pkey PRIMARY KEY (tenant_id, attachment_id);
CREATE INDEX attachment_tenant_id_record_id_idx ON ledger.attachment USING btree (tenant_id, of_id);
alter table ledger.attachment enable row level security;
create policy scope_rows on ledger.attachment as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on ledger.attachment as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on ledger.attachment to dajuan_scoped;
grant insert, select on ledger.attachment to dajuan_tenant;

create table ledger.bigram (
  tenant_id integer not null,
  bigram integer not null,
  record_id uuid not null
);
alter table ledger.bigram add constraint bigram_pkey PRIMARY KEY (tenant_id, bigram, record_id);
alter table ledger.bigram enable row level security;
create policy tenant_rows on ledger.bigram as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on ledger.bigram to dajuan_scoped;
grant insert, select on ledger.bigram to dajuan_tenant;

create table ledger.mark (
  tenant_id integer not null,
  mark_id uuid not null,
  subject_id uuid not null,
  item text not null,
  value numeric not null,
  given_by text not null,
  given_on date not null,
  source text not null default ''::text,
  author_id uuid,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  given_group text not null default ''::text,
  import_hash text,
  reason text not null default ''::text
);
alter table ledger.mark add constraint mark_pkey PRIMARY KEY (tenant_id, mark_id);
CREATE INDEX mark_by_date ON ledger.mark USING btree (tenant_id, given_on DESC, mark_id DESC) WHERE (known_until = 'infinity'::timestamp with time zone);
CREATE INDEX mark_by_end ON ledger.mark USING btree (tenant_id, known_until) WHERE (known_until < 'infinity'::timestamp with time zone);
CREATE INDEX mark_by_import ON ledger.mark USING btree (tenant_id, import_hash) WHERE (import_hash IS NOT NULL);
CREATE INDEX mark_by_known ON ledger.mark USING btree (tenant_id, known_from);
CREATE INDEX mark_tenant_id_item_given_on_idx ON ledger.mark USING btree (tenant_id, item, given_on);
CREATE UNIQUE INDEX mark_current ON ledger.mark USING btree (tenant_id, subject_id, item, given_by, given_on) WHERE (known_until = 'infinity'::timestamp with time zone);
alter table ledger.mark enable row level security;
create policy scope_rows on ledger.mark as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (subject_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (subject_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on ledger.mark as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on ledger.mark to dajuan_scoped;
grant insert, select on ledger.mark to dajuan_tenant;

create table ledger.participant (
  tenant_id integer not null,
  record_id uuid not null,
  version integer not null,
  role text not null,
  person_id uuid not null,
  owner_id uuid not null
);
alter table ledger.participant add constraint participant_pkey PRIMARY KEY (tenant_id, record_id, version, role, person_id);
CREATE INDEX participant_tenant_id_person_id_idx ON ledger.participant USING btree (tenant_id, person_id);
alter table ledger.participant enable row level security;
create policy scope_rows on ledger.participant as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on ledger.participant as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on ledger.participant to dajuan_scoped;
grant insert, select on ledger.participant to dajuan_tenant;

create table ledger.record (
  tenant_id integer not null,
  record_id uuid not null,
  version integer not null,
  kind text not null,
  unit_id uuid not null,
  party_org_id uuid,
  owner_id uuid not null generated always as (COALESCE(party_org_id, unit_id)) stored,
  happened_on date not null,
  title text not null,
  place text not null default ''::text,
  fields jsonb not null default '{}'::jsonb,
  due integer,
  present integer,
  state text not null default 'valid'::text,
  complete boolean not null,
  late boolean not null,
  reason text not null default ''::text,
  author_id uuid,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone
);
alter table ledger.record add constraint record_check CHECK ((known_from <= known_until));
alter table ledger.record add constraint record_check1 CHECK (((present IS NULL) OR ((present >= 0) AND (present <= due))));
alter table ledger.record add constraint record_pkey PRIMARY KEY (tenant_id, record_id, version);
alter table ledger.record add constraint record_state_check CHECK ((state = ANY (ARRAY['valid'::text, 'withdrawn'::text])));
CREATE INDEX record_by_date ON ledger.record USING btree (tenant_id, happened_on DESC, record_id DESC) WHERE ((known_until = 'infinity'::timestamp with time zone) AND (state = 'valid'::text));
CREATE INDEX record_by_kind ON ledger.record USING btree (tenant_id, kind, happened_on);
CREATE INDEX record_by_known ON ledger.record USING btree (tenant_id, known_from);
CREATE INDEX record_by_owner ON ledger.record USING btree (tenant_id, owner_id, happened_on DESC, record_id DESC) INCLUDE (kind) WHERE ((known_until = 'infinity'::timestamp with time zone) AND (state = 'valid'::text));
CREATE INDEX record_incomplete ON ledger.record USING btree (tenant_id, happened_on DESC, record_id DESC) WHERE ((known_until = 'infinity'::timestamp with time zone) AND (state = 'valid'::text) AND (NOT complete));
CREATE INDEX record_incomplete_by_owner ON ledger.record USING btree (tenant_id, owner_id, happened_on DESC, record_id DESC) WHERE ((known_until = 'infinity'::timestamp with time zone) AND (state = 'valid'::text) AND (NOT complete));
CREATE INDEX record_late ON ledger.record USING btree (tenant_id, happened_on DESC, record_id DESC) WHERE ((known_until = 'infinity'::timestamp with time zone) AND (state = 'valid'::text) AND late);
CREATE INDEX record_late_by_owner ON ledger.record USING btree (tenant_id, owner_id, happened_on DESC, record_id DESC) WHERE ((known_until = 'infinity'::timestamp with time zone) AND (state = 'valid'::text) AND late);
CREATE UNIQUE INDEX record_current ON ledger.record USING btree (tenant_id, record_id) WHERE (known_until = 'infinity'::timestamp with time zone);
alter table ledger.record enable row level security;
create policy scope_rows on ledger.record as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on ledger.record as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on ledger.record to dajuan_scoped;
grant insert, select on ledger.record to dajuan_tenant;

CREATE OR REPLACE FUNCTION ledger.records_at(of_kind text, as_of timestamp with time zone)
 RETURNS SETOF ledger.record
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT r.tenant_id,
     r.record_id,
     r.version,
     r.kind,
     r.unit_id,
     r.party_org_id,
     r.owner_id,
     r.happened_on,
     r.title,
     r.place,
     r.fields,
     r.due,
     r.present,
     r.state,
     r.complete,
     r.late,
     r.reason,
     r.author_id,
     r.known_from,
     r.known_until
    FROM ledger.record r
   WHERE ((r.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (r.kind = records_at.of_kind) AND (r.state = 'valid'::text) AND (r.known_from <= records_at.as_of) AND (r.known_until > records_at.as_of));
END
;
