// Routes of a pack: what would let something out unchecked, unsigned or unasked is a mistake with its place.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkPack } from '#server/app/pack.ts'

const packs = join(import.meta.dirname, '../../packs')
const folder = mkdtempSync(join(tmpdir(), 'dajuan-routes-'))
after(() => rmSync(folder, { recursive: true }))

function changed(from: string | RegExp, to: string) {
  cpSync(join(packs, 'changzhi'), folder, { recursive: true })
  const path = join(folder, 'approvals.yaml')
  const text = readFileSync(path, 'utf8')
  assert.notEqual(text.search(from), -1, `approvals.yaml has no ${from}`)
  writeFileSync(path, text.replace(from, to))
  return checkPack(folder).diagnostics.map(({ line, message, hint }) => ({ line, said: `${message} (${hint ?? ''})` }))
}

for (const [name, from, to, wanted] of [
  ['a route without a release', /( {6}- \{ kind: secrecy \}\n) {6}- \{ kind: release \}\n/, '$1', /a route ends with a release/],
  ['a route without a signature', /(meeting \}\n|days: 3 \}\n) {6}- \{ kind: sign \}\n/, '$1', /without a sign/],
  ['a notice without days', 'kind: notice, days: 5, ', 'kind: notice, ', /`days` is missing/],
  ['a notice with a scope that there is not', 'scope: system', 'scope: city', /expected `unit` or `system` or `public`|expected other text|scope/],
  [
    'a post that there is not',
    'joint-discipline, joint-petitions',
    'joint-disciplin, joint-petitions',
    /no post `joint-disciplin` that may give an opinion \(joint-discipline/,
  ],
  ['a post that may give no opinion', 'joint-discipline, joint-petitions', 'desk, joint-petitions', /no post `desk`/],
  ['a step that there is not', '{ kind: meeting }', '{ kind: meetings }', /meetings/],
  ['a step twice', '{ kind: meeting }', '{ kind: check }', /a route has one check/],
  ['what goes public without a secrecy check', /sign \}\n {6}- \{ kind: secrecy \}/, 'sign }', /passes a secrecy check/],
  ['a secrecy check after the notice', /( {6}- \{ kind: secrecy \}\n)( {6}- \{ kind: notice.*\n)/, '$2$1', /secrecy check comes before the notice/],
  ['a separate step that the route has not', /check, sign\]/, 'check, meeting]', /the route has no step meeting/],
  ['a number without its year', '〔{year}〕', '', /holds \{year\} and \{n\}/],
] as const)
  test(`${name} is told`, () => {
    const found = changed(from, to)
    assert.ok(
      found.some(({ said, line }) => wanted.test(said) && line > 0),
      JSON.stringify(found),
    )
  })
