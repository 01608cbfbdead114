// dajuan retention: deletes what is kept for a time only and is over, as the server's job does, or says what it would delete.
import { parseArgs } from 'node:util'

export const summary = 'delete what is over by the pack’s privacy.yaml, or say what would go'

export const usage = `Usage: dajuan retention [--dry] [--runs] [--city SLUG]

Deletes rows whose time is over, kind by kind, as the server does every few hours; writes down how many went and leaves an audit entry.

  --dry          only say how many rows are over
  --runs         list what was deleted so far, newest first
  --city SLUG    the city (default: the first one)`

/** Deletes, counts or lists; prints a line a kind. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { dry: { type: 'boolean' }, runs: { type: 'boolean' }, city: { type: 'string' } } })
  const [{ inCity }, { retain, retentionRuns }, { kept }] = await Promise.all([
    import('../city.ts'),
    import('#modules/access/index.ts'),
    import('../modules.ts'),
  ])
  if (values.runs === true) {
    const runs = await inCity(values.city, (tx) => tx.all(retentionRuns, { tenantId: tx.tenant.id, limit: 200 }))
    for (const { at, kind, days, rows } of runs) console.log(`${at}  ${kind.padEnd(12)}${String(rows).padStart(8)} rows, over ${days} days`)
    if (runs.length === 0) console.log('Nothing was deleted yet.')
    return 0
  }
  const lines = await inCity(values.city, (tx) => retain(tx, kept, values.dry === true ? 'count' : 'delete'))
  for (const { kind, name, days, rows } of lines)
    console.log(`${kind.padEnd(12)}${String(rows).padStart(8)} rows over ${days} days ${values.dry === true ? 'would go' : 'deleted'}  ${name}`)
  return 0
}
