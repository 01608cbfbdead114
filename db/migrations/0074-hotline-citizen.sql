-- hotline, the citizen's side and the neighbours: texts to who asked, the feed of the city's own platform.
create table hotline.message (
  tenant_id int not null,
  ticket_id uuid not null,
  revision int not null,
  kind text not null check (kind in ('entered', 'answered', 'closed')),
  state text not null default 'due' check (state in ('due', 'sending', 'sent', 'failed')),
  tries smallint not null default 0,
  at timestamptz not null,
  primary key (tenant_id, ticket_id, revision)
);
comment on table hotline.message is 'A text to who asked, by the step that it tells of; neither number nor words: they are put together when it is sent.';
create index message_due on hotline.message (tenant_id, at) where state = 'due';

create table hotline.feed (
  tenant_id int not null,
  source text not null,
  cursor text not null default '',
  newest_at timestamptz,
  taken bigint not null default 0,
  stale bigint not null default 0,
  refused bigint not null default 0,
  read_at timestamptz not null,
  primary key (tenant_id, source)
);
comment on table hotline.feed is 'How far the feed of a platform beside us is: its newest event, where the next read begins, how many events were taken, came late or twice, or were refused.';

do $$
declare name text;
begin
  foreach name in array array['message', 'feed'] loop
    execute format('alter table hotline.%I enable row level security', name);
    execute format('create policy tenant_rows on hotline.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert on hotline.%I to dajuan_tenant', name);
  end loop;
end $$;
grant update on hotline.message, hotline.feed to dajuan_tenant;
