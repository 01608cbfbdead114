// CSV facts: what is read as what, and what each mistake gets told. No process, no database.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import { momentOf, typeOf, wayOut } from './columns.ts'
import { parse } from './csv.ts'
import { type Folder, readFolder } from './facts.ts'

const folder = mkdtempSync(join(tmpdir(), 'dajuan-facts-'))
after(() => rmSync(folder, { recursive: true }))
let count = 0

function read(files: Record<string, string | Buffer>): Folder {
  const own = join(folder, String((count += 1)))
  mkdirSync(own)
  for (const [name, content] of Object.entries({ 'units.csv': 'id,name\nu1,甲局\nu2,乙局\n', ...files })) writeFileSync(join(own, name), content)
  return readFolder(own, 'facts')
}
/** What is told of one file beside a sound units.csv. */
const told = (content: string | Buffer, file = 's.csv'): string[] => read({ [file]: content }).diagnostics.map(formatDiagnostic)
const table = (content: string | Buffer) => read({ 's.csv': content }).tables.find(({ name }) => name === 's')

test('cells may be quoted, hold commas, quotes and line breaks; their places are those of the file', () => {
  const { sheet, diagnostics } = parse('a,b\r\n"x, ""y""\r\nz" , 2\n\n , \n3,"four"', 'f.csv')
  assert.deepEqual(diagnostics, [])
  assert.deepEqual(
    sheet?.rows.map((row) => row.map(({ text, line, column }) => [text, line, column])),
    [
      [
        ['x, "y"\r\nz', 2, 1],
        ['2', 3, 5],
      ],
      [
        ['3', 6, 1],
        ['four', 6, 3],
      ],
    ],
  )
})

test('a byte order mark, CRLF, lone CR, commas at the end of lines and a missing last line break change nothing', () => {
  for (const text of ['unit,n\nu1,1\n', '\uFEFFunit,n\r\nu1,1\r\n', 'unit,n\ru1,1', 'unit,n,,\nu1,1,,\n,,,\n', '\n\nunit,n\n\nu1,1'])
    assert.deepEqual(
      table(text)?.rows.map(({ whose, values }) => [whose, values]),
      [['u1', ['u1', '1']]],
      JSON.stringify(text),
    )
})

test('a column is of the first type that all its filled cells are', () => {
  for (const [texts, type] of [
    [['1', '', '-20'], 'int'],
    [['1', '2.50'], 'decimal'],
    [['007', '1'], 'string'],
    [['1234567890123456789'], 'string'],
    [['true', 'FALSE'], 'bool'],
    [['2024-02-29'], 'date'],
    [['2023-02-29'], 'string'],
    [['a;b', 'c'], 'list'],
    [['1e3'], 'string'],
    [['', ''], 'string'],
  ] as [string[], string][])
    assert.equal(typeOf(texts), type, texts.join())
})

test('a header may name the type; lists are split at ; and empty cells are nothing', () => {
  assert.deepEqual(
    table('unit,code:string,tags:list,ok\nu1,7,a; b；c,TRUE\nu2,,,\n')?.rows.map(({ values }) => values.slice(1)),
    [
      ['7', ['a', 'b', 'c'], true],
      [null, null, null],
    ],
  )
})

test('each mistake of form has its place and a way out', () => {
  for (const [content, expected] of [
    ['', 'facts/s.csv:1:1 csv-file the file is empty — the first line names the columns'],
    ['unit;n\nu1;1\n', 'facts/s.csv:1:1 csv-file the columns are separated by `;` — separate them by commas'],
    ['unit，n\nu1，1\n', 'facts/s.csv:1:1 csv-file the columns are separated by `，` — separate them by commas'],
    [
      Buffer.from([0x75, 0x0a, 0xd6, 0xd0]),
      'facts/s.csv:2:1 csv-file this file is not UTF-8; perhaps it is GBK, as Chinese Excel saves "CSV" — save it as "CSV UTF-8"',
    ],
    [Buffer.from([0xff, 0xfe, 0x75, 0x00]), 'facts/s.csv:1:1 csv-file this file is UTF-16 — save it as "CSV UTF-8"'],
    [Buffer.from('PK\u0003\u0004'), 'facts/s.csv:1:1 csv-file this is a workbook, not a CSV file — open it and save it as "CSV UTF-8"'],
    ['unit,n\nu1,1,2\n', 'facts/s.csv:2:1 csv-form 3 cells here, but 2 columns in the first line — text with a comma in it stands in double quotes'],
    ['unit,n\nu1\n', 'facts/s.csv:2:1 csv-form 1 cells here, but 2 columns in the first line — an empty cell still has its comma'],
    ['unit,n\nu1,"x\nu2,3\n', 'facts/s.csv:2:4 csv-form this double quote is never closed — close it, or write "" for one inside a quoted cell'],
    ['unit,n\nu1,"x"y\n', 'facts/s.csv:2:4 csv-form text after the closing quote: y — inside a quoted cell write "" for a double quote'],
    ['n,date\n1,2024-01-01\n', 'facts/s.csv:1:1 csv-header no column `unit` — known: n, date'],
    ['unit,n,n\nu1,1,1\n', 'facts/s.csv:1:8 csv-header the column `n` is there twice — rename or delete one'],
    ['unit,,n\nu1,2,1\n', 'facts/s.csv:1:6 csv-header a column without a name — name it, or delete it'],
    ['unit,n:number\nu1,1\n', 'facts/s.csv:1:6 csv-header no type `number` — known: int, decimal, bool, date, string, list'],
    ['unit,n:int\nu1,"1,200"\n', 'facts/s.csv:2:4 csv-value `1,200` in column `n` is not a whole number such as 12 — write 1200'],
    ['unit,date\nu1,2024/3/5\n', 'facts/s.csv:2:4 csv-value `2024/3/5` is not a date such as 2024-01-31 — write 2024-03-05'],
    ['unit,known_from\nu1,soon\n', 'facts/s.csv:2:4 csv-value `soon` is no moment — write 2024-01-31 or 2024-01-31T18:00:00+08:00'],
    ['unit,n\n甲局,1\n', 'facts/s.csv:2:1 csv-unit no unit `甲局` in units.csv — that is the name of `u1`; write the id'],
    ['unit,n\n,1\n', 'facts/s.csv:2:1 csv-unit `unit` is empty: whose row is this? — write the id of a unit of units.csv'],
  ] as [string | Buffer, string][])
    assert.deepEqual(told(content), [expected])
})

test('units have ids of their own; marks an item, a value and one reviewer a day', () => {
  assert.deepEqual(told('id,name\nu1,甲\n,乙\nu1,丙\n', 'units.csv'), [
    'facts/units.csv:3:1 csv-unit `id` is empty — each unit has an id of its own',
    'facts/units.csv:4:1 csv-duplicate the unit `u1` is there twice — first in line 2',
  ])
  assert.deepEqual(
    told(
      'unit,item,value,by,at\nu1,a,9,甲,2024-01-01\nu1,a,8,甲,2024-01-02\nu1,a,8,乙,2024-01-01\nu1,a,7,甲,2024-01-01\nu2,,7,甲,2024-01-01\nu2,a,,甲,2024-01-01\n',
      'marks.csv',
    ),
    [
      'facts/marks.csv:5:4 csv-duplicate 甲 marks `a` of this unit twice — first in line 2; keep the one in force',
      'facts/marks.csv:6:4 csv-value `item` is empty — a mark says for which item and how much; delete the row if there is none',
      'facts/marks.csv:7:6 csv-value `value` is empty — a mark says for which item and how much; delete the row if there is none',
    ],
  )
})

test('a mark carries a date or a moment, whose day in China counts and before which it is not known', () => {
  const { tables } = read({ 'marks.csv': 'unit,item,value,at\nu1,a,9,2024-01-31T20:00:00Z\n' })
  const [row] = tables.find(({ name }) => name === 'mark')?.rows ?? []
  assert.deepEqual([row?.day, row?.knownFrom], ['2024-02-01', '2024-01-31T20:00:00.000Z'])
})

test('what looks like a slip is noted, not refused', () => {
  const notes = (content: string): string[] => read({ 's.csv': content }).notes.map(formatDiagnostic)
  assert.deepEqual(notes('unit,n\nu1,95%\nu1,80\nu2,70\n'), [
    'facts/s.csv:2:4 csv-type `95%` makes the column `n` text; most of it is a whole number — write 95; or name the column `n:string`',
  ])
  assert.deepEqual(notes('unit,date\nu1,\nu2,2024-01-01\n'), ['facts/s.csv:2:4 csv-undated a row without `date` is never counted'])
  assert.deepEqual(notes('unit,人数\nu1,3\n'), [
    "facts/s.csv:1:6 csv-header the column `人数` is left out: rubrics can't name it — a name is letters, digits and underscores, a letter first, and no word of CEL",
  ])
  assert.deepEqual(notes('unit,in,as_of\nu1,3,4\n').length, 1)
})

test('unit and mark are the sources of units.csv and marks.csv, and of no other file', () => {
  assert.deepEqual(told('unit,n\nu1,1\n', 'mark.csv'), ['facts/mark.csv:1:1 csv-file `mark` is a source already, that of marks.csv — rename this file'])
})

test('a folder without units.csv, a file for a folder and a folder that is not there get a sentence', () => {
  const own = mkdtempSync(join(folder, 'none-'))
  writeFileSync(join(own, 'unit.csv'), 'id\n')
  assert.match(readFolder(own, 'f').diagnostics.map(formatDiagnostic).join(), /no units\.csv in this folder — did you mean `unit`\?/)
  assert.match(readFolder(join(own, 'unit.csv'), 'f').diagnostics.map(formatDiagnostic).join(), /this is a file/)
  assert.match(readFolder(join(own, 'x'), 'f').diagnostics.map(formatDiagnostic).join(), /no such folder/)
})

test('moments are dates or carry their zone; a date is its beginning or its end in China', () => {
  assert.equal(momentOf('2025-01-10', 'start'), '2025-01-09T16:00:00.000Z')
  assert.equal(momentOf('2025-01-10', 'end'), '2025-01-10T15:59:59.999Z')
  assert.equal(momentOf('2025-01-10T08:00:00+08:00', 'end'), '2025-01-10T00:00:00.000Z')
  for (const text of ['2025-01-10T08:00:00', '2025-02-30', '2025-02-30T00:00:00Z', '2025-01-10T25:00:00Z', 'now'])
    assert.equal(momentOf(text, 'end'), undefined)
  assert.equal(wayOut('2024年3月5日', 'date'), 'write 2024-03-05')
  assert.equal(wayOut('2024-02-30', 'date'), 'write a date such as 2024-01-31, or leave the cell empty')
})
