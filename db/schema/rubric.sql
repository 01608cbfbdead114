-- Schema rubric, written from the catalogue by "npm run check -- --write". Not executed.

create table rubric.definition (
  tenant_id integer not null,
  rubric_id text not null,
  version integer not null,
  title text not null,
  subject text not null,
  text text not null,
  hash text not null,
  used_at timestamp with time zone,
  author_id uuid,
  known_from timestamp with time zone not null,
  base_rubric text,
  base_version integer
);
alter table rubric.definition add constraint definition_pkey PRIMARY KEY (tenant_id, rubric_id, version);
CREATE TRIGGER keep_used BEFORE DELETE OR UPDATE ON rubric.definition FOR EACH ROW EXECUTE FUNCTION rubric.keep_used();
alter table rubric.definition enable row level security;
create policy directory_rows on rubric.definition as permissive for select to dajuan_scoped
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on rubric.definition as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on rubric.definition to dajuan_tenant;
grant select on rubric.definition to dajuan_scoped;

create table rubric.draft (
  tenant_id integer not null,
  draft_id uuid not null,
  rubric_id text not null,
  title text not null,
  text text not null,
  base_rubric text,
  base_version integer,
  author_id uuid not null,
  begun_at timestamp with time zone not null,
  saved_by uuid not null,
  saved_at timestamp with time zone not null,
  edition integer not null,
  discarded_at timestamp with time zone,
  made_version integer
);
alter table rubric.draft add constraint draft_pkey PRIMARY KEY (tenant_id, draft_id);
alter table rubric.draft enable row level security;
create policy own_rows on rubric.draft as permissive for select to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (author_id = ( SELECT kit.actor() AS actor)));
create policy tenant_rows on rubric.draft as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select, update on rubric.draft to dajuan_tenant;
grant select on rubric.draft to dajuan_scoped;

CREATE OR REPLACE FUNCTION rubric.keep_used()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.used_at is not null then
    raise exception 'rubric % version % is in use and can no longer be changed', old.rubric_id, old.version using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $function$
;
