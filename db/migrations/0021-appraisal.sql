-- The parent of a subject at its run: quotas may be by parent.
alter table scoring.result add column parent text;
