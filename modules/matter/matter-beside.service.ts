// What is done to a matter beside its kind's moves: given to a person, extended, commented, linked to records.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { oneLine } from '#modules/ledger/index.ts'
import { bodiesUnder } from '#modules/org/index.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Receipt } from './matter.contract.ts'
import { type Edition, postFor, reminderOf, type Sides, stageOf } from './matter.rules.ts'
import { type Acting, type Held, makeStep, mustBeOpen, mustMake, unseen } from './matter.service.ts'
import { aroundMatter, type MatterState, matterById, type StepRow, stepsOf } from './matter.sql.ts'
import { calendarOf } from './matter-calendar.pack.ts'
import { extendedOf } from './matter-clock.rules.ts'
import { commentById, deleteLink, insertComment, insertLink, personOf, recordThere } from './matter-list.sql.ts'
import { standingOf } from './matter-prepare.service.ts'

/** Gives the matter to a person of the owner, or back to nobody. */
export function assignMatter(acting: Acting, matterId: string, input: { moveId: string; revision: number; personId: string | null }): Promise<Receipt> {
  const { tx } = acting
  const note = input.personId ?? ''
  return makeStep(acting, matterId, { moveId: input.moveId, revision: input.revision, move: 'assign', note }, async ({ matter, sides }) => {
    mustMake(acting, 'owner', sides)
    mustBeOpen(matter)
    if (input.personId !== null) await mustBeTheirs(tx, matter.ownerId, input.personId)
    return { by: 'owner', standing: standingOf(matter), person: input.personId, note }
  })
}

async function mustBeTheirs(tx: Tx, ownerId: string, personId: string): Promise<void> {
  const bodies = await bodiesUnder(tx, ownerId)
  const { found } = await tx.one(personOf, { personId, ownerId, bodies, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  if (!found) throw new Refusal('invalid', '只能交给承办组织里的人。', [{ field: '/personId', value: personId, message: '不是承办组织的人' }])
}

/** Extensions of the stage that a matter stands at: how many were granted, and whether one waits for an answer. */
export function extensionsOf(steps: readonly Pick<StepRow, 'move' | 'from' | 'to'>[]): { granted: number; asked: boolean } {
  const since = steps.slice(steps.findLastIndex(({ from, to }) => from !== to) + 1).map(({ move }) => move)
  const last = since.findLast((move) => move.startsWith('extend-'))
  return { granted: since.filter((move) => move === 'extend-grant').length, asked: last === 'extend-ask' }
}

/** Why no more time can be asked for; undefined where it can. */
export function noExtension(kind: Edition, matter: Pick<MatterState, 'stage' | 'dueAt' | 'closedOn'>, steps: readonly StepRow[], at: Date): string | undefined {
  const { clock, name } = stageOf(kind, matter.stage)
  const { granted, asked } = extensionsOf(steps)
  if (matter.closedOn !== null) return '事项已经办结，不能再延期。'
  if (clock?.extend === undefined || matter.dueAt === null) return `“${name}”不能延期。`
  if (asked) return '已经申请延期，请等答复。'
  if (granted >= clock.extend.times) return `“${name}”最多延期 ${clock.extend.times} 次，已经用完。`
  if (at > new Date(matter.dueAt)) return '期限已过，延期要在期限之前申请。'
  return undefined
}

/** The owner asks for more time before the deadline (M6); the asker grants or refuses it. */
export function extendMatter(
  acting: Acting,
  matterId: string,
  input: { moveId: string; revision: number; act: 'ask' | 'grant' | 'refuse'; note: string },
): Promise<Receipt> {
  const { tx } = acting
  const note = oneLine(input.note)
  return makeStep(
    acting,
    matterId,
    { moveId: input.moveId, revision: input.revision, move: `extend-${input.act}`, note },
    async ({ matter, kind, sides, at }: Held) => {
      const by = input.act === 'ask' ? 'owner' : 'asker'
      mustMake(acting, by, sides)
      mustBeOpen(matter)
      const steps = await tx.all(stepsOf, { tenantId: tx.tenant.id, matterId })
      const standing = standingOf(matter)
      if (input.act === 'ask') {
        const why = noExtension(kind, matter, steps, at)
        if (why !== undefined) throw new Refusal('conflict', why)
        return { by, standing, note }
      }
      if (!extensionsOf(steps).asked) throw new Refusal('conflict', '没有等待答复的延期申请，可能刚有人答复过。')
      const stage = stageOf(kind, matter.stage)
      if (input.act === 'refuse' || stage.clock === undefined || standing.dueAt === null) return { by, standing, note }
      const works = calendarOf(tx.tenant)
      const dueAt = extendedOf(stage.clock, standing.dueAt, works)
      return { by, standing: { ...standing, dueAt, remindAt: reminderOf(stage, at, dueAt, works) }, note }
    },
  )
}

async function seen(tx: Tx, matterId: string): Promise<{ matter: MatterState; sides: Sides }> {
  const key = { tenantId: tx.tenant.id, matterId }
  const matter = await tx.maybe(matterById, key)
  if (matter === undefined) throw unseen()
  const { doer } = await tx.one(aroundMatter, key)
  return { matter, sides: { ownerId: matter.ownerId, askerId: matter.askerId, doer } }
}

/** True for whoever has a part in the matter. */
export function maySpeak({ actor }: Pick<Acting, 'actor'>, sides: Sides): boolean {
  return (['owner', 'asker', 'checker'] as const).some((by) => postFor(actor, by, { ...sides, doer: null }) !== undefined)
}

/** Adds a comment; the same id twice has one effect. */
export async function commentMatter(acting: Acting, matterId: string, input: { id: string; text: string }): Promise<{ id: string }> {
  const { tx } = acting
  const { matter, sides } = await seen(tx, matterId)
  if (!maySpeak(acting, sides)) throw new Refusal('not-allowed', '您的岗位不办理这件事项，不能留言。')
  const { ownerId, askerId } = matter
  const text = oneLine(input.text)
  const added = await tx.maybe(insertComment, {
    tenantId: tx.tenant.id,
    id: input.id,
    matterId,
    ownerId,
    askerId,
    text,
    authorId: tx.actorId,
    at: now(tx.tenant).toISOString(),
  })
  if (added === undefined) {
    const there = await tx.maybe(commentById, { tenantId: tx.tenant.id, id: input.id })
    if (there?.matterId === matterId && there.authorId === tx.actorId && there.text === text) return { id: input.id }
    throw new Refusal('conflict', '这个编号已经用过，请刷新页面后重新提交。', [{ field: '/id', value: input.id, message: '编号已使用' }])
  }
  await leaveEntry(tx, 'matter.comment', { kind: 'matter', id: matterId }, { comment: input.id })
  return { id: input.id }
}

/** Links a record that shows what was done, or takes the link off again. */
export async function linkRecord({ tx, allow }: Acting, matterId: string, input: { recordId: string; linked: boolean }): Promise<{ linked: boolean }> {
  const { matter } = await seen(tx, matterId)
  const { ownerId, askerId } = matter
  allow('matter.handle', ownerId)
  const { found } = await tx.one(recordThere, { tenantId: tx.tenant.id, recordId: input.recordId })
  if (!found) throw new Refusal('not-found', '没有找到这条记录，或者它不在您的范围内。')
  const key = { tenantId: tx.tenant.id, matterId, recordId: input.recordId }
  const changed = await (input.linked
    ? tx.maybe(insertLink, { ...key, ownerId, askerId, authorId: tx.actorId, at: now(tx.tenant).toISOString() })
    : tx.maybe(deleteLink, key))
  if (changed !== undefined) await leaveEntry(tx, input.linked ? 'matter.link' : 'matter.unlink', { kind: 'matter', id: matterId }, { record: input.recordId })
  return { linked: input.linked }
}
