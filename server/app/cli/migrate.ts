// dajuan migrate: brings the database up to this checkout, and nothing else.
import { parseArgs } from 'node:util'
import { migrate } from '#server/kit/migrate.ts'
import { readConfig } from '../config.ts'

export const summary = 'bring the database up to this version'

export const usage = `Usage: dajuan migrate

Applies the migrations that the database of DATABASE_URL (else the embedded one in DAJUAN_DATA) has not had yet.
Forward only; each is applied whole or not at all. "dajuan serve" does this by itself.`

/** Applies what is missing and says what it was. */
export async function run(args: string[]): Promise<number> {
  parseArgs({ args, options: {} })
  const { openDatabase } = await import('../main.ts')
  const database = await openDatabase(readConfig())
  try {
    const applied = await migrate(database.url)
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
    return 0
  } finally {
    await database.stop()
  }
}
