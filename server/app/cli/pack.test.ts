// The command pack check, and that the schemas in packs/schema are those of the loader.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkPack } from '../pack.ts'
import { staleSchemas } from './pack.ts'

const packs = join(import.meta.dirname, '../../../packs')
const folder = mkdtempSync(join(tmpdir(), 'dajuan-pack-'))
after(() => rmSync(folder, { recursive: true }))

function changed(file: string, from: string | RegExp, to: string) {
  cpSync(join(packs, 'changzhi'), folder, { recursive: true })
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  assert.notEqual(text.search(from), -1, `${file} has no ${from}`)
  writeFileSync(path, text.replace(from, to))
  return checkPack(folder).diagnostics
}

test('the pack changzhi has no mistake', () => {
  assert.deepEqual(checkPack(join(packs, 'changzhi')).diagnostics, [])
})
test('the schemas in packs/schema are written from what the loader uses', () => {
  assert.deepEqual(staleSchemas(join(packs, 'schema')), [])
})
test('a key, a word and a number that a file may not hold are told at their places, with what would be right', () => {
  const [first] = changed('organisation.yaml', 'tree: party', 'tree: partie')
  assert.match(`${first?.message} (${first?.hint})`, /^expected `administrative` or `party` or `line`, found `partie` \(did you mean `party`\?\)$/)
  const [key] = changed('records.yaml', 'late_after_days: ', 'late_after_day: ')
  assert.deepEqual([key?.code, key?.hint], ['unknown-key', 'did you mean `late_after_days`?'])
  const line = readFileSync(join(folder, 'records.yaml'), 'utf8').split('\n')[(key?.line ?? 1) - 1]
  assert.equal(line?.slice((key?.column ?? 1) - 1).startsWith('late_after_day:'), true)
  const [text] = changed('records.yaml', /late_after_days: (\d+)/, 'late_after_days: "$1"')
  assert.match(text?.message ?? '', /^expected a number, found `\d+`$/)
})
test('a file that is no YAML is told at its place', () => {
  assert.deepEqual(
    changed('scoring.yaml', 'boards:', 'boards: [')
      .map(({ code, file }) => [code, file.endsWith('scoring.yaml')])
      .slice(0, 1),
    [['yaml', true]],
  )
})
test('a field that no record kind has is found at its place in the rubric', () => {
  const [first, ...rest] = changed('rubrics/model-2024.yaml', 'sum: audience', 'sum: audiance')
  assert.equal(rest.length, 0)
  assert.equal(first?.code, 'cel-name')
  assert.match(first?.hint ?? '', /audience/)
  const line = readFileSync(join(folder, 'rubrics/model-2024.yaml'), 'utf8').split('\n')[(first?.line ?? 1) - 1]
  assert.equal(line?.slice((first?.column ?? 1) - 1).startsWith('audiance'), true)
})
test('a version that is no whole number is refused', () => {
  assert.deepEqual(
    changed('rubrics/model-2024.yaml', 'version: 1', 'version: "2024-a"').map(({ code }) => code),
    ['version'],
  )
})
test('a board for a rubric that is not there, and a rubric without a board, are both told', () => {
  const codes = changed('scoring.yaml', 'rubric: branch-2024', 'rubric: brunch-2024').map(({ message }) => message)
  assert.deepEqual(codes, ['no rubric `brunch-2024` in rubrics/', 'rubric `branch-2024` has no board'])
})
