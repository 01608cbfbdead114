// What the page of a score says of vetoes: which hold, on what, and what each did.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gradeSteps, type ResultRow, type RubricIr } from '#engine/index.ts'
import { item, load, marked, oneBlock, run } from '#test/small-rubric.ts'
import { arithmeticOf, gradingOf } from './scoring.tree.ts'
import { vetoLines } from './scoring.vetoes.ts'

const convert = { kind: 'convert', factor: '1' }
const grades = [{ grade: '好', from: '8' }, { grade: '中', from: '5' }, { grade: '差' }]
const measures = { events: { label: '事件数', over: 'event', unit: '件' } }
const veto = (id: string, more: object) => ({ id, label: `情形${id}`, when: 'events == 0', ...more })

/** The one unit's result, with a mark of 9 on item a, under these vetoes. */
function scored(...vetoes: object[]): { ir: RubricIr; row: ResultRow; said: (beforeVetoes?: string) => ReturnType<typeof vetoLines> } {
  const rubric = { ...oneBlock(item(convert), item(convert, { id: 'b', label: '另项', when: 'class == "乙"' })), measures, grades, vetoes }
  const [ir, row] = [load(rubric), run(rubric, marked(['9']))[0]]
  assert.ok(row)
  return { ir, row, said: (beforeVetoes = '9') => vetoLines(ir, { ...row, beforeVetoes }) }
}

test('[R-VET-1] a ceiling says from which grade to which; one that doesn’t lower says so; one that doesn’t hold says nothing', () => {
  const { said } = scored(veto('v', { ceiling: '中' }), veto('w', { ceiling: '好' }), veto('x', { ceiling: '差', when: 'events > 0' }))
  assert.deepEqual(
    said().map(({ id, effect, holds, did }) => [id, effect, holds, did]),
    [
      ['v', '等次最高为中', true, ['得分够好，等次降为中']],
      ['w', '等次最高为好', true, ['按得分本来就是好，等次没有因此再降']],
      ['x', '等次最高为差', false, []],
    ],
  )
})
test('[R-VET-1] a zeroed total says what it was, and the step stands before the threshold', () => {
  const { ir, row, said } = scored(veto('v', { zero: 'total' }))
  assert.deepEqual(said()[0]?.did, ['总分由9分记0分'])
  assert.deepEqual(
    gradeSteps(ir, { ...row, total: row.total ?? '' }).map(({ kind, reason }) => [kind, reason]),
    [
      ['zero', '情形v，总分记0分'],
      ['threshold', '得分0，不到5分'],
    ],
  )
})
test('[R-VET-2] zeroed items and blocks are named, the arithmetic of the item names the veto, and what doesn’t apply is not touched', () => {
  const { ir, row, said } = scored(veto('v', { zero: ['a', 'b'] }), veto('w', { zero: ['one'] }), veto('x', { zero: ['a'], when: 'events > 0' }))
  assert.deepEqual(
    said().map(({ effect, did }) => [effect, did]),
    [
      ['“项”“另项”记0分', ['“项”记0分（满分10分）', '“另项”不适用，不受影响']],
      ['“一”记0分', ['“一”这一部分记0分']],
      ['“项”记0分', []],
    ],
  )
  const [first] = row.items
  assert.ok(first)
  assert.equal(arithmeticOf(ir, first, row.vetoes), '情形v，本项记 0 分。')
  assert.deepEqual(
    gradeSteps(ir, { ...row, total: row.total ?? '' }).map(({ kind, reason }) => `${kind} ${reason}`),
    ['zero 情形v，“项”“另项”记0分', 'zero 情形w，“一”记0分', 'threshold 得分0，不到5分'],
  )
})
test('the condition stands in words with the numbers that it reads: as an item shows them, else to be listed', () => {
  const shown = scored(veto('v', { zero: ['a'] })).said()[0]
  assert.match(shown?.condition ?? '', /事件数/)
  assert.deepEqual(
    shown?.inputs.map(({ name, value, unit, rows }) => [name, value, unit, rows]),
    [['events', '0', '件', true]],
  )
  assert.deepEqual(
    scored(veto('v', { ceiling: '中' }))
      .said()[0]
      ?.inputs.map(({ value, rows }) => [value, rows]),
    [[null, true]],
  )
})
test('a grade without a threshold that its quota compares with some alone is not called full to those whom it leaves out', () => {
  const quota = { count: '1', ties: 'out', peers: { where: 'class == "乙"' } }
  const ir = load({ ...oneBlock(item(convert)), grades: [{ grade: '好', quota }, { grade: '差' }] })
  const spread = { all: 1, classes: [], edges: new Map() }
  const told = gradingOf({ ir, spread }, { total: '9', grade: '差', vetoes: [], class: '甲' })
  assert.match(told?.steps.at(-1)?.reason ?? '', /^好只在参加比较的对象中评定，本对象不在其中，或者名额.*定为差$/)
})
