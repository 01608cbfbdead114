// The clock of a stage (M6): deadlines against a walk minute by minute, and the days and hours that people would name.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarWith, isWorkingDay } from '#base/working-days.ts'
import { random } from '#db/demo/random.ts'
import { compareClocks } from './matter-clock.fixture.ts'
import { deadlineOf, extendedOf, goOnOf, isAwake, remindAt, restOf } from './matter-clock.rules.ts'
import type { Clock } from './matter-kinds.contract.ts'

const at = (text: string): Date => new Date(`${text}+08:00`)
const said = (moment: Date | null): string | null => (moment === null ? null : new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19))

test('drawn clocks end, are extended, rest and go on as a walk minute by minute over ten years says', () => {
  const { next } = random(1404)
  const works = calendarWith({ workdays: ['2027-02-06', '2020-03-07'], holidays: ['2026-07-09', '2018-12-31'] })
  const { clocks, different } = compareClocks(1500, next, works)
  assert.deepEqual([clocks, different.slice(0, 5)], [1500, []])
})

test('days end with the last second of their day in China; the day they start on doesn’t count, whatever the hour', () => {
  for (const from of ['2024-12-20T00:00:00', '2024-12-20T23:59:59']) {
    assert.equal(said(deadlineOf({ within: 3, unit: 'days' }, at(from), isWorkingDay)), '2024-12-23T23:59:59')
    assert.equal(said(deadlineOf({ within: 3, unit: 'working-days' }, at(from), isWorkingDay)), '2024-12-25T23:59:59')
  }
  assert.equal(said(deadlineOf({ within: 90, unit: 'minutes' }, at('2024-12-20T23:00:30'), isWorkingDay)), '2024-12-21T00:30:30')
  assert.equal(said(deadlineOf({ within: 48, unit: 'hours' }, at('2024-12-20T18:00:00'), isWorkingDay)), '2024-12-22T18:00:00')
})

test('working days pass over the Spring Festival and count the Sunday worked for it; a day off of the operator’s own is passed over, too', () => {
  const clock = { within: 5, unit: 'working-days' } as const
  assert.equal(said(deadlineOf(clock, at('2024-02-08T10:00:00'), isWorkingDay)), '2024-02-21T23:59:59')
  const flood = calendarWith({ workdays: ['2024-02-17'], holidays: ['2024-02-20'] })
  assert.equal(said(deadlineOf(clock, at('2024-02-08T10:00:00'), flood)), '2024-02-21T23:59:59')
  assert.equal(said(deadlineOf({ ...clock, within: 3 }, at('2024-02-08T10:00:00'), flood)), '2024-02-18T23:59:59')
})

test('a clock that rests over a holiday has as many working minutes left after it as before', () => {
  const clock = { within: 5, unit: 'working-days' } as const
  const due = deadlineOf(clock, at('2024-02-01T09:00:00'), isWorkingDay)
  assert.equal(said(due), '2024-02-07T23:59:59')
  const left = restOf(clock, at('2024-02-07T12:00:00'), due, isWorkingDay)
  assert.equal(left, 719)
  assert.equal(said(goOnOf(clock, left, at('2024-02-10T12:00:00'), isWorkingDay)), '2024-02-18T11:59:00')
  assert.equal(said(goOnOf({ unit: 'days' }, left, at('2024-02-10T12:00:00'), isWorkingDay)), '2024-02-10T23:59:00')
})

test('resting and going on at once gives nobody a minute; past the deadline nothing is left', () => {
  for (const unit of ['minutes', 'hours', 'days', 'working-days'] as const) {
    const from = at('2024-04-29T09:30:00')
    const due = deadlineOf({ within: 4, unit }, from, isWorkingDay)
    const again = goOnOf({ unit }, restOf({ unit }, from, due, isWorkingDay), from, isWorkingDay)
    assert.ok(again <= due && due.getTime() - again.getTime() < 60_000, `${unit}: ${said(again)} for ${said(due)}`)
    const later = new Date(due.getTime() + 1)
    assert.equal(restOf({ unit }, later, due, isWorkingDay), 0)
    assert.equal(goOnOf({ unit }, 0, later, isWorkingDay).getTime(), later.getTime())
  }
})

test('an extension goes on from the deadline, in the clock’s unit', () => {
  const clock: Clock = { within: 10, unit: 'working-days', extend: { times: 1, by: 5 } }
  assert.equal(said(extendedOf(clock, at('2024-09-27T23:59:59'), isWorkingDay)), '2024-10-10T23:59:59')
  assert.equal(said(extendedOf({ within: 10, unit: 'hours' }, at('2024-09-27T12:00:00'), isWorkingDay)), '2024-09-27T12:00:00')
})

test('days are reminded of on the morning of a working day; hours when people are awake, and before the deadline', () => {
  const remind = (clock: Clock, from: string, due: string) => said(remindAt(clock, at(from), at(due), isWorkingDay))
  // Two working days before the end of the Spring Festival; two days before a Sunday.
  assert.equal(remind({ within: 10, unit: 'working-days', remind: 2 }, '2024-02-01T09:00:00', '2024-02-19T23:59:59'), '2024-02-09T09:00:00')
  assert.equal(remind({ within: 9, unit: 'days', remind: 1 }, '2024-12-13T09:00:00', '2024-12-22T23:59:59'), '2024-12-20T09:00:00')
  // One hour before 8:30 is before people are up: at eight. One hour before seven: the evening before.
  assert.equal(remind({ within: 24, unit: 'hours', remind: 1 }, '2024-12-18T08:30:00', '2024-12-19T08:30:00'), '2024-12-19T08:00:00')
  assert.equal(remind({ within: 24, unit: 'hours', remind: 1 }, '2024-12-18T07:00:00', '2024-12-19T07:00:00'), '2024-12-18T19:59:00')
  assert.equal(remind({ within: 48, unit: 'hours', remind: 1 }, '2024-12-20T10:00:00', '2024-12-22T10:00:00'), '2024-12-20T19:59:00')
})

test('a clock that says so reminds at any hour; one that would remind before the stage began doesn’t remind', () => {
  const night: Clock = { within: 24, unit: 'hours', remind: 1, any_hour: true }
  assert.equal(said(remindAt(night, at('2024-12-21T04:00:00'), at('2024-12-22T04:00:00'), isWorkingDay)), '2024-12-22T03:00:00')
  assert.equal(remindAt({ within: 1, unit: 'working-days', remind: 2 }, at('2024-12-19T10:00:00'), at('2024-12-20T23:59:59'), isWorkingDay), null)
  assert.equal(remindAt({ within: 1, unit: 'days' }, at('2024-12-19T10:00:00'), at('2024-12-20T23:59:59'), isWorkingDay), null)
})

test('no drawn reminder falls at night, on a day off, before its stage or after its deadline', () => {
  const { next } = random(7)
  let reminded = 0
  for (let n = 0; n < 5000; n += 1) {
    const unit = (['minutes', 'hours', 'days', 'working-days'] as const)[Math.floor(next() * 4)] ?? 'days'
    const clock: Clock = { unit, within: 1 + Math.floor(next() * 90), remind: 1 + Math.floor(next() * 20) }
    const from = new Date(at('2022-01-01T00:00:00').getTime() + Math.floor(next() * 4 * 365 * 24 * 60) * 60_000)
    const due = deadlineOf(clock, from, isWorkingDay)
    const when = remindAt(clock, from, due, isWorkingDay)
    if (when === null) continue
    reminded += 1
    assert.ok(isAwake(when, isWorkingDay) && when > from && when < due, `${JSON.stringify(clock)} from ${said(from)}: ${said(when)}`)
  }
  assert.ok(reminded > 2000, String(reminded))
})
