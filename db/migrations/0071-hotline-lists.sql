-- hotline: indexes of the lists, and the search. What each index buys at 1.5 million tickets, and what it takes of the disk: docs/performance.md.
-- A list is counted first, to 10,000. What finds more is dense enough to be walked in the order of receipt; what finds fewer is gathered and sorted.
drop index hotline.ticket_received;
drop index hotline.ticket_by_unit;
-- Walked, and gathered where the period is short.
create index ticket_received on hotline.ticket (tenant_id, received_at desc, ticket_id desc) include (unit_id, county, class, channel, category, state);
-- Gathered by any of these, whichever are given: PostgreSQL 18 skips over those that are not.
create index ticket_of_unit on hotline.ticket (tenant_id, unit_id, county, class, channel, category, received_at desc, ticket_id desc) include (state);
create index ticket_of_county on hotline.ticket (tenant_id, county, class, channel, category, received_at desc, ticket_id desc) include (unit_id, state);
-- What is rare is small: every state but the last, what is supervised, and those of a rate that fell short.
create index ticket_unsettled on hotline.ticket (tenant_id, state, received_at desc, ticket_id desc) include (unit_id, county, class, channel, category) where state <> 'archived';
create index ticket_supervised on hotline.ticket (tenant_id, received_at desc, ticket_id desc) include (unit_id, county, class, channel, category, state) where supervised;
create index ticket_late on hotline.ticket (tenant_id, received_at desc, ticket_id desc) include (unit_id) where (closed_at <= due_at) is not true;
create index ticket_unsatisfied on hotline.ticket (tenant_id, received_at desc, ticket_id desc) include (unit_id) where satisfaction < 4;
create index ticket_unsolved on hotline.ticket (tenant_id, received_at desc, ticket_id desc) include (unit_id) where reached and (solved and not relapsed) is not true;
create index ticket_unsigned on hotline.ticket (tenant_id, received_at desc, ticket_id desc) include (unit_id) where dispatched_at is not null and (signed_at <= sign_due_at) is not true;
create index ticket_unanswered on hotline.ticket (tenant_id, received_at desc, ticket_id desc) include (unit_id) where dispatched_at is not null and (responded_at <= respond_due_at) is not true;
