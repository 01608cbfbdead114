// The frame of every change: once per client-made id, one at a time per tenant, rows superseded and never overwritten, audited.
import { createHash } from 'node:crypto'
import { formatMoment } from '#base/dates.ts'
import { type Issue, Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveChange } from '#modules/audit/index.ts'
import { type Actor, scopesChanged } from '#server/kit/actor.ts'
import { factsChanged } from '#server/kit/changes.ts'
import { now } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { type OrganisationPack, organisationPack } from '../org.pack.ts'
import { dateProblem, notThen } from '../org.rules.ts'
import { bodyLife } from '../org-page.sql.ts'
import type { Changed } from './changes.contract.ts'
import { inForce, partBefore, partSince, type Span } from './changes.rules.ts'
import {
  addChange,
  addLineage,
  changeById,
  lockChanges,
  openPartyOrgs,
  openUnits,
  type PartyOrgVersion,
  revisionsOf,
  tables,
  type UnitVersion,
} from './changes.sql.ts'

/** What a change's endpoint hands over. */
export interface Asking {
  tx: Tx
  actor: Actor
  allow: (action: string, bodyId?: string) => void
  may: (action: string, bodyId?: string) => boolean
}

export interface Lineage {
  kind: 'merge' | 'split' | 'move' | 'rename' | 'dissolve'
  from: string
  to: string
  note: string
}

type TableName = keyof typeof tables
/** What a change does to the rows, written at its end in one statement per table and kind. */
export interface Batch {
  close: Map<TableName, string[]>
  add: Map<TableName, object[]>
  lineage: Lineage[]
}

/** What the work of a change stands on: `on` is the first day of the new state, `at` the moment it becomes known. */
export interface Work extends Asking {
  on: string
  at: string
  pack: OrganisationPack
  batch: Batch
}

/** A refusal of one field, with the same words for the sentence and the field. */
export function refuse(field: string, value: unknown, message: string): never {
  throw new Refusal('invalid', `${message}。`, [{ field, value, message }])
}

/** A refusal because of what is already so. */
export function conflict(message: string, issues: Issue[] = []): never {
  throw new Refusal('conflict', message, issues)
}

/** Refuses a date that does not exist. */
export function mustBeDate(field: string, date: string): void {
  const wrong = dateProblem(date)
  if (wrong !== null) refuse(field, date, wrong)
}

/** Closes rows; what they said stays known as of earlier moments. */
export function close<R extends object>(batch: Batch, table: TableName, rows: readonly R[]): void {
  const id = tables[table].id
  batch.close.set(table, [...(batch.close.get(table) ?? []), ...rows.map((row) => String((row as Record<string, unknown>)[id]))])
}

/** Adds rows under new ids. */
export function add<R extends object>(batch: Batch, table: TableName, rows: readonly R[]): void {
  const id = tables[table].id
  batch.add.set(table, [...(batch.add.get(table) ?? []), ...rows.map((row) => ({ ...row, [id]: newId() }))])
}

/** Lets rows end on a day: what lay before it stays. */
export function endRows<R extends Span>(work: Pick<Work, 'batch' | 'on'>, table: TableName, rows: readonly R[]): void {
  close(work.batch, table, rows)
  add(
    work.batch,
    table,
    rows.flatMap((row) => partBefore(row, work.on)),
  )
}

/** Rows go on from a day with something new about them. */
export function changeRows<R extends Span>(work: Pick<Work, 'batch' | 'on'>, table: TableName, rows: readonly R[], patch: Partial<R>): void {
  endRows(work, table, rows)
  add(
    work.batch,
    table,
    rows.map((row) => partSince(row, work.on, patch)),
  )
}

/** Writes what a change or an import does to the rows. */
export async function flush(tx: Tx, { batch, on, at }: Pick<Work, 'batch' | 'on' | 'at'>): Promise<void> {
  for (const [name, ids] of batch.close) if (ids.length > 0) await tx.all(tables[name].close, { ids, at })
  for (const [name, rows] of batch.add) if (rows.length > 0) await tx.all(tables[name].add, { rows: JSON.stringify(rows), at })
  if (batch.lineage.length > 0) await tx.all(addLineage, { rows: JSON.stringify(batch.lineage.map((line) => ({ ...line, id: newId(), on }))), at })
}

/**
 * Runs one change. `work` checks, fills the batch and returns the bodies it touched.
 * The same id with the same content answers as the first time; with other content it is refused.
 */
export async function change(
  asking: Asking,
  kind: string,
  input: { id: string; on: string; note?: string },
  work: (work: Work) => Promise<string[]>,
): Promise<Changed> {
  const { tx } = asking
  mustBeDate('/on', input.on)
  await tx.all(lockChanges, {})
  const inputHash = createHash('sha256')
    .update(JSON.stringify([kind, input]))
    .digest('hex')
  const earlier = await tx.maybe(changeById, { id: input.id })
  if (earlier !== undefined) {
    if (earlier.inputHash !== inputHash)
      conflict('这个编号已经用在另一项变更上，请刷新页面后重新填写。', [{ field: '/id', value: input.id, message: '换一个编号' }])
    return earlier.reply as Changed
  }
  const at = now(tx.tenant).toISOString()
  const doing: Work = { ...asking, on: input.on, at, pack: partOf(tx.tenant, organisationPack), batch: { close: new Map(), add: new Map(), lineage: [] } }
  const bodies = [...new Set(await work(doing))]
  await flush(tx, doing)
  const reply: Changed = { changeId: input.id, bodies, recordedAt: at }
  await tx.all(addChange, { id: input.id, kind, on: input.on, inputHash, reply: JSON.stringify(reply), note: input.note ?? '', at, bodies })
  await leaveChange(tx, `org.${kind}`, { kind: 'org-change', id: input.id }, { ...versionsOf(doing.batch), sensitive: [], detail: { on: input.on, bodies } })
  tx.afterCommit(scopesChanged)
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return reply
}

/** What a change closed and added, by the ids of rows, table by table: a row is never overwritten, so they are before and after. */
function versionsOf({ close: closed, add: added }: Batch): { before: Record<string, string[]>; after: Record<string, string[]> } {
  const idsOf = (name: TableName, rows: readonly object[]): string[] => rows.map((row) => String((row as Record<string, unknown>)[tables[name].id]))
  return {
    before: Object.fromEntries([...closed].filter(([, ids]) => ids.length > 0)),
    after: Object.fromEntries([...added].filter(([, rows]) => rows.length > 0).map(([name, rows]) => [name, idsOf(name, rows)])),
  }
}

/** A body to be changed: its rows that are known now and in force on the day or later; the first is in force on the day. */
export type Body =
  | { is: 'unit'; id: string; now: UnitVersion; rows: UnitVersion[] }
  | { is: 'party-org'; id: string; now: PartyOrgVersion; rows: PartyOrgVersion[] }

/** Refuses unless nobody has changed the body since the editor looked. */
export async function mustBeUnchanged(work: Work, seen: readonly { body: string; seen: string | null }[]): Promise<void> {
  const revisions = await work.tx.all(revisionsOf, { ids: seen.map((one) => one.body) })
  for (const one of seen) {
    const current = revisions.find((revision) => revision.id === one.body)
    if ((current?.revision ?? null) === one.seen) continue
    conflict(
      `这个组织在${current?.changedAt === null || current === undefined ? '' : formatMoment(current.changedAt)}刚被改过。请刷新页面，看过最新情况再改，您填的内容还在。`,
      [{ field: '/seen', value: one.seen, message: `当前版本是 ${current?.revision ?? '无'}` }],
    )
  }
}

/** The body with this id, in the actor's reach and in force on the day. Refuses what is foreign, ended or not yet there. */
export async function bodyOf(work: Work, id: string, field: string): Promise<Body> {
  work.allow('org.change', id)
  const { tx, on } = work
  const units = await tx.all(openUnits, { ids: [id], on })
  const unit = units[0]
  if (unit !== undefined && inForce(unit, on)) return { is: 'unit', id, now: unit, rows: units }
  const orgs = unit === undefined ? await tx.all(openPartyOrgs, { ids: [id], on }) : []
  const org = orgs[0]
  if (org !== undefined && inForce(org, on)) return { is: 'party-org', id, now: org, rows: orgs }
  const life = await tx.maybe(bodyLife, { id, asOf: work.at })
  if (life === undefined) throw new Refusal('not-found', '没有找到这个组织，或者它不在您的范围内。', [{ field, value: id, message: '没有这个组织' }])
  return refuse('/on', on, notThen(life, on).replace(/。$/, ''))
}

/** As `bodyOf`, for a unit. */
export async function unitOf(work: Work, id: string, field: string): Promise<Body & { is: 'unit' }> {
  const body = await bodyOf(work, id, field)
  return body.is === 'unit' ? body : refuse(field, id, '这里要选单位，不是党组织')
}

/** As `bodyOf`, for a Party organisation. */
export async function partyOrgOf(work: Work, id: string, field: string): Promise<Body & { is: 'party-org' }> {
  const body = await bodyOf(work, id, field)
  return body.is === 'party-org' ? body : refuse(field, id, '这里要选党组织，不是单位')
}

/** Refuses unless the word is one of the pack's. */
export function mustBeOneOf(field: string, value: string, list: readonly { id: string; name: string }[]): void {
  if (!list.some((entry) => entry.id === value)) refuse(field, value, `没有“${value}”，可选：${list.map((entry) => `${entry.id}（${entry.name}）`).join('、')}`)
}
