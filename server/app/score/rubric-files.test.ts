// docs/rubric-files.md: every snippet checks and gives the numbers that stand under it, by SQL and by the reference; the whole example what it
// prints; the mistakes the diagnostics. Fences say what they are: `yaml rubric` a file, `yaml measures|items|part [FOLDER]` pieces of one (over
// the rivers, if no folder of facts is named) with `text values|points|result` below, `yaml wrong` with `text wrong-1|2`, `csv NAME` facts,
// `text table` and `json` output. UPDATE_GOLDEN=1 writes the numbers anew: read the difference.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { parse, stringify } from 'yaml'
import { formatDiagnostic } from '#base/errors.ts'
import { defaultContext, type ResultRow } from '#engine/index.ts'
import { withTemporaryDatabase } from './database.ts'
import { type Fence, fences, page, pageFile } from './page.ts'
import { loadCase, scoreByReference, scoreBySql } from './score.ts'

const root = join(import.meta.dirname, '../../..')
const all = (kind: string): string[] => fences.filter((fence) => fence.kind === kind).map(({ text }) => text)
const only = (kind: string): string => {
  const [text, ...more] = all(kind)
  assert.ok(text !== undefined && more.length === 0, `one fence \`${kind}\``)
  return text
}

const folder = mkdtempSync(join(tmpdir(), 'dajuan-page-'))
after(() => rmSync(folder, { recursive: true }))
for (const { kind, text } of fences) {
  if (!kind.startsWith('csv ')) continue
  const file = join(folder, kind.includes('/') ? kind.slice(4) : `rivers/${kind.slice(4)}`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
writeFileSync(join(folder, 'rivers.yaml'), only('yaml rubric'))
const loaded = loadCase(join(folder, 'rivers.yaml'), join(folder, 'rivers'))

const whole = parse(only('yaml rubric')) as { measures: Record<string, object> } & Record<string, unknown>
const minimal =
  'rubric: small\nversion: 1\ntitle: 示例\nsubject: unit\npopulation: { source: unit, class: class }\nperiod: { from: 2023-01-01, to: 2023-12-31 }\n'
const rest = `${minimal}defaults: { missing: zero, round: 2 }\ntotal: { floor: 0, cap: none, round: 2 }\nrank: { peers: all, ties: min }\n`

const command = (rubric: string, ...more: string[]) =>
  promisify(execFile)(join(root, 'bin', 'dajuan'), ['score', rubric, '--facts', 'rivers', ...more], { cwd: folder })

/** A piece of a rubric on the page: what it is, over which facts, and the fence with its numbers. */
interface Piece {
  piece: string
  over: string
  text: string
  below: Fence | null
}
const pieces = fences.flatMap(({ kind, text, below }): Piece[] => {
  const [, piece, over = 'rivers'] = /^yaml (measures|items|part)(?: (\w+))?$/.exec(kind) ?? []
  return piece === undefined ? [] : [{ piece, over, text, below }]
})
const measuresOver = (over: string): Record<string, object> =>
  Object.assign(
    {},
    over === 'rivers' ? whole.measures : {},
    ...pieces.filter((one) => one.piece === 'measures' && one.over === over).map(({ text }) => parse(text) as object),
  ) as Record<string, object>

/** The rows of rubrics over folders of the page: SQL and reference agree to the last digit. */
async function scored(given: { rubric: object; over: string }[]): Promise<ResultRow[][]> {
  const cases = given.map(({ rubric, over }) => {
    writeFileSync(join(folder, 'piece.yaml'), stringify(rubric))
    const { case: one, diagnostics } = loadCase(join(folder, 'piece.yaml'), join(folder, over))
    assert.ok(one !== null, `${diagnostics.map(formatDiagnostic).join('\n')}\n${stringify(rubric)}`)
    return { one, context: defaultContext(one.rubric, { tenant: 1, asOf: '2024-01-31T15:59:59.999Z' }) }
  })
  return withTemporaryDatabase(async (pool) => {
    const all: ResultRow[][] = []
    for (const { one, context } of cases) {
      const rows = scoreByReference(one, context)
      const bySql = await scoreBySql(pool, one, context)
      assert.deepEqual(bySql.map((row) => ({ ...row })), rows) // biome-ignore format: one thought
      all.push(rows)
    }
    return all
  })
}

/** Lines of cells under each other, the last as long as it is. */
function aligned(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  const drawn = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${drawn.join('\n')}\n`
}

/** A line for each item: the points of every unit, and in brackets what gave them where that wasn't the rule. With `nameOf` they are plain numbers. */
function pointsOf(rows: ResultRow[], ids: string[], nameOf?: (id: string) => string): string {
  return aligned(
    ids.map((id) => [
      nameOf?.(id) ?? id,
      ...rows.map((row) => {
        const item = row.items.find((one) => one.id === id)
        const why = item === undefined || item.missing === null || nameOf !== undefined ? '' : ` (${item.missing})`
        return `${row.id} ${item?.points ?? '-'}${why}`
      }),
    ]),
  )
}

/** A line for each unit: blocks, bonuses and penalties, total, rank, grade, vetoes. */
function resultOf(rows: ResultRow[], extras: string[]): string {
  const blocks = Object.keys(rows[0]?.blocks ?? {})
  const graded = rows.some(({ grade }) => grade !== null)
  const vetoed = rows.some(({ vetoes }) => vetoes.length > 0)
  return aligned([
    ['', ...blocks, ...extras, 'total', 'rank', ...(graded ? ['grade'] : []), ...(vetoed ? ['vetoes'] : [])],
    ...rows.map((row) => [
      row.id,
      ...blocks.map((id) => row.blocks[id] ?? '-'),
      ...extras.map((id) => row.items.find((item) => item.id === id)?.points ?? '-'),
      row.total ?? '-',
      row.rank ?? '-',
      ...(graded ? [row.grade ?? '-'] : []),
      ...(vetoed ? [row.vetoes.join(' ')] : []),
    ]),
  ])
}

const shown: { below: Fence; found: string }[] = []
/** Holds numbers to those that stand under a snippet, or keeps them to be written there. */
function holds(one: Piece, kind: string, found: string): void {
  assert.equal(one.below?.kind, kind, `\`text ${kind}\` stands under\n${one.text}`)
  assert.ok(one.below !== null)
  if (process.env['UPDATE_GOLDEN'] === '1') shown.push({ below: one.below, found })
  else assert.equal(found, one.below.text, one.text)
}
after(() => {
  const backwards = shown.toSorted((a, b) => b.below.at - a.below.at)
  const written = backwards.reduce((text, { below: { at, text: old }, found }) => text.slice(0, at) + found + text.slice(at + old.length), page)
  if (shown.length > 0) writeFileSync(pageFile, written)
})

test('the example and its facts have no mistake and nothing odd', () => {
  assert.deepEqual([...loaded.diagnostics, ...loaded.notes].map(formatDiagnostic), [])
})

test('the command prints the table of the page', async () => {
  const { stdout, stderr } = await command('rivers.yaml', '--as-of', '2024-01-31')
  assert.equal(stderr, '')
  assert.equal(stdout, only('text table'))
})

test('the CSV of the page is how --csv begins', async () => {
  const { stdout } = await command('rivers.yaml', '--csv', '--reference')
  const lines = only('text csv').trimEnd().split('\n')
  assert.ok(lines.length > 1)
  assert.deepEqual(stdout.split('\r\n').slice(0, lines.length), lines)
})

test('the JSON of the page is part of what --json prints', () => {
  assert.ok(loaded.case !== null)
  const rows = scoreByReference(loaded.case, defaultContext(loaded.case.rubric, { tenant: 1, asOf: '2024-01-31T15:59:59.999Z' }))
  const { units } = JSON.parse(only('json')) as { units: { id: string; items: { id: string }[] }[] }
  assert.ok(units.length > 0)
  for (const { items, ...unit } of units) {
    const row = rows.find(({ id }) => id === unit.id)
    assert.deepEqual({ id: row?.id, class: row?.class, total: row?.total, grade: row?.grade, rank: row?.rank }, unit)
    for (const item of items) assert.deepEqual({ ...row?.items.find(({ id }) => id === item.id) }, item)
  }
})

test('measures and items give the numbers that stand under them, by SQL and by the reference', async () => {
  const folders = [...new Set(pieces.map((one) => one.over))]
  const value = (name: string) => ({ id: `value_${name}`, label: name, points: 0, floor: 'none', cap: 'none', round: 4, missing: 'exclude', input: name, rule: { kind: 'convert', factor: 1 } }) // biome-ignore format: one thought
  const all = await scored(
    folders.map((over) => {
      const measures = measuresOver(over)
      const items = pieces.filter((one) => one.piece === 'items' && one.over === over).flatMap(({ text }) => parse(text) as object[])
      const block = { id: 'all', label: '全部', start: 1, items: [...Object.keys(measures).map(value), ...items] }
      return { rubric: { ...(parse(rest) as object), measures, blocks: [block] }, over }
    }),
  )
  for (const one of pieces) {
    const rows = all[folders.indexOf(one.over)] ?? []
    if (one.piece === 'measures') {
      const names = Object.keys(parse(one.text) as object).map((name) => `value_${name}`)
      holds(
        one,
        'text values',
        pointsOf(rows, names, (id) => id.slice(6)),
      )
    } else if (one.piece === 'items') {
      const ids = (parse(one.text) as { id: string }[]).map(({ id }) => id)
      holds(one, 'text points', pointsOf(rows, ids))
    }
  }
})

test('parts of rubrics give the results that stand under them, by SQL and by the reference', async () => {
  const parts = pieces.filter(({ piece }) => piece === 'part')
  const { vetoes: _vetoes, grades: _grades, bonuses: _bonuses, penalties: _penalties, ...plain } = whole
  const all = await scored(
    parts.map(({ text, over }) => ({
      rubric: { ...(over === 'rivers' ? plain : (parse(rest) as object)), measures: measuresOver(over), ...(parse(text) as object) },
      over,
    })),
  )
  for (const [index, one] of parts.entries()) {
    const { bonuses, penalties } = parse(one.text) as Record<string, { items: { id: string }[] } | undefined>
    holds(
      one,
      'text result',
      resultOf(
        all[index] ?? [],
        [...(bonuses?.items ?? []), ...(penalties?.items ?? [])].map(({ id }) => id),
      ),
    )
  }
})

test('every fence of the page is of a kind that is tested', () => {
  const kinds = new Set(fences.map(({ kind }) => kind.replace(/^csv .+/, 'csv').replace(/^(yaml (?:measures|items|part)) .+/, '$1')))
  assert.deepEqual([...kinds].sort(), [
    'csv',
    'json',
    'text csv',
    'text diff',
    'text points',
    'text result',
    'text table',
    'text values',
    'text wrong-1',
    'text wrong-2',
    'yaml extension',
    'yaml items',
    'yaml measures',
    'yaml part',
    'yaml rubric',
    'yaml wrong',
  ])
})

test('the mistakes get the diagnostics that the page shows', async () => {
  const said = async (text: string): Promise<string> => {
    writeFileSync(join(folder, 'wrong.yaml'), text + rest)
    const { stderr } = await command('wrong.yaml', '--reference').catch((error: { stderr: string }) => error)
    return stderr.replace(/^\d+ to mend.*\n/m, '')
  }
  const wrong = only('yaml wrong')
  assert.equal(await said(wrong), only('text wrong-1'))
  assert.equal(await said(wrong.replace('{ kind: shortfal, target: 4 }', '{ kind: shortfall, target: 4, lose: 3, step: whole }')), only('text wrong-2'))
})

test('[R-EXT-1] the extension of the page scores over its base, and what changed is what the page prints', async () => {
  writeFileSync(join(folder, 'rivers-2024.yaml'), only('yaml extension'))
  const dajuan = promisify(execFile)
  const diff = await dajuan(join(root, 'bin', 'dajuan'), ['rubric', 'diff', 'rivers.yaml', 'rivers-2024.yaml', '--facts', 'rivers'], { cwd: folder })
  assert.equal(diff.stdout, only('text diff'))
  const { stdout, stderr } = await command('rivers-2024.yaml', '--base', 'rivers.yaml', '--reference')
  assert.match(stdout, /^河长制工作考核（2024年度，虚构示例） \(rivers-2024, version 1\)/)
  assert.doesNotMatch(stderr, /extends/)
})
