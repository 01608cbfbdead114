// The auditor's search over the trail; the names that audit doesn't know are put to it here.
import { formatMoment, isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { chainState, type EntryFilter, type FoundEntry, readEntry, searchEntries } from '#modules/audit/index.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Call } from '#server/kit/route.ts'
import { postName } from '../access.service.ts'
import { exportCsv } from '../privacy/export.service.ts'
import { type TrailEntry, type TrailFilter, TrailRow, type TrailState } from './trail.contract.ts'
import { actionWords, objectWords } from './trail.rules.ts'
import { accountNames, accountsCalled, bodyNames } from './trail.sql.ts'

const PAGE = 50
const EXPORTED = 20_000
/** Of more people than these a name tells too little. */
const PEOPLE = 200

/** Entries of one page, newest first. */
export async function trailPage(tx: Tx, given: TrailFilter & { after?: number; limit?: number }): Promise<{ rows: TrailRow[]; next: string | null }> {
  const limit = given.limit ?? PAGE
  const found = await tx.all(searchEntries, { ...(await filterOf(tx, given)), after: given.after, limit: limit + 1 })
  const rows = await named(tx, found.slice(0, limit))
  return { rows, next: found.length > limit ? String(rows.at(-1)?.seq) : null }
}

async function filterOf(tx: Tx, { person = '', action, object, address, from, to }: TrailFilter): Promise<Omit<EntryFilter, 'limit'>> {
  for (const [field, day] of Object.entries({ from, to })) {
    if (day === undefined || isDate(day)) continue
    throw new Refusal('invalid', `没有${day}这一天，请重新选择日期。`, [{ field: `/${field}`, value: day, message: '没有这一天' }])
  }
  const name = person.trim()
  const called = name === '' ? undefined : await tx.all(accountsCalled, { tenantId: tx.tenant.id, text: name, limit: PEOPLE + 1 })
  if (called !== undefined && called.length > PEOPLE)
    throw new Refusal('invalid', `“${name}”对应的账号超过${PEOPLE}个，请多写几个字。`, [{ field: '/person', value: name, message: '请多写几个字' }])
  return {
    tenantId: tx.tenant.id,
    actors: called?.map(({ id }) => id),
    action,
    objectId: object,
    address,
    from: from === undefined ? undefined : `${from}T00:00:00+08:00`,
    until: to === undefined ? undefined : new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000).toISOString(),
  }
}

async function named(tx: Tx, found: readonly FoundEntry[]): Promise<TrailRow[]> {
  const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]
  const [accounts, bodies] = await Promise.all([
    tx.all(accountNames, { tenantId: tx.tenant.id, ids: distinct(found.map(({ actorId }) => actorId)) }),
    tx.all(bodyNames, { tenantId: tx.tenant.id, ids: distinct(found.map(({ postBodyId }) => postBodyId)) }),
  ])
  return found.map(({ seq, at, actorId, post, postBodyId, action, objectKind, objectId, address }) => ({
    seq,
    at,
    actor: actorId === null ? null : (accounts.find(({ id }) => id === actorId) ?? { id: actorId, login: '', name: '' }),
    post: post === null ? null : postName(tx.tenant, post),
    body: bodies.find(({ id }) => id === postBodyId)?.name ?? null,
    action,
    objectKind,
    objectId,
    address,
  }))
}

/** How far the chain goes and is signed. */
export function trailState(tx: Tx): Promise<TrailState> {
  return tx.one(chainState, { tenantId: tx.tenant.id })
}

/** One entry, whole. */
export async function trailEntry(tx: Tx, seq: number): Promise<TrailEntry> {
  const found = await tx.maybe(readEntry, { tenantId: tx.tenant.id, seq })
  if (found === undefined) throw new Refusal('not-found', '没有这条审计记录，或者它已经超过保存期限。')
  const [row] = await named(tx, [found])
  if (row === undefined) throw new Error(`entry ${seq} was found and not named`)
  const { entryId, detail, requestId, alg, hash } = found
  return { ...row, entryId, detail: detail as Record<string, unknown>, requestId, alg, hash, chain: await trailState(tx) }
}

/** The filtered entries as csv; that is an entry, too. Refuses more than fit into a file. */
export async function trailFile(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, given: TrailFilter): Promise<string> {
  const { tx } = call
  const filter = await filterOf(tx, given)
  const found = await tx.all(searchEntries, { ...filter, limit: EXPORTED + 1 })
  if (found.length > EXPORTED) throw new Refusal('too-large', `一次最多导出 ${EXPORTED} 条，请缩小日期范围。`)
  const { tenantId: _tenant, ...asked } = filter
  return exportCsv(call, {
    name: '审计',
    action: 'audit.export',
    object: { kind: 'audit', id: tx.tenant.slug },
    detail: { filter: asked },
    schema: TrailRow,
    rows: await named(tx, found),
    columns: [
      { title: '链上位置', cell: ({ seq }) => seq },
      { title: '时间', cell: ({ at }) => formatMoment(new Date(at)) },
      { title: '人员', cell: ({ actor }) => actor?.name ?? '系统' },
      { title: '账号', cell: ({ actor }) => actor?.login ?? '' },
      { title: '岗位', cell: ({ post }) => post },
      { title: '所在组织', cell: ({ body }) => body },
      { title: '动作', cell: ({ action }) => actionWords(action) },
      { title: '对象', cell: ({ objectKind }) => objectWords(objectKind) },
      { title: '对象编号', cell: ({ objectId }) => objectId },
      { title: '来源地址', cell: ({ address }) => address },
    ],
  })
}
