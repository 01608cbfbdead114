-- Personal data: who has unmasked what and why, and what was deleted when its time was over.
create table access.unmasking (
  tenant_id int not null,
  unmasking_id uuid not null,
  session_id uuid not null,
  account_id uuid not null,
  class text not null,
  body_id uuid,
  reason text not null,
  began_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  primary key (tenant_id, unmasking_id)
);
comment on table access.unmasking is 'A class of personal data opened to one session for some minutes, for a body and what is below it; body_id null: all that the post reaches. Ended early: ends_at is moved.';
create index on access.unmasking (tenant_id, session_id);

create table access.retention_run (
  tenant_id int not null,
  run_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  days int not null,
  row_count int not null,
  primary key (tenant_id, run_id, kind)
);
comment on table access.retention_run is 'What the daily job has deleted because its time was over, kind by kind.';

do $$
declare name text;
begin
  foreach name in array array['unmasking', 'retention_run'] loop
    execute format('alter table access.%I enable row level security', name);
    execute format('create policy tenant_rows on access.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', name);
    execute format('grant select, insert on access.%I to dajuan_tenant', name);
  end loop;
end $$;
grant update, delete on access.unmasking to dajuan_tenant;
grant delete on access.session, access.identity to dajuan_tenant;
