// Pure decisions: where a paper stands, who sees it, who may do what with it, and what a deed makes of it.
import { workingDaysAfter } from '#base/working-days.ts'
import type { Actor, HeldPost } from '#server/kit/actor.ts'
import type { Audience, Deed, State, StepKind } from './approval.contract.ts'
import type { Step } from './approval.pack.ts'
import type { ActRow, Paper } from './approval.sql.ts'
import { stateNames } from './approval-words.rules.ts'

/** The action that a post must give for a step. */
export const actionOf: Record<StepKind, string> = {
  check: 'approval.check',
  sign: 'approval.sign',
  meeting: 'approval.check',
  opinions: 'approval.opinion',
  secrecy: 'approval.secrecy',
  notice: 'approval.check',
  release: 'approval.release',
}

const CLOSED: readonly State[] = ['released', 'withdrawn', 'recalled']
/** True while a paper is on its way. */
export const isOpen = ({ state }: Pick<Paper, 'state'>): boolean => !CLOSED.includes(state)

function reaches(post: HeldPost, body: string | null): boolean {
  return post.reach === 'tenant' || (body !== null && post.reach.includes(body))
}

/** The post by which the actor may act on what is about `body`; what is about many bodies (null) needs a post that reaches the whole city. */
export function postFor(actor: Actor, action: string, body: string | null): HeldPost | undefined {
  return actor.posts.find((post) => post.may.includes(action) && reaches(post, body))
}

/** Takes part in the work, as a reader or in approvals; the three officers don't. */
function belongs(actor: Actor): boolean {
  return actor.posts.some(({ may }) => may.some((action) => action === 'read' || action.startsWith('approval.')))
}

/** Whose business a paper is: its drafter's, that of who reaches the drafter's body, of the posts asked. The same as the policy `inside_rows`. */
export function isInside(actor: Actor, paper: Pick<Paper, 'bodyId' | 'drafterId' | 'asked'>): boolean {
  if (actor.scope === 'tenant' || paper.drafterId === actor.accountId) return true
  return (paper.bodyId !== null && actor.scope.includes(paper.bodyId)) || actor.posts.some(({ post }) => paper.asked.includes(post))
}

/** True where a release or a notice reaches the actor. The same as the policy `told_rows`, but that officers are told public things alone. */
export function isTold(actor: Actor, told: Pick<Paper, 'state' | 'audience' | 'noticeScope' | 'aboutId'>): boolean {
  const scope = told.state === 'released' ? told.audience : told.state === 'notice' ? told.noticeScope : null
  return scope !== null && isAmong(actor, scope, told.aboutId)
}

/** True where the actor is one of those for whom an audience stands. */
export function isAmong(actor: Actor, audience: Audience, aboutId: string | null): boolean {
  if (audience === 'public' || actor.scope === 'tenant') return true
  if (audience === 'system') return belongs(actor)
  return aboutId === null ? actor.scope.length > 0 : actor.scope.includes(aboutId)
}

export function stepOf<K extends StepKind>(steps: readonly Step[], kind: K): Extract<Step, { kind: K }> | undefined {
  return steps.find((step): step is Extract<Step, { kind: K }> => step.kind === kind)
}

function after(steps: readonly Step[], state: State): StepKind {
  const next = steps[steps.findIndex(({ kind }) => kind === state) + 1]
  if (next === undefined) throw new Error(`nothing comes after ${state}`)
  return next.kind
}

/** Where a paper stands today: a notice is over once its days have passed and every objection is answered. */
export function standsAt(paper: Pick<Paper, 'state' | 'steps' | 'noticeUntil' | 'objectionsOpen'>, today: string): State {
  const over = paper.state === 'notice' && paper.noticeUntil !== null && today > paper.noticeUntil && paper.objectionsOpen === 0
  return over ? after(paper.steps, 'notice') : paper.state
}

/** The paper as it enters a state: opinions are asked for, a notice begins. */
export function entered(paper: Paper, state: State, today: string, at: string): Paper {
  const moved = { ...paper, state, changedAt: at }
  const opinions = state === 'opinions' ? stepOf(paper.steps, 'opinions') : undefined
  const notice = state === 'notice' ? stepOf(paper.steps, 'notice') : undefined
  if (opinions !== undefined) return { ...moved, asked: opinions.posts, opinionsDueOn: workingDaysAfter(today, opinions.days) }
  if (notice !== undefined)
    return { ...moved, noticeScope: notice.scope, noticeFrom: today, noticeUntil: workingDaysAfter(today, notice.days), objections: 0, objectionsOpen: 0 }
  return moved
}

/** The paper after the step it stands at was passed. */
export function passed(paper: Paper, today: string, at: string): Paper {
  return entered(paper, after(paper.steps, standsAt(paper, today)), today, at)
}

/** The joint opinions of this round, by post. */
export function opinionsOf(paper: Paper, acts: readonly ActRow[]): Map<string, ActRow> {
  const given = acts.filter(
    ({ paperId, round, step, detail }) => paperId === paper.paperId && round === paper.round && step === 'opinions' && detail.post !== undefined,
  )
  return new Map(given.map((one) => [one.detail.post ?? '', one]))
}

/** What the opinions of a paper come to: all agree, or the signer has to say; `waiting` names the posts whose time has not run out. */
export function opinionsStand(paper: Paper, acts: readonly ActRow[], today: string): { agreed: boolean; waiting: string[]; late: string[] } {
  const given = opinionsOf(paper, acts)
  const missing = paper.asked.filter((post) => !given.has(post))
  const isLate = paper.opinionsDueOn !== null && today > paper.opinionsDueOn
  return {
    agreed: missing.length === 0 && [...given.values()].every(({ verdict }) => verdict === 'agree'),
    waiting: isLate ? [] : missing,
    late: isLate ? missing : [],
  }
}

/** Why a person may not do a step that another of the route's separate steps was theirs; undefined where it may be done. */
export function inseparable(paper: Paper, acts: readonly ActRow[], personId: string, step: StepKind): string | undefined {
  const { separate } = paper
  if (!separate.includes(step)) return undefined
  const mine = [
    ...(paper.drafterPersonId === personId ? ['draft'] : []),
    ...acts
      .filter((act) => act.paperId === paper.paperId && act.round === paper.round && act.personId === personId && act.verdict !== 'return')
      .map((act) => act.step),
  ]
  const other = mine.find((done) => done !== step && separate.includes(done))
  if (other === undefined) return undefined
  return `这份签批件的“${other === 'draft' ? '起草' : stateNames[other as State]}”是您办的，“${stateNames[step]}”要由另一位同志办。`
}

/** What the actor's posts give to be done with a paper today, whatever separation says. `acts` hold at least the joint opinions of this round. */
export function deedsOf(paper: Paper, actor: Actor, acts: readonly ActRow[], today: string): Deed[] {
  const may = (action: string): boolean => postFor(actor, action, paper.aboutId) !== undefined
  const state = standsAt(paper, today)
  const deeds: Deed[] = []
  if (state === 'released') return may('approval.release') ? ['recall'] : []
  if (!isOpen(paper)) return []
  if (state === 'draft' && paper.drafterPersonId === actor.personId && may('approval.draft')) deeds.push('resubmit')
  if (state === 'check' || state === 'sign' || state === 'meeting' || state === 'secrecy' || state === 'release') {
    if (may(actionOf[state])) deeds.push(state)
  }
  if (state === 'opinions') {
    const given = opinionsOf(paper, acts)
    if (actor.posts.some(({ post, may: gives }) => gives.includes('approval.opinion') && paper.asked.includes(post) && !given.has(post))) deeds.push('opinion')
    if (may('approval.sign') && opinionsStand(paper, acts, today).waiting.length === 0) deeds.push('end-opinions')
  }
  if (paper.state === 'notice' && paper.objectionsOpen > 0 && may('approval.check') && paper.drafterPersonId !== actor.personId) deeds.push('answer')
  if (may('approval.draft') && isInside(actor, paper)) deeds.push('withdraw')
  return deeds
}
