// What row-level security costs: the worst list page with the policies on and off, by turns, on the same server; and the matrix of who may do what.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { nodeEnvironment, nodeFlags } from '../scripts/setup.mjs'
import { load, percentile, type Target } from './load.ts'
import type { Result } from './results.ts'
import { ownerUrl, type Server, signIn } from './server.ts'

const CLIENTS = 16
const TURNS = 6
const SECONDS = 2
const MOST_MS = 40
const MOST_RATIO = 1.3

/** A reader of each scope, the one of least there is. */
const readers = [
  { account: 'zhibu', scope: 'a unit: branch secretary' },
  { account: 'xianqu', scope: 'a county: its desk' },
  { account: 'gongwei', scope: 'the city: the work committee’s desk' },
]
/** Lists of the 350,000 records, and of the directory: the worst of each is measured. */
const lists = {
  'list of records': [
    '/api/records?limit=30',
    '/api/records?kind=theme-day&limit=30',
    '/api/records?state=late&limit=30',
    '/api/records?state=incomplete&limit=30',
    '/api/records?from=2021-01-01&to=2021-12-31&limit=30',
  ],
  'list of the directory': ['/api/org/party-orgs?limit=50', '/api/org/units?limit=50', '/api/org/due?days=90'],
}

async function toggle(owner: pg.Client, to: 'enable' | 'disable', tables: readonly string[]): Promise<void> {
  for (const table of tables) await owner.query(`alter table ${table} ${to} row level security`)
}

/** The page that takes longest at the load, told in a second each. */
async function worstPage(target: Target, pages: readonly string[]): Promise<string> {
  let worst = { path: '', p95: 0 }
  for (const path of pages) {
    const { p95 } = await load(target, CLIENTS, 1, () => ({ method: 'GET', path }))
    if (p95 > worst.p95) worst = { path, p95 }
  }
  return worst.path
}

interface Policies {
  server: Server
  owner: pg.Client
  /** Tables under row-level security. */
  tables: readonly string[]
}

/** The worst page of a kind of list as one reader: its p95, and the ratio to the same without policies, by turns. */
async function benchWorst({ server, owner, tables }: Policies, { account, scope }: (typeof readers)[number], list: keyof typeof lists): Promise<Result[]> {
  const { target } = await signIn(server, account, CLIENTS)
  const path = await worstPage(target, lists[list])
  const p95s = { enable: [] as number[], disable: [] as number[] }
  let [n, errors] = [0, 0]
  for (let turn = 0; turn < TURNS; turn += 1) {
    const to = turn % 2 === 0 ? 'enable' : 'disable'
    await toggle(owner, to, tables)
    // Statements are planned anew under the other policies.
    await load(target, CLIENTS, 0.5, () => ({ method: 'GET', path }))
    const { p95, ...turned } = await load(target, CLIENTS, SECONDS, () => ({ method: 'GET', path }))
    p95s[to].push(p95)
    n += turned.n
    errors += turned.errors
  }
  const [on, off] = [percentile(p95s.enable, 50), percentile(p95s.disable, 50)]
  const common = { id: 'policies', n, p50: null, p95: on, baseline: off, scope, errors, note: path }
  const what = `row-level security, worst ${list} at 16 clients`
  return [
    { ...common, what: `${what}: on against off`, bar: `≤ ${MOST_RATIO} ×`, value: on / off, unit: '×', met: on / off <= MOST_RATIO },
    { ...common, what: `${what}: p95`, bar: `≤ ${MOST_MS} ms`, value: on, unit: 'ms', met: on <= MOST_MS },
  ]
}

/** The worst list of records and of the directory at each scope. */
export async function benchPolicies(server: Server): Promise<Result[]> {
  const owner = new pg.Client({ connectionString: ownerUrl(server.dataDir) })
  await owner.connect()
  const { rows } = await owner.query<{ name: string }>('select oid::regclass::text as name from pg_class where relrowsecurity order by 1')
  const tables = rows.map(({ name }) => name)
  const results: Result[] = []
  try {
    for (const list of Object.keys(lists) as (keyof typeof lists)[])
      for (const reader of readers) results.push(...(await benchWorst({ server, owner, tables }, reader, list)))
  } finally {
    await toggle(owner, 'enable', tables)
    await owner.end()
  }
  return results
}

/** Runs the matrix of every endpoint × post × relation (test/matrix.test.ts): cells tried, and how many were wrong. */
export function benchMatrix(): Result {
  const root = fileURLToPath(new URL('../', import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [...nodeFlags, '--test', '--test-reporter=spec', 'test/matrix.test.ts'], {
    cwd: root,
    env: nodeEnvironment(),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const [, cells = '0', wrong] = /matrix: (\d+) cells, (\d+) wrong/.exec(stdout) ?? []
  const isWhole = status === 0 && cells !== '0'
  return {
    id: 'matrix',
    what: `matrix of who may do what: cells wrong of ${cells} tried`,
    bar: '0',
    value: wrong === undefined ? null : Number(wrong),
    unit: 'wrong',
    n: Number(cells),
    p50: null,
    p95: null,
    baseline: null,
    scope: 'every post of the pack',
    errors: isWhole ? 0 : 1,
    met: isWhole && wrong === '0',
    note: isWhole ? '' : `the matrix did not run to its end: ${/✖.*/.exec(stdout)?.[0] ?? ''}`,
  }
}
