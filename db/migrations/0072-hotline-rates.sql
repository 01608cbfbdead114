-- What the nightly recount of tickets found beside the kept counts.
create table hotline.recount (
  tenant_id int not null,
  at timestamptz not null,
  milliseconds int not null,
  tickets int not null,
  differences jsonb not null,
  primary key (tenant_id, at)
);
comment on table hotline.recount is 'Each recount of closed tickets: how many, how long it took and where the tally differed; an empty list where all was equal. Never changed.';
alter table hotline.recount enable row level security;
create policy tenant_rows on hotline.recount to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
grant select, insert on hotline.recount to dajuan_tenant;
