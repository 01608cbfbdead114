-- run
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent, q."c_staff" as "s_staff", q."c_open" as "s_open", q."c_class" as "s_class", q."c_parent" as "s_parent" from (select r.id as s, r.id as rid, null::date as day, r.name as "c_name", r.class as "c_class", r.parent as "c_parent", r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q),
facts1 as materialized (
  select q.s as id, (count(*))::numeric as m0n, (count(*))::numeric as m1n, (count(distinct q."c_kind"))::numeric as m2n, (sum((q."c_hours" * $2::numeric)) filter (where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $3::bigint))))))::numeric as m3n, (sum(q."c_hours") filter (where q."c_ok"))::numeric as m4n, (sum(q."c_n") filter (where (q."c_kind" = $4::text)))::numeric as m9n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where q.s is not null group by q.s),
facts2 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $8::text) and (q."c_ok" and (q."c_due" > $9::date))))::numeric as m5n, (count(*) filter (where (q."c_kind" = $8::text)))::numeric as m5d from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $10::date and $11::date) q where q.s is not null and (q."c_kind" = $8::text) group by q.s),
facts3 as materialized (
  select g.id, sum(g.m6) as m6n from (select q.s as id, max(1::numeric) as m6 from (select r.unit_id as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts4 as materialized (
  select q.s as id, (sum(q."c_staff") filter (where q."c_open"))::numeric as m7n from (select r.id as s, r.id as rid, null::date as day, r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q where q.s is not null and q."c_open" group by q.s),
facts5 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $12::text)))::numeric as m8n from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $6::date and $7::date) q where q.s is not null and (q."c_item" = $12::text) group by q.s),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    coalesce(facts1.m1n, 0) as m1,
    coalesce(facts1.m2n, 0) as m2,
    coalesce(facts1.m3n, 0) as m3,
    coalesce(facts1.m4n, 0) as m4,
    coalesce(facts1.m4n, 0) as m4n,
    coalesce(facts1.m3n, 0) as m4d,
    coalesce(facts1.m9n, 0) as m9,
    (div((coalesce(facts2.m5n, 0) * 100) * 1e30, nullif(coalesce(facts2.m5d, 0), 0)) * 1e-30) as m5,
    coalesce(facts2.m5n, 0) as m5n,
    coalesce(facts2.m5d, 0) as m5d,
    coalesce(facts3.m6n, 0) as m6,
    coalesce(facts4.m7n, 0) as m7,
    coalesce(facts5.m8n, 0) as m8
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id
  left join facts4 on facts4.id = population.id
  left join facts5 on facts5.id = population.id),
stage1 as (
  select z.*,
    case when (z."s_staff" = $13::bigint) then 'exclude' end as e0,
    coalesce((z."s_open" and (z."s_class" <> $14::text)), false) as a1,
    case when (z."s_staff" = $13::bigint) then 'exclude' end as e1,
    coalesce((z."s_open" and (z."s_class" <> $14::text)), false) as a2,
    case when (z."s_staff" = $13::bigint) then 'exclude' end as e2,
    coalesce((z."s_open" and (z."s_class" <> $14::text)), false) as a3,
    case when (z."s_staff" = $13::bigint) then 'exclude' end as e3,
    ((z.m2 + z.m6))::numeric as x3
  from base z offset 0),
stage2 as (
  select z.*,
    round(round(case when round(($15::numeric - z.m3), 12) <= 0 then $16::numeric when round(($15::numeric - z.m3), 12) > 0 then $16::numeric - $17::numeric * floor(round((div((($15::numeric - z.m3)) * 1e30, nullif($17::numeric, 0)) * 1e-30), 12)) end, 12), 1) as r0,
    round(round($16::numeric * case when round((div((z.m0) * 1e30, nullif($18::numeric, 0)) * 1e-30), 12) > $19::numeric then $19::numeric else (div((z.m0) * 1e30, nullif($18::numeric, 0)) * 1e-30) end, 12), 0) as r1,
    round(round($16::numeric - $20::numeric * z.m4, 12), 1) as r2,
    round(round($16::numeric - case when round((z."s_staff")::numeric * z.x3, 12) > $21::numeric then $21::numeric else (z."s_staff")::numeric * z.x3 end, 12), 1) as r3,
    round(round($22::numeric * z.m6, 12), 1) as r10,
    round(round($2::numeric * z.m1, 12), 1) as r11
  from stage1 z offset 0),
stage3 as materialized (
  select z.id,
    (count(*) filter (where z.a1 and z.e1 is null and z.r1 is not null) over (partition by z."s_parent"))::numeric as n1,
    sum(least(z.r1, $15::numeric)) filter (where z.a1 and z.e1 is null and z.r1 is not null) over (partition by z."s_parent") as q1
  from stage2 z),
stage4 as (
  select z.*, y.n1, y.q1
  from stage2 z join stage3 y on y.id = z.id),
stage5 as (
  select z.*,
    case when z.e0 = 'full' then $16::numeric when z.e0 = 'exclude' then null when z.r0 is not null then least(z.r0, $16::numeric) else 0 end as p0,
    case when not z.a1 then null when z.e1 = 'full' then $16::numeric when z.e1 = 'exclude' then null when z.r1 is not null then least(z.r1, $15::numeric) else case when z.n1 > 0 then least(round(round((div((z.q1) * 1e30, nullif(z.n1, 0)) * 1e-30), 12), 0), $15::numeric) else 0 end end as p1,
    case when not z.a2 then null when z.e2 = 'full' then $16::numeric when z.e2 = 'exclude' then null when z.r2 is not null then greatest(z.r2, $2::numeric) else $16::numeric end as p2,
    case when not z.a3 then null when z.e3 = 'full' then $16::numeric when z.e3 = 'exclude' then null when z.r3 is not null then least(z.r3, $16::numeric) else null end as p3,
    case when z.r10 is not null then z.r10 else 0 end as p10,
    case when z.r11 is not null then least(greatest(z.r11, $23::numeric), $21::numeric) else 0 end as p11
  from stage4 z offset 0),
stage6 as (
  select z.*,
    coalesce((z."s_open" and (z."s_class" <> $14::text)), false) as block_a1
  from stage5 z offset 0),
stage7 as (
  select z.*,
    (coalesce(z.p1, 0) + coalesce(z.p2, 0) + coalesce(z.p3, 0)) as block_s1,
    (0::numeric) as block_q1,
    (case when z.a1 then $16::numeric else 0 end + case when z.a2 then $16::numeric else 0 end + case when z.a3 then $16::numeric else 0 end) as block_f1,
    (case when z.p1 is not null then $16::numeric else 0 end + case when z.p2 is not null then $16::numeric else 0 end + case when z.p3 is not null then $16::numeric else 0 end) as block_t1
  from stage6 z offset 0),
stage8 as (
  select z.*,
    case when z.block_f1 = z.block_t1 then $24::numeric + z.block_s1 + z.block_q1 when z.block_t1 = 0 then null else $24::numeric + (div((z.block_s1 * z.block_f1) * 1e30, nullif(z.block_t1, 0)) * 1e-30) + z.block_q1 end as block_u1
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when not z.block_a1 then 0 else case when z.block_u1 is not null then z.block_u1 * $25::numeric end end as block_b1,
    case when not z.block_a1 then 0 else ($24::numeric + z.block_f1) * $25::numeric end as block_w1,
    ($26::numeric + (0::numeric)) * $25::numeric as block_b2,
    ($26::numeric + (0::numeric)) * $25::numeric as block_w2
  from stage8 z offset 0),
stage10 as (
  select z.*,
    (coalesce(z.p0, 0) + case when z.block_w1 <> 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 <> 0 then coalesce(z.block_b2, 0) else 0 end) as block_s0,
    (case when z.block_w1 = 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 = 0 then coalesce(z.block_b2, 0) else 0 end) as block_q0,
    ($16::numeric + z.block_w1 + z.block_w2) as block_f0,
    (case when z.p0 is not null then $16::numeric else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end + case when z.block_b2 is not null then z.block_w2 else 0 end) as block_t0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $27::numeric + z.block_s0 + z.block_q0 when z.block_t0 = 0 then $27::numeric + z.block_q0 else $27::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) + z.block_q0 end as block_u0
  from stage10 z offset 0),
stage12 as (
  select z.*,
    case when z.block_u0 is not null then round(round(least(greatest(z.block_u0, $28::numeric), $29::numeric) * $30::numeric, 12), 3) end as block_b0,
    ($27::numeric + z.block_f0) * $30::numeric as block_w0
  from stage11 z offset 0),
stage13 as (
  select z.*,
    coalesce(((z.m4 is not null) or $31::boolean), false) as a4,
    case when (z.p0 > $32::bigint) then 'full' end as e4,
    case when (z.p0 > $32::bigint) then 'full' end as e5,
    ((z.p0 + z.p3))::numeric as x5,
    case when (z.p0 > $32::bigint) then 'full' end as e6,
    case when (z.p0 > $32::bigint) then 'full' end as e7,
    case when (z.p0 > $32::bigint) then 'full' end as e8,
    case when (round(z.m7, 12) > $33::bigint) then 'exclude' when (z.p0 > $32::bigint) then 'full' end as e9,
    ((z.m5 - z.m4))::numeric as x9
  from stage12 z offset 0),
stage14 as materialized (
  select z.id,
    case when (true and z.e5 is null and round(z.x5, 12) is not null) then (rank() over (partition by (true and z.e5 is null and round(z.x5, 12) is not null) order by round(z.x5, 12) desc))::numeric end as k5,
    (count(*) filter (where (true and z.e5 is null and round(z.x5, 12) is not null)) over ())::numeric as c5
  from stage13 z),
stage15 as (
  select z.*, y.k5, y.c5
  from stage13 z join stage14 y on y.id = z.id),
stage16 as (
  select z.*,
    round(round(case when ((round(z.m4, 12) >= $17::numeric) and (round(z.block_b0, 12) > $34::bigint)) then $35::numeric when not ((round(z.m4, 12) >= $17::numeric) and (round(z.block_b0, 12) > $34::bigint)) then 0 end, 12), 1) as r4,
    round(round(case when z.k5 is not null then coalesce(($36::numeric[])[z.k5::int], $25::numeric) end, 12), 1) as r5,
    round(round($37::numeric * z.m8 + $23::numeric, 12), 1) as r6,
    round(round(((case (round(z.m6, 12) > $3::bigint) when true then (z.p0 + $38::numeric) when false then (div((z.block_b0) * 1e30, nullif($39::numeric, 0)) * 1e-30) end))::numeric, 12), 1) as r7,
    round(round($17::numeric * z.m9, 12), 1) as r8,
    round(round($40::numeric * z.x9, 12), 1) as r9
  from stage15 z offset 0),
stage17 as materialized (
  select z.id,
    (count(*) filter (where z.a4 and z.e4 is null and z.r4 is not null) over (partition by z."s_parent"))::numeric as n4,
    sum(least(z.r4, $35::numeric)) filter (where z.a4 and z.e4 is null and z.r4 is not null) over (partition by z."s_parent") as q4,
    (count(*) filter (where true and z.e5 is null and z.r5 is not null) over (partition by z."s_parent"))::numeric as n5,
    sum(least(z.r5, $41::numeric)) filter (where true and z.e5 is null and z.r5 is not null) over (partition by z."s_parent") as q5,
    (count(*) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent"))::numeric as n6,
    sum(least(z.r6, $27::numeric)) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent") as q6,
    (count(*) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent"))::numeric as n8,
    sum(least(z.r8, $42::numeric)) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent") as q8,
    (count(*) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent"))::numeric as n9,
    sum(least(z.r9, $42::numeric)) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent") as q9
  from stage16 z),
stage18 as (
  select z.*, y.n4, y.q4, y.n5, y.q5, y.n6, y.q6, y.n8, y.q8, y.n9, y.q9
  from stage16 z join stage17 y on y.id = z.id),
stage19 as (
  select z.*,
    case when not z.a4 then null when z.e4 = 'full' then $35::numeric when z.e4 = 'exclude' then null when z.r4 is not null then least(z.r4, $35::numeric) else case when z.n4 > 0 then least(round(round((div((z.q4) * 1e30, nullif(z.n4, 0)) * 1e-30), 12), 1), $35::numeric) else 0 end end as p4,
    case when z.e5 = 'full' then $41::numeric when z.e5 = 'exclude' then null when z.r5 is not null then least(z.r5, $41::numeric) else case when z.n5 > 0 then least(round(round((div((z.q5) * 1e30, nullif(z.n5, 0)) * 1e-30), 12), 1), $41::numeric) else 0 end end as p5,
    case when z.e6 = 'full' then $27::numeric when z.e6 = 'exclude' then null when z.r6 is not null then least(z.r6, $27::numeric) else case when z.n6 > 0 then least(round(round((div((z.q6) * 1e30, nullif(z.n6, 0)) * 1e-30), 12), 1), $27::numeric) else 0 end end as p6,
    case when z.e7 = 'full' then $27::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(z.r7, $27::numeric) else 0 end as p7,
    case when z.e8 = 'full' then $42::numeric when z.e8 = 'exclude' then null when z.r8 is not null then least(z.r8, $42::numeric) else case when z.n8 > 0 then least(round(round((div((z.q8) * 1e30, nullif(z.n8, 0)) * 1e-30), 12), 1), $42::numeric) else 0 end end as p8,
    case when z.e9 = 'full' then $42::numeric when z.e9 = 'exclude' then null when z.r9 is not null then least(z.r9, $42::numeric) else case when z.n9 > 0 then least(round(round((div((z.q9) * 1e30, nullif(z.n9, 0)) * 1e-30), 12), 1), $42::numeric) else 0 end end as p9
  from stage18 z offset 0),
stage20 as (
  select z.*,
    (coalesce(z.p4, 0) + coalesce(z.p5, 0) + coalesce(z.p6, 0) + coalesce(z.p7, 0) + coalesce(z.p8, 0) + coalesce(z.p9, 0)) as block_s3,
    (0::numeric) as block_q3,
    (case when z.a4 then $35::numeric else 0 end + $41::numeric + $27::numeric + $27::numeric + $42::numeric + $42::numeric) as block_f3,
    (case when z.p4 is not null then $35::numeric else 0 end + case when z.p5 is not null then $41::numeric else 0 end + case when z.p6 is not null then $27::numeric else 0 end + case when z.p7 is not null then $27::numeric else 0 end + case when z.p8 is not null then $42::numeric else 0 end + case when z.p9 is not null then $42::numeric else 0 end) as block_t3
  from stage19 z offset 0),
stage21 as (
  select z.*,
    case when z.block_f3 = z.block_t3 then $24::numeric + z.block_s3 + z.block_q3 when z.block_t3 = 0 then null else $24::numeric + (div((z.block_s3 * z.block_f3) * 1e30, nullif(z.block_t3, 0)) * 1e-30) + z.block_q3 end as block_u3
  from stage20 z offset 0),
stage22 as (
  select z.*,
    case when z.block_u3 is not null then z.block_u3 * $25::numeric end as block_b3,
    ($24::numeric + z.block_f3) * $25::numeric as block_w3
  from stage21 z offset 0),
stage23 as (
  select z.*,
    (case when z.block_w0 <> 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w3 <> 0 then coalesce(z.block_b3, 0) else 0 end) as block_s4,
    (case when z.block_w0 = 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w3 = 0 then coalesce(z.block_b3, 0) else 0 end) as block_q4,
    (z.block_w0 + z.block_w3) as block_f4,
    (case when z.block_b0 is not null then z.block_w0 else 0 end + case when z.block_b3 is not null then z.block_w3 else 0 end) as block_t4
  from stage22 z offset 0),
stage24 as (
  select z.*,
    case when z.block_f4 = z.block_t4 then $24::numeric + z.block_s4 + z.block_q4 when z.block_t4 = 0 then null else $24::numeric + (div((z.block_s4 * z.block_f4) * 1e30, nullif(z.block_t4, 0)) * 1e-30) + z.block_q4 end as block_u4
  from stage23 z offset 0),
stage25 as (
  select z.*,
    case when z.block_u4 is not null then least(round(round(z.block_u4 + (coalesce(z.p10, 0)) - least((coalesce(z.p11, 0)), $43::numeric), 12), 0), $44::numeric) end as raw_total
  from stage24 z offset 0),
stage26 as (
  select z.*,
    coalesce((round(z.m6, 12) > $3::bigint), false) as veto0,
    coalesce(((round(z.raw_total, 12) < $45::bigint) or (z.p0 = $13::bigint)), false) as veto1
  from stage25 z offset 0),
stage27 as (
  select z.*,
    case when z.raw_total is null then null when z.veto0 then 0 else z.raw_total end as total
  from stage26 z offset 0),
stage28 as (
  select z.*,
    case when z.total is not null then case when greatest(1, case when z.veto1 then 3 end) <= 1 and z.total >= $46::numeric then 1 when greatest(1, case when z.veto1 then 3 end) <= 2 and z.total >= $47::numeric then 2 when greatest(1, case when z.veto1 then 3 end) <= 3 and true then 3 else 4 end end as grade0
  from stage27 z offset 0),
stage29 as (
  select z.*,
    case when z.grade0 = 1 and rank() over (partition by z."s_class", z.grade0 = 1 order by z.total desc) > round(round((div((count(*) filter (where z.total is not null) over (partition by z."s_class") * $43::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12), 0) then case when z.total >= $47::numeric then 2 when true then 3 else 4 end else z.grade0 end as grade1
  from stage28 z offset 0),
stage30 as (
  select z.*,
    case when z.grade1 = 2 and count(*) over (partition by z."s_parent", z.grade1 = 2 order by z.total desc) > ceil(round((div((count(*) filter (where z.total is not null) over (partition by z."s_parent") * $48::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12)) then case when true then 3 else 4 end else z.grade1 end as grade2
  from stage29 z offset 0),
stage31 as (
  select z.*,
    case when z.grade2 = 3 and count(*) over (partition by z.grade2 = 3 order by z.total desc) > $42::numeric then 4 else z.grade2 end as grade3
  from stage30 z offset 0),
stage32 as (
  select z.*,
    z.grade3 as grade_no,
    case when (true and z.total is not null) then (rank() over (partition by z."s_parent", (true and z.total is not null) order by z.total desc) + (count(*) over (partition by z."s_parent", (true and z.total is not null), z.total) - 1) * 0.5)::numeric end as place
  from stage31 z offset 0),
stage33 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t,
    coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null') as m4t,
    coalesce('"' || trim_scale(round(z.m4n, 12))::text || '"', 'null') as m4nt,
    coalesce('"' || trim_scale(round(z.m4d, 12))::text || '"', 'null') as m4dt,
    coalesce('"' || trim_scale(round(z.m8, 12))::text || '"', 'null') as m8t,
    coalesce('"' || trim_scale(round(z.m9, 12))::text || '"', 'null') as m9t,
    coalesce('"' || trim_scale(round(z.m7, 12))::text || '"', 'null') as m7t,
    coalesce('"' || trim_scale(round(z.m5, 12))::text || '"', 'null') as m5t
  from stage32 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.total)::text as total, ($49::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $50::text end, case when z.veto1 then $51::text end], null)) as vetoes,
  format($52::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b3, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($53::text, coalesce('"' || trim_scale(z.p0)::text || '"', 'null'), z.m3t, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e0 is not null then '"exempt-' || z.e0 || '"' when z.r0 is null then '"zero"' else 'null' end),
    case when z.a1 then format($54::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), z.m0, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n1)::text || '"', 'null'), coalesce('"' || trim_scale(z.q1)::text || '"', 'null'), case when z.e1 is not null then '"exempt-' || z.e1 || '"' when z.r1 is null then '"peer-mean"' else 'null' end) end,
    case when z.a2 then format($55::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), z.m4t, z.m4nt, z.m4dt, z.m3t, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e2 is not null then '"exempt-' || z.e2 || '"' when z.r2 is null then '"full"' else 'null' end) end,
    case when z.a3 then format($56::text, coalesce('"' || trim_scale(z.p3)::text || '"', 'null'), z.m2, z.m6, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x3, 12))::text || '"', 'null'), case when z.e3 is not null then '"exempt-' || z.e3 || '"' when z.r3 is null then '"exclude"' else 'null' end) end,
    case when z.a4 then format($57::text, trim_scale(z.p4), z.m4t, z.m4nt, z.m4dt, z.m3t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n4)::text || '"', 'null'), coalesce('"' || trim_scale(z.q4)::text || '"', 'null'), case when z.e4 is not null then '"exempt-' || z.e4 || '"' when z.r4 is null then '"peer-mean"' else 'null' end) end,
    format($58::text, trim_scale(z.p5), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p3::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n5)::text || '"', 'null'), coalesce('"' || trim_scale(z.q5)::text || '"', 'null'), case when z.e5 is not null then '"exempt-' || z.e5 || '"' when z.r5 is null then '"peer-mean"' else 'null' end),
    format($59::text, trim_scale(z.p6), z.m8t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n6)::text || '"', 'null'), coalesce('"' || trim_scale(z.q6)::text || '"', 'null'), case when z.e6 is not null then '"exempt-' || z.e6 || '"' when z.r6 is null then '"peer-mean"' else 'null' end),
    format($60::text, trim_scale(z.p7), z.m6, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), case when z.e7 is not null then '"exempt-' || z.e7 || '"' when z.r7 is null then '"zero"' else 'null' end),
    format($61::text, trim_scale(z.p8), z.m9t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n8)::text || '"', 'null'), coalesce('"' || trim_scale(z.q8)::text || '"', 'null'), case when z.e8 is not null then '"exempt-' || z.e8 || '"' when z.r8 is null then '"peer-mean"' else 'null' end),
    format($62::text, coalesce('"' || trim_scale(z.p9)::text || '"', 'null'), z.m7t, z.m5t, z.m5n, z.m5d, z.m4t, z.m4nt, z.m4dt, z.m3t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x9, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n9)::text || '"', 'null'), coalesce('"' || trim_scale(z.q9)::text || '"', 'null'), case when z.e9 is not null then '"exempt-' || z.e9 || '"' when z.r9 is null then '"peer-mean"' else 'null' end),
    format($63::text, coalesce('"' || trim_scale(z.p10)::text || '"', 'null'), z.m6, case when z.r10 is null then '"zero"' else 'null' end),
    format($64::text, trim_scale(z.p11), z.m1, case when z.r11 is null then '"zero"' else 'null' end)), '')) || ']') as items
from stage33 z
order by z.id::text collate "C";
-- $1 = 1
-- $2 = "2"
-- $3 = "3"
-- $4 = "奖"
-- $5 = "2025-01-01T00:00:00Z"
-- $6 = "2024-01-01"
-- $7 = "2024-06-30"
-- $8 = "件"
-- $9 = "2024-01-31"
-- $10 = "2023-01-01"
-- $11 = "2023-06-30"
-- $12 = "outside"
-- $13 = "0"
-- $14 = "丙"
-- $15 = "12"
-- $16 = "10"
-- $17 = "0.5"
-- $18 = "8"
-- $19 = "1.2"
-- $20 = "0.1"
-- $21 = "4"
-- $22 = "0.25"
-- $23 = "-1"
-- $24 = "0"
-- $25 = "1"
-- $26 = "30"
-- $27 = "20"
-- $28 = "-5"
-- $29 = "95.5"
-- $30 = "0.7"
-- $31 = true
-- $32 = "5"
-- $33 = "100"
-- $34 = "20"
-- $35 = "5"
-- $36 = ["9","7.5","6"]
-- $37 = "0.2"
-- $38 = "1.5"
-- $39 = "2.0"
-- $40 = "-0.1"
-- $41 = "9"
-- $42 = "3"
-- $43 = "12.5"
-- $44 = "100"
-- $45 = "60"
-- $46 = "95"
-- $47 = "85"
-- $48 = "40"
-- $49 = ["优","良","中","差"]
-- $50 = "nought"
-- $51 = "capped"
-- $52 = "{\"top\":%s,\"inner\":%s,\"started_only\":%s,\"second\":%s}"
-- $53 = "{\"id\":\"whole\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $54 = "{\"id\":\"most_of\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"plain\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $55 = "{\"id\":\"capless\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $56 = "{\"id\":\"limited\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"kinds\":\"%s\",\"cases\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"x\":%s},\"missing\":%s}"
-- $57 = "{\"id\":\"gated\",\"max\":\"5\",\"points\":\"%s\",\"inputs\":{\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"items.whole\":%s,\"blocks.top\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $58 = "{\"id\":\"listed\",\"max\":\"9\",\"points\":\"%s\",\"inputs\":{\"items.whole\":%s,\"items.limited\":%s,\"subject.parent\":%s,\"x\":%s,\"place\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $59 = "{\"id\":\"converted\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"mark.outside.sum\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $60 = "{\"id\":\"free\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"cases\":\"%s\",\"items.whole\":%s,\"blocks.top\":%s},\"missing\":%s}"
-- $61 = "{\"id\":\"own_input\",\"max\":\"3\",\"points\":\"%s\",\"inputs\":{\"item.own_input\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $62 = "{\"id\":\"last_year\",\"max\":\"3\",\"points\":%s,\"inputs\":{\"openings\":%s,\"good\":%s,\"good.numerator\":\"%s\",\"good.denominator\":\"%s\",\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"x\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $63 = "{\"id\":\"free_bonus\",\"max\":null,\"points\":%s,\"inputs\":{\"cases\":\"%s\"},\"missing\":%s}"
-- $64 = "{\"id\":\"fined\",\"max\":\"4\",\"points\":\"%s\",\"inputs\":{\"rows\":\"%s\"},\"missing\":%s}"

-- run of one subject
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent, q."c_staff" as "s_staff", q."c_open" as "s_open", q."c_class" as "s_class", q."c_parent" as "s_parent" from (select r.id as s, r.id as rid, null::date as day, r.name as "c_name", r.class as "c_class", r.parent as "c_parent", r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q),
facts1 as materialized (
  select q.s as id, (count(*))::numeric as m0n, (count(distinct q."c_kind"))::numeric as m2n, (sum((q."c_hours" * $2::numeric)) filter (where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $3::bigint))))))::numeric as m3n, (sum(q."c_hours") filter (where q."c_ok"))::numeric as m4n, (sum(q."c_n") filter (where (q."c_kind" = $4::text)))::numeric as m9n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where q.s is not null group by q.s),
facts2 as materialized (
  select q.s as id, (count(*))::numeric as m1n from (select r.unit_id as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null group by q.s),
facts3 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $9::text) and (q."c_ok" and (q."c_due" > $10::date))))::numeric as m5n, (count(*) filter (where (q."c_kind" = $9::text)))::numeric as m5d from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $11::date and $12::date) q where q.s is not null and (q."c_kind" = $9::text) group by q.s),
facts4 as materialized (
  select g.id, sum(g.m6) as m6n from (select q.s as id, max(1::numeric) as m6 from (select r.unit_id as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts5 as materialized (
  select q.s as id, (sum(q."c_staff") filter (where q."c_open"))::numeric as m7n from (select r.id as s, r.id as rid, null::date as day, r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q where q.s is not null and q."c_open" group by q.s),
facts6 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $13::text)))::numeric as m8n from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $6::date and $7::date) q where q.s is not null and (q."c_item" = $13::text) group by q.s),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    coalesce(facts1.m2n, 0) as m2,
    coalesce(facts1.m3n, 0) as m3,
    coalesce(facts1.m4n, 0) as m4,
    coalesce(facts1.m4n, 0) as m4n,
    coalesce(facts1.m3n, 0) as m4d,
    coalesce(facts1.m9n, 0) as m9,
    coalesce(facts2.m1n, 0) as m1,
    (div((coalesce(facts3.m5n, 0) * 100) * 1e30, nullif(coalesce(facts3.m5d, 0), 0)) * 1e-30) as m5,
    coalesce(facts3.m5n, 0) as m5n,
    coalesce(facts3.m5d, 0) as m5d,
    coalesce(facts4.m6n, 0) as m6,
    coalesce(facts5.m7n, 0) as m7,
    coalesce(facts6.m8n, 0) as m8
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id
  left join facts4 on facts4.id = population.id
  left join facts5 on facts5.id = population.id
  left join facts6 on facts6.id = population.id),
stage1 as (
  select z.*,
    case when (z."s_staff" = $14::bigint) then 'exclude' end as e0,
    coalesce((z."s_open" and (z."s_class" <> $15::text)), false) as a1,
    case when (z."s_staff" = $14::bigint) then 'exclude' end as e1,
    coalesce((z."s_open" and (z."s_class" <> $15::text)), false) as a2,
    case when (z."s_staff" = $14::bigint) then 'exclude' end as e2,
    coalesce((z."s_open" and (z."s_class" <> $15::text)), false) as a3,
    case when (z."s_staff" = $14::bigint) then 'exclude' end as e3,
    ((z.m2 + z.m6))::numeric as x3
  from base z offset 0),
stage2 as (
  select z.*,
    round(round(case when round(($16::numeric - z.m3), 12) <= 0 then $17::numeric when round(($16::numeric - z.m3), 12) > 0 then $17::numeric - $18::numeric * floor(round((div((($16::numeric - z.m3)) * 1e30, nullif($18::numeric, 0)) * 1e-30), 12)) end, 12), 1) as r0,
    round(round($17::numeric * case when round((div((z.m0) * 1e30, nullif($19::numeric, 0)) * 1e-30), 12) > $20::numeric then $20::numeric else (div((z.m0) * 1e30, nullif($19::numeric, 0)) * 1e-30) end, 12), 0) as r1,
    round(round($17::numeric - $21::numeric * z.m4, 12), 1) as r2,
    round(round($17::numeric - case when round((z."s_staff")::numeric * z.x3, 12) > $22::numeric then $22::numeric else (z."s_staff")::numeric * z.x3 end, 12), 1) as r3,
    round(round($23::numeric * z.m6, 12), 1) as r10,
    round(round($2::numeric * z.m1, 12), 1) as r11
  from stage1 z offset 0),
stage3 as materialized (
  select z.id,
    (count(*) filter (where z.a1 and z.e1 is null and z.r1 is not null) over (partition by z."s_parent"))::numeric as n1,
    sum(least(z.r1, $16::numeric)) filter (where z.a1 and z.e1 is null and z.r1 is not null) over (partition by z."s_parent") as q1
  from stage2 z),
stage4 as (
  select z.*, y.n1, y.q1
  from stage2 z join stage3 y on y.id = z.id),
stage5 as (
  select z.*,
    case when z.e0 = 'full' then $17::numeric when z.e0 = 'exclude' then null when z.r0 is not null then least(z.r0, $17::numeric) else 0 end as p0,
    case when not z.a1 then null when z.e1 = 'full' then $17::numeric when z.e1 = 'exclude' then null when z.r1 is not null then least(z.r1, $16::numeric) else case when z.n1 > 0 then least(round(round((div((z.q1) * 1e30, nullif(z.n1, 0)) * 1e-30), 12), 0), $16::numeric) else 0 end end as p1,
    case when not z.a2 then null when z.e2 = 'full' then $17::numeric when z.e2 = 'exclude' then null when z.r2 is not null then greatest(z.r2, $2::numeric) else $17::numeric end as p2,
    case when not z.a3 then null when z.e3 = 'full' then $17::numeric when z.e3 = 'exclude' then null when z.r3 is not null then least(z.r3, $17::numeric) else null end as p3,
    case when z.r10 is not null then z.r10 else 0 end as p10,
    case when z.r11 is not null then least(greatest(z.r11, $24::numeric), $22::numeric) else 0 end as p11
  from stage4 z offset 0),
stage6 as (
  select z.*,
    coalesce((z."s_open" and (z."s_class" <> $15::text)), false) as block_a1
  from stage5 z offset 0),
stage7 as (
  select z.*,
    (coalesce(z.p1, 0) + coalesce(z.p2, 0) + coalesce(z.p3, 0)) as block_s1,
    (0::numeric) as block_q1,
    (case when z.a1 then $17::numeric else 0 end + case when z.a2 then $17::numeric else 0 end + case when z.a3 then $17::numeric else 0 end) as block_f1,
    (case when z.p1 is not null then $17::numeric else 0 end + case when z.p2 is not null then $17::numeric else 0 end + case when z.p3 is not null then $17::numeric else 0 end) as block_t1
  from stage6 z offset 0),
stage8 as (
  select z.*,
    case when z.block_f1 = z.block_t1 then $25::numeric + z.block_s1 + z.block_q1 when z.block_t1 = 0 then null else $25::numeric + (div((z.block_s1 * z.block_f1) * 1e30, nullif(z.block_t1, 0)) * 1e-30) + z.block_q1 end as block_u1
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when not z.block_a1 then 0 else case when z.block_u1 is not null then z.block_u1 * $26::numeric end end as block_b1,
    case when not z.block_a1 then 0 else ($25::numeric + z.block_f1) * $26::numeric end as block_w1,
    ($27::numeric + (0::numeric)) * $26::numeric as block_b2,
    ($27::numeric + (0::numeric)) * $26::numeric as block_w2
  from stage8 z offset 0),
stage10 as (
  select z.*,
    (coalesce(z.p0, 0) + case when z.block_w1 <> 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 <> 0 then coalesce(z.block_b2, 0) else 0 end) as block_s0,
    (case when z.block_w1 = 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 = 0 then coalesce(z.block_b2, 0) else 0 end) as block_q0,
    ($17::numeric + z.block_w1 + z.block_w2) as block_f0,
    (case when z.p0 is not null then $17::numeric else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end + case when z.block_b2 is not null then z.block_w2 else 0 end) as block_t0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $28::numeric + z.block_s0 + z.block_q0 when z.block_t0 = 0 then $28::numeric + z.block_q0 else $28::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) + z.block_q0 end as block_u0
  from stage10 z offset 0),
stage12 as (
  select z.*,
    case when z.block_u0 is not null then round(round(least(greatest(z.block_u0, $29::numeric), $30::numeric) * $31::numeric, 12), 3) end as block_b0,
    ($28::numeric + z.block_f0) * $31::numeric as block_w0
  from stage11 z offset 0),
stage13 as (
  select z.*,
    coalesce(((z.m4 is not null) or $32::boolean), false) as a4,
    case when (z.p0 > $33::bigint) then 'full' end as e4,
    case when (z.p0 > $33::bigint) then 'full' end as e5,
    ((z.p0 + z.p3))::numeric as x5,
    case when (z.p0 > $33::bigint) then 'full' end as e6,
    case when (z.p0 > $33::bigint) then 'full' end as e7,
    case when (z.p0 > $33::bigint) then 'full' end as e8,
    case when (round(z.m7, 12) > $34::bigint) then 'exclude' when (z.p0 > $33::bigint) then 'full' end as e9,
    ((z.m5 - z.m4))::numeric as x9
  from stage12 z offset 0),
stage14 as materialized (
  select z.id,
    case when (true and z.e5 is null and round(z.x5, 12) is not null) then (rank() over (partition by (true and z.e5 is null and round(z.x5, 12) is not null) order by round(z.x5, 12) desc))::numeric end as k5,
    (count(*) filter (where (true and z.e5 is null and round(z.x5, 12) is not null)) over ())::numeric as c5
  from stage13 z),
stage15 as (
  select z.*, y.k5, y.c5
  from stage13 z join stage14 y on y.id = z.id),
stage16 as (
  select z.*,
    round(round(case when ((round(z.m4, 12) >= $18::numeric) and (round(z.block_b0, 12) > $35::bigint)) then $36::numeric when not ((round(z.m4, 12) >= $18::numeric) and (round(z.block_b0, 12) > $35::bigint)) then 0 end, 12), 1) as r4,
    round(round(case when z.k5 is not null then coalesce(($37::numeric[])[z.k5::int], $26::numeric) end, 12), 1) as r5,
    round(round($38::numeric * z.m8 + $24::numeric, 12), 1) as r6,
    round(round(((case (round(z.m6, 12) > $3::bigint) when true then (z.p0 + $39::numeric) when false then (div((z.block_b0) * 1e30, nullif($40::numeric, 0)) * 1e-30) end))::numeric, 12), 1) as r7,
    round(round($18::numeric * z.m9, 12), 1) as r8,
    round(round($41::numeric * z.x9, 12), 1) as r9
  from stage15 z offset 0),
stage17 as materialized (
  select z.id,
    (count(*) filter (where z.a4 and z.e4 is null and z.r4 is not null) over (partition by z."s_parent"))::numeric as n4,
    sum(least(z.r4, $36::numeric)) filter (where z.a4 and z.e4 is null and z.r4 is not null) over (partition by z."s_parent") as q4,
    (count(*) filter (where true and z.e5 is null and z.r5 is not null) over (partition by z."s_parent"))::numeric as n5,
    sum(least(z.r5, $42::numeric)) filter (where true and z.e5 is null and z.r5 is not null) over (partition by z."s_parent") as q5,
    (count(*) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent"))::numeric as n6,
    sum(least(z.r6, $28::numeric)) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent") as q6,
    (count(*) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent"))::numeric as n8,
    sum(least(z.r8, $43::numeric)) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent") as q8,
    (count(*) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent"))::numeric as n9,
    sum(least(z.r9, $43::numeric)) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent") as q9
  from stage16 z),
stage18 as (
  select z.*, y.n4, y.q4, y.n5, y.q5, y.n6, y.q6, y.n8, y.q8, y.n9, y.q9
  from stage16 z join stage17 y on y.id = z.id),
stage19 as (
  select z.*,
    case when not z.a4 then null when z.e4 = 'full' then $36::numeric when z.e4 = 'exclude' then null when z.r4 is not null then least(z.r4, $36::numeric) else case when z.n4 > 0 then least(round(round((div((z.q4) * 1e30, nullif(z.n4, 0)) * 1e-30), 12), 1), $36::numeric) else 0 end end as p4,
    case when z.e5 = 'full' then $42::numeric when z.e5 = 'exclude' then null when z.r5 is not null then least(z.r5, $42::numeric) else case when z.n5 > 0 then least(round(round((div((z.q5) * 1e30, nullif(z.n5, 0)) * 1e-30), 12), 1), $42::numeric) else 0 end end as p5,
    case when z.e6 = 'full' then $28::numeric when z.e6 = 'exclude' then null when z.r6 is not null then least(z.r6, $28::numeric) else case when z.n6 > 0 then least(round(round((div((z.q6) * 1e30, nullif(z.n6, 0)) * 1e-30), 12), 1), $28::numeric) else 0 end end as p6,
    case when z.e7 = 'full' then $28::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(z.r7, $28::numeric) else 0 end as p7,
    case when z.e8 = 'full' then $43::numeric when z.e8 = 'exclude' then null when z.r8 is not null then least(z.r8, $43::numeric) else case when z.n8 > 0 then least(round(round((div((z.q8) * 1e30, nullif(z.n8, 0)) * 1e-30), 12), 1), $43::numeric) else 0 end end as p8,
    case when z.e9 = 'full' then $43::numeric when z.e9 = 'exclude' then null when z.r9 is not null then least(z.r9, $43::numeric) else case when z.n9 > 0 then least(round(round((div((z.q9) * 1e30, nullif(z.n9, 0)) * 1e-30), 12), 1), $43::numeric) else 0 end end as p9
  from stage18 z offset 0),
stage20 as (
  select z.*,
    (coalesce(z.p4, 0) + coalesce(z.p5, 0) + coalesce(z.p6, 0) + coalesce(z.p7, 0) + coalesce(z.p8, 0) + coalesce(z.p9, 0)) as block_s3,
    (0::numeric) as block_q3,
    (case when z.a4 then $36::numeric else 0 end + $42::numeric + $28::numeric + $28::numeric + $43::numeric + $43::numeric) as block_f3,
    (case when z.p4 is not null then $36::numeric else 0 end + case when z.p5 is not null then $42::numeric else 0 end + case when z.p6 is not null then $28::numeric else 0 end + case when z.p7 is not null then $28::numeric else 0 end + case when z.p8 is not null then $43::numeric else 0 end + case when z.p9 is not null then $43::numeric else 0 end) as block_t3
  from stage19 z offset 0),
stage21 as (
  select z.*,
    case when z.block_f3 = z.block_t3 then $25::numeric + z.block_s3 + z.block_q3 when z.block_t3 = 0 then null else $25::numeric + (div((z.block_s3 * z.block_f3) * 1e30, nullif(z.block_t3, 0)) * 1e-30) + z.block_q3 end as block_u3
  from stage20 z offset 0),
stage22 as (
  select z.*,
    case when z.block_u3 is not null then z.block_u3 * $26::numeric end as block_b3,
    ($25::numeric + z.block_f3) * $26::numeric as block_w3
  from stage21 z offset 0),
stage23 as (
  select z.*,
    (case when z.block_w0 <> 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w3 <> 0 then coalesce(z.block_b3, 0) else 0 end) as block_s4,
    (case when z.block_w0 = 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w3 = 0 then coalesce(z.block_b3, 0) else 0 end) as block_q4,
    (z.block_w0 + z.block_w3) as block_f4,
    (case when z.block_b0 is not null then z.block_w0 else 0 end + case when z.block_b3 is not null then z.block_w3 else 0 end) as block_t4
  from stage22 z offset 0),
stage24 as (
  select z.*,
    case when z.block_f4 = z.block_t4 then $25::numeric + z.block_s4 + z.block_q4 when z.block_t4 = 0 then null else $25::numeric + (div((z.block_s4 * z.block_f4) * 1e30, nullif(z.block_t4, 0)) * 1e-30) + z.block_q4 end as block_u4
  from stage23 z offset 0),
stage25 as (
  select z.*,
    case when z.block_u4 is not null then least(round(round(z.block_u4 + (coalesce(z.p10, 0)) - least((coalesce(z.p11, 0)), $44::numeric), 12), 0), $45::numeric) end as raw_total
  from stage24 z offset 0),
stage26 as (
  select z.*,
    coalesce((round(z.m6, 12) > $3::bigint), false) as veto0,
    coalesce(((round(z.raw_total, 12) < $46::bigint) or (z.p0 = $14::bigint)), false) as veto1
  from stage25 z offset 0),
stage27 as (
  select z.*,
    case when z.raw_total is null then null when z.veto0 then 0 else z.raw_total end as total
  from stage26 z offset 0),
stage28 as (
  select z.*,
    null::int as grade0
  from stage27 z offset 0),
stage29 as (
  select z.*,
    z.grade0 as grade_no,
    null::numeric as place
  from stage28 z offset 0),
stage30 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t,
    coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null') as m4t,
    coalesce('"' || trim_scale(round(z.m4n, 12))::text || '"', 'null') as m4nt,
    coalesce('"' || trim_scale(round(z.m4d, 12))::text || '"', 'null') as m4dt,
    coalesce('"' || trim_scale(round(z.m8, 12))::text || '"', 'null') as m8t,
    coalesce('"' || trim_scale(round(z.m9, 12))::text || '"', 'null') as m9t,
    coalesce('"' || trim_scale(round(z.m7, 12))::text || '"', 'null') as m7t,
    coalesce('"' || trim_scale(round(z.m5, 12))::text || '"', 'null') as m5t
  from stage29 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.total)::text as total, ($47::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $48::text end, case when z.veto1 then $49::text end], null)) as vetoes,
  format($50::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b3, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($51::text, coalesce('"' || trim_scale(z.p0)::text || '"', 'null'), z.m3t, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e0 is not null then '"exempt-' || z.e0 || '"' when z.r0 is null then '"zero"' else 'null' end),
    case when z.a1 then format($52::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), z.m0, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n1)::text || '"', 'null'), coalesce('"' || trim_scale(z.q1)::text || '"', 'null'), case when z.e1 is not null then '"exempt-' || z.e1 || '"' when z.r1 is null then '"peer-mean"' else 'null' end) end,
    case when z.a2 then format($53::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), z.m4t, z.m4nt, z.m4dt, z.m3t, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e2 is not null then '"exempt-' || z.e2 || '"' when z.r2 is null then '"full"' else 'null' end) end,
    case when z.a3 then format($54::text, coalesce('"' || trim_scale(z.p3)::text || '"', 'null'), z.m2, z.m6, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x3, 12))::text || '"', 'null'), case when z.e3 is not null then '"exempt-' || z.e3 || '"' when z.r3 is null then '"exclude"' else 'null' end) end,
    case when z.a4 then format($55::text, trim_scale(z.p4), z.m4t, z.m4nt, z.m4dt, z.m3t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n4)::text || '"', 'null'), coalesce('"' || trim_scale(z.q4)::text || '"', 'null'), case when z.e4 is not null then '"exempt-' || z.e4 || '"' when z.r4 is null then '"peer-mean"' else 'null' end) end,
    format($56::text, trim_scale(z.p5), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p3::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n5)::text || '"', 'null'), coalesce('"' || trim_scale(z.q5)::text || '"', 'null'), case when z.e5 is not null then '"exempt-' || z.e5 || '"' when z.r5 is null then '"peer-mean"' else 'null' end),
    format($57::text, trim_scale(z.p6), z.m8t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n6)::text || '"', 'null'), coalesce('"' || trim_scale(z.q6)::text || '"', 'null'), case when z.e6 is not null then '"exempt-' || z.e6 || '"' when z.r6 is null then '"peer-mean"' else 'null' end),
    format($58::text, trim_scale(z.p7), z.m6, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), case when z.e7 is not null then '"exempt-' || z.e7 || '"' when z.r7 is null then '"zero"' else 'null' end),
    format($59::text, trim_scale(z.p8), z.m9t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n8)::text || '"', 'null'), coalesce('"' || trim_scale(z.q8)::text || '"', 'null'), case when z.e8 is not null then '"exempt-' || z.e8 || '"' when z.r8 is null then '"peer-mean"' else 'null' end),
    format($60::text, coalesce('"' || trim_scale(z.p9)::text || '"', 'null'), z.m7t, z.m5t, z.m5n, z.m5d, z.m4t, z.m4nt, z.m4dt, z.m3t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x9, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n9)::text || '"', 'null'), coalesce('"' || trim_scale(z.q9)::text || '"', 'null'), case when z.e9 is not null then '"exempt-' || z.e9 || '"' when z.r9 is null then '"peer-mean"' else 'null' end),
    format($61::text, coalesce('"' || trim_scale(z.p10)::text || '"', 'null'), z.m6, case when z.r10 is null then '"zero"' else 'null' end),
    format($62::text, trim_scale(z.p11), z.m1, case when z.r11 is null then '"zero"' else 'null' end)), '')) || ']') as items
from stage30 z
where z.id = any($8)
order by z.id::text collate "C";
-- $1 = 1
-- $2 = "2"
-- $3 = "3"
-- $4 = "奖"
-- $5 = "2025-01-01T00:00:00Z"
-- $6 = "2024-01-01"
-- $7 = "2024-06-30"
-- $8 = ["u1"]
-- $9 = "件"
-- $10 = "2024-01-31"
-- $11 = "2023-01-01"
-- $12 = "2023-06-30"
-- $13 = "outside"
-- $14 = "0"
-- $15 = "丙"
-- $16 = "12"
-- $17 = "10"
-- $18 = "0.5"
-- $19 = "8"
-- $20 = "1.2"
-- $21 = "0.1"
-- $22 = "4"
-- $23 = "0.25"
-- $24 = "-1"
-- $25 = "0"
-- $26 = "1"
-- $27 = "30"
-- $28 = "20"
-- $29 = "-5"
-- $30 = "95.5"
-- $31 = "0.7"
-- $32 = true
-- $33 = "5"
-- $34 = "100"
-- $35 = "20"
-- $36 = "5"
-- $37 = ["9","7.5","6"]
-- $38 = "0.2"
-- $39 = "1.5"
-- $40 = "2.0"
-- $41 = "-0.1"
-- $42 = "9"
-- $43 = "3"
-- $44 = "12.5"
-- $45 = "100"
-- $46 = "60"
-- $47 = ["优","良","中","差"]
-- $48 = "nought"
-- $49 = "capped"
-- $50 = "{\"top\":%s,\"inner\":%s,\"started_only\":%s,\"second\":%s}"
-- $51 = "{\"id\":\"whole\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $52 = "{\"id\":\"most_of\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"plain\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $53 = "{\"id\":\"capless\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $54 = "{\"id\":\"limited\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"kinds\":\"%s\",\"cases\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"x\":%s},\"missing\":%s}"
-- $55 = "{\"id\":\"gated\",\"max\":\"5\",\"points\":\"%s\",\"inputs\":{\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"items.whole\":%s,\"blocks.top\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $56 = "{\"id\":\"listed\",\"max\":\"9\",\"points\":\"%s\",\"inputs\":{\"items.whole\":%s,\"items.limited\":%s,\"subject.parent\":%s,\"x\":%s,\"place\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $57 = "{\"id\":\"converted\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"mark.outside.sum\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $58 = "{\"id\":\"free\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"cases\":\"%s\",\"items.whole\":%s,\"blocks.top\":%s},\"missing\":%s}"
-- $59 = "{\"id\":\"own_input\",\"max\":\"3\",\"points\":\"%s\",\"inputs\":{\"item.own_input\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $60 = "{\"id\":\"last_year\",\"max\":\"3\",\"points\":%s,\"inputs\":{\"openings\":%s,\"good\":%s,\"good.numerator\":\"%s\",\"good.denominator\":\"%s\",\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"x\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $61 = "{\"id\":\"free_bonus\",\"max\":null,\"points\":%s,\"inputs\":{\"cases\":\"%s\"},\"missing\":%s}"
-- $62 = "{\"id\":\"fined\",\"max\":\"4\",\"points\":\"%s\",\"inputs\":{\"rows\":\"%s\"},\"missing\":%s}"

-- figure rows
select trim_scale(round(coalesce(f0.m0n, 0), 12))::text as numerator, null::text as denominator, trim_scale(round(coalesce(f0.m0n, 0), 12))::text as value from (select 1) one left join (select (count(*))::numeric as m0n from (select null::text as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) f0 on true;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"

-- rows of rows
select o.rid::text as id, o.day::text as day, o.value::text as value from (select q.rid, q.day, null::text as value from (select null::text as s, r.id as rid, r.day as day from (select * from event where tenant_id = $1::int and known_from <= $2::timestamptz) r where r.day between $3::date and $4::date) q) o where o.rid > $5 order by o.rid limit $6::int;
-- $1 = 1
-- $2 = "2025-01-01T00:00:00Z"
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = "1"
-- $6 = 50
