// Periods and editions: which duty is judged by which text, in which period, until when.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Edition, idOf, periodName, periodOf, periodsOf, standingsOn } from './duty.rules.ts'
import type { Duty } from './duty-lists.contract.ts'

for (const [rhythm, by, day, first, last, due, name] of [
  ['monthly', undefined, '2024-02-29', '2024-02-01', '2024-02-29', '2024-02-29', '2024年2月'],
  ['quarterly', undefined, '2024-12-31', '2024-10-01', '2024-12-31', '2024-12-31', '2024年第四季度'],
  ['half-yearly', undefined, '2024-07-01', '2024-07-01', '2024-12-31', '2024-12-31', '2024年下半年'],
  ['half-yearly', undefined, '2024-06-30', '2024-01-01', '2024-06-30', '2024-06-30', '2024年上半年'],
  ['yearly', '03-31', '2024-12-20', '2024-01-01', '2024-12-31', '2024-03-31', '2024年'],
  ['once', '2024-05-20', '2024-12-20', '2024-01-01', '2024-12-31', '2024-05-20', '2024年'],
] as const)
  test(`[D3] the ${rhythm} period of ${day} runs from ${first} to ${last} and is due on ${due}`, () => {
    const period = periodOf({ rhythm, ...(by === undefined ? {} : { by }) }, day)
    assert.deepEqual(period, { first, last, due })
    assert.equal(periodName({ first, last }), name)
  })

test('[D3] what is continuous has no period, what is done once has one in its year alone', () => {
  assert.equal(periodOf({ rhythm: 'continuous' }, '2024-12-20'), null)
  assert.equal(periodOf({ rhythm: 'once', by: '2024-05-20' }, '2025-01-01'), null)
})

const meeting: Duty = { id: 'meeting', seat: 'secretary', title: '开会', basis: '示例', rhythm: 'monthly', way: { hand: '编号' } }
const report: Duty = { id: 'report', seat: 'secretary', title: '述职', basis: '示例', rhythm: 'yearly', way: { hand: '编号' } }
const edition = (number: number, from: string, duties: Duty[]): Edition => ({
  ...{ list: 'branch', number, hash: String(number), from },
  definition: { name: '支部', order: 4, valid_from: from, seats: [{ id: 'secretary', name: '书记', held_as: [{ post: 'secretary' }] }], duties },
})
const titles = (editions: Edition[], day: string) => standingsOn(editions, day).map(({ duty, edition: number }) => `${duty.title} ${number}`)

test('[D2] a new edition changes no period that has begun: the month and the year keep their text, the next month has the new one', () => {
  const editions = [edition(1, '2024-01-01', [meeting, report]), edition(2, '2024-12-20', [{ ...meeting, title: '开好会' }])]
  assert.deepEqual(titles(editions, '2024-12-20'), ['开会 1', '述职 1'])
  assert.deepEqual(titles(editions, '2025-01-01'), ['开好会 2'])
})

test('[D2] the first edition holds for the period in which it begins, and for none before its day', () => {
  const editions = [edition(1, '2024-03-15', [meeting, report])]
  assert.deepEqual(titles(editions, '2024-03-14'), [])
  assert.deepEqual(titles(editions, '2024-03-15'), ['开会 1', '述职 1'])
  assert.equal(standingsOn(editions, '2024-03-15')[0]?.before, null)
  assert.equal(standingsOn(editions, '2024-04-15')[0]?.before?.first, '2024-03-01')
})

test('[D2] what was no duty in the period before was not missed there; nor what had another rhythm', () => {
  const editions = [edition(1, '2024-01-01', [{ ...meeting, rhythm: 'quarterly' }]), edition(2, '2024-10-01', [meeting, { ...meeting, id: 'talk' }])]
  assert.deepEqual(
    standingsOn(editions, '2024-10-10').map(({ duty, before }) => [duty.id, before]),
    [
      ['meeting', null],
      ['talk', null],
    ],
  )
})

test('[D3] the periods of a year run from its beginning, or from the list’s, newest first', () => {
  const of = (from: string) => {
    const editions = [edition(1, from, [meeting])]
    const [one] = standingsOn(editions, '2024-04-10')
    return one === undefined ? [] : periodsOf(one, editions, '2024-04-10').map(({ first }) => first)
  }
  assert.deepEqual(of('2023-01-01'), ['2024-04-01', '2024-03-01', '2024-02-01', '2024-01-01'])
  assert.deepEqual(of('2024-03-10'), ['2024-04-01', '2024-03-01'])
})

test('[D6] the id of what is opened follows from what it is of', () => {
  assert.equal(idOf('1', 'report', 'a', '2024-01-01'), idOf('1', 'report', 'a', '2024-01-01'))
  assert.notEqual(idOf('1', 'report', 'a', '2024-01-01'), idOf('1', 'report', 'b', '2024-01-01'))
  assert.match(idOf('1'), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
})
