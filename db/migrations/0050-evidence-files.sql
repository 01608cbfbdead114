-- ledger: what a file belongs to is a record, or an objection of scoring that it is evidence for; whose it is stays owner_id.
alter table ledger.attachment rename column record_id to of_id;
comment on table ledger.attachment is 'Files of a record or of an objection (of_id); the content lies under its SHA-256 in the data directory.';
