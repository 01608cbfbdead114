// Rows for COPY in PostgreSQL's binary format: for the tables of millions of rows, where making and reading text would cost more than all the rest.
import { Buffer } from 'node:buffer'

/** A value with its length before it, as it stands in a row: made once, copied often. */
export type Piece = Uint8Array

const PIECE = 1 << 18
/** Room that is left for the row at hand; longer than any. */
const ROOM = 1 << 14
/** Seconds from 1970 to 2000, PostgreSQL's epoch. */
const EPOCH_MS = 946_684_800_000
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const TRAILER = Buffer.from([0xff, 0xff])

/** A text as a piece. */
export function textPiece(text: string): Piece {
  const bytes = Buffer.from(text)
  const piece = Buffer.alloc(4 + bytes.length)
  piece.writeInt32BE(bytes.length)
  bytes.copy(piece, 4)
  return piece
}

/** A UUID as a piece. */
export function uuidPiece(uuid: string): Piece {
  return Buffer.concat([Buffer.from([0, 0, 0, 16]), Buffer.from(uuid.replaceAll('-', ''), 'hex')])
}

/** The piece that stands for null. */
export const NULL: Piece = Buffer.from([0xff, 0xff, 0xff, 0xff])

const pieces = new Map<string, Piece>()

/** The piece of a word that comes again and again. */
export function word(text: string): Piece {
  let piece = pieces.get(text)
  if (piece === undefined) pieces.set(text, (piece = textPiece(text)))
  return piece
}

/** Rows of one table, written value by value in the order of `columns`. */
export class BinarySheet {
  readonly table: string
  readonly columns: readonly string[]
  rows = 0
  #buffer = Buffer.allocUnsafeSlow(PIECE + ROOM)
  #view = new DataView(this.#buffer.buffer)
  #at = 0
  #full: Buffer[] = []

  constructor(table: string, columns: readonly string[]) {
    this.table = table
    this.columns = columns
  }

  /** Begins a row. */
  row(): void {
    if (this.#at > PIECE) this.#turn()
    this.#view.setInt16(this.#at, this.columns.length)
    this.#at += 2
    this.rows += 1
  }

  piece(piece: Piece): void {
    const buffer = this.#buffer
    const { length } = piece
    if (length > 48) buffer.set(piece, this.#at)
    else for (let i = 0; i < length; i += 1) buffer[this.#at + i] = piece[i] as number
    this.#at += length
  }

  text(text: string): void {
    const length = this.#buffer.write(text, this.#at + 4)
    this.#view.setInt32(this.#at, length)
    this.#at += 4 + length
  }

  /** A moment in epoch milliseconds; null for 0. */
  moment(at: number): void {
    if (at === 0) {
      this.piece(NULL)
      return
    }
    const micro = (at - EPOCH_MS) * 1000
    const high = Math.floor(micro / 2 ** 32)
    this.#view.setInt32(this.#at, 8)
    this.#view.setInt32(this.#at + 4, high)
    this.#view.setUint32(this.#at + 8, micro - high * 2 ** 32)
    this.#at += 12
  }

  big(value: number): void {
    const high = Math.floor(value / 2 ** 32)
    this.#view.setInt32(this.#at, 8)
    this.#view.setInt32(this.#at + 4, high)
    this.#view.setUint32(this.#at + 8, value - high * 2 ** 32)
    this.#at += 12
  }

  int(value: number): void {
    this.#view.setInt32(this.#at, 4)
    this.#view.setInt32(this.#at + 4, value)
    this.#at += 8
  }

  /** A smallint; null for null. */
  small(value: number | null): void {
    if (value === null) {
      this.piece(NULL)
      return
    }
    this.#view.setInt32(this.#at, 2)
    this.#view.setInt16(this.#at + 4, value)
    this.#at += 6
  }

  bool(value: boolean | null): void {
    if (value === null) {
      this.piece(NULL)
      return
    }
    this.#view.setInt32(this.#at, 1)
    this.#buffer[this.#at + 4] = value ? 1 : 0
    this.#at += 5
  }

  #turn(): void {
    if (this.#at === 0) return
    this.#full.push(this.#buffer.subarray(0, this.#at))
    this.#buffer = Buffer.allocUnsafeSlow(PIECE + ROOM)
    this.#view = new DataView(this.#buffer.buffer)
    this.#at = 0
  }

  /** Bytes that wait to be taken. */
  get waiting(): number {
    return this.#at + this.#full.length * PIECE
  }

  /** The buffers of one whole COPY; the rows leave the sheet. */
  take(): Buffer[] {
    this.#turn()
    const taken = [HEADER, ...this.#full, TRAILER]
    this.#full = []
    return taken
  }
}
