-- Marks as something that is entered and imported: the group of the reviewer, the file they came in, why they were corrected.
-- A correction closes the mark in force and adds the next; marks of one subject, item, reviewer and day are one mark's history.
alter table ledger.mark add column given_group text not null default '';
alter table ledger.mark add column import_hash text;
alter table ledger.mark add column reason text not null default '';
create unique index mark_current on ledger.mark (tenant_id, subject_id, item, given_by, given_on) where known_until = 'infinity';
create index mark_by_date on ledger.mark (tenant_id, given_on desc, mark_id desc) where known_until = 'infinity';
create index mark_by_import on ledger.mark (tenant_id, import_hash) where import_hash is not null;
