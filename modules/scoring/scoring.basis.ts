// What a request asks the score of: a stored run, or a rubric on a day as of a moment; and the numbers over the whole tenant for it.
import { isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { organisationPack } from '#modules/org/index.ts'
import { type Rubric, releaseNumber, rubricOf } from '#modules/rubric/index.ts'
import { now, today } from '#server/kit/clock.ts'
import { type Pool, type Tx, transaction } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Board } from './scoring.board.ts'
import type { BasisLine, BasisQuery } from './scoring.contract.ts'
import { liveBoard, spreadOfRun } from './scoring.live.ts'
import { scoringPack } from './scoring.pack.ts'
import type { Spread } from './scoring.rules.ts'
import { type RunHead, runById } from './scoring.sql.ts'

/** A request's basis, resolved. `board` holds the live scores of everybody: filter them to the reader's scope. */
export interface Basis {
  rubric: Rubric
  /** The number under which the rubric's version was released; null: a draft. */
  release: string | null
  on: string
  asOf: string
  /** The moment that was asked for; null is now. Of a run its own. */
  asked: string | null
  run: RunHead | null
  board: Board | null
  spread: Spread
}

/** No fact is older. */
const FIRST_YEAR = 1900

/** Refuses days and moments that can't be; `asOf` null is now. */
export function datesOf(
  tenant: Tenant,
  rubric: { ir: Pick<Rubric['ir'], 'period'> },
  given: { on?: string; asOf?: string },
): { on: string; asOf: string | null } {
  const { from, to } = rubric.ir.period
  const current = today(tenant)
  const on = given.on ?? [to, current].sort()[0] ?? to
  if (!isDate(on)) throw new Refusal('invalid', `没有 ${on} 这一天。`, [{ field: '/on', value: on, message: '没有这一天' }])
  if (on < from) throw new Refusal('invalid', `考核期从 ${from} 开始，请选这一天或以后的日期。`, [{ field: '/on', value: on, message: `不能早于 ${from}` }])
  if (given.asOf === undefined) return { on, asOf: null }
  const moment = new Date(given.asOf)
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < FIRST_YEAR)
    throw new Refusal('invalid', `没有 ${given.asOf} 这一时刻。`, [{ field: '/asOf', value: given.asOf, message: '没有这一时刻' }])
  if (moment > now(tenant)) throw new Refusal('invalid', '“截至时刻”不能晚于现在。', [{ field: '/asOf', value: given.asOf, message: '不能晚于现在' }])
  return { on, asOf: moment.toISOString() }
}

/**
 * Resolves a basis before the request's transaction opens: the shared board is computed in a transaction of its own.
 * Refuses: invalid, not-found (rubric, version, run).
 */
export async function basisOf(pool: Pool, tenant: Tenant, given: BasisQuery): Promise<Basis> {
  const { rubric, release, run } = await asked(pool, tenant, given)
  if (run !== null)
    return { rubric, release, on: run.on, asOf: run.asOf, asked: run.asOf, run, board: null, spread: await spreadOfRun(pool, tenant, run.runId, rubric) }
  const { on, asOf } = datesOf(tenant, rubric, given)
  const board = await liveBoard(pool, tenant, { rubric, on, asOf })
  return { rubric, release, on, asOf: board.asOf, asked: asOf, run: null, board, spread: board.spread }
}

/** Rubrics and runs change seldom: what was asked for lately is not looked up again for a second. */
const RECENT_MS = 1000
const recent = new Map<string, { until: number; found: Asked }>()

interface Asked {
  rubric: Rubric
  release: string | null
  run: RunHead | null
}

async function asked(pool: Pool, tenant: Tenant, given: BasisQuery): Promise<Asked> {
  const key = [tenant.id, given.run ?? '', given.rubric ?? '', given.version ?? ''].join('/')
  const known = recent.get(key)
  if (known !== undefined && known.until > Date.now()) return known.found
  const found = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, (tx) => whatIsAsked(tx, given))
  if (recent.size > 1000) recent.clear()
  recent.set(key, { until: Date.now() + RECENT_MS, found })
  return found
}

async function whatIsAsked(tx: Tx, given: BasisQuery): Promise<Asked> {
  if (given.run === undefined) {
    if (given.rubric === undefined) throw new Refusal('invalid', '请指明考核细则或一次计算。', [{ field: '/rubric', message: '请填 rubric 或 run' }])
    return withRelease(tx, await rubricOf(tx, given.rubric, given.version ?? null), null)
  }
  const run = await tx.maybe(runById, { tenantId: tx.tenant.id, runId: given.run })
  if (run === undefined) throw new Refusal('not-found', '没有这次计算。')
  return withRelease(tx, await rubricOf(tx, run.rubricId, run.version), run)
}

async function withRelease(tx: Tx, rubric: Rubric, run: RunHead | null): Promise<Asked> {
  return { rubric, release: await releaseNumber(tx, rubric.head), run }
}

/** True where the pack lets a rubric's scores be ranked. */
export function isRanked(tenant: Tenant, rubricId: string): boolean {
  return partOf(tenant, scoringPack).boards.find((board) => board.rubric === rubricId)?.rank !== 'none'
}

/** The basis as replies show it. */
export function basisLine(tenant: Tenant, { rubric, on, asOf, run }: Basis): BasisLine {
  const { head, ir } = rubric
  return {
    rubric: head.rubricId,
    version: head.version,
    title: head.title,
    subject: ir.subject,
    run: run?.runId ?? null,
    on,
    asOf,
    period: ir.period,
    ranked: isRanked(tenant, head.rubricId),
    graded: ir.grades.length > 0,
  }
}

/** The name of a class or level in the tenant's pack. */
export function className(tenant: Tenant, id: string): string {
  const { unit_classes, unit_levels } = partOf(tenant, organisationPack)
  return [...unit_levels, ...unit_classes].find((one) => one.id === id)?.name ?? id
}
