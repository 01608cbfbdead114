// Who is asking: what a session resolves to and what a transaction needs to know of it.

/** `tenant` = the whole tenant; otherwise the ids of the units and Party organisations in the post's scope, from today's trees. */
export type Scope = 'tenant' | readonly string[]

export interface Actor {
  accountId: string
  personId: string
  name: string
  post: string
  bodyId: string | null
  scope: Scope
}

/** Whoever has no session: sees no rows at all. */
export const anonymous: Actor = { accountId: '', personId: '', name: '', post: '', bodyId: null, scope: [] }

let changes = 0

/** Tells that posts or trees have changed, so that scopes kept from before are asked for anew. Call it after the commit. */
export function scopesChanged(): void {
  changes += 1
}

/** Counts the calls of `scopesChanged`: a kept scope is good while the count stays the same. */
export function scopeAge(): number {
  return changes
}
