// A dry run: a text or version over its own or last year's facts, held against another version or a run. Nothing is stored; what was
// computed last is kept for some seconds, so that the next page of a list and the export cost nothing.
import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import { formatMoment } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { type Context, loadRubric, type RubricIr, runSql, telling } from '#engine/index.ts'
import { exportCsv, kOf } from '#modules/access/index.ts'
import { catalogueOf, rubricOf, storedBases } from '#modules/rubric/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { factsVersion } from '#server/kit/changes.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Call } from '#server/kit/route.ts'
import { className, datesOf, isRanked } from '../scoring.basis.ts'
import { BAND, type Score } from '../scoring.rules.ts'
import { compact, resultsOfRun, runById, tenantNow } from '../scoring.sql.ts'
import { answersOf } from './dry.answers.rules.ts'
import type { DryRun, DryRunBody, DryTable, Mover } from './dry.contract.ts'
import { costOf } from './dry.cost.rules.ts'
import { type Move, movesOf, pageOfMoves, yearEarlier } from './dry.rules.ts'
import { type Cell, tableOf } from './dry.tables.rules.ts'
import { sentencesOf } from './dry.words.rules.ts'

const PAGE = 50
const PLACES = 5

export type Tried = Omit<DryRunBody, 'after' | 'limit'>
type Basis = DryRun['basis']

/** A finished dry run: everything about the tenant; who moves is cut to the reader's scope when it is told. */
export interface Finished {
  basis: Basis
  numbers: Omit<DryRun, 'basis' | 'moves' | 'sentences' | 'milliseconds' | 'width'>
  moves: (ReturnType<typeof movesOf> & { against: NonNullable<DryRun['moves']>['against'] }) | null
  milliseconds: number
}

/** Computes a dry run in a transaction that sees the tenant. Refuses: invalid (the text, the day), not-found (rubric, version, run). */
export async function tryOut(tx: Tx, tried: Tried): Promise<Finished> {
  const from = performance.now()
  const { tenant } = tx
  const rubric = await rubricTried(tx, tried)
  const earlier = tried.facts === 'previous-year'
  const ir = earlier ? yearEarlier(rubric.ir) : rubric.ir
  const { on } = datesOf(tenant, { ir }, tried.on === undefined ? {} : { on: tried.on })
  const { asOf, scores } = await scoredAll(tx, ir, { on, ...ir.period })
  const ranked = isRanked(tenant, ir.rubric)
  const grades = ir.grades.map(({ grade }) => grade)
  const basis: Basis = {
    rubric: ir.rubric,
    version: ir.version,
    title: ir.title,
    period: ir.period,
    on,
    asOf,
    subject: ir.subject,
    facts: earlier ? 'previous-year' : 'own',
    draft: rubric.draft,
    ranked,
    graded: grades.length > 0,
    subjects: scores.length,
  }
  const other = tried.against === undefined ? null : await scoredAgainst(tx, tried.against, basis, earlier)
  const k = kOf(tenant)
  const minutes = costOf(Object.values(ir.measures))
  return {
    basis,
    numbers: answersOf(ir, scores, { k, pairs: k, places: tried.places ?? PLACES, ranked, minutes, nameOf: (id) => className(tenant, id) }),
    moves: other === null ? null : { against: other.against, ...movesOf(other.scores, scores, other.graded ? grades : []) },
    milliseconds: Math.round(performance.now() - from),
  }
}

async function rubricTried(tx: Tx, { text, rubric, version }: Tried): Promise<{ ir: RubricIr; draft: boolean }> {
  if (text === undefined) {
    if (rubric === undefined) throw new Refusal('invalid', '请给出要试算的细则。', [{ field: '/rubric', message: '请填 rubric 或 text' }])
    const found = await rubricOf(tx, rubric, version ?? null)
    return { ir: found.ir, draft: false }
  }
  const checked = loadRubric(text, 'rubric.yaml', catalogueOf(tx.tenant), await storedBases(tx, text))
  if (checked.ok) return { ir: checked.value, draft: true }
  const [first] = checked.diagnostics
  throw new Refusal(
    'invalid',
    `细则有${checked.diagnostics.length}处错误，改好后才能试算。第${first?.line}行：${first?.message}`,
    checked.diagnostics.slice(0, 20).map(({ line, column, message }) => ({ field: '/text', value: `${line}:${column}`, message })),
  )
}

async function scoredAgainst(tx: Tx, given: NonNullable<Tried['against']>, basis: Basis, earlier: boolean) {
  const { tenant } = tx
  if (given.run !== undefined) {
    const run = await tx.maybe(runById, { tenantId: tenant.id, runId: given.run })
    if (run === undefined) throw new Refusal('not-found', '没有这次计算。')
    const { ir } = await rubricOf(tx, run.rubricId, run.version)
    mustBeAlike(ir, basis)
    const against = { rubric: ir.rubric, version: ir.version, title: ir.title, period: ir.period, on: run.on, asOf: run.asOf, run: run.runId }
    return { against, graded: ir.grades.length > 0, scores: await tx.all(resultsOfRun, { tenantId: tenant.id, runId: run.runId }) }
  }
  const { ir: current } = await rubricOf(tx, given.rubric ?? basis.rubric, given.version ?? null)
  const ir = earlier ? yearEarlier(current) : current
  mustBeAlike(ir, basis)
  const { asOf, scores } = await scoredAll(tx, ir, { on: basis.on, ...basis.period })
  return {
    against: { rubric: ir.rubric, version: ir.version, title: ir.title, period: basis.period, on: basis.on, asOf, run: null },
    graded: ir.grades.length > 0,
    scores,
  }
}

function mustBeAlike(ir: RubricIr, basis: Basis): void {
  if (ir.subject !== basis.subject)
    throw new Refusal('invalid', '两份细则考核的对象不同，一份考核单位，一份考核党组织，不能比较。', [
      { field: '/against', message: '请选考核同一类对象的细则' },
    ])
}

interface Kept {
  until: number
  asOf: string
  scores: Score[]
}
const KEPT_MS = 60_000
const KEPT = 4
/** Results of a rubric on a day, until facts change in this process, for a minute at most. */
const kept = new Map<string, Kept>()

async function scoredAll(tx: Tx, ir: RubricIr, days: Pick<Context, 'on' | 'from' | 'to'>): Promise<Kept> {
  const { tenant } = tx
  const hash = createHash('sha256').update(JSON.stringify(ir)).digest('hex')
  const key = [tenant.id, factsVersion(tenant.id), days.on, days.from, days.to, hash].join('/')
  const known = kept.get(key)
  if (known !== undefined && known.until > Date.now()) return known
  const asOf = (await tx.one(tenantNow, {})).now
  const scores = await tx.compiled<Score>(compact(runSql(telling(ir), catalogueOf(tenant), { tenant: tenant.id, asOf, ...days })))
  const found = { until: Date.now() + KEPT_MS, asOf, scores }
  kept.set(key, found)
  while (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '')
  return found
}

/** A finished dry run as its reader may see it: numbers over the tenant, those who move in the reader's scope. */
export function told(tx: Tx, actor: Actor, { basis, numbers, moves, milliseconds }: Finished, page: { after?: string; limit?: number }): DryRun {
  const mine = new Set(actor.scope === 'tenant' ? [] : actor.scope)
  const visible = moves?.moves.filter(({ id }) => actor.scope === 'tenant' || mine.has(id)) ?? []
  const { units, next } = pageOfMoves(visible, page.after, page.limit ?? PAGE)
  const answers = {
    basis,
    ...numbers,
    moves: moves === null ? null : { ...counts(moves), visible: visible.length, units: units.map((move) => moverOf(tx, move)), next },
  }
  return { ...answers, sentences: sentencesOf(answers), width: BAND, milliseconds }
}

function counts({ against, by, compared, added, gone, changed, up, down, table }: NonNullable<Finished['moves']>) {
  return { against, by, compared, added, gone, changed, up, down, table }
}

function moverOf(tx: Tx, { id, name, class: of, before, after }: Move): Mover {
  return {
    id,
    name,
    class: { id: of, name: className(tx.tenant, of) },
    gradeBefore: before.grade,
    gradeAfter: after.grade,
    totalBefore: before.total,
    totalAfter: after.total,
  }
}

const EXPORTED = 20_000
/** Cells of a table: names of bodies and numbers, no personal data. */
const Row = Type.Array(Type.Any())

/** One table of a dry run as csv. */
export function exportTable(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, finished: Finished, table: DryTable): Promise<string> {
  const run = told(call.tx, call.actor, finished, { limit: EXPORTED })
  const { basis } = run
  const { name, head, rows } = tableOf(run, table)
  return exportCsv(call, {
    name: `${basis.title}试算（${name}）`,
    action: 'scoring.dry-run-export',
    object: { kind: 'rubric', id: basis.rubric },
    detail: { version: basis.version, draft: basis.draft, table, on: basis.on, facts: basis.facts },
    origin: `${basis.title}，${basis.draft ? '草稿' : `第${basis.version}版`}，试算，不是正式结果，数据日期${basis.on}，截至${formatMoment(basis.asOf)}`,
    schema: Row,
    rows,
    columns: head.map((title, index) => ({ title, cell: (row: Cell[]) => row[index] ?? null })),
  })
}
