-- Lists by state walk the few records that are late or lack something, newest first for who sees the tenant, by owner for a scope;
-- lists and counts by kind read the kind from the owner's index.
create index record_late on ledger.record (tenant_id, happened_on desc, record_id desc) where known_until = 'infinity' and state = 'valid' and late;
create index record_late_by_owner on ledger.record (tenant_id, owner_id, happened_on desc, record_id desc)
  where known_until = 'infinity' and state = 'valid' and late;
create index record_incomplete on ledger.record (tenant_id, happened_on desc, record_id desc)
  where known_until = 'infinity' and state = 'valid' and not complete;
create index record_incomplete_by_owner on ledger.record (tenant_id, owner_id, happened_on desc, record_id desc)
  where known_until = 'infinity' and state = 'valid' and not complete;
drop index ledger.record_by_owner;
create index record_by_owner on ledger.record (tenant_id, owner_id, happened_on desc, record_id desc) include (kind)
  where known_until = 'infinity' and state = 'valid';
