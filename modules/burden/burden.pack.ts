// burden's parts of a pack: terms.yaml (what is asked for, by meaning) and burden.yaml (prices, budgets, caps); and what no form may ask [B8].
import { type Static, Type } from 'typebox'
import type { Diagnostic, Place } from '#base/errors.ts'
import { closed } from '#base/schemas.ts'
import { type Pack, packPart } from '#server/kit/pack.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9_-]*$' })
const Text = Type.String({ minLength: 1 })
const Count = Type.Integer({ minimum: 1 })
const type = ['string', 'text', 'int', 'decimal', 'bool', 'date', 'choice', 'list'] as const

export const Term = Type.Object(
  {
    id: Id,
    name: Text,
    type: Type.Unsafe<(typeof type)[number]>(Type.Union(type.map((one) => Type.Literal(one)))),
    /** How long what has been said of it holds. */
    valid_days: Count,
    unit: Type.Optional(Text),
  },
  closed,
)
export type Term = Static<typeof Term>
export const TermsPack = Type.Object({ terms: Type.Array(Term) }, closed)
export const termsPack = packPart('terms.yaml', TermsPack)

export const BurdenPack = Type.Object(
  {
    /** Seconds that a field of each type takes, as first guess. */
    field_seconds: Type.Record(Type.String(), Count),
    /** From so many fillings on a form's own median counts. */
    enough_fillings: Count,
    /** A pause longer than this is no work: it is cut off. */
    idle_seconds: Count,
    /** What askings there are: 表格, 材料, 会议 … */
    kinds: Type.Array(Type.Object({ id: Id, name: Text }, closed), { minItems: 1 }),
    /** Minutes that a body may be asked for in a month; the first that fits holds. */
    budgets: Type.Array(
      Type.Object(
        { name: Text, of: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]), kinds: Type.Optional(Type.Array(Id)), minutes: Count },
        closed,
      ),
    ),
    /** Working days that receivers have at least. */
    notice_working_days: Count,
    caps: Type.Array(Type.Object({ kind: Id, name: Text, most_a_year: Type.Optional(Count), most_characters: Type.Optional(Count), citation: Text }, closed)),
    complaints: Type.Object({ answer_working_days: Count, kinds: Type.Array(Type.Object({ id: Id, name: Text }, closed), { minItems: 1 }) }, closed),
    /** Published counts of others, to stand beside our own. */
    published: Type.Array(
      Type.Object({ name: Text, kinds: Type.Optional(Count), submissions: Type.Optional(Count), note: Type.Optional(Text), source: Text }, closed),
    ),
  },
  closed,
)
export type BurdenPack = Static<typeof BurdenPack>
export const burdenPack = packPart('burden.yaml', BurdenPack)

export interface FormField {
  id: string
  name: string
  type: string
  required?: boolean | undefined
  hint?: string | undefined
  term?: string | undefined
  need?: string | undefined
}

/** What is filled in at once, as the module that has it tells: `record.theme-day`. */
export interface Form {
  id: string
  name: string
  fields: readonly FormField[]
  /** Fields without which it isn't complete or can't be sent, besides those that say so themselves. */
  required: readonly string[]
  /** The guess that its file states. */
  minutes: number
  /** Where a field stands in its file. */
  placeOf: (field: number) => Place
}

let formsOf: (pack: Pack) => Form[] = () => []

/** Makes the forms of later modules known; called once, by the app. */
export function useForms(given: (pack: Pack) => Form[]): void {
  formsOf = given
  byPack = new WeakMap()
}

let byPack = new WeakMap<Pack, ReadonlyMap<string, Form>>()

/** The forms of a pack by id. */
export function formsIn(pack: Pack): ReadonlyMap<string, Form> {
  const known = byPack.get(pack) ?? new Map(formsOf(pack).map((form) => [form.id, form]))
  byPack.set(pack, known)
  return known
}

/** What may be asked only where the form says why. */
const photo = /照片|图片|截图|截屏|录像|拍摄|拍照|定位|轨迹|photo|screenshot|picture/i
/** What no form asks at all (rules.md §6). */
const never: readonly [RegExp, string][] = [
  [/打卡|签到|check-?in/i, 'check-ins'],
  [/积分|points?\b/i, 'points'],
  [/个人排名|人员排名|排行/, 'rankings of persons'],
  [/在线时长|在线学时|登录次数|学习时长|点赞|转发量/, 'hours online'],
]

/** What is wrong with the forms and terms of a pack: terms that aren't there or are of another type, and what no form may ask [B8]. */
export function checkForms(pack: Pack): Diagnostic[] {
  const { terms } = pack.part(termsPack)
  const { kinds, caps } = pack.part(burdenPack)
  const fields = [...formsIn(pack).values()].flatMap((form) => form.fields.map((field, index) => ({ form, field, at: form.placeOf(index) })))
  const doubled = terms.flatMap(({ id }, index): Diagnostic[] =>
    terms.findIndex((one) => one.id === id) === index
      ? []
      : [{ ...pack.yaml(termsPack).placeOf(['terms', index, 'id']), code: 'term', message: `two terms are called ${id}` }],
  )
  const unknown = caps.flatMap(({ kind }, index): Diagnostic[] =>
    kinds.some(({ id }) => id === kind)
      ? []
      : [
          {
            ...pack.yaml(burdenPack).placeOf(['caps', index, 'kind']),
            code: 'burden',
            message: `no kind of asking \`${kind}\``,
            hint: kinds.map(({ id }) => id).join(', '),
          },
        ],
  )
  const wrong = fields.flatMap(({ form, field, at }) => [...wrongTerm(terms, field, at), ...forbidden(form, field, at)])
  // A field that several forms of a kind ask is told once.
  const told = new Map(wrong.map((one) => [`${one.file} ${one.line} ${one.column} ${one.message.replace(/^`[^`]+` /, '')}`, one]))
  return [...doubled, ...unknown, ...told.values()]
}

function wrongTerm(terms: readonly Term[], { term: name, type: given }: FormField, at: Place): Diagnostic[] {
  if (name === undefined) return []
  const term = terms.find(({ id }) => id === name)
  if (term === undefined) return [{ ...at, code: 'term', message: `no term \`${name}\` in terms.yaml`, hint: terms.map(({ id }) => id).join(', ') }]
  return term.type === given ? [] : [{ ...at, code: 'term', message: `term \`${name}\` is of type ${term.type}, the field of type ${given}` }]
}

function forbidden(form: Form, field: FormField, at: Place): Diagnostic[] {
  const words = `${field.id} ${field.name} ${field.hint ?? ''}`
  const found = never
    .filter(([words_]) => words_.test(words))
    .map(
      ([, what]): Diagnostic => ({
        ...at,
        code: 'burden',
        message: `\`${form.id}\` asks for ${what} (${field.name}): no form may`,
        hint: 'take the field out',
      }),
    )
  const isMust = field.required === true || form.required.includes(field.id)
  if (isMust && photo.test(words) && field.need === undefined)
    found.push({
      ...at,
      code: 'burden',
      message: `\`${form.id}\` makes photos or the like compulsory (${field.name}) and says no need`,
      hint: 'make it optional, or say why it is needed: need: …',
    })
  return found
}
