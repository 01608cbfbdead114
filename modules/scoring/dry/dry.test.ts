// Dry runs and next steps over HTTP on the small city: same text moves nobody, another one some; scope; one at a time; nothing stored.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvCells } from '#base/csv.ts'
import { callerOf, serverOver } from '#test/server.ts'
import { smallCity } from '#test/small-city.ts'
import type { BoardRow, ScorePage } from '../scoring.contract.ts'
import type { DryRun, NextSteps } from './dry.contract.ts'

const { app, owner } = await serverOver(smallCity)
const as = (login: string) => callerOf(app, { account: login, password: `${login}-2024` })
const [desk, unit] = [await as('gongwei'), await as('zhuanzhi')]

async function tried(body: object): Promise<DryRun> {
  const reply = await desk.post('/api/scoring/dry-run', body)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json() as DryRun
}
async function refused(body: object): Promise<{ status: number; message: string }> {
  const reply = await desk.post('/api/scoring/dry-run', body)
  return { status: reply.statusCode, message: (reply.json() as { message: string }).message }
}
const textOf = async (rubric: string): Promise<string> => ((await desk.get(`/api/rubrics/${rubric}`)).json() as { text: string }).text
const board = async (caller: typeof desk, rubric = 'model-2024') =>
  (await caller.get(`/api/scoring/board?rubric=${rubric}&limit=200`)).json() as { rows: BoardRow[] }

test('the same version moves nobody; its numbers are those of the board; weights and influences add up', async () => {
  const before = await owner.query('select (select count(*) from rubric.definition) as texts, (select count(*) from scoring.run) as runs')
  const run = await tried({ rubric: 'model-2024', against: { rubric: 'model-2024' } })
  const { rows } = await board(desk)
  assert.equal(run.basis.subjects, rows.length)
  assert.equal(run.moves?.changed, 0)
  assert.equal(
    run.moves?.table.reduce((sum, { count }) => sum + count, 0),
    rows.length,
  )
  for (const { from, to } of run.moves?.table ?? []) assert.equal(from, to)
  for (const shares of [run.blocks.flatMap(({ weight }) => weight ?? []), run.items.flatMap(({ influence }) => influence ?? [])])
    assert.ok(Math.abs(shares.reduce((sum, value) => sum + value, 0) - 1) < 0.01)
  assert.equal(run.sensitivity?.blocks.length, 4)
  assert.equal(run.cost.minutes, null)
  const after = await owner.query('select (select count(*) from rubric.definition) as texts, (select count(*) from scoring.run) as runs')
  assert.deepEqual(after.rows, before.rows)
})

test('a text that asks for more moves units down; each is what the boards would say', async () => {
  const text = (await textOf('model-2024'))
    .replace('- { grade: 好, from: 90,', '- { grade: 好, from: 99.9,')
    .replace('- { grade: 较好, from: 80 }', '- { grade: 较好, from: 98 }')
  const run = await tried({ text, against: { rubric: 'model-2024' } })
  assert.equal(run.basis.draft, true)
  const { moves } = run
  assert.ok(moves && moves.down > 0 && moves.up === 0)
  assert.match(run.sentences[0] ?? '', new RegExp(`有${moves.changed}个单位等次会变：${moves.down}个下降`))
  const grades = new Map((await board(desk)).rows.map(({ id, grade }) => [id, grade]))
  for (const one of moves.units) {
    assert.equal(one.gradeBefore, grades.get(one.id))
    assert.notEqual(one.gradeAfter, one.gradeBefore)
    assert.equal(one.totalAfter, one.totalBefore)
  }
  assert.equal(moves.visible, moves.changed)
  const [first] = moves.units
  const page = await tried({ text, against: { rubric: 'model-2024' }, limit: 1 })
  assert.deepEqual(page.moves?.units, [first])
  const rest = await tried({ text, against: { rubric: 'model-2024' }, after: page.moves?.next ?? '' })
  assert.deepEqual(rest.moves?.units, moves.units.slice(1))
})

test('last year’s facts are those of the days a year before', async () => {
  const run = await tried({ rubric: 'model-2024', facts: 'previous-year' })
  assert.deepEqual([run.basis.period, run.basis.on, run.moves], [{ from: '2023-01-01', to: '2023-12-31' }, '2023-12-31', null])
})

test('against an official run, and a profile without ranks has no sensitivity', async () => {
  const run = await tried({ rubric: 'clean-2024', against: { rubric: 'clean-2024' } })
  assert.equal(run.moves?.by, 'total')
  assert.equal(run.sensitivity, null)
  assert.equal(run.basis.ranked, false)
  assert.equal((await refused({ rubric: 'clean-2024', against: { run: '018f0000-0000-7000-8000-000000000000' } })).status, 404)
})

test('what can’t be tried is refused with the way out', async () => {
  assert.match((await refused({})).message, /请给出要试算的细则/)
  const broken = await refused({ text: 'rubric: x' })
  assert.equal(broken.status, 422)
  assert.match(broken.message, /处错误，改好后才能试算。第\d+行/)
  assert.match((await refused({ rubric: 'model-2024', against: { rubric: 'branch-2024' } })).message, /对象不同/)
  assert.equal((await refused({ rubric: 'model-2024', on: '2023-06-01' })).status, 422)
  assert.equal((await unit.post('/api/scoring/dry-run', { rubric: 'model-2024' })).statusCode, 403)
})

test('a newer dry run of the same person ends the older one', async () => {
  const text = await textOf('clean-2024')
  const [first, second] = await Promise.all([
    desk.post('/api/scoring/dry-run', { text: `${text}\n# 1` }),
    desk.post('/api/scoring/dry-run', { rubric: 'model-2024', on: '2024-12-18' }),
  ])
  assert.deepEqual([first.statusCode, second.statusCode].sort(), [200, 409])
  assert.match([first, second].find(({ statusCode }) => statusCode === 409)?.body ?? '', /又开始了一次试算/)
})

test('a table leaves as csv, with where it comes from', async () => {
  const reply = await desk.post('/api/scoring/dry-run/export', { rubric: 'model-2024', table: 'items' })
  assert.equal(reply.statusCode, 200, reply.body)
  const { rows } = csvCells(reply.body.replace(/^\uFEFF/, ''), 'items', ',')
  assert.match(rows[0]?.[0]?.text ?? '', /试算，不是正式结果/)
  assert.equal(rows[1]?.[0]?.text, '指标')
  assert.ok(rows.some(([cell]) => cell?.text === '干部培训不少于1次'))
})

test('next steps: a unit sees its own, and each adds up with the score', async () => {
  const [own] = (await board(unit)).rows
  assert.ok(own)
  const reply = await unit.get(`/api/scoring/subjects/${own.id}/next-steps?rubric=model-2024`)
  assert.equal(reply.statusCode, 200, reply.body)
  const steps = reply.json() as NextSteps
  const score = (await unit.get(`/api/scoring/subjects/${own.id}?rubric=model-2024`)).json() as ScorePage
  assert.deepEqual([steps.total, steps.grade, steps.reason], [score.total, score.grade, ''])
  assert.ok(steps.steps.length > 0)
  for (const step of steps.steps) {
    assert.ok(Math.abs(Number(score.total) + Number(step.gain) - Number(step.total)) < 1e-9)
    assert.ok(Number(step.gain) > 0 && step.more > 0 && step.minutes === null)
  }
  const foreign = (await board(desk)).rows.find(({ id }) => id !== own.id)
  assert.equal((await unit.get(`/api/scoring/subjects/${foreign?.id}/next-steps?rubric=model-2024`)).statusCode, 404)
})
