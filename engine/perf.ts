import { Client } from 'pg'
import { startCluster } from '#server/kit/embedded.ts'
import { loadRubric, runSql, defaultContext, type Catalogue, type Source } from '#engine/index.ts'
import { formatDiagnostic } from '#base/errors.ts'
const kinds = Array.from({ length: 18 }, (_, i) => `k${i}`)
const rec = (k: string): Source => ({ name: `record.${k}`, label: k, relation: `(select * from record where tenant_id = {tenant} and kind = '${k}' and known_from <= {asOf} and known_until > {asOf})`, id: 'r.id', subjects: { unit: 'r.unit_id' }, when: 'r.happened_on', columns: [{ name: 'hours', label: '', type: 'decimal', sql: "(r.fields->>'hours')::numeric" }, { name: 'topic', label: '', type: 'string', sql: "r.fields->>'topic'" }, { name: 'present', label: '', type: 'int', sql: 'r.present' }] })
const catalogue: Catalogue = { sources: [{ name: 'unit', label: '', relation: '(select * from unit where tenant_id = {tenant})', id: 'r.id', subjects: { unit: 'r.id' }, when: null, columns: [{ name: 'name', label: '', type: 'string', sql: 'r.name' }, { name: 'class', label: '', type: 'string', sql: 'r.class' }, { name: 'staff', label: '', type: 'int', sql: 'r.staff' }] }, ...kinds.map(rec)] }
const rules = ['{kind: proportional, target: 6}', '{kind: shortfall, target: 6, lose: 0.5, step: whole}', "{kind: tiers, compare: '>=', table: [{bound: 6, points: 2.5}, {bound: 3, points: 1.5}], otherwise: 0}", '{kind: rank, best: high, peers: class, ties: min, points: [2.5, 2, 1.5], otherwise: 1}']
const inputs = (k: string, i: number) => [`{over: record.${k}}`, `{over: record.${k}, where: present > ${i}}`, `{over: record.${k}, sum: hours}`, `{over: record.${k}, where: topic == "t3"}`, `{over: record.${k}, share: {where: hours > 2}}`][i % 5]
const items = Array.from({ length: 44 }, (_, i) => `      - {id: i${i}, label: 项${i}, points: 2.5, input: ${inputs(kinds[i % 18] ?? '', i)}, rule: ${rules[i % 4]}}`)
const text = `
rubric: perf
version: 1
title: x
subject: unit
population: {source: unit, class: class}
period: {from: ${process.argv[2] ?? '2024-01-01'}, to: 2024-12-31}
defaults: {missing: zero, round: 2}
blocks:
${[0, 1, 2, 3].map((b) => `  - id: b${b}\n    label: 块\n    items:\n${items.slice(b * 11, b * 11 + 11).join('\n')}`).join('\n')}
total: {floor: 0, cap: none, round: 2}
grades: [{grade: a, from: 90}, {grade: b}]
rank: {peers: all, ties: min}
`
const loaded = loadRubric(text, 'p', catalogue)
if (!loaded.ok) { console.log(loaded.diagnostics.map(formatDiagnostic)); process.exit(1) }
const ctx = defaultContext(loaded.value, { tenant: 1, asOf: '2025-01-01T00:00:00Z' })
let t = performance.now()
const sql = runSql(loaded.value, catalogue, ctx)
console.log('compile', performance.now() - t, sql.text.length, sql.values.length)
const cluster = await startCluster({ dataDir: '/tmp/engine-pg' })
const db = new Client(cluster.url('postgres')); await db.connect()
try {
if (!(await db.query("select to_regclass('record') r")).rows[0].r) await db.query(`create table unit as select 1 tenant_id, gen_random_uuid() id, 'n'||i as name, 'c'||(i%3) as class, i%70+1 staff from generate_series(1,918) i;
create table record (tenant_id int, id uuid, kind text, unit_id uuid, happened_on date, known_from timestamptz, known_until timestamptz, present int, fields jsonb, primary key (tenant_id, id));
insert into record select 1, gen_random_uuid(), 'k'||(i%18), u.id, date '2019-07-01' + (i::bigint*7919 % 2010)::int, '2024-12-01'::timestamptz, 'infinity', i%30, jsonb_build_object('hours', (i%9)*0.5, 'topic', 't'||(i%7), 'note', 'xxxxxxxxxxxxxxxxxxxxxxxx') from generate_series(1,350000) i join (select id, row_number() over () - 1 n from unit) u on u.n = (i::bigint*31 % 918);
create index on record (tenant_id, kind, happened_on); analyze`)
for (let i = 0; i < 5; i++) { t = performance.now(); const r = await db.query({ name: 'q', text: sql.text, values: sql.values }); console.log('run', Math.round(performance.now() - t), r.rows.length, r.rows[0].total) }
if (process.argv[3]) console.log((await db.query('explain (analyze, costs off) ' + sql.text, sql.values)).rows.map((r) => r['QUERY PLAN']).filter((l, i, all) => /^  CTE|Time/.test(l) || /^  CTE/.test(all[i - 1] ?? '') || i < 3).map((l) => l.slice(0, 140)).join('\n'))
} finally { await db.end(); await cluster.stop() }
