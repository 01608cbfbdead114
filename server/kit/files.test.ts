// The store of files by content.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { fileStore } from './files.ts'

const folder = mkdtempSync(join(tmpdir(), 'dajuan-files-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const store = fileStore(join(folder, 'files'))
const bytes = (words: string) => Buffer.from(words)
const read = async (hash: string, suffix?: string) => {
  const stream = store.open(hash, suffix)
  return stream === undefined ? undefined : text(stream)
}
const all = () => readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

test('a file is kept under the SHA-256 of its content, once', async () => {
  const hash = await store.put(bytes('abc'))
  assert.equal(hash, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  assert.equal(await store.put(bytes('abc')), hash)
  assert.equal(await read(hash), 'abc')
  assert.equal(all().length, 1)
})

test('the same file put many times at once is one whole file, and nothing half-written stays', async () => {
  const big = bytes('长'.repeat(500_000))
  const hashes = await Promise.all(Array.from({ length: 12 }, () => store.put(big)))
  assert.equal(new Set(hashes).size, 1)
  assert.equal((await read(hashes[0] ?? ''))?.length, 500_000)
  assert.deepEqual(
    all().filter(({ name }) => !/^[0-9a-f]{64}$/.test(name)),
    [],
  )
})

test('what is derived from a file stands beside it', async () => {
  const hash = await store.put(bytes('picture'))
  assert.equal(await read(hash, '.small'), undefined)
  await store.putBeside(hash, '.small', bytes('small picture'))
  assert.equal(await read(hash, '.small'), 'small picture')
  assert.equal(await read(hash), 'picture')
})

test('a file that is not there is undefined, not an error', async () => {
  assert.equal(store.open('0'.repeat(64)), undefined)
})

test('a folder that can’t be written is an error that reaches the caller', async () => {
  const blocked = join(folder, 'blocked')
  writeFileSync(blocked, 'a file where the folder should be')
  await assert.rejects(fileStore(blocked).put(bytes('x')), /ENOTDIR/)
})

test('a write that was broken off leaves no file under the hash', async () => {
  // The temporary file of a process that was killed: the content comes again and is whole.
  const half = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'
  mkdirSync(join(folder, 'files', 'e3'), { recursive: true })
  writeFileSync(join(folder, 'files', 'e3', `e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.${half}`), 'half')
  const hash = await store.put(bytes(''))
  assert.equal(await read(hash), '')
})

test('what is no hash leads nowhere', () => {
  for (const hash of ['../../etc/passwd', '', 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(64)}/../x`])
    assert.throws(() => store.open(hash), /no SHA-256/, hash)
})
