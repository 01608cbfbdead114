import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import type { MatterPage, MatterRow } from '../matter.contract.ts'
import type { MatterKind } from '../matter-kinds.contract.ts'
import { askedFor, dueDay, filledIn, monthAfter, offersOf, standing, stepsSince, trackOf, turnOf, until, weeksOf, wordsOf } from './matter-view.ts'

const task = { id: 'task', ...(parse(readFileSync(new URL('../../../packs/changzhi/matters/task.yaml', import.meta.url), 'utf8')) as MatterKind) }
const row = (change: Partial<MatterRow> = {}): MatterRow => ({
  ...{
    matterId: 'm',
    kind: 'task',
    title: '报送学习情况',
    stage: 'working',
    stageName: '办理中',
    owner: { id: 'o', name: '第一支部' },
    asker: null,
    person: null,
  },
  ...{ dueAt: '2024-12-24T16:00:00.000Z', late: false, paused: false, openedOn: '2024-12-10', closedOn: null, outcome: null, revision: 2 },
  ...change,
})
const step = (revision: number, move: string, from: string, to: string, change: Partial<MatterPage['steps'][number]> = {}): MatterPage['steps'][number] => ({
  ...{ revision, move, moveName: move, from, to, toName: to, fields: {}, note: '', author: '王建国', at: `2024-12-1${revision}T20:00:00.000Z`, dueAt: null },
  ...change,
})
const day = (date: string) => date.slice(5)

test('a deadline at midnight is the day before it; one at noon its own day; none stays none', () => {
  assert.equal(dueDay('2024-12-24T16:00:00.000Z'), '2024-12-24')
  assert.equal(dueDay('2024-12-24T04:00:00.000Z'), '2024-12-24')
  assert.equal(dueDay(null), null)
})

test('a deadline is a day where it ends with the day, else a moment', () => {
  assert.deepEqual(['2024-12-24T15:59:59.000Z', '2024-12-24T16:00:00.000Z', '2024-12-24T04:05:00.000Z', null].map(until), [
    '2024年12月24日',
    '2024年12月24日',
    '2024年12月24日 12:05',
    '—',
  ])
})

test('how a matter stands: how it ended, that its clock rests, or how long there is', () => {
  const words = (change: Partial<MatterRow>) => Object.values(standing(row(change), '2024-12-20')).join(' ')
  assert.equal(words({}), 'plain 还有4天')
  assert.equal(words({ dueAt: '2024-12-20T16:00:00Z' }), 'soon 今天截止')
  assert.equal(words({ dueAt: '2024-12-18T16:00:00Z', late: true }), 'bad 已超2天')
  assert.equal(words({ dueAt: '2024-12-20T01:00:00Z', late: true }), 'bad 已逾期')
  assert.equal(words({ dueAt: null, paused: true }), 'off 不计时')
  assert.equal(words({ dueAt: null }), 'off 不限时间')
  assert.equal(words({ outcome: 'done' }), 'good 已办结')
  assert.equal(words({ outcome: 'done', late: true }), 'soon 逾期办结')
  assert.equal(words({ outcome: 'recalled', late: true }), 'off 已撤回')
})

test('the track says what is behind and on which day, where it stands and until when, and hides ends that nobody wishes for', () => {
  const opened = [step(1, 'open', '', 'sent'), step(2, 'receive', 'sent', 'working')]
  assert.deepEqual(trackOf({ matter: row(), kind: task, steps: opened }, day), [
    { label: '待签收', state: 'done', detail: '12-12' },
    { label: '办理中', state: 'now', detail: '2024年12月24日前' },
    { label: '待验收', state: 'ahead', detail: undefined },
    { label: '办结', state: 'ahead', detail: undefined },
  ])
})

test('a recalled matter ends its track where it ended, and stages that were skipped say so', () => {
  const steps = [step(1, 'open', '', 'sent'), step(2, 'recall', 'sent', 'recalled')]
  const track = trackOf({ matter: row({ stage: 'recalled', outcome: 'dropped' }), kind: task, steps }, day)
  assert.deepEqual(
    track.map(({ label, state, detail }) => `${label} ${state} ${detail}`),
    ['待签收 done 12-12', '办理中 ahead 没有经过', '待验收 ahead 没有经过', '撤回 done 12-13'],
  )
})

const possible = (id: string): MatterPage['possible'][number] => {
  const { name, to, form = [], required = [], note = '' } = task.moves.find((move) => move.id === id)!
  return { move: id, name, to, form, required, note }
}

test('what was handed in and sent back is there to be mended; a reason is asked anew; giving up is offered at the side', () => {
  const fields = { text: '报送', answer: '已办', reason: '不全' }
  const [handIn, recall] = offersOf({ matter: row(), kind: task, fields, possible: [possible('hand-in'), possible('recall')], last: [] })
  assert.deepEqual(
    [handIn?.texts, handIn?.fields.map(({ id, required }) => [id, required]), handIn?.drops, handIn?.revision],
    [{ answer: '已办' }, [['answer', true]], false, 2],
  )
  assert.deepEqual([recall?.drops, recall?.note], [true, 'required'])
  const [accept, sendBack] = offersOf({ matter: row({ stage: 'handed-in' }), kind: task, fields, possible: [possible('return'), possible('accept')], last: [] })
  assert.deepEqual([accept?.move, sendBack?.texts], ['accept', {}], 'what leads on comes first')
})

test('whoever may do nothing is told whose turn it is', () => {
  const asker = { id: 'a', name: '机关党委' }
  assert.equal(turnOf({ matter: row({ asker }), kind: task }), '第一支部（提交）')
  assert.equal(turnOf({ matter: row({ asker, stage: 'handed-in' }), kind: task }), '机关党委（退回、验收）')
  assert.equal(turnOf({ matter: row({ asker, stage: 'accepted' }), kind: task }), '')
})

test('a report of every month begins empty', () => {
  const kind = {
    id: 'rectification',
    ...(parse(readFileSync(new URL('../../../packs/changzhi/matters/rectification.yaml', import.meta.url), 'utf8')) as MatterKind),
  }
  const [report] = offersOf({
    matter: row(),
    kind,
    fields: { progress: '十一月' },
    possible: [{ move: 'report', name: '报', to: 'working', form: ['progress'], required: [], note: '' }],
    last: [{ move: 'report', fields: { progress: '十月' }, at: '2024-11-29T17:00:00.000Z' }],
  })
  assert.deepEqual(
    [report?.texts, report?.last, report?.body],
    [{}, { texts: { progress: '十月' }, on: '2024-11-30' }, null],
    'what was written last time is offered',
  )
})

test('what a step said stands in the kind’s words, its note last; blanks are left out', () => {
  assert.deepEqual(filledIn(task, { answer: '已办', text: '报送', unknown: 'x', reason: '' }, ['answer']), [{ label: '办理情况', value: '已办' }])
  assert.deepEqual(wordsOf(task, step(3, 'return', 'handed-in', 'working', { fields: { reason: '缺签到' }, note: '请补' })), [
    { label: '退回原因', value: '缺签到' },
    { label: '说明', value: '请补' },
  ])
})

test('an extension is open until it is answered', () => {
  const asked = step(3, 'extend-ask', 'working', 'working', { note: '材料没齐' })
  assert.deepEqual(askedFor([asked, step(2, 'receive', 'sent', 'working')]), { reason: '材料没齐' })
  assert.equal(askedFor([asked, step(4, 'extend-refuse', 'working', 'working')]), undefined)
  assert.equal(askedFor([]), undefined)
})

test('whoever wrote from an older revision is shown what was done since, in order', () => {
  const steps = [step(4, 'd', 'c', 'd'), step(3, 'c', 'b', 'c'), step(2, 'b', 'a', 'b')]
  assert.deepEqual(
    stepsSince(steps, 2).map(({ move }) => move),
    ['c', 'd'],
  )
})

test('a month has its weeks from Monday on, and months go over the year’s end', () => {
  const weeks = weeksOf('2024-12')
  assert.equal(weeks.length, 6)
  assert.deepEqual(weeks[0], [null, null, null, null, null, null, '2024-12-01'])
  assert.deepEqual(weeks[5], ['2024-12-30', '2024-12-31', null, null, null, null, null])
  assert.deepEqual([monthAfter('2024-12', 1), monthAfter('2025-01', -1)], ['2025-01', '2024-12'])
})
