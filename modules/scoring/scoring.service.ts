// Use cases of scores: board, distribution, one subject taken apart, export. Runs are in scoring.runs.ts, evidence in scoring.evidence.ts.
import { formatMoment } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { exportCsv } from '#modules/access/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Call } from '#server/kit/route.ts'
import { type Basis, basisLine, className, isRanked } from './scoring.basis.ts'
import { type BoardQuery, BoardRow, type ClassSpread, type ScorePage } from './scoring.contract.ts'
import { type BoardPage, pageOf, type Score, type ScoreHead } from './scoring.rules.ts'
import { bodiesById, previousResult, resultHeads, resultOf } from './scoring.sql.ts'
import { scorePage } from './scoring.tree.ts'

const PAGE = 50

/** One sentence for a subject that is not there and for one that the reader may not see. */
const unseen = () => new Refusal('not-found', '没有这个对象的得分，或者它不在您的范围内。')

function inScope(actor: Actor): (id: string) => boolean {
  if (actor.scope === 'tenant') return () => true
  const ids = new Set(actor.scope)
  return (id) => ids.has(id)
}

/** The scores that the reader may see: of a live board by scope, of a stored run by row-level security. */
async function visibleScores(tx: Tx, actor: Actor, { board, run }: Basis): Promise<ScoreHead[]> {
  if (run !== null) return tx.all(resultHeads, { tenantId: tx.tenant.id, runId: run.runId })
  const mine = inScope(actor)
  return [...(board?.scores.values() ?? [])].filter(({ id }) => mine(id))
}

/** Names of bodies on a day, as of a moment. */
export async function namesOfBodies(tx: Tx, ids: string[], on: string, asOf: string): Promise<Map<string, string>> {
  return new Map((await tx.all(bodiesById, { tenantId: tx.tenant.id, ids, on, asOf })).map(({ id, title }) => [id, title]))
}

/** One subject's score; null where there is none, or it is outside the reader's scope. */
export async function scoreOrNone(tx: Tx, actor: Actor, { board, run }: Basis, subject: string): Promise<Score | null> {
  if (!inScope(actor)(subject)) return null
  const score = run === null ? board?.scores.get(subject) : await tx.maybe(resultOf, { tenantId: tx.tenant.id, runId: run.runId, subjectId: subject })
  return score ?? null
}

/** One subject's score. Refuses not-found for what is outside the reader's scope. */
export async function visibleScore(tx: Tx, actor: Actor, basis: Basis, subject: string): Promise<Score> {
  const score = await scoreOrNone(tx, actor, basis, subject)
  if (score === null) throw unseen()
  return score
}

function orderOf(tx: Tx, basis: Basis, sort: BoardQuery['sort']): BoardQuery['sort'] {
  if (isRanked(tx.tenant, basis.rubric.head.rubricId)) return sort
  if (sort !== undefined && sort !== 'name')
    throw new Refusal('invalid', '这份细则只作画像，不按得分排序。', [{ field: '/sort', value: sort, message: '只能按名称排序' }])
  return 'name'
}

/** A page of the board. A profile's board has no ranks and is in order of names. */
export async function boardPage(tx: Tx, actor: Actor, basis: Basis, query: BoardQuery & { after?: string; limit?: number }) {
  const scores = await visibleScores(tx, actor, basis)
  const page = pageOf(scores, { ...query, sort: orderOf(tx, basis, query.sort) }, query.after, query.limit ?? PAGE)
  const { ir } = basis.rubric
  const classes = [...new Set(scores.map((score) => score.class))]
  return {
    basis: basisLine(tx.tenant, basis),
    blocks: ir.blocks.map(({ id, label }) => ({ id, name: label })),
    classes: basis.spread.classes.filter((one) => classes.includes(one.class)).map((one) => ({ id: one.class, name: className(tx.tenant, one.class) })),
    grades: ir.grades.map(({ grade }) => grade),
    rows: page.rows.map((score) => boardRow(tx, basis, score)),
    next: page.next,
    counts: { matching: page.matching, visible: scores.length, all: basis.spread.all },
  }
}

function boardRow(tx: Tx, { rubric }: Basis, { id, name, class: of, total, grade, rank, vetoes, blocks }: ScoreHead): BoardRow {
  const { ir, head } = rubric
  return {
    id,
    name,
    class: of,
    total,
    grade,
    rank: isRanked(tx.tenant, head.rubricId) ? rank : null,
    vetoes: vetoes.flatMap((veto) => ir.vetoes.find((one) => one.id === veto)?.label ?? []),
    blocks: ir.blocks.map((block) => blocks[block.id] ?? null),
  }
}

/** How totals are spread over the whole tenant. */
export function distribution(tx: Tx, { spread }: Basis): ClassSpread[] {
  return spread.classes.map((one) => ({ ...one, class: { id: one.class, name: className(tx.tenant, one.class) } }))
}

/** One subject's score taken apart, beside the same subject in the official run before. */
export async function readSubject(tx: Tx, actor: Actor, basis: Basis, subject: string): Promise<ScorePage> {
  const score = await visibleScore(tx, actor, basis, subject)
  const before = await tx.maybe(previousResult, { tenantId: tx.tenant.id, rubricId: basis.rubric.head.rubricId, subjectId: subject, before: basis.asOf })
  return scorePage(tx.tenant, basis, score, before ?? null)
}

const EXPORTED = 20_000

/** The board in the reader's scope as csv. */
export async function exportScores(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, basis: Basis, query: BoardQuery): Promise<string> {
  const { tx, actor } = call
  const page: BoardPage = pageOf(await visibleScores(tx, actor, basis), { ...query, sort: orderOf(tx, basis, query.sort) }, undefined, EXPORTED)
  const { head, ir } = basis.rubric
  const graded = ir.grades.length > 0
  return exportCsv(call, {
    name: head.title,
    action: 'scoring.export',
    object: { kind: 'rubric', id: head.rubricId },
    detail: { version: head.version, run: basis.run?.runId ?? null, on: basis.on, asOf: basis.asOf },
    origin: `${head.title}，第${head.version}版，数据日期${basis.on}，截至${formatMoment(basis.asOf)}${basis.run === null ? '（实时计算）' : '（正式计算）'}`,
    schema: BoardRow,
    rows: page.rows.map((score) => boardRow(tx, basis, score)),
    columns: [
      ...(isRanked(tx.tenant, head.rubricId) ? [{ title: '名次', cell: (row: BoardRow) => row.rank }] : []),
      { title: '名称', cell: (row) => row.name },
      { title: '类别', cell: (row) => className(tx.tenant, row.class) },
      { title: '得分', cell: (row) => row.total },
      ...(graded
        ? [
            { title: '等次', cell: (row: BoardRow) => row.grade },
            { title: '限制等次的情形', cell: (row: BoardRow) => row.vetoes.join('；') },
          ]
        : []),
      ...ir.blocks.map(({ label }, index) => ({ title: label, cell: (row: BoardRow) => row.blocks[index] ?? null })),
      { title: '编号', cell: (row) => row.id },
    ],
  })
}
