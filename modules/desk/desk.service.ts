// Puts together what the other modules have to do and to find.
import { approvalTodo } from '#modules/approval/index.ts'
import { complaintTodo, measuredMinutes } from '#modules/burden/index.ts'
import { dutyTodo } from '#modules/duty/index.ts'
import { ledgerTodo, listRecords } from '#modules/ledger/index.ts'
import { findMatters, matterTodo } from '#modules/matter/index.ts'
import { findObjections, objectionTodo } from '#modules/scoring/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Found, TodoItem } from './desk.contract.ts'
import { findNames, type Hit } from './desk.sql.ts'

const EACH = 6

/** Everything there is to do for the reader, earliest due first; the next best step is the first of the shortest that are due soonest. */
export async function todoOf(tx: Tx, actor: Actor, entry: 'may-enter' | 'may-look'): Promise<{ items: TodoItem[]; next: TodoItem | null }> {
  const measured = await measuredMinutes(tx)
  const owed = [
    await approvalTodo(tx, actor),
    await objectionTodo(tx, actor),
    await complaintTodo(tx, actor),
    await matterTodo(tx, actor, measured),
    await dutyTodo(tx, actor),
    await ledgerTodo(tx, actor.scope, entry, measured),
  ]
  const items = owed.flat().sort((left, right) => (left.due ?? '9999').localeCompare(right.due ?? '9999') || left.minutes - right.minutes)
  return { items, next: items[0] ?? null }
}

/**
 * Units, Party organisations, people and records that fit the text, in the reader's scope. The directory alone where the post may not read:
 * guests, who are members nowhere, are in everybody's scope.
 */
export async function find(tx: Tx, text: string, what: 'all' | 'directory'): Promise<Found[]> {
  const wanted = text.trim()
  if (wanted === '') return []
  const plain = wanted.replace(/[\\%_]/g, '\\$&')
  const latin = /^[a-z]+$/i.test(wanted)
  const found = await tx.all(findNames, {
    pattern: `%${plain}%`,
    initials: latin ? `${plain.toLowerCase()}%` : null,
    on: today(tx.tenant),
    asOf: now(tx.tenant).toISOString(),
    most: EACH,
  })
  const names = found.filter((hit) => what === 'all' || hit.kind === 'unit' || hit.kind === 'party-org')
  const title = wanted.normalize('NFKC').replace(/\s+/g, '')
  const objections = what === 'directory' || latin || title.length < 2 ? [] : await findObjections(tx, title, EACH)
  const records = latin || title.length < 2 ? [] : (await listRecords(tx, { q: title, limit: EACH })).rows
  const matters = latin || title.length < 2 ? [] : await findMatters(tx, title, EACH)
  return [
    ...names.map(shown),
    ...records.map((row) => ({
      kind: '纪实' as const,
      id: row.recordId,
      label: row.title,
      detail: `${row.happenedOn} ${row.bodyName}`,
      href: `/records/${row.recordId}`,
    })),
    ...matters.map((row) => ({
      kind: '事项' as const,
      id: row.matterId,
      label: row.title,
      detail: `${row.openedOn} ${row.owner.name}`,
      href: `/matters/${row.matterId}`,
    })),
    ...objections.map((found) => ({ kind: '异议' as const, ...found })),
  ]
}

function shown({ kind, id, label, detail, pageId }: Hit): Found {
  if (kind === 'unit') return { kind: '单位', id, label, detail, href: `/org/units/${id}` }
  if (kind === 'party-org') return { kind: '党组织', id, label, detail, href: `/org/party-orgs/${id}` }
  if (kind === 'guest') return { kind: '外请', id, label, detail, href: '/org' }
  return { kind: '人员', id, label, detail, bodyId: pageId, href: pageId === null ? '/org' : `/org/party-orgs/${pageId}` }
}
