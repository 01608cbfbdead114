-- What has changed since a moment is found by when it became known, or ceased to be (scoring: boards are brought up to date, not computed anew).
create index mark_by_known on ledger.mark (tenant_id, known_from);
create index mark_by_end on ledger.mark (tenant_id, known_until) where known_until < 'infinity';
do $$
declare name text;
begin
  foreach name in array array['unit', 'party_org', 'placement', 'membership', 'holding', 'term'] loop
    execute format('create index %I on org.%I (tenant_id, known_from)', name || '_by_known', name);
    execute format('create index %I on org.%I (tenant_id, known_until) where known_until < ''infinity''', name || '_by_end', name);
  end loop;
end $$;
