-- Schema matter, written from the catalogue by "npm run check -- --write". Not executed.

create table matter.comment (
  tenant_id integer not null,
  comment_id uuid not null,
  matter_id uuid not null,
  owner_id uuid not null,
  asker_id uuid,
  text text not null,
  author_id uuid,
  at timestamp with time zone not null
);
alter table matter.comment add constraint comment_pkey PRIMARY KEY (tenant_id, comment_id);
CREATE INDEX comment_tenant_id_matter_id_at_idx ON matter.comment USING btree (tenant_id, matter_id, at);
alter table matter.comment enable row level security;
create policy scope_rows on matter.comment as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[]))))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[]))));
create policy tenant_rows on matter.comment as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on matter.comment to dajuan_scoped;
grant insert, select on matter.comment to dajuan_tenant;

create table matter.edition (
  tenant_id integer not null,
  kind text not null,
  hash text not null,
  definition jsonb not null,
  known_from timestamp with time zone not null
);
alter table matter.edition add constraint edition_pkey PRIMARY KEY (tenant_id, kind, hash);
alter table matter.edition enable row level security;
create policy scope_rows on matter.edition as permissive for all to dajuan_scoped
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on matter.edition as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on matter.edition to dajuan_scoped;
grant insert, select on matter.edition to dajuan_tenant;

create table matter.follow (
  tenant_id integer not null,
  matter_id uuid not null,
  account_id uuid not null,
  since timestamp with time zone not null
);
alter table matter.follow add constraint follow_pkey PRIMARY KEY (tenant_id, account_id, matter_id);
alter table matter.follow enable row level security;
create policy actor_rows on matter.follow as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (account_id = ( SELECT kit.actor() AS actor)))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (account_id = ( SELECT kit.actor() AS actor)));
create policy tenant_rows on matter.follow as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select on matter.follow to dajuan_scoped;
grant delete, insert, select on matter.follow to dajuan_tenant;

create table matter.link (
  tenant_id integer not null,
  matter_id uuid not null,
  record_id uuid not null,
  owner_id uuid not null,
  asker_id uuid,
  author_id uuid,
  known_from timestamp with time zone not null
);
alter table matter.link add constraint link_pkey PRIMARY KEY (tenant_id, matter_id, record_id);
CREATE INDEX link_tenant_id_record_id_idx ON matter.link USING btree (tenant_id, record_id);
alter table matter.link enable row level security;
create policy scope_rows on matter.link as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[]))))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[]))));
create policy tenant_rows on matter.link as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select on matter.link to dajuan_scoped;
grant delete, insert, select on matter.link to dajuan_tenant;

create table matter.matter (
  tenant_id integer not null,
  matter_id uuid not null,
  kind text not null,
  hash text not null,
  title text not null,
  fields jsonb not null default '{}'::jsonb,
  unit_id uuid not null,
  party_org_id uuid,
  owner_id uuid not null generated always as (COALESCE(party_org_id, unit_id)) stored,
  asker_id uuid,
  request_id uuid,
  parent_id uuid,
  origin text not null default ''::text,
  origin_id uuid,
  type text not null default ''::text,
  person_id uuid,
  stage text not null,
  stage_since timestamp with time zone not null,
  waits_for text not null default ''::text,
  due_at timestamp with time zone,
  asked_until timestamp with time zone,
  paused boolean not null default false,
  left_minutes integer,
  late boolean not null default false,
  revision integer not null default 1,
  opened_on date not null,
  closed_on date,
  outcome text,
  author_id uuid,
  known_from timestamp with time zone not null,
  remind_at timestamp with time zone,
  merged_into uuid
);
alter table matter.matter add constraint matter_check CHECK (((closed_on IS NULL) = (outcome IS NULL)));
alter table matter.matter add constraint matter_merged CHECK (((merged_into IS NOT NULL) = (COALESCE(outcome, ''::text) = 'merged'::text)));
alter table matter.matter add constraint matter_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'dropped'::text, 'recalled'::text, 'merged'::text])));
alter table matter.matter add constraint matter_pkey PRIMARY KEY (tenant_id, matter_id);
alter table matter.matter add constraint matter_waits_for_check CHECK ((waits_for = ANY (ARRAY[''::text, 'owner'::text, 'asker'::text, 'checker'::text])));
CREATE INDEX matter_by_asker ON matter.matter USING btree (tenant_id, asker_id, opened_on DESC, matter_id DESC) WHERE (asker_id IS NOT NULL);
CREATE INDEX matter_by_kind ON matter.matter USING btree (tenant_id, kind, opened_on DESC, matter_id DESC);
CREATE INDEX matter_by_merged ON matter.matter USING btree (tenant_id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX matter_by_owner ON matter.matter USING btree (tenant_id, owner_id, opened_on DESC, matter_id DESC);
CREATE INDEX matter_by_parent ON matter.matter USING btree (tenant_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX matter_by_request ON matter.matter USING btree (tenant_id, request_id) WHERE (request_id IS NOT NULL);
CREATE INDEX matter_due ON matter.matter USING btree (tenant_id, due_at) WHERE ((closed_on IS NULL) AND (due_at IS NOT NULL));
CREATE INDEX matter_open_by_owner ON matter.matter USING btree (tenant_id, owner_id, due_at) WHERE (closed_on IS NULL);
CREATE INDEX matter_to_remind ON matter.matter USING btree (tenant_id, remind_at) WHERE ((closed_on IS NULL) AND (remind_at IS NOT NULL));
CREATE INDEX matter_waiting ON matter.matter USING btree (tenant_id, asker_id, due_at) WHERE ((closed_on IS NULL) AND (asker_id IS NOT NULL));
alter table matter.matter enable row level security;
create policy scope_rows on matter.matter as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[]))))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[]))));
create policy tenant_rows on matter.matter as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on matter.matter to dajuan_scoped;
grant insert, select on matter.matter to dajuan_tenant;

create table matter.move (
  tenant_id integer not null,
  matter_id uuid not null,
  revision integer not null,
  move_id uuid not null,
  move text not null,
  from_stage text not null,
  to_stage text not null,
  owner_id uuid not null,
  asker_id uuid,
  fields jsonb not null default '{}'::jsonb,
  note text not null default ''::text,
  due_at timestamp with time zone,
  paused boolean not null default false,
  late boolean not null default false,
  made_by text not null default ''::text,
  author_id uuid,
  person_id uuid,
  at timestamp with time zone not null
);
alter table matter.move add constraint move_made_by_check CHECK ((made_by = ANY (ARRAY[''::text, 'owner'::text, 'asker'::text, 'checker'::text])));
alter table matter.move add constraint move_pkey PRIMARY KEY (tenant_id, matter_id, revision);
alter table matter.move add constraint move_tenant_id_move_id_key UNIQUE (tenant_id, move_id);
CREATE INDEX move_by_known ON matter.move USING btree (tenant_id, at);
alter table matter.move enable row level security;
create policy scope_rows on matter.move as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[]))))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND ((owner_id = ANY (( SELECT kit.scope() AS scope)::uuid[])) OR (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[]))));
create policy tenant_rows on matter.move as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on matter.move to dajuan_scoped;
grant insert, select on matter.move to dajuan_tenant;

create table matter.reader (
  tenant_id integer not null,
  account_id uuid not null,
  seen_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  calendar_key uuid
);
alter table matter.reader add constraint reader_pkey PRIMARY KEY (tenant_id, account_id);
alter table matter.reader enable row level security;
create policy actor_rows on matter.reader as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (account_id = ( SELECT kit.actor() AS actor)))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (account_id = ( SELECT kit.actor() AS actor)));
create policy tenant_rows on matter.reader as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on matter.reader to dajuan_scoped;
grant insert, select on matter.reader to dajuan_tenant;

create table matter.reminder (
  tenant_id integer not null,
  matter_id uuid not null,
  due_at timestamp with time zone not null,
  account_id uuid not null,
  at timestamp with time zone not null,
  any_hour boolean not null default false,
  state text not null,
  tries integer not null default 0
);
alter table matter.reminder add constraint reminder_pkey PRIMARY KEY (tenant_id, matter_id, due_at, account_id);
alter table matter.reminder add constraint reminder_state_check CHECK ((state = ANY (ARRAY['page'::text, 'due'::text, 'sending'::text, 'sent'::text, 'void'::text, 'failed'::text])));
CREATE INDEX reminder_tenant_id_account_id_at_idx ON matter.reminder USING btree (tenant_id, account_id, at DESC);
CREATE INDEX reminder_to_send ON matter.reminder USING btree (tenant_id, at) WHERE (state = 'due'::text);
alter table matter.reminder enable row level security;
create policy actor_rows on matter.reminder as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (account_id = ( SELECT kit.actor() AS actor)))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (account_id = ( SELECT kit.actor() AS actor)));
create policy tenant_rows on matter.reminder as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on matter.reminder to dajuan_tenant;
grant select on matter.reminder to dajuan_scoped;

create table matter.request (
  tenant_id integer not null,
  request_id uuid not null,
  kind text not null,
  hash text not null,
  title text not null,
  fields jsonb not null default '{}'::jsonb,
  asker_id uuid not null,
  due_at timestamp with time zone,
  receivers integer not null,
  state text not null default 'sent'::text,
  author_id uuid,
  sent_at timestamp with time zone,
  recalled_at timestamp with time zone,
  selection jsonb not null default '{}'::jsonb,
  basis text not null default ''::text,
  reason text not null default ''::text,
  exceeds text[] not null default '{}'::text[],
  minutes integer not null default 0,
  drafted_at timestamp with time zone not null default now(),
  nudged_on date,
  recall_reason text not null default ''::text
);
alter table matter.request add constraint request_pkey PRIMARY KEY (tenant_id, request_id);
alter table matter.request add constraint request_sent CHECK (((state = 'draft'::text) = (sent_at IS NULL)));
alter table matter.request add constraint request_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'sent'::text, 'recalled'::text])));
CREATE INDEX request_by_draft ON matter.request USING btree (tenant_id, drafted_at DESC, request_id DESC);
CREATE INDEX request_tenant_id_asker_id_sent_at_idx ON matter.request USING btree (tenant_id, asker_id, sent_at DESC);
alter table matter.request enable row level security;
create policy scope_rows on matter.request as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (asker_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on matter.request as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on matter.request to dajuan_scoped;
grant insert, select on matter.request to dajuan_tenant;

CREATE OR REPLACE FUNCTION matter.matters_at(of_kind text, as_of timestamp with time zone)
 RETURNS TABLE(tenant_id integer, matter_id uuid, unit_id uuid, party_org_id uuid, owner_id uuid, asker_id uuid, type text, title text, fields jsonb, opened_on date, stage text, due_at timestamp with time zone, closed_at timestamp with time zone, outcome text, late boolean)
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT m.tenant_id,
     m.matter_id,
     m.unit_id,
     m.party_org_id,
     m.owner_id,
     m.asker_id,
     m.type,
     m.title,
         CASE
             WHEN (last.revision = m.revision) THEN m.fields
             ELSE ( SELECT COALESCE(jsonb_object_agg(given.key, given.value), '{}'::jsonb) AS "coalesce"
                FROM ( SELECT DISTINCT ON (f.key) f.key,
                         f.value
                        FROM (matter.move v
                          CROSS JOIN LATERAL jsonb_each(v.fields) f(key, value))
                       WHERE ((v.tenant_id = m.tenant_id) AND (v.matter_id = m.matter_id) AND (v.revision <= last.revision))
                       ORDER BY f.key, v.revision DESC) given)
         END AS "coalesce",
     m.opened_on,
     last.to_stage,
     last.due_at,
         CASE
             WHEN ((last.revision = m.revision) AND (m.closed_on IS NOT NULL)) THEN last.at
             ELSE NULL::timestamp with time zone
         END AS "case",
         CASE
             WHEN (last.revision = m.revision) THEN m.outcome
             ELSE NULL::text
         END AS "case",
     (
         CASE
             WHEN (last.revision = m.revision) THEN m.late
             ELSE (EXISTS ( SELECT
                FROM matter.move v
               WHERE ((v.tenant_id = m.tenant_id) AND (v.matter_id = m.matter_id) AND (v.revision <= last.revision) AND v.late)))
         END OR (COALESCE((last.due_at < matters_at.as_of), false) AND (NOT last.paused) AND ((m.closed_on IS NULL) OR (last.revision < m.revision))))
    FROM (matter.matter m
      JOIN LATERAL ( SELECT v.revision,
             v.to_stage,
             v.due_at,
             v.paused,
             v.at
            FROM matter.move v
           WHERE ((v.tenant_id = m.tenant_id) AND (v.matter_id = m.matter_id) AND (v.at <= matters_at.as_of))
           ORDER BY v.revision DESC
          LIMIT 1) last ON (true))
   WHERE ((m.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (m.kind = matters_at.of_kind) AND (m.known_from <= matters_at.as_of));
END
;
