// A pasted notice is read by plain rules; how well is counted over invented notices, and may not get worse.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { notices, unseen } from './burden-notice.fixture.ts'
import { type PartOf, partNames, readNotice } from './burden-notice.rules.ts'

const today = '2024-12-20'
const parts = Object.keys(partNames) as PartOf[]
const read = (text: string, what: PartOf): string[] =>
  readNotice(text, today)
    .filter((part) => part.what === what)
    .map(({ value }) => value)

/** Precision and recall over some notices, part by part; what was read wrong is told. */
function counted(of: typeof notices, tell: (line: string) => void): { precision: number; recall: number } {
  const sums = { expected: 0, found: 0, right: 0 }
  for (const what of parts) {
    const one = { expected: 0, found: 0, right: 0 }
    for (const [text, expected] of of) {
      const [wanted, got] = [expected[what] ?? [], read(text, what)]
      const right = got.filter((value) => wanted.includes(value)).length
      one.expected += wanted.length
      one.found += got.length
      one.right += right
      if (right < Math.max(wanted.length, got.length)) tell(`${what}: ${JSON.stringify(wanted)} read as ${JSON.stringify(got)} — ${text.replaceAll('\n', '⏎')}`)
    }
    tell(`${what}: precision ${(one.right / one.found).toFixed(3)}, recall ${(one.right / one.expected).toFixed(3)} (${one.expected})`)
    for (const key of ['expected', 'found', 'right'] as const) sums[key] += one[key]
  }
  const [precision, recall] = [sums.right / sums.found, sums.right / sums.expected]
  tell(`all: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${sums.expected} parts of ${of.length} notices)`)
  return { precision, recall }
}

test('of the notices by which the rules were written at least 95 parts in a hundred are read, and of what is read at least 95 are right', (t) => {
  assert.ok(notices.length >= 60, `${notices.length} notices`)
  const { precision, recall } = counted(notices, (line) => t.diagnostic(line))
  assert.ok(precision >= 0.95 && recall >= 0.95, `precision ${precision}, recall ${recall}`)
})

test('of notices that the rules did not know, at least six in ten parts are read, and of what is read six in ten are right', (t) => {
  const { precision, recall } = counted(unseen, (line) => t.diagnostic(line))
  assert.ok(precision >= 0.6 && recall >= 0.6, `precision ${precision}, recall ${recall}`)
})

test('each part stands where its words are in the text, in half or full width', () => {
  for (const [text] of notices)
    for (const { what, at, end, value } of readNotice(text, today)) {
      if (what === 'kind') continue
      assert.ok(at >= 0 && at < end && end <= text.length, `${what} ${at}–${end} in ${text}`)
      if (!['deadline', 'on', 'time'].includes(what)) assert.equal(text.slice(at, end).trim(), value, text)
    }
  assert.deepEqual(read('请于１２月２７日前报送', 'deadline'), ['2024-12-27'])
})

test('a relative day is one of the day on which it is read', () => {
  for (const [text, on, day] of [
    ['本周五前报送', '2024-12-16', '2024-12-20'],
    ['月底前报送', '2024-02-05', '2024-02-29'],
    ['下周二上午前报送', '2024-12-29', '2024-12-31'],
    ['15日前报送', '2024-12-03', '2024-12-15'],
    ['5个工作日内报送', '2024-09-27', '2024-10-10'],
  ] as const)
    assert.deepEqual(
      readNotice(text, on)
        .filter(({ what }) => what === 'deadline')
        .map(({ value }) => value),
      [day],
      `${text} on ${on}`,
    )
})

test('a long, hostile or empty text is read at once and breaks nothing', () => {
  const started = performance.now()
  for (const text of ['', '各'.repeat(5000), '请于'.repeat(3000), '（'.repeat(5000), '年'.repeat(5000), '12月'.repeat(2000), '\n'.repeat(5000)])
    readNotice(text, today)
  assert.ok(performance.now() - started < 3000)
})
