// Unmasking: personal data seen whole for some minutes, with a reason that is written down.
import type { Static } from 'typebox'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { bodiesUnder, findBody } from '#modules/org/index.ts'
import { type Actor, type HeldPost, type Scope, scopesChanged, seesWhole, type Unmasked } from '#server/kit/actor.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Masking } from '#server/kit/masking.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Unmasking, UnmaskRequest, unmaskings as unmaskingsEndpoint } from './privacy.contract.ts'
import { privacyPack } from './privacy.pack.ts'
import { endUnmaskings, insertUnmasking, type UnmaskingRow, unmaskingsOf } from './unmasking.sql.ts'

const SHORTEST_REASON = 4

/** What a session sees whole now: each unmasking, cut to what `person.unmask` still reaches. */
export async function unmaskedOf(tx: Tx, sessionId: string, posts: readonly HeldPost[]): Promise<Unmasked[]> {
  const rows = await tx.all(unmaskingsOf, { tenantId: tx.tenant.id, sessionId })
  const found: Unmasked[] = []
  for (const { sensitiveClass, bodyId, endsAt } of rows) {
    const below = bodyId === null ? null : await bodiesUnder(tx, bodyId)
    found.push({ sensitiveClass, bodyId, reach: cut(below, posts), until: Date.parse(endsAt) })
  }
  return found
}

/** The bodies, or all there are (null), as far as the posts that may unmask reach. */
function cut(bodies: readonly string[] | null, posts: readonly HeldPost[]): Unmasked['reach'] {
  const reaches: Scope[] = posts.filter(({ may }) => may.includes('person.unmask')).map(({ reach }) => reach)
  if (reaches.includes('tenant')) return bodies === null ? 'tenant' : new Set(bodies)
  const all = new Set((reaches as (readonly string[])[]).flat())
  return bodies === null ? all : new Set(bodies.filter((id) => all.has(id)))
}

/** How a reply is masked for a reader. */
export function maskingFor(tenant: Tenant, actor: Actor): Masking {
  const { classes } = partOf(tenant, privacyPack)
  return {
    isOpen: (sensitiveClass, body) => seesWhole(actor, sensitiveClass, body),
    degree: (sensitiveClass) => classes.find(({ id }) => id === sensitiveClass)?.mask ?? 'wholly',
  }
}

/** Opens a class of personal data to the session. Refuses an unknown class and a reason that says nothing. */
export async function unmask(tx: Tx, actor: Actor, given: UnmaskRequest): Promise<Unmasking> {
  const { classes, unmask: rule } = partOf(tx.tenant, privacyPack)
  if (!classes.some(({ id }) => id === given.class)) throw new Refusal('invalid', '没有这一类个人信息。', [{ field: '/class', message: '请从所列的类别中选' }])
  if (given.body !== undefined && (await findBody(tx, given.body)) === undefined) throw new Refusal('not-found', '没有找到这个组织，或者它不在您的范围内。')
  const reason = given.reason.trim()
  if (!rule.reasons.includes(reason) && [...reason].length < SHORTEST_REASON)
    throw new Refusal('invalid', `请写明查看的理由，至少${SHORTEST_REASON}个字。`, [
      { field: '/reason', value: given.reason, message: `至少${SHORTEST_REASON}个字` },
    ])
  const row = await tx.one(insertUnmasking, {
    tenantId: tx.tenant.id,
    unmaskingId: newId(),
    sessionId: actor.sessionId,
    accountId: actor.accountId,
    sensitiveClass: given.class,
    bodyId: given.body ?? null,
    reason,
    minutes: rule.minutes,
  })
  await leaveEntry(tx, 'person.unmask', { kind: 'unmasking', id: row.unmaskingId }, { class: given.class, body: row.bodyId, reason, minutes: rule.minutes })
  tx.afterCommit(scopesChanged)
  return told(tx, row)
}

/** Masks a class again before its time; a second time does nothing. */
export async function maskAgain(tx: Tx, actor: Actor, sensitiveClass: string): Promise<void> {
  const ended = await tx.all(endUnmaskings, { tenantId: tx.tenant.id, sessionId: actor.sessionId, sensitiveClass })
  for (const { unmaskingId } of ended) await leaveEntry(tx, 'person.mask', { kind: 'unmasking', id: unmaskingId }, { class: sensitiveClass })
  tx.afterCommit(scopesChanged)
}

/** What the session sees whole now, and what it might ask for. */
export async function unmaskings(tx: Tx, actor: Actor): Promise<Static<typeof unmaskingsEndpoint.reply>> {
  const { classes, unmask: rule } = partOf(tx.tenant, privacyPack)
  const open: Unmasking[] = []
  for (const row of await tx.all(unmaskingsOf, { tenantId: tx.tenant.id, sessionId: actor.sessionId })) open.push(await told(tx, row))
  return { classes: classes.map(({ id, name }) => ({ id, name })), reasons: rule.reasons, minutes: rule.minutes, open }
}

async function told(tx: Tx, { sensitiveClass, bodyId, endsAt }: UnmaskingRow): Promise<Unmasking> {
  const body = bodyId === null ? undefined : await findBody(tx, bodyId)
  const secondsLeft = Math.max(0, Math.round((Date.parse(endsAt) - Date.now()) / 1000))
  return { class: sensitiveClass, body: bodyId === null ? null : { id: bodyId, name: body?.name ?? '' }, until: endsAt, secondsLeft }
}
