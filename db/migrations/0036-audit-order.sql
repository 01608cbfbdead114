-- audit: links are looked up in the order in which entries are sealed, a stretch at a time; never one by one.
drop index audit.link_tenant_id_entry_id_idx;
create unique index on audit.link (tenant_id, xid, entry_id);
