// The trace of one score over HTTP on a small city: blocks, total and grade follow from what is shown; last year; a file; a print.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Value from 'typebox/value'
import { add, decimal, format } from '#base/decimal.ts'
import { newId } from '#base/ids.ts'
import { ledgerCity } from '#test/ledger-city.ts'
import { releaseRubrics } from '#test/release.ts'
import { exportScore, type ScorePage } from './scoring.contract.ts'

const { owner, org, unit, person, as } = await ledgerCity()
const [secretary, second, deputy, desk] = [await as('secretary'), await as('second'), await as('deputy'), await as('desk')]
await releaseRubrics({ desk, office: await as('office'), chief: await as('chief') }, 'branch-2024')
const at = (more = '', subject: string = org.first) => `/api/scoring/subjects/${subject}${more}`
const score = async (basis = 'rubric=branch-2024') => (await secretary.get(at(`?${basis}`))).json() as ScorePage

/** A theme day entered by another process: this one sees it after a while. */
async function themeDay(on: string, body: string = org.first): Promise<void> {
  await owner.query(
    `insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, complete, late, known_from)
     values (1, $1, 1, 'theme-day', $2, $3, $4, '主题党日', true, false, now() + (select clock_offset from kit.tenant))`,
    [newId(), unit.bureau, body, on],
  )
}
async function run(): Promise<string> {
  const reply = await desk.post('/api/scoring/runs', { id: newId(), rubric: 'branch-2024' })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json().run
}

test('the sentences of blocks, total and grade end with the numbers of the score, and items add up to their block', async () => {
  const page = await score()
  const [daily] = page.blocks
  assert.ok(daily)
  const sum = daily.items.map(({ points }) => decimal(points ?? '0')).reduce(add, decimal('100'))
  assert.match(daily.arithmetic, new RegExp(`^基础分加各项：100.*= ${format(sum)}；${format(sum)} × 权重 0.7 = ${daily.points}。$`))
  assert.match(page.totalArithmetic, new RegExp(`总分 ${page.total} 分。$`))
  assert.equal(page.grading?.steps.at(-1)?.grade, page.grade)
  assert.deepEqual(
    page.grading?.grades.map(({ grade }) => grade),
    ['好', '较好', '一般', '较差'],
  )
  assert.match(page.release ?? '', /^长直工发/)
  // Four branches: fewer than may be told of.
  assert.deepEqual(
    page.grading?.grades.map(({ lowest }) => lowest),
    [null, null, null, null],
  )
})
test('a veto is a step on the way to the grade; it says what it did and leads to the rows on which it holds', async () => {
  const id = newId()
  await owner.query(
    `insert into ledger.mark (tenant_id, mark_id, subject_id, item, value, given_by, given_on, known_from) values (1, $1, $2, 'satisfaction', 88, '群众测评', '2024-12-06', '2024-12-07')`,
    [id, org.first],
  )
  const of = await run()
  const { grading, grade, vetoes } = await score(`run=${of}`)
  assert.equal(grading?.steps.at(-1)?.grade, grade)
  assert.ok(grading?.steps.every(({ reason }) => reason !== ''))
  const [low] = vetoes.filter(({ holds }) => holds)
  assert.equal(low?.label, '群众满意度低于90%')
  assert.equal(low.did.length, 1)
  assert.deepEqual(
    low.inputs.map(({ name, value, unit, rows }) => [name, value, unit, rows]),
    [['satisfaction', '88', '%', true]],
  )
  const rows = (veto: string, who = secretary) => who.get(at(`/items/${veto}/rows?run=${of}&of=veto&measure=satisfaction`))
  assert.deepEqual(
    ((await rows(low.id)).json() as { rows: { id: string }[] }).rows.map((row) => row.id),
    [id],
  )
  assert.equal((await rows('theme_day')).statusCode, 404)
  assert.equal((await rows(low.id, second)).statusCode, 404)
})
test('last year is the same rubric over the facts of the year before where no run of an earlier period is there', async () => {
  for (const on of ['2023-03-06', '2023-04-06']) await themeDay(on)
  await themeDay('2024-03-06')
  await wait(500)
  const reply = (await secretary.get(at('/last-year?rubric=branch-2024'))).json() as { how: string; sentence: string; score: ScorePage }
  assert.equal(reply.how, 'recomputed')
  assert.match(reply.sentence, /用这份细则算上一年的纪实（2023年1月1日起，算到2023年12月20日）/)
  assert.deepEqual(reply.score.basis.period, { from: '2023-01-01', to: '2023-12-31' })
  const days = (page: ScorePage) => page.blocks[0]?.items.find(({ id }) => id === 'theme_day')?.inputs[0]?.value
  assert.equal(days(reply.score), '2')
  assert.equal(days(await score()), '1', 'the live board is not that of the year before')
})
test('last year is the official run of the earlier period where there is one', async () => {
  const id = await run()
  await owner.query(`update scoring.run set period_from = '2023-01-01', period_until = '2023-12-31' where run_id = $1`, [id])
  const reply = (await secretary.get(at('/last-year?rubric=branch-2024'))).json() as { how: string; sentence: string; score: ScorePage }
  assert.deepEqual([reply.how, reply.score.basis.run], ['run', id])
  assert.match(reply.sentence, /上一考核期的正式计算/)
  const before = (await secretary.get(at('/last-year?rubric=branch-2024&asOf=2020-01-01T00:00:00Z'))).json() as { how: string }
  assert.equal(before.how, 'recomputed', 'the run was not known by then')
  await owner.query(`update scoring.run set period_from = '2024-01-01', period_until = '2024-12-31' where run_id = $1`, [id])
})
test('what is not the reader’s has no last year, and none is told from what is not there', async () => {
  const ask = async (subject: string) => (await second.get(at('/last-year?rubric=branch-2024', subject))).json() as { score: null }
  assert.deepEqual(await ask(org.first), await ask(newId()))
  assert.equal((await ask(org.first)).score, null)
})
test('one score leaves as csv, a line an item, and as json, the page itself; both with a watermark and an entry', async () => {
  const csv = await deputy.post(at('/export'), { rubric: 'branch-2024', format: 'csv' })
  assert.equal(csv.statusCode, 200, csv.body)
  const page = await score()
  for (const { label, arithmetic } of page.blocks.flatMap(({ items }) => items)) {
    assert.ok(csv.body.includes(label), label)
    assert.ok(csv.body.includes(arithmetic.split('。')[0] ?? ''), arithmetic)
  }
  const json = await deputy.post(at('/export'), { rubric: 'branch-2024', format: 'json' })
  assert.match(String(json.headers['content-type']), /^application\/json/)
  assert.deepEqual(Value.Errors(exportScore.reply, json.json()), [])
  const { value, watermark } = JSON.parse(json.body) as { value: ScorePage; watermark: { number: string } }
  assert.deepEqual(value.blocks, page.blocks)
  const { rows } = await owner.query(`select entry_id as id from audit.entry where action = 'scoring.export' and object_kind = 'score' and object_id = $1`, [
    org.first,
  ])
  assert.equal(rows.length, 2)
  assert.ok(rows.some(({ id }) => id === watermark.number))
  assert.equal((await secretary.post(at('/export'), { rubric: 'branch-2024', format: 'csv' })).statusCode, 403)
  assert.equal((await deputy.post(at('/export', org.county), { rubric: 'branch-2024', format: 'csv' })).statusCode, 404)
})
test('a print leaves an entry whose number the sheet bears', async () => {
  const reply = await secretary.post(at('/print'), { rubric: 'branch-2024' })
  assert.equal(reply.statusCode, 200, reply.body)
  const { rows } = await owner.query(`select object_id as id from audit.entry where action = 'scoring.print' and entry_id = $1`, [reply.json().number])
  assert.deepEqual(rows, [{ id: org.first }])
  assert.equal((await secretary.post(at('/print', org.second), { rubric: 'branch-2024' })).statusCode, 404)
})
test('nobody is named among the peers of an item', async () => {
  const text = JSON.stringify((await score()).blocks)
  assert.ok(!text.includes('第二党支部') && !text.includes(person.liu))
})
