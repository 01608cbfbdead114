-- Whoever sees the tenant sees its drafts of rubrics; a scoped reader sees their own.
create policy own_rows on rubric.draft for select to dajuan_scoped using (
  tenant_id = (select kit.tenant_id()) and author_id = (select kit.actor()));
grant select on rubric.draft to dajuan_scoped;
