// Sign-in, sessions, and what an account may do. Provisional: passwords alone, one post an account.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { findBody, organisationPack, scopeBelow } from '#modules/org/index.ts'
import { type Actor, type Scope, scopeAge } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import type { Pool, Tx } from '#server/kit/db.ts'
import { transaction } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Session } from './access.contract.ts'
import { newToken, nobodysHash, passwordFits, tokenHash } from './access.rules.ts'
import { type AccountRow, accountByLogin, accountBySession, endSession, insertSession } from './access.sql.ts'

export const SESSION_HOURS = 12
/** How long a resolved session is reused without asking the database; sign-out here ends it at once. */
const CACHE_MS = 10_000
const resolved = new Map<string, { actor: Actor; until: number; age: number }>()
/** Counts sign-outs: what was looked up while one was under way is not kept. */
let ended = 0

/** A session belongs to one city; its token means nothing under another one's name. */
function keyOf(tenant: Tenant, hash: string): string {
  return `${tenant.id} ${hash}`
}

/** Checks account and password and opens a session. Refuses with one sentence for both kinds of mistake. */
export async function openSession(tx: Tx, input: { account: string; password: string }): Promise<{ token: string; session: Session }> {
  const account = await tx.maybe(accountByLogin, { tenantId: tx.tenant.id, login: input.account.trim() })
  const fits = await passwordFits(input.password, account?.passwordHash ?? nobodysHash)
  if (account === undefined || !fits) throw new Refusal('not-signed-in', '账号或密码不对，请核对后再试。', [{ field: '/password', message: '账号或密码不对' }])
  const token = newToken()
  await tx.all(insertSession, { tenantId: tx.tenant.id, tokenHash: tokenHash(token), accountId: account.accountId, hours: SESSION_HOURS })
  const actor = await actorOf(tx, account)
  await leaveEntry(tx, 'access.sign-in', { kind: 'account', id: account.accountId }, {}, account.accountId)
  return { token, session: await describe(tx, account.login, actor) }
}

/** Ends the session of a token; a second time does nothing. */
export async function closeSession(tx: Tx, token: string): Promise<void> {
  const hash = tokenHash(token)
  const account = await tx.maybe(endSession, { tenantId: tx.tenant.id, tokenHash: hash })
  if (account === undefined) return
  await leaveEntry(tx, 'access.sign-out', { kind: 'account', id: account.accountId }, {}, account.accountId)
  tx.afterCommit(() => {
    ended += 1
    resolved.delete(keyOf(tx.tenant, hash))
  })
}

/** Posts that may not read see nothing; posts of the whole city see the tenant; the others what lies below their body. */
async function scopeOf(tx: Tx, postId: string, bodyId: string | null, tree: string | null): Promise<Scope> {
  const post = partOf(tx.tenant, organisationPack).posts.find((entry) => entry.id === postId)
  if (post === undefined || !post.may.includes('read')) return []
  if (post.of === 'tenant') return 'tenant'
  return bodyId === null || tree === null ? [] : scopeBelow(tx, bodyId, tree)
}

async function actorOf(tx: Tx, account: AccountRow): Promise<Actor> {
  const { accountId, personId, personName: name, post, bodyId, tree } = account
  const scope = await scopeOf(tx, post, bodyId, tree)
  return { accountId, personId, name, post, bodyId, scope }
}

/** The actor of a session token, or null when there is none in force. */
export async function actorOfToken(pool: Pool, tenant: Tenant, token: string): Promise<Actor | null> {
  const hash = tokenHash(token)
  const key = keyOf(tenant, hash)
  const known = resolved.get(key)
  if (known !== undefined && known.until > Date.now() && known.age === scopeAge()) return known.actor
  const [age, before] = [scopeAge(), ended]
  const actor = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => {
    const account = await tx.maybe(accountBySession, { tenantId: tenant.id, tokenHash: hash })
    return account === undefined ? null : actorOf(tx, account)
  })
  if (actor === null) resolved.delete(key)
  else if (ended === before) {
    if (resolved.size > 10_000) resolved.clear()
    resolved.set(key, { actor, until: Date.now() + CACHE_MS, age })
  }
  return actor
}

/** What the pages need to know of who is signed in. */
export async function describe(tx: Tx, account: string, actor: Actor): Promise<Session> {
  const post = postOf(tx.tenant, actor)
  const body = actor.bodyId === null ? undefined : await findBody(tx, actor.bodyId)
  return {
    account,
    person: { id: actor.personId, name: actor.name },
    post: { id: actor.post, name: post?.name ?? actor.post, body: body ?? null },
    scope: actor.scope === 'tenant' ? { kind: 'tenant', count: 0 } : { kind: 'bodies', count: actor.scope.length },
    may: [...(post?.may ?? [])],
    tenant: { slug: tx.tenant.slug, name: tx.tenant.name, demonstration: tx.tenant.demonstration },
    today: today(tx.tenant),
  }
}

function postOf(tenant: Tenant, actor: Actor) {
  return partOf(tenant, organisationPack).posts.find((post) => post.id === actor.post)
}

/** The name the pack gives a post; its id where the pack has none. */
export function postName(tenant: Tenant, post: string): string {
  return partOf(tenant, organisationPack).posts.find((entry) => entry.id === post)?.name ?? post
}

function reaches(actor: Actor, bodyId: string | undefined): boolean {
  return bodyId === undefined || actor.scope === 'tenant' || actor.scope.includes(bodyId)
}

function gives(tenant: Tenant, actor: Actor, action: string): boolean {
  const actions: readonly string[] = postOf(tenant, actor)?.may ?? []
  return actions.includes(action)
}

/** True when the actor's post gives the action and, where a body is named, reaches that body. */
export function mayDo(tenant: Tenant, actor: Actor, action: string, bodyId?: string): boolean {
  return reaches(actor, bodyId) && gives(tenant, actor, action)
}

/** Refuses where `mayDo` says no. Outside the scope the answer is `not-found`, the same as for a body that does not exist. */
export function mustBeAllowed(tenant: Tenant, actor: Actor, action: string, bodyId?: string): void {
  if (!reaches(actor, bodyId)) throw new Refusal('not-found', '没有找到这个组织，或者它不在您的范围内。')
  if (!gives(tenant, actor, action)) throw new Refusal('not-allowed', '您的岗位没有这项权限。')
}
