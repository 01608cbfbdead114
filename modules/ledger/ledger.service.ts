// Use cases of the ledger: enter, correct, withdraw, read. Nothing is overwritten; the same request twice has one effect.
import { type Issue, Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { factsChanged } from '#server/kit/changes.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Correction, NewRecord, Receipt, RecordPage, RecordVersion } from './ledger.contract.ts'
import { recordsPack } from './ledger.pack.ts'
import { bigrams, type Content, checkContent, isLate, missingParts, storedFields } from './ledger.rules.ts'
import { attachmentsOf, closeVersion, entryContext, insertVersion, type NewVersion, peopleOf, type VersionRow, versionsOf } from './ledger.sql.ts'
import type { RecordKind } from './ledger-kinds.contract.ts'

/** Refuses unless the actor may act on the body; from the route. */
export type Allow = (action: string, bodyId?: string) => void

/** The kind with this id in the tenant's pack; a refusal naming it when there is none. */
export function kindOf(tenant: Tenant, id: string): RecordKind {
  const kind = partOf(tenant, recordsPack).kinds.find((entry) => entry.id === id)
  if (kind === undefined) throw new Refusal('invalid', `没有“${id}”这种记录，请从列表中选择。`, [{ field: '/kind', value: id, message: '没有这种记录' }])
  return kind
}

/** Enters a record under the id its maker gave it. The same entry again answers as the first did; the same id for something else is a conflict. */
export async function enterRecord(tx: Tx, allow: Allow, input: NewRecord): Promise<Receipt> {
  allow('record.enter', input.bodyId)
  const kind = kindOf(tx.tenant, input.kind)
  const { version, missing } = await prepare(tx, kind, input.bodyId, input, { recordId: input.id, version: 1, attachments: 0 })
  const written = await tx.maybe(insertVersion, version)
  if (written === undefined) return repeated(tx, version)
  await leaveEntry(tx, 'record.enter', { kind: 'record', id: input.id }, { recordKind: kind.id, bodyId: input.bodyId })
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { recordId: input.id, version: 1, complete: version.complete, late: version.late, missing, repeated: false }
}

async function repeated(tx: Tx, version: NewVersion): Promise<Receipt> {
  const [stored] = (await tx.all(versionsOf, { tenantId: tx.tenant.id, recordId: version.recordId })).filter((row) => row.version === version.version)
  if (stored === undefined || stored.authorId !== version.authorId || !sameContent(stored, version)) {
    throw new Refusal('conflict', '这个编号已经用于另一条记录，请刷新页面后重新填写。', [{ field: '/id', value: version.recordId, message: '编号已被使用' }])
  }
  return { recordId: stored.recordId, version: stored.version, complete: stored.complete, late: stored.late, missing: [], repeated: true }
}

function sameContent(stored: VersionRow, given: NewVersion): boolean {
  return (
    stored.kind === given.kind &&
    stored.ownerId === given.ownerId &&
    stored.happenedOn === given.happenedOn &&
    stored.title === given.title &&
    stored.place === given.place &&
    stored.present === given.present &&
    canonical(stored.fields) === canonical(JSON.parse(given.fields))
  )
}

function canonical(fields: unknown): string {
  return JSON.stringify(Object.entries(fields as object).sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** Supersedes the version the reader had before them. Someone else's correction in between, or a withdrawal, is a conflict that says so. */
export async function correctRecord(tx: Tx, allow: Allow, recordId: string, input: Correction): Promise<Receipt> {
  const before = await inForce(tx, recordId)
  allow('record.correct', before.ownerId)
  const kind = kindOf(tx.tenant, before.kind)
  const attachments = await tx.all(attachmentsOf, { tenantId: tx.tenant.id, recordId })
  const { version, missing } = await prepare(tx, kind, before.ownerId, input, {
    recordId,
    version: input.version + 1,
    attachments: attachments.length,
    reason: input.reason,
  })
  if (
    before.state === 'valid' &&
    before.version === input.version + 1 &&
    before.authorId === tx.actorId &&
    before.reason === input.reason &&
    sameContent(before, version)
  ) {
    return { recordId, version: before.version, complete: before.complete, late: before.late, missing, repeated: true }
  }
  await supersede(tx, before, input.version, { ...version, late: version.late && before.late })
  await leaveEntry(tx, 'record.correct', { kind: 'record', id: recordId }, { version: version.version })
  return { recordId, version: version.version, complete: version.complete, late: version.late, missing, repeated: false }
}

/** Withdraws a record: it counts nowhere from now on, and stays to be seen with its reason. */
export async function withdrawRecord(tx: Tx, allow: Allow, recordId: string, input: { version: number; reason: string }): Promise<Receipt> {
  const before = await inForce(tx, recordId)
  allow('record.correct', before.ownerId)
  const receipt = { recordId, version: input.version + 1, complete: before.complete, late: before.late, missing: [] }
  if (before.state === 'withdrawn' && before.version === input.version + 1 && before.authorId === tx.actorId && before.reason === input.reason)
    return { ...receipt, repeated: true }
  const people = await tx.all(peopleOf, { tenantId: tx.tenant.id, recordId, version: before.version })
  await supersede(tx, before, input.version, {
    tenantId: tx.tenant.id,
    recordId,
    version: input.version + 1,
    kind: before.kind,
    unitId: before.unitId,
    partyOrgId: before.partyOrgId,
    ownerId: before.ownerId,
    happenedOn: before.happenedOn,
    title: before.title,
    place: before.place,
    fields: JSON.stringify(before.fields),
    due: before.due,
    present: before.present,
    state: 'withdrawn',
    complete: before.complete,
    late: before.late,
    reason: input.reason,
    authorId: tx.actorId,
    roles: people.map((person) => person.role),
    persons: people.map((person) => person.id),
    bigrams: [],
  })
  await leaveEntry(tx, 'record.withdraw', { kind: 'record', id: recordId }, { version: input.version + 1 })
  return { ...receipt, repeated: false }
}

async function supersede(tx: Tx, before: VersionRow, expected: number, next: NewVersion): Promise<void> {
  if (before.state === 'withdrawn') throw new Refusal('gone', '这条记录已经撤回，不能再更正。如需恢复，请重新登记一条。')
  const closed =
    before.version === expected ? await tx.maybe(closeVersion, { tenantId: tx.tenant.id, recordId: before.recordId, version: expected }) : undefined
  if (closed === undefined) {
    const latest = await inForce(tx, before.recordId)
    throw new Refusal('conflict', `这条记录刚被${latest.author ?? '他人'}改过（第${latest.version}版）。请刷新，看过新内容后再改。`, [
      { field: '/version', value: expected, message: `现在是第 ${latest.version} 版` },
    ])
  }
  if ((await tx.maybe(insertVersion, next)) === undefined)
    throw new Error(`version ${next.version} of record ${next.recordId} was there before its predecessor was closed`)
  tx.afterCommit(() => factsChanged(tx.tenant.id))
}

async function inForce(tx: Tx, recordId: string): Promise<VersionRow> {
  const [newest] = await tx.all(versionsOf, { tenantId: tx.tenant.id, recordId })
  if (newest === undefined) throw new Refusal('not-found', '没有找到这条记录，或者它不在您的范围内。')
  return newest
}

interface Place {
  recordId: string
  version: number
  attachments: number
  reason?: string
}

/** Everything that is checked of an entry, and the version that would be written. */
async function prepare(tx: Tx, kind: RecordKind, bodyId: string, content: Content, place: Place): Promise<{ version: NewVersion; missing: string[] }> {
  const enteredOn = today(tx.tenant)
  checkContent(kind, content, enteredOn)
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
    const person = rule === undefined ? undefined : people[rule.role]?.[0]
    if (rule !== undefined && person !== undefined) fields[id] = context.holders.includes(`${rule.holds} ${person}`)
  }
  const attendanceTaken = kind.attendance === 'roll' && content.absent !== undefined && context.members > 0
  const missing = missingParts(kind, { fields, people, attendanceTaken, attachments: place.attachments })
  const flat = [
    ...Object.entries(people).flatMap(([role, ids]) => [...new Set(ids)].map((id) => ({ role, id }))),
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
      title: content.title.trim(),
      place: content.place?.trim() ?? '',
      fields: JSON.stringify(fields),
      due: attendanceTaken ? context.members : null,
      present: attendanceTaken ? context.members - absent.length : null,
      state: 'valid',
      complete: missing.length === 0,
      late: isLate(kind, content.happenedOn, enteredOn),
      reason: place.reason ?? '',
      authorId: tx.actorId,
      roles: flat.map((entry) => entry.role),
      persons: flat.map((entry) => entry.id),
      bigrams: bigrams(content.title),
    },
  }
}

/** A record with its versions, people and files. */
export async function readRecord(tx: Tx, recordId: string, mayCorrect: boolean): Promise<RecordPage> {
  const versions = await tx.all(versionsOf, { tenantId: tx.tenant.id, recordId })
  const [newest] = versions
  if (newest === undefined) throw new Refusal('not-found', '没有找到这条记录，或者它不在您的范围内。')
  const people = await tx.all(peopleOf, { tenantId: tx.tenant.id, recordId, version: newest.version })
  const attachments = await tx.all(attachmentsOf, { tenantId: tx.tenant.id, recordId })
  return {
    recordId,
    kind: newest.kind,
    body: { id: newest.ownerId, name: newest.bodyName ?? '', unitId: newest.unitId },
    current: shown(newest),
    versions: versions.map(shown),
    people,
    attachments: attachments.map(({ id, name, mediaType, bytes }) => ({ id, name, mediaType, bytes, thumbnail: mediaType.startsWith('image/') })),
    may: { correct: mayCorrect && newest.state === 'valid' },
  }
}

function shown(row: VersionRow): RecordVersion {
  const { version, state, title, place, happenedOn, due, present, complete, late, reason, author, knownFrom, knownUntil } = row
  return {
    version,
    state,
    title,
    place,
    happenedOn,
    fields: row.fields as Record<string, unknown>,
    due,
    present,
    complete,
    late,
    reason,
    author,
    knownFrom,
    knownUntil,
  }
}
