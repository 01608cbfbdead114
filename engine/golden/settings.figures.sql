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

-- figure mean
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (sum(q."c_hours"))::numeric as m0n, (count(q."c_hours"))::numeric as m0d from (select null::text as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2023-07-01"
-- $4 = "2024-06-30"

-- figure mean of one subject
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_hours"))::numeric as m0n, (count(q."c_hours"))::numeric as m0d from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null group by q.s) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2023-07-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of mean
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_hours" as value from (select null::text as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_hours" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2023-07-01"
-- $4 = "2024-06-30"
-- $5 = 50

-- rows below mean of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_hours" as value from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (q."c_hours" is not null)) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2023-07-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- figure least
select trim_scale(round(f0.m0n, 12))::text as numerator, null::text as denominator, trim_scale(round(f0.m0n, 12))::text as value from (select 1) one left join (select (min(q."c_n"))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-03-31"

-- figure least of one subject
select trim_scale(round(f0.m0n, 12))::text as numerator, null::text as denominator, trim_scale(round(f0.m0n, 12))::text as value from (select 1) one left join (select q.s as id, (min(q."c_n"))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null group by q.s) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-03-31"
-- $5 = ["u1"]

-- rows of least
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_n" as value from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_n" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-03-31"
-- $5 = 50

-- rows below least of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_n" as value from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (q."c_n" is not null)) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-03-31"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- figure most
select trim_scale(round(f0.m0n, 12))::text as numerator, null::text as denominator, trim_scale(round(f0.m0n, 12))::text as value from (select 1) one left join (select (max((q."c_hours" - $1::numeric)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q) f0 on true;
-- $1 = "1.5"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-02-01"
-- $5 = "2024-03-31"

-- figure most of one subject
select trim_scale(round(f0.m0n, 12))::text as numerator, null::text as denominator, trim_scale(round(f0.m0n, 12))::text as value from (select 1) one left join (select q.s as id, (max((q."c_hours" - $1::numeric)))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date and r.unit_id = any($6)) q where q.s is not null group by q.s) f0 on true;
-- $1 = "1.5"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-02-01"
-- $5 = "2024-03-31"
-- $6 = ["u1"]

-- rows of most
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, (q."c_hours" - $1::numeric) as value from (select null::text as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q where ((q."c_hours" - $1::numeric) is not null)) o order by o.rid limit $6::int;
-- $1 = "1.5"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-02-01"
-- $5 = "2024-03-31"
-- $6 = 50

-- rows below most of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, (q."c_hours" - $1::numeric) as value from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date and r.unit_id = any($6)) q where ((q."c_hours" - $1::numeric) is not null)) o where o.rid > $7 order by o.rid limit $8::int;
-- $1 = "1.5"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-02-01"
-- $5 = "2024-03-31"
-- $6 = ["u1"]
-- $7 = "1"
-- $8 = 9

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

-- figure percent
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m1n, 0), 12))::text as denominator, trim_scale(round((div((coalesce(f0.m0n, 0) * 100) * 1e30, nullif(coalesce(f0.m1n, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (count(*) filter (where q."c_ok"))::numeric as m0n, (count(*))::numeric as m1n from (select null::text as s, r.id as rid, r.day as day, r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure percent of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m1n, 0), 12))::text as denominator, trim_scale(round((div((coalesce(f0.m0n, 0) * 100) * 1e30, nullif(coalesce(f0.m1n, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where q."c_ok"))::numeric as m0n, (count(*))::numeric as m1n from (select r.unit_id as s, r.id as rid, r.day as day, r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null group by q.s) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of percent
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where q."c_ok") o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = 50

-- rows below percent of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select r.unit_id as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

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

-- figure heaviest
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select sum(g.m0) as m0n from (select max((q."c_n")::numeric) as m0 from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q group by q."c_case_key", case when q."c_case_key" is null then q.rid end) g) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure heaviest of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select g.id, sum(g.m0) as m0n from (select q.s as id, max((q."c_n")::numeric) as m0 from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of heaviest
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, (q."c_n")::numeric as value from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_n" is not null) order by q."c_case_key", case when q."c_case_key" is null then q.rid end, (q."c_n")::numeric desc, q.rid) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = 50

-- rows below heaviest of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, (q."c_n")::numeric as value from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (q."c_n" is not null) order by q."c_case_key", case when q."c_case_key" is null then q.rid end, (q."c_n")::numeric desc, q.rid) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- figure graves
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (sum((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $6::int and known_from <= $7::timestamptz) r where r.day between $8::date and $9::date) q) f0 on true;
-- $1 = "轻"
-- $2 = "3"
-- $3 = "重"
-- $4 = "5.5"
-- $5 = "0"
-- $6 = 1
-- $7 = "2025-01-01T00:00:00Z"
-- $8 = "2024-01-01"
-- $9 = "2024-06-30"

-- figure graves of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (sum((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end)))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $6::int and known_from <= $7::timestamptz) r where r.day between $8::date and $9::date and r.unit_id = any($10)) q where q.s is not null group by q.s) f0 on true;
-- $1 = "轻"
-- $2 = "3"
-- $3 = "重"
-- $4 = "5.5"
-- $5 = "0"
-- $6 = 1
-- $7 = "2025-01-01T00:00:00Z"
-- $8 = "2024-01-01"
-- $9 = "2024-06-30"
-- $10 = ["u1"]

-- rows of graves
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, (case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end) as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $6::int and known_from <= $7::timestamptz) r where r.day between $8::date and $9::date) q where ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end) is not null)) o order by o.rid limit $10::int;
-- $1 = "轻"
-- $2 = "3"
-- $3 = "重"
-- $4 = "5.5"
-- $5 = "0"
-- $6 = 1
-- $7 = "2025-01-01T00:00:00Z"
-- $8 = "2024-01-01"
-- $9 = "2024-06-30"
-- $10 = 50

-- rows below graves of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, (case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end) as value from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $6::int and known_from <= $7::timestamptz) r where r.day between $8::date and $9::date and r.unit_id = any($10)) q where ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end) is not null)) o where o.rid > $11 order by o.rid limit $12::int;
-- $1 = "轻"
-- $2 = "3"
-- $3 = "重"
-- $4 = "5.5"
-- $5 = "0"
-- $6 = 1
-- $7 = "2025-01-01T00:00:00Z"
-- $8 = "2024-01-01"
-- $9 = "2024-06-30"
-- $10 = ["u1"]
-- $11 = "1"
-- $12 = 9

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

-- figure texts
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*) filter (where (((((((starts_with(q."c_kind", $1::text) and ((strpos(q."c_kind", $2::text) > 0) or (right(q."c_kind", char_length($3::text)) = $3::text))) and (char_length(q."c_kind")::bigint > $4::bigint)) and (q."c_kind" = any($5::text[]))) and (case when $6::text is not null and q."c_tags" is not null then array_position(q."c_tags", $6::text) is not null end)) and (cardinality(q."c_tags")::bigint >= $7::bigint)) and ((q."c_kind" || $8::text) <> $9::text)) and (q."c_kind" collate "C" < $10::text collate "C"))))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.tags as "c_tags" from (select * from event where tenant_id = $11::int and known_from <= $12::timestamptz) r where r.day between $13::date and $14::date) q where (((((((starts_with(q."c_kind", $1::text) and ((strpos(q."c_kind", $2::text) > 0) or (right(q."c_kind", char_length($3::text)) = $3::text))) and (char_length(q."c_kind")::bigint > $4::bigint)) and (q."c_kind" = any($5::text[]))) and (case when $6::text is not null and q."c_tags" is not null then array_position(q."c_tags", $6::text) is not null end)) and (cardinality(q."c_tags")::bigint >= $7::bigint)) and ((q."c_kind" || $8::text) <> $9::text)) and (q."c_kind" collate "C" < $10::text collate "C"))) f0 on true;
-- $1 = "一"
-- $2 = "二"
-- $3 = "三"
-- $4 = "2"
-- $5 = ["甲","乙"]
-- $6 = "先进"
-- $7 = "1"
-- $8 = "1"
-- $9 = "乙1"
-- $10 = "丁"
-- $11 = 1
-- $12 = "2025-01-01T00:00:00Z"
-- $13 = "2024-01-01"
-- $14 = "2024-06-30"

-- figure texts of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where (((((((starts_with(q."c_kind", $1::text) and ((strpos(q."c_kind", $2::text) > 0) or (right(q."c_kind", char_length($3::text)) = $3::text))) and (char_length(q."c_kind")::bigint > $4::bigint)) and (q."c_kind" = any($5::text[]))) and (case when $6::text is not null and q."c_tags" is not null then array_position(q."c_tags", $6::text) is not null end)) and (cardinality(q."c_tags")::bigint >= $7::bigint)) and ((q."c_kind" || $8::text) <> $9::text)) and (q."c_kind" collate "C" < $10::text collate "C"))))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.tags as "c_tags" from (select * from event where tenant_id = $11::int and known_from <= $12::timestamptz) r where r.day between $13::date and $14::date and r.unit_id = any($15)) q where q.s is not null and (((((((starts_with(q."c_kind", $1::text) and ((strpos(q."c_kind", $2::text) > 0) or (right(q."c_kind", char_length($3::text)) = $3::text))) and (char_length(q."c_kind")::bigint > $4::bigint)) and (q."c_kind" = any($5::text[]))) and (case when $6::text is not null and q."c_tags" is not null then array_position(q."c_tags", $6::text) is not null end)) and (cardinality(q."c_tags")::bigint >= $7::bigint)) and ((q."c_kind" || $8::text) <> $9::text)) and (q."c_kind" collate "C" < $10::text collate "C")) group by q.s) f0 on true;
-- $1 = "一"
-- $2 = "二"
-- $3 = "三"
-- $4 = "2"
-- $5 = ["甲","乙"]
-- $6 = "先进"
-- $7 = "1"
-- $8 = "1"
-- $9 = "乙1"
-- $10 = "丁"
-- $11 = 1
-- $12 = "2025-01-01T00:00:00Z"
-- $13 = "2024-01-01"
-- $14 = "2024-06-30"
-- $15 = ["u1"]

-- rows of texts
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.tags as "c_tags" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (((((((starts_with(q."c_kind", $5::text) and ((strpos(q."c_kind", $6::text) > 0) or (right(q."c_kind", char_length($7::text)) = $7::text))) and (char_length(q."c_kind")::bigint > $8::bigint)) and (q."c_kind" = any($9::text[]))) and (case when $10::text is not null and q."c_tags" is not null then array_position(q."c_tags", $10::text) is not null end)) and (cardinality(q."c_tags")::bigint >= $11::bigint)) and ((q."c_kind" || $12::text) <> $13::text)) and (q."c_kind" collate "C" < $14::text collate "C"))) o order by o.rid limit $15::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = "一"
-- $6 = "二"
-- $7 = "三"
-- $8 = "2"
-- $9 = ["甲","乙"]
-- $10 = "先进"
-- $11 = "1"
-- $12 = "1"
-- $13 = "乙1"
-- $14 = "丁"
-- $15 = 50

-- rows below texts of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.tags as "c_tags" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (((((((starts_with(q."c_kind", $6::text) and ((strpos(q."c_kind", $7::text) > 0) or (right(q."c_kind", char_length($8::text)) = $8::text))) and (char_length(q."c_kind")::bigint > $9::bigint)) and (q."c_kind" = any($10::text[]))) and (case when $11::text is not null and q."c_tags" is not null then array_position(q."c_tags", $11::text) is not null end)) and (cardinality(q."c_tags")::bigint >= $12::bigint)) and ((q."c_kind" || $13::text) <> $14::text)) and (q."c_kind" collate "C" < $15::text collate "C"))) o where o.rid > $16 order by o.rid limit $17::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "一"
-- $7 = "二"
-- $8 = "三"
-- $9 = "2"
-- $10 = ["甲","乙"]
-- $11 = "先进"
-- $12 = "1"
-- $13 = "1"
-- $14 = "乙1"
-- $15 = "丁"
-- $16 = "1"
-- $17 = 9

-- figure times
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*) filter (where (((((((((q."c_due" - $1::date)::bigint > $2::bigint) and ((case when $3::bigint between -100000 and 100000 then q."c_due" + ($3::bigint)::int end) <= $4::date)) and ((select (case when v2.a0 between -100000 and 100000 then q."c_due" + (v2.a0)::int end) from (select (select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) as a0 offset 0) v2) > $5::date)) and (extract(year from q."c_due")::bigint = $6::bigint)) and ((extract(month from q."c_due")::bigint - $7::numeric) = $8::bigint)) and (extract(day from q."c_due")::bigint = $9::bigint)) and ((extract(day from q."c_due")::bigint - $7::numeric) = $10::bigint)) and (q."c_at" > $11::timestamptz))))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due", nullif(nullif(r.at, 'infinity'), '-infinity') as "c_at" from (select * from event where tenant_id = $12::int and known_from <= $13::timestamptz) r where r.day between $14::date and $15::date) q where (((((((((q."c_due" - $1::date)::bigint > $2::bigint) and ((case when $3::bigint between -100000 and 100000 then q."c_due" + ($3::bigint)::int end) <= $4::date)) and ((select (case when v2.a0 between -100000 and 100000 then q."c_due" + (v2.a0)::int end) from (select (select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) as a0 offset 0) v2) > $5::date)) and (extract(year from q."c_due")::bigint = $6::bigint)) and ((extract(month from q."c_due")::bigint - $7::numeric) = $8::bigint)) and (extract(day from q."c_due")::bigint = $9::bigint)) and ((extract(day from q."c_due")::bigint - $7::numeric) = $10::bigint)) and (q."c_at" > $11::timestamptz))) f0 on true;
-- $1 = "2024-01-31"
-- $2 = "3"
-- $3 = "5"
-- $4 = "2024-12-31"
-- $5 = "2024-01-01"
-- $6 = "2024"
-- $7 = "1"
-- $8 = "0"
-- $9 = "31"
-- $10 = "30"
-- $11 = "2024-01-31T08:00:00+08:00"
-- $12 = 1
-- $13 = "2025-01-01T00:00:00Z"
-- $14 = "2024-01-01"
-- $15 = "2024-06-30"

-- figure times of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where (((((((((q."c_due" - $1::date)::bigint > $2::bigint) and ((case when $3::bigint between -100000 and 100000 then q."c_due" + ($3::bigint)::int end) <= $4::date)) and ((select (case when v2.a0 between -100000 and 100000 then q."c_due" + (v2.a0)::int end) from (select (select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) as a0 offset 0) v2) > $5::date)) and (extract(year from q."c_due")::bigint = $6::bigint)) and ((extract(month from q."c_due")::bigint - $7::numeric) = $8::bigint)) and (extract(day from q."c_due")::bigint = $9::bigint)) and ((extract(day from q."c_due")::bigint - $7::numeric) = $10::bigint)) and (q."c_at" > $11::timestamptz))))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due", nullif(nullif(r.at, 'infinity'), '-infinity') as "c_at" from (select * from event where tenant_id = $12::int and known_from <= $13::timestamptz) r where r.day between $14::date and $15::date and r.unit_id = any($16)) q where q.s is not null and (((((((((q."c_due" - $1::date)::bigint > $2::bigint) and ((case when $3::bigint between -100000 and 100000 then q."c_due" + ($3::bigint)::int end) <= $4::date)) and ((select (case when v2.a0 between -100000 and 100000 then q."c_due" + (v2.a0)::int end) from (select (select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) as a0 offset 0) v2) > $5::date)) and (extract(year from q."c_due")::bigint = $6::bigint)) and ((extract(month from q."c_due")::bigint - $7::numeric) = $8::bigint)) and (extract(day from q."c_due")::bigint = $9::bigint)) and ((extract(day from q."c_due")::bigint - $7::numeric) = $10::bigint)) and (q."c_at" > $11::timestamptz)) group by q.s) f0 on true;
-- $1 = "2024-01-31"
-- $2 = "3"
-- $3 = "5"
-- $4 = "2024-12-31"
-- $5 = "2024-01-01"
-- $6 = "2024"
-- $7 = "1"
-- $8 = "0"
-- $9 = "31"
-- $10 = "30"
-- $11 = "2024-01-31T08:00:00+08:00"
-- $12 = 1
-- $13 = "2025-01-01T00:00:00Z"
-- $14 = "2024-01-01"
-- $15 = "2024-06-30"
-- $16 = ["u1"]

-- rows of times
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.n as "c_n", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due", nullif(nullif(r.at, 'infinity'), '-infinity') as "c_at" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (((((((((q."c_due" - $5::date)::bigint > $6::bigint) and ((case when $7::bigint between -100000 and 100000 then q."c_due" + ($7::bigint)::int end) <= $8::date)) and ((select (case when v2.a0 between -100000 and 100000 then q."c_due" + (v2.a0)::int end) from (select (select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) as a0 offset 0) v2) > $9::date)) and (extract(year from q."c_due")::bigint = $10::bigint)) and ((extract(month from q."c_due")::bigint - $11::numeric) = $12::bigint)) and (extract(day from q."c_due")::bigint = $13::bigint)) and ((extract(day from q."c_due")::bigint - $11::numeric) = $14::bigint)) and (q."c_at" > $15::timestamptz))) o order by o.rid limit $16::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = "2024-01-31"
-- $6 = "3"
-- $7 = "5"
-- $8 = "2024-12-31"
-- $9 = "2024-01-01"
-- $10 = "2024"
-- $11 = "1"
-- $12 = "0"
-- $13 = "31"
-- $14 = "30"
-- $15 = "2024-01-31T08:00:00+08:00"
-- $16 = 50

-- rows below times of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due", nullif(nullif(r.at, 'infinity'), '-infinity') as "c_at" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (((((((((q."c_due" - $6::date)::bigint > $7::bigint) and ((case when $8::bigint between -100000 and 100000 then q."c_due" + ($8::bigint)::int end) <= $9::date)) and ((select (case when v2.a0 between -100000 and 100000 then q."c_due" + (v2.a0)::int end) from (select (select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) as a0 offset 0) v2) > $10::date)) and (extract(year from q."c_due")::bigint = $11::bigint)) and ((extract(month from q."c_due")::bigint - $12::numeric) = $13::bigint)) and (extract(day from q."c_due")::bigint = $14::bigint)) and ((extract(day from q."c_due")::bigint - $12::numeric) = $15::bigint)) and (q."c_at" > $16::timestamptz))) o where o.rid > $17 order by o.rid limit $18::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "2024-01-31"
-- $7 = "3"
-- $8 = "5"
-- $9 = "2024-12-31"
-- $10 = "2024-01-01"
-- $11 = "2024"
-- $12 = "1"
-- $13 = "0"
-- $14 = "31"
-- $15 = "30"
-- $16 = "2024-01-31T08:00:00+08:00"
-- $17 = "1"
-- $18 = 9

-- figure numbers
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*) filter (where (((((((((((((round((div((q."c_n"::numeric) * 1e30, nullif($1::numeric, 0)) * 1e-30), 12) = $2::bigint) and (mod(q."c_n"::numeric, nullif($3::numeric, 0)) = $2::bigint)) and (round((div((q."c_hours") * 1e30, nullif($4::numeric, 0)) * 1e-30), 12) >= $5::numeric)) and ((select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) < $6::bigint)) and ((- q."c_hours") < $7::numeric)) and ((select (case when v1.a0 <= $8::numeric then v1.a0 when $8::numeric is not null and v1.a0 is not null then $8::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1) = (select (case when $1::numeric >= v1.a0 then $1::numeric when v1.a0 is not null and $1::numeric is not null then v1.a0 end) from (select q."c_n"::numeric as a0 offset 0) v1))) and (round(round(q."c_hours", 12), 1) = $5::numeric)) and ((case q."c_ok" when true then q."c_hours" when false then $9::numeric end) > $10::numeric)) and (q."c_n" = $2::bigint or q."c_n" = $11::bigint)) and (q."c_kind" is not null)) and (not (q."c_hours" is not null))) and ((q."c_n"::numeric * $12::numeric) > $5::numeric)) and ((case when q."c_hours" >= $1::numeric then q."c_hours" when $1::numeric is not null and q."c_hours" is not null then $1::numeric end) <> (select (case when v1.a0 <= $9::numeric then v1.a0 when $9::numeric is not null and v1.a0 is not null then $9::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1)))))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $13::int and known_from <= $14::timestamptz) r where r.day between $15::date and $16::date) q where (((((((((((((round((div((q."c_n"::numeric) * 1e30, nullif($1::numeric, 0)) * 1e-30), 12) = $2::bigint) and (mod(q."c_n"::numeric, nullif($3::numeric, 0)) = $2::bigint)) and (round((div((q."c_hours") * 1e30, nullif($4::numeric, 0)) * 1e-30), 12) >= $5::numeric)) and ((select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) < $6::bigint)) and ((- q."c_hours") < $7::numeric)) and ((select (case when v1.a0 <= $8::numeric then v1.a0 when $8::numeric is not null and v1.a0 is not null then $8::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1) = (select (case when $1::numeric >= v1.a0 then $1::numeric when v1.a0 is not null and $1::numeric is not null then v1.a0 end) from (select q."c_n"::numeric as a0 offset 0) v1))) and (round(round(q."c_hours", 12), 1) = $5::numeric)) and ((case q."c_ok" when true then q."c_hours" when false then $9::numeric end) > $10::numeric)) and (q."c_n" = $2::bigint or q."c_n" = $11::bigint)) and (q."c_kind" is not null)) and (not (q."c_hours" is not null))) and ((q."c_n"::numeric * $12::numeric) > $5::numeric)) and ((case when q."c_hours" >= $1::numeric then q."c_hours" when $1::numeric is not null and q."c_hours" is not null then $1::numeric end) <> (select (case when v1.a0 <= $9::numeric then v1.a0 when $9::numeric is not null and v1.a0 is not null then $9::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1)))) f0 on true;
-- $1 = "2"
-- $2 = "1"
-- $3 = "3"
-- $4 = "3.0"
-- $5 = "0.5"
-- $6 = "3"
-- $7 = "-0.5"
-- $8 = "4"
-- $9 = "1.5"
-- $10 = "1.0"
-- $11 = "2"
-- $12 = "1"
-- $13 = 1
-- $14 = "2025-01-01T00:00:00Z"
-- $15 = "2024-01-01"
-- $16 = "2024-06-30"

-- figure numbers of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where (((((((((((((round((div((q."c_n"::numeric) * 1e30, nullif($1::numeric, 0)) * 1e-30), 12) = $2::bigint) and (mod(q."c_n"::numeric, nullif($3::numeric, 0)) = $2::bigint)) and (round((div((q."c_hours") * 1e30, nullif($4::numeric, 0)) * 1e-30), 12) >= $5::numeric)) and ((select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) < $6::bigint)) and ((- q."c_hours") < $7::numeric)) and ((select (case when v1.a0 <= $8::numeric then v1.a0 when $8::numeric is not null and v1.a0 is not null then $8::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1) = (select (case when $1::numeric >= v1.a0 then $1::numeric when v1.a0 is not null and $1::numeric is not null then v1.a0 end) from (select q."c_n"::numeric as a0 offset 0) v1))) and (round(round(q."c_hours", 12), 1) = $5::numeric)) and ((case q."c_ok" when true then q."c_hours" when false then $9::numeric end) > $10::numeric)) and (q."c_n" = $2::bigint or q."c_n" = $11::bigint)) and (q."c_kind" is not null)) and (not (q."c_hours" is not null))) and ((q."c_n"::numeric * $12::numeric) > $5::numeric)) and ((case when q."c_hours" >= $1::numeric then q."c_hours" when $1::numeric is not null and q."c_hours" is not null then $1::numeric end) <> (select (case when v1.a0 <= $9::numeric then v1.a0 when $9::numeric is not null and v1.a0 is not null then $9::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1)))))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $13::int and known_from <= $14::timestamptz) r where r.day between $15::date and $16::date and r.unit_id = any($17)) q where q.s is not null and (((((((((((((round((div((q."c_n"::numeric) * 1e30, nullif($1::numeric, 0)) * 1e-30), 12) = $2::bigint) and (mod(q."c_n"::numeric, nullif($3::numeric, 0)) = $2::bigint)) and (round((div((q."c_hours") * 1e30, nullif($4::numeric, 0)) * 1e-30), 12) >= $5::numeric)) and ((select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) < $6::bigint)) and ((- q."c_hours") < $7::numeric)) and ((select (case when v1.a0 <= $8::numeric then v1.a0 when $8::numeric is not null and v1.a0 is not null then $8::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1) = (select (case when $1::numeric >= v1.a0 then $1::numeric when v1.a0 is not null and $1::numeric is not null then v1.a0 end) from (select q."c_n"::numeric as a0 offset 0) v1))) and (round(round(q."c_hours", 12), 1) = $5::numeric)) and ((case q."c_ok" when true then q."c_hours" when false then $9::numeric end) > $10::numeric)) and (q."c_n" = $2::bigint or q."c_n" = $11::bigint)) and (q."c_kind" is not null)) and (not (q."c_hours" is not null))) and ((q."c_n"::numeric * $12::numeric) > $5::numeric)) and ((case when q."c_hours" >= $1::numeric then q."c_hours" when $1::numeric is not null and q."c_hours" is not null then $1::numeric end) <> (select (case when v1.a0 <= $9::numeric then v1.a0 when $9::numeric is not null and v1.a0 is not null then $9::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1))) group by q.s) f0 on true;
-- $1 = "2"
-- $2 = "1"
-- $3 = "3"
-- $4 = "3.0"
-- $5 = "0.5"
-- $6 = "3"
-- $7 = "-0.5"
-- $8 = "4"
-- $9 = "1.5"
-- $10 = "1.0"
-- $11 = "2"
-- $12 = "1"
-- $13 = 1
-- $14 = "2025-01-01T00:00:00Z"
-- $15 = "2024-01-01"
-- $16 = "2024-06-30"
-- $17 = ["u1"]

-- rows of numbers
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (((((((((((((round((div((q."c_n"::numeric) * 1e30, nullif($5::numeric, 0)) * 1e-30), 12) = $6::bigint) and (mod(q."c_n"::numeric, nullif($7::numeric, 0)) = $6::bigint)) and (round((div((q."c_hours") * 1e30, nullif($8::numeric, 0)) * 1e-30), 12) >= $9::numeric)) and ((select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) < $10::bigint)) and ((- q."c_hours") < $11::numeric)) and ((select (case when v1.a0 <= $12::numeric then v1.a0 when $12::numeric is not null and v1.a0 is not null then $12::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1) = (select (case when $5::numeric >= v1.a0 then $5::numeric when v1.a0 is not null and $5::numeric is not null then v1.a0 end) from (select q."c_n"::numeric as a0 offset 0) v1))) and (round(round(q."c_hours", 12), 1) = $9::numeric)) and ((case q."c_ok" when true then q."c_hours" when false then $13::numeric end) > $14::numeric)) and (q."c_n" = $6::bigint or q."c_n" = $15::bigint)) and (q."c_kind" is not null)) and (not (q."c_hours" is not null))) and ((q."c_n"::numeric * $16::numeric) > $9::numeric)) and ((case when q."c_hours" >= $5::numeric then q."c_hours" when $5::numeric is not null and q."c_hours" is not null then $5::numeric end) <> (select (case when v1.a0 <= $13::numeric then v1.a0 when $13::numeric is not null and v1.a0 is not null then $13::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1)))) o order by o.rid limit $17::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = "2"
-- $6 = "1"
-- $7 = "3"
-- $8 = "3.0"
-- $9 = "0.5"
-- $10 = "3"
-- $11 = "-0.5"
-- $12 = "4"
-- $13 = "1.5"
-- $14 = "1.0"
-- $15 = "2"
-- $16 = "1"
-- $17 = 50

-- rows below numbers of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (((((((((((((round((div((q."c_n"::numeric) * 1e30, nullif($6::numeric, 0)) * 1e-30), 12) = $7::bigint) and (mod(q."c_n"::numeric, nullif($8::numeric, 0)) = $7::bigint)) and (round((div((q."c_hours") * 1e30, nullif($9::numeric, 0)) * 1e-30), 12) >= $10::numeric)) and ((select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) < $11::bigint)) and ((- q."c_hours") < $12::numeric)) and ((select (case when v1.a0 <= $13::numeric then v1.a0 when $13::numeric is not null and v1.a0 is not null then $13::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1) = (select (case when $6::numeric >= v1.a0 then $6::numeric when v1.a0 is not null and $6::numeric is not null then v1.a0 end) from (select q."c_n"::numeric as a0 offset 0) v1))) and (round(round(q."c_hours", 12), 1) = $10::numeric)) and ((case q."c_ok" when true then q."c_hours" when false then $14::numeric end) > $15::numeric)) and (q."c_n" = $7::bigint or q."c_n" = $16::bigint)) and (q."c_kind" is not null)) and (not (q."c_hours" is not null))) and ((q."c_n"::numeric * $17::numeric) > $10::numeric)) and ((case when q."c_hours" >= $6::numeric then q."c_hours" when $6::numeric is not null and q."c_hours" is not null then $6::numeric end) <> (select (case when v1.a0 <= $14::numeric then v1.a0 when $14::numeric is not null and v1.a0 is not null then $14::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1)))) o where o.rid > $18 order by o.rid limit $19::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]
-- $6 = "2"
-- $7 = "1"
-- $8 = "3"
-- $9 = "3.0"
-- $10 = "0.5"
-- $11 = "3"
-- $12 = "-0.5"
-- $13 = "4"
-- $14 = "1.5"
-- $15 = "1.0"
-- $16 = "2"
-- $17 = "1"
-- $18 = "1"
-- $19 = 9

-- figure mark.below.avg
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n, (count(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0d from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date) q where (q."c_item" = $1::text)) f0 on true;
-- $1 = "below"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure mark.below.avg of one subject
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n, (count(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0d from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null and (q."c_item" = $1::text) group by q.s) f0 on true;
-- $1 = "below"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of mark.below.avg
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where (q."c_item" = $4::text) and (q."c_value" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-06-30"
-- $4 = "below"
-- $5 = 50

-- rows below mark.below.avg of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date and r.unit_id = any($4)) q where (q."c_item" = $5::text) and (q."c_value" is not null)) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-06-30"
-- $4 = ["u1"]
-- $5 = "below"
-- $6 = "1"
-- $7 = 9

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

-- figure mark.outside.max
select trim_scale(round(f0.m0n, 12))::text as numerator, null::text as denominator, trim_scale(round(f0.m0n, 12))::text as value from (select 1) one left join (select (max(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date) q where (q."c_item" = $1::text)) f0 on true;
-- $1 = "outside"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure mark.outside.max of one subject
select trim_scale(round(f0.m0n, 12))::text as numerator, null::text as denominator, trim_scale(round(f0.m0n, 12))::text as value from (select 1) one left join (select q.s as id, (max(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null and (q."c_item" = $1::text) group by q.s) f0 on true;
-- $1 = "outside"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of mark.outside.max
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where (q."c_item" = $4::text) and (q."c_value" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-06-30"
-- $4 = "outside"
-- $5 = 50

-- rows below mark.outside.max of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date and r.unit_id = any($4)) q where (q."c_item" = $5::text) and (q."c_value" is not null)) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-06-30"
-- $4 = ["u1"]
-- $5 = "outside"
-- $6 = "1"
-- $7 = 9

-- figure mark.outside.min
select trim_scale(round(f0.m0n, 12))::text as numerator, null::text as denominator, trim_scale(round(f0.m0n, 12))::text as value from (select 1) one left join (select (min(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date) q where (q."c_item" = $1::text)) f0 on true;
-- $1 = "outside"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- figure mark.outside.min of one subject
select trim_scale(round(f0.m0n, 12))::text as numerator, null::text as denominator, trim_scale(round(f0.m0n, 12))::text as value from (select 1) one left join (select q.s as id, (min(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null and (q."c_item" = $1::text) group by q.s) f0 on true;
-- $1 = "outside"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- rows of mark.outside.min
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where (q."c_item" = $4::text) and (q."c_value" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-06-30"
-- $4 = "outside"
-- $5 = 50

-- rows below mark.outside.min of one subject
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

-- evidence of rata: hours 学时 numerator 8; rows 行数 numerator 6

-- evidence of started: hours 学时 numerator 8

-- evidence of most_of: plain plain numerator 6

-- evidence of capless: percent 占比 numerator 6; rows 行数 numerator 6

-- evidence of limited: kinds 种类 numerator 6; cases 案件 numerator 6

-- evidence of above: good 好评率 numerator 8; good 好评率 denominator 7

-- evidence of below: most 最多 numerator 7; mark.below.avg mark below numerator 6

-- evidence of upto: least 最少 numerator 6

-- evidence of equal: mean 平均 numerator 6

-- evidence of gated: ratio 比值 numerator 6; hours 学时 numerator 8

-- evidence of summed: texts 文字条件 numerator 16; times 日期条件 numerator 17; numbers 数字条件 numerator 18

-- evidence of low: graves 轻重 numerator 11

-- evidence of listed: 

-- evidence of converted: mark.outside.sum mark outside numerator 6

-- evidence of best_mark: mark.outside.max mark outside numerator 6

-- evidence of least_mark: mark.outside.min mark outside numerator 6

-- evidence of free: heaviest 最重 numerator 6

-- evidence of own_input: item.own_input 就地 numerator 7

-- evidence of last_year: openings 开放 numerator 3; good 好评率 numerator 8; good 好评率 denominator 7; percent 占比 numerator 6; rows 行数 numerator 6

-- evidence of free_bonus: cases 案件 numerator 6

-- evidence of fined: rows 行数 numerator 6
