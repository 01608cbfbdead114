-- run
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent, q."c_staff" as "s_staff", q."c_open" as "s_open", q."c_class" as "s_class", q."c_parent" as "s_parent" from (select r.id as s, r.id as rid, null::date as day, r.name as "c_name", r.class as "c_class", r.parent as "c_parent", r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q),
facts1 as materialized (
  select q.s as id, (count(*))::numeric as m0n, (count(*))::numeric as m1n, (count(distinct q."c_kind"))::numeric as m2n, (sum((q."c_hours" * $2::numeric)) filter (where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $3::bigint))))))::numeric as m3n, (sum(q."c_hours") filter (where q."c_ok"))::numeric as m7n, (count(*) filter (where q."c_ok"))::numeric as m8n, (sum((case (q."c_kind" = $4::text) when true then $5::numeric when false then (case (q."c_kind" = $6::text) when true then $7::numeric when false then $8::numeric end) end)))::numeric as m12n, (count(*) filter (where (((((((starts_with(q."c_kind", $9::text) and ((strpos(q."c_kind", $10::text) > 0) or (right(q."c_kind", char_length($11::text)) = $11::text))) and (char_length(q."c_kind")::bigint > $12::bigint)) and (q."c_kind" = any($13::text[]))) and (case when $14::text is not null and q."c_tags" is not null then array_position(q."c_tags", $14::text) is not null end)) and (cardinality(q."c_tags")::bigint >= $15::bigint)) and ((q."c_kind" || $16::text) <> $17::text)) and (q."c_kind" collate "C" < $18::text collate "C"))))::numeric as m14n, (count(*) filter (where (((((((((q."c_due" - $19::date)::bigint > $3::bigint) and ((case when $20::bigint between -100000 and 100000 then q."c_due" + ($20::bigint)::int end) <= $21::date)) and ((select (case when v2.a0 between -100000 and 100000 then q."c_due" + (v2.a0)::int end) from (select (select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) as a0 offset 0) v2) > $22::date)) and (extract(year from q."c_due")::bigint = $23::bigint)) and ((extract(month from q."c_due")::bigint - $24::numeric) = $25::bigint)) and (extract(day from q."c_due")::bigint = $26::bigint)) and ((extract(day from q."c_due")::bigint - $24::numeric) = $27::bigint)) and (q."c_at" > $28::timestamptz))))::numeric as m15n, (count(*) filter (where (((((((((((((round((div((q."c_n"::numeric) * 1e30, nullif($2::numeric, 0)) * 1e-30), 12) = $15::bigint) and (mod(q."c_n"::numeric, nullif($5::numeric, 0)) = $15::bigint)) and (round((div((q."c_hours") * 1e30, nullif($29::numeric, 0)) * 1e-30), 12) >= $30::numeric)) and ((select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) < $3::bigint)) and ((- q."c_hours") < $31::numeric)) and ((select (case when v1.a0 <= $32::numeric then v1.a0 when $32::numeric is not null and v1.a0 is not null then $32::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1) = (select (case when $2::numeric >= v1.a0 then $2::numeric when v1.a0 is not null and $2::numeric is not null then v1.a0 end) from (select q."c_n"::numeric as a0 offset 0) v1))) and (round(round(q."c_hours", 12), 1) = $30::numeric)) and ((case q."c_ok" when true then q."c_hours" when false then $33::numeric end) > $34::numeric)) and (q."c_n" = $15::bigint or q."c_n" = $12::bigint)) and (q."c_kind" is not null)) and (not (q."c_hours" is not null))) and ((q."c_n"::numeric * $24::numeric) > $30::numeric)) and ((case when q."c_hours" >= $2::numeric then q."c_hours" when $2::numeric is not null and q."c_hours" is not null then $2::numeric end) <> (select (case when v1.a0 <= $33::numeric then v1.a0 when $33::numeric is not null and v1.a0 is not null then $33::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1)))))::numeric as m16n, (sum(q."c_n") filter (where (q."c_kind" = $35::text)))::numeric as m21n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due", nullif(nullif(r.at, 'infinity'), '-infinity') as "c_at", r.tags as "c_tags" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $37::date and $38::date) q where q.s is not null group by q.s),
facts2 as materialized (
  select q.s as id, (sum(q."c_hours"))::numeric as m4n, (count(q."c_hours"))::numeric as m4d from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $39::date and $38::date) q where q.s is not null group by q.s),
facts3 as materialized (
  select q.s as id, (min(q."c_n"))::numeric as m5n from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $37::date and $40::date) q where q.s is not null group by q.s),
facts4 as materialized (
  select q.s as id, (max((q."c_hours" - $33::numeric)))::numeric as m6n from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $41::date and $40::date) q where q.s is not null group by q.s),
facts5 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $42::text) and (q."c_ok" and (q."c_due" > $19::date))))::numeric as m9n, (count(*) filter (where (q."c_kind" = $42::text)))::numeric as m9d from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $43::date and $44::date) q where q.s is not null and (q."c_kind" = $42::text) group by q.s),
facts6 as materialized (
  select g.id, sum(g.m10) as m10n, sum(g.m11) as m11n from (select q.s as id, max(1::numeric) as m10, max((q."c_n")::numeric) as m11 from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $37::date and $38::date) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts7 as materialized (
  select q.s as id, (sum(q."c_staff") filter (where q."c_open"))::numeric as m13n from (select r.id as s, r.id as rid, null::date as day, r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q where q.s is not null and q."c_open" group by q.s),
facts8 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $45::text)))::numeric as m17n, (count(q."c_value") filter (where (q."c_item" = $45::text)))::numeric as m17d, (sum(q."c_value") filter (where (q."c_item" = $46::text)))::numeric as m18n, (max(q."c_value") filter (where (q."c_item" = $46::text)))::numeric as m19n, (min(q."c_value") filter (where (q."c_item" = $46::text)))::numeric as m20n from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $37::date and $38::date) q where q.s is not null and ((q."c_item" = $45::text) or (q."c_item" = $46::text)) group by q.s),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    coalesce(facts1.m1n, 0) as m1,
    coalesce(facts1.m2n, 0) as m2,
    coalesce(facts1.m3n, 0) as m3,
    coalesce(facts1.m7n, 0) as m7,
    coalesce(facts1.m7n, 0) as m7n,
    coalesce(facts1.m3n, 0) as m7d,
    (div((coalesce(facts1.m8n, 0) * 100) * 1e30, nullif(coalesce(facts1.m1n, 0), 0)) * 1e-30) as m8,
    coalesce(facts1.m8n, 0) as m8n,
    coalesce(facts1.m1n, 0) as m8d,
    coalesce(facts1.m12n, 0) as m12,
    coalesce(facts1.m14n, 0) as m14,
    coalesce(facts1.m15n, 0) as m15,
    coalesce(facts1.m16n, 0) as m16,
    coalesce(facts1.m21n, 0) as m21,
    (div((facts2.m4n) * 1e30, nullif(coalesce(facts2.m4d, 0), 0)) * 1e-30) as m4,
    facts2.m4n as m4n,
    coalesce(facts2.m4d, 0) as m4d,
    facts3.m5n as m5,
    facts4.m6n as m6,
    (div((coalesce(facts5.m9n, 0) * 100) * 1e30, nullif(coalesce(facts5.m9d, 0), 0)) * 1e-30) as m9,
    coalesce(facts5.m9n, 0) as m9n,
    coalesce(facts5.m9d, 0) as m9d,
    coalesce(facts6.m10n, 0) as m10,
    coalesce(facts6.m11n, 0) as m11,
    coalesce(facts7.m13n, 0) as m13,
    (div((facts8.m17n) * 1e30, nullif(coalesce(facts8.m17d, 0), 0)) * 1e-30) as m17,
    facts8.m17n as m17n,
    coalesce(facts8.m17d, 0) as m17d,
    coalesce(facts8.m18n, 0) as m18,
    facts8.m19n as m19,
    facts8.m20n as m20
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id
  left join facts4 on facts4.id = population.id
  left join facts5 on facts5.id = population.id
  left join facts6 on facts6.id = population.id
  left join facts7 on facts7.id = population.id
  left join facts8 on facts8.id = population.id),
stage1 as (
  select z.*,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e0,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e1,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e2,
    coalesce((z."s_open" and (z."s_class" <> $47::text)), false) as a3,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e3,
    coalesce((z."s_open" and (z."s_class" <> $47::text)), false) as a4,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e4,
    coalesce((z."s_open" and (z."s_class" <> $47::text)), false) as a5,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e5,
    ((z.m2 + z.m10))::numeric as x5
  from base z offset 0),
stage2 as (
  select z.*,
    round(round(case when round(($48::numeric - z.m3), 12) <= 0 then $49::numeric when round(($48::numeric - z.m3), 12) > 0 then $49::numeric - $30::numeric * floor(round((div((($48::numeric - z.m3)) * 1e30, nullif($30::numeric, 0)) * 1e-30), 12)) end, 12), 1) as r0,
    round(round(case when round((z.m3 - ((div((z.m3) * 1e30, nullif($50::numeric, 0)) * 1e-30))::numeric), 12) <= 0 then $49::numeric when round((z.m3 - ((div((z.m3) * 1e30, nullif($50::numeric, 0)) * 1e-30))::numeric), 12) > 0 then $49::numeric - (z.m1)::numeric * (div(((z.m3 - ((div((z.m3) * 1e30, nullif($50::numeric, 0)) * 1e-30))::numeric)) * 1e30, nullif($24::numeric, 0)) * 1e-30) end, 12), 1) as r1,
    round(round(case when round((z.m3 - $5::numeric), 12) <= 0 then $49::numeric when round((z.m3 - $5::numeric), 12) > 0 then $49::numeric - $24::numeric * ceil(round((div(((z.m3 - $5::numeric)) * 1e30, nullif($2::numeric, 0)) * 1e-30), 12)) end, 12), 1) as r2,
    round(round($49::numeric * case when round((div((z.m0) * 1e30, nullif($51::numeric, 0)) * 1e-30), 12) > $52::numeric then $52::numeric else (div((z.m0) * 1e30, nullif($51::numeric, 0)) * 1e-30) end, 12), 0) as r3,
    round(round($49::numeric - $53::numeric * z.m8, 12), 1) as r4,
    round(round($49::numeric - case when round((z."s_staff")::numeric * z.x5, 12) > $32::numeric then $32::numeric else (z."s_staff")::numeric * z.x5 end, 12), 1) as r5,
    round(round($54::numeric * z.m10, 12), 1) as r20,
    round(round($2::numeric * z.m1, 12), 1) as r21
  from stage1 z offset 0),
stage3 as materialized (
  select z.id,
    (count(*) filter (where true and z.e1 is null and z.r1 is not null) over (partition by z."s_parent"))::numeric as n1,
    sum(least(z.r1, $49::numeric)) filter (where true and z.e1 is null and z.r1 is not null) over (partition by z."s_parent") as q1,
    (count(*) filter (where true and z.e2 is null and z.r2 is not null) over (partition by z."s_parent"))::numeric as n2,
    sum(least(z.r2, $49::numeric)) filter (where true and z.e2 is null and z.r2 is not null) over (partition by z."s_parent") as q2,
    (count(*) filter (where z.a3 and z.e3 is null and z.r3 is not null) over (partition by z."s_parent"))::numeric as n3,
    sum(least(z.r3, $48::numeric)) filter (where z.a3 and z.e3 is null and z.r3 is not null) over (partition by z."s_parent") as q3
  from stage2 z),
stage4 as (
  select z.*, y.n1, y.q1, y.n2, y.q2, y.n3, y.q3
  from stage2 z join stage3 y on y.id = z.id),
stage5 as (
  select z.*,
    case when z.e0 = 'full' then $49::numeric when z.e0 = 'exclude' then null when z.r0 is not null then least(z.r0, $49::numeric) else 0 end as p0,
    case when z.e1 = 'full' then $49::numeric when z.e1 = 'exclude' then null when z.r1 is not null then least(z.r1, $49::numeric) else case when z.n1 > 0 then least(round(round((div((z.q1) * 1e30, nullif(z.n1, 0)) * 1e-30), 12), 1), $49::numeric) else 0 end end as p1,
    case when z.e2 = 'full' then $49::numeric when z.e2 = 'exclude' then null when z.r2 is not null then least(z.r2, $49::numeric) else case when z.n2 > 0 then least(round(round((div((z.q2) * 1e30, nullif(z.n2, 0)) * 1e-30), 12), 1), $49::numeric) else 0 end end as p2,
    case when not z.a3 then null when z.e3 = 'full' then $49::numeric when z.e3 = 'exclude' then null when z.r3 is not null then least(z.r3, $48::numeric) else case when z.n3 > 0 then least(round(round((div((z.q3) * 1e30, nullif(z.n3, 0)) * 1e-30), 12), 0), $48::numeric) else 0 end end as p3,
    case when not z.a4 then null when z.e4 = 'full' then $49::numeric when z.e4 = 'exclude' then null when z.r4 is not null then greatest(z.r4, $2::numeric) else $49::numeric end as p4,
    case when not z.a5 then null when z.e5 = 'full' then $49::numeric when z.e5 = 'exclude' then null when z.r5 is not null then least(z.r5, $49::numeric) else null end as p5,
    case when z.r20 is not null then z.r20 else 0 end as p20,
    case when z.r21 is not null then least(greatest(z.r21, $55::numeric), $32::numeric) else 0 end as p21
  from stage4 z offset 0),
stage6 as (
  select z.*,
    coalesce((z."s_open" and (z."s_class" <> $47::text)), false) as block_a1
  from stage5 z offset 0),
stage7 as (
  select z.*,
    (coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0)) as block_s1,
    (0::numeric) as block_q1,
    (case when z.a3 then $49::numeric else 0 end + case when z.a4 then $49::numeric else 0 end + case when z.a5 then $49::numeric else 0 end) as block_f1,
    (case when z.p3 is not null then $49::numeric else 0 end + case when z.p4 is not null then $49::numeric else 0 end + case when z.p5 is not null then $49::numeric else 0 end) as block_t1
  from stage6 z offset 0),
stage8 as (
  select z.*,
    case when z.block_f1 = z.block_t1 then $8::numeric + z.block_s1 + z.block_q1 when z.block_t1 = 0 then null else $8::numeric + (div((z.block_s1 * z.block_f1) * 1e30, nullif(z.block_t1, 0)) * 1e-30) + z.block_q1 end as block_u1
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when not z.block_a1 then 0 else case when z.block_u1 is not null then z.block_u1 * $24::numeric end end as block_b1,
    case when not z.block_a1 then 0 else ($8::numeric + z.block_f1) * $24::numeric end as block_w1,
    ($56::numeric + (0::numeric)) * $24::numeric as block_b2,
    ($56::numeric + (0::numeric)) * $24::numeric as block_w2
  from stage8 z offset 0),
stage10 as (
  select z.*,
    (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0) + case when z.block_w1 <> 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 <> 0 then coalesce(z.block_b2, 0) else 0 end) as block_s0,
    (case when z.block_w1 = 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 = 0 then coalesce(z.block_b2, 0) else 0 end) as block_q0,
    ($49::numeric + $49::numeric + $49::numeric + z.block_w1 + z.block_w2) as block_f0,
    (case when z.p0 is not null then $49::numeric else 0 end + case when z.p1 is not null then $49::numeric else 0 end + case when z.p2 is not null then $49::numeric else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end + case when z.block_b2 is not null then z.block_w2 else 0 end) as block_t0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $57::numeric + z.block_s0 + z.block_q0 when z.block_t0 = 0 then $57::numeric + z.block_q0 else $57::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) + z.block_q0 end as block_u0
  from stage10 z offset 0),
stage12 as (
  select z.*,
    case when z.block_u0 is not null then round(round(least(greatest(z.block_u0, $58::numeric), $59::numeric) * $60::numeric, 12), 3) end as block_b0,
    ($57::numeric + z.block_f0) * $60::numeric as block_w0
  from stage11 z offset 0),
stage13 as (
  select z.*,
    case when (z.p0 > $20::bigint) then 'full' end as e6,
    case when (z.p0 > $20::bigint) then 'full' end as e7,
    case when (z.p0 > $20::bigint) then 'full' end as e8,
    case when (z.p0 > $20::bigint) then 'full' end as e9,
    coalesce(((z.m7 is not null) or $61::boolean), false) as a10,
    case when (z.p0 > $20::bigint) then 'full' end as e10,
    case when (z.p0 > $20::bigint) then 'full' end as e11,
    case when (z.p0 > $20::bigint) then 'full' end as e12,
    case when (z.p0 > $20::bigint) then 'full' end as e14,
    case when (z.p0 > $20::bigint) then 'full' end as e15,
    case when (z.p0 > $20::bigint) then 'full' end as e16,
    case when (z.p0 > $20::bigint) then 'full' end as e17,
    case when (z.p0 > $20::bigint) then 'full' end as e18,
    case when (round(z.m13, 12) > $62::bigint) then 'exclude' when (z.p0 > $20::bigint) then 'full' end as e19,
    ((z.m9 - z.m8))::numeric as x19
  from stage12 z offset 0),
stage14 as materialized (
  select z.id,
    case when (true and z.e12 is null and round(z.m12, 12) is not null) then (dense_rank() over (partition by z."s_parent", (true and z.e12 is null and round(z.m12, 12) is not null) order by round(z.m12, 12) asc))::numeric end as k12,
    (count(*) filter (where (true and z.e12 is null and round(z.m12, 12) is not null)) over (partition by z."s_parent"))::numeric as c12
  from stage13 z),
stage15 as (
  select z.*, y.k12, y.c12
  from stage13 z join stage14 y on y.id = z.id),
stage16 as (
  select z.*,
    round(round(case when z.m9 is null then null when round(z.m9, 12) > round($63::numeric, 12) then $51::numeric when round(z.m9, 12) > round($64::numeric, 12) then ((div((z.m9) * 1e30, nullif($65::numeric, 0)) * 1e-30))::numeric else $24::numeric end, 12), 1) as r6,
    round(round(case when z.m6 is null then null when round(z.m6, 12) < round($24::numeric, 12) then $51::numeric when round(z.m6, 12) < round($2::numeric, 12) then $32::numeric else $8::numeric end, 12), 1) as r7,
    round(round(case when z.m5 is null then null when round(z.m5, 12) <= round($24::numeric, 12) then $51::numeric else $8::numeric end, 12), 1) as r8,
    round(round(case when z.m4 is null then null when round(z.m4, 12) = round($24::numeric, 12) then $51::numeric when round(z.m4, 12) = round($8::numeric, 12) then $2::numeric when round(z.m4, 12) = round($66::numeric, 12) then $5::numeric else $8::numeric end, 12), 1) as r9,
    round(round(case when ((round(z.m7, 12) >= $30::numeric) and (round(z.block_b0, 12) > $67::bigint)) then $66::numeric when not ((round(z.m7, 12) >= $30::numeric) and (round(z.block_b0, 12) > $67::bigint)) then 0 end, 12), 1) as r10,
    round(round(case when coalesce((round(z.m14, 12) > $25::bigint), (round(z.m15, 12) > $25::bigint)) is not null then (case when (round(z.m14, 12) > $25::bigint) then $2::numeric else 0 end) + (case when (round(z.m15, 12) > $25::bigint) then (z.m16)::numeric else 0 end) end, 12), 1) as r11,
    round(round($68::numeric - $30::numeric * (z.k12 - 1), 12), 1) as r12,
    round(round($69::numeric * z.m18 + $55::numeric, 12), 1) as r14,
    round(round((z."s_staff")::numeric * z.m19 + $8::numeric, 12), 1) as r15,
    round(round($24::numeric * z.m20 + $8::numeric, 12), 1) as r16,
    round(round(((case (round(z.m11, 12) > $3::bigint) when true then (z.p0 + $33::numeric) when false then (div((z.block_b0) * 1e30, nullif($50::numeric, 0)) * 1e-30) end))::numeric, 12), 1) as r17,
    round(round($30::numeric * z.m21, 12), 1) as r18,
    round(round($70::numeric * z.x19, 12), 1) as r19
  from stage15 z offset 0),
stage17 as materialized (
  select z.id,
    (count(*) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent"))::numeric as n6,
    sum(least(z.r6, $51::numeric)) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent") as q6,
    (count(*) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent"))::numeric as n8,
    sum(least(z.r8, $51::numeric)) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent") as q8,
    (count(*) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent"))::numeric as n9,
    sum(least(z.r9, $51::numeric)) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent") as q9,
    (count(*) filter (where z.a10 and z.e10 is null and z.r10 is not null) over (partition by z."s_parent"))::numeric as n10,
    sum(least(z.r10, $66::numeric)) filter (where z.a10 and z.e10 is null and z.r10 is not null) over (partition by z."s_parent") as q10,
    (count(*) filter (where true and z.e11 is null and z.r11 is not null) over (partition by z."s_parent"))::numeric as n11,
    sum(least(z.r11, $71::numeric)) filter (where true and z.e11 is null and z.r11 is not null) over (partition by z."s_parent") as q11,
    (count(*) filter (where true and z.e12 is null and z.r12 is not null) over ())::numeric as n12,
    sum(least(z.r12, $68::numeric)) filter (where true and z.e12 is null and z.r12 is not null) over () as q12,
    (count(*) filter (where true and z.e14 is null and z.r14 is not null) over (partition by z."s_parent"))::numeric as n14,
    sum(least(z.r14, $57::numeric)) filter (where true and z.e14 is null and z.r14 is not null) over (partition by z."s_parent") as q14,
    (count(*) filter (where true and z.e15 is null and z.r15 is not null) over (partition by z."s_parent"))::numeric as n15,
    sum(least(z.r15, $57::numeric)) filter (where true and z.e15 is null and z.r15 is not null) over (partition by z."s_parent") as q15,
    (count(*) filter (where true and z.e16 is null and z.r16 is not null) over (partition by z."s_parent"))::numeric as n16,
    sum(least(z.r16, $57::numeric)) filter (where true and z.e16 is null and z.r16 is not null) over (partition by z."s_parent") as q16,
    (count(*) filter (where true and z.e18 is null and z.r18 is not null) over (partition by z."s_parent"))::numeric as n18,
    sum(least(z.r18, $5::numeric)) filter (where true and z.e18 is null and z.r18 is not null) over (partition by z."s_parent") as q18,
    (count(*) filter (where true and z.e19 is null and z.r19 is not null) over (partition by z."s_parent"))::numeric as n19,
    sum(least(z.r19, $5::numeric)) filter (where true and z.e19 is null and z.r19 is not null) over (partition by z."s_parent") as q19
  from stage16 z),
stage18 as (
  select z.*, y.n6, y.q6, y.n8, y.q8, y.n9, y.q9, y.n10, y.q10, y.n11, y.q11, y.n12, y.q12, y.n14, y.q14, y.n15, y.q15, y.n16, y.q16, y.n18, y.q18, y.n19, y.q19
  from stage16 z join stage17 y on y.id = z.id),
stage19 as (
  select z.*,
    case when z.e6 = 'full' then $51::numeric when z.e6 = 'exclude' then null when z.r6 is not null then least(z.r6, $51::numeric) else case when z.n6 > 0 then least(round(round((div((z.q6) * 1e30, nullif(z.n6, 0)) * 1e-30), 12), 1), $51::numeric) else 0 end end as p6,
    case when z.e7 = 'full' then $51::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(z.r7, $51::numeric) else case when z.m17 is null then 0 else least(round(round(z.m17, 12), 1), $51::numeric) end end as p7,
    case when z.e8 = 'full' then $51::numeric when z.e8 = 'exclude' then null when z.r8 is not null then least(z.r8, $51::numeric) else case when z.n8 > 0 then least(round(round((div((z.q8) * 1e30, nullif(z.n8, 0)) * 1e-30), 12), 1), $51::numeric) else 0 end end as p8,
    case when z.e9 = 'full' then $51::numeric when z.e9 = 'exclude' then null when z.r9 is not null then least(z.r9, $51::numeric) else case when z.n9 > 0 then least(round(round((div((z.q9) * 1e30, nullif(z.n9, 0)) * 1e-30), 12), 1), $51::numeric) else 0 end end as p9,
    case when not z.a10 then null when z.e10 = 'full' then $66::numeric when z.e10 = 'exclude' then null when z.r10 is not null then least(z.r10, $66::numeric) else case when z.n10 > 0 then least(round(round((div((z.q10) * 1e30, nullif(z.n10, 0)) * 1e-30), 12), 1), $66::numeric) else 0 end end as p10,
    case when z.e11 = 'full' then $71::numeric when z.e11 = 'exclude' then null when z.r11 is not null then least(z.r11, $71::numeric) else case when z.n11 > 0 then least(round(round((div((z.q11) * 1e30, nullif(z.n11, 0)) * 1e-30), 12), 1), $71::numeric) else 0 end end as p11,
    case when z.e12 = 'full' then $68::numeric when z.e12 = 'exclude' then null when z.r12 is not null then least(z.r12, $68::numeric) else case when z.n12 > 0 then least(round(round((div((z.q12) * 1e30, nullif(z.n12, 0)) * 1e-30), 12), 1), $68::numeric) else 0 end end as p12,
    case when z.e14 = 'full' then $57::numeric when z.e14 = 'exclude' then null when z.r14 is not null then least(z.r14, $57::numeric) else case when z.n14 > 0 then least(round(round((div((z.q14) * 1e30, nullif(z.n14, 0)) * 1e-30), 12), 1), $57::numeric) else 0 end end as p14,
    case when z.e15 = 'full' then $57::numeric when z.e15 = 'exclude' then null when z.r15 is not null then least(z.r15, $57::numeric) else case when z.n15 > 0 then least(round(round((div((z.q15) * 1e30, nullif(z.n15, 0)) * 1e-30), 12), 1), $57::numeric) else 0 end end as p15,
    case when z.e16 = 'full' then $57::numeric when z.e16 = 'exclude' then null when z.r16 is not null then least(z.r16, $57::numeric) else case when z.n16 > 0 then least(round(round((div((z.q16) * 1e30, nullif(z.n16, 0)) * 1e-30), 12), 1), $57::numeric) else 0 end end as p16,
    case when z.e17 = 'full' then $57::numeric when z.e17 = 'exclude' then null when z.r17 is not null then least(z.r17, $57::numeric) else 0 end as p17,
    case when z.e18 = 'full' then $5::numeric when z.e18 = 'exclude' then null when z.r18 is not null then least(z.r18, $5::numeric) else case when z.n18 > 0 then least(round(round((div((z.q18) * 1e30, nullif(z.n18, 0)) * 1e-30), 12), 1), $5::numeric) else 0 end end as p18,
    case when z.e19 = 'full' then $5::numeric when z.e19 = 'exclude' then null when z.r19 is not null then least(z.r19, $5::numeric) else case when z.n19 > 0 then least(round(round((div((z.q19) * 1e30, nullif(z.n19, 0)) * 1e-30), 12), 1), $5::numeric) else 0 end end as p19
  from stage18 z offset 0),
stage20 as (
  select z.*,
    case when (z.p0 > $20::bigint) then 'full' end as e13,
    (((z.p0 + z.p1) + z.p6))::numeric as x13
  from stage19 z offset 0),
stage21 as materialized (
  select z.id,
    case when (true and z.e13 is null and round(z.x13, 12) is not null) then (rank() over (partition by (true and z.e13 is null and round(z.x13, 12) is not null) order by round(z.x13, 12) desc))::numeric end as k13,
    (count(*) filter (where (true and z.e13 is null and round(z.x13, 12) is not null)) over ())::numeric as c13
  from stage20 z),
stage22 as (
  select z.*, y.k13, y.c13
  from stage20 z join stage21 y on y.id = z.id),
stage23 as (
  select z.*,
    round(round(case when z.k13 is not null then coalesce(($72::numeric[])[z.k13::int], $24::numeric) end, 12), 1) as r13
  from stage22 z offset 0),
stage24 as materialized (
  select z.id,
    (count(*) filter (where true and z.e13 is null and z.r13 is not null) over (partition by z."s_parent"))::numeric as n13,
    sum(least(z.r13, $68::numeric)) filter (where true and z.e13 is null and z.r13 is not null) over (partition by z."s_parent") as q13
  from stage23 z),
stage25 as (
  select z.*, y.n13, y.q13
  from stage23 z join stage24 y on y.id = z.id),
stage26 as (
  select z.*,
    case when z.e13 = 'full' then $68::numeric when z.e13 = 'exclude' then null when z.r13 is not null then least(z.r13, $68::numeric) else case when z.n13 > 0 then least(round(round((div((z.q13) * 1e30, nullif(z.n13, 0)) * 1e-30), 12), 1), $68::numeric) else 0 end end as p13
  from stage25 z offset 0),
stage27 as (
  select z.*,
    (coalesce(z.p6, 0) + coalesce(z.p7, 0) + coalesce(z.p8, 0) + coalesce(z.p9, 0) + coalesce(z.p10, 0) + coalesce(z.p11, 0) + coalesce(z.p12, 0) + coalesce(z.p13, 0) + coalesce(z.p14, 0) + coalesce(z.p15, 0) + coalesce(z.p16, 0) + coalesce(z.p17, 0) + coalesce(z.p18, 0) + coalesce(z.p19, 0)) as block_s3,
    (0::numeric) as block_q3,
    ($51::numeric + $51::numeric + $51::numeric + $51::numeric + case when z.a10 then $66::numeric else 0 end + $71::numeric + $68::numeric + $68::numeric + $57::numeric + $57::numeric + $57::numeric + $57::numeric + $5::numeric + $5::numeric) as block_f3,
    (case when z.p6 is not null then $51::numeric else 0 end + case when z.p7 is not null then $51::numeric else 0 end + case when z.p8 is not null then $51::numeric else 0 end + case when z.p9 is not null then $51::numeric else 0 end + case when z.p10 is not null then $66::numeric else 0 end + case when z.p11 is not null then $71::numeric else 0 end + case when z.p12 is not null then $68::numeric else 0 end + case when z.p13 is not null then $68::numeric else 0 end + case when z.p14 is not null then $57::numeric else 0 end + case when z.p15 is not null then $57::numeric else 0 end + case when z.p16 is not null then $57::numeric else 0 end + case when z.p17 is not null then $57::numeric else 0 end + case when z.p18 is not null then $5::numeric else 0 end + case when z.p19 is not null then $5::numeric else 0 end) as block_t3
  from stage26 z offset 0),
stage28 as (
  select z.*,
    case when z.block_f3 = z.block_t3 then $8::numeric + z.block_s3 + z.block_q3 when z.block_t3 = 0 then null else $8::numeric + (div((z.block_s3 * z.block_f3) * 1e30, nullif(z.block_t3, 0)) * 1e-30) + z.block_q3 end as block_u3
  from stage27 z offset 0),
stage29 as (
  select z.*,
    case when z.block_u3 is not null then z.block_u3 * $24::numeric end as block_b3,
    ($8::numeric + z.block_f3) * $24::numeric as block_w3
  from stage28 z offset 0),
stage30 as (
  select z.*,
    (case when z.block_w0 <> 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w3 <> 0 then coalesce(z.block_b3, 0) else 0 end) as block_s4,
    (case when z.block_w0 = 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w3 = 0 then coalesce(z.block_b3, 0) else 0 end) as block_q4,
    (z.block_w0 + z.block_w3) as block_f4,
    (case when z.block_b0 is not null then z.block_w0 else 0 end + case when z.block_b3 is not null then z.block_w3 else 0 end) as block_t4
  from stage29 z offset 0),
stage31 as (
  select z.*,
    case when z.block_f4 = z.block_t4 then $8::numeric + z.block_s4 + z.block_q4 when z.block_t4 = 0 then null else $8::numeric + (div((z.block_s4 * z.block_f4) * 1e30, nullif(z.block_t4, 0)) * 1e-30) + z.block_q4 end as block_u4
  from stage30 z offset 0),
stage32 as (
  select z.*,
    case when z.block_u4 is not null then least(round(round(z.block_u4 + (coalesce(z.p20, 0)) - least((coalesce(z.p21, 0)), $73::numeric), 12), 0), $74::numeric) end as raw_total
  from stage31 z offset 0),
stage33 as (
  select z.*,
    coalesce((round(z.m12, 12) > $3::bigint), false) as veto0,
    coalesce(((round(z.raw_total, 12) < $75::bigint) or (z.p0 = $25::bigint)), false) as veto1
  from stage32 z offset 0),
stage34 as (
  select z.*,
    case when z.raw_total is null then null when z.veto0 then 0 else z.raw_total end as total
  from stage33 z offset 0),
stage35 as (
  select z.*,
    case when z.total is not null then case when greatest(1, case when z.veto1 then 3 end) <= 1 and z.total >= $76::numeric then 1 when greatest(1, case when z.veto1 then 3 end) <= 2 and z.total >= $77::numeric then 2 when greatest(1, case when z.veto1 then 3 end) <= 3 and true then 3 else 4 end end as grade0
  from stage34 z offset 0),
stage36 as (
  select z.*,
    case when z.grade0 = 1 and rank() over (partition by z."s_class", z.grade0 = 1 order by z.total desc, z.p0 desc nulls last) > round(round((div((count(*) filter (where z.total is not null) over (partition by z."s_class") * $73::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12), 0) then case when z.total >= $77::numeric then 2 when true then 3 else 4 end else z.grade0 end as grade1
  from stage35 z offset 0),
stage37 as (
  select z.*,
    case when z.grade1 = 2 and count(*) over (partition by z."s_parent", z.grade1 = 2 order by z.total desc, z.p0 desc nulls last) > ceil(round((div((count(*) filter (where z.total is not null) over (partition by z."s_parent") * $78::numeric) * 1e30, nullif(100, 0)) * 1e-30), 12)) then case when true then 3 else 4 end else z.grade1 end as grade2
  from stage36 z offset 0),
stage38 as (
  select z.*,
    case when z.grade2 = 3 and count(*) over (partition by z.grade2 = 3 order by z.total desc, z.p0 desc nulls last) > $5::numeric then 4 else z.grade2 end as grade3
  from stage37 z offset 0),
stage39 as (
  select z.*,
    z.grade3 as grade_no,
    case when (true and z.total is not null) then (rank() over (partition by z."s_parent", (true and z.total is not null) order by z.total desc, z.p0 desc nulls last) + (count(*) over (partition by z."s_parent", (true and z.total is not null), z.total, z.p0) - 1) * 0.5)::numeric end as place
  from stage38 z offset 0),
stage40 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t,
    coalesce('"' || trim_scale(round(z.m8, 12))::text || '"', 'null') as m8t,
    coalesce('"' || trim_scale(round(z.m8d, 12))::text || '"', 'null') as m8dt,
    coalesce('"' || trim_scale(round(z.m9, 12))::text || '"', 'null') as m9t,
    coalesce('"' || trim_scale(round(z.m6, 12))::text || '"', 'null') as m6t,
    coalesce('"' || trim_scale(round(z.m17, 12))::text || '"', 'null') as m17t,
    coalesce('"' || trim_scale(round(z.m17n, 12))::text || '"', 'null') as m17nt,
    coalesce('"' || trim_scale(round(z.m5, 12))::text || '"', 'null') as m5t,
    coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null') as m4t,
    coalesce('"' || trim_scale(round(z.m4n, 12))::text || '"', 'null') as m4nt,
    coalesce('"' || trim_scale(round(z.m7, 12))::text || '"', 'null') as m7t,
    coalesce('"' || trim_scale(round(z.m7n, 12))::text || '"', 'null') as m7nt,
    coalesce('"' || trim_scale(round(z.m7d, 12))::text || '"', 'null') as m7dt,
    coalesce('"' || trim_scale(round(z.m12, 12))::text || '"', 'null') as m12t,
    coalesce('"' || trim_scale(round(z.m18, 12))::text || '"', 'null') as m18t,
    coalesce('"' || trim_scale(round(z.m19, 12))::text || '"', 'null') as m19t,
    coalesce('"' || trim_scale(round(z.m20, 12))::text || '"', 'null') as m20t,
    coalesce('"' || trim_scale(round(z.m11, 12))::text || '"', 'null') as m11t,
    coalesce('"' || trim_scale(round(z.m21, 12))::text || '"', 'null') as m21t,
    coalesce('"' || trim_scale(round(z.m13, 12))::text || '"', 'null') as m13t
  from stage39 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.total)::text as total, ($79::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $80::text end, case when z.veto1 then $81::text end], null)) as vetoes,
  format($82::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b3, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($83::text, coalesce('"' || trim_scale(z.p0)::text || '"', 'null'), z.m3t, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e0 is not null then '"exempt-' || z.e0 || '"' when z.r0 is null then '"zero"' else 'null' end),
    format($84::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), z.m3t, z.m1, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n1)::text || '"', 'null'), coalesce('"' || trim_scale(z.q1)::text || '"', 'null'), case when z.e1 is not null then '"exempt-' || z.e1 || '"' when z.r1 is null then '"peer-mean"' else 'null' end),
    format($85::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), z.m3t, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n2)::text || '"', 'null'), coalesce('"' || trim_scale(z.q2)::text || '"', 'null'), case when z.e2 is not null then '"exempt-' || z.e2 || '"' when z.r2 is null then '"peer-mean"' else 'null' end),
    case when z.a3 then format($86::text, coalesce('"' || trim_scale(z.p3)::text || '"', 'null'), z.m0, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n3)::text || '"', 'null'), coalesce('"' || trim_scale(z.q3)::text || '"', 'null'), case when z.e3 is not null then '"exempt-' || z.e3 || '"' when z.r3 is null then '"peer-mean"' else 'null' end) end,
    case when z.a4 then format($87::text, coalesce('"' || trim_scale(z.p4)::text || '"', 'null'), z.m8t, z.m8n, z.m8dt, z.m1, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e4 is not null then '"exempt-' || z.e4 || '"' when z.r4 is null then '"full"' else 'null' end) end,
    case when z.a5 then format($88::text, coalesce('"' || trim_scale(z.p5)::text || '"', 'null'), z.m2, z.m10, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x5, 12))::text || '"', 'null'), case when z.e5 is not null then '"exempt-' || z.e5 || '"' when z.r5 is null then '"exclude"' else 'null' end) end,
    format($89::text, trim_scale(z.p6), z.m9t, z.m9n, z.m9d, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n6)::text || '"', 'null'), coalesce('"' || trim_scale(z.q6)::text || '"', 'null'), case when z.e6 is not null then '"exempt-' || z.e6 || '"' when z.r6 is null then '"peer-mean"' else 'null' end),
    format($90::text, trim_scale(z.p7), z.m6t, z.m17t, z.m17nt, z.m17d, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), case when z.e7 is not null then '"exempt-' || z.e7 || '"' when z.r7 is null then '"manual"' else 'null' end),
    format($91::text, trim_scale(z.p8), z.m5t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n8)::text || '"', 'null'), coalesce('"' || trim_scale(z.q8)::text || '"', 'null'), case when z.e8 is not null then '"exempt-' || z.e8 || '"' when z.r8 is null then '"peer-mean"' else 'null' end),
    format($92::text, trim_scale(z.p9), z.m4t, z.m4nt, z.m4d, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n9)::text || '"', 'null'), coalesce('"' || trim_scale(z.q9)::text || '"', 'null'), case when z.e9 is not null then '"exempt-' || z.e9 || '"' when z.r9 is null then '"peer-mean"' else 'null' end),
    case when z.a10 then format($93::text, trim_scale(z.p10), z.m7t, z.m7nt, z.m7dt, z.m3t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n10)::text || '"', 'null'), coalesce('"' || trim_scale(z.q10)::text || '"', 'null'), case when z.e10 is not null then '"exempt-' || z.e10 || '"' when z.r10 is null then '"peer-mean"' else 'null' end) end,
    format($94::text, trim_scale(z.p11), z.m14, z.m15, z.m16, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n11)::text || '"', 'null'), coalesce('"' || trim_scale(z.q11)::text || '"', 'null'), case when z.e11 is not null then '"exempt-' || z.e11 || '"' when z.r11 is null then '"peer-mean"' else 'null' end),
    format($95::text, trim_scale(z.p12), z.m12t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.k12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n12)::text || '"', 'null'), coalesce('"' || trim_scale(z.q12)::text || '"', 'null'), case when z.e12 is not null then '"exempt-' || z.e12 || '"' when z.r12 is null then '"peer-mean"' else 'null' end),
    format($96::text, trim_scale(z.p13), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p1::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p6::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x13, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k13, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c13, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n13)::text || '"', 'null'), coalesce('"' || trim_scale(z.q13)::text || '"', 'null'), case when z.e13 is not null then '"exempt-' || z.e13 || '"' when z.r13 is null then '"peer-mean"' else 'null' end),
    format($97::text, trim_scale(z.p14), z.m18t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n14)::text || '"', 'null'), coalesce('"' || trim_scale(z.q14)::text || '"', 'null'), case when z.e14 is not null then '"exempt-' || z.e14 || '"' when z.r14 is null then '"peer-mean"' else 'null' end),
    format($98::text, trim_scale(z.p15), z.m19t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n15)::text || '"', 'null'), coalesce('"' || trim_scale(z.q15)::text || '"', 'null'), case when z.e15 is not null then '"exempt-' || z.e15 || '"' when z.r15 is null then '"peer-mean"' else 'null' end),
    format($99::text, trim_scale(z.p16), z.m20t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n16)::text || '"', 'null'), coalesce('"' || trim_scale(z.q16)::text || '"', 'null'), case when z.e16 is not null then '"exempt-' || z.e16 || '"' when z.r16 is null then '"peer-mean"' else 'null' end),
    format($100::text, trim_scale(z.p17), z.m11t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), case when z.e17 is not null then '"exempt-' || z.e17 || '"' when z.r17 is null then '"zero"' else 'null' end),
    format($101::text, trim_scale(z.p18), z.m21t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n18)::text || '"', 'null'), coalesce('"' || trim_scale(z.q18)::text || '"', 'null'), case when z.e18 is not null then '"exempt-' || z.e18 || '"' when z.r18 is null then '"peer-mean"' else 'null' end),
    format($102::text, coalesce('"' || trim_scale(z.p19)::text || '"', 'null'), z.m13t, z.m9t, z.m9n, z.m9d, z.m8t, z.m8n, z.m8dt, z.m1, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x19, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n19)::text || '"', 'null'), coalesce('"' || trim_scale(z.q19)::text || '"', 'null'), case when z.e19 is not null then '"exempt-' || z.e19 || '"' when z.r19 is null then '"peer-mean"' else 'null' end),
    format($103::text, coalesce('"' || trim_scale(z.p20)::text || '"', 'null'), z.m10, case when z.r20 is null then '"zero"' else 'null' end),
    format($104::text, trim_scale(z.p21), z.m1, case when z.r21 is null then '"zero"' else 'null' end)), '')) || ']') as items
from stage40 z
order by z.id::text collate "C";
-- $1 = 1
-- $2 = "2"
-- $3 = "3"
-- $4 = "轻"
-- $5 = "3"
-- $6 = "重"
-- $7 = "5.5"
-- $8 = "0"
-- $9 = "一"
-- $10 = "二"
-- $11 = "三"
-- $12 = "2"
-- $13 = ["甲","乙"]
-- $14 = "先进"
-- $15 = "1"
-- $16 = "1"
-- $17 = "乙1"
-- $18 = "丁"
-- $19 = "2024-01-31"
-- $20 = "5"
-- $21 = "2024-12-31"
-- $22 = "2024-01-01"
-- $23 = "2024"
-- $24 = "1"
-- $25 = "0"
-- $26 = "31"
-- $27 = "30"
-- $28 = "2024-01-31T08:00:00+08:00"
-- $29 = "3.0"
-- $30 = "0.5"
-- $31 = "-0.5"
-- $32 = "4"
-- $33 = "1.5"
-- $34 = "1.0"
-- $35 = "奖"
-- $36 = "2025-01-01T00:00:00Z"
-- $37 = "2024-01-01"
-- $38 = "2024-06-30"
-- $39 = "2023-07-01"
-- $40 = "2024-03-31"
-- $41 = "2024-02-01"
-- $42 = "件"
-- $43 = "2023-01-01"
-- $44 = "2023-06-30"
-- $45 = "below"
-- $46 = "outside"
-- $47 = "丙"
-- $48 = "12"
-- $49 = "10"
-- $50 = "2.0"
-- $51 = "8"
-- $52 = "1.2"
-- $53 = "0.1"
-- $54 = "0.25"
-- $55 = "-1"
-- $56 = "30"
-- $57 = "20"
-- $58 = "-5"
-- $59 = "95.5"
-- $60 = "0.7"
-- $61 = true
-- $62 = "100"
-- $63 = "90"
-- $64 = "80"
-- $65 = "20.0"
-- $66 = "5"
-- $67 = "20"
-- $68 = "9"
-- $69 = "0.2"
-- $70 = "-0.1"
-- $71 = "6"
-- $72 = ["9","7.5","6"]
-- $73 = "12.5"
-- $74 = "100"
-- $75 = "60"
-- $76 = "95"
-- $77 = "85"
-- $78 = "40"
-- $79 = ["优","良","中","差"]
-- $80 = "nought"
-- $81 = "capped"
-- $82 = "{\"top\":%s,\"inner\":%s,\"started_only\":%s,\"second\":%s}"
-- $83 = "{\"id\":\"whole\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $84 = "{\"id\":\"rata\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"rows\":\"%s\",\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $85 = "{\"id\":\"started\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $86 = "{\"id\":\"most_of\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"plain\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $87 = "{\"id\":\"capless\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"percent\":%s,\"percent.numerator\":\"%s\",\"percent.denominator\":%s,\"rows\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $88 = "{\"id\":\"limited\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"kinds\":\"%s\",\"cases\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"x\":%s},\"missing\":%s}"
-- $89 = "{\"id\":\"above\",\"max\":\"8\",\"points\":\"%s\",\"inputs\":{\"good\":%s,\"good.numerator\":\"%s\",\"good.denominator\":\"%s\",\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $90 = "{\"id\":\"below\",\"max\":\"8\",\"points\":\"%s\",\"inputs\":{\"most\":%s,\"mark.below.avg\":%s,\"mark.below.avg.numerator\":%s,\"mark.below.avg.denominator\":\"%s\",\"items.whole\":%s},\"missing\":%s}"
-- $91 = "{\"id\":\"upto\",\"max\":\"8\",\"points\":\"%s\",\"inputs\":{\"least\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $92 = "{\"id\":\"equal\",\"max\":\"8\",\"points\":\"%s\",\"inputs\":{\"mean\":%s,\"mean.numerator\":%s,\"mean.denominator\":\"%s\",\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $93 = "{\"id\":\"gated\",\"max\":\"5\",\"points\":\"%s\",\"inputs\":{\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"items.whole\":%s,\"blocks.top\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $94 = "{\"id\":\"summed\",\"max\":\"6\",\"points\":\"%s\",\"inputs\":{\"texts\":\"%s\",\"times\":\"%s\",\"numbers\":\"%s\",\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $95 = "{\"id\":\"low\",\"max\":\"9\",\"points\":\"%s\",\"inputs\":{\"graves\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"place\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $96 = "{\"id\":\"listed\",\"max\":\"9\",\"points\":\"%s\",\"inputs\":{\"items.whole\":%s,\"items.rata\":%s,\"items.above\":%s,\"subject.parent\":%s,\"x\":%s,\"place\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $97 = "{\"id\":\"converted\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"mark.outside.sum\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $98 = "{\"id\":\"best_mark\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"mark.outside.max\":%s,\"items.whole\":%s,\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $99 = "{\"id\":\"least_mark\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"mark.outside.min\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $100 = "{\"id\":\"free\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"heaviest\":%s,\"items.whole\":%s,\"blocks.top\":%s},\"missing\":%s}"
-- $101 = "{\"id\":\"own_input\",\"max\":\"3\",\"points\":\"%s\",\"inputs\":{\"item.own_input\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $102 = "{\"id\":\"last_year\",\"max\":\"3\",\"points\":%s,\"inputs\":{\"openings\":%s,\"good\":%s,\"good.numerator\":\"%s\",\"good.denominator\":\"%s\",\"percent\":%s,\"percent.numerator\":\"%s\",\"percent.denominator\":%s,\"rows\":\"%s\",\"items.whole\":%s,\"subject.parent\":%s,\"x\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $103 = "{\"id\":\"free_bonus\",\"max\":null,\"points\":%s,\"inputs\":{\"cases\":\"%s\"},\"missing\":%s}"
-- $104 = "{\"id\":\"fined\",\"max\":\"4\",\"points\":\"%s\",\"inputs\":{\"rows\":\"%s\"},\"missing\":%s}"

-- run of one subject
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent, q."c_staff" as "s_staff", q."c_open" as "s_open", q."c_class" as "s_class", q."c_parent" as "s_parent" from (select r.id as s, r.id as rid, null::date as day, r.name as "c_name", r.class as "c_class", r.parent as "c_parent", r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q),
facts1 as materialized (
  select q.s as id, (count(*))::numeric as m0n, (count(*))::numeric as m1n, (count(distinct q."c_kind"))::numeric as m2n, (sum((q."c_hours" * $2::numeric)) filter (where ((q."c_hours" is not null) and (not (q."c_ok" or (q."c_n" > $3::bigint))))))::numeric as m3n, (sum(q."c_hours") filter (where q."c_ok"))::numeric as m7n, (count(*) filter (where q."c_ok"))::numeric as m8n, (sum((case (q."c_kind" = $4::text) when true then $5::numeric when false then (case (q."c_kind" = $6::text) when true then $7::numeric when false then $8::numeric end) end)))::numeric as m12n, (count(*) filter (where (((((((starts_with(q."c_kind", $9::text) and ((strpos(q."c_kind", $10::text) > 0) or (right(q."c_kind", char_length($11::text)) = $11::text))) and (char_length(q."c_kind")::bigint > $12::bigint)) and (q."c_kind" = any($13::text[]))) and (case when $14::text is not null and q."c_tags" is not null then array_position(q."c_tags", $14::text) is not null end)) and (cardinality(q."c_tags")::bigint >= $15::bigint)) and ((q."c_kind" || $16::text) <> $17::text)) and (q."c_kind" collate "C" < $18::text collate "C"))))::numeric as m14n, (count(*) filter (where (((((((((q."c_due" - $19::date)::bigint > $3::bigint) and ((case when $20::bigint between -100000 and 100000 then q."c_due" + ($20::bigint)::int end) <= $21::date)) and ((select (case when v2.a0 between -100000 and 100000 then q."c_due" + (v2.a0)::int end) from (select (select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) as a0 offset 0) v2) > $22::date)) and (extract(year from q."c_due")::bigint = $23::bigint)) and ((extract(month from q."c_due")::bigint - $24::numeric) = $25::bigint)) and (extract(day from q."c_due")::bigint = $26::bigint)) and ((extract(day from q."c_due")::bigint - $24::numeric) = $27::bigint)) and (q."c_at" > $28::timestamptz))))::numeric as m15n, (count(*) filter (where (((((((((((((round((div((q."c_n"::numeric) * 1e30, nullif($2::numeric, 0)) * 1e-30), 12) = $15::bigint) and (mod(q."c_n"::numeric, nullif($5::numeric, 0)) = $15::bigint)) and (round((div((q."c_hours") * 1e30, nullif($29::numeric, 0)) * 1e-30), 12) >= $30::numeric)) and ((select (case when v1.a0 between -9223372036854775808 and 9223372036854775807 then v1.a0 end) from (select (- q."c_n"::numeric) as a0 offset 0) v1) < $3::bigint)) and ((- q."c_hours") < $31::numeric)) and ((select (case when v1.a0 <= $32::numeric then v1.a0 when $32::numeric is not null and v1.a0 is not null then $32::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1) = (select (case when $2::numeric >= v1.a0 then $2::numeric when v1.a0 is not null and $2::numeric is not null then v1.a0 end) from (select q."c_n"::numeric as a0 offset 0) v1))) and (round(round(q."c_hours", 12), 1) = $30::numeric)) and ((case q."c_ok" when true then q."c_hours" when false then $33::numeric end) > $34::numeric)) and (q."c_n" = $15::bigint or q."c_n" = $12::bigint)) and (q."c_kind" is not null)) and (not (q."c_hours" is not null))) and ((q."c_n"::numeric * $24::numeric) > $30::numeric)) and ((case when q."c_hours" >= $2::numeric then q."c_hours" when $2::numeric is not null and q."c_hours" is not null then $2::numeric end) <> (select (case when v1.a0 <= $33::numeric then v1.a0 when $33::numeric is not null and v1.a0 is not null then $33::numeric end) from (select q."c_n"::numeric as a0 offset 0) v1)))))::numeric as m16n, (sum(q."c_n") filter (where (q."c_kind" = $35::text)))::numeric as m21n from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.n as "c_n", r.hours as "c_hours", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due", nullif(nullif(r.at, 'infinity'), '-infinity') as "c_at", r.tags as "c_tags" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $37::date and $38::date) q where q.s is not null group by q.s),
facts2 as materialized (
  select q.s as id, (sum(q."c_hours"))::numeric as m4n, (count(q."c_hours"))::numeric as m4d from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $39::date and $38::date) q where q.s is not null group by q.s),
facts3 as materialized (
  select q.s as id, (min(q."c_n"))::numeric as m5n from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $37::date and $40::date) q where q.s is not null group by q.s),
facts4 as materialized (
  select q.s as id, (max((q."c_hours" - $33::numeric)))::numeric as m6n from (select r.unit_id as s, r.id as rid, r.day as day, r.hours as "c_hours" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $41::date and $40::date and r.unit_id = any($42)) q where q.s is not null group by q.s),
facts5 as materialized (
  select q.s as id, (count(*) filter (where (q."c_kind" = $43::text) and (q."c_ok" and (q."c_due" > $19::date))))::numeric as m9n, (count(*) filter (where (q."c_kind" = $43::text)))::numeric as m9d from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.ok as "c_ok", nullif(nullif(r.due, 'infinity'), '-infinity') as "c_due" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $44::date and $45::date) q where q.s is not null and (q."c_kind" = $43::text) group by q.s),
facts6 as materialized (
  select g.id, sum(g.m10) as m10n from (select q.s as id, max(1::numeric) as m10 from (select r.unit_id as s, r.id as rid, r.day as day, r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $37::date and $38::date) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts7 as materialized (
  select g.id, sum(g.m11) as m11n from (select q.s as id, max((q."c_n")::numeric) as m11 from (select r.unit_id as s, r.id as rid, r.day as day, r.n as "c_n", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $36::timestamptz) r where r.day between $37::date and $38::date and r.unit_id = any($42)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts8 as materialized (
  select q.s as id, (sum(q."c_staff") filter (where q."c_open"))::numeric as m13n from (select r.id as s, r.id as rid, null::date as day, r.staff as "c_staff", r.open as "c_open" from (select * from unit where tenant_id = $1::int) r) q where q.s is not null and q."c_open" group by q.s),
facts9 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $46::text)))::numeric as m17n, (count(q."c_value") filter (where (q."c_item" = $46::text)))::numeric as m17d from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $37::date and $38::date and r.unit_id = any($42)) q where q.s is not null and (q."c_item" = $46::text) group by q.s),
facts10 as materialized (
  select q.s as id, (sum(q."c_value") filter (where (q."c_item" = $47::text)))::numeric as m18n, (max(q."c_value") filter (where (q."c_item" = $47::text)))::numeric as m19n, (min(q."c_value") filter (where (q."c_item" = $47::text)))::numeric as m20n from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value" from (select * from mark where tenant_id = $1::int) r where r.day between $37::date and $38::date) q where q.s is not null and (q."c_item" = $47::text) group by q.s),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    coalesce(facts1.m1n, 0) as m1,
    coalesce(facts1.m2n, 0) as m2,
    coalesce(facts1.m3n, 0) as m3,
    coalesce(facts1.m7n, 0) as m7,
    coalesce(facts1.m7n, 0) as m7n,
    coalesce(facts1.m3n, 0) as m7d,
    (div((coalesce(facts1.m8n, 0) * 100) * 1e30, nullif(coalesce(facts1.m1n, 0), 0)) * 1e-30) as m8,
    coalesce(facts1.m8n, 0) as m8n,
    coalesce(facts1.m1n, 0) as m8d,
    coalesce(facts1.m12n, 0) as m12,
    coalesce(facts1.m14n, 0) as m14,
    coalesce(facts1.m15n, 0) as m15,
    coalesce(facts1.m16n, 0) as m16,
    coalesce(facts1.m21n, 0) as m21,
    (div((facts2.m4n) * 1e30, nullif(coalesce(facts2.m4d, 0), 0)) * 1e-30) as m4,
    facts2.m4n as m4n,
    coalesce(facts2.m4d, 0) as m4d,
    facts3.m5n as m5,
    facts4.m6n as m6,
    (div((coalesce(facts5.m9n, 0) * 100) * 1e30, nullif(coalesce(facts5.m9d, 0), 0)) * 1e-30) as m9,
    coalesce(facts5.m9n, 0) as m9n,
    coalesce(facts5.m9d, 0) as m9d,
    coalesce(facts6.m10n, 0) as m10,
    coalesce(facts7.m11n, 0) as m11,
    coalesce(facts8.m13n, 0) as m13,
    (div((facts9.m17n) * 1e30, nullif(coalesce(facts9.m17d, 0), 0)) * 1e-30) as m17,
    facts9.m17n as m17n,
    coalesce(facts9.m17d, 0) as m17d,
    coalesce(facts10.m18n, 0) as m18,
    facts10.m19n as m19,
    facts10.m20n as m20
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id
  left join facts4 on facts4.id = population.id
  left join facts5 on facts5.id = population.id
  left join facts6 on facts6.id = population.id
  left join facts7 on facts7.id = population.id
  left join facts8 on facts8.id = population.id
  left join facts9 on facts9.id = population.id
  left join facts10 on facts10.id = population.id),
stage1 as (
  select z.*,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e0,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e1,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e2,
    coalesce((z."s_open" and (z."s_class" <> $48::text)), false) as a3,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e3,
    coalesce((z."s_open" and (z."s_class" <> $48::text)), false) as a4,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e4,
    coalesce((z."s_open" and (z."s_class" <> $48::text)), false) as a5,
    case when (z."s_staff" = $25::bigint) then 'exclude' end as e5,
    ((z.m2 + z.m10))::numeric as x5
  from base z offset 0),
stage2 as (
  select z.*,
    round(round(case when round(($49::numeric - z.m3), 12) <= 0 then $50::numeric when round(($49::numeric - z.m3), 12) > 0 then $50::numeric - $30::numeric * floor(round((div((($49::numeric - z.m3)) * 1e30, nullif($30::numeric, 0)) * 1e-30), 12)) end, 12), 1) as r0,
    round(round(case when round((z.m3 - ((div((z.m3) * 1e30, nullif($51::numeric, 0)) * 1e-30))::numeric), 12) <= 0 then $50::numeric when round((z.m3 - ((div((z.m3) * 1e30, nullif($51::numeric, 0)) * 1e-30))::numeric), 12) > 0 then $50::numeric - (z.m1)::numeric * (div(((z.m3 - ((div((z.m3) * 1e30, nullif($51::numeric, 0)) * 1e-30))::numeric)) * 1e30, nullif($24::numeric, 0)) * 1e-30) end, 12), 1) as r1,
    round(round(case when round((z.m3 - $5::numeric), 12) <= 0 then $50::numeric when round((z.m3 - $5::numeric), 12) > 0 then $50::numeric - $24::numeric * ceil(round((div(((z.m3 - $5::numeric)) * 1e30, nullif($2::numeric, 0)) * 1e-30), 12)) end, 12), 1) as r2,
    round(round($50::numeric * case when round((div((z.m0) * 1e30, nullif($52::numeric, 0)) * 1e-30), 12) > $53::numeric then $53::numeric else (div((z.m0) * 1e30, nullif($52::numeric, 0)) * 1e-30) end, 12), 0) as r3,
    round(round($50::numeric - $54::numeric * z.m8, 12), 1) as r4,
    round(round($50::numeric - case when round((z."s_staff")::numeric * z.x5, 12) > $32::numeric then $32::numeric else (z."s_staff")::numeric * z.x5 end, 12), 1) as r5,
    round(round($55::numeric * z.m10, 12), 1) as r20,
    round(round($2::numeric * z.m1, 12), 1) as r21
  from stage1 z offset 0),
stage3 as materialized (
  select z.id,
    (count(*) filter (where true and z.e1 is null and z.r1 is not null) over (partition by z."s_parent"))::numeric as n1,
    sum(least(z.r1, $50::numeric)) filter (where true and z.e1 is null and z.r1 is not null) over (partition by z."s_parent") as q1,
    (count(*) filter (where true and z.e2 is null and z.r2 is not null) over (partition by z."s_parent"))::numeric as n2,
    sum(least(z.r2, $50::numeric)) filter (where true and z.e2 is null and z.r2 is not null) over (partition by z."s_parent") as q2,
    (count(*) filter (where z.a3 and z.e3 is null and z.r3 is not null) over (partition by z."s_parent"))::numeric as n3,
    sum(least(z.r3, $49::numeric)) filter (where z.a3 and z.e3 is null and z.r3 is not null) over (partition by z."s_parent") as q3
  from stage2 z),
stage4 as (
  select z.*, y.n1, y.q1, y.n2, y.q2, y.n3, y.q3
  from stage2 z join stage3 y on y.id = z.id),
stage5 as (
  select z.*,
    case when z.e0 = 'full' then $50::numeric when z.e0 = 'exclude' then null when z.r0 is not null then least(z.r0, $50::numeric) else 0 end as p0,
    case when z.e1 = 'full' then $50::numeric when z.e1 = 'exclude' then null when z.r1 is not null then least(z.r1, $50::numeric) else case when z.n1 > 0 then least(round(round((div((z.q1) * 1e30, nullif(z.n1, 0)) * 1e-30), 12), 1), $50::numeric) else 0 end end as p1,
    case when z.e2 = 'full' then $50::numeric when z.e2 = 'exclude' then null when z.r2 is not null then least(z.r2, $50::numeric) else case when z.n2 > 0 then least(round(round((div((z.q2) * 1e30, nullif(z.n2, 0)) * 1e-30), 12), 1), $50::numeric) else 0 end end as p2,
    case when not z.a3 then null when z.e3 = 'full' then $50::numeric when z.e3 = 'exclude' then null when z.r3 is not null then least(z.r3, $49::numeric) else case when z.n3 > 0 then least(round(round((div((z.q3) * 1e30, nullif(z.n3, 0)) * 1e-30), 12), 0), $49::numeric) else 0 end end as p3,
    case when not z.a4 then null when z.e4 = 'full' then $50::numeric when z.e4 = 'exclude' then null when z.r4 is not null then greatest(z.r4, $2::numeric) else $50::numeric end as p4,
    case when not z.a5 then null when z.e5 = 'full' then $50::numeric when z.e5 = 'exclude' then null when z.r5 is not null then least(z.r5, $50::numeric) else null end as p5,
    case when z.r20 is not null then z.r20 else 0 end as p20,
    case when z.r21 is not null then least(greatest(z.r21, $56::numeric), $32::numeric) else 0 end as p21
  from stage4 z offset 0),
stage6 as (
  select z.*,
    coalesce((z."s_open" and (z."s_class" <> $48::text)), false) as block_a1
  from stage5 z offset 0),
stage7 as (
  select z.*,
    (coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0)) as block_s1,
    (0::numeric) as block_q1,
    (case when z.a3 then $50::numeric else 0 end + case when z.a4 then $50::numeric else 0 end + case when z.a5 then $50::numeric else 0 end) as block_f1,
    (case when z.p3 is not null then $50::numeric else 0 end + case when z.p4 is not null then $50::numeric else 0 end + case when z.p5 is not null then $50::numeric else 0 end) as block_t1
  from stage6 z offset 0),
stage8 as (
  select z.*,
    case when z.block_f1 = z.block_t1 then $8::numeric + z.block_s1 + z.block_q1 when z.block_t1 = 0 then null else $8::numeric + (div((z.block_s1 * z.block_f1) * 1e30, nullif(z.block_t1, 0)) * 1e-30) + z.block_q1 end as block_u1
  from stage7 z offset 0),
stage9 as (
  select z.*,
    case when not z.block_a1 then 0 else case when z.block_u1 is not null then z.block_u1 * $24::numeric end end as block_b1,
    case when not z.block_a1 then 0 else ($8::numeric + z.block_f1) * $24::numeric end as block_w1,
    ($57::numeric + (0::numeric)) * $24::numeric as block_b2,
    ($57::numeric + (0::numeric)) * $24::numeric as block_w2
  from stage8 z offset 0),
stage10 as (
  select z.*,
    (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0) + case when z.block_w1 <> 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 <> 0 then coalesce(z.block_b2, 0) else 0 end) as block_s0,
    (case when z.block_w1 = 0 then coalesce(z.block_b1, 0) else 0 end + case when z.block_w2 = 0 then coalesce(z.block_b2, 0) else 0 end) as block_q0,
    ($50::numeric + $50::numeric + $50::numeric + z.block_w1 + z.block_w2) as block_f0,
    (case when z.p0 is not null then $50::numeric else 0 end + case when z.p1 is not null then $50::numeric else 0 end + case when z.p2 is not null then $50::numeric else 0 end + case when z.block_b1 is not null then z.block_w1 else 0 end + case when z.block_b2 is not null then z.block_w2 else 0 end) as block_t0
  from stage9 z offset 0),
stage11 as (
  select z.*,
    case when z.block_f0 = z.block_t0 then $58::numeric + z.block_s0 + z.block_q0 when z.block_t0 = 0 then $58::numeric + z.block_q0 else $58::numeric + (div((z.block_s0 * z.block_f0) * 1e30, nullif(z.block_t0, 0)) * 1e-30) + z.block_q0 end as block_u0
  from stage10 z offset 0),
stage12 as (
  select z.*,
    case when z.block_u0 is not null then round(round(least(greatest(z.block_u0, $59::numeric), $60::numeric) * $61::numeric, 12), 3) end as block_b0,
    ($58::numeric + z.block_f0) * $61::numeric as block_w0
  from stage11 z offset 0),
stage13 as (
  select z.*,
    case when (z.p0 > $20::bigint) then 'full' end as e6,
    case when (z.p0 > $20::bigint) then 'full' end as e7,
    case when (z.p0 > $20::bigint) then 'full' end as e8,
    case when (z.p0 > $20::bigint) then 'full' end as e9,
    coalesce(((z.m7 is not null) or $62::boolean), false) as a10,
    case when (z.p0 > $20::bigint) then 'full' end as e10,
    case when (z.p0 > $20::bigint) then 'full' end as e11,
    case when (z.p0 > $20::bigint) then 'full' end as e12,
    case when (z.p0 > $20::bigint) then 'full' end as e14,
    case when (z.p0 > $20::bigint) then 'full' end as e15,
    case when (z.p0 > $20::bigint) then 'full' end as e16,
    case when (z.p0 > $20::bigint) then 'full' end as e17,
    case when (z.p0 > $20::bigint) then 'full' end as e18,
    case when (round(z.m13, 12) > $63::bigint) then 'exclude' when (z.p0 > $20::bigint) then 'full' end as e19,
    ((z.m9 - z.m8))::numeric as x19
  from stage12 z offset 0),
stage14 as materialized (
  select z.id,
    case when (true and z.e12 is null and round(z.m12, 12) is not null) then (dense_rank() over (partition by z."s_parent", (true and z.e12 is null and round(z.m12, 12) is not null) order by round(z.m12, 12) asc))::numeric end as k12,
    (count(*) filter (where (true and z.e12 is null and round(z.m12, 12) is not null)) over (partition by z."s_parent"))::numeric as c12
  from stage13 z),
stage15 as (
  select z.*, y.k12, y.c12
  from stage13 z join stage14 y on y.id = z.id),
stage16 as (
  select z.*,
    round(round(case when z.m9 is null then null when round(z.m9, 12) > round($64::numeric, 12) then $52::numeric when round(z.m9, 12) > round($65::numeric, 12) then ((div((z.m9) * 1e30, nullif($66::numeric, 0)) * 1e-30))::numeric else $24::numeric end, 12), 1) as r6,
    round(round(case when z.m6 is null then null when round(z.m6, 12) < round($24::numeric, 12) then $52::numeric when round(z.m6, 12) < round($2::numeric, 12) then $32::numeric else $8::numeric end, 12), 1) as r7,
    round(round(case when z.m5 is null then null when round(z.m5, 12) <= round($24::numeric, 12) then $52::numeric else $8::numeric end, 12), 1) as r8,
    round(round(case when z.m4 is null then null when round(z.m4, 12) = round($24::numeric, 12) then $52::numeric when round(z.m4, 12) = round($8::numeric, 12) then $2::numeric when round(z.m4, 12) = round($67::numeric, 12) then $5::numeric else $8::numeric end, 12), 1) as r9,
    round(round(case when ((round(z.m7, 12) >= $30::numeric) and (round(z.block_b0, 12) > $68::bigint)) then $67::numeric when not ((round(z.m7, 12) >= $30::numeric) and (round(z.block_b0, 12) > $68::bigint)) then 0 end, 12), 1) as r10,
    round(round(case when coalesce((round(z.m14, 12) > $25::bigint), (round(z.m15, 12) > $25::bigint)) is not null then (case when (round(z.m14, 12) > $25::bigint) then $2::numeric else 0 end) + (case when (round(z.m15, 12) > $25::bigint) then (z.m16)::numeric else 0 end) end, 12), 1) as r11,
    round(round($69::numeric - $30::numeric * (z.k12 - 1), 12), 1) as r12,
    round(round($70::numeric * z.m18 + $56::numeric, 12), 1) as r14,
    round(round((z."s_staff")::numeric * z.m19 + $8::numeric, 12), 1) as r15,
    round(round($24::numeric * z.m20 + $8::numeric, 12), 1) as r16,
    round(round(((case (round(z.m11, 12) > $3::bigint) when true then (z.p0 + $33::numeric) when false then (div((z.block_b0) * 1e30, nullif($51::numeric, 0)) * 1e-30) end))::numeric, 12), 1) as r17,
    round(round($30::numeric * z.m21, 12), 1) as r18,
    round(round($71::numeric * z.x19, 12), 1) as r19
  from stage15 z offset 0),
stage17 as materialized (
  select z.id,
    (count(*) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent"))::numeric as n6,
    sum(least(z.r6, $52::numeric)) filter (where true and z.e6 is null and z.r6 is not null) over (partition by z."s_parent") as q6,
    (count(*) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent"))::numeric as n8,
    sum(least(z.r8, $52::numeric)) filter (where true and z.e8 is null and z.r8 is not null) over (partition by z."s_parent") as q8,
    (count(*) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent"))::numeric as n9,
    sum(least(z.r9, $52::numeric)) filter (where true and z.e9 is null and z.r9 is not null) over (partition by z."s_parent") as q9,
    (count(*) filter (where z.a10 and z.e10 is null and z.r10 is not null) over (partition by z."s_parent"))::numeric as n10,
    sum(least(z.r10, $67::numeric)) filter (where z.a10 and z.e10 is null and z.r10 is not null) over (partition by z."s_parent") as q10,
    (count(*) filter (where true and z.e11 is null and z.r11 is not null) over (partition by z."s_parent"))::numeric as n11,
    sum(least(z.r11, $72::numeric)) filter (where true and z.e11 is null and z.r11 is not null) over (partition by z."s_parent") as q11,
    (count(*) filter (where true and z.e12 is null and z.r12 is not null) over ())::numeric as n12,
    sum(least(z.r12, $69::numeric)) filter (where true and z.e12 is null and z.r12 is not null) over () as q12,
    (count(*) filter (where true and z.e14 is null and z.r14 is not null) over (partition by z."s_parent"))::numeric as n14,
    sum(least(z.r14, $58::numeric)) filter (where true and z.e14 is null and z.r14 is not null) over (partition by z."s_parent") as q14,
    (count(*) filter (where true and z.e15 is null and z.r15 is not null) over (partition by z."s_parent"))::numeric as n15,
    sum(least(z.r15, $58::numeric)) filter (where true and z.e15 is null and z.r15 is not null) over (partition by z."s_parent") as q15,
    (count(*) filter (where true and z.e16 is null and z.r16 is not null) over (partition by z."s_parent"))::numeric as n16,
    sum(least(z.r16, $58::numeric)) filter (where true and z.e16 is null and z.r16 is not null) over (partition by z."s_parent") as q16,
    (count(*) filter (where true and z.e18 is null and z.r18 is not null) over (partition by z."s_parent"))::numeric as n18,
    sum(least(z.r18, $5::numeric)) filter (where true and z.e18 is null and z.r18 is not null) over (partition by z."s_parent") as q18,
    (count(*) filter (where true and z.e19 is null and z.r19 is not null) over (partition by z."s_parent"))::numeric as n19,
    sum(least(z.r19, $5::numeric)) filter (where true and z.e19 is null and z.r19 is not null) over (partition by z."s_parent") as q19
  from stage16 z),
stage18 as (
  select z.*, y.n6, y.q6, y.n8, y.q8, y.n9, y.q9, y.n10, y.q10, y.n11, y.q11, y.n12, y.q12, y.n14, y.q14, y.n15, y.q15, y.n16, y.q16, y.n18, y.q18, y.n19, y.q19
  from stage16 z join stage17 y on y.id = z.id),
stage19 as (
  select z.*,
    case when z.e6 = 'full' then $52::numeric when z.e6 = 'exclude' then null when z.r6 is not null then least(z.r6, $52::numeric) else case when z.n6 > 0 then least(round(round((div((z.q6) * 1e30, nullif(z.n6, 0)) * 1e-30), 12), 1), $52::numeric) else 0 end end as p6,
    case when z.e7 = 'full' then $52::numeric when z.e7 = 'exclude' then null when z.r7 is not null then least(z.r7, $52::numeric) else case when z.m17 is null then 0 else least(round(round(z.m17, 12), 1), $52::numeric) end end as p7,
    case when z.e8 = 'full' then $52::numeric when z.e8 = 'exclude' then null when z.r8 is not null then least(z.r8, $52::numeric) else case when z.n8 > 0 then least(round(round((div((z.q8) * 1e30, nullif(z.n8, 0)) * 1e-30), 12), 1), $52::numeric) else 0 end end as p8,
    case when z.e9 = 'full' then $52::numeric when z.e9 = 'exclude' then null when z.r9 is not null then least(z.r9, $52::numeric) else case when z.n9 > 0 then least(round(round((div((z.q9) * 1e30, nullif(z.n9, 0)) * 1e-30), 12), 1), $52::numeric) else 0 end end as p9,
    case when not z.a10 then null when z.e10 = 'full' then $67::numeric when z.e10 = 'exclude' then null when z.r10 is not null then least(z.r10, $67::numeric) else case when z.n10 > 0 then least(round(round((div((z.q10) * 1e30, nullif(z.n10, 0)) * 1e-30), 12), 1), $67::numeric) else 0 end end as p10,
    case when z.e11 = 'full' then $72::numeric when z.e11 = 'exclude' then null when z.r11 is not null then least(z.r11, $72::numeric) else case when z.n11 > 0 then least(round(round((div((z.q11) * 1e30, nullif(z.n11, 0)) * 1e-30), 12), 1), $72::numeric) else 0 end end as p11,
    case when z.e12 = 'full' then $69::numeric when z.e12 = 'exclude' then null when z.r12 is not null then least(z.r12, $69::numeric) else case when z.n12 > 0 then least(round(round((div((z.q12) * 1e30, nullif(z.n12, 0)) * 1e-30), 12), 1), $69::numeric) else 0 end end as p12,
    case when z.e14 = 'full' then $58::numeric when z.e14 = 'exclude' then null when z.r14 is not null then least(z.r14, $58::numeric) else case when z.n14 > 0 then least(round(round((div((z.q14) * 1e30, nullif(z.n14, 0)) * 1e-30), 12), 1), $58::numeric) else 0 end end as p14,
    case when z.e15 = 'full' then $58::numeric when z.e15 = 'exclude' then null when z.r15 is not null then least(z.r15, $58::numeric) else case when z.n15 > 0 then least(round(round((div((z.q15) * 1e30, nullif(z.n15, 0)) * 1e-30), 12), 1), $58::numeric) else 0 end end as p15,
    case when z.e16 = 'full' then $58::numeric when z.e16 = 'exclude' then null when z.r16 is not null then least(z.r16, $58::numeric) else case when z.n16 > 0 then least(round(round((div((z.q16) * 1e30, nullif(z.n16, 0)) * 1e-30), 12), 1), $58::numeric) else 0 end end as p16,
    case when z.e17 = 'full' then $58::numeric when z.e17 = 'exclude' then null when z.r17 is not null then least(z.r17, $58::numeric) else 0 end as p17,
    case when z.e18 = 'full' then $5::numeric when z.e18 = 'exclude' then null when z.r18 is not null then least(z.r18, $5::numeric) else case when z.n18 > 0 then least(round(round((div((z.q18) * 1e30, nullif(z.n18, 0)) * 1e-30), 12), 1), $5::numeric) else 0 end end as p18,
    case when z.e19 = 'full' then $5::numeric when z.e19 = 'exclude' then null when z.r19 is not null then least(z.r19, $5::numeric) else case when z.n19 > 0 then least(round(round((div((z.q19) * 1e30, nullif(z.n19, 0)) * 1e-30), 12), 1), $5::numeric) else 0 end end as p19
  from stage18 z offset 0),
stage20 as (
  select z.*,
    case when (z.p0 > $20::bigint) then 'full' end as e13,
    (((z.p0 + z.p1) + z.p6))::numeric as x13
  from stage19 z offset 0),
stage21 as materialized (
  select z.id,
    case when (true and z.e13 is null and round(z.x13, 12) is not null) then (rank() over (partition by (true and z.e13 is null and round(z.x13, 12) is not null) order by round(z.x13, 12) desc))::numeric end as k13,
    (count(*) filter (where (true and z.e13 is null and round(z.x13, 12) is not null)) over ())::numeric as c13
  from stage20 z),
stage22 as (
  select z.*, y.k13, y.c13
  from stage20 z join stage21 y on y.id = z.id),
stage23 as (
  select z.*,
    round(round(case when z.k13 is not null then coalesce(($73::numeric[])[z.k13::int], $24::numeric) end, 12), 1) as r13
  from stage22 z offset 0),
stage24 as materialized (
  select z.id,
    (count(*) filter (where true and z.e13 is null and z.r13 is not null) over (partition by z."s_parent"))::numeric as n13,
    sum(least(z.r13, $69::numeric)) filter (where true and z.e13 is null and z.r13 is not null) over (partition by z."s_parent") as q13
  from stage23 z),
stage25 as (
  select z.*, y.n13, y.q13
  from stage23 z join stage24 y on y.id = z.id),
stage26 as (
  select z.*,
    case when z.e13 = 'full' then $69::numeric when z.e13 = 'exclude' then null when z.r13 is not null then least(z.r13, $69::numeric) else case when z.n13 > 0 then least(round(round((div((z.q13) * 1e30, nullif(z.n13, 0)) * 1e-30), 12), 1), $69::numeric) else 0 end end as p13
  from stage25 z offset 0),
stage27 as (
  select z.*,
    (coalesce(z.p6, 0) + coalesce(z.p7, 0) + coalesce(z.p8, 0) + coalesce(z.p9, 0) + coalesce(z.p10, 0) + coalesce(z.p11, 0) + coalesce(z.p12, 0) + coalesce(z.p13, 0) + coalesce(z.p14, 0) + coalesce(z.p15, 0) + coalesce(z.p16, 0) + coalesce(z.p17, 0) + coalesce(z.p18, 0) + coalesce(z.p19, 0)) as block_s3,
    (0::numeric) as block_q3,
    ($52::numeric + $52::numeric + $52::numeric + $52::numeric + case when z.a10 then $67::numeric else 0 end + $72::numeric + $69::numeric + $69::numeric + $58::numeric + $58::numeric + $58::numeric + $58::numeric + $5::numeric + $5::numeric) as block_f3,
    (case when z.p6 is not null then $52::numeric else 0 end + case when z.p7 is not null then $52::numeric else 0 end + case when z.p8 is not null then $52::numeric else 0 end + case when z.p9 is not null then $52::numeric else 0 end + case when z.p10 is not null then $67::numeric else 0 end + case when z.p11 is not null then $72::numeric else 0 end + case when z.p12 is not null then $69::numeric else 0 end + case when z.p13 is not null then $69::numeric else 0 end + case when z.p14 is not null then $58::numeric else 0 end + case when z.p15 is not null then $58::numeric else 0 end + case when z.p16 is not null then $58::numeric else 0 end + case when z.p17 is not null then $58::numeric else 0 end + case when z.p18 is not null then $5::numeric else 0 end + case when z.p19 is not null then $5::numeric else 0 end) as block_t3
  from stage26 z offset 0),
stage28 as (
  select z.*,
    case when z.block_f3 = z.block_t3 then $8::numeric + z.block_s3 + z.block_q3 when z.block_t3 = 0 then null else $8::numeric + (div((z.block_s3 * z.block_f3) * 1e30, nullif(z.block_t3, 0)) * 1e-30) + z.block_q3 end as block_u3
  from stage27 z offset 0),
stage29 as (
  select z.*,
    case when z.block_u3 is not null then z.block_u3 * $24::numeric end as block_b3,
    ($8::numeric + z.block_f3) * $24::numeric as block_w3
  from stage28 z offset 0),
stage30 as (
  select z.*,
    (case when z.block_w0 <> 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w3 <> 0 then coalesce(z.block_b3, 0) else 0 end) as block_s4,
    (case when z.block_w0 = 0 then coalesce(z.block_b0, 0) else 0 end + case when z.block_w3 = 0 then coalesce(z.block_b3, 0) else 0 end) as block_q4,
    (z.block_w0 + z.block_w3) as block_f4,
    (case when z.block_b0 is not null then z.block_w0 else 0 end + case when z.block_b3 is not null then z.block_w3 else 0 end) as block_t4
  from stage29 z offset 0),
stage31 as (
  select z.*,
    case when z.block_f4 = z.block_t4 then $8::numeric + z.block_s4 + z.block_q4 when z.block_t4 = 0 then null else $8::numeric + (div((z.block_s4 * z.block_f4) * 1e30, nullif(z.block_t4, 0)) * 1e-30) + z.block_q4 end as block_u4
  from stage30 z offset 0),
stage32 as (
  select z.*,
    case when z.block_u4 is not null then least(round(round(z.block_u4 + (coalesce(z.p20, 0)) - least((coalesce(z.p21, 0)), $74::numeric), 12), 0), $75::numeric) end as raw_total
  from stage31 z offset 0),
stage33 as (
  select z.*,
    coalesce((round(z.m12, 12) > $3::bigint), false) as veto0,
    coalesce(((round(z.raw_total, 12) < $76::bigint) or (z.p0 = $25::bigint)), false) as veto1
  from stage32 z offset 0),
stage34 as (
  select z.*,
    case when z.raw_total is null then null when z.veto0 then 0 else z.raw_total end as total
  from stage33 z offset 0),
stage35 as (
  select z.*,
    null::int as grade0
  from stage34 z offset 0),
stage36 as (
  select z.*,
    z.grade0 as grade_no,
    null::numeric as place
  from stage35 z offset 0),
stage37 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t,
    coalesce('"' || trim_scale(round(z.m8, 12))::text || '"', 'null') as m8t,
    coalesce('"' || trim_scale(round(z.m8d, 12))::text || '"', 'null') as m8dt,
    coalesce('"' || trim_scale(round(z.m9, 12))::text || '"', 'null') as m9t,
    coalesce('"' || trim_scale(round(z.m6, 12))::text || '"', 'null') as m6t,
    coalesce('"' || trim_scale(round(z.m17, 12))::text || '"', 'null') as m17t,
    coalesce('"' || trim_scale(round(z.m17n, 12))::text || '"', 'null') as m17nt,
    coalesce('"' || trim_scale(round(z.m5, 12))::text || '"', 'null') as m5t,
    coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null') as m4t,
    coalesce('"' || trim_scale(round(z.m4n, 12))::text || '"', 'null') as m4nt,
    coalesce('"' || trim_scale(round(z.m7, 12))::text || '"', 'null') as m7t,
    coalesce('"' || trim_scale(round(z.m7n, 12))::text || '"', 'null') as m7nt,
    coalesce('"' || trim_scale(round(z.m7d, 12))::text || '"', 'null') as m7dt,
    coalesce('"' || trim_scale(round(z.m12, 12))::text || '"', 'null') as m12t,
    coalesce('"' || trim_scale(round(z.m18, 12))::text || '"', 'null') as m18t,
    coalesce('"' || trim_scale(round(z.m19, 12))::text || '"', 'null') as m19t,
    coalesce('"' || trim_scale(round(z.m20, 12))::text || '"', 'null') as m20t,
    coalesce('"' || trim_scale(round(z.m11, 12))::text || '"', 'null') as m11t,
    coalesce('"' || trim_scale(round(z.m21, 12))::text || '"', 'null') as m21t,
    coalesce('"' || trim_scale(round(z.m13, 12))::text || '"', 'null') as m13t
  from stage36 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.total)::text as total, ($77::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  array_to_json(array_remove(array[case when z.veto0 then $78::text end, case when z.veto1 then $79::text end], null)) as vetoes,
  format($80::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b2, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b3, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($81::text, coalesce('"' || trim_scale(z.p0)::text || '"', 'null'), z.m3t, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e0 is not null then '"exempt-' || z.e0 || '"' when z.r0 is null then '"zero"' else 'null' end),
    format($82::text, coalesce('"' || trim_scale(z.p1)::text || '"', 'null'), z.m3t, z.m1, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n1)::text || '"', 'null'), coalesce('"' || trim_scale(z.q1)::text || '"', 'null'), case when z.e1 is not null then '"exempt-' || z.e1 || '"' when z.r1 is null then '"peer-mean"' else 'null' end),
    format($83::text, coalesce('"' || trim_scale(z.p2)::text || '"', 'null'), z.m3t, coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n2)::text || '"', 'null'), coalesce('"' || trim_scale(z.q2)::text || '"', 'null'), case when z.e2 is not null then '"exempt-' || z.e2 || '"' when z.r2 is null then '"peer-mean"' else 'null' end),
    case when z.a3 then format($84::text, coalesce('"' || trim_scale(z.p3)::text || '"', 'null'), z.m0, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n3)::text || '"', 'null'), coalesce('"' || trim_scale(z.q3)::text || '"', 'null'), case when z.e3 is not null then '"exempt-' || z.e3 || '"' when z.r3 is null then '"peer-mean"' else 'null' end) end,
    case when z.a4 then format($85::text, coalesce('"' || trim_scale(z.p4)::text || '"', 'null'), z.m8t, z.m8n, z.m8dt, z.m1, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), case when z.e4 is not null then '"exempt-' || z.e4 || '"' when z.r4 is null then '"full"' else 'null' end) end,
    case when z.a5 then format($86::text, coalesce('"' || trim_scale(z.p5)::text || '"', 'null'), z.m2, z.m10, coalesce(to_json(z."s_open")::text, 'null'), coalesce(to_json(z."s_class")::text, 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce('"' || trim_scale(round(z.x5, 12))::text || '"', 'null'), case when z.e5 is not null then '"exempt-' || z.e5 || '"' when z.r5 is null then '"exclude"' else 'null' end) end,
    format($87::text, trim_scale(z.p6), z.m9t, z.m9n, z.m9d, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n6)::text || '"', 'null'), coalesce('"' || trim_scale(z.q6)::text || '"', 'null'), case when z.e6 is not null then '"exempt-' || z.e6 || '"' when z.r6 is null then '"peer-mean"' else 'null' end),
    format($88::text, trim_scale(z.p7), z.m6t, z.m17t, z.m17nt, z.m17d, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), case when z.e7 is not null then '"exempt-' || z.e7 || '"' when z.r7 is null then '"manual"' else 'null' end),
    format($89::text, trim_scale(z.p8), z.m5t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n8)::text || '"', 'null'), coalesce('"' || trim_scale(z.q8)::text || '"', 'null'), case when z.e8 is not null then '"exempt-' || z.e8 || '"' when z.r8 is null then '"peer-mean"' else 'null' end),
    format($90::text, trim_scale(z.p9), z.m4t, z.m4nt, z.m4d, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n9)::text || '"', 'null'), coalesce('"' || trim_scale(z.q9)::text || '"', 'null'), case when z.e9 is not null then '"exempt-' || z.e9 || '"' when z.r9 is null then '"peer-mean"' else 'null' end),
    case when z.a10 then format($91::text, trim_scale(z.p10), z.m7t, z.m7nt, z.m7dt, z.m3t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n10)::text || '"', 'null'), coalesce('"' || trim_scale(z.q10)::text || '"', 'null'), case when z.e10 is not null then '"exempt-' || z.e10 || '"' when z.r10 is null then '"peer-mean"' else 'null' end) end,
    format($92::text, trim_scale(z.p11), z.m14, z.m15, z.m16, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n11)::text || '"', 'null'), coalesce('"' || trim_scale(z.q11)::text || '"', 'null'), case when z.e11 is not null then '"exempt-' || z.e11 || '"' when z.r11 is null then '"peer-mean"' else 'null' end),
    format($93::text, trim_scale(z.p12), z.m12t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.k12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c12, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n12)::text || '"', 'null'), coalesce('"' || trim_scale(z.q12)::text || '"', 'null'), case when z.e12 is not null then '"exempt-' || z.e12 || '"' when z.r12 is null then '"peer-mean"' else 'null' end),
    format($94::text, trim_scale(z.p13), coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p1::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.p6::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x13, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.k13, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.c13, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n13)::text || '"', 'null'), coalesce('"' || trim_scale(z.q13)::text || '"', 'null'), case when z.e13 is not null then '"exempt-' || z.e13 || '"' when z.r13 is null then '"peer-mean"' else 'null' end),
    format($95::text, trim_scale(z.p14), z.m18t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n14)::text || '"', 'null'), coalesce('"' || trim_scale(z.q14)::text || '"', 'null'), case when z.e14 is not null then '"exempt-' || z.e14 || '"' when z.r14 is null then '"peer-mean"' else 'null' end),
    format($96::text, trim_scale(z.p15), z.m19t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z."s_staff"::numeric)::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n15)::text || '"', 'null'), coalesce('"' || trim_scale(z.q15)::text || '"', 'null'), case when z.e15 is not null then '"exempt-' || z.e15 || '"' when z.r15 is null then '"peer-mean"' else 'null' end),
    format($97::text, trim_scale(z.p16), z.m20t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n16)::text || '"', 'null'), coalesce('"' || trim_scale(z.q16)::text || '"', 'null'), case when z.e16 is not null then '"exempt-' || z.e16 || '"' when z.r16 is null then '"peer-mean"' else 'null' end),
    format($98::text, trim_scale(z.p17), z.m11t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b0::numeric, 12))::text || '"', 'null'), case when z.e17 is not null then '"exempt-' || z.e17 || '"' when z.r17 is null then '"zero"' else 'null' end),
    format($99::text, trim_scale(z.p18), z.m21t, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(z.n18)::text || '"', 'null'), coalesce('"' || trim_scale(z.q18)::text || '"', 'null'), case when z.e18 is not null then '"exempt-' || z.e18 || '"' when z.r18 is null then '"peer-mean"' else 'null' end),
    format($100::text, coalesce('"' || trim_scale(z.p19)::text || '"', 'null'), z.m13t, z.m9t, z.m9n, z.m9d, z.m8t, z.m8n, z.m8dt, z.m1, coalesce('"' || trim_scale(round(z.p0::numeric, 12))::text || '"', 'null'), coalesce(to_json(z."s_parent")::text, 'null'), coalesce('"' || trim_scale(round(z.x19, 12))::text || '"', 'null'), coalesce('"' || trim_scale(z.n19)::text || '"', 'null'), coalesce('"' || trim_scale(z.q19)::text || '"', 'null'), case when z.e19 is not null then '"exempt-' || z.e19 || '"' when z.r19 is null then '"peer-mean"' else 'null' end),
    format($101::text, coalesce('"' || trim_scale(z.p20)::text || '"', 'null'), z.m10, case when z.r20 is null then '"zero"' else 'null' end),
    format($102::text, trim_scale(z.p21), z.m1, case when z.r21 is null then '"zero"' else 'null' end)), '')) || ']') as items
from stage37 z
where z.id = any($42)
order by z.id::text collate "C";
-- $1 = 1
-- $2 = "2"
-- $3 = "3"
-- $4 = "轻"
-- $5 = "3"
-- $6 = "重"
-- $7 = "5.5"
-- $8 = "0"
-- $9 = "一"
-- $10 = "二"
-- $11 = "三"
-- $12 = "2"
-- $13 = ["甲","乙"]
-- $14 = "先进"
-- $15 = "1"
-- $16 = "1"
-- $17 = "乙1"
-- $18 = "丁"
-- $19 = "2024-01-31"
-- $20 = "5"
-- $21 = "2024-12-31"
-- $22 = "2024-01-01"
-- $23 = "2024"
-- $24 = "1"
-- $25 = "0"
-- $26 = "31"
-- $27 = "30"
-- $28 = "2024-01-31T08:00:00+08:00"
-- $29 = "3.0"
-- $30 = "0.5"
-- $31 = "-0.5"
-- $32 = "4"
-- $33 = "1.5"
-- $34 = "1.0"
-- $35 = "奖"
-- $36 = "2025-01-01T00:00:00Z"
-- $37 = "2024-01-01"
-- $38 = "2024-06-30"
-- $39 = "2023-07-01"
-- $40 = "2024-03-31"
-- $41 = "2024-02-01"
-- $42 = ["u1"]
-- $43 = "件"
-- $44 = "2023-01-01"
-- $45 = "2023-06-30"
-- $46 = "below"
-- $47 = "outside"
-- $48 = "丙"
-- $49 = "12"
-- $50 = "10"
-- $51 = "2.0"
-- $52 = "8"
-- $53 = "1.2"
-- $54 = "0.1"
-- $55 = "0.25"
-- $56 = "-1"
-- $57 = "30"
-- $58 = "20"
-- $59 = "-5"
-- $60 = "95.5"
-- $61 = "0.7"
-- $62 = true
-- $63 = "100"
-- $64 = "90"
-- $65 = "80"
-- $66 = "20.0"
-- $67 = "5"
-- $68 = "20"
-- $69 = "9"
-- $70 = "0.2"
-- $71 = "-0.1"
-- $72 = "6"
-- $73 = ["9","7.5","6"]
-- $74 = "12.5"
-- $75 = "100"
-- $76 = "60"
-- $77 = ["优","良","中","差"]
-- $78 = "nought"
-- $79 = "capped"
-- $80 = "{\"top\":%s,\"inner\":%s,\"started_only\":%s,\"second\":%s}"
-- $81 = "{\"id\":\"whole\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $82 = "{\"id\":\"rata\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"rows\":\"%s\",\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $83 = "{\"id\":\"started\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"hours\":%s,\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $84 = "{\"id\":\"most_of\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"plain\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $85 = "{\"id\":\"capless\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"percent\":%s,\"percent.numerator\":\"%s\",\"percent.denominator\":%s,\"rows\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s},\"missing\":%s}"
-- $86 = "{\"id\":\"limited\",\"max\":\"10\",\"points\":%s,\"inputs\":{\"kinds\":\"%s\",\"cases\":\"%s\",\"subject.open\":%s,\"subject.class\":%s,\"subject.staff\":%s,\"x\":%s},\"missing\":%s}"
-- $87 = "{\"id\":\"above\",\"max\":\"8\",\"points\":\"%s\",\"inputs\":{\"good\":%s,\"good.numerator\":\"%s\",\"good.denominator\":\"%s\",\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $88 = "{\"id\":\"below\",\"max\":\"8\",\"points\":\"%s\",\"inputs\":{\"most\":%s,\"mark.below.avg\":%s,\"mark.below.avg.numerator\":%s,\"mark.below.avg.denominator\":\"%s\",\"items.whole\":%s},\"missing\":%s}"
-- $89 = "{\"id\":\"upto\",\"max\":\"8\",\"points\":\"%s\",\"inputs\":{\"least\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $90 = "{\"id\":\"equal\",\"max\":\"8\",\"points\":\"%s\",\"inputs\":{\"mean\":%s,\"mean.numerator\":%s,\"mean.denominator\":\"%s\",\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $91 = "{\"id\":\"gated\",\"max\":\"5\",\"points\":\"%s\",\"inputs\":{\"ratio\":%s,\"ratio.numerator\":%s,\"ratio.denominator\":%s,\"hours\":%s,\"items.whole\":%s,\"blocks.top\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $92 = "{\"id\":\"summed\",\"max\":\"6\",\"points\":\"%s\",\"inputs\":{\"texts\":\"%s\",\"times\":\"%s\",\"numbers\":\"%s\",\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $93 = "{\"id\":\"low\",\"max\":\"9\",\"points\":\"%s\",\"inputs\":{\"graves\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"place\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $94 = "{\"id\":\"listed\",\"max\":\"9\",\"points\":\"%s\",\"inputs\":{\"items.whole\":%s,\"items.rata\":%s,\"items.above\":%s,\"subject.parent\":%s,\"x\":%s,\"place\":%s,\"peers\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $95 = "{\"id\":\"converted\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"mark.outside.sum\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $96 = "{\"id\":\"best_mark\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"mark.outside.max\":%s,\"items.whole\":%s,\"subject.staff\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $97 = "{\"id\":\"least_mark\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"mark.outside.min\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $98 = "{\"id\":\"free\",\"max\":\"20\",\"points\":\"%s\",\"inputs\":{\"heaviest\":%s,\"items.whole\":%s,\"blocks.top\":%s},\"missing\":%s}"
-- $99 = "{\"id\":\"own_input\",\"max\":\"3\",\"points\":\"%s\",\"inputs\":{\"item.own_input\":%s,\"items.whole\":%s,\"subject.parent\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $100 = "{\"id\":\"last_year\",\"max\":\"3\",\"points\":%s,\"inputs\":{\"openings\":%s,\"good\":%s,\"good.numerator\":\"%s\",\"good.denominator\":\"%s\",\"percent\":%s,\"percent.numerator\":\"%s\",\"percent.denominator\":%s,\"rows\":\"%s\",\"items.whole\":%s,\"subject.parent\":%s,\"x\":%s,\"known\":%s,\"knownSum\":%s},\"missing\":%s}"
-- $101 = "{\"id\":\"free_bonus\",\"max\":null,\"points\":%s,\"inputs\":{\"cases\":\"%s\"},\"missing\":%s}"
-- $102 = "{\"id\":\"fined\",\"max\":\"4\",\"points\":\"%s\",\"inputs\":{\"rows\":\"%s\"},\"missing\":%s}"

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
