import { Client } from 'pg'
import { startCluster } from '#server/kit/embedded.ts'
import { loadRubric, runSql, figureSql, rowsSql, itemRowsSql, defaultContext, type Catalogue } from '#engine/index.ts'
import { formatDiagnostic } from '#base/errors.ts'
const catalogue: Catalogue = { sources: [
 { name: 'unit', label: '单位', relation: '(select * from unit where tenant_id = {tenant})', id: 'r.id', subjects: { unit: 'r.id' }, when: null, columns: [
   { name: 'name', label: '名称', type: 'string', sql: 'r.name' }, { name: 'class', label: '类', type: 'string', sql: 'r.class' }, { name: 'parent', label: '上级', type: 'string', sql: 'r.parent' }, { name: 'staff', label: '人数', type: 'int', sql: 'r.staff' }] },
 { name: 'meeting', label: '会议', relation: '(select * from meeting where tenant_id = {tenant} and known_from <= {asOf})', id: 'r.id', subjects: { unit: 'r.unit_id' }, when: 'r.held_on', columns: [
   { name: 'kind', label: '类', type: 'string', sql: 'r.kind' }, { name: 'present', label: '到', type: 'int', sql: 'r.present' }, { name: 'hours', label: '时', type: 'decimal', sql: 'r.hours' }, { name: 'case_id', label: '案', type: 'string', sql: 'r.case_id' }] },
 { name: 'mark', label: '评分', relation: '(select * from mark where tenant_id = {tenant})', id: 'r.id', subjects: { unit: 'r.unit_id' }, when: 'r.at', columns: [
   { name: 'item', label: '', type: 'string', sql: 'r.item' }, { name: 'value', label: '', type: 'decimal', sql: 'r.value' }, { name: 'by', label: '', type: 'string', sql: 'r.by' }] },
] }
const text = `
rubric: smoke
version: 1
title: 试
subject: unit
population: {source: unit, where: staff > 0, class: class}
period: {from: 2024-01-01, to: 2024-12-31}
defaults: {missing: zero, round: 2, peers: class}
measures:
  meetings: {over: meeting, where: kind == "会"}
  big: {over: meeting, where: 'kind == "会"', share: {where: present >= 10}}
  hours: {over: meeting, sum: hours}
  cases: {over: meeting, severity: {by: kind, table: {会: 1, 课: 3}, otherwise: 0}, once: case_id}
blocks:
  - id: common
    label: 共同
    weight: 0.6
    items:
      - {id: a1, label: 会议, points: 10, input: meetings, rule: {kind: proportional, target: 12}}
      - {id: a2, label: 大会, points: 10, input: big, rule: {kind: tiers, compare: '>=', table: [{bound: 90, points: 10}, {bound: 50, points: 5}], otherwise: 0}, missing: exclude}
      - {id: a3, label: 学时, points: 5, input: hours / subject.staff, rule: {kind: shortfall, target: 2, lose: 0.5, unit: 0.1, step: started}, missing: peer-mean}
      - {id: a4, label: 名次, points: 10, input: hours, rule: {kind: rank, best: high, peers: class, ties: average, points: [10, 8, 6], otherwise: 1}}
      - {id: a5, label: 只甲类, points: 5, when: class == "甲", rule: {kind: gate, when: meetings > 3}}
  - id: two
    label: 二
    weight: 0.4
    items:
      - {id: b1, label: 合计, points: 100, input: {items: [a1, a2]}, rule: {kind: convert, factor: 5}, missing: exclude}
      - {id: b2, label: 评分, points: 10, input: {mark: b2}, rule: {kind: convert, factor: 1}, missing: manual}
penalties: {cap: none, items: [{id: c1, label: 违纪, input: cases, rule: {kind: each, points: 1}}]}
total: {floor: 0, cap: none, round: 2}
vetoes: [{id: v1, label: 否决, when: cases > 20, ceiling: 差}]
grades:
  - {grade: 好, from: 30, quota: {percent: 30, round: down, ties: out, peers: all}}
  - {grade: 中, from: 20}
  - {grade: 差}
rank: {peers: all, ties: min}
`
const loaded = loadRubric(text, 'smoke.yaml', catalogue)
if (!loaded.ok) { console.log(loaded.diagnostics.map(formatDiagnostic).join('\n')); process.exit(1) }
const ir = loaded.value
const context = defaultContext(ir, { tenant: 1, asOf: '2025-01-01T00:00:00Z' })
const sql = runSql(ir, catalogue, context)
console.log(sql.text, sql.values)
const cluster = await startCluster({ dataDir: '/tmp/engine-pg' })
const db = new Client(cluster.url('postgres')); await db.connect()
try {
await db.query(`create temp table unit as select 1 tenant_id, 'u'||i as id, 'n'||i as name, case when i%3=0 then '甲' else '乙' end class, 'p' as parent, i%7 as staff from generate_series(1,20) i;
create temp table meeting as select 1 tenant_id, i id, 'u'||(i%19) unit_id, date '2024-01-01' + (i%400) held_on, now() - interval '10 years' known_from, case when i%3=0 then '课' else '会' end kind, i%25 present, (i%7)*0.5 hours, case when i%5=0 then 'c'||(i%10) end case_id from generate_series(1,400) i;
create temp table mark as select 1 tenant_id, 1 id, 'u1' unit_id, date '2024-05-05' at, 'b2' item, 7.255 as value, 'x' as by`)
const rows = (await db.query(sql.text, sql.values)).rows
console.log(JSON.stringify(rows.slice(0, 3), null, 1).slice(0, 3500)); console.table(rows.map(({ id, class: c, total, grade, rank, vetoes }) => ({ id, c, total, grade, rank, v: vetoes.join() })))
for (const m of ['meetings', 'big', 'cases']) { const f = figureSql(ir.measures, m, catalogue, context); console.log(m, (await db.query(f.text, f.values)).rows); const r = rowsSql(ir.measures, m, catalogue, context, { part: 'numerator', limit: 1000 }); console.log((await db.query(r.text, r.values)).rows.length) }
for (const e of itemRowsSql(ir, 'a2', catalogue, context, { subject: 'u3', limit: 5 })) console.log(e.measure, e.part, (await db.query(e.sql.text, e.sql.values)).rows.length)
const some = runSql(ir, catalogue, context, { subjects: ['u1', 'u3'] })
console.log((await db.query(some.text, some.values)).rows.map((r) => [r.id, r.total, r.rank, r.grade]))
} finally { await db.end(); await cluster.stop() }
