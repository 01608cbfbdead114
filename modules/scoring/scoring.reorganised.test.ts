// Units that existed for a part of the year, and units merged into others, scored over HTTP as the rubric says (engine SPEC R-PAR, R-MER).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '#base/ids.ts'
import { ledgerCity } from '#test/ledger-city.ts'
import type { ScoreItem, ScorePage } from './scoring.contract.ts'

const { owner, unit, org, as } = await ledgerCity()
const desk = await as('desk')
const clock = 'now() + (select clock_offset from kit.tenant)'

async function done<T>(url: string, body: object): Promise<T> {
  const reply = await desk.post(url, body)
  assert.equal(reply.statusCode, 200, `${url}: ${reply.body}`)
  return reply.json() as T
}
const change = (what: string, on: string, more: object) =>
  done<{ bodies: string[]; recordedAt: string }>(`/api/org/changes/${what}`, { id: newId(), on, ...more })
const seen = async (body: string) => ({ body, seen: (await desk.get(`/api/org/units/${body}`)).json().revision as string | null })

async function themeDays(unitId: string, partyOrg: string | null, ...days: string[]): Promise<void> {
  for (const day of days)
    await owner.query(
      `insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, complete, late, known_from)
       values (1, $1, 1, 'theme-day', $2, $3, $4, '主题党日', true, false, ${clock})`,
      [newId(), unitId, partyOrg, day],
    )
}

/** A rubric written on the page, as its first version: ten points for twelve theme days, and the items given. */
async function rubric(id: string, subject: 'unit' | 'party-org', settings: string, ...items: string[]): Promise<void> {
  const draft = newId()
  await done('/api/rubric-drafts', { id: draft, rubric: id, title: '示例细则', from: { how: 'blank' } })
  const text = `rubric: ${id}
version: 1
title: 示例细则
subject: ${subject}
population: { source: ${subject}, class: class }
period: { from: 2024-01-01, to: 2024-12-31 }
${settings}
defaults: { missing: zero, round: 2 }
measures: { days: { label: 主题党日, over: record.theme-day, unit: 次 } }
blocks:
  - id: one
    label: 一
    items:
      - { id: days, label: 主题党日, points: 10, input: days, rule: { kind: proportional, target: 12 } }
${items.map((item) => `      - ${item}\n`).join('')}total: { floor: 0, cap: none, round: 2 }
rank: { peers: all, ties: min }
`
  assert.deepEqual(await done('/api/rubrics/check', { text }), { ok: true, diagnostics: [] })
  await done(`/api/rubric-drafts/${draft}/text`, { edition: 1, text })
  await done(`/api/rubric-drafts/${draft}/version`, { edition: 2 })
}
/** The items of a subject's score by id; null where it has none. */
async function items(subject: string, id: string, basis = ''): Promise<Record<string, ScoreItem> | null> {
  const reply = await desk.get(`/api/scoring/subjects/${subject}?rubric=${id}${basis}`)
  return reply.statusCode === 404 ? null : Object.fromEntries((reply.json() as ScorePage).blocks.flatMap((block) => block.items).map((item) => [item.id, item]))
}
const points = async (subject: string, id: string, basis?: string) => (await items(subject, id, basis))?.days?.points

await themeDays(unit.bureau, org.first, '2024-02-05', '2024-06-05', '2024-11-05')
await themeDays(unit.office, org.county, '2024-03-05', '2024-05-06')
await rubric('whole-year', 'unit', '', '{ id: joined, label: 并入的单位, points: 5, input: { over: successor }, rule: { kind: each, points: 1 } }')
await rubric(
  'half-year',
  'unit',
  'partYear: pro-rata\nmerged: follow',
  // 183 × 184 ÷ 366 is 92: a share of 12 places would be below it, and lose a point for a unit begun.
  `{ id: exact, label: 恰好达标, points: 10, input: '92', rule: { kind: excess, target: 183, lose: 1, step: started } }`,
)

// First, while nothing else of the organisation has changed lately: a board looks some seconds back.
test('a merger that another process recorded is seen too', async () => {
  assert.equal((await items(unit.town, 'whole-year'))?.joined?.points, '0')
  await owner.query(
    `insert into org.lineage (tenant_id, lineage_id, kind, took_effect_on, from_id, to_id, known_from) values (1, $1, 'merge', '2024-10-01', $2, $3, ${clock})`,
    [newId(), newId(), unit.town],
  )
  await wait(500)
  assert.equal((await items(unit.town, 'whole-year'))?.joined?.points, '1')
})

test('[R-PAR-1] a unit set up on 1 July is held against the part of the target that its 184 of 366 days are, and the trace says so', async () => {
  const made = await change('unit-create', '2024-07-01', { name: '示例新局', kind: 'government-department', class: 'government', level: 'city', parent: null })
  const fresh = made.bodies[0] ?? ''
  await themeDays(fresh, null, '2024-08-05', '2024-10-08')
  await wait(500)
  const known = await items(fresh, 'half-year')
  // 2 ÷ (12 × 184 ÷ 366) × 10
  assert.equal(known?.days?.points, '3.32')
  assert.equal(known?.exact?.points, '10')
  assert.equal(
    known?.days?.arithmetic,
    '主题党日（含并入的） 2次。考核期内存续占比 0.502732240437，目标 (12 × 考核期内存续占比（无数据按 1）) = 6.032786885246。2 ÷ 6.032786885246 = 0.33152173913；10 × 0.33152173913 = 3.315217391304。四舍五入到 2 位小数，不低于 0、不高于 10：3.32 分。',
  )
  assert.equal(known?.days?.rule, '主题党日（含并入的）达到12×考核期内存续占比（没有数据的按1）得10分，不足的按比例')
  assert.deepEqual(
    known?.days?.inputs.map(({ label, value }) => [label, value]),
    [
      ['主题党日（含并入的）', '2'],
      ['考核期内存续占比', '0.502732240437'],
    ],
  )
  assert.equal(await points(fresh, 'whole-year'), '1.67', '2 ÷ 12 × 10 where nothing is said')
  assert.equal(await points(unit.bureau, 'half-year'), '2.5', 'a unit of the whole year: 3 ÷ 12 × 10')
  assert.equal(await items(fresh, 'half-year', '&on=2024-06-30'), null)
})

test('[R-MER-1] [R-MER-3] facts of a unit merged in September count for its successor at once, and stand behind its input', async () => {
  assert.deepEqual([await points(unit.bureau, 'half-year'), await points(unit.office, 'half-year')], ['2.5', '1.67'])
  assert.equal((await items(unit.bureau, 'whole-year'))?.joined?.points, '0')
  const { recordedAt } = await change('merge', '2024-09-01', { from: [await seen(unit.office)], into: await seen(unit.bureau) })
  // (3 + 2) ÷ 12 × 10
  assert.equal(await points(unit.bureau, 'half-year'), '4.17')
  assert.equal(await items(unit.office, 'half-year'), null)
  assert.equal(await points(unit.bureau, 'whole-year'), '2.5', 'they stay where nothing is said')
  assert.equal((await items(unit.bureau, 'whole-year'))?.joined?.points, '1')
  const { rows, all } = (await desk.get(`/api/scoring/subjects/${unit.bureau}/items/days/rows?rubric=half-year`)).json()
  assert.equal(all, 5)
  assert.deepEqual(rows.map(({ detail }: { detail: string }) => detail).filter((name: string) => name === '示例县局党支部').length, 2)

  const mergers = (await desk.get(`/api/scoring/subjects/${unit.bureau}/items/joined/rows?rubric=whole-year`)).json()
  assert.deepEqual(
    mergers.rows.map(({ title, detail }: { title: string; detail: string }) => [title, detail]),
    [['示例县局', '政府部门']],
  )

  // The day before the merger each stands alone; of the office’s year it is known by now that it was 244 of 366 days: 2 ÷ 8 × 10.
  assert.deepEqual([await points(unit.bureau, 'half-year', '&on=2024-08-31'), await points(unit.office, 'half-year', '&on=2024-08-31')], ['1.67', '2.5'])
  const before = `&asOf=${new Date(Date.parse(recordedAt) - 1).toISOString()}`
  assert.deepEqual([await points(unit.bureau, 'half-year', before), await points(unit.office, 'half-year', before)], ['2.5', '1.67'])
})

test('[R-MER-1] whoever was merged the year before is followed where that year’s facts are counted', async () => {
  const [old] = (
    await change('unit-create', '2022-01-01', { name: '示例旧局', kind: 'government-department', class: 'government', level: 'city', parent: null })
  ).bodies
  assert.ok(old)
  await themeDays(old, null, '2023-03-06')
  await themeDays(unit.town, org.town, '2023-04-06')
  await change('merge', '2023-09-01', { from: [await seen(old)], into: await seen(unit.town) })
  const before = '{ id: before, label: 上年, points: 5, input: { over: record.theme-day, period: previous-year }, rule: { kind: convert, factor: 1 } }'
  await rubric('years', 'unit', 'merged: follow', before)
  assert.equal((await items(unit.town, 'years'))?.before?.points, '2')
})

test('[R-PAR-1] a branch set up on 1 July has its share, too', async () => {
  const made = await change('party-org-create', '2024-07-01', { name: '示例新支部', kind: 'branch', unit: unit.bureau, parent: org.committee })
  const branch = made.bodies[0] ?? ''
  await themeDays(unit.bureau, branch, '2024-08-05', '2024-10-08')
  await rubric('half-branch', 'party-org', 'partYear: pro-rata')
  assert.equal(await points(branch, 'half-branch'), '3.32')
  assert.equal(await points(org.first, 'half-branch'), '2.5')
})

test('the editor’s catalogue offers the share, the day of setting up and mergers by Chinese names', async () => {
  const { sources } = (await desk.get('/api/catalogue')).json() as { sources: { name: string; label: string; columns: { name: string; label: string }[] }[] }
  const labels = (name: string) => Object.fromEntries(sources.find((source) => source.name === name)?.columns.map(({ name, label }) => [name, label]) ?? [])
  for (const source of ['unit', 'party-org']) assert.deepEqual([labels(source).share, labels(source).exists_from], ['考核期内存续占比', '设立日期'], source)
  assert.deepEqual([sources.find(({ name }) => name === 'successor')?.label, labels('successor').old], ['合并', '被并入的组织'])
})
