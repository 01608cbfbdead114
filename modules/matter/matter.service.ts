// Opening matters and making steps. One step of two at once wins (M3); the same id twice has one effect (M5).
import { chinaDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { oneLine } from '#modules/ledger/index.ts'
import type { Actor, HeldPost } from '#server/kit/actor.ts'
import { factsChanged } from '#server/kit/changes.ts'
import { now, today } from '#server/kit/clock.ts'
import { isPgError, type Tx } from '#server/kit/db.ts'
import type { NewMatter, NewMove, Receipt } from './matter.contract.ts'
import { begun, type Edition, moved, nameOfStep, postAbove, postFor, type Sides, type Standing, stageOf, typeOf, waitsFor } from './matter.rules.ts'
import {
  type Around,
  aroundMatter,
  bodyAbove,
  insertMatters,
  insertStep,
  type MatterState,
  matterById,
  matterToMove,
  type Opening,
  placeOf,
  type StepRow,
  stepById,
  stepsOf,
} from './matter.sql.ts'
import { calendarOf } from './matter-calendar.pack.ts'
import { isMet } from './matter-guard.rules.ts'
import type { By, Move } from './matter-kinds.contract.ts'
import { afterMove, checkForm, checkMove, deadlineGiven, editionOf, kindOf, movedFields, standingOf } from './matter-prepare.service.ts'
import { learnFrom } from './matter-terms.service.ts'

/** Who acts, and the route's `allow`, which refuses what is out of reach and says by which post the entry is. */
export interface Acting {
  tx: Tx
  actor: Actor
  allow: (action: string, bodyId?: string) => void
}

/** One sentence for a matter that is not there and for one that is not the actor's business (M8). */
export const unseen = () => new Refusal('not-found', '没有找到这件事项，或者它不在您的范围内。')
const used = (field: string, id: string) => new Refusal('conflict', '这个编号已经用过，请刷新页面后重新提交。', [{ field, value: id, message: '编号已使用' }])
const notYours = () => new Refusal('not-allowed', '这一步不由您的岗位办理。')

function canonical(fields: unknown): string {
  return JSON.stringify(Object.entries(fields as object).sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** Many matters of one kind with the same content, one for each owner; the caller has asked whether the actor may. */
export interface Batch {
  kind: Edition
  title: string
  fields: Record<string, unknown>
  askerId: string | null
  owners: readonly string[]
  /** By owner, where the caller gives ids of its own. */
  ids?: readonly string[]
  requestId?: string | null
  parentId?: string | null
  askedUntil?: Date | null
  origin?: string
  originId?: string | null
  personId: string | null
}

/** Opens a matter for each owner in one statement. @returns the ids of those opened, less owners that aren't there and ids that are taken. */
export async function openMatters(tx: Tx, batch: Batch): Promise<string[]> {
  const { kind, fields, owners } = batch
  const at = now(tx.tenant)
  const first = begun(kind, at, batch.askedUntil ?? null, calendarOf(tx.tenant))
  const opened = await tx.all(insertMatters, {
    tenantId: tx.tenant.id,
    kind: kind.id,
    hash: kind.hash,
    title: oneLine(batch.title),
    fields: JSON.stringify(fields),
    type: typeOf(kind, fields),
    askerId: batch.askerId,
    requestId: batch.requestId ?? null,
    parentId: batch.parentId ?? null,
    origin: batch.origin ?? '',
    originId: batch.originId ?? null,
    stage: first.stage,
    waitsFor: waitsFor(kind, first.stage),
    dueAt: first.dueAt?.toISOString() ?? null,
    askedUntil: first.askedUntil?.toISOString() ?? null,
    remindAt: first.remindAt?.toISOString() ?? null,
    paused: first.paused,
    madeBy: kind.opened_by,
    note: '',
    authorId: tx.actorId,
    personId: batch.personId || null,
    on: today(tx.tenant),
    at: at.toISOString(),
    matterIds: [...(batch.ids ?? owners.map(() => newId()))],
    owners: [...owners],
  } satisfies Opening)
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return opened.map(({ matterId }) => matterId)
}

/** The post by which the actor opens one, and the body that asks: the post's own, or the top of the tree for a post of the whole city. */
async function askerOf({ tx, actor, allow }: Acting, kind: Edition, bodyId: string): Promise<string | null> {
  const above = () => tx.one(bodyAbove, { bodyId, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  if (kind.opened_by === 'owner') {
    allow('matter.handle', bodyId)
    return kind.moves.some(({ by }) => by !== 'owner') ? (await above()).parentId : null
  }
  allow('matter.ask', bodyId)
  const post = postAbove(actor, 'matter.ask', bodyId)
  if (post === undefined) throw new Refusal('not-allowed', `“${kind.name}”由上级向下级交办，不能交办给自己。`)
  return post.bodyId ?? (await above()).rootId
}

/** What an opening comes to. Refuses what the actor may not open, a body that can't have it, and a form that is wrong. */
export async function openingOf(acting: Acting, kind: Edition, input: Omit<NewMatter, 'id' | 'kind'>): Promise<Batch> {
  const { tx, actor } = acting
  const askerId = await askerOf(acting, kind, input.bodyId)
  const wrong = (field: string, value: unknown, message: string) => new Refusal('invalid', message, [{ field, value, message }])
  const place = await tx.maybe(placeOf, { bodyId: input.bodyId, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  if (place === undefined) throw wrong('/bodyId', input.bodyId, '这个组织今天不存在，请换一个组织')
  if ((place.partyOrgId !== null) !== (kind.of === 'party-org'))
    throw wrong('/bodyId', input.bodyId, `“${kind.name}”由${kind.of === 'unit' ? '单位' : '党组织'}办理，请选择${kind.of === 'unit' ? '单位' : '党组织'}`)
  if (kind.of_kinds !== undefined && !kind.of_kinds.includes(place.orgKind ?? '')) throw wrong('/bodyId', input.bodyId, `“${kind.name}”不由这类党组织办理`)
  const fields = checkForm(kind, { fields: kind.form, required: kind.required ?? [] }, input.fields ?? {}, {})
  const askedUntil = deadlineGiven(input.dueAt, now(tx.tenant))
  return { kind, title: oneLine(input.title), fields, askerId, owners: [input.bodyId], parentId: input.parentId ?? null, askedUntil, personId: actor.personId }
}

/** Opens a matter under the id its maker gave it. The same again answers as the first did; the same id for something else is a conflict. */
export async function openMatter(acting: Acting, input: NewMatter): Promise<Receipt> {
  const { tx } = acting
  const kind = kindOf(tx.tenant, input.kind)
  const batch = await openingOf(acting, kind, input)
  if (input.parentId !== undefined) await mustFit(tx, kind, input.parentId)
  const [opened] = await openMatters(tx, { ...batch, ids: [input.id] })
  if (opened === undefined) return openedBefore(tx, input, canonical(batch.fields), batch.title)
  if (kind.opened_by === 'owner') await learnFrom(tx, kind, { id: input.id, ownerId: input.bodyId, title: batch.title, on: today(tx.tenant) }, batch.fields)
  await leaveEntry(tx, 'matter.open', { kind: 'matter', id: input.id }, { matterKind: kind.id, bodyId: input.bodyId })
  const { stage, dueAt } = await tx.one(matterById, { tenantId: tx.tenant.id, matterId: input.id })
  return { matterId: input.id, revision: 1, stage, dueAt, repeated: false }
}

/** A part belongs to a matter of the kind that its kind names, which is still open. */
async function mustFit(tx: Tx, kind: Edition, parentId: string): Promise<void> {
  const parent = await tx.maybe(matterById, { tenantId: tx.tenant.id, matterId: parentId })
  const wrong = (message: string) => new Refusal('invalid', message, [{ field: '/parentId', value: parentId, message }])
  if (parent === undefined) throw wrong('没有找到上级事项，或者它不在您的范围内')
  if (parent.kind !== kind.part_of) throw wrong(`“${kind.name}”不是“${(await editionOf(tx, parent)).name}”的下级事项`)
  if (parent.closedOn !== null) throw wrong('上级事项已经办结，不能再添加下级事项')
}

async function openedBefore(tx: Tx, { id, kind, bodyId }: NewMatter, fields: string, title: string): Promise<Receipt> {
  const key = { tenantId: tx.tenant.id, matterId: id }
  const matter = await tx.maybe(matterById, key)
  const [first] = matter === undefined ? [] : await tx.all(stepsOf, key)
  const same = first !== undefined && first.authorId === tx.actorId && canonical(first.fields) === fields
  if (!same || matter?.kind !== kind || matter.ownerId !== bodyId || matter.title !== title) throw used('/id', id)
  return { matterId: id, revision: 1, stage: first.to, dueAt: first.dueAt, repeated: true }
}

/** What a step is to be: whose side makes it, and what it changes. */
export interface Deed {
  by: By
  standing: Standing
  fields?: Record<string, unknown>
  person?: string | null
  outcome?: 'done' | 'dropped' | 'recalled' | 'merged' | null
  mergedInto?: string
  note: string
}

/** A matter that is held to make a step of it. */
export interface Held {
  matter: MatterState
  kind: Edition
  /** Without the doer, whom `around` knows. */
  sides: Sides
  /** Open children and parts, and who made the owner's last step; asked for where a step depends on it. */
  around: () => Promise<Around>
  at: Date
}

/** A step as it is asked for. */
export type Named = Pick<NewMove, 'moveId' | 'revision'> & { move: string; note: string; fields?: NewMove['fields'] }

/** Makes a step: holds the matter, answers what was made already, tells who came first, asks the decider, writes. */
export async function makeStep({ tx, actor }: Acting, matterId: string, named: Named, decide: (held: Held) => Promise<Deed>): Promise<Receipt> {
  const key = { tenantId: tx.tenant.id, matterId }
  const matter = await tx.maybe(matterToMove, key)
  if (matter === undefined) throw unseen()
  const kind = await editionOf(tx, matter)
  // A step that was made already has moved the matter on: its id is looked for only then. What comes after the lock sees what was committed before it.
  if (matter.revision !== named.revision) {
    const before = await tx.maybe(stepById, { tenantId: tx.tenant.id, moveId: named.moveId })
    if (before !== undefined) return stepBefore(tx, kind, matter, before, named)
    throw await overtaken(tx, kind, matter)
  }
  const at = now(tx.tenant)
  const sides = { ownerId: matter.ownerId, askerId: matter.askerId, doer: null }
  const deed = await decide({ matter, kind, sides, around: () => tx.one(aroundMatter, key), at })
  const { standing } = deed
  const outcome = deed.outcome ?? stageOf(kind, standing.stage).end ?? null
  const written = tx.one(insertStep, {
    ...key,
    revision: matter.revision,
    moveId: named.moveId,
    move: named.move,
    from: matter.stage,
    stage: standing.stage,
    fields: JSON.stringify(deed.fields ?? {}),
    note: deed.note,
    dueAt: standing.dueAt?.toISOString() ?? null,
    remindAt: standing.remindAt?.toISOString() ?? null,
    paused: standing.paused,
    leftMinutes: standing.leftMinutes,
    late: standing.late,
    overdue: standing.late && !matter.late,
    waitsFor: outcome === null ? waitsFor(kind, standing.stage) : '',
    closedOn: outcome === null ? null : chinaDate(at),
    outcome,
    mergedInto: deed.mergedInto ?? null,
    personId: deed.person === undefined ? matter.personId : deed.person,
    madeBy: deed.by,
    authorId: tx.actorId,
    authorPersonId: actor.personId || null,
    at: at.toISOString(),
  })
  const { revision } = await written.catch((error: unknown) => {
    throw isPgError(error, '23505') ? used('/moveId', named.moveId) : error
  })
  await leaveEntry(tx, 'matter.move', { kind: 'matter', id: matterId }, { move: named.move, revision, from: matter.stage, to: standing.stage })
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { matterId, revision, stage: standing.stage, dueAt: standing.dueAt?.toISOString() ?? null, repeated: false }
}

function stepBefore(tx: Tx, kind: Edition, matter: MatterState, before: StepRow, named: Named): Receipt {
  const same = before.matterId === matter.matterId && before.move === named.move && before.authorId === tx.actorId && before.note === named.note
  if (!same || canonical(before.fields) !== canonical(movedFields(kind, named.fields ?? {}))) throw used('/moveId', named.moveId)
  return { matterId: matter.matterId, revision: before.revision, stage: before.to, dueAt: before.dueAt, repeated: true }
}

/** Who moved the matter meanwhile, how, and where it stands. */
async function overtaken(tx: Tx, kind: Edition, matter: MatterState): Promise<Refusal> {
  const last = (await tx.all(stepsOf, { tenantId: tx.tenant.id, matterId: matter.matterId })).at(-1)
  const stage = stageOf(kind, matter.stage).name
  return new Refusal('conflict', `${last?.author ?? '他人'}刚办了“${nameOfStep(kind, last?.move ?? '')}”，现在是“${stage}”。请看过最新情况再办。`, [
    { field: '/revision', value: matter.revision, message: `现在是第 ${matter.revision} 步` },
  ])
}

/** The post by which the actor makes a step of a side. Refuses where none does, with the reason where it is the checker's. */
export function mustMake({ actor, allow }: Acting, by: By, sides: Sides): HeldPost {
  const post = postFor(actor, by, sides)
  if (post === undefined) {
    if (by === 'checker' && sides.doer === actor.personId && postFor(actor, by, { ...sides, doer: null }) !== undefined)
      throw new Refusal('not-allowed', '这件事项上一步是您办的，要由另一位同志复查。')
    throw notYours()
  }
  allow(by === 'owner' ? 'matter.handle' : by === 'asker' ? 'matter.ask' : 'matter.check', by === 'asker' ? (sides.askerId ?? sides.ownerId) : sides.ownerId)
  return post
}

/** Refuses what is closed. */
export function mustBeOpen({ closedOn }: MatterState): void {
  if (closedOn !== null) throw new Refusal('conflict', '事项已经办结，不能再办。')
}

/** Makes a move of the kind. Refuses: not-found, conflict (moved meanwhile, closed, elsewhere), not-allowed, invalid (form, guard). */
export async function moveMatter(acting: Acting, matterId: string, input: NewMove): Promise<Receipt> {
  const note = oneLine(input.note ?? '')
  return makeStep(acting, matterId, { moveId: input.moveId, revision: input.revision, move: input.move, note, fields: input.fields ?? {} }, async (held) => {
    const { matter, kind, sides, at } = held
    const move = kind.moves.find(({ id }) => id === input.move)
    if (move === undefined)
      throw new Refusal('invalid', `“${kind.name}”没有这一步，请刷新页面。`, [{ field: '/move', value: input.move, message: '没有这一步' }])
    // Most steps don't depend on what is around the matter.
    const isPlain = move.by !== 'checker' && move.guard === undefined && stageOf(kind, move.to).end !== 'done'
    const around = isPlain ? { childrenOpen: 0, partsOpen: 0, doer: null } : await held.around()
    mustMake(acting, move.by, { ...sides, doer: around.doer })
    if (!move.from.includes(matter.stage)) {
      const stage = stageOf(kind, matter.stage).name
      throw new Refusal('conflict', `事项现在是“${stage}”，不能办“${move.name}”。请看过最新情况再办。`, [
        { field: '/move', value: input.move, message: `现在是“${stage}”` },
      ])
    }
    mustBeOpen(matter)
    if (move.note === 'required' && note.length < 2)
      throw new Refusal('invalid', `“${move.name}”要写明原因。`, [{ field: '/note', value: note, message: '请写明原因' }])
    if (move.note === undefined && note !== '')
      throw new Refusal('invalid', `“${move.name}”不用填写说明。`, [{ field: '/note', value: note, message: '请去掉' }])
    const fields = checkMove(kind, { fields: move.form ?? [], required: move.required ?? [] }, input.fields ?? {}, matter.fields)
    const after = afterMove(matter.fields, fields)
    mustMeet(move, held, around.childrenOpen, after)
    if (around.partsOpen > 0 && stageOf(kind, move.to).end === 'done')
      throw new Refusal('conflict', `分解出去的还有 ${around.partsOpen} 件没有办结，都办结后再办“${move.name}”。`)
    const standing = moved(kind, standingOf(matter), move.to, at, calendarOf(acting.tx.tenant))
    if (move.by === 'owner')
      await learnFrom(acting.tx, kind, { id: input.moveId, ownerId: matter.ownerId, title: matter.title, on: chinaDate(at) }, afterMove(fields, {}))
    if (move.starts !== undefined) await start(acting, held, move.starts, after)
    return { by: move.by, standing, fields, note }
  })
}

function mustMeet(move: Move, { matter, kind, at }: Held, childrenOpen: number, fields: Record<string, unknown>): void {
  if (move.guard === undefined) return
  const standing = standingOf(matter)
  const late = standing.late || (standing.dueAt !== null && at > standing.dueAt)
  const around = { today: chinaDate(at), due: standing.dueAt === null ? null : chinaDate(standing.dueAt), late, children_open: childrenOpen }
  if (!isMet(move.guard.when, kind, fields, around)) throw new Refusal('conflict', move.guard.refusal)
}

/** Opens the matter that a move starts, for the same body; what the two kinds call alike goes with it. */
async function start({ tx, actor }: Acting, { matter }: Held, { kind: id, title }: NonNullable<Move['starts']>, there: Record<string, unknown>): Promise<void> {
  const kind = kindOf(tx.tenant, id)
  const fields = Object.fromEntries(Object.entries(there).filter(([name]) => kind.form.includes(name)))
  const parentId = kind.part_of === matter.kind ? matter.matterId : null
  const origin = { origin: 'matter', originId: matter.matterId }
  const [opened] = await openMatters(tx, {
    ...{ kind, title: title ?? matter.title, fields, askerId: matter.askerId, owners: [matter.ownerId], parentId, ...origin, personId: actor.personId },
  })
  if (opened !== undefined)
    await leaveEntry(tx, 'matter.open', { kind: 'matter', id: opened }, { matterKind: id, bodyId: matter.ownerId, from: matter.matterId })
}
