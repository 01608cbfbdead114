-- Whoever reads a body's rows also sees who exercises its posts for a time.
create policy scope_rows on access.delegation for select to dajuan_scoped
  using (tenant_id = (select kit.tenant_id()) and body_id = any ((select kit.scope())::uuid[]));
grant select on access.delegation to dajuan_scoped;

alter table access.appointment add column end_reason text not null default '';
