// What a subject can still do within the period, and what each would bring. Each try puts other numbers into the engine's own arithmetic;
// everybody else's numbers stay as they are. Pure.
import { formatDate } from '#base/dates.ts'
import { add, compare, type Decimal, decimal, divide, format, greatest, hundred, multiply, negate, one, round, subtract, whole, zero } from '#base/decimal.ts'
import {
  type Catalogue,
  type Context,
  contextOf,
  findSource,
  itemsReading,
  type Measured,
  type MeasureIr,
  measuresOf,
  type RubricIr,
  references,
  rescored,
  type Sheet,
  type Source,
} from '#engine/index.ts'
import type { NextStep, NextSteps } from './dry.contract.ts'

/** No more of one thing is tried: nobody does more in what is left of a year. */
const MOST = 60
/** Steps of one thing that are shown: the one that pays best, and the one after which nothing more is gained. */
const SHOWN = 2

export interface Asked {
  ir: RubricIr
  catalogue: Catalogue
  /** The rubric's context on its last day. */
  context: Context
  today: string
  own: Sheet
  peers: () => Sheet[]
  /** The total as it is. */
  total: Decimal
  /** The grade that a sheet would have among all others, quotas included. */
  gradeOf: (sheet: Sheet) => string | null
  minutesOf: (measure: MeasureIr) => number | null
}

/** False where a result doesn't show all that the total was made of (a condition that no item reads): then nothing can be worked out from it. */
export function canTell({ ir, own, peers, total }: Asked): boolean {
  const again = rescored(ir, own, peers, own.measures)
  return again.total !== null && compare(again.total, total) === 0
}

/** Why nothing can be done any more; empty while something can. */
export function closedBecause({ period }: RubricIr, today: string): string {
  return today > period.to ? `考核期已于${formatDate(period.to)}结束，现在再做的事不计入这份考核。` : ''
}

/** A thing of which there can be more: a measure over records whose period is still open. */
interface Way {
  measure: MeasureIr
  source: Source
  /** The numbers after so many more; null where that says nothing, e.g. of an average. */
  after: (count: number) => Map<string, Measured> | null
  /** How many at most. */
  limit: number
}

/** All steps, most points for each one more first, and the items that none of them raises. */
export function nextSteps(asked: Asked): Pick<NextSteps, 'steps' | 'fixed'> {
  const open = openItems(asked)
  const measures = [...new Set(open.flatMap(({ id }) => namesOf(asked.ir, id)))]
  const ways = measures.flatMap((name) => wayOf(asked, name) ?? [])
  const steps = ways.flatMap((way) => stepsOf(asked, way))
  const raised = new Set(steps.flatMap(({ items }) => items.filter(({ gain }) => !gain.startsWith('-')).map(({ id }) => id)))
  return {
    steps: steps.sort((a, b) => compare(decimal(b.each), decimal(a.each)) || compare(decimal(b.gain), decimal(a.gain))),
    fixed: open
      .filter(({ id }) => !raised.has(id))
      .map(({ id, lost }) => ({ id, label: asked.ir.items[id]?.label ?? id, lost: format(lost), why: whyFixed(asked, id, ways) })),
  }
}

/** Items that apply and have points missing, dearest first. */
function openItems({ ir, own }: Asked): { id: string; lost: Decimal }[] {
  return Object.values(ir.items)
    .flatMap(({ id, points }) => {
      const got = own.points.get(id) ?? null
      return points === null || got === null || own.applies.get(id) !== true ? [] : [{ id, lost: subtract(decimal(points), got) }]
    })
    .filter(({ lost }) => compare(lost, zero) > 0)
    .sort((a, b) => compare(b.lost, a.lost))
}

function namesOf(ir: RubricIr, id: string): string[] {
  const item = ir.items[id]
  return item === undefined ? [] : measuresOf(item, ir)
}

function wayOf({ ir, catalogue, context, today, own }: Asked, name: string): Way | null {
  const measure = ir.measures[name]
  const source = measure === undefined ? undefined : findSource(catalogue, measure.source)
  const known = own.measures.get(name)
  if (measure === undefined || source === undefined || known === undefined || !isRecord(source) || !isOpen(measure, context, today)) return null
  const beside = Object.values(ir.measures).filter((other) => other.name !== name && goesAlong(other, measure))
  const numbers = (count: number): Map<string, Measured> | null => {
    const changed = new Map<string, Measured>()
    for (const one of [measure, ...beside]) {
      const before = own.measures.get(one.name)
      const after = before === undefined ? null : grown(one, measure, ir, before, whole(count))
      if (after !== null) changed.set(one.name, after)
    }
    return changed.has(name) ? changed : null
  }
  return { measure, source, after: numbers, limit: limitOf(ir, measure, known) }
}

/** Records are what a subject enters; states, marks and what follows from rolls come about otherwise. */
function isRecord({ name, when }: Source): boolean {
  return when !== null && name.startsWith('record.')
}

/** True while what happens today or later is counted. */
function isOpen({ period }: MeasureIr, context: Context, today: string): boolean {
  return contextOf(period, context).to >= today
}

/** Measures that one more row of a kind raises with certainty: those of the same rows, and those of all rows of the source. */
function goesAlong(other: MeasureIr, measure: MeasureIr): boolean {
  if (other.source !== measure.source || other.take.kind !== 'count' || JSON.stringify(other.period) !== JSON.stringify(measure.period)) return false
  const counts = measure.take.kind === 'count' || measure.take.kind === 'countDistinct' || measure.take.kind === 'share'
  return counts && (other.where === null || JSON.stringify(other.where) === JSON.stringify(measure.where))
}

/** A measure after so many more: counted things one by one, sums by ones; of a share all new ones meet its condition. Null: can't be told. */
function grown(one: MeasureIr, measure: MeasureIr, ir: RubricIr, before: Measured, more: Decimal): Measured | null {
  const { take, of, percent } = one
  if (take.kind === 'avg' || take.kind === 'min' || take.kind === 'max') return null
  const ratio = (numerator: Decimal, denominator: Decimal): Measured => ({ numerator, denominator, value: divide(multiply(numerator, hundred), denominator) })
  if (take.kind === 'share') return ratio(add(before.numerator ?? zero, more), add(before.denominator ?? zero, more))
  const numerator = add(before.numerator ?? before.value ?? zero, more)
  if (of === null) return { numerator, denominator: null, value: numerator }
  // What is held against the same rows grows with them.
  const denominator = add(before.denominator ?? zero, ir.measures[of]?.source === measure.source ? more : zero)
  return percent ? ratio(numerator, denominator) : { numerator, denominator, value: numerator }
}

/** A part of something else can't be more than the whole of it. */
function limitOf(ir: RubricIr, { percent, of, source }: MeasureIr, { numerator, denominator }: Measured): number {
  if (!percent || of === null || ir.measures[of]?.source === source || numerator === null || denominator === null) return MOST
  return Math.max(0, Math.min(MOST, Number(format(subtract(denominator, numerator)))))
}

interface Try {
  count: number
  gain: Decimal
  sheet: Sheet
}

function stepsOf(asked: Asked, way: Way): NextStep[] {
  const { ir, own, peers, total } = asked
  const reading = [...itemsReading(ir, new Set([way.measure.name]))]
  const tries: Try[] = []
  for (let count = 1; count <= way.limit; count += 1) {
    const changes = way.after(count)
    if (changes === null) return []
    const sheet = rescored(ir, own, peers, changes)
    if (sheet.total === null) return []
    // More of what costs points is nobody's next step, even where it counts as something else too.
    if (reading.some((id) => compare(sheet.points.get(id) ?? zero, own.points.get(id) ?? zero) < 0)) return []
    tries.push({ count, gain: subtract(sheet.total, total), sheet })
    if (reading.every((id) => isFull(ir, sheet, id))) break
  }
  return corners(tries).map((one) => stepIn(asked, way, one))
}

function isFull(ir: RubricIr, sheet: Sheet, id: string): boolean {
  const [points, full] = [sheet.points.get(id) ?? null, ir.items[id]?.points ?? null]
  return points === null || full === null || compare(points, decimal(full)) >= 0
}

/** Points are rounded to two places as a rule, so that equal steps look unequal by as much. */
const ROUNDED = decimal('0.01')

/** Where it pays to stop: the best gain for each one more, as far as it goes on like that; then the same from there. */
function corners(tries: readonly Try[]): Try[] {
  const found: Try[] = []
  let from: Pick<Try, 'count' | 'gain'> = { count: 0, gain: zero }
  while (found.length < SHOWN) {
    const start = from
    const rest = tries.filter(({ count, gain }) => count > start.count && compare(gain, start.gain) > 0)
    const rate = ({ count, gain }: Try, slack: Decimal): Decimal => divide(add(subtract(gain, start.gain), slack), whole(count - start.count)) ?? zero
    const best = rest.map((some) => rate(some, negate(ROUNDED))).reduce(greatest, negate(one))
    const furthest = rest.findLast((some) => compare(rate(some, ROUNDED), best) >= 0)
    if (furthest === undefined) break
    // A smaller number may bring as much already.
    const least = rest.find(({ gain }) => compare(gain, furthest.gain) === 0) ?? furthest
    found.push(least)
    from = least
  }
  return found
}

function stepIn({ ir, own, total, gradeOf, minutesOf }: Asked, { measure, source }: Way, { count, gain, sheet }: Try): NextStep {
  const changed = Object.values(ir.items).flatMap(({ id, label }) => {
    const [before, after] = [own.points.get(id) ?? null, sheet.points.get(id) ?? null]
    const difference = before === null || after === null ? zero : subtract(after, before)
    return compare(difference, zero) === 0 ? [] : [{ id, label, gain: format(difference) }]
  })
  const [now, afterwards] = [own, sheet].map(({ measures }) => shown(measures.get(measure.name)?.value ?? null))
  const unit = unitOf(measure, ir)
  return {
    measure: measure.name,
    sentence: `${what(measure, ir, source, count, unit)}，+${format(round(gain, 2))}分`,
    more: count,
    unit,
    now: now ?? '',
    afterwards: afterwards ?? '',
    gain: format(gain),
    each: format(round(divide(gain, whole(count)) ?? zero, 4)),
    total: format(add(total, gain)),
    grade: gradeOf(sheet),
    items: changed,
    note: noteOf(measure, source),
    minutes: minutesOf(measure),
  }
}

function shown(value: Decimal | null): string {
  return value === null ? '' : format(round(value, 2))
}

/** What is counted one by one; of a rate it is what it is a rate of. */
function unitOf({ unit, of, percent, take }: MeasureIr, ir: RubricIr): string {
  const own = percent && of !== null ? (ir.measures[of]?.unit ?? '') : unit
  return take.kind === 'share' || own === '' || own === '%' ? '次' : own
}

/** 再增加2次主题党日; where not every row counts, what counts is named: “书记讲党课的党组织数”再增加1个. */
function what({ label, where, take, percent, of }: MeasureIr, ir: RubricIr, source: Source, count: number, unit: string): string {
  const wholly = `都符合“${label}”的要求`
  if (take.kind === 'share') return `再增加${count}${unit}${source.label}，${wholly}`
  if (percent && of !== null)
    return ir.measures[of]?.source === source.name ? `“${ir.measures[of].label}”再增加${count}${unit}，${wholly}` : `“${label}”再增加${count}${unit}`
  return where === null && take.kind === 'count' ? `再增加${count}${unit}${source.label}` : `“${label}”再增加${count}${unit}`
}

function noteOf({ where, once, take }: MeasureIr, { columns }: Source): string {
  const marksLate = columns.some(({ name }) => name === 'late')
  const readsLate = where !== null && references(where).some(({ name }) => name === 'late')
  return [
    ...(take.kind === 'countDistinct' ? ['只算还没有计过的'] : []),
    ...(once === null ? [] : ['同一件事只计一次']),
    ...(marksLate ? [readsLate ? '已经做过而没有登记的，补登会标明补录，细则对补录另有规定' : '已经做过而没有登记的，补登也算，会标明补录'] : []),
  ].join('；')
}

/** Why no entry raises an item any more. */
function whyFixed({ ir, catalogue, context, today }: Asked, id: string, ways: readonly Way[]): string {
  const measures = namesOf(ir, id).flatMap((name) => ir.measures[name] ?? [])
  if (ways.some(({ measure }) => measures.includes(measure)))
    return ir.items[id]?.rule.kind === 'deduct' ? '已经发生的扣分不能撤回。' : `再增加${MOST}次以内，得分也不会提高，或者已经发生的失分不能撤回。`
  if (measures.some(({ source }) => source === 'mark')) return '由评分决定，登记工作不改变它。'
  const sources = measures.map(({ source }) => findSource(catalogue, source)).filter((source) => source !== undefined)
  if (sources.some(isRecord))
    return measures.some((measure) => isOpen(measure, context, today)) ? '看的是平均数或最值，要看每一次的数值。' : '它的统计期已经过了。'
  return '由组织设置、任职和换届情况决定，不是登记工作能改变的。'
}
