// How PostgreSQL reads the ledger at full size under the policies (house.md §6.2): by index at every scope, with the values known and with
// the generic plan that a prepared statement settles on. Times are printed, not asserted.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { buildHttp } from '#server/app/http.ts'
import { loadPacks } from '#server/app/pack.ts'
import type { Scope } from '#server/kit/actor.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants, type Tenant } from '#server/kit/tenant.ts'
import { cityDatabase } from '#test/city.ts'
import { bigrams } from './ledger.rules.ts'
import { type Filter, recordCount, recordPage, recordsByIds, recordsByMonth, versionsOf } from './ledger.sql.ts'

loadPacks('packs')
const { pool, owner } = await cityDatabase()
/** From the branch secretary to the work committee's desk. */
const logins = ['zhibu', 'zhuanzhi', 'xianqu', 'gongwei']
const scopes: Record<string, Scope> = {}
let app: FastifyInstance
let tenant: Tenant
let ids: string[]

before(async () => {
  app = await buildHttp({ pool, dataDir: '/nowhere', checkReplies: false })
  const [first] = await loadTenants(pool)
  assert.ok(first)
  tenant = first
  const { postsOf } = await import('#modules/access/posts/posts.service.ts')
  const { scopeOf } = await import('#modules/access/posts/posts.rules.ts')
  for (const login of logins) {
    const { rows } = await owner.query('select account_id as "accountId", person_id as "personId" from access.account where tenant_id = 1 and login = $1', [
      login,
    ])
    scopes[login] = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => scopeOf(await postsOf(tx, rows[0])))
  }
  ids = (await owner.query(`select record_id::text as id from ledger.record where tenant_id = 1 and known_until = 'infinity' limit 50`)).rows.map(
    (row) => row.id,
  )
})
after(() => app.close())

interface Node {
  'Node Type': string
  'Relation Name'?: string
  Plans?: Node[]
}
function sequential(node: Node): string[] {
  const own =
    node['Node Type'] === 'Seq Scan' && ['record', 'bigram', 'participant', 'attachment'].includes(node['Relation Name'] ?? '')
      ? [node['Relation Name'] ?? '']
      : []
  return [...own, ...(node.Plans ?? []).flatMap(sequential)]
}

/** Tables of the ledger that the statement reads from end to end, at a scope. */
async function readWhole(scope: Scope, { text, values }: { text: string; values: unknown[] }, plan: 'generic' | 'custom'): Promise<string[]> {
  return transaction(pool, { tenant, actorId: null, scope, mode: 'read' }, async (tx) => {
    const asked =
      plan === 'custom'
        ? { text: `explain (format json) ${text}`, values }
        : // A generic plan is explained without values, which only the simple protocol does.
          { text: `explain (generic_plan, format json) ${text}`, values: undefined as unknown as unknown[] }
    const [row] = await tx.compiled<{ 'QUERY PLAN': [{ Plan: Node }] }>(asked)
    assert.ok(row)
    return sequential(row['QUERY PLAN'][0].Plan)
  })
}

const pair = (text: string, records: number) => ({ words: [text], pair: { code: bigrams(text)[0] ?? 0, records } })
const filters: Record<string, Omit<Filter, 'tenantId'>> = {
  'the list': {},
  'the list by kind': { kind: 'theme-day' },
  'the list of a year': { from: '2021-01-01', to: '2021-12-31' },
  'the list of a kind in a month': { kind: 'visit', from: '2023-03-01', to: '2023-03-31' },
  'the list of what came late': { state: 'late' },
  'the list of what is incomplete': { state: 'incomplete' },
  'the search for a common pair': pair('党日', 2000),
  'the search for a rare pair': pair('海关', 3),
}

describe('by index, under the policies', () => {
  for (const login of logins) {
    for (const [what, filter] of Object.entries(filters)) {
      test(`${what} as ${login}`, async () => {
        const scope = scopes[login] ?? []
        const after = { on: '2022-06-30', id: '00000000-0000-7000-8000-000000000000' }
        const given = { tenantId: 1, ...filter }
        for (const built of [
          recordPage.build({ ...given, limit: 31 }),
          recordPage.build({ ...given, after, limit: 31 }),
          // A count of everything stops at the thousandth row, whichever way it walks.
          ...(login === 'gongwei' && what === 'the list' ? [] : [recordCount.build({ ...given, most: 1000 })]),
          recordsByMonth.build({ ...given, from: '2024-01-01', to: '2024-12-20' }),
        ]) {
          assert.deepEqual(await readWhole(scope, built, 'custom'), [])
          assert.deepEqual(await readWhole(scope, built, 'generic'), [])
        }
      })
    }
    test(`one record, and records by their ids, as ${login}`, async () => {
      const scope = scopes[login] ?? []
      const [id = ''] = ids
      for (const built of [versionsOf.build({ tenantId: 1, recordId: id }), recordsByIds.build({ tenantId: 1, ids, asOf: '2024-12-20T00:00:00Z' })]) {
        assert.deepEqual(await readWhole(scope, built, 'custom'), [])
        assert.deepEqual(await readWhole(scope, built, 'generic'), [])
      }
    })
  }
})

test('times over HTTP at full size, for reading', async (t) => {
  const asked = [
    '',
    '/months',
    'kind=theme-day',
    'state=late',
    'state=incomplete',
    'q=主题党日',
    'q=海关',
    'q=没有的词',
    'after=2022-06-30_00000000-0000-7000-8000-000000000000',
  ]
  for (const account of logins) {
    const reply = await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account, password: `${account}-2024` } })
    const cookies = Object.fromEntries(reply.cookies.map((cookie) => [cookie.name, cookie.value]))
    for (const query of asked) {
      const times: number[] = []
      for (let i = 0; i < 9; i += 1) {
        const started = performance.now()
        const { statusCode } = await app.inject({
          method: 'GET',
          url: encodeURI(query === '/months' ? '/api/records/months' : `/api/records?${query}`),
          cookies,
        })
        assert.equal(statusCode, 200)
        times.push(performance.now() - started)
      }
      t.diagnostic(`${account} ?${query}: p50 ${times.sort((a, b) => a - b)[4]?.toFixed(1)} ms`)
    }
  }
})
