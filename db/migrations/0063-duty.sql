-- duty: the duty lists as they were in force, and what was fulfilled by hand. All other states follow from records and matters.
create schema duty;
grant usage on schema duty to dajuan_scoped, dajuan_tenant;

create table duty.edition (
  tenant_id int not null,
  list text not null,
  number int not null,
  hash text not null,
  definition jsonb not null,
  in_force_from date not null,
  known_from timestamptz not null,
  primary key (tenant_id, list, number)
);
comment on table duty.edition is 'A duty list of the pack as it was. A period is judged by the edition in force on its first day, so that a new one changes no period that has begun.';

create table duty.fulfilment (
  tenant_id int not null,
  fulfilment_id uuid not null,
  version int not null,
  body_id uuid not null,
  duty text not null,
  period_first date not null,
  done_on date not null,
  note text not null,
  evidence text not null default '',
  state text not null default 'valid' check (state in ('valid', 'withdrawn')),
  reason text not null default '',
  author_id uuid,
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  primary key (tenant_id, fulfilment_id, version)
);
comment on table duty.fulfilment is 'A duty of a body fulfilled in a period, entered by hand by whoever held the post. A correction closes known_until and adds a version.';
create unique index fulfilment_current on duty.fulfilment (tenant_id, fulfilment_id) where known_until = 'infinity';
create index fulfilment_by_body on duty.fulfilment (tenant_id, body_id, duty, period_first) where known_until = 'infinity' and state = 'valid';

do $$
declare name text;
begin
  foreach name in array array['edition', 'fulfilment'] loop
    execute format('alter table duty.%I enable row level security', name);
    execute format('create policy tenant_rows on duty.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert on duty.%I to dajuan_scoped, dajuan_tenant', name);
  end loop;
end $$;
create policy scope_rows on duty.edition to dajuan_scoped using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
create policy scope_rows on duty.fulfilment to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and body_id = any ((select kit.scope())::uuid[]))
  with check (tenant_id = (select kit.tenant_id()) and body_id = any ((select kit.scope())::uuid[]));
grant update (known_until) on duty.fulfilment to dajuan_scoped, dajuan_tenant;

-- Who was given a post by appointment: that a post is taken is part of the directory, as holdings are; accounts stay closed.
create function duty.appointed_at(on_date date) returns table (post text, body_id uuid, person_id uuid)
  language sql stable security definer set search_path = '' begin atomic
  select a.post, a.body_id, c.person_id from access.appointment a join access.account c on c.tenant_id = a.tenant_id and c.account_id = a.account_id
  where a.tenant_id = (select kit.tenant_id()) and a.valid_from <= on_date and a.valid_until > on_date and a.ended_at is null;
end;
comment on function duty.appointed_at(date) is 'The persons who hold a post by appointment on a day.';
revoke all on function duty.appointed_at(date) from public;
grant execute on function duty.appointed_at(date) to dajuan_scoped, dajuan_tenant;
