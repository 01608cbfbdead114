// npm run bench: the figures of bench/results.md, on the full-size city, embedded PostgreSQL, all on this machine.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { benchAudit } from './audit.ts'
import { benchBurden } from './burden.ts'
import { benchCities } from './cities.ts'
import { benchClock } from './clock.ts'
import { benchEntry, benchShown } from './entry.ts'
import { benchFuzz } from './fuzz.ts'
import { benchMoves, benchRequests } from './matter.ts'
import { benchPage, benchRestart } from './pages.ts'
import { type Result, writeReport } from './results.ts'
import { benchRubric } from './rubric.ts'
import { benchMatrix, benchPolicies } from './scope.ts'
import { benchScoring } from './scoring.ts'
import { ownerUrl, startServer } from './server.ts'
import { benchSignIn } from './sign-in.ts'
import { benchTicketLists, benchTicketRates } from './ticket-lists.ts'
import { benchDay, benchTickets } from './tickets.ts'

/** Below these the city is not the full-size one and nothing is measured. */
const FULL: Record<string, number> = {
  'org.unit': 918,
  'org.party_org': 1146,
  'org.membership': 14_260,
  'ledger.record': 340_000,
  'ledger.participant': 240_000,
  'matter.matter': 115_000,
}

const { values } = parseArgs({
  options: { data: { type: 'string' }, only: { type: 'string', multiple: true }, dry: { type: 'boolean' }, day: { type: 'string' } },
})
const folder = fileURLToPath(new URL('.', import.meta.url))
const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'dajuan-bench-'))
const wanted = (id: string): boolean => values.only === undefined || values.only.includes(id)

async function countRows(url: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const rows: Record<string, number> = {}
  for (const table of [...Object.keys(FULL), 'ledger.bigram', 'ledger.mark'])
    rows[table] = Number((await client.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n)
  await client.query('vacuum analyze')
  await client.end()
  return rows
}

const told = (result: Result): Result => {
  console.log(
    `${result.met === null ? ' ' : result.met ? '✓' : '✗'} ${result.what}: ${result.value?.toPrecision(4)} ${result.unit} (${result.bar})${result.errors > 0 ? ` — ${result.errors} errors: ${result.note}` : ''}`,
  )
  return result
}

let server = await startServer(dataDir)
try {
  const rows = await countRows(ownerUrl(dataDir))
  for (const [table, least] of Object.entries(FULL))
    if ((rows[table] ?? 0) < least) throw new Error(`${table} has ${rows[table]} rows, full size is ${least}: nothing was measured.`)
  const results: Result[] = []
  if (wanted('scoring')) results.push(...(await benchScoring(ownerUrl(dataDir))).map(told))
  if (wanted('clock')) results.push(told(benchClock()))
  if (wanted('rubric-compile')) results.push(told(benchRubric()))
  if (wanted('score-page')) {
    results.push(
      told(
        await benchPage(server, {
          id: 'score-page',
          what: 'one unit’s score with trace, HTTP p95 at 16 clients',
          barMs: 40,
          account: 'zhibu',
          scope: 'branch secretary',
          path: (unit) => `/api/scoring/subjects/${unit}?rubric=clean-2024`,
        }),
      ),
    )
  }
  if (wanted('figure-rows')) {
    results.push(
      told(
        await benchPage(server, {
          id: 'figure-rows',
          what: 'a figure’s rows, first page, p95 at 16 clients',
          barMs: 40,
          account: 'zhibu',
          scope: 'branch secretary',
          path: () => '/api/answers/changzhi/figures/organisations-warned/rows',
        }),
      ),
    )
  }
  if (wanted('workbench')) {
    results.push(
      told(
        await benchPage(server, {
          id: 'workbench',
          what: 'the workbench of a branch secretary, HTTP p95 at 16 clients',
          barMs: 50,
          account: 'zhibu',
          scope: 'branch secretary',
          path: () => '/api/desk/todo',
        }),
      ),
    )
  }
  if (wanted('sign-in')) results.push(...(await benchSignIn(server)).map(told))
  if (wanted('policies')) results.push(...(await benchPolicies(server)).map(told))
  if (wanted('matrix')) results.push(told(benchMatrix()))
  if (wanted('record-shown')) {
    results.push(told(await benchShown(server)))
  }
  if (wanted('restart')) {
    const restarted = await benchRestart(server)
    server = restarted.server
    results.push(told(restarted.result))
  }
  if (wanted('record-entry')) results.push(...(await benchEntry(server)).map(told))
  if (wanted('fan-out') || wanted('sender-board')) results.push(...(await benchRequests(server)).map(told))
  if (wanted('move-matter')) results.push(told(await benchMoves(server)))
  if (wanted('ticket-entry')) results.push(told(await benchTickets(server)))
  // Only where all tickets are: --data names a city that has them.
  if (values.only?.includes('ticket-lists')) results.push(...(await benchTicketLists(server)).map(told))
  if (values.only?.includes('ticket-rates')) results.push(...(await benchTicketRates(server)).map(told))
  // Ten minutes, so only where it is asked for, or shorter: --day 60.
  if (values.only?.includes('hotline-day') || values.day !== undefined) results.push(told(await benchDay(server, Number(values.day ?? '600'))))
  if (wanted('cost-preview')) results.push(told(await benchBurden(ownerUrl(dataDir))))
  if (wanted('audit')) results.push(told(await benchAudit(server)))
  if (wanted('fuzz')) results.push(told(await benchFuzz()))
  // Last: the database is eleven times as large after it.
  if (wanted('cities')) results.push(told(await benchCities(ownerUrl(dataDir))))
  if (values.dry !== true) {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
    writeReport(folder, { commit, machine, seed: 1404, rows, results })
  }
} finally {
  await server.stop()
  if (values.data === undefined) rmSync(dataDir, { recursive: true, force: true })
}
