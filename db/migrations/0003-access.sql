-- access, provisional: accounts by post and server-side sessions. The whole of it has its own issue.
create schema access;
grant usage on schema access to dajuan_tenant;

create table access.account (
  tenant_id int not null,
  account_id uuid not null,
  login text not null,
  password_hash text not null,
  person_id uuid not null,
  post text not null,
  body_id uuid,
  tree text check (tree in ('administrative', 'party', 'line')),
  active boolean not null default true,
  primary key (tenant_id, account_id),
  unique (tenant_id, login)
);
comment on table access.account is 'An account acts through one post; body_id null with post in city-wide posts of the pack means the whole tenant.';

create table access.session (
  tenant_id int not null,
  token_hash text not null,
  account_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, token_hash)
);
create index on access.session (tenant_id, account_id);

do $$
declare name text;
begin
  foreach name in array array['account', 'session'] loop
    execute format('alter table access.%I enable row level security', name);
    execute format('create policy tenant_rows on access.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert, update on access.%I to dajuan_tenant', name);
  end loop;
end $$;

create function access.author_name(account uuid) returns text language sql stable security definer set search_path = '' begin atomic
  select p.name from access.account a join org.person p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
  where a.tenant_id = (select kit.tenant_id()) and a.account_id = account;
end;
comment on function access.author_name(uuid) is 'The name behind an account, for whoever may see what it wrote; accounts themselves stay closed.';
grant usage on schema access to dajuan_scoped;
revoke all on function access.author_name(uuid) from public;
grant execute on function access.author_name(uuid) to dajuan_scoped, dajuan_tenant;
