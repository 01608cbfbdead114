// Checks a chain, link by link as it is read, against its own hashes and against signed checkpoints. Knows no database.
import type { KeyObject } from 'node:crypto'
import { type Algorithm, LEAST_DAYS } from './audit.pack.ts'
import { BEGINNING, type Checkpoint, isSigned, linkHash, type SealedEntry } from './chain.ts'

/** A link with its entry, undefined where that is gone. `differs`: the search's copy says something else than the entry. */
export interface Link {
  seq: number
  alg: string
  hash: string
  entryId: string
  entry: SealedEntry | undefined
  differs: boolean
}

export interface Chain {
  tenant: string
  tenantId: number
  links: AsyncIterable<Link>
  /** All that are known, from beside the chain and from elsewhere. */
  checkpoints: readonly Checkpoint[]
}

/** What is wrong, where first, and in words. */
export interface Fault {
  what: 'content' | 'order' | 'missing' | 'added' | 'signature'
  seq: number
  entryId: string | null
  words: string
}

interface Spot {
  seq: number
  at: string
}

export interface Verdict {
  entries: number
  first: Spot | null
  last: Spot | null
  /** Checkpoints that were held against the chain, and the last of them. */
  checkpoints: number
  signed: Spot | null
  /** Entries that say they were written a day or more before others that stand before them: left by the command line, or put in later. */
  late: number
  fault: Fault | null
}

/** A verdict on its way: what follows must follow from `hash`. */
interface Walk {
  chain: Pick<Chain, 'tenant' | 'tenantId'>
  publicKey: KeyObject
  /** Checkpoints that have not been come to, in order. */
  ahead: Checkpoint[]
  hash: string
  seq: number
  /** The newest moment that an entry has said so far, in milliseconds. */
  newest: number
  verdict: Verdict
}

const DAY_MS = 86_400_000
/** How far behind a fault is looked, to tell what kind it is. */
const LOOK_AHEAD = 1000
const algorithms: readonly string[] = ['sm3', 'sha256'] satisfies Algorithm[]

/** Reads the chain to its end or to the first fault. */
export async function verifyChain({ links, checkpoints, ...chain }: Chain, publicKey: KeyObject): Promise<Verdict> {
  const verdict: Verdict = { entries: 0, first: null, last: null, checkpoints: 0, signed: null, late: 0, fault: null }
  const ahead = [...checkpoints].sort((left, right) => left.seq - right.seq)
  const walk: Walk = { chain, publicKey, ahead, hash: BEGINNING, seq: 0, newest: 0, verdict }
  const reader = links[Symbol.asyncIterator]()
  const next = async (): Promise<Link | undefined> => {
    const { value, done } = await reader.next()
    return done === true ? undefined : value
  }
  for (let link = await next(); link !== undefined && verdict.fault === null; link = verdict.fault === null ? await next() : undefined)
    verdict.fault = faultBefore(walk, link) ?? (await faultOf(walk, link, next)) ?? faultOfSignature(walk, link)
  verdict.fault ??= faultAtEnd(walk)
  return verdict
}

/** What is wrong with a link's place: the chain begins late, or has a hole. */
function faultBefore(walk: Walk, { seq, entryId }: Link): Fault | null {
  const { chain, publicKey, ahead, verdict } = walk
  if (verdict.first === null && seq > 1) {
    const base = ahead.find((mark) => mark.seq === seq - 1 && isSigned(chain.tenant, mark, publicKey))
    if (base === undefined) return fault('missing', 1, `the chain begins at ${seq}, and no signed checkpoint stands before it`)
    if (Date.now() - Date.parse(base.at) < LEAST_DAYS * DAY_MS)
      return fault('missing', 1, `entries up to ${base.seq} are gone, though ${LEAST_DAYS} days have not passed since ${base.at}`)
    Object.assign(walk, { hash: base.hash, seq: base.seq })
  }
  if (seq > walk.seq + 1) return fault('missing', walk.seq + 1, `the chain goes from ${walk.seq} to ${seq}: what stood between is gone`)
  return seq <= walk.seq ? fault('order', seq, `position ${seq} comes after ${walk.seq}`, entryId) : null
}

/** What is wrong with the link itself; where nothing is, the walk goes on behind it. */
async function faultOf(walk: Walk, link: Link, next: () => Promise<Link | undefined>): Promise<Fault | null> {
  const { seq, entryId, entry } = link
  if (entry === undefined) return fault('missing', seq, 'the entry is gone; its link is there', entryId)
  if (!follows(walk, link, entry)) {
    const what = await kindOf(walk, link, next)
    return fault(what, seq, words[what], entryId)
  }
  if (link.differs) return fault('content', seq, 'what the search goes by is not what the entry says', entryId)
  const { verdict } = walk
  const written = Date.parse(entry.at)
  if (written < walk.newest - DAY_MS) verdict.late += 1
  Object.assign(walk, { seq, hash: link.hash, newest: Math.max(walk.newest, written) })
  verdict.entries += 1
  verdict.last = { seq, at: entry.at }
  verdict.first ??= verdict.last
  return null
}

/** Whether an entry, put where the link is, gives the link's hash. */
function follows({ hash, chain }: Walk, link: Pick<Link, 'alg' | 'hash'>, entry: SealedEntry | undefined): boolean {
  return entry !== undefined && algorithms.includes(link.alg) && linkHash(link.alg as Algorithm, hash, chain.tenantId, entry) === link.hash
}

const words = {
  content: 'the entry is not what was sealed here; or one before it was taken out and the rest numbered anew',
  order: 'another entry was sealed here: the order was changed',
  added: 'nothing was sealed here: the chain goes on without this entry',
}

/** How a link fails to follow from the one before, by what stands behind it. */
async function kindOf(walk: Walk, link: Link, next: () => Promise<Link | undefined>): Promise<keyof typeof words> {
  const second = await next()
  if (second === undefined) return 'content'
  if (follows(walk, second, second.entry)) return 'added'
  for (let other: Link | undefined = second, far = 0; other !== undefined && far < LOOK_AHEAD; other = await next(), far += 1)
    if (follows(walk, link, other.entry)) return 'order'
  return 'content'
}

/** Holds the checkpoints up to a link against it. */
function faultOfSignature({ chain, publicKey, ahead, verdict }: Walk, { seq, hash }: Link): Fault | null {
  for (let [mark] = ahead; mark !== undefined && mark.seq <= seq; ahead.shift(), [mark] = ahead) {
    if (!isSigned(chain.tenant, mark, publicKey)) return notSigned(mark)
    if (mark.seq < seq) continue
    const since = (verdict.signed?.seq ?? (verdict.first?.seq ?? 1) - 1) + 1
    if (mark.hash !== hash)
      return fault('signature', since, `entries ${since} to ${seq} are not those that were signed on ${mark.at}: the chain was computed anew`)
    verdict.checkpoints += 1
    verdict.signed = { seq, at: mark.at }
  }
  return null
}

/** What is missing at the end: entries that were signed, or a signature that was due. */
function faultAtEnd({ chain, publicKey, ahead: [beyond], verdict: { last, signed }, seq }: Walk): Fault | null {
  if (beyond !== undefined && !isSigned(chain.tenant, beyond, publicKey)) return notSigned(beyond)
  if (beyond !== undefined) return fault('missing', seq + 1, `${beyond.seq} entries were signed on ${beyond.at}; the chain ends at ${seq}`)
  // The first batch is signed at once, and the rest within a day.
  if (last === null || (signed !== null && Date.parse(last.at) - Date.parse(signed.at) < 2 * DAY_MS)) return null
  return fault('signature', (signed?.seq ?? 0) + 1, 'no checkpoint stands for what follows, though one was due within a day')
}

function notSigned({ seq, at, keyId }: Checkpoint): Fault {
  return fault('signature', seq, `the checkpoint of ${at} is not signed with this key, or was changed (it names key ${keyId})`)
}

function fault(what: Fault['what'], seq: number, said: string, entryId: string | null = null): Fault {
  return { what, seq, entryId, words: said }
}
