// Whom a request goes to and what it costs them: for the composer, for the paper that approves it, and once more when it is sent.
import { createHash } from 'node:crypto'
import { chinaDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { bodiesUnder, findBody, organisationPack } from '#modules/org/index.ts'
import type { Actor, Scope } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { kindsOf } from '../matter.pack.ts'
import type { Edition } from '../matter.rules.ts'
import { type Content, MOST, type Preview, type Selection } from './request.contract.ts'
import { costOf } from './request.cost.ts'
import { type Receiver, type RequestHead, receiversOf } from './request.sql.ts'

/** How many names a preview shows. */
const FIRST = 20

const wrong = (field: string, value: unknown, message: string): Refusal => new Refusal('invalid', `${message}。`, [{ field, value, message }])

/** The kind with this id, where a body that asks opens it. Refuses by name. */
export function askedKind(tx: Tx, id: string): Edition {
  const kind = kindsOf(tx.tenant).get(id)
  if (kind === undefined) throw wrong('/kind', id, `没有“${id}”这种事项，请从列表中选择`)
  if (kind.opened_by !== 'asker') throw wrong('/kind', id, `“${kind.name}”由办理的组织自己立项，不能下发`)
  return kind
}

/** What a stored draft says, as its author gave it. */
export function contentOf(head: RequestHead): Content {
  const { askerId, kind, title, fields, selection, dueAt, basis, reason } = head
  return { askerId, kind, title, fields: fields as Content['fields'], selection, dueOn: dueAt === null ? null : chinaDate(new Date(dueAt)), basis, reason }
}

/** What is approved when a request is: everything that its receivers will read, and how many they are. */
export function hashOf(head: RequestHead): string {
  return createHash('sha256')
    .update(canonical([contentOf(head), head.receivers, head.minutes]))
    .digest('hex')
}

/** The same text for the same value, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  )
}

/** The bodies that the actor may ask on behalf of the asker. */
export function reachOf(actor: Actor, askerId: string): Scope {
  const asking = actor.posts.filter(({ may, reach }) => may.includes('matter.ask') && (reach === 'tenant' || reach.includes(askerId))).map(({ reach }) => reach)
  return asking.includes('tenant') ? 'tenant' : [...new Set((asking as (readonly string[])[]).flat())]
}

/** The bodies that fit the selection and the kind, by name; never the asker itself. Refuses what isn't in the pack, a selection of nothing, an asker that isn't there. */
export async function receiversFor(
  tx: Tx,
  reach: Scope,
  { askerId, kind: kindId, selection }: Pick<Content, 'askerId' | 'kind' | 'selection'>,
): Promise<Receiver[]> {
  const kind = askedKind(tx, kindId)
  mustBeNamed(tx, kind, selection)
  if ((await findBody(tx, askerId)) === undefined)
    throw new Refusal('not-found', '没有找到发出下发的组织。', [{ field: '/askerId', value: askerId, message: '没有这个组织' }])
  const found = await tx.all(receiversOf, {
    of: kind.of,
    ofKinds: kind.of_kinds ?? [],
    on: today(tx.tenant),
    asOf: now(tx.tenant).toISOString(),
    askerId,
    within: reach === 'tenant' ? null : [...reach],
    under: selection.under === undefined ? null : await bodiesUnder(tx, selection.under),
    selection,
  })
  if (found.length > MOST) throw wrong('/selection', found.length, `一次最多发给 ${MOST} 个组织，现在是 ${found.length} 个`)
  return found
}

function mustBeNamed(tx: Tx, { of }: Edition, selection: Selection): void {
  const { without: _without, ...conditions } = selection
  if (Object.values(conditions).every((one) => one.length === 0)) throw wrong('/selection', selection, '请选择发给谁：范围、名单、类别至少选一样')
  const pack = partOf(tx.tenant, organisationPack)
  const known = {
    kinds: of === 'unit' ? pack.unit_kinds : pack.party_org_kinds,
    classes: pack.unit_classes,
    levels: pack.unit_levels,
    counties: pack.counties.map(({ code, name }) => ({ id: code, name })),
  }
  for (const name of Object.keys(known) as (keyof typeof known)[])
    for (const id of selection[name] ?? [])
      if (!known[name].some((one) => one.id === id))
        throw wrong(`/selection/${name}`, id, `没有“${id}”这一类，可选：${known[name].map((one) => one.name).join('、')}`)
}

/** Who would be asked, and what it would cost them. */
export async function previewOf(tx: Tx, reach: Scope, content: Pick<Content, 'askerId' | 'kind' | 'selection' | 'dueOn'>): Promise<Preview> {
  const kind = askedKind(tx, content.kind)
  const receivers = await receiversFor(tx, reach, content)
  const { counties, unit_kinds, party_org_kinds } = partOf(tx.tenant, organisationPack)
  const countyOf = new Map(counties.map(({ code, name }) => [code, name]))
  const kindNames = new Map((kind.of === 'unit' ? unit_kinds : party_org_kinds).map(({ id, name }) => [id, name]))
  return {
    cost: await costOf(tx, kind, { askerId: content.askerId, dueOn: content.dueOn, receivers }),
    byKind: counted(receivers, (one) => [one.kind, kindNames.get(one.kind) ?? one.kind]),
    byCounty: counted(receivers, ({ county }) => (county !== null && countyOf.has(county) ? [county, countyOf.get(county) ?? ''] : ['-', ELSEWHERE])),
    first: receivers.slice(0, FIRST).map(({ id, name }) => ({ id, name })),
  }
}

/** What is in no county: the city's own. */
export const ELSEWHERE = '市级机关'

function counted(receivers: readonly Receiver[], groupOf: (one: Receiver) => [id: string, name: string]): Preview['byKind'] {
  const groups = new Map<string, Preview['byKind'][number]>()
  for (const receiver of receivers) {
    const [id, name] = groupOf(receiver)
    const group = groups.get(id) ?? { id, name, count: 0 }
    group.count += 1
    groups.set(id, group)
  }
  return [...groups.values()].sort((left, right) => right.count - left.count)
}
