// Three units, four branches and their people, with accounts by post: enough to try the ledger's rules over HTTP.
// The tenant's clock stands at 2024-12-20, 10:00 in China, and ticks.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { newId } from '#base/ids.ts'
import { hashPassword } from '#modules/access/index.ts'
import { buildHttp } from '#server/app/http.ts'
import { loadPacks } from '#server/app/pack.ts'
import type { Pool } from '#server/kit/db.ts'
import { testDatabase } from './postgres.ts'

export const password = 'demo-2024'
export const TODAY = '2024-12-20'

const units = { bureau: '示例市局', office: '示例县局', town: '示例乡' }
const orgs = {
  committee: { name: '示例市局机关党委', kind: 'committee', unit: 'bureau', under: null },
  first: { name: '示例市局第一党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
  second: { name: '示例市局第二党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
  county: { name: '示例县局党支部', kind: 'branch', unit: 'office', under: null },
  town: { name: '示例乡党支部', kind: 'branch', unit: 'town', under: null },
} as const
const people = {
  wang: ['王建国', 'wjg', 'first'],
  li: ['李明', 'lm', 'first'],
  zhang: ['张伟', 'zw', 'first'],
  liu: ['刘洋', 'ly', 'first'],
  chen: ['陈静', 'cj', 'first'],
  yang: ['杨帆', 'yf', 'second'],
  zhao: ['赵敏', 'zm', 'second'],
  sun: ['孙强', 'sq', 'second'],
  zhou: ['周涛', 'zt', 'county'],
  wu: ['吴霞', 'wx', 'county'],
  zheng: ['郑波', 'zb', 'county'],
  qian: ['钱丽', 'ql', 'town'],
  feng: ['冯军', 'fj', 'town'],
  xu: ['许红', 'xh', 'town'],
  expert: ['何示例教授', 'hslj', null],
} as const
const posts = [
  ['secretary', 'first', 'wang'],
  ['discipline-member', 'first', 'li'],
  ['secretary', 'second', 'yang'],
  ['secretary', 'county', 'zhou'],
  ['full-time-deputy', 'committee', 'zhao'],
] as const
const accounts = {
  secretary: { post: 'secretary', body: 'first', person: 'wang' },
  member: { post: 'discipline-member', body: 'first', person: 'li' },
  second: { post: 'secretary', body: 'second', person: 'yang' },
  county: { post: 'secretary', body: 'county', person: 'zhou' },
  deputy: { post: 'full-time-deputy', body: 'committee', person: 'zhao' },
  desk: { post: 'desk', body: null, person: 'sun' },
} as const

export type Login = keyof typeof accounts
type Ids<T> = { [K in keyof T]: string }

export interface LedgerCity {
  app: FastifyInstance
  pool: Pool
  /** Owner's connection, for looking at what was written. */
  owner: pg.Client
  dataDir: string
  unit: Ids<typeof units>
  org: Ids<typeof orgs>
  person: Ids<typeof people>
  as: (login: Login) => Promise<Caller>
}

/** Calls as one account. */
export interface Caller {
  get: (url: string) => Promise<LightMyRequestResponse>
  post: (url: string, body: unknown) => Promise<LightMyRequestResponse>
  upload: (url: string, bytes: Uint8Array) => Promise<LightMyRequestResponse>
}

function idsOf<T extends object>(names: T): Ids<T> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, newId()])) as Ids<T>
}

/** Fills a migrated database with the small city, as its owner. */
async function fillLedgerCity(owner: pg.Client): Promise<Pick<LedgerCity, 'unit' | 'org' | 'person'>> {
  const [unit, org, person] = [idsOf(units), idsOf(orgs), idsOf(people)]
  const insert = (table: string, row: Record<string, unknown>) =>
    owner.query(
      `insert into ${table} (tenant_id, ${Object.keys(row).join(', ')}) values (1, ${Object.keys(row)
        .map((_, at) => `$${at + 1}`)
        .join(', ')})`,
      Object.values(row),
    )
  const since = { valid_from: '2019-07-01', known_from: '2019-07-01T00:00:00Z' }
  const place = (tree: string, node_id: string, parent_id: string | null) =>
    insert('org.placement', { placement_id: newId(), tree, node_id, parent_id, ...since })
  await owner.query(
    `insert into kit.tenant (tenant_id, slug, name, pack, demonstration, clock_offset) values (1, 'changzhi', '示例市', 'changzhi', true, $1)`,
    [`${Date.parse(`${TODAY}T02:00:00Z`) - Date.now()} milliseconds`],
  )
  for (const [key, name] of Object.entries(units)) {
    const unit_id = unit[key as keyof typeof units]
    await insert('org.unit', { unit_id, version_id: newId(), name, kind: 'government-department', class: 'government', level: 'city', ...since })
    await place('administrative', unit_id, null)
  }
  for (const [key, of] of Object.entries(orgs)) {
    const party_org_id = org[key as keyof typeof orgs]
    await insert('org.party_org', { party_org_id, version_id: newId(), name: of.name, kind: of.kind, unit_id: unit[of.unit], ...since })
    await place('party', party_org_id, of.under === null ? null : org[of.under])
  }
  for (const [key, [name, initials, at]] of Object.entries(people)) {
    const person_id = person[key as keyof typeof people]
    await insert('org.person', { person_id, name, initials, outside: at === null })
    if (at !== null) await insert('org.membership', { membership_id: newId(), person_id, party_org_id: org[at], kind: 'full', ...since })
  }
  for (const [post, body, holder] of posts) await insert('org.holding', { holding_id: newId(), post, body_id: org[body], person_id: person[holder], ...since })
  const password_hash = await hashPassword(password)
  for (const [login, of] of Object.entries(accounts)) {
    const body_id = of.body === null ? null : org[of.body]
    await insert('access.account', {
      account_id: newId(),
      login,
      password_hash,
      person_id: person[of.person],
      post: of.post,
      body_id,
      tree: body_id === null ? null : 'party',
    })
  }
  return { unit, org, person }
}

/** The small city on a database and a server of its own, taken down when the test file ends. Call it once, at the top. */
export async function ledgerCity(pages?: string): Promise<LedgerCity> {
  // Said before the database's own end, so that connections are closed before it is dropped.
  const closing: (() => unknown)[] = []
  after(async () => {
    for (const close of closing) await close()
  })
  loadPacks(join(import.meta.dirname, '..', 'packs'))
  const { url, pool } = await testDatabase()
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-ledger-'))
  const ids = await fillLedgerCity(owner)
  const app = await buildHttp({ pool, dataDir, pages, checkReplies: true })
  closing.push(
    () => app.close(),
    () => owner.end(),
    () => rmSync(dataDir, { recursive: true, force: true }),
  )
  return { app, pool, owner, dataDir, ...ids, as: (login) => signedIn(app, login) }
}

async function signedIn(app: FastifyInstance, account: Login): Promise<Caller> {
  const reply = await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account, password } })
  if (reply.statusCode !== 200) throw new Error(`sign-in as ${account}: ${reply.statusCode} ${reply.body}`)
  const cookies = Object.fromEntries(reply.cookies.map((cookie) => [cookie.name, cookie.value]))
  const binary = { 'content-type': 'application/octet-stream' }
  return {
    get: (url) => app.inject({ method: 'GET', url, cookies }),
    post: (url, body) => app.inject({ method: 'POST', url, cookies, payload: body as object }),
    upload: (url, bytes) => app.inject({ method: 'POST', url, cookies, headers: binary, payload: Buffer.from(bytes) }),
  }
}
