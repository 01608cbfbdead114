// Loads the demonstration's tickets by COPY, all of them or none: the next are made while PostgreSQL reads those that are sent.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { fillTally } from '#modules/hotline/hotline-recount.sql.ts'
import { OperatorError } from '#server/kit/operator-error.ts'
import { seenBy } from '#server/kit/sql.ts'
import { buildCity } from './build.ts'
import { type City, full, type Plan, small } from './city.ts'
import { type Rebuild, rebuilds } from './indexes.ts'
import { mix, random } from './random.ts'
import { TicketBook } from './ticket-rows.ts'
import { tickets } from './ticket-stream.ts'

/** When so much waits, it is sent, table by table. */
const BATCH = 24 << 20
const tables = ['hotline.ticket', 'hotline.ticket_was', 'hotline.content', 'hotline.caller', 'hotline.step']
/** Progress is written at most so often. */
const TELL_MS = 700

export interface TicketSummary {
  rows: Record<string, number>
  /** Milliseconds by step. */
  steps: Record<string, number>
}

interface Load {
  tenant: number
  /** The city's own seed. */
  seed: number
  size: 'full' | 'small'
}

/** Makes the tickets of a city and sends them. The transaction is the caller's. */
export async function sendTickets(
  client: pg.Client,
  { tenant, seed, size }: Load,
  city: City,
  progress: (done: number, total: number) => void,
): Promise<TicketSummary> {
  const plan: Plan = size === 'full' ? full : small
  const book = new TicketBook(tenant, random(mix(seed, 'ticket-ids')))
  const made = tickets(city, plan, seed, book)
  const steps: Record<string, number> = {}
  let began = performance.now()
  const lap = (step: string) => {
    steps[step] = Math.round(performance.now() - began)
    began = performance.now()
  }
  await client.query(`set local synchronous_commit = off; set local maintenance_work_mem = '256MB'; set local work_mem = '256MB'`)
  let at = made.next()
  const more = () => {
    if (at.done === true) return
    at = made.next()
    if (at.done === true) book.post()
  }
  while (at.done !== true || book.sheets.some(({ waiting }) => waiting > 0)) {
    while (at.done !== true && book.ticket.waiting + book.content.waiting + book.step.waiting < BATCH) more()
    if (at.done !== true) progress(at.value.done, at.value.total)
    for (const sheet of book.sheets) {
      if (sheet.waiting === 0) continue
      const buffers = sheet.take()
      const sending = function* () {
        for (const buffer of buffers) {
          yield buffer
          more()
        }
      }
      await pipeline(
        Readable.from(sending(), { highWaterMark: 2 }),
        client.query(copyFrom(`copy ${sheet.table} (${sheet.columns.join(', ')}) from stdin (format binary)`)),
      )
    }
  }
  lap('工单')
  await client.query(`select setval('hotline.number_seq', greatest($1::bigint, (select last_value from hotline.number_seq)))`, [at.value.numbers])
  const counted = fillTally.build({ tenantId: tenant })
  await client.query(seenBy('tenant', counted.text), counted.values as unknown[])
  lap('统计')
  return { rows: Object.fromEntries(book.sheets.map(({ table, rows }) => [table, rows])), steps }
}

/**
 * Takes the indexes off empty tables, before the load and not in its transaction: whoever reads meanwhile must not wait for it. How they are put
 * back is written down, so that a load that comes after a broken one knows.
 */
async function takeOff(client: pg.Client, tenant: number): Promise<Rebuild[]> {
  const { rows } = await client.query<{ rebuild: Rebuild[] }>('select rebuild from hotline.loading where tenant_id = $1', [tenant])
  const left = rows[0]?.rebuild ?? []
  if (left.length > 0) return left
  await client.query('begin')
  const list = await rebuilds(client, tables)
  for (const { drop } of list) await client.query(drop)
  await client.query(
    `insert into hotline.loading (tenant_id, done, total, rebuild) values ($1, 0, 1, $2) on conflict (tenant_id, what) do update set done = 0, total = 1, rebuild = $2`,
    [tenant, JSON.stringify(list)],
  )
  await client.query('commit')
  return list
}

/**
 * Loads a city's tickets in one transaction and tells how far it is in hotline.loading.
 * @throws OperatorError where the city in the database is not the one of this seed.
 */
export async function loadTickets(given: Load & { ownerUrl: string; progress: (done: number, total: number) => void }): Promise<TicketSummary> {
  const { ownerUrl, tenant, seed, size, progress } = given
  const city = buildCity(size === 'full' ? full : small, seed)
  const [client, beside] = [new pg.Client({ connectionString: ownerUrl }), new pg.Client({ connectionString: ownerUrl })]
  await Promise.all([client.connect(), beside.connect()])
  try {
    const { rows } = await client.query('select from org.unit where tenant_id = $1 and unit_id = $2', [tenant, city.units[0]?.id])
    if (rows.length === 0) throw new OperatorError('The city in the database was made from another seed. Say which: dajuan demo --tickets --seed S.')
    // Two loads at once would both find the tickets missing.
    await client.query('select pg_advisory_lock(7005)')
    const { rowCount } = await client.query('select from hotline.loading where tenant_id = $1 and finished', [tenant])
    if (rowCount === 1) return { rows: {}, steps: {} }
    const list = await takeOff(client, tenant)
    let told = 0
    const tell = (done: number, total: number) => {
      progress(done, total)
      if (performance.now() - told < TELL_MS) return
      told = performance.now()
      void beside.query('update hotline.loading set done = $2, total = $3, at = now() where tenant_id = $1', [tenant, Math.round((done / total) * 1000), 1000])
    }
    await client.query('begin')
    const summary = await sendTickets(client, given, city, (done, total) => tell(done * 0.75, total))
    const began = performance.now()
    for (const [index, { gently }] of list.entries()) {
      tell(75 + (20 * index) / list.length, 100)
      await client.query(gently.create)
    }
    await beside.end()
    for (const { gently } of list) if (gently.attach !== null) await client.query(gently.attach)
    await client.query(`update hotline.loading set done = 1, total = 1, finished = true, rebuild = '[]', at = now() where tenant_id = $1`, [tenant])
    await client.query('commit')
    const indexed = performance.now()
    // Lists and counts read the indexes alone once it is known which pages everybody sees.
    for (const table of tables) await client.query(`vacuum (analyze, truncate false) ${table}`)
    Object.assign(summary.steps, { 索引: Math.round(indexed - began), 整理: Math.round(performance.now() - indexed) })
    return summary
  } finally {
    await client.end()
    await beside.end().catch(() => undefined)
  }
}
