-- figure meetings
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (sum((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end)) filter (where (q."c_kind" = $3::text)))::numeric as m0n, (count((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end)) filter (where (q."c_kind" = $3::text)))::numeric as m0r, (count((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end)) filter (where (q."c_kind" = $3::text) and ((q."c_late" is not null) and q."c_late")))::numeric as m0l from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.late as "c_late" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where (q."c_kind" = $3::text)) f0 on true;
-- $1 = "0.5"
-- $2 = "1"
-- $3 = "会议"
-- $4 = 1
-- $5 = "2025-01-01T00:00:00Z"
-- $6 = "2024-01-01"
-- $7 = "2024-12-31"

-- figure meetings of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (sum((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end)) filter (where (q."c_kind" = $3::text)))::numeric as m0n, (count((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end)) filter (where (q."c_kind" = $3::text)))::numeric as m0r, (count((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end)) filter (where (q."c_kind" = $3::text) and ((q."c_late" is not null) and q."c_late")))::numeric as m0l from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.late as "c_late" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null and (q."c_kind" = $3::text) group by q.s) f0 on true;
-- $1 = "0.5"
-- $2 = "1"
-- $3 = "会议"
-- $4 = 1
-- $5 = "2025-01-01T00:00:00Z"
-- $6 = "2024-01-01"
-- $7 = "2024-12-31"
-- $8 = ["u1"]

-- rows of meetings
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, (case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end) as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.late as "c_late" from (select * from event where tenant_id = $3::int and known_from <= $4::timestamptz) r where r.day between $5::date and $6::date) q where (q."c_kind" = $7::text) and ((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end) is not null)) o order by o.rid limit $8::int;
-- $1 = "0.5"
-- $2 = "1"
-- $3 = 1
-- $4 = "2025-01-01T00:00:00Z"
-- $5 = "2024-01-01"
-- $6 = "2024-12-31"
-- $7 = "会议"
-- $8 = 50

-- rows below meetings of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, (case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end) as value from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.late as "c_late" from (select * from event where tenant_id = $3::int and known_from <= $4::timestamptz) r where r.day between $5::date and $6::date and r.unit_id = any($7)) q where (q."c_kind" = $8::text) and ((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end) is not null)) o where o.rid > $9 order by o.rid limit $10::int;
-- $1 = "0.5"
-- $2 = "1"
-- $3 = 1
-- $4 = "2025-01-01T00:00:00Z"
-- $5 = "2024-01-01"
-- $6 = "2024-12-31"
-- $7 = ["u1"]
-- $8 = "会议"
-- $9 = "1"
-- $10 = 9

-- figure cases
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*) filter (where g.m0 = any($1::numeric[])))::numeric as m0n from (select max(((case (q."c_kind" = $2::text) when true then $3::numeric when false then (case (q."c_kind" = $4::text) when true then $5::numeric when false then (case (q."c_kind" = $6::text) when true then $7::numeric when false then $8::numeric end) end) end))::numeric) as m0 from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $9::int and known_from <= $10::timestamptz) r where r.day between $11::date and $12::date) q group by q."c_case_key", case when q."c_case_key" is null then q.rid end) g) f0 on true;
-- $1 = ["5"]
-- $2 = "诫勉"
-- $3 = "1"
-- $4 = "轻处分"
-- $5 = "3"
-- $6 = "重处分"
-- $7 = "5"
-- $8 = "0"
-- $9 = 1
-- $10 = "2025-01-01T00:00:00Z"
-- $11 = "2024-01-01"
-- $12 = "2024-12-31"

-- figure cases of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select g.id, (count(*) filter (where g.m0 = any($1::numeric[])))::numeric as m0n from (select q.s as id, max(((case (q."c_kind" = $2::text) when true then $3::numeric when false then (case (q."c_kind" = $4::text) when true then $5::numeric when false then (case (q."c_kind" = $6::text) when true then $7::numeric when false then $8::numeric end) end) end))::numeric) as m0 from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $9::int and known_from <= $10::timestamptz) r where r.day between $11::date and $12::date and r.unit_id = any($13)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id) f0 on true;
-- $1 = ["5"]
-- $2 = "诫勉"
-- $3 = "1"
-- $4 = "轻处分"
-- $5 = "3"
-- $6 = "重处分"
-- $7 = "5"
-- $8 = "0"
-- $9 = 1
-- $10 = "2025-01-01T00:00:00Z"
-- $11 = "2024-01-01"
-- $12 = "2024-12-31"
-- $13 = ["u1"]

-- rows of cases
select o.rid::text as id, o.day::text as day, o.value::text as value from (select * from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then (case (q."c_kind" = $5::text) when true then $6::numeric when false then $7::numeric end) end) end))::numeric as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $8::int and known_from <= $9::timestamptz) r where r.day between $10::date and $11::date) q where ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then (case (q."c_kind" = $5::text) when true then $6::numeric when false then $7::numeric end) end) end) is not null) order by q."c_case_key", case when q."c_case_key" is null then q.rid end, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then (case (q."c_kind" = $5::text) when true then $6::numeric when false then $7::numeric end) end) end))::numeric desc, q.rid) c where c.value = any($12::numeric[])) o order by o.rid limit $13::int;
-- $1 = "诫勉"
-- $2 = "1"
-- $3 = "轻处分"
-- $4 = "3"
-- $5 = "重处分"
-- $6 = "5"
-- $7 = "0"
-- $8 = 1
-- $9 = "2025-01-01T00:00:00Z"
-- $10 = "2024-01-01"
-- $11 = "2024-12-31"
-- $12 = ["5"]
-- $13 = 50

-- rows below cases of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select * from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then (case (q."c_kind" = $5::text) when true then $6::numeric when false then $7::numeric end) end) end))::numeric as value from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $8::int and known_from <= $9::timestamptz) r where r.day between $10::date and $11::date and r.unit_id = any($12)) q where ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then (case (q."c_kind" = $5::text) when true then $6::numeric when false then $7::numeric end) end) end) is not null) order by q."c_case_key", case when q."c_case_key" is null then q.rid end, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then (case (q."c_kind" = $5::text) when true then $6::numeric when false then $7::numeric end) end) end))::numeric desc, q.rid) c where c.value = any($13::numeric[])) o where o.rid > $14 order by o.rid limit $15::int;
-- $1 = "诫勉"
-- $2 = "1"
-- $3 = "轻处分"
-- $4 = "3"
-- $5 = "重处分"
-- $6 = "5"
-- $7 = "0"
-- $8 = 1
-- $9 = "2025-01-01T00:00:00Z"
-- $10 = "2024-01-01"
-- $11 = "2024-12-31"
-- $12 = ["u1"]
-- $13 = ["5"]
-- $14 = "1"
-- $15 = 9

-- figure first_hours
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select sum(g.m0) as m0n from (select (array_agg((q."c_hours")::numeric order by q.day, q.rid) filter (where (q."c_hours")::numeric is not null))[1] as m0 from (select null::text as s, r.id as rid, r.day as day, r.hours as "c_hours", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q group by q."c_case_key", case when q."c_case_key" is null then q.rid end) g) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"

-- figure first_hours of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select g.id, sum(g.m0) as m0n from (select q.s as id, (array_agg((q."c_hours")::numeric order by q.day, q.rid) filter (where (q."c_hours")::numeric is not null))[1] as m0 from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]

-- rows of first_hours
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, (q."c_hours")::numeric as value from (select null::text as s, r.id as rid, r.day as day, r.hours as "c_hours", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_hours" is not null) order by q."c_case_key", case when q."c_case_key" is null then q.rid end, q.day, q.rid) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = 50

-- rows below first_hours of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, (q."c_hours")::numeric as value from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where (q."c_hours" is not null) order by q."c_case_key", case when q."c_case_key" is null then q.rid end, q.day, q.rid) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]
-- $6 = "1"
-- $7 = 9

-- figure rated.interview
select trim_scale(round(case when coalesce(f0.m0d0, 0) >= $1::numeric then (div((case when cardinality(f0.m0s0) >= 5 then (select sum(u) from unnest(f0.m0s0[3:cardinality(f0.m0s0) - 2]) u) else (select sum(u) from unnest(f0.m0s0[1:cardinality(f0.m0s0)]) u) end) * 1e30, nullif(case when cardinality(f0.m0s0) >= 5 then cardinality(f0.m0s0) - 4 else cardinality(f0.m0s0) end::numeric, 0)) * 1e-30) end, 12))::text as numerator, null::text as denominator, trim_scale(round(case when coalesce(f0.m0d0, 0) >= $1::numeric then (div((case when cardinality(f0.m0s0) >= 5 then (select sum(u) from unnest(f0.m0s0[3:cardinality(f0.m0s0) - 2]) u) else (select sum(u) from unnest(f0.m0s0[1:cardinality(f0.m0s0)]) u) end) * 1e30, nullif(case when cardinality(f0.m0s0) >= 5 then cardinality(f0.m0s0) - 4 else cardinality(f0.m0s0) end::numeric, 0)) * 1e-30) end, 12))::text as value from (select 1) one left join (select array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $2::text) and (((q."c_value" is not null) and (q."c_value" >= $3::numeric)) and (q."c_value" <= $4::numeric))) as m0s0, (count(*) filter (where (q."c_item" = $2::text) and (((q."c_value" is not null) and (q."c_value" >= $3::numeric)) and (q."c_value" <= $4::numeric))))::numeric as m0d0, (count(*) filter (where (q."c_item" = $2::text) and ((q."c_value" is not null) and (not (((q."c_value" is not null) and (q."c_value" >= $3::numeric)) and (q."c_value" <= $4::numeric))))))::numeric as m0o0 from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $5::int) r where r.day between $6::date and $7::date) q where (q."c_item" = $2::text)) f0 on true;
-- $1 = 2
-- $2 = "interview"
-- $3 = "0"
-- $4 = "10"
-- $5 = 1
-- $6 = "2024-01-01"
-- $7 = "2024-12-31"

-- figure rated.interview of one subject
select trim_scale(round(case when coalesce(f0.m0d0, 0) >= $1::numeric then (div((case when cardinality(f0.m0s0) >= 5 then (select sum(u) from unnest(f0.m0s0[3:cardinality(f0.m0s0) - 2]) u) else (select sum(u) from unnest(f0.m0s0[1:cardinality(f0.m0s0)]) u) end) * 1e30, nullif(case when cardinality(f0.m0s0) >= 5 then cardinality(f0.m0s0) - 4 else cardinality(f0.m0s0) end::numeric, 0)) * 1e-30) end, 12))::text as numerator, null::text as denominator, trim_scale(round(case when coalesce(f0.m0d0, 0) >= $1::numeric then (div((case when cardinality(f0.m0s0) >= 5 then (select sum(u) from unnest(f0.m0s0[3:cardinality(f0.m0s0) - 2]) u) else (select sum(u) from unnest(f0.m0s0[1:cardinality(f0.m0s0)]) u) end) * 1e30, nullif(case when cardinality(f0.m0s0) >= 5 then cardinality(f0.m0s0) - 4 else cardinality(f0.m0s0) end::numeric, 0)) * 1e-30) end, 12))::text as value from (select 1) one left join (select q.s as id, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $2::text) and (((q."c_value" is not null) and (q."c_value" >= $3::numeric)) and (q."c_value" <= $4::numeric))) as m0s0, (count(*) filter (where (q."c_item" = $2::text) and (((q."c_value" is not null) and (q."c_value" >= $3::numeric)) and (q."c_value" <= $4::numeric))))::numeric as m0d0, (count(*) filter (where (q."c_item" = $2::text) and ((q."c_value" is not null) and (not (((q."c_value" is not null) and (q."c_value" >= $3::numeric)) and (q."c_value" <= $4::numeric))))))::numeric as m0o0 from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $5::int) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null and (q."c_item" = $2::text) group by q.s) f0 on true;
-- $1 = 2
-- $2 = "interview"
-- $3 = "0"
-- $4 = "10"
-- $5 = 1
-- $6 = "2024-01-01"
-- $7 = "2024-12-31"
-- $8 = ["u1"]

-- rows of rated.interview
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where (q."c_item" = $4::text) and (((q."c_value" is not null) and (q."c_value" >= $5::numeric)) and (q."c_value" <= $6::numeric))) o order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-12-31"
-- $4 = "interview"
-- $5 = "0"
-- $6 = "10"
-- $7 = 50

-- rows below rated.interview of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date and r.unit_id = any($4)) q where (q."c_item" = $5::text) and (((q."c_value" is not null) and (q."c_value" >= $6::numeric)) and (q."c_value" <= $7::numeric))) o where o.rid > $8 order by o.rid limit $9::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-12-31"
-- $4 = ["u1"]
-- $5 = "interview"
-- $6 = "0"
-- $7 = "10"
-- $8 = "1"
-- $9 = 9

-- figure rated.joint
select trim_scale(round((div((coalesce($1::numeric * (div(((select sum(u) from unnest(f0.m0s0[(cardinality(f0.m0s0) + 1) / 2:cardinality(f0.m0s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s0) % 2)::numeric, 0)) * 1e-30), 0) + coalesce($2::numeric * (div(((select sum(u) from unnest(f0.m0s1[(cardinality(f0.m0s1) + 1) / 2:cardinality(f0.m0s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s1) % 2)::numeric, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div(((select sum(u) from unnest(f0.m0s0[(cardinality(f0.m0s0) + 1) / 2:cardinality(f0.m0s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s0) % 2)::numeric, 0)) * 1e-30) is not null then $1::numeric else 0 end + case when (div(((select sum(u) from unnest(f0.m0s1[(cardinality(f0.m0s1) + 1) / 2:cardinality(f0.m0s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s1) % 2)::numeric, 0)) * 1e-30) is not null then $2::numeric else 0 end, 0)) * 1e-30), 12))::text as numerator, null::text as denominator, trim_scale(round((div((coalesce($1::numeric * (div(((select sum(u) from unnest(f0.m0s0[(cardinality(f0.m0s0) + 1) / 2:cardinality(f0.m0s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s0) % 2)::numeric, 0)) * 1e-30), 0) + coalesce($2::numeric * (div(((select sum(u) from unnest(f0.m0s1[(cardinality(f0.m0s1) + 1) / 2:cardinality(f0.m0s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s1) % 2)::numeric, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div(((select sum(u) from unnest(f0.m0s0[(cardinality(f0.m0s0) + 1) / 2:cardinality(f0.m0s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s0) % 2)::numeric, 0)) * 1e-30) is not null then $1::numeric else 0 end + case when (div(((select sum(u) from unnest(f0.m0s1[(cardinality(f0.m0s1) + 1) / 2:cardinality(f0.m0s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s1) % 2)::numeric, 0)) * 1e-30) is not null then $2::numeric else 0 end, 0)) * 1e-30), 12))::text as value from (select 1) one left join (select array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (q."c_group" = $4::text))) as m0s0, (count(*) filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (q."c_group" = $4::text))))::numeric as m0d0, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (q."c_group" = $5::text))) as m0s1, (count(*) filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (q."c_group" = $5::text))))::numeric as m0d1, (count(*) filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (not ((q."c_group" is not null) and (q."c_group" = any($6::text[])))))))::numeric as m0o0 from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value", r."group" as "c_group" from (select * from mark where tenant_id = $7::int) r where r.day between $8::date and $9::date) q where (q."c_item" = $3::text)) f0 on true;
-- $1 = "60"
-- $2 = "40"
-- $3 = "joint"
-- $4 = "领导"
-- $5 = "群众"
-- $6 = ["领导","群众"]
-- $7 = 1
-- $8 = "2024-01-01"
-- $9 = "2024-12-31"

-- figure rated.joint of one subject
select trim_scale(round((div((coalesce($1::numeric * (div(((select sum(u) from unnest(f0.m0s0[(cardinality(f0.m0s0) + 1) / 2:cardinality(f0.m0s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s0) % 2)::numeric, 0)) * 1e-30), 0) + coalesce($2::numeric * (div(((select sum(u) from unnest(f0.m0s1[(cardinality(f0.m0s1) + 1) / 2:cardinality(f0.m0s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s1) % 2)::numeric, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div(((select sum(u) from unnest(f0.m0s0[(cardinality(f0.m0s0) + 1) / 2:cardinality(f0.m0s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s0) % 2)::numeric, 0)) * 1e-30) is not null then $1::numeric else 0 end + case when (div(((select sum(u) from unnest(f0.m0s1[(cardinality(f0.m0s1) + 1) / 2:cardinality(f0.m0s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s1) % 2)::numeric, 0)) * 1e-30) is not null then $2::numeric else 0 end, 0)) * 1e-30), 12))::text as numerator, null::text as denominator, trim_scale(round((div((coalesce($1::numeric * (div(((select sum(u) from unnest(f0.m0s0[(cardinality(f0.m0s0) + 1) / 2:cardinality(f0.m0s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s0) % 2)::numeric, 0)) * 1e-30), 0) + coalesce($2::numeric * (div(((select sum(u) from unnest(f0.m0s1[(cardinality(f0.m0s1) + 1) / 2:cardinality(f0.m0s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s1) % 2)::numeric, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div(((select sum(u) from unnest(f0.m0s0[(cardinality(f0.m0s0) + 1) / 2:cardinality(f0.m0s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s0) % 2)::numeric, 0)) * 1e-30) is not null then $1::numeric else 0 end + case when (div(((select sum(u) from unnest(f0.m0s1[(cardinality(f0.m0s1) + 1) / 2:cardinality(f0.m0s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(f0.m0s1) % 2)::numeric, 0)) * 1e-30) is not null then $2::numeric else 0 end, 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (q."c_group" = $4::text))) as m0s0, (count(*) filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (q."c_group" = $4::text))))::numeric as m0d0, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (q."c_group" = $5::text))) as m0s1, (count(*) filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (q."c_group" = $5::text))))::numeric as m0d1, (count(*) filter (where (q."c_item" = $3::text) and ((q."c_value" is not null) and (not ((q."c_group" is not null) and (q."c_group" = any($6::text[])))))))::numeric as m0o0 from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value", r."group" as "c_group" from (select * from mark where tenant_id = $7::int) r where r.day between $8::date and $9::date and r.unit_id = any($10)) q where q.s is not null and (q."c_item" = $3::text) group by q.s) f0 on true;
-- $1 = "60"
-- $2 = "40"
-- $3 = "joint"
-- $4 = "领导"
-- $5 = "群众"
-- $6 = ["领导","群众"]
-- $7 = 1
-- $8 = "2024-01-01"
-- $9 = "2024-12-31"
-- $10 = ["u1"]

-- rows of rated.joint
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value", r."group" as "c_group" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where (q."c_item" = $4::text) and (((q."c_value" is not null) and (q."c_group" = $5::text)) or ((q."c_value" is not null) and (q."c_group" = $6::text)))) o order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-12-31"
-- $4 = "joint"
-- $5 = "领导"
-- $6 = "群众"
-- $7 = 50

-- rows below rated.joint of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value", r."group" as "c_group" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date and r.unit_id = any($4)) q where (q."c_item" = $5::text) and (((q."c_value" is not null) and (q."c_group" = $6::text)) or ((q."c_value" is not null) and (q."c_group" = $7::text)))) o where o.rid > $8 order by o.rid limit $9::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-12-31"
-- $4 = ["u1"]
-- $5 = "joint"
-- $6 = "领导"
-- $7 = "群众"
-- $8 = "1"
-- $9 = 9

-- figure ballot.poll
select trim_scale(round((div((coalesce($1::numeric * (div((coalesce($2::numeric * case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30), 0) + coalesce($1::numeric * (div((coalesce($2::numeric * case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div((coalesce($2::numeric * case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30) is not null then $1::numeric else 0 end + case when (div((coalesce($2::numeric * case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30) is not null then $1::numeric else 0 end, 0)) * 1e-30), 12))::text as numerator, null::text as denominator, trim_scale(round((div((coalesce($1::numeric * (div((coalesce($2::numeric * case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30), 0) + coalesce($1::numeric * (div((coalesce($2::numeric * case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div((coalesce($2::numeric * case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30) is not null then $1::numeric else 0 end + case when (div((coalesce($2::numeric * case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30) is not null then $1::numeric else 0 end, 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (sum(((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $14::text)) and (q."c_category" = $15::text))))::numeric as m0s0, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $14::text)) and (q."c_category" = $15::text))))::numeric as m0d0, (sum(((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $14::text)) and (q."c_category" = $16::text))))::numeric as m0s1, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $14::text)) and (q."c_category" = $16::text))))::numeric as m0d1, (sum(((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $17::text)) and (q."c_category" = $15::text))))::numeric as m0s2, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $17::text)) and (q."c_category" = $15::text))))::numeric as m0d2, (sum(((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $17::text)) and (q."c_category" = $16::text))))::numeric as m0s3, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $17::text)) and (q."c_category" = $16::text))))::numeric as m0d3, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (not (((q."c_choice" is not null) and (q."c_choice" = any($18::text[]))) and ((q."c_category" is not null) and (q."c_category" = any($19::text[])))))))::numeric as m0o0 from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.choice as "c_choice", r.category as "c_category", r.count as "c_count" from (select * from ballot where tenant_id = $20::int) r where r.day between $21::date and $22::date) q where (q."c_item" = any($13::text[]))) f0 on true;
-- $1 = "1"
-- $2 = "40"
-- $3 = "30"
-- $4 = "好"
-- $5 = "较好"
-- $6 = "0.8"
-- $7 = "一般"
-- $8 = "0.6"
-- $9 = "差"
-- $10 = "0.4"
-- $11 = "弃权"
-- $12 = null
-- $13 = ["q1","q2"]
-- $14 = "q1"
-- $15 = "领导"
-- $16 = "代表"
-- $17 = "q2"
-- $18 = ["好","较好","一般","差","弃权"]
-- $19 = ["领导","代表"]
-- $20 = 1
-- $21 = "2024-01-01"
-- $22 = "2024-12-31"

-- figure ballot.poll of one subject
select trim_scale(round((div((coalesce($1::numeric * (div((coalesce($2::numeric * case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30), 0) + coalesce($1::numeric * (div((coalesce($2::numeric * case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div((coalesce($2::numeric * case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30) is not null then $1::numeric else 0 end + case when (div((coalesce($2::numeric * case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30) is not null then $1::numeric else 0 end, 0)) * 1e-30), 12))::text as numerator, null::text as denominator, trim_scale(round((div((coalesce($1::numeric * (div((coalesce($2::numeric * case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30), 0) + coalesce($1::numeric * (div((coalesce($2::numeric * case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div((coalesce($2::numeric * case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d0 >= 5 then (div((f0.m0s0) * 1e30, nullif(f0.m0d0, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d1 >= 5 then (div((f0.m0s1) * 1e30, nullif(f0.m0d1, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30) is not null then $1::numeric else 0 end + case when (div((coalesce($2::numeric * case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end, 0) + coalesce($3::numeric * case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when f0.m0d2 >= 5 then (div((f0.m0s2) * 1e30, nullif(f0.m0d2, 0)) * 1e-30) end is not null then $2::numeric else 0 end + case when case when f0.m0d3 >= 5 then (div((f0.m0s3) * 1e30, nullif(f0.m0d3, 0)) * 1e-30) end is not null then $3::numeric else 0 end, 0)) * 1e-30) is not null then $1::numeric else 0 end, 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (sum(((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $14::text)) and (q."c_category" = $15::text))))::numeric as m0s0, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $14::text)) and (q."c_category" = $15::text))))::numeric as m0d0, (sum(((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $14::text)) and (q."c_category" = $16::text))))::numeric as m0s1, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $14::text)) and (q."c_category" = $16::text))))::numeric as m0d1, (sum(((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $17::text)) and (q."c_category" = $15::text))))::numeric as m0s2, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $17::text)) and (q."c_category" = $15::text))))::numeric as m0d2, (sum(((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $17::text)) and (q."c_category" = $16::text))))::numeric as m0s3, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (((((case (q."c_choice" = $4::text) when true then $1::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then (case (q."c_choice" = $11::text) when true then $12::numeric when false then $12::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $17::text)) and (q."c_category" = $16::text))))::numeric as m0d3, (sum(q."c_count") filter (where (q."c_item" = any($13::text[])) and (not (((q."c_choice" is not null) and (q."c_choice" = any($18::text[]))) and ((q."c_category" is not null) and (q."c_category" = any($19::text[])))))))::numeric as m0o0 from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.choice as "c_choice", r.category as "c_category", r.count as "c_count" from (select * from ballot where tenant_id = $20::int) r where r.day between $21::date and $22::date and r.unit_id = any($23)) q where q.s is not null and (q."c_item" = any($13::text[])) group by q.s) f0 on true;
-- $1 = "1"
-- $2 = "40"
-- $3 = "30"
-- $4 = "好"
-- $5 = "较好"
-- $6 = "0.8"
-- $7 = "一般"
-- $8 = "0.6"
-- $9 = "差"
-- $10 = "0.4"
-- $11 = "弃权"
-- $12 = null
-- $13 = ["q1","q2"]
-- $14 = "q1"
-- $15 = "领导"
-- $16 = "代表"
-- $17 = "q2"
-- $18 = ["好","较好","一般","差","弃权"]
-- $19 = ["领导","代表"]
-- $20 = 1
-- $21 = "2024-01-01"
-- $22 = "2024-12-31"
-- $23 = ["u1"]

-- rows of ballot.poll
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, ((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) * q."c_count"::numeric) as value from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.choice as "c_choice", r.category as "c_category", r.count as "c_count" from (select * from ballot where tenant_id = $11::int) r where r.day between $12::date and $13::date) q where (q."c_item" = any($14::text[])) and ((((((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $15::text)) and (q."c_category" = $16::text)) or (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $15::text)) and (q."c_category" = $17::text))) or (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $18::text)) and (q."c_category" = $16::text))) or (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $18::text)) and (q."c_category" = $17::text)))) o order by o.rid limit $19::int;
-- $1 = "好"
-- $2 = "1"
-- $3 = "较好"
-- $4 = "0.8"
-- $5 = "一般"
-- $6 = "0.6"
-- $7 = "差"
-- $8 = "0.4"
-- $9 = "弃权"
-- $10 = null
-- $11 = 1
-- $12 = "2024-01-01"
-- $13 = "2024-12-31"
-- $14 = ["q1","q2"]
-- $15 = "q1"
-- $16 = "领导"
-- $17 = "代表"
-- $18 = "q2"
-- $19 = 50

-- rows below ballot.poll of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, ((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) * q."c_count"::numeric) as value from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.choice as "c_choice", r.category as "c_category", r.count as "c_count" from (select * from ballot where tenant_id = $11::int) r where r.day between $12::date and $13::date and r.unit_id = any($14)) q where (q."c_item" = any($15::text[])) and ((((((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $16::text)) and (q."c_category" = $17::text)) or (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $16::text)) and (q."c_category" = $18::text))) or (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $19::text)) and (q."c_category" = $17::text))) or (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $19::text)) and (q."c_category" = $18::text)))) o where o.rid > $20 order by o.rid limit $21::int;
-- $1 = "好"
-- $2 = "1"
-- $3 = "较好"
-- $4 = "0.8"
-- $5 = "一般"
-- $6 = "0.6"
-- $7 = "差"
-- $8 = "0.4"
-- $9 = "弃权"
-- $10 = null
-- $11 = 1
-- $12 = "2024-01-01"
-- $13 = "2024-12-31"
-- $14 = ["u1"]
-- $15 = ["q1","q2"]
-- $16 = "q1"
-- $17 = "领导"
-- $18 = "代表"
-- $19 = "q2"
-- $20 = "1"
-- $21 = 9

-- figure members.branches
select trim_scale(round((div((f0.m0s) * 1e30, nullif(f0.m0d, 0)) * 1e-30), 12))::text as numerator, null::text as denominator, trim_scale(round((div((f0.m0s) * 1e30, nullif(f0.m0d, 0)) * 1e-30), 12))::text as value from (select 1) one left join (select sum(m.p) as m0s, count(m.p)::numeric as m0d, count(*)::numeric as m0t, (count(*) filter (where m.raw is null))::numeric as m0w
    from (select i.*, case when i.raw is null then 0 else least(greatest(i.raw, $1::numeric), $2::numeric) end as p
    from (select h.*, round(round($2::numeric * case when round((div((h.x) * 1e30, nullif($3::numeric, 0)) * 1e-30), 12) > $4::numeric then $4::numeric else (div((h.x) * 1e30, nullif($3::numeric, 0)) * 1e-30) end, 12), 12) as raw
      from (select e.*, coalesce(f.xn, 0) as x from (select distinct on (q."c_key") q.s as id, q."c_key" as k, q.rid, q.day from (select null::text as s, r.id as rid, null::date as day, r.key as "c_key", r.size as "c_size" from (select * from branch where tenant_id = $5::int) r) q where q."c_key" is not null and (q."c_size" > $6::bigint) order by q."c_key", q.rid) e left join (select q."c_case_key" as k, (count(*) filter (where (q."c_kind" = $7::text)))::numeric as xn from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $5::int and known_from <= $8::timestamptz) r where r.day between $9::date and $10::date) q where q."c_case_key" is not null and (q."c_kind" = $7::text) group by q."c_case_key") f on f.k = e.k) h) i) m) f0 on true;
-- $1 = "0"
-- $2 = "10"
-- $3 = "4"
-- $4 = "1"
-- $5 = 1
-- $6 = "0"
-- $7 = "党课"
-- $8 = "2025-01-01T00:00:00Z"
-- $9 = "2024-01-01"
-- $10 = "2024-12-31"

-- figure members.branches of one subject
select trim_scale(round((div((f0.m0s) * 1e30, nullif(f0.m0d, 0)) * 1e-30), 12))::text as numerator, null::text as denominator, trim_scale(round((div((f0.m0s) * 1e30, nullif(f0.m0d, 0)) * 1e-30), 12))::text as value from (select 1) one left join (select m.id, sum(m.p) as m0s, count(m.p)::numeric as m0d, count(*)::numeric as m0t, (count(*) filter (where m.raw is null))::numeric as m0w
    from (select i.*, case when i.raw is null then 0 else least(greatest(i.raw, $1::numeric), $2::numeric) end as p
    from (select h.*, round(round($2::numeric * case when round((div((h.x) * 1e30, nullif($3::numeric, 0)) * 1e-30), 12) > $4::numeric then $4::numeric else (div((h.x) * 1e30, nullif($3::numeric, 0)) * 1e-30) end, 12), 12) as raw
      from (select e.*, coalesce(f.xn, 0) as x from (select distinct on (q.s, q."c_key") q.s as id, q."c_key" as k, q.rid, q.day from (select r.unit_id as s, r.id as rid, null::date as day, r.key as "c_key", r.size as "c_size" from (select * from branch where tenant_id = $5::int) r where r.unit_id = any($6)) q where q.s is not null and q."c_key" is not null and (q."c_size" > $7::bigint) order by q.s, q."c_key", q.rid) e left join (select q.s as id, q."c_case_key" as k, (count(*) filter (where (q."c_kind" = $8::text)))::numeric as xn from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $5::int and known_from <= $9::timestamptz) r where r.day between $10::date and $11::date and r.unit_id = any($6)) q where q.s is not null and q."c_case_key" is not null and (q."c_kind" = $8::text) group by q.s, q."c_case_key") f on f.id = e.id and f.k = e.k) h) i) m group by m.id) f0 on true;
-- $1 = "0"
-- $2 = "10"
-- $3 = "4"
-- $4 = "1"
-- $5 = 1
-- $6 = ["u1"]
-- $7 = "0"
-- $8 = "党课"
-- $9 = "2025-01-01T00:00:00Z"
-- $10 = "2024-01-01"
-- $11 = "2024-12-31"

-- rows of members.branches
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_kind" = $5::text) and exists (select 1 from (select i.*, case when i.raw is null then 0 else least(greatest(i.raw, $6::numeric), $7::numeric) end as p
    from (select h.*, round(round($7::numeric * case when round((div((h.x) * 1e30, nullif($8::numeric, 0)) * 1e-30), 12) > $9::numeric then $9::numeric else (div((h.x) * 1e30, nullif($8::numeric, 0)) * 1e-30) end, 12), 12) as raw
      from (select e.*, coalesce(f.xn, 0) as x from (select distinct on (q."c_key") q.s as id, q."c_key" as k, q.rid, q.day from (select null::text as s, r.id as rid, null::date as day, r.key as "c_key", r.size as "c_size" from (select * from branch where tenant_id = $1::int) r) q where q."c_key" is not null and (q."c_size" > $10::bigint) order by q."c_key", q.rid) e left join (select q."c_case_key" as k, (count(*) filter (where (q."c_kind" = $5::text)))::numeric as xn from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where q."c_case_key" is not null and (q."c_kind" = $5::text) group by q."c_case_key") f on f.k = e.k) h) i) m where m.k = q."c_case_key")) o order by o.rid limit $11::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = "党课"
-- $6 = "0"
-- $7 = "10"
-- $8 = "4"
-- $9 = "1"
-- $10 = "0"
-- $11 = 50

-- rows below members.branches of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select m.rid, m.day, coalesce(trim_scale(round(m.x, 12))::text, '–') || ' → ' || trim_scale(m.p)::text as value
        from (select i.*, case when i.raw is null then 0 else least(greatest(i.raw, $1::numeric), $2::numeric) end as p
    from (select h.*, round(round($2::numeric * case when round((div((h.x) * 1e30, nullif($3::numeric, 0)) * 1e-30), 12) > $4::numeric then $4::numeric else (div((h.x) * 1e30, nullif($3::numeric, 0)) * 1e-30) end, 12), 12) as raw
      from (select e.*, coalesce(f.xn, 0) as x from (select distinct on (q.s, q."c_key") q.s as id, q."c_key" as k, q.rid, q.day from (select r.unit_id as s, r.id as rid, null::date as day, r.key as "c_key", r.size as "c_size" from (select * from branch where tenant_id = $5::int) r where r.unit_id = any($6)) q where q.s is not null and q."c_key" is not null and (q."c_size" > $7::bigint) order by q.s, q."c_key", q.rid) e left join (select q.s as id, q."c_case_key" as k, (count(*) filter (where (q."c_kind" = $8::text)))::numeric as xn from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $5::int and known_from <= $9::timestamptz) r where r.day between $10::date and $11::date and r.unit_id = any($6)) q where q.s is not null and q."c_case_key" is not null and (q."c_kind" = $8::text) group by q.s, q."c_case_key") f on f.id = e.id and f.k = e.k) h) i) m where m.p is not null) o where o.rid > $12 order by o.rid limit $13::int;
-- $1 = "0"
-- $2 = "10"
-- $3 = "4"
-- $4 = "1"
-- $5 = 1
-- $6 = ["u1"]
-- $7 = "0"
-- $8 = "党课"
-- $9 = "2025-01-01T00:00:00Z"
-- $10 = "2024-01-01"
-- $11 = "2024-12-31"
-- $12 = "1"
-- $13 = 9

-- evidence of interview: rated.interview 面试 numerator 8

-- evidence of joint: rated.joint 联审 numerator 8

-- evidence of poll: ballot.poll 测评 numerator 20

-- evidence of branches: members.branches 支部上党课 denominator 12; members.branches 支部上党课 numerator 12

-- evidence of met: meetings 会议 numerator 9; first_hours 首次时长 numerator 6

-- evidence of punished: cases 重处分案件 numerator 14
