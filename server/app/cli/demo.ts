// dajuan demo: loads the made-up city, or several, into the database.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadDemo, loadDemoTickets } from '#db/demo/load.ts'
import { migrate } from '#server/kit/migrate.ts'
import { UsageError } from '#server/kit/operator-error.ts'
import { withProgress } from '#server/kit/progress.ts'
import { readConfig } from '../config.ts'

export const summary = 'load the demonstration city'

export const usage = `Usage: dajuan demo [--scale N] [--seed S] [--tickets]

Loads the demonstration city (演示数据) into the database of DATABASE_URL (else the embedded one in DAJUAN_DATA), all of it or
nothing. "dajuan serve" does this by itself for a new database. The accounts are written to demo-accounts.json in DAJUAN_DATA.

  --scale N   N cities, each a tenant of its own: changzhi, changzhi-2 … (default 1; 11 is about a province)
  --seed S    a whole number; the same seed makes the same city (default 1404)
  --tickets   the hotline's tickets (1.7 million a city) into the cities that lack them, nothing else; "dajuan serve" does this
              by itself once it answers`

const MOST = 50

/** A whole number in an option, or a sentence that says what it must be. */
function whole(name: string, text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < low || value > high) throw new UsageError(`--${name} is "${text}"; give a whole number from ${low} to ${high}`)
  return value
}

/** Loads the city and says how many rows it has. Refuses when it is there already. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { scale: { type: 'string' }, seed: { type: 'string' }, tickets: { type: 'boolean' } } })
  const scale = whole('scale', values.scale, 1, MOST)
  const seed = whole('seed', values.seed, 0, 2 ** 31 - 1)
  const config = readConfig()
  const { openDatabase } = await import('../main.ts')
  const database = await openDatabase(config)
  try {
    await migrate(database.url)
    if (values.tickets === true) {
      const loaded = await withProgress('热线工单', (at) =>
        loadDemoTickets({ ownerUrl: database.url, seed, progress: (_step, done, total) => at(done, total) }),
      )
      for (const [slug, { rows, steps }] of Object.entries(loaded)) {
        const seconds = Object.entries(steps).map(([step, ms]) => `${step} ${(ms / 1000).toFixed(1)} s`)
        console.log(
          `Loaded ${slug}: ${Object.entries(rows)
            .map(([table, n]) => `${n} ${table}`)
            .join(', ')}; ${seconds.join(', ')}.`,
        )
      }
      if (Object.keys(loaded).length === 0) console.log('Every city of the demonstration has its tickets already.')
      return 0
    }
    const accountsFile = join(config.dataDir, 'demo-accounts.json')
    const { tenants, rows, accounts } = await withProgress('演示城市', (at) =>
      loadDemo({ ownerUrl: database.url, scale, seed, accountsFile, progress: (_step, done, total) => at(done, total) }),
    )
    console.log(
      `Loaded ${tenants.join(', ')}: ${rows['ledger.record']} versions of records, ${rows['org.person']} people, ${rows['org.unit']} versions of units.`,
    )
    console.log(`Accounts: ${accounts.map(({ account, password }) => `${account}/${password}`).join(', ')}`)
    return 0
  } finally {
    await database.stop()
  }
}
