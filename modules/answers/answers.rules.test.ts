// Days, values and groups: what needs no database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#base/errors.ts'
import { seriesSpans, shownValue, spanOf, suppressed, timeOf } from './answers.rules.ts'
import { parseSheet } from './answers-sheet.rules.ts'

const now = new Date('2024-12-20T01:00:00Z')

test('[house §6.3] without sliders the valid date is today in China and the knowledge is now', () => {
  assert.deepEqual(timeOf({}, now), { on: '2024-12-20', asOf: null })
  assert.deepEqual(timeOf({}, new Date('2024-12-20T17:00:00Z')).on, '2024-12-21')
})
test('[house §6.3] a date as moment of knowledge means the end of that day in China', () => {
  assert.equal(timeOf({ asOf: '2024-07-31' }, now).asOf, '2024-07-31T15:59:59.999Z')
  assert.equal(timeOf({ asOf: '2024-12-20' }, now).asOf, null, 'today is not over: what is known now')
  assert.equal(timeOf({ asOf: '2024-07-31T18:00:00+08:00' }, now).asOf, '2024-07-31T10:00:00.000Z')
})
test('every wrong day and moment is refused with its field, both at once', () => {
  const issues = (given: { on?: string; asOf?: string }): string[] => {
    try {
      timeOf(given, now)
    } catch (error) {
      assert.ok(error instanceof Refusal && error.code === 'invalid')
      return error.issues.map(({ field }) => field)
    }
    return []
  }
  for (const on of ['2023-02-29', '2024-1-1', 'x', '1900-01-01', '2200-01-01', "2024-01-01' --"]) assert.deepEqual(issues({ on }), ['/on'], on)
  for (const asOf of ['2024-02-30', '2024-07-31T25:00', '2024-07-31T10:00:00', 'now()', '2027-01-01', '2024-12-21'])
    assert.deepEqual(issues({ asOf }), ['/asOf'], asOf)
  assert.deepEqual(issues({ on: '2024-13-01', asOf: 'x' }), ['/on', '/asOf'])
  assert.deepEqual(issues({ on: '2024-07-31', asOf: '2024-12-20T01:00:30Z' }), [], 'half a minute ahead is a clock, not a mistake')
})
test('a figure whose period has ended keeps its last day; one that runs is counted so far; one to come is not recorded', () => {
  const period = { from: '2024-04-01', to: '2024-07-31' }
  assert.deepEqual(spanOf({ period }, '2024-12-20'), { on: '2024-07-31', ...period })
  assert.deepEqual(spanOf({ period }, '2024-05-01'), { on: '2024-05-01', from: '2024-04-01', to: '2024-05-01' })
  assert.equal(spanOf({ period }, '2024-03-31'), null)
  assert.deepEqual(spanOf({ period: 'day' }, '2024-12-20'), { on: '2024-12-20', from: '2024-12-20', to: '2024-12-20' })
})
test('[house §6.8] percentages have two places, half-up, and no value without a denominator', () => {
  assert.equal(shownValue('percent', '9987', '10000'), '99.87')
  assert.equal(shownValue('percent', '1', '8'), '12.50')
  assert.equal(shownValue('percent', '100125', '1000000'), '10.01')
  assert.equal(shownValue('percent', '1', '1'), '100.00')
  assert.equal(shownValue('percent', '0', '0'), null)
  assert.equal(shownValue('percent', '1', null), null)
  assert.equal(shownValue('count', '688', '1146'), '688')
  assert.equal(shownValue('count', null, null), null)
})
test('a short period is told by month, a long one by year, and the spans lie end to end', () => {
  assert.deepEqual(
    seriesSpans('2024-04-01', '2024-07-31').map(({ label }) => label),
    ['2024-04', '2024-05', '2024-06', '2024-07'],
  )
  const years = seriesSpans('2019-07-01', '2024-07-31')
  assert.deepEqual(
    [years[0], years.at(-1)],
    [
      { label: '2019', from: '2019-07-01', to: '2019-12-31' },
      { label: '2024', from: '2024-01-01', to: '2024-07-31' },
    ],
  )
  assert.equal(seriesSpans('2000-01-01', '2024-07-31').length, 12)
})
test('no group below k is shown, nor can one be worked out from the total', () => {
  const shown = (...counts: number[]) =>
    suppressed(
      counts.map((count) => ({ count })),
      5,
    ).map(({ count }) => count)
  assert.deepEqual(shown(9, 8, 7), [9, 8, 7])
  assert.deepEqual(shown(9, 4, 7), [9, null, null], 'the smallest other one hides the only small one')
  assert.deepEqual(shown(9, 4, 0), [null, null, null], 'a group that is known to be empty would give the other one away')
  assert.deepEqual(shown(9, 4, 0, 8), [9, null, null, null])
  assert.deepEqual(shown(9, 4, 3), [9, null, null])
  assert.deepEqual(shown(9, 0, 0), [9, null, null])
  assert.deepEqual(shown(3), [null])
  assert.deepEqual(shown(5, 5), [5, 5])
})
test('a sheet is text, bold text and figure marks; what else it holds is a problem, not HTML', () => {
  const { blocks, keys, problems } = parseSheet('# 题\n\n共{{a-b}}个，**重点**{{ c }}。\n\n> 注\n\n- 一\n- 二{{a-b}}\n')
  assert.deepEqual(problems, [])
  assert.deepEqual(keys, ['a-b', 'c'])
  assert.deepEqual(blocks[1], {
    kind: 'paragraph',
    inlines: [
      { kind: 'text', text: '共' },
      { kind: 'figure', text: 'a-b' },
      { kind: 'text', text: '个，' },
      { kind: 'strong', text: '重点' },
      { kind: 'figure', text: 'c' },
      { kind: 'text', text: '。' },
    ],
  })
  assert.deepEqual(
    blocks.map(({ kind }) => kind),
    ['heading', 'paragraph', 'note', 'list'],
  )
  const bad = parseSheet('一\n\n<script>alert(1)</script>\n\n[x](javascript:y)\n')
  assert.deepEqual(
    bad.problems.map(({ line }) => line),
    [3, 5],
  )
  assert.doesNotMatch(JSON.stringify(bad.blocks), /script/)
})
