// Pure decisions of the ledger: is the content right for its kind, is it complete, is it late, what is searched for.
import { addDays, isDate } from '#base/dates.ts'
import { type Issue, Refusal } from '#base/errors.ts'
import type { FieldValue } from './ledger.contract.ts'
import type { Field, RecordKind } from './ledger-kinds.contract.ts'

/** The earliest date a record may have: the system keeps no older facts. */
const EARLIEST = '2000-01-01'

export interface Content {
  happenedOn: string
  title: string
  place?: string
  fields?: Record<string, FieldValue>
  people?: Record<string, string[]>
  absent?: string[]
}

/** Control characters, halves of characters, and what turns the writing round: no keyboard types them, and PostgreSQL holds some of them in no text. */
const unwritable = /\p{Cs}|(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u

/** A text of one line: white space evened out, none at the ends; letters without width left out. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Checks content against its kind; throws one Refusal with every field that is wrong.
 * @param today the tenant's date: a record tells what happened, so no later date is taken.
 */
export function checkContent(kind: RecordKind, content: Content, today: string): void {
  const issues: Issue[] = []
  const { happenedOn } = content
  if (!isDate(happenedOn)) issues.push({ field: '/happenedOn', value: happenedOn, message: '没有这一天，请按“2024-12-20”的格式填写' })
  else if (happenedOn > today) issues.push({ field: '/happenedOn', value: happenedOn, message: `纪实只记已经发生的事，日期不能晚于今天（${today}）` })
  else if (happenedOn < EARLIEST) issues.push({ field: '/happenedOn', value: happenedOn, message: `日期不能早于${EARLIEST}` })
  if (oneLine(content.title).length < 2) issues.push({ field: '/title', value: content.title, message: '标题至少两个字' })
  for (const name of ['title', 'place'] as const)
    if (unwritable.test(content[name] ?? '')) issues.push({ field: `/${name}`, message: '有看不见的控制字符，请删掉重新输入' })
  const fields = content.fields ?? {}
  for (const name of Object.keys(fields))
    if (!kind.fields.some((field) => field.id === name)) issues.push({ field: `/fields/${name}`, message: `“${kind.name}”没有这个字段` })
  for (const field of kind.fields) issues.push(...checkField(field, fields[field.id]))
  const people = content.people ?? {}
  for (const name of Object.keys(people))
    if (!kind.roles.some((role) => role.id === name)) issues.push({ field: `/people/${name}`, message: `“${kind.name}”没有这个角色` })
  for (const role of kind.roles) {
    const chosen = people[role.id] ?? []
    if (role.required === true && chosen.length === 0) issues.push({ field: `/people/${role.id}`, message: `请选择${role.name}` })
    if (role.many !== true && chosen.length > 1) issues.push({ field: `/people/${role.id}`, message: `${role.name}只能选一人` })
  }
  if (content.absent !== undefined && kind.attendance === 'none') issues.push({ field: '/absent', message: `“${kind.name}”不记考勤，请去掉缺席名单` })
  if (issues.length > 0) throw new Refusal('invalid', `有 ${issues.length} 处需要修改：${issues[0]?.message}`, issues)
}

/** What is wrong with a field's value. */
export function checkField(field: Field, value: FieldValue | undefined): Issue[] {
  const wrong = (message: string): Issue[] => [{ field: `/fields/${field.id}`, value, message: `${field.name}：${message}` }]
  if (isBlank(value)) return field.required === true ? wrong('必须填写') : []
  switch (field.type) {
    case 'string':
    case 'text': {
      const longest = field.max_length ?? (field.type === 'text' ? 5000 : 200)
      if (typeof value !== 'string') return wrong('应为文字')
      if (unwritable.test(value)) return wrong('有看不见的控制字符，请删掉重新输入')
      return [...value].length > longest ? wrong(`最多 ${longest} 个字，现在 ${[...value].length} 个`) : []
    }
    case 'int':
    case 'decimal': {
      const text = String(value)
      if (!(field.type === 'int' ? /^-?\d{1,15}$/ : /^-?\d{1,15}(\.\d{1,9})?$/).test(text))
        return wrong(field.type === 'int' ? '应为整数' : '应为数字，最多九位小数')
      if (field.minimum !== undefined && Number(text) < Number(field.minimum)) return wrong(`不能小于 ${field.minimum}`)
      if (field.maximum !== undefined && Number(text) > Number(field.maximum)) return wrong(`不能大于 ${field.maximum}`)
      return []
    }
    case 'bool':
      return typeof value === 'boolean' ? [] : wrong('应为是或否')
    case 'date':
      return typeof value === 'string' && isDate(value) ? [] : wrong('没有这一天')
    case 'choice':
      return field.choices?.some((choice) => choice.id === value) === true ? [] : wrong(`不在可选范围：${names(field)}`)
    case 'list':
      return Array.isArray(value) && value.every((entry) => field.choices === undefined || field.choices.some((choice) => choice.id === entry))
        ? []
        : wrong(`不在可选范围：${names(field)}`)
  }
}

function names(field: Field): string {
  return (field.choices ?? []).map((choice) => choice.name).join('、')
}

/** True for a value that says nothing. */
export function isBlank(value: FieldValue | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Fields as they are stored: blanks left out, numbers as the text of an exact decimal. */
export function storedFields(kind: Pick<RecordKind, 'fields'>, fields: Record<string, FieldValue>): Record<string, FieldValue> {
  const stored: Record<string, FieldValue> = {}
  for (const field of kind.fields) {
    const value = fields[field.id]
    if (value === undefined || isBlank(value)) continue
    stored[field.id] = field.type === 'decimal' || field.type === 'int' ? String(value) : value
  }
  return stored
}

/** What a record still lacks to count as complete, by name; `attendance` means the absent were ticked. Photos never count (domain/rules.md §6). */
export function missingParts(
  kind: RecordKind,
  given: { fields: Record<string, FieldValue>; people: Record<string, string[]>; attendanceTaken: boolean },
): string[] {
  return kind.complete.filter((part) => {
    if (part === 'attendance') return !given.attendanceTaken
    return isBlank(given.fields[part]) && (given.people[part]?.length ?? 0) === 0
  })
}

/** Entered more than the kind's days after it happened. */
export function isLate(kind: RecordKind, happenedOn: string, enteredOn: string): boolean {
  return enteredOn > addDays(happenedOn, kind.late_after_days)
}

/** A text as it is searched: full width and capitals evened out, white space left out. Twin of the expression in ledger.sql.ts. */
export function searchText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}

/** Every pair of neighbouring characters of a text, white space left out, as a signed 32-bit number, each once. */
export function bigrams(text: string): number[] {
  const units = searchText(text)
  const found = new Set<number>()
  for (let i = 0; i + 1 < units.length; i += 1) found.add((units.charCodeAt(i) << 16) | units.charCodeAt(i + 1))
  return [...found]
}
