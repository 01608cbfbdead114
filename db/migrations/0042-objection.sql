-- scoring: the period in which units may object to an official run, their objections, and what was done to each.
create table scoring.objection_period (
  tenant_id int not null,
  run_id uuid not null,
  opened_on date not null,
  until date not null,
  opened_by uuid,
  opened_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, run_id),
  foreign key (tenant_id, run_id) references scoring.run (tenant_id, run_id)
);
comment on table scoring.objection_period is 'From when and until which day (inclusive) one may object to an official run. ended_at: what is decided on the run has closed it; no objection after that.';

create table scoring.objection (
  tenant_id int not null,
  objection_id uuid not null,
  run_id uuid not null,
  subject_id uuid not null,
  target_kind text not null check (target_kind in ('item', 'block')),
  target_id text not null,
  label text not null,
  reason text not null,
  records jsonb not null default '[]',
  state text not null check (state in ('raised', 'accepted', 'upheld', 'recomputed', 'rejected', 'withdrawn')),
  due_on date,
  raised_by uuid not null,
  raised_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, objection_id),
  foreign key (tenant_id, run_id) references scoring.run (tenant_id, run_id)
);
comment on table scoring.objection is 'A unit''s objection (异议) to an item or block of its score in an official run. Results are never changed: one that is upheld leads to another run.';
comment on column scoring.objection.records is 'Ids of the ledger records given as evidence.';
comment on column scoring.objection.due_on is 'Last day for what comes next; null once it is closed.';
create index on scoring.objection (tenant_id, changed_at, objection_id);
create index on scoring.objection (tenant_id, subject_id);
create index on scoring.objection (tenant_id, run_id);
-- One of a target is under way at a time.
create unique index objection_open on scoring.objection (tenant_id, run_id, subject_id, target_kind, target_id) where state in ('raised', 'accepted', 'upheld');

create table scoring.objection_act (
  tenant_id int not null,
  act_id uuid not null,
  objection_id uuid not null,
  subject_id uuid not null,
  act text not null,
  text text not null default '',
  run_id uuid,
  account_id uuid not null,
  post text not null,
  done_at timestamptz not null,
  primary key (tenant_id, act_id),
  foreign key (tenant_id, objection_id) references scoring.objection (tenant_id, objection_id),
  foreign key (tenant_id, run_id) references scoring.run (tenant_id, run_id)
);
comment on table scoring.objection_act is 'What was done to an objection, append only. act_id is the caller''s: the same twice acts once. text: the answer, or why it was withdrawn; run_id: the run that was made because of it.';
create index on scoring.objection_act (tenant_id, run_id);
create index on scoring.objection_act (tenant_id, objection_id, done_at);

do $$
declare target text;
begin
  foreach target in array array['objection_period', 'objection', 'objection_act'] loop
    execute format('alter table scoring.%I enable row level security', target);
    execute format('create policy tenant_rows on scoring.%I to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()))', target);
    execute format('grant select on scoring.%I to dajuan_scoped, dajuan_tenant', target);
    execute format('grant insert on scoring.%I to dajuan_tenant', target);
  end loop;
  foreach target in array array['objection', 'objection_act'] loop
    execute format('create policy scope_rows on scoring.%I to dajuan_scoped using (tenant_id = (select kit.tenant_id()) and subject_id = any ((select kit.scope())::uuid[])) with check (tenant_id = (select kit.tenant_id()) and subject_id = any ((select kit.scope())::uuid[]))', target);
    execute format('grant insert on scoring.%I to dajuan_scoped', target);
  end loop;
end $$;
create policy directory_rows on scoring.objection_period for select to dajuan_scoped using (tenant_id = (select kit.tenant_id()));
grant update (ended_at) on scoring.objection_period to dajuan_tenant;
grant update (state, due_on, changed_at) on scoring.objection to dajuan_scoped, dajuan_tenant;
