// dajuan figures: the figures of an answer sheet, counted now or as of another day.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal } from '#base/errors.ts'
import { figuresOf } from '#modules/answers/index.ts'
import { anonymous } from '#server/kit/actor.ts'
import { openPool } from '#server/kit/db.ts'
import { appUrl, migrate } from '#server/kit/migrate.ts'
import { OperatorError, UsageError } from '#server/kit/operator-error.ts'
import { loadTenants, type Tenant } from '#server/kit/tenant.ts'
import { readConfig } from '../config.ts'

export const summary = 'print the figures of an answer sheet, counted from rows'

export const usage = `Usage: dajuan figures [SHEET] [--on DATE] [--as-of MOMENT] [--tenant SLUG] [--json]

Counts every figure of the sheet (default: changzhi) over the whole tenant and prints value, numerator, denominator and period.
The server may run or not; the database is the one of DATABASE_URL, else the embedded one in DAJUAN_DATA.

  --on DATE        the valid date, e.g. 2024-07-31 (default: the tenant's today; a figure whose period has ended keeps its last day)
  --as-of MOMENT   count with the knowledge of that moment, e.g. 2024-07-31T18:00:00+08:00, or a date: the end of that day (default: now)
  --tenant SLUG    which city, where there are several (default: the first)
  --json           the same JSON as GET /api/answers/SHEET/figures`

/** Prints the figures. Rule: issue 2 §3, answers. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { on: { type: 'string' }, 'as-of': { type: 'string' }, tenant: { type: 'string' }, json: { type: 'boolean' } },
  })
  if (positionals.length > 1) throw new UsageError(`one sheet at a time, found ${positionals.join(' ')}`)
  const sheet = positionals[0] ?? 'changzhi'
  // Loaded now, so that --help and a wrong word answer at once.
  const [{ openForReading }, { loadPacks }] = await Promise.all([import('../reading.ts'), import('../pack.ts')])
  const config = readConfig()
  loadPacks(join(config.root, 'packs'))
  const database = await openForReading(config)
  const pool = openPool(appUrl(database.url), 2)
  try {
    await migrate(database.url)
    const tenant = chosen(await loadTenants(pool), values.tenant)
    const question = {
      pool,
      tenant,
      actor: { ...anonymous, accountId: 'operator', scope: 'tenant' as const },
      params: { sheet },
      query: { on: values.on, asOf: values['as-of'] },
    }
    const counted = await figuresOf(question).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'not-found') throw new UsageError(`there is no sheet "${sheet}"`)
      throw error
    })
    console.log(values.json === true ? JSON.stringify(counted, null, 2) : table(counted))
    return 0
  } finally {
    await pool.end()
    await database.stop()
  }
}

function chosen(tenants: readonly Tenant[], slug: string | undefined): Tenant {
  const tenant = slug === undefined ? tenants[0] : tenants.find((one) => one.slug === slug)
  if (tenant !== undefined) return tenant
  if (tenants.length === 0) throw new OperatorError('There is no city in this database yet. "dajuan demo" loads the demonstration.')
  throw new UsageError(`--tenant is "${slug}"; the tenants are ${tenants.map((one) => one.slug).join(', ')}`)
}

type Counted = Awaited<ReturnType<typeof figuresOf>>

function table({ sheet, on, asOf, figures }: Counted): string {
  const rows = figures.map((figure) => {
    const of = figure.denominator === null ? '' : `${figure.numerator} / ${figure.denominator}`
    const span = figure.period.from === figure.period.to ? figure.period.to : `${figure.period.from} … ${figure.period.to}`
    return [figure.key, figure.state === 'ok' ? `${figure.value}${figure.unit}` : 'not recorded', of, span, figure.name]
  })
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => width(row[column] ?? ''))))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd(),
  )
  return `${sheet}  on ${on}  as of ${asOf}\n${lines.join('\n')}`
}

/** Columns a text takes on a terminal: Chinese characters take two. */
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0)
}
