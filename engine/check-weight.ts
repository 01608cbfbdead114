// What a row weighs: severity by table, cases of some texts, rows entered late (SPEC.md R-SEV, R-LAT).
import { compare, decimal, format, zero } from '#base/decimal.ts'
import type { Path } from '#base/shape.ts'
import { suggest } from '#base/suggest.ts'
import type { Names } from '#engine/cel-typing.ts'
import type { Measure } from '#engine/definition.ts'
import type { Expr } from '#engine/expr.ts'
import type { Aggregate, MeasureIr } from '#engine/ir.ts'
import { celAt, type Report } from '#engine/report.ts'

/** Aggregates in which a row has a weight. */
export const weighed = ['count', 'sum', 'severity']

/** An aggregate with what it adds to the condition, and the weights of the cases it counts. */
export interface Taken {
  take: Aggregate
  where: Expr | null
  among: string[] | null
}

/** A number as a literal. */
export function literal(value: string): Expr {
  return { op: 'literal', type: 'decimal', value }
}

/** `text == "…" ? value : …` down a table. */
export function lookedUp(text: Expr, table: [string, Expr][], otherwise: Expr): Expr {
  return table.reduceRight<Expr>(
    (no, [value, yes]) => ({
      op: 'choose',
      type: 'decimal',
      when: { op: 'compare', type: 'bool', how: '==', left: text, right: { op: 'literal', type: 'string', value } },
      yes,
      no,
    }),
    otherwise,
  )
}

/** Severity: weights added up, or the rows or cases of some texts counted. */
export function severityOf(given: NonNullable<Measure['severity']>, once: boolean, path: Path, names: Names, report: Report): Taken | null {
  const by = celAt(given.by, [...path, 'by'], names, 'scalar', report)
  if (by === null) return null
  if (by.type !== 'string') return report.say([...path, 'by'], 'cel-type', `expected string, found ${by.type}`)
  const weights = Object.entries(given.table).map(([text, weight]) => [text, format(decimal(String(weight)))] as const)
  const take: Aggregate = {
    kind: 'sum',
    of: lookedUp(
      by,
      weights.map(([text, weight]) => [text, literal(weight)]),
      literal(String(given.otherwise)),
    ),
  }
  if (given.counting === undefined) return { take, where: null, among: null }
  const among = given.counting.map((text, index) => {
    const at = [...path, 'counting', index]
    const own = weights.find(([one]) => one === text)?.[1]
    if (own === undefined)
      return report.say(
        at,
        'measure',
        `\`${text}\` has no weight in the table`,
        suggest(
          text,
          weights.map(([one]) => one),
        ),
      )
    const equal = [...weights, ['otherwise', format(decimal(String(given.otherwise)))] as const].find(([one, weight]) => one !== text && weight === own)
    return once && equal !== undefined
      ? report.say(at, 'measure', `\`${text}\` and \`${equal[0]}\` weigh the same: which of them a case is can't be told`, 'give them different weights')
      : own
  })
  const sound = among.filter((weight) => weight !== null)
  if (sound.length < among.length) return null
  if (once) return { take, where: null, among: sound }
  const list = given.counting.map((value): Expr => ({ op: 'literal', type: 'string', value }))
  return { take: { kind: 'count' }, where: { op: 'in', type: 'bool', item: by, list }, among: null }
}

/** The aggregate where rows entered late count something of their own; `late` is kept where that is a part. */
export function withLate(given: Measure, taken: Taken, path: Path, names: Names, report: Report): (Taken & Pick<MeasureIr, 'late'>) | null {
  if (given.late === undefined || given.late === 'full') return { ...taken, late: null }
  const column = names.plain.late
  if (column?.type !== 'bool')
    return report.say(path, 'measure', "the source doesn't say which rows were entered late: it has no column `late` (true or false)")
  const when: Expr = { op: 'and', type: 'bool', left: { op: 'has', type: 'bool', of: column }, right: column }
  const counts = given.late === 'none' ? '0' : format(decimal(String(given.late)))
  if (compare(decimal(counts), zero) < 0) return report.say(path, 'measure', 'a row entered late counts at least 0')
  if (counts === '0') return { ...taken, where: both(taken.where, { op: 'not', type: 'bool', of: when }), late: null }
  if (given.severity?.counting !== undefined) return report.say(path, 'measure', 'where `counting` counts rows or cases, `late` is full or none')
  if (taken.take.kind !== 'count' && taken.take.kind !== 'sum')
    return report.say(path, 'measure', 'a part of a row works with counting, sum and severity', 'full or none work with all')
  const part: Expr = { op: 'choose', type: 'decimal', when, yes: literal(counts), no: literal('1') }
  const of: Expr = taken.take.kind === 'sum' ? { op: 'arith', type: 'decimal', how: '*', left: taken.take.of, right: part } : part
  return { ...taken, take: { kind: 'sum', of }, late: { counts, when } }
}

/** Two conditions as one. */
export function both(left: Expr | null, right: Expr | null): Expr | null {
  return left === null ? right : right === null ? left : { op: 'and', type: 'bool', left, right }
}
