// Formats must never change a published number.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date, decimal, due, figure, minutes, percent, period, share } from './formats.ts'

test('a decimal string is grouped and rounded half-up without passing through a float', () => {
  assert.equal(decimal('1492345'), '1,492,345')
  assert.equal(decimal('12345678901234567890.125', 2), '12,345,678,901,234,567,890.13')
  assert.equal(decimal('1.005', 2), '1.01')
  assert.equal(decimal('999.995', 2), '1,000.00')
  assert.equal(decimal('-0.004', 2), '0.00')
  assert.equal(decimal('-2.5', 0), '-3')
  assert.equal(decimal('0.5', 0), '1')
  assert.equal(decimal(null), '—')
  assert.equal(decimal('全部'), '全部')
})

test('a percentage has two places, and a share without a denominator is a dash', () => {
  assert.equal(percent('99.87'), '99.87%')
  assert.equal(percent('100'), '100.00%')
  assert.equal(share(37, 37), '100.00%')
  assert.equal(share('2', '3'), '66.67%')
  assert.equal(share(0, 0), '—')
  assert.equal(figure('99.87', '%'), '99.87%')
  assert.equal(figure('918', '个'), '918个')
  assert.equal(figure(null, '个'), '未记录')
})

test('dates, periods and minutes are written in Chinese', () => {
  assert.equal(date('2026-11-23'), '2026年11月23日')
  assert.equal(date(null), '—')
  assert.equal(period({ from: '2019-07-01', to: '2024-06-30' }), '2019年7月1日—2024年6月30日')
  assert.equal(minutes(5), '约5分钟')
  assert.equal(minutes(80), '约1小时20分钟')
})

test('a due date says in words how it stands', () => {
  assert.deepEqual(due('2024-12-18', '2024-12-20'), { urgency: 'late', text: '已超2天' })
  assert.deepEqual(due('2024-12-20', '2024-12-20'), { urgency: 'soon', text: '今天截止' })
  assert.deepEqual(due('2024-12-30', '2024-12-20'), { urgency: 'later', text: '还有10天' })
  assert.deepEqual(due(null, '2024-12-20'), { urgency: 'open', text: '不限时间' })
})
