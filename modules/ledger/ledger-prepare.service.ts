// What every entry and correction goes through: the kind, the organisation and the people of the day, and the version that would be written.
import { type Issue, Refusal } from '#base/errors.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { recordsPack } from './ledger.pack.ts'
import { bigrams, type Content, checkContent, isLate, missingParts, oneLine, storedFields } from './ledger.rules.ts'
import { entryContext, type NewVersion } from './ledger.sql.ts'
import type { RecordKind } from './ledger-kinds.contract.ts'

/** Refuses unless the actor may act on the body; from the route. */
export type Allow = (action: string, bodyId?: string) => void

/** The kind with this id in the tenant's pack; a refusal naming it when there is none. */
export function kindOf(tenant: Tenant, id: string): RecordKind {
  const kind = partOf(tenant, recordsPack).kinds.find((entry) => entry.id === id)
  if (kind === undefined) throw new Refusal('invalid', `没有“${id}”这种记录，请从列表中选择。`, [{ field: '/kind', value: id, message: '没有这种记录' }])
  return kind
}

interface Place {
  recordId: string
  version: number
  reason: string
  /** The day of the first entry: a record that came in time stays in time, and no correction of its date hides that it came late. */
  enteredOn: string
}

/** Everything that is checked of an entry, and the version that would be written. */
export async function prepare(tx: Tx, kind: RecordKind, bodyId: string, content: Content, place: Place): Promise<{ version: NewVersion; missing: string[] }> {
  checkContent(kind, content, today(tx.tenant))
  const people = content.people ?? {}
  const absent = [...new Set(content.absent ?? [])]
  const context = await tx.one(entryContext, {
    bodyId,
    on: content.happenedOn,
    asOf: now(tx.tenant).toISOString(),
    people: Object.values(people).flat(),
    absent,
  })
  const { unitId, partyOrgId } = context
  const issues: Issue[] = []
  const at = (field: string, value: unknown, message: string): number => issues.push({ field, value, message })
  if (unitId === null) at('/bodyId', bodyId, `这个组织在${content.happenedOn}不存在，请核对日期或换一个组织`)
  else if (kind.of === 'party-org' && partyOrgId === null) at('/bodyId', bodyId, `“${kind.name}”由党组织登记，请选择党组织`)
  else if (kind.of === 'unit' && partyOrgId !== null) at('/bodyId', bodyId, `“${kind.name}”由单位登记，请选择单位`)
  else if (kind.of_kinds !== undefined && partyOrgId !== null && !kind.of_kinds.includes(context.orgKind ?? ''))
    at('/bodyId', bodyId, `“${kind.name}”不由这类党组织登记`)
  for (const role of kind.roles)
    for (const id of people[role.id] ?? []) if (context.strangers.includes(id)) at(`/people/${role.id}`, id, `${role.name}：没有找到这个人，或者不在您的范围内`)
  for (const id of context.notOnRoll) at('/absent', id, '缺席名单里有人当天不是这个组织的党员')
  if (issues.length > 0 || unitId === null) throw new Refusal('invalid', `有 ${issues.length} 处需要修改：${issues[0]?.message}`, issues)
  const fields = storedFields(kind, content.fields ?? {})
  for (const { id, set_when: rule } of kind.fields) {
    if (rule === undefined) continue
    const person = people[rule.role]?.[0]
    if (person === undefined) delete fields[id]
    else fields[id] = context.holders.includes(`${rule.holds} ${person}`)
  }
  const attendanceTaken = kind.attendance === 'roll' && content.absent !== undefined && context.members > 0
  const missing = missingParts(kind, { fields, people, attendanceTaken })
  const flat = [
    ...kind.roles.flatMap((role) => [...new Set(people[role.id] ?? [])].map((id) => ({ role: role.id, id }))),
    ...absent.map((id) => ({ role: 'absent', id })),
  ]
  return {
    missing,
    version: {
      tenantId: tx.tenant.id,
      recordId: place.recordId,
      version: place.version,
      kind: kind.id,
      unitId,
      partyOrgId,
      ownerId: partyOrgId ?? unitId,
      happenedOn: content.happenedOn,
      title: oneLine(content.title),
      place: oneLine(content.place ?? ''),
      fields: JSON.stringify(fields),
      due: attendanceTaken ? context.members : null,
      present: attendanceTaken ? context.members - absent.length : null,
      state: 'valid',
      complete: missing.length === 0,
      late: isLate(kind, content.happenedOn, place.enteredOn),
      reason: place.reason,
      knownFrom: null,
      authorId: tx.actorId,
      roles: flat.map((entry) => entry.role),
      persons: flat.map((entry) => entry.id),
      bigrams: bigrams(content.title),
    },
  }
}
