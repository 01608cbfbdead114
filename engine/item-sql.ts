// Items of one level → stages: inputs, places, raw points, points with missing data and exemptions (SPEC.md R-ITM, R-MIS, R-RNK).
import { celSql, comparing, quotient, type Resolve } from '#engine/cel-sql.ts'
import type { ItemIr } from '#engine/ir.ts'
import { limited, ruleSql } from '#engine/rule-sql.ts'
import { applies, type Column, partition, type Stages } from '#engine/stages.ts'

/** Adds the stages of these items. */
export function addItems(items: ItemIr[], stages: Stages): void {
  stages.add(items.flatMap((item) => inputColumns(item, stages)))
  stages.addBeside(items.flatMap((item) => placeColumns(item, stages)))
  stages.add(items.map((item): Column => [stages.itemColumn('r', item.id), rawPoints(item, stages)]))
  stages.addBeside(items.flatMap((item) => peerColumns(item, stages)))
  stages.add(items.map((item): Column => [stages.itemColumn('p', item.id), points(item, stages)]))
}

/** Number and sum of the peers' points, for the mean (R-MIS-2). */
function peerColumns(item: ItemIr, stages: Stages): Column[] {
  if (item.missing !== 'peer-mean') return []
  const raw = `z.${stages.itemColumn('r', item.id)}`
  const over = `filter (where ${counts(item, stages)} and ${raw} is not null) over (${partition(item.peers)})`
  return [
    [stages.itemColumn('n', item.id), `(count(*) ${over})::numeric`],
    [stages.itemColumn('q', item.id), `sum(${limited(raw, item, stages.writer)}) ${over}`],
  ]
}

/** Where the item's input stands: the measure itself, or a column of its own. */
export function inputOf(item: ItemIr, stages: Stages): string {
  if (item.input === null) return 'null::numeric'
  if (item.input.op === 'ref' && item.input.type === 'decimal') return stages.resolve(item.input)
  return `z.${stages.itemColumn('x', item.id)}`
}

function inputColumns(item: ItemIr, stages: Stages): Column[] {
  const sql = (expr: Parameters<typeof celSql>[0]): string => celSql(expr, stages.resolve, stages.writer)
  const columns: Column[] = []
  if (item.when !== null) columns.push([stages.itemColumn('a', item.id), `coalesce(${sql(item.when)}, false)`])
  if (item.exempt.length > 0)
    columns.push([stages.itemColumn('e', item.id), `case ${item.exempt.map((one) => `when ${sql(one.when)} then '${one.give}'`).join(' ')} end`])
  if (item.input !== null && !(item.input.op === 'ref' && item.input.type === 'decimal'))
    columns.push([stages.itemColumn('x', item.id), `(${sql(item.input)})::numeric`])
  return columns
}

/** SQL condition: the item applies and isn't exempt. */
function counts(item: ItemIr, stages: Stages): string {
  return item.exempt.length === 0 ? applies(item, stages) : `${applies(item, stages)} and z.${stages.itemColumn('e', item.id)} is null`
}

function placeColumns(item: ItemIr, stages: Stages): Column[] {
  const { rule } = item
  if (rule.kind !== 'rank' && rule.kind !== 'rank-lose') return []
  const x = comparing(inputOf(item, stages))
  const ranked = `(${counts(item, stages)} and ${x} is not null)`
  const window = `over (${partition(rule.peers, ranked)} order by ${x} ${rule.best === 'high' ? 'desc' : 'asc'})`
  return [
    [stages.itemColumn('k', item.id), `case when ${ranked} then (${rule.ties === 'dense' ? 'dense_rank' : 'rank'}() ${window})::numeric end`],
    ...(rule.ties === 'average'
      ? [[stages.itemColumn('t', item.id), `case when ${ranked} then (count(*) over (${partition(rule.peers, ranked, x)}))::numeric end`] satisfies Column]
      : []),
    [stages.itemColumn('c', item.id), `(count(*) filter (where ${ranked}) over (${partition(rule.peers)}))::numeric`],
  ]
}

function rawPoints(item: ItemIr, stages: Stages): string {
  const x = inputOf(item, stages)
  const resolve: Resolve = (ref) => (ref.scope === 'x' ? x : stages.resolve(ref))
  const ranked = item.rule.kind === 'rank' || item.rule.kind === 'rank-lose'
  const places = ranked ? { place: `z.${stages.itemColumn('k', item.id)}`, equals: `z.${stages.itemColumn('t', item.id)}` } : null
  return `round(${comparing(ruleSql(item, x, resolve, places, stages.writer))}, ${item.round})`
}

function points(item: ItemIr, stages: Stages): string {
  const raw = `z.${stages.itemColumn('r', item.id)}`
  const full = item.points === null ? 'null' : stages.number(item.points)
  const exempt = `z.${stages.itemColumn('e', item.id)}`
  const cases = [
    ...(item.when === null ? [] : [`when not ${applies(item, stages)} then null`]),
    ...(item.exempt.length === 0 ? [] : [`when ${exempt} = 'full' then ${full}`, `when ${exempt} = 'exclude' then null`]),
    `when ${raw} is not null then ${limited(raw, item, stages.writer)}`,
  ]
  return `case ${cases.join(' ')} else ${withoutData(item, full, stages)} end`
}

function withoutData(item: ItemIr, full: string, stages: Stages): string {
  switch (item.missing) {
    case 'zero':
      return '0'
    case 'full':
      return full
    case 'exclude':
      return 'null'
    case 'manual': {
      if (item.manual === null) throw new Error(`item ${item.id}: manual without a mark`)
      const mark = `z.${stages.measureName(item.manual)}`
      return `case when ${mark} is null then 0 else ${limited(`round(${comparing(mark)}, ${item.round})`, item, stages.writer)} end`
    }
    case 'peer-mean': {
      const [known, sum] = [`z.${stages.itemColumn('n', item.id)}`, `z.${stages.itemColumn('q', item.id)}`]
      return `case when ${known} > 0 then ${limited(`round(${comparing(quotient(sum, known))}, ${item.round})`, item, stages.writer)} else 0 end`
    }
  }
}

/** SQL text: why the points don't come from the rule, or null. */
export function missingText(item: ItemIr, stages: Stages): string {
  const exempt = item.exempt.length === 0 ? '' : `when z.${stages.itemColumn('e', item.id)} is not null then 'exempt-' || z.${stages.itemColumn('e', item.id)} `
  return `case ${exempt}when z.${stages.itemColumn('r', item.id)} is null then '${item.missing}' end`
}
