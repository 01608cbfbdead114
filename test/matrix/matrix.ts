// The matrix of who may do what: every endpoint × every post of the pack × the relation of the body that is named. What is to be expected
// comes from the pack and the tables alone; what is, over HTTP.
import type { Endpoint } from '#base/endpoint.ts'
import type { Caller } from '../server.ts'
import { type Given, type Request, type Sample, samples, type Thing } from './samples.ts'
import type { Relation, Seat } from './seats.ts'

export type Expected = 'allowed' | 'forbidden' | 'unseen'

interface Reply {
  statusCode: number
  body: string
  headers: Record<string, unknown>
}

/** One request, and what is wrong with its answer; null where nothing is. */
export interface Cell {
  endpoint: string
  post: string
  relation: Relation | 'nothing'
  expected: Expected
  wrong: string | null
}

/** What the tables say of rows: the bodies by which each id is seen, and how many records and members a body has with all below it. */
export interface Known {
  bodiesOf: ReadonlyMap<string, readonly string[]>
  count: (what: NonNullable<Sample['counts']>, body: string, scope: ReadonlySet<string>) => number
  given: Given
  /** Who has no session. */
  nobody: Caller
  /** Statements sent and rows read since it was last asked. */
  work: () => { statements: number; rows: number }
}

/** What the pack gives: refused without the action, as not there where the body is out of reach; a list, where none of its `rows` is the seat's. */
export function expectedOf(
  endpoint: Pick<Endpoint, 'access' | 'needs'>,
  sample: Sample,
  seat: Seat,
  owner: string | undefined,
  rows: (body: string) => number,
): Expected {
  if (endpoint.access !== 'signed-in') return 'allowed'
  if (endpoint.needs !== undefined && !seat.may.includes(endpoint.needs)) return 'forbidden'
  if (sample.shows === 'rows') return owner === undefined || rows(owner) > 0 ? 'allowed' : 'unseen'
  if (sample.also !== undefined && !seat.may.includes(sample.also)) return 'forbidden'
  const action = sample.needs ?? endpoint.needs ?? 'read'
  const reaches = owner === undefined || (seat.reach.has(owner) && (seat.may.includes('read') || action !== 'read'))
  if (sample.of !== undefined && sample.shows !== 'directory' && !reaches) return 'unseen'
  return sample.needs !== undefined && !seat.may.includes(sample.needs) ? 'unseen' : 'allowed'
}

const watermark = /\r\n导出[\s\S]*$/
const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
/** An answer without the id that was asked for, and without the lines by which each export differs. */
const faceless = ({ statusCode, body }: Reply, id: string) => `${statusCode} ${body.replace(watermark, '').replaceAll(id, '…')}`
/** Things whose being there is a secret; bodies are the directory, and a list reads the tree before it reads rows. */
const secret: ReadonlySet<Thing> = new Set(['record', 'attachment', 'membership', 'person', 'objection', 'mark'])

/** Sends a request as a seat. */
function ask({ caller }: Pick<Seat, 'caller'>, [url, body]: Request): Promise<Reply> {
  if (body === undefined) return caller.get(url)
  return Buffer.isBuffer(body) ? caller.upload(url, body) : caller.post(url, body)
}

function wrongStatus(expected: Expected, reply: Reply, none: string, id: string): string | null {
  if (reply.statusCode >= 500) return `broke: ${reply.statusCode} ${reply.body.slice(0, 200)}`
  if (expected === 'forbidden') return reply.statusCode === 403 ? null : `not refused: ${reply.statusCode}`
  if (expected === 'unseen')
    return faceless(reply, id) === none ? null : `${faceless(reply, id).slice(0, 160)} — but for what is not there ${none.slice(0, 160)}`
  if (reply.statusCode === 401 || reply.statusCode === 403) return `refused: ${reply.statusCode} ${reply.body.slice(0, 160)}`
  return null
}

/** The bodies whose rows the seat reads. */
function scopeOf({ may, reach }: Pick<Seat, 'may' | 'reach'>): ReadonlySet<string> {
  return may.includes('read') ? reach : new Set<string>()
}

/** Rows in a reply that are out of the seat's reading. */
function leak(reply: Reply, { shows }: Sample, { may, reach }: Seat, known: Known): string | null {
  if (reply.statusCode >= 300 || shows === 'trail') return null
  const scope = scopeOf({ may, reach })
  const foreign = (reply.body.match(ids) ?? []).find((id) => known.bodiesOf.has(id) && !known.bodiesOf.get(id)?.some((body) => scope.has(body)))
  return foreign === undefined ? null : `shows ${foreign} of ${known.bodiesOf.get(foreign)}`
}

/** What a list says that it holds is what the tables hold for the body, within the scope. */
function miscounted(reply: Reply, { counts }: Sample, seat: Seat, body: string, known: Known): string | null {
  if (counts === undefined || reply.statusCode !== 200) return null
  const n = counted(reply)
  const isCapped = (counts === 'records' || counts === 'matters') && reply.body.startsWith('{')
  const there = Math.min(known.count(counts, body, scopeOf(seat)), isCapped ? CAP : Number.POSITIVE_INFINITY)
  return n === there ? null : `counts ${n} where the tables hold ${there}`
}

/** A list of records or matters counts no further. */
const CAP = 1000

/** How many rows a reply says there are: lines of an export, months together, a list's total. */
function counted({ body }: Reply): number {
  if (!body.startsWith('{')) return body.replace(watermark, '').trim().split('\r\n').length - 1
  const { total, months } = JSON.parse(body) as { total?: { count: number } | number; months?: { count: number }[] }
  if (months !== undefined) return months.reduce((sum, { count }) => sum + count, 0)
  return typeof total === 'object' ? total.count : (total ?? Number.NaN)
}

/**
 * How the work for what is foreign differs from that for what is not there; null where it doesn't, in one of several turns: what jobs do
 * meanwhile, or a session that is looked up anew, is counted with one of the two by chance. A leak differs every time.
 */
async function unevenness(of: Thing, [noId, id]: [string, string], look: (id: string) => Promise<Reply>, known: Known): Promise<string | null> {
  const workFor = async (one: string) => {
    known.work()
    await look(one)
    const { statements, rows } = known.work()
    return `${statements} statements${secret.has(of) ? `, ${rows} rows` : ''}`
  }
  for (let turn = 1; ; turn += 1) {
    const [none, foreign] = [await workFor(noId), await workFor(id)]
    if (none === foreign) return null
    if (turn === 12) return `takes ${foreign}, what is not there ${none}`
    await new Promise((resolve) => setTimeout(resolve, 20 * turn))
  }
}

/** Tries every cell of an endpoint, one request each. */
export async function cellsOf(endpoint: Endpoint, seats: readonly Seat[], known: Known): Promise<Cell[]> {
  const sample = samples[endpoint.id]
  if (sample === undefined) throw new Error(`say in test/matrix/samples.ts how ${endpoint.id} is called`)
  const cells: Cell[] = []
  if (sample.alone === true) {
    const reply = await ask({ caller: known.nobody }, sample.call('', known.given))
    return [{ endpoint: endpoint.id, post: '', relation: 'nothing', expected: 'allowed', wrong: reply.statusCode >= 500 ? `broke: ${reply.body}` : null }]
  }
  for (const seat of seats) {
    const scope = scopeOf(seat)
    const rows = (body: string) => (sample.counts === undefined ? 0 : known.count(sample.counts, body, scope))
    const cell = (relation: Cell['relation'], expected: Expected, wrong: string | null) =>
      cells.push({ endpoint: endpoint.id, post: seat.post, relation, expected, wrong })
    if (sample.of === undefined) {
      const expected = expectedOf(endpoint, sample, seat, undefined, rows)
      const reply = await ask(seat, sample.call('', known.given))
      cell('nothing', expected, wrongStatus(expected, reply, '', '') ?? leak(reply, sample, seat, known))
      continue
    }
    const { id: noId } = seat.near.none?.[sample.of] ?? { id: '' }
    const none = faceless(await ask(seat, sample.call(noId, known.given)), noId)
    const again = faceless(await ask(seat, sample.call(noId, known.given)), noId)
    const unseen = expectedOf(endpoint, sample, seat, '', rows)
    cell(
      'none',
      unseen,
      unseen === 'forbidden'
        ? wrongStatus(unseen, { statusCode: Number(none.slice(0, 3)), body: '', headers: {} }, '', '')
        : none === again
          ? null
          : 'answers differently each time',
    )
    for (const [relation, named] of Object.entries(seat.near) as [Relation, Seat['near'][Relation]][]) {
      const thing = named?.[sample.of]
      if (thing === undefined || relation === 'none') continue
      // Of another tenant even the directory is not there.
      const expected = relation === 'other-tenant' && unseen !== 'forbidden' ? 'unseen' : expectedOf(endpoint, sample, seat, thing.owner, rows)
      const reply = await ask(seat, sample.call(thing.id, known.given))
      const uneven = expected === 'unseen' ? await unevenness(sample.of, [noId, thing.id], (id) => ask(seat, sample.call(id, known.given)), known) : null
      cell(
        relation,
        expected,
        wrongStatus(expected, reply, none, thing.id) ??
          leak(reply, sample, seat, known) ??
          (expected === 'allowed' ? miscounted(reply, sample, seat, thing.id, known) : null) ??
          uneven,
      )
    }
  }
  return cells
}
