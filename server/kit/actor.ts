// Who is asking: what a session resolves to and what a transaction needs to know of it.
import { together } from '#base/reach.ts'

/** `tenant` = the whole tenant; otherwise the ids of units and Party organisations, from today's trees. */
export type Scope = 'tenant' | readonly string[]

/** A post that the person has today, and what it gives: the actions, over the bodies that it reaches. */
export interface HeldPost {
  /** Post id of the pack. */
  post: string
  bodyId: string | null
  /** By a holding in the organisation, by an appointment of the account, or delegated by or for someone else. */
  by: 'holding' | 'appointment' | 'delegation'
  /** Last day of an appointment or a delegation; null where no end is set. */
  until: string | null
  may: readonly string[]
  reach: Scope
}

/** A class of personal data that this session sees whole, until a moment, for rows of the bodies reached. */
export interface Unmasked {
  sensitiveClass: string
  bodyId: string | null
  reach: 'tenant' | ReadonlySet<string>
  /** Milliseconds since 1970. */
  until: number
}

export interface Actor {
  accountId: string
  personId: string
  name: string
  /** The session's public id. */
  sessionId: string
  /** Widest reach first. */
  posts: readonly HeldPost[]
  /** The bodies whose rows are seen: of the posts that may read. */
  scope: Scope
  unmasked: readonly Unmasked[]
  /** What must be done before anything else: a new password, a second factor. */
  must: 'password' | 'second-factor' | null
}

/** The bodies whose rows an endpoint shows: those of the posts that may read, or that give the action by which it `sees`. */
export function scopeFor(actor: Actor, sees: string | undefined): Scope {
  return sees === undefined ? actor.scope : together(actor.posts.filter(({ may }) => may.includes(sees)).map(({ reach }) => reach))
}

/** Whoever has no session: sees no rows at all. */
export const anonymous: Actor = { accountId: '', personId: '', name: '', sessionId: '', posts: [], scope: [], unmasked: [], must: null }

/** True when the actor sees a class of personal data whole where the row belongs to the body (null: to none). */
export function seesWhole(actor: Actor, sensitiveClass: string, body: string | null): boolean {
  return actor.unmasked.some(
    (one) => one.sensitiveClass === sensitiveClass && one.until > Date.now() && (one.reach === 'tenant' || (body !== null && one.reach.has(body))),
  )
}

/** Where a request came from and by which post it acts; written into each audit entry. */
export interface Origin {
  post: string | null
  postBodyId: string | null
  address: string
  requestId: string
}

let changes = 0

/** Tells that posts, trees, sessions or delegations have changed, so that what was kept of them is asked for anew. Call it after the commit. */
export function scopesChanged(): void {
  changes += 1
}

/** Counts the calls of `scopesChanged`: a kept scope is good while the count stays the same. */
export function scopeAge(): number {
  return changes
}
