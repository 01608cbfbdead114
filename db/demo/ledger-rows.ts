// Writes records: when each was entered, whether it is late and complete by its kind's rule, and its later versions.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { RecordKind, RecordsPack } from '#modules/ledger/ledger-kinds.contract.ts'
import { NOW, type Org, type Person, type Unit } from './city.ts'
import { dateText, day, dayOf, entryMoment, moment, momentText, workday } from './days.ts'
import type { Random } from './random.ts'
import { type Sheet, sheet } from './sheet.ts'

export type Value = string | number | boolean

/** Something that happened, as a builder tells it. */
export interface Draft {
  kind: string
  unit: Unit
  /** Left out for a unit's own records. */
  org?: Org
  day: number
  title: string
  place?: string
  fields?: Record<string, Value>
  people?: Array<[role: string, person: Person]>
  /** The roll, for kinds with attendance. */
  roll?: Person[]
  absent?: Person[]
  /** Days after `day` on which it was entered; drawn when left out. */
  delay?: number
  /** Stays as first entered: neither corrected nor withdrawn nor incomplete. */
  firm?: boolean
  /** Fields of a second version and the day it was made: a naming that was lost. */
  later?: { on: number; fields: Record<string, Value>; reason: string }
}

export interface Ledger {
  records: Sheet
  participants: Sheet
  titles: Set<string>
  /** Records, without their further versions. */
  count: number
  add: (draft: Draft) => void
}

const present = moment(day(NOW), 9)

/** The kinds of record of the pack, by id. */
export function recordKinds(): Map<string, RecordKind> {
  const text = readFileSync(new URL('../../packs/changzhi/records.yaml', import.meta.url), 'utf8')
  return new Map((parse(text) as RecordsPack).kinds.map((kind) => [kind.id, kind]))
}

interface Version {
  place: string
  fields: Record<string, Value>
  absent: Person[]
  state: 'valid' | 'withdrawn'
  reason: string
  known: number
}

/** How good or bad this record's keeping is: named units and firm records are never late, wrong or short of a field. */
function shortfall(draft: Draft): number {
  if (draft.firm === true || draft.unit.named) return 0
  return 1 - (draft.org?.quality ?? draft.unit.quality)
}

function enteredAt(draft: Draft, kind: RecordKind, lack: number, stream: Random): number {
  if (draft.delay !== undefined) return entryMoment(workday(draft.day + draft.delay), stream)
  const late = lack > 0 && stream.chance(0.006 + lack * 0.35)
  const delay = late ? kind.late_after_days + stream.between(1, 40) : Math.floor(stream.next() ** 2.5 * 7)
  return entryMoment(workday(draft.day + delay), stream)
}

/** Leaves out one of the fields that make the kind complete, now and then. */
function withoutSome(fields: Record<string, Value>, kind: RecordKind, lack: number, stream: Random): Record<string, Value> {
  if (lack === 0 || !stream.chance(0.01 + lack * 0.5)) return fields
  const optional = kind.fields.filter((field) => field.required !== true && kind.complete.includes(field.id)).map((field) => field.id)
  if (optional.length === 0) return fields
  const left = { ...fields }
  delete left[stream.pick(optional)]
  return left
}

/** Filled in: every field, role and the attendance that the kind names. */
function isComplete(kind: RecordKind, fields: Record<string, Value>, people: ReadonlyArray<[string, Person]>, due: number | null): boolean {
  return kind.complete.every((id) => (id === 'attendance' ? due !== null : fields[id] !== undefined || people.some(([role]) => role === id)))
}

function versionsOf(draft: Draft, kind: RecordKind, stream: Random): Version[] {
  const lack = shortfall(draft)
  const first: Version = {
    place: draft.place ?? '',
    fields: withoutSome(draft.fields ?? {}, kind, lack, stream),
    absent: draft.absent ?? [],
    state: 'valid',
    reason: '',
    known: enteredAt(draft, kind, lack, stream),
  }
  if (draft.later !== undefined) {
    const { on, fields, reason } = draft.later
    return [first, { ...first, fields: { ...first.fields, ...fields }, reason, known: moment(on, 16) }]
  }
  if (lack === 0) return [first]
  const known = () => entryMoment(workday(dayOf(first.known) + stream.between(1, 60)), stream)
  if (stream.chance(0.003)) return [first, { ...first, state: 'withdrawn', reason: '重复登记', known: known() }]
  if (!stream.chance(0.012)) return [first]
  if (draft.roll !== undefined && draft.roll.length > first.absent.length) {
    const extra = draft.roll.find((person) => !first.absent.includes(person))
    if (extra !== undefined)
      return [
        { ...first, absent: [...first.absent, extra] },
        { ...first, reason: '更正缺席人员', known: known() },
      ]
  }
  return [
    { ...first, place: '' },
    { ...first, place: first.place || '机关会议室', reason: '补充地点', known: known() },
  ]
}

/** A ledger to add records to; what was entered after the demonstration's present is left out. */
export function ledger(tenant: number, kinds: Map<string, RecordKind>, stream: Random): Ledger {
  const records = sheet('ledger.record', [
    'tenant_id',
    'record_id',
    'version',
    'kind',
    'unit_id',
    'party_org_id',
    'happened_on',
    'title',
    'place',
    'fields',
    'due',
    'present',
    'state',
    'complete',
    'late',
    'reason',
    'author_id',
    'known_from',
    'known_until',
  ])
  const participants = sheet('ledger.participant', ['tenant_id', 'record_id', 'version', 'role', 'person_id', 'owner_id'])
  const titles = new Set<string>()
  const made: Ledger = { records, participants, titles, count: 0, add }
  function add(draft: Draft): void {
    const kind = kinds.get(draft.kind)
    if (kind === undefined) throw new Error(`the pack has no kind of record "${draft.kind}"`)
    const versions = versionsOf(draft, kind, stream).filter((version) => version.known < present)
    const [first] = versions
    if (first === undefined) return
    const id = stream.id(first.known)
    const owner = draft.org?.id ?? draft.unit.id
    const due = draft.roll?.length ?? null
    const late = dayOf(first.known) - draft.day > kind.late_after_days
    const people = draft.people ?? []
    titles.add(draft.title)
    made.count += 1
    for (const [index, version] of versions.entries()) {
      const { place, fields, absent, state, reason, known } = version
      const next = versions[index + 1]
      records.add(
        tenant,
        id,
        index + 1,
        draft.kind,
        draft.unit.id,
        draft.org?.id ?? null,
        dateText(draft.day),
        draft.title,
        place,
        JSON.stringify(fields),
        due,
        due === null ? null : due - absent.length,
        state,
        isComplete(kind, fields, people, due),
        late,
        reason,
        null,
        momentText(known),
        next === undefined ? 'infinity' : momentText(next.known),
      )
      for (const [role, person] of people) participants.add(tenant, id, index + 1, role, person.id, owner)
      for (const person of absent) participants.add(tenant, id, index + 1, 'absent', person.id, owner)
    }
  }
  return made
}
