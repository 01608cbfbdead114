// What the answer pages make of their data.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Term } from '../answers.contract.ts'
import { asked, bareValue, figureHref, fittingTerms, shownGroups, spanName, unitOf } from './answers-view.ts'

test('a number is grouped by thousands, a percentage keeps its places, what is not recorded says so', () => {
  assert.equal(bareValue({ value: '1493210', unit: '件' }), '1,493,210')
  assert.equal(bareValue({ value: '99.87', unit: '%' }), '99.87%')
  assert.equal(bareValue({ value: null, unit: '%' }), '尚未记录')
  assert.deepEqual([unitOf({ value: '4', unit: '个' }), unitOf({ value: '1.00', unit: '%' }), unitOf({ value: null, unit: '件' })], ['个', '', ''])
})
test('links and questions carry only the sliders that were moved', () => {
  assert.equal(figureHref('changzhi', 'clean-units', { on: '', asOf: '' }), '/answers/changzhi/clean-units')
  assert.equal(figureHref('changzhi', 'clean-units', { on: '2024-07-31', asOf: '' }), '/answers/changzhi/clean-units?on=2024-07-31')
  assert.deepEqual(asked({ on: '', asOf: '2024-03-01' }), { on: undefined, asOf: '2024-03-01' })
})
test('groups without a number are named apart', () => {
  const shown = shownGroups({
    k: 5,
    total: '9',
    on: '',
    asOf: '',
    groups: [
      { name: '市级机关', count: 9 },
      { name: '沁县', count: null },
    ],
  })
  assert.deepEqual(shown, { bars: [{ label: '市级机关', value: '9' }], hidden: ['沁县'] })
})
test('terms are found by word, part, kind and state together', () => {
  const term = (more: Partial<Term>): Term => ({
    term: '联组共学',
    kind: 'mechanism',
    part: '凝心铸魂',
    need: 'S1',
    state: 'here',
    at: '纪实：联组共学',
    href: '/',
    note: '',
    ...more,
  })
  const terms = [
    term({}),
    term({ term: '大走访', kind: 'activity', part: '正风肃纪', at: '纪实：走访', need: 'S22' }),
    term({ term: '七廉一体', state: 'not-yet', href: null }),
  ]
  const none = { q: '', part: '', kind: '', state: '' }
  assert.equal(fittingTerms(terms, none).length, 3)
  assert.deepEqual(
    fittingTerms(terms, { ...none, q: '走访' }).map((one) => one.term),
    ['大走访'],
  )
  assert.deepEqual(
    fittingTerms(terms, { ...none, q: 's22' }).map((one) => one.term),
    ['大走访'],
  )
  assert.deepEqual(
    fittingTerms(terms, { ...none, part: '凝心铸魂', state: 'not-yet' }).map((one) => one.term),
    ['七廉一体'],
  )
  assert.deepEqual(fittingTerms(terms, { ...none, kind: 'figure' }), [])
})

test('months and years of a series are written in Chinese', () => {
  assert.equal(spanName('2024-04'), '2024年4月')
  assert.equal(spanName('2024'), '2024年')
})
