-- columns of a sheet: id string, name string, class string, parent string, "s_staff" int, "s_share" decimal, "s_class" string, "s_parent" string, "s_open" bool, "s_id" string, m0 decimal, m1 decimal, m1n decimal, m1d decimal, m2 decimal, m2n decimal, m2d decimal, m4 decimal, m8 decimal, m3 decimal, m5 decimal, m6 decimal, m6n decimal, m6d decimal, m7 decimal, m7n decimal, m7d decimal

-- sheets
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
  left join facts4 on facts4.id = population.id)
select z.id::text as id, z.name::text as name, z.class::text as class, z.parent::text as parent, z."s_staff"::text as "s_staff", z."s_share"::text as "s_share", z."s_class"::text as "s_class", z."s_parent"::text as "s_parent", z."s_open"::text as "s_open", z."s_id"::text as "s_id", z.m0::text as m0, z.m1::text as m1, z.m1n::text as m1n, z.m1d::text as m1d, z.m2::text as m2, z.m2n::text as m2n, z.m2d::text as m2d, z.m4::text as m4, z.m8::text as m8, z.m3::text as m3, z.m5::text as m5, z.m6::text as m6, z.m6n::text as m6n, z.m6d::text as m6d, z.m7::text as m7, z.m7n::text as m7n, z.m7d::text as m7d from base z order by z.id::text collate "C";
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

-- nothing reads nothing

-- what reads event, of one subject
with facts1 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m0n, (count(distinct q."c_case_key"))::numeric as m1n, (count(*) filter (where (q."c_kind" = $2::text) and q."c_ok"))::numeric as m2n, (count(*) filter (where (q."c_kind" = $2::text)))::numeric as m2d, (count(*) filter (where (q."c_kind" = $3::text)))::numeric as m4n, (count(*) filter (where (q."c_kind" = $4::text)))::numeric as m8n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", r.case_key as "c_case_key" from (select * from event where tenant_id = $5::int and known_from <= $6::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $5::int) r where r.day between $7::date and $8::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $7::date and $8::date and coalesce(followed.now, r.unit_id) = any($9)) q where q.s is not null group by q.s),
facts2 as materialized (
  select g.id, sum(g.m3) as m3n from (select q.s as id, max(((case (q."c_kind" = $3::text) when true then $10::numeric when false then (case (q."c_kind" = $11::text) when true then $12::numeric when false then $13::numeric end) end))::numeric) as m3 from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $5::int and known_from <= $6::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $5::int) r where r.day between $7::date and $8::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $7::date and $8::date and coalesce(followed.now, r.unit_id) = any($9)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts3 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $1::text)))::numeric as m5n from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.kind as "c_kind" from (select * from event where tenant_id = $5::int and known_from <= $6::timestamptz) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $5::int) r where r.day between $7::date and $8::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $14::date and $15::date and coalesce(followed.now, r.unit_id) = any($9)) q where q.s is not null and (q."c_kind" = $1::text) group by q.s),
population as (select unnest($9) as id)
select z.id::text as id, z.m0::text as m0, z.m1::text as m1, z.m1n::text as m1n, z.m1d::text as m1d, z.m2::text as m2, z.m2n::text as m2n, z.m2d::text as m2d, z.m4::text as m4, z.m8::text as m8, z.m3::text as m3, z.m5::text as m5 from (select population.*,
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
    coalesce(facts3.m5n, 0) as m5
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id) z;
-- $1 = "会"
-- $2 = "件"
-- $3 = "诫勉"
-- $4 = "表扬"
-- $5 = 1
-- $6 = "2025-01-01T00:00:00Z"
-- $7 = "2024-01-01"
-- $8 = "2024-12-31"
-- $9 = ["u1"]
-- $10 = "1"
-- $11 = "移送"
-- $12 = "8"
-- $13 = "0"
-- $14 = "2023-01-01"
-- $15 = "2023-12-31"

-- what reads mark, of one subject
with facts1 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m6n, (count(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m6d, (sum(q."c_value") filter (where (q."c_item" = $2::text)))::numeric as m7n, (count(q."c_value") filter (where (q."c_item" = $2::text)))::numeric as m7d from (select coalesce(followed.now, r.unit_id) as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $3::int) r left join (with recursive step as (select s.old, (array_agg(s.now))[1] as now from (select distinct q."c_old" as old, q.s as now from (select r.unit_id as s, r.id as rid, r.day as day, r.old as "c_old" from (select * from successor where tenant_id = $3::int) r where r.day between $4::date and $5::date) q where q."c_old" is not null and q.s is not null and q."c_old" <> q.s::text) s group by s.old having count(*) = 1), chain as (select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text) select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)) followed on followed.old = (r.unit_id)::text where r.day between $4::date and $5::date and coalesce(followed.now, r.unit_id) = any($6)) q where q.s is not null and ((q."c_item" = $1::text) or (q."c_item" = $2::text)) group by q.s),
population as (select unnest($6) as id)
select z.id::text as id, z.m6::text as m6, z.m6n::text as m6n, z.m6d::text as m6d, z.m7::text as m7, z.m7n::text as m7n, z.m7d::text as m7d from (select population.*,
    (div((facts1.m6n) * 1e30, nullif(coalesce(facts1.m6d, 0), 0)) * 1e-30) as m6,
    facts1.m6n as m6n,
    coalesce(facts1.m6d, 0) as m6d,
    (div((facts1.m7n) * 1e30, nullif(coalesce(facts1.m7d, 0), 0)) * 1e-30) as m7,
    facts1.m7n as m7n,
    coalesce(facts1.m7d, 0) as m7d
  from population
  left join facts1 on facts1.id = population.id) z;
-- $1 = "outside"
-- $2 = "manual"
-- $3 = 1
-- $4 = "2024-01-01"
-- $5 = "2024-12-31"
-- $6 = ["u1"]

-- what is settled of a sheet
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as "s_staff", c.c5 as "s_share", c.c6 as "s_class", c.c7 as "s_parent", c.c8 as "s_open", c.c9 as "s_id", c.c10 as m0, c.c11 as m1, c.c12 as m1n, c.c13 as m1d, c.c14 as m2, c.c15 as m2n, c.c16 as m2d, c.c17 as m4, c.c18 as m8, c.c19 as m3, c.c20 as m5, c.c21 as m6, c.c22 as m6n, c.c23 as m6d, c.c24 as m7, c.c25 as m7n, c.c26 as m7d from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::numeric[], $7::text[], $8::text[], $9::bool[], $10::text[], $11::numeric[], $12::numeric[], $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[], $18::numeric[], $19::numeric[], $20::numeric[], $21::numeric[], $22::numeric[], $23::numeric[], $24::numeric[], $25::numeric[], $26::numeric[], $27::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26)),
stage1 as (
  select z.*,
    coalesce((round(z.m0, 12) = $28::bigint), false) as v3,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e6,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e7,
    coalesce((z."s_class" = $29::text), false) as a13,
    case when (z."s_staff" < $30::bigint) then 'full' end as e13
  from base z offset 0),
stage2 as (
  select z.*,
    round(round($31::numeric * case when round((div((z.m0) * 1e30, nullif((((z."s_staff"::numeric * $32::numeric) * (case (z."s_share" is not null) when true then z."s_share" when false then $33::numeric end)))::numeric, 0)) * 1e-30), 12) > $33::numeric then $33::numeric else (div((z.m0) * 1e30, nullif((((z."s_staff"::numeric * $32::numeric) * (case (z."s_share" is not null) when true then z."s_share" when false then $33::numeric end)))::numeric, 0)) * 1e-30) end, 12), 2) as r0,
    round(round(case when z.m2 is null then null when round(z.m2, 12) >= round($34::numeric, 12) then $31::numeric when round(z.m2, 12) >= round($35::numeric, 12) then $36::numeric else $37::numeric end, 12), 2) as r1,
    round(round(case when (round(z.m0, 12) > round(z.m5, 12)) then $38::numeric when not (round(z.m0, 12) > round(z.m5, 12)) then 0 end, 12), 2) as r3,
    round(round(case when coalesce((round(z.m0, 12) > $30::bigint), (round(z.m0, 12) > $39::bigint)) is not null then greatest(case when (round(z.m0, 12) > $30::bigint) then $31::numeric else 0 end, case when (round(z.m0, 12) > $39::bigint) then $40::numeric else 0 end) end, 12), 2) as r4,
    round(round(case when z.m4 is null then null when greatest(floor(round(z.m4, 12)), 0) > 1 then 0 else $32::numeric - (($41::numeric[])[least(greatest(floor(round(z.m4, 12)), 0), 1)::int + 1]) end, 12), 2) as r6,
    round(round(case when round(z.m6, 12) < $42::numeric then $37::numeric when round(z.m6, 12) > $43::numeric then $31::numeric else $37::numeric + (div(((z.m6 - $42::numeric) * ($31::numeric - $37::numeric)) * 1e30, nullif($43::numeric - $42::numeric, 0)) * 1e-30) end, 12), 2) as r7,
    round(round($33::numeric * z.m7 + $37::numeric, 12), 2) as r13,
    round(round($38::numeric * z.m8, 12), 2) as r14,
    round(round($33::numeric * z.m3, 12), 2) as r15
  from stage1 z offset 0),
stage3 as (
  select z.*,
    case when z.r0 is not null then least(greatest(z.r0, $37::numeric), $31::numeric) else 0 end as p0,
    case when z.r1 is not null then least(greatest(z.r1, $37::numeric), $31::numeric) else null end as p1,
    case when z.v3 then 0 when z.r3 is not null then least(greatest(z.r3, $37::numeric), $38::numeric) else 0 end as p3,
    case when z.r4 is not null then least(greatest(z.r4, $37::numeric), $31::numeric) else 0 end as p4,
    case when z.e6 = 'full' then $32::numeric when z.e6 = 'exclude' then null when z.r6 is not null then least(greatest(z.r6, $37::numeric), $32::numeric) else 0 end as p6,
    case when z.e7 = 'full' then $31::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(greatest(z.r7, $37::numeric), $31::numeric) else 0 end as p7,
    case when not z.a13 then null when z.e13 = 'full' then $31::numeric when z.e13 = 'exclude' then null when z.r13 is not null then least(greatest(z.r13, $37::numeric), $31::numeric) else case when z.m7 is null then 0 else least(greatest(round(round(z.m7, 12), 2), $37::numeric), $31::numeric) end end as p13,
    case when z.r14 is not null then greatest(z.r14, $37::numeric) else 0 end as p14,
    case when z.r15 is not null then greatest(z.r15, $37::numeric) else 0 end as p15
  from stage2 z offset 0),
stage4 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null') as m2t,
    coalesce('"' || trim_scale(round(z.m6, 12))::text || '"', 'null') as m6t,
    coalesce('"' || trim_scale(round(z.m6n, 12))::text || '"', 'null') as m6nt,
    coalesce('"' || trim_scale(round(z.m7, 12))::text || '"', 'null') as m7t,
    coalesce('"' || trim_scale(round(z.m7n, 12))::text || '"', 'null') as m7nt,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t
  from stage3 z offset 0)
select z.id::text as id, z.name::text as name, z.class::text as class, z.parent::text as parent, z."s_staff"::text as "s_staff", z."s_share"::text as "s_share", z."s_class"::text as "s_class", z."s_parent"::text as "s_parent", z."s_open"::text as "s_open", z."s_id"::text as "s_id", z.m0::text as m0, z.m1::text as m1, z.m1n::text as m1n, z.m1d::text as m1d, z.m2::text as m2, z.m2n::text as m2n, z.m2d::text as m2d, z.m3::text as m3, z.p0::text as p0, z.p1::text as p1, z.p3::text as p3, z.p4::text as p4, z.p6::text as p6, z.p7::text as p7, z.p13::text as p13, z.a13::text as a13, z.p14::text as p14, z.p15::text as p15, '[' || concat_ws(',', nullif(concat_ws(',', format($44::text, trim_scale(z.p0), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(z."s_share"::numeric)::text || '"', 'null'), case when z.r0 is null then '"zero"' else 'null' end),
    format($45::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), z.m2t, z.m2n, z.m2d, case when z.r1 is null then '"exclude"' else 'null' end),
    format($46::text, trim_scale(z.p3), z.m0, z.m5, case when z.v3 then '"veto"' when z.r3 is null then '"zero"' else 'null' end),
    format($47::text, trim_scale(z.p4), z.m0, case when z.r4 is null then '"zero"' else 'null' end),
    format($48::text, coalesce('"' || trim_scale(z.p6)::text || '"', 'null'), z.m4, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e6 is not null then '"exempt-' || z.e6 || '"' when z.r6 is null then '"zero"' else 'null' end),
    format($49::text, coalesce('"' || trim_scale(z.p7)::text || '"', 'null'), z.m6t, z.m6nt, z.m6d, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e7 is not null then '"exempt-' || z.e7 || '"' when z.r7 is null then '"zero"' else 'null' end),
    case when z.a13 then format($50::text, trim_scale(z.p13), z.m7t, z.m7nt, z.m7d, coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e13 is not null then '"exempt-' || z.e13 || '"' when z.r13 is null then '"manual"' else 'null' end) end,
    format($51::text, coalesce('"' || trim_scale(z.p14)::text || '"', 'null'), z.m8, case when z.r14 is null then '"zero"' else 'null' end),
    format($52::text, coalesce('"' || trim_scale(z.p15)::text || '"', 'null'), z.m3t, case when z.r15 is null then '"zero"' else 'null' end)), '')) || ']' as items
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
-- $14 = "{NULL}"
-- $15 = "{NULL}"
-- $16 = "{NULL}"
-- $17 = "{NULL}"
-- $18 = "{NULL}"
-- $19 = "{NULL}"
-- $20 = "{NULL}"
-- $21 = "{NULL}"
-- $22 = "{NULL}"
-- $23 = "{NULL}"
-- $24 = "{NULL}"
-- $25 = "{NULL}"
-- $26 = "{NULL}"
-- $27 = "{NULL}"
-- $28 = "0"
-- $29 = "甲"
-- $30 = "3"
-- $31 = "10"
-- $32 = "2"
-- $33 = "1"
-- $34 = "90"
-- $35 = "80"
-- $36 = "8"
-- $37 = "0"
-- $38 = "5"
-- $39 = "1"
-- $40 = "4"
-- $41 = ["0","0.5"]
-- $42 = "60"
-- $43 = "100"
-- $44 = "{\"id\":\"proportional\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"subject.share\":%s},\"missing\":%s}"
-- $45 = "{\"id\":\"tiers\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"closing\":%s,\"closing.numerator\":\"%s\",\"closing.denominator\":\"%s\"},\"missing\":%s}"
-- $46 = "{\"id\":\"gate\",\"max\":\"5\",\"points\":\"%s\",\"inputs\":{\"meetings\":\"%s\",\"before\":\"%s\"},\"missing\":%s}"
-- $47 = "{\"id\":\"checklist\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"meetings\":\"%s\"},\"missing\":%s}"
-- $48 = "{\"id\":\"escalate\",\"max\":\"2\",\"points\":%s,\"inputs\":{\"offences_seen\":\"%s\",\"subject.staff\":%s},\"missing\":%s}"
-- $49 = "{\"id\":\"range\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"mark.outside.avg\":%s,\"mark.outside.avg.numerator\":%s,\"mark.outside.avg.denominator\":\"%s\",\"subject.staff\":%s},\"missing\":%s}"
-- $50 = "{\"id\":\"manual\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"mark.manual.avg\":%s,\"mark.manual.avg.numerator\":%s,\"mark.manual.avg.denominator\":\"%s\",\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $51 = "{\"id\":\"praise\",\"max\":null,\"points\":%s,\"inputs\":{\"item.praise\":\"%s\"},\"missing\":%s}"
-- $52 = "{\"id\":\"offences\",\"max\":null,\"points\":%s,\"inputs\":{\"offences\":%s},\"missing\":%s}"

-- scores of what is settled
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as "s_staff", c.c5 as "s_share", c.c6 as "s_class", c.c7 as "s_parent", c.c8 as "s_open", c.c9 as "s_id", c.c10 as m0, c.c11 as m1, c.c12 as m1n, c.c13 as m1d, c.c14 as m2, c.c15 as m2n, c.c16 as m2d, c.c17 as m3, c.c18 as p0, c.c19 as p1, c.c20 as p3, c.c21 as p4, c.c22 as p6, c.c23 as p7, c.c24 as p13, c.c25 as a13, c.c26 as p14, c.c27 as p15 from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::numeric[], $7::text[], $8::text[], $9::bool[], $10::text[], $11::numeric[], $12::numeric[], $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[], $18::numeric[], $19::numeric[], $20::numeric[], $21::numeric[], $22::numeric[], $23::numeric[], $24::numeric[], $25::numeric[], $26::bool[], $27::numeric[], $28::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27)),
stage1 as (
  select z.*,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e8,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e9,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e10
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
    round(round(case when round(((($29::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $30::numeric end)))::numeric - z.m2), 12) <= 0 then $31::numeric when round(((($29::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $30::numeric end)))::numeric - z.m2), 12) > 0 then $31::numeric - $32::numeric * ceil(round((div((((($29::numeric * (case (z."s_share" is not null) when true then z."s_share" when false then $30::numeric end)))::numeric - z.m2)) * 1e30, nullif($30::numeric, 0)) * 1e-30), 12)) end, 12), 2) as r2,
    round(round((div(((($33::numeric[])[least((z.k5 + z.t5 - 1), 2)::int + 1] + greatest((z.k5 + z.t5 - 1) - 2, 0) * $34::numeric) - (($33::numeric[])[least((z.k5 - 1), 2)::int + 1] + greatest((z.k5 - 1) - 2, 0) * $34::numeric)) * 1e30, nullif(z.t5, 0)) * 1e-30), 12), 2) as r5,
    round(round(case when round(z.o8, 12) = 0 and round(z.m0, 12) = 0 then $31::numeric when round(z.o8, 12) > 0 then $31::numeric * (div((z.m0) * 1e30, nullif(z.o8, 0)) * 1e-30) end, 12), 2) as r8,
    round(round(case when round((div((z.o9) * 1e30, nullif(z.c9, 0)) * 1e-30), 12) > 0 then $31::numeric * case when round((div((z.m0) * 1e30, nullif((div((z.o9) * 1e30, nullif(z.c9, 0)) * 1e-30), 0)) * 1e-30), 12) > $30::numeric then $30::numeric else (div((z.m0) * 1e30, nullif((div((z.o9) * 1e30, nullif(z.c9, 0)) * 1e-30), 0)) * 1e-30) end end, 12), 2) as r9,
    round(round($35::numeric + $32::numeric * (z.m0 - (div((z.o10) * 1e30, nullif(z.c10, 0)) * 1e-30)), 12), 2) as r10
  from stage3 z offset 0),
stage5 as materialized (
  select z.id,
    (count(*) filter (where true and z.r2 is not null) over (partition by z."s_class"))::numeric as n2,
    sum(least(greatest(z.r2, $36::numeric), $31::numeric)) filter (where true and z.r2 is not null) over (partition by z."s_class") as q2
  from stage4 z),
stage6 as (
  select z.*, y.n2, y.q2
  from stage4 z join stage5 y on y.id = z.id),
stage7 as (
  select z.*,
    case when z.r2 is not null then least(greatest(z.r2, $36::numeric), $31::numeric) else case when z.n2 > 0 then least(greatest(round(round((div((z.q2) * 1e30, nullif(z.n2, 0)) * 1e-30), 12), 2), $36::numeric), $31::numeric) else 0 end end as p2,
    case when z.r5 is not null then least(greatest(z.r5, $36::numeric), $31::numeric) else 0 end as p5,
    case when z.e8 = 'full' then $31::numeric when z.e8 = 'exclude' then null when z.r8 is not null then least(greatest(z.r8, $36::numeric), $31::numeric) else 0 end as p8,
    case when z.e9 = 'full' then $31::numeric when z.e9 = 'exclude' then null when z.r9 is not null then least(greatest(z.r9, $36::numeric), $31::numeric) else 0 end as p9,
    case when z.e10 = 'full' then $31::numeric when z.e10 = 'exclude' then null when z.r10 is not null then least(greatest(z.r10, $36::numeric), $31::numeric) else 0 end as p10
  from stage6 z offset 0),
stage8 as (
  select z.*,
    (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0) + coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0)) as block_s0,
    (0::numeric) as block_q0,
    ($31::numeric + $31::numeric + $31::numeric + $34::numeric + $31::numeric + $31::numeric) as block_f0,
    (case when z.p0 is not null then $31::numeric else 0 end + case when z.p1 is not null then $31::numeric else 0 end + case when z.p2 is not null then $31::numeric else 0 end + case when z.p3 is not null then $34::numeric else 0 end + case when z.p4 is not null then $31::numeric else 0 end + case when z.p5 is not null then $31::numeric else 0 end) as block_t0
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $36::numeric + z.block_s0 + z.block_q0 when z.block_t0 = 0 then null else $36::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) + z.block_q0 end as block_u0
  from stage8 z offset 0),
stage10 as (
  select z.*,
    case when z.block_u0 is not null then z.block_u0 * $37::numeric end as block_b0,
    ($36::numeric + z.block_f0) * $37::numeric as block_w0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    case when ((not ((z."s_staff" is not null) is not null)) or (not (z."s_staff" is not null))) then 'exclude' end as e11,
    (((z.p5 * $37::numeric) + (z.block_b0 * $38::numeric)))::numeric as x11,
    coalesce((z."s_class" = $39::text), false) as a12,
    ((z.p0 + z.p1))::numeric as x12
  from stage10 z offset 0),
stage12 as materialized (
  select z.id,
    case when (true and z.e11 is null and round(z.x11, 12) is not null) then (rank() over (partition by (case (z."s_id" = any($40::text[])) when true then $41::text when false then $42::text end), (true and z.e11 is null and round(z.x11, 12) is not null) order by round(z.x11, 12) desc))::numeric end as k11,
    (count(*) filter (where (true and z.e11 is null and round(z.x11, 12) is not null)) over (partition by (case (z."s_id" = any($40::text[])) when true then $41::text when false then $42::text end)))::numeric as c11,
    case when (z.a12 and round(z.x12, 12) is not null) then (rank() over (partition by (z.a12 and round(z.x12, 12) is not null) order by round(z.x12, 12) desc))::numeric end as k12,
    (count(*) filter (where (z.a12 and round(z.x12, 12) is not null)) over ())::numeric as c12
  from stage11 z),
stage13 as (
  select z.*, y.k11, y.c11, y.k12, y.c12
  from stage11 z join stage12 y on y.id = z.id),
stage14 as (
  select z.*,
    round(round($34::numeric - $30::numeric * (z.k11 - 1), 12), 2) as r11,
    round(round($31::numeric - $32::numeric * (z.k12 - 1), 12), 2) as r12
  from stage13 z offset 0),
stage15 as (
  select z.*,
    case when z.e11 = 'full' then $34::numeric when z.e11 = 'exclude' then null when z.r11 is not null then least(greatest(z.r11, $36::numeric), $34::numeric) else 0 end as p11,
    case when not z.a12 then null when z.r12 is not null then least(greatest(z.r12, $36::numeric), $31::numeric) else 0 end as p12
  from stage14 z offset 0),
stage16 as (
  select z.*,
    coalesce((z."s_staff" is not null), false) as block_a1,
    coalesce((z."s_class" = $39::text), false) as block_a2,
    coalesce((round(z.m0, 12) = $43::bigint), false) as block_z2
  from stage15 z offset 0),
stage17 as (
  select z.*,
    (coalesce(z.p6, 0) + coalesce(z.p7, 0) + coalesce(z.p8, 0) + coalesce(z.p9, 0) + coalesce(z.p10, 0) + coalesce(z.p11, 0)) as block_s1,
    (0::numeric) as block_q1,
    ($44::numeric + $31::numeric + $31::numeric + $31::numeric + $31::numeric + $34::numeric) as block_f1,
    (case when z.p6 is not null then $44::numeric else 0 end + case when z.p7 is not null then $31::numeric else 0 end + case when z.p8 is not null then $31::numeric else 0 end + case when z.p9 is not null then $31::numeric else 0 end + case when z.p10 is not null then $31::numeric else 0 end + case when z.p11 is not null then $34::numeric else 0 end) as block_t1
  from stage16 z offset 0),
stage18 as (
  select z.*,
    case when z.block_f1 = z.block_t1 then $36::numeric + z.block_s1 + z.block_q1 when z.block_t1 = 0 then null else $36::numeric + (div((z.block_s1 * z.block_f1) * 1e30, nullif(z.block_t1, 0)) * 1e-30) + z.block_q1 end as block_u1
  from stage17 z offset 0),
stage19 as (
  select z.*,
    case when not z.block_a1 then null else case when z.block_u1 is not null then z.block_u1 * $45::numeric end end as block_b1,
    ($36::numeric + z.block_f1) * $45::numeric as block_w1,
    case when not z.block_a2 then 0 when z.block_z2 then 0 else ($36::numeric + (coalesce(z.p12, 0) + coalesce(z.p13, 0))) * $38::numeric end as block_b2,
    case when not z.block_a2 then 0 else ($36::numeric + (case when z.a12 then $31::numeric else 0 end + case when z.a13 then $31::numeric else 0 end)) * $38::numeric end as block_w2
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
    case when z.block_f3 = z.block_t3 then $36::numeric + z.block_s3 + z.block_q3 when z.block_t3 = 0 then null else $36::numeric + (div((z.block_s3 * z.block_f3) * 1e30, nullif(z.block_t3, 0)) * 1e-30) + z.block_q3 end as block_u3
  from stage20 z offset 0),
stage22 as (
  select z.*,
    case when z.block_u3 is not null then greatest(round(round(z.block_u3 + least(greatest((coalesce(z.p14, 0)), $36::numeric), $34::numeric) - (coalesce(z.p15, 0)), 12), 2), $36::numeric) end as raw_total
  from stage21 z offset 0),
stage23 as (
  select z.*,
    coalesce((round(z.m3, 12) >= $46::bigint), false) as veto0,
    coalesce((round(z.m0, 12) = $43::bigint), false) as veto1
  from stage22 z offset 0),
stage24 as (
  select z.*,
    case when z.raw_total is not null then case when greatest(1, case when z.veto0 then 3 end) <= 1 and z.raw_total >= $47::numeric then 1 when greatest(1, case when z.veto0 then 3 end) <= 2 and z.raw_total >= $48::numeric then 2 else 3 end end as grade0
  from stage23 z offset 0),
stage25 as (
  select z.*,
    case when z.grade0 = 1 and not (count(*) filter (where z.raw_total is not null) over () < $34::numeric) and count(*) over (partition by z.grade0 = 1 order by z.raw_total desc, round(z.block_b0, 12) desc nulls last, z.p15 asc nulls last) > floor(round((div((count(*) filter (where z.raw_total is not null) over () * $49::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12)) then case when z.raw_total >= $48::numeric then 2 else 3 end else z.grade0 end as grade1
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
    coalesce('"' || trim_scale(round(z.m1d, 12))::text || '"', 'null') as m1dt
  from stage26 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.raw_total)::text as total, ($50::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $51::text end, case when z.veto1 then $52::text end], null)) as vetoes,
  format($53::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b2, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($54::text, trim_scale(z.p2), z.m2t, z.m2n, z.m2d, coalesce('"' || trim_scale(z."s_share"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z.n2)::text || '"', 'null'), coalesce('"' || trim_scale(z.q2)::text || '"', 'null'), case when z.r2 is null then '"peer-mean"' else 'null' end),
    format($55::text, trim_scale(z.p5), z.m1t, z.m1n, z.m1dt, z.m0, coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.t5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), case when z.r5 is null then '"zero"' else 'null' end),
    format($56::text, coalesce('"' || trim_scale(z.p8)::text || '"', 'null'), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce(to_json(z."s_open")::text, 'null'), coalesce('"' || trim_scale(round(z.o8, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c8, 12))::text || '"', 'null'), case when z.e8 is not null then '"exempt-' || z.e8 || '"' when z.r8 is null then '"zero"' else 'null' end),
    format($57::text, coalesce('"' || trim_scale(z.p9)::text || '"', 'null'), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.o9, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c9, 12))::text || '"', 'null'), case when z.e9 is not null then '"exempt-' || z.e9 || '"' when z.r9 is null then '"zero"' else 'null' end),
    format($58::text, coalesce('"' || trim_scale(z.p10)::text || '"', 'null'), z.m0, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.o10, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c10, 12))::text || '"', 'null'), case when z.e10 is not null then '"exempt-' || z.e10 || '"' when z.r10 is null then '"zero"' else 'null' end),
    format($59::text, coalesce('"' || trim_scale(z.p11)::text || '"', 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p5::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_id")::text, 'null'), coalesce('"' || trim_scale(round(z.x11, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k11, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c11, 12))::text || '"', 'null'), case when z.e11 is not null then '"exempt-' || z.e11 || '"' when z.r11 is null then '"zero"' else 'null' end),
    case when z.a12 then format($60::text, trim_scale(z.p12), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p1::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c12, 12))::text || '"', 'null'), case when z.r12 is null then '"zero"' else 'null' end) end), '')) || ']') as items
from stage27 z
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
-- $21 = "{NULL}"
-- $22 = "{NULL}"
-- $23 = "{NULL}"
-- $24 = "{NULL}"
-- $25 = "{NULL}"
-- $26 = "{NULL}"
-- $27 = "{NULL}"
-- $28 = "{NULL}"
-- $29 = "99"
-- $30 = "1"
-- $31 = "10"
-- $32 = "0.5"
-- $33 = ["0","10","18"]
-- $34 = "5"
-- $35 = "8"
-- $36 = "0"
-- $37 = "0.6"
-- $38 = "0.4"
-- $39 = "甲"
-- $40 = ["u1"]
-- $41 = "重点"
-- $42 = "一般"
-- $43 = "0"
-- $44 = "2"
-- $45 = "0.2"
-- $46 = "8"
-- $47 = "90"
-- $48 = "80"
-- $49 = "30"
-- $50 = ["好","较好","一般"]
-- $51 = "handed"
-- $52 = "absent"
-- $53 = "{\"common\":%s,\"compared\":%s,\"own\":%s}"
-- $54 = "{\"id\":\"shortfall\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"closing\":%s,\"closing.numerator\":\"%s\",\"closing.denominator\":\"%s\",\"subject.share\":%s,\"subject.class\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $55 = "{\"id\":\"rank\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"lecturers\":%s,\"lecturers.numerator\":\"%s\",\"lecturers.denominator\":%s,\"meetings\":\"%s\",\"subject.class\":%s,\"place\":%s,\"equals\":%s,\"peers\":%s},\"missing\":%s}"
-- $56 = "{\"id\":\"best\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"subject.parent\":%s,\"subject.open\":%s,\"best\":%s,\"peers\":%s},\"missing\":%s}"
-- $57 = "{\"id\":\"mean\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"peersSum\":%s,\"peers\":%s},\"missing\":%s}"
-- $58 = "{\"id\":\"away\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"meetings\":\"%s\",\"subject.staff\":%s,\"subject.class\":%s,\"peersSum\":%s,\"peers\":%s},\"missing\":%s}"
-- $59 = "{\"id\":\"weighted\",\"max\":\"5\",\"points\":%s,\"inputs\":{\"subject.staff\":%s,\"items.rank\":%s,\"blocks.common\":%s,\"subject.id\":%s,\"x\":%s,\"place\":%s,\"peers\":%s},\"missing\":%s}"
-- $60 = "{\"id\":\"stage\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"subject.class\":%s,\"items.proportional\":%s,\"items.tiers\":%s,\"x\":%s,\"place\":%s,\"peers\":%s},\"missing\":%s}"
