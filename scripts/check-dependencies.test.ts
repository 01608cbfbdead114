// The check of dependencies: what it refuses in a lock file, and what it says when nobody can tell of advisories.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { advisoriesIn, checkDependencies } from './check-dependencies.ts'

const folder = mkdtempSync(join(tmpdir(), 'dajuan-dependencies-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const sealed = { version: '1.0.0', integrity: 'sha512-abc' }
async function checked(packages: object, allowScripts: object = {}, audit: string[] | undefined = []) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ allowScripts }))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }))
  return checkDependencies(folder, async () => audit)
}

test('a package without a checksum is refused, but for one of another platform that was never fetched', async () => {
  assert.deepEqual((await checked({ 'node_modules/a': sealed })).problems, [])
  assert.match((await checked({ 'node_modules/a': { version: '1.0.0' } })).problems[0] ?? '', /a has no SHA-512 checksum/)
  assert.match((await checked({ 'node_modules/a': { ...sealed, integrity: 'sha1-abc' } })).problems[0] ?? '', /no SHA-512/)
  assert.match((await checked({ 'node_modules/a': { version: '1.0.0', optional: true } })).problems[0] ?? '', /no SHA-512/)
  const elsewhere = await checked({ 'node_modules/a': { version: '1.0.0', optional: true, os: ['darwin'] } })
  assert.deepEqual(elsewhere.problems, [])
  assert.match(elsewhere.note, /1 packages of other platforms have no checksum/)
})

test('a package from elsewhere than the registry is refused', async () => {
  for (const resolved of ['git+ssh://git@github.com/a/a.git', 'https://evil.example/a.tgz', 'http://registry.npmjs.org/a.tgz', '../a'])
    assert.match((await checked({ 'node_modules/a': { ...sealed, resolved } })).problems[0] ?? '', /comes from/, resolved)
  assert.deepEqual((await checked({ 'node_modules/a': { ...sealed, resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' } })).problems, [])
})

test('a package that runs something when installed is refused unless it was allowed by name', async () => {
  const packages = { 'node_modules/a/node_modules/@b/c': { ...sealed, hasInstallScript: true } }
  assert.match((await checked(packages)).problems[0] ?? '', /wants to run a script/)
  assert.match((await checked(packages, { '@b/c': false })).problems[0] ?? '', /wants to run a script/)
  assert.deepEqual((await checked(packages, { '@b/c': true })).problems, [])
  assert.match((await checked({}, { gone: true })).problems[0] ?? '', /allowScripts names gone/)
})

test('an advisory fails the check; a registry that does not answer is said, not taken for a clean bill', async () => {
  assert.deepEqual((await checked({}, {}, ['a is high'])).problems, ['a is high'])
  writeFileSync(join(folder, 'package.json'), '{}')
  writeFileSync(join(folder, 'package-lock.json'), '{"packages":{}}')
  const silent = await checkDependencies(folder, async () => undefined)
  assert.deepEqual(silent.problems, [])
  assert.match(silent.note, /advisories were NOT checked/)
})

test('npm’s answers are read: none, advisories, a refusal, no answer', () => {
  assert.deepEqual(advisoriesIn('{"auditReportVersion":2,"vulnerabilities":{}}'), [])
  const found = { vulnerabilities: { a: { severity: 'high', range: '<2', via: [{ title: 'Runs code', url: 'https://x' }, 'b'] } } }
  assert.deepEqual(advisoriesIn(JSON.stringify(found)), ['package-lock.json: a <2 is high: Runs code (https://x); through b'])
  for (const output of ['{"message":"405 Method Not Allowed","statusCode":405}', '', 'npm error']) assert.equal(advisoriesIn(output), undefined)
})
