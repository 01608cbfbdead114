// A scoring rule → SQL over one subject's numbers; null means the data is missing (SPEC.md R-RUL, R-MIS-1).
import { add, decimal, format, zero } from '#base/decimal.ts'
import { celSql, comparing, quotient, type Resolve } from '#engine/cel-sql.ts'
import type { Expr } from '#engine/expr.ts'
import type { ItemIr, RuleIr } from '#engine/ir.ts'
import type { Writer } from '#engine/sql.ts'

/** Columns of what an item's peers give: its place (least of its equals) and how many share it; the best x, or the sum of the peers' x; how many they are. */
export interface PeerColumns {
  place: string
  equals: string
  of: string
  count: string
}

const operators = { '>=': '>=', '>': '>', '<=': '<=', '<': '<', '==': '=' } as const

/** The rule's points before rounding and limits. `x` is the input's column, resolve finds the others. */
export function ruleSql(item: ItemIr, x: string, resolve: Resolve, peers: PeerColumns, writer: Writer): string {
  const rule = item.rule
  const number = (value: string): string => writer.bind(value, 'numeric')
  const amount = (expr: Expr): string => (expr.op === 'literal' ? number(String(expr.value)) : `(${celSql(expr, resolve, writer)})::numeric`)
  const full = number(item.points ?? '0')
  switch (rule.kind) {
    case 'proportional': {
      const ratio = quotient(x, amount(rule.target))
      return `${full} * case when ${comparing(ratio)} > ${number(rule.cap)} then ${number(rule.cap)} else ${ratio} end`
    }
    case 'tiers': {
      const rows = rule.table.map((row) => `when ${comparing(x)} ${operators[rule.compare]} ${comparing(amount(row.bound))} then ${amount(row.points)}`)
      return `case when ${x} is null then null ${rows.join(' ')} else ${amount(rule.otherwise)} end`
    }
    case 'shortfall':
    case 'excess':
      return distanceSql(rule, x, full, amount, number)
    case 'gate': {
      const when = celSql(rule.when, resolve, writer)
      return `case when ${when} then ${full} when not ${when} then 0 end`
    }
    case 'checklist': {
      const conditions = rule.parts.map((part) => celSql(part.when, resolve, writer))
      const points = rule.parts.map((part, index) => `case when ${conditions[index]} then ${amount(part.points)} else 0 end`)
      const taken = rule.take === 'sum' ? points.map((one) => `(${one})`).join(' + ') : `greatest(${points.join(', ')})`
      return `case when coalesce(${conditions.join(', ')}) is not null then ${taken} end`
    }
    case 'deduct': {
      const lost = `${amount(rule.lose)} * ${x}`
      return rule.limit === null
        ? `${full} - ${lost}`
        : `${full} - case when ${comparing(lost)} > ${number(rule.limit)} then ${number(rule.limit)} else ${lost} end`
    }
    case 'each':
      return `${amount(rule.points)} * ${x}`
    case 'convert':
      return `${amount(rule.factor)} * ${x} + ${amount(rule.offset)}`
    case 'escalate':
      return escalateSql(rule, x, full, number, writer)
    case 'convert-range': {
      const [low, high, least, most] = [...rule.from, ...rule.to].map(number)
      const line = `${least} + ${quotient(`(${x} - ${low}) * (${most} - ${least})`, `${high} - ${low}`)}`
      if (rule.outside === 'extend') return line
      const [below, above] = rule.outside === 'clamp' ? [least, most] : ['null', 'null']
      return `case when ${comparing(x)} < ${low} then ${below} when ${comparing(x)} > ${high} then ${above} else ${line} end`
    }
    case 'rank':
    case 'rank-lose':
      return rankSql(rule, peers, full, number, writer)
    case 'ratio-to-best': {
      const zeroes = { zero: '0', full, missing: 'null' }[rule.bestZero]
      const [a, b] = rule.best === 'high' ? [x, peers.of] : [peers.of, x]
      const [best, own] = [comparing(peers.of), comparing(x)]
      return `case when ${best} = 0 and ${own} = 0 then ${zeroes} when ${best} > 0${rule.best === 'low' ? ` or ${best} = 0` : ''} then ${full} * ${quotient(a, b)} end`
    }
    case 'relative-ratio': {
      const mean = quotient(peers.of, peers.count)
      const ratio = quotient(x, mean)
      return `case when ${comparing(mean)} > 0 then ${full} * case when ${comparing(ratio)} > ${number(rule.cap)} then ${number(rule.cap)} else ${ratio} end end`
    }
    case 'relative-difference':
      return `${amount(rule.base)} + ${amount(rule.factor)} * (${x} - ${quotient(peers.of, peers.count)})`
    case 'formula':
      return rule.peers === null ? amount(rule.value) : `case when ${peers.place} is not null then ${amount(rule.value)} end`
  }
}

function distanceSql(
  rule: Extract<RuleIr, { kind: 'shortfall' | 'excess' }>,
  x: string,
  full: string,
  amount: (expr: Expr) => string,
  number: (value: string) => string,
): string {
  const target = amount(rule.target)
  const away = rule.kind === 'shortfall' ? `(${target} - ${x})` : `(${x} - ${target})`
  const units = quotient(away, number(rule.unit))
  const steps = rule.step === 'pro-rata' ? units : rule.step === 'whole' ? `floor(${comparing(units)})` : `ceil(${comparing(units)})`
  return `case when ${comparing(away)} <= 0 then ${full} when ${comparing(away)} > 0 then ${full} - ${amount(rule.lose)} * ${steps} end`
}

/** What the events have lost by the list; from `all` on nothing is left. */
function escalateSql(rule: Extract<RuleIr, { kind: 'escalate' }>, x: string, full: string, number: (value: string) => string, writer: Writer): string {
  const events = `greatest(floor(${comparing(x)}), 0)`
  const listed = rule.lose.length
  const lost = `(${writer.bind(sumsOf(rule.lose), 'numeric[]')})[least(${events}, ${listed})::int + 1]`
  const beyond = rule.beyond === 'last' && listed > 0 ? ` + greatest(${events} - ${listed}, 0) * ${number(rule.lose.at(-1) ?? '0')}` : ''
  const all = rule.beyond === 'all' ? ` when ${events} > ${listed} then 0` : ''
  return `case when ${x} is null then null${all} else ${full} - (${lost}${beyond}) end`
}

/** 0, the first number, the first two added up, … */
function sumsOf(list: string[]): string[] {
  return [
    zero,
    ...list.map((_, index) =>
      list
        .slice(0, index + 1)
        .map(decimal)
        .reduce(add),
    ),
  ].map(format)
}

function rankSql(
  rule: Extract<RuleIr, { kind: 'rank' | 'rank-lose' }>,
  { place, equals }: PeerColumns,
  full: string,
  number: (value: string) => string,
  writer: Writer,
): string {
  if (rule.kind === 'rank-lose') {
    const shared = rule.ties === 'average' ? `(${place} + (${equals} - 1) * 0.5)` : place
    return `${full} - ${number(rule.lose)} * (${shared} - 1)`
  }
  if (rule.ties !== 'average')
    return `case when ${place} is not null then coalesce((${writer.bind(rule.points, 'numeric[]')})[${place}::int], ${number(rule.otherwise)}) end`
  // Points of places 1 … n added up, so that the mean over shared places is one difference.
  const sums = sumsOf(rule.points)
  const upTo = (n: string): string =>
    `((${writer.bind(sums, 'numeric[]')})[least(${n}, ${rule.points.length})::int + 1] + greatest(${n} - ${rule.points.length}, 0) * ${number(rule.otherwise)})`
  return quotient(`${upTo(`(${place} + ${equals} - 1)`)} - ${upTo(`(${place} - 1)`)}`, equals)
}

/** Points held between floor and cap; null stays null. `points` is a column. */
export function limited(points: string, item: { floor: string | null; cap: string | null }, writer: Writer): string {
  const low = item.floor === null ? points : `greatest(${points}, ${writer.bind(item.floor, 'numeric')})`
  return item.cap === null ? low : `least(${low}, ${writer.bind(item.cap, 'numeric')})`
}
