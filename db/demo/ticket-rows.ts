// Writes invented tickets into sheets for COPY: the ticket, what it was before, its text, its caller, its steps; and where each pair of characters stands.
import type { Side } from '#modules/hotline/hotline-steps.rules.ts'
import { monthOf, writeList } from '#modules/hotline/search/search.rules.ts'
import { bigrams } from '#modules/ledger/index.ts'
import { BinarySheet, NULL, type Piece, textPiece, word } from './binary.ts'
import type { Random } from './random.ts'
import type { Told } from './ticket-texts.ts'
import type { Handler, Place, Topic } from './ticket-units.ts'
import type { Life } from './ticket-walk.ts'

const shared = [
  ...['tenant_id', 'ticket_id', 'number', 'unit_id', 'parent_id', 'received_at', 'due_at', 'dispatched_at', 'sign_due_at', 'signed_at', 'respond_due_at'],
  ...['responded_at', 'unit_due_at', 'answered_at', 'called_at', 'closed_at', 'known_from', 'revision', 'satisfaction', 'transfers', 'rehandled', 'extended'],
  ...['calls', 'direct', 'reached', 'solved', 'withheld', 'supervised', 'arbitrated', 'relapsed', 'extend_asked', 'state', 'channel', 'class', 'category'],
  ...['county', 'place', 'title', 'merged_into', 'relapse_of'],
]

/** What of a ticket doesn't change while it is walked. */
export interface Fixed {
  id: Piece
  parent: Piece
  topic: Topic
  place: Place
  placeText: string
  channel: Piece
  withheld: boolean
  relapseOf: Piece
  mergedInto: Piece
  told: Told
}

/** A UUIDv7 of a moment, as a piece. */
export function ticketId(at: number, stream: Random): Piece {
  const id = Buffer.allocUnsafeSlow(20)
  const x = Math.floor(stream.next() * 2 ** 32)
  const y = Math.floor(stream.next() * 2 ** 32)
  const z = Math.floor(stream.next() * 2 ** 32)
  id.writeInt32BE(16, 0)
  id.writeUIntBE(at, 4, 6)
  id.writeUInt32BE(y, 12)
  id.writeUInt32BE(z, 16)
  id[10] = 0x70 | (x & 15)
  id[11] = x >>> 8
  id[12] = 0x80 | ((id[12] as number) & 63)
  return id
}

/** Phones that can't be anybody's: no mobile number of China begins with 12. */
const phoneOf = (stream: Random): string => `12${Math.floor(1e9 + stream.next() * 8.99e9)}`.slice(0, 11)

/** The sheets, and what fills them. */
export class TicketBook {
  readonly ticket = new BinarySheet('hotline.ticket', shared)
  readonly was = new BinarySheet('hotline.ticket_was', [...shared, 'known_until'])
  readonly content = new BinarySheet('hotline.content', ['tenant_id', 'ticket_id', 'body', 'answer', 'folded'])
  readonly caller = new BinarySheet('hotline.caller', ['tenant_id', 'ticket_id', 'name', 'phone'])
  readonly step = new BinarySheet('hotline.step', [
    ...['tenant_id', 'ticket_id', 'revision', 'step', 'from_state', 'to_state', 'unit_id', 'made_by', 'told', 'note', 'fields', 'at'],
  ])
  /** Never taken off its key: whatever is entered meanwhile is folded in by a job. */
  readonly posting = new BinarySheet('hotline.posting', ['tenant_id', 'bigram', 'month', 'tickets', 'list'])
  /** Numbers by pair of characters, of months that may still get some. */
  readonly #pairs = new Map<number, Map<number, number[]>>()
  readonly #tenant: number
  readonly #stream: Random
  #revision = 0

  constructor(tenant: number, stream: Random) {
    this.#tenant = tenant
    this.#stream = stream
  }

  get sheets(): BinarySheet[] {
    return [this.ticket, this.was, this.content, this.caller, this.step, this.posting]
  }

  addStep(
    id: Piece,
    name: string,
    from: string,
    to: string,
    unit: Handler | null,
    by: Side,
    told: string,
    note: string,
    at: number,
    fields: string | null,
  ): void {
    const { step } = this
    this.#revision = name === 'open' ? 1 : this.#revision + 1
    step.row()
    step.int(this.#tenant)
    step.piece(id)
    step.int(this.#revision)
    step.piece(word(name))
    step.piece(word(from))
    step.piece(word(to))
    step.piece(unit === null ? NULL : unit.piece)
    step.piece(word(by))
    step.piece(word(told))
    step.piece(word(note))
    step.piece(fields === null ? NULL : jsonPiece(fields))
    step.moment(at)
  }

  addVersion(t: Life, fixed: Fixed, until: number): void {
    this.#row(this.was, t, fixed)
    this.was.moment(until)
  }

  /** The ticket as it stands, with its text; `name` of whoever asked, empty for a part. */
  addTicket(t: Life, fixed: Fixed, name: string): void {
    const { content, caller } = this
    this.#row(this.ticket, t, fixed)
    content.row()
    content.int(this.#tenant)
    content.piece(fixed.id)
    content.text(fixed.told.body)
    if (t.answeredAt === 0) content.piece(word(''))
    else content.text(fixed.told.answer)
    content.bool(true)
    this.#gather(t.number, fixed.told)
    if (name === '') return
    caller.row()
    caller.int(this.#tenant)
    caller.piece(fixed.id)
    caller.text(name)
    caller.text(phoneOf(this.#stream))
  }

  #gather(number: number, { title, body }: Told): void {
    const month = monthOf(number)
    let pairs = this.#pairs.get(month)
    if (pairs === undefined) {
      this.#pairs.set(month, (pairs = new Map()))
      // Parts are numbered by the day they are asked for, some days on.
      this.post(beforeLast(month))
    }
    for (const text of [title, body])
      for (const pair of bigrams(text)) {
        const numbers = pairs.get(pair)
        if (numbers === undefined) pairs.set(pair, [number])
        else if (numbers.at(-1) !== number) numbers.push(number)
      }
  }

  /** Writes the pairs of months up to one, or of all. */
  post(until = Number.POSITIVE_INFINITY): void {
    const { posting } = this
    for (const [month, pairs] of this.#pairs) {
      if (month > until) continue
      for (const [pair, numbers] of pairs) {
        posting.row()
        posting.int(this.#tenant)
        posting.int(pair)
        posting.int(month)
        posting.int(numbers.length)
        posting.piece(bytesPiece(writeList(numbers)))
      }
      this.#pairs.delete(month)
    }
  }

  #row(s: BinarySheet, t: Life, fixed: Fixed): void {
    s.row()
    s.int(this.#tenant)
    s.piece(fixed.id)
    s.big(t.number)
    s.piece(t.unit === null ? NULL : t.unit.piece)
    s.piece(fixed.parent)
    s.moment(t.receivedAt)
    s.moment(t.dueAt)
    s.moment(t.dispatchedAt)
    s.moment(t.signDueAt)
    s.moment(t.signedAt)
    s.moment(t.respondDueAt)
    s.moment(t.respondedAt)
    s.moment(t.unitDueAt)
    s.moment(t.answeredAt)
    s.moment(t.calledAt)
    s.moment(t.closedAt)
    s.moment(t.knownFrom)
    s.int(t.revision)
    s.small(t.satisfaction)
    s.small(t.transfers)
    s.small(t.rehandled)
    s.small(t.extended)
    s.small(t.calls)
    s.bool(t.direct)
    s.bool(t.reached)
    s.bool(t.solved)
    s.bool(fixed.withheld)
    s.bool(t.supervised)
    s.bool(t.arbitrated)
    s.bool(t.relapsed)
    s.bool(t.extendAsked)
    s.piece(word(t.state))
    s.piece(fixed.channel)
    s.piece(word(t.class.id))
    s.piece(fixed.topic.piece)
    s.piece(fixed.place.countyPiece)
    s.text(fixed.placeText)
    s.text(fixed.told.title)
    s.piece(fixed.mergedInto)
    s.piece(fixed.relapseOf)
  }
}

/** The month (yyyymm) two before. */
function beforeLast(month: number): number {
  const months = Math.floor(month / 100) * 12 + (month % 100) - 3
  return Math.floor(months / 12) * 100 + (months % 12) + 1
}

function bytesPiece(bytes: Buffer): Piece {
  const piece = Buffer.allocUnsafeSlow(4 + bytes.length)
  piece.writeInt32BE(bytes.length, 0)
  piece.set(bytes, 4)
  return piece
}

const jsons = new Map<string, Piece>()

/** JSON for a jsonb column: its version stands before it. */
function jsonPiece(json: string): Piece {
  let piece = jsons.get(json)
  if (piece === undefined) jsons.set(json, (piece = textPiece(`\u0001${json}`)))
  return piece
}
