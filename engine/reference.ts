// The reference evaluator: slow and obvious, over facts as arrays. SQL must equal it to the last digit.
import {
  add,
  ceiling,
  compare,
  comparePlaces,
  type Decimal,
  decimal,
  divide,
  floor,
  format,
  hundred,
  multiply,
  round,
  subtract,
  whole,
  zero,
} from '#base/decimal.ts'
import type { Context } from '#engine/context.ts'
import { type Expr, inputName, references } from '#engine/expr.ts'
import { type BlockIr, type ItemIr, itemExpressions, type Peers, type QuotaIr, type RubricIr, type VetoIr } from '#engine/ir.ts'
import { blocksById, measuresOf, planRun } from '#engine/plan.ts'
import { evaluateCel, isDecimalValue, type Lookup, numberOf, read, type Value, type Written } from '#engine/reference-cel.ts'
import { type Facts, type Measured, measure, onRow } from '#engine/reference-measure.ts'
import { held, heldPoints, rulePoints, type Standing } from '#engine/reference-rule.ts'

/** One item of one subject; `points` is null where it is left out, `missing` says why the points don't come from the rule. */
export interface ItemResult {
  id: string
  max: string | null
  points: string | null
  inputs: Record<string, Written>
  missing: string | null
}

/** One subject's result: what `runSql` returns as a row. */
export interface ResultRow {
  id: string
  name: string | null
  class: string | null
  parent: string | null
  total: string | null
  grade: string | null
  rank: string | null
  vetoes: string[]
  blocks: Record<string, string | null>
  items: ItemResult[]
}

/** What is known of one subject while it is scored. */
export interface Sheet {
  id: string
  attributes: Record<string, Written>
  class: string | null
  parent: string | null
  measures: Map<string, Measured>
  applies: Map<string, boolean>
  exempt: Map<string, 'full' | 'exclude' | null>
  raw: Map<string, Decimal | null>
  standing: Map<string, Standing & { peers: number }>
  /** Points of the peers that have data, for their mean. */
  known: Map<string, Decimal[]>
  points: Map<string, Decimal | null>
  blocks: Map<string, Decimal | null>
  worth: Map<string, Decimal>
  total: Decimal | null
  vetoes: string[]
  grade: number | null
  place: Decimal | null
}

const near = (value: Decimal): Decimal => round(value, comparePlaces)
const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Scores everybody. */
export function evaluate(ir: RubricIr, facts: Facts, context: Context): ResultRow[] {
  const sheets = population(ir, facts, context)
  for (const sheet of sheets)
    for (const name of new Set([
      ...Object.values(ir.items).flatMap((item) => measuresOf(item, ir)),
      ...ir.vetoes
        .flatMap((veto) => references(veto.when))
        .filter((ref) => ref.scope === 'measure')
        .map((ref) => ref.name),
    ])) {
      const given = ir.measures[name]
      if (given !== undefined) sheet.measures.set(name, measure(given, ir.measures, facts, context, sheet.id))
    }
  const blocks = blocksById(ir)
  for (const level of planRun(ir, 'all').levels) {
    for (const id of level.items) scoreItem(ir.items[id] as ItemIr, ir, sheets)
    for (const id of level.blocks.flat()) for (const sheet of sheets) scoreBlock(blocks.get(id) as BlockIr, ir, sheet)
  }
  for (const sheet of sheets) addTotal(ir, sheet)
  for (const [index, grade] of ir.grades.entries()) if (grade.quota !== null) applyQuota(grade.quota, index + 1, sheets)
  for (const sheet of sheets) sheet.place = finalPlace(ir, sheet, sheets)
  return sheets.map((sheet) => rowOf(ir, sheet)).sort((a, b) => byCodePoint(a.id, b.id))
}

function population(ir: RubricIr, facts: Facts, context: Context): Sheet[] {
  const { source, where } = ir.population
  const text = (value: Written | undefined): string | null => (typeof value === 'string' ? value : null)
  return facts(source, context)
    .filter((fact) => where === null || onRow(where, fact) === true)
    .map((fact) =>
      emptySheet({
        id: fact.id,
        attributes: fact.values,
        class: ir.population.class === null ? null : text(fact.values[ir.population.class]),
        parent: text(fact.values.parent),
      }),
    )
}

/** A sheet of which nothing but the subject is known. */
export function emptySheet(subject: Pick<Sheet, 'id' | 'attributes' | 'class' | 'parent'>): Sheet {
  return {
    ...subject,
    measures: new Map(),
    applies: new Map(),
    exempt: new Map(),
    raw: new Map(),
    standing: new Map(),
    known: new Map(),
    points: new Map(),
    blocks: new Map(),
    worth: new Map(),
    total: null,
    vetoes: [],
    grade: null,
    place: null,
  }
}

/** The names that expressions of a rubric may use, on one sheet. */
export function lookupIn(ir: RubricIr, sheet: Sheet, x: Decimal | null): Lookup {
  return (ref): Value => {
    switch (ref.scope) {
      case 'measure':
        return sheet.measures.get(ref.name)?.value ?? null
      case 'subject':
        return read(sheet.attributes[ref.name], ref.type)
      case 'item':
        return sheet.points.get(ref.name) ?? null
      case 'block':
        return sheet.blocks.get(ref.name) ?? null
      case 'total':
        return sheet.total
      case 'x':
        return x
      case 'column':
        throw new Error(`${ref.name} is a column; rubric ${ir.rubric} can't read it here`)
    }
  }
}

function inputOf(item: ItemIr, ir: RubricIr, sheet: Sheet): Decimal | null {
  return item.input === null ? null : numberOf(item.input, lookupIn(ir, sheet, null))
}

function peersOf(sheet: Sheet, sheets: Sheet[], peers: Peers): Sheet[] {
  return peers === 'all' ? sheets : sheets.filter((other) => other[peers] === sheet[peers])
}

/** Scores an item: everybody, or `whom` alone among the others, of whom all that counts is known. */
export function scoreItem(item: ItemIr, ir: RubricIr, sheets: Sheet[], whom = sheets): void {
  const { id, rule } = item
  const counts = (sheet: Sheet): boolean => sheet.applies.get(id) === true && sheet.exempt.get(id) === null
  for (const sheet of whom) {
    const lookup = lookupIn(ir, sheet, null)
    sheet.applies.set(id, item.when === null || evaluateCel(item.when, lookup) === true)
    sheet.exempt.set(id, item.exempt.find((one) => evaluateCel(one.when, lookup) === true)?.give ?? null)
  }
  if (rule.kind === 'rank' || rule.kind === 'rank-lose')
    for (const sheet of whom) {
      const own = inputOf(item, ir, sheet)
      const others = peersOf(sheet, sheets, rule.peers)
        .filter(counts)
        .map((other) => inputOf(item, ir, other))
        .filter((x) => x !== null)
      const better = own === null ? [] : others.filter((x) => compare(near(x), near(own)) === (rule.best === 'high' ? 1 : -1))
      const ahead = rule.ties === 'dense' ? new Set(better.map((x) => format(near(x)))).size : better.length
      const equals = own === null ? 0 : others.filter((x) => compare(near(x), near(own)) === 0).length
      sheet.standing.set(id, { place: own !== null && counts(sheet) ? ahead + 1 : 0, equals, peers: others.length })
    }
  for (const sheet of whom) {
    const x = inputOf(item, ir, sheet)
    const standing = sheet.standing.get(id)
    sheet.raw.set(id, rulePoints(item, x, lookupIn(ir, sheet, x), standing === undefined || standing.place === 0 ? null : standing))
  }
  if (item.missing === 'peer-mean')
    for (const sheet of whom) {
      const peers = peersOf(sheet, sheets, item.peers).filter(counts)
      sheet.known.set(
        id,
        peers
          .map((other) => other.raw.get(id) ?? null)
          .filter((raw) => raw !== null)
          .map((raw) => heldPoints(raw, item)),
      )
    }
  for (const sheet of whom) sheet.points.set(id, pointsOf(item, sheet))
}

function pointsOf(item: ItemIr, sheet: Sheet): Decimal | null {
  if (sheet.applies.get(item.id) !== true) return null
  const full = item.points === null ? null : decimal(item.points)
  const exempt = sheet.exempt.get(item.id)
  if (exempt === 'full') return full
  if (exempt === 'exclude') return null
  const raw = sheet.raw.get(item.id) ?? null
  if (raw !== null) return heldPoints(raw, item)
  switch (item.missing) {
    case 'zero':
      return zero
    case 'full':
      return full
    case 'exclude':
      return null
    case 'manual': {
      const mark = item.manual === null ? null : (sheet.measures.get(item.manual)?.value ?? null)
      return mark === null ? zero : heldPoints(mark, item)
    }
    case 'peer-mean': {
      const known = sheet.known.get(item.id) ?? []
      const mean = divide(known.reduce(add, zero), whole(known.length))
      return mean === null ? zero : heldPoints(mean, item)
    }
  }
}

/** Sums a block's parts; what is left out is made up for by the rest, in proportion (R-BLK-3). Null: nothing is left. */
export function summed(parts: { value: Decimal | null; worth: Decimal }[], start: Decimal): { sum: Decimal | null; full: Decimal } {
  const full = parts.map(({ worth }) => worth).reduce(add, zero)
  const left = parts.filter(({ value }) => value !== null)
  const points = left.map(({ value }) => value ?? zero).reduce(add, zero)
  const kept = left.map(({ worth }) => worth).reduce(add, zero)
  if (compare(full, kept) === 0) return { sum: add(start, points), full }
  const scaled = divide(multiply(points, full), kept)
  if (scaled === null) return { sum: compare(start, zero) === 0 ? null : start, full }
  return { sum: add(start, scaled), full }
}

/** Adds a block up from what is known of its items and blocks. */
export function scoreBlock(block: BlockIr, ir: RubricIr, sheet: Sheet): void {
  const items = block.items
    .filter((id) => sheet.applies.get(id))
    .map((id) => ({ value: sheet.points.get(id) ?? null, worth: decimal(ir.items[id]?.points ?? '0') }))
  const blocks = block.blocks.map(({ id }) => ({ value: sheet.blocks.get(id) ?? null, worth: sheet.worth.get(id) ?? zero }))
  const start = decimal(block.start)
  const { sum, full } = summed([...items, ...blocks], start)
  const weighted = sum === null ? null : multiply(held(sum, block), decimal(block.weight))
  sheet.blocks.set(block.id, weighted === null || block.round === null ? weighted : round(near(weighted), block.round))
  sheet.worth.set(block.id, multiply(add(start, full), decimal(block.weight)))
}

function addTotal(ir: RubricIr, sheet: Sheet): void {
  const { sum } = summed(
    ir.blocks.map(({ id }) => ({ value: sheet.blocks.get(id) ?? null, worth: sheet.worth.get(id) ?? zero })),
    zero,
  )
  sheet.total = totalOf(ir, sum, extrasOf(ir, sheet))
  addVetoes(
    ir,
    sheet,
    ir.vetoes.filter((veto) => evaluateCel(veto.when, lookupIn(ir, sheet, null)) === true),
  )
}

/** Bonuses less penalties, each at most its cap. */
export function extrasOf(ir: RubricIr, sheet: Pick<Sheet, 'points'>): Decimal {
  const extra = ({ cap, items }: RubricIr['bonuses']): Decimal => held(items.map((id) => sheet.points.get(id) ?? zero).reduce(add, zero), { floor: null, cap })
  return subtract(extra(ir.bonuses), extra(ir.penalties))
}

/** The total before vetoes from the sum of the blocks and what comes on top (R-TOT-1). */
export function totalOf({ total }: RubricIr, sum: Decimal | null, extras: Decimal): Decimal | null {
  return sum === null ? null : held(round(near(add(sum, extras)), total.round), total)
}

/** The total and the grade, before quotas, under the vetoes that are met (R-VET-1, R-GRD-1). */
export function addVetoes(ir: RubricIr, sheet: Pick<Sheet, 'total' | 'vetoes' | 'grade'>, met: VetoIr[]): void {
  sheet.vetoes = met.map(({ id }) => id)
  if (sheet.total === null) return
  if (met.some(({ zero: zeroed }) => zeroed)) sheet.total = zero
  if (ir.grades.length === 0) return
  const total = sheet.total
  const earned = ir.grades.findIndex(({ from }, index) => index === ir.grades.length - 1 || from === null || compare(total, decimal(from)) >= 0) + 1
  const ceilings = met.filter(({ ceiling: grade }) => grade !== null).map(({ ceiling: grade }) => ir.grades.findIndex((one) => one.grade === grade) + 1)
  sheet.grade = Math.max(earned, ...ceilings)
}

/** How many of so many peers a quota allows (R-QUO-1). */
export function allowedBy(quota: QuotaIr, peers: number): Decimal {
  if (quota.count !== null) return whole(quota.count)
  const share = near(divide(multiply(whole(peers), decimal(quota.percent ?? '0')), hundred) ?? zero)
  return quota.round === 'down' ? floor(share) : quota.round === 'up' ? ceiling(share) : round(share, 0)
}

/** Those of grade `no` beyond the quota fall one grade. */
function applyQuota(quota: QuotaIr, no: number, sheets: Sheet[]): void {
  const fallen = sheets.filter((sheet) => {
    if (sheet.grade !== no || sheet.total === null) return false
    const own = sheet.total
    const peers = peersOf(sheet, sheets, quota.peers)
    const among = peers.filter((other) => other.grade === no)
    const better = among.filter((other) => compare(other.total ?? zero, own) > 0).length
    const notWorse = among.filter((other) => compare(other.total ?? zero, own) >= 0).length
    return compare(whole(quota.ties === 'out' ? notWorse : better + 1), allowedBy(quota, peers.length)) > 0
  })
  for (const sheet of fallen) sheet.grade = no + 1
}

function finalPlace(ir: RubricIr, sheet: Sheet, sheets: Sheet[]): Decimal | null {
  const own = sheet.total
  if (own === null) return null
  const totals = peersOf(sheet, sheets, ir.rank.peers)
    .map(({ total }) => total)
    .filter((total) => total !== null)
  const better = totals.filter((total) => compare(total, own) > 0)
  if (ir.rank.ties === 'dense') return whole(new Set(better.map(format)).size + 1)
  const equals = totals.filter((total) => compare(total, own) === 0).length
  return ir.rank.ties === 'min' ? whole(better.length + 1) : add(whole(better.length + 1), multiply(whole(equals - 1), decimal('0.5')))
}

const shown = (value: Decimal | null | undefined): string | null => (value === null || value === undefined ? null : format(near(value)))

function inputsOf(item: ItemIr, ir: RubricIr, sheet: Sheet): Record<string, Written> {
  const inputs: Record<string, Written> = {}
  for (const name of measuresOf(item, ir)) {
    const { take, of } = ir.measures[name] ?? { take: { kind: 'count' }, of: null }
    const numbers = sheet.measures.get(name)
    inputs[name] = shown(numbers?.value)
    if (take.kind !== 'share' && take.kind !== 'avg' && of === null) continue
    inputs[`${name}.numerator`] = shown(numbers?.numerator)
    inputs[`${name}.denominator`] = shown(numbers?.denominator)
  }
  const given = (ref: Extract<Expr, { op: 'ref' }>): Value => lookupIn(ir, sheet, null)(ref)
  for (const ref of itemExpressions(item).flatMap(references)) {
    if (ref.scope === 'measure' || ref.scope === 'x' || ref.scope === 'column' || ref.scope === 'total') continue
    const value = given(ref)
    inputs[inputName(ref)] = isDecimalValue(value) ? shown(value) : value
  }
  if (item.input !== null && item.input.op !== 'ref') inputs.x = shown(inputOf(item, ir, sheet))
  const known = sheet.known.get(item.id)
  if (known !== undefined) {
    inputs.known = String(known.length)
    inputs.knownSum = known.length === 0 ? null : shown(known.reduce(add, zero))
  }
  const standing = sheet.standing.get(item.id)
  if (standing === undefined) return inputs
  inputs.place = standing.place === 0 ? null : String(standing.place)
  if ((item.rule.kind === 'rank' || item.rule.kind === 'rank-lose') && item.rule.ties === 'average')
    inputs.equals = standing.place === 0 ? null : String(standing.equals)
  inputs.peers = String(standing.peers)
  return inputs
}

function rowOf(ir: RubricIr, sheet: Sheet): ResultRow {
  const items = Object.values(ir.items)
    .filter((item) => sheet.applies.get(item.id))
    .map((item): ItemResult => {
      const exempt = sheet.exempt.get(item.id) ?? null
      return {
        id: item.id,
        max: item.points === null ? null : format(decimal(item.points)),
        points: shown(sheet.points.get(item.id)),
        inputs: inputsOf(item, ir, sheet),
        missing: exempt !== null ? `exempt-${exempt}` : sheet.raw.get(item.id) === null ? item.missing : null,
      }
    })
  const name = sheet.attributes.name
  return {
    id: sheet.id,
    name: typeof name === 'string' ? name : null,
    class: sheet.class,
    parent: sheet.parent,
    total: shown(sheet.total),
    grade: sheet.grade === null ? null : (ir.grades[sheet.grade - 1]?.grade ?? null),
    rank: shown(sheet.place),
    vetoes: sheet.vetoes,
    blocks: Object.fromEntries([...blocksById(ir).keys()].map((id) => [id, shown(sheet.blocks.get(id))])),
    items,
  }
}

/** One figure of the whole tenant, the obvious way: what `figureSql` returns. */
export function evaluateFigure(
  measures: RubricIr['measures'],
  name: string,
  facts: Facts,
  context: Context,
): { numerator: string | null; denominator: string | null; value: string | null } {
  const given = measures[name]
  if (given === undefined) throw new Error(`no measure ${name}`)
  const { numerator, denominator, value } = measure(given, measures, facts, context, undefined)
  return { numerator: shown(numerator), denominator: shown(denominator), value: shown(value) }
}
