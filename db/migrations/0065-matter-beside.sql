-- Reminders as they were sent, who follows what, what a reader has set for oneself, and matters that went into another.
alter table matter.matter drop constraint matter_outcome_check;
alter table matter.matter
  add column remind_at timestamptz,
  add column merged_into uuid,
  add constraint matter_outcome_check check (outcome in ('done', 'dropped', 'recalled', 'merged')),
  add constraint matter_merged check ((merged_into is not null) = (coalesce(outcome, '') = 'merged'));
comment on column matter.matter.remind_at is 'When its deadline is reminded of, written down with the deadline; null where it isn''t.';
comment on column matter.matter.merged_into is 'The matter of which it was a double; links, comments and followers lead on there.';
create index matter_to_remind on matter.matter (tenant_id, remind_at) where closed_on is null and remind_at is not null;
create index matter_by_merged on matter.matter (tenant_id, merged_into) where merged_into is not null;
grant update (remind_at, merged_into) on matter.matter to dajuan_scoped, dajuan_tenant;

create table matter.reminder (
  tenant_id int not null,
  matter_id uuid not null,
  due_at timestamptz not null,
  account_id uuid not null,
  at timestamptz not null,
  any_hour boolean not null default false,
  state text not null check (state in ('page', 'due', 'sending', 'sent', 'void', 'failed')),
  tries int not null default 0,
  primary key (tenant_id, matter_id, due_at, account_id)
);
comment on table matter.reminder is 'A deadline that somebody was reminded of, once. `page`: on the page alone; `due` to `failed`: how far it came by mail or webhook. The nil account: there was nobody to remind.';
create index on matter.reminder (tenant_id, account_id, at desc);
create index reminder_to_send on matter.reminder (tenant_id, at) where state = 'due';

create table matter.follow (
  tenant_id int not null,
  matter_id uuid not null,
  account_id uuid not null,
  since timestamptz not null,
  primary key (tenant_id, account_id, matter_id)
);
comment on table matter.follow is 'Who wants to hear of a matter''s moves; it gives no right to see it.';

create table matter.reader (
  tenant_id int not null,
  account_id uuid not null,
  seen_at timestamptz not null default '-infinity',
  calendar_key uuid,
  primary key (tenant_id, account_id)
);
comment on table matter.reader is 'What somebody has set for oneself: how far the news is read, and the key of which the calendar''s secret address is made; without a key there is no address.';

do $$
declare name text;
begin
  foreach name in array array['reminder', 'follow', 'reader'] loop
    execute format('alter table matter.%I enable row level security', name);
    execute format('create policy tenant_rows on matter.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('create policy actor_rows on matter.%I to dajuan_scoped using (tenant_id = (select kit.tenant_id()) and account_id = (select kit.actor())) with check (tenant_id = (select kit.tenant_id()) and account_id = (select kit.actor()))', name);
    execute format('grant select on matter.%I to dajuan_scoped, dajuan_tenant', name);
  end loop;
end $$;
grant insert on matter.reminder to dajuan_tenant;
grant update (at, state, tries) on matter.reminder to dajuan_tenant;
grant insert, delete on matter.follow to dajuan_scoped, dajuan_tenant;
grant insert on matter.reader to dajuan_scoped, dajuan_tenant;
grant update (seen_at, calendar_key) on matter.reader to dajuan_scoped, dajuan_tenant;
