-- hotline: what citizens ask. A ticket stands as one narrow row with its milestones; how it came there are its steps; what it was before a milestone was taken back is kept.
create schema hotline;
grant usage on schema hotline to dajuan_scoped, dajuan_tenant;

-- Public numbers: the day and six digits of this.
create sequence hotline.number_seq;
grant usage on sequence hotline.number_seq to dajuan_scoped, dajuan_tenant;

create table hotline.ticket (
  tenant_id int not null,
  ticket_id uuid not null,
  number bigint not null,
  unit_id uuid,
  parent_id uuid,
  received_at timestamptz not null,
  due_at timestamptz not null,
  dispatched_at timestamptz,
  sign_due_at timestamptz,
  signed_at timestamptz,
  respond_due_at timestamptz,
  responded_at timestamptz,
  unit_due_at timestamptz,
  answered_at timestamptz,
  called_at timestamptz,
  closed_at timestamptz,
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  revision int not null default 1,
  satisfaction smallint check (satisfaction between 1 and 5),
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
  state text not null check (state in ('received', 'dispatched', 'handling', 'returned', 'arbitration', 'answered', 'closed', 'archived', 'merged', 'dropped')),
  channel text not null,
  class text not null,
  category text not null,
  county text not null default '',
  place text not null default '',
  title text not null,
  source text not null default '',
  source_id text,
  merged_into uuid,
  relapse_of uuid,
  primary key (tenant_id, ticket_id)
);
comment on table hotline.ticket is 'One asking of a citizen as it stands. Moments are milestones: rates are counted from them. `satisfaction`: 5 very satisfied to 1 very dissatisfied, null not rated.';
comment on column hotline.ticket.unit_id is 'The unit that holds it; null while the hotline itself does.';
comment on column hotline.ticket.due_at is 'The citizen''s clock: from the first minute; moved by a granted extension alone.';
comment on column hotline.ticket.unit_due_at is 'The unit''s clock, from the last dispatch.';
comment on column hotline.ticket.known_from is 'Since when this version stands: a milestone taken back or another unit, class, category, county make a version; what was before is in ticket_was.';
comment on column hotline.ticket.parent_id is 'The ticket of which it is a part (co-handling): in no rate.';
comment on column hotline.ticket.relapsed is 'The same came again within the pack''s days after it was solved: it counts as not solved.';
create unique index ticket_number on hotline.ticket (tenant_id, number);
create unique index ticket_source on hotline.ticket (tenant_id, source, source_id) where source_id is not null;
create index ticket_received on hotline.ticket (tenant_id, received_at desc, ticket_id desc);
create index ticket_by_unit on hotline.ticket (tenant_id, unit_id, received_at desc, ticket_id desc);
create index ticket_open on hotline.ticket (tenant_id, state, due_at) where closed_at is null;
create index ticket_closed on hotline.ticket (tenant_id, closed_at) where state = 'closed';
create index ticket_by_place on hotline.ticket (tenant_id, place, category, closed_at desc) where place <> '';
create index ticket_parts on hotline.ticket (tenant_id, parent_id) where parent_id is not null;

create table hotline.ticket_was (like hotline.ticket including defaults);
alter table hotline.ticket_was add primary key (tenant_id, ticket_id, revision);
comment on table hotline.ticket_was is 'Versions of tickets that no longer stand: from known_from until known_until.';

create table hotline.content (
  tenant_id int not null,
  ticket_id uuid not null,
  body text not null,
  answer text not null default '',
  primary key (tenant_id, ticket_id)
);
comment on table hotline.content is 'What was asked and what was answered, in the words of those who wrote it.';

create table hotline.caller (
  tenant_id int not null,
  ticket_id uuid not null,
  name text not null default '',
  phone text not null default '',
  primary key (tenant_id, ticket_id)
);
comment on table hotline.caller is 'Who asked. Units see it only where the citizen doesn''t want it withheld.';

create table hotline.step (
  tenant_id int not null,
  ticket_id uuid not null,
  revision int not null,
  step text not null,
  from_state text not null,
  to_state text not null,
  unit_id uuid,
  made_by text not null,
  told text not null default '',
  note text not null default '',
  fields jsonb,
  step_id uuid,
  author_id uuid,
  person_id uuid,
  at timestamptz not null,
  primary key (tenant_id, ticket_id, revision)
);
comment on table hotline.step is 'One act on a ticket: who made it, where it led, the unit that holds it after. `told` may be read by the citizen, `note` stays inside. Never changed.';
comment on column hotline.step.step_id is 'Chosen by whoever made it: the same again has one effect. Null for what was imported.';

create table hotline.attachment (
  tenant_id int not null,
  attachment_id uuid not null,
  ticket_id uuid not null,
  name text not null,
  mime text not null,
  bytes int not null,
  sha256 text not null,
  by_citizen boolean not null,
  author_id uuid,
  at timestamptz not null,
  primary key (tenant_id, attachment_id)
);
create index on hotline.attachment (tenant_id, ticket_id);

create table hotline.knowledge (
  tenant_id int not null,
  knowledge_id uuid not null,
  category text not null,
  question text not null,
  answer text not null,
  valid_until date,
  withdrawn boolean not null default false,
  revision int not null default 1,
  author_id uuid,
  at timestamptz not null,
  primary key (tenant_id, knowledge_id)
);
comment on table hotline.knowledge is 'Answers that may be given directly.';

-- Closed tickets counted, one row for each month of receipt, month of closing and value of a dimension. What is not closed is counted from ticket itself: it is little.
create table hotline.tally (
  tenant_id int not null,
  dimension text not null check (dimension in ('all', 'unit', 'category', 'county', 'channel', 'class')),
  key text not null,
  received_in date not null,
  closed_in date not null,
  closed int not null,
  on_time int not null,
  direct int not null,
  dispatched int not null,
  signed_in_time int not null,
  responded_in_time int not null,
  called int not null,
  reached int not null,
  solved int not null,
  rated int not null,
  satisfied int not null,
  relapsed int not null,
  rehandled int not null,
  transferred int not null,
  primary key (tenant_id, dimension, received_in, closed_in, key)
);
comment on table hotline.tally is 'Closed tickets (no parts, merged or dropped ones) by dimension and month; must equal a recount (H10).';

create table hotline.tally_change (
  tenant_id int not null,
  change_id uuid not null,
  ticket_id uuid not null,
  unit_id uuid,
  category text not null,
  county text not null,
  channel text not null,
  class text not null,
  received_in date not null,
  closed_in date not null,
  closed int not null,
  on_time int not null,
  direct int not null,
  dispatched int not null,
  signed_in_time int not null,
  responded_in_time int not null,
  called int not null,
  reached int not null,
  solved int not null,
  rated int not null,
  satisfied int not null,
  relapsed int not null,
  rehandled int not null,
  transferred int not null,
  primary key (tenant_id, change_id)
);
comment on table hotline.tally_change is 'What a step has added to the counts of closed tickets or taken back; inserted only, so that steps don''t wait for one another; a job folds it into tally.';

do $$
declare name text;
begin
  foreach name in array array['ticket', 'ticket_was', 'content', 'caller', 'step', 'attachment', 'knowledge', 'tally', 'tally_change'] loop
    execute format('alter table hotline.%I enable row level security', name);
    execute format('create policy tenant_rows on hotline.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert on hotline.%I to dajuan_scoped, dajuan_tenant', name);
  end loop;
  foreach name in array array['ticket', 'ticket_was'] loop
    execute format($f$create policy scope_rows on hotline.%I for select to dajuan_scoped
      using (tenant_id = (select kit.tenant_id()) and unit_id = any ((select kit.scope())::uuid[]))$f$, name);
  end loop;
  foreach name in array array['content', 'step', 'attachment'] loop
    execute format($f$create policy scope_rows on hotline.%I for select to dajuan_scoped
      using (tenant_id = (select kit.tenant_id()) and exists (select from hotline.ticket t where t.tenant_id = %I.tenant_id and t.ticket_id = %I.ticket_id))$f$, name, name, name);
  end loop;
end $$;
create policy scope_rows on hotline.caller for select to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and exists (select from hotline.ticket t where t.tenant_id = caller.tenant_id and t.ticket_id = caller.ticket_id and not t.withheld));
create policy scope_rows on hotline.tally for select to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and key = any ((select kit.scope())::text[]));
create policy scope_rows on hotline.tally_change for select to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and unit_id = any ((select kit.scope())::uuid[]));
create policy scope_rows on hotline.knowledge for select to dajuan_scoped using (tenant_id = (select kit.tenant_id()));
revoke insert on hotline.ticket, hotline.ticket_was, hotline.content, hotline.caller, hotline.step, hotline.attachment, hotline.knowledge, hotline.tally, hotline.tally_change from dajuan_scoped;
grant update on hotline.ticket, hotline.content, hotline.caller, hotline.knowledge, hotline.tally to dajuan_tenant;
grant delete on hotline.tally, hotline.tally_change to dajuan_tenant;
