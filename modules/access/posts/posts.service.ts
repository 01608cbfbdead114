// The posts of an account on the tenant's date, with what each gives and reaches.
import { findBody, organisationPack, scopeBelow } from '#modules/org/index.ts'
import type { HeldPost } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { byReach, postKey } from './posts.rules.ts'
import { type PostRow, postsHeld } from './posts.sql.ts'

/**
 * What the account has today, widest first, each post once. An officer's account has its officer's post alone (三员分立).
 * Posts that the pack doesn't know, or whose body is no more, give nothing and are left out.
 */
export async function postsOf(tx: Tx, account: { accountId: string; personId: string }): Promise<HeldPost[]> {
  const rows = await tx.all(postsHeld, { ...account, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  const { posts } = partOf(tx.tenant, organisationPack)
  const officers = rows.filter((row) => posts.some(({ id, officer }) => id === row.post && officer === true))
  const found = new Map<string, HeldPost>()
  for (const row of officers.length > 0 ? officers.slice(0, 1) : rows) {
    const held = await heldPost(tx, row)
    if (held !== undefined && !found.has(postKey(held))) found.set(postKey(held), held)
  }
  return [...found.values()].sort(byReach)
}

async function heldPost(tx: Tx, { post, bodyId, by, until }: PostRow): Promise<HeldPost | undefined> {
  const kind = partOf(tx.tenant, organisationPack).posts.find(({ id }) => id === post)
  if (kind === undefined) return undefined
  const body = bodyId === null ? undefined : await findBody(tx, bodyId)
  const held = { post, by: by as HeldPost['by'], until, may: kind.may }
  if (kind.of === 'tenant') return { ...held, bodyId: body?.unitId ?? null, reach: 'tenant' }
  if (body === undefined) return undefined
  // A county's desk is held in its committee and reaches what is below its unit.
  const id = kind.of === 'unit' ? body.unitId : body.id
  return { ...held, bodyId: id, reach: await scopeBelow(tx, id, kind.tree) }
}
