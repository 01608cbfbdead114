-- audit: who did what. org: units, Party organisations, trees, persons, memberships, posts, on both axes of time.
-- Valid time is [valid_from, valid_until), dates; knowledge is [known_from, known_until), moments. Nothing is overwritten:
-- a change closes known_until of the row it supersedes and adds rows.
create schema audit;
grant usage on schema audit to dajuan_scoped, dajuan_tenant;

create table audit.entry (
  tenant_id int not null,
  entry_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  action text not null,
  object_kind text not null,
  object_id text not null,
  detail jsonb not null default '{}',
  primary key (tenant_id, entry_id)
);
alter table audit.entry enable row level security;
create policy tenant_rows on audit.entry for select to dajuan_tenant using (tenant_id = (select kit.tenant_id()));
create policy append on audit.entry for insert to dajuan_scoped, dajuan_tenant with check (tenant_id = (select kit.tenant_id()));
grant insert on audit.entry to dajuan_scoped, dajuan_tenant;
grant select on audit.entry to dajuan_tenant;

create schema org;
grant usage on schema org to dajuan_scoped, dajuan_tenant;

create table org.unit (
  tenant_id int not null,
  unit_id uuid not null,
  version_id uuid not null,
  name text not null,
  initials text not null default '',
  kind text not null,
  class text not null,
  level text not null,
  credit_code text,
  division_code text,
  staff int,
  attributes jsonb not null default '{}',
  valid_from date not null,
  valid_until date not null default 'infinity',
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  author_id uuid,
  primary key (tenant_id, unit_id, version_id),
  check (valid_from < valid_until), check (known_from <= known_until)
);
comment on table org.unit is 'A unit (单位) as it is in a span of time; level is city, county or township; class is what rubrics group by.';

create table org.party_org (
  tenant_id int not null,
  party_org_id uuid not null,
  version_id uuid not null,
  name text not null,
  initials text not null default '',
  kind text not null,
  unit_id uuid not null,
  attributes jsonb not null default '{}',
  valid_from date not null,
  valid_until date not null default 'infinity',
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  author_id uuid,
  primary key (tenant_id, party_org_id, version_id),
  check (valid_from < valid_until), check (known_from <= known_until)
);
comment on table org.party_org is 'A Party organisation (党组, 县区工委, 机关党委, 机关纪委, 总支, 支部, 党小组) in a span of time, with the unit it belongs to then.';
create index on org.party_org (tenant_id, unit_id);

create table org.placement (
  tenant_id int not null,
  placement_id uuid not null,
  tree text not null check (tree in ('administrative', 'party', 'line')),
  node_id uuid not null,
  parent_id uuid,
  valid_from date not null,
  valid_until date not null default 'infinity',
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  author_id uuid,
  primary key (tenant_id, placement_id),
  check (valid_from < valid_until), check (known_from <= known_until)
);
comment on table org.placement is 'Who stands under whom: units in the administrative and line trees, Party organisations in the party tree.';
create index on org.placement (tenant_id, tree, node_id);

create table org.person (
  tenant_id int not null,
  person_id uuid not null,
  name text not null,
  initials text not null default '',
  sex text,
  birth_year int,
  outside boolean not null default false,
  primary key (tenant_id, person_id)
);
comment on table org.person is 'The one table with personal data (house.md §6.6); outside: a guest such as an invited expert, who is a member nowhere here.';
create index on org.person (tenant_id, name);
create index on org.person (tenant_id, initials);

create table org.membership (
  tenant_id int not null,
  membership_id uuid not null,
  person_id uuid not null,
  party_org_id uuid not null,
  kind text not null check (kind in ('full', 'probationary')),
  valid_from date not null,
  valid_until date not null default 'infinity',
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  author_id uuid,
  primary key (tenant_id, membership_id),
  check (valid_from < valid_until), check (known_from <= known_until)
);
create index on org.membership (tenant_id, party_org_id);
create index on org.membership (tenant_id, person_id);

create table org.holding (
  tenant_id int not null,
  holding_id uuid not null,
  post text not null,
  body_id uuid not null,
  person_id uuid not null,
  valid_from date not null,
  valid_until date not null default 'infinity',
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  author_id uuid,
  primary key (tenant_id, holding_id),
  check (valid_from < valid_until), check (known_from <= known_until)
);
comment on table org.holding is 'A post held by a person: post is a kind from the pack, body_id a unit or a Party organisation.';
create index on org.holding (tenant_id, body_id);
create index on org.holding (tenant_id, person_id);

create table org.term (
  tenant_id int not null,
  term_id uuid not null,
  party_org_id uuid not null,
  elected_on date not null,
  due_on date not null,
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  author_id uuid,
  primary key (tenant_id, term_id)
);
comment on table org.term is 'A term of office of a Party organisation''s leadership: elected on, next election due on.';
create index on org.term (tenant_id, party_org_id);

create table org.lineage (
  tenant_id int not null,
  lineage_id uuid not null,
  kind text not null check (kind in ('merge', 'split', 'move', 'rename', 'dissolve')),
  took_effect_on date not null,
  from_id uuid not null,
  to_id uuid not null,
  note text not null default '',
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  author_id uuid,
  primary key (tenant_id, lineage_id)
);
comment on table org.lineage is 'What became of a unit or Party organisation: the mapping that keeps history comparable over a reorganisation.';

create table org.exception (
  tenant_id int not null,
  exception_id uuid not null,
  rule text not null,
  body_id uuid not null,
  reason text not null,
  valid_from date not null,
  valid_until date not null default 'infinity',
  known_from timestamptz not null,
  known_until timestamptz not null default 'infinity',
  author_id uuid,
  primary key (tenant_id, exception_id)
);
comment on table org.exception is 'A named exception from a structure rule of the pack, with its reason and its span.';

-- The directory of units, organisations, posts and trees is open to whoever is signed in to the tenant;
-- persons and memberships are not.
do $$
declare name text;
begin
  foreach name in array array['unit', 'party_org', 'placement', 'holding', 'term', 'lineage', 'exception'] loop
    execute format('alter table org.%I enable row level security', name);
    execute format('create policy tenant_rows on org.%I to dajuan_scoped, dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select on org.%I to dajuan_scoped, dajuan_tenant', name);
    execute format('grant insert, update (known_until) on org.%I to dajuan_tenant', name);
  end loop;
end $$;

alter table org.membership enable row level security;
create policy tenant_rows on org.membership to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
create policy scope_rows on org.membership for select to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and party_org_id = any ((select kit.scope())::uuid[]));
grant select on org.membership to dajuan_scoped, dajuan_tenant;
grant insert, update (known_until) on org.membership to dajuan_tenant;

alter table org.person enable row level security;
create policy tenant_rows on org.person to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
create policy scope_rows on org.person for select to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and (outside or person_id in (select m.person_id from org.membership m)));
grant select on org.person to dajuan_scoped, dajuan_tenant;
grant insert, update, delete on org.person to dajuan_tenant;

-- The organisation as of a date and a moment. Inlined by the planner; every reader goes through these.
create function org.units_at(on_date date, as_of timestamptz) returns setof org.unit language sql stable parallel safe
  begin atomic
    select u.* from org.unit u
    where u.tenant_id = (select kit.tenant_id()) and u.valid_from <= on_date and u.valid_until > on_date and u.known_from <= as_of and u.known_until > as_of;
  end;
create function org.party_orgs_at(on_date date, as_of timestamptz) returns setof org.party_org language sql stable parallel safe
  begin atomic
    select p.* from org.party_org p
    where p.tenant_id = (select kit.tenant_id()) and p.valid_from <= on_date and p.valid_until > on_date and p.known_from <= as_of and p.known_until > as_of;
  end;
create function org.placements_at(on_date date, as_of timestamptz) returns setof org.placement language sql stable parallel safe
  begin atomic
    select p.* from org.placement p
    where p.tenant_id = (select kit.tenant_id()) and p.valid_from <= on_date and p.valid_until > on_date and p.known_from <= as_of and p.known_until > as_of;
  end;
create function org.memberships_at(on_date date, as_of timestamptz) returns setof org.membership language sql stable parallel safe
  begin atomic
    select m.* from org.membership m
    where m.tenant_id = (select kit.tenant_id()) and m.valid_from <= on_date and m.valid_until > on_date and m.known_from <= as_of and m.known_until > as_of;
  end;
create function org.holdings_at(on_date date, as_of timestamptz) returns setof org.holding language sql stable parallel safe
  begin atomic
    select h.* from org.holding h
    where h.tenant_id = (select kit.tenant_id()) and h.valid_from <= on_date and h.valid_until > on_date and h.known_from <= as_of and h.known_until > as_of;
  end;
