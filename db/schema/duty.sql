-- Schema duty, written from the catalogue by "npm run check -- --write". Not executed.

create table duty.edition (
  tenant_id integer not null,
  list text not null,
  number integer not null,
  hash text not null,
  definition jsonb not null,
  in_force_from date not null,
  known_from timestamp with time zone not null
);
alter table duty.edition add constraint edition_pkey PRIMARY KEY (tenant_id, list, number);
alter table duty.edition enable row level security;
create policy scope_rows on duty.edition as permissive for all to dajuan_scoped
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
create policy tenant_rows on duty.edition as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on duty.edition to dajuan_scoped;
grant insert, select on duty.edition to dajuan_tenant;

create table duty.fulfilment (
  tenant_id integer not null,
  fulfilment_id uuid not null,
  version integer not null,
  body_id uuid not null,
  duty text not null,
  period_first date not null,
  done_on date not null,
  note text not null,
  evidence text not null default ''::text,
  state text not null default 'valid'::text,
  reason text not null default ''::text,
  author_id uuid,
  known_from timestamp with time zone not null,
  known_until timestamp with time zone not null default 'infinity'::timestamp with time zone
);
alter table duty.fulfilment add constraint fulfilment_pkey PRIMARY KEY (tenant_id, fulfilment_id, version);
alter table duty.fulfilment add constraint fulfilment_state_check CHECK ((state = ANY (ARRAY['valid'::text, 'withdrawn'::text])));
CREATE INDEX fulfilment_by_body ON duty.fulfilment USING btree (tenant_id, body_id, duty, period_first) WHERE ((known_until = 'infinity'::timestamp with time zone) AND (state = 'valid'::text));
CREATE UNIQUE INDEX fulfilment_current ON duty.fulfilment USING btree (tenant_id, fulfilment_id) WHERE (known_until = 'infinity'::timestamp with time zone);
alter table duty.fulfilment enable row level security;
create policy scope_rows on duty.fulfilment as permissive for all to dajuan_scoped
  using ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (body_id = ANY (( SELECT kit.scope() AS scope)::uuid[])))
  with check ((tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (body_id = ANY (( SELECT kit.scope() AS scope)::uuid[])));
create policy tenant_rows on duty.fulfilment as permissive for all to dajuan_tenant
  using (tenant_id = ( SELECT kit.tenant_id() AS tenant_id))
  with check (tenant_id = ( SELECT kit.tenant_id() AS tenant_id));
grant insert, select on duty.fulfilment to dajuan_scoped;
grant insert, select on duty.fulfilment to dajuan_tenant;

CREATE OR REPLACE FUNCTION duty.appointed_at(on_date date)
 RETURNS TABLE(post text, body_id uuid, person_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
BEGIN ATOMIC
 SELECT a.post,
     a.body_id,
     c.person_id
    FROM (access.appointment a
      JOIN access.account c ON (((c.tenant_id = a.tenant_id) AND (c.account_id = a.account_id))))
   WHERE ((a.tenant_id = ( SELECT kit.tenant_id() AS tenant_id)) AND (a.valid_from <= appointed_at.on_date) AND (a.valid_until > appointed_at.on_date) AND (a.ended_at IS NULL));
END
;
