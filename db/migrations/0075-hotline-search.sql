-- hotline: the search. For each pair of neighbouring characters of titles and questions, the tickets of a month that have it.
create table hotline.posting (
  tenant_id int not null,
  bigram int not null,
  month int not null,
  tickets int not null,
  list bytea not null,
  primary key (tenant_id, bigram, month)
);
alter table hotline.posting alter column list set storage external;
comment on table hotline.posting is 'Pairs of characters: in which tickets of a month (yyyymm of the public number) each stands; `list` as search.rules.ts writes it. Kept by a job. What it leads to is read through the scope.';
alter table hotline.posting enable row level security;
create policy tenant_rows on hotline.posting to dajuan_tenant using (tenant_id = (select kit.tenant_id())) with check (tenant_id = (select kit.tenant_id()));
create policy scope_rows on hotline.posting for select to dajuan_scoped using (tenant_id = (select kit.tenant_id()));
grant select, insert, update on hotline.posting to dajuan_tenant;
grant select on hotline.posting to dajuan_scoped;
-- What is entered is not folded; however it comes, it is found from the same moment on.
alter table hotline.content add column folded boolean not null default false;
comment on column hotline.content.folded is 'Whether posting leads here; until a job has seen to it the text is searched itself.';
create index content_unfolded on hotline.content (tenant_id, ticket_id) where not folded;
