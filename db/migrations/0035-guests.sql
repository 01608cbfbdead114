-- Guests from outside are everybody's who sees anything; whoever has no scope (no session, officers) sees none.
alter policy scope_rows on org.person
  using (tenant_id = (select kit.tenant_id()) and ((outside and (select kit.scope() <> '{}')) or person_id in (select m.person_id from org.membership m)));
