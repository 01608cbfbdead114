-- A request is drafted, weighed and, where it costs too much, approved before it is sent; what it was sent to is kept as it was chosen.
alter table matter.request alter column sent_at drop not null;
alter table matter.request drop constraint request_state_check;
alter table matter.request
  add constraint request_state_check check (state in ('draft', 'sent', 'recalled')),
  add constraint request_sent check ((state = 'draft') = (sent_at is null)),
  add column selection jsonb not null default '{}',
  add column basis text not null default '',
  add column reason text not null default '',
  add column exceeds text[] not null default '{}',
  add column minutes int not null default 0,
  add column drafted_at timestamptz not null default now(),
  add column nudged_on date,
  add column recall_reason text not null default '';
comment on table matter.request is 'One asking: drafted, then sent to many bodies in one transaction, a matter each; `selection` is whom the draft chose, `minutes` what one receiver is asked for, `exceeds` which rules that breaks.';
create index request_by_draft on matter.request (tenant_id, drafted_at desc, request_id desc);
grant update (kind, hash, title, fields, asker_id, due_at, receivers, state, author_id, sent_at, recalled_at, selection, basis, reason, exceeds, minutes, drafted_at, nudged_on, recall_reason)
  on matter.request to dajuan_scoped, dajuan_tenant;
