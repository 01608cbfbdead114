-- figure meetings
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q where (q."c_kind" = $1::text)) f0 on true;
-- $1 = "会"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"

-- figure meetings of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $2::int) r where r.day between $4::date and $5::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $4::date and $5::date and coalesce(followed.now, r.unit_id) = any($6)) q where q.s is not null and (q."c_kind" = $1::text) group by q.s) f0 on true;
-- $1 = "会"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"
-- $6 = ["u1"]

-- rows of meetings
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_kind" = $5::text)) o order by o.rid limit $6::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = "会"
-- $6 = 50

-- rows below meetings of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where (q."c_kind" = $6::text)) o where o.rid > $7 order by o.rid limit $8::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]
-- $6 = "会"
-- $7 = "1"
-- $8 = 9

-- figure lecturers
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m1n, 0), 12))::text as denominator, trim_scale(round((div((coalesce(f0.m0n, 0) * 100) * 1e30, nullif(coalesce(f0.m1n, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (count(distinct q."c_case_key"))::numeric as m0n, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m1n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q) f0 on true;
-- $1 = "会"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"

-- figure lecturers of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m1n, 0), 12))::text as denominator, trim_scale(round((div((coalesce(f0.m0n, 0) * 100) * 1e30, nullif(coalesce(f0.m1n, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (count(distinct q."c_case_key"))::numeric as m0n, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m1n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $2::int) r where r.day between $4::date and $5::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $4::date and $5::date and coalesce(followed.now, r.unit_id) = any($6)) q where q.s is not null group by q.s) f0 on true;
-- $1 = "会"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"
-- $6 = ["u1"]

-- rows of lecturers
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key") q.rid, q.day, q."c_case_key" as value from (select null::text as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_case_key" is not null) order by q."c_case_key", q.rid) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = 50

-- rows below lecturers of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where (q."c_kind" = $6::text)) o where o.rid > $7 order by o.rid limit $8::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]
-- $6 = "会"
-- $7 = "1"
-- $8 = 9

-- figure closing
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((coalesce(f0.m0n, 0) * 100) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (count(*) filter (where (q."c_kind" = $1::text) and q."c_ok"))::numeric as m0n, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0d from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q where (q."c_kind" = $1::text)) f0 on true;
-- $1 = "件"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"

-- figure closing of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((coalesce(f0.m0n, 0) * 100) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where (q."c_kind" = $1::text) and q."c_ok"))::numeric as m0n, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $2::int) r where r.day between $4::date and $5::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $4::date and $5::date and coalesce(followed.now, r.unit_id) = any($6)) q where q.s is not null and (q."c_kind" = $1::text) group by q.s) f0 on true;
-- $1 = "件"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"
-- $6 = ["u1"]

-- rows of closing
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_kind" = $5::text) and q."c_ok") o order by o.rid limit $6::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = "件"
-- $6 = 50

-- rows below closing of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where (q."c_kind" = $6::text)) o where o.rid > $7 order by o.rid limit $8::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]
-- $6 = "件"
-- $7 = "1"
-- $8 = 9

-- figure offences
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select sum(g.m0) as m0n from (select max(((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end))::numeric) as m0 from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $6::int and known_from <= $7::timestamptz) r where r.day between $8::date and $9::date) q group by q."c_case_key", case when q."c_case_key" is null then q.rid end) g) f0 on true;
-- $1 = "诫勉"
-- $2 = "1"
-- $3 = "移送"
-- $4 = "8"
-- $5 = "0"
-- $6 = 1
-- $7 = "2025-01-01T00:00:00Z"
-- $8 = "2024-01-01"
-- $9 = "2024-12-31"

-- figure offences of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select g.id, sum(g.m0) as m0n from (select q.s as id, max(((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end))::numeric) as m0 from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $6::int and known_from <= $7::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $6::int) r where r.day between $8::date and $9::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $8::date and $9::date and coalesce(followed.now, r.unit_id) = any($10)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id) f0 on true;
-- $1 = "诫勉"
-- $2 = "1"
-- $3 = "移送"
-- $4 = "8"
-- $5 = "0"
-- $6 = 1
-- $7 = "2025-01-01T00:00:00Z"
-- $8 = "2024-01-01"
-- $9 = "2024-12-31"
-- $10 = ["u1"]

-- rows of offences
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end))::numeric as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $6::int and known_from <= $7::timestamptz) r where r.day between $8::date and $9::date) q where ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end) is not null) order by q."c_case_key", case when q."c_case_key" is null then q.rid end, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end))::numeric desc, q.rid) o order by o.rid limit $10::int;
-- $1 = "诫勉"
-- $2 = "1"
-- $3 = "移送"
-- $4 = "8"
-- $5 = "0"
-- $6 = 1
-- $7 = "2025-01-01T00:00:00Z"
-- $8 = "2024-01-01"
-- $9 = "2024-12-31"
-- $10 = 50

-- rows below offences of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end))::numeric as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $6::int and known_from <= $7::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $6::int) r where r.day between $8::date and $9::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $8::date and $9::date and coalesce(followed.now, r.unit_id) = any($10)) q where ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end) is not null) order by q."c_case_key", case when q."c_case_key" is null then q.rid end, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then $5::numeric end) end))::numeric desc, q.rid) o where o.rid > $11 order by o.rid limit $12::int;
-- $1 = "诫勉"
-- $2 = "1"
-- $3 = "移送"
-- $4 = "8"
-- $5 = "0"
-- $6 = 1
-- $7 = "2025-01-01T00:00:00Z"
-- $8 = "2024-01-01"
-- $9 = "2024-12-31"
-- $10 = ["u1"]
-- $11 = "1"
-- $12 = 9

-- figure offences_seen
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q where (q."c_kind" = $1::text)) f0 on true;
-- $1 = "诫勉"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"

-- figure offences_seen of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $2::int) r where r.day between $4::date and $5::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $4::date and $5::date and coalesce(followed.now, r.unit_id) = any($6)) q where q.s is not null and (q."c_kind" = $1::text) group by q.s) f0 on true;
-- $1 = "诫勉"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"
-- $6 = ["u1"]

-- rows of offences_seen
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_kind" = $5::text)) o order by o.rid limit $6::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = "诫勉"
-- $6 = 50

-- rows below offences_seen of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where (q."c_kind" = $6::text)) o where o.rid > $7 order by o.rid limit $8::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]
-- $6 = "诫勉"
-- $7 = "1"
-- $8 = 9

-- figure before
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q where (q."c_kind" = $1::text)) f0 on true;
-- $1 = "会"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2023-01-01"
-- $5 = "2023-12-31"

-- figure before of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $2::int) r where r.day between $4::date and $5::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $6::date and $7::date and coalesce(followed.now, r.unit_id) = any($8)) q where q.s is not null and (q."c_kind" = $1::text) group by q.s) f0 on true;
-- $1 = "会"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"
-- $6 = "2023-01-01"
-- $7 = "2023-12-31"
-- $8 = ["u1"]

-- rows of before
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_kind" = $5::text)) o order by o.rid limit $6::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2023-01-01"
-- $4 = "2023-12-31"
-- $5 = "会"
-- $6 = 50

-- rows below before of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $5::date and $6::date and coalesce(followed.now, r.unit_id) = any($7)) q where (q."c_kind" = $8::text)) o where o.rid > $9 order by o.rid limit $10::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = "2023-01-01"
-- $6 = "2023-12-31"
-- $7 = ["u1"]
-- $8 = "会"
-- $9 = "1"
-- $10 = 9

-- figure mark.outside.avg
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n, (count(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0d from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date) q where (q."c_item" = $1::text)) f0 on true;
-- $1 = "outside"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"

-- figure mark.outside.avg of one subject
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n, (count(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $2::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where q.s is not null and (q."c_item" = $1::text) group by q.s) f0 on true;
-- $1 = "outside"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]

-- rows of mark.outside.avg
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where (q."c_item" = $4::text) and (q."c_value" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-12-31"
-- $4 = "outside"
-- $5 = 50

-- rows below mark.outside.avg of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $2::date and $3::date and coalesce(followed.now, r.unit_id) = any($4)) q where (q."c_item" = $5::text) and (q."c_value" is not null)) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-12-31"
-- $4 = ["u1"]
-- $5 = "outside"
-- $6 = "1"
-- $7 = 9

-- figure mark.manual.avg
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n, (count(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0d from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date) q where (q."c_item" = $1::text)) f0 on true;
-- $1 = "manual"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"

-- figure mark.manual.avg of one subject
select trim_scale(round(f0.m0n, 12))::text as numerator, trim_scale(round(coalesce(f0.m0d, 0), 12))::text as denominator, trim_scale(round((div((f0.m0n) * 1e30, nullif(coalesce(f0.m0d, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0n, (count(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m0d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $2::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where q.s is not null and (q."c_item" = $1::text) group by q.s) f0 on true;
-- $1 = "manual"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]

-- rows of mark.manual.avg
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select null::text as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where (q."c_item" = $4::text) and (q."c_value" is not null)) o order by o.rid limit $5::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-12-31"
-- $4 = "manual"
-- $5 = 50

-- rows below mark.manual.avg of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, q."c_value" as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $2::date and $3::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $2::date and $3::date and coalesce(followed.now, r.unit_id) = any($4)) q where (q."c_item" = $5::text) and (q."c_value" is not null)) o where o.rid > $6 order by o.rid limit $7::int;
-- $1 = 1
-- $2 = "2024-01-01"
-- $3 = "2024-12-31"
-- $4 = ["u1"]
-- $5 = "manual"
-- $6 = "1"
-- $7 = 9

-- figure item.praise
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q where (q."c_kind" = $1::text)) f0 on true;
-- $1 = "表扬"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"

-- figure item.praise of one subject
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select q.s as id, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $2::int) r where r.day between $4::date and $5::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $4::date and $5::date and coalesce(followed.now, r.unit_id) = any($6)) q where q.s is not null and (q."c_kind" = $1::text) group by q.s) f0 on true;
-- $1 = "表扬"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"
-- $6 = ["u1"]

-- rows of item.praise
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_kind" = $5::text)) o order by o.rid limit $6::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = "表扬"
-- $6 = 50

-- rows below item.praise of one subject
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where (q."c_kind" = $6::text)) o where o.rid > $7 order by o.rid limit $8::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]
-- $6 = "表扬"
-- $7 = "1"
-- $8 = 9

-- evidence of proportional: meetings 会议 numerator 7

-- evidence of tiers: closing 办结率 numerator 7; closing 办结率 denominator 7

-- evidence of shortfall: closing 办结率 numerator 7; closing 办结率 denominator 7

-- evidence of gate: meetings 会议 numerator 7; before 上年会议 numerator 9

-- evidence of checklist: meetings 会议 numerator 7

-- evidence of rank: lecturers 讲课人 numerator 6; meetings 会议 numerator 7

-- evidence of escalate: offences_seen 违纪次数 numerator 7

-- evidence of range: mark.outside.avg mark outside numerator 6

-- evidence of best: meetings 会议 numerator 7

-- evidence of mean: meetings 会议 numerator 7

-- evidence of away: meetings 会议 numerator 7

-- evidence of weighted: 

-- evidence of stage: 

-- evidence of manual: mark.manual.avg mark manual numerator 6

-- evidence of praise: item.praise 表扬 numerator 7

-- evidence of offences: offences 违纪 numerator 11
