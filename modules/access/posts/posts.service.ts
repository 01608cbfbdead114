// The posts of an account on the tenant's date, with what each gives and reaches.
import type { Static } from 'typebox'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey, readPageKey, writePageKey } from '#base/page-key.ts'
import { actions, findBody, organisationPack, scopeBelow } from '#modules/org/index.ts'
import type { Actor, HeldPost, Scope } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { isAppointed } from './giving.rules.ts'
import type * as contract from './posts.contract.ts'
import { byReach, postKey } from './posts.rules.ts'
import { kindsReached, type PostRow, postsHeld, postsInReach } from './posts.sql.ts'

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
    if (held !== undefined && (!found.has(postKey(held)) || held.by !== 'delegation')) found.set(postKey(held), held)
  }
  return [...found.values()].sort(byReach)
}

async function heldPost(tx: Tx, { post, bodyId, by, until }: PostRow): Promise<HeldPost | undefined> {
  const kind = partOf(tx.tenant, organisationPack).posts.find(({ id }) => id === post)
  if (kind === undefined) return undefined
  const body = bodyId === null ? undefined : await findBody(tx, bodyId)
  // What is delegated is not handed on.
  const may = by === 'delegation' ? kind.may.filter((action) => action !== 'post.delegate') : kind.may
  const held = { post, by: by as HeldPost['by'], until, may }
  if (kind.of === 'tenant') return { ...held, bodyId: body?.unitId ?? null, reach: 'tenant' }
  if (body === undefined) return undefined
  // A county's desk is held in its committee and reaches what is below its unit.
  const id = kind.of === 'unit' ? body.unitId : body.id
  return { ...held, bodyId: id, reach: await scopeBelow(tx, id, kind.tree) }
}

/** What each post may do in the pack's words, and what the actor's own may, over how many bodies of which kind. */
export async function postsAndActions(tx: Tx, actor: Actor): Promise<Static<typeof contract.readPosts.reply>> {
  const { posts } = partOf(tx.tenant, organisationPack)
  const mine = []
  for (const { post, bodyId, by, until, may, reach } of actor.posts) {
    const body = bodyId === null ? undefined : await findBody(tx, bodyId)
    const { name = post, officer = false } = posts.find(({ id }) => id === post) ?? {}
    mine.push({
      id: post,
      name,
      body: body?.name ?? null,
      by,
      until,
      officer,
      may: [...may],
      city: reach === 'tenant',
      kinds: officer ? [] : await kindsOf(tx, reach),
    })
  }
  return {
    actions: Object.entries(actions).map(([id, words]) => ({ id, words })),
    posts: posts.map((kind) => ({
      id: kind.id,
      name: kind.name,
      of: kind.of,
      officer: kind.officer === true,
      appointed: isAppointed(kind),
      may: [...kind.may],
    })),
    mine,
  }
}

async function kindsOf(tx: Tx, reach: Scope): Promise<{ name: string; count: number }[]> {
  const names = new Map(partOf(tx.tenant, organisationPack).party_org_kinds.map(({ id, name }) => [id, name]))
  const rows = await tx.all(kindsReached, { ids: reach === 'tenant' ? null : reach, on: today(tx.tenant), asOf: now(tx.tenant).toISOString() })
  return rows.map(({ is, kind, count }) => ({ name: is === 'unit' ? '单位' : (names.get(kind) ?? kind), count }))
}

/** Who exercises which post in the bodies that the actor reads. */
export async function peopleInReach(
  tx: Tx,
  actor: Actor,
  query: Static<typeof contract.listPostPeople.query>,
): Promise<Static<typeof contract.listPostPeople.reply>> {
  const { q = '', post = '', limit = 50 } = query
  const ids = actor.scope === 'tenant' ? null : actor.scope
  const found = await tx.all(postsInReach, {
    ...{ on: today(tx.tenant), asOf: now(tx.tenant).toISOString(), ids, q: q.trim(), post, limit: limit + 1 },
    appointed: partOf(tx.tenant, organisationPack).posts.flatMap((kind) => (isAppointed(kind) ? [kind.id] : [])),
    after: keyOf(query.after),
  })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return {
    rows: rows.map(({ id, post: held, bodyId, bodyName, bodyKind, person, by, from, until }) => ({
      ...{ id, person, from, until },
      post: partOf(tx.tenant, organisationPack).posts.find((kind) => kind.id === held)?.name ?? held,
      body: { id: bodyId, name: bodyName, kind: bodyKind as 'unit' | 'party-org' },
      by: by as 'holding' | 'delegation',
    })),
    total: { count: found[0]?.total ?? 0, capped: false },
    next: found.length > limit && last !== undefined ? writePageKey([last.bodyName, last.id]) : null,
  }
}

const isId = new RegExp(uuidPattern)

/** The key that a page gave as its `next`; before everything where left out. */
function keyOf(text: string | undefined): { name: string; id: string } {
  if (text === undefined) return { name: '', id: '00000000-0000-0000-0000-000000000000' }
  const [name, id] = readPageKey(text) ?? []
  if (typeof name === 'string' && !name.includes('\u0000') && typeof id === 'string' && isId.test(id)) return { name, id }
  throw badPageKey(text)
}
