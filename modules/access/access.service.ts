// Sessions: opened after a sign-in, resolved to an actor with its posts of today, ended.
import { leaveEntry } from '#modules/audit/index.ts'
import { findBody, organisationPack } from '#modules/org/index.ts'
import { type Actor, scopeAge, scopesChanged } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import { type Pool, type Tx, transaction } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Session } from './access.contract.ts'
import { securityPack } from './access.pack.ts'
import { newToken, tokenHash } from './access.rules.ts'
import { type AccountRow, accountBySession, endSession, insertSession, type SessionRow, touchSession } from './access.sql.ts'
import { postKey, scopeOf } from './posts/posts.rules.ts'
import { postsOf } from './posts/posts.service.ts'
import { unmaskedOf } from './privacy/unmasking.service.ts'

/** How long a resolved session is reused without asking the database; its end in this process ends it at once. */
const CACHE_MS = 10_000
/** How often it is written down that a session is in use. */
const TOUCHED_EVERY_SECONDS = 60
const DAY_MS = 86_400_000
const resolved = new Map<string, { actor: Actor; until: number; age: number }>()

/** A session belongs to one city; its token means nothing under another one's name. */
function keyOf(tenant: Tenant, hash: string): string {
  return `${tenant.id} ${hash}`
}

/** How somebody has shown who they are, and from where. */
export interface Arrival {
  method: 'password' | 'password-code' | 'recovery-code' | 'passkey' | 'oidc'
  address: string
  agent: string
}

/** Opens a session for an account that has shown itself to be its own; `token` is for the cookie alone. */
export async function openSession(tx: Tx, account: AccountRow, arrival: Arrival): Promise<{ token: string; session: Session }> {
  const posts = await postsOf(tx, account)
  const token = newToken()
  const { sessionId } = await tx.one(insertSession, {
    tenantId: tx.tenant.id,
    tokenHash: tokenHash(token),
    accountId: account.accountId,
    hours: partOf(tx.tenant, securityPack).sessions.hours,
    ...arrival,
    posts: posts.map(postKey),
  })
  const actor = actorFrom(tx.tenant, account, sessionId, { posts, unmasked: [] })
  await leaveEntry(tx, 'access.sign-in', { kind: 'account', id: account.accountId }, { method: arrival.method, session: sessionId }, account.accountId)
  return { token, session: await describe(tx, account.login, actor) }
}

/** Ends the session of a token; a second time does nothing. */
export async function closeSession(tx: Tx, token: string): Promise<void> {
  const account = await tx.maybe(endSession, { tenantId: tx.tenant.id, tokenHash: tokenHash(token), why: 'signed-out' })
  if (account === undefined) return
  await leaveEntry(tx, 'access.sign-out', { kind: 'account', id: account.accountId }, {}, account.accountId)
  tx.afterCommit(scopesChanged)
}

function actorFrom(tenant: Tenant, account: AccountRow, sessionId: string, { posts, unmasked }: Pick<Actor, 'posts' | 'unmasked'>): Actor {
  const { accountId, personId, personName: name } = account
  return { accountId, personId, name, sessionId, posts, scope: scopeOf(posts), unmasked, must: mustFirst(tenant, account, posts) }
}

/** Whoever an account is, without a session: with its posts of today and nothing unmasked. */
export async function actorOf(tx: Tx, account: AccountRow): Promise<Actor> {
  return actorFrom(tx.tenant, account, '', { posts: await postsOf(tx, account), unmasked: [] })
}

function mustFirst(tenant: Tenant, account: AccountRow, posts: Actor['posts']): Actor['must'] {
  const { passwords, second_factor_posts } = partOf(tenant, securityPack)
  const old = passwords.days > 0 && Date.now() - Date.parse(account.passwordSetAt) > passwords.days * DAY_MS
  if (account.passwordHash !== null && (account.mustChange || old)) return 'password'
  return !account.secondFactor && posts.some(({ post }) => second_factor_posts.includes(post)) ? 'second-factor' : null
}

/** The actor of a session token, or null when there is none in force. A session whose account has lost a post that it began with ends here. */
export async function actorOfToken(pool: Pool, tenant: Tenant, token: string): Promise<Actor | null> {
  const hash = tokenHash(token)
  const key = keyOf(tenant, hash)
  const known = resolved.get(key)
  if (known !== undefined && known.until > Date.now() && known.age === scopeAge()) return known.actor
  const age = scopeAge()
  const look = { tenantId: tenant.id, tokenHash: hash, idleMinutes: partOf(tenant, securityPack).sessions.idle_minutes }
  const found = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => {
    const row = await tx.maybe(accountBySession, look)
    if (row === undefined) return undefined
    const posts = await postsOf(tx, row)
    return { row, posts, unmasked: await unmaskedOf(tx, row.sessionId, posts) }
  })
  const actor = found === undefined ? null : await keptUp(pool, tenant, hash, found.row, found)
  if (actor === null) resolved.delete(key)
  else if (age === scopeAge()) {
    if (resolved.size > 10_000) resolved.clear()
    resolved.set(key, { actor, until: Date.now() + CACHE_MS, age })
  }
  return actor
}

/** Ends the session where a post of its beginning has ended; notes that it is in use where that was not noted for a minute. */
async function keptUp(pool: Pool, tenant: Tenant, hash: string, row: SessionRow, has: Pick<Actor, 'posts' | 'unmasked'>): Promise<Actor | null> {
  const held = new Set(has.posts.map(postKey))
  const lost = row.posts.filter((key) => !held.has(key))
  const opening = { tenant, actorId: row.accountId, scope: 'tenant', mode: 'write' } as const
  if (lost.length > 0) {
    await transaction(pool, opening, async (tx) => {
      const ended = await tx.maybe(endSession, { tenantId: tenant.id, tokenHash: hash, why: 'post-ended' })
      if (ended !== undefined) await leaveEntry(tx, 'access.session-end', { kind: 'session', id: row.sessionId }, { why: 'post-ended', lost })
    })
    return null
  }
  if (row.idleSeconds >= TOUCHED_EVERY_SECONDS) await transaction(pool, opening, (tx) => tx.all(touchSession, { tenantId: tenant.id, tokenHash: hash }))
  return actorFrom(tenant, row, row.sessionId, has)
}

/** What the pages need to know of who is signed in. */
export async function describe(tx: Tx, account: string, actor: Actor): Promise<Session> {
  const posts = []
  for (const { post, bodyId, by, until, may, reach } of actor.posts) {
    const body = bodyId === null ? undefined : await findBody(tx, bodyId)
    posts.push({ id: post, name: postName(tx.tenant, post), body: body ?? null, by, until, may: [...may], reach: reach === 'tenant' ? null : reach.length })
  }
  const [main] = posts
  return {
    account,
    person: { id: actor.personId, name: actor.name },
    post: { id: main?.id ?? '', name: main?.name ?? '没有岗位', body: main?.body ?? null },
    posts,
    scope: actor.scope === 'tenant' ? { kind: 'tenant', count: 0 } : { kind: 'bodies', count: actor.scope.length },
    may: [...new Set(posts.flatMap(({ may }) => may))],
    must: actor.must,
    idleMinutes: partOf(tx.tenant, securityPack).sessions.idle_minutes,
    tenant: { slug: tx.tenant.slug, name: tx.tenant.name, demonstration: tx.tenant.demonstration },
    today: today(tx.tenant),
  }
}

/** The name the pack gives a post; its id where the pack has none. */
export function postName(tenant: Tenant, post: string): string {
  return partOf(tenant, organisationPack).posts.find((entry) => entry.id === post)?.name ?? post
}
