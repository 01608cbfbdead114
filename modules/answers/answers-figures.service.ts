// Figures computed over the whole tenant (house.md §6.1), once for all who ask for the same day and knowledge, until facts change.
import { Refusal } from '#base/errors.ts'
import { type Context, figureSql, type MeasureIr } from '#engine/index.ts'
import { factsVersion } from '#server/kit/changes.ts'
import { now } from '#server/kit/clock.ts'
import { type Pool, type Tx, transaction } from '#server/kit/db.ts'
import { packOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { FigureDefinition } from './answers.pack.ts'
import { seriesSpans, shownValue, spanOf, type Time } from './answers.rules.ts'
import { figuresTogether, type NumbersRow } from './answers.sql.ts'
import { type Definitions, definitionsOf } from './answers-definitions.ts'

/** What was counted of one figure; null where nothing is recorded. */
export interface Counted {
  value: string | null
  numerator: string | null
  denominator: string | null
  period: { from: string; to: string }
}

export interface CountedSheet {
  on: string
  asOf: string
  byKey: ReadonlyMap<string, Counted>
}

/** Kept results; another process may write too, so that none is older than this. */
const KEPT_MS = 60_000
const KEPT_MOST = 300
const kept = new Map<string, { since: number; value: Promise<unknown> }>()

function fresh<T>(key: string): Promise<T> | undefined {
  const known = kept.get(key)
  return known !== undefined && performance.now() - known.since < KEPT_MS ? (known.value as Promise<T>) : undefined
}

/** The kept value, or the one computation of it that all who wait share. A failed one is not kept. */
function keep<T>(key: string, compute: () => Promise<T>): Promise<T> {
  const known = fresh<T>(key)
  if (known !== undefined) return known
  const value = compute()
  kept.delete(key)
  kept.set(key, { since: performance.now(), value })
  value.catch(() => kept.delete(key))
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_MOST) break
    kept.delete(oldest)
  }
  return value
}

function keyOf(tenant: Tenant, time: Time, what: string): string {
  return [tenant.id, factsVersion(tenant.id), time.on, time.asOf ?? 'now', what].join('|')
}

/** Runs in a transaction of its own that sees the whole tenant; only numbers leave it. */
function overTenant<T>(pool: Pool, tenant: Tenant, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, work)
}

/** The definition of a figure by key; refuses (not-found). */
export function figureOf(definitions: Definitions, sheet: string, key: string): FigureDefinition {
  sheetOf(definitions, sheet)
  const figure = definitions.byKey.get(key)
  if (figure === undefined) throw new Refusal('not-found', `这份答卷没有“${key}”这个数字。`)
  return figure
}

/** Refuses (not-found) unless the pack has that sheet. */
export function sheetOf(definitions: Definitions, sheet: string) {
  const found = definitions.sheets.get(sheet)
  if (found === undefined) throw new Refusal('not-found', '没有这份答卷。')
  return found
}

/** The context and measure of a figure, null where nothing can be counted: its module is not there, or its period hasn't begun. */
export function computable(
  definitions: Pick<Definitions, 'measures' | 'byKey'>,
  figure: FigureDefinition,
  tenant: Tenant,
  on: string,
  asOf: string,
): { measure: MeasureIr; context: Context } | null {
  const measure = figure.measure === undefined ? undefined : definitions.measures[figure.measure]
  const span = spanOf(figure, on)
  return measure === undefined || span === null ? null : { measure, context: { tenant: tenant.id, asOf, ...span } }
}

/** Every figure of the sheet, counted in one statement. */
export function countSheet(pool: Pool, tenant: Tenant, time: Time): Promise<CountedSheet> {
  return countTogether(pool, tenant, time, 'sheet', [...definitionsOf(packOf(tenant)).byKey.values()])
}

/** One figure: from the sheet where that has been counted, else alone, so that who opens one doesn't wait for all. */
export function countFigure(pool: Pool, tenant: Tenant, time: Time, figure: FigureDefinition): Promise<CountedSheet> {
  return fresh<CountedSheet>(keyOf(tenant, time, 'sheet')) ?? countTogether(pool, tenant, time, figure.key, [figure])
}

function countTogether(pool: Pool, tenant: Tenant, time: Time, what: string, figures: readonly FigureDefinition[]): Promise<CountedSheet> {
  return keep(keyOf(tenant, time, what), async () => {
    const asOf = time.asOf ?? now(tenant).toISOString()
    const key = keyOf(tenant, { on: time.on, asOf }, what)
    const sheet = await overTenant(pool, tenant, (tx) => count(tx, figures, time.on, asOf))
    // Links name the moment that was used; who follows one finds this very result.
    if (time.asOf === null) await keep(key, async () => sheet)
    return sheet
  })
}

async function count(tx: Tx, figures: readonly FigureDefinition[], on: string, asOf: string): Promise<CountedSheet> {
  const definitions = definitionsOf(packOf(tx.tenant))
  const byKey = new Map<string, Counted>()
  const asked = figures.flatMap((figure) => {
    const found = computable(definitions, figure, tx.tenant, on, asOf)
    const span = spanOf(figure, on)
    const period =
      span === null ? { from: (figure.period as { from: string }).from, to: (figure.period as { to: string }).to } : { from: span.from, to: span.to }
    byKey.set(figure.key, { value: null, numerator: null, denominator: null, period })
    return found === null ? [] : [{ figure, period, sql: figureSql(definitions.measures, found.measure.name, definitions.catalogue, found.context) }]
  })
  const rows = asked.length === 0 ? [] : await tx.compiled<NumbersRow>(figuresTogether(asked.map((one) => one.sql)))
  for (const { n, numerator, denominator } of rows) {
    const one = asked[n]
    if (one !== undefined) byKey.set(one.figure.key, { value: shownValue(one.figure.show, numerator, denominator), numerator, denominator, period: one.period })
  }
  return { on, asOf, byKey }
}

export interface SeriesPoint {
  label: string
  from: string
  to: string
  value: string
  /** How many stand behind it, rows or what is counted: what the public may see depends on them. */
  behind: number
}

/** A figure with a period, counted again for each year or month of it. Empty for a state on a day. */
export function countSeries(pool: Pool, tenant: Tenant, time: Time, figure: FigureDefinition): Promise<SeriesPoint[]> {
  return keep(keyOf(tenant, time, `series ${figure.key}`), async () => {
    const definitions = definitionsOf(packOf(tenant))
    const found = computable(definitions, figure, tenant, time.on, time.asOf ?? now(tenant).toISOString())
    if (found === null || figure.period === 'day') return []
    const { measure, context } = found
    const spans = seriesSpans(context.from, context.to)
    const counted = measure.take.kind === 'count' || measure.take.kind === 'countDistinct'
    const statements = (counted ? [measure.take] : [measure.take, { kind: 'count' } as const]).flatMap((take) => {
      const alone = { ...definitions.measures, [measure.name]: { ...measure, take, of: null } }
      return spans.map((span) => figureSql(alone, measure.name, definitions.catalogue, { ...context, from: span.from, to: span.to }))
    })
    const rows = await overTenant(pool, tenant, (tx) => tx.compiled<NumbersRow>(figuresTogether(statements)))
    const values = new Map(rows.map((row) => [row.n, row.numerator]))
    const at = (index: number): string => values.get(index) ?? '0'
    return spans.map((span, index) => ({ ...span, value: at(index), behind: Number(at(counted ? index : spans.length + index)) }))
  })
}
