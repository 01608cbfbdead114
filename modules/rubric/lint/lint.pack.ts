// The burden rules as data, file lint.yaml: which indicators are forbidden or doubtful, by which document, and what to ask instead.
import { type Static, Type } from 'typebox'
import { isDate } from '#base/dates.ts'
import type { Diagnostic } from '#base/errors.ts'
import { closed } from '#base/schemas.ts'
import { suggest } from '#base/suggest.ts'
import { type Pack, sharedPart } from '#server/kit/pack.ts'

const Text = Type.String({ minLength: 1 })
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'YYYY-MM-DD' })
/** Alternatives: one of them stands there. `…` is a few characters within a clause, `_` a number, `$list` the words of a list. */
const Words = Type.Array(Text, { minItems: 1, description: 'words, one of which stands there; … a few characters, _ a number, $name a list of words' })
const some = Type.Optional

export const Severity = Type.Union([Type.Literal('forbidden'), Type.Literal('doubtful'), Type.Literal('note')])
export type Severity = Static<typeof Severity>

const Pattern = Type.Object(
  {
    /** What the rule is about. */
    is: Words,
    /** Each of these lists has a word in the same sentence. */
    with: some(Type.Array(Words, { minItems: 1 })),
    /** None of these is in the sentence. */
    without: some(Words),
    /** A number before one of the units, in the same sentence, is greater than this. */
    more: some(Type.Object({ of: Words, than: Type.Number() }, closed)),
  },
  closed,
)
export type Pattern = Static<typeof Pattern>

const Excuse = Type.Object(
  {
    /** Before the words in their clause. */
    before: some(Words),
    /** After the words in their clause. */
    after: some(Words),
    /** Anywhere in the sentence. */
    with: some(Words),
    /** None of these is in the sentence. */
    without: some(Words),
    /** Phrases that only look like a word of `before` or `after`. */
    but: some(Words),
  },
  closed,
)
export type Excuse = Static<typeof Excuse>

const LintRule = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    severity: Severity,
    name: Text,
    cite: Type.Array(Type.Object({ document: Text, part: some(Text) }, closed), { minItems: 1 }),
    /** In force from this day; from the first document's day where nothing is said. */
    from: some(Day),
    until: some(Day),
    why: Text,
    instead: Text,
    texts: some(Type.Array(Pattern, { minItems: 1 })),
    /** Names of fact sources; `*` stands for anything. */
    sources: some(Words),
    /** Names of fields, measures, marks and items. */
    fields: some(Words),
    /** The same mark is asked for in two items. */
    repeated: some(Type.Literal(true)),
  },
  closed,
)
export type LintRule = Static<typeof LintRule>

export const LintPack = Type.Object(
  {
    documents: Type.Array(Type.Object({ id: Text, name: Text, by: Text, from: Day }, closed)),
    /** A rubric with a finding of these severities can't be sent for approval; normally none. */
    stops: Type.Array(Severity),
    words: Type.Record(Type.String(), Words),
    excuses: Type.Array(Excuse),
    rules: Type.Array(LintRule),
  },
  closed,
)
export type LintPack = Static<typeof LintPack>

export const lintPack = sharedPart('lint.yaml', LintPack)

/** Rules must cite documents and use lists of words that are there, and have days that exist. */
export function checkLint(pack: Pack): Diagnostic[] {
  const { placeOf } = pack.yaml(lintPack)
  const { documents, words, rules, excuses } = pack.part(lintPack)
  const found: Diagnostic[] = []
  const say = (path: (string | number)[], message: string, hint?: string): void => {
    found.push({ ...placeOf(path), code: 'lint', message, ...(hint === undefined ? {} : { hint }) })
  }
  const lists = (value: unknown, path: (string | number)[]): void => {
    if (typeof value === 'string' && value.startsWith('$') && !Object.hasOwn(words, value.slice(1)))
      say(path, `no list of words \`${value}\``, suggest(value.slice(1), Object.keys(words)))
    if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) lists(one, [...path, Array.isArray(value) ? Number(key) : key])
  }
  for (const [name, list] of Object.entries(words)) if (list.some((word) => word.startsWith('$'))) say(['words', name], 'a list of words names no other list')
  lists(excuses, ['excuses'])
  for (const [index, rule] of rules.entries()) {
    const path = ['rules', index]
    if (rules.findIndex(({ id }) => id === rule.id) < index) say([...path, 'id'], `two rules are called \`${rule.id}\``)
    for (const [at, { document }] of rule.cite.entries())
      if (!documents.some(({ id }) => id === document))
        say(
          [...path, 'cite', at, 'document'],
          `no document \`${document}\``,
          suggest(
            document,
            documents.map(({ id }) => id),
          ),
        )
    for (const key of ['from', 'until'] as const) if (rule[key] !== undefined && !isDate(rule[key])) say([...path, key], `${rule[key]} is not a date`)
    if (rule.texts === undefined && rule.sources === undefined && rule.fields === undefined && rule.repeated === undefined)
      say(path, `rule \`${rule.id}\` looks at nothing`, 'give it texts, sources, fields or repeated')
    lists(rule.texts ?? [], [...path, 'texts'])
  }
  for (const [index, { from }] of documents.entries()) if (!isDate(from)) say(['documents', index, 'from'], `${from} is not a date`)
  return found
}
