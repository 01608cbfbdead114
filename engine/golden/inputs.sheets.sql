-- columns of a sheet: id string, name string, class string, parent string, m0 decimal, m0v0 decimal, m0v1 decimal, m1 decimal, m2 decimal, m3 decimal, m3v0 decimal, m3v1 decimal, m3v2 decimal, m3v3 decimal, m4 decimal, m4v0 decimal, m4v1 decimal, m4v2 decimal, m4v3 decimal, m4v4 decimal, m4v5 decimal, m4v6 decimal, m4v7 decimal, m4v8 decimal, m5 decimal, m5v0 decimal, m5v1 decimal, m5v2 decimal, m5v3 decimal, m5v4 decimal, m5v5 decimal, m5v6 decimal, m5v7 decimal, m5v8 decimal, m5v9 decimal, m5v10 decimal, m5v11 decimal, m5v12 decimal, m5v13 decimal, m5v14 decimal, m6 decimal, m6v0 decimal, m6v1 decimal, m6v2 decimal, m6v3 decimal

-- sheets
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
  left join facts5 on facts5.id = population.id)
select z.id::text as id, z.name::text as name, z.class::text as class, z.parent::text as parent, z.m0::text as m0, z.m0v0::text as m0v0, z.m0v1::text as m0v1, z.m1::text as m1, z.m2::text as m2, z.m3::text as m3, z.m3v0::text as m3v0, z.m3v1::text as m3v1, z.m3v2::text as m3v2, z.m3v3::text as m3v3, z.m4::text as m4, z.m4v0::text as m4v0, z.m4v1::text as m4v1, z.m4v2::text as m4v2, z.m4v3::text as m4v3, z.m4v4::text as m4v4, z.m4v5::text as m4v5, z.m4v6::text as m4v6, z.m4v7::text as m4v7, z.m4v8::text as m4v8, z.m5::text as m5, z.m5v0::text as m5v0, z.m5v1::text as m5v1, z.m5v2::text as m5v2, z.m5v3::text as m5v3, z.m5v4::text as m5v4, z.m5v5::text as m5v5, z.m5v6::text as m5v6, z.m5v7::text as m5v7, z.m5v8::text as m5v8, z.m5v9::text as m5v9, z.m5v10::text as m5v10, z.m5v11::text as m5v11, z.m5v12::text as m5v12, z.m5v13::text as m5v13, z.m5v14::text as m5v14, z.m6::text as m6, z.m6v0::text as m6v0, z.m6v1::text as m6v1, z.m6v2::text as m6v2, z.m6v3::text as m6v3 from base z order by z.id::text collate "C";
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

-- nothing reads nothing

-- what reads event, of one subject
with facts1 as materialized (
  select q.s as id, (sum((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end)) filter (where (q."c_kind" = $3::text)))::numeric as m0n, (count((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end)) filter (where (q."c_kind" = $3::text)))::numeric as m0r, (count((case ((q."c_late" is not null) and q."c_late") when true then $1::numeric when false then $2::numeric end)) filter (where (q."c_kind" = $3::text) and ((q."c_late" is not null) and q."c_late")))::numeric as m0l from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.late as "c_late" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null and (q."c_kind" = $3::text) group by q.s),
facts2 as materialized (
  select g.id, (count(*) filter (where g.m1 = any($9::numeric[])))::numeric as m1n, sum(g.m2) as m2n from (select q.s as id, max(((case (q."c_kind" = $10::text) when true then $2::numeric when false then (case (q."c_kind" = $11::text) when true then $12::numeric when false then (case (q."c_kind" = $13::text) when true then $14::numeric when false then $15::numeric end) end) end))::numeric) as m1, (array_agg((q."c_hours")::numeric order by q.day, q.rid) filter (where (q."c_hours")::numeric is not null))[1] as m2 from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.hours as "c_hours", r.case_key as "c_case_key" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null group by q.s, q."c_case_key", case when q."c_case_key" is null then q.rid end) g group by g.id),
facts3 as materialized (
  select m.id, sum(m.p) as m6s, count(m.p)::numeric as m6d, count(*)::numeric as m6t, (count(*) filter (where m.raw is null))::numeric as m6w
    from (select i.*, case when i.raw is null then 0 else least(greatest(i.raw, $15::numeric), $16::numeric) end as p
    from (select h.*, round(round($16::numeric * case when round((div((h.x) * 1e30, nullif($17::numeric, 0)) * 1e-30), 12) > $2::numeric then $2::numeric else (div((h.x) * 1e30, nullif($17::numeric, 0)) * 1e-30) end, 12), 12) as raw
      from (select e.*, coalesce(f.xn, 0) as x from (select distinct on (q.s, q."c_key") q.s as id, q."c_key" as k, q.rid, q.day from (select r.unit_id as s, r.id as rid, null::date as day, r.key as "c_key", r.size as "c_size" from (select * from branch where tenant_id = $4::int) r where r.unit_id = any($8)) q where q.s is not null and q."c_key" is not null and (q."c_size" > $18::bigint) order by q.s, q."c_key", q.rid) e left join (select q.s as id, q."c_case_key" as k, (count(*) filter (where (q."c_kind" = $19::text)))::numeric as xn from (select r.unit_id as s, r.id as rid, r.day as day, r.kind as "c_kind", r.case_key as "c_case_key" from (select * from event where tenant_id = $4::int and known_from <= $5::timestamptz) r where r.day between $6::date and $7::date and r.unit_id = any($8)) q where q.s is not null and q."c_case_key" is not null and (q."c_kind" = $19::text) group by q.s, q."c_case_key") f on f.id = e.id and f.k = e.k) h) i) m group by m.id),
population as (select unnest($8) as id)
select z.id::text as id, z.m0::text as m0, z.m0v0::text as m0v0, z.m0v1::text as m0v1, z.m1::text as m1, z.m2::text as m2, z.m6::text as m6, z.m6v0::text as m6v0, z.m6v1::text as m6v1, z.m6v2::text as m6v2, z.m6v3::text as m6v3 from (select population.*,
    coalesce(facts1.m0n, 0) as m0,
    coalesce(facts1.m0r, 0) as m0v0,
    coalesce(facts1.m0l, 0) as m0v1,
    coalesce(facts2.m1n, 0) as m1,
    coalesce(facts2.m2n, 0) as m2,
    (div((facts3.m6s) * 1e30, nullif(facts3.m6d, 0)) * 1e-30) as m6,
    coalesce(facts3.m6t, 0) as m6v0,
    coalesce(facts3.m6d, 0) as m6v1,
    coalesce(facts3.m6w, 0) as m6v2,
    facts3.m6s as m6v3
  from population
  left join facts1 on facts1.id = population.id
  left join facts2 on facts2.id = population.id
  left join facts3 on facts3.id = population.id) z;
-- $1 = "0.5"
-- $2 = "1"
-- $3 = "会议"
-- $4 = 1
-- $5 = "2025-01-01T00:00:00Z"
-- $6 = "2024-01-01"
-- $7 = "2024-12-31"
-- $8 = ["u1"]
-- $9 = ["5"]
-- $10 = "诫勉"
-- $11 = "轻处分"
-- $12 = "3"
-- $13 = "重处分"
-- $14 = "5"
-- $15 = "0"
-- $16 = "10"
-- $17 = "4"
-- $18 = "0"
-- $19 = "党课"

-- what reads mark, of one subject
with facts1 as materialized (
  select q.s as id, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $1::text) and (((q."c_value" is not null) and (q."c_value" >= $2::numeric)) and (q."c_value" <= $3::numeric))) as m3s0, (count(*) filter (where (q."c_item" = $1::text) and (((q."c_value" is not null) and (q."c_value" >= $2::numeric)) and (q."c_value" <= $3::numeric))))::numeric as m3d0, (count(*) filter (where (q."c_item" = $1::text) and ((q."c_value" is not null) and (not (((q."c_value" is not null) and (q."c_value" >= $2::numeric)) and (q."c_value" <= $3::numeric))))))::numeric as m3o0, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $4::text) and ((q."c_value" is not null) and (q."c_group" = $5::text))) as m4s0, (count(*) filter (where (q."c_item" = $4::text) and ((q."c_value" is not null) and (q."c_group" = $5::text))))::numeric as m4d0, array_agg(q."c_value" order by q."c_value") filter (where (q."c_item" = $4::text) and ((q."c_value" is not null) and (q."c_group" = $6::text))) as m4s1, (count(*) filter (where (q."c_item" = $4::text) and ((q."c_value" is not null) and (q."c_group" = $6::text))))::numeric as m4d1, (count(*) filter (where (q."c_item" = $4::text) and ((q."c_value" is not null) and (not ((q."c_group" is not null) and (q."c_group" = any($7::text[])))))))::numeric as m4o0 from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.value as "c_value", r."group" as "c_group" from (select * from mark where tenant_id = $8::int) r where r.day between $9::date and $10::date and r.unit_id = any($11)) q where q.s is not null and ((q."c_item" = $1::text) or (q."c_item" = $4::text)) group by q.s),
population as (select unnest($11) as id)
select z.id::text as id, z.m3::text as m3, z.m3v0::text as m3v0, z.m3v1::text as m3v1, z.m3v2::text as m3v2, z.m3v3::text as m3v3, z.m4::text as m4, z.m4v0::text as m4v0, z.m4v1::text as m4v1, z.m4v2::text as m4v2, z.m4v3::text as m4v3, z.m4v4::text as m4v4, z.m4v5::text as m4v5, z.m4v6::text as m4v6, z.m4v7::text as m4v7, z.m4v8::text as m4v8 from (select population.*,
    case when coalesce(facts1.m3d0, 0) >= $12::numeric then (div((case when cardinality(facts1.m3s0) >= 5 then (select sum(u) from unnest(facts1.m3s0[3:cardinality(facts1.m3s0) - 2]) u) else (select sum(u) from unnest(facts1.m3s0[1:cardinality(facts1.m3s0)]) u) end) * 1e30, nullif(case when cardinality(facts1.m3s0) >= 5 then cardinality(facts1.m3s0) - 4 else cardinality(facts1.m3s0) end::numeric, 0)) * 1e-30) end as m3,
    coalesce(facts1.m3d0, 0) as m3v0,
    case when cardinality(facts1.m3s0) >= 5 then (select sum(u) from unnest(facts1.m3s0[3:cardinality(facts1.m3s0) - 2]) u) else (select sum(u) from unnest(facts1.m3s0[1:cardinality(facts1.m3s0)]) u) end as m3v1,
    coalesce(case when cardinality(facts1.m3s0) >= 5 then cardinality(facts1.m3s0) - 4 else cardinality(facts1.m3s0) end::numeric, 0) as m3v2,
    coalesce(facts1.m3o0, 0) as m3v3,
    (div((coalesce($13::numeric * (div(((select sum(u) from unnest(facts1.m4s0[(cardinality(facts1.m4s0) + 1) / 2:cardinality(facts1.m4s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts1.m4s0) % 2)::numeric, 0)) * 1e-30), 0) + coalesce($14::numeric * (div(((select sum(u) from unnest(facts1.m4s1[(cardinality(facts1.m4s1) + 1) / 2:cardinality(facts1.m4s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts1.m4s1) % 2)::numeric, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div(((select sum(u) from unnest(facts1.m4s0[(cardinality(facts1.m4s0) + 1) / 2:cardinality(facts1.m4s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts1.m4s0) % 2)::numeric, 0)) * 1e-30) is not null then $13::numeric else 0 end + case when (div(((select sum(u) from unnest(facts1.m4s1[(cardinality(facts1.m4s1) + 1) / 2:cardinality(facts1.m4s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts1.m4s1) % 2)::numeric, 0)) * 1e-30) is not null then $14::numeric else 0 end, 0)) * 1e-30) as m4,
    coalesce(facts1.m4d0, 0) as m4v0,
    (select sum(u) from unnest(facts1.m4s0[(cardinality(facts1.m4s0) + 1) / 2:cardinality(facts1.m4s0) / 2 + 1]) u) as m4v1,
    coalesce((2 - cardinality(facts1.m4s0) % 2)::numeric, 0) as m4v2,
    (div(((select sum(u) from unnest(facts1.m4s0[(cardinality(facts1.m4s0) + 1) / 2:cardinality(facts1.m4s0) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts1.m4s0) % 2)::numeric, 0)) * 1e-30) as m4v3,
    coalesce(facts1.m4d1, 0) as m4v4,
    (select sum(u) from unnest(facts1.m4s1[(cardinality(facts1.m4s1) + 1) / 2:cardinality(facts1.m4s1) / 2 + 1]) u) as m4v5,
    coalesce((2 - cardinality(facts1.m4s1) % 2)::numeric, 0) as m4v6,
    (div(((select sum(u) from unnest(facts1.m4s1[(cardinality(facts1.m4s1) + 1) / 2:cardinality(facts1.m4s1) / 2 + 1]) u)) * 1e30, nullif((2 - cardinality(facts1.m4s1) % 2)::numeric, 0)) * 1e-30) as m4v7,
    coalesce(facts1.m4o0, 0) as m4v8
  from population
  left join facts1 on facts1.id = population.id) z;
-- $1 = "interview"
-- $2 = "0"
-- $3 = "10"
-- $4 = "joint"
-- $5 = "领导"
-- $6 = "群众"
-- $7 = ["领导","群众"]
-- $8 = 1
-- $9 = "2024-01-01"
-- $10 = "2024-12-31"
-- $11 = ["u1"]
-- $12 = 2
-- $13 = "60"
-- $14 = "40"

-- what reads ballot, of one subject
with facts1 as materialized (
  select q.s as id, (sum(((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($11::text[])) and (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $12::text)) and (q."c_category" = $13::text))))::numeric as m5s0, (sum(q."c_count") filter (where (q."c_item" = any($11::text[])) and (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $12::text)) and (q."c_category" = $13::text))))::numeric as m5d0, (sum(((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($11::text[])) and (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $12::text)) and (q."c_category" = $14::text))))::numeric as m5s1, (sum(q."c_count") filter (where (q."c_item" = any($11::text[])) and (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $12::text)) and (q."c_category" = $14::text))))::numeric as m5d1, (sum(((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($11::text[])) and (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $15::text)) and (q."c_category" = $13::text))))::numeric as m5s2, (sum(q."c_count") filter (where (q."c_item" = any($11::text[])) and (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $15::text)) and (q."c_category" = $13::text))))::numeric as m5d2, (sum(((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) * q."c_count"::numeric)) filter (where (q."c_item" = any($11::text[])) and (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $15::text)) and (q."c_category" = $14::text))))::numeric as m5s3, (sum(q."c_count") filter (where (q."c_item" = any($11::text[])) and (((((case (q."c_choice" = $1::text) when true then $2::numeric when false then (case (q."c_choice" = $3::text) when true then $4::numeric when false then (case (q."c_choice" = $5::text) when true then $6::numeric when false then (case (q."c_choice" = $7::text) when true then $8::numeric when false then (case (q."c_choice" = $9::text) when true then $10::numeric when false then $10::numeric end) end) end) end) end) is not null) and (q."c_count" is not null)) and (q."c_item" = $15::text)) and (q."c_category" = $14::text))))::numeric as m5d3, (sum(q."c_count") filter (where (q."c_item" = any($11::text[])) and (not (((q."c_choice" is not null) and (q."c_choice" = any($16::text[]))) and ((q."c_category" is not null) and (q."c_category" = any($17::text[])))))))::numeric as m5o0 from (select r.unit_id as s, r.id as rid, r.day as day, r.item as "c_item", r.choice as "c_choice", r.category as "c_category", r.count as "c_count" from (select * from ballot where tenant_id = $18::int) r where r.day between $19::date and $20::date and r.unit_id = any($21)) q where q.s is not null and (q."c_item" = any($11::text[])) group by q.s),
population as (select unnest($21) as id)
select z.id::text as id, z.m5::text as m5, z.m5v0::text as m5v0, z.m5v1::text as m5v1, z.m5v2::text as m5v2, z.m5v3::text as m5v3, z.m5v4::text as m5v4, z.m5v5::text as m5v5, z.m5v6::text as m5v6, z.m5v7::text as m5v7, z.m5v8::text as m5v8, z.m5v9::text as m5v9, z.m5v10::text as m5v10, z.m5v11::text as m5v11, z.m5v12::text as m5v12, z.m5v13::text as m5v13, z.m5v14::text as m5v14 from (select population.*,
    (div((coalesce($2::numeric * (div((coalesce($22::numeric * case when facts1.m5d0 >= 5 then (div((facts1.m5s0) * 1e30, nullif(facts1.m5d0, 0)) * 1e-30) end, 0) + coalesce($23::numeric * case when facts1.m5d1 >= 5 then (div((facts1.m5s1) * 1e30, nullif(facts1.m5d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts1.m5d0 >= 5 then (div((facts1.m5s0) * 1e30, nullif(facts1.m5d0, 0)) * 1e-30) end is not null then $22::numeric else 0 end + case when case when facts1.m5d1 >= 5 then (div((facts1.m5s1) * 1e30, nullif(facts1.m5d1, 0)) * 1e-30) end is not null then $23::numeric else 0 end, 0)) * 1e-30), 0) + coalesce($2::numeric * (div((coalesce($22::numeric * case when facts1.m5d2 >= 5 then (div((facts1.m5s2) * 1e30, nullif(facts1.m5d2, 0)) * 1e-30) end, 0) + coalesce($23::numeric * case when facts1.m5d3 >= 5 then (div((facts1.m5s3) * 1e30, nullif(facts1.m5d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts1.m5d2 >= 5 then (div((facts1.m5s2) * 1e30, nullif(facts1.m5d2, 0)) * 1e-30) end is not null then $22::numeric else 0 end + case when case when facts1.m5d3 >= 5 then (div((facts1.m5s3) * 1e30, nullif(facts1.m5d3, 0)) * 1e-30) end is not null then $23::numeric else 0 end, 0)) * 1e-30), 0)) * 1e30, nullif(case when (div((coalesce($22::numeric * case when facts1.m5d0 >= 5 then (div((facts1.m5s0) * 1e30, nullif(facts1.m5d0, 0)) * 1e-30) end, 0) + coalesce($23::numeric * case when facts1.m5d1 >= 5 then (div((facts1.m5s1) * 1e30, nullif(facts1.m5d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts1.m5d0 >= 5 then (div((facts1.m5s0) * 1e30, nullif(facts1.m5d0, 0)) * 1e-30) end is not null then $22::numeric else 0 end + case when case when facts1.m5d1 >= 5 then (div((facts1.m5s1) * 1e30, nullif(facts1.m5d1, 0)) * 1e-30) end is not null then $23::numeric else 0 end, 0)) * 1e-30) is not null then $2::numeric else 0 end + case when (div((coalesce($22::numeric * case when facts1.m5d2 >= 5 then (div((facts1.m5s2) * 1e30, nullif(facts1.m5d2, 0)) * 1e-30) end, 0) + coalesce($23::numeric * case when facts1.m5d3 >= 5 then (div((facts1.m5s3) * 1e30, nullif(facts1.m5d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts1.m5d2 >= 5 then (div((facts1.m5s2) * 1e30, nullif(facts1.m5d2, 0)) * 1e-30) end is not null then $22::numeric else 0 end + case when case when facts1.m5d3 >= 5 then (div((facts1.m5s3) * 1e30, nullif(facts1.m5d3, 0)) * 1e-30) end is not null then $23::numeric else 0 end, 0)) * 1e-30) is not null then $2::numeric else 0 end, 0)) * 1e-30) as m5,
    coalesce(facts1.m5d0, 0) as m5v0,
    facts1.m5s0 as m5v1,
    case when facts1.m5d0 >= 5 then (div((facts1.m5s0) * 1e30, nullif(facts1.m5d0, 0)) * 1e-30) end as m5v2,
    coalesce(facts1.m5d1, 0) as m5v3,
    facts1.m5s1 as m5v4,
    case when facts1.m5d1 >= 5 then (div((facts1.m5s1) * 1e30, nullif(facts1.m5d1, 0)) * 1e-30) end as m5v5,
    (div((coalesce($22::numeric * case when facts1.m5d0 >= 5 then (div((facts1.m5s0) * 1e30, nullif(facts1.m5d0, 0)) * 1e-30) end, 0) + coalesce($23::numeric * case when facts1.m5d1 >= 5 then (div((facts1.m5s1) * 1e30, nullif(facts1.m5d1, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts1.m5d0 >= 5 then (div((facts1.m5s0) * 1e30, nullif(facts1.m5d0, 0)) * 1e-30) end is not null then $22::numeric else 0 end + case when case when facts1.m5d1 >= 5 then (div((facts1.m5s1) * 1e30, nullif(facts1.m5d1, 0)) * 1e-30) end is not null then $23::numeric else 0 end, 0)) * 1e-30) as m5v6,
    coalesce(facts1.m5d2, 0) as m5v7,
    facts1.m5s2 as m5v8,
    case when facts1.m5d2 >= 5 then (div((facts1.m5s2) * 1e30, nullif(facts1.m5d2, 0)) * 1e-30) end as m5v9,
    coalesce(facts1.m5d3, 0) as m5v10,
    facts1.m5s3 as m5v11,
    case when facts1.m5d3 >= 5 then (div((facts1.m5s3) * 1e30, nullif(facts1.m5d3, 0)) * 1e-30) end as m5v12,
    (div((coalesce($22::numeric * case when facts1.m5d2 >= 5 then (div((facts1.m5s2) * 1e30, nullif(facts1.m5d2, 0)) * 1e-30) end, 0) + coalesce($23::numeric * case when facts1.m5d3 >= 5 then (div((facts1.m5s3) * 1e30, nullif(facts1.m5d3, 0)) * 1e-30) end, 0)) * 1e30, nullif(case when case when facts1.m5d2 >= 5 then (div((facts1.m5s2) * 1e30, nullif(facts1.m5d2, 0)) * 1e-30) end is not null then $22::numeric else 0 end + case when case when facts1.m5d3 >= 5 then (div((facts1.m5s3) * 1e30, nullif(facts1.m5d3, 0)) * 1e-30) end is not null then $23::numeric else 0 end, 0)) * 1e-30) as m5v13,
    coalesce(facts1.m5o0, 0) as m5v14
  from population
  left join facts1 on facts1.id = population.id) z;
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
-- $11 = ["q1","q2"]
-- $12 = "q1"
-- $13 = "领导"
-- $14 = "代表"
-- $15 = "q2"
-- $16 = ["好","较好","一般","差","弃权"]
-- $17 = ["领导","代表"]
-- $18 = 1
-- $19 = "2024-01-01"
-- $20 = "2024-12-31"
-- $21 = ["u1"]
-- $22 = "40"
-- $23 = "30"

-- what is settled of a sheet
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as m0, c.c5 as m0v0, c.c6 as m0v1, c.c7 as m1, c.c8 as m2, c.c9 as m3, c.c10 as m3v0, c.c11 as m3v1, c.c12 as m3v2, c.c13 as m3v3, c.c14 as m4, c.c15 as m4v0, c.c16 as m4v1, c.c17 as m4v2, c.c18 as m4v3, c.c19 as m4v4, c.c20 as m4v5, c.c21 as m4v6, c.c22 as m4v7, c.c23 as m4v8, c.c24 as m5, c.c25 as m5v0, c.c26 as m5v1, c.c27 as m5v2, c.c28 as m5v3, c.c29 as m5v4, c.c30 as m5v5, c.c31 as m5v6, c.c32 as m5v7, c.c33 as m5v8, c.c34 as m5v9, c.c35 as m5v10, c.c36 as m5v11, c.c37 as m5v12, c.c38 as m5v13, c.c39 as m5v14, c.c40 as m6, c.c41 as m6v0, c.c42 as m6v1, c.c43 as m6v2, c.c44 as m6v3 from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[], $13::numeric[], $14::numeric[], $15::numeric[], $16::numeric[], $17::numeric[], $18::numeric[], $19::numeric[], $20::numeric[], $21::numeric[], $22::numeric[], $23::numeric[], $24::numeric[], $25::numeric[], $26::numeric[], $27::numeric[], $28::numeric[], $29::numeric[], $30::numeric[], $31::numeric[], $32::numeric[], $33::numeric[], $34::numeric[], $35::numeric[], $36::numeric[], $37::numeric[], $38::numeric[], $39::numeric[], $40::numeric[], $41::numeric[], $42::numeric[], $43::numeric[], $44::numeric[], $45::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30, c31, c32, c33, c34, c35, c36, c37, c38, c39, c40, c41, c42, c43, c44)),
stage1 as (
  select z.*,
    ((z.m0 + z.m2))::numeric as x4
  from base z offset 0),
stage2 as (
  select z.*,
    round(round($46::numeric * z.m3 + $47::numeric, 12), 2) as r0,
    round(round($46::numeric * z.m4 + $47::numeric, 12), 2) as r1,
    round(round($48::numeric * z.m5 + $47::numeric, 12), 2) as r2,
    round(round($46::numeric * z.m6 + $47::numeric, 12), 2) as r3,
    round(round($48::numeric * case when round((div((z.x4) * 1e30, nullif($49::numeric, 0)) * 1e-30), 12) > $46::numeric then $46::numeric else (div((z.x4) * 1e30, nullif($49::numeric, 0)) * 1e-30) end, 12), 2) as r4,
    round(round($48::numeric - $50::numeric * z.m1, 12), 2) as r5
  from stage1 z offset 0),
stage3 as (
  select z.*,
    case when z.r0 is not null then least(greatest(z.r0, $47::numeric), $48::numeric) else 0 end as p0,
    case when z.r1 is not null then least(greatest(z.r1, $47::numeric), $48::numeric) else 0 end as p1,
    case when z.r2 is not null then least(greatest(z.r2, $47::numeric), $48::numeric) else 0 end as p2,
    case when z.r3 is not null then least(greatest(z.r3, $47::numeric), $48::numeric) else 0 end as p3,
    case when z.r4 is not null then least(greatest(z.r4, $47::numeric), $48::numeric) else 0 end as p4,
    case when z.r5 is not null then least(greatest(z.r5, $47::numeric), $48::numeric) else 0 end as p5
  from stage2 z offset 0),
stage4 as (
  select z.*,
    ($47::numeric + (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0))) * $46::numeric as block_b0,
    ($47::numeric + (coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0))) * $46::numeric as block_b1
  from stage3 z offset 0),
stage5 as (
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
  from stage4 z offset 0)
select z.id::text as id, z.name::text as name, z.class::text as class, z.parent::text as parent, z.p0::text as p0, z.p1::text as p1, z.p2::text as p2, z.p3::text as p3, z.p4::text as p4, z.p5::text as p5, '[' || concat_ws(',', nullif(concat_ws(',', format($51::text, trim_scale(z.p0), z.m3t, z.m3v0t, z.m3v1t, z.m3v2t, z.m3v3t, case when z.r0 is null then '"zero"' else 'null' end),
    format($52::text, trim_scale(z.p1), z.m4t, z.m4v0t, z.m4v1t, z.m4v2t, z.m4v3t, z.m4v4t, z.m4v5t, z.m4v6t, z.m4v7t, z.m4v8t, case when z.r1 is null then '"zero"' else 'null' end),
    format($53::text, trim_scale(z.p2), z.m5t, z.m5v0t, z.m5v1t, z.m5v2t, z.m5v3t, z.m5v4t, z.m5v5t, z.m5v6t, z.m5v7t, z.m5v8t, z.m5v9t, z.m5v10t, z.m5v11t, z.m5v12t, z.m5v13t, z.m5v14t, case when z.r2 is null then '"zero"' else 'null' end),
    format($54::text, trim_scale(z.p3), z.m6t, z.m6v0t, z.m6v1t, z.m6v2t, z.m6v3t, case when z.r3 is null then '"zero"' else 'null' end),
    format($55::text, trim_scale(z.p4), z.m0t, z.m0v0t, z.m0v1t, z.m2t, coalesce('"' || trim_scale(round(z.x4, 12))::text || '"', 'null'), case when z.r4 is null then '"zero"' else 'null' end),
    format($56::text, trim_scale(z.p5), z.m1t, case when z.r5 is null then '"zero"' else 'null' end)), '')) || ']' as items
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
-- $23 = "{NULL}"
-- $24 = "{NULL}"
-- $25 = "{NULL}"
-- $26 = "{NULL}"
-- $27 = "{NULL}"
-- $28 = "{NULL}"
-- $29 = "{NULL}"
-- $30 = "{NULL}"
-- $31 = "{NULL}"
-- $32 = "{NULL}"
-- $33 = "{NULL}"
-- $34 = "{NULL}"
-- $35 = "{NULL}"
-- $36 = "{NULL}"
-- $37 = "{NULL}"
-- $38 = "{NULL}"
-- $39 = "{NULL}"
-- $40 = "{NULL}"
-- $41 = "{NULL}"
-- $42 = "{NULL}"
-- $43 = "{NULL}"
-- $44 = "{NULL}"
-- $45 = "{NULL}"
-- $46 = "1"
-- $47 = "0"
-- $48 = "10"
-- $49 = "4"
-- $50 = "5"
-- $51 = "{\"id\":\"interview\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"rated.interview\":%s,\"rated.interview.marks\":%s,\"rated.interview.sum\":%s,\"rated.interview.counted\":%s,\"rated.interview.outside\":%s},\"missing\":%s}"
-- $52 = "{\"id\":\"joint\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"rated.joint\":%s,\"rated.joint.marks.领导\":%s,\"rated.joint.sum.领导\":%s,\"rated.joint.counted.领导\":%s,\"rated.joint.value.领导\":%s,\"rated.joint.marks.群众\":%s,\"rated.joint.sum.群众\":%s,\"rated.joint.counted.群众\":%s,\"rated.joint.value.群众\":%s,\"rated.joint.others\":%s},\"missing\":%s}"
-- $53 = "{\"id\":\"poll\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"ballot.poll\":%s,\"ballot.poll.q1.ballots.领导\":%s,\"ballot.poll.q1.sum.领导\":%s,\"ballot.poll.q1.value.领导\":%s,\"ballot.poll.q1.ballots.代表\":%s,\"ballot.poll.q1.sum.代表\":%s,\"ballot.poll.q1.value.代表\":%s,\"ballot.poll.q1.value\":%s,\"ballot.poll.q2.ballots.领导\":%s,\"ballot.poll.q2.sum.领导\":%s,\"ballot.poll.q2.value.领导\":%s,\"ballot.poll.q2.ballots.代表\":%s,\"ballot.poll.q2.sum.代表\":%s,\"ballot.poll.q2.value.代表\":%s,\"ballot.poll.q2.value\":%s,\"ballot.poll.unknown\":%s},\"missing\":%s}"
-- $54 = "{\"id\":\"branches\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"members.branches\":%s,\"members.branches.members\":%s,\"members.branches.counted\":%s,\"members.branches.without\":%s,\"members.branches.sum\":%s},\"missing\":%s}"
-- $55 = "{\"id\":\"met\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"meetings\":%s,\"meetings.rows\":%s,\"meetings.late\":%s,\"first_hours\":%s,\"x\":%s},\"missing\":%s}"
-- $56 = "{\"id\":\"punished\",\"max\":\"10\",\"points\":\"%s\",\"inputs\":{\"cases\":%s},\"missing\":%s}"

-- scores of what is settled
with base as materialized (
  select c.c0 as id, c.c1 as name, c.c2 as class, c.c3 as parent, c.c4 as p0, c.c5 as p1, c.c6 as p2, c.c7 as p3, c.c8 as p4, c.c9 as p5 from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[]) c (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9)),
stage1 as (
  select z.*,
    ($11::numeric + (coalesce(z.p0, 0) + coalesce(z.p1, 0) + coalesce(z.p2, 0))) * $12::numeric as block_b0,
    ($11::numeric + (coalesce(z.p3, 0) + coalesce(z.p4, 0) + coalesce(z.p5, 0))) * $12::numeric as block_b1
  from base z offset 0),
stage2 as (
  select z.*,
    case when ($11::numeric + (coalesce(z.block_b0, 0) + coalesce(z.block_b1, 0))) is not null then greatest(round(round(($11::numeric + (coalesce(z.block_b0, 0) + coalesce(z.block_b1, 0))) + 0 - 0, 12), 2), $11::numeric) end as raw_total
  from stage1 z offset 0),
stage3 as (
  select z.*,
    null::int as grade0
  from stage2 z offset 0),
stage4 as (
  select z.*,
    z.grade0 as grade_no,
    case when (true and z.raw_total is not null) then (rank() over (partition by (true and z.raw_total is not null) order by z.raw_total desc))::numeric end as place
  from stage3 z offset 0)
select z.id::text as id, z.name, z.class, z.parent, trim_scale(z.raw_total)::text as total, ($13::text[])[z.grade_no] as grade, trim_scale(z.place)::text as rank,
  '[]'::json as vetoes,
  format($14::text, coalesce('"' || trim_scale(round(z.block_b0, 12))::text || '"', 'null'), coalesce('"' || trim_scale(round(z.block_b1, 12))::text || '"', 'null'))::json as blocks,
  ('[' || concat_ws(',', null) || ']') as items
from stage4 z
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
-- $11 = "0"
-- $12 = "1"
-- $13 = []
-- $14 = "{\"opinions\":%s,\"facts\":%s}"
