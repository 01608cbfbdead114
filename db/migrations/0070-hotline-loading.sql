-- hotline: how far the loading of many tickets has come (the demonstration's, after the server already answers).
create table hotline.loading (
  tenant_id int not null,
  what text not null default 'tickets',
  done int not null,
  total int not null,
  finished boolean not null default false,
  rebuild jsonb not null default '[]',
  at timestamptz not null default now(),
  primary key (tenant_id, what)
);
comment on table hotline.loading is 'How far the demonstration''s tickets are loaded; written beside the load, which is one transaction. `finished` is written with it.';
comment on column hotline.loading.rebuild is 'What puts back the indexes that were taken off for the load; a load that was broken off finds it here.';
alter table hotline.loading enable row level security;
create policy tenant_rows on hotline.loading to dajuan_tenant, dajuan_scoped using (tenant_id = (select kit.tenant_id()));
grant select on hotline.loading to dajuan_tenant, dajuan_scoped;
