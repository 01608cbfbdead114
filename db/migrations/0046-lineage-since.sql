-- Mergers give facts to another body: boards look since when they are known, as at the other rows of the organisation.
create index lineage_by_known on org.lineage (tenant_id, known_from);
create index lineage_by_end on org.lineage (tenant_id, known_until) where known_until < 'infinity';
