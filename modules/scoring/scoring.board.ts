// A board: a rubric computed for all its subjects, and brought up to date when facts of some of them change.
import { type Context, remeasureSql, type Settled, type SheetRow, scorerOf, sheetColumns, sheetsSql, withMeasured } from '#engine/index.ts'
import { kOf } from '#modules/access/index.ts'
import { factsSince, type Touched } from '#modules/ledger/index.ts'
import { mattersSince } from '#modules/matter/index.ts'
import { organisationChangedSince } from '#modules/org/index.ts'
import { catalogueOf, type Rubric } from '#modules/rubric/index.ts'
import { type Tx, WRITE_MINUTES, WRITERS } from '#server/kit/db.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { type Score, type Spread, spreadOf } from './scoring.rules.ts'
import { compact, horizon, keepPlans, tenantNow } from './scoring.sql.ts'

/** A rubric computed for all its subjects. */
export interface Board {
  asOf: string
  scores: Map<string, Score>
  spread: Spread
  /** What it was scored from, by subject. */
  sheets: Map<string, SheetRow>
  /** What no other subject has a part in of each score. */
  settled: Map<string, Settled>
  /** Whatever was written before this moment is in it. */
  since: string
}

/** What to compute: `asOf` null is the knowledge of now. */
export interface Wanted {
  rubric: Rubric
  on: string
  asOf: string | null
}

/** The engine's context of a rubric on a day, as of a moment. */
export function contextFor(tenant: Tenant, { rubric, on, asOf }: { rubric: Rubric; on: string; asOf: string }): Context {
  return { tenant: tenant.id, on, asOf, ...rubric.ir.period }
}

const scorers = new WeakMap<Rubric['ir'], ReturnType<typeof scorerOf>>()

/** The rubric compiled for scoring from sheets; once. */
function scorer(tenant: Tenant, { ir }: Rubric): ReturnType<typeof scorerOf> {
  const known = scorers.get(ir) ?? scorerOf(ir, catalogueOf(tenant))
  scorers.set(ir, known)
  return known
}

/** More subjects than this are not worth measuring one by one. */
const FEW = 60

/**
 * Computes a board in a transaction that sees the tenant; from the one before where since then facts of a few subjects alone have changed, which
 * gives the same (tested with random writes between).
 */
export async function computeBoard(tx: Tx, wanted: Wanted, before: Board | null): Promise<Board> {
  // Asked before the facts are read: what is committed by then is read, what is still being written is not older than the answer.
  const { since } = await tx.one(horizon, { lock: WRITERS, tenantId: tx.tenant.id, minutes: WRITE_MINUTES })
  const asOf = wanted.asOf ?? (await tx.one(tenantNow, {})).now
  const { rubric, on } = wanted
  const touched = before === null ? null : await touchedSubjects(tx, wanted, before)
  return before === null || touched === null ? whole(tx, { rubric, on, asOf }, since) : updated(tx, { rubric, on, asOf }, since, before, touched)
}

type Dated = Wanted & { asOf: string }

async function whole(tx: Tx, wanted: Dated, since: string): Promise<Board> {
  const { ir } = wanted.rubric
  const rows = await tx.compiled<Record<string, string | null>>(sheetsSql(ir, catalogueOf(tx.tenant), contextFor(tx.tenant, wanted)))
  const sheets = new Map(rows.map((row): [string, SheetRow] => [row.id ?? '', Object.values(row)]))
  return scored(tx, wanted, since, sheets, new Map(), [...sheets.values()])
}

/** The subjects of the board whose facts have changed, and the sources; null when the organisation has, or too many. */
async function touchedSubjects(tx: Tx, { rubric }: Wanted, before: Board): Promise<{ subjects: string[]; sources: Touched['sources'] } | null> {
  // What a successor is given by a merger is in rows of another subject.
  if (Object.values(rubric.ir.measures).some(({ follow }) => follow)) return null
  if (await organisationChangedSince(tx, before.since)) return null
  const touched = [await factsSince(tx, before.since), await mattersSince(tx, before.since)]
  const known = touched.filter((one) => one !== null)
  if (known.length < touched.length) return null
  const subjects = [...new Set(known.flatMap((one) => one[rubric.ir.subject]))].filter((id) => before.sheets.has(id))
  return subjects.length > FEW ? null : { subjects, sources: known.flatMap(({ sources }) => sources) }
}

async function updated(tx: Tx, wanted: Dated, since: string, before: Board, { subjects, sources }: { subjects: string[]; sources: string[] }): Promise<Board> {
  const { ir } = wanted.rubric
  const catalogue = catalogueOf(tx.tenant)
  const statement = subjects.length === 0 ? null : remeasureSql(ir, catalogue, contextFor(tx.tenant, wanted), subjects, sources)
  if (statement === null) return { ...before, asOf: wanted.asOf, since }
  const columns = sheetColumns(ir, catalogue)
  const measured = (await tx.compiled<Record<string, string | null>>(statement)).flatMap((row): SheetRow[] => {
    const sheet = before.sheets.get(row.id ?? '')
    return sheet === undefined ? [] : [withMeasured(columns, sheet, row)]
  })
  const sheets = new Map([...before.sheets, ...measured.map((sheet): [string, SheetRow] => [sheet[0] ?? '', sheet])])
  return scored(tx, wanted, since, sheets, before.settled, measured)
}

/** Settles these sheets anew, and scores everybody. */
async function scored(
  tx: Tx,
  { rubric, asOf }: Dated,
  since: string,
  sheets: Map<string, SheetRow>,
  before: Map<string, Settled>,
  anew: SheetRow[],
): Promise<Board> {
  const { ir } = rubric
  const { settle, together } = scorer(tx.tenant, rubric)
  // The statements are the same each time, whatever the sheets hold: planned once.
  await tx.all(keepPlans, {})
  const rows = await tx.compiled<Record<string, string | null>>(settle(anew), 'kept')
  const settled = new Map([...before, ...rows.map((row): [string, Settled] => [row.id ?? '', Object.values(row)])])
  const results = await tx.compiled<Score>(compact(together([...settled.values()])), 'kept')
  const scores = results.map((one): Score => {
    const own = settled.get(one.id)?.at(-1) ?? '[]'
    return one.items === '[]' ? { ...one, items: own } : { ...one, items: own, shared: { ir, items: one.items } }
  })
  const grades = ir.grades.map(({ grade }) => grade)
  return { asOf, scores: new Map(scores.map((one) => [one.id, one])), spread: spreadOf(scores, grades, kOf(tx.tenant)), sheets, settled, since }
}
