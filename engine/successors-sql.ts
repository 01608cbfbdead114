// Who succeeded whom → SQL: facts of what was merged into another count for the successor (SPEC.md R-MER).
import { type Catalogue, findSource, type SubjectKind, successorSource } from '#engine/catalogue.ts'
import { type Context, contextOf } from '#engine/context.ts'
import type { Expr } from '#engine/expr.ts'
import { columnOf, rowsOf } from '#engine/facts-sql.ts'
import type { MeasureIr } from '#engine/ir.ts'
import type { Writer } from '#engine/sql.ts'

const old: Extract<Expr, { op: 'ref' }> = { op: 'ref', type: 'string', scope: 'column', name: 'old' }

/**
 * `old`, `now` of everything that was merged, its successor's successors followed to the last, as a subselect; null where these measures' facts stay.
 * `context` is the run's own, also for measures of an earlier period. What has several successors, or succeeds itself, is left out.
 */
export function successorsSql(measures: MeasureIr[], subject: SubjectKind | null, catalogue: Catalogue, context: Context, writer: Writer): string | null {
  if (subject === null || !measures.some(({ follow }) => follow)) return null
  const source = findSource(catalogue, successorSource)
  if (source === undefined) throw new Error(`the catalogue has no source ${successorSource}: check the rubric against this catalogue first`)
  const name = columnOf(old)
  const steps = `select s.old, (array_agg(s.now))[1] as now from (select distinct ${name} as old, q.s as now from ${rowsOf(source, [old], subject, contextOf(null, context), null, writer)} where ${name} is not null and q.s is not null and ${name} <> q.s::text) s group by s.old having count(*) = 1`
  const chain = 'select step.old, step.now from step union select chain.old, step.now from chain join step on step.old = chain.now::text'
  const last = 'select chain.old, chain.now from chain where not exists (select from step where step.old = chain.now::text)'
  return `(with recursive step as (${steps}), chain as (${chain}) ${last})`
}
