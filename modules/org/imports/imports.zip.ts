// Looks into a zip before anything unpacks it: a small file that was made to burst into a big one is refused.
import { inflateRawSync } from 'node:zlib'
import { Refusal } from '#base/errors.ts'

const MOST_ENTRIES = 1000
const MOST_BYTES = 200 * 1024 * 1024
/** A sheet of one repeated value packs to a hundredth; a bomb to a thousandth. */
const MOST_TIMES = 250
/** Below this much unpacked the proportion says nothing. */
const SMALL_BYTES = 20 * 1024 * 1024

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const STORED = 0
const DEFLATED = 8

const broken = () => new Refusal('invalid', '文件读不了，可能已经损坏。请用表格软件打开后重新另存为 xlsx 或 csv。')
const bursting = () => new Refusal('invalid', '文件展开后太大，读不了。请拆成几个文件，或另存为 csv 再传。')

/** Refuses a zip with too many entries, too much in it, or entries that hold more than they claim. Each is unpacked once, alone, to see. */
export function mustUnpack(bytes: Uint8Array): void {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(data)
  const count = data.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) throw bursting()
  let at = data.readUInt32LE(end + 16)
  let total = 0
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > data.length || data.readUInt32LE(at) !== ENTRY) throw broken()
    const packed = data.readUInt32LE(at + 20)
    const claimed = data.readUInt32LE(at + 24)
    total += claimed
    if (total > MOST_BYTES || (total > SMALL_BYTES && total > data.length * MOST_TIMES)) throw bursting()
    const method = data.readUInt16LE(at + 10)
    const content = contentAt(data, data.readUInt32LE(at + 42), packed)
    if (method === STORED ? packed !== claimed : method !== DEFLATED) throw broken()
    if (method === DEFLATED) mustHold(content, claimed)
    at += 46 + data.readUInt16LE(at + 28) + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  }
}

/** Where the record at the end begins: the last one, as the reader takes it. Comments are at most 65,535 bytes. */
function endOf(data: Buffer): number {
  for (let at = data.length - 22; at >= Math.max(0, data.length - 65_557); at -= 1) if (data.readUInt32LE(at) === END) return at
  throw broken()
}

function contentAt(data: Buffer, at: number, packed: number): Buffer {
  if (at + 30 > data.length || data.readUInt32LE(at) !== LOCAL) throw broken()
  const start = at + 30 + data.readUInt16LE(at + 26) + data.readUInt16LE(at + 28)
  if (start + packed > data.length) throw broken()
  return data.subarray(start, start + packed)
}

function mustHold(packed: Buffer, claimed: number): void {
  try {
    inflateRawSync(packed, { maxOutputLength: Math.max(claimed, 1) })
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? bursting() : broken()
  }
}
