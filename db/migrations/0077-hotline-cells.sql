-- hotline: what changed after a moment is found by index, so that a past day is counted from the kept counts and the few tickets that changed since.
create index ticket_last on hotline.ticket (tenant_id, (greatest(known_from, dispatched_at, signed_at, responded_at, called_at, closed_at)), received_at);
create index ticket_was_until on hotline.ticket_was (tenant_id, known_until);
