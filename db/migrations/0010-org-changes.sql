-- org: who changed what (for idempotent writes and for telling two editors apart), files imported, and the organisation
-- counted as of a date and a moment.
create table org.change (
  tenant_id int not null,
  change_id uuid not null,
  kind text not null,
  took_effect_on date not null,
  input_hash text not null,
  reply jsonb not null,
  note text not null default '',
  known_from timestamptz not null,
  author_id uuid,
  primary key (tenant_id, change_id)
);
comment on table org.change is 'One change of the organisation; change_id is made by the client, so that a request sent twice has one effect.';

create table org.change_body (
  tenant_id int not null,
  body_id uuid not null,
  change_id uuid not null,
  primary key (tenant_id, body_id, change_id),
  foreign key (tenant_id, change_id) references org.change
);
comment on table org.change_body is 'The bodies that a change touched; the newest change of a body is its revision, which an editor names when changing it.';

create table org.import (
  tenant_id int not null,
  import_id uuid not null,
  kind text not null check (kind in ('members', 'party-orgs', 'units')),
  file_hash text not null,
  file_name text not null,
  row_count int not null,
  counts jsonb not null,
  known_from timestamptz not null,
  author_id uuid,
  primary key (tenant_id, import_id),
  unique (tenant_id, kind, file_hash)
);
comment on table org.import is 'A file that was imported, by the SHA-256 of its content, mapping and date; the same again has no effect.';

do $$
declare name text;
begin
  foreach name in array array['change', 'change_body', 'import'] loop
    execute format('alter table org.%I enable row level security', name);
    execute format('create policy tenant_rows on org.%I to dajuan_scoped, dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert on org.%I to dajuan_tenant', name);
  end loop;
  -- What was changed when is open like the directory itself; what was imported is for those who may import.
  execute 'grant select on org.change, org.change_body to dajuan_scoped';
end $$;

create function org.lock_changes() returns void language sql volatile
  return pg_advisory_xact_lock(7003, kit.tenant_id());
comment on function org.lock_changes() is 'One change of a tenant''s organisation at a time, until commit: checks of cycles and overlaps hold.';

create function org.terms_at(on_date date, as_of timestamptz) returns setof org.term language sql stable parallel safe
  begin atomic
    select distinct on (t.party_org_id) t.* from org.term t
    where t.tenant_id = (select kit.tenant_id()) and t.elected_on <= on_date and t.known_from <= as_of and t.known_until > as_of
    order by t.party_org_id, t.elected_on desc, t.term_id desc;
  end;
comment on function org.terms_at(date, timestamptz) is 'The term each Party organisation is in: the newest election up to the day.';

create function org.exceptions_at(on_date date, as_of timestamptz) returns setof org.exception language sql stable parallel safe
  begin atomic
    select e.* from org.exception e
    where e.tenant_id = (select kit.tenant_id()) and e.valid_from <= on_date and e.valid_until > on_date and e.known_from <= as_of and e.known_until > as_of;
  end;

create function org.party_members_at(on_date date, as_of timestamptz) returns table (party_org_id uuid, members int, full_members int)
  language sql stable parallel safe
  begin atomic
    with recursive place as materialized (
      select p.node_id, p.parent_id from org.placements_at(on_date, as_of) p where p.tree = 'party'
    ), own as materialized (
      select m.party_org_id, count(*) as n, count(*) filter (where m.kind = 'full') as full_n from org.memberships_at(on_date, as_of) m group by m.party_org_id
    ), up as (
      select own.party_org_id as id, own.n, own.full_n from own
      union all
      select place.parent_id, up.n, up.full_n from up join place on place.node_id = up.id where place.parent_id is not null
    )
    select up.id, sum(up.n)::int, sum(up.full_n)::int from up group by up.id;
  end;
comment on function org.party_members_at(date, timestamptz) is 'Members of each Party organisation and everything below it in the party tree, as far as the reader may see memberships.';
