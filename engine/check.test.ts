// What is wrong with a rubric file is said at once, with the place and the way out. No database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/schema'
import { formatDiagnostic } from '#base/errors.ts'
import { named, Rubric } from '#engine/definition.ts'
import { Extension } from '#engine/extension.ts'
import { checkMeasures, loadRubric, rubricJsonSchema } from '#engine/index.ts'
import { rubrics } from '#engine/test/drawn.ts'
import { trialCatalogue } from '#engine/test/trial.ts'
import { draws } from '#test/draws.ts'

const sound = `rubric: small
version: 1
title: 小细则
subject: unit
population: {source: unit, class: class}
period: {from: 2024-01-01, to: 2024-12-31}
defaults: {missing: zero, round: 2}
measures:
  meetings: {over: event, where: kind == "会"}
blocks:
  - id: one
    label: 一
    items:
      - {id: a1, label: 会议, points: 10, input: meetings, rule: {kind: proportional, target: 12}}
total: {floor: 0, cap: none, round: 2}
grades: [{grade: 好, from: 8}, {grade: 差}]
rank: {peers: all, ties: min}
`

function errorsOf(text: string): string[] {
  const loaded = loadRubric(text, 'r.yaml', trialCatalogue)
  return loaded.ok ? [] : loaded.diagnostics.map(formatDiagnostic)
}

/** The only error after one change to the sound rubric. */
function errorAfter(from: string, to: string): string {
  assert.ok(sound.includes(from), from)
  const errors = errorsOf(sound.replace(from, to))
  assert.equal(errors.length, 1, errors.join('\n'))
  return errors[0] ?? ''
}

test('a sound rubric checks, and numbers stay as they are written', () => {
  const loaded = loadRubric(sound.replace('target: 12', 'target: 0.10'), 'r.yaml', trialCatalogue)
  assert.ok(loaded.ok)
  assert.deepEqual(loaded.value.items.a1?.rule, { kind: 'proportional', target: { op: 'literal', type: 'decimal', value: '0.10' }, cap: '1' })
  assert.deepEqual(JSON.parse(JSON.stringify(loaded.value)), loaded.value)
})

test('[R-DIA-1] a misspelt name inside CEL is found at its column', () => {
  assert.equal(errorAfter('where: kind == "会"', 'where: kidn == "会"'), 'r.yaml:9:34 cel-name no field `kidn` — did you mean `kind`?')
  assert.equal(errorAfter('where: kind == "会"', 'where: \'has(n) && kidn == "会"\''), 'r.yaml:9:45 cel-name no field `kidn` — did you mean `kind`?')
  assert.equal(errorAfter('input: meetings', 'input: 2 * meeting'), 'r.yaml:14:52 cel-name no field `meeting` — did you mean `meetings`?')
  assert.equal(
    errorAfter('  meetings: {over: event, where: kind == "会"}', '  meetings:\n    over: event\n    where: |\n      has(n) &&\n        kidn == "会"'),
    'r.yaml:13:9 cel-name no field `kidn` — did you mean `kind`?',
  )
})

test('[R-DIA-1] what people write most often instead of CEL gets the way out', () => {
  const where = (text: string) => errorAfter('where: kind == "会"', `where: ${text}`)
  assert.match(where('kind = "会"'), /cel-syntax .* — two values are compared by ==$/)
  assert.match(where('kind == 会'), /cel-syntax .* — names are English; text stands in double quotes$/)
  assert.match(where('kind == “会”'), /cel-syntax .* — write English punctuation/)
  assert.match(where('ok and has(n)'), /cel-syntax .* — write &&, \|\|, !$/)
  assert.match(errorAfter('target: 12', 'target: 90%'), /cel-syntax .* — a number has no per cent sign/)
  assert.match(errorAfter('target: 12', 'target: staff'), /cel-name no field `staff` — did you mean `subject\.staff`\?$/)
  assert.match(errorAfter('target: 12', 'target: a1'), /cel-name no field `a1` — did you mean `items\.a1`\?$/)
  assert.match(
    errorAfter('rule: {kind: proportional, target: 12}', 'rule: proportional'),
    /shape expected a scoring rule, found `proportional` — a map such as \{ kind: proportional, … \}$/,
  )
})

test('[R-DIA-1] one slip of YAML is one error, with the way out', () => {
  assert.match(errorAfter('kind == "会"', 'kind in ["会"]'), /^r\.yaml:9:42 yaml .* — put text with , \[ \] \{ \} or ": " in it in single quotes$/)
  assert.match(errorAfter('label: 会议', 'label: 会议: 每月'), /^r\.yaml:14:\d+ yaml .* — put text with/)
  assert.match(errorAfter('where: kind == "会"', 'where: !ok'), /^r\.yaml:9:34 yaml .* — put text that begins with ! in single quotes$/)
  assert.match(errorAfter('    label: 一', '\tlabel: 一'), /^r\.yaml:12:1 yaml .* — indent with spaces$/)
  assert.match(errorAfter('title: 小细则', 'title：小细则'), /^r\.yaml:3:1 yaml .* — after a key comes an English colon and a space/)
  assert.deepEqual(errorsOf('a: *b').length, 1)
})

test('[R-DIA-1] Chinese punctuation and signs, and text without quotes, get the way out', () => {
  assert.match(errorAfter('id: a1, label: 会议', 'id: a1， label: 会议'), /yaml .*between keys write English punctuation: , : \{ \} \[ \]$/)
  assert.match(
    errorAfter('id: a1, label: 会议', 'id: a1, label: 会议, note：注'),
    /unknown-key no key `note：注` here — after a key comes an English colon and a space$/,
  )
  const tiers = (compare: string) =>
    errorAfter('{kind: proportional, target: 12}', `{kind: tiers, compare: ${compare}, table: [{bound: 1, points: 1}], otherwise: 0}`)
  assert.match(tiers('≥'), /shape expected one of .* — did you mean `>=`\?$/)
  assert.match(tiers('>='), /yaml .* — put text that begins with > or \| in single quotes$/)
  assert.match(errorAfter('kind == "会"', 'kind == meeting_of_all'), /cel-name no field `meeting_of_all` — known: .*; text stands in double quotes$/)
})

test('[R-DIA-1] unknown keys, wrong kinds and missing keys say what would be right', () => {
  assert.equal(errorAfter('points: 10', 'pionts: 10, points: 10'), 'r.yaml:14:29 unknown-key no key `pionts` here — did you mean `points`?')
  assert.equal(errorAfter('kind: proportional', 'kind: propotional'), 'r.yaml:14:71 shape no rule kind `propotional` — did you mean `proportional`?')
  assert.match(errorAfter(', ties: min}', '}'), /^r\.yaml:17:7 missing-key `ties` is missing here — equal values share a place/)
  assert.match(errorAfter('points: 10', 'points: ten'), /^r\.yaml:14:37 shape expected an exact number, or none, found `ten`/)
  assert.match(errorAfter('over: event', 'over: evnt'), /^r\.yaml:9:20 source no fact source `evnt` — did you mean `event`\?/)
  assert.match(errorAfter('subject: unit', 'subject: units'), /shape expected one of unit, party-org, found `units` — did you mean `unit`\?/)
})

test('[R-MIS-1] a rubric that does not say what happens without data does not check', () => {
  assert.match(errorAfter('{missing: zero, round: 2}', '{round: 2}'), /^r\.yaml:14:9 missing-key `missing` is missing here: what happens without data/)
  assert.match(errorAfter('{missing: zero, round: 2}', '{missing: peer-mean, round: 2}'), /`peers` is missing here: whose mean counts/)
})

test('[R-DIA-1] all errors of a file are said, in the order of the file', () => {
  const errors = errorsOf(
    sound
      .replace('kind == "会"', 'kidn == 1')
      .replace('input: meetings', 'input: metings')
      .replace('from: 8', 'from: 8, quota: {percent: 30, ties: out, peers: all}')
      .replace('to: 2024-12-31', 'to: 2024-02-30'),
  )
  assert.deepEqual(
    errors.map((error) => error.split(' ').slice(0, 2).join(' ')),
    ['r.yaml:6:32 date', 'r.yaml:9:34 cel-name', 'r.yaml:14:48 cel-name', 'r.yaml:16:37 missing-key'],
  )
})

test('[R-ITM-4] items that wait for each other are refused', () => {
  const two = sound.replace(
    'total:',
    '  - id: two\n    label: 二\n    items:\n      - {id: b1, label: 乙, points: 1, input: items.b2, rule: {kind: convert, factor: 1}}\n      - {id: b2, label: 丙, points: 1, input: blocks.two, rule: {kind: convert, factor: 1}}\ntotal:',
  )
  assert.deepEqual(errorsOf(two), ['r.yaml:18:9 circle items wait for each other: b1 → b2 → two → b1'])
})

test('[R-TIE-2] a tier that is never reached is refused', () => {
  assert.match(
    errorAfter('{kind: proportional, target: 12}', "{kind: tiers, compare: '>=', table: [{bound: 60, points: 5}, {bound: 90, points: 10}], otherwise: 0}"),
    /this row is never reached: the bounds of `>=` go down/,
  )
})

test('a rule says what it lacks', () => {
  assert.match(errorAfter('{kind: proportional, target: 12}', '{kind: rank, best: high, peers: all, ties: min}'), /either `points` \(a list\) or `lose`/)
  assert.match(errorAfter('input: meetings, ', ''), /`input` is missing here/)
  assert.match(
    errorsOf(sound.replace(', class: class}', '}').replace('peers: all', 'peers: class')).join(),
    /^r\.yaml:17:15 peers peers by class need `population\.class`$/,
  )
})

test('YAML that can not be read is said with its place', () => {
  assert.match(errorsOf(sound.replace('version: 1', 'version: [1')).join('\n'), /^r\.yaml:\d+:\d+ yaml /)
  assert.match(errorsOf(sound.replace('version: 1', 'rubric: again')).join('\n'), /^r\.yaml:2:1 yaml Map keys must be unique/)
  assert.match(errorsOf('').join('\n'), /^r\.yaml:1:1 shape expected a rubric, found nothing/)
})

test('[R-DIA-2] a file with anything cut out or put in never makes the checker throw', () => {
  fc.assert(
    fc.property(
      rubrics,
      fc.nat(),
      fc.nat({ max: 40 }),
      fc.constantFrom('', 'null', '{}', '[]', '"x"', '-1', '&a', '*a', ': ', '\n', '{__proto__: 1}', '\t'),
      (rubric, at, length, put) => {
        const text = JSON.stringify(rubric, null, 1)
        const from = at % text.length
        const loaded = loadRubric(text.slice(0, from) + put + text.slice(from + length), 'r.yaml', trialCatalogue)
        if (!loaded.ok) assert.ok(loaded.diagnostics.length > 0 && loaded.diagnostics.every(({ line, column }) => line >= 1 && column >= 1))
      },
    ),
    { numRuns: 150 },
  )
})

test('measures outside a rubric check without a subject', () => {
  const place = (path: (string | number)[]) => ({ file: path.join('/'), line: 1, column: 1 })
  const checked = checkMeasures(
    { a: { over: 'event', sum: 'hour' }, b: { over: 'event', of: 'c' }, d: { over: 'event', as: 'percent' }, e: 3 },
    trialCatalogue,
    place,
  )
  assert.ok(!checked.ok)
  assert.deepEqual(
    checked.diagnostics.map(({ file, message }) => `${file} ${message}`),
    ['e expected a measure, found `3`', 'a/sum no field `hour`', 'b/of no other measure `c`', 'd/as `as: percent` needs `of`'],
  )
})

test('the JSON Schema names every rule kind and points at definitions it has', () => {
  const text = JSON.stringify(rubricJsonSchema())
  for (const kind of ['proportional', 'tiers', 'shortfall', 'excess', 'gate', 'checklist', 'deduct', 'each', 'convert', 'rank', 'formula'])
    assert.ok(text.includes(`"const":"${kind}"`), kind)
  assert.ok(!text.includes('"$ref":"Block"') && text.includes('"$defs"'))
})

/** The schema as it is written, every part in its place; blocks hold blocks, so that reference stays. */
const inFull = (): Record<string, unknown> =>
  JSON.parse(JSON.stringify({ anyOf: [Rubric, Extension], $defs: named }).replaceAll('"$ref":"Block"', '"$ref":"#/$defs/Block"'))

test('the JSON Schema for editors says each part once, and all that is written', () => {
  const { anyOf, $defs } = rubricJsonSchema() as { anyOf: unknown; $defs: Record<string, unknown> }
  assert.ok(JSON.stringify({ anyOf, $defs }).length * 5 < JSON.stringify(inFull()).length)
  const putBack = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(putBack)
    if (typeof part !== 'object' || part === null) return part
    const name = (part as { $ref?: string }).$ref?.slice('#/$defs/'.length)
    if (name !== undefined && name !== 'Block') return putBack($defs[name])
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, putBack(value)]))
  }
  assert.deepEqual(putBack({ anyOf, $defs: { Block: $defs.Block } }), inFull())
})

/** A rubric with something amiss at a place that `seed` chooses: taken away, another value, or a key that isn't known. */
function amiss(rubric: unknown, seed: number): unknown {
  const copy = structuredClone(rubric)
  const holders: (Record<string, unknown> | unknown[])[] = []
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    holders.push(part as Record<string, unknown>)
    Object.values(part).forEach(walk)
  }
  walk(copy)
  const holder = holders[seed % holders.length] as Record<string, unknown>
  const key = Object.keys(holder)[seed % Math.max(Object.keys(holder).length, 1)]
  if (key === undefined || seed % 4 === 0) holder.unknown = true
  else if (seed % 4 === 1) delete holder[key]
  else holder[key] = seed % 4 === 2 ? { a: [] } : 'none'
  return copy
}

/** A drawn rubric with its numbers as an editor reads them; names of grades are digits and stay. */
function asNumbers(rubric: unknown): unknown {
  const isNumber = (key: string, value: unknown): boolean => key !== 'grade' && key !== 'ceiling' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
  return JSON.parse(JSON.stringify(rubric), (key, value) => (isNumber(key, value) ? Number(value) : value))
}

test('the JSON Schema lets through and refuses what it does with every part written out', () => {
  const [shared, whole] = [rubricJsonSchema(), inFull()].map((schema) => Compile(schema))
  const verdicts = new Set<boolean>()
  fc.assert(
    fc.property(rubrics, fc.nat(), (rubric, seed) => {
      const written = asNumbers(rubric)
      for (const one of [written, amiss(written, seed)]) {
        const verdict = whole!.Check(one)
        assert.equal(shared!.Check(one), verdict)
        verdicts.add(verdict)
      }
    }),
    draws(100),
  )
  assert.equal(verdicts.size, 2)
})
