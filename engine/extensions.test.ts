// What extensions of a sound rubric come to, or why they are refused: golden/mistakes/extensions.txt and bases.txt, read as a diff. No database.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import { basesAmong, loadRubric } from '#engine/index.ts'
import { trialCatalogue } from '#engine/test/trial.ts'
import { golden } from '#test/golden.ts'

const sound = readFileSync(join(import.meta.dirname, 'golden', 'small.yaml'), 'utf8')
const head = 'extends: {rubric: small, version: 2}\nrubric: next\nversion: 1\ntitle: 下一年\n'
/** What an extension says; each is loaded over small.yaml. */
const extensions = [
  '',
  'remove: [whole]',
  'remove: [free_bonus, nought, last_year, good, started_only]',
  'remove: [items.limited, measures.cases, blocks.inner, vetoes.capped]',
  'remove: [nothing, measures.whole, items.]',
  'measures: {hours: {where: ~, sum: n}, fresh: {over: event, label: 新}}\nitems: [{id: whole, input: fresh, label: ~}]',
  'measures: {hours: ~}',
  'measures: {fresh: {over: evnt}}',
  'items: [{id: whole, points: 12, rule: {kind: proportional, target: 9}}]',
  'items: [{id: whole, into: second}]',
  'items: [{id: whole, after: free}, {id: limited, before: gated}]',
  'items: [{id: whole, into: bonuses}, {id: fined, into: top}, {id: free_bonus, after: fined}]',
  'items: [{id: whole, into: top, after: limited}]',
  'items: [{id: whole, after: nothing}, {id: limited, into: nothing}, {id: gated, before: top}]',
  'items: [{id: fresh, label: 新, points: 1, input: hours, rule: {kind: each, points: 1}}]',
  'items: [{id: wholle, points: 3}]',
  'items: [{id: fresh, label: 新, points: 1, into: inner, input: hourss, rule: {kind: each, points: 1}}]',
  'items: [{id: fresh, label: 新, points: 1, after: whole, input: hours, rule: {kind: each, points: 1}}, {id: fresher, label: 更新, points: 1, before: fresh, input: hours, rule: {kind: each, points: 1}}]',
  'items: [{id: gated, when: ~, missing: ~}]',
  'items: [{id: whole, colour: red}]',
  'blocks: [{id: inner, when: ~, label: 里}, {id: third, label: 三, start: 5}]',
  'blocks: [{id: third, label: 三, after: top, items: [{id: fresh, label: 新, points: 1, input: hours, when: ~, rule: {kind: each, points: 1}}]}]',
  'blocks: [{id: inner, items: []}]',
  'blocks: [{id: inner, into: second}, {id: second, before: top}]',
  'blocks: [{id: second, blocks: [], into: nothing}]',
  'bonuses: {cap: 3}\npenalties: {cap: none}',
  'vetoes: [{id: nought, zero: ~, ceiling: 中}, {id: fresh, label: 新, when: hours > 900, ceiling: 差}]',
  'vetoes: [{id: fresh, label: 新, when: hourss > 900, ceiling: 差}]',
  'total: {floor: 0, cap: none, round: 1}\nnote: ~\ngrades: ~\nvetoes: []\nremove: [nought, capped]\nperiod: {from: 2025-01-01, to: 2025-12-31}\nsubject: unit',
  'population: {source: unit}\nrank: {peers: class, ties: min}',
  'blocks: ~\nmeasures: ~',
  'extend: 3',
]
/** What differs between two trees, a path a line. */
function differing(before: unknown, after: unknown, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
  if (!isMap(before) || !isMap(after) || Array.isArray(before) !== Array.isArray(after)) return [`  ${path} ${JSON.stringify(after)}`]
  const order = Object.keys(after).join(' ') === Object.keys(before).join(' ') ? [] : [`  ${path} = ${Object.keys(after).join(' ')}`]
  return [...order, ...Object.keys(after).flatMap((key) => differing(before[key], after[key], `${path}.${key}`))]
}

test('[R-EXT-1] [R-EXT-2] [R-EXT-3] each extension comes to a rubric, or is refused at its place', () => {
  const bases = basesAmong([{ text: sound, file: 'small.yaml' }])
  const base = loadRubric(sound, 'small.yaml', trialCatalogue)
  assert.ok(base.ok)
  const text = extensions.map((given) => {
    const loaded = loadRubric(`${head}${given}\n`, 'next.yaml', trialCatalogue, bases)
    const said = loaded.ok ? differing(base.value, loaded.value) : loaded.diagnostics.map((one) => `  ${formatDiagnostic(one)}`)
    return [given, ...said].join('\n')
  })
  golden('mistakes/extensions.txt', `${text.join('\n')}\n`)
})
test('[R-EXT-4] bases that are missing, go in a circle or are wrong are told', () => {
  const said = (text: string, files: Record<string, string>): string => {
    const loaded = loadRubric(text, 'next.yaml', trialCatalogue, basesAmong(Object.entries(files).map(([file, own]) => ({ file, text: own }))))
    return loaded.ok ? `  ${loaded.value.rubric}` : loaded.diagnostics.map((one) => `  ${formatDiagnostic(one)}`).join('\n')
  }
  const second = head.replace('rubric: next', 'rubric: second')
  const text = [
    said(head, {}),
    said(head.replace('version: 2', 'version: 3'), { 's.yaml': sound }),
    said('extends: {rubric: second, version: 1}\nrubric: third\nversion: 1\ntitle: 三\nitems: [{id: whole, points: 2}]\n', {
      's.yaml': sound,
      'n.yaml': second,
    }),
    said(head.replace('{rubric: small, version: 2}', '{rubric: next, version: 1}'), {
      'next.yaml': head.replace('{rubric: small, version: 2}', '{rubric: next, version: 1}'),
    }),
    said(head, { 's.yaml': sound.replace('label: 顶', 'lable: 顶') }),
    said(head, { 's.yaml': sound.replace('input: hours', 'input: hourss') }),
    said(head, { 's.yaml': `${sound}\n  bad: [` }),
    said(head.replace('{rubric: small, version: 2}', 'settings'), { 's.yaml': sound }),
    said(`${head}items: [`, { 's.yaml': sound }),
    said(head.replace('rubric: next', 'rubric: small'), { 's.yaml': sound }),
  ]
  golden('mistakes/bases.txt', `${text.join('\n--\n')}\n`)
})
