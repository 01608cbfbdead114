// Fulfilling a duty by hand: entered by whoever holds the post, corrected and withdrawn by versions [D5].
import { isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { oneLine } from '#modules/ledger/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { factsChanged } from '#server/kit/changes.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { NewFulfilment } from './duty.contract.ts'
import { periodsOf, type Standing } from './duty.rules.ts'
import { closeFulfilment, type FulfilmentRow, fulfilmentById, insertFulfilment } from './duty.sql.ts'
import { editionsOf } from './duty-editions.service.ts'
import { mineOf, oneOf, unseen } from './duty-read.service.ts'

interface Acting {
  tx: Tx
  actor: Actor
}
interface Receipt {
  id: string
  version: number
  repeated: boolean
}
interface Content {
  doneOn: string
  note: string
  evidence?: string | undefined
}

const wrong = (field: string, value: unknown, message: string) => new Refusal('invalid', `${message}。`, [{ field, value, message }])

/** The duty of a body whose post the actor holds; one of somebody else's, or of a body out of reach, is refused. */
async function mustHold({ tx, actor }: Acting, body: string, duty: string): Promise<Standing> {
  const { standings, rows } = await mineOf(tx, actor)
  const own = rows.find((row) => row.bodyId === body && standings.find(({ n }) => n === row.n)?.duty.id === duty)
  const one = standings.find(({ n }) => n === own?.n)
  if (one !== undefined) return one
  const other = await oneOf(tx, actor, body, duty)
  throw new Refusal('not-allowed', `这项责任由${other.row.bodyName}的${other.one.seat.name}承担，由担任这个岗位的同志登记。`)
}

/** What is said, in the form it is stored in. Refuses days that don't exist, that are to come or lie before the period. */
function contentOf(tx: Tx, { doneOn, note, evidence = '' }: Content, first: string): Required<Content> {
  if (!isDate(doneOn)) throw wrong('/doneOn', doneOn, '没有这一天')
  if (doneOn > today(tx.tenant)) throw wrong('/doneOn', doneOn, '落实日期还没有到，做完了再登记')
  if (doneOn < first) throw wrong('/doneOn', doneOn, '落实日期在这个时段以前，请核对日期或选择前面的时段')
  if (oneLine(note).length < 2) throw wrong('/note', note, '请写明做了什么，至少两个字')
  return { doneOn, note: oneLine(note), evidence: oneLine(evidence) }
}

/** Says that a duty was fulfilled in a period. The same again answers as the first did; the same id for something else is a conflict. */
export async function fulfilDuty(acting: Acting, input: NewFulfilment): Promise<Receipt> {
  const { tx } = acting
  const one = await mustHold(acting, input.bodyId, input.duty)
  const { way } = one.duty
  if (way === undefined || !('hand' in way)) throw wrong('/duty', input.duty, '这项责任不用手工登记：有了对应的纪实或事项，系统自动认定')
  const period = periodsOf(one, await editionsOf(tx), today(tx.tenant)).find(({ first }) => first === input.period)
  if (period === undefined) throw wrong('/period', input.period, '没有这个时段，请从列表中选择')
  const content = contentOf(tx, input, period.first)
  const row = {
    ...content,
    ...{ id: input.id, version: 1, bodyId: input.bodyId, duty: input.duty, periodFirst: period.first, state: 'valid', reason: '' },
    authorId: tx.actorId,
  }
  const written = await tx.maybe(insertFulfilment, { ...row, tenantId: tx.tenant.id, at: now(tx.tenant).toISOString() })
  if (written === undefined) return before(tx, row)
  await leaveEntry(tx, 'duty.fulfil', { kind: 'duty-fulfilment', id: input.id }, { duty: input.duty, bodyId: input.bodyId, period: period.first })
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { id: input.id, version: 1, repeated: false }
}

/** The answer to a version that was written before: as then where it says the same. */
async function before(tx: Tx, row: FulfilmentRow): Promise<Receipt> {
  const there = (await tx.all(fulfilmentById, { tenantId: tx.tenant.id, id: row.id })).find(({ version }) => version === row.version)
  const same = there !== undefined && (Object.keys(row) as (keyof FulfilmentRow)[]).every((key) => there[key] === row[key])
  if (!same) throw new Refusal('conflict', '这个编号已经用过，请刷新页面后重新提交。', [{ field: '/id', value: row.id, message: '编号已使用' }])
  return { id: row.id, version: row.version, repeated: true }
}

/** Writes the next version of what was entered by hand: corrected, or (no content) withdrawn. Refuses where somebody was faster. */
export async function amend(acting: Acting, id: string, version: number, reason: string, content: Content | null): Promise<Receipt> {
  const { tx } = acting
  const key = { tenantId: tx.tenant.id, id }
  const [last] = await tx.all(fulfilmentById, key)
  if (last === undefined) throw unseen()
  await mustHold(acting, last.bodyId, last.duty)
  const said = oneLine(reason)
  if (said.length < 2) throw wrong('/reason', reason, '请写明原因，至少两个字')
  const next = content === null ? { state: 'withdrawn' } : contentOf(tx, content, last.periodFirst)
  const row = { ...last, ...next, version: version + 1, reason: said, authorId: tx.actorId }
  if (last.version === version + 1) return before(tx, row)
  if (last.version !== version || last.state === 'withdrawn')
    throw new Refusal('conflict', last.state === 'withdrawn' ? '这一条已经撤回。' : '这一条刚被更正过，请刷新页面再看。', [
      { field: '/version', value: version, message: `现在是第 ${last.version} 版` },
    ])
  const at = now(tx.tenant).toISOString()
  const closed = await tx.maybe(closeFulfilment, { ...key, version, at })
  const written = closed === undefined ? undefined : await tx.maybe(insertFulfilment, { ...row, tenantId: tx.tenant.id, at })
  if (written === undefined) throw new Refusal('conflict', '这一条刚被更正过，请刷新页面再看。', [{ field: '/version', value: version, message: '有新的版本' }])
  await leaveEntry(tx, content === null ? 'duty.withdraw' : 'duty.correct', { kind: 'duty-fulfilment', id }, { version: version + 1 })
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { id, version: version + 1, repeated: false }
}
