// Every endpoint × every post of the pack × every relation of the body named, over HTTP: what the pack and the tables say is what is answered.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { newId } from '#base/ids.ts'
import type { Pool } from '#server/kit/db.ts'
import { allEndpoints } from './endpoints.ts'
import { type Cell, cellsOf, type Known } from './matrix/matrix.ts'
import { samples } from './matrix/samples.ts'
import { type Named, relations, seatsOf } from './matrix/seats.ts'
import { groundOf, reachOf } from './posts-city.ts'
import { scopeCity } from './scope-city.ts'
import { callerOf } from './server.ts'

const began = performance.now()
const { app, pool, owner, truth } = await scopeCity()
const endpoints = await allEndpoints()

/** Counts what the server asks of the database: statements, and rows that came back. */
function watched(server: Pool): Known['work'] {
  let [statements, rows] = [0, 0]
  const known = new WeakSet<object>()
  const connect = server.connect.bind(server) as () => Promise<pg.PoolClient>
  server.connect = (async () => {
    const client = await connect()
    if (known.has(client)) return client
    known.add(client)
    const query = client.query.bind(client) as (asked: unknown) => Promise<pg.QueryResult>
    client.query = ((asked: unknown) => {
      statements += 1
      return query(asked).then((result) => {
        rows += result.rowCount ?? 0
        return result
      })
    }) as never
    return client
  }) as never
  return () => {
    const said = { statements, rows }
    statements = 0
    rows = 0
    return said
  }
}

/** Somebody of another tenant, with all that can be named of a body. */
async function foreigner(): Promise<Named> {
  const { unit, org, record, attachment, objection, mark } = truth.foreignTenant
  const [person, membership, holding] = [newId(), newId(), newId()]
  const since = `'2020-01-01', '2020-01-01T00:00:00Z'`
  await owner.query(`insert into org.person (tenant_id, person_id, name, initials) values (2, '${person}', '外示例', 'wsl');
    insert into org.membership (tenant_id, membership_id, person_id, party_org_id, kind, valid_from, known_from) values (2, '${membership}', '${person}', '${org}', 'full', ${since});
    insert into org.holding (tenant_id, holding_id, post, body_id, person_id, valid_from, known_from) values (2, '${holding}', 'secretary', '${org}', '${person}', ${since})`)
  const named = { unit, org, record, attachment, objection, mark, person, membership, holding }
  return Object.fromEntries(Object.entries(named).map(([thing, id]) => [thing, { id, owner: 'another tenant' }]))
}

const ground = await groundOf(owner)
const foreign = await foreigner()
const seats = await seatsOf(app, owner, foreign)

/** What the tables hold, counted here. */
async function known(): Promise<Known> {
  const { rows: records } = await owner.query<{ owner: string; of: boolean; n: number }>(
    `select owner_id as owner, happened_on >= '2024-01-01' as of, count(*)::int as n from ledger.record where tenant_id = 1 and known_until = 'infinity' and state = 'valid' and happened_on <= '2024-12-31' group by 1, 2`,
  )
  const { rows: members } = await owner.query<{ org: string; n: number }>(
    `select party_org_id as org, count(*)::int as n from org.membership where tenant_id = 1 and known_until = 'infinity' and valid_from <= '2024-12-20' and valid_until > '2024-12-20' group by 1`,
  )
  const [{ person }] = (await owner.query<{ person: string }>('select person_id as person from org.membership where tenant_id = 1 order by 1 limit 1'))
    .rows as [{ person: string }]
  const below = (body: string) => {
    const orgs = new Set([body])
    for (const id of orgs) for (const { tree, node, parent } of ground.places) if (tree === 'party' && parent === id) orgs.add(node)
    return orgs
  }
  return {
    bodiesOf: new Map<string, readonly string[]>([
      ...truth.records.flatMap(({ id, owner: of, attachment }): [string, string[]][] => [
        [id, [of]],
        [attachment ?? '', [of]],
      ]),
      ...truth.objections.map(({ id, owner: of }): [string, string[]] => [id, [of]]),
      ...truth.marks.map(({ id, subject }): [string, string[]] => [id, [subject]]),
      ...truth.matters.map(({ id, bodies }): [string, string[]] => [id, bodies]),
      ...[...truth.memberships].map(([id, org]): [string, string[]] => [id, [org]]),
    ]),
    count: (what, body, scope) => {
      if (what === 'members') return members.filter(({ org }) => below(body).has(org) && scope.has(org)).reduce((sum, { n }) => sum + n, 0)
      const reach = reachOf(body, 'party', ground)
      if (what === 'matters')
        return truth.matters.filter(({ bodies: [of = '', ...others] }) => reach.has(of) && [of, ...others].some((one) => scope.has(one))).length
      return records
        .filter(({ owner: of, of: thisYear }) => reach.has(of) && scope.has(of) && (what === 'records' || thisYear))
        .reduce((sum, { n }) => sum + n, 0)
    },
    given: { run: truth.run, appraisal: truth.appraisal, paper: truth.paper, person },
    nobody: await callerOf(app),
    work: watched(pool),
  }
}

const facts = await known()

test('every endpoint has its sample, and no sample is of none', () => {
  assert.deepEqual(
    Object.keys(samples).sort(),
    endpoints.map(({ id }) => id),
    'say in test/matrix/samples.ts how the new endpoint is called',
  )
})

test('every relation is there for some post', () => {
  for (const relation of relations)
    assert.ok(
      seats.some(({ near }) => near[relation] !== undefined),
      relation,
    )
})

const cells: Cell[] = []
// What counts comes first: nothing has been written then.
const isLater = ({ id }: { id: string }) => Number(samples[id]?.counts === undefined)
for (const endpoint of endpoints.toSorted((left, right) => isLater(left) - isLater(right))) {
  if (samples[endpoint.id] === undefined) continue
  test(`${endpoint.id} × posts × relations`, async () => {
    const tried = await cellsOf(endpoint, seats, facts)
    cells.push(...tried)
    assert.deepEqual(
      tried.filter(({ wrong }) => wrong !== null).map(({ post, relation, expected, wrong }) => `${post} × ${relation}: ${expected} expected, ${wrong}`),
      [],
    )
  })
}

test('the matrix as a whole', (t) => {
  const wrong = cells.filter((cell) => cell.wrong !== null).length
  const count = (expected: Cell['expected']) => cells.filter((cell) => cell.expected === expected).length
  t.diagnostic(`allowed ${count('allowed')}, forbidden ${count('forbidden')}, unseen ${count('unseen')}; ${((performance.now() - began) / 1000).toFixed(0)} s`)
  t.diagnostic(`matrix: ${cells.length} cells, ${wrong} wrong`)
  for (const expected of ['allowed', 'forbidden', 'unseen'] as const) assert.ok(count(expected) > 100, expected)
})
