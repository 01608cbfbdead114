-- columns of a sheet: id string, name string, class string, parent string, "s_staff" int, "s_open" bool, "s_class" string, "s_parent" string, m0 decimal, m1 decimal, m2 decimal, m3 decimal, m4 decimal, m4n decimal, m4d decimal, m9 decimal, m5 decimal, m5n decimal, m5d decimal, m6 decimal, m7 decimal, m8 decimal

-- sheets
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
  left join facts5 on facts5.id = population.id)
select z.id::text as id, z.name::text as name, z.class::text as class, z.parent::text as parent, z."s_staff"::text as "s_staff", z."s_open"::text as "s_open", z."s_class"::text as "s_class", z."s_parent"::text as "s_parent", z.m0::text as m0, z.m1::text as m1, z.m2::text as m2, z.m3::text as m3, z.m4::text as m4, z.m4n::text as m4n, z.m4d::text as m4d, z.m9::text as m9, z.m5::text as m5, z.m5n::text as m5n, z.m5d::text as m5d, z.m6::text as m6, z.m7::text as m7, z.m8::text as m8 from base z order by z.id::text collate "C";
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

-- nothing reads nothing

-- what reads event, of one subject
with facts1 as materialized (
  select q.s as id, (count(*))::numeric as m0n, (count(*))::numeric as m1n, (count(distinct q."c_kind"))::numeric as m2n, (sum((q."c_hours" * $1::numeric)) filter (where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $2::bigint))))))::numeric as m3n, (sum(q."c_hours") filter (where q."c_ok"))::numeric as m4n, (sum(q."c_n") filter (where (q."c_kind" = $3::text)))::numeric as m9n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null group by q.s),
facts2 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $9::text) and (q."c_ok" and (q."c_due" > $10::date))))::numeric as m5n, (count(*) filter (where (q."c_kind" = $9::text)))::numeric as m5d from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $11::date and $12::date and r.unit_id = any($8)) q where q.s is not null and (q."c_kind" = $9::text) group by q.s),
facts3 as materialized (
  select g.id, sum(g.m6) as m6n from (select q.s as id, max(1::numeric) as m6 from (select r.unit_id as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
population as (select unnest($8) as id)
select z.id::text as id, z.m0::text as m0, z.m1::text as m1, z.m2::text as m2, z.m3::text as m3, z.m4::text as m4, z.m4n::text as m4n, z.m4d::text as m4d, z.m9::text as m9, z.m5::text as m5, z.m5n::text as m5n, z.m5d::text as m5d, z.m6::text as m6 from (select population.*,
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
    coalesce(facts3.m6n, 0) as m6
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id) z;
-- $1 = "2"
-- $2 = "3"
-- $3 = "奖"
-- $4 = 1
-- $5 = "2025-01-01T00:00:00Z"
-- $6 = "2024-01-01"
-- $7 = "2024-06-30"
-- $8 = ["u1"]
-- $9 = "件"
-- $10 = "2024-01-31"
-- $11 = "2023-01-01"
-- $12 = "2023-06-30"

-- what reads unit, of one subject
with facts1 as materialized (
  select q.s as id, (sum(q."c_staff") filter (where q."c_open"))::numeric as m7n from (select r.id as s, r.id as rid, null::date as day, r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r where r.id = any($2)) q where q.s is not null and q."c_open" group by q.s),
population as (select unnest($2) as id)
select z.id::text as id, z.m7::text as m7 from (select population.*,
    coalesce(facts1.m7n, 0) as m7
  from population
  left join facts1 on facts1.id = population.id) z;
-- $1 = 1
-- $2 = ["u1"]

-- what reads mark, of one subject
with facts1 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $1::text)))::numeric as m8n from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $2::int) r where r.day between $3::date and $4::date and r.unit_id = any($5)) q where q.s is not null and (q."c_item" = $1::text) group by q.s),
population as (select unnest($5) as id)
select z.id::text as id, z.m8::text as m8 from (select population.*,
    coalesce(facts1.m8n, 0) as m8
  from population
  left join facts1 on facts1.id = population.id) z;
-- $1 = "outside"
-- $2 = 1
-- $3 = "2024-01-01"
-- $4 = "2024-06-30"
-- $5 = ["u1"]

-- what is settled of a sheet
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as "s_staff", c.c5 as "s_open", c.c6 as "s_class", c.c7 as "s_parent", c.c8 as m0, c.c9 as m1, c.c10 as m2, c.c11 as m3, c.c12 as m4, c.c13 as m4n, c.c14 as m4d, c.c15 as m9, c.c16 as m5, c.c17 as m5n, c.c18 as m5d, c.c19 as m6, c.c20 as m7, c.c21 as m8 from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::bool[], $7::text[], $8::text[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[], $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[], $18::numeric[], $19::numeric[], $20::numeric[], $21::numeric[], $22::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21)),
stage1 as (
  select z.*,
    case when (z."s_staff" = $23::bigint) then 'exclude' end as e0,
    coalesce((z."s_open" and (z."s_class" <> $24::text)), false) as a2,
    case when (z."s_staff" = $23::bigint) then 'exclude' end as e2,
    coalesce((z."s_open" and (z."s_class" <> $24::text)), false) as a3,
    case when (z."s_staff" = $23::bigint) then 'exclude' end as e3,
    ((z.m2 + z.m6))::numeric as x3
  from base z offset 0),
stage2 as (
  select z.*,
    round(round(case when round(($25::numeric - z.m3), 12) <= 0 then $26::numeric when round(($25::numeric - z.m3), 12) > 0 then $26::numeric - $27::numeric * floor(round((div((($25::numeric - z.m3)) * 1e30, nullif($27::numeric, 0)) * 1e-30), 12)) end, 12), 1) as r0,
    round(round($26::numeric - $28::numeric * z.m4, 12), 1) as r2,
    round(round($26::numeric - case when round((z."s_staff")::numeric * z.x3, 12) > $29::numeric then $29::numeric else (z."s_staff")::numeric * z.x3 end, 12), 1) as r3,
    round(round($30::numeric * z.m6, 12), 1) as r10,
    round(round($31::numeric * z.m1, 12), 1) as r11
  from stage1 z offset 0),
stage3 as (
  select z.*,
    case when z.e0 = 'full' then $26::numeric when z.e0 = 'exclude' then null when z.r0 is not null then least(z.r0, $26::numeric) else 0 end as p0,
    case when not z.a2 then null when z.e2 = 'full' then $26::numeric when z.e2 = 'exclude' then null when z.r2 is not null then greatest(z.r2, $31::numeric) else $26::numeric end as p2,
    case when not z.a3 then null when z.e3 = 'full' then $26::numeric when z.e3 = 'exclude' then null when z.r3 is not null then least(z.r3, $26::numeric) else null end as p3,
    case when z.r10 is not null then z.r10 else 0 end as p10,
    case when z.r11 is not null then least(greatest(z.r11, $32::numeric), $29::numeric) else 0 end as p11
  from stage2 z offset 0),
stage4 as (
  select z.*,
    ($33::numeric + (0::numeric)) * $34::numeric as block_b2,
    ($33::numeric + (0::numeric)) * $34::numeric as block_w2
  from stage3 z offset 0),
stage5 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t,
    coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null') as m4t,
    coalesce('"' || trim_scale(round(z.m4n, 12))::text || '"', 'null') as m4nt,
    coalesce('"' || trim_scale(round(z.m4d, 12))::text || '"', 'null') as m4dt
  from stage4 z offset 0)
select z.id::text as id, z.name::text as name, z.class::text as class, z.parent::text as parent, z."s_staff"::text as "s_staff", z."s_open"::text as "s_open", z."s_class"::text as "s_class", z."s_parent"::text as "s_parent", z.m0::text as m0, z.m3::text as m3, z.m4::text as m4, z.m4n::text as m4n, z.m4d::text as m4d, z.m9::text as m9, z.m5::text as m5, z.m5n::text as m5n, z.m5d::text as m5d, z.m6::text as m6, z.m7::text as m7, z.m8::text as m8, z.p0::text as p0, z.p2::text as p2, z.a2::text as a2, z.p3::text as p3, z.a3::text as a3, z.p10::text as p10, z.p11::text as p11, '[' || concat_ws(',', nullif(concat_ws(',', format($35::text, coalesce('"' || trim_scale(z.p0)::text || '"', 'null'), z.m3t, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e0 is not null then '"exempt-' || z.e0 || '"' when z.r0 is null then '"zero"' else 'null' end),
    case when z.a2 then format($36::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), z.m4t, z.m4nt, z.m4dt, z.m3t, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e2 is not null then '"exempt-' || z.e2 || '"' when z.r2 is null then '"full"' else 'null' end) end,
    case when z.a3 then format($37::text, coalesce('"' || trim_scale(z.p3)::text || '"', 'null'), z.m2, z.m6, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x3, 12))::text || '"', 'null'), case when z.e3 is not null then '"exempt-' || z.e3 || '"' when z.r3 is null then '"exclude"' else 'null' end) end,
    format($38::text, coalesce('"' || trim_scale(z.p10)::text || '"', 'null'), z.m6, case when z.r10 is null then '"zero"' else 'null' end),
    format($39::text, trim_scale(z.p11), z.m1, case when z.r11 is null then '"zero"' else 'null' end)), '')) || ']' as items
from stage5 z;
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
-- $23 = "0"
-- $24 = "丙"
-- $25 = "12"
-- $26 = "10"
-- $27 = "0.5"
-- $28 = "0.1"
-- $29 = "4"
-- $30 = "0.25"
-- $31 = "2"
-- $32 = "-1"
-- $33 = "30"
-- $34 = "1"
-- $35 = "{\"id\":\"whole\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $36 = "{\"id\":\"capless\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $37 = "{\"id\":\"limited\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"kinds\":\"%s\",\"cases\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"x\":%s},\"missing\":%s}"
-- $38 = "{\"id\":\"free_bonus\",\"max\":null,\"points\":%s,\"inputs\":{\"cases\":\"%s\"},\"missing\":%s}"
-- $39 = "{\"id\":\"fined\",\"max\":\"4\",\"points\":\"%s\",\"inputs\":{\"rows\":\"%s\"},\"missing\":%s}"

-- scores of what is settled
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as "s_staff", c.c5 as "s_open", c.c6 as "s_class", c.c7 as "s_parent", c.c8 as m0, c.c9 as m3, c.c10 as m4, c.c11 as m4n, c.c12 as m4d, c.c13 as m9, c.c14 as m5, c.c15 as m5n, c.c16 as m5d, c.c17 as m6, c.c18 as m7, c.c19 as m8, c.c20 as p0, c.c21 as p2, c.c22 as a2, c.c23 as p3, c.c24 as a3, c.c25 as p10, c.c26 as p11 from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::bool[], $7::text[], $8::text[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[], $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[], $18::numeric[], $19::numeric[], $20::numeric[], $21::numeric[], $22::numeric[], $23::bool[], $24::numeric[], $25::bool[], $26::numeric[], $27::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26)),
stage1 as (
  select z.*,
    coalesce((z."s_open" and (z."s_class" <> $28::text)), false) as a1,
    case when (z."s_staff" = $29::bigint) then 'exclude' end as e1
  from base z offset 0),
stage2 as (
  select z.*,
    round(round($30::numeric * case when round((div((z.m0) * 1e30, nullif($31::numeric, 0)) * 1e-30), 12) > $32::numeric then $32::numeric else (div((z.m0) * 1e30, nullif($31::numeric, 0)) * 1e-30) end, 12), 0) as r1
  from stage1 z offset 0),
stage3 as materialized (
  select z.id,
    (count(*) filter (where z.a1 and z.e1 is null and z.r1 is not null) over (partition by z."s_parent"))::numeric as n1,
    sum(least(z.r1, $33::numeric)) filter (where z.a1 and z.e1 is null and z.r1 is not null) over (partition by z."s_parent") as q1
  from stage2 z),
stage4 as (
  select z.*, y.n1, y.q1
  from stage2 z join stage3 y on y.id = z.id),
stage5 as (
  select z.*,
    case when not z.a1 then null when z.e1 = 'full' then $30::numeric when z.e1 = 'exclude' then null when z.r1 is not null then least(z.r1, $33::numeric) else case when z.n1 > 0 then least(round(round((div((z.q1) * 1e30, nullif(z.n1, 0)) * 1e-30), 12), 0), $33::numeric) else 0 end end as p1
  from stage4 z offset 0),
stage6 as (
  select z.*,
    coalesce((z."s_open" and (z."s_class" <> $28::text)), false) as block_a1
  from stage5 z offset 0),
stage7 as (
  select z.*,
    (coalesce(z.p1, 0) + coalesce(z.p2, 0) + coalesce(z.p3, 0)) as block_s1,
    (0::numeric) as block_q1,
    (case when z.a1 then $30::numeric else 0 end + case when z.a2 then $30::numeric else 0 end + case when z.a3 then $30::numeric else 0 end) as block_f1,
    (case when z.p1 is not null then $30::numeric else 0 end + case when z.p2 is not null then $30::numeric else 0 end + case when z.p3 is not null then $30::numeric else 0 end) as block_t1
  from stage6 z offset 0),
stage8 as (
  select z.*,
    case when z.block_f1 = z.block_t1 then $34::numeric + z.block_s1 + z.block_q1 when z.block_t1 = 0 then null else $34::numeric + (div((z.block_s1 * z.block_f1) * 1e30, nullif(z.block_t1, 0)) * 1e-30) + z.block_q1 end as block_u1
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when not z.block_a1 then 0 else case when z.block_u1 is not null then z.block_u1 * $35::numeric end end as block_b1,
    case when not z.block_a1 then 0 else ($34::numeric + z.block_f1) * $35::numeric end as block_w1,
    ($36::numeric + (0::numeric)) * $35::numeric as block_b2,
    ($36::numeric + (0::numeric)) * $35::numeric as block_w2
  from stage8 z offset 0),
stage10 as (
  select z.*,
    (coalesce(z.p0, 0) + case when z.block_w1 <> 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 <> 0 then coalesce(z.block_b2, 0) else 0 end) as block_s0,
    (case when z.block_w1 = 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 = 0 then coalesce(z.block_b2, 0) else 0 end) as block_q0,
    ($30::numeric + z.block_w1 + z.block_w2) as block_f0,
    (case when z.p0 is not null then $30::numeric else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end + case when z.block_b2 is not null then z.block_w2 else 0 end) as block_t0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $37::numeric + z.block_s0 + z.block_q0 when z.block_t0 = 0 then $37::numeric + z.block_q0 else $37::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) + z.block_q0 end as block_u0
  from stage10 z offset 0),
stage12 as (
  select z.*,
    case when z.block_u0 is not null then round(round(least(greatest(z.block_u0, $38::numeric), $39::numeric) * $40::numeric, 12), 3) end as block_b0,
    ($37::numeric + z.block_f0) * $40::numeric as block_w0
  from stage11 z offset 0),
stage13 as (
  select z.*,
    coalesce(((z.m4 is not null) or $41::boolean), false) as a4,
    case when (z.p0 > $42::bigint) then 'full' end as e4,
    case when (z.p0 > $42::bigint) then 'full' end as e5,
    ((z.p0 + z.p3))::numeric as x5,
    case when (z.p0 > $42::bigint) then 'full' end as e6,
    case when (z.p0 > $42::bigint) then 'full' end as e7,
    case when (z.p0 > $42::bigint) then 'full' end as e8,
    case when (round(z.m7, 12) > $43::bigint) then 'exclude' when (z.p0 > $42::bigint) then 'full' end as e9,
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
    round(round(case when ((round(z.m4, 12) >= $44::numeric) and (round(z.block_b0, 12) > $45::bigint)) then $46::numeric when not ((round(z.m4, 12) >= $44::numeric) and (round(z.block_b0, 12) > $45::bigint)) then 0 end, 12), 1) as r4,
    round(round(case when z.k5 is not null then coalesce(($47::numeric[])[z.k5::int], $35::numeric) end, 12), 1) as r5,
    round(round($48::numeric * z.m8 + $49::numeric, 12), 1) as r6,
    round(round(((case (round(z.m6, 12) > $50::bigint) when true then (z.p0 + $51::numeric) when false then (div((z.block_b0) * 1e30, nullif($52::numeric, 0)) * 1e-30) end))::numeric, 12), 1) as r7,
    round(round($44::numeric * z.m9, 12), 1) as r8,
    round(round($53::numeric * z.x9, 12), 1) as r9
  from stage15 z offset 0),
stage17 as materialized (
  select z.id,
    (count(*) filter (where z.a4 and z.e4 is null and z.r4 is not null) over (partition by z."s_parent"))::numeric as n4,
    sum(least(z.r4, $46::numeric)) filter (where z.a4 and z.e4 is null and z.r4 is not null) over (partition by z."s_parent") as q4,
    (count(*) filter (where true and z.e5 is null and z.r5 is not null) over (partition by z."s_parent"))::numeric as n5,
    sum(least(z.r5, $54::numeric)) filter (where true and z.e5 is null and z.r5 is not null) over (partition by z."s_parent") as q5,
    (count(*) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent"))::numeric as n6,
    sum(least(z.r6, $37::numeric)) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent") as q6,
    (count(*) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent"))::numeric as n8,
    sum(least(z.r8, $55::numeric)) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent") as q8,
    (count(*) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent"))::numeric as n9,
    sum(least(z.r9, $55::numeric)) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent") as q9
  from stage16 z),
stage18 as (
  select z.*, y.n4, y.q4, y.n5, y.q5, y.n6, y.q6, y.n8, y.q8, y.n9, y.q9
  from stage16 z join stage17 y on y.id = z.id),
stage19 as (
  select z.*,
    case when not z.a4 then null when z.e4 = 'full' then $46::numeric when z.e4 = 'exclude' then null when z.r4 is not null then least(z.r4, $46::numeric) else case when z.n4 > 0 then least(round(round((div((z.q4) * 1e30, nullif(z.n4, 0)) * 1e-30), 12), 1), $46::numeric) else 0 end end as p4,
    case when z.e5 = 'full' then $54::numeric when z.e5 = 'exclude' then null when z.r5 is not null then least(z.r5, $54::numeric) else case when z.n5 > 0 then least(round(round((div((z.q5) * 1e30, nullif(z.n5, 0)) * 1e-30), 12), 1), $54::numeric) else 0 end end as p5,
    case when z.e6 = 'full' then $37::numeric when z.e6 = 'exclude' then null when z.r6 is not null then least(z.r6, $37::numeric) else case when z.n6 > 0 then least(round(round((div((z.q6) * 1e30, nullif(z.n6, 0)) * 1e-30), 12), 1), $37::numeric) else 0 end end as p6,
    case when z.e7 = 'full' then $37::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(z.r7, $37::numeric) else 0 end as p7,
    case when z.e8 = 'full' then $55::numeric when z.e8 = 'exclude' then null when z.r8 is not null then least(z.r8, $55::numeric) else case when z.n8 > 0 then least(round(round((div((z.q8) * 1e30, nullif(z.n8, 0)) * 1e-30), 12), 1), $55::numeric) else 0 end end as p8,
    case when z.e9 = 'full' then $55::numeric when z.e9 = 'exclude' then null when z.r9 is not null then least(z.r9, $55::numeric) else case when z.n9 > 0 then least(round(round((div((z.q9) * 1e30, nullif(z.n9, 0)) * 1e-30), 12), 1), $55::numeric) else 0 end end as p9
  from stage18 z offset 0),
stage20 as (
  select z.*,
    (coalesce(z.p4, 0) + coalesce(z.p5, 0) + coalesce(z.p6, 0) + coalesce(z.p7, 0) + coalesce(z.p8, 0) + coalesce(z.p9, 0)) as block_s3,
    (0::numeric) as block_q3,
    (case when z.a4 then $46::numeric else 0 end + $54::numeric + $37::numeric + $37::numeric + $55::numeric + $55::numeric) as block_f3,
    (case when z.p4 is not null then $46::numeric else 0 end + case when z.p5 is not null then $54::numeric else 0 end + case when z.p6 is not null then $37::numeric else 0 end + case when z.p7 is not null then $37::numeric else 0 end + case when z.p8 is not null then $55::numeric else 0 end + case when z.p9 is not null then $55::numeric else 0 end) as block_t3
  from stage19 z offset 0),
stage21 as (
  select z.*,
    case when z.block_f3 = z.block_t3 then $34::numeric + z.block_s3 + z.block_q3 when z.block_t3 = 0 then null else $34::numeric + (div((z.block_s3 * z.block_f3) * 1e30, nullif(z.block_t3, 0)) * 1e-30) + z.block_q3 end as block_u3
  from stage20 z offset 0),
stage22 as (
  select z.*,
    case when z.block_u3 is not null then z.block_u3 * $35::numeric end as block_b3,
    ($34::numeric + z.block_f3) * $35::numeric as block_w3
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
    case when z.block_f4 = z.block_t4 then $34::numeric + z.block_s4 + z.block_q4 when z.block_t4 = 0 then null else $34::numeric + (div((z.block_s4 * z.block_f4) * 1e30, nullif(z.block_t4, 0)) * 1e-30) + z.block_q4 end as block_u4
  from stage23 z offset 0),
stage25 as (
  select z.*,
    case when z.block_u4 is not null then least(round(round(z.block_u4 + (coalesce(z.p10, 0)) - least((coalesce(z.p11, 0)), $56::numeric), 12), 0), $57::numeric) end as raw_total
  from stage24 z offset 0),
stage26 as (
  select z.*,
    coalesce((round(z.m6, 12) > $50::bigint), false) as veto0,
    coalesce(((round(z.raw_total, 12) < $58::bigint) or (z.p0 = $29::bigint)), false) as veto1
  from stage25 z offset 0),
stage27 as (
  select z.*,
    case when z.raw_total is null then null when z.veto0 then 0 else z.raw_total end as total
  from stage26 z offset 0),
stage28 as (
  select z.*,
    case when z.total is not null then case when greatest(1, case when z.veto1 then 3 end) <= 1 and z.total >= $59::numeric then 1 when greatest(1, case when z.veto1 then 3 end) <= 2 and z.total >= $60::numeric then 2 when greatest(1, case when z.veto1 then 3 end) <= 3 and true then 3 else 4 end end as grade0
  from stage27 z offset 0),
stage29 as (
  select z.*,
    case when z.grade0 = 1 and rank() over (partition by z."s_class", z.grade0 = 1 order by z.total desc) > round(round((div((count(*) filter (where z.total is not null) over (partition by z."s_class") * $56::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12), 0) then case when z.total >= $60::numeric then 2 when true then 3 else 4 end else z.grade0 end as grade1
  from stage28 z offset 0),
stage30 as (
  select z.*,
    case when z.grade1 = 2 and count(*) over (partition by z."s_parent", z.grade1 = 2 order by z.total desc) > ceil(round((div((count(*) filter (where z.total is not null) over (partition by z."s_parent") * $61::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12)) then case when true then 3 else 4 end else z.grade1 end as grade2
  from stage29 z offset 0),
stage31 as (
  select z.*,
    case when z.grade2 = 3 and count(*) over (partition by z.grade2 = 3 order by z.total desc) > $55::numeric then 4 else z.grade2 end as grade3
  from stage30 z offset 0),
stage32 as (
  select z.*,
    z.grade3 as grade_no,
    case when (true and z.total is not null) then (rank() over (partition by z."s_parent", (true and z.total is not null) order by z.total desc) + (count(*) over (partition by z."s_parent", (true and z.total is not null), z.total) - 1) * 0.5)::numeric end as place
  from stage31 z offset 0),
stage33 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null') as m4t,
    coalesce('"' || trim_scale(round(z.m4n, 12))::text || '"', 'null') as m4nt,
    coalesce('"' || trim_scale(round(z.m4d, 12))::text || '"', 'null') as m4dt,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t,
    coalesce('"' || trim_scale(round(z.m8, 12))::text || '"', 'null') as m8t,
    coalesce('"' || trim_scale(round(z.m9, 12))::text || '"', 'null') as m9t,
    coalesce('"' || trim_scale(round(z.m7, 12))::text || '"', 'null') as m7t,
    coalesce('"' || trim_scale(round(z.m5, 12))::text || '"', 'null') as m5t
  from stage32 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.total)::text as total, ($62::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $63::text end, case when z.veto1 then $64::text end], null)) as vetoes,
  format($65::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b3, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', case when z.a1 then format($66::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), z.m0, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n1)::text || '"', 'null'), coalesce('"' || trim_scale(z.q1)::text || '"', 'null'), case when z.e1 is not null then '"exempt-' || z.e1 || '"' when z.r1 is null then '"peer-mean"' else 'null' end) end,
    case when z.a4 then format($67::text, trim_scale(z.p4), z.m4t, z.m4nt, z.m4dt, z.m3t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n4)::text || '"', 'null'), coalesce('"' || trim_scale(z.q4)::text || '"', 'null'), case when z.e4 is not null then '"exempt-' || z.e4 || '"' when z.r4 is null then '"peer-mean"' else 'null' end) end,
    format($68::text, trim_scale(z.p5), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p3::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c5, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n5)::text || '"', 'null'), coalesce('"' || trim_scale(z.q5)::text || '"', 'null'), case when z.e5 is not null then '"exempt-' || z.e5 || '"' when z.r5 is null then '"peer-mean"' else 'null' end),
    format($69::text, trim_scale(z.p6), z.m8t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n6)::text || '"', 'null'), coalesce('"' || trim_scale(z.q6)::text || '"', 'null'), case when z.e6 is not null then '"exempt-' || z.e6 || '"' when z.r6 is null then '"peer-mean"' else 'null' end),
    format($70::text, trim_scale(z.p7), z.m6, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), case when z.e7 is not null then '"exempt-' || z.e7 || '"' when z.r7 is null then '"zero"' else 'null' end),
    format($71::text, trim_scale(z.p8), z.m9t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n8)::text || '"', 'null'), coalesce('"' || trim_scale(z.q8)::text || '"', 'null'), case when z.e8 is not null then '"exempt-' || z.e8 || '"' when z.r8 is null then '"peer-mean"' else 'null' end),
    format($72::text, coalesce('"' || trim_scale(z.p9)::text || '"', 'null'), z.m7t, z.m5t, z.m5n, z.m5d, z.m4t, z.m4nt, z.m4dt, z.m3t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x9, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n9)::text || '"', 'null'), coalesce('"' || trim_scale(z.q9)::text || '"', 'null'), case when z.e9 is not null then '"exempt-' || z.e9 || '"' when z.r9 is null then '"peer-mean"' else 'null' end)), '')) || ']') as items
from stage33 z
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
-- $28 = "丙"
-- $29 = "0"
-- $30 = "10"
-- $31 = "8"
-- $32 = "1.2"
-- $33 = "12"
-- $34 = "0"
-- $35 = "1"
-- $36 = "30"
-- $37 = "20"
-- $38 = "-5"
-- $39 = "95.5"
-- $40 = "0.7"
-- $41 = true
-- $42 = "5"
-- $43 = "100"
-- $44 = "0.5"
-- $45 = "20"
-- $46 = "5"
-- $47 = ["9","7.5","6"]
-- $48 = "0.2"
-- $49 = "-1"
-- $50 = "3"
-- $51 = "1.5"
-- $52 = "2.0"
-- $53 = "-0.1"
-- $54 = "9"
-- $55 = "3"
-- $56 = "12.5"
-- $57 = "100"
-- $58 = "60"
-- $59 = "95"
-- $60 = "85"
-- $61 = "40"
-- $62 = ["优","良","中","差"]
-- $63 = "nought"
-- $64 = "capped"
-- $65 = "{\"top\":%s,\"inner\":%s,\"started_only\":%s,\"second\":%s}"
-- $66 = "{\"id\":\"most_of\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"plain\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $67 = "{\"id\":\"gated\",\"max\":\"5\",\"points\":\"%s\",\"inputs\":{\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"items.whole\":%s,\"blocks.top\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $68 = "{\"id\":\"listed\",\"max\":\"9\",\"points\":\"%s\",\"inputs\":{\"items.whole\":%s,\"items.limited\":%s,\"subject.parent\":%s,\"x\":%s,\"place\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $69 = "{\"id\":\"converted\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"mark.outside.sum\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $70 = "{\"id\":\"free\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"cases\":\"%s\",\"items.whole\":%s,\"blocks.top\":%s},\"missing\":%s}"
-- $71 = "{\"id\":\"own_input\",\"max\":\"3\",\"points\":\"%s\",\"inputs\":{\"item.own_input\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $72 = "{\"id\":\"last_year\",\"max\":\"3\",\"points\":%s,\"inputs\":{\"openings\":%s,\"good\":%s,\"good.numerator\":\"%s\",\"good.denominator\":\"%s\",\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"x\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
