// Cells that a spreadsheet would run, and what must stay as it is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvCells, csvLine } from './csv.ts'

const cell = (text: string | number) => csvCells(csvLine([text, 'x']), '', ',').rows[0]?.[0]?.text

test('whatever a spreadsheet would take for a formula has an apostrophe before it, wide letters and blanks before them included', () => {
  for (const text of [
    '=1+1',
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    ' =1',
    '＝1',
    '＋1',
    '－1',
    '＠SUM',
    '\u200b=1',
    '\u3000=1',
    '=cmd|" /C calc"!A0',
    '\t=1',
    '-',
    '=\n1',
  ])
    assert.match(csvLine([text]), /^"?'/, JSON.stringify(text))
})

test('numbers, dates and text of other kinds stay as they are', () => {
  for (const text of ['-12.5', '-3', '2024-12-20', '王示例', 'a=b', '1+1', '—说明', '(-1)', "'quoted"]) assert.equal(cell(text), text, text)
  assert.equal(cell(-12.5), '-12.5')
  assert.equal(csvLine(['a,b', 'c"d', 'e\nf']), '"a,b","c""d","e\nf"\r\n')
})
