// Delegations: an own post handed over while one is away, a vacant one looked after by a superior's word; never onward, never to oneself.
import type { Static } from 'typebox'
import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey } from '#base/page-key.ts'
import { leaveChange } from '#modules/audit/index.ts'
import { findBody, organisationPack, type PostKind } from '#modules/org/index.ts'
import { type Actor, type Scope, scopesChanged } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { postName } from '../access.service.ts'
import { personsNamed } from '../accounts/accounts.sql.ts'
import type * as contract from './delegations.contract.ts'
import {
  type DelegationRow,
  delegationById,
  delegationsInScope,
  delegationsOf,
  endDelegation,
  insertDelegation,
  lockBody,
  overlapping,
  vacancies,
} from './delegations.sql.ts'
import { delegationDaysProblem, exclusion, isAppointed, isDelegable } from './giving.rules.ts'
import { mayDo } from './posts.rules.ts'
import { lockAccountsOf, postsHeld, postsOfPerson } from './posts.sql.ts'

const newest = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const isId = new RegExp(uuidPattern)

function at(tx: Tx): { on: string; asOf: string } {
  return { on: today(tx.tenant), asOf: now(tx.tenant).toISOString() }
}

function paging(tx: Tx, { after, limit = 50 }: { after?: string; limit?: number }) {
  if (after !== undefined && !isId.test(after)) throw badPageKey(after)
  return { ...at(tx), after: after ?? newest, limit: limit + 1 }
}

function page(tx: Tx, actor: Actor, found: DelegationRow[], limit: number): Static<typeof contract.listDelegations.reply> {
  const day = today(tx.tenant)
  const rows = found.slice(0, limit).map((row): contract.DelegationLine => {
    const { id, kind, post, bodyId, bodyName, giver, receiver, from, until, reason } = row
    const state = row.ended || until < day ? 'over' : !row.stands ? 'idle' : from > day ? 'coming' : 'running'
    return {
      ...{
        id,
        kind: kind as contract.DelegationKind,
        post: postName(tx.tenant, post),
        body: { id: bodyId, name: bodyName },
        giver,
        receiver,
        from,
        until,
        reason,
        state,
      },
      mayRecall: state !== 'over' && mayRecall(actor, row),
    }
  })
  return { rows, total: { count: found[0]?.total ?? 0, capped: false }, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null }
}

/** By its giver, by whoever made it, or by whoever may delegate over the body. */
function mayRecall(actor: Actor, given: { giverId: string | null; madeBy: string | null; bodyId: string }): boolean {
  return given.giverId === actor.personId || given.madeBy === actor.accountId || mayDo(actor, 'post.delegate', given.bodyId)
}

/** What the actor has given or received. */
export async function delegations(
  tx: Tx,
  actor: Actor,
  query: Static<typeof contract.listDelegations.query>,
): Promise<Static<typeof contract.listDelegations.reply>> {
  const { personId, accountId } = actor
  return page(tx, actor, await tx.all(delegationsOf, { ...paging(tx, query), side: query.side, personId, accountId }), query.limit ?? 50)
}

/** Delegations in the bodies that the reader sees. */
export async function within(
  tx: Tx,
  actor: Actor,
  query: Static<typeof contract.delegationsWithin.query>,
): Promise<Static<typeof contract.listDelegations.reply>> {
  const appointed = delegableKinds(tx).flatMap((kind) => (isAppointed(kind) ? [kind.id] : []))
  const found = await tx.all(delegationsInScope, { ...paging(tx, query), q: query.q?.trim() ?? '', state: query.state ?? '', appointed })
  return page(tx, actor, found, query.limit ?? 50)
}

function delegableKinds(tx: Tx): PostKind[] {
  return partOf(tx.tenant, organisationPack).posts.filter(isDelegable)
}

async function ownPosts(tx: Tx, actor: Actor): Promise<{ post: string; bodyId: string }[]> {
  const kinds = new Set(delegableKinds(tx).map(({ id }) => id))
  const rows = await tx.all(postsHeld, { accountId: actor.accountId, personId: actor.personId, ...at(tx) })
  return rows.flatMap(({ post, bodyId, by }) => (bodyId !== null && by !== 'delegation' && kinds.has(post) ? [{ post, bodyId }] : []))
}

/** The actor's own posts that somebody else could exercise. */
export async function ownToGive(tx: Tx, actor: Actor): Promise<{ rows: contract.PostToGive[] }> {
  const rows: contract.PostToGive[] = []
  for (const { post, bodyId } of await ownPosts(tx, actor)) {
    const body = await findBody(tx, bodyId)
    if (body !== undefined) rows.push({ post, name: postName(tx.tenant, post), body: { id: body.id, name: body.name } })
  }
  return { rows }
}

/** The bodies that the actor's posts reach which may delegate. */
function delegatingReach(actor: Actor): Scope {
  const reaches = actor.posts.filter(({ may }) => may.includes('post.delegate')).map(({ reach }) => reach)
  return reaches.includes('tenant') ? 'tenant' : [...new Set((reaches as (readonly string[])[]).flat())]
}

function vacant(tx: Tx, actor: Actor, asked: { q: string; bodyId: string | null }) {
  const reach = delegatingReach(actor)
  return tx.all(vacancies, { ...at(tx), ...asked, ids: reach === 'tenant' ? null : reach, posts: delegableKinds(tx).map(({ id }) => id), limit: 50 })
}

/** Vacant posts in the actor's reach. */
export async function vacantToGive(tx: Tx, actor: Actor, q: string): Promise<{ rows: contract.PostToGive[] }> {
  const found = await vacant(tx, actor, { q: q.trim(), bodyId: null })
  return { rows: found.map(({ post, bodyId, bodyName }) => ({ post, name: postName(tx.tenant, post), body: { id: bodyId, name: bodyName } })) }
}

/** Who could exercise a post: people with an account, other than oneself; nobody for whom has nothing to give. */
export async function receiversNamed(tx: Tx, actor: Actor, q: string): Promise<{ rows: contract.Receiver[] }> {
  const mayGive = delegatingReach(actor).length > 0 || (await ownPosts(tx, actor)).length > 0
  if (!mayGive) return { rows: [] }
  const all = actor.scope === 'tenant'
  const among = { everyone: all, membership: all, ids: actor.scope === 'tenant' ? [] : actor.scope }
  const found = await tx.all(personsNamed, { ...at(tx), name: q.trim(), ...among, withAccount: true, limit: 20 })
  const rows = found.filter(({ id }) => id !== actor.personId)
  return { rows: rows.map(({ id, name, org, posts }) => ({ id, name, org, posts: posts.map(({ post, body }) => `${body}${postName(tx.tenant, post)}`) })) }
}

function refuse(field: string, value: unknown, message: string): never {
  throw new Refusal('invalid', `${message}。`, [{ field, value, message }])
}

/** Hands over an own post (cover) or has a vacant one looked after (acting). */
export async function delegate(tx: Tx, actor: Actor, input: Static<typeof contract.delegate.body>): Promise<void> {
  const { id, kind, post, body: bodyId, person: personId, from, until } = input
  if (!delegableKinds(tx).some((entry) => entry.id === post)) return refuse('/post', post, '这个岗位不能委托他人代行')
  const wrong = delegationDaysProblem(input, today(tx.tenant))
  if (wrong !== null) return refuse(wrong.field, wrong.field === '/from' ? from : until, wrong.message)
  await tx.all(lockBody, { tenantId: tx.tenant.id, bodyId })
  if (kind === 'cover') await mustBeOwn(tx, actor, { post, bodyId })
  else await mustBeVacant(tx, actor, { post, bodyId })
  await mustBeAbleTo(tx, actor, { post, personId, from })
  const giverId = kind === 'cover' ? actor.personId : null
  const tenantId = tx.tenant.id
  if ((await tx.all(overlapping, { tenantId, post, bodyId, giverId, from, until })).length > 0)
    throw new Refusal('conflict', '这个岗位在这几天已经有人代行。请先收回原来的委托，或错开日期。', [
      { field: '/from', value: from, message: '与已有的委托重叠' },
    ])
  const inserted = await tx.maybe(insertDelegation, {
    tenantId,
    id,
    kind,
    post,
    bodyId,
    giverId,
    personId,
    from,
    until,
    reason: input.reason.trim(),
    madeBy: actor.accountId,
  })
  if (inserted === undefined) throw new Refusal('conflict', '这个编号已经用过，请刷新页面后重新填写。', [{ field: '/id', value: id, message: '换一个编号' }])
  const after = { kind, post, body: bodyId, person: personId, from, until, reason: input.reason }
  await leaveChange(tx, 'access.delegate', { kind: 'delegation', id }, { before: null, after, sensitive: ['reason'] })
  tx.afterCommit(scopesChanged)
}

async function mustBeOwn(tx: Tx, actor: Actor, given: { post: string; bodyId: string }): Promise<void> {
  const own = await ownPosts(tx, actor)
  if (!own.some(({ post, bodyId }) => post === given.post && bodyId === given.bodyId))
    refuse('/post', given.post, '您没有这个岗位，或者它是别人委托给您的：委托来的岗位不能再委托')
}

async function mustBeVacant(tx: Tx, actor: Actor, given: { post: string; bodyId: string }): Promise<void> {
  if (!mayDo(actor, 'post.delegate', given.bodyId)) throw new Refusal('not-found', '没有找到这个组织，或者它不在您可以委托的范围内。')
  const found = await vacant(tx, actor, { q: '', bodyId: given.bodyId })
  if (!found.some(({ post }) => post === given.post)) refuse('/post', given.post, '这个岗位没有空缺：现在有人担任，或者从未设过')
}

async function mustBeAbleTo(tx: Tx, actor: Actor, given: { post: string; personId: string; from: string }): Promise<void> {
  const { post, personId, from } = given
  if (personId === actor.personId) return refuse('/person', personId, '不能委托给自己')
  const accounts = await tx.all(lockAccountsOf, { tenantId: tx.tenant.id, personId })
  if (!accounts.some(({ active }) => active)) return refuse('/person', personId, '这个人没有可以登录的账号，请先请系统管理员开立')
  const has = await tx.all(postsOfPerson, { personId, on: from })
  const excluded = exclusion(
    partOf(tx.tenant, organisationPack).posts,
    post,
    has.map((one) => one.post),
  )
  if (excluded !== null) throw new Refusal('conflict', excluded, [{ field: '/person', value: personId, message: '三员不能代行其他岗位' }])
}

/** Ends a delegation at once. One that the actor has no part in answers as one that is not there. */
export async function recall(tx: Tx, actor: Actor, id: string): Promise<void> {
  const found = await tx.maybe(delegationById, { tenantId: tx.tenant.id, id })
  if (found === undefined || (!mayRecall(actor, found) && found.personId !== actor.personId))
    throw new Refusal('not-found', '没有找到这项委托，请刷新列表再看。')
  if (!mayRecall(actor, found)) throw new Refusal('not-allowed', '受托人不能自行收回，请委托人或上级收回。')
  if (found.ended) return
  await tx.all(endDelegation, { tenantId: tx.tenant.id, id, by: actor.accountId })
  const { post, bodyId: body, personId: person } = found
  await leaveChange(tx, 'access.delegation-recall', { kind: 'delegation', id }, { before: { post, body, person }, after: null, sensitive: [] })
  tx.afterCommit(scopesChanged)
}
