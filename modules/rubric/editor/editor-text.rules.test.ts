// Edits of the tree are edits of the text: in a rubric of its own where the value stands, in one that extends another as what differs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basesAmong } from '#engine/index.ts'
import {
  addBlock,
  addExtra,
  addGrade,
  addItem,
  addMeasure,
  addVeto,
  fieldAt,
  moveInto,
  moveSpot,
  type Reading,
  readRubricText,
  removeSpot,
  setField,
  spotAt,
} from './editor-text.rules.ts'

const base = `# 说明
rubric: shared
version: 1
title: 题
subject: unit
population: { source: unit }
period: { from: 2024-01-01, to: 2024-12-31 }
total: { floor: 0, cap: none, round: 2 }
rank: { peers: all, ties: min }
defaults: { missing: zero, round: 2 }
measures:
  meetings: { label: 会议, over: event }
blocks:
  - id: one
    label: 一
    items:
      - { id: a, label: 甲, points: 5, when: x > 1, rule: { kind: gate, when: true } } # 尾注
      - { id: b, label: 乙, points: 5, input: meetings, rule: { kind: proportional, target: 4 } }
  - id: two
    label: 二
    items:
      - { id: c, label: 丙, points: 5, rule: { kind: formula, value: 5 } }
`
const next = `extends: { rubric: shared, version: 1 }
rubric: next
version: 1
title: 下一年
`
const none = basesAmong([])
const bases = basesAmong([{ file: 'base', text: base }])
const read = (text: string): Reading => readRubricText(text, bases)!
const spot = (reading: Reading, key: string) => reading.spots.find((one) => one.key === key)!
/** The lines of the second that the first hasn't. */
const added = (before: string, after: string) => after.split('\n').filter((line) => line !== '' && !before.split('\n').includes(line))
const order = (text: string) =>
  read(text)
    .spots.map(({ id }) => id)
    .join(' ')

test('a text is read with its tree; one that can’t be read is null', () => {
  assert.equal(order(base), ' one a b two c meetings')
  assert.equal(order(next), ' one a b two c meetings')
  assert.deepEqual([spot(read(next), 'item:a').own, spot(read(next), 'item:a').inherited, spot(read(base), 'item:a').inherited], [null, true, false])
  for (const bad of ['a: [', '', '- 1']) assert.equal(readRubricText(bad, none), null)
  assert.equal(readRubricText(next, none), null)
})
test('a field is set where it stands and nothing else changes', () => {
  const reading = read(base)
  assert.deepEqual(added(base, setField(reading, spot(reading, 'item:b'), ['rule', 'target'], '6')), [
    '      - { id: b, label: 乙, points: 5, input: meetings, rule: { kind: proportional, target: 6 } }',
  ])
  assert.deepEqual(added(base, setField(reading, spot(reading, 'item:a'), ['when'], undefined)), [
    '      - { id: a, label: 甲, points: 5, rule: { kind: gate, when: true } } # 尾注',
  ])
})
test('what a base says is changed in the text that extends it, field by field', () => {
  const once = setField(read(next), spot(read(next), 'item:b'), ['rule', 'target'], '6')
  assert.deepEqual(added(next, once), ['items:', '  - { id: b, rule: { kind: proportional, target: 6 } }'])
  const twice = setField(read(once), spot(read(once), 'item:b'), ['points'], '8')
  assert.deepEqual(added(once, twice), ['  - { id: b, rule: { kind: proportional, target: 6 }, points: 8 }'])
  const gone = setField(read(next), spot(read(next), 'item:a'), ['when'], undefined)
  assert.deepEqual(added(next, gone), ['items:', '  - { id: a, when: null }'])
  const measure = setField(read(next), spot(read(next), 'measure:meetings'), ['unit'], '次')
  assert.deepEqual(added(next, measure), ['measures:', '  meetings:', '    unit: 次'])
  const setting = setField(read(next), spot(read(next), 'rubric:'), ['defaults', 'round'], '1')
  assert.deepEqual(added(next, setting), ['defaults: { missing: zero, round: 1 }'])
})
test('items and blocks are added, moved and taken away', () => {
  const reading = read(base)
  assert.equal(order(addItem(reading, spot(reading, 'item:a')).text), ' one a item1 b two c meetings')
  assert.equal(order(addItem(reading, spot(reading, 'block:two')).text), ' one a b two c item1 meetings')
  assert.equal(order(addBlock(reading, spot(reading, 'block:one')).text), ' one a b block1 item1 two c meetings')
  assert.equal(order(addMeasure(reading, 'event').text), ' one a b two c meetings measure1')
  assert.equal(order(moveSpot(reading, spot(reading, 'item:a'), 1)), ' one b a two c meetings')
  assert.equal(order(moveSpot(reading, spot(reading, 'block:two'), -1)), ' two c one a b meetings')
  assert.equal(moveSpot(reading, spot(reading, 'item:a'), -1), base)
  assert.equal(order(moveInto(reading, spot(reading, 'item:a'), 'two')), ' one b two c a meetings')
  assert.equal(order(removeSpot(reading, spot(reading, 'item:b'))), ' one a two c meetings')
})
test('the same in a text that extends another', () => {
  const reading = read(next)
  assert.equal(order(addItem(reading, spot(reading, 'item:a')).text), ' one a item1 b two c meetings')
  assert.equal(order(addBlock(reading, spot(reading, 'block:one')).text), ' one a b block1 item1 two c meetings')
  const moved = moveSpot(reading, spot(reading, 'item:a'), 1)
  assert.equal(order(moved), ' one b a two c meetings')
  assert.equal(order(moveSpot(read(moved), spot(read(moved), 'item:a'), -1)), ' one a b two c meetings')
  assert.equal(order(moveInto(reading, spot(reading, 'item:a'), 'two')), ' one b two c a meetings')
  const removed = removeSpot(reading, spot(reading, 'item:b'))
  assert.deepEqual(added(next, removed), ['remove:', '  - b'])
  const own = addItem(reading, spot(reading, 'item:a')).text
  assert.equal(order(removeSpot(read(own), spot(read(own), 'item:item1'))), ' one a b two c meetings')
})
test('a place in the text is that of a thing and a field', () => {
  const reading = read(base)
  const at = base.split('\n').findIndex((line) => line.includes('target: 4'))
  const column = base.split('\n')[at]!.indexOf('4 }') + 1
  const found = spotAt(reading, at + 1, column)!
  assert.equal(found.key, 'item:b')
  assert.deepEqual(fieldAt(reading, found, [['label'], ['rule', 'target'], ['note']], at + 1, column), ['rule', 'target'])
})
test('bonuses, grades and vetoes are added, changed and taken away, in a text of its own and in one that extends another', () => {
  for (const text of [base, next]) {
    let reading = read(text)
    const go = (made: { text: string; key: string }): string => {
      reading = read(made.text)
      assert.ok(spot(reading, made.key), made.key)
      return made.key
    }
    const bonus = go(addExtra(reading, 'bonuses'))
    assert.equal(spot(reading, bonus).holder, 'bonuses')
    go(addExtra(reading, 'bonuses'))
    assert.equal(spot(reading, 'item:bonus2').holder, 'bonuses')
    reading = read(setField(reading, spot(reading, 'extra:bonuses'), ['cap'], '6'))
    assert.equal((reading.whole['bonuses'] as { cap: string }).cap, '6')

    go(addGrade(reading, undefined))
    const middle = go(addGrade(reading, spot(reading, 'grade:0')))
    reading = read(setField(reading, spot(reading, middle), ['grade'], '良好'))
    reading = read(setField(reading, spot(reading, middle), ['quota'], { percent: '30', round: 'down', ties: 'out', peers: 'all' }))
    assert.deepEqual(
      (reading.whole['grades'] as { grade: string; from?: string }[]).map(({ grade, from }) => [grade, from]),
      [
        ['优秀', '90'],
        ['良好', '85'],
        ['合格', '60'],
        ['不合格', undefined],
      ],
    )
    const veto = go(addVeto(reading))
    reading = read(setField(reading, spot(reading, veto), ['when'], 'total < 60'))
    assert.deepEqual(reading.whole['vetoes'], [{ id: 'veto1', label: '新的一票否决', when: 'total < 60', ceiling: '良好' }])
    reading = read(removeSpot(reading, spot(reading, middle)))
    assert.equal((reading.whole['grades'] as unknown[]).length, 3)
    reading = read(removeSpot(reading, spot(reading, veto)))
    assert.deepEqual(reading.whole['vetoes'] ?? [], [])
  }
})
test('a grade and a veto of a base are changed in the text that extends it', () => {
  const graded = `${base}grades: [{ grade: 好, from: 80 }, { grade: 中 }]\nvetoes: [{ id: v, label: 否, when: total < 1, ceiling: 中 }]\n`
  const found = basesAmong([{ file: 'base', text: graded }])
  const reading = readRubricText(next, found)!
  const changed = setField(reading, spot(reading, 'grade:0'), ['from'], '85')
  assert.deepEqual(added(next, changed), ['grades: [{ grade: 好, from: 85 }, { grade: 中 }]'])
  const veto = setField(reading, spot(reading, 'veto:v'), ['when'], 'total < 2')
  assert.deepEqual(added(next, veto), ['vetoes:', '  - { id: v, when: total < 2 }'])
  assert.deepEqual(added(next, removeSpot(reading, spot(reading, 'veto:v'))), ['remove:', '  - v'])
  const ungraded = removeSpot(reading, spot(reading, 'grade:0'))
  assert.equal((readRubricText(ungraded, found)!.whole['grades'] as unknown[]).length, 1)
})
