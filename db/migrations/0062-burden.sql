-- burden: what bodies are asked for, what it costs them, and what they have said already.
create schema burden;
grant usage on schema burden to dajuan_scoped, dajuan_tenant;

create table burden.known (
  tenant_id int not null,
  body_id uuid not null,
  term text not null,
  source_id uuid not null,
  source text not null,
  value jsonb not null,
  said_on date not null,
  valid_until date not null,
  known_from timestamptz not null,
  primary key (tenant_id, body_id, term, source_id)
);
comment on table burden.known is 'What a body has said of a term, one row a source (a record, a matter, an answered asking); valid_until inclusive. The newest valid one fills forms in.';
comment on column burden.known.source is 'What the source is called, as people are shown it: 换届（2024-11-02）.';
create index on burden.known (tenant_id, source_id);

create table burden.filling (
  tenant_id int not null,
  form text not null,
  bucket int not null,
  count int not null,
  primary key (tenant_id, form, bucket)
);
comment on table burden.filling is 'How many fillings of a form took so long, by bucket of seconds: no day, no body, nobody.';

create table burden.asking (
  tenant_id int not null,
  asking_id uuid not null,
  owner_id uuid not null,
  ours boolean not null,
  asker text not null,
  title text not null,
  basis text not null,
  kind text not null,
  form text not null default '',
  terms text[] not null default '{}',
  seconds int not null,
  receivers int not null,
  asked_on date not null,
  due_on date,
  short boolean not null,
  reason text not null default '',
  author_id uuid,
  known_from timestamptz not null,
  primary key (tenant_id, asking_id)
);
comment on table burden.asking is 'A request, ours or of another body. owner_id: the body that asks, where it is ours; else the body it was entered for. short: with less than the least notice.';
create index on burden.asking (tenant_id, owner_id, asked_on desc);

create table burden.charge (
  tenant_id int not null,
  asking_id uuid not null,
  body_id uuid not null,
  month date not null,
  asker text not null,
  title text not null,
  kind text not null,
  terms text[] not null default '{}',
  asked_on date not null,
  due_on date,
  short boolean not null,
  seconds int not null,
  saved int not null,
  primary key (tenant_id, asking_id, body_id)
);
comment on table burden.charge is 'What an asking costs one receiver: seconds after what is known has been filled in, and the seconds that this saves. Says whose it is, so that a receiver sees it without the asking.';
create index on burden.charge (tenant_id, body_id, month);
create index on burden.charge (tenant_id, month);

create table burden.complaint (
  tenant_id int not null,
  complaint_id uuid not null,
  author_id uuid,
  asking_id uuid,
  title text not null,
  kind text not null,
  text text not null default '',
  earlier jsonb not null default '[]',
  made_on date not null,
  due_on date not null,
  answer text,
  answered_on date,
  answered_by uuid,
  primary key (tenant_id, complaint_id)
);
comment on table burden.complaint is 'Somebody finds an asking too much. Without a name (author_id null) it holds no body and no time of day: nothing leads to its author.';
create index on burden.complaint (tenant_id, due_on);

do $$
declare name text; owner text;
begin
  foreach name in array array['known', 'filling', 'asking', 'charge', 'complaint'] loop
    execute format('alter table burden.%I enable row level security', name);
    execute format('create policy tenant_rows on burden.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert on burden.%I to dajuan_scoped, dajuan_tenant', name);
  end loop;
  foreach name in array array['known', 'charge', 'asking'] loop
    owner := case when name in ('known', 'charge') then 'body_id' else 'owner_id' end;
    execute format('create policy scope_rows on burden.%I to dajuan_scoped using (tenant_id = (select kit.tenant_id()) and %I = any ((select kit.scope())::uuid[])) with check (tenant_id = (select kit.tenant_id()) and %I = any ((select kit.scope())::uuid[]))', name, owner, owner);
  end loop;
end $$;
create policy scope_rows on burden.filling to dajuan_scoped using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
-- One's own are read; anybody may complain.
create policy actor_rows on burden.complaint for select to dajuan_scoped using (tenant_id = (select kit.tenant_id()) and author_id = (select kit.actor()));
create policy new_rows on burden.complaint for insert to dajuan_scoped with check (tenant_id = (select kit.tenant_id()));
grant update (source, value, said_on, valid_until, known_from), delete on burden.known to dajuan_scoped, dajuan_tenant;
grant update (count) on burden.filling to dajuan_scoped, dajuan_tenant;
grant update (answer, answered_on, answered_by) on burden.complaint to dajuan_tenant;
