// The pool and the one way to a transaction. Tenant, actor, scope and clock are set in the message that begins it,
// with SET LOCAL, so that Citus can carry them to other nodes (house.md §5) and nothing leaks back to the pool.
import type { Writable } from 'node:stream'
import pg from 'pg'
import type { Origin, Scope } from './actor.ts'
import { type Query, type Sight, type Statement, seenBy } from './sql.ts'
import type { Tenant } from './tenant.ts'

pg.types.setTypeParser(1082, (text) => text)
pg.types.setTypeParser(1184, (text) => (text.startsWith('infinity') || text.startsWith('-infinity') ? text : new Date(text).toISOString()))
pg.types.setTypeParser(20, Number)

export type Pool = pg.Pool

/** A pool of connections as `dajuan_app`, which owns nothing and may only take the two reading roles. */
export function openPool(connectionString: string, max = 12): Pool {
  // Pipelined: what needs no answer first (begin, audit entries, commit) shares a round trip with what follows.
  const pool = new pg.Pool({ connectionString, max, application_name: 'dajuan', pipeline: true } as pg.PoolConfig)
  pool.on('error', (error) => console.error(`idle database connection lost: ${error.message}`))
  // A connection lost in the middle of a transaction fails its statements; without a listener it would end the process, too.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** What a service gets: queries run in the transaction of the request. It never begins or ends one. */
export interface Tx {
  tenant: Tenant
  actorId: string | null
  /** Where the request came from; null for the system's own work. */
  origin: Origin | null
  /** A keyed mark of a value that an audit entry may not show; null for the system's own work. */
  mark: ((text: string) => string) | null
  all: <P, R>(query: Query<P, R>, params: P) => Promise<R[]>
  /** The only row; an error of ours when there is none or more than one. */
  one: <P, R>(query: Query<P, R>, params: P) => Promise<R>
  maybe: <P, R>(query: Query<P, R>, params: P) => Promise<R | undefined>
  /** Sends a command nobody waits for; its failure still fails the transaction. */
  append: <P>(query: Query<P, object>, params: P) => void
  /** Runs a statement the engine compiled; not prepared, since its text is long and changes with the rubric, unless it is `kept` for being run often. */
  compiled: <R>(statement: Statement, kept?: 'kept') => Promise<R[]>
  /** How many statements this transaction has sent, its begin and commit included. */
  readonly count: number
  /** Runs `work` once the transaction has committed. */
  afterCommit: (work: () => void) => void
}

export interface Opening {
  tenant: Tenant
  actorId: string | null
  scope: Scope
  mode: 'read' | 'write'
  /** The statements of a read are planned once, not for each value. */
  plannedOnce?: boolean | undefined
  /** They are planned for each value, every time. */
  plannedAnew?: boolean | undefined
  /** Posts (pack ids) that the actor holds, for policies that let a post see what it is asked for. */
  posts?: readonly string[]
  origin?: Origin
  mark?: (text: string) => string
}

interface Prepared {
  name: string
  text: string
}
const statements: Record<Sight, Map<string, Prepared>> = { tenant: new Map(), narrow: new Map(), wide: new Map() }
/** A query's text as it is run, with the name that it is prepared under. */
function preparedFor(sight: Sight, text: string): Prepared {
  const known = statements[sight].get(text)
  if (known !== undefined) return known
  const made = { name: `${sight}${statements[sight].size}`, text: seenBy(sight, text) }
  statements[sight].set(text, made)
  return made
}

/** From so many bodies on a page of rows is found sooner in the order of the rows than body by body. */
const WIDE = 12
function sightOf(scope: Scope): Sight {
  return scope === 'tenant' ? 'tenant' : scope.length < WIDE ? 'narrow' : 'wide'
}

const literal = pg.escapeLiteral

function beginning({ tenant, actorId, scope, mode, plannedOnce, plannedAnew, posts }: Opening): string {
  const settings = [
    `begin ${mode === 'read' ? 'read only' : 'read write'}`,
    `set local role ${scope === 'tenant' ? 'dajuan_tenant' : 'dajuan_scoped'}`,
    `set local dajuan.tenant = ${literal(String(tenant.id))}`,
    `set local dajuan.actor = ${literal(actorId ?? '')}`,
    `set local dajuan.scope = ${literal(scope === 'tenant' ? '{}' : `{${scope.join(',')}}`)}`,
    `set local dajuan.clock_offset = ${literal(`${tenant.clockOffset} milliseconds`)}`,
  ]
  if (posts !== undefined && posts.length > 0) settings.push(`set local dajuan.posts = ${literal(`{${posts.join(',')}}`)}`)
  // What reads few rows by key costs more to plan anew than to run; a write always does.
  if (plannedAnew === true) settings.push('set local plan_cache_mode = force_custom_plan')
  else if (mode === 'write' || (plannedOnce === true && sightOf(scope) === 'narrow')) settings.push('set local plan_cache_mode = force_generic_plan')
  // A freeze takes this lock alone for a moment: whoever writes holds it shared until commit, so no write that was
  // stamped before a run's asOf can still be under way when the run reads (house.md §6.3).
  if (mode === 'write') settings.push(`set local transaction_timeout = '${WRITE_MINUTES}min'`, `select pg_advisory_xact_lock_shared(${WRITERS}, ${tenant.id})`)
  return settings.join('; ')
}

/** Advisory lock class of the writers of a tenant. */
export const WRITERS = 7001
/** No write takes longer: what a write that is still open has stamped is at most so old. */
export const WRITE_MINUTES = 10

const corked = new WeakSet<Writable>()

/** Holds back what is written to a connection until the end of this turn of the event loop: one system call instead of one a message. */
function gather(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  if (corked.has(stream)) return
  corked.add(stream)
  stream.cork()
  setImmediate(() => {
    corked.delete(stream)
    stream.uncork()
  })
}

/** SQLSTATE of statements that come after one that failed. */
const ABORTED = '25P02'

/** Runs `work` in one transaction as the given actor; commits when it resolves, rolls back when it throws. */
export async function transaction<T>(pool: Pool, opening: Opening, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const sight = sightOf(opening.scope)
  const after: Array<() => void> = []
  let count = 0
  let broken: Error | undefined
  // Begin, commit and appended commands are awaited together at the end. When one before the commit fails, PostgreSQL turns the
  // commit into a rollback and the failure is thrown.
  const waited: Promise<unknown>[] = []
  const sent = (text: string, values?: unknown[], name?: string): Promise<pg.QueryResult> => {
    count += 1
    gather(client)
    return client.query({ ...(name === undefined ? {} : { name }), text, ...(values === undefined ? {} : { values }) })
  }
  const send = async <R>(text: string, values?: unknown[], name?: string): Promise<R[]> => (await sent(text, values, name)).rows as R[]
  const all = async <P, R>(query: Query<P, R>, params: P): Promise<R[]> => {
    const { text, values } = query.build(params)
    const prepared = preparedFor(sight, text)
    return send<R>(prepared.text, values as unknown[], prepared.name)
  }
  const tx: Tx = {
    tenant: opening.tenant,
    actorId: opening.actorId,
    origin: opening.origin ?? null,
    mark: opening.mark ?? null,
    all,
    maybe: async (query, params) => (await all(query, params))[0],
    one: async (query, params) => {
      const rows = await all(query, params)
      const [row] = rows
      if (row === undefined || rows.length > 1) throw new Error(`${query.name} returned ${rows.length} rows, expected one`)
      return row
    },
    append: (query, params) => {
      const appended = all(query, params)
      // Awaited below; this keeps a failure meanwhile from counting as unhandled.
      appended.catch(() => undefined)
      waited.push(appended)
    },
    compiled: (statement, kept) => {
      if (kept === undefined) return send(seenBy(sight, statement.text), statement.values)
      const prepared = preparedFor(sight, statement.text)
      return send(prepared.text, statement.values, prepared.name)
    },
    get count() {
      return count
    },
    afterCommit: (task) => after.push(task),
  }
  try {
    const begun = send(beginning(opening))
    begun.catch(() => undefined)
    waited.push(begun)
    const value = await work(tx)
    const committed = sent('commit')
    waited.push(committed)
    await Promise.all(waited)
    // A failure that the work has swallowed turns the commit into a rollback, which PostgreSQL doesn't call an error.
    if ((await committed).command !== 'COMMIT') throw new Error('a statement failed and its error was swallowed: the transaction was rolled back')
    for (const task of after) task()
    return value
  } catch (error) {
    const failed = (await Promise.allSettled(waited)).flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    await client.query('rollback').catch((lost: Error) => (broken = lost))
    // A statement that only found the transaction aborted says nothing of why: what failed before it does.
    throw isPgError(error, ABORTED) ? (failed.find((one) => !isPgError(one, ABORTED)) ?? error) : error
  } finally {
    client.release(broken)
  }
}

/** True when an error is PostgreSQL's with this SQLSTATE, e.g. `23505` for a unique violation. */
export function isPgError(error: unknown, sqlState: string): boolean {
  return error instanceof pg.DatabaseError && error.code === sqlState
}
