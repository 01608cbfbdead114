// Completion offers what an expression may name where it stands, and nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offersAt, offersFor } from './completion.rules.ts'
import { readRubricText } from './editor-text.rules.ts'

const reading = readRubricText(
  'population: { source: unit }\nmeasures: { meetings: { label: 会议, over: event } }\nblocks: [{ id: b, label: 一, items: [{ id: a, label: 甲 }] }]\n',
  () => undefined,
)
const sources = [
  { name: 'unit', label: '单位', columns: [{ name: 'staff', label: '人数', type: 'int' }] },
  { name: 'event', label: '事件', columns: [{ name: 'n', label: '几个', type: 'int' }] },
]

test('x and the peers are offered in a rule, the total in a veto, the columns in a measure', () => {
  assert.ok(reading)
  const named = (names: Parameters<typeof offersFor>[0], name: string) => offersFor(names, reading, sources).some(({ insert }) => insert === name)
  const names = ['x', 'peers.place', 'total', 'meetings', 'subject.staff', 'items.a', 'n']
  const offered = (place: Parameters<typeof offersFor>[0]) => names.filter((name) => named(place, name))
  assert.deepEqual(offered('rule'), ['x', 'peers.place', 'meetings', 'subject.staff', 'items.a'])
  assert.deepEqual(offered('veto'), ['total', 'meetings', 'subject.staff', 'items.a'])
  assert.deepEqual(offered('source:event'), ['n'])
})
test('what goes on with the word before the caret comes first, and nothing within quotes', () => {
  const offers = [
    { insert: 'subject.staff', label: '人数' },
    { insert: 'staff', label: '人数' },
  ]
  assert.deepEqual(
    offersAt('x > sta', 7, offers).offers.map(({ insert }) => insert),
    ['staff', 'subject.staff'],
  )
  assert.deepEqual(offersAt('kind == "sta', 12, offers).offers, [])
})
