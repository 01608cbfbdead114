// A subject's members scored one by one → SQL: one statement for all members of all subjects (SPEC.md R-MOV).
import type { Catalogue, SubjectKind } from '#engine/catalogue.ts'
import { celSql, comparing, type Resolve } from '#engine/cel-sql.ts'
import { type Context, contextOf } from '#engine/context.ts'
import { references } from '#engine/expr.ts'
import { columnOf, groupedSql, measuredSql, measureExpressions, passSql, rowsOf, sourceOf } from '#engine/facts-sql.ts'
import { itemExpressions, type MeasureIr, type MembersIr } from '#engine/ir.ts'
import type { Pass } from '#engine/plan.ts'
import { limited, ruleSql } from '#engine/rule-sql.ts'
import { quote, type Writer } from '#engine/sql.ts'
import { successorsSql } from '#engine/successors-sql.ts'

/** A member is compared with nobody. */
const nobody = { place: 'null', equals: 'null', of: 'null', count: 'null' }

/** A pass as a select, `passSql`'s: over plain measures, or over one whose members have a score each. */
export function anyPassSql(
  pass: Pass,
  measures: MeasureIr[],
  nameOf: (measure: string) => string,
  subject: SubjectKind | null,
  catalogue: Catalogue,
  context: Context,
  subjects: string | null,
  writer: Writer,
): string {
  const [measure] = measures
  if (measure?.take.kind !== 'members') return passSql(pass, measures, nameOf, subject, catalogue, context, subjects, writer)
  const name = nameOf(measure.name)
  const [id, group] = subject === null ? ['', ''] : ['m.id, ', ' group by m.id']
  const made = measure.take.how === 'min' ? 'min' : 'sum'
  return `select ${id}${made}(m.p) as ${name}s, count(m.p)::numeric as ${name}d, count(*)::numeric as ${name}t, (count(*) filter (where m.raw is null))::numeric as ${name}w
    from (${membersOf(measure.take, subject, catalogue, context, subjects, writer)}) m${group}`
}

/** The members: `id` whose, `k` key, `rid` and `day` of the row, `x`, `raw` what the rule gives, `p` the points; null where the member is left out. */
export function membersOf(
  take: MembersIr,
  subject: SubjectKind | null,
  catalogue: Catalogue,
  context: Context,
  subjects: string | null,
  writer: Writer,
): string {
  const { inner, item } = take
  const successors = successorsSql([inner], subject, catalogue, context, writer)
  const key = celSql(take.key, columnOf, writer)
  const used = itemExpressions(item)
  const names = [...new Set(used.flatMap(references).flatMap((ref) => (ref.scope === 'column' ? [ref.name] : [])))]
  const from = rowsOf(
    sourceOf(catalogue, take.source),
    [take.key, ...used, ...(take.where === null ? [] : [take.where])],
    subject,
    contextOf(null, context),
    subjects,
    writer,
    successors,
  )
  const whose = subject === null ? '' : 'q.s, '
  const conditions = [
    ...(subject === null ? [] : ['q.s is not null']),
    `${key} is not null`,
    ...(take.where === null ? [] : [celSql(take.where, columnOf, writer)]),
  ]
  const columns = names.map((name) => `, q.${quote(`c_${name}`)}`).join('')
  const members = `select distinct on (${whose}${key}) q.s as id, ${key} as k, q.rid, q.day${columns} from ${from} where ${conditions.join(' and ')} order by ${whose}${key}, q.rid`
  const rows = rowsOf(
    sourceOf(catalogue, inner.source),
    [take.rowKey, ...measureExpressions(inner)],
    subject,
    contextOf(inner.period, context),
    subjects,
    writer,
    successors,
  )
  const keys: [string, string][] = [...(subject === null ? [] : [['id', 'q.s'] as [string, string]]), ['k', celSql(take.rowKey, columnOf, writer)]]
  const grouped = groupedSql(rows, keys, [inner], inner.once, () => 'x', writer)
  const x = measuredSql(inner, {}, (_name, suffix) => `f.x${suffix}`, writer).value
  const resolve: Resolve = (ref) => (ref.scope === 'x' ? 'h.x' : `h.${quote(`c_${ref.name}`)}`)
  const raw = `round(${comparing(ruleSql(item, 'h.x', resolve, nobody, writer))}, ${item.round})`
  const without = { zero: '0', full: writer.bind(item.points, 'numeric'), exclude: 'null::numeric' }[item.missing as 'zero' | 'full' | 'exclude']
  return `select i.*, case when i.raw is null then ${without} else ${limited('i.raw', item, writer)} end as p
    from (select h.*, ${raw} as raw
      from (select e.*, ${x} as x from (${members}) e left join (${grouped}) f on ${keys.map(([alias]) => `f.${alias} = e.${alias}`).join(' and ')}) h) i`
}

/** Condition of `q`: the row is of one of the members. */
export function memberRowsSql(
  take: MembersIr,
  subject: SubjectKind | null,
  catalogue: Catalogue,
  context: Context,
  subjects: string | null,
  writer: Writer,
): string {
  const members = membersOf(take, subject, catalogue, context, subjects, writer)
  const same = subject !== null ? ' and m.id = q.s' : ''
  return `exists (select 1 from (${members}) m where m.k = ${celSql(take.rowKey, columnOf, writer)}${same})`
}
