import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import type { RecordVersion } from '../ledger.contract.ts'
import type { RecordKind, RecordsPack } from '../ledger-kinds.contract.ts'
import { changesBetween, contentOf, type Entry, kindsFor, lacks, partName, suggestTitle, takeNotice, textsOf, ticked, toSend, valuesOf } from './entry-view.ts'

const { kinds } = parse(readFileSync(new URL('../../../packs/changzhi/records.yaml', import.meta.url), 'utf8')) as RecordsPack
const kind = (id: string): RecordKind => kinds.find((each) => each.id === id)!
const entry = (change: Partial<Entry> = {}): Entry => ({
  id: 'x',
  kind: 'theme-day',
  body: null,
  suggested: '',
  happenedOn: '2024-12-18',
  title: '',
  place: '',
  fields: {},
  people: {},
  absent: [],
  ...change,
})
const version = (change: Partial<RecordVersion> = {}): RecordVersion => ({
  ...{ version: 1, state: 'valid', title: '12月主题党日', place: '', happenedOn: '2024-12-18', fields: { theme: '誓词', activity: 'study' } },
  ...{
    people: [
      { role: 'absent', id: 'a', name: '陈静' },
      { role: 'host', id: 'h', name: '王建国' },
    ],
    due: 5,
    present: 4,
    complete: true,
    late: false,
    reason: '',
    author: '李明',
    knownFrom: '',
    knownUntil: '',
  },
  ...change,
})

test('a title is suggested from kind and date: by month where it comes monthly', () => {
  assert.equal(suggestTitle(kind('committee-meeting'), '2024-12-08'), '12月支委会')
  assert.equal(suggestTitle(kind('party-lecture'), '2024-12-08'), '12月8日党课')
  assert.equal(suggestTitle(undefined, '2024-12-08'), '')
  assert.equal(suggestTitle(kind('party-lecture'), ''), '')
})

test('a branch is offered the kinds of branches alone; whoever has the city all of them', () => {
  const branch = kindsFor(kinds, [{ id: 'b', name: '支部', kind: 'party-org', orgKind: 'branch' }]).map((each) => each.id)
  assert.ok(branch.includes('theme-day') && branch.includes('party-lecture'))
  assert.ok(!branch.includes('visit') && !branch.includes('group-meeting'))
  assert.equal(kindsFor(kinds, []).length, kinds.length)
})

test('what is sent leaves blanks out, and of the absent whoever is not on that day’s roll', () => {
  const content = entry({
    title: '12月主题党日',
    fields: { theme: ' 誓词 ', activity: '' },
    people: { host: [{ id: 'h', label: '王' }] },
    absent: ['a', 'gone'],
  })
  assert.deepEqual(toSend(kind('theme-day'), content, [{ id: 'a' }, { id: 'h' }]), {
    happenedOn: '2024-12-18',
    title: '12月主题党日',
    fields: { theme: '誓词' },
    people: { host: ['h'] },
    absent: ['a'],
  })
  assert.equal('absent' in toSend(kind('theme-day'), entry({ absent: null }), [{ id: 'a' }]), false)
  assert.equal('absent' in toSend(kind('theme-day'), entry({ absent: [] }), undefined), false, 'nobody has seen the roll')
  assert.deepEqual(toSend(kind('theme-day'), entry({ absent: [] }), [{ id: 'a' }]).absent, [])
  assert.deepEqual(toSend(kind('practical-deed'), entry({ fields: { done: 'false' } }), undefined)['fields'], { done: false })
})

test('a version and the content of its correction are one and the same', () => {
  const content = contentOf(kind('theme-day'), version())
  const { happenedOn, title, fields } = toSend(kind('theme-day'), content, undefined)
  assert.deepEqual({ happenedOn, title, fields }, { happenedOn: '2024-12-18', title: '12月主题党日', fields: { theme: '誓词', activity: 'study' } })
  assert.deepEqual(content.absent, ['a'])
  assert.equal(contentOf(kind('theme-day'), version({ due: null, present: null })).absent, null)
})

test('what is lacking is named as people say it', () => {
  assert.deepEqual(
    lacks(kind('theme-day'), entry({ absent: null })).map((part) => partName(kind('theme-day'), part)),
    ['主题', '到会情况'],
  )
  assert.deepEqual(lacks(kind('party-lecture'), entry({ people: { lecturer: [{ id: 'h', label: '王' }] } })), ['theme'])
})

test('a notice is put into the entry, its topic into the field that takes one', () => {
  const given = entry({ kind: '' })
  const read = takeNotice(given, { kind: 'theme-day', happenedOn: '2024-12-10', topic: '缅怀先烈', notes: [] }, kinds)
  assert.deepEqual(
    read.map((each) => each.label),
    ['种类', '日期', '主题'],
  )
  assert.deepEqual([given.kind, given.happenedOn, given.fields], ['theme-day', '2024-12-10', { theme: '缅怀先烈' }])
  assert.deepEqual(takeNotice(given, { notes: ['拿不准'] }, kinds), [])
})

test('versions are compared part by part, in words', () => {
  const after = version({
    version: 2,
    place: '二楼',
    fields: { theme: '誓词', activity: 'service' },
    people: [{ role: 'host', id: 'h', name: '王建国' }],
    present: 5,
  })
  assert.deepEqual(changesBetween(kind('theme-day'), version(), after), [
    { label: '地点', before: '（空）', after: '二楼' },
    { label: '到会', before: '4/5', after: '5/5' },
    { label: '缺席', before: '陈静', after: '（空）' },
    { label: '活动形式', before: '集中学习', after: '志愿服务' },
  ])
})

test('of a list of choices those that are ticked are sent, in their order, and come back as they were', () => {
  const field = { id: 'criteria', name: '标准', type: 'list' as const, choices: ['distinct', 'known', 'lasting'].map((id) => ({ id, name: id })) }
  const both = ticked(field, ticked(field, '', 'lasting', true), 'distinct', true)
  assert.deepEqual(valuesOf([field], { criteria: both }), { criteria: ['distinct', 'lasting'] })
  assert.equal(textsOf([field], { criteria: ['distinct', 'lasting'] })['criteria'], both)
  assert.deepEqual(valuesOf([field], { criteria: ticked(field, 'lasting', 'lasting', false) }), {}, 'none: not filled in')
})
