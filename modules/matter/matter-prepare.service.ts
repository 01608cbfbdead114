// What every opening and step goes through: the kind as it is or was, fields by a form, the clock's moment, whose a matter is.
import { isDate } from '#base/dates.ts'
import { type Issue, Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { checkField, isBlank, storedFields } from '#modules/ledger/index.ts'
import type { FieldValue } from '#modules/ledger/ledger.contract.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { kindsOf } from './matter.pack.ts'
import type { Edition, Standing } from './matter.rules.ts'
import { editionByHash, type MatterState, putEdition } from './matter.sql.ts'
import type { MatterKind } from './matter-kinds.contract.ts'

export type Given = Readonly<Record<string, FieldValue>>

/** The kind with this id in the tenant's pack; a refusal naming it when there is none. */
export function kindOf(tenant: Tenant, id: string): Edition {
  const kind = kindsOf(tenant).get(id)
  if (kind === undefined) throw new Refusal('invalid', `没有“${id}”这种事项，请从列表中选择。`, [{ field: '/kind', value: id, message: '没有这种事项' }])
  return kind
}

const editions = new Map<string, Edition>()

/** The kind as it was when a matter was opened, whatever the file says now. */
export async function editionOf(tx: Tx, { kind, hash }: { kind: string; hash: string }): Promise<Edition> {
  const current = kindsOf(tx.tenant).get(kind)
  if (current?.hash === hash) return current
  const key = `${tx.tenant.id} ${kind} ${hash}`
  const known = editions.get(key)
  if (known !== undefined) return known
  const { definition } = await tx.one(editionByHash, { tenantId: tx.tenant.id, kind, hash })
  const edition = { ...(definition as MatterKind), id: kind, hash }
  editions.set(key, edition)
  return edition
}

/** Keeps the pack's kinds as they are now, so that what is opened under them can be read when the files have changed. */
export async function keepEditions(tx: Tx): Promise<void> {
  for (const { id, hash, ...definition } of kindsOf(tx.tenant).values()) {
    const text = JSON.stringify(definition)
    const known = await tx.maybe(editionByHash, { tenantId: tx.tenant.id, kind: id, hash })
    if (known !== undefined) continue
    await tx.all(putEdition, { tenantId: tx.tenant.id, kind: id, hash, definition: text })
    await leaveEntry(tx, 'matter.edition', { kind: 'matter-kind', id }, { hash })
  }
}

/** A form's fields as they are stored. Refuses with every field that is wrong: not of the form, missing, or not of its type. */
export function checkForm(
  kind: MatterKind,
  form: { fields: readonly string[]; required: readonly string[] },
  given: Given,
  there: Readonly<Record<string, unknown>>,
): Record<string, FieldValue> {
  const issues: Issue[] = []
  for (const name of Object.keys(given)) if (!form.fields.includes(name)) issues.push({ field: `/fields/${name}`, message: '这一步的表单没有这个字段，请去掉' })
  for (const field of kind.fields) {
    const asked = form.fields.includes(field.id)
    const required = form.required.includes(field.id)
    if (asked) issues.push(...checkField({ ...field, required }, given[field.id]))
    else if (required && isBlank(there[field.id] as FieldValue | undefined))
      issues.push({ field: `/fields/${field.id}`, message: `${field.name}：前面的步骤没有填写，请先补上` })
  }
  if (issues.length > 0) throw new Refusal('invalid', `有 ${issues.length} 处需要修改：${issues[0]?.message}`, issues)
  return storedFields(kind, given)
}

/** What a move says of fields, as it is stored: as `storedFields`, and null for those that it empties. */
export function movedFields(kind: MatterKind, given: Readonly<Record<string, FieldValue | null>>): Record<string, FieldValue | null> {
  const [filled, emptied] = parted(given)
  return { ...storedFields(kind, filled), ...emptied }
}

/** A move's fields by its form. Refuses as `checkForm`; a required field can't be emptied. */
export function checkMove(
  kind: MatterKind,
  form: { fields: readonly string[]; required: readonly string[] },
  given: Readonly<Record<string, FieldValue | null>>,
  there: Readonly<Record<string, unknown>>,
): Record<string, FieldValue | null> {
  const [filled, emptied] = parted(given)
  const blanks = Object.fromEntries(Object.keys(emptied).map((name) => [name, '']))
  return { ...checkForm(kind, form, { ...blanks, ...filled }, there), ...emptied }
}

function parted(given: Readonly<Record<string, FieldValue | null>>): [Record<string, FieldValue>, Record<string, null>] {
  const entries = Object.entries(given)
  return [
    Object.fromEntries(entries.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
    Object.fromEntries(entries.flatMap(([name, value]) => (value === null ? [[name, null]] : []))),
  ]
}

/** Fields after a move. */
export function afterMove(there: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...there, ...fields }).filter(([, value]) => value !== null))
}

/** The moment that a deadline was given as: a day (its last second in China) or a moment; refuses what is neither, and what has passed. */
export function deadlineGiven(text: string | undefined, at: Date): Date | null {
  if (text === undefined) return null
  const wrong = (message: string) => new Refusal('invalid', `办结期限：${message}`, [{ field: '/dueAt', value: text, message }])
  const moment = isDate(text)
    ? new Date(`${text}T23:59:59+08:00`)
    : /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
      ? new Date(text)
      : null
  if (moment === null || Number.isNaN(moment.getTime()) || moment.getFullYear() > 2199) throw wrong('请按“2024-12-31”的格式填写')
  if (moment <= at) throw wrong('期限已经过去，请改为今天或以后')
  return moment
}

const moment = (text: string | null): Date | null => (text === null ? null : new Date(text))

/** A matter's clock as its row says it. */
export function standingOf({ stage, dueAt, askedUntil, paused, leftMinutes, late, remindAt }: MatterState): Standing {
  return { stage, dueAt: moment(dueAt), askedUntil: moment(askedUntil), paused, leftMinutes, late, remindAt: moment(remindAt) }
}
