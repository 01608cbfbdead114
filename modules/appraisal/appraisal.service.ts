// Deciding an appraisal on a run, and reading what was decided.
import { createHash } from 'node:crypto'
import { formatDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey } from '#base/page-key.ts'
import { type RubricIr, vetoEffect } from '#engine/index.ts'
import { kOf } from '#modules/access/index.ts'
import { releasesOf, type Subject, toldTo } from '#modules/approval/index.ts'
import { leaveChange } from '#modules/audit/index.ts'
import { mustBeReleased, rubricOf, wordsOfGrades } from '#modules/rubric/index.ts'
import { className, closeObjections, namesOfBodies, runResults, type ScoredResult } from '#modules/scoring/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import type { Tx } from '#server/kit/db.ts'
import type { AppraisalRow, GradeRow, QuotaLine } from './appraisal.contract.ts'
import { type Decision, decide, type Graded, type QuotaUse } from './appraisal.rules.ts'
import {
  type AppraisalHead,
  appraisalById,
  appraisalHeads,
  appraisalOfRun,
  gradesOf,
  gradesOfSubject,
  insertAppraisal,
  insertGrades,
  lockDecision,
  type Summary,
} from './appraisal.sql.ts'

const PAGE = 50

/** What the reader may know of appraisals: all of them with a post for the whole city, else those told; and how far each has come. */
interface Known {
  knows: (id: string) => boolean
  standing: (head: AppraisalHead) => Pick<AppraisalRow, 'standing' | 'release'>
}

async function knownTo(tx: Tx, actor: Actor): Promise<Known> {
  const [told, released] = [await toldTo(tx, actor, 'appraisal'), await releasesOf(tx, 'appraisal')]
  return {
    knows: (id) => actor.scope === 'tenant' || told.has(id),
    standing: (head) => {
      const found = released(head.id, hashOf(head))
      const release = found === undefined ? null : { number: found.number, audience: found.audience, releasedAt: found.releasedAt }
      return { standing: release !== null ? 'released' : told.has(head.id) ? 'on-notice' : 'decided', release }
    },
  }
}

/** Grades are written once, with their counts: the head says which decision it is. */
function hashOf({ id, title, year, run, summary }: AppraisalHead): string {
  return createHash('sha256')
    .update(JSON.stringify([id, title, year, run, summary]))
    .digest('hex')
}

/** An appraisal as a thing to be approved. */
export const appraisalSubject: Subject = {
  kind: 'appraisal',
  name: '考核定级',
  read: async (tx, id) => {
    const head = new RegExp(uuidPattern).test(id) ? await tx.maybe(appraisalById, { tenantId: tx.tenant.id, appraisalId: id }) : undefined
    if (head === undefined) return undefined
    const { head: rubric } = await rubricOf(tx, head.rubric, head.version)
    // The summary may stand on a notice to the public.
    const k = kOf(tx.tenant)
    return {
      title: head.title,
      bodyId: null,
      address: `/appraisals/${id}`,
      hash: hashOf(head),
      summary: [
        `按《${rubric.title}》第${head.version}版，算到${formatDate(head.on)}，共${head.summary.subjects}个对象。`,
        `${head.summary.grades.map(({ grade, count }) => (count < k ? `${grade}不足${k}个` : `${grade}${count}个`)).join('，')}。`,
      ],
    }
  },
}

async function rowOf(tx: Tx, head: AppraisalHead, { standing }: Pick<Known, 'standing'>): Promise<AppraisalRow> {
  const { summary, ...fields } = head
  const { head: rubric } = await rubricOf(tx, head.rubric, head.version)
  return { ...fields, ...standing(head), rubricTitle: rubric.title, subjects: summary.subjects, grades: summary.grades }
}

/** The number behind each veto that speaks of one measure, where an item shows it. */
function vetoNumbers(ir: RubricIr, result: ScoredResult): Map<string, string> {
  const found = new Map<string, string>()
  for (const { id, when } of ir.vetoes) {
    if (when.op !== 'compare' || when.left.op !== 'ref' || when.left.scope !== 'measure') continue
    const { name } = when.left
    const value = result.items.find(({ inputs }) => typeof inputs[name] === 'string')?.inputs[name]
    const measure = ir.measures[name]
    if (typeof value === 'string' && measure !== undefined) found.set(id, `${measure.label}${value}${measure.unit}`)
  }
  return found
}

/**
 * Decides the grades of a run: by threshold, lowered by ceilings, then by quotas, as its rubric says.
 * The same id again gives what was decided. Refuses: not-found (run), conflict (run decided already, objections to it under way, id used), invalid (no grades).
 */
export async function decideOn(tx: Tx, actor: Actor, order: { id: string; title: string; run: string }): Promise<AppraisalRow & { repeated: boolean }> {
  await tx.all(lockDecision, { tenantId: tx.tenant.id })
  const known = await tx.maybe(appraisalById, { tenantId: tx.tenant.id, appraisalId: order.id })
  if (known !== undefined) {
    if (known.run !== order.run)
      throw new Refusal('conflict', '这个编号已经用于另一次定级，请换一个编号。', [{ field: '/id', value: order.id, message: '编号已使用' }])
    return { ...(await rowOf(tx, known, await knownTo(tx, actor))), repeated: true }
  }
  const { run, results } = await runResults(tx, order.run)
  const decided = await tx.maybe(appraisalOfRun, { tenantId: tx.tenant.id, runId: order.run })
  if (decided !== undefined) throw new Refusal('conflict', `这次计算已经定过等次（《${decided.title}》）。要重新定级，请先重新计算。`)
  const { ir, head } = await rubricOf(tx, run.rubricId, run.version)
  await mustBeReleased(tx, head)
  if (ir.grades.length === 0) throw new Refusal('invalid', '这份细则没有等次，不能定级。', [{ field: '/run', value: order.run, message: '细则没有等次' }])
  await closeObjections(tx, order.run)
  const graded = results.map((result): Graded => ({ ...result, vetoNumbers: vetoNumbers(ir, result) }))
  const { decisions, quotas } = decide(ir, graded)
  const summary = summaryOf(ir, graded, decisions, quotas)
  const rows = results.flatMap(({ id, name, class: of, total }) => {
    const decision = decisions.get(id)
    return decision === undefined
      ? []
      : [{ subject: id, name, class: of, total, by_threshold: decision.byThreshold, grade: decision.grade, steps: decision.steps }]
  })
  const year = Number(ir.period.to.slice(0, 4))
  await tx.all(insertAppraisal, {
    tenantId: tx.tenant.id,
    id: order.id,
    title: order.title,
    year,
    run: order.run,
    authorId: tx.actorId,
    summary: JSON.stringify(summary),
  })
  await tx.all(insertGrades, { tenantId: tx.tenant.id, id: order.id, rows: JSON.stringify(rows) })
  const decision = { run: order.run, year, title: order.title, subjects: rows.length, grades: rows.map(({ subject, grade }) => `${subject} ${grade}`) }
  await leaveChange(tx, 'appraisal.decide', { kind: 'appraisal', id: order.id }, { before: null, after: decision, sensitive: ['title', 'grades'] })
  return { ...(await rowOf(tx, await tx.one(appraisalById, { tenantId: tx.tenant.id, appraisalId: order.id }), await knownTo(tx, actor))), repeated: false }
}

function summaryOf(ir: RubricIr, results: Graded[], decisions: ReadonlyMap<string, Decision>, quotas: QuotaUse[]): Summary {
  const all = [...decisions.values()]
  return {
    subjects: all.length,
    grades: ir.grades.map(({ grade }) => ({
      grade,
      threshold: all.filter((one) => one.byThreshold === grade).length,
      count: all.filter((one) => one.grade === grade).length,
    })),
    ceilings: Object.fromEntries(ir.vetoes.map(({ id }) => [id, results.filter((result) => result.vetoes.includes(id)).length])),
    quotas,
  }
}

/** Appraisals that the reader may know of, newest first. */
export async function listAppraisalRows(tx: Tx, actor: Actor): Promise<AppraisalRow[]> {
  const known = await knownTo(tx, actor)
  const rows: AppraisalRow[] = []
  for (const head of await tx.all(appraisalHeads, { tenantId: tx.tenant.id })) if (known.knows(head.id)) rows.push(await rowOf(tx, head, known))
  return rows
}

export interface GradeFilter {
  grade?: string
  class?: string
  lowered?: boolean
  q?: string
  after?: string
  limit?: number
}

/** One appraisal with its rules and the grades in the reader's scope, by total. Refuses (not-found) one that the reader was not told of. */
export async function appraisalPage(tx: Tx, actor: Actor, appraisalId: string, filter: GradeFilter) {
  const head = await tx.maybe(appraisalById, { tenantId: tx.tenant.id, appraisalId })
  const known = await knownTo(tx, actor)
  if (head === undefined || !known.knows(appraisalId)) throw new Refusal('not-found', '没有这次定级。')
  const { ir } = await rubricOf(tx, head.rubric, head.version)
  const visible = await tx.all(gradesOf, { tenantId: tx.tenant.id, appraisalId })
  const matching = visible.filter((row) => fits(row, filter))
  const start = filter.after === undefined ? 0 : matching.findIndex(({ subject }) => subject === filter.after) + 1
  if (start === 0 && filter.after !== undefined) throw badPageKey(filter.after)
  const rows = matching.slice(start, start + (filter.limit ?? PAGE))
  const { summary } = head
  return {
    appraisal: await rowOf(tx, head, known),
    rules: wordsOfGrades(ir),
    ceilings: ir.vetoes.map((veto) => ({
      label: veto.label,
      kind: veto.ceiling === null ? ('zero' as const) : ('ceiling' as const),
      effect: vetoEffect(ir, veto),
      count: summary.ceilings[veto.id] ?? 0,
    })),
    quotas: await quotaLines(tx, actor, head),
    classes: [...new Set(visible.map((row) => row.class))].map((id) => ({ id, name: className(tx.tenant, id) })),
    rows,
    next: start + rows.length < matching.length ? (rows.at(-1)?.subject ?? null) : null,
    counts: { matching: matching.length, visible: visible.length, all: summary.subjects },
  }
}

/** How the quotas were used. Small groups are shown to whoever sees the whole city. */
async function quotaLines(tx: Tx, actor: Actor, { on, asOf, summary }: AppraisalHead): Promise<QuotaLine[]> {
  const ids = summary.quotas.map(({ peers }) => peers).filter((peers) => new RegExp(uuidPattern).test(peers))
  const names = ids.length === 0 ? new Map<string, string>() : await namesOfBodies(tx, ids, on, asOf)
  const k = kOf(tx.tenant)
  return summary.quotas.map(({ eligible, given, edge = null, ...quota }) => {
    const isShown = actor.scope === 'tenant' || quota.of >= k
    const peers = quota.peers === '' ? '全部' : (names.get(quota.peers) ?? className(tx.tenant, quota.peers))
    return { ...quota, peers, ...(isShown ? { eligible, given, edge } : { eligible: null, given: null, edge: null }) }
  })
}

function fits(row: GradeRow, { grade, class: of, lowered, q }: GradeFilter): boolean {
  if (grade !== undefined && row.grade !== grade) return false
  if (of !== undefined && row.class !== of) return false
  if (lowered !== undefined && (row.grade !== row.byThreshold) !== lowered) return false
  return (q ?? '')
    .trim()
    .split(/\s+/)
    .every((word) => row.name.includes(word))
}

/** The grades of one subject that the reader was told of, newest first; none for a subject outside the reader's scope. */
export async function gradesThroughYears(tx: Tx, actor: Actor, subjectId: string) {
  const { knows } = await knownTo(tx, actor)
  return (await tx.all(gradesOfSubject, { tenantId: tx.tenant.id, subjectId })).filter(({ appraisal }) => knows(appraisal))
}
