// Zips that were made to burst, against the reader that imports use.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { Refusal } from '#base/errors.ts'
import { readSheet } from './imports.reader.ts'
import { mustUnpack } from './imports.zip.ts'

interface Entry {
  name: string
  content: Buffer
  /** What the headers say that it unpacks to; the truth where left out. */
  claim?: number
}

/** A zip of these entries, `times` each in its list, all of which point to one place: how a bomb counts one content many times. */
function zip(entries: Entry[], times = 1): Buffer {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let offset = 0
  for (const { name, content, claim = content.length } of entries) {
    const data = deflateRawSync(content)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt32LE(claim, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt32LE(claim, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    parts.push(head, Buffer.from(name), data)
    for (let n = 0; n < times; n += 1) list.push(entry, Buffer.from(name))
    offset += head.length + name.length + data.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length * times, 8)
  end.writeUInt16LE(entries.length * times, 10)
  end.writeUInt32LE(
    list.reduce((sum, part) => sum + part.length, 0),
    12,
  )
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...list, end])
}

const bursts = (error: unknown) => error instanceof Refusal && /展开后太大/.test(error.message)
const spoilt = (error: unknown) => error instanceof Refusal && /可能已经损坏/.test(error.message)
const zeros = (bytes: number) => Buffer.alloc(bytes)

test('a sheet as spreadsheets write it passes, also one of many equal rows', async () => {
  const rows = [['姓名', '性别'], ...Array.from({ length: 20_000 }, () => ['王示例', '男'])]
  const file = await writeXlsx({ sheets: [{ name: '名册', rows }] })
  mustUnpack(file)
  assert.equal((await readSheet(file)).rows.length, 20_000)
})

test('what unpacks to too much is refused by what it claims, before anything is unpacked', () => {
  assert.throws(() => mustUnpack(zip([{ name: 'a', content: zeros(10), claim: 4_000_000_000 }])), bursts)
  assert.throws(() => mustUnpack(zip([{ name: 'a', content: zeros(60_000_000) }])), bursts)
})

test('what holds more than it claims is refused when it has shown that much', () => {
  const began = performance.now()
  assert.throws(() => mustUnpack(zip([{ name: 'a', content: zeros(150_000_000), claim: 1000 }])), bursts)
  assert.ok(performance.now() - began < 3000)
})

test('one content listed a thousand times, and a zip of too many entries, are refused', () => {
  assert.throws(() => mustUnpack(zip([{ name: 'a', content: zeros(1_000_000) }], 900)), bursts)
  assert.throws(() => mustUnpack(zip([{ name: 'a', content: zeros(1) }], 1001)), bursts)
})

test('lists that lead outside the file are refused', () => {
  const good = zip([{ name: 'a', content: Buffer.from('content') }])
  mustUnpack(good)
  for (const [at, value] of [
    [good.length - 6, 0xfffffff0],
    [good.length - 22 - 47 + 42, 0xfffffff0],
    [good.length - 22 - 47 + 20, 0xfffffff0],
  ] as const) {
    const bad = Buffer.from(good)
    bad.writeUInt32LE(value, at)
    assert.throws(() => mustUnpack(bad), spoilt, `at ${at}`)
  }
})

test('the import’s reader refuses a bomb with the sentence', async () => {
  await assert.rejects(readSheet(zip([{ name: 'xl/workbook.xml', content: zeros(80_000_000) }])), bursts)
})
