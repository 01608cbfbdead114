// A file that extends another (R-EXT) and what changed between two rubrics (R-DIF). No database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import { basesAmong, extendedBy, loadRubric, type RubricIr, rubricDiff } from '#engine/index.ts'
import { trialCatalogue } from '#engine/test/trial.ts'

const base = `rubric: shared
version: 1
title: 共用细则
subject: unit
population: {source: unit, class: class}
period: {from: 2024-01-01, to: 2024-12-31}
defaults: {missing: zero, round: 2}
measures:
  meetings: {label: 会议, over: event, where: kind == "会"}
  events: {label: 活动, over: event}
blocks:
  - id: one
    label: 一
    items:
      - {id: a1, label: 会议, points: 10, input: meetings, rule: {kind: proportional, target: 12}}
      - {id: a2, label: 活动, points: 5, when: class == "甲", input: events, rule: {kind: proportional, target: 4}}
      - {id: a3, label: 规模, points: 5, rule: {kind: gate, when: subject.staff > 3}}
  - id: two
    label: 二
    items:
      - {id: b1, label: 测评, points: 80, input: {mark: m}, rule: {kind: convert, factor: 1}}
bonuses:
  cap: 5
  items:
    - {id: extra, label: 表扬, points: 5, input: {over: event, where: kind == "奖"}, rule: {kind: each, points: 1}}
total: {floor: 0, cap: none, round: 2}
vetoes: [{id: bad, label: 一票否决, when: events == 0, ceiling: 差}]
grades: [{grade: 好, from: 80}, {grade: 差}]
rank: {peers: all, ties: min}
`
const head = 'extends: {rubric: shared, version: 1}\nrubric: next\nversion: 1\ntitle: 下一年\n'
const at = (more: Record<string, string> = {}) => basesAmong(Object.entries({ 'base.yaml': base, ...more }).map(([file, text]) => ({ file, text })))

function load(text: string, bases = at()): RubricIr {
  const loaded = loadRubric(text, 'next.yaml', trialCatalogue, bases)
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.diagnostics.map(formatDiagnostic).join('\n'))
  return loaded.value
}
function errors(text: string, bases = at()): string[] {
  const loaded = loadRubric(text, 'next.yaml', trialCatalogue, bases)
  return loaded.ok ? [] : loaded.diagnostics.map(formatDiagnostic)
}
const before = load(base)
const said = (text: string): string[] => rubricDiff(before, load(text)).map(({ sentence }) => sentence)

test('[R-EXT-1] a file that names nothing else is the base under another name', () => {
  const { rubric, title, ...rest } = load(head)
  assert.deepEqual([rubric, title], ['next', '下一年'])
  const { rubric: _r, title: _t, ...same } = before
  assert.deepEqual(rest, same)
})

test('[R-EXT-2] fields that are named replace those of the base, an empty one is taken away, the rest stays', () => {
  const ir = load(
    `${head}measures:\n  events: {where: kind == "会"}\nitems:\n  - {id: a1, points: 12}\n  - {id: a2, when: ~}\nblocks:\n  - {id: two, weight: 0.5}\n`,
  )
  assert.deepEqual(
    [ir.items.a1?.points, ir.items.a1?.label, ir.items.a2?.when, ir.blocks[1]?.weight, ir.measures.events?.label],
    ['12', '会议', null, '0.5', '活动'],
  )
  assert.deepEqual(ir.items.a1?.rule, before.items.a1?.rule)
})

test('[R-EXT-3] new items and blocks stand where they say; with a place, known ones move', () => {
  const gate = 'points: 1, rule: {kind: gate, when: subject.open}'
  const ir = load(
    `${head}items:\n  - {id: n1, label: 新, ${gate}, after: a1}\n  - {id: n2, label: 新, ${gate}, into: two}\n  - {id: n3, label: 奖, ${gate}, into: bonuses}\n  - {id: a3, before: a1}\n  - {id: n4, label: 新, ${gate}, into: three}\n` +
      `blocks:\n  - {id: three, label: 三, before: two, items: [{id: c1, label: 新, ${gate}}]}\n  - {id: two, into: three}\n`,
  )
  assert.deepEqual(
    ir.blocks.map(({ id, items, blocks }) => [id, items, blocks.map((inner) => [inner.id, inner.items])]),
    [
      ['one', ['a3', 'a1', 'n1', 'a2'], []],
      ['three', ['c1', 'n4'], [['two', ['b1', 'n2']]]],
    ],
  )
  assert.deepEqual(ir.bonuses.items, ['extra', 'n3'])
})

test('[R-EXT-4] what is removed is gone; a name that two things have says which', () => {
  const ir = load(`${head}remove: [a2, bad, two]\n`)
  assert.deepEqual([Object.keys(ir.items), ir.vetoes, ir.blocks.length], [['a1', 'a3', 'extra'], [], 1])
  const twice = at({ 'twice.yaml': base.replace('rubric: shared', 'rubric: twice').replaceAll('id: a2', 'id: events') })
  const text = head.replace('shared', 'twice')
  assert.deepEqual(errors(`${text}remove: [events]\n`, twice), [
    'next.yaml:5:10 extends `events` is the name of several things in the base — write measures.events or items.events',
  ])
  assert.deepEqual(Object.keys(load(`${text}remove: [items.events]\n`, twice).items), ['a1', 'a3', 'b1', 'extra'])
})

test('[R-EXT-5] other keys replace the base’s; bonuses and penalties change field by field; vetoes by id', () => {
  const ir = load(
    `${head}period: {from: 2025-01-01, to: 2025-12-31}\ntotal: {floor: none, cap: 110, round: 1}\nbonuses: {cap: 8}\nvetoes: [{id: bad, when: events < 2}, {id: worse, label: 另一条, when: total < 10, zero: total}]\n`,
  )
  assert.deepEqual(
    [ir.period.from, ir.total, ir.bonuses, ir.vetoes.map(({ id }) => id)],
    ['2025-01-01', { floor: null, cap: '110', round: 1 }, { floor: null, cap: '8', items: ['extra'] }, ['bad', 'worse']],
  )
})

test('[R-EXT-6] a base may extend another; circles and bases that are not there are said at `extends`', () => {
  const middle = 'extends: {rubric: shared, version: 1}\nrubric: middle\nversion: 1\ntitle: 中\nitems:\n  - {id: a1, points: 11}\n'
  const over = head.replace('shared', 'middle')
  assert.deepEqual(load(`${over}items:\n  - {id: a1, label: 新名}\n`, at({ 'middle.yaml': middle })).items.a1?.points, '11')
  assert.deepEqual(errors(over), [
    'next.yaml:1:10 extends there is no rubric `middle` version 1 to extend — the base has to be among the files at hand, or stored',
  ])
  const circle = errors(over, at({ 'middle.yaml': middle.replace('shared', 'next') }))
  assert.equal(circle.length, 1)
  assert.match(circle[0] ?? '', /^middle\.yaml:1:10 extends the bases go in a circle: next 1 → middle 1 → next 1/)
  assert.match(errors(head.replace('shared', 'next'))[0] ?? '', /^next\.yaml:1:10 extends the bases go in a circle: next 1 → next 1$/)
})

test('[R-EXT-7] a mistake is shown in the file it was made in; of the base it is said so', () => {
  assert.deepEqual(errors(`${head}items:\n  - {id: a1, points: twelve}\n`), ['next.yaml:6:22 shape expected an exact number, or none, found `twelve`'])
  assert.deepEqual(errors(`${head}items:\n  - {id: a2, when: clas == "乙"}\n`), ['next.yaml:6:20 cel-name no field `clas` — did you mean `class`?'])
  assert.deepEqual(errors(`${head}items:\n  - {id: a9, points: 3}\n`), [
    'next.yaml:6:5 extends the base has no item `a9` — did you mean `a1`? A new item says `into` or `after`',
  ])
  assert.deepEqual(errors(`${head}items:\n  - {id: a1, after: zz}\n`)[0]?.slice(0, 60), 'next.yaml:6:21 extends there is no item `zz` to place `a1` a')
  assert.deepEqual(errors(`${head}remove: [meetings]\n`), [
    'base.yaml:15:48 cel-name no field `meetings` — known: events, class, subject, items, blocks; text stands in double quotes — this line is in the base: change or remove it in next.yaml',
  ])
  assert.deepEqual(
    errors(`${head}defaults: {round: 2}\n`)[0],
    'base.yaml:15:9 missing-key `missing` is missing here: what happens without data — zero, full, peer-mean, exclude or manual; or once for all under `defaults` — this line is in the base: change or remove it in next.yaml',
  )
  assert.deepEqual(errors(`${head}itmes: []\n`), ['next.yaml:5:1 unknown-key no key `itmes` here — did you mean `items`?'])
  assert.deepEqual(errors(`${head}blocks:\n  - {id: one, items: []}\n`)[0]?.slice(0, 22), 'next.yaml:6:5 extends ')
})

test('[R-DIA-2] nothing that an extension says makes the checker throw', () => {
  const odd = [
    'extends: 3',
    'extends: {rubric: shared}',
    `${head}items: {a: 1}`,
    `${head}measures: {__proto__: {over: event}}`,
    `${head}measures: {events: ~}`,
    `${head}remove: [a.b.c, one, a1]`,
    `${head}blocks: [{id: one, into: one}]`,
    `${head}items: [{id: a1, after: a1}]`,
    `${head}bonuses: ~`,
    `${head}items: [~]`,
  ]
  for (const text of odd)
    assert.ok(
      errors(text).every((one) => /:\d+:\d+ /.test(one)),
      text,
    )
  assert.equal(extendedBy('extends: ['), null)
  assert.deepEqual(extendedBy(head), { rubric: 'shared', version: '1' })
})

test('[R-DIF-1] two rubrics that mean the same have no difference', () => {
  assert.deepEqual(said(head.replace('下一年', '共用细则')), [])
})

test('[R-DIF-2] what changed is said field by field, with what it was and is', () => {
  assert.deepEqual(said(`${head}items:\n  - {id: a1, points: 12}\n  - {id: a2, when: class == "乙", rule: {kind: proportional, target: 6}}\n`).slice(1), [
    '“会议”：分值 10 → 12',
    '“活动”：适用条件 subject.class == “甲” → subject.class == “乙”；目标值 4 → 6',
  ])
  assert.deepEqual(said(`${head}items:\n  - {id: a3, rule: {kind: formula, value: 5}}\n`).slice(1), [
    '“规模”：计分 满足 subject.staff > 3 得 5 分，否则 0 分 → 得分 = 5',
  ])
  assert.deepEqual(said(`${head}total: {floor: 0, cap: 110, round: 2}\nmeasures: {events: {unit: 次}}\ngrades: [{grade: 好, from: 85}, {grade: 差}]\n`), [
    '名称 共用细则 → 下一年；总分最高 无 → 110',
    '取数“活动”：单位 无 → 次',
    '等次“好”：分数线 80 → 85',
  ])
  assert.deepEqual(said(`${head}items:\n  - {id: extra, input: {over: event, where: kind == "表扬"}}\n`).slice(1), [
    '“表扬”：取数 来源 event、条件 kind == “奖”、算法 计数 → 来源 event、条件 kind == “表扬”、算法 计数',
  ])
})

test('[R-DIF-3] what was added, removed and moved is said with its place', () => {
  const gate = 'points: 1, rule: {kind: gate, when: subject.open}'
  assert.deepEqual(said(`${head}remove: [a2]\nitems:\n  - {id: n1, label: 新指标, ${gate}, after: a1}\n  - {id: a3, into: two}\n`).slice(1), [
    '新增指标“新指标”（1分），在“一”中',
    '“规模”：从“一”移到“二”',
    '删去指标“活动”（5分），原在“一”中',
  ])
  assert.deepEqual(said(`${head}items:\n  - {id: a3, before: a1}\n`).slice(1), ['“规模”：调整了先后顺序'])
})
