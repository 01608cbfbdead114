-- Schema hotline, written from the catalogue by "npm run check -- --write". Not executed.

create table hotline.attachment (
  tenant_id integer not null,
  attachment_id uuid not null,
  ticket_id uuid not null,
  name text not null,
  mime text not null,
  bytes integer not null,
  sha256 text not null,
  by_citizen boolean not null,
  author_id uuid,
  at timestamp with time zone not null
);
alter table hotline.attachment add constraint attachment_pkey PRIMARY KEY (tenant_id, attachment_id);
CREATE INDEX attachment_tenant_id_ticket_id_idx ON hotline.attachment USING btree (tenant_id, ticket_id);
alter table hotline.attachment enable row level security;
create policy scope_rows on hotline.attachment as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (EXISTS ( SELECT
   FROM hotline.ticket t
  WHERE ((t.tenant_id = attachment.tenant_id) AND (t.ticket_id = attachment.ticket_id)))));
create policy tenant_rows on hotline.attachment as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on hotline.attachment to dajuan_tenant;
grant select on hotline.attachment to dajuan_scoped;

create table hotline.caller (
  tenant_id integer not null,
  ticket_id uuid not null,
  name text not null default ''::text,
  phone text not null default ''::text
);
alter table hotline.caller add constraint caller_pkey PRIMARY KEY (tenant_id, ticket_id);
alter table hotline.caller enable row level security;
create policy scope_rows on hotline.caller as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (EXISTS ( SELECT
   FROM hotline.ticket t
  WHERE ((t.tenant_id = caller.tenant_id) AND (t.ticket_id = caller.ticket_id) AND (NOT t.withheld)))));
create policy tenant_rows on hotline.caller as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on hotline.caller to dajuan_tenant;
grant select on hotline.caller to dajuan_scoped;

create table hotline.content (
  tenant_id integer not null,
  ticket_id uuid not null,
  body text not null,
  answer text not null default ''::text,
  folded boolean not null default false
);
alter table hotline.content add constraint content_pkey PRIMARY KEY (tenant_id, ticket_id);
CREATE INDEX content_unfolded ON hotline.content USING btree (tenant_id, ticket_id) WHERE (NOT folded);
alter table hotline.content enable row level security;
create policy scope_rows on hotline.content as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (EXISTS ( SELECT
   FROM hotline.ticket t
  WHERE ((t.tenant_id = content.tenant_id) AND (t.ticket_id = content.ticket_id)))));
create policy tenant_rows on hotline.content as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on hotline.content to dajuan_tenant;
grant select on hotline.content to dajuan_scoped;

create table hotline.feed (
  tenant_id integer not null,
  source text not null,
  cursor text not null default ''::text,
  newest_at timestamp with time zone,
  taken bigint not null default 0,
  stale bigint not null default 0,
  refused bigint not null default 0,
  read_at timestamp with time zone not null
);
alter table hotline.feed add constraint feed_pkey PRIMARY KEY (tenant_id, source);
alter table hotline.feed enable row level security;
create policy tenant_rows on hotline.feed as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on hotline.feed to dajuan_tenant;

create table hotline.knowledge (
  tenant_id integer not null,
  knowledge_id uuid not null,
  category text not null,
  question text not null,
  answer text not null,
  valid_until date,
  withdrawn boolean not null default false,
  revision integer not null default 1,
  author_id uuid,
  at timestamp with time zone not null
);
alter table hotline.knowledge add constraint knowledge_pkey PRIMARY KEY (tenant_id, knowledge_id);
alter table hotline.knowledge enable row level security;
create policy scope_rows on hotline.knowledge as permissive for select to dajuan_scoped
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on hotline.knowledge as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on hotline.knowledge to dajuan_tenant;
grant select on hotline.knowledge to dajuan_scoped;

create table hotline.loading (
  tenant_id integer not null,
  what text not null default 'tickets'::text,
  done integer not null,
  total integer not null,
  finished boolean not null default false,
  rebuild jsonb not null default '[]'::jsonb,
  at timestamp with time zone not null default now()
);
alter table hotline.loading add constraint loading_pkey PRIMARY KEY (tenant_id, what);
alter table hotline.loading enable row level security;
create policy tenant_rows on hotline.loading as permissive for all to dajuan_scoped, dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant select on hotline.loading to dajuan_scoped;
grant select on hotline.loading to dajuan_tenant;

create table hotline.message (
  tenant_id integer not null,
  ticket_id uuid not null,
  revision integer not null,
  kind text not null,
  state text not null default 'due'::text,
  tries smallint not null default 0,
  at timestamp with time zone not null
);
alter table hotline.message add constraint message_kind_check CHECK ((kind = ANY (ARRAY['entered'::text, 'answered'::text, 'closed'::text])));
alter table hotline.message add constraint message_pkey PRIMARY KEY (tenant_id, ticket_id, revision);
alter table hotline.message add constraint message_state_check CHECK ((state = ANY (ARRAY['due'::text, 'sending'::text, 'sent'::text, 'failed'::text])));
CREATE INDEX message_due ON hotline.message USING btree (tenant_id, at) WHERE (state = 'due'::text);
alter table hotline.message enable row level security;
create policy tenant_rows on hotline.message as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on hotline.message to dajuan_tenant;

grant usage on hotline.number_seq to dajuan_scoped;
grant usage on hotline.number_seq to dajuan_tenant;

create table hotline.posting (
  tenant_id integer not null,
  bigram integer not null,
  month integer not null,
  tickets integer not null,
  list bytea not null
);
alter table hotline.posting add constraint posting_pkey PRIMARY KEY (tenant_id, bigram, month);
alter table hotline.posting enable row level security;
create policy scope_rows on hotline.posting as permissive for select to dajuan_scoped
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on hotline.posting as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on hotline.posting to dajuan_tenant;
grant select on hotline.posting to dajuan_scoped;

create table hotline.recount (
  tenant_id integer not null,
  at timestamp with time zone not null,
  milliseconds integer not null,
  tickets integer not null,
  differences jsonb not null
);
alter table hotline.recount add constraint recount_pkey PRIMARY KEY (tenant_id, at);
alter table hotline.recount enable row level security;
create policy tenant_rows on hotline.recount as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on hotline.recount to dajuan_tenant;

create table hotline.step (
  tenant_id integer not null,
  ticket_id uuid not null,
  revision integer not null,
  step text not null,
  from_state text not null,
  to_state text not null,
  unit_id uuid,
  made_by text not null,
  told text not null default ''::text,
  note text not null default ''::text,
  fields jsonb,
  step_id uuid,
  author_id uuid,
  person_id uuid,
  at timestamp with time zone not null
);
alter table hotline.step add constraint step_pkey PRIMARY KEY (tenant_id, ticket_id, revision);
alter table hotline.step enable row level security;
create policy scope_rows on hotline.step as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (EXISTS ( SELECT
   FROM hotline.ticket t
  WHERE ((t.tenant_id = step.tenant_id) AND (t.ticket_id = step.ticket_id)))));
create policy tenant_rows on hotline.step as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on hotline.step to dajuan_tenant;
grant select on hotline.step to dajuan_scoped;

create table hotline.tally (
  tenant_id integer not null,
  dimension text not null,
  key text not null,
  received_in date not null,
  closed_in date not null,
  closed integer not null,
  on_time integer not null,
  direct integer not null,
  dispatched integer not null,
  signed_in_time integer not null,
  responded_in_time integer not null,
  called integer not null,
  reached integer not null,
  solved integer not null,
  rated integer not null,
  satisfied integer not null,
  relapsed integer not null,
  rehandled integer not null,
  transferred integer not null
);
alter table hotline.tally add constraint tally_dimension_check CHECK ((dimension = ANY (ARRAY['all'::text, 'unit'::text, 'category'::text, 'county'::text, 'channel'::text, 'class'::text])));
alter table hotline.tally add constraint tally_pkey PRIMARY KEY (tenant_id, dimension, received_in, closed_in, key);
alter table hotline.tally enable row level security;
create policy scope_rows on hotline.tally as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (key = ANY ((( SELECT kit.scope() AS scope))::text[])));
create policy tenant_rows on hotline.tally as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select, update on hotline.tally to dajuan_tenant;
grant select on hotline.tally to dajuan_scoped;

create table hotline.tally_change (
  tenant_id integer not null,
  change_id uuid not null,
  ticket_id uuid not null,
  unit_id uuid,
  category text not null,
  county text not null,
  channel text not null,
  class text not null,
  received_in date not null,
  closed_in date not null,
  closed integer not null,
  on_time integer not null,
  direct integer not null,
  dispatched integer not null,
  signed_in_time integer not null,
  responded_in_time integer not null,
  called integer not null,
  reached integer not null,
  solved integer not null,
  rated integer not null,
  satisfied integer not null,
  relapsed integer not null,
  rehandled integer not null,
  transferred integer not null
);
alter table hotline.tally_change add constraint tally_change_pkey PRIMARY KEY (tenant_id, change_id);
alter table hotline.tally_change enable row level security;
create policy scope_rows on hotline.tally_change as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (unit_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on hotline.tally_change as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant delete, insert, select on hotline.tally_change to dajuan_tenant;
grant select on hotline.tally_change to dajuan_scoped;

create table hotline.ticket (
  tenant_id integer not null,
  ticket_id uuid not null,
  number bigint not null,
  unit_id uuid,
  parent_id uuid,
  received_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  dispatched_at timestamp with time zone,
  sign_due_at timestamp with time zone,
  signed_at timestamp with time zone,
  respond_due_at timestamp with time zone,
  responded_at timestamp with time zone,
  unit_due_at timestamp with time zone,
  answered_at timestamp with time zone,
  called_at timestamp with time zone,
  closed_at timestamp with time zone,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  revision integer not null default 1,
  satisfaction smallint,
  transfers smallint not null default 0,
  rehandled smallint not null default 0,
  extended smallint not null default 0,
  calls smallint not null default 0,
  direct boolean not null default false,
  reached boolean,
  solved boolean,
  withheld boolean not null default false,
  supervised boolean not null default false,
  arbitrated boolean not null default false,
  relapsed boolean not null default false,
  extend_asked boolean not null default false,
  state text not null,
  channel text not null,
  class text not null,
  category text not null,
  county text not null default ''::text,
  place text not null default ''::text,
  title text not null,
  source text not null default ''::text,
  source_id text,
  merged_into uuid,
  relapse_of uuid
);
alter table hotline.ticket add constraint ticket_pkey PRIMARY KEY (tenant_id, ticket_id);
alter table hotline.ticket add constraint ticket_satisfaction_check CHECK (((satisfaction >= 1) AND (satisfaction <= 5)));
alter table hotline.ticket add constraint ticket_state_check CHECK ((state = ANY (ARRAY['received'::text, 'dispatched'::text, 'handling'::text, 'returned'::text, 'arbitration'::text, 'answered'::text, 'closed'::text, 'archived'::text, 'merged'::text, 'dropped'::text])));
CREATE INDEX ticket_by_place ON hotline.ticket USING btree (tenant_id, place, category, closed_at DESC) WHERE (place <> ''::text);
CREATE INDEX ticket_closed ON hotline.ticket USING btree (tenant_id, closed_at) WHERE (state = 'closed'::text);
CREATE INDEX ticket_last ON hotline.ticket USING btree (tenant_id, GREATEST(known_from, dispatched_at, signed_at, responded_at, called_at, closed_at), received_at);
CREATE INDEX ticket_late ON hotline.ticket USING btree (tenant_id, received_at DESC, ticket_id DESC) INCLUDE (unit_id) WHERE ((closed_at <= due_at) IS NOT TRUE);
CREATE INDEX ticket_of_county ON hotline.ticket USING btree (tenant_id, county, class, channel, category, received_at DESC, ticket_id DESC) INCLUDE (unit_id, state);
CREATE INDEX ticket_of_unit ON hotline.ticket USING btree (tenant_id, unit_id, county, class, channel, category, received_at DESC, ticket_id DESC) INCLUDE (state);
CREATE INDEX ticket_open ON hotline.ticket USING btree (tenant_id, state, due_at) WHERE (closed_at IS NULL);
CREATE INDEX ticket_parts ON hotline.ticket USING btree (tenant_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX ticket_received ON hotline.ticket USING btree (tenant_id, received_at DESC, ticket_id DESC) INCLUDE (unit_id, county, class, channel, category, state);
CREATE INDEX ticket_supervised ON hotline.ticket USING btree (tenant_id, received_at DESC, ticket_id DESC) INCLUDE (unit_id, county, class, channel, category, state) WHERE supervised;
CREATE INDEX ticket_unanswered ON hotline.ticket USING btree (tenant_id, received_at DESC, ticket_id DESC) INCLUDE (unit_id) WHERE ((dispatched_at IS NOT NULL) AND ((responded_at <= respond_due_at) IS NOT TRUE));
CREATE INDEX ticket_unsatisfied ON hotline.ticket USING btree (tenant_id, received_at DESC, ticket_id DESC) INCLUDE (unit_id) WHERE (satisfaction < 4);
CREATE INDEX ticket_unsettled ON hotline.ticket USING btree (tenant_id, state, received_at DESC, ticket_id DESC) INCLUDE (unit_id, county, class, channel, category) WHERE (state <> 'archived'::text);
CREATE INDEX ticket_unsigned ON hotline.ticket USING btree (tenant_id, received_at DESC, ticket_id DESC) INCLUDE (unit_id) WHERE ((dispatched_at IS NOT NULL) AND ((signed_at <= sign_due_at) IS NOT TRUE));
CREATE INDEX ticket_unsolved ON hotline.ticket USING btree (tenant_id, received_at DESC, ticket_id DESC) INCLUDE (unit_id) WHERE (reached AND ((solved AND (NOT relapsed)) IS NOT TRUE));
CREATE UNIQUE INDEX ticket_number ON hotline.ticket USING btree (tenant_id, number);
CREATE UNIQUE INDEX ticket_source ON hotline.ticket USING btree (tenant_id, source, source_id) WHERE (source_id IS NOT NULL);
alter table hotline.ticket enable row level security;
create policy scope_rows on hotline.ticket as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (unit_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on hotline.ticket as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on hotline.ticket to dajuan_tenant;
grant select on hotline.ticket to dajuan_scoped;

create table hotline.ticket_was (
  tenant_id integer not null,
  ticket_id uuid not null,
  number bigint not null,
  unit_id uuid,
  parent_id uuid,
  received_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  dispatched_at timestamp with time zone,
  sign_due_at timestamp with time zone,
  signed_at timestamp with time zone,
  respond_due_at timestamp with time zone,
  responded_at timestamp with time zone,
  unit_due_at timestamp with time zone,
  answered_at timestamp with time zone,
  called_at timestamp with time zone,
  closed_at timestamp with time zone,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  revision integer not null default 1,
  satisfaction smallint,
  transfers smallint not null default 0,
  rehandled smallint not null default 0,
  extended smallint not null default 0,
  calls smallint not null default 0,
  direct boolean not null default false,
  reached boolean,
  solved boolean,
  withheld boolean not null default false,
  supervised boolean not null default false,
  arbitrated boolean not null default false,
  relapsed boolean not null default false,
  extend_asked boolean not null default false,
  state text not null,
  channel text not null,
  class text not null,
  category text not null,
  county text not null default ''::text,
  place text not null default ''::text,
  title text not null,
  source text not null default ''::text,
  source_id text,
  merged_into uuid,
  relapse_of uuid
);
alter table hotline.ticket_was add constraint ticket_was_pkey PRIMARY KEY (tenant_id, ticket_id, revision);
CREATE INDEX ticket_was_until ON hotline.ticket_was USING btree (tenant_id, known_until);
alter table hotline.ticket_was enable row level security;
create policy scope_rows on hotline.ticket_was as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (unit_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on hotline.ticket_was as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on hotline.ticket_was to dajuan_tenant;
grant select on hotline.ticket_was to dajuan_scoped;
