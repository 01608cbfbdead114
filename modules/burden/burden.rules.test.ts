// Prices, notice, budgets and caps, without a database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bucketOf, budgetOf, capsBroken, edges, fieldShares, medianOf, noticeDays, priceOf } from './burden.rules.ts'

const given = { enough: 20, fieldSeconds: { string: 20, text: 120, int: 15 } }
const form = { fields: [{ type: 'string' }, { type: 'text' }], minutes: 9 }

test('[B1] under 20 fillings a form costs its fields by type; from 20 on its own median; without fields, what its file states', () => {
  const bucket = bucketOf(50)
  assert.deepEqual(priceOf(form, [{ bucket, count: 19 }], given), { seconds: 140, by: 'fields', fillings: 19 })
  const { seconds, by } = priceOf(form, [{ bucket, count: 20 }], given)
  assert.equal(by, 'measured')
  assert.ok(seconds > 45 && seconds <= 60, String(seconds))
  assert.deepEqual(priceOf({ fields: [], minutes: 9 }, [], given), { seconds: 540, by: 'stated', fillings: 0 })
})

test('[B1] the median out of buckets lies in the bucket of the exact median, for any fillings', () => {
  let seed = 7
  for (let round = 0; round < 200; round += 1) {
    const times = Array.from({ length: 1 + (round % 40) }, () => {
      seed = (seed * 48_271) % 2_147_483_647
      return 1 + (seed % 3600)
    })
    const counts = new Map<number, number>()
    for (const time of times) counts.set(bucketOf(time), (counts.get(bucketOf(time)) ?? 0) + 1)
    const exact = times.sort((left, right) => left - right)[Math.ceil(times.length / 2) - 1] ?? 0
    const told = medianOf([...counts].map(([bucket, count]) => ({ bucket, count }))) ?? 0
    assert.equal(bucketOf(Math.max(told, 1)), bucketOf(exact), `${times}`)
  }
  assert.equal(medianOf([]), undefined)
})

test('[B2] a filling longer than the last bucket is one of it', () => assert.equal(bucketOf(14_400), edges.length - 1))

test('[B1] the shares of a form’s fields never add up to more than its price', () => {
  const shares = fieldShares(form.fields, 100, given.fieldSeconds)
  assert.deepEqual(shares, [14, 85])
  assert.deepEqual(fieldShares([{ type: 'choice' }], 100, given.fieldSeconds), [0])
})

test('[B4] notice counts working days after the day of asking, by the State Council’s calendar', () => {
  assert.equal(noticeDays('2024-12-20', '2024-12-20'), 0, 'on a Friday, due the same day')
  assert.equal(noticeDays('2024-12-20', '2024-12-23'), 1, 'over a weekend')
  assert.equal(noticeDays('2024-09-27', '2024-10-08'), 3, 'a Sunday and a Monday worked, the seven days of October off')
})

test('[B4] a body’s budget is the first that fits its kind', () => {
  const budgets = [
    { of: 'party-org' as const, kinds: ['branch'], minutes: 60 },
    { of: 'party-org' as const, minutes: 180 },
  ]
  assert.equal(budgetOf(budgets, { of: 'party-org', kind: 'branch' }), 60)
  assert.equal(budgetOf(budgets, { of: 'party-org', kind: 'committee' }), 180)
  assert.equal(budgetOf(budgets, { of: 'unit', kind: 'township' }), undefined)
})

test('[B4] a second inspection in a year and a document too long break their caps, and say so', () => {
  const caps = [
    { kind: 'inspection', name: '督查', most_a_year: 1 },
    { kind: 'document', name: '文件', most_characters: 5000 },
  ]
  assert.deepEqual(capsBroken(caps, { kind: 'inspection', thisYear: 0 }), [])
  assert.deepEqual(capsBroken(caps, { kind: 'inspection', thisYear: 1 }), ['督查一年最多 1 次，今年已有 1 次'])
  assert.deepEqual(capsBroken(caps, { kind: 'document', thisYear: 0, characters: 5001 }), ['文件最多 5000 字，现在 5001 字'])
  assert.deepEqual(capsBroken(caps, { kind: 'form', thisYear: 9, characters: 9999 }), [])
})
