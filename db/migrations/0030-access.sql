-- access, whole: accounts act through the posts their person holds on the date; what stands beside those (appointments, delegations);
-- second factors, sessions that can be listed and ended, throttling. audit: what an entry tells of its origin.
alter table audit.entry
  add column post text,
  add column post_body_id uuid,
  add column address text,
  add column request_id uuid,
  add column xid xid8 not null default pg_current_xact_id();
comment on column audit.entry.post is 'The post by which it was done, and the body it is held in: pack post id; null for the system''s own doing.';
comment on column audit.entry.xid is 'The writing transaction: entries of finished transactions are sealed into the chain in its order, so that writers never wait for each other.';

create table access.appointment (
  tenant_id int not null,
  appointment_id uuid not null,
  account_id uuid not null,
  post text not null,
  body_id uuid,
  valid_from date not null,
  valid_until date not null default 'infinity',
  reason text not null default '',
  made_by uuid,
  made_at timestamptz not null default clock_timestamp(),
  ended_by uuid,
  ended_at timestamptz,
  primary key (tenant_id, appointment_id),
  check (valid_from < valid_until)
);
comment on table access.appointment is 'A post that an account has without a holding of its person in the organisation: officers, desks, reviewers. body_id null: the whole city.';
create index on access.appointment (tenant_id, account_id);

insert into access.appointment (tenant_id, appointment_id, account_id, post, body_id, valid_from)
  select tenant_id, gen_random_uuid(), account_id, post, body_id, date '2000-01-01' from access.account;

alter table access.account
  drop column post, drop column body_id, drop column tree,
  alter column password_hash drop not null,
  add column password_set_at timestamptz not null default clock_timestamp(),
  add column must_change boolean not null default false,
  add column totp_secret text,
  add column totp_step bigint not null default 0,
  add column made_by uuid,
  add column made_at timestamptz not null default clock_timestamp();
comment on table access.account is 'A login of a person. What it may do follows from posts: holdings of the person, appointments, delegations, each on the date.';
comment on column access.account.password_hash is 'argon2id; null where one signs in by passkey or OIDC alone.';
comment on column access.account.totp_secret is 'Sealed with the key of server/kit/secrets.ts; null without an authenticator.';
comment on column access.account.totp_step is 'The newest time step whose code was used: none is good twice.';
create index on access.account (tenant_id, person_id);

create table access.delegation (
  tenant_id int not null,
  delegation_id uuid not null,
  kind text not null check (kind in ('cover', 'acting')),
  post text not null,
  body_id uuid not null,
  giver_id uuid,
  person_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  reason text not null,
  made_by uuid,
  made_at timestamptz not null default clock_timestamp(),
  ended_by uuid,
  ended_at timestamptz,
  primary key (tenant_id, delegation_id),
  check (starts_on <= ends_on), check ((kind = 'cover') = (giver_id is not null))
);
comment on table access.delegation is 'A post exercised by another person for a time, ends_on included. cover: the holder (giver_id) is away; acting (代管): a superior has a vacant post looked after.';
create index on access.delegation (tenant_id, person_id);
create index on access.delegation (tenant_id, body_id);

alter table access.session
  add column session_id uuid not null default gen_random_uuid(),
  add column last_seen_at timestamptz not null default clock_timestamp(),
  add column method text not null default 'password',
  add column address text not null default '',
  add column agent text not null default '',
  add column posts text[] not null default '{}',
  add column ended_why text;
comment on column access.session.posts is 'What was held at sign-in, `post body`; once one of them has ended the session ends.';
create unique index on access.session (tenant_id, session_id);

create table access.passkey (
  tenant_id int not null,
  passkey_id uuid not null,
  account_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  made_at timestamptz not null default clock_timestamp(),
  used_at timestamptz,
  removed_at timestamptz,
  primary key (tenant_id, passkey_id),
  unique (tenant_id, credential_id)
);
create index on access.passkey (tenant_id, account_id);

create table access.recovery_code (
  tenant_id int not null,
  account_id uuid not null,
  code_hash text not null,
  made_at timestamptz not null default clock_timestamp(),
  used_at timestamptz,
  primary key (tenant_id, account_id, code_hash)
);

create table access.identity (
  tenant_id int not null,
  provider text not null,
  subject text not null,
  name text not null default '',
  account_id uuid,
  seen_at timestamptz not null default clock_timestamp(),
  linked_by uuid,
  linked_at timestamptz,
  primary key (tenant_id, provider, subject)
);
comment on table access.identity is 'Who an OIDC provider says has come. Signs in only once an operator has linked it to an account.';

create table access.challenge (
  tenant_id int not null,
  challenge_id uuid not null,
  purpose text not null,
  account_id uuid,
  value text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, challenge_id)
);
comment on table access.challenge is 'What a sign-in or an enrolment under way must answer: once, and for some minutes.';

create table access.throttle (
  tenant_id int not null,
  key text not null,
  failures int not null,
  since timestamptz not null,
  blocked_until timestamptz,
  primary key (tenant_id, key)
);
comment on table access.throttle is 'Failed sign-ins by account, by account and known device, and by address.';

do $$
declare name text;
begin
  foreach name in array array['appointment', 'delegation', 'passkey', 'recovery_code', 'identity', 'challenge', 'throttle'] loop
    execute format('alter table access.%I enable row level security', name);
    execute format('create policy tenant_rows on access.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert, update on access.%I to dajuan_tenant', name);
  end loop;
end $$;
grant delete on access.recovery_code, access.challenge, access.throttle to dajuan_tenant;
