// Pure decisions of matters: which moves there are, who makes them, where they lead and by when (M2, M6).
import type { Calendar } from '#base/working-days.ts'
import type { Actor, HeldPost, Scope } from '#server/kit/actor.ts'
import { deadlineOf, goOnOf, remindAt, restOf } from './matter-clock.rules.ts'
import type { By, MatterKind, Move, Stage } from './matter-kinds.contract.ts'

/** A kind as it was when a matter was opened. */
export type Edition = MatterKind & { id: string; hash: string }

/** Steps that every kind has, besides its moves; no move of a kind may be called so. */
export const builtIn = {
  open: '立项',
  assign: '交办到人',
  'extend-ask': '申请延期',
  'extend-grant': '同意延期',
  'extend-refuse': '不同意延期',
  recalled: '撤回',
  split: '分解',
  merge: '并入',
} as const
export type BuiltIn = keyof typeof builtIn

/** How a step is called: a move of the kind, or one of those that every kind has. */
export function nameOfStep(kind: MatterKind, id: string): string {
  return kind.moves.find((move) => move.id === id)?.name ?? (id in builtIn ? builtIn[id as BuiltIn] : id)
}

/** The stage with this id. A bug of ours where the kind has none: it was checked. */
export function stageOf(kind: MatterKind, id: string): Stage {
  const stage = kind.stages.find((one) => one.id === id)
  if (stage === undefined) throw new Error(`${kind.name} has no stage ${id}`)
  return stage
}

/** The moves that can be made from a stage, in the kind's order. */
export function movesFrom(kind: MatterKind, stage: string): Move[] {
  return kind.moves.filter(({ from }) => from.includes(stage))
}

/** Who makes the first move that leads out of a stage; nobody at an end. */
export function waitsFor(kind: MatterKind, stage: string): By | '' {
  const moves = movesFrom(kind, stage)
  return (moves.find(({ to }) => to !== stage) ?? moves[0])?.by ?? ''
}

/** How a matter stands, as far as its clock goes. */
export interface Standing {
  stage: string
  dueAt: Date | null
  /** The deadline that the asker set. */
  askedUntil: Date | null
  paused: boolean
  leftMinutes: number | null
  late: boolean
  /** When its deadline is reminded of. */
  remindAt: Date | null
}

/** Past the deadline of a stage that is the owner's. */
export function isOverdue({ dueAt, paused }: Pick<Standing, 'dueAt' | 'paused'>, at: Date): boolean {
  return dueAt !== null && !paused && at > dueAt
}

/** When a deadline is reminded of that is set at a moment for a stage. */
export function reminderOf({ clock, end }: Stage, at: Date, dueAt: Date | null, works: Calendar): Date | null {
  return clock === undefined || end !== undefined || dueAt === null ? null : remindAt(clock, at, dueAt, works)
}

const earlier = (left: Date | null, right: Date | null): Date | null => (left === null || right === null ? (left ?? right) : left < right ? left : right)

/** A matter at its first stage. */
export function begun(kind: MatterKind, at: Date, askedUntil: Date | null, works: Calendar): Standing {
  const [first] = kind.stages as [Stage, ...Stage[]]
  const own = first.clock === undefined ? null : deadlineOf(first.clock, at, works)
  const dueAt = earlier(own, askedUntil)
  return { stage: first.id, dueAt, askedUntil, paused: first.pauses === true, leftMinutes: null, late: false, remindAt: reminderOf(first, at, dueAt, works) }
}

/** Where a move leads: the stage, its deadline, whether it was late, what is left of a clock that rests. */
export function moved(kind: MatterKind, was: Standing, to: string, at: Date, works: Calendar): Standing {
  if (to === was.stage) return { ...was, late: was.late || isOverdue(was, at) }
  const now = entered(kind, was, to, at, works)
  return { ...now, remindAt: reminderOf(stageOf(kind, to), at, now.dueAt, works) }
}

function entered(kind: MatterKind, was: Standing, to: string, at: Date, works: Calendar): Standing {
  const late = was.late || isOverdue(was, at)
  const { clock, pauses, end } = stageOf(kind, to)
  const after = { ...was, stage: to, late, paused: pauses === true, leftMinutes: null }
  if (end !== undefined) return { ...after, dueAt: null, paused: false }
  const own = clock === undefined ? null : deadlineOf(clock, at, works)
  if (pauses === true) return { ...after, dueAt: own, leftMinutes: was.paused ? was.leftMinutes : leftOf(kind, was, at, works) }
  if (clock?.goes_on === true && was.paused && was.leftMinutes !== null) return { ...after, dueAt: goOnOf(clock, was.leftMinutes, at, works) }
  return { ...after, dueAt: was.askedUntil !== null && was.askedUntil > at ? was.askedUntil : own }
}

function leftOf(kind: MatterKind, { stage, dueAt }: Standing, at: Date, works: Calendar): number | null {
  const { clock } = stageOf(kind, stage)
  return dueAt === null ? null : restOf(clock ?? { unit: 'days' }, at, dueAt, works)
}

/** Whose a matter is; `doer`: the person who made the owner's last move. */
export interface Sides {
  ownerId: string
  askerId: string | null
  doer: string | null
}

export const actionOf = { owner: 'matter.handle', asker: 'matter.ask', checker: 'matter.check' } as const

const reaches = (scope: Scope, body: string): boolean => scope === 'tenant' || scope.includes(body)

/** The post by which the actor may do something to a body that is not the post's own: nobody asks or checks himself. */
export function postAbove(actor: Pick<Actor, 'posts'>, action: string, bodyId: string): HeldPost | undefined {
  return actor.posts.find(({ may, reach, bodyId: own }) => may.includes(action) && reaches(reach, bodyId) && own !== bodyId)
}

/** The post by which the actor makes a move of this side; undefined where none does. */
export function postFor(actor: Pick<Actor, 'posts' | 'personId'>, by: By, { ownerId, askerId, doer }: Sides): HeldPost | undefined {
  const action = actionOf[by]
  if (by === 'owner') return actor.posts.find(({ may, reach }) => may.includes(action) && reaches(reach, ownerId))
  if (by === 'checker') return doer === actor.personId ? undefined : postAbove(actor, action, ownerId)
  if (askerId === null) return postAbove(actor, action, ownerId)
  return actor.posts.find(({ may, reach }) => may.includes(action) && reaches(reach, askerId))
}

/** What a matter is alike by: a relapse is one of the same. */
export function typeOf(kind: MatterKind, fields: Readonly<Record<string, unknown>>): string {
  return kind.relapse === undefined ? '' : String(fields[kind.relapse.field] ?? '')
}
