// What the forms of the ledger hold, and how it becomes what is sent.
import { formatDate, isDate } from '#base/dates.ts'
import type { Option } from '#web/kit/ui/field.ts'
import type { FieldValue, RecordVersion } from '../ledger.contract.ts'
import type { Field, RecordKind } from '../ledger-kinds.contract.ts'
import type { Notice } from '../ledger-notice.rules.ts'

/** The parts of a record as they are typed. All fields are text; `absent` null: attendance was not taken. */
export interface Content extends Record<string, unknown> {
  happenedOn: string
  title: string
  place: string
  fields: Record<string, string>
  people: Record<string, Option[]>
  absent: string[] | null
}

/** A new entry. `suggested` is the title that was put in, replaced as long as nobody has changed it. */
export interface Entry extends Content {
  id: string
  kind: string
  body: Option | null
  suggested: string
}

export interface Body {
  id: string
  name: string
  kind: string
  orgKind: string
}

/** Whether a kind (of record, of matter) is one of this body's. */
export function fits(kind: Pick<RecordKind, 'of' | 'of_kinds'>, body: Body): boolean {
  return kind.of === body.kind && (kind.of_kinds === undefined || body.kind === 'unit' || kind.of_kinds.includes(body.orgKind))
}

/** The kinds that some of the bodies may enter; all where the bodies are not known (whoever has the whole city). */
export function kindsFor(kinds: RecordKind[], bodies: Body[]): RecordKind[] {
  return bodies.length === 0 ? kinds : kinds.filter((kind) => bodies.some((body) => fits(kind, body)))
}

/** Kinds under their headings, in the pack's order. */
export function grouped<Kind extends { group: string }>(kinds: readonly Kind[]): { group: string; kinds: Kind[] }[] {
  const groups = new Map<string, Kind[]>()
  for (const kind of kinds) groups.set(kind.group, [...(groups.get(kind.group) ?? []), kind])
  return [...groups].map(([group, list]) => ({ group, kinds: list }))
}

/** 12月主题党日 for what comes once a month, 12月18日支委会 otherwise. */
export function suggestTitle(kind: RecordKind | undefined, happenedOn: string): string {
  if (kind === undefined || !isDate(happenedOn)) return ''
  const [, month, day] = happenedOn.split('-').map(Number)
  return kind.rhythm?.every === 'month' ? `${month}月${kind.name}` : `${month}月${day}日${kind.name}`
}

/** Fields that a person fills in; the system sets the others. */
export function ownFields(kind: RecordKind): Field[] {
  return kind.fields.filter((field) => field.set_when === undefined)
}

/** What an entry with these contents lacks to count as complete, by name. */
export function lacks(kind: RecordKind, content: Content): string[] {
  return kind.complete.filter((part) => {
    if (part === 'attendance') return content.absent === null
    return (content.fields[part] ?? '') === '' && (content.people[part]?.length ?? 0) === 0
  })
}

/** A part's name as people say it. */
export function partName(kind: RecordKind, part: string): string {
  if (part === 'attendance') return '到会情况'
  return kind.fields.find((field) => field.id === part)?.name ?? kind.roles.find((role) => role.id === part)?.name ?? part
}

/** The entries of a list as it is typed. */
export function listed(text: string): string[] {
  return text
    .split(/[、,，]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A list of choices with one of them ticked or not, in the order of the choices. */
export function ticked(field: Field, text: string, choice: string, on: boolean): string {
  const had = listed(text)
  return (field.choices ?? [])
    .map(({ id }) => id)
    .filter((id) => (id === choice ? on : had.includes(id)))
    .join('、')
}

/** What somebody typed into a field, as its value. */
export function typed(field: Field, text: string): FieldValue {
  if (field.type === 'bool') return text === 'true'
  return field.type === 'list' ? listed(text) : text.trim()
}

/** Typed texts as the values of their fields; blanks left out. */
export function valuesOf(fields: readonly Field[], texts: Record<string, string>): Record<string, FieldValue> {
  return Object.fromEntries(fields.flatMap((field) => ((texts[field.id] ?? '').trim() === '' ? [] : [[field.id, typed(field, texts[field.id] ?? '')]])))
}

/** Stored values as the texts of their fields. */
export function textsOf(fields: readonly Field[], values: Record<string, unknown>): Record<string, string> {
  const text = (value: unknown): string => (Array.isArray(value) ? value.join('、') : String(value))
  return Object.fromEntries(fields.flatMap(({ id }) => (values[id] === undefined || values[id] === null ? [] : [[id, text(values[id])]])))
}

/** What is sent: blanks left out; of the absent those who are on the roll. "All present" of a roll that nobody has seen is not sent. */
export function toSend(kind: RecordKind, content: Content, roll: readonly { id: string }[] | undefined | null) {
  const fields = valuesOf(ownFields(kind), content.fields)
  const people = Object.fromEntries(
    kind.roles.flatMap(({ id }) => ((content.people[id]?.length ?? 0) === 0 ? [] : [[id, (content.people[id] ?? []).map((person) => person.id)]])),
  )
  const away = content.absent?.filter((id) => roll?.some((person) => person.id === id) ?? true)
  const absent = roll === undefined || roll === null ? (away?.length === 0 ? undefined : away) : away
  return {
    happenedOn: content.happenedOn,
    title: content.title,
    ...(content.place.trim() === '' ? {} : { place: content.place }),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(Object.keys(people).length === 0 ? {} : { people }),
    ...(kind.attendance === 'roll' && absent !== undefined ? { absent } : {}),
  }
}

/** A version as the form of its correction holds it. */
export function contentOf(kind: RecordKind, version: RecordVersion): Content {
  const people: Record<string, Option[]> = {}
  for (const { role, id, name } of version.people)
    if (role !== 'absent') people[role] = [...(people[role] ?? []), { id, label: name ?? '（姓名不在您的范围内）' }]
  return {
    happenedOn: version.happenedOn,
    title: version.title,
    place: version.place,
    fields: textsOf(ownFields(kind), version.fields),
    people,
    absent: version.due === null ? null : version.people.filter((person) => person.role === 'absent').map((person) => person.id),
  }
}

/** The field that what it was about goes into. */
function topicField(kind: RecordKind | undefined): Field | undefined {
  return kind?.fields.find((field) => ['theme', 'topic', 'agenda'].includes(field.id) && field.type === 'string')
}

/** Puts what a notice says into the entry; returns what was put where, for the eye. */
export function takeNotice(entry: Entry, notice: Notice, kinds: RecordKind[]): { label: string; value: string }[] {
  const read: { label: string; value: string }[] = []
  const named = kinds.find((kind) => kind.id === notice.kind)
  if (named !== undefined) {
    entry.kind = named.id
    read.push({ label: '种类', value: named.name })
  }
  if (notice.happenedOn !== undefined) {
    entry.happenedOn = notice.happenedOn
    read.push({ label: '日期', value: formatDate(notice.happenedOn) })
  }
  if (notice.title !== undefined) {
    entry.title = notice.title
    read.push({ label: '标题', value: notice.title })
  }
  if (notice.place !== undefined) {
    entry.place = notice.place
    read.push({ label: '地点', value: notice.place })
  }
  const field = topicField(kinds.find((kind) => kind.id === entry.kind))
  if (notice.topic !== undefined && field !== undefined) {
    const value = [...notice.topic].slice(0, field.max_length ?? 200).join('')
    entry.fields[field.id] = value
    read.push({ label: field.name, value })
  }
  return read
}

/** A stored value in words. */
export function shownValue(field: Field, value: unknown): string {
  if (field.type === 'bool') return value === true ? '是' : '否'
  if (field.type === 'choice') return field.choices?.find((choice) => choice.id === value)?.name ?? String(value)
  if (Array.isArray(value)) return value.map((entry) => field.choices?.find((choice) => choice.id === entry)?.name ?? String(entry)).join('、')
  return `${String(value)}${field.unit ?? ''}`
}

export interface Change {
  label: string
  before: string
  after: string
}

const nothing = '（空）'

/** What a version says, part by part, in words. */
function partsOf(kind: RecordKind, version: RecordVersion): [string, string][] {
  const names = (role: string): string =>
    version.people
      .filter((person) => person.role === role)
      .map((person) => person.name ?? '（姓名不在您的范围内）')
      .join('、')
  return [
    ['日期', version.happenedOn],
    ['标题', version.title],
    ['地点', version.place],
    ['到会', version.due === null ? '' : `${version.present}/${version.due}`],
    ['缺席', names('absent')],
    ...kind.roles.map((role): [string, string] => [role.name, names(role.id)]),
    ...kind.fields.map((field): [string, string] => [field.name, version.fields[field.id] === undefined ? '' : shownValue(field, version.fields[field.id])]),
  ]
}

/** What a version says otherwise than the one before it. */
export function changesBetween(kind: RecordKind, before: RecordVersion, after: RecordVersion): Change[] {
  const old = new Map(partsOf(kind, before))
  return partsOf(kind, after).flatMap(([label, value]) =>
    old.get(label) === value ? [] : [{ label, before: old.get(label) || nothing, after: value || nothing }],
  )
}
