// The one place that decides who may do what: the posts that are held on the date, what each gives, and how far it reaches.
import { Refusal } from '#base/errors.ts'
import { together } from '#base/reach.ts'
import type { Actor, HeldPost, Scope } from '#server/kit/actor.ts'

function reaches(scope: Scope, bodyId: string | undefined): boolean {
  return bodyId === undefined || scope === 'tenant' || scope.includes(bodyId)
}

/** The post by which the actor may do the action, on the body where one is named; undefined where none does. */
export function postThatMay(actor: Actor, action: string, bodyId?: string): HeldPost | undefined {
  return actor.posts.find((held) => held.may.includes(action) && reaches(held.reach, bodyId))
}

/** True when one of the actor's posts gives the action and, where a body is named, reaches that body. */
export function mayDo(actor: Actor, action: string, bodyId?: string): boolean {
  return postThatMay(actor, action, bodyId) !== undefined
}

/** The post by which the actor may. Refuses where none does: outside the scope as `not-found`, the same as for a body that does not exist. */
export function mustBeAllowed(actor: Actor, action: string, bodyId?: string): HeldPost {
  const held = postThatMay(actor, action, bodyId)
  if (held !== undefined) return held
  if (!reaches(actor.scope, bodyId)) throw new Refusal('not-found', '没有找到这个组织，或者它不在您的范围内。')
  throw new Refusal('not-allowed', '您的岗位没有这项权限。')
}

/** The rows that are seen: what the posts that may read reach, together. */
export function scopeOf(posts: readonly HeldPost[]): Scope {
  return together(posts.filter(({ may }) => may.includes('read')).map(({ reach }) => reach))
}

/** Widest first: whole city, then by the number of bodies reached. */
export function byReach(left: HeldPost, right: HeldPost): number {
  const width = ({ reach }: HeldPost): number => (reach === 'tenant' ? Number.POSITIVE_INFINITY : reach.length)
  return width(left) === width(right) ? 0 : width(right) - width(left)
}

/** How a post is written in the session and in lists of what has ended. */
export function postKey({ post, bodyId }: Pick<HeldPost, 'post' | 'bodyId'>): string {
  return `${post} ${bodyId ?? ''}`
}
