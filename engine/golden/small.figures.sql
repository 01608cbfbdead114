-- figure plain
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure plain of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(*))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null group by q.s) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of plain
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = 50

-- rows below plain of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select r.unit_id as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- figure rows
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure rows of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(*))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null group by q.s) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of rows
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = 50

-- rows below rows of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select r.unit_id as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- figure kinds
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(distinct q."c_kind"))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure kinds of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(distinct q."c_kind"))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null group by q.s) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of kinds
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_kind") q.rid, q.day, q."c_kind" as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_kind" is not null) order by q."c_kind", q.rid) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = 50

-- rows below kinds of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_kind") q.rid, q.day, q."c_kind" as value from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (q."c_kind" is not null) order by q."c_kind", q.rid) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- figure hours
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (sum((q."c_hours" * $1::numeric)) filter (where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $2::bigint))))))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $3::int and known_from <= $4::timestamptz) r where r.day between $5::date and $6::date) q where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $2::bigint))))) f0 on true;
-- $1 = "2"
-- $2 = "3"
-- $3 = 1
-- $4 = "2025-01-01T00:00:00Z"
-- $5 = "2024-01-01"
-- $6 = "2024-06-30"

-- figure hours of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (sum((q."c_hours" * $1::numeric)) filter (where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $2::bigint))))))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $3::int and known_from <= $4::timestamptz) r where r.day between $5::date and $6::date and r.unit_id = any($7)) q where q.s is not null and ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $2::bigint)))) group by q.s) f0 on true;
-- $1 = "2"
-- $2 = "3"
-- $3 = 1
-- $4 = "2025-01-01T00:00:00Z"
-- $5 = "2024-01-01"
-- $6 = "2024-06-30"
-- $7 = ["u1"]

-- rows of hours
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, (q."c_hours" * $1::numeric) as value from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $6::bigint)))) and ((q."c_hours" * $1::numeric) is not null)) o order by o.rid limit $7::int;
-- $1 = "2"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-06-30"
-- $6 = "3"
-- $7 = 50

-- rows below hours of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, (q."c_hours" * $1::numeric) as value from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date and r.unit_id = any($6)) q where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $7::bigint)))) and ((q."c_hours" * $1::numeric) is not null)) o where o.rid > $8 order by o.rid limit $9::int;
-- $1 = "2"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-06-30"
-- $6 = ["u1"]
-- $7 = "3"
-- $8 = "1"
-- $9 = 9

-- figure ratio
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m1n, 0), 12))::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (sum(q."c_hours") filter (where q."c_ok"))::numeric as m0n, (sum((q."c_hours" * $1::numeric)) filter (where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $2::bigint))))))::numeric as m1n from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $3::int and known_from <= $4::timestamptz) r where r.day between $5::date and $6::date) q where (q."c_ok" or ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $2::bigint)))))) f0 on true;
-- $1 = "2"
-- $2 = "3"
-- $3 = 1
-- $4 = "2025-01-01T00:00:00Z"
-- $5 = "2024-01-01"
-- $6 = "2024-06-30"

-- figure ratio of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m1n, 0), 12))::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_hours") filter (where q."c_ok"))::numeric as m0n, (sum((q."c_hours" * $1::numeric)) filter (where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $2::bigint))))))::numeric as m1n from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $3::int and known_from <= $4::timestamptz) r where r.day between $5::date and $6::date and r.unit_id = any($7)) q where q.s is not null and (q."c_ok" or ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $2::bigint))))) group by q.s) f0 on true;
-- $1 = "2"
-- $2 = "3"
-- $3 = 1
-- $4 = "2025-01-01T00:00:00Z"
-- $5 = "2024-01-01"
-- $6 = "2024-06-30"
-- $7 = ["u1"]

-- rows of ratio
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_hours" as value from (select null::text as s, r.id as rid, r.day as day, r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where q."c_ok" and (q."c_hours" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = 50

-- rows below ratio of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, (q."c_hours" * $1::numeric) as value from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date and r.unit_id = any($6)) q where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $7::bigint)))) and ((q."c_hours" * $1::numeric) is not null)) o where o.rid > $8 order by o.rid limit $9::int;
-- $1 = "2"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-06-30"
-- $6 = ["u1"]
-- $7 = "3"
-- $8 = "1"
-- $9 = 9

-- figure good
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((coalesce(f0.m0n, 0) * 100) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (count(*) filter (where (q."c_kind" = $1::text) and (q."c_ok" and (q."c_due" > $2::date))))::numeric as m0n, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0d from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due" from (select * from event where tenant_id = $3::int and known_from <= $4::timestamptz) r where r.day between $5::date and $6::date) q where (q."c_kind" = $1::text)) f0 on true;
-- $1 = "件"
-- $2 = "2024-01-31"
-- $3 = 1
-- $4 = "2025-01-01T00:00:00Z"
-- $5 = "2023-01-01"
-- $6 = "2023-06-30"

-- figure good of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((coalesce(f0.m0n, 0) * 100) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where (q."c_kind" = $1::text) and (q."c_ok" and (q."c_due" > $2::date))))::numeric as m0n, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0d from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due" from (select * from event where tenant_id = $3::int and known_from <= $4::timestamptz) r where r.day between $5::date and $6::date and r.unit_id = any($7)) q where q.s is not null and (q."c_kind" = $1::text) group by q.s) f0 on true;
-- $1 = "件"
-- $2 = "2024-01-31"
-- $3 = 1
-- $4 = "2025-01-01T00:00:00Z"
-- $5 = "2023-01-01"
-- $6 = "2023-06-30"
-- $7 = ["u1"]

-- rows of good
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_kind" = $5::text) and (q."c_ok" and (q."c_due" > $6::date))) o order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2023-01-01"
-- $4 = "2023-06-30"
-- $5 = "件"
-- $6 = "2024-01-31"
-- $7 = 50

-- rows below good of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (q."c_kind" = $6::text)) o where o.rid > $7 order by o.rid limit $8::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2023-01-01"
-- $4 = "2023-06-30"
-- $5 = ["u1"]
-- $6 = "件"
-- $7 = "1"
-- $8 = 9

-- figure cases
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select sum(g.m0) as m0n from (select max(1::numeric) as m0 from (select null::text as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q group by q."c_case_key", case when q."c_case_key" is null then q.rid end) g) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure cases of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select g.id, sum(g.m0) as m0n from (select q.s as id, max(1::numeric) as m0 from (select r.unit_id as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of cases
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, 1::numeric as value from (select null::text as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q order by q."c_case_key", case when q."c_case_key" is null then q.rid end, 1::numeric desc, q.rid) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = 50

-- rows below cases of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, 1::numeric as value from (select r.unit_id as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q order by q."c_case_key", case when q."c_case_key" is null then q.rid end, 1::numeric desc, q.rid) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- figure openings
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (sum(q."c_staff") filter (where q."c_open"))::numeric as m0n from (select null::text as s, r.id as rid, null::date as day, r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q where q."c_open") f0 on true;
-- $1 = 1

-- figure openings of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_staff") filter (where q."c_open"))::numeric as m0n from (select r.id as s, r.id as rid, null::date as day, r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r where r.id = any($2)) q where q.s is not null and q."c_open" group by q.s) f0 on true;
-- $1 = 1
-- $2 = ["u1"]

-- rows of openings
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_staff" as value from (select null::text as s, r.id as rid, null::date as day, r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q where q."c_open" and (q."c_staff" is not null)) o order by o.rid limit $2::int;
-- $1 = 1
-- $2 = 50

-- rows below openings of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_staff" as value from (select r.id as s, r.id as rid, null::date as day, r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r where r.id = any($2)) q where q."c_open" and (q."c_staff" is not null)) o where o.rid > $3 order by o.rid limit $4::int;
-- $1 = 1
-- $2 = ["u1"]
-- $3 = "1"
-- $4 = 9

-- figure mark.outside.sum
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date) q where (q."c_item" = $1::text)) f0 on true;
-- $1 = "outside"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure mark.outside.sum of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null and (q."c_item" = $1::text) group by q.s) f0 on true;
-- $1 = "outside"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of mark.outside.sum
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where (q."c_item" = $4::text) and (q."c_value" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-06-30"
-- $4 = "outside"
-- $5 = 50

-- rows below mark.outside.sum of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date and r.unit_id = any($4)) q where (q."c_item" = $5::text) and (q."c_value" is not null)) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-06-30"
-- $4 = ["u1"]
-- $5 = "outside"
-- $6 = "1"
-- $7 = 9

-- figure item.own_input
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (sum(q."c_n") filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q where (q."c_kind" = $1::text)) f0 on true;
-- $1 = "奖"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-06-30"

-- figure item.own_input of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_n") filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date and r.unit_id = any($6)) q where q.s is not null and (q."c_kind" = $1::text) group by q.s) f0 on true;
-- $1 = "奖"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-06-30"
-- $6 = ["u1"]

-- rows of item.own_input
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_n" as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_kind" = $5::text) and (q."c_n" is not null)) o order by o.rid limit $6::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = "奖"
-- $6 = 50

-- rows below item.own_input of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_n" as value from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (q."c_kind" = $6::text) and (q."c_n" is not null)) o where o.rid > $7 order by o.rid limit $8::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "奖"
-- $7 = "1"
-- $8 = 9

-- evidence of whole: hours 学时 numerator 8

-- evidence of most_of: plain plain numerator 6

-- evidence of capless: ratio 比值 numerator 6; hours 学时 numerator 8

-- evidence of limited: kinds 种类 numerator 6; cases 案件 numerator 6

-- evidence of gated: ratio 比值 numerator 6; hours 学时 numerator 8

-- evidence of listed: 

-- evidence of converted: mark.outside.sum mark outside numerator 6

-- evidence of free: cases 案件 numerator 6

-- evidence of own_input: item.own_input 就地 numerator 7

-- evidence of last_year: openings 开放 numerator 3; good 好评率 numerator 8; good 好评率 denominator 7; ratio 比值 numerator 6; hours 学时 numerator 8

-- evidence of free_bonus: cases 案件 numerator 6

-- evidence of fined: rows 行数 numerator 6
