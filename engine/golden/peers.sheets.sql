-- columns of a sheet: id string, name string, class string, parent string, "s_open" bool, "s_share" decimal, "s_class" string, "s_parent" string, "s_staff" int, m0 decimal, m1 decimal, m1n decimal, m1d decimal

-- sheets
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent, q."c_open" as "s_open", q."c_share" as "s_share", q."c_class" as "s_class", q."c_parent" as "s_parent", q."c_staff" as "s_staff" from (select r.id as s, r.id as rid, null::date as day, r.name as "c_name", r.class as "c_class", r.parent as "c_parent", r.staff as "c_staff", r.open as "c_open", r.share as "c_share", r.share as "c_share" from (select * from unit where tenant_id = $1::int) r) q),
facts1 as materialized (
  select q.s as id, (sum(q."c_n"))::numeric as m0n, (sum(q."c_hours"))::numeric as m1n, (count(q."c_hours"))::numeric as m1d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.n as "c_n", r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date) q where q.s is not null group by q.s),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    (div((facts1.m1n) * 1e30, nullif(coalesce(facts1.m1d, 0), 0)) * 1e-30) as m1,
    facts1.m1n as m1n,
    coalesce(facts1.m1d, 0) as m1d
  from population
  left join facts1 on facts1.id = population.id)
select z.id::text as id, z.name::text as name, z.class::text as class, z.parent::text as parent, z."s_open"::text as "s_open", z."s_share"::text as "s_share", z."s_class"::text as "s_class", z."s_parent"::text as "s_parent", z."s_staff"::text as "s_staff", z.m0::text as m0, z.m1::text as m1, z.m1n::text as m1n, z.m1d::text as m1d from base z order by z.id::text collate "C";
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"

-- nothing reads nothing

-- what reads event, of one subject
with facts1 as materialized (
  select q.s as id, (sum(q."c_n"))::numeric as m0n, (sum(q."c_hours"))::numeric as m1n, (count(q."c_hours"))::numeric as m1d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.n as "c_n", r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $3::date and $4::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $3::date and $4::date and coalesce(followed.now, r.unit_id) = any($5)) q where q.s is not null group by q.s),
population as (select unnest($5) as id)
select z.id::text as id, z.m0::text as m0, z.m1::text as m1, z.m1n::text as m1n, z.m1d::text as m1d from (select population.*,
    coalesce(facts1.m0n, 0) as m0,
    (div((facts1.m1n) * 1e30, nullif(coalesce(facts1.m1d, 0), 0)) * 1e-30) as m1,
    facts1.m1n as m1n,
    coalesce(facts1.m1d, 0) as m1d
  from population
  left join facts1 on facts1.id = population.id) z;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]

-- what is settled of a sheet
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as "s_open", c.c5 as "s_share", c.c6 as "s_class", c.c7 as "s_parent", c.c8 as "s_staff", c.c9 as m0, c.c10 as m1, c.c11 as m1n, c.c12 as m1d from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bool[], $6::numeric[], $7::text[], $8::text[], $9::int8[], $10::numeric[], $11::numeric[], $12::numeric[], $13::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12)),
stage1 as (
  select z.*,
    case when ((not (z."s_open" is not null)) or (not z."s_open")) then 'exclude' end as e0,
    coalesce((round(z.m0, 12) > $14::bigint), false) as v0,
    case when ((not (z."s_open" is not null)) or (not z."s_open")) then 'exclude' end as e1,
    case when ((not (z."s_open" is not null)) or (not z."s_open")) then 'exclude' end as e2,
    case when ((not (z."s_open" is not null)) or (not z."s_open")) then 'exclude' end as e3,
    case when ((not (z."s_open" is not null)) or (not z."s_open")) then 'exclude' end as e6
  from base z offset 0),
stage2 as (
  select z.*,
    round(round(case when z.m0 is null then null when greatest(floor(round(z.m0, 12)), 0) > 2 then 0 else $15::numeric - (($16::numeric[])[least(greatest(floor(round(z.m0, 12)), 0), 2)::int + 1]) end, 12), 2) as r0,
    round(round(case when z.m0 is null then null else $15::numeric - (($16::numeric[])[least(greatest(floor(round(z.m0, 12)), 0), 2)::int + 1] + greatest(greatest(floor(round(z.m0, 12)), 0) - 2, 0) * $17::numeric) end, 12), 2) as r1,
    round(round(case when z.m0 is null then null else $15::numeric - (($18::numeric[])[least(greatest(floor(round(z.m0, 12)), 0), 1)::int + 1]) end, 12), 2) as r2,
    round(round(case when z.m0 is null then null when greatest(floor(round(z.m0, 12)), 0) > 1 then 0 else $15::numeric - (($18::numeric[])[least(greatest(floor(round(z.m0, 12)), 0), 1)::int + 1]) end, 12), 2) as r3,
    round(round(case when round(z.m1, 12) < $17::numeric then null when round(z.m1, 12) > $15::numeric then null else $19::numeric + (div(((z.m1 - $17::numeric) * ($20::numeric - $19::numeric)) * 1e30, nullif($15::numeric - $17::numeric, 0)) * 1e-30) end, 12), 2) as r6,
    round(round($21::numeric * z.m0, 12), 2) as r17,
    round(round($21::numeric * z.m0, 12), 2) as r18
  from stage1 z offset 0),
stage3 as (
  select z.*,
    case when z.v0 then 0 when z.e0 = 'full' then $15::numeric when z.e0 = 'exclude' then null when z.r0 is not null then least(greatest(z.r0, $22::numeric), $15::numeric) else 0 end as p0,
    case when z.e1 = 'full' then $15::numeric when z.e1 = 'exclude' then null when z.r1 is not null then least(greatest(z.r1, $22::numeric), $15::numeric) else 0 end as p1,
    case when z.e2 = 'full' then $15::numeric when z.e2 = 'exclude' then null when z.r2 is not null then least(greatest(z.r2, $22::numeric), $15::numeric) else 0 end as p2,
    case when z.e3 = 'full' then $15::numeric when z.e3 = 'exclude' then null when z.r3 is not null then least(greatest(z.r3, $22::numeric), $15::numeric) else 0 end as p3,
    case when z.e6 = 'full' then $23::numeric when z.e6 = 'exclude' then null when z.r6 is not null then least(greatest(z.r6, $22::numeric), $23::numeric) else null end as p6,
    case when z.r17 is not null then greatest(z.r17, $22::numeric) else 0 end as p17,
    case when z.r18 is not null then least(greatest(z.r18, $22::numeric), $24::numeric) else $24::numeric end as p18
  from stage2 z offset 0),
stage4 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null') as m0t,
    coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null') as m1t,
    coalesce('"' || trim_scale(round(z.m1n, 12))::text || '"', 'null') as m1nt
  from stage3 z offset 0)
select z.id::text as id, z.name::text as name, z.class::text as class, z.parent::text as parent, z."s_open"::text as "s_open", z."s_share"::text as "s_share", z."s_class"::text as "s_class", z."s_parent"::text as "s_parent", z."s_staff"::text as "s_staff", z.m0::text as m0, z.m1::text as m1, z.m1n::text as m1n, z.m1d::text as m1d, z.p0::text as p0, z.p1::text as p1, z.p2::text as p2, z.p3::text as p3, z.p6::text as p6, z.p17::text as p17, z.p18::text as p18, '[' || concat_ws(',', nullif(concat_ws(',', format($25::text, coalesce('"' || trim_scale(z.p0)::text || '"', 'null'), z.m0t, coalesce(to_json(z."s_open")::text, 'null'), case when z.v0 then '"veto"' when z.e0 is not null then '"exempt-' || z.e0 || '"' when z.r0 is null then '"zero"' else 'null' end),
    format($26::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), z.m0t, coalesce(to_json(z."s_open")::text, 'null'), case when z.e1 is not null then '"exempt-' || z.e1 || '"' when z.r1 is null then '"zero"' else 'null' end),
    format($27::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), z.m0t, coalesce(to_json(z."s_open")::text, 'null'), case when z.e2 is not null then '"exempt-' || z.e2 || '"' when z.r2 is null then '"zero"' else 'null' end),
    format($28::text, coalesce('"' || trim_scale(z.p3)::text || '"', 'null'), z.m0t, coalesce(to_json(z."s_open")::text, 'null'), case when z.e3 is not null then '"exempt-' || z.e3 || '"' when z.r3 is null then '"zero"' else 'null' end),
    format($29::text, coalesce('"' || trim_scale(z.p6)::text || '"', 'null'), z.m1t, z.m1nt, z.m1d, coalesce(to_json(z."s_open")::text, 'null'), case when z.e6 is not null then '"exempt-' || z.e6 || '"' when z.r6 is null then '"exclude"' else 'null' end),
    format($30::text, coalesce('"' || trim_scale(z.p17)::text || '"', 'null'), z.m0t, case when z.r17 is null then '"zero"' else 'null' end),
    format($31::text, trim_scale(z.p18), z.m0t, case when z.r18 is null then '"full"' else 'null' end)), '')) || ']' as items
from stage4 z;
-- $1 = "{\"u1\"}"
-- $2 = "{NULL}"
-- $3 = "{NULL}"
-- $4 = "{NULL}"
-- $5 = "{NULL}"
-- $6 = "{NULL}"
-- $7 = "{NULL}"
-- $8 = "{NULL}"
-- $9 = "{NULL}"
-- $10 = "{NULL}"
-- $11 = "{NULL}"
-- $12 = "{NULL}"
-- $13 = "{NULL}"
-- $14 = "9"
-- $15 = "5"
-- $16 = ["0","0.5","1.5"]
-- $17 = "1"
-- $18 = ["0","0.5"]
-- $19 = "2"
-- $20 = "4"
-- $21 = "0.5"
-- $22 = "0"
-- $23 = "10"
-- $24 = "3"
-- $25 = "{\"id\":\"steps\",\"max\":\"5\",\"points\":%s,\"inputs\":{\"n\":%s,\"subject.open\":%s},\"missing\":%s}"
-- $26 = "{\"id\":\"steps_last\",\"max\":\"5\",\"points\":%s,\"inputs\":{\"n\":%s,\"subject.open\":%s},\"missing\":%s}"
-- $27 = "{\"id\":\"steps_none\",\"max\":\"5\",\"points\":%s,\"inputs\":{\"n\":%s,\"subject.open\":%s},\"missing\":%s}"
-- $28 = "{\"id\":\"steps_all\",\"max\":\"5\",\"points\":%s,\"inputs\":{\"n\":%s,\"subject.open\":%s},\"missing\":%s}"
-- $29 = "{\"id\":\"inside\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"hours.numerator\":%s,\"hours.denominator\":\"%s\",\"subject.open\":%s},\"missing\":%s}"
-- $30 = "{\"id\":\"more\",\"max\":null,\"points\":%s,\"inputs\":{\"n\":%s},\"missing\":%s}"
-- $31 = "{\"id\":\"less\",\"max\":\"3\",\"points\":\"%s\",\"inputs\":{\"n\":%s},\"missing\":%s}"

-- scores of what is settled
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as "s_open", c.c5 as "s_share", c.c6 as "s_class", c.c7 as "s_parent", c.c8 as "s_staff", c.c9 as m0, c.c10 as m1, c.c11 as m1n, c.c12 as m1d, c.c13 as p0, c.c14 as p1, c.c15 as p2, c.c16 as p3, c.c17 as p6, c.c18 as p17, c.c19 as p18 from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bool[], $6::numeric[], $7::text[], $8::text[], $9::int8[], $10::numeric[], $11::numeric[], $12::numeric[], $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[], $18::numeric[], $19::numeric[], $20::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19)),
stage1 as (
  select z.*,
    case when ((not (z."s_open" is not null)) or (not z."s_open")) then 'exclude' end as e4,
    case when ((not (z."s_open" is not null)) or (not z."s_open")) then 'exclude' end as e5,
    case when ((not (z."s_open" is not null)) or (not z."s_open")) then 'exclude' end as e7,
    case when ((not (z."s_open" is not null)) or (not z."s_open")) then 'exclude' end as e8,
    coalesce((z."s_class" = $21::text), false) as a9,
    coalesce((z."s_class" = $21::text), false) as a10,
    coalesce((z."s_class" = $21::text), false) as a11,
    coalesce((z."s_class" = $21::text), false) as a12,
    coalesce((z."s_class" = $21::text), false) as a13,
    coalesce((z."s_class" = $21::text), false) as a14
  from base z offset 0),
stage2 as materialized (
  select z.id,
    case when (z.a9 and round(z.m0, 12) is not null) then max(z.m0) filter (where (z.a9 and round(z.m0, 12) is not null)) over (partition by z."s_class") end as o9,
    (count(*) filter (where (z.a9 and round(z.m0, 12) is not null)) over (partition by z."s_class"))::numeric as c9,
    case when (z.a10 and round(z.m0, 12) is not null) then min(z.m0) filter (where (z.a10 and round(z.m0, 12) is not null)) over () end as o10,
    (count(*) filter (where (z.a10 and round(z.m0, 12) is not null)) over ())::numeric as c10,
    case when (z.a11 and round(z.m1, 12) is not null) then max(z.m1) filter (where (z.a11 and round(z.m1, 12) is not null)) over (partition by z."s_class") end as o11,
    (count(*) filter (where (z.a11 and round(z.m1, 12) is not null)) over (partition by z."s_class"))::numeric as c11,
    case when (z.a12 and round(z.m1, 12) is not null) then sum(z.m1) filter (where (z.a12 and round(z.m1, 12) is not null)) over (partition by z."s_parent") end as o12,
    case when (z.a12 and round(z.m1, 12) is not null) then (count(*) filter (where (z.a12 and round(z.m1, 12) is not null)) over (partition by z."s_parent"))::numeric end as c12,
    case when (z.a13 and coalesce(z."s_open", false) and round(z.m1, 12) is not null) then sum(z.m1) filter (where (z.a13 and coalesce(z."s_open", false) and round(z.m1, 12) is not null)) over () - z.m1 end as o13,
    case when (z.a13 and coalesce(z."s_open", false) and round(z.m1, 12) is not null) then (count(*) filter (where (z.a13 and coalesce(z."s_open", false) and round(z.m1, 12) is not null)) over () - 1)::numeric end as c13,
    case when (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null) then (rank() over (partition by z."s_class", (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null) order by round(z.m0, 12) asc))::numeric end as k14,
    case when (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null) then (count(*) filter (where (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null)) over (partition by z."s_class"))::numeric end as c14,
    case when (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null) then sum(z.m0) filter (where (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null)) over (partition by z."s_class") end as o14,
    case when (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null) then max(z.m0) filter (where (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null)) over (partition by z."s_class") end as g14,
    case when (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null) then min(z.m0) filter (where (z.a14 and coalesce(z."s_open", false) and round(z.m0, 12) is not null)) over (partition by z."s_class") end as h14
  from stage1 z),
stage3 as (
  select z.*, y.o9, y.c9, y.o10, y.c10, y.o11, y.c11, y.o12, y.c12, y.o13, y.c13, y.k14, y.c14, y.o14, y.g14, y.h14
  from stage1 z join stage2 y on y.id = z.id),
stage4 as (
  select z.*,
    round(round(case when round(z.m1, 12) < $22::numeric then $22::numeric when round(z.m1, 12) > $23::numeric then $24::numeric else $22::numeric + (div(((z.m1 - $22::numeric) * ($24::numeric - $22::numeric)) * 1e30, nullif($23::numeric - $22::numeric, 0)) * 1e-30) end, 12), 2) as r4,
    round(round($24::numeric + (div(((z.m1 - $22::numeric) * ($22::numeric - $24::numeric)) * 1e30, nullif($25::numeric - $22::numeric, 0)) * 1e-30), 12), 2) as r5,
    round(round($24::numeric * case when round((div((z.m0) * 1e30, nullif((($26::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $27::numeric end)))::numeric, 0)) * 1e-30), 12) > $27::numeric then $27::numeric else (div((z.m0) * 1e30, nullif((($26::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $27::numeric end)))::numeric, 0)) * 1e-30) end, 12), 2) as r7,
    round(round(case when round(($26::numeric - z.m0), 12) <= 0 then $24::numeric when round(($26::numeric - z.m0), 12) > 0 then $24::numeric - $27::numeric * floor(round((div((($26::numeric - z.m0)) * 1e30, nullif($27::numeric, 0)) * 1e-30), 12)) end, 12), 2) as r8,
    round(round(case when round(z.o9, 12) = 0 and round(z.m0, 12) = 0 then 0 when round(z.o9, 12) > 0 then $24::numeric * (div((z.m0) * 1e30, nullif(z.o9, 0)) * 1e-30) end, 12), 2) as r9,
    round(round(case when round(z.o10, 12) = 0 and round(z.m0, 12) = 0 then $24::numeric when round(z.o10, 12) > 0 or round(z.o10, 12) = 0 then $24::numeric * (div((z.o10) * 1e30, nullif(z.m0, 0)) * 1e-30) end, 12), 2) as r10,
    round(round(case when round(z.o11, 12) = 0 and round(z.m1, 12) = 0 then null when round(z.o11, 12) > 0 then $24::numeric * (div((z.m1) * 1e30, nullif(z.o11, 0)) * 1e-30) end, 12), 2) as r11,
    round(round(case when round((div((z.o12) * 1e30, nullif(z.c12, 0)) * 1e-30), 12) > 0 then $24::numeric * case when round((div((z.m1) * 1e30, nullif((div((z.o12) * 1e30, nullif(z.c12, 0)) * 1e-30), 0)) * 1e-30), 12) > $28::numeric then $28::numeric else (div((z.m1) * 1e30, nullif((div((z.o12) * 1e30, nullif(z.c12, 0)) * 1e-30), 0)) * 1e-30) end end, 12), 2) as r12,
    round(round($25::numeric + $29::numeric * (z.m1 - (div((z.o13) * 1e30, nullif(z.c13, 0)) * 1e-30)), 12), 2) as r13,
    round(round(case when z.k14 is not null then ((((z.c14 - z.k14) + (div(((z.m0 - z.h14)) * 1e30, nullif((z.g14 - z.h14), 0)) * 1e-30)) + (div((z.o14) * 1e30, nullif(z.c14, 0)) * 1e-30)))::numeric end, 12), 2) as r14
  from stage3 z offset 0),
stage5 as materialized (
  select z.id,
    (count(*) filter (where true and z.e4 is null and coalesce((z."s_staff" > $30::bigint), false) and z.r4 is not null) over (partition by z."s_parent"))::numeric as n4,
    sum(least(greatest(z.r4, $22::numeric), $24::numeric)) filter (where true and z.e4 is null and coalesce((z."s_staff" > $30::bigint), false) and z.r4 is not null) over (partition by z."s_parent") as q4,
    (count(*) filter (where true and z.e5 is null and coalesce((z."s_staff" > $30::bigint), false) and z.r5 is not null) over (partition by z."s_parent"))::numeric as n5,
    sum(least(greatest(z.r5, $22::numeric), $24::numeric)) filter (where true and z.e5 is null and coalesce((z."s_staff" > $30::bigint), false) and z.r5 is not null) over (partition by z."s_parent") as q5,
    (count(*) filter (where true and z.e7 is null and coalesce((z."s_staff" > $30::bigint), false) and z.r7 is not null) over (partition by z."s_parent"))::numeric as n7,
    sum(least(greatest(z.r7, $22::numeric), $24::numeric)) filter (where true and z.e7 is null and coalesce((z."s_staff" > $30::bigint), false) and z.r7 is not null) over (partition by z."s_parent") as q7,
    (count(*) filter (where true and z.e8 is null and coalesce((z."s_staff" > $30::bigint), false) and z.r8 is not null) over (partition by z."s_parent"))::numeric as n8,
    sum(least(greatest(z.r8, $22::numeric), $24::numeric)) filter (where true and z.e8 is null and coalesce((z."s_staff" > $30::bigint), false) and z.r8 is not null) over (partition by z."s_parent") as q8,
    (count(*) filter (where z.a9 and coalesce((z."s_staff" > $30::bigint), false) and z.r9 is not null) over (partition by z."s_parent"))::numeric as n9,
    sum(least(greatest(z.r9, $22::numeric), $24::numeric)) filter (where z.a9 and coalesce((z."s_staff" > $30::bigint), false) and z.r9 is not null) over (partition by z."s_parent") as q9,
    (count(*) filter (where z.a10 and coalesce((z."s_staff" > $30::bigint), false) and z.r10 is not null) over (partition by z."s_parent"))::numeric as n10,
    sum(least(greatest(z.r10, $22::numeric), $24::numeric)) filter (where z.a10 and coalesce((z."s_staff" > $30::bigint), false) and z.r10 is not null) over (partition by z."s_parent") as q10,
    (count(*) filter (where z.a11 and coalesce((z."s_staff" > $30::bigint), false) and z.r11 is not null) over (partition by z."s_parent"))::numeric as n11,
    sum(least(greatest(z.r11, $22::numeric), $24::numeric)) filter (where z.a11 and coalesce((z."s_staff" > $30::bigint), false) and z.r11 is not null) over (partition by z."s_parent") as q11,
    (count(*) filter (where z.a12 and coalesce((z."s_staff" > $30::bigint), false) and z.r12 is not null) over (partition by z."s_parent"))::numeric as n12,
    sum(least(greatest(z.r12, $22::numeric), $24::numeric)) filter (where z.a12 and coalesce((z."s_staff" > $30::bigint), false) and z.r12 is not null) over (partition by z."s_parent") as q12,
    (count(*) filter (where z.a13 and coalesce((z."s_staff" > $30::bigint), false) and z.r13 is not null) over (partition by z."s_parent"))::numeric as n13,
    sum(least(greatest(z.r13, $22::numeric), $24::numeric)) filter (where z.a13 and coalesce((z."s_staff" > $30::bigint), false) and z.r13 is not null) over (partition by z."s_parent") as q13,
    (count(*) filter (where z.a14 and coalesce((z."s_staff" > $30::bigint), false) and z.r14 is not null) over (partition by z."s_parent"))::numeric as n14,
    sum(least(greatest(z.r14, $22::numeric), $24::numeric)) filter (where z.a14 and coalesce((z."s_staff" > $30::bigint), false) and z.r14 is not null) over (partition by z."s_parent") as q14
  from stage4 z),
stage6 as (
  select z.*, y.n4, y.q4, y.n5, y.q5, y.n7, y.q7, y.n8, y.q8, y.n9, y.q9, y.n10, y.q10, y.n11, y.q11, y.n12, y.q12, y.n13, y.q13, y.n14, y.q14
  from stage4 z join stage5 y on y.id = z.id),
stage7 as (
  select z.*,
    case when z.e4 = 'full' then $24::numeric when z.e4 = 'exclude' then null when z.r4 is not null then least(greatest(z.r4, $22::numeric), $24::numeric) else case when z.n4 > 0 then least(greatest(round(round((div((z.q4) * 1e30, nullif(z.n4, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p4,
    case when z.e5 = 'full' then $24::numeric when z.e5 = 'exclude' then null when z.r5 is not null then least(greatest(z.r5, $22::numeric), $24::numeric) else case when z.n5 > 0 then least(greatest(round(round((div((z.q5) * 1e30, nullif(z.n5, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p5,
    case when z.e7 = 'full' then $24::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(greatest(z.r7, $22::numeric), $24::numeric) else case when z.n7 > 0 then least(greatest(round(round((div((z.q7) * 1e30, nullif(z.n7, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p7,
    case when z.e8 = 'full' then $24::numeric when z.e8 = 'exclude' then null when z.r8 is not null then least(greatest(z.r8, $22::numeric), $24::numeric) else case when z.n8 > 0 then least(greatest(round(round((div((z.q8) * 1e30, nullif(z.n8, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p8,
    case when not z.a9 then null when z.r9 is not null then least(greatest(z.r9, $22::numeric), $24::numeric) else case when z.n9 > 0 then least(greatest(round(round((div((z.q9) * 1e30, nullif(z.n9, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p9,
    case when not z.a10 then null when z.r10 is not null then least(greatest(z.r10, $22::numeric), $24::numeric) else case when z.n10 > 0 then least(greatest(round(round((div((z.q10) * 1e30, nullif(z.n10, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p10,
    case when not z.a11 then null when z.r11 is not null then least(greatest(z.r11, $22::numeric), $24::numeric) else case when z.n11 > 0 then least(greatest(round(round((div((z.q11) * 1e30, nullif(z.n11, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p11,
    case when not z.a12 then null when z.r12 is not null then least(greatest(z.r12, $22::numeric), $24::numeric) else case when z.n12 > 0 then least(greatest(round(round((div((z.q12) * 1e30, nullif(z.n12, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p12,
    case when not z.a13 then null when z.r13 is not null then least(greatest(z.r13, $22::numeric), $24::numeric) else case when z.n13 > 0 then least(greatest(round(round((div((z.q13) * 1e30, nullif(z.n13, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p13,
    case when not z.a14 then null when z.r14 is not null then least(greatest(z.r14, $22::numeric), $24::numeric) else case when z.n14 > 0 then least(greatest(round(round((div((z.q14) * 1e30, nullif(z.n14, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p14
  from stage6 z offset 0),
stage8 as (
  select z.*,
    coalesce(z."s_open", false) as block_a0
  from stage7 z offset 0),
stage9 as (
  select z.*,
    (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0) + coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0) + coalesce(z.p6, 0) + coalesce(z.p7, 0) + coalesce(z.p8, 0)) as block_s0,
    (0::numeric) as block_q0,
    ($25::numeric + $25::numeric + $25::numeric + $25::numeric + $24::numeric + $24::numeric + $24::numeric + $24::numeric + $24::numeric) as block_f0,
    (case when z.p0 is not null then $25::numeric else 0 end + case when z.p1 is not null then $25::numeric else 0 end + case when z.p2 is not null then $25::numeric else 0 end + case when z.p3 is not null then $25::numeric else 0 end + case when z.p4 is not null then $24::numeric else 0 end + case when z.p5 is not null then $24::numeric else 0 end + case when z.p6 is not null then $24::numeric else 0 end + case when z.p7 is not null then $24::numeric else 0 end + case when z.p8 is not null then $24::numeric else 0 end) as block_t0
  from stage8 z offset 0),
stage10 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $22::numeric + z.block_s0 + z.block_q0 when z.block_t0 = 0 then null else $22::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) + z.block_q0 end as block_u0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    case when not z.block_a0 then null else case when z.block_u0 is not null then z.block_u0 * $27::numeric end end as block_b0,
    ($22::numeric + z.block_f0) * $27::numeric as block_w0
  from stage10 z offset 0),
stage12 as (
  select z.*,
    coalesce((z."s_class" = $21::text), false) as a15,
    (((z.p0 * $31::numeric) + (z.p7 * $32::numeric)))::numeric as x15,
    coalesce((z."s_class" = $21::text), false) as a16,
    ((z.block_b0 + z.p12))::numeric as x16
  from stage11 z offset 0),
stage13 as materialized (
  select z.id,
    case when (z.a15 and round(z.x15, 12) is not null) then (dense_rank() over (partition by z."s_parent", (z.a15 and round(z.x15, 12) is not null) order by round(z.x15, 12) desc))::numeric end as k15,
    (count(*) filter (where (z.a15 and round(z.x15, 12) is not null)) over (partition by z."s_parent"))::numeric as c15,
    case when (z.a16 and round(z.x16, 12) is not null) then (rank() over (partition by z."s_class", (z.a16 and round(z.x16, 12) is not null) order by round(z.x16, 12) asc))::numeric end as k16,
    case when (z.a16 and round(z.x16, 12) is not null) then (count(*) over (partition by z."s_class", (z.a16 and round(z.x16, 12) is not null), round(z.x16, 12)))::numeric end as t16,
    (count(*) filter (where (z.a16 and round(z.x16, 12) is not null)) over (partition by z."s_class"))::numeric as c16
  from stage12 z),
stage14 as (
  select z.*, y.k15, y.c15, y.k16, y.t16, y.c16
  from stage12 z join stage13 y on y.id = z.id),
stage15 as (
  select z.*,
    round(round(case when z.k15 is not null then coalesce(($33::numeric[])[z.k15::int], $34::numeric) end, 12), 2) as r15,
    round(round($24::numeric - $29::numeric * ((z.k16 + (z.t16 - 1) * 0.5) - 1), 12), 2) as r16
  from stage14 z offset 0),
stage16 as materialized (
  select z.id,
    (count(*) filter (where z.a15 and coalesce((z."s_staff" > $30::bigint), false) and z.r15 is not null) over (partition by z."s_parent"))::numeric as n15,
    sum(least(greatest(z.r15, $22::numeric), $24::numeric)) filter (where z.a15 and coalesce((z."s_staff" > $30::bigint), false) and z.r15 is not null) over (partition by z."s_parent") as q15,
    (count(*) filter (where z.a16 and z.r16 is not null) over (partition by z."s_class"))::numeric as n16,
    sum(least(greatest(z.r16, $22::numeric), $24::numeric)) filter (where z.a16 and z.r16 is not null) over (partition by z."s_class") as q16
  from stage15 z),
stage17 as (
  select z.*, y.n15, y.q15, y.n16, y.q16
  from stage15 z join stage16 y on y.id = z.id),
stage18 as (
  select z.*,
    case when not z.a15 then null when z.r15 is not null then least(greatest(z.r15, $22::numeric), $24::numeric) else case when z.n15 > 0 then least(greatest(round(round((div((z.q15) * 1e30, nullif(z.n15, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p15,
    case when not z.a16 then null when z.r16 is not null then least(greatest(z.r16, $22::numeric), $24::numeric) else case when z.n16 > 0 then least(greatest(round(round((div((z.q16) * 1e30, nullif(z.n16, 0)) * 1e-30), 12), 2), $22::numeric), $24::numeric) else 0 end end as p16
  from stage17 z offset 0),
stage19 as (
  select z.*,
    coalesce((z."s_class" = $21::text), false) as block_a1,
    coalesce((round(z.m0, 12) > $35::bigint), false) as block_z1
  from stage18 z offset 0),
stage20 as (
  select z.*,
    case when not z.block_a1 then 0 when z.block_z1 then 0 else ($22::numeric + (coalesce(z.p9, 0) + coalesce(z.p10, 0) + coalesce(z.p11, 0) + coalesce(z.p12, 0) + coalesce(z.p13, 0) + coalesce(z.p14, 0) + coalesce(z.p15, 0) + coalesce(z.p16, 0))) * $29::numeric end as block_b1,
    case when not z.block_a1 then 0 else ($22::numeric + (case when z.a9 then $24::numeric else 0 end + case when z.a10 then $24::numeric else 0 end + case when z.a11 then $24::numeric else 0 end + case when z.a12 then $24::numeric else 0 end + case when z.a13 then $24::numeric else 0 end + case when z.a14 then $24::numeric else 0 end + case when z.a15 then $24::numeric else 0 end + case when z.a16 then $24::numeric else 0 end)) * $29::numeric end as block_w1
  from stage19 z offset 0),
stage21 as (
  select z.*,
    (case when z.block_w0 <> 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w1 <> 0 then coalesce(z.block_b1, 0) else 0 end) as block_s2,
    (case when z.block_w0 = 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w1 = 0 then coalesce(z.block_b1, 0) else 0 end) as block_q2,
    (z.block_w0 + z.block_w1) as block_f2,
    (case when z.block_b0 is not null then z.block_w0 else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end) as block_t2
  from stage20 z offset 0),
stage22 as (
  select z.*,
    case when z.block_f2 = z.block_t2 then $22::numeric + z.block_s2 + z.block_q2 when z.block_t2 = 0 then null else $22::numeric + (div((z.block_s2 * z.block_f2) * 1e30, nullif(z.block_t2, 0)) * 1e-30) + z.block_q2 end as block_u2
  from stage21 z offset 0),
stage23 as (
  select z.*,
    case when z.block_u2 is not null then greatest(round(round(z.block_u2 + least(greatest((coalesce(z.p17, 0)), $22::numeric), $25::numeric) - least(greatest((coalesce(z.p18, 0)), $36::numeric), $26::numeric), 12), 2), $22::numeric) end as raw_total
  from stage22 z offset 0),
stage24 as (
  select z.*,
    coalesce((round(z.m0, 12) > $35::bigint), false) as veto0,
    coalesce((round(z.m0, 12) > $37::bigint), false) as veto1
  from stage23 z offset 0),
stage25 as (
  select z.*,
    case when z.raw_total is null then null when z.veto1 then 0 else z.raw_total end as total
  from stage24 z offset 0),
stage26 as (
  select z.*,
    case when z.total is not null then case when z.total >= $38::numeric then 1 when z.total >= $39::numeric then 2 else 3 end end as grade0
  from stage25 z offset 0),
stage27 as (
  select z.*,
    case when z.grade0 = 1 and not (count(*) filter (where z.total is not null) over (partition by z."s_class") < $40::numeric) and count(*) over (partition by z."s_class", z.grade0 = 1 order by z.total desc, round(z.block_b0, 12) desc nulls last, z.p7 asc nulls last) > floor(round((div((count(*) filter (where z.total is not null) over (partition by z."s_class") * case z."s_class" when $21::text then $41::numeric else $42::numeric end) * 1e30, nullif(100, 0)) * 1e-30), 12)) then case when z.total >= $39::numeric then 2 else 3 end else z.grade0 end as grade1
  from stage26 z offset 0),
stage28 as (
  select z.*,
    case when z.grade1 = 2 and (count(*) filter (where z.total is not null) over (partition by z."s_parent") < $43::numeric or rank() over (partition by z."s_parent", z.grade1 = 2 order by z.total desc, round(z.block_b0, 12) desc nulls last, z.p7 asc nulls last) > $25::numeric) then 3 else z.grade1 end as grade2
  from stage27 z offset 0),
stage29 as (
  select z.*,
    z.grade2 as grade_no,
    case when (true and z.total is not null) then (dense_rank() over (partition by z."s_class", (true and z.total is not null) order by z.total desc, round(z.block_b0, 12) desc nulls last, z.p7 asc nulls last))::numeric end as place
  from stage28 z offset 0),
stage30 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null') as m1t,
    coalesce('"' || trim_scale(round(z.m1n, 12))::text || '"', 'null') as m1nt,
    coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null') as m0t
  from stage29 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.total)::text as total, ($44::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $45::text end, case when z.veto1 then $46::text end], null)) as vetoes,
  format($47::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($48::text, coalesce('"' || trim_scale(z.p4)::text || '"', 'null'), z.m1t, z.m1nt, z.m1d, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(z.n4)::text || '"', 'null'), coalesce('"' || trim_scale(z.q4)::text || '"', 'null'), case when z.e4 is not null then '"exempt-' || z.e4 || '"' when z.r4 is null then '"peer-mean"' else 'null' end),
    format($49::text, coalesce('"' || trim_scale(z.p5)::text || '"', 'null'), z.m1t, z.m1nt, z.m1d, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(z.n5)::text || '"', 'null'), coalesce('"' || trim_scale(z.q5)::text || '"', 'null'), case when z.e5 is not null then '"exempt-' || z.e5 || '"' when z.r5 is null then '"peer-mean"' else 'null' end),
    format($50::text, coalesce('"' || trim_scale(z.p7)::text || '"', 'null'), z.m0t, coalesce(to_json(z."s_open")::text, 'null'), coalesce('"' || trim_scale(z."s_share"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(z.n7)::text || '"', 'null'), coalesce('"' || trim_scale(z.q7)::text || '"', 'null'), case when z.e7 is not null then '"exempt-' || z.e7 || '"' when z.r7 is null then '"peer-mean"' else 'null' end),
    format($51::text, coalesce('"' || trim_scale(z.p8)::text || '"', 'null'), z.m0t, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(z.n8)::text || '"', 'null'), coalesce('"' || trim_scale(z.q8)::text || '"', 'null'), case when z.e8 is not null then '"exempt-' || z.e8 || '"' when z.r8 is null then '"peer-mean"' else 'null' end),
    case when z.a9 then format($52::text, trim_scale(z.p9), z.m0t, coalesce(to_json(z."s_class")::text, 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.o9, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c9, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n9)::text || '"', 'null'), coalesce('"' || trim_scale(z.q9)::text || '"', 'null'), case when z.r9 is null then '"peer-mean"' else 'null' end) end,
    case when z.a10 then format($53::text, trim_scale(z.p10), z.m0t, coalesce(to_json(z."s_class")::text, 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.o10, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c10, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n10)::text || '"', 'null'), coalesce('"' || trim_scale(z.q10)::text || '"', 'null'), case when z.r10 is null then '"peer-mean"' else 'null' end) end,
    case when z.a11 then format($54::text, trim_scale(z.p11), z.m1t, z.m1nt, z.m1d, coalesce(to_json(z."s_class")::text, 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.o11, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c11, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n11)::text || '"', 'null'), coalesce('"' || trim_scale(z.q11)::text || '"', 'null'), case when z.r11 is null then '"peer-mean"' else 'null' end) end,
    case when z.a12 then format($55::text, trim_scale(z.p12), z.m1t, z.m1nt, z.m1d, coalesce(to_json(z."s_class")::text, 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.o12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n12)::text || '"', 'null'), coalesce('"' || trim_scale(z.q12)::text || '"', 'null'), case when z.r12 is null then '"peer-mean"' else 'null' end) end,
    case when z.a13 then format($56::text, trim_scale(z.p13), z.m1t, z.m1nt, z.m1d, coalesce(to_json(z."s_class")::text, 'null'), coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.o13, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c13, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n13)::text || '"', 'null'), coalesce('"' || trim_scale(z.q13)::text || '"', 'null'), case when z.r13 is null then '"peer-mean"' else 'null' end) end,
    case when z.a14 then format($57::text, trim_scale(z.p14), z.m0t, coalesce(to_json(z."s_class")::text, 'null'), coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c14, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k14, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.g14, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.h14, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round((div((z.o14) * 1e30, nullif(z.c14, 0)) * 1e-30), 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n14)::text || '"', 'null'), coalesce('"' || trim_scale(z.q14)::text || '"', 'null'), case when z.r14 is null then '"peer-mean"' else 'null' end) end,
    case when z.a15 then format($58::text, trim_scale(z.p15), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p7::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x15, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k15, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c15, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n15)::text || '"', 'null'), coalesce('"' || trim_scale(z.q15)::text || '"', 'null'), case when z.r15 is null then '"peer-mean"' else 'null' end) end,
    case when z.a16 then format($59::text, trim_scale(z.p16), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p12::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x16, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k16, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.t16, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c16, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n16)::text || '"', 'null'), coalesce('"' || trim_scale(z.q16)::text || '"', 'null'), case when z.r16 is null then '"peer-mean"' else 'null' end) end), '')) || ']') as items
from stage30 z
order by z.id::text collate "C";
-- $1 = "{\"u1\"}"
-- $2 = "{NULL}"
-- $3 = "{NULL}"
-- $4 = "{NULL}"
-- $5 = "{NULL}"
-- $6 = "{NULL}"
-- $7 = "{NULL}"
-- $8 = "{NULL}"
-- $9 = "{NULL}"
-- $10 = "{NULL}"
-- $11 = "{NULL}"
-- $12 = "{NULL}"
-- $13 = "{NULL}"
-- $14 = "{NULL}"
-- $15 = "{NULL}"
-- $16 = "{NULL}"
-- $17 = "{NULL}"
-- $18 = "{NULL}"
-- $19 = "{NULL}"
-- $20 = "{NULL}"
-- $21 = "甲"
-- $22 = "0"
-- $23 = "100"
-- $24 = "10"
-- $25 = "5"
-- $26 = "12"
-- $27 = "1"
-- $28 = "1.5"
-- $29 = "0.5"
-- $30 = "2"
-- $31 = "0.4"
-- $32 = "0.6"
-- $33 = ["10","9"]
-- $34 = "8"
-- $35 = "9"
-- $36 = "-2"
-- $37 = "99"
-- $38 = "90"
-- $39 = "60"
-- $40 = "3"
-- $41 = "50"
-- $42 = "30"
-- $43 = "2"
-- $44 = ["好","中","差"]
-- $45 = "some"
-- $46 = "every"
-- $47 = "{\"one\":%s,\"two\":%s}"
-- $48 = "{\"id\":\"clamped\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"hours.numerator\":%s,\"hours.denominator\":\"%s\",\"subject.open\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $49 = "{\"id\":\"extended\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"hours.numerator\":%s,\"hours.denominator\":\"%s\",\"subject.open\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $50 = "{\"id\":\"due\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"n\":%s,\"subject.open\":%s,\"subject.share\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $51 = "{\"id\":\"due_whole\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"n\":%s,\"subject.open\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $52 = "{\"id\":\"best_high\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"n\":%s,\"subject.class\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"best\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $53 = "{\"id\":\"best_low\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"n\":%s,\"subject.class\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"best\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $54 = "{\"id\":\"best_missing\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"hours\":%s,\"hours.numerator\":%s,\"hours.denominator\":\"%s\",\"subject.class\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"best\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $55 = "{\"id\":\"mean_ratio\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"hours\":%s,\"hours.numerator\":%s,\"hours.denominator\":\"%s\",\"subject.class\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"peersSum\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $56 = "{\"id\":\"mean_difference\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"hours\":%s,\"hours.numerator\":%s,\"hours.denominator\":\"%s\",\"subject.class\":%s,\"subject.open\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"peersSum\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $57 = "{\"id\":\"peers_given\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"n\":%s,\"subject.class\":%s,\"subject.open\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"peers.count\":%s,\"peers.place\":%s,\"peers.max\":%s,\"peers.min\":%s,\"peers.mean\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $58 = "{\"id\":\"weighted\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"subject.class\":%s,\"items.steps\":%s,\"items.due\":%s,\"subject.parent\":%s,\"subject.staff\":%s,\"x\":%s,\"place\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $59 = "{\"id\":\"of_blocks\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"subject.class\":%s,\"blocks.one\":%s,\"items.mean_ratio\":%s,\"x\":%s,\"place\":%s,\"equals\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
