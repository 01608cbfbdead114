// Objections through their states. Whoever acts holds the run's objections while looking and writing: of two at once the second is told
// what has happened. Every deed has a client-made id; the same twice acts once.
import { formatDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { workingDaysAfter } from '#base/working-days.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { keepFile, type Looked, recordsOf } from '#modules/ledger/index.ts'
import { rubricOf } from '#modules/rubric/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import { isPgError, type Tx } from '#server/kit/db.ts'
import type { FileStore } from '#server/kit/files.ts'
import { partOf } from '#server/kit/pack.ts'
import { type ScoringPack, scoringPack } from '../scoring.pack.ts'
import { itemsOf } from '../scoring.rules.ts'
import { storeRun } from '../scoring.runs.ts'
import { type RunHead, resultOf, runById } from '../scoring.sql.ts'
import type { Attachment, ObjectionReceipt, Period, State, Target } from './objection.contract.ts'
import { stateNames, takesFiles } from './objection.rules.ts'
import {
  actById,
  closeUpheld,
  endPeriod,
  insertAct,
  insertObjection,
  insertPeriod,
  ledTo,
  lockRun,
  moveObjection,
  type Objection,
  objectionById,
  openOnTarget,
  type PeriodRow,
  periodOf,
  standingOfRun,
} from './objection.sql.ts'

type Allow = (action: string, bodyId?: string) => void

/** One sentence for an objection that is not there and for one outside the actor's scope. */
export const unseen = () => new Refusal('not-found', '没有这条异议，或者它不在您的范围内。')
const used = (id: string) => new Refusal('conflict', '这个编号已经用过，请换一个编号。', [{ field: '/id', value: id, message: '编号已使用' }])

/** The pack's working days. */
export function daysOf({ tenant }: Pick<Tx, 'tenant'>): ScoringPack['objections'] {
  return partOf(tenant, scoringPack).objections
}

const dueIn = (tx: Tx, days: number): string => workingDaysAfter(today(tx.tenant), days)

/** Whether one may object on a day. */
export function standsAt({ from, until, endedAt }: PeriodRow, day: string): Period {
  return { from, until, ended: endedAt !== null, running: endedAt === null && day <= until }
}

async function runOf(tx: Tx, runId: string): Promise<RunHead> {
  const run = await tx.maybe(runById, { tenantId: tx.tenant.id, runId })
  if (run === undefined) throw new Refusal('not-found', '没有这次计算。')
  return run
}

/** Opens a run to objections. The same again gives the period there is. Refuses: not-found, conflict (what was decided on it has closed it). */
export async function openToObjections(tx: Tx, runId: string): Promise<{ period: Period; repeated: boolean }> {
  await runOf(tx, runId)
  await tx.all(lockRun, { runId })
  const day = today(tx.tenant)
  const known = await tx.maybe(periodOf, { tenantId: tx.tenant.id, runId })
  if (known?.endedAt != null) throw new Refusal('conflict', '这次计算已经定级，不再征求异议。要重新征求，请先重新计算。')
  if (known !== undefined) return { period: standsAt(known, day), repeated: true }
  const until = dueIn(tx, daysOf(tx).raise_days)
  await tx.all(insertPeriod, { tenantId: tx.tenant.id, runId, from: day, until, by: tx.actorId, at: now(tx.tenant).toISOString(), endedAt: null })
  await leaveEntry(tx, 'objection.open', { kind: 'run', id: runId }, { from: day, until })
  return { period: { from: day, until, ended: false, running: true }, repeated: false }
}

export interface Raising {
  id: string
  run: string
  subject: string
  target: Target
  reason: string
  records: string[]
}

/** Raises an objection. Refuses: not-found (subject, run, score), not-allowed, conflict (no period, one under way, id used), invalid (target, records). */
export async function raise(tx: Tx, actor: Actor, allow: Allow, given: Raising): Promise<{ objection: string; repeated: boolean }> {
  allow('objection.raise', given.subject)
  await tx.all(lockRun, { runId: given.run })
  const known = await tx.maybe(objectionById, { tenantId: tx.tenant.id, objectionId: given.id })
  if (known !== undefined) {
    if (!isSame(known, actor, given)) throw used(given.id)
    return { objection: given.id, repeated: true }
  }
  const run = await runOf(tx, given.run)
  await mustBeRunning(tx, given.run)
  const label = await labelOf(tx, run, given)
  const visible = await recordsOf(tx, given.records, now(tx.tenant).toISOString())
  if (visible.length !== new Set(given.records).size)
    throw new Refusal('invalid', '有的佐证记录没有找到，或者不在您的范围内，请重新选。', [{ field: '/records', message: '有的记录没有找到' }])
  const { kind, id: targetId } = given.target
  if ((await tx.maybe(openOnTarget, { tenantId: tx.tenant.id, runId: given.run, subjectId: given.subject, kind, id: targetId })) !== undefined)
    throw new Refusal('conflict', '对这一项已经提出过异议，正在办理，请等候答复。')
  const at = now(tx.tenant).toISOString()
  const inserted = tx.all(insertObjection, {
    tenantId: tx.tenant.id,
    objectionId: given.id,
    runId: given.run,
    subjectId: given.subject,
    kind,
    targetId,
    label,
    reason: given.reason,
    records: JSON.stringify([...new Set(given.records)]),
    dueOn: dueIn(tx, daysOf(tx).accept_days),
    by: actor.accountId,
    at,
  })
  await inserted.catch((error: unknown) => {
    throw isPgError(error, '23505') ? used(given.id) : error
  })
  await note(tx, actor, { actId: newId(), objectionId: given.id, subjectId: given.subject, act: 'raise', text: '', at })
  await leaveEntry(tx, 'objection.raise', { kind: 'objection', id: given.id }, { run: given.run, subject: given.subject, target: targetId })
  return { objection: given.id, repeated: false }
}

function isSame(known: Objection, actor: Actor, { run, subject, target, reason }: Raising): boolean {
  return (
    known.runId === run &&
    known.subjectId === subject &&
    known.targetKind === target.kind &&
    known.targetId === target.id &&
    known.reason === reason &&
    known.raisedBy === actor.accountId
  )
}

async function mustBeRunning(tx: Tx, runId: string): Promise<void> {
  const period = await tx.maybe(periodOf, { tenantId: tx.tenant.id, runId })
  if (period === undefined) throw new Refusal('conflict', '这次计算还没有公布征求异议，暂时不能提出。')
  const { ended, running, until } = standsAt(period, today(tx.tenant))
  if (ended) throw new Refusal('conflict', '这次计算已经定级，不再接收异议。')
  if (!running) throw new Refusal('conflict', `异议期到${formatDate(until)}为止，已经过了。有问题请直接向市直工委反映。`)
}

/** The name of what is objected to, as the run's own version has it. */
async function labelOf(tx: Tx, run: RunHead, { subject, target }: Raising): Promise<string> {
  const score = await tx.maybe(resultOf, { tenantId: tx.tenant.id, runId: run.runId, subjectId: subject })
  if (score === undefined) throw new Refusal('not-found', '没有这个对象的得分，或者它不在您的范围内。')
  const { ir } = await rubricOf(tx, run.rubricId, run.version)
  const blocks = [...ir.blocks]
  for (const block of blocks) blocks.push(...block.blocks)
  const label =
    target.kind === 'block'
      ? blocks.find(({ id }) => id === target.id)?.label
      : itemsOf(score).some(({ id }) => id === target.id)
        ? ir.items[target.id]?.label
        : undefined
  if (label === undefined) throw new Refusal('invalid', '这个得分里没有这一项，请重新选。', [{ field: '/target', value: target.id, message: '没有这一项' }])
  return label
}

/** Adds a file as evidence, by whoever may object for the subject, while it is not decided. Refuses: not-found, not-allowed, conflict (decided), invalid (too many). */
export async function attachFile(tx: Tx, allow: Allow, files: FileStore, objectionId: string, looked: Looked): Promise<Attachment> {
  const found = await tx.maybe(objectionById, { tenantId: tx.tenant.id, objectionId })
  if (found === undefined) throw unseen()
  allow('objection.raise', found.subjectId)
  await tx.all(lockRun, { runId: found.runId })
  // Whoever held it before may have decided meanwhile.
  const { state, subjectId } = await tx.one(objectionById, { tenantId: tx.tenant.id, objectionId })
  if (!takesFiles(state)) throw new Refusal('conflict', `这条异议现在是“${stateNames[state]}”，不能再附文件。`)
  return keepFile(tx, files, { kind: 'objection', id: objectionId, ownerId: subjectId }, looked)
}

interface Noted {
  actId: string
  objectionId: string
  subjectId: string
  act: string
  text: string
  /** The run that was made because of it. */
  runId?: string
  at: string
}

async function note(tx: Tx, actor: Actor, noted: Noted): Promise<void> {
  const written = tx.all(insertAct, { ...noted, runId: noted.runId ?? null, tenantId: tx.tenant.id, accountId: actor.accountId, post: tx.origin?.post ?? '' })
  await written.catch((error: unknown) => {
    throw isPgError(error, '23505') ? used(noted.actId) : error
  })
}

interface Deed {
  /** The client's id of the deed. */
  id: string
  objection: string
  /** By which action of the pack. */
  action: 'objection.raise' | 'objection.decide'
  from: readonly State[]
  to: State
  act: 'accept' | 'uphold' | 'reject' | 'withdraw'
  text: string
  /** Working days for what comes next; null: it is closed. */
  days: number | null
}

/** Moves an objection on. Refuses: not-found, not-allowed, conflict (it stands elsewhere by now, id used). */
async function act(tx: Tx, actor: Actor, allow: Allow, deed: Deed): Promise<ObjectionReceipt> {
  const found = await tx.maybe(objectionById, { tenantId: tx.tenant.id, objectionId: deed.objection })
  if (found === undefined) throw unseen()
  allow(deed.action, found.subjectId)
  await tx.all(lockRun, { runId: found.runId })
  // Whoever held it before may have acted meanwhile.
  const objection = await tx.one(objectionById, { tenantId: tx.tenant.id, objectionId: deed.objection })
  const known = await tx.maybe(actById, { tenantId: tx.tenant.id, actId: deed.id })
  if (known !== undefined) {
    if (known.objectionId !== deed.objection || known.act !== deed.act || known.accountId !== actor.accountId) throw used(deed.id)
    return { objection: deed.objection, state: objection.state, repeated: true }
  }
  if (!deed.from.includes(objection.state)) {
    const first = deed.from[0] === 'accepted' && objection.state === 'raised' ? '请先受理。' : '可能刚有人办过，请刷新页面再看。'
    throw new Refusal('conflict', `这条异议现在是“${stateNames[objection.state]}”，${first}`)
  }
  const at = now(tx.tenant).toISOString()
  const dueOn = deed.days === null ? null : dueIn(tx, deed.days)
  await tx.all(moveObjection, { tenantId: tx.tenant.id, objectionId: deed.objection, state: deed.to, dueOn, at })
  await note(tx, actor, { actId: deed.id, objectionId: deed.objection, subjectId: objection.subjectId, act: deed.act, text: deed.text, at })
  await leaveEntry(tx, `objection.${deed.act}`, { kind: 'objection', id: deed.objection }, { run: objection.runId, subject: objection.subjectId })
  return { objection: deed.objection, state: deed.to, repeated: false }
}

/** Takes an objection up. */
export function accept(tx: Tx, actor: Actor, allow: Allow, objection: string, id: string): Promise<ObjectionReceipt> {
  const days = daysOf(tx).decide_days
  return act(tx, actor, allow, { id, objection, action: 'objection.decide', from: ['raised'], to: 'accepted', act: 'accept', text: '', days })
}

/** Upholds or rejects one that was taken up, with the answer that its unit reads. */
export function decide(
  tx: Tx,
  actor: Actor,
  allow: Allow,
  objection: string,
  { id, upheld, answer }: { id: string; upheld: boolean; answer: string },
): Promise<ObjectionReceipt> {
  const days = upheld ? daysOf(tx).recompute_days : null
  const [to, verb] = upheld ? (['upheld', 'uphold'] as const) : (['rejected', 'reject'] as const)
  return act(tx, actor, allow, { id, objection, action: 'objection.decide', from: ['accepted'], to, act: verb, text: answer, days })
}

/** Takes back one that is not decided. */
export function withdraw(tx: Tx, actor: Actor, allow: Allow, objection: string, { id, reason }: { id: string; reason: string }): Promise<ObjectionReceipt> {
  return act(tx, actor, allow, {
    id,
    objection,
    action: 'objection.raise',
    from: ['raised', 'accepted'],
    to: 'withdrawn',
    act: 'withdraw',
    text: reason,
    days: null,
  })
}

/**
 * Runs the version of a run anew for the same day, as of `frozen`, because objections to it were upheld: every one of them is closed with it.
 * The run's id is the client's: the same twice makes one. Refuses: not-found, conflict (nothing upheld that waits, id used).
 */
export async function recompute(
  tx: Tx,
  actor: Actor,
  runId: string,
  id: string,
  frozen: string,
): Promise<{ run: string; objections: number; repeated: boolean }> {
  const before = await runOf(tx, runId)
  await tx.all(lockRun, { runId })
  const known = await tx.one(ledTo, { tenantId: tx.tenant.id, runId, newRunId: id })
  if (known.count > 0) return { run: id, objections: known.count, repeated: true }
  if ((await tx.maybe(runById, { tenantId: tx.tenant.id, runId: id })) !== undefined) throw used(id)
  const { rubricId: rubric, version, on } = before
  await storeRun(tx, { id, rubric, version, on }, frozen)
  const at = now(tx.tenant).toISOString()
  const closed = await tx.all(closeUpheld, { tenantId: tx.tenant.id, runId, at })
  if (closed.length === 0) throw new Refusal('conflict', '这次计算没有成立而等待重算的异议，可能刚有人算过，请刷新页面再看。')
  for (const { objectionId, subjectId } of closed) await note(tx, actor, { actId: newId(), objectionId, subjectId, act: 'recompute', text: '', runId: id, at })
  await leaveEntry(tx, 'objection.recompute', { kind: 'run', id }, { instead: runId, objections: closed.map(({ objectionId }) => objectionId) })
  return { run: id, objections: closed.length, repeated: false }
}

/**
 * For whoever decides on a run, in the same transaction: refuses (conflict) while it is open to objections, while one is not closed, or when
 * an upheld one has led to another run; else no objection to it is taken any more.
 */
export async function closeObjections(tx: Tx, runId: string): Promise<void> {
  await tx.all(lockRun, { runId })
  const [period, { open, recomputed }] = [
    await tx.maybe(periodOf, { tenantId: tx.tenant.id, runId }),
    await tx.one(standingOfRun, { tenantId: tx.tenant.id, runId }),
  ]
  if (open > 0) throw new Refusal('conflict', `这次计算还有 ${open} 条异议没有办结，办结后再定级。`)
  if (recomputed > 0) throw new Refusal('conflict', '这次计算有异议成立，已经重新计算过，请在新的一次计算上定级。')
  const day = today(tx.tenant)
  if (period !== undefined && standsAt(period, day).running)
    throw new Refusal('conflict', `这次计算正在征求异议，到${formatDate(period.until)}期满，期满后再定级。`)
  const at = now(tx.tenant).toISOString()
  if (period !== undefined) await tx.all(endPeriod, { tenantId: tx.tenant.id, runId, at })
  else await tx.all(insertPeriod, { tenantId: tx.tenant.id, runId, from: day, until: day, by: tx.actorId, at, endedAt: at })
}
