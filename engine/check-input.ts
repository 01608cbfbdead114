// What goes into a rule as `x` → an expression, and the measures made for it (SPEC.md R-ITM-4, R-MRK, R-RAT, R-BAL, R-MOV).
import { compare, decimal, format, zero } from '#base/decimal.ts'
import type { Path } from '#base/shape.ts'
import { suggest } from '#base/suggest.ts'
import { ballotSource, type Catalogue, findSource, markSource, type SubjectKind } from '#engine/catalogue.ts'
import type { Names } from '#engine/cel-typing.ts'
import { checkMeasure, columnNames } from '#engine/check-measure.ts'
import { checkMembers, type InnerRule } from '#engine/check-members.ts'
import { literal, lookedUp } from '#engine/check-weight.ts'
import type { BallotInput, Item, MarkInput, Measure } from '#engine/definition.ts'
import type { Expr } from '#engine/expr.ts'
import type { Aggregate, MeasureIr, SharesIr } from '#engine/ir.ts'
import type { Report } from '#engine/report.ts'

/** What checking an input needs to know of the rest of the file. */
export interface InputAround {
  catalogue: Catalogue
  subject: SubjectKind
  names: Names
  measures: Record<string, Measure>
  /** Measures made on the way: inputs written in place, marks. */
  made: Record<string, MeasureIr>
  report: Report
}

/** The input of an item, null where it has none or is wrong. */
export function checkInput(item: Item, path: Path, around: InputAround, innerRule: InnerRule): Expr | null {
  const given = item.input
  const at = [...path, 'input']
  if (given === undefined || typeof given === 'string') return null
  if ('mark' in given) {
    const name = isPlain(given) ? markMeasure(given.mark, given.take, [...at, 'mark'], around) : ratedMeasure(item, given, at, around)
    return name === null ? null : measureRef(name)
  }
  if ('choices' in given) return keep(ballotMeasure(item, given, at, around), around)
  if ('meanOver' in given) return keep(checkMembers(item, given.meanOver, [...at, 'meanOver'], around, innerRule), around)
  if ('items' in given) return addedUp(given.items, [...at, 'items'], around)
  return keep(checkMeasure(`item.${item.id}`, { label: item.label, ...given }, at, around.catalogue, around.subject, around.measures, around.report), around)
}

function keep(measure: MeasureIr | null, around: InputAround): Expr | null {
  if (measure === null) return null
  around.made[measure.name] = measure
  return measureRef(measure.name)
}

function measureRef(name: string): Expr {
  return { op: 'ref', type: 'decimal', scope: 'measure', name }
}

/** Points of items and blocks added up, with their weights. */
function addedUp(given: string[] | Record<string, unknown>, at: Path, around: InputAround): Expr | null {
  const { items = {}, blocks = {} } = around.names.groups
  const known = { ...blocks, ...items }
  const terms = (
    Array.isArray(given) ? given.map((id, key) => ({ id, key, weight: null })) : Object.entries(given).map(([id, weight]) => ({ id, key: id, weight }))
  ).map(({ id, key, weight }): Expr | null => {
    const ref = Object.hasOwn(known, id) ? known[id] : undefined
    if (ref === undefined) return around.report.say([...at, key], 'item', `no item or block \`${id}\``, suggest(id, Object.keys(known)))
    const by: Expr = { op: 'literal', type: 'decimal', value: String(weight) }
    return weight === null ? ref : { op: 'arith', type: 'decimal', how: '*', left: ref, right: by }
  })
  const [first, ...rest] = terms.filter((term) => term !== null)
  if (first === undefined) return terms.length > 0 ? null : around.report.say(at, 'item', 'which items?', 'a list of ids, or ids with weights')
  if (rest.length + 1 < terms.length) return null
  return rest.reduce<Expr>((left, right) => ({ op: 'arith', type: 'decimal', how: '+', left, right }), first)
}

type PlainTake = 'avg' | 'sum' | 'min' | 'max'

/** True for marks that any measure could take: nothing is stated but how. */
function isPlain(given: MarkInput): given is MarkInput & { take?: PlainTake } {
  return given.take !== 'median' && given.take !== 'trimmed' && Object.keys(given).every((key) => key === 'mark' || key === 'take')
}

/** The measure over the marks of an item; made once. */
export function markMeasure(key: string, take: PlainTake = 'avg', path: Path, around: InputAround): string | null {
  const name = `mark.${key}.${take}`
  if (Object.hasOwn(around.made, name)) return name
  const given = { label: `mark ${key}`, over: markSource, where: `item == ${JSON.stringify(key)}`, [take]: 'value' } as Measure
  const checked = checkMeasure(name, given, path, around.catalogue, around.subject, {}, around.report)
  if (checked === null) return null
  around.made[name] = checked
  return name
}

/** Marks with settings of their own (R-RAT). */
function ratedMeasure(item: Item, given: MarkInput, at: Path, around: InputAround): string | null {
  const { report } = around
  const before = report.diagnostics.length
  const made = checkMeasure(
    `rated.${item.id}`,
    { label: item.label, over: markSource, where: `item == ${JSON.stringify(given.mark)}`, sum: 'value' },
    [...at, 'mark'],
    around.catalogue,
    around.subject,
    {},
    report,
  )
  const pick = given.take ?? 'avg'
  if ((pick === 'trimmed') !== (given.trim !== undefined))
    report.say([...at, given.trim === undefined ? 'take' : 'trim'], 'mark', '`trim` and `take: trimmed` go together: how many marks are dropped at either end')
  const [low, high, ...more] = (given.range ?? []).map(String)
  if (more.length > 0 || (low !== undefined && high !== undefined && compare(decimal(low), decimal(high)) > 0))
    report.say([...at, 'range'], 'mark', 'a range is [low, high]: two numbers, the smaller first')
  const least = 2 * Number(given.trim?.each ?? 0) + 1
  const from = Number(given.trim?.from ?? least)
  if (from < least)
    report.say([...at, 'trim', 'from'], 'mark', `with fewer than ${least} marks nothing would be left`, `write ${least} or more, or leave it out`)
  const names = columnNames(findSource(around.catalogue, markSource) ?? { name: '', label: '', relation: '', id: '', subjects: {}, when: null, columns: [] })
  const shares = given.allot === undefined ? null : sharesOf(given.allot.shares, given.allot.by, names, [...at, 'allot', 'shares'], report)
  if (report.diagnostics.length > before || made === null || made.take.kind !== 'sum') return null
  const take: Aggregate = {
    kind: 'rated',
    of: made.take.of,
    pick,
    trim: given.trim === undefined ? null : { each: Number(given.trim.each), from, fewer: given.trim.fewer },
    range: low === undefined || high === undefined ? null : { low: format(decimal(low)), high: format(decimal(high)) },
    fewest: Number(given.fewest ?? 1),
    shares,
    without: given.allot?.without ?? 'rescale',
  }
  around.made[made.name] = { ...made, take }
  return made.name
}

/** Shares by text: all above 0, the column must be there. */
function sharesOf(given: Record<string, unknown>, column: string, names: Names, path: Path, report: Report): SharesIr | null {
  const by = names.plain[column]
  if (by?.type !== 'string') return report.say(path, 'source', `the source has no text column \`${column}\`, by which the shares are told apart`)
  const parts = Object.entries(given).map(([key, weight]) => ({ key, weight: format(decimal(String(weight))) }))
  if (parts.length === 0) return report.say(path, 'shares', 'at least one share is written here')
  for (const { key, weight } of parts)
    if (compare(decimal(weight), zero) <= 0) report.say([...path, key], 'shares', 'a share is above 0', 'leave out those that have none')
  return { by, parts }
}

/** Ballots (R-BAL): source `ballot` with item, choice, category, count. */
function ballotMeasure(item: Item, given: BallotInput, at: Path, around: InputAround): MeasureIr | null {
  const { report } = around
  const before = report.diagnostics.length
  const items = given.ballots ?? (given.ballot === undefined ? [] : [given.ballot])
  if ((given.ballot === undefined) === (given.ballots === undefined))
    report.say(at, 'ballot', 'either `ballot` (one question) or `ballots` (a list) is written here')
  if (new Set(items).size < items.length) report.say([...at, 'ballots'], 'ballot', 'a question is there twice')
  const made = checkMeasure(
    `ballot.${item.id}`,
    { label: item.label, over: ballotSource, where: `item in [${items.map((one) => JSON.stringify(one)).join(', ')}]`, sum: 'count' },
    at,
    around.catalogue,
    around.subject,
    {},
    report,
  )
  const source = findSource(around.catalogue, ballotSource)
  if (source === undefined || made === null) return null
  const names = columnNames(source)
  const [question, choice] = [names.plain.item, names.plain.choice]
  if (question?.type !== 'string' || choice?.type !== 'string')
    return report.say(at, 'source', '`ballot` needs the text columns `item` and `choice`, and the number `count`')
  const known = Object.keys(given.choices)
  for (const text of source.columns.find(({ name }) => name === 'choice')?.values ?? [])
    if (!known.includes(text))
      report.say([...at, 'choices'], 'ballot', `the choice \`${text}\` has no coefficient`, `a number, or \`${text}: none\` if such ballots don't count`)
  const shares = given.categories === undefined ? null : sharesOf(given.categories, 'category', names, [...at, 'categories'], report)
  if (report.diagnostics.length > before || made.take.kind !== 'sum') return null
  const nothing: Expr = { op: 'literal', type: 'null', value: null }
  const coefficients = Object.entries(given.choices).map(([text, value]): [string, Expr] => [text, value === 'none' ? nothing : literal(String(value))])
  const list = known.map((value): Expr => ({ op: 'literal', type: 'string', value }))
  return {
    ...made,
    take: {
      kind: 'ballot',
      of: lookedUp(choice, coefficients, nothing),
      count: made.take.of,
      known: { op: 'and', type: 'bool', left: { op: 'has', type: 'bool', of: choice }, right: { op: 'in', type: 'bool', item: choice, list } },
      item: question,
      items,
      shares,
      fewest: Number(given.fewest ?? 1),
      without: given.missing,
    },
  }
}
