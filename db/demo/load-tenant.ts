// Builds the cities and sends their rows.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { bigrams } from '#modules/ledger/ledger.rules.ts'
import { accountSheets, type DemoAccount } from './accounts.ts'
import { buildCity, happen } from './build.ts'
import { burdenBook, others } from './burden.ts'
import { type City, full, NOW, type Plan, START, small } from './city.ts'
import { day, moment } from './days.ts'
import { dutySheet } from './duties.ts'
import { withoutIndexes } from './indexes.ts'
import { inspections } from './inspections.ts'
import { ledger, recordKinds } from './ledger-rows.ts'
import { markSheet } from './marks.ts'
import { courses } from './matter-courses.ts'
import { matterBook } from './matter-rows.ts'
import { matters } from './matters.ts'
import { organisationSheets } from './organisation-rows.ts'
import { mix, random } from './random.ts'
import { type Sheet, sheet } from './sheet.ts'
import { sendTickets } from './tickets.ts'

const bigTables = ['ledger.record', 'ledger.participant', 'ledger.bigram', 'matter.matter', 'matter.move']

/** Called with the step's name and how much of the whole load is done. */
export type Progress = (step: string, done: number, total: number) => void

export interface DemoSummary {
  /** Slugs of the tenants loaded. */
  tenants: string[]
  /** Rows loaded by table. */
  rows: Record<string, number>
  /** Milliseconds by step. */
  steps: Record<string, number>
  accounts: DemoAccount[]
}

interface Making {
  city: City
  plan: Plan
  seed: number
  tenant: number
}

interface Job {
  summary: DemoSummary
  seed: number
  size: 'full' | 'small'
  report: Progress | undefined
}

/** Loads the tenants of the summary and fills in its rows, steps and accounts. The transaction is the caller's. */
export async function loadTenants(client: Client, { summary, seed, size, report }: Job): Promise<void> {
  const begin = timer(summary, report)
  // Sorting for indexes and bigrams in memory; for this transaction only.
  await client.query(`set local maintenance_work_mem = '256MB'; set local work_mem = '192MB'; set local synchronous_commit = off`)
  begin('准备')
  const rebuild = await withoutIndexes(client, bigTables)
  for (const [index, slug] of summary.tenants.entries()) {
    const own = mix(seed, index)
    begin('机构与人员')
    const tenant = await addTenant(client, slug, index)
    const plan = size === 'full' ? full : small
    const making: Making = { city: buildCity(plan, own), plan, seed: own, tenant }
    await loadOrganisation(client, making, summary, index)
    await loadLedger(client, making, summary, begin)
    await loadMatters(client, making, summary, begin('事项'))
    // The small city's are few; the full one's come by themselves, when the server answers already (tickets.ts).
    if (size === 'small') {
      const { rows } = await sendTickets(client, { tenant, seed: own, size }, making.city, () => undefined)
      for (const [table, count] of Object.entries(rows)) summary.rows[table] = (summary.rows[table] ?? 0) + count
      await client.query('insert into hotline.loading (tenant_id, done, total, finished) values ($1, 1, 1, true)', [tenant])
    }
  }
  await rebuild(begin('索引'))
  begin('统计')
  for (const table of Object.keys(summary.rows)) await client.query(`analyze ${table}`)
  begin('')
}

/** How long the steps take, one with another: the share of the bar that each fills. The last ones come once, not for each city. */
const weights: Record<string, number> = { 机构与人员: 30, 纪实: 120, 参加人: 12, 检索: 40, 事项: 40, 索引: 50, 统计: 12 }
const lastSteps = ['索引', '统计']

/** Starts the clock of a step; the step before it ends. Progress is told over the whole load. */
function timer(summary: DemoSummary, report: Progress | undefined): (step: string) => (done: number, total: number) => void {
  let current = ''
  let since = performance.now()
  let before = 0
  const total = Object.entries(weights).reduce((sum, [step, weight]) => sum + weight * (lastSteps.includes(step) ? 1 : summary.tenants.length), 0)
  return (step) => {
    if (current !== '') summary.steps[current] = Math.round((summary.steps[current] ?? 0) + performance.now() - since)
    before += weights[current] ?? 0
    current = step
    since = performance.now()
    const at = (done: number, of: number) => report?.(step, before + ((weights[step] ?? 0) * done) / of, total)
    if (step !== '') at(0, 1)
    return at
  }
}

async function addTenant(client: Client, slug: string, index: number): Promise<number> {
  const name = index === 0 ? '长治市' : `演示城市${index + 1}`
  const { rows } = await client.query<{ id: number }>(
    `insert into kit.tenant (tenant_id, slug, name, host, pack, demonstration, clock_offset)
     select coalesce(max(tenant_id), 0) + 1, $1, $2, $3, 'changzhi', true, $4::timestamptz - date_trunc('seconds', now()) from kit.tenant returning tenant_id as id`,
    [slug, name, index === 0 ? null : `${slug}.localhost`, `${NOW} 09:00:00+08`],
  )
  const [row] = rows
  if (row === undefined) throw new Error('no tenant was made')
  return row.id
}

/** Sends buffers into a sheet's table. */
async function copy(client: Client, { table, columns }: Pick<Sheet, 'table' | 'columns'>, buffers: Iterable<Buffer>): Promise<void> {
  await pipeline(Readable.from(buffers), client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`)))
}

async function send(client: Client, made: Sheet, summary: DemoSummary, buffers: Iterable<Buffer> = made.take()): Promise<void> {
  await copy(client, made, buffers)
  summary.rows[made.table] = (summary.rows[made.table] ?? 0) + made.rows
}

async function loadOrganisation(client: Client, { city, seed, tenant }: Making, summary: DemoSummary, index: number): Promise<void> {
  for (const made of await organisationSheets(city, tenant, random(mix(seed, 'organisation')))) await send(client, made, summary)
  const { sheets, listed } = accountSheets(city, tenant, random(mix(seed, 'accounts')))
  for (const made of sheets) await send(client, made, summary)
  if (index === 0) summary.accounts = listed
}

async function loadLedger(client: Client, { city, plan, seed, tenant }: Making, summary: DemoSummary, begin: ReturnType<typeof timer>): Promise<void> {
  const book = ledger(tenant, recordKinds(), random(mix(seed, 'ledger')))
  const at = begin('纪实')
  // Records stream while they are made; their participants wait in memory for a COPY of their own.
  const participants: Buffer[] = []
  const records = function* () {
    for (const { done, total } of happen(city, plan, seed, book)) {
      at(done, total)
      participants.push(...book.participants.take())
      yield* book.records.take()
    }
  }
  await send(client, book.records, summary, records())
  begin('参加人')
  await send(client, book.participants, summary, participants)
  await send(client, markSheet(city, tenant, random(mix(seed, 'marks'))), summary)
  begin('检索')
  summary.rows['ledger.bigram'] = (summary.rows['ledger.bigram'] ?? 0) + (await loadBigrams(client, tenant, book.titles))
}

async function loadMatters(
  client: Client,
  { city, plan, seed, tenant }: Making,
  summary: DemoSummary,
  at: (done: number, total: number) => void,
): Promise<void> {
  const kinds = courses()
  const book = matterBook(tenant, kinds, moment(day(START), 9), random(mix(seed, 'matter-rows')))
  const burden = burdenBook(tenant, random(mix(seed, 'burden-rows')))
  const made = matters(city, kinds, book, burden, plan, random(mix(seed, 'matters')))
  // Moves stream while they are made; the matters, which are what they led to, wait.
  const moves = function* () {
    for (const { done, total } of made) {
      at(done, total)
      yield* book.moves.take()
    }
    yield* book.moves.take()
  }
  await send(client, book.moves, summary, moves())
  others(city, burden, random(mix(seed, 'burden')))
  const { rows } = await client.query<{ login: string; id: string }>('select login, account_id as id from access.account where tenant_id = $1', [tenant])
  const accounts = new Map(rows.map(({ login, id }) => [login, id]))
  const inspected = inspections({ tenant, city, book, burden, kinds, accounts, stream: random(mix(seed, 'inspections')) })
  const waiting = [
    book.moves,
    book.editions,
    book.requests,
    book.matters,
    burden.askings,
    burden.charges,
    burden.complaints,
    ...inspected,
    dutySheet(city, tenant, random(mix(seed, 'duties'))),
  ]
  for (const one of waiting) await send(client, one, summary)
}

/** Bigrams are made in the database: each distinct title once, joined with its records, in the order of the key. @returns how many. */
async function loadBigrams(client: Client, tenant: number, titles: ReadonlySet<string>): Promise<number> {
  await client.query('create temp table title_bigram (title text, bigram int)')
  const pairs = sheet('title_bigram', ['title', 'bigram'])
  for (const title of titles) for (const code of bigrams(title)) pairs.add(title, code)
  await copy(client, pairs, pairs.take())
  await client.query('analyze title_bigram')
  const { rowCount } = await client.query(
    `insert into ledger.bigram (tenant_id, bigram, record_id)
     select r.tenant_id, b.bigram, r.record_id from ledger.record r join title_bigram b using (title) where r.tenant_id = $1 and r.version = 1 order by 2, 3`,
    [tenant],
  )
  await client.query('drop table title_bigram')
  return rowCount ?? 0
}
