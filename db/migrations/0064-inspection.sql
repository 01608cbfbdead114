-- inspection: units are visited by a plan; what inspectors say of each item of a checklist, with whatever was said at the same time.
create schema inspection;
grant usage on schema inspection to dajuan_scoped, dajuan_tenant;

create table inspection.inspection (
  tenant_id int not null,
  inspection_id uuid not null,
  kind text not null,
  checklist jsonb not null,
  title text not null,
  basis text not null,
  reason text not null default '',
  asker_id uuid not null,
  first_day date not null,
  last_day date not null,
  state text not null default 'planned' check (state in ('planned', 'under-way', 'closed')),
  author_id uuid,
  known_from timestamptz not null,
  started_at timestamptz,
  closed_at timestamptz,
  primary key (tenant_id, inspection_id),
  check (first_day <= last_day)
);
comment on table inspection.inspection is 'One asking body looks at units in a period; `checklist` is the pack''s as it was when this was planned.';
create index on inspection.inspection (tenant_id, first_day);

create table inspection.visit (
  tenant_id int not null,
  visit_id uuid not null,
  inspection_id uuid not null,
  asker_id uuid not null,
  unit_id uuid not null,
  body_id uuid not null,
  signed_at timestamptz,
  signed_by uuid,
  witness text not null default '',
  drawn boolean not null default false,
  heads uuid[] not null default '{}',
  primary key (tenant_id, visit_id),
  unique (tenant_id, inspection_id, unit_id)
);
comment on table inspection.visit is 'One unit of an inspection. body_id: its Party organisation, which puts right what is found. witness: the post of who signed for the unit, drawn or confirmed on the screen; heads: the answers that were signed.';

create table inspection.member (
  tenant_id int not null,
  visit_id uuid not null,
  account_id uuid not null,
  inspection_id uuid not null,
  asker_id uuid not null,
  known_from timestamptz not null,
  primary key (tenant_id, visit_id, account_id)
);
comment on table inspection.member is 'Who visits.';
create index on inspection.member (tenant_id, account_id);

create table inspection.answer (
  tenant_id int not null,
  answer_id uuid not null,
  visit_id uuid not null,
  item text not null,
  verdict text not null check (verdict in ('yes', 'mostly', 'no', 'none')),
  note text not null default '',
  finding text not null default '',
  replaces uuid[] not null default '{}',
  late boolean not null default false,
  author_id uuid,
  at timestamptz not null,
  primary key (tenant_id, answer_id)
);
comment on table inspection.answer is 'What one inspector says of one item, by the id that the phone gave it. Never changed: a later one names those it replaces. late: came after the signature.';
create index on inspection.answer (tenant_id, visit_id);

do $$
declare name text;
begin
  foreach name in array array['inspection', 'visit', 'member', 'answer'] loop
    execute format('alter table inspection.%I enable row level security', name);
    execute format('create policy tenant_rows on inspection.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert on inspection.%I to dajuan_scoped, dajuan_tenant', name);
  end loop;
end $$;
-- The asking body and the team see a visit; the unit sees its own when it is signed. What belongs to a visit is seen with it.
create policy scope_rows on inspection.member to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and (asker_id = any ((select kit.scope())::uuid[]) or account_id = (select kit.actor())))
  with check (tenant_id = (select kit.tenant_id()) and asker_id = any ((select kit.scope())::uuid[]));
create policy scope_rows on inspection.visit to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and (
    asker_id = any ((select kit.scope())::uuid[])
    or visit_id in (select m.visit_id from inspection.member m where m.account_id = (select kit.actor()))
    or (signed_at is not null and (unit_id = any ((select kit.scope())::uuid[]) or body_id = any ((select kit.scope())::uuid[])))))
  with check (tenant_id = (select kit.tenant_id()) and asker_id = any ((select kit.scope())::uuid[]));
create policy scope_rows on inspection.inspection to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and (asker_id = any ((select kit.scope())::uuid[]) or inspection_id in (select v.inspection_id from inspection.visit v)))
  with check (tenant_id = (select kit.tenant_id()) and asker_id = any ((select kit.scope())::uuid[]));
create policy scope_rows on inspection.answer to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and visit_id in (select v.visit_id from inspection.visit v))
  with check (tenant_id = (select kit.tenant_id()) and visit_id in (select v.visit_id from inspection.visit v));
grant update (kind, checklist, title, basis, reason, first_day, last_day, state, started_at, closed_at) on inspection.inspection to dajuan_scoped, dajuan_tenant;
grant update (signed_at, signed_by, witness, drawn, heads) on inspection.visit to dajuan_tenant;
grant delete on inspection.visit, inspection.member to dajuan_scoped, dajuan_tenant;

-- Whom a person must not inspect, and why, from all that is known of memberships and posts: own, above in any tree, former.
create function inspection.ties(account uuid, on_date date, as_of timestamptz) returns table (unit_id uuid, tie text)
  language sql stable security definer set search_path = '' begin atomic
  with recursive who as (select a.tenant_id, a.person_id from access.account a where a.tenant_id = (select kit.tenant_id()) and a.account_id = account),
  place as materialized (select p.tree, p.node_id, p.parent_id from org.placements_at(on_date, as_of) p),
  orgs as materialized (select o.party_org_id, o.unit_id from org.party_orgs_at(on_date, as_of) o),
  spell as (
    select m.party_org_id as body_id, m.valid_until > on_date as now from who join org.membership m on m.tenant_id = who.tenant_id and m.person_id = who.person_id
      where m.known_from <= as_of and m.known_until > as_of and m.valid_from <= on_date
    union all
    select h.body_id, h.valid_until > on_date from who join org.holding h on h.tenant_id = who.tenant_id and h.person_id = who.person_id
      where h.known_from <= as_of and h.known_until > as_of and h.valid_from <= on_date
    union all
    select p.body_id, p.valid_until > on_date from who join access.appointment p on p.tenant_id = who.tenant_id and p.account_id = account
      where p.body_id is not null and p.valid_from <= on_date
  ),
  -- The unit of a body at any time: an organisation may have changed its unit, or be gone.
  at as (
    select s.body_id, s.now, coalesce(o.unit_id, s.body_id) as unit_id from spell s
      left join org.party_org o on o.tenant_id = (select kit.tenant_id()) and o.party_org_id = s.body_id and o.known_from <= as_of and o.known_until > as_of
  ),
  up as (
    select place.tree, place.parent_id as node_id from at join place on place.node_id in (at.body_id, at.unit_id) where at.now
    union
    select place.tree, place.parent_id from up join place on place.tree = up.tree and place.node_id = up.node_id
  )
  select at.unit_id, case when bool_or(at.now) then 'own' else 'former' end from at group by at.unit_id
  union
  select coalesce(orgs.unit_id, up.node_id), 'above' from up left join orgs on orgs.party_org_id = up.node_id
    where up.node_id is not null and coalesce(orgs.unit_id, up.node_id) not in (select at.unit_id from at where at.now);
end;
comment on function inspection.ties(uuid, date, timestamptz) is 'Units that the person behind an account must not inspect; tells the tie, no post and no time.';

create function inspection.accounts_of(persons uuid[]) returns table (account_id uuid, person_id uuid)
  language sql stable security definer set search_path = '' begin atomic
  select a.account_id, a.person_id from access.account a where a.tenant_id = (select kit.tenant_id()) and a.person_id = any (persons) and a.active;
end;
comment on function inspection.accounts_of(uuid[]) is 'The accounts of people whom the reader sees: who is to visit must be able to sign in.';
revoke all on function inspection.ties(uuid, date, timestamptz), inspection.accounts_of(uuid[]) from public;
grant execute on function inspection.ties(uuid, date, timestamptz), inspection.accounts_of(uuid[]) to dajuan_scoped, dajuan_tenant;
