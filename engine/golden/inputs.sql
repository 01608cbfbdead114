-- run
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent from (select r.id as s, r.id as rid, null::date as day, r.name as "c_name", r.class as "c_class", r.parent as "c_parent" from (select * from unit where tenant_id = $1::int) r) q),
facts1 as materialized (
  select q.s as id, (sum((case ((q."c_late" is not null) and q."c_late") when true then $2::numeric when false then $3::numeric end)) filter (where (q."c_kind" = $4::text)))::numeric as m0n, (count((case ((q."c_late" is not null) and q."c_late") when true then $2::numeric when false then $3::numeric end)) filter (where (q."c_kind" = $4::text)))::numeric as m0r, (count((case ((q."c_late" is not null) and q."c_late") when true then $2::numeric when false then $3::numeric end)) filter (where (q."c_kind" = $4::text) and ((q."c_late" is not null) and q."c_late")))::numeric as m0l from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.late as "c_late" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where q.s is not null and (q."c_kind" = $4::text) group by q.s),
facts2 as materialized (
  select g.id, (count(*) filter (where g.m1 = any($8::numeric[])))::numeric as m1n, sum(g.m2) as m2n from (select q.s as id, max(((case (q."c_kind" = $9::text) when true then $3::numeric when false then (case (q."c_kind" = $10::text) when true then $11::numeric when false then (case (q."c_kind" = $12::text) when true then $13::numeric when false then $14::numeric end) end) end))::numeric) as m1, (array_agg((q."c_hours")::numeric order by q.day, q.rid) filter (where (q."c_hours")::numeric is not null))[1] as m2 from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.hours as "c_hours", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts3 as materialized (
  select q.s as id, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $15::text) and (((q."c_value" is not null) and (q."c_value" >= $14::numeric)) and (q."c_value" <= $16::numeric))) as m3s0, (count(*) filter (where (q."c_item" = $15::text) and (((q."c_value" is not null) and (q."c_value" >= $14::numeric)) and (q."c_value" <= $16::numeric))))::numeric as m3d0, (count(*) filter (where (q."c_item" = $15::text) and ((q."c_value" is not null) and (not (((q."c_value" is not null) and (q."c_value" >= $14::numeric)) and (q."c_value" <= $16::numeric))))))::numeric as m3o0, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $17::text) and ((q."c_value" is not null) and (q."c_group" = $18::text))) as m4s0, (count(*) filter (where (q."c_item" = $17::text) and ((q."c_value" is not null) and (q."c_group" = $18::text))))::numeric as m4d0, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $17::text) and ((q."c_value" is not null) and (q."c_group" = $19::text))) as m4s1, (count(*) filter (where (q."c_item" = $17::text) and ((q."c_value" is not null) and (q."c_group" = $19::text))))::numeric as m4d1, (count(*) filter (where (q."c_item" = $17::text) and ((q."c_value" is not null) and (not ((q."c_group" is not null) and (q."c_group" = any($20::text[])))))))::numeric as m4o0 from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value", r."group" as "c_group" from (select * from mark where tenant_id = $1::int) r where r.day between $6::date and $7::date) q where q.s is not null and ((q."c_item" = $15::text) or (q."c_item" = $17::text)) group by q.s),
facts4 as materialized (
  select q.s as id, (sum(((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($30::text[])) and (((((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $31::text)) and (q."c_category" = $18::text))))::numeric as m5s0, (sum(q."c_count") filter (where (q."c_item" = any($30::text[])) and (((((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $31::text)) and (q."c_category" = $18::text))))::numeric as m5d0, (sum(((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($30::text[])) and (((((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $31::text)) and (q."c_category" = $32::text))))::numeric as m5s1, (sum(q."c_count") filter (where (q."c_item" = any($30::text[])) and (((((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $31::text)) and (q."c_category" = $32::text))))::numeric as m5d1, (sum(((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($30::text[])) and (((((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $33::text)) and (q."c_category" = $18::text))))::numeric as m5s2, (sum(q."c_count") filter (where (q."c_item" = any($30::text[])) and (((((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $33::text)) and (q."c_category" = $18::text))))::numeric as m5d2, (sum(((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($30::text[])) and (((((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $33::text)) and (q."c_category" = $32::text))))::numeric as m5s3, (sum(q."c_count") filter (where (q."c_item" = any($30::text[])) and (((((case (q."c_choice" = $21::text) when true then $3::numeric when false then (case (q."c_choice" = $22::text) when true then $23::numeric when false then (case (q."c_choice" = $24::text) when true then $25::numeric when false then (case (q."c_choice" = $26::text) when true then $27::numeric when false then (case (q."c_choice" = $28::text) when true then $29::numeric when false then $29::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $33::text)) and (q."c_category" = $32::text))))::numeric as m5d3, (sum(q."c_count") filter (where (q."c_item" = any($30::text[])) and (not (((q."c_choice" is not null) and (q."c_choice" = any($34::text[]))) and ((q."c_category" is not null) and (q."c_category" = any($35::text[])))))))::numeric as m5o0 from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.choice as "c_choice", r.category as "c_category", r.count as "c_count" from (select * from ballot where tenant_id = $1::int) r where r.day between $6::date and $7::date) q where q.s is not null and (q."c_item" = any($30::text[])) group by q.s),
facts5 as materialized (
  select m.id, sum(m.p) as m6s, count(m.p)::numeric as m6d, count(*)::numeric as m6t, (count(*) filter (where m.raw is null))::numeric as m6w
    from (select i.*, case when i.raw is null then 0 else least(greatest(i.raw, $14::numeric), $16::numeric) end as p
    from (select h.*, round(round($16::numeric * case when round((div((h.x) * 1e30, nullif($36::numeric, 0)) * 1e-30), 12) > $3::numeric then $3::numeric else (div((h.x) * 1e30, nullif($36::numeric, 0)) * 1e-30) end, 12), 12) as raw
      from (select e.*, coalesce(f.xn, 0) as x from (select distinct on (q.s, q."c_key") q.s as id, q."c_key" as k, q.rid, q.day from (select r.unit_id as s, r.id as rid, null::date as day, r.key as "c_key", r.size as "c_size" from (select * from branch where tenant_id = $1::int) r) q where q.s is not null and q."c_key" is not null and (q."c_size" > $37::bigint) order by q.s, q."c_key", q.rid) e left join (select q.s as id, q."c_case_key" as k, (count(*) filter (where (q."c_kind" = $38::text)))::numeric as xn from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date) q where q.s is not null and q."c_case_key" is not null and (q."c_kind" = $38::text) group by q.s, q."c_case_key") f on f.id = e.id and f.k = e.k) h) i) m group by m.id),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    coalesce(facts1.m0r, 0) as m0v0,
    coalesce(facts1.m0l, 0) as m0v1,
    coalesce(facts2.m1n, 0) as m1,
    coalesce(facts2.m2n, 0) as m2,
    case when coalesce(facts3.m3d0, 0) >= $39::numeric then (div((case when cardinality(facts3.m3s0) >= 5 then (select sum(u) from unnest(facts3.m3s0[3:cardinality(facts3.m3s0) - 2]) u) else (select sum(u) from unnest(facts3.m3s0[1:cardinality(facts3.m3s0)]) u) end) * 1e30, nullif(case when cardinality(facts3.m3s0) >= 5 then cardinality(facts3.m3s0) - 4 else cardinality(facts3.m3s0) end::numeric, 0)) * 1e-30) end as m3,
    coalesce(facts3.m3d0, 0) as m3v0,
    case when cardinality(facts3.m3s0) >= 5 then (select sum(u) from unnest(facts3.m3s0[3:cardinality(facts3.m3s0) - 2]) u) else (select sum(u) from unnest(facts3.m3s0[1:cardinality(facts3.m3s0)]) u) end as m3v1,
    coalesce(case when cardinality(facts3.m3s0) >= 5 then cardinality(facts3.m3s0) - 4 else cardinality(facts3.m3s0) end::numeric, 0) as m3v2,
    coalesce(facts3.m3o0, 0) as m3v3,
    (div((coalesce($40::numeric * (div(((select sum(u) from unnest(facts3.m4s0[(cardinality(facts3.m4s0) + 1) / 2:cardinality(facts3.m4s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s0) % 2)::numeric, 0)) * 1e-30), 0) + coalesce($41::numeric * (div(((select sum(u) from unnest(facts3.m4s1[(cardinality(facts3.m4s1) + 1) / 2:cardinality(facts3.m4s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s1) % 2)::numeric, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div(((select sum(u) from unnest(facts3.m4s0[(cardinality(facts3.m4s0) + 1) / 2:cardinality(facts3.m4s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s0) % 2)::numeric, 0)) * 1e-30) is not null then $40::numeric else 0 end + case when (div(((select sum(u) from unnest(facts3.m4s1[(cardinality(facts3.m4s1) + 1) / 2:cardinality(facts3.m4s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s1) % 2)::numeric, 0)) * 1e-30) is not null then $41::numeric else 0 end, 0)) * 1e-30) as m4,
    coalesce(facts3.m4d0, 0) as m4v0,
    (select sum(u) from unnest(facts3.m4s0[(cardinality(facts3.m4s0) + 1) / 2:cardinality(facts3.m4s0) / 2 + 1]) u) as m4v1,
    coalesce((2 - cardinality(facts3.m4s0) % 2)::numeric, 0) as m4v2,
    (div(((select sum(u) from unnest(facts3.m4s0[(cardinality(facts3.m4s0) + 1) / 2:cardinality(facts3.m4s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s0) % 2)::numeric, 0)) * 1e-30) as m4v3,
    coalesce(facts3.m4d1, 0) as m4v4,
    (select sum(u) from unnest(facts3.m4s1[(cardinality(facts3.m4s1) + 1) / 2:cardinality(facts3.m4s1) / 2 + 1]) u) as m4v5,
    coalesce((2 - cardinality(facts3.m4s1) % 2)::numeric, 0) as m4v6,
    (div(((select sum(u) from unnest(facts3.m4s1[(cardinality(facts3.m4s1) + 1) / 2:cardinality(facts3.m4s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s1) % 2)::numeric, 0)) * 1e-30) as m4v7,
    coalesce(facts3.m4o0, 0) as m4v8,
    (div((coalesce($3::numeric * (div((coalesce($41::numeric * case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end, 0) + coalesce($42::numeric * case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end is not null then $41::numeric else 0 end + case when case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end is not null then $42::numeric else 0 end, 0)) * 1e-30), 0) + coalesce($3::numeric * (div((coalesce($41::numeric * case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end, 0) + coalesce($42::numeric * case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end is not null then $41::numeric else 0 end + case when case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end is not null then $42::numeric else 0 end, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div((coalesce($41::numeric * case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end, 0) + coalesce($42::numeric * case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end is not null then $41::numeric else 0 end + case when case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end is not null then $42::numeric else 0 end, 0)) * 1e-30) is not null then $3::numeric else 0 end + case when (div((coalesce($41::numeric * case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end, 0) + coalesce($42::numeric * case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end is not null then $41::numeric else 0 end + case when case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end is not null then $42::numeric else 0 end, 0)) * 1e-30) is not null then $3::numeric else 0 end, 0)) * 1e-30) as m5,
    coalesce(facts4.m5d0, 0) as m5v0,
    facts4.m5s0 as m5v1,
    case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end as m5v2,
    coalesce(facts4.m5d1, 0) as m5v3,
    facts4.m5s1 as m5v4,
    case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end as m5v5,
    (div((coalesce($41::numeric * case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end, 0) + coalesce($42::numeric * case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end is not null then $41::numeric else 0 end + case when case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end is not null then $42::numeric else 0 end, 0)) * 1e-30) as m5v6,
    coalesce(facts4.m5d2, 0) as m5v7,
    facts4.m5s2 as m5v8,
    case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end as m5v9,
    coalesce(facts4.m5d3, 0) as m5v10,
    facts4.m5s3 as m5v11,
    case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end as m5v12,
    (div((coalesce($41::numeric * case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end, 0) + coalesce($42::numeric * case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end is not null then $41::numeric else 0 end + case when case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end is not null then $42::numeric else 0 end, 0)) * 1e-30) as m5v13,
    coalesce(facts4.m5o0, 0) as m5v14,
    (div((facts5.m6s) * 1e30, nullif(facts5.m6d, 0)) * 1e-30) as m6,
    coalesce(facts5.m6t, 0) as m6v0,
    coalesce(facts5.m6d, 0) as m6v1,
    coalesce(facts5.m6w, 0) as m6v2,
    facts5.m6s as m6v3
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id
  left join facts4 on facts4.id = population.id
  left join facts5 on facts5.id = population.id),
stage1 as (
  select z.*,
    ((z.m0 + z.m2))::numeric as x4
  from base z offset 0),
stage2 as (
  select z.*,
    round(round($3::numeric * z.m3 + $14::numeric, 12), 2) as r0,
    round(round($3::numeric * z.m4 + $14::numeric, 12), 2) as r1,
    round(round($16::numeric * z.m5 + $14::numeric, 12), 2) as r2,
    round(round($3::numeric * z.m6 + $14::numeric, 12), 2) as r3,
    round(round($16::numeric * case when round((div((z.x4) * 1e30, nullif($36::numeric, 0)) * 1e-30), 12) > $3::numeric then $3::numeric else (div((z.x4) * 1e30, nullif($36::numeric, 0)) * 1e-30) end, 12), 2) as r4,
    round(round($16::numeric - $13::numeric * z.m1, 12), 2) as r5
  from stage1 z offset 0),
stage3 as (
  select z.*,
    case when z.r0 is not null then least(greatest(z.r0, $14::numeric), $16::numeric) else 0 end as p0,
    case when z.r1 is not null then least(greatest(z.r1, $14::numeric), $16::numeric) else 0 end as p1,
    case when z.r2 is not null then least(greatest(z.r2, $14::numeric), $16::numeric) else 0 end as p2,
    case when z.r3 is not null then least(greatest(z.r3, $14::numeric), $16::numeric) else 0 end as p3,
    case when z.r4 is not null then least(greatest(z.r4, $14::numeric), $16::numeric) else 0 end as p4,
    case when z.r5 is not null then least(greatest(z.r5, $14::numeric), $16::numeric) else 0 end as p5
  from stage2 z offset 0),
stage4 as (
  select z.*,
    ($14::numeric + (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0))) * $3::numeric as block_b0,
    ($14::numeric + (coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0))) * $3::numeric as block_b1
  from stage3 z offset 0),
stage5 as (
  select z.*,
    case when ($14::numeric + (coalesce(z.block_b0, 0) + coalesce(z.block_b1, 0))) is not null then greatest(round(round(($14::numeric + (coalesce(z.block_b0, 0) + coalesce(z.block_b1, 0))) + 0 - 0, 12), 2), $14::numeric) end as raw_total
  from stage4 z offset 0),
stage6 as (
  select z.*,
    null::int as grade0
  from stage5 z offset 0),
stage7 as (
  select z.*,
    z.grade0 as grade_no,
    case when (true and z.raw_total is not null) then (rank() over (partition by (true and z.raw_total is not null) order by z.raw_total desc))::numeric end as place
  from stage6 z offset 0),
stage8 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t,
    coalesce('"' || trim_scale(round(z.m3v0, 12))::text || '"', 'null') as m3v0t,
    coalesce('"' || trim_scale(round(z.m3v1, 12))::text || '"', 'null') as m3v1t,
    coalesce('"' || trim_scale(round(z.m3v2, 12))::text || '"', 'null') as m3v2t,
    coalesce('"' || trim_scale(round(z.m3v3, 12))::text || '"', 'null') as m3v3t,
    coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null') as m4t,
    coalesce('"' || trim_scale(round(z.m4v0, 12))::text || '"', 'null') as m4v0t,
    coalesce('"' || trim_scale(round(z.m4v1, 12))::text || '"', 'null') as m4v1t,
    coalesce('"' || trim_scale(round(z.m4v2, 12))::text || '"', 'null') as m4v2t,
    coalesce('"' || trim_scale(round(z.m4v3, 12))::text || '"', 'null') as m4v3t,
    coalesce('"' || trim_scale(round(z.m4v4, 12))::text || '"', 'null') as m4v4t,
    coalesce('"' || trim_scale(round(z.m4v5, 12))::text || '"', 'null') as m4v5t,
    coalesce('"' || trim_scale(round(z.m4v6, 12))::text || '"', 'null') as m4v6t,
    coalesce('"' || trim_scale(round(z.m4v7, 12))::text || '"', 'null') as m4v7t,
    coalesce('"' || trim_scale(round(z.m4v8, 12))::text || '"', 'null') as m4v8t,
    coalesce('"' || trim_scale(round(z.m5, 12))::text || '"', 'null') as m5t,
    coalesce('"' || trim_scale(round(z.m5v0, 12))::text || '"', 'null') as m5v0t,
    coalesce('"' || trim_scale(round(z.m5v1, 12))::text || '"', 'null') as m5v1t,
    coalesce('"' || trim_scale(round(z.m5v2, 12))::text || '"', 'null') as m5v2t,
    coalesce('"' || trim_scale(round(z.m5v3, 12))::text || '"', 'null') as m5v3t,
    coalesce('"' || trim_scale(round(z.m5v4, 12))::text || '"', 'null') as m5v4t,
    coalesce('"' || trim_scale(round(z.m5v5, 12))::text || '"', 'null') as m5v5t,
    coalesce('"' || trim_scale(round(z.m5v6, 12))::text || '"', 'null') as m5v6t,
    coalesce('"' || trim_scale(round(z.m5v7, 12))::text || '"', 'null') as m5v7t,
    coalesce('"' || trim_scale(round(z.m5v8, 12))::text || '"', 'null') as m5v8t,
    coalesce('"' || trim_scale(round(z.m5v9, 12))::text || '"', 'null') as m5v9t,
    coalesce('"' || trim_scale(round(z.m5v10, 12))::text || '"', 'null') as m5v10t,
    coalesce('"' || trim_scale(round(z.m5v11, 12))::text || '"', 'null') as m5v11t,
    coalesce('"' || trim_scale(round(z.m5v12, 12))::text || '"', 'null') as m5v12t,
    coalesce('"' || trim_scale(round(z.m5v13, 12))::text || '"', 'null') as m5v13t,
    coalesce('"' || trim_scale(round(z.m5v14, 12))::text || '"', 'null') as m5v14t,
    coalesce('"' || trim_scale(round(z.m6, 12))::text || '"', 'null') as m6t,
    coalesce('"' || trim_scale(round(z.m6v0, 12))::text || '"', 'null') as m6v0t,
    coalesce('"' || trim_scale(round(z.m6v1, 12))::text || '"', 'null') as m6v1t,
    coalesce('"' || trim_scale(round(z.m6v2, 12))::text || '"', 'null') as m6v2t,
    coalesce('"' || trim_scale(round(z.m6v3, 12))::text || '"', 'null') as m6v3t,
    coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null') as m0t,
    coalesce('"' || trim_scale(round(z.m0v0, 12))::text || '"', 'null') as m0v0t,
    coalesce('"' || trim_scale(round(z.m0v1, 12))::text || '"', 'null') as m0v1t,
    coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null') as m2t,
    coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null') as m1t
  from stage7 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.raw_total)::text as total, ($43::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  '[]'::json as vetoes,
  format($44::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($45::text, trim_scale(z.p0), z.m3t, z.m3v0t, z.m3v1t, z.m3v2t, z.m3v3t, case when z.r0 is null then '"zero"' else 'null' end),
    format($46::text, trim_scale(z.p1), z.m4t, z.m4v0t, z.m4v1t, z.m4v2t, z.m4v3t, z.m4v4t, z.m4v5t, z.m4v6t, z.m4v7t, z.m4v8t, case when z.r1 is null then '"zero"' else 'null' end),
    format($47::text, trim_scale(z.p2), z.m5t, z.m5v0t, z.m5v1t, z.m5v2t, z.m5v3t, z.m5v4t, z.m5v5t, z.m5v6t, z.m5v7t, z.m5v8t, z.m5v9t, z.m5v10t, z.m5v11t, z.m5v12t, z.m5v13t, z.m5v14t, case when z.r2 is null then '"zero"' else 'null' end),
    format($48::text, trim_scale(z.p3), z.m6t, z.m6v0t, z.m6v1t, z.m6v2t, z.m6v3t, case when z.r3 is null then '"zero"' else 'null' end),
    format($49::text, trim_scale(z.p4), z.m0t, z.m0v0t, z.m0v1t, z.m2t, coalesce('"' || trim_scale(round(z.x4, 12))::text || '"', 'null'), case when z.r4 is null then '"zero"' else 'null' end),
    format($50::text, trim_scale(z.p5), z.m1t, case when z.r5 is null then '"zero"' else 'null' end)), '')) || ']') as items
from stage8 z
order by z.id::text collate "C";
-- $1 = 1
-- $2 = "0.5"
-- $3 = "1"
-- $4 = "会议"
-- $5 = "2025-01-01T00:00:00Z"
-- $6 = "2024-01-01"
-- $7 = "2024-12-31"
-- $8 = ["5"]
-- $9 = "诫勉"
-- $10 = "轻处分"
-- $11 = "3"
-- $12 = "重处分"
-- $13 = "5"
-- $14 = "0"
-- $15 = "interview"
-- $16 = "10"
-- $17 = "joint"
-- $18 = "领导"
-- $19 = "群众"
-- $20 = ["领导","群众"]
-- $21 = "好"
-- $22 = "较好"
-- $23 = "0.8"
-- $24 = "一般"
-- $25 = "0.6"
-- $26 = "差"
-- $27 = "0.4"
-- $28 = "弃权"
-- $29 = null
-- $30 = ["q1","q2"]
-- $31 = "q1"
-- $32 = "代表"
-- $33 = "q2"
-- $34 = ["好","较好","一般","差","弃权"]
-- $35 = ["领导","代表"]
-- $36 = "4"
-- $37 = "0"
-- $38 = "党课"
-- $39 = 2
-- $40 = "60"
-- $41 = "40"
-- $42 = "30"
-- $43 = []
-- $44 = "{\"opinions\":%s,\"facts\":%s}"
-- $45 = "{\"id\":\"interview\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"rated.interview\":%s,\"rated.interview.marks\":%s,\"rated.interview.sum\":%s,\"rated.interview.counted\":%s,\"rated.interview.outside\":%s},\"missing\":%s}"
-- $46 = "{\"id\":\"joint\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"rated.joint\":%s,\"rated.joint.marks.领导\":%s,\"rated.joint.sum.领导\":%s,\"rated.joint.counted.领导\":%s,\"rated.joint.value.领导\":%s,\"rated.joint.marks.群众\":%s,\"rated.joint.sum.群众\":%s,\"rated.joint.counted.群众\":%s,\"rated.joint.value.群众\":%s,\"rated.joint.others\":%s},\"missing\":%s}"
-- $47 = "{\"id\":\"poll\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"ballot.poll\":%s,\"ballot.poll.q1.ballots.领导\":%s,\"ballot.poll.q1.sum.领导\":%s,\"ballot.poll.q1.value.领导\":%s,\"ballot.poll.q1.ballots.代表\":%s,\"ballot.poll.q1.sum.代表\":%s,\"ballot.poll.q1.value.代表\":%s,\"ballot.poll.q1.value\":%s,\"ballot.poll.q2.ballots.领导\":%s,\"ballot.poll.q2.sum.领导\":%s,\"ballot.poll.q2.value.领导\":%s,\"ballot.poll.q2.ballots.代表\":%s,\"ballot.poll.q2.sum.代表\":%s,\"ballot.poll.q2.value.代表\":%s,\"ballot.poll.q2.value\":%s,\"ballot.poll.unknown\":%s},\"missing\":%s}"
-- $48 = "{\"id\":\"branches\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"members.branches\":%s,\"members.branches.members\":%s,\"members.branches.counted\":%s,\"members.branches.without\":%s,\"members.branches.sum\":%s},\"missing\":%s}"
-- $49 = "{\"id\":\"met\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"meetings\":%s,\"meetings.rows\":%s,\"meetings.late\":%s,\"first_hours\":%s,\"x\":%s},\"missing\":%s}"
-- $50 = "{\"id\":\"punished\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"cases\":%s},\"missing\":%s}"

-- run of one subject
with population as materialized (
  select q.s as id, q."c_name"::text as name, q."c_class"::text as class, q."c_parent"::text as parent from (select r.id as s, r.id as rid, null::date as day, r.name as "c_name", r.class as "c_class", r.parent as "c_parent" from (select * from unit where tenant_id = $1::int) r where r.id = any($2)) q),
facts1 as materialized (
  select q.s as id, (sum((case ((q."c_late" is not null) and q."c_late") when true then $3::numeric when false then $4::numeric end)) filter (where (q."c_kind" = $5::text)))::numeric as m0n, (count((case ((q."c_late" is not null) and q."c_late") when true then $3::numeric when false then $4::numeric end)) filter (where (q."c_kind" = $5::text)))::numeric as m0r, (count((case ((q."c_late" is not null) and q."c_late") when true then $3::numeric when false then $4::numeric end)) filter (where (q."c_kind" = $5::text) and ((q."c_late" is not null) and q."c_late")))::numeric as m0l from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.late as "c_late" from (select * from event where tenant_id = $1::int and known_from <= $6::timestamptz) r where r.day between $7::date and $8::date and r.unit_id = any($2)) q where q.s is not null and (q."c_kind" = $5::text) group by q.s),
facts2 as materialized (
  select g.id, (count(*) filter (where g.m1 = any($9::numeric[])))::numeric as m1n, sum(g.m2) as m2n from (select q.s as id, max(((case (q."c_kind" = $10::text) when true then $4::numeric when false then (case (q."c_kind" = $11::text) when true then $12::numeric when false then (case (q."c_kind" = $13::text) when true then $14::numeric when false then $15::numeric end) end) end))::numeric) as m1, (array_agg((q."c_hours")::numeric order by q.day, q.rid) filter (where (q."c_hours")::numeric is not null))[1] as m2 from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.hours as "c_hours", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $6::timestamptz) r where r.day between $7::date and $8::date and r.unit_id = any($2)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts3 as materialized (
  select q.s as id, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $16::text) and (((q."c_value" is not null) and (q."c_value" >= $15::numeric)) and (q."c_value" <= $17::numeric))) as m3s0, (count(*) filter (where (q."c_item" = $16::text) and (((q."c_value" is not null) and (q."c_value" >= $15::numeric)) and (q."c_value" <= $17::numeric))))::numeric as m3d0, (count(*) filter (where (q."c_item" = $16::text) and ((q."c_value" is not null) and (not (((q."c_value" is not null) and (q."c_value" >= $15::numeric)) and (q."c_value" <= $17::numeric))))))::numeric as m3o0, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $18::text) and ((q."c_value" is not null) and (q."c_group" = $19::text))) as m4s0, (count(*) filter (where (q."c_item" = $18::text) and ((q."c_value" is not null) and (q."c_group" = $19::text))))::numeric as m4d0, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $18::text) and ((q."c_value" is not null) and (q."c_group" = $20::text))) as m4s1, (count(*) filter (where (q."c_item" = $18::text) and ((q."c_value" is not null) and (q."c_group" = $20::text))))::numeric as m4d1, (count(*) filter (where (q."c_item" = $18::text) and ((q."c_value" is not null) and (not ((q."c_group" is not null) and (q."c_group" = any($21::text[])))))))::numeric as m4o0 from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value", r."group" as "c_group" from (select * from mark where tenant_id = $1::int) r where r.day between $7::date and $8::date and r.unit_id = any($2)) q where q.s is not null and ((q."c_item" = $16::text) or (q."c_item" = $18::text)) group by q.s),
facts4 as materialized (
  select q.s as id, (sum(((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($31::text[])) and (((((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $32::text)) and (q."c_category" = $19::text))))::numeric as m5s0, (sum(q."c_count") filter (where (q."c_item" = any($31::text[])) and (((((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $32::text)) and (q."c_category" = $19::text))))::numeric as m5d0, (sum(((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($31::text[])) and (((((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $32::text)) and (q."c_category" = $33::text))))::numeric as m5s1, (sum(q."c_count") filter (where (q."c_item" = any($31::text[])) and (((((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $32::text)) and (q."c_category" = $33::text))))::numeric as m5d1, (sum(((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($31::text[])) and (((((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $34::text)) and (q."c_category" = $19::text))))::numeric as m5s2, (sum(q."c_count") filter (where (q."c_item" = any($31::text[])) and (((((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $34::text)) and (q."c_category" = $19::text))))::numeric as m5d2, (sum(((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($31::text[])) and (((((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $34::text)) and (q."c_category" = $33::text))))::numeric as m5s3, (sum(q."c_count") filter (where (q."c_item" = any($31::text[])) and (((((case (q."c_choice" = $22::text) when true then $4::numeric when false then (case (q."c_choice" = $23::text) when true then $24::numeric when false then (case (q."c_choice" = $25::text) when true then $26::numeric when false then (case (q."c_choice" = $27::text) when true then $28::numeric when false then (case (q."c_choice" = $29::text) when true then $30::numeric when false then $30::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $34::text)) and (q."c_category" = $33::text))))::numeric as m5d3, (sum(q."c_count") filter (where (q."c_item" = any($31::text[])) and (not (((q."c_choice" is not null) and (q."c_choice" = any($35::text[]))) and ((q."c_category" is not null) and (q."c_category" = any($36::text[])))))))::numeric as m5o0 from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.choice as "c_choice", r.category as "c_category", r.count as "c_count" from (select * from ballot where tenant_id = $1::int) r where r.day between $7::date and $8::date and r.unit_id = any($2)) q where q.s is not null and (q."c_item" = any($31::text[])) group by q.s),
facts5 as materialized (
  select m.id, sum(m.p) as m6s, count(m.p)::numeric as m6d, count(*)::numeric as m6t, (count(*) filter (where m.raw is null))::numeric as m6w
    from (select i.*, case when i.raw is null then 0 else least(greatest(i.raw, $15::numeric), $17::numeric) end as p
    from (select h.*, round(round($17::numeric * case when round((div((h.x) * 1e30, nullif($37::numeric, 0)) * 1e-30), 12) > $4::numeric then $4::numeric else (div((h.x) * 1e30, nullif($37::numeric, 0)) * 1e-30) end, 12), 12) as raw
      from (select e.*, coalesce(f.xn, 0) as x from (select distinct on (q.s, q."c_key") q.s as id, q."c_key" as k, q.rid, q.day from (select r.unit_id as s, r.id as rid, null::date as day, r.key as "c_key", r.size as "c_size" from (select * from branch where tenant_id = $1::int) r where r.unit_id = any($2)) q where q.s is not null and q."c_key" is not null and (q."c_size" > $38::bigint) order by q.s, q."c_key", q.rid) e left join (select q.s as id, q."c_case_key" as k, (count(*) filter (where (q."c_kind" = $39::text)))::numeric as xn from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $1::int and known_from <= $6::timestamptz) r where r.day between $7::date and $8::date and r.unit_id = any($2)) q where q.s is not null and q."c_case_key" is not null and (q."c_kind" = $39::text) group by q.s, q."c_case_key") f on f.id = e.id and f.k = e.k) h) i) m group by m.id),
base as materialized (
  select population.*,
    coalesce(facts1.m0n, 0) as m0,
    coalesce(facts1.m0r, 0) as m0v0,
    coalesce(facts1.m0l, 0) as m0v1,
    coalesce(facts2.m1n, 0) as m1,
    coalesce(facts2.m2n, 0) as m2,
    case when coalesce(facts3.m3d0, 0) >= $40::numeric then (div((case when cardinality(facts3.m3s0) >= 5 then (select sum(u) from unnest(facts3.m3s0[3:cardinality(facts3.m3s0) - 2]) u) else (select sum(u) from unnest(facts3.m3s0[1:cardinality(facts3.m3s0)]) u) end) * 1e30, nullif(case when cardinality(facts3.m3s0) >= 5 then cardinality(facts3.m3s0) - 4 else cardinality(facts3.m3s0) end::numeric, 0)) * 1e-30) end as m3,
    coalesce(facts3.m3d0, 0) as m3v0,
    case when cardinality(facts3.m3s0) >= 5 then (select sum(u) from unnest(facts3.m3s0[3:cardinality(facts3.m3s0) - 2]) u) else (select sum(u) from unnest(facts3.m3s0[1:cardinality(facts3.m3s0)]) u) end as m3v1,
    coalesce(case when cardinality(facts3.m3s0) >= 5 then cardinality(facts3.m3s0) - 4 else cardinality(facts3.m3s0) end::numeric, 0) as m3v2,
    coalesce(facts3.m3o0, 0) as m3v3,
    (div((coalesce($41::numeric * (div(((select sum(u) from unnest(facts3.m4s0[(cardinality(facts3.m4s0) + 1) / 2:cardinality(facts3.m4s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s0) % 2)::numeric, 0)) * 1e-30), 0) + coalesce($42::numeric * (div(((select sum(u) from unnest(facts3.m4s1[(cardinality(facts3.m4s1) + 1) / 2:cardinality(facts3.m4s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s1) % 2)::numeric, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div(((select sum(u) from unnest(facts3.m4s0[(cardinality(facts3.m4s0) + 1) / 2:cardinality(facts3.m4s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s0) % 2)::numeric, 0)) * 1e-30) is not null then $41::numeric else 0 end + case when (div(((select sum(u) from unnest(facts3.m4s1[(cardinality(facts3.m4s1) + 1) / 2:cardinality(facts3.m4s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s1) % 2)::numeric, 0)) * 1e-30) is not null then $42::numeric else 0 end, 0)) * 1e-30) as m4,
    coalesce(facts3.m4d0, 0) as m4v0,
    (select sum(u) from unnest(facts3.m4s0[(cardinality(facts3.m4s0) + 1) / 2:cardinality(facts3.m4s0) / 2 + 1]) u) as m4v1,
    coalesce((2 - cardinality(facts3.m4s0) % 2)::numeric, 0) as m4v2,
    (div(((select sum(u) from unnest(facts3.m4s0[(cardinality(facts3.m4s0) + 1) / 2:cardinality(facts3.m4s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s0) % 2)::numeric, 0)) * 1e-30) as m4v3,
    coalesce(facts3.m4d1, 0) as m4v4,
    (select sum(u) from unnest(facts3.m4s1[(cardinality(facts3.m4s1) + 1) / 2:cardinality(facts3.m4s1) / 2 + 1]) u) as m4v5,
    coalesce((2 - cardinality(facts3.m4s1) % 2)::numeric, 0) as m4v6,
    (div(((select sum(u) from unnest(facts3.m4s1[(cardinality(facts3.m4s1) + 1) / 2:cardinality(facts3.m4s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts3.m4s1) % 2)::numeric, 0)) * 1e-30) as m4v7,
    coalesce(facts3.m4o0, 0) as m4v8,
    (div((coalesce($4::numeric * (div((coalesce($42::numeric * case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end, 0) + coalesce($43::numeric * case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end is not null then $42::numeric else 0 end + case when case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end is not null then $43::numeric else 0 end, 0)) * 1e-30), 0) + coalesce($4::numeric * (div((coalesce($42::numeric * case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end, 0) + coalesce($43::numeric * case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end is not null then $42::numeric else 0 end + case when case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end is not null then $43::numeric else 0 end, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div((coalesce($42::numeric * case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end, 0) + coalesce($43::numeric * case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end is not null then $42::numeric else 0 end + case when case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end is not null then $43::numeric else 0 end, 0)) * 1e-30) is not null then $4::numeric else 0 end + case when (div((coalesce($42::numeric * case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end, 0) + coalesce($43::numeric * case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end is not null then $42::numeric else 0 end + case when case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end is not null then $43::numeric else 0 end, 0)) * 1e-30) is not null then $4::numeric else 0 end, 0)) * 1e-30) as m5,
    coalesce(facts4.m5d0, 0) as m5v0,
    facts4.m5s0 as m5v1,
    case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end as m5v2,
    coalesce(facts4.m5d1, 0) as m5v3,
    facts4.m5s1 as m5v4,
    case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end as m5v5,
    (div((coalesce($42::numeric * case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end, 0) + coalesce($43::numeric * case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d0 >= 5 then (div((facts4.m5s0) * 1e30, nullif(facts4.m5d0, 0)) * 1e-30) end is not null then $42::numeric else 0 end + case when case when facts4.m5d1 >= 5 then (div((facts4.m5s1) * 1e30, nullif(facts4.m5d1, 0)) * 1e-30) end is not null then $43::numeric else 0 end, 0)) * 1e-30) as m5v6,
    coalesce(facts4.m5d2, 0) as m5v7,
    facts4.m5s2 as m5v8,
    case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end as m5v9,
    coalesce(facts4.m5d3, 0) as m5v10,
    facts4.m5s3 as m5v11,
    case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end as m5v12,
    (div((coalesce($42::numeric * case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end, 0) + coalesce($43::numeric * case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts4.m5d2 >= 5 then (div((facts4.m5s2) * 1e30, nullif(facts4.m5d2, 0)) * 1e-30) end is not null then $42::numeric else 0 end + case when case when facts4.m5d3 >= 5 then (div((facts4.m5s3) * 1e30, nullif(facts4.m5d3, 0)) * 1e-30) end is not null then $43::numeric else 0 end, 0)) * 1e-30) as m5v13,
    coalesce(facts4.m5o0, 0) as m5v14,
    (div((facts5.m6s) * 1e30, nullif(facts5.m6d, 0)) * 1e-30) as m6,
    coalesce(facts5.m6t, 0) as m6v0,
    coalesce(facts5.m6d, 0) as m6v1,
    coalesce(facts5.m6w, 0) as m6v2,
    facts5.m6s as m6v3
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id
  left join facts4 on facts4.id = population.id
  left join facts5 on facts5.id = population.id),
stage1 as (
  select z.*,
    ((z.m0 + z.m2))::numeric as x4
  from base z offset 0),
stage2 as (
  select z.*,
    round(round($4::numeric * z.m3 + $15::numeric, 12), 2) as r0,
    round(round($4::numeric * z.m4 + $15::numeric, 12), 2) as r1,
    round(round($17::numeric * z.m5 + $15::numeric, 12), 2) as r2,
    round(round($4::numeric * z.m6 + $15::numeric, 12), 2) as r3,
    round(round($17::numeric * case when round((div((z.x4) * 1e30, nullif($37::numeric, 0)) * 1e-30), 12) > $4::numeric then $4::numeric else (div((z.x4) * 1e30, nullif($37::numeric, 0)) * 1e-30) end, 12), 2) as r4,
    round(round($17::numeric - $14::numeric * z.m1, 12), 2) as r5
  from stage1 z offset 0),
stage3 as (
  select z.*,
    case when z.r0 is not null then least(greatest(z.r0, $15::numeric), $17::numeric) else 0 end as p0,
    case when z.r1 is not null then least(greatest(z.r1, $15::numeric), $17::numeric) else 0 end as p1,
    case when z.r2 is not null then least(greatest(z.r2, $15::numeric), $17::numeric) else 0 end as p2,
    case when z.r3 is not null then least(greatest(z.r3, $15::numeric), $17::numeric) else 0 end as p3,
    case when z.r4 is not null then least(greatest(z.r4, $15::numeric), $17::numeric) else 0 end as p4,
    case when z.r5 is not null then least(greatest(z.r5, $15::numeric), $17::numeric) else 0 end as p5
  from stage2 z offset 0),
stage4 as (
  select z.*,
    ($15::numeric + (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0))) * $4::numeric as block_b0,
    ($15::numeric + (coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0))) * $4::numeric as block_b1
  from stage3 z offset 0),
stage5 as (
  select z.*,
    case when ($15::numeric + (coalesce(z.block_b0, 0) + coalesce(z.block_b1, 0))) is not null then greatest(round(round(($15::numeric + (coalesce(z.block_b0, 0) + coalesce(z.block_b1, 0))) + 0 - 0, 12), 2), $15::numeric) end as raw_total
  from stage4 z offset 0),
stage6 as (
  select z.*,
    null::int as grade0
  from stage5 z offset 0),
stage7 as (
  select z.*,
    z.grade0 as grade_no,
    null::numeric as place
  from stage6 z offset 0),
stage8 as (
  select z.*,
    coalesce('"' || trim_scale(round(z.m3, 12))::text || '"', 'null') as m3t,
    coalesce('"' || trim_scale(round(z.m3v0, 12))::text || '"', 'null') as m3v0t,
    coalesce('"' || trim_scale(round(z.m3v1, 12))::text || '"', 'null') as m3v1t,
    coalesce('"' || trim_scale(round(z.m3v2, 12))::text || '"', 'null') as m3v2t,
    coalesce('"' || trim_scale(round(z.m3v3, 12))::text || '"', 'null') as m3v3t,
    coalesce('"' || trim_scale(round(z.m4, 12))::text || '"', 'null') as m4t,
    coalesce('"' || trim_scale(round(z.m4v0, 12))::text || '"', 'null') as m4v0t,
    coalesce('"' || trim_scale(round(z.m4v1, 12))::text || '"', 'null') as m4v1t,
    coalesce('"' || trim_scale(round(z.m4v2, 12))::text || '"', 'null') as m4v2t,
    coalesce('"' || trim_scale(round(z.m4v3, 12))::text || '"', 'null') as m4v3t,
    coalesce('"' || trim_scale(round(z.m4v4, 12))::text || '"', 'null') as m4v4t,
    coalesce('"' || trim_scale(round(z.m4v5, 12))::text || '"', 'null') as m4v5t,
    coalesce('"' || trim_scale(round(z.m4v6, 12))::text || '"', 'null') as m4v6t,
    coalesce('"' || trim_scale(round(z.m4v7, 12))::text || '"', 'null') as m4v7t,
    coalesce('"' || trim_scale(round(z.m4v8, 12))::text || '"', 'null') as m4v8t,
    coalesce('"' || trim_scale(round(z.m5, 12))::text || '"', 'null') as m5t,
    coalesce('"' || trim_scale(round(z.m5v0, 12))::text || '"', 'null') as m5v0t,
    coalesce('"' || trim_scale(round(z.m5v1, 12))::text || '"', 'null') as m5v1t,
    coalesce('"' || trim_scale(round(z.m5v2, 12))::text || '"', 'null') as m5v2t,
    coalesce('"' || trim_scale(round(z.m5v3, 12))::text || '"', 'null') as m5v3t,
    coalesce('"' || trim_scale(round(z.m5v4, 12))::text || '"', 'null') as m5v4t,
    coalesce('"' || trim_scale(round(z.m5v5, 12))::text || '"', 'null') as m5v5t,
    coalesce('"' || trim_scale(round(z.m5v6, 12))::text || '"', 'null') as m5v6t,
    coalesce('"' || trim_scale(round(z.m5v7, 12))::text || '"', 'null') as m5v7t,
    coalesce('"' || trim_scale(round(z.m5v8, 12))::text || '"', 'null') as m5v8t,
    coalesce('"' || trim_scale(round(z.m5v9, 12))::text || '"', 'null') as m5v9t,
    coalesce('"' || trim_scale(round(z.m5v10, 12))::text || '"', 'null') as m5v10t,
    coalesce('"' || trim_scale(round(z.m5v11, 12))::text || '"', 'null') as m5v11t,
    coalesce('"' || trim_scale(round(z.m5v12, 12))::text || '"', 'null') as m5v12t,
    coalesce('"' || trim_scale(round(z.m5v13, 12))::text || '"', 'null') as m5v13t,
    coalesce('"' || trim_scale(round(z.m5v14, 12))::text || '"', 'null') as m5v14t,
    coalesce('"' || trim_scale(round(z.m6, 12))::text || '"', 'null') as m6t,
    coalesce('"' || trim_scale(round(z.m6v0, 12))::text || '"', 'null') as m6v0t,
    coalesce('"' || trim_scale(round(z.m6v1, 12))::text || '"', 'null') as m6v1t,
    coalesce('"' || trim_scale(round(z.m6v2, 12))::text || '"', 'null') as m6v2t,
    coalesce('"' || trim_scale(round(z.m6v3, 12))::text || '"', 'null') as m6v3t,
    coalesce('"' || trim_scale(round(z.m0, 12))::text || '"', 'null') as m0t,
    coalesce('"' || trim_scale(round(z.m0v0, 12))::text || '"', 'null') as m0v0t,
    coalesce('"' || trim_scale(round(z.m0v1, 12))::text || '"', 'null') as m0v1t,
    coalesce('"' || trim_scale(round(z.m2, 12))::text || '"', 'null') as m2t,
    coalesce('"' || trim_scale(round(z.m1, 12))::text || '"', 'null') as m1t
  from stage7 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.raw_total)::text as total, ($44::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  '[]'::json as vetoes,
  format($45::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', nullif(concat_ws(',', format($46::text, trim_scale(z.p0), z.m3t, z.m3v0t, z.m3v1t, z.m3v2t, z.m3v3t, case when z.r0 is null then '"zero"' else 'null' end),
    format($47::text, trim_scale(z.p1), z.m4t, z.m4v0t, z.m4v1t, z.m4v2t, z.m4v3t, z.m4v4t, z.m4v5t, z.m4v6t, z.m4v7t, z.m4v8t, case when z.r1 is null then '"zero"' else 'null' end),
    format($48::text, trim_scale(z.p2), z.m5t, z.m5v0t, z.m5v1t, z.m5v2t, z.m5v3t, z.m5v4t, z.m5v5t, z.m5v6t, z.m5v7t, z.m5v8t, z.m5v9t, z.m5v10t, z.m5v11t, z.m5v12t, z.m5v13t, z.m5v14t, case when z.r2 is null then '"zero"' else 'null' end),
    format($49::text, trim_scale(z.p3), z.m6t, z.m6v0t, z.m6v1t, z.m6v2t, z.m6v3t, case when z.r3 is null then '"zero"' else 'null' end),
    format($50::text, trim_scale(z.p4), z.m0t, z.m0v0t, z.m0v1t, z.m2t, coalesce('"' || trim_scale(round(z.x4, 12))::text || '"', 'null'), case when z.r4 is null then '"zero"' else 'null' end),
    format($51::text, trim_scale(z.p5), z.m1t, case when z.r5 is null then '"zero"' else 'null' end)), '')) || ']') as items
from stage8 z
where z.id = any($2)
order by z.id::text collate "C";
-- $1 = 1
-- $2 = ["u1"]
-- $3 = "0.5"
-- $4 = "1"
-- $5 = "会议"
-- $6 = "2025-01-01T00:00:00Z"
-- $7 = "2024-01-01"
-- $8 = "2024-12-31"
-- $9 = ["5"]
-- $10 = "诫勉"
-- $11 = "轻处分"
-- $12 = "3"
-- $13 = "重处分"
-- $14 = "5"
-- $15 = "0"
-- $16 = "interview"
-- $17 = "10"
-- $18 = "joint"
-- $19 = "领导"
-- $20 = "群众"
-- $21 = ["领导","群众"]
-- $22 = "好"
-- $23 = "较好"
-- $24 = "0.8"
-- $25 = "一般"
-- $26 = "0.6"
-- $27 = "差"
-- $28 = "0.4"
-- $29 = "弃权"
-- $30 = null
-- $31 = ["q1","q2"]
-- $32 = "q1"
-- $33 = "代表"
-- $34 = "q2"
-- $35 = ["好","较好","一般","差","弃权"]
-- $36 = ["领导","代表"]
-- $37 = "4"
-- $38 = "0"
-- $39 = "党课"
-- $40 = 2
-- $41 = "60"
-- $42 = "40"
-- $43 = "30"
-- $44 = []
-- $45 = "{\"opinions\":%s,\"facts\":%s}"
-- $46 = "{\"id\":\"interview\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"rated.interview\":%s,\"rated.interview.marks\":%s,\"rated.interview.sum\":%s,\"rated.interview.counted\":%s,\"rated.interview.outside\":%s},\"missing\":%s}"
-- $47 = "{\"id\":\"joint\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"rated.joint\":%s,\"rated.joint.marks.领导\":%s,\"rated.joint.sum.领导\":%s,\"rated.joint.counted.领导\":%s,\"rated.joint.value.领导\":%s,\"rated.joint.marks.群众\":%s,\"rated.joint.sum.群众\":%s,\"rated.joint.counted.群众\":%s,\"rated.joint.value.群众\":%s,\"rated.joint.others\":%s},\"missing\":%s}"
-- $48 = "{\"id\":\"poll\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"ballot.poll\":%s,\"ballot.poll.q1.ballots.领导\":%s,\"ballot.poll.q1.sum.领导\":%s,\"ballot.poll.q1.value.领导\":%s,\"ballot.poll.q1.ballots.代表\":%s,\"ballot.poll.q1.sum.代表\":%s,\"ballot.poll.q1.value.代表\":%s,\"ballot.poll.q1.value\":%s,\"ballot.poll.q2.ballots.领导\":%s,\"ballot.poll.q2.sum.领导\":%s,\"ballot.poll.q2.value.领导\":%s,\"ballot.poll.q2.ballots.代表\":%s,\"ballot.poll.q2.sum.代表\":%s,\"ballot.poll.q2.value.代表\":%s,\"ballot.poll.q2.value\":%s,\"ballot.poll.unknown\":%s},\"missing\":%s}"
-- $49 = "{\"id\":\"branches\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"members.branches\":%s,\"members.branches.members\":%s,\"members.branches.counted\":%s,\"members.branches.without\":%s,\"members.branches.sum\":%s},\"missing\":%s}"
-- $50 = "{\"id\":\"met\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"meetings\":%s,\"meetings.rows\":%s,\"meetings.late\":%s,\"first_hours\":%s,\"x\":%s},\"missing\":%s}"
-- $51 = "{\"id\":\"punished\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"cases\":%s},\"missing\":%s}"

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

-- rows of cases
select o.rid::text as id, o.day::text as day, o.value::text as value from (select * from (select distinct on (q."c_case_key", case when q."c_case_key" is null then q.rid end) q.rid, q.day, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then (case (q."c_kind" = $5::text) when true then $6::numeric when false then $7::numeric end) end) end))::numeric as value from (select null::text as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $8::int and known_from <= $9::timestamptz) r where r.day between $10::date and $11::date) q where ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then (case (q."c_kind" = $5::text) when true then $6::numeric when false then $7::numeric end) end) end) is not null) order by q."c_case_key", case when q."c_case_key" is null then q.rid end, ((case (q."c_kind" = $1::text) when true then $2::numeric when false then (case (q."c_kind" = $3::text) when true then $4::numeric when false then (case (q."c_kind" = $5::text) when true then $6::numeric when false then $7::numeric end) end) end))::numeric desc, q.rid) c where c.value = any($12::numeric[])) o where o.rid > $13 order by o.rid limit $14::int;
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
-- $13 = "1"
-- $14 = 50
