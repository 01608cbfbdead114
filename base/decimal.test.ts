import assert from 'node:assert/strict'
import { test } from 'node:test'
import { add, ceiling, compare, decimal, divide, floor, format, isDecimal, multiply, round, subtract } from '#base/decimal.ts'

const show = (value: ReturnType<typeof divide>): string | null => (value === null ? null : format(value))

test('[R-NUM-1] a quotient keeps 30 places, drops the rest, and is null by zero', () => {
  assert.equal(show(divide(decimal('2'), decimal('3'))), `0.${'6'.repeat(30)}`)
  assert.equal(show(divide(decimal('-2'), decimal('3'))), `-0.${'6'.repeat(30)}`)
  assert.equal(show(divide(decimal('1'), decimal('0.00'))), null)
})

test('[R-NUM-3] a half is rounded away from zero', () => {
  assert.deepEqual(
    ['2.5', '-2.5', '2.4999', '0.005', '-0.004'].map((text) => format(round(decimal(text), text.startsWith('0.00') || text === '-0.004' ? 2 : 0))),
    ['3', '-3', '2', '0.01', '0'],
  )
})

test('[R-NUM-4] numbers are shown without trailing zeros', () => {
  assert.deepEqual(
    ['1.500', '-0.0', '100', '0.10', '-12.340'].map((text) => format(decimal(text))),
    ['1.5', '0', '100', '0.1', '-12.34'],
  )
})

test('sums, products and comparisons are exact', () => {
  assert.equal(format(add(decimal('0.1'), decimal('0.2'))), '0.3')
  assert.equal(format(subtract(decimal('1'), decimal('0.9'))), '0.1')
  assert.equal(format(multiply(decimal('1.5'), decimal('-0.04'))), '-0.06')
  assert.equal(compare(decimal('1.0'), decimal('1.00')), 0)
  assert.deepEqual([format(floor(decimal('-1.5'))), format(ceiling(decimal('-1.5'))), format(ceiling(decimal('1.01')))], ['-2', '-1', '2'])
})

test('only plain decimal text is a decimal', () => {
  assert.deepEqual(['1', '-1.50', '+2', '1e3', '.5', '1.', '', '١', '0x1'].map(isDecimal), [true, true, true, false, false, false, false, false, false])
})
