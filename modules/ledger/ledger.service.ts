// Use cases of the ledger: enter, correct, withdraw, read. Nothing is overwritten; the same request twice has one effect.
import { chinaDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { leaveChange, leaveEntry } from '#modules/audit/index.ts'
import { factsChanged } from '#server/kit/changes.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Correction, NewRecord, Receipt, RecordPage, RecordVersion } from './ledger.contract.ts'
import { closeVersion, insertVersion, type NewVersion, type PersonRow, peopleOf, type VersionRow, versionsOf } from './ledger.sql.ts'
import { filesOf } from './ledger-files.service.ts'
import { type Allow, kindOf, prepare } from './ledger-prepare.service.ts'
import { learnFrom } from './ledger-terms.service.ts'

/** Enters a record under the id its maker gave it. The same entry again answers as the first did; the same id for something else is a conflict. */
export async function enterRecord(tx: Tx, allow: Allow, input: NewRecord): Promise<Receipt> {
  allow('record.enter', input.bodyId)
  const kind = kindOf(tx.tenant, input.kind)
  const { version, missing } = await prepare(tx, kind, input.bodyId, input, { recordId: input.id, version: 1, reason: '', enteredOn: today(tx.tenant) })
  const written = await tx.maybe(insertVersion, version)
  if (written === undefined) return repeated(tx, version, missing)
  await learnFrom(tx, version)
  await leaveEntry(tx, 'record.enter', { kind: 'record', id: input.id }, { recordKind: kind.id, bodyId: input.bodyId })
  tx.afterCommit(() => factsChanged(tx.tenant.id))
  return { recordId: input.id, version: 1, complete: version.complete, late: version.late, missing, repeated: false }
}

async function repeated(tx: Tx, version: NewVersion, missing: string[]): Promise<Receipt> {
  const key = { tenantId: tx.tenant.id, recordId: version.recordId }
  const stored = (await tx.all(versionsOf, key)).find((row) => row.version === version.version)
  if (stored === undefined || stored.authorId !== version.authorId || !sameContent(stored, await tx.all(peopleOf, key), version)) {
    throw new Refusal('conflict', '这个编号已经用于另一条记录，请刷新页面后重新填写。', [{ field: '/id', value: version.recordId, message: '编号已被使用' }])
  }
  return { recordId: stored.recordId, version: stored.version, complete: stored.complete, late: stored.late, missing, repeated: true }
}

function sameContent(stored: VersionRow, people: PersonRow[], given: NewVersion): boolean {
  const there = people.filter((person) => person.version === stored.version).map((person) => `${person.role} ${person.id}`)
  const wanted = given.roles.map((role, index) => `${role} ${given.persons[index]}`)
  return (
    stored.kind === given.kind &&
    stored.ownerId === given.ownerId &&
    stored.happenedOn === given.happenedOn &&
    stored.title === given.title &&
    stored.place === given.place &&
    stored.present === given.present &&
    there.sort().join() === wanted.sort().join() &&
    canonical(stored.fields) === canonical(JSON.parse(given.fields))
  )
}

function canonical(fields: unknown): string {
  return JSON.stringify(Object.entries(fields as object).sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** Supersedes the version the reader had before them. Someone else's correction in between, or a withdrawal, is a conflict that says so. */
export async function correctRecord(tx: Tx, allow: Allow, recordId: string, input: Correction): Promise<Receipt> {
  const { before, first } = await standing(tx, recordId)
  allow('record.correct', before.ownerId)
  if (before.state === 'withdrawn') throw withdrawn()
  const kind = kindOf(tx.tenant, before.kind)
  const { version, missing } = await prepare(tx, kind, before.ownerId, input, {
    recordId,
    version: input.version + 1,
    reason: input.reason,
    enteredOn: chinaDate(new Date(first.knownFrom)),
  })
  const receipt = { recordId, version: version.version, complete: version.complete, late: version.late, missing }
  const people = await tx.all(peopleOf, { tenantId: tx.tenant.id, recordId })
  if (isMine(tx, before, input) && sameContent(before, people, version)) return { ...receipt, repeated: true }
  await supersede(tx, before, input.version, version)
  const were = people.filter((person) => person.version === before.version)
  await leaveChange(
    tx,
    'record.correct',
    { kind: 'record', id: recordId },
    {
      before: told(
        before,
        were.map(({ role, id }) => `${role} ${id}`),
      ),
      after: told(
        { ...version, fields: JSON.parse(version.fields) },
        version.roles.map((role, index) => `${role} ${version.persons[index]}`),
      ),
      sensitive: ['title', 'place', 'fields', 'people'],
      detail: { version: version.version },
    },
  )
  return { ...receipt, repeated: false }
}

/** What the audit trail tells of a version: what may differ after a correction. */
function told(
  { happenedOn, title, place, present, due, fields }: Pick<VersionRow, 'happenedOn' | 'title' | 'place' | 'present' | 'due' | 'fields'>,
  people: string[],
) {
  return { happenedOn, title, place, present, due, fields: canonical(fields), people: people.sort() }
}

/** True where the version in force is the one that this request made the first time it came. */
function isMine(tx: Tx, before: VersionRow, input: { version: number; reason: string }): boolean {
  return before.version === input.version + 1 && before.authorId === tx.actorId && before.reason === input.reason
}

function withdrawn(): Refusal {
  return new Refusal('gone', '这条记录已经撤回，不能再更正。如需恢复，请重新登记一条。')
}

/** Withdraws a record: it counts nowhere from now on, and stays to be seen with its reason. */
export async function withdrawRecord(tx: Tx, allow: Allow, recordId: string, input: { version: number; reason: string }): Promise<Receipt> {
  const { before } = await standing(tx, recordId)
  allow('record.correct', before.ownerId)
  const receipt = { recordId, version: input.version + 1, complete: before.complete, late: before.late, missing: [] }
  if (before.state === 'withdrawn') {
    if (isMine(tx, before, input)) return { ...receipt, repeated: true }
    throw withdrawn()
  }
  const people = (await tx.all(peopleOf, { tenantId: tx.tenant.id, recordId })).filter((person) => person.version === before.version)
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
    knownFrom: null,
    authorId: tx.actorId,
    roles: people.map((person) => person.role),
    persons: people.map((person) => person.id),
    bigrams: [],
  })
  await leaveChange(
    tx,
    'record.withdraw',
    { kind: 'record', id: recordId },
    {
      before: { state: before.state, reason: before.reason },
      after: { state: 'withdrawn', reason: input.reason },
      sensitive: ['reason'],
      detail: { version: input.version + 1 },
    },
  )
  return { ...receipt, repeated: false }
}

/** Closes the version in force and writes the next from the same moment on, so that every moment has exactly one. */
async function supersede(tx: Tx, before: VersionRow, expected: number, next: NewVersion): Promise<void> {
  const key = { tenantId: tx.tenant.id, recordId: before.recordId }
  const closed = before.version === expected ? await tx.maybe(closeVersion, { ...key, version: expected }) : undefined
  if (closed === undefined) {
    const { before: latest } = await standing(tx, before.recordId)
    throw new Refusal('conflict', `这条记录刚被${latest.author ?? '他人'}改过（第${latest.version}版）。请刷新，看过新内容后再改。`, [
      { field: '/version', value: expected, message: `现在是第 ${latest.version} 版` },
    ])
  }
  if ((await tx.maybe(insertVersion, { ...next, knownFrom: closed.knownUntil })) === undefined)
    throw new Error(`version ${next.version} of record ${next.recordId} was there before its predecessor was closed`)
  await learnFrom(tx, next)
  tx.afterCommit(() => factsChanged(tx.tenant.id))
}

async function standing(tx: Tx, recordId: string): Promise<{ before: VersionRow; first: VersionRow }> {
  const versions = await tx.all(versionsOf, { tenantId: tx.tenant.id, recordId })
  const [before] = versions
  const first = versions.at(-1)
  if (before === undefined || first === undefined) throw new Refusal('not-found', '没有找到这条记录，或者它不在您的范围内。')
  return { before, first }
}

/** A record with its versions, people and files. */
export async function readRecord(tx: Tx, recordId: string, mayCorrect: boolean): Promise<RecordPage> {
  const versions = await tx.all(versionsOf, { tenantId: tx.tenant.id, recordId })
  const [newest] = versions
  if (newest === undefined) throw new Refusal('not-found', '没有找到这条记录，或者它不在您的范围内。')
  const people = await tx.all(peopleOf, { tenantId: tx.tenant.id, recordId })
  const attachments = await filesOf(tx, recordId)
  return {
    recordId,
    kind: newest.kind,
    body: { id: newest.ownerId, name: newest.bodyName ?? '', unitId: newest.unitId },
    current: shown(newest, people),
    versions: versions.map((version) => shown(version, people)),
    attachments,
    may: { correct: mayCorrect && newest.state === 'valid' },
  }
}

function shown(row: VersionRow, people: PersonRow[]): RecordVersion {
  const { version, state, title, place, happenedOn, due, present, complete, late, reason, author, knownFrom, knownUntil } = row
  return {
    version,
    state,
    title,
    place,
    happenedOn,
    fields: row.fields as Record<string, unknown>,
    people: people.filter((person) => person.version === version).map(({ role, id, name }) => ({ role, id, name })),
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
