// docs/rubric-files.md: every snippet checks, the example gives the result it prints, the mistakes the diagnostics. Fences say what they are:
// `yaml rubric` a file, `yaml measures|items|part` pieces of one, `yaml wrong` with its `text wrong-1|2`, `csv NAME` facts, `text table` and `json` output.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { parse, stringify } from 'yaml'
import { formatDiagnostic } from '#base/errors.ts'
import { ruleSchemas } from '#engine/definition.ts'
import { defaultContext, loadRubric } from '#engine/index.ts'
import { withTemporaryDatabase } from './database.ts'
import { loadCase, scoreByReference, scoreBySql } from './score.ts'

const root = join(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'docs/rubric-files.md'), 'utf8')
const fences = [...page.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map(([, kind = '', text = '']) => ({ kind, text }))
const all = (kind: string): string[] => fences.filter((fence) => fence.kind === kind).map(({ text }) => text)
const only = (kind: string): string => {
  const [text, ...more] = all(kind)
  assert.ok(text !== undefined && more.length === 0, `one fence \`${kind}\``)
  return text
}

const folder = mkdtempSync(join(tmpdir(), 'dajuan-page-'))
after(() => rmSync(folder, { recursive: true }))
for (const name of ['rivers', 'opinions']) mkdirSync(join(folder, name))
for (const { kind, text } of fences) if (kind.startsWith('csv ')) writeFileSync(join(folder, kind.includes('/') ? '' : 'rivers', kind.slice(4)), text)
writeFileSync(join(folder, 'rivers.yaml'), only('yaml rubric'))
const loaded = loadCase(join(folder, 'rivers.yaml'), join(folder, 'rivers'))

const whole = parse(only('yaml rubric')) as { measures: object }
const measures = Object.assign({}, whole.measures, ...all('yaml measures').map((text) => parse(text) as object)) as object
const minimal =
  'rubric: small\nversion: 1\ntitle: 示例\nsubject: unit\npopulation: { source: unit, class: class }\nperiod: { from: 2023-01-01, to: 2023-12-31 }\n'
const rest = `${minimal}defaults: { missing: zero, round: 2 }\ntotal: { floor: 0, cap: none, round: 2 }\nrank: { peers: all, ties: min }\n`

const command = (rubric: string, ...more: string[]) =>
  promisify(execFile)(join(root, 'bin', 'dajuan'), ['score', rubric, '--facts', 'rivers', ...more], { cwd: folder })

function mistakes(file: string, text: string): string[] {
  assert.ok(loaded.case !== null)
  const { catalogue } = loaded.case
  const checked = loadRubric(text, file, catalogue)
  return checked.ok ? [] : checked.diagnostics.map(formatDiagnostic)
}

test('the example and its facts have no mistake and nothing odd', () => {
  assert.deepEqual([...loaded.diagnostics, ...loaded.notes].map(formatDiagnostic), [])
})

test('the command prints the table of the page', async () => {
  const { stdout, stderr } = await command('rivers.yaml', '--as-of', '2024-01-31')
  assert.equal(stderr, '')
  assert.equal(stdout, only('text table'))
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

test('every snippet of the page checks', () => {
  for (const { kind, text } of fences.filter((fence) => fence.kind.startsWith('yaml '))) {
    const piece = kind.slice(5)
    if (piece === 'rubric' || piece === 'wrong' || piece === 'extension') continue
    const given =
      piece === 'part'
        ? { ...whole, ...(parse(text) as object), measures }
        : {
            ...(parse(rest) as object),
            measures,
            blocks: [{ id: 'all', label: '全部', ...(piece === 'items' ? { items: parse(text) as unknown } : { start: 1 }) }],
          }
    assert.deepEqual(mistakes(piece, stringify(given)), [], `${kind}\n${text}`)
  }
})

test('marks, ballots, members and late entries give the points of the page, by SQL and by the reference', async () => {
  const blocks = [{ id: 'all', label: '全部', items: parse(only('yaml scored')) as unknown }]
  writeFileSync(join(folder, 'opinions.yaml'), stringify({ ...(parse(rest) as object), blocks }))
  const { case: opinions, diagnostics, notes } = loadCase(join(folder, 'opinions.yaml'), join(folder, 'opinions'))
  assert.deepEqual([...diagnostics, ...notes].map(formatDiagnostic), [])
  assert.ok(opinions !== null)
  const context = defaultContext(opinions.rubric, { tenant: 1, asOf: '2024-01-31T15:59:59.999Z' })
  const rows = scoreByReference(opinions, context)
  const bySql = await withTemporaryDatabase((pool) => scoreBySql(pool, opinions, context))
  assert.deepEqual(bySql.map((row) => ({ ...row })), rows) // biome-ignore format: one thought
  const printed = only('text scored').trimEnd().split('\n')
  assert.deepEqual(
    rows.map(({ id, items }) => [id, ...items.flatMap((item) => [item.id, item.points])].join(' ')),
    printed.map((line) => line.replace(/ +/g, ' ')),
  )
})

test('every fence of the page is of a kind that is tested', () => {
  const kinds = new Set(fences.map(({ kind }) => kind.replace(/^csv .+/, 'csv')))
  assert.deepEqual([...kinds].sort(), [
    'csv',
    'json',
    'text diff',
    'text scored',
    'text table',
    'text wrong-1',
    'text wrong-2',
    'yaml extension',
    'yaml items',
    'yaml measures',
    'yaml part',
    'yaml rubric',
    'yaml scored',
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

test('the page has an example of every rule kind, every setting of missing data and every key of a file', () => {
  const text = fences.map((fence) => fence.text).join('\n')
  for (const kind of Object.keys(ruleSchemas)) assert.match(text, new RegExp(`kind: ${kind}\\b`))
  for (const key of ['zero', 'full', 'peer-mean', 'exclude', 'manual']) assert.match(page, new RegExp(`^\\| \`${key}\` \\|`, 'm'))
})
