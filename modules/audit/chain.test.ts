// The chain: every entry is sealed once, in the order its transaction finished; whatever is changed afterwards is named.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import pg from 'pg'
import { newId } from '#base/ids.ts'
import { loadPacks } from '#server/app/pack.ts'
import { openPool, transaction } from '#server/kit/db.ts'
import { appUrl } from '#server/kit/migrate.ts'
import { asOwner } from '#server/kit/owner.ts'
import { loadSecrets } from '#server/kit/secrets.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { earlierEnded } from '#test/earlier-ended.ts'
import { testDatabase } from '#test/postgres.ts'
import { addedBehind, chainOf, prune } from './chain.service.ts'
import { BEGINNING, type Checkpoint, linkHash, type SealedEntry, signCheckpoint } from './chain.ts'
import { chainLines, chainOfFile, checkpointsOf } from './chain-file.ts'
import { leaveChange, leaveEntry } from './index.ts'
import { checkpointsFile, seal as sealNow } from './seal.service.ts'
import { verifyChain } from './verify.ts'

const closing: (() => unknown)[] = []
after(async () => {
  for (const close of closing) await close()
})
loadPacks(join(import.meta.dirname, '..', '..', 'packs'))
const { url, pool } = await testDatabase()
const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-chain-'))
const owner = new pg.Client({ connectionString: url })
await owner.connect()
closing.push(
  () => owner.end(),
  () => rmSync(dataDir, { recursive: true, force: true }),
)
await owner.query(`insert into kit.tenant (tenant_id, slug, name, pack) values (1, 'one', '甲市', 'changzhi'), (2, 'two', '乙市', 'changzhi')`)
const [tenant, second] = await loadTenants(pool)
assert.ok(tenant && second)
const secrets = loadSecrets(dataDir)
const keys = secrets.signingKeys('audit')
const host = { pool, secrets, dataDir }
const opening = { tenant, actorId: null, scope: 'tenant', mode: 'write' } as const

const leave = (count: number, of = tenant) =>
  transaction(pool, { ...opening, tenant: of }, async (tx) => {
    for (let n = 0; n < count; n += 1) await leaveEntry(tx, 'test.do', { kind: 'thing', id: `${n}` }, { n })
  })
const check = (outside: readonly Checkpoint[] = []) =>
  transaction(pool, { ...opening, mode: 'read' }, async (tx) => {
    const chain = await chainOf(tx)
    const verdict = await verifyChain({ ...chain, checkpoints: [...chain.checkpoints, ...outside] }, keys.publicKey)
    return { ...verdict, fault: verdict.fault ?? (await addedBehind(tx)) }
  })
const fault = async (outside: readonly Checkpoint[] = []) => {
  const { fault: found } = await check(outside)
  return found === null ? null : { what: found.what, seq: found.seq, entryId: found.entryId }
}
const rows = async <R extends object>(text: string, values: unknown[] = []): Promise<R[]> => (await owner.query<R & pg.QueryResultRow>(text, values)).rows
const entryAt = async (seq: number): Promise<string> =>
  (await rows<{ id: string }>('select entry_id as id from audit.link where tenant_id = 1 and seq = $1', [seq]))[0]?.id ?? ''

const seal: typeof sealNow = async (...given) => {
  await earlierEnded(owner)
  return sealNow(...given)
}
beforeEach(async () => {
  await owner.query('truncate audit.entry, audit.link, audit.checkpoint, audit.relay')
  rmSync(join(dataDir, 'audit'), { recursive: true, force: true })
})
/** Twenty sealed entries of two transactions, the first ten of them signed. */
async function twenty(): Promise<void> {
  await leave(10)
  assert.ok(tenant)
  await seal(host, tenant)
  await leave(10)
  await seal(host, tenant)
}

test('entries of finished transactions are sealed once each, in the order of transactions, city by city', async () => {
  const ids: string[] = []
  for (const city of [tenant, tenant, second, tenant]) {
    await leave(1, city)
    ids.push((await rows<{ id: string }>('select entry_id as id from audit.entry order by xid desc limit 1'))[0]?.id ?? '')
    if (ids.length === 2) await seal(host, tenant)
  }
  for (let again = 0; again < 2; again += 1) for (const city of [tenant, second]) await seal(host, city)
  assert.deepEqual(await rows('select tenant_id as of, seq::int, entry_id as id from audit.link order by 1, 2'), [
    { of: 1, seq: 1, id: ids[0] },
    { of: 1, seq: 2, id: ids[1] },
    { of: 1, seq: 3, id: ids[3] },
    { of: 2, seq: 1, id: ids[2] },
  ])
  const { entries, fault: found, last, checkpoints } = await check()
  assert.deepEqual({ entries, found, seq: last?.seq, checkpoints }, { entries: 3, found: null, seq: 3, checkpoints: 1 })
})

test('what an open transaction has written waits, and whatever began later with it; writers wait for nobody', async () => {
  const slow = await pool.connect()
  await slow.query(`begin; set local role dajuan_tenant; set local dajuan.tenant = '1'`)
  const insert = `insert into audit.entry (tenant_id, entry_id, action, object_kind, object_id) values (1, $1, 'test.slow', 'thing', 'slow')`
  await slow.query(insert, [newId()])
  await leave(2)
  await sealNow(host, tenant)
  assert.equal((await check()).entries, 0)
  await slow.query('commit')
  slow.release()
  await seal(host, tenant)
  assert.deepEqual(
    (await rows<{ action: string }>('select action from audit.link order by seq')).map(({ action }) => action),
    ['test.slow', 'test.do', 'test.do'],
  )
})

test('a process that starts anew, or a database restored where transactions are counted otherwise, skips no entry', async () => {
  await leave(2)
  await seal(host, tenant)
  await owner.query(
    `insert into audit.entry (tenant_id, entry_id, action, object_kind, object_id, xid) values
    (1, $1, 'test.lower', 'thing', 'a', '3'), (1, $2, 'test.higher', 'thing', 'b', '99999999999')`,
    [newId(), newId()],
  )
  // This process has been past there.
  await seal(host, tenant)
  assert.equal((await check()).entries, 2)
  const restarted = openPool(appUrl(url), 2)
  await seal({ ...host, pool: restarted }, tenant)
  await restarted.end()
  const { entries, fault: found } = await check()
  assert.deepEqual([entries, found], [4, null])
})

test('of two processes one seals at a time, and both together seal each entry once', async () => {
  const pools = [openPool(appUrl(url), 2), openPool(appUrl(url), 2)]
  for (let round = 0; round < 10; round += 1) {
    await leave(7)
    await Promise.all(pools.map((one) => seal({ ...host, pool: one }, tenant)))
  }
  await seal(host, tenant)
  for (const one of pools) await one.end()
  const { entries, fault: found } = await check()
  assert.deepEqual([entries, found], [70, null])
})

test('more than a batch at once is sealed whole, and signed where the pack says', async () => {
  await leave(4500)
  await seal(host, tenant)
  const { entries, fault: found, checkpoints, signed } = await check()
  assert.deepEqual([entries, found, checkpoints, signed?.seq], [4500, null, 2, 4000])
  const outside = checkpointsOf(checkpointsFile(dataDir), 'one')
  assert.deepEqual(
    outside.map(({ seq }) => seq),
    [2000, 4000],
  )
  assert.equal((await check(outside)).checkpoints, 4)
  assert.deepEqual(checkpointsOf(checkpointsFile(dataDir), 'two'), [])
})

const changes: Record<string, string> = {
  actor_id: `'0190a000-0000-7000-8000-00000000000a'`,
  at: `at - interval '1 microsecond'`,
  action: `'test.other'`,
  object_kind: `'x'`,
  object_id: `'x'`,
  detail: `'{"n": 4.0}'`,
  post: `'desk'`,
  post_body_id: `'0190a000-0000-7000-8000-00000000000a'`,
  address: `'10.0.0.1'`,
  request_id: `'0190a000-0000-7000-8000-00000000000a'`,
}
for (const [column, value] of Object.entries(changes))
  test(`an entry whose ${column} its database’s owner changes is named`, async () => {
    await twenty()
    const entryId = await entryAt(5)
    await owner.query(`update audit.entry set ${column} = ${value} where entry_id = $1`, [entryId])
    assert.deepEqual(await fault(), { what: 'content', seq: 5, entryId })
  })

test('a copy that the search goes by, changed, is named', async () => {
  await twenty()
  await owner.query(`update audit.link set action = 'test.other' where seq = 7`)
  assert.deepEqual(await fault(), { what: 'content', seq: 7, entryId: await entryAt(7) })
})

test('an entry that is deleted is named, with its link, without it, and with the rest numbered anew', async () => {
  await twenty()
  const entryId = await entryAt(5)
  await owner.query('delete from audit.entry where entry_id = $1', [entryId])
  assert.deepEqual(await fault(), { what: 'missing', seq: 5, entryId })
  await owner.query('delete from audit.link where seq = 5')
  assert.deepEqual(await fault(), { what: 'missing', seq: 5, entryId: null })
  await owner.query('update audit.link set seq = -seq where seq > 5; update audit.link set seq = -seq - 1 where seq < 0')
  assert.deepEqual(await fault(), { what: 'content', seq: 5, entryId: await entryAt(5) })
})

test('an entry that is put in is named, with a link or without one', async () => {
  await twenty()
  const added = newId()
  const put = (at: string) =>
    owner.query(`insert into audit.entry (tenant_id, entry_id, at, action, object_kind, object_id) values (1, $1, ${at}, 'test.false', 'thing', 'x')`, [added])
  await put(`now() - interval '1 hour'`)
  assert.deepEqual(await fault(), { what: 'added', seq: 0, entryId: added })
  await owner.query(`update audit.link set seq = -seq where seq >= 5; update audit.link set seq = -seq + 1 where seq < 0`)
  await owner.query(
    `insert into audit.link (tenant_id, seq, entry_id, xid, alg, hash, at, action, object_kind, object_id)
    select tenant_id, 5, entry_id, xid, 'sm3', repeat('a', 64), at, action, object_kind, object_id from audit.entry where entry_id = $1`,
    [added],
  )
  assert.deepEqual(await fault(), { what: 'added', seq: 5, entryId: added })
})

test('entries that change places are named', async () => {
  await twenty()
  await owner.query('update audit.link set seq = -seq where seq in (5, 8); update audit.link set seq = 13 + seq where seq < 0')
  assert.deepEqual(await fault(), { what: 'content', seq: 5, entryId: await entryAt(5) })
  // The hashes left where they were: the positions are as before, the entries are not.
  await owner.query('update audit.link l set hash = o.hash from audit.link o where (l.seq, o.seq) in ((5, 8), (8, 5))')
  assert.deepEqual(await fault(), { what: 'order', seq: 5, entryId: await entryAt(5) })
})

/** What an attacker who owns the database but has no key can do: a change, and everything behind it counted anew. */
async function recomputed(): Promise<void> {
  await owner.query(`update audit.entry set action = 'test.other' where entry_id = $1`, [await entryAt(5)])
  const chain = await transaction(pool, { ...opening, mode: 'read' }, async (tx) => {
    const links = []
    for await (const link of (await chainOf(tx)).links) links.push(link)
    return links
  })
  let before = BEGINNING
  for (const { seq, entry } of chain) {
    before = linkHash('sm3', before, 1, entry as SealedEntry)
    await owner.query('update audit.link set hash = $1, action = (select action from audit.entry e where e.entry_id = link.entry_id) where seq = $2', [
      before,
      seq,
    ])
  }
}

test('a chain counted anew without the key is caught by its checkpoints, or by those kept elsewhere', async () => {
  await twenty()
  const outside = checkpointsOf(checkpointsFile(dataDir), 'one')
  assert.deepEqual(
    outside.map(({ seq }) => seq),
    [10],
  )
  await recomputed()
  assert.deepEqual(await fault(), { what: 'signature', seq: 1, entryId: null })
  await owner.query('update audit.checkpoint c set hash = l.hash from audit.link l where l.seq = c.seq')
  assert.deepEqual(await fault(), { what: 'signature', seq: 10, entryId: null })
  // Signed with another key.
  const forged = signCheckpoint(
    'one',
    { ...(outside[0] as Checkpoint), hash: (await rows<{ hash: string }>('select hash from audit.link where seq = 10'))[0]?.hash ?? '' },
    generateKeyPairSync('ed25519'),
  )
  await owner.query('update audit.checkpoint set signature = $1, key_id = $2', [forged.signature, forged.keyId])
  assert.deepEqual(await fault(), { what: 'signature', seq: 10, entryId: null })
  await owner.query('delete from audit.checkpoint')
  assert.deepEqual(await fault(), { what: 'signature', seq: 1, entryId: null })
  assert.deepEqual(await fault(outside), { what: 'signature', seq: 1, entryId: null })
})

test('a checkpoint of one city does not do for another', async () => {
  await leave(1)
  await leave(1, second)
  await seal(host, tenant)
  await seal(host, second)
  await owner.query(`update audit.checkpoint c set signature = o.signature from audit.checkpoint o where c.tenant_id = 1 and o.tenant_id = 2`)
  assert.equal((await fault())?.what, 'signature')
})

test('a chain cut off at its end is caught by checkpoints kept elsewhere', async () => {
  await leave(1)
  await seal(host, tenant)
  await leave(1500)
  await seal(host, tenant)
  const outside = checkpointsOf(checkpointsFile(dataDir), 'one')
  await owner.query(
    'delete from audit.entry e using audit.link l where l.entry_id = e.entry_id and l.seq > 500; delete from audit.link where seq > 500; delete from audit.checkpoint where seq > 500',
  )
  assert.equal(await fault(), null)
  assert.deepEqual(await fault(outside), { what: 'missing', seq: 501, entryId: null })
})

test('a chain says the same from a file, without a database, and a changed line is named', async () => {
  await twenty()
  const file = join(dataDir, 'chain.ndjson')
  await transaction(pool, { ...opening, mode: 'read' }, async (tx) => {
    let text = ''
    for await (const line of chainLines(await chainOf(tx))) text += line
    writeFileSync(file, text)
  })
  const verdict = async () => verifyChain(await chainOfFile(file), keys.publicKey)
  const { entries, fault: found, checkpoints } = await verdict()
  assert.deepEqual([entries, found, checkpoints], [20, null, 1])
  const text = readFileSync(file, 'utf8')
  const lines = text.split('\n')
  const without = (line: number) => lines.filter((_, at) => at !== line).join('\n')
  for (const [changed, what, seq] of [
    [lines.map((line) => (line.startsWith('{"seq":5,') ? line.replace('test.do', 'test.don') : line)).join('\n'), 'content', 5],
    [without(6), 'missing', 5],
    [lines.slice(0, 2).concat(lines.slice(7)).join('\n'), 'missing', 1],
    [lines.slice(0, 8).join('\n'), 'missing', 7],
    [text.replace(/"signature":"./, '"signature":"_'), 'signature', 10],
  ] as const) {
    writeFileSync(file, changed)
    const { fault: named } = await verdict()
    assert.deepEqual([named?.what, named?.seq], [what, seq])
  }
  writeFileSync(file, text.replace('"alg"', 'alg'))
  await assert.rejects(verdict, /chain\.ndjson:2 is not JSON/)
})

test('what is older than six months goes up to a checkpoint, the rest verifies from there, and it leaves an entry', async () => {
  await leave(1000)
  await seal(host, tenant)
  await leave(5)
  await seal(host, tenant)
  assert.equal(await asOwner(url, tenant, prune), null)
  assert.equal((await check()).entries, 1005)
  // Two years later: the clock of the entries and of what was signed is set back.
  const [signed] = checkpointsOf(checkpointsFile(dataDir), 'one')
  assert.ok(signed)
  const old = signCheckpoint('one', { ...signed, at: '2020-01-01T00:00:00.000000Z' }, keys)
  await owner.query('update audit.checkpoint set at = $1, signature = $2', [old.at, old.signature])
  const gone = await asOwner(url, tenant, prune)
  assert.deepEqual([gone?.seq, gone?.entries], [1000, 1000])
  await seal(host, tenant)
  const { entries, first, fault: found } = await check()
  assert.deepEqual([entries, first?.seq, found], [6, 1001, null])
  const [entry] = await rows<{ detail: { seq: number; entries: number } }>(`select detail from audit.entry where action = 'audit.prune'`)
  assert.deepEqual([entry?.detail.seq, entry?.detail.entries], [1000, 1000])
})

test('what was taken away sooner than that is missed, even where a checkpoint stands', async () => {
  await leave(1000)
  await seal(host, tenant)
  await leave(5)
  await seal(host, tenant)
  await owner.query('delete from audit.entry e using audit.link l where l.entry_id = e.entry_id and l.seq <= 1000; delete from audit.link where seq <= 1000')
  assert.deepEqual(await fault(), { what: 'missing', seq: 1, entryId: null })
})

test('a change says which fields differ, and of personal ones nothing but whether they are the same', async () => {
  const mark = (text: string) => secrets.mark('audit', text)
  await transaction(pool, { ...opening, mark }, async (tx) => {
    const object = { kind: 'thing', id: 'x' }
    await leaveChange(tx, 'test.change', object, {
      before: { on: '2024-01-01', title: '旧标题', place: '一楼', same: 1 },
      after: { on: '2024-01-02', title: '新标题', place: '一楼', same: 1 },
      sensitive: ['title', 'place'],
      detail: { version: 2 },
    })
  })
  await transaction(pool, { ...opening, mark }, async (tx) => {
    const object = { kind: 'thing', id: 'x' }
    await leaveChange(tx, 'test.change', object, { before: { title: '新标题' }, after: null, sensitive: ['title'] })
  })
  const [first, next] = (await rows<{ detail: { changed: Record<string, [unknown, unknown]> } }>('select detail from audit.entry order by xid')).map(
    ({ detail }) => detail,
  )
  assert.deepEqual(Object.keys(first ?? {}).sort(), ['changed', 'version'])
  assert.deepEqual(Object.keys(first?.changed ?? {}).sort(), ['on', 'title'])
  assert.deepEqual(first?.changed['on'], ['2024-01-01', '2024-01-02'])
  assert.doesNotMatch(JSON.stringify(first), /标题/)
  assert.deepEqual(next?.changed['title'], [first?.changed['title']?.[1], null])
  assert.notEqual(first?.changed['title']?.[0], first?.changed['title']?.[1])
})

for (const role of ['dajuan_app', 'dajuan_scoped', 'dajuan_tenant'] as const)
  for (const table of ['audit.entry', 'audit.link', 'audit.checkpoint'] as const)
    test(`${role} can neither change nor delete what is in ${table}`, async () => {
      await twenty()
      for (const statement of [
        `update ${table} set at = now()`,
        `delete from ${table}`,
        `truncate ${table}`,
        `alter table ${table} disable row level security`,
      ]) {
        const client = await pool.connect()
        await client.query(`begin${role === 'dajuan_app' ? '' : `; set local role ${role}`}; set local dajuan.tenant = '1'; set local dajuan.scope = '{}'`)
        await assert.rejects(client.query(statement), /permission denied|must be owner/, `${role}: ${statement}`)
        await client.query('rollback')
        client.release()
      }
      assert.ok(existsSync(checkpointsFile(dataDir)))
      assert.equal(await fault(), null)
    })
