// Transactions against a real PostgreSQL: what is committed, what is rolled back, what a connection carries on to the next request.
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import pg from 'pg'
import { Type } from 'typebox'
import { Refusal } from '#base/errors.ts'
import { testDatabase } from '#test/postgres.ts'
import { isPgError, type Opening, openPool, transaction, WRITE_MINUTES } from './db.ts'
import { appUrl } from './migrate.ts'
import { query, sql } from './sql.ts'

const closing: (() => Promise<unknown>)[] = []
after(async () => {
  for (const close of closing) await close()
})
const { url } = await testDatabase()
// One connection, so that each transaction gets the one that the transaction before it has used.
const pool = openPool(appUrl(url), 1)
const owner = new pg.Client({ connectionString: url })
await owner.connect()
closing.push(
  () => pool.end(),
  () => owner.end(),
)
await owner.query(`create table kit.scratch (n int primary key, note text not null default '');
  grant select, insert on kit.scratch to dajuan_scoped, dajuan_tenant`)
beforeEach(() => owner.query('truncate kit.scratch'))

const empty = Type.Object({})
const add = query('test.add', empty, (p: { n: number }) => sql`insert into kit.scratch (n) values (${p.n})`)
const broken = query('test.broken', empty, (_: object) => sql`select 1 / 0 as "x"`)
const each = query('test.each', Type.Object({ n: Type.Integer() }), (_: object) => sql`select n from kit.scratch order by n`)
const backend = query('test.backend', Type.Object({ pid: Type.Integer() }), (_: object) => sql`select pg_backend_pid() as pid`)
const waits = query('test.waits', empty, (_: object) => sql`select pg_sleep(5) is null as "x"`)
const Settings = Type.Object({ role: Type.String(), tenant: Type.Integer(), actor: Type.String(), scope: Type.String(), offset: Type.String() })
const settings = query(
  'test.settings',
  Settings,
  (_: object) => sql`select current_user::text as role, kit.tenant_id() as tenant, coalesce(kit.actor()::text, '') as actor, kit.scope()::text as scope,
    current_setting('dajuan.clock_offset') as "offset"`,
)

const tenant = { id: 1, slug: 'a', name: 'a', host: null, pack: 'a', demonstration: false, clockOffset: 0 }
const id = '0190a000-0000-7000-8000-000000000001'
const opening: Opening = { tenant, actorId: id, scope: 'tenant', mode: 'write' }
const stored = async () => (await owner.query<{ n: number }>('select n from kit.scratch order by n')).rows.map(({ n }) => n)

/** What the pool's one connection has of a transaction when none is under way. */
async function left() {
  const client = await pool.connect()
  try {
    const { rows } = await client.query(`select current_user::text as role, coalesce(current_setting('dajuan.tenant', true), '') as tenant,
      coalesce(current_setting('dajuan.scope', true), '') as scope, coalesce(current_setting('dajuan.actor', true), '') as actor,
      current_setting('transaction_read_only') as readonly, current_setting('plan_cache_mode') as plans, (now() = statement_timestamp()) as alone,
      (select count(*)::int from pg_locks where pid = pg_backend_pid() and locktype = 'advisory') as locks`)
    return rows[0]
  } finally {
    client.release()
  }
}
const nothing = { role: 'dajuan_app', tenant: '', scope: '', actor: '', readonly: 'off', plans: 'auto', alone: true, locks: 0 }

test('work that resolves is committed, and its value is the transaction’s', async () => {
  const value = await transaction(pool, opening, async (tx) => {
    await tx.all(add, { n: 1 })
    tx.append(add, { n: 2 })
    return 'done'
  })
  assert.equal(value, 'done')
  assert.deepEqual(await stored(), [1, 2])
})

test('work that throws is rolled back whole, appended commands too, and its error comes out as it was', async () => {
  const refusal = new Refusal('conflict', '不行')
  await assert.rejects(
    transaction(pool, opening, async (tx) => {
      await tx.all(add, { n: 1 })
      tx.append(add, { n: 2 })
      throw refusal
    }),
    (error) => error === refusal,
  )
  assert.deepEqual(await stored(), [])
})

test('role, tenant, actor, scope and clock are set for the transaction', async () => {
  const scoped = await transaction(pool, { ...opening, scope: [id], mode: 'read', tenant: { ...tenant, id: 7, clockOffset: -1500 } }, (tx) =>
    tx.one(settings, {}),
  )
  assert.deepEqual(scoped, { role: 'dajuan_scoped', tenant: 7, actor: id, scope: `{${id}}`, offset: '-1500 milliseconds' })
  const wide = await transaction(pool, { ...opening, actorId: null }, (tx) => tx.one(settings, {}))
  assert.deepEqual({ ...wide, offset: '' }, { role: 'dajuan_tenant', tenant: 1, actor: '', scope: '{}', offset: '' })
})

for (const [how, work] of [
  ['a commit', async () => undefined],
  ['a refusal', async () => Promise.reject(new Refusal('invalid', 'x'))],
  ['a statement that fails', async (tx) => tx.all(broken, {})],
] satisfies [string, Parameters<typeof transaction<unknown>>[2]][])
  test(`nothing of a transaction stays on the connection after ${how}`, async () => {
    await transaction(pool, { ...opening, scope: [id] }, work).catch(() => undefined)
    assert.deepEqual(await left(), nothing)
    // The next reader gets only what it set itself.
    const next = await transaction(pool, { tenant: { ...tenant, id: 2 }, actorId: null, scope: [], mode: 'read' }, (tx) => tx.one(settings, {}))
    assert.deepEqual(next, { role: 'dajuan_scoped', tenant: 2, actor: '', scope: '{}', offset: '0 milliseconds' })
  })

test('a read refuses every write, whichever role', async () => {
  for (const scope of ['tenant', [id]] as const)
    await assert.rejects(
      transaction(pool, { ...opening, scope, mode: 'read' }, (tx) => tx.all(add, { n: 1 })),
      (error) => isPgError(error, '25006'),
    )
  assert.deepEqual(await stored(), [])
})

test('an appended command that fails takes the transaction with it', async () => {
  await owner.query('insert into kit.scratch values (1)')
  let committed = false
  await assert.rejects(
    transaction(pool, opening, async (tx) => {
      await tx.all(add, { n: 3 })
      tx.append(add, { n: 1 })
      tx.afterCommit(() => (committed = true))
    }),
    (error) => isPgError(error, '23505'),
  )
  assert.deepEqual(await stored(), [1])
  assert.equal(committed, false)
})

test('an appended command that failed is what is told, not the statement after it that found the transaction aborted', async () => {
  await owner.query('insert into kit.scratch values (1)')
  await assert.rejects(
    transaction(pool, opening, async (tx) => {
      tx.append(add, { n: 1 })
      await tx.all(each, {})
    }),
    (error) => isPgError(error, '23505'),
  )
})

test('a statement that failed and was swallowed does not pass for a commit', async () => {
  let committed = false
  await assert.rejects(
    transaction(pool, opening, async (tx) => {
      await tx.all(add, { n: 1 })
      await tx.all(broken, {}).catch(() => undefined)
      tx.afterCommit(() => (committed = true))
      return 'done'
    }),
    /rolled back/,
  )
  assert.deepEqual(await stored(), [])
  assert.equal(committed, false)
})

test('a beginning that fails is what is told, and nothing runs without its role and tenant', async () => {
  // No lock has a number that large, and the beginning of a write takes the lock of its tenant.
  const hopeless = { ...opening, tenant: { ...tenant, id: 30_000_000_000 } }
  for (const work of [async () => undefined, (tx) => tx.all(add, { n: 1 })] satisfies Parameters<typeof transaction<unknown>>[2][])
    await assert.rejects(transaction(pool, hopeless, work), /pg_advisory_xact_lock_shared\(integer, bigint\) does not exist/)
  assert.deepEqual(await stored(), [])
  assert.deepEqual(await left(), nothing)
})

test('a connection that is lost fails its transaction and is not used again', async () => {
  let lost = 0
  await assert.rejects(
    transaction(pool, opening, async (tx) => {
      await tx.all(add, { n: 1 })
      lost = (await tx.one(backend, {})).pid
      await Promise.all([tx.all(waits, {}), owner.query('select pg_terminate_backend($1)', [lost])])
    }),
    // What PostgreSQL says of it, or the socket, where that was quicker.
    (error) => isPgError(error, '57P01') || (error as NodeJS.ErrnoException).code === 'EPIPE',
  )
  assert.deepEqual(await stored(), [])
  const { pid } = await transaction(pool, opening, (tx) => tx.one(backend, {}))
  assert.notEqual(pid, lost)
})

test('a connection that is lost while idle is replaced by the next transaction', async (t) => {
  t.mock.method(console, 'error', () => undefined)
  const { pid } = await transaction(pool, opening, (tx) => tx.one(backend, {}))
  await owner.query('select pg_terminate_backend($1)', [pid])
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.deepEqual(await transaction(pool, opening, (tx) => tx.all(each, {})), [])
})

test('what is to happen after the commit happens once, after it, and never without it', async () => {
  const seen: number[][] = []
  await transaction(pool, opening, async (tx) => {
    await tx.all(add, { n: 1 })
    tx.afterCommit(() => seen.push([1]))
    assert.deepEqual(seen, [])
  })
  assert.deepEqual(seen, [[1]])
  await assert.rejects(
    transaction(pool, opening, async (tx) => {
      tx.afterCommit(() => seen.push([2]))
      throw new Refusal('invalid', 'x')
    }),
  )
  assert.deepEqual(seen, [[1]])
})

test('one row asked for is one row got', async () => {
  await assert.rejects(
    transaction(pool, opening, (tx) => tx.one(each, {})),
    /test\.each returned 0 rows/,
  )
  await owner.query('insert into kit.scratch values (1), (2)')
  await assert.rejects(
    transaction(pool, opening, (tx) => tx.one(each, {})),
    /test\.each returned 2 rows/,
  )
  assert.equal(await transaction(pool, opening, async (tx) => (await tx.maybe(each, {}))?.n), 1)
})

test('values are never spliced into the text: quotes, marks and statements stay values', async () => {
  const notes = ["'; drop table kit.scratch; --", '$1', '\\', '{"a":1}', '％＿', '\u202egnp.exe']
  const addNote = query('test.add-note', empty, (p: { n: number; note: string }) => sql`insert into kit.scratch (n, note) values (${p.n}, ${p.note})`)
  await transaction(pool, opening, async (tx) => {
    for (const [n, note] of notes.entries()) await tx.all(addNote, { n, note })
  })
  const { rows } = await owner.query<{ note: string }>('select note from kit.scratch order by n')
  assert.deepEqual(
    rows.map(({ note }) => note),
    notes,
  )
})

test('each statement is counted, begin and commit with them', async () => {
  const counts = await transaction(pool, opening, async (tx) => {
    await tx.all(each, {})
    tx.append(add, { n: 1 })
    return tx.count
  })
  assert.equal(counts, 3)
})

test('a write takes no longer than its limit, which holds for a transaction that is already open; a read has none', async () => {
  const limit = query('test.limit', Type.Object({ of: Type.String() }), (_: object) => sql`select current_setting('transaction_timeout') as of`)
  for (const [mode, expected] of [
    ['write', `${WRITE_MINUTES}min`],
    ['read', '0'],
  ] as const)
    assert.equal((await transaction(pool, { ...opening, mode }, (tx) => tx.one(limit, {}))).of, expected)
  const client = new pg.Client({ connectionString: url })
  client.on('error', (error) => assert.match(error.message, /terminat|timeout/))
  await client.connect()
  await assert.rejects(client.query(`begin; set local transaction_timeout = '200ms'; select pg_sleep(5)`), /transaction timeout|terminated/)
  await client.end()
})
