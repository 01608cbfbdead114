// The kinds of the demonstration's pack: that they are whole, and what their guards hold back (M1, M4, M6).
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { isWorkingDay } from '#base/working-days.ts'
import { checkPack } from '#server/app/pack.ts'
import { matterKindsOf } from './matter.pack.ts'
import { begun, type Edition, moved } from './matter.rules.ts'
import { type Around, isMet } from './matter-guard.rules.ts'

const { pack, diagnostics } = checkPack(join(import.meta.dirname, '../../packs/changzhi'))
const kinds = matterKindsOf(pack)
const kindOf = (id: string): Edition => kinds.get(id) ?? assert.fail(`no kind ${id}`)
const around: Around = { today: '2024-12-20', due: null, late: false, children_open: 0 }

/** Whether the move's guard lets these fields through; numbers are stored as text. */
function lets(kind: string, move: string, fields: object, more: Partial<Around> = {}): boolean {
  const found = kindOf(kind).moves.find(({ id }) => id === move) ?? assert.fail(`${kind} has no move ${move}`)
  const stored = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]))
  return found.guard === undefined || isMet(found.guard.when, kindOf(kind), stored, { ...around, ...more })
}

test('[M1] every kind of the pack is right, and every mechanism of the article that is a matter has one', () => {
  assert.deepEqual(diagnostics, [])
  const needed = `admission base-facts brand child-brand clean-unit commitment decision decision-part demonstration-site discipline-setup election field-work milestone notice-item
    practice promise rectification roadmap style-problem task ten-ones topic training-class visit visit-question`
  assert.deepEqual(
    [...kinds.keys()].filter((id) => !needed.split(/\s+/).includes(id)),
    [],
  )
  assert.deepEqual(
    needed.split(/\s+/).filter((id) => !kinds.has(id)),
    [],
  )
})

test('[M1] no field of any kind asks for a photo or a person’s name, and every field is asked somewhere', () => {
  for (const kind of kinds.values()) {
    const asked = new Set([...kind.form, ...kind.moves.flatMap(({ form = [] }) => form)])
    for (const { id, name } of kind.fields) {
      assert.ok(asked.has(id), `${kind.id}: ${id} is in no form`)
      assert.doesNotMatch(name, /照片|截图|姓名|身份证|电话/, `${kind.id}: ${name}`)
    }
    for (const { required = [], form = [], id } of kind.moves)
      for (const field of required) assert.ok(form.includes(field), `${kind.id}.${id}: ${field} is required but not in its form`)
  }
})

test('[M4] a parent is not closed before its children: decision, visit, roadmap', () => {
  for (const [kind, move] of [
    ['decision', 'report-result'],
    ['visit', 'close'],
    ['roadmap', 'apply'],
  ] as const) {
    assert.equal(lets(kind, move, {}, { children_open: 1 }), false, kind)
    assert.equal(lets(kind, move, {}), true, kind)
  }
})

test('[M4] a promise is kept when more than half of those heard are satisfied; nobody heard lets nothing through', () => {
  assert.deepEqual(
    [
      [10, 6],
      [10, 5],
      [10, 11],
    ].map(([heard, satisfied]) => lets('promise', 'approve', { heard, satisfied })),
    [true, false, false],
  )
  assert.equal(lets('promise', 'approve', { satisfied: 3 }), false)
  assert.equal(lets('promise', 'disapprove', { heard: 4, satisfied: 5 }), false)
})

test('[M4] a brand needs all four criteria, the checklist all ten', () => {
  const criteria = ['distinct', 'known', 'lasting', 'spreading']
  assert.deepEqual([lets('brand', 'pass', { criteria }), lets('brand', 'pass', { criteria: criteria.slice(1) })], [true, false])
  const items = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  assert.deepEqual(
    [lets('ten-ones', 'hand-in', { items }), lets('ten-ones', 'hand-in', { items: items.slice(1) }), lets('ten-ones', 'hand-in', {})],
    [true, false, false],
  )
})

test('[M4] a problem of style stands in at least one of the three taxonomies', () => {
  assert.equal(lets('style-problem', 'find-cause', {}), false)
  for (const fields of [{ attitude: 'unwilling' }, { type: 'service' }, { ailment: 'slack' }]) assert.equal(lets('style-problem', 'find-cause', fields), true)
})

test('[M4] an election needs more than four fifths and more nominees than seats, after the reply and not in the future', () => {
  const held = { reply_on: '2024-11-01', held_on: '2024-12-01', eligible: 50, attended: 41, nominees: 6, seats: 5 }
  const cases = [{}, { attended: 40 }, { attended: 51 }, { nominees: 5 }, { held_on: '2024-10-31' }, { held_on: '2024-12-21' }]
  assert.deepEqual(
    cases.map((change) => lets('election', 'hold', { ...held, ...change })),
    [true, false, false, false, false, false],
  )
})

test('[M4] a candidate was an activist for a year; three days of training; a year on probation', () => {
  const on = { activist_on: '2023-06-01', admitted_on: '2023-11-01' }
  assert.deepEqual(
    [lets('admission', 'name-candidate', { ...on, candidate_on: '2024-05-31' }), lets('admission', 'name-candidate', { ...on, candidate_on: '2024-05-30' })],
    [true, false],
  )
  assert.deepEqual([lets('admission', 'review', { trained_days: 3 }), lets('admission', 'review', { trained_days: 2 })], [true, false])
  assert.deepEqual(
    [lets('admission', 'make-regular', { ...on, full_on: '2024-10-31' }), lets('admission', 'make-regular', { ...on, full_on: '2024-10-30' })],
    [true, false],
  )
})

test('[M6] what was sent back goes on with what was left of its clock, not with a new one; what comes in anew has its own', () => {
  const at = (text: string): Date => new Date(`${text}+08:00`)
  const kind = kindOf('promise')
  const collected = begun(kind, at('2024-03-01T09:00:00'), null, isWorkingDay)
  const taken = moved(kind, collected, 'taken-on', at('2024-03-04T09:00:00'), isWorkingDay)
  assert.equal(taken.dueAt?.toISOString(), '2024-05-03T15:59:59.000Z')
  const resting = moved(kind, taken, 'carried-out', at('2024-05-01T09:00:00'), isWorkingDay)
  assert.deepEqual([resting.paused, resting.leftMinutes], [true, 2 * 24 * 60 + 15 * 60 - 1])
  const again = moved(kind, resting, 'taken-on', at('2024-05-20T09:00:00'), isWorkingDay)
  assert.deepEqual([again.paused, again.leftMinutes, again.dueAt?.toISOString()], [false, null, '2024-05-22T15:59:00.000Z'])
})
