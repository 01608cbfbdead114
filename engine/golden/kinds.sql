-- run
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent, q."c_staff" as "s_staff", q."c_share" as "s_share", q."c_class" as "s_class", q."c_parent" as "s_parent", q."c_open" as "s_open", q."c_id" as "s_id" from (select r.id as s, r.id as rid, null::date as day, r.id as "c_id", r.name as "c_name", r.class as "c_class", r.parent as "c_parent", r.staff as "c_staff", r.open as "c_open", r.share as "c_share", r.share as "c_share" from (select * from unit where tenant_id = $1::int) r) q where q."c_open"),
facts1 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $2::text)))::numeric as m0n, (count(distinct q."c_case_key"))::numeric as m1n, (count(*) filter (where (q."c_kind" = $3::text) and q."c_ok"))::numeric as m2n, (count(*) filter (where (q."c_kind" = $3::text)))::numeric as m2d, (count(*) filter (where (q."c_kind" = $4::text)))::numeric as m4n, (count(*) filter (where (q."c_kind" = $5::text)))::numeric as m8n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $6::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $7::date and $8::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $7::date and $8::date) q where q.s is not null group by q.s),
facts2 as materialized (
  select g.id, sum(g.m3) as m3n from (select q.s as id, max(((case (q."c_kind" = $4::text) when true then $9::numeric when false then (case (q."c_kind" = $10::text) when true then $11::numeric when false then $12::numeric end) end))::numeric) as m3 from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $6::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $7::date and $8::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $7::date and $8::date) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts3 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $2::text)))::numeric as m5n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $6::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $7::date and $8::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $13::date and $14::date) q where q.s is not null and (q."c_kind" = $2::text) group by q.s),
facts4 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $15::text)))::numeric as m6n, (count(q."c_value") filter (where (q."c_item" = $15::text)))::numeric as m6d, (sum(q."c_value") filter (where (q."c_item" = $16::text)))::numeric as m7n, (count(q."c_value") filter (where (q."c_item" = $16::text)))::numeric as m7d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $7::date and $8::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $7::date and $8::date) q where q.s is not null and ((q."c_item" = $15::text) or (q."c_item" = $16::text)) group by q.s),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    (div((coalesce(facts1.m1n, 0) * 100) * 1e30, nullif(coalesce(facts1.m0n, 0), 0)) * 1e-30) as m1,
    coalesce(facts1.m1n, 0) as m1n,
    coalesce(facts1.m0n, 0) as m1d,
    (div((coalesce(facts1.m2n, 0) * 100) * 1e30, nullif(coalesce(facts1.m2d, 0), 0)) * 1e-30) as m2,
    coalesce(facts1.m2n, 0) as m2n,
    coalesce(facts1.m2d, 0) as m2d,
    coalesce(facts1.m4n, 0) as m4,
    coalesce(facts1.m8n, 0) as m8,
    coalesce(facts2.m3n, 0) as m3,
    coalesce(facts3.m5n, 0) as m5,
    (div((facts4.m6n) * 1e30, nullif(coalesce(facts4.m6d, 0), 0)) * 1e-30) as m6,
    facts4.m6n as m6n,
    coalesce(facts4.m6d, 0) as m6d,
    (div((facts4.m7n) * 1e30, nullif(coalesce(facts4.m7d, 0), 0)) * 1e-30) as m7,
    facts4.m7n as m7n,
    coalesce(facts4.m7d, 0) as m7d
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id
  left join facts4 on facts4.id = population.id),
stage1 as (
  select z.*,
    coalesce((round(z.m0, 12) = $17::bigint), false) as v3,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e6,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e7,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e8,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e9,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e10,
    coalesce((z."s_class" = $18::text), false) as a13,
    case when (z."s_staff" < $19::bigint) then 'full' end as e13
  from base z offset 0),
stage2 as materialized (
  select z.id,
    case when (true and round(z.m1, 12) is not null) then (rank() over (partition by z."s_class", (true and round(z.m1, 12) is not null) order by round(z.m1, 12) desc))::numeric end as k5,
    case when (true and round(z.m1, 12) is not null) then (count(*) over (partition by z."s_class", (true and round(z.m1, 12) is not null), round(z.m1, 12)))::numeric end as t5,
    (count(*) filter (where (true and round(z.m1, 12) is not null)) over (partition by z."s_class"))::numeric as c5,
    case when (true and z.e8 is null and coalesce(z."s_open", false) and round(z.m0, 12) is not null) then max(z.m0) filter (where (true and z.e8 is null and coalesce(z."s_open", false) and round(z.m0, 12) is not null)) over (partition by z."s_parent") end as o8,
    (count(*) filter (where (true and z.e8 is null and coalesce(z."s_open", false) and round(z.m0, 12) is not null)) over (partition by z."s_parent"))::numeric as c8,
    case when (true and z.e9 is null and round(z.m0, 12) is not null) then sum(z.m0) filter (where (true and z.e9 is null and round(z.m0, 12) is not null)) over () - z.m0 end as o9,
    case when (true and z.e9 is null and round(z.m0, 12) is not null) then (count(*) filter (where (true and z.e9 is null and round(z.m0, 12) is not null)) over () - 1)::numeric end as c9,
    case when (true and z.e10 is null and round(z.m0, 12) is not null) then sum(z.m0) filter (where (true and z.e10 is null and round(z.m0, 12) is not null)) over (partition by z."s_class") end as o10,
    case when (true and z.e10 is null and round(z.m0, 12) is not null) then (count(*) filter (where (true and z.e10 is null and round(z.m0, 12) is not null)) over (partition by z."s_class"))::numeric end as c10
  from stage1 z),
stage3 as (
  select z.*, y.k5, y.t5, y.c5, y.o8, y.c8, y.o9, y.c9, y.o10, y.c10
  from stage1 z join stage2 y on y.id = z.id),
stage4 as (
  select z.*,
    round(round($20::numeric * case when round((div((z.m0) * 1e30, nullif((((z."s_staff"::numeric * $21::numeric) * (case (z."s_share" is not null) when true then z."s_share" when false then $9::numeric end)))::numeric, 0)) * 1e-30), 12) > $9::numeric then $9::numeric else (div((z.m0) * 1e30, nullif((((z."s_staff"::numeric * $21::numeric) * (case (z."s_share" is not null) when true then z."s_share" when false then $9::numeric end)))::numeric, 0)) * 1e-30) end, 12), 2) as r0,
    round(round(case when z.m2 is null then null when round(z.m2, 12) >= round($22::numeric, 12) then $20::numeric when round(z.m2, 12) >= round($23::numeric, 12) then $11::numeric else $12::numeric end, 12), 2) as r1,
    round(round(case when round(((($24::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $9::numeric end)))::numeric - z.m2), 12) <= 0 then $20::numeric when round(((($24::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $9::numeric end)))::numeric - z.m2), 12) > 0 then $20::numeric - $25::numeric * ceil(round((div((((($24::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $9::numeric end)))::numeric - z.m2)) * 1e30, nullif($9::numeric, 0)) * 1e-30), 12)) end, 12), 2) as r2,
    round(round(case when (round(z.m0, 12) > round(z.m5, 12)) then $26::numeric when not (round(z.m0, 12) > round(z.m5, 12)) then 0 end, 12), 2) as r3,
    round(round(case when coalesce((round(z.m0, 12) > $19::bigint), (round(z.m0, 12) > $27::bigint)) is not null then greatest(case when (round(z.m0, 12) > $19::bigint) then $20::numeric else 0 end, case when (round(z.m0, 12) > $27::bigint) then $28::numeric else 0 end) end, 12), 2) as r4,
    round(round((div(((($29::numeric[])[least((z.k5 + z.t5 - 1), 2)::int + 1] + greatest((z.k5 + z.t5 - 1) - 2, 0) * $26::numeric) - (($29::numeric[])[least((z.k5 - 1), 2)::int + 1] + greatest((z.k5 - 1) - 2, 0) * $26::numeric)) * 1e30, nullif(z.t5, 0)) * 1e-30), 12), 2) as r5,
    round(round(case when z.m4 is null then null when greatest(floor(round(z.m4, 12)), 0) > 1 then 0 else $21::numeric - (($30::numeric[])[least(greatest(floor(round(z.m4, 12)), 0), 1)::int + 1]) end, 12), 2) as r6,
    round(round(case when round(z.m6, 12) < $31::numeric then $12::numeric when round(z.m6, 12) > $32::numeric then $20::numeric else $12::numeric + (div(((z.m6 - $31::numeric) * ($20::numeric - $12::numeric)) * 1e30, nullif($32::numeric - $31::numeric, 0)) * 1e-30) end, 12), 2) as r7,
    round(round(case when round(z.o8, 12) = 0 and round(z.m0, 12) = 0 then $20::numeric when round(z.o8, 12) > 0 then $20::numeric * (div((z.m0) * 1e30, nullif(z.o8, 0)) * 1e-30) end, 12), 2) as r8,
    round(round(case when round((div((z.o9) * 1e30, nullif(z.c9, 0)) * 1e-30), 12) > 0 then $20::numeric * case when round((div((z.m0) * 1e30, nullif((div((z.o9) * 1e30, nullif(z.c9, 0)) * 1e-30), 0)) * 1e-30), 12) > $9::numeric then $9::numeric else (div((z.m0) * 1e30, nullif((div((z.o9) * 1e30, nullif(z.c9, 0)) * 1e-30), 0)) * 1e-30) end end, 12), 2) as r9,
    round(round($11::numeric + $25::numeric * (z.m0 - (div((z.o10) * 1e30, nullif(z.c10, 0)) * 1e-30)), 12), 2) as r10,
    round(round($9::numeric * z.m7 + $12::numeric, 12), 2) as r13,
    round(round($26::numeric * z.m8, 12), 2) as r14,
    round(round($9::numeric * z.m3, 12), 2) as r15
  from stage3 z offset 0),
stage5 as materialized (
  select z.id,
    (count(*) filter (where true and z.r2 is not null) over (partition by z."s_class"))::numeric as n2,
    sum(least(greatest(z.r2, $12::numeric), $20::numeric)) filter (where true and z.r2 is not null) over (partition by z."s_class") as q2
  from stage4 z),
stage6 as (
  select z.*, y.n2, y.q2
  from stage4 z join stage5 y on y.id = z.id),
stage7 as (
  select z.*,
    case when z.r0 is not null then least(greatest(z.r0, $12::numeric), $20::numeric) else 0 end as p0,
    case when z.r1 is not null then least(greatest(z.r1, $12::numeric), $20::numeric) else null end as p1,
    case when z.r2 is not null then least(greatest(z.r2, $12::numeric), $20::numeric) else case when z.n2 > 0 then least(greatest(round(round((div((z.q2) * 1e30, nullif(z.n2, 0)) * 1e-30), 12), 2), $12::numeric), $20::numeric) else 0 end end as p2,
    case when z.v3 then 0 when z.r3 is not null then least(greatest(z.r3, $12::numeric), $26::numeric) else 0 end as p3,
    case when z.r4 is not null then least(greatest(z.r4, $12::numeric), $20::numeric) else 0 end as p4,
    case when z.r5 is not null then least(greatest(z.r5, $12::numeric), $20::numeric) else 0 end as p5,
    case when z.e6 = 'full' then $21::numeric when z.e6 = 'exclude' then null when z.r6 is not null then least(greatest(z.r6, $12::numeric), $21::numeric) else 0 end as p6,
    case when z.e7 = 'full' then $20::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(greatest(z.r7, $12::numeric), $20::numeric) else 0 end as p7,
    case when z.e8 = 'full' then $20::numeric when z.e8 = 'exclude' then null when z.r8 is not null then least(greatest(z.r8, $12::numeric), $20::numeric) else 0 end as p8,
    case when z.e9 = 'full' then $20::numeric when z.e9 = 'exclude' then null when z.r9 is not null then least(greatest(z.r9, $12::numeric), $20::numeric) else 0 end as p9,
    case when z.e10 = 'full' then $20::numeric when z.e10 = 'exclude' then null when z.r10 is not null then least(greatest(z.r10, $12::numeric), $20::numeric) else 0 end as p10,
    case when not z.a13 then null when z.e13 = 'full' then $20::numeric when z.e13 = 'exclude' then null when z.r13 is not null then least(greatest(z.r13, $12::numeric), $20::numeric) else case when z.m7 is null then 0 else least(greatest(round(round(z.m7, 12), 2), $12::numeric), $20::numeric) end end as p13,
    case when z.r14 is not null then greatest(z.r14, $12::numeric) else 0 end as p14,
    case when z.r15 is not null then greatest(z.r15, $12::numeric) else 0 end as p15
  from stage6 z offset 0),
stage8 as (
  select z.*,
    (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0) + coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0)) as block_s0,
    (0::numeric) as block_q0,
    ($20::numeric + $20::numeric + $20::numeric + $26::numeric + $20::numeric + $20::numeric) as block_f0,
    (case when z.p0 is not null then $20::numeric else 0 end + case when z.p1 is not null then $20::numeric else 0 end + case when z.p2 is not null then $20::numeric else 0 end + case when z.p3 is not null then $26::numeric else 0 end + case when z.p4 is not null then $20::numeric else 0 end + case when z.p5 is not null then $20::numeric else 0 end) as block_t0
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $12::numeric + z.block_s0 + z.block_q0 when z.block_t0 = 0 then null else $12::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) + z.block_q0 end as block_u0
  from stage8 z offset 0),
stage10 as (
  select z.*,
    case when z.block_u0 is not null then z.block_u0 * $33::numeric end as block_b0,
    ($12::numeric + z.block_f0) * $33::numeric as block_w0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e11,
    (((z.p5 * $33::numeric) + (z.block_b0 * $34::numeric)))::numeric as x11,
    coalesce((z."s_class" = $18::text), false) as a12,
    ((z.p0 + z.p1))::numeric as x12
  from stage10 z offset 0),
stage12 as materialized (
  select z.id,
    case when (true and z.e11 is null and round(z.x11, 12) is not null) then (rank() over (partition by (case (z."s_id" = any($35::text[])) when true then $36::text when false then $37::text end), (true and z.e11 is null and round(z.x11, 12) is not null) order by round(z.x11, 12) desc))::numeric end as k11,
    (count(*) filter (where (true and z.e11 is null and round(z.x11, 12) is not null)) over (partition by (case (z."s_id" = any($35::text[])) when true then $36::text when false then $37::text end)))::numeric as c11,
    case when (z.a12 and round(z.x12, 12) is not null) then (rank() over (partition by (z.a12 and round(z.x12, 12) is not null) order by round(z.x12, 12) desc))::numeric end as k12,
    (count(*) filter (where (z.a12 and round(z.x12, 12) is not null)) over ())::numeric as c12
  from stage11 z),
stage13 as (
  select z.*, y.k11, y.c11, y.k12, y.c12
  from stage11 z join stage12 y on y.id = z.id),
stage14 as (
  select z.*,
    round(round($26::numeric - $9::numeric * (z.k11 - 1), 12), 2) as r11,
    round(round($20::numeric - $25::numeric * (z.k12 - 1), 12), 2) as r12
  from stage13 z offset 0),
stage15 as (
  select z.*,
    case when z.e11 = 'full' then $26::numeric when z.e11 = 'exclude' then null when z.r11 is not null then least(greatest(z.r11, $12::numeric), $26::numeric) else 0 end as p11,
    case when not z.a12 then null when z.r12 is not null then least(greatest(z.r12, $12::numeric), $20::numeric) else 0 end as p12
  from stage14 z offset 0),
stage16 as (
  select z.*,
    coalesce((z."s_staff" is not null), false) as block_a1,
    coalesce((z."s_class" = $18::text), false) as block_a2,
    coalesce((round(z.m0, 12) = $17::bigint), false) as block_z2
  from stage15 z offset 0),
stage17 as (
  select z.*,
    (coalesce(z.p6, 0) + coalesce(z.p7, 0) + coalesce(z.p8, 0) + coalesce(z.p9, 0) + coalesce(z.p10, 0) + coalesce(z.p11, 0)) as block_s1,
    (0::numeric) as block_q1,
    ($21::numeric + $20::numeric + $20::numeric + $20::numeric + $20::numeric + $26::numeric) as block_f1,
    (case when z.p6 is not null then $21::numeric else 0 end + case when z.p7 is not null then $20::numeric else 0 end + case when z.p8 is not null then $20::numeric else 0 end + case when z.p9 is not null then $20::numeric else 0 end + case when z.p10 is not null then $20::numeric else 0 end + case when z.p11 is not null then $26::numeric else 0 end) as block_t1
  from stage16 z offset 0),
stage18 as (
  select z.*,
    case when z.block_f1 = z.block_t1 then $12::numeric + z.block_s1 + z.block_q1 when z.block_t1 = 0 then null else $12::numeric + (div((z.block_s1 * z.block_f1) * 1e30, nullif(z.block_t1, 0)) * 1e-30) + z.block_q1 end as block_u1
  from stage17 z offset 0),
stage19 as (
  select z.*,
    case when not z.block_a1 then null else case when z.block_u1 is not null then z.block_u1 * $38::numeric end end as block_b1,
    ($12::numeric + z.block_f1) * $38::numeric as block_w1,
    case when not z.block_a2 then 0 when z.block_z2 then 0 else ($12::numeric + (coalesce(z.p12, 0) + coalesce(z.p13, 0))) * $34::numeric end as block_b2,
    case when not z.block_a2 then 0 else ($12::numeric + (case when z.a12 then $20::numeric else 0 end + case when z.a13 then $20::numeric else 0 end)) * $34::numeric end as block_w2
  from stage18 z offset 0),
stage20 as (
  select z.*,
    (case when z.block_w0 <> 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w1 <> 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 <> 0 then coalesce(z.block_b2, 0) else 0 end) as block_s3,
    (case when z.block_w0 = 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w1 = 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 = 0 then coalesce(z.block_b2, 0) else 0 end) as block_q3,
    (z.block_w0 + z.block_w1 + z.block_w2) as block_f3,
    (case when z.block_b0 is not null then z.block_w0 else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end + case when z.block_b2 is not null then z.block_w2 else 0 end) as block_t3
  from stage19 z offset 0),
stage21 as (
  select z.*,
    case when z.block_f3 = z.block_t3 then $12::numeric + z.block_s3 + z.block_q3 when z.block_t3 = 0 then null else $12::numeric + (div((z.block_s3 * z.block_f3) * 1e30, nullif(z.block_t3, 0)) * 1e-30) + z.block_q3 end as block_u3
  from stage20 z offset 0),
stage22 as (
  select z.*,
    case when z.block_u3 is not null then greatest(round(round(z.block_u3 + least(greatest((coalesce(z.p14, 0)), $12::numeric), $26::numeric) - (coalesce(z.p15, 0)), 12), 2), $12::numeric) end as raw_total
  from stage21 z offset 0),
stage23 as (
  select z.*,
    coalesce((round(z.m3, 12) >= $39::bigint), false) as veto0,
    coalesce((round(z.m0, 12) = $17::bigint), false) as veto1
  from stage22 z offset 0),
stage24 as (
  select z.*,
    case when z.raw_total is not null then case when greatest(1, case when z.veto0 then 3 end) <= 1 and z.raw_total >= $22::numeric then 1 when greatest(1, case when z.veto0 then 3 end) <= 2 and z.raw_total >= $23::numeric then 2 else 3 end end as grade0
  from stage23 z offset 0),
stage25 as (
  select z.*,
    case when z.grade0 = 1 and not (count(*) filter (where z.raw_total is not null) over () < $26::numeric) and count(*) over (partition by z.grade0 = 1 order by z.raw_total desc, round(z.block_b0, 12) desc nulls last, z.p15 asc nulls last) > floor(round((div((count(*) filter (where z.raw_total is not null) over () * $40::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12)) then case when z.raw_total >= $23::numeric then 2 else 3 end else z.grade0 end as grade1
  from stage24 z offset 0),
stage26 as (
  select z.*,
    z.grade1 as grade_no,
    case when (true and z.raw_total is not null) then (rank() over (partition by z."s_class", (true and z.raw_total is not null) order by z.raw_total desc, round(z.block_b0, 12) desc nulls last, z.p15 asc nulls last))::numeric end as place
  from stage25 z offset 0),
stage27 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null') as m2t,
    coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null') as m1t,
    coalesce('"' || trim_scale(round(z.m1d, 12))::text || '"', 'null') as m1dt,
    coalesce('"' || trim_scale(round(z.m6, 12))::text || '"', 'null') as m6t,
    coalesce('"' || trim_scale(round(z.m6n, 12))::text || '"', 'null') as m6nt,
    coalesce('"' || trim_scale(round(z.m7, 12))::text || '"', 'null') as m7t,
    coalesce('"' || trim_scale(round(z.m7n, 12))::text || '"', 'null') as m7nt,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t
  from stage26 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.raw_total)::text as total, ($41::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $42::text end, case when z.veto1 then $43::text end], null)) as vetoes,
  format($44::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b2, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($45::text, trim_scale(z.p0), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(z."s_share"::numeric)::text || '"', 'null'), case when z.r0 is null then '"zero"' else 'null' end),
    format($46::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), z.m2t, z.m2n, z.m2d, case when z.r1 is null then '"exclude"' else 'null' end),
    format($47::text, trim_scale(z.p2), z.m2t, z.m2n, z.m2d, coalesce('"' || trim_scale(z."s_share"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z.n2)::text || '"', 'null'), coalesce('"' || trim_scale(z.q2)::text || '"', 'null'), case when z.r2 is null then '"peer-mean"' else 'null' end),
    format($48::text, trim_scale(z.p3), z.m0, z.m5, case when z.v3 then '"veto"' when z.r3 is null then '"zero"' else 'null' end),
    format($49::text, trim_scale(z.p4), z.m0, case when z.r4 is null then '"zero"' else 'null' end),
    format($50::text, trim_scale(z.p5), z.m1t, z.m1n, z.m1dt, z.m0, coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.t5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), case when z.r5 is null then '"zero"' else 'null' end),
    format($51::text, coalesce('"' || trim_scale(z.p6)::text || '"', 'null'), z.m4, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e6 is not null then '"exempt-' || z.e6 || '"' when z.r6 is null then '"zero"' else 'null' end),
    format($52::text, coalesce('"' || trim_scale(z.p7)::text || '"', 'null'), z.m6t, z.m6nt, z.m6d, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e7 is not null then '"exempt-' || z.e7 || '"' when z.r7 is null then '"zero"' else 'null' end),
    format($53::text, coalesce('"' || trim_scale(z.p8)::text || '"', 'null'), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce(to_json(z."s_open")::text, 'null'), coalesce('"' || trim_scale(round(z.o8, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c8, 12))::text || '"', 'null'), case when z.e8 is not null then '"exempt-' || z.e8 || '"' when z.r8 is null then '"zero"' else 'null' end),
    format($54::text, coalesce('"' || trim_scale(z.p9)::text || '"', 'null'), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.o9, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c9, 12))::text || '"', 'null'), case when z.e9 is not null then '"exempt-' || z.e9 || '"' when z.r9 is null then '"zero"' else 'null' end),
    format($55::text, coalesce('"' || trim_scale(z.p10)::text || '"', 'null'), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.o10, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c10, 12))::text || '"', 'null'), case when z.e10 is not null then '"exempt-' || z.e10 || '"' when z.r10 is null then '"zero"' else 'null' end),
    format($56::text, coalesce('"' || trim_scale(z.p11)::text || '"', 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p5::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_id")::text, 'null'), coalesce('"' || trim_scale(round(z.x11, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k11, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c11, 12))::text || '"', 'null'), case when z.e11 is not null then '"exempt-' || z.e11 || '"' when z.r11 is null then '"zero"' else 'null' end),
    case when z.a12 then format($57::text, trim_scale(z.p12), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p1::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c12, 12))::text || '"', 'null'), case when z.r12 is null then '"zero"' else 'null' end) end,
    case when z.a13 then format($58::text, trim_scale(z.p13), z.m7t, z.m7nt, z.m7d, coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e13 is not null then '"exempt-' || z.e13 || '"' when z.r13 is null then '"manual"' else 'null' end) end,
    format($59::text, coalesce('"' || trim_scale(z.p14)::text || '"', 'null'), z.m8, case when z.r14 is null then '"zero"' else 'null' end),
    format($60::text, coalesce('"' || trim_scale(z.p15)::text || '"', 'null'), z.m3t, case when z.r15 is null then '"zero"' else 'null' end)), '')) || ']') as items
from stage27 z
order by z.id::text collate "C";
-- $1 = 1
-- $2 = "会"
-- $3 = "件"
-- $4 = "诫勉"
-- $5 = "表扬"
-- $6 = "2025-01-01T00:00:00Z"
-- $7 = "2024-01-01"
-- $8 = "2024-12-31"
-- $9 = "1"
-- $10 = "移送"
-- $11 = "8"
-- $12 = "0"
-- $13 = "2023-01-01"
-- $14 = "2023-12-31"
-- $15 = "outside"
-- $16 = "manual"
-- $17 = "0"
-- $18 = "甲"
-- $19 = "3"
-- $20 = "10"
-- $21 = "2"
-- $22 = "90"
-- $23 = "80"
-- $24 = "99"
-- $25 = "0.5"
-- $26 = "5"
-- $27 = "1"
-- $28 = "4"
-- $29 = ["0","10","18"]
-- $30 = ["0","0.5"]
-- $31 = "60"
-- $32 = "100"
-- $33 = "0.6"
-- $34 = "0.4"
-- $35 = ["u1"]
-- $36 = "重点"
-- $37 = "一般"
-- $38 = "0.2"
-- $39 = "8"
-- $40 = "30"
-- $41 = ["好","较好","一般"]
-- $42 = "handed"
-- $43 = "absent"
-- $44 = "{\"common\":%s,\"compared\":%s,\"own\":%s}"
-- $45 = "{\"id\":\"proportional\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"subject.share\":%s},\"missing\":%s}"
-- $46 = "{\"id\":\"tiers\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"closing\":%s,\"closing.numerator\":\"%s\",\"closing.denominator\":\"%s\"},\"missing\":%s}"
-- $47 = "{\"id\":\"shortfall\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"closing\":%s,\"closing.numerator\":\"%s\",\"closing.denominator\":\"%s\",\"subject.share\":%s,\"subject.class\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $48 = "{\"id\":\"gate\",\"max\":\"5\",\"points\":\"%s\",\"inputs\":{\"meetings\":\"%s\",\"before\":\"%s\"},\"missing\":%s}"
-- $49 = "{\"id\":\"checklist\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"meetings\":\"%s\"},\"missing\":%s}"
-- $50 = "{\"id\":\"rank\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"lecturers\":%s,\"lecturers.numerator\":\"%s\",\"lecturers.denominator\":%s,\"meetings\":\"%s\",\"subject.class\":%s,\"place\":%s,\"equals\":%s,\"peers\":%s},\"missing\":%s}"
-- $51 = "{\"id\":\"escalate\",\"max\":\"2\",\"points\":%s,\"inputs\":{\"offences_seen\":\"%s\",\"subject.staff\":%s},\"missing\":%s}"
-- $52 = "{\"id\":\"range\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"mark.outside.avg\":%s,\"mark.outside.avg.numerator\":%s,\"mark.outside.avg.denominator\":\"%s\",\"subject.staff\":%s},\"missing\":%s}"
-- $53 = "{\"id\":\"best\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"subject.parent\":%s,\"subject.open\":%s,\"best\":%s,\"peers\":%s},\"missing\":%s}"
-- $54 = "{\"id\":\"mean\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"peersSum\":%s,\"peers\":%s},\"missing\":%s}"
-- $55 = "{\"id\":\"away\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"subject.class\":%s,\"peersSum\":%s,\"peers\":%s},\"missing\":%s}"
-- $56 = "{\"id\":\"weighted\",\"max\":\"5\",\"points\":%s,\"inputs\":{\"subject.staff\":%s,\"items.rank\":%s,\"blocks.common\":%s,\"subject.id\":%s,\"x\":%s,\"place\":%s,\"peers\":%s},\"missing\":%s}"
-- $57 = "{\"id\":\"stage\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"subject.class\":%s,\"items.proportional\":%s,\"items.tiers\":%s,\"x\":%s,\"place\":%s,\"peers\":%s},\"missing\":%s}"
-- $58 = "{\"id\":\"manual\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"mark.manual.avg\":%s,\"mark.manual.avg.numerator\":%s,\"mark.manual.avg.denominator\":\"%s\",\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $59 = "{\"id\":\"praise\",\"max\":null,\"points\":%s,\"inputs\":{\"item.praise\":\"%s\"},\"missing\":%s}"
-- $60 = "{\"id\":\"offences\",\"max\":null,\"points\":%s,\"inputs\":{\"offences\":%s},\"missing\":%s}"

-- run of one subject
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent, q."c_staff" as "s_staff", q."c_share" as "s_share", q."c_class" as "s_class", q."c_parent" as "s_parent", q."c_open" as "s_open", q."c_id" as "s_id" from (select r.id as s, r.id as rid, null::date as day, r.id as "c_id", r.name as "c_name", r.class as "c_class", r.parent as "c_parent", r.staff as "c_staff", r.open as "c_open", r.share as "c_share", r.share as "c_share" from (select * from unit where tenant_id = $1::int) r) q where q."c_open"),
facts1 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $2::text)))::numeric as m0n, (count(distinct q."c_case_key"))::numeric as m1n, (count(*) filter (where (q."c_kind" = $3::text) and q."c_ok"))::numeric as m2n, (count(*) filter (where (q."c_kind" = $3::text)))::numeric as m2d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $4::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $5::date and $6::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $5::date and $6::date) q where q.s is not null group by q.s),
facts2 as materialized (
  select g.id, sum(g.m3) as m3n from (select q.s as id, max(((case (q."c_kind" = $7::text) when true then $8::numeric when false then (case (q."c_kind" = $9::text) when true then $10::numeric when false then $11::numeric end) end))::numeric) as m3 from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $4::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $5::date and $6::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $5::date and $6::date and coalesce(followed.now, r.unit_id) = any($12)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts3 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $7::text)))::numeric as m4n, (count(*) filter (where (q."c_kind" = $13::text)))::numeric as m8n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $4::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $5::date and $6::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $5::date and $6::date and coalesce(followed.now, r.unit_id) = any($12)) q where q.s is not null and ((q."c_kind" = $7::text) or (q."c_kind" = $13::text)) group by q.s),
facts4 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $2::text)))::numeric as m5n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $4::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $5::date and $6::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $14::date and $15::date) q where q.s is not null and (q."c_kind" = $2::text) group by q.s),
facts5 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $16::text)))::numeric as m6n, (count(q."c_value") filter (where (q."c_item" = $16::text)))::numeric as m6d, (sum(q."c_value") filter (where (q."c_item" = $17::text)))::numeric as m7n, (count(q."c_value") filter (where (q."c_item" = $17::text)))::numeric as m7d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $1::int) r where r.day between $5::date and $6::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $5::date and $6::date and coalesce(followed.now, r.unit_id) = any($12)) q where q.s is not null and ((q."c_item" = $16::text) or (q."c_item" = $17::text)) group by q.s),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    (div((coalesce(facts1.m1n, 0) * 100) * 1e30, nullif(coalesce(facts1.m0n, 0), 0)) * 1e-30) as m1,
    coalesce(facts1.m1n, 0) as m1n,
    coalesce(facts1.m0n, 0) as m1d,
    (div((coalesce(facts1.m2n, 0) * 100) * 1e30, nullif(coalesce(facts1.m2d, 0), 0)) * 1e-30) as m2,
    coalesce(facts1.m2n, 0) as m2n,
    coalesce(facts1.m2d, 0) as m2d,
    coalesce(facts2.m3n, 0) as m3,
    coalesce(facts3.m4n, 0) as m4,
    coalesce(facts3.m8n, 0) as m8,
    coalesce(facts4.m5n, 0) as m5,
    (div((facts5.m6n) * 1e30, nullif(coalesce(facts5.m6d, 0), 0)) * 1e-30) as m6,
    facts5.m6n as m6n,
    coalesce(facts5.m6d, 0) as m6d,
    (div((facts5.m7n) * 1e30, nullif(coalesce(facts5.m7d, 0), 0)) * 1e-30) as m7,
    facts5.m7n as m7n,
    coalesce(facts5.m7d, 0) as m7d
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id
  left join facts4 on facts4.id = population.id
  left join facts5 on facts5.id = population.id),
stage1 as (
  select z.*,
    coalesce((round(z.m0, 12) = $18::bigint), false) as v3,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e6,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e7,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e8,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e9,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e10,
    coalesce((z."s_class" = $19::text), false) as a13,
    case when (z."s_staff" < $20::bigint) then 'full' end as e13
  from base z offset 0),
stage2 as materialized (
  select z.id,
    case when (true and round(z.m1, 12) is not null) then (rank() over (partition by z."s_class", (true and round(z.m1, 12) is not null) order by round(z.m1, 12) desc))::numeric end as k5,
    case when (true and round(z.m1, 12) is not null) then (count(*) over (partition by z."s_class", (true and round(z.m1, 12) is not null), round(z.m1, 12)))::numeric end as t5,
    (count(*) filter (where (true and round(z.m1, 12) is not null)) over (partition by z."s_class"))::numeric as c5,
    case when (true and z.e8 is null and coalesce(z."s_open", false) and round(z.m0, 12) is not null) then max(z.m0) filter (where (true and z.e8 is null and coalesce(z."s_open", false) and round(z.m0, 12) is not null)) over (partition by z."s_parent") end as o8,
    (count(*) filter (where (true and z.e8 is null and coalesce(z."s_open", false) and round(z.m0, 12) is not null)) over (partition by z."s_parent"))::numeric as c8,
    case when (true and z.e9 is null and round(z.m0, 12) is not null) then sum(z.m0) filter (where (true and z.e9 is null and round(z.m0, 12) is not null)) over () - z.m0 end as o9,
    case when (true and z.e9 is null and round(z.m0, 12) is not null) then (count(*) filter (where (true and z.e9 is null and round(z.m0, 12) is not null)) over () - 1)::numeric end as c9,
    case when (true and z.e10 is null and round(z.m0, 12) is not null) then sum(z.m0) filter (where (true and z.e10 is null and round(z.m0, 12) is not null)) over (partition by z."s_class") end as o10,
    case when (true and z.e10 is null and round(z.m0, 12) is not null) then (count(*) filter (where (true and z.e10 is null and round(z.m0, 12) is not null)) over (partition by z."s_class"))::numeric end as c10
  from stage1 z),
stage3 as (
  select z.*, y.k5, y.t5, y.c5, y.o8, y.c8, y.o9, y.c9, y.o10, y.c10
  from stage1 z join stage2 y on y.id = z.id),
stage4 as (
  select z.*,
    round(round($21::numeric * case when round((div((z.m0) * 1e30, nullif((((z."s_staff"::numeric * $22::numeric) * (case (z."s_share" is not null) when true then z."s_share" when false then $8::numeric end)))::numeric, 0)) * 1e-30), 12) > $8::numeric then $8::numeric else (div((z.m0) * 1e30, nullif((((z."s_staff"::numeric * $22::numeric) * (case (z."s_share" is not null) when true then z."s_share" when false then $8::numeric end)))::numeric, 0)) * 1e-30) end, 12), 2) as r0,
    round(round(case when z.m2 is null then null when round(z.m2, 12) >= round($23::numeric, 12) then $21::numeric when round(z.m2, 12) >= round($24::numeric, 12) then $10::numeric else $11::numeric end, 12), 2) as r1,
    round(round(case when round(((($25::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $8::numeric end)))::numeric - z.m2), 12) <= 0 then $21::numeric when round(((($25::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $8::numeric end)))::numeric - z.m2), 12) > 0 then $21::numeric - $26::numeric * ceil(round((div((((($25::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $8::numeric end)))::numeric - z.m2)) * 1e30, nullif($8::numeric, 0)) * 1e-30), 12)) end, 12), 2) as r2,
    round(round(case when (round(z.m0, 12) > round(z.m5, 12)) then $27::numeric when not (round(z.m0, 12) > round(z.m5, 12)) then 0 end, 12), 2) as r3,
    round(round(case when coalesce((round(z.m0, 12) > $20::bigint), (round(z.m0, 12) > $28::bigint)) is not null then greatest(case when (round(z.m0, 12) > $20::bigint) then $21::numeric else 0 end, case when (round(z.m0, 12) > $28::bigint) then $29::numeric else 0 end) end, 12), 2) as r4,
    round(round((div(((($30::numeric[])[least((z.k5 + z.t5 - 1), 2)::int + 1] + greatest((z.k5 + z.t5 - 1) - 2, 0) * $27::numeric) - (($30::numeric[])[least((z.k5 - 1), 2)::int + 1] + greatest((z.k5 - 1) - 2, 0) * $27::numeric)) * 1e30, nullif(z.t5, 0)) * 1e-30), 12), 2) as r5,
    round(round(case when z.m4 is null then null when greatest(floor(round(z.m4, 12)), 0) > 1 then 0 else $22::numeric - (($31::numeric[])[least(greatest(floor(round(z.m4, 12)), 0), 1)::int + 1]) end, 12), 2) as r6,
    round(round(case when round(z.m6, 12) < $32::numeric then $11::numeric when round(z.m6, 12) > $33::numeric then $21::numeric else $11::numeric + (div(((z.m6 - $32::numeric) * ($21::numeric - $11::numeric)) * 1e30, nullif($33::numeric - $32::numeric, 0)) * 1e-30) end, 12), 2) as r7,
    round(round(case when round(z.o8, 12) = 0 and round(z.m0, 12) = 0 then $21::numeric when round(z.o8, 12) > 0 then $21::numeric * (div((z.m0) * 1e30, nullif(z.o8, 0)) * 1e-30) end, 12), 2) as r8,
    round(round(case when round((div((z.o9) * 1e30, nullif(z.c9, 0)) * 1e-30), 12) > 0 then $21::numeric * case when round((div((z.m0) * 1e30, nullif((div((z.o9) * 1e30, nullif(z.c9, 0)) * 1e-30), 0)) * 1e-30), 12) > $8::numeric then $8::numeric else (div((z.m0) * 1e30, nullif((div((z.o9) * 1e30, nullif(z.c9, 0)) * 1e-30), 0)) * 1e-30) end end, 12), 2) as r9,
    round(round($10::numeric + $26::numeric * (z.m0 - (div((z.o10) * 1e30, nullif(z.c10, 0)) * 1e-30)), 12), 2) as r10,
    round(round($8::numeric * z.m7 + $11::numeric, 12), 2) as r13,
    round(round($27::numeric * z.m8, 12), 2) as r14,
    round(round($8::numeric * z.m3, 12), 2) as r15
  from stage3 z offset 0),
stage5 as materialized (
  select z.id,
    (count(*) filter (where true and z.r2 is not null) over (partition by z."s_class"))::numeric as n2,
    sum(least(greatest(z.r2, $11::numeric), $21::numeric)) filter (where true and z.r2 is not null) over (partition by z."s_class") as q2
  from stage4 z),
stage6 as (
  select z.*, y.n2, y.q2
  from stage4 z join stage5 y on y.id = z.id),
stage7 as (
  select z.*,
    case when z.r0 is not null then least(greatest(z.r0, $11::numeric), $21::numeric) else 0 end as p0,
    case when z.r1 is not null then least(greatest(z.r1, $11::numeric), $21::numeric) else null end as p1,
    case when z.r2 is not null then least(greatest(z.r2, $11::numeric), $21::numeric) else case when z.n2 > 0 then least(greatest(round(round((div((z.q2) * 1e30, nullif(z.n2, 0)) * 1e-30), 12), 2), $11::numeric), $21::numeric) else 0 end end as p2,
    case when z.v3 then 0 when z.r3 is not null then least(greatest(z.r3, $11::numeric), $27::numeric) else 0 end as p3,
    case when z.r4 is not null then least(greatest(z.r4, $11::numeric), $21::numeric) else 0 end as p4,
    case when z.r5 is not null then least(greatest(z.r5, $11::numeric), $21::numeric) else 0 end as p5,
    case when z.e6 = 'full' then $22::numeric when z.e6 = 'exclude' then null when z.r6 is not null then least(greatest(z.r6, $11::numeric), $22::numeric) else 0 end as p6,
    case when z.e7 = 'full' then $21::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(greatest(z.r7, $11::numeric), $21::numeric) else 0 end as p7,
    case when z.e8 = 'full' then $21::numeric when z.e8 = 'exclude' then null when z.r8 is not null then least(greatest(z.r8, $11::numeric), $21::numeric) else 0 end as p8,
    case when z.e9 = 'full' then $21::numeric when z.e9 = 'exclude' then null when z.r9 is not null then least(greatest(z.r9, $11::numeric), $21::numeric) else 0 end as p9,
    case when z.e10 = 'full' then $21::numeric when z.e10 = 'exclude' then null when z.r10 is not null then least(greatest(z.r10, $11::numeric), $21::numeric) else 0 end as p10,
    case when not z.a13 then null when z.e13 = 'full' then $21::numeric when z.e13 = 'exclude' then null when z.r13 is not null then least(greatest(z.r13, $11::numeric), $21::numeric) else case when z.m7 is null then 0 else least(greatest(round(round(z.m7, 12), 2), $11::numeric), $21::numeric) end end as p13,
    case when z.r14 is not null then greatest(z.r14, $11::numeric) else 0 end as p14,
    case when z.r15 is not null then greatest(z.r15, $11::numeric) else 0 end as p15
  from stage6 z offset 0),
stage8 as (
  select z.*,
    (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0) + coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0)) as block_s0,
    (0::numeric) as block_q0,
    ($21::numeric + $21::numeric + $21::numeric + $27::numeric + $21::numeric + $21::numeric) as block_f0,
    (case when z.p0 is not null then $21::numeric else 0 end + case when z.p1 is not null then $21::numeric else 0 end + case when z.p2 is not null then $21::numeric else 0 end + case when z.p3 is not null then $27::numeric else 0 end + case when z.p4 is not null then $21::numeric else 0 end + case when z.p5 is not null then $21::numeric else 0 end) as block_t0
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $11::numeric + z.block_s0 + z.block_q0 when z.block_t0 = 0 then null else $11::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) + z.block_q0 end as block_u0
  from stage8 z offset 0),
stage10 as (
  select z.*,
    case when z.block_u0 is not null then z.block_u0 * $34::numeric end as block_b0,
    ($11::numeric + z.block_f0) * $34::numeric as block_w0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e11,
    (((z.p5 * $34::numeric) + (z.block_b0 * $35::numeric)))::numeric as x11,
    coalesce((z."s_class" = $19::text), false) as a12,
    ((z.p0 + z.p1))::numeric as x12
  from stage10 z offset 0),
stage12 as materialized (
  select z.id,
    case when (true and z.e11 is null and round(z.x11, 12) is not null) then (rank() over (partition by (case (z."s_id" = any($36::text[])) when true then $37::text when false then $38::text end), (true and z.e11 is null and round(z.x11, 12) is not null) order by round(z.x11, 12) desc))::numeric end as k11,
    (count(*) filter (where (true and z.e11 is null and round(z.x11, 12) is not null)) over (partition by (case (z."s_id" = any($36::text[])) when true then $37::text when false then $38::text end)))::numeric as c11,
    case when (z.a12 and round(z.x12, 12) is not null) then (rank() over (partition by (z.a12 and round(z.x12, 12) is not null) order by round(z.x12, 12) desc))::numeric end as k12,
    (count(*) filter (where (z.a12 and round(z.x12, 12) is not null)) over ())::numeric as c12
  from stage11 z),
stage13 as (
  select z.*, y.k11, y.c11, y.k12, y.c12
  from stage11 z join stage12 y on y.id = z.id),
stage14 as (
  select z.*,
    round(round($27::numeric - $8::numeric * (z.k11 - 1), 12), 2) as r11,
    round(round($21::numeric - $26::numeric * (z.k12 - 1), 12), 2) as r12
  from stage13 z offset 0),
stage15 as (
  select z.*,
    case when z.e11 = 'full' then $27::numeric when z.e11 = 'exclude' then null when z.r11 is not null then least(greatest(z.r11, $11::numeric), $27::numeric) else 0 end as p11,
    case when not z.a12 then null when z.r12 is not null then least(greatest(z.r12, $11::numeric), $21::numeric) else 0 end as p12
  from stage14 z offset 0),
stage16 as (
  select z.*,
    coalesce((z."s_staff" is not null), false) as block_a1,
    coalesce((z."s_class" = $19::text), false) as block_a2,
    coalesce((round(z.m0, 12) = $18::bigint), false) as block_z2
  from stage15 z offset 0),
stage17 as (
  select z.*,
    (coalesce(z.p6, 0) + coalesce(z.p7, 0) + coalesce(z.p8, 0) + coalesce(z.p9, 0) + coalesce(z.p10, 0) + coalesce(z.p11, 0)) as block_s1,
    (0::numeric) as block_q1,
    ($22::numeric + $21::numeric + $21::numeric + $21::numeric + $21::numeric + $27::numeric) as block_f1,
    (case when z.p6 is not null then $22::numeric else 0 end + case when z.p7 is not null then $21::numeric else 0 end + case when z.p8 is not null then $21::numeric else 0 end + case when z.p9 is not null then $21::numeric else 0 end + case when z.p10 is not null then $21::numeric else 0 end + case when z.p11 is not null then $27::numeric else 0 end) as block_t1
  from stage16 z offset 0),
stage18 as (
  select z.*,
    case when z.block_f1 = z.block_t1 then $11::numeric + z.block_s1 + z.block_q1 when z.block_t1 = 0 then null else $11::numeric + (div((z.block_s1 * z.block_f1) * 1e30, nullif(z.block_t1, 0)) * 1e-30) + z.block_q1 end as block_u1
  from stage17 z offset 0),
stage19 as (
  select z.*,
    case when not z.block_a1 then null else case when z.block_u1 is not null then z.block_u1 * $39::numeric end end as block_b1,
    ($11::numeric + z.block_f1) * $39::numeric as block_w1,
    case when not z.block_a2 then 0 when z.block_z2 then 0 else ($11::numeric + (coalesce(z.p12, 0) + coalesce(z.p13, 0))) * $35::numeric end as block_b2,
    case when not z.block_a2 then 0 else ($11::numeric + (case when z.a12 then $21::numeric else 0 end + case when z.a13 then $21::numeric else 0 end)) * $35::numeric end as block_w2
  from stage18 z offset 0),
stage20 as (
  select z.*,
    (case when z.block_w0 <> 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w1 <> 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 <> 0 then coalesce(z.block_b2, 0) else 0 end) as block_s3,
    (case when z.block_w0 = 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w1 = 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 = 0 then coalesce(z.block_b2, 0) else 0 end) as block_q3,
    (z.block_w0 + z.block_w1 + z.block_w2) as block_f3,
    (case when z.block_b0 is not null then z.block_w0 else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end + case when z.block_b2 is not null then z.block_w2 else 0 end) as block_t3
  from stage19 z offset 0),
stage21 as (
  select z.*,
    case when z.block_f3 = z.block_t3 then $11::numeric + z.block_s3 + z.block_q3 when z.block_t3 = 0 then null else $11::numeric + (div((z.block_s3 * z.block_f3) * 1e30, nullif(z.block_t3, 0)) * 1e-30) + z.block_q3 end as block_u3
  from stage20 z offset 0),
stage22 as (
  select z.*,
    case when z.block_u3 is not null then greatest(round(round(z.block_u3 + least(greatest((coalesce(z.p14, 0)), $11::numeric), $27::numeric) - (coalesce(z.p15, 0)), 12), 2), $11::numeric) end as raw_total
  from stage21 z offset 0),
stage23 as (
  select z.*,
    coalesce((round(z.m3, 12) >= $40::bigint), false) as veto0,
    coalesce((round(z.m0, 12) = $18::bigint), false) as veto1
  from stage22 z offset 0),
stage24 as (
  select z.*,
    null::int as grade0
  from stage23 z offset 0),
stage25 as (
  select z.*,
    z.grade0 as grade_no,
    null::numeric as place
  from stage24 z offset 0),
stage26 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null') as m2t,
    coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null') as m1t,
    coalesce('"' || trim_scale(round(z.m1d, 12))::text || '"', 'null') as m1dt,
    coalesce('"' || trim_scale(round(z.m6, 12))::text || '"', 'null') as m6t,
    coalesce('"' || trim_scale(round(z.m6n, 12))::text || '"', 'null') as m6nt,
    coalesce('"' || trim_scale(round(z.m7, 12))::text || '"', 'null') as m7t,
    coalesce('"' || trim_scale(round(z.m7n, 12))::text || '"', 'null') as m7nt,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t
  from stage25 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.raw_total)::text as total, ($41::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $42::text end, case when z.veto1 then $43::text end], null)) as vetoes,
  format($44::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b2, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($45::text, trim_scale(z.p0), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(z."s_share"::numeric)::text || '"', 'null'), case when z.r0 is null then '"zero"' else 'null' end),
    format($46::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), z.m2t, z.m2n, z.m2d, case when z.r1 is null then '"exclude"' else 'null' end),
    format($47::text, trim_scale(z.p2), z.m2t, z.m2n, z.m2d, coalesce('"' || trim_scale(z."s_share"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z.n2)::text || '"', 'null'), coalesce('"' || trim_scale(z.q2)::text || '"', 'null'), case when z.r2 is null then '"peer-mean"' else 'null' end),
    format($48::text, trim_scale(z.p3), z.m0, z.m5, case when z.v3 then '"veto"' when z.r3 is null then '"zero"' else 'null' end),
    format($49::text, trim_scale(z.p4), z.m0, case when z.r4 is null then '"zero"' else 'null' end),
    format($50::text, trim_scale(z.p5), z.m1t, z.m1n, z.m1dt, z.m0, coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.t5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), case when z.r5 is null then '"zero"' else 'null' end),
    format($51::text, coalesce('"' || trim_scale(z.p6)::text || '"', 'null'), z.m4, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e6 is not null then '"exempt-' || z.e6 || '"' when z.r6 is null then '"zero"' else 'null' end),
    format($52::text, coalesce('"' || trim_scale(z.p7)::text || '"', 'null'), z.m6t, z.m6nt, z.m6d, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e7 is not null then '"exempt-' || z.e7 || '"' when z.r7 is null then '"zero"' else 'null' end),
    format($53::text, coalesce('"' || trim_scale(z.p8)::text || '"', 'null'), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce(to_json(z."s_open")::text, 'null'), coalesce('"' || trim_scale(round(z.o8, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c8, 12))::text || '"', 'null'), case when z.e8 is not null then '"exempt-' || z.e8 || '"' when z.r8 is null then '"zero"' else 'null' end),
    format($54::text, coalesce('"' || trim_scale(z.p9)::text || '"', 'null'), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.o9, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c9, 12))::text || '"', 'null'), case when z.e9 is not null then '"exempt-' || z.e9 || '"' when z.r9 is null then '"zero"' else 'null' end),
    format($55::text, coalesce('"' || trim_scale(z.p10)::text || '"', 'null'), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.o10, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c10, 12))::text || '"', 'null'), case when z.e10 is not null then '"exempt-' || z.e10 || '"' when z.r10 is null then '"zero"' else 'null' end),
    format($56::text, coalesce('"' || trim_scale(z.p11)::text || '"', 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p5::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_id")::text, 'null'), coalesce('"' || trim_scale(round(z.x11, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k11, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c11, 12))::text || '"', 'null'), case when z.e11 is not null then '"exempt-' || z.e11 || '"' when z.r11 is null then '"zero"' else 'null' end),
    case when z.a12 then format($57::text, trim_scale(z.p12), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p1::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c12, 12))::text || '"', 'null'), case when z.r12 is null then '"zero"' else 'null' end) end,
    case when z.a13 then format($58::text, trim_scale(z.p13), z.m7t, z.m7nt, z.m7d, coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e13 is not null then '"exempt-' || z.e13 || '"' when z.r13 is null then '"manual"' else 'null' end) end,
    format($59::text, coalesce('"' || trim_scale(z.p14)::text || '"', 'null'), z.m8, case when z.r14 is null then '"zero"' else 'null' end),
    format($60::text, coalesce('"' || trim_scale(z.p15)::text || '"', 'null'), z.m3t, case when z.r15 is null then '"zero"' else 'null' end)), '')) || ']') as items
from stage26 z
where z.id = any($12)
order by z.id::text collate "C";
-- $1 = 1
-- $2 = "会"
-- $3 = "件"
-- $4 = "2025-01-01T00:00:00Z"
-- $5 = "2024-01-01"
-- $6 = "2024-12-31"
-- $7 = "诫勉"
-- $8 = "1"
-- $9 = "移送"
-- $10 = "8"
-- $11 = "0"
-- $12 = ["u1"]
-- $13 = "表扬"
-- $14 = "2023-01-01"
-- $15 = "2023-12-31"
-- $16 = "outside"
-- $17 = "manual"
-- $18 = "0"
-- $19 = "甲"
-- $20 = "3"
-- $21 = "10"
-- $22 = "2"
-- $23 = "90"
-- $24 = "80"
-- $25 = "99"
-- $26 = "0.5"
-- $27 = "5"
-- $28 = "1"
-- $29 = "4"
-- $30 = ["0","10","18"]
-- $31 = ["0","0.5"]
-- $32 = "60"
-- $33 = "100"
-- $34 = "0.6"
-- $35 = "0.4"
-- $36 = ["u1"]
-- $37 = "重点"
-- $38 = "一般"
-- $39 = "0.2"
-- $40 = "8"
-- $41 = ["好","较好","一般"]
-- $42 = "handed"
-- $43 = "absent"
-- $44 = "{\"common\":%s,\"compared\":%s,\"own\":%s}"
-- $45 = "{\"id\":\"proportional\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"subject.share\":%s},\"missing\":%s}"
-- $46 = "{\"id\":\"tiers\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"closing\":%s,\"closing.numerator\":\"%s\",\"closing.denominator\":\"%s\"},\"missing\":%s}"
-- $47 = "{\"id\":\"shortfall\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"closing\":%s,\"closing.numerator\":\"%s\",\"closing.denominator\":\"%s\",\"subject.share\":%s,\"subject.class\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $48 = "{\"id\":\"gate\",\"max\":\"5\",\"points\":\"%s\",\"inputs\":{\"meetings\":\"%s\",\"before\":\"%s\"},\"missing\":%s}"
-- $49 = "{\"id\":\"checklist\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"meetings\":\"%s\"},\"missing\":%s}"
-- $50 = "{\"id\":\"rank\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"lecturers\":%s,\"lecturers.numerator\":\"%s\",\"lecturers.denominator\":%s,\"meetings\":\"%s\",\"subject.class\":%s,\"place\":%s,\"equals\":%s,\"peers\":%s},\"missing\":%s}"
-- $51 = "{\"id\":\"escalate\",\"max\":\"2\",\"points\":%s,\"inputs\":{\"offences_seen\":\"%s\",\"subject.staff\":%s},\"missing\":%s}"
-- $52 = "{\"id\":\"range\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"mark.outside.avg\":%s,\"mark.outside.avg.numerator\":%s,\"mark.outside.avg.denominator\":\"%s\",\"subject.staff\":%s},\"missing\":%s}"
-- $53 = "{\"id\":\"best\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"subject.parent\":%s,\"subject.open\":%s,\"best\":%s,\"peers\":%s},\"missing\":%s}"
-- $54 = "{\"id\":\"mean\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"peersSum\":%s,\"peers\":%s},\"missing\":%s}"
-- $55 = "{\"id\":\"away\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"subject.class\":%s,\"peersSum\":%s,\"peers\":%s},\"missing\":%s}"
-- $56 = "{\"id\":\"weighted\",\"max\":\"5\",\"points\":%s,\"inputs\":{\"subject.staff\":%s,\"items.rank\":%s,\"blocks.common\":%s,\"subject.id\":%s,\"x\":%s,\"place\":%s,\"peers\":%s},\"missing\":%s}"
-- $57 = "{\"id\":\"stage\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"subject.class\":%s,\"items.proportional\":%s,\"items.tiers\":%s,\"x\":%s,\"place\":%s,\"peers\":%s},\"missing\":%s}"
-- $58 = "{\"id\":\"manual\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"mark.manual.avg\":%s,\"mark.manual.avg.numerator\":%s,\"mark.manual.avg.denominator\":\"%s\",\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $59 = "{\"id\":\"praise\",\"max\":null,\"points\":%s,\"inputs\":{\"item.praise\":\"%s\"},\"missing\":%s}"
-- $60 = "{\"id\":\"offences\",\"max\":null,\"points\":%s,\"inputs\":{\"offences\":%s},\"missing\":%s}"

-- figure lecturers
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, trim_scale(round(coalesce(f0.m1n, 0), 12))::text as denominator, trim_scale(round((div((coalesce(f0.m0n, 0) * 100) * 1e30, nullif(coalesce(f0.m1n, 0), 0)) * 1e-30), 12))::text as value from (select 1) one left join (select (count(distinct q."c_case_key"))::numeric as m0n, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m1n from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $2::int and known_from <= $3::timestamptz) r where r.day between $4::date and $5::date) q) f0 on true;
-- $1 = "会"
-- $2 = 1
-- $3 = "2025-01-01T00:00:00Z"
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"

-- rows of lecturers
select o.rid::text as id, o.day::text as day, o.value::text as value from (select distinct on (q."c_case_key") q.rid, q.day, q."c_case_key" as value from (select null::text as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q where (q."c_case_key" is not null) order by q."c_case_key", q.rid) o where o.rid > $5 order by o.rid limit $6::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = "1"
-- $6 = 50
