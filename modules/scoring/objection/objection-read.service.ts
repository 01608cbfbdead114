// Objections as they are read: list, export, one with its score before and after, the workbench, the search.
import { addDays } from '#base/dates.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey } from '#base/page-key.ts'
import { explainTotal } from '#engine/index.ts'
import { exportCsv, mayDo, postName } from '#modules/access/index.ts'
import { filesOf, recordsOf } from '#modules/ledger/index.ts'
import { rubricOf } from '#modules/rubric/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Call } from '#server/kit/route.ts'
import { isRanked } from '../scoring.basis.ts'
import { itemsOf } from '../scoring.rules.ts'
import { resultOf, runById } from '../scoring.sql.ts'
import { arithmeticOf } from '../scoring.tree.ts'
import { type ObjectionFilter, type ObjectionPage, ObjectionRow, type Period, type Standing } from './objection.contract.ts'
import { deedsAt, isOpen, openStates, stateNames, takesFiles } from './objection.rules.ts'
import { daysOf, standsAt, unseen } from './objection.service.ts'
import { actsOf, countObjections, type Filter, type Objection, objectionById, pageOfObjections, periodOf, runningPeriods } from './objection.sql.ts'

const PAGE = 30
const COUNTED = 1000
const EXPORTED = 20_000

function rowOf(tx: Tx, given: Objection): ObjectionRow {
  const {
    objectionId: id,
    runId: run,
    rubricId: rubric,
    title,
    subjectId: subject,
    name,
    targetKind,
    targetId,
    label,
    state,
    dueOn,
    raisedAt,
    changedAt,
  } = given
  const late = dueOn !== null && dueOn < today(tx.tenant)
  return { id, run, rubric, title, subject, name, target: { kind: targetKind, id: targetId }, label, state, due: dueOn, late, raisedAt, changedAt }
}

function filterOf(tx: Tx, { state, rubric, run, q }: ObjectionFilter): Filter {
  const words = (q ?? '').split(/\s+/).filter((word) => word !== '')
  const states = state === undefined ? null : state === 'open' ? openStates : [state]
  return { tenantId: tx.tenant.id, states, rubricId: rubric ?? null, runId: run ?? null, words }
}

function keyOf(after: string | undefined): { at: string; id: string } | null {
  if (after === undefined) return null
  const [at = '', id = ''] = after.split('_')
  if (Number.isNaN(Date.parse(at)) || !new RegExp(uuidPattern).test(id)) throw badPageKey(after)
  return { at, id }
}

/** A page of objections in the reader's scope; the total comes with the first page only. */
export async function objectionsPage(tx: Tx, given: ObjectionFilter & { after?: string; limit?: number }) {
  const filter = filterOf(tx, given)
  const limit = given.limit ?? PAGE
  const after = keyOf(given.after)
  const found = await tx.all(pageOfObjections, { ...filter, after, limit: limit + 1 })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const hasMore = found.length > limit && last !== undefined
  const { count } = after === null && hasMore ? await tx.one(countObjections, { ...filter, most: COUNTED + 1 }) : { count: rows.length }
  return {
    rows: rows.map((row) => rowOf(tx, row)),
    next: hasMore ? `${last.changedAt}_${last.objectionId}` : null,
    total: after === null ? { count: Math.min(count, COUNTED), capped: count > COUNTED } : null,
  }
}

/** The filtered objections as csv. */
export async function exportFound(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, given: ObjectionFilter): Promise<string> {
  const { tx } = call
  const found = await tx.all(pageOfObjections, { ...filterOf(tx, given), after: null, limit: EXPORTED })
  return exportCsv(call, {
    name: '异议',
    action: 'objection.export',
    object: { kind: 'objection-list', id: given.state ?? 'all' },
    detail: { filter: given },
    schema: ObjectionRow,
    rows: found.map((row) => ({ ...rowOf(tx, row), reason: row.reason, answer: row.answer })),
    columns: [
      { title: '细则', cell: (row) => row.title },
      { title: '单位或党组织', cell: (row) => row.name },
      { title: '哪一项', cell: (row) => row.label },
      { title: '状态', cell: (row) => stateNames[row.state] },
      { title: '理由', cell: (row) => row.reason },
      { title: '答复', cell: (row) => row.answer },
      { title: '时限', cell: (row) => row.due },
      { title: '提出时间', cell: (row) => row.raisedAt },
      { title: '编号', cell: (row) => row.id },
    ],
  })
}

/** The subject's standing in a run, as far as the objection is about it; null where the run has none that the reader may see. */
async function standingIn(tx: Tx, { subjectId, targetKind, targetId }: Objection, runId: string): Promise<Standing | null> {
  const [run, score] = [await tx.maybe(runById, { tenantId: tx.tenant.id, runId }), await tx.maybe(resultOf, { tenantId: tx.tenant.id, runId, subjectId })]
  if (run === undefined || score === undefined) return null
  const { ir } = await rubricOf(tx, run.rubricId, run.version)
  const { total, grade } = score
  const items = itemsOf(score)
  const whole = { run: runId, on: run.on, asOf: run.asOf, total, grade, rank: isRanked(tx.tenant, run.rubricId) ? score.rank : null }
  if (targetKind === 'block') {
    const { points = null, worth = null, sentence = '' } = explainTotal(ir, { items, vetoes: score.vetoes, blocks: score.blocks }).blocks.get(targetId) ?? {}
    return { ...whole, points, max: worth, arithmetic: sentence }
  }
  const item = items.find(({ id }) => id === targetId)
  return { ...whole, points: item?.points ?? null, max: item?.max ?? null, arithmetic: item === undefined ? '' : arithmeticOf(ir, item, score.vetoes) }
}

/** One objection. Refuses not-found for what is outside the reader's scope. */
export async function objectionPage(tx: Tx, actor: Actor, objectionId: string): Promise<ObjectionPage> {
  const found = await tx.maybe(objectionById, { tenantId: tx.tenant.id, objectionId })
  const before = found === undefined ? null : await standingIn(tx, found, found.runId)
  if (found === undefined || before === null) throw unseen()
  const records = await recordsOf(tx, found.records, now(tx.tenant).toISOString())
  const acts = await tx.all(actsOf, { tenantId: tx.tenant.id, objectionId })
  const may = { raise: mayDo(actor, 'objection.raise', found.subjectId), decide: mayDo(actor, 'objection.decide', found.subjectId) }
  return {
    objection: rowOf(tx, found),
    reason: found.reason,
    answer: found.answer,
    records: records.map(({ recordId, title, happenedOn, bodyName }) => ({ record: recordId, title, on: happenedOn, body: bodyName })),
    given: found.records.length,
    files: await filesOf(tx, objectionId),
    mayAttach: may.raise && takesFiles(found.state),
    startedBy: { author: found.runBy },
    before,
    after: found.newRunId === null ? null : await standingIn(tx, found, found.newRunId),
    acts: acts.map(({ act, text, post, by, doneAt }) => ({ act, text, post: postName(tx.tenant, post), author: by, at: doneAt })),
    deeds: deedsAt(found.state, may),
  }
}

/** Whether one may object to a run. */
export async function periodPage(tx: Tx, runId: string): Promise<{ period: Period | null; days: number }> {
  const period = await tx.maybe(periodOf, { tenantId: tx.tenant.id, runId })
  return { period: period === undefined ? null : standsAt(period, today(tx.tenant)), days: daysOf(tx).raise_days }
}

/** Something to do, as the workbench shows it. */
interface Todo {
  id: string
  title: string
  kind: string
  due: string | null
  minutes: number
  href: string
  state: 'open' | 'started' | 'waiting'
}

/** How long an answer is told of on the workbench. */
const TOLD_DAYS = 7
const verbs: Partial<Record<Objection['state'], [string, number]>> = { raised: ['受理异议', 3], accepted: ['答复异议', 20], upheld: ['重新计算', 5] }

/** The desk's part: what waits for it. A unit's: scores to look through, its own objections under way, and their answers. */
export async function objectionTodo(tx: Tx, actor: Actor): Promise<Todo[]> {
  const [raises, decides] = [mayDo(actor, 'objection.raise'), mayDo(actor, 'objection.decide')]
  if (!raises && !decides) return []
  const filter = { tenantId: tx.tenant.id, rubricId: null, runId: null, words: [], after: null, limit: 20 }
  const found = await tx.all(pageOfObjections, { ...filter, states: decides ? openStates : null })
  const about = ({ name, label }: Objection): string => `${name}对“${label}”的异议`
  const told = addDays(today(tx.tenant), -TOLD_DAYS)
  const lines = found.flatMap((one): Todo[] => {
    const base = { id: `objection.${one.objectionId}`, kind: '异议', href: `/scoring/objections/${one.objectionId}` }
    const [verb, minutes] = verbs[one.state] ?? ['', 0]
    if (decides && mayDo(actor, 'objection.decide', one.subjectId))
      return [{ ...base, title: `${verb}：${about(one)}`, due: one.dueOn, minutes, state: one.state === 'raised' ? 'open' : 'started' }]
    if (isOpen(one.state)) return [{ ...base, title: `${about(one)}：${stateNames[one.state]}，等候办理`, due: one.dueOn, minutes: 1, state: 'waiting' }]
    if (one.state === 'withdrawn' || one.changedAt.slice(0, 10) < told) return []
    return [{ ...base, title: `看答复：${about(one)}，${stateNames[one.state]}`, due: null, minutes: 2, state: 'open' }]
  })
  if (!raises) return lines
  const periods = await tx.all(runningPeriods, { tenantId: tx.tenant.id, on: today(tx.tenant) })
  return [
    ...lines,
    ...periods.map(
      ({ runId, rubricId, title, until }): Todo => ({
        id: `objection.period.${runId}`,
        title: `核对得分：《${title}》，有不同意见的提出异议`,
        kind: '异议',
        due: until,
        minutes: 10,
        href: `/scoring/${rubricId}?run=${runId}`,
        state: 'open',
      }),
    ),
  ]
}

/** Objections whose unit or item holds the text, in the reader's scope. */
export async function findObjections(tx: Tx, text: string, most: number): Promise<{ id: string; label: string; detail: string; href: string }[]> {
  const { rows } = await objectionsPage(tx, { q: text, limit: most })
  return rows.map(({ id, name, label, title, state }) => ({
    id,
    label: `${name}：${label}`,
    detail: `${title} ${stateNames[state]}`,
    href: `/scoring/objections/${id}`,
  }))
}
