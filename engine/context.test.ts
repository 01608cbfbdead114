import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Context, contextOf, defaultContext } from '#engine/context.ts'

const context: Context = { tenant: 1, on: '2024-06-30', asOf: '2025-01-01T00:00:00Z', from: '2024-01-01', to: '2024-12-31' }
const days = ({ on, from, to }: Context): string[] => [on, from, to]

test('[R-PER-2] nothing after `on` is counted', () => {
  assert.deepEqual(days(contextOf(null, context)), ['2024-06-30', '2024-01-01', '2024-06-30'])
  assert.deepEqual(days(contextOf({ from: '2019-07-01', to: '2024-12-31' }, context)), ['2024-06-30', '2019-07-01', '2024-06-30'])
})

test('[R-PER-3] a period that leaves an end out takes it from the context', () => {
  assert.deepEqual(days(contextOf({ to: '2024-03-31' }, context)), ['2024-06-30', '2024-01-01', '2024-03-31'])
})

test('[R-PER-4] the previous year moves all three dates; 29 February becomes the 28th', () => {
  assert.deepEqual(days(contextOf('previous-year', { ...context, on: '2024-02-29' })), ['2023-02-28', '2023-01-01', '2023-02-28'])
  const whole = { ...context, on: '2021-02-28', from: '2020-03-01', to: '2021-02-28' }
  assert.deepEqual(days(contextOf('previous-year', whole)), ['2020-02-29', '2019-03-01', '2020-02-29'])
})

test('a rubric is valid on the last day of its period unless a day is given', () => {
  const rubric = { period: { from: '2024-01-01', to: '2024-12-31' } }
  assert.equal(defaultContext(rubric, { tenant: 1, asOf: context.asOf }).on, '2024-12-31')
  assert.equal(defaultContext(rubric, { tenant: 1, asOf: context.asOf, on: '2024-05-01' }).on, '2024-05-01')
})
