// A small organisation for org's tests: a city and a county, five units, a committee with its branches, accounts of four posts.
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
import { testDatabase } from './postgres.ts'

const TODAY = '2024-12-20'
export const password = 'demo-2024'

const units = {
  bureau: { name: '示例市局', level: 'city', under: null, division: '140400' },
  centre: { name: '示例市中心', level: 'city', under: 'bureau', division: '140400' },
  station: { name: '示例市站', level: 'city', under: 'bureau', division: '140400' },
  county: { name: '潞州区示例工委', level: 'county', under: null, division: '140403' },
  town: { name: '示例街道', level: 'township', under: 'county', division: '140403001' },
} as const
const orgs = {
  root: { name: '示例市直工委', kind: 'work-committee', unit: 'station', under: null },
  committee: { name: '示例市局机关党委', kind: 'committee', unit: 'bureau', under: 'root' },
  discipline: { name: '示例市局机关纪委', kind: 'discipline-committee', unit: 'bureau', under: 'committee' },
  first: { name: '示例市局第一党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
  second: { name: '示例市局第二党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
  centre: { name: '示例市中心党支部', kind: 'branch', unit: 'centre', under: 'committee' },
  town: { name: '示例街道党支部', kind: 'branch', unit: 'town', under: 'root' },
} as const
const people = {
  wang: ['王建国', 'wjg', 'first'],
  li: ['李明', 'lm', 'first'],
  zhang: ['张伟', 'zw', 'first'],
  yang: ['杨帆', 'yf', 'second'],
  zhao: ['赵敏', 'zm', 'second'],
  sun: ['孙强', 'sq', 'second'],
  zhou: ['周涛', 'zt', 'centre'],
  wu: ['吴霞', 'wx', 'centre'],
  zheng: ['郑波', 'zb', 'centre'],
  qian: ['钱丽', 'ql', 'town'],
} as const
const posts = [
  ['secretary', 'first', 'wang'],
  ['discipline-member', 'first', 'li'],
  ['secretary', 'second', 'yang'],
  ['secretary', 'centre', 'zhou'],
  ['full-time-deputy', 'committee', 'zhao'],
  ['secretary', 'town', 'qian'],
] as const
const accounts = {
  secretary: { post: 'secretary', body: 'first', person: 'wang' },
  deputy: { post: 'full-time-deputy', body: 'committee', person: 'zhao' },
  town: { post: 'secretary', body: 'town', person: 'qian' },
  desk: { post: 'desk', body: null, person: 'sun' },
} as const

type Ids<T> = { [K in keyof T]: string }
export interface Caller {
  get: (url: string) => Promise<LightMyRequestResponse>
  post: (url: string, body: unknown) => Promise<LightMyRequestResponse>
  upload: (url: string, bytes: Uint8Array) => Promise<LightMyRequestResponse>
}
export interface OrgCity {
  app: FastifyInstance
  /** Owner's connection, for looking at what was written. */
  owner: pg.Client
  unit: Ids<typeof units>
  org: Ids<typeof orgs>
  person: Ids<typeof people>
  as: (login: keyof typeof accounts) => Promise<Caller>
}

function idsOf<T extends object>(names: T): Ids<T> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, newId()])) as Ids<T>
}

async function fill(owner: pg.Client): Promise<Pick<OrgCity, 'unit' | 'org' | 'person'>> {
  const [unit, org, person] = [idsOf(units), idsOf(orgs), idsOf(people)]
  const insert = (table: string, row: Record<string, unknown>) =>
    owner.query(
      `insert into ${table} (tenant_id, ${Object.keys(row).join(', ')}) values (1, ${Object.keys(row)
        .map((_, at) => `$${at + 1}`)
        .join(', ')})`,
      Object.values(row),
    )
  const since = { valid_from: '2019-07-01', known_from: '2019-07-01T00:00:00Z' }
  await owner.query(
    `insert into kit.tenant (tenant_id, slug, name, pack, demonstration, clock_offset) values (1, 'changzhi', '示例市', 'changzhi', true, $1)`,
    [`${Date.parse(`${TODAY}T02:00:00Z`) - Date.now()} milliseconds`],
  )
  const place = (tree: string, node_id: string, parent_id: string | null) =>
    insert('org.placement', { placement_id: newId(), tree, node_id, parent_id, ...since })
  for (const [key, of] of Object.entries(units)) {
    const unit_id = unit[key as keyof typeof units]
    await insert('org.unit', {
      unit_id,
      version_id: newId(),
      name: of.name,
      kind: 'government-department',
      class: 'government',
      level: of.level,
      division_code: of.division,
      staff: 20,
      ...since,
    })
    await place('administrative', unit_id, of.under === null ? null : unit[of.under])
  }
  for (const [key, of] of Object.entries(orgs)) {
    const party_org_id = org[key as keyof typeof orgs]
    await insert('org.party_org', { party_org_id, version_id: newId(), name: of.name, kind: of.kind, unit_id: unit[of.unit], ...since })
    await place('party', party_org_id, of.under === null ? null : org[of.under])
    if (of.kind === 'branch')
      await insert('org.term', {
        term_id: newId(),
        party_org_id,
        elected_on: '2022-01-10',
        due_on: key === 'second' ? '2024-12-01' : '2025-01-10',
        known_from: since.known_from,
      })
  }
  for (const [key, [name, initials, at]] of Object.entries(people)) {
    const person_id = person[key as keyof typeof people]
    await insert('org.person', { person_id, name, initials, sex: '男', birth_year: 1980 })
    await insert('org.membership', { membership_id: newId(), person_id, party_org_id: org[at], kind: 'full', ...since })
  }
  for (const [post, body, holder] of posts) await insert('org.holding', { holding_id: newId(), post, body_id: org[body], person_id: person[holder], ...since })
  const password_hash = await hashPassword(password)
  for (const [login, of] of Object.entries(accounts)) {
    await insert('access.account', {
      account_id: newId(),
      login,
      password_hash,
      person_id: person[of.person],
      post: of.post,
      body_id: of.body === null ? null : org[of.body],
      tree: of.body === null ? null : 'party',
    })
  }
  return { unit, org, person }
}

/** A server over a small city, closed when the test file ends; with `pages` it serves the built pages too. Call it once, at the top of the file. */
export async function orgCity(pages?: string): Promise<OrgCity> {
  // Said before the database's own end, so that connections are closed before it is dropped.
  const closing: (() => unknown)[] = []
  after(async () => {
    for (const close of closing) await close()
  })
  loadPacks(join(import.meta.dirname, '..', 'packs'))
  const database = await testDatabase()
  const owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
  const ids = await fill(owner)
  const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-org-'))
  const app = await buildHttp({ pool: database.pool, dataDir, pages, checkReplies: true })
  closing.push(
    () => app.close(),
    () => owner.end(),
    () => rmSync(dataDir, { recursive: true, force: true }),
  )
  return {
    app,
    owner,
    ...ids,
    as: async (login) => {
      const reply = await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account: login, password } })
      if (reply.statusCode !== 200) throw new Error(`sign-in of ${login}: ${reply.body}`)
      const cookies = Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
      return {
        get: (url) => app.inject({ method: 'GET', url, cookies }),
        post: (url, body) => app.inject({ method: 'POST', url, cookies, payload: body as object }),
        upload: (url, bytes) =>
          app.inject({ method: 'POST', url, cookies, headers: { 'content-type': 'application/octet-stream' }, payload: Buffer.from(bytes) }),
      }
    },
  }
}
