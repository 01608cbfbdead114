// Makes a city of a handful of units, Party organisations, people and accounts from tables that a test file can be read beside.
// The tenant's clock stands at 2024-12-20, 10:00 in China, and ticks.
import pg from 'pg'
import { newId } from '#base/ids.ts'
import { hashPassword } from '#modules/access/index.ts'
import { testDatabase } from './postgres.ts'
import { type Caller, callerOf, serverOver, type TestServer } from './server.ts'

export const TODAY = '2024-12-20'
/** Every account's. */
export const password = 'demo-2024'

/** What there is, each by the word the tests call it. */
export interface CityPlan {
  units: Record<string, { name: string; under?: string; level?: string; division_code?: string; staff?: number }>
  /** `due_on`: the end of the term it was elected for on 2022-01-10. */
  orgs: Record<string, { name: string; kind: string; unit: string; under?: string; due_on?: string }>
  /** Name, initials, and the organisation one is a full member of; null for a guest from outside. */
  people: Record<string, readonly [string, string, string | null]>
  /** Post, organisation, person. */
  posts: readonly (readonly [string, string, string])[]
  /** Accounts by login, each appointed to its post in an organisation or a unit beside what its person holds; `org` null for the whole city. */
  accounts: Record<string, { post: string; org: string | null; person: string }>
}

type Ids<T> = { [K in keyof T]: string }

export interface MadeCity<P extends CityPlan> extends TestServer {
  unit: Ids<P['units']>
  org: Ids<P['orgs']>
  person: Ids<P['people']>
  as: (login: keyof P['accounts'] & string) => Promise<Caller>
}

const since = { valid_from: '2019-07-01', known_from: '2019-07-01T00:00:00Z' }

function idsOf<T extends object>(named: T): Ids<T> {
  return Object.fromEntries(Object.keys(named).map((name) => [name, newId()])) as Ids<T>
}

/** The city on a database and a server of its own, taken down when the test file ends. Call it once, at the top. */
export async function madeCity<P extends CityPlan>(plan: P, pages?: string): Promise<MadeCity<P>> {
  const ids = { unit: idsOf(plan.units), org: idsOf(plan.orgs), person: idsOf(plan.people) }
  const server = await serverOver(async () => {
    const database = await testDatabase()
    const owner = new pg.Client({ connectionString: database.url })
    await owner.connect()
    await fill(owner, plan, ids).finally(() => owner.end())
    return database
  }, pages)
  return { ...server, ...(ids as Pick<MadeCity<P>, 'unit' | 'org' | 'person'>), as: (account) => callerOf(server.app, { account, password }) }
}

async function fill(owner: pg.Client, plan: CityPlan, { unit, org, person }: Record<'unit' | 'org' | 'person', Record<string, string>>): Promise<void> {
  const insert = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row)
    return owner.query(`insert into ${table} (tenant_id, ${names.join(', ')}) values (1, ${names.map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row))
  }
  const place = (tree: string, node_id: string | undefined, parent_id: string | null = null) =>
    insert('org.placement', { placement_id: newId(), tree, node_id, parent_id, ...since })
  await owner.query(
    `insert into kit.tenant (tenant_id, slug, name, pack, demonstration, clock_offset) values (1, 'changzhi', '示例市', 'changzhi', true, $1)`,
    [`${Date.parse(`${TODAY}T02:00:00Z`) - Date.now()} milliseconds`],
  )
  for (const [key, { under, ...row }] of Object.entries(plan.units)) {
    const usual = { version_id: newId(), kind: 'government-department', class: 'government', level: 'city' }
    await insert('org.unit', { unit_id: unit[key], ...usual, ...row, ...since })
    await place('administrative', unit[key], under && unit[under])
  }
  for (const [key, { name, kind, unit: owning, under, due_on }] of Object.entries(plan.orgs)) {
    const party_org_id = org[key]
    await insert('org.party_org', { party_org_id, version_id: newId(), name, kind, unit_id: unit[owning], ...since })
    await place('party', party_org_id, under && org[under])
    if (due_on !== undefined) await insert('org.term', { term_id: newId(), party_org_id, elected_on: '2022-01-10', due_on, known_from: since.known_from })
  }
  for (const [key, [name, initials, at]] of Object.entries(plan.people)) {
    await insert('org.person', { person_id: person[key], name, initials, outside: at === null, ...(at === null ? {} : { sex: '男', birth_year: 1980 }) })
    if (at !== null) await insert('org.membership', { membership_id: newId(), person_id: person[key], party_org_id: org[at], kind: 'full', ...since })
  }
  for (const [post, at, holder] of plan.posts) await insert('org.holding', { holding_id: newId(), post, body_id: org[at], person_id: person[holder], ...since })
  const password_hash = await hashPassword(password)
  for (const [login, { post, org: at, person: holder }] of Object.entries(plan.accounts)) {
    const account_id = newId()
    await insert('access.account', { account_id, login, password_hash, person_id: person[holder] })
    const body_id = at === null ? null : (org[at] ?? unit[at])
    await insert('access.appointment', { appointment_id: newId(), account_id, post, body_id, valid_from: since.valid_from })
  }
}
