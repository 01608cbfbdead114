-- figure n
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (sum(q."c_n"))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"

-- figure n of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_n"))::numeric as m0n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where q.s is not null group by q.s) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]

-- rows of n
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_n" as value from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_n" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = 50

-- rows below n of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_n" as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where (q."c_n" is not null)) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- figure hours
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (sum(q."c_hours"))::numeric as m0n, (count(q."c_hours"))::numeric as m0d from (select null::text as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"

-- figure hours of one subject
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_hours"))::numeric as m0n, (count(q."c_hours"))::numeric as m0d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where q.s is not null group by q.s) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]

-- rows of hours
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_hours" as value from (select null::text as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_hours" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = 50

-- rows below hours of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_hours" as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where (q."c_hours" is not null)) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- evidence of steps: n 数 numerator 6

-- evidence of steps_last: n 数 numerator 6

-- evidence of steps_none: n 数 numerator 6

-- evidence of steps_all: n 数 numerator 6

-- evidence of clamped: hours 学时 numerator 6

-- evidence of extended: hours 学时 numerator 6

-- evidence of inside: hours 学时 numerator 6

-- evidence of due: n 数 numerator 6

-- evidence of due_whole: n 数 numerator 6

-- evidence of best_high: n 数 numerator 6

-- evidence of best_low: n 数 numerator 6

-- evidence of best_missing: hours 学时 numerator 6

-- evidence of mean_ratio: hours 学时 numerator 6

-- evidence of mean_difference: hours 学时 numerator 6

-- evidence of peers_given: n 数 numerator 6

-- evidence of weighted: 

-- evidence of of_blocks: 

-- evidence of more: n 数 numerator 6

-- evidence of less: n 数 numerator 6
