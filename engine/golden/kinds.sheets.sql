-- columns of a sheet: id string, name string, class string, parent string, "s_staff" int, "s_class" string, m0 decimal, m1 decimal, m1n decimal, m1d decimal, m2 decimal, m2n decimal, m2d decimal, m6 decimal, m3 decimal, m4 decimal, m5 decimal, m5n decimal, m5d decimal

-- sheets
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent, q."c_staff" as "s_staff", q."c_class" as "s_class" from (select r.id as s, r.id as rid, null::date as day, r.name as "c_name", r.class as "c_class", r.parent as "c_parent", r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q where q."c_open"),
facts1 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $2::text)))::numeric as m0n, (count(distinct q."c_case_key"))::numeric as m1n, (count(*) filter (where (q."c_kind" = $3::text) and q."c_ok"))::numeric as m2n, (count(*) filter (where (q."c_kind" = $3::text)))::numeric as m2d, (count(*) filter (where (q."c_kind" = $4::text)))::numeric as m6n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where q.s is not null group by q.s),
facts2 as materialized (
  select g.id, sum(g.m3) as m3n from (select q.s as id, max(((case (q."c_kind" = $8::text) when true then $9::numeric when false then (case (q."c_kind" = $10::text) when true then $11::numeric when false then $12::numeric end) end))::numeric) as m3 from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts3 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $2::text)))::numeric as m4n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $13::date and $14::date) q where q.s is not null and (q."c_kind" = $2::text) group by q.s),
facts4 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $15::text)))::numeric as m5n, (count(q."c_value") filter (where (q."c_item" = $15::text)))::numeric as m5d from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $6::date and $7::date) q where q.s is not null and (q."c_item" = $15::text) group by q.s),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    (div((coalesce(facts1.m1n, 0) * 100) * 1e30, nullif(coalesce(facts1.m0n, 0), 0)) * 1e-30) as m1,
    coalesce(facts1.m1n, 0) as m1n,
    coalesce(facts1.m0n, 0) as m1d,
    (div((coalesce(facts1.m2n, 0) * 100) * 1e30, nullif(coalesce(facts1.m2d, 0), 0)) * 1e-30) as m2,
    coalesce(facts1.m2n, 0) as m2n,
    coalesce(facts1.m2d, 0) as m2d,
    coalesce(facts1.m6n, 0) as m6,
    coalesce(facts2.m3n, 0) as m3,
    coalesce(facts3.m4n, 0) as m4,
    (div((facts4.m5n) * 1e30, nullif(coalesce(facts4.m5d, 0), 0)) * 1e-30) as m5,
    facts4.m5n as m5n,
    coalesce(facts4.m5d, 0) as m5d
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id
  left join facts4 on facts4.id = population.id)
select z.id::text as id, z.name::text as name, z.class::text as class, z.parent::text as parent, z."s_staff"::text as "s_staff", z."s_class"::text as "s_class", z.m0::text as m0, z.m1::text as m1, z.m1n::text as m1n, z.m1d::text as m1d, z.m2::text as m2, z.m2n::text as m2n, z.m2d::text as m2d, z.m6::text as m6, z.m3::text as m3, z.m4::text as m4, z.m5::text as m5, z.m5n::text as m5n, z.m5d::text as m5d from base z order by z.id::text collate "C";
-- $1 = 1
-- $2 = "会"
-- $3 = "件"
-- $4 = "表扬"
-- $5 = "2025-01-01T00:00:00Z"
-- $6 = "2024-01-01"
-- $7 = "2024-12-31"
-- $8 = "诫勉"
-- $9 = "1"
-- $10 = "移送"
-- $11 = "8"
-- $12 = "0"
-- $13 = "2023-01-01"
-- $14 = "2023-12-31"
-- $15 = "manual"

-- nothing reads nothing

-- what reads event, of one subject
with facts1 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n, (count(distinct q."c_case_key"))::numeric as m1n, (count(*) filter (where (q."c_kind" = $2::text) and q."c_ok"))::numeric as m2n, (count(*) filter (where (q."c_kind" = $2::text)))::numeric as m2d, (count(*) filter (where (q."c_kind" = $3::text)))::numeric as m6n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", r.case_key as "c_case_key" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null group by q.s),
facts2 as materialized (
  select g.id, sum(g.m3) as m3n from (select q.s as id, max(((case (q."c_kind" = $9::text) when true then $10::numeric when false then (case (q."c_kind" = $11::text) when true then $12::numeric when false then $13::numeric end) end))::numeric) as m3 from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts3 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m4n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $14::date and $15::date and r.unit_id = any($8)) q where q.s is not null and (q."c_kind" = $1::text) group by q.s),
population as (select unnest($8) as id)
select z.id::text as id, z.m0::text as m0, z.m1::text as m1, z.m1n::text as m1n, z.m1d::text as m1d, z.m2::text as m2, z.m2n::text as m2n, z.m2d::text as m2d, z.m6::text as m6, z.m3::text as m3, z.m4::text as m4 from (select population.*,
    coalesce(facts1.m0n, 0) as m0,
    (div((coalesce(facts1.m1n, 0) * 100) * 1e30, nullif(coalesce(facts1.m0n, 0), 0)) * 1e-30) as m1,
    coalesce(facts1.m1n, 0) as m1n,
    coalesce(facts1.m0n, 0) as m1d,
    (div((coalesce(facts1.m2n, 0) * 100) * 1e30, nullif(coalesce(facts1.m2d, 0), 0)) * 1e-30) as m2,
    coalesce(facts1.m2n, 0) as m2n,
    coalesce(facts1.m2d, 0) as m2d,
    coalesce(facts1.m6n, 0) as m6,
    coalesce(facts2.m3n, 0) as m3,
    coalesce(facts3.m4n, 0) as m4
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id) z;
-- $1 = "会"
-- $2 = "件"
-- $3 = "表扬"
-- $4 = 1
-- $5 = "2025-01-01T00:00:00Z"
-- $6 = "2024-01-01"
-- $7 = "2024-12-31"
-- $8 = ["u1"]
-- $9 = "诫勉"
-- $10 = "1"
-- $11 = "移送"
-- $12 = "8"
-- $13 = "0"
-- $14 = "2023-01-01"
-- $15 = "2023-12-31"

-- what reads mark, of one subject
with facts1 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m5n, (count(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m5d from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null and (q."c_item" = $1::text) group by q.s),
population as (select unnest($5) as id)
select z.id::text as id, z.m5::text as m5, z.m5n::text as m5n, z.m5d::text as m5d from (select population.*,
    (div((facts1.m5n) * 1e30, nullif(coalesce(facts1.m5d, 0), 0)) * 1e-30) as m5,
    facts1.m5n as m5n,
    coalesce(facts1.m5d, 0) as m5d
  from population
  left join facts1 on facts1.id = population.id) z;
-- $1 = "manual"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-12-31"
-- $5 = ["u1"]

-- scores of a sheet
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as "s_staff", c.c5 as "s_class", c.c6 as m0, c.c7 as m1, c.c8 as m1n, c.c9 as m1d, c.c10 as m2, c.c11 as m2n, c.c12 as m2d, c.c13 as m6, c.c14 as m3, c.c15 as m4, c.c16 as m5, c.c17 as m5n, c.c18 as m5d from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::text[], $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[], $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[], $18::numeric[], $19::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18)),
stage1 as (
  select z.*,
    coalesce((z."s_class" = $20::text), false) as a7,
    case when (z."s_staff" < $21::bigint) then 'full' end as e7
  from base z offset 0),
stage2 as materialized (
  select z.id,
    case when (true and round(z.m1, 12) is not null) then (rank() over (partition by z."s_class", (true and round(z.m1, 12) is not null) order by round(z.m1, 12) desc))::numeric end as k5,
    case when (true and round(z.m1, 12) is not null) then (count(*) over (partition by z."s_class", (true and round(z.m1, 12) is not null), round(z.m1, 12)))::numeric end as t5,
    (count(*) filter (where (true and round(z.m1, 12) is not null)) over (partition by z."s_class"))::numeric as c5
  from stage1 z),
stage3 as (
  select z.*, y.k5, y.t5, y.c5
  from stage1 z join stage2 y on y.id = z.id),
stage4 as (
  select z.*,
    round(round($22::numeric * case when round((div((z.m0) * 1e30, nullif(((z."s_staff"::numeric * $23::numeric))::numeric, 0)) * 1e-30), 12) > $24::numeric then $24::numeric else (div((z.m0) * 1e30, nullif(((z."s_staff"::numeric * $23::numeric))::numeric, 0)) * 1e-30) end, 12), 2) as r0,
    round(round(case when z.m2 is null then null when round(z.m2, 12) >= round($25::numeric, 12) then $22::numeric when round(z.m2, 12) >= round($26::numeric, 12) then $27::numeric else $28::numeric end, 12), 2) as r1,
    round(round(case when round(($29::numeric - z.m2), 12) <= 0 then $22::numeric when round(($29::numeric - z.m2), 12) > 0 then $22::numeric - $30::numeric * ceil(round((div((($29::numeric - z.m2)) * 1e30, nullif($24::numeric, 0)) * 1e-30), 12)) end, 12), 2) as r2,
    round(round(case when (round(z.m0, 12) > round(z.m4, 12)) then $31::numeric when not (round(z.m0, 12) > round(z.m4, 12)) then 0 end, 12), 2) as r3,
    round(round(case when coalesce((round(z.m0, 12) > $21::bigint), (round(z.m0, 12) > $32::bigint)) is not null then greatest(case when (round(z.m0, 12) > $21::bigint) then $22::numeric else 0 end, case when (round(z.m0, 12) > $32::bigint) then $33::numeric else 0 end) end, 12), 2) as r4,
    round(round((div(((($34::numeric[])[least((z.k5 + z.t5 - 1), 2)::int + 1] + greatest((z.k5 + z.t5 - 1) - 2, 0) * $31::numeric) - (($34::numeric[])[least((z.k5 - 1), 2)::int + 1] + greatest((z.k5 - 1) - 2, 0) * $31::numeric)) * 1e30, nullif(z.t5, 0)) * 1e-30), 12), 2) as r5,
    round(round($24::numeric * z.m5 + $28::numeric, 12), 2) as r7,
    round(round($31::numeric * z.m6, 12), 2) as r8,
    round(round($24::numeric * z.m3, 12), 2) as r9
  from stage3 z offset 0),
stage5 as materialized (
  select z.id,
    (count(*) filter (where true and z.r2 is not null) over (partition by z."s_class"))::numeric as n2,
    sum(least(greatest(z.r2, $28::numeric), $22::numeric)) filter (where true and z.r2 is not null) over (partition by z."s_class") as q2
  from stage4 z),
stage6 as (
  select z.*, y.n2, y.q2
  from stage4 z join stage5 y on y.id = z.id),
stage7 as (
  select z.*,
    case when z.r0 is not null then least(greatest(z.r0, $28::numeric), $22::numeric) else 0 end as p0,
    case when z.r1 is not null then least(greatest(z.r1, $28::numeric), $22::numeric) else null end as p1,
    case when z.r2 is not null then least(greatest(z.r2, $28::numeric), $22::numeric) else case when z.n2 > 0 then least(greatest(round(round((div((z.q2) * 1e30, nullif(z.n2, 0)) * 1e-30), 12), 2), $28::numeric), $22::numeric) else 0 end end as p2,
    case when z.r3 is not null then least(greatest(z.r3, $28::numeric), $31::numeric) else 0 end as p3,
    case when z.r4 is not null then least(greatest(z.r4, $28::numeric), $22::numeric) else 0 end as p4,
    case when z.r5 is not null then least(greatest(z.r5, $28::numeric), $22::numeric) else 0 end as p5,
    case when not z.a7 then null when z.e7 = 'full' then $22::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(greatest(z.r7, $28::numeric), $22::numeric) else case when z.m5 is null then 0 else least(greatest(round(round(z.m5, 12), 2), $28::numeric), $22::numeric) end end as p7,
    case when z.r8 is not null then greatest(z.r8, $28::numeric) else 0 end as p8,
    case when z.r9 is not null then greatest(z.r9, $28::numeric) else 0 end as p9
  from stage6 z offset 0),
stage8 as (
  select z.*,
    (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0) + coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0)) as block_s0,
    ($22::numeric + $22::numeric + $22::numeric + $31::numeric + $22::numeric + $22::numeric) as block_f0,
    (case when z.p0 is not null then $22::numeric else 0 end + case when z.p1 is not null then $22::numeric else 0 end + case when z.p2 is not null then $22::numeric else 0 end + case when z.p3 is not null then $31::numeric else 0 end + case when z.p4 is not null then $22::numeric else 0 end + case when z.p5 is not null then $22::numeric else 0 end) as block_t0
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $28::numeric + z.block_s0 when z.block_t0 = 0 then null else $28::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) end as block_u0
  from stage8 z offset 0),
stage10 as (
  select z.*,
    case when z.block_u0 is not null then z.block_u0 * $35::numeric end as block_b0,
    ($28::numeric + z.block_f0) * $35::numeric as block_w0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    coalesce((z."s_class" = $20::text), false) as a6,
    ((z.p0 + z.p1))::numeric as x6
  from stage10 z offset 0),
stage12 as materialized (
  select z.id,
    case when (z.a6 and round(z.x6, 12) is not null) then (rank() over (partition by (z.a6 and round(z.x6, 12) is not null) order by round(z.x6, 12) desc))::numeric end as k6,
    (count(*) filter (where (z.a6 and round(z.x6, 12) is not null)) over ())::numeric as c6
  from stage11 z),
stage13 as (
  select z.*, y.k6, y.c6
  from stage11 z join stage12 y on y.id = z.id),
stage14 as (
  select z.*,
    round(round($22::numeric - $30::numeric * (z.k6 - 1), 12), 2) as r6
  from stage13 z offset 0),
stage15 as (
  select z.*,
    case when not z.a6 then null when z.r6 is not null then least(greatest(z.r6, $28::numeric), $22::numeric) else 0 end as p6
  from stage14 z offset 0),
stage16 as (
  select z.*,
    coalesce((z."s_class" = $20::text), false) as block_a1
  from stage15 z offset 0),
stage17 as (
  select z.*,
    case when not z.block_a1 then 0 else ($28::numeric + (coalesce(z.p6, 0) + coalesce(z.p7, 0))) * $36::numeric end as block_b1,
    case when not z.block_a1 then 0 else ($28::numeric + (case when z.a6 then $22::numeric else 0 end + case when z.a7 then $22::numeric else 0 end)) * $36::numeric end as block_w1
  from stage16 z offset 0),
stage18 as (
  select z.*,
    (coalesce(z.block_b0, 0) + coalesce(z.block_b1, 0)) as block_s2,
    (z.block_w0 + z.block_w1) as block_f2,
    (case when z.block_b0 is not null then z.block_w0 else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end) as block_t2
  from stage17 z offset 0),
stage19 as (
  select z.*,
    case when z.block_f2 = z.block_t2 then $28::numeric + z.block_s2 when z.block_t2 = 0 then null else $28::numeric + (div((z.block_s2 * z.block_f2) * 1e30, nullif(z.block_t2, 0)) * 1e-30) end as block_u2
  from stage18 z offset 0),
stage20 as (
  select z.*,
    case when z.block_u2 is not null then greatest(round(round(z.block_u2 + least((coalesce(z.p8, 0)), $31::numeric) - (coalesce(z.p9, 0)), 12), 2), $28::numeric) end as raw_total
  from stage19 z offset 0),
stage21 as (
  select z.*,
    coalesce((round(z.m3, 12) >= $37::bigint), false) as veto0
  from stage20 z offset 0),
stage22 as (
  select z.*,
    case when z.raw_total is not null then greatest(case when z.raw_total >= $25::numeric then 1 when z.raw_total >= $26::numeric then 2 else 3 end, case when z.veto0 then 3 end) end as grade0
  from stage21 z offset 0),
stage23 as (
  select z.*,
    case when z.grade0 = 1 and count(*) over (partition by z.grade0 = 1 order by z.raw_total desc) > floor(round((div((count(*) over () * $38::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12)) then 2 else z.grade0 end as grade1
  from stage22 z offset 0),
stage24 as (
  select z.*,
    z.grade1 as grade_no,
    case when (true and z.raw_total is not null) then (rank() over (partition by z."s_class", (true and z.raw_total is not null) order by z.raw_total desc))::numeric end as place
  from stage23 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.raw_total)::text as total, ($39::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $40::text end], null)) as vetoes,
  format($41::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'))::json as blocks,
  (case when ($42::text[]) is null or z.id = any($42::text[]) then '[' || concat_ws(',', nullif(concat_ws(',', format($43::text, coalesce('"' || trim_scale(z.p0)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z."s_staff"::numeric, 12))::text || '"', 'null'), coalesce('"' || case when z.r0 is null then 'zero' end || '"', 'null')),
    format($44::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2d, 12))::text || '"', 'null'), coalesce('"' || case when z.r1 is null then 'exclude' end || '"', 'null')),
    format($45::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2d, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n2)::text || '"', 'null'), coalesce('"' || trim_scale(z.q2)::text || '"', 'null'), coalesce('"' || case when z.r2 is null then 'peer-mean' end || '"', 'null')),
    format($46::text, coalesce('"' || trim_scale(z.p3)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null'), coalesce('"' || case when z.r3 is null then 'zero' end || '"', 'null')),
    format($47::text, coalesce('"' || trim_scale(z.p4)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || case when z.r4 is null then 'zero' end || '"', 'null')),
    format($48::text, coalesce('"' || trim_scale(z.p5)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1d, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.t5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), coalesce('"' || case when z.r5 is null then 'zero' end || '"', 'null')),
    case when z.a6 then format($49::text, coalesce('"' || trim_scale(z.p6)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p1::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x6, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k6, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c6, 12))::text || '"', 'null'), coalesce('"' || case when z.r6 is null then 'zero' end || '"', 'null')) end,
    case when z.a7 then format($50::text, coalesce('"' || trim_scale(z.p7)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m5n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m5d, 12))::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z."s_staff"::numeric, 12))::text || '"', 'null'), coalesce('"' || case when z.e7 is not null then 'exempt-' || z.e7 when z.r7 is null then 'manual' end || '"', 'null')) end,
    format($51::text, coalesce('"' || trim_scale(z.p8)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m6, 12))::text || '"', 'null'), coalesce('"' || case when z.r8 is null then 'zero' end || '"', 'null')),
    format($52::text, coalesce('"' || trim_scale(z.p9)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null'), coalesce('"' || case when z.r9 is null then 'zero' end || '"', 'null'))), '')) || ']' else '[' || concat_ws(',', nullif(concat_ws(',', format($45::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2d, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n2)::text || '"', 'null'), coalesce('"' || trim_scale(z.q2)::text || '"', 'null'), coalesce('"' || case when z.r2 is null then 'peer-mean' end || '"', 'null')),
    format($48::text, coalesce('"' || trim_scale(z.p5)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1d, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.t5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), coalesce('"' || case when z.r5 is null then 'zero' end || '"', 'null')),
    case when z.a6 then format($49::text, coalesce('"' || trim_scale(z.p6)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p1::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x6, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k6, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c6, 12))::text || '"', 'null'), coalesce('"' || case when z.r6 is null then 'zero' end || '"', 'null')) end), '')) || ']' end) as items
from stage24 z
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
-- $20 = "甲"
-- $21 = "3"
-- $22 = "10"
-- $23 = "2"
-- $24 = "1"
-- $25 = "90"
-- $26 = "80"
-- $27 = "8"
-- $28 = "0"
-- $29 = "99"
-- $30 = "0.5"
-- $31 = "5"
-- $32 = "1"
-- $33 = "4"
-- $34 = ["0","10","18"]
-- $35 = "0.6"
-- $36 = "0.4"
-- $37 = "8"
-- $38 = "30"
-- $39 = ["好","较好","一般"]
-- $40 = "handed"
-- $41 = "{\"common\":%s,\"own\":%s}"
-- $42 = null
-- $43 = "{\"id\":\"proportional\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $44 = "{\"id\":\"tiers\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"closing\":%s,\"closing.numerator\":%s,\"closing.denominator\":%s},\"missing\":%s}"
-- $45 = "{\"id\":\"shortfall\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"closing\":%s,\"closing.numerator\":%s,\"closing.denominator\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $46 = "{\"id\":\"gate\",\"max\":\"5\",\"points\":%s,\"inputs\":{\"meetings\":%s,\"before\":%s},\"missing\":%s}"
-- $47 = "{\"id\":\"checklist\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":%s},\"missing\":%s}"
-- $48 = "{\"id\":\"rank\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"lecturers\":%s,\"lecturers.numerator\":%s,\"lecturers.denominator\":%s,\"meetings\":%s,\"place\":%s,\"equals\":%s,\"peers\":%s},\"missing\":%s}"
-- $49 = "{\"id\":\"stage\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"subject.class\":%s,\"items.proportional\":%s,\"items.tiers\":%s,\"x\":%s,\"place\":%s,\"peers\":%s},\"missing\":%s}"
-- $50 = "{\"id\":\"manual\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"mark.manual.avg\":%s,\"mark.manual.avg.numerator\":%s,\"mark.manual.avg.denominator\":%s,\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $51 = "{\"id\":\"praise\",\"max\":null,\"points\":%s,\"inputs\":{\"item.praise\":%s},\"missing\":%s}"
-- $52 = "{\"id\":\"discipline\",\"max\":null,\"points\":%s,\"inputs\":{\"offences\":%s},\"missing\":%s}"

-- scores of a sheet, whole for one
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as "s_staff", c.c5 as "s_class", c.c6 as m0, c.c7 as m1, c.c8 as m1n, c.c9 as m1d, c.c10 as m2, c.c11 as m2n, c.c12 as m2d, c.c13 as m6, c.c14 as m3, c.c15 as m4, c.c16 as m5, c.c17 as m5n, c.c18 as m5d from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::text[], $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[], $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[], $18::numeric[], $19::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18)),
stage1 as (
  select z.*,
    coalesce((z."s_class" = $20::text), false) as a7,
    case when (z."s_staff" < $21::bigint) then 'full' end as e7
  from base z offset 0),
stage2 as materialized (
  select z.id,
    case when (true and round(z.m1, 12) is not null) then (rank() over (partition by z."s_class", (true and round(z.m1, 12) is not null) order by round(z.m1, 12) desc))::numeric end as k5,
    case when (true and round(z.m1, 12) is not null) then (count(*) over (partition by z."s_class", (true and round(z.m1, 12) is not null), round(z.m1, 12)))::numeric end as t5,
    (count(*) filter (where (true and round(z.m1, 12) is not null)) over (partition by z."s_class"))::numeric as c5
  from stage1 z),
stage3 as (
  select z.*, y.k5, y.t5, y.c5
  from stage1 z join stage2 y on y.id = z.id),
stage4 as (
  select z.*,
    round(round($22::numeric * case when round((div((z.m0) * 1e30, nullif(((z."s_staff"::numeric * $23::numeric))::numeric, 0)) * 1e-30), 12) > $24::numeric then $24::numeric else (div((z.m0) * 1e30, nullif(((z."s_staff"::numeric * $23::numeric))::numeric, 0)) * 1e-30) end, 12), 2) as r0,
    round(round(case when z.m2 is null then null when round(z.m2, 12) >= round($25::numeric, 12) then $22::numeric when round(z.m2, 12) >= round($26::numeric, 12) then $27::numeric else $28::numeric end, 12), 2) as r1,
    round(round(case when round(($29::numeric - z.m2), 12) <= 0 then $22::numeric when round(($29::numeric - z.m2), 12) > 0 then $22::numeric - $30::numeric * ceil(round((div((($29::numeric - z.m2)) * 1e30, nullif($24::numeric, 0)) * 1e-30), 12)) end, 12), 2) as r2,
    round(round(case when (round(z.m0, 12) > round(z.m4, 12)) then $31::numeric when not (round(z.m0, 12) > round(z.m4, 12)) then 0 end, 12), 2) as r3,
    round(round(case when coalesce((round(z.m0, 12) > $21::bigint), (round(z.m0, 12) > $32::bigint)) is not null then greatest(case when (round(z.m0, 12) > $21::bigint) then $22::numeric else 0 end, case when (round(z.m0, 12) > $32::bigint) then $33::numeric else 0 end) end, 12), 2) as r4,
    round(round((div(((($34::numeric[])[least((z.k5 + z.t5 - 1), 2)::int + 1] + greatest((z.k5 + z.t5 - 1) - 2, 0) * $31::numeric) - (($34::numeric[])[least((z.k5 - 1), 2)::int + 1] + greatest((z.k5 - 1) - 2, 0) * $31::numeric)) * 1e30, nullif(z.t5, 0)) * 1e-30), 12), 2) as r5,
    round(round($24::numeric * z.m5 + $28::numeric, 12), 2) as r7,
    round(round($31::numeric * z.m6, 12), 2) as r8,
    round(round($24::numeric * z.m3, 12), 2) as r9
  from stage3 z offset 0),
stage5 as materialized (
  select z.id,
    (count(*) filter (where true and z.r2 is not null) over (partition by z."s_class"))::numeric as n2,
    sum(least(greatest(z.r2, $28::numeric), $22::numeric)) filter (where true and z.r2 is not null) over (partition by z."s_class") as q2
  from stage4 z),
stage6 as (
  select z.*, y.n2, y.q2
  from stage4 z join stage5 y on y.id = z.id),
stage7 as (
  select z.*,
    case when z.r0 is not null then least(greatest(z.r0, $28::numeric), $22::numeric) else 0 end as p0,
    case when z.r1 is not null then least(greatest(z.r1, $28::numeric), $22::numeric) else null end as p1,
    case when z.r2 is not null then least(greatest(z.r2, $28::numeric), $22::numeric) else case when z.n2 > 0 then least(greatest(round(round((div((z.q2) * 1e30, nullif(z.n2, 0)) * 1e-30), 12), 2), $28::numeric), $22::numeric) else 0 end end as p2,
    case when z.r3 is not null then least(greatest(z.r3, $28::numeric), $31::numeric) else 0 end as p3,
    case when z.r4 is not null then least(greatest(z.r4, $28::numeric), $22::numeric) else 0 end as p4,
    case when z.r5 is not null then least(greatest(z.r5, $28::numeric), $22::numeric) else 0 end as p5,
    case when not z.a7 then null when z.e7 = 'full' then $22::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(greatest(z.r7, $28::numeric), $22::numeric) else case when z.m5 is null then 0 else least(greatest(round(round(z.m5, 12), 2), $28::numeric), $22::numeric) end end as p7,
    case when z.r8 is not null then greatest(z.r8, $28::numeric) else 0 end as p8,
    case when z.r9 is not null then greatest(z.r9, $28::numeric) else 0 end as p9
  from stage6 z offset 0),
stage8 as (
  select z.*,
    (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0) + coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0)) as block_s0,
    ($22::numeric + $22::numeric + $22::numeric + $31::numeric + $22::numeric + $22::numeric) as block_f0,
    (case when z.p0 is not null then $22::numeric else 0 end + case when z.p1 is not null then $22::numeric else 0 end + case when z.p2 is not null then $22::numeric else 0 end + case when z.p3 is not null then $31::numeric else 0 end + case when z.p4 is not null then $22::numeric else 0 end + case when z.p5 is not null then $22::numeric else 0 end) as block_t0
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $28::numeric + z.block_s0 when z.block_t0 = 0 then null else $28::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) end as block_u0
  from stage8 z offset 0),
stage10 as (
  select z.*,
    case when z.block_u0 is not null then z.block_u0 * $35::numeric end as block_b0,
    ($28::numeric + z.block_f0) * $35::numeric as block_w0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    coalesce((z."s_class" = $20::text), false) as a6,
    ((z.p0 + z.p1))::numeric as x6
  from stage10 z offset 0),
stage12 as materialized (
  select z.id,
    case when (z.a6 and round(z.x6, 12) is not null) then (rank() over (partition by (z.a6 and round(z.x6, 12) is not null) order by round(z.x6, 12) desc))::numeric end as k6,
    (count(*) filter (where (z.a6 and round(z.x6, 12) is not null)) over ())::numeric as c6
  from stage11 z),
stage13 as (
  select z.*, y.k6, y.c6
  from stage11 z join stage12 y on y.id = z.id),
stage14 as (
  select z.*,
    round(round($22::numeric - $30::numeric * (z.k6 - 1), 12), 2) as r6
  from stage13 z offset 0),
stage15 as (
  select z.*,
    case when not z.a6 then null when z.r6 is not null then least(greatest(z.r6, $28::numeric), $22::numeric) else 0 end as p6
  from stage14 z offset 0),
stage16 as (
  select z.*,
    coalesce((z."s_class" = $20::text), false) as block_a1
  from stage15 z offset 0),
stage17 as (
  select z.*,
    case when not z.block_a1 then 0 else ($28::numeric + (coalesce(z.p6, 0) + coalesce(z.p7, 0))) * $36::numeric end as block_b1,
    case when not z.block_a1 then 0 else ($28::numeric + (case when z.a6 then $22::numeric else 0 end + case when z.a7 then $22::numeric else 0 end)) * $36::numeric end as block_w1
  from stage16 z offset 0),
stage18 as (
  select z.*,
    (coalesce(z.block_b0, 0) + coalesce(z.block_b1, 0)) as block_s2,
    (z.block_w0 + z.block_w1) as block_f2,
    (case when z.block_b0 is not null then z.block_w0 else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end) as block_t2
  from stage17 z offset 0),
stage19 as (
  select z.*,
    case when z.block_f2 = z.block_t2 then $28::numeric + z.block_s2 when z.block_t2 = 0 then null else $28::numeric + (div((z.block_s2 * z.block_f2) * 1e30, nullif(z.block_t2, 0)) * 1e-30) end as block_u2
  from stage18 z offset 0),
stage20 as (
  select z.*,
    case when z.block_u2 is not null then greatest(round(round(z.block_u2 + least((coalesce(z.p8, 0)), $31::numeric) - (coalesce(z.p9, 0)), 12), 2), $28::numeric) end as raw_total
  from stage19 z offset 0),
stage21 as (
  select z.*,
    coalesce((round(z.m3, 12) >= $37::bigint), false) as veto0
  from stage20 z offset 0),
stage22 as (
  select z.*,
    case when z.raw_total is not null then greatest(case when z.raw_total >= $25::numeric then 1 when z.raw_total >= $26::numeric then 2 else 3 end, case when z.veto0 then 3 end) end as grade0
  from stage21 z offset 0),
stage23 as (
  select z.*,
    case when z.grade0 = 1 and count(*) over (partition by z.grade0 = 1 order by z.raw_total desc) > floor(round((div((count(*) over () * $38::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12)) then 2 else z.grade0 end as grade1
  from stage22 z offset 0),
stage24 as (
  select z.*,
    z.grade1 as grade_no,
    case when (true and z.raw_total is not null) then (rank() over (partition by z."s_class", (true and z.raw_total is not null) order by z.raw_total desc))::numeric end as place
  from stage23 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.raw_total)::text as total, ($39::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $40::text end], null)) as vetoes,
  format($41::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'))::json as blocks,
  (case when ($42::text[]) is null or z.id = any($42::text[]) then '[' || concat_ws(',', nullif(concat_ws(',', format($43::text, coalesce('"' || trim_scale(z.p0)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z."s_staff"::numeric, 12))::text || '"', 'null'), coalesce('"' || case when z.r0 is null then 'zero' end || '"', 'null')),
    format($44::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2d, 12))::text || '"', 'null'), coalesce('"' || case when z.r1 is null then 'exclude' end || '"', 'null')),
    format($45::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2d, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n2)::text || '"', 'null'), coalesce('"' || trim_scale(z.q2)::text || '"', 'null'), coalesce('"' || case when z.r2 is null then 'peer-mean' end || '"', 'null')),
    format($46::text, coalesce('"' || trim_scale(z.p3)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null'), coalesce('"' || case when z.r3 is null then 'zero' end || '"', 'null')),
    format($47::text, coalesce('"' || trim_scale(z.p4)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || case when z.r4 is null then 'zero' end || '"', 'null')),
    format($48::text, coalesce('"' || trim_scale(z.p5)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1d, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.t5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), coalesce('"' || case when z.r5 is null then 'zero' end || '"', 'null')),
    case when z.a6 then format($49::text, coalesce('"' || trim_scale(z.p6)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p1::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x6, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k6, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c6, 12))::text || '"', 'null'), coalesce('"' || case when z.r6 is null then 'zero' end || '"', 'null')) end,
    case when z.a7 then format($50::text, coalesce('"' || trim_scale(z.p7)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m5n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m5d, 12))::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z."s_staff"::numeric, 12))::text || '"', 'null'), coalesce('"' || case when z.e7 is not null then 'exempt-' || z.e7 when z.r7 is null then 'manual' end || '"', 'null')) end,
    format($51::text, coalesce('"' || trim_scale(z.p8)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m6, 12))::text || '"', 'null'), coalesce('"' || case when z.r8 is null then 'zero' end || '"', 'null')),
    format($52::text, coalesce('"' || trim_scale(z.p9)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null'), coalesce('"' || case when z.r9 is null then 'zero' end || '"', 'null'))), '')) || ']' else '[' || concat_ws(',', nullif(concat_ws(',', format($45::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m2d, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n2)::text || '"', 'null'), coalesce('"' || trim_scale(z.q2)::text || '"', 'null'), coalesce('"' || case when z.r2 is null then 'peer-mean' end || '"', 'null')),
    format($48::text, coalesce('"' || trim_scale(z.p5)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1n, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m1d, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.t5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), coalesce('"' || case when z.r5 is null then 'zero' end || '"', 'null')),
    case when z.a6 then format($49::text, coalesce('"' || trim_scale(z.p6)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p1::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x6, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k6, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c6, 12))::text || '"', 'null'), coalesce('"' || case when z.r6 is null then 'zero' end || '"', 'null')) end), '')) || ']' end) as items
from stage24 z
order by z.id::text collate "C";
-- $1 = "{\"u1\",\"u1\"}"
-- $2 = "{NULL,NULL}"
-- $3 = "{NULL,NULL}"
-- $4 = "{NULL,NULL}"
-- $5 = "{NULL,NULL}"
-- $6 = "{NULL,NULL}"
-- $7 = "{NULL,NULL}"
-- $8 = "{NULL,NULL}"
-- $9 = "{NULL,NULL}"
-- $10 = "{NULL,NULL}"
-- $11 = "{NULL,NULL}"
-- $12 = "{NULL,NULL}"
-- $13 = "{NULL,NULL}"
-- $14 = "{NULL,NULL}"
-- $15 = "{NULL,NULL}"
-- $16 = "{NULL,NULL}"
-- $17 = "{NULL,NULL}"
-- $18 = "{NULL,NULL}"
-- $19 = "{NULL,NULL}"
-- $20 = "甲"
-- $21 = "3"
-- $22 = "10"
-- $23 = "2"
-- $24 = "1"
-- $25 = "90"
-- $26 = "80"
-- $27 = "8"
-- $28 = "0"
-- $29 = "99"
-- $30 = "0.5"
-- $31 = "5"
-- $32 = "1"
-- $33 = "4"
-- $34 = ["0","10","18"]
-- $35 = "0.6"
-- $36 = "0.4"
-- $37 = "8"
-- $38 = "30"
-- $39 = ["好","较好","一般"]
-- $40 = "handed"
-- $41 = "{\"common\":%s,\"own\":%s}"
-- $42 = ["u1"]
-- $43 = "{\"id\":\"proportional\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $44 = "{\"id\":\"tiers\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"closing\":%s,\"closing.numerator\":%s,\"closing.denominator\":%s},\"missing\":%s}"
-- $45 = "{\"id\":\"shortfall\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"closing\":%s,\"closing.numerator\":%s,\"closing.denominator\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $46 = "{\"id\":\"gate\",\"max\":\"5\",\"points\":%s,\"inputs\":{\"meetings\":%s,\"before\":%s},\"missing\":%s}"
-- $47 = "{\"id\":\"checklist\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":%s},\"missing\":%s}"
-- $48 = "{\"id\":\"rank\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"lecturers\":%s,\"lecturers.numerator\":%s,\"lecturers.denominator\":%s,\"meetings\":%s,\"place\":%s,\"equals\":%s,\"peers\":%s},\"missing\":%s}"
-- $49 = "{\"id\":\"stage\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"subject.class\":%s,\"items.proportional\":%s,\"items.tiers\":%s,\"x\":%s,\"place\":%s,\"peers\":%s},\"missing\":%s}"
-- $50 = "{\"id\":\"manual\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"mark.manual.avg\":%s,\"mark.manual.avg.numerator\":%s,\"mark.manual.avg.denominator\":%s,\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $51 = "{\"id\":\"praise\",\"max\":null,\"points\":%s,\"inputs\":{\"item.praise\":%s},\"missing\":%s}"
-- $52 = "{\"id\":\"discipline\",\"max\":null,\"points\":%s,\"inputs\":{\"offences\":%s},\"missing\":%s}"
