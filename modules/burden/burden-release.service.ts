// Our own asking above a budget, a cap or below the least notice: a reason, and a release by somebody else, by name [B4].
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Asked, Release } from './burden.contract.ts'
import { type Allow, preview } from './burden.service.ts'
import { giveRelease, insertRelease, releaseOf, releasesOfScope } from './burden-release.sql.ts'

interface Plea extends Asked {
  id: string
  title: string
  reason: string
  askerId: string
}

/** Asks for a release under the asking's own id. Refuses where there is nothing to release. */
export async function askRelease(tx: Tx, allow: Allow, input: Plea): Promise<{ why: string[]; repeated: boolean }> {
  allow('record.enter', input.askerId)
  allow('record.enter', input.receivers.under)
  const { why, receivers, price } = await preview(tx, input)
  if (why.length === 0) throw new Refusal('invalid', '这项要求没有超出预算和上限，时间也够，直接发出就行。', [{ field: '/receivers', message: '不需要放行' }])
  const { id: askingId, askerId: ownerId, title, reason } = input
  const written = await tx.maybe(insertRelease, {
    tenantId: tx.tenant.id,
    askingId,
    ownerId,
    title,
    receivers,
    seconds: price.seconds,
    why,
    reason,
    authorId: tx.actorId ?? '',
  })
  if (written === undefined) {
    const before = await tx.maybe(releaseOf, { tenantId: tx.tenant.id, askingId })
    if (before?.authorId !== tx.actorId || before?.title !== title || before.reason !== reason)
      throw new Refusal('conflict', '这个编号已经用于另一项申请，请刷新页面后重新填写。', [{ field: '/id', value: askingId, message: '编号已被使用' }])
    return { why, repeated: true }
  }
  await leaveEntry(tx, 'burden.ask-release', { kind: 'asking', id: askingId }, { bodyId: ownerId, receivers, seconds: price.seconds })
  return { why, repeated: false }
}

/** Releases an asking by name. Not one's own; the same again has no effect. */
export async function giveReleaseOf(tx: Tx, allow: Allow, askingId: string): Promise<{ repeated: boolean }> {
  const key = { tenantId: tx.tenant.id, askingId }
  const before = await tx.maybe(releaseOf, key)
  if (before === undefined) throw new Refusal('not-found', '没有找到这项放行申请，或者它不在您的范围内。')
  allow('burden.release', before.ownerId)
  if (before.authorId === tx.actorId) throw new Refusal('not-allowed', '自己申请的，要由别人放行。')
  if ((await tx.maybe(giveRelease, { ...key, by: tx.actorId })) === undefined) return { repeated: true }
  await leaveEntry(tx, 'burden.release', { kind: 'asking', id: askingId }, { receivers: before.receivers, seconds: before.seconds })
  return { repeated: false }
}

/** Releases asked for by bodies of the scope. */
export async function releases(tx: Tx, may: (action: string, bodyId?: string) => boolean): Promise<Release[]> {
  return (await tx.all(releasesOfScope, { tenantId: tx.tenant.id })).map(({ ownerId, ownerName, authorId, ...row }) => ({
    ...row,
    asker: { id: ownerId, name: ownerName },
    mayRelease: row.releasedAt === null && authorId !== tx.actorId && may('burden.release', ownerId),
  }))
}
