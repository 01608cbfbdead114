// Items of one level → stages: inputs, places, raw points, points with missing data and exemptions (SPEC.md R-ITM, R-MIS, R-RNK).
import { celSql, comparing, quotient, type Resolve } from '#engine/cel-sql.ts'
import { type ItemIr, type PeerName, peerNamesOf, peersOfRule, type RuleIr } from '#engine/ir.ts'
import { limited, type PeerColumns, ruleSql } from '#engine/rule-sql.ts'
import { applies, type Column, isPeer, partition, type Stages } from '#engine/stages.ts'

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
  const over = `filter (where ${both(counts(item, stages), isPeer(item.peers, stages))} and ${raw} is not null) over (${partition(item.peers, stages)})`
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
  if (item.zeroed !== null) columns.push([stages.itemColumn('v', item.id), `coalesce(${sql(item.zeroed)}, false)`])
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
  const peers = peersOfRule(rule)
  if (peers === null) return []
  const input = inputOf(item, stages)
  const x = comparing(input)
  const ranked = `(${both(counts(item, stages), isPeer(peers, stages))} and ${x} is not null)`
  const over = `filter (where ${ranked}) over (${partition(peers, stages)})`
  const column = (kind: 'k' | 't' | 'c' | 'o' | 'g' | 'h', value: string): Column => [stages.itemColumn(kind, item.id), value]
  const whereRanked = (value: string): string => `case when ${ranked} then ${value} end`
  switch (rule.kind) {
    case 'rank':
    case 'rank-lose': {
      const window = `over (${partition(peers, stages, ranked)} order by ${x} ${rule.best === 'high' ? 'desc' : 'asc'})`
      return [
        column('k', `case when ${ranked} then (${rule.ties === 'dense' ? 'dense_rank' : 'rank'}() ${window})::numeric end`),
        ...(rule.ties === 'average' ? [column('t', `case when ${ranked} then (count(*) over (${partition(peers, stages, ranked, x)}))::numeric end`)] : []),
        column('c', `(count(*) ${over})::numeric`),
      ]
    }
    case 'ratio-to-best':
      return [column('o', whereRanked(`${rule.best === 'high' ? 'max' : 'min'}(${input}) ${over}`)), column('c', `(count(*) ${over})::numeric`)]
    case 'formula': {
      const named = peerNamesOf(rule)
      const window = `over (${partition(peers, stages, ranked)} order by ${x} ${rule.best === 'high' ? 'desc' : 'asc'})`
      return [
        column('k', whereRanked(`(rank() ${window})::numeric`)),
        column('c', whereRanked(`(count(*) ${over})::numeric`)),
        ...(named.includes('mean') ? [column('o', whereRanked(`sum(${input}) ${over}`))] : []),
        ...(named.includes('max') ? [column('g', whereRanked(`max(${input}) ${over}`))] : []),
        ...(named.includes('min') ? [column('h', whereRanked(`min(${input}) ${over}`))] : []),
      ]
    }
    default: {
      // The mean of the others: what the subject itself adds is taken off again.
      const [own, one] = 'self' in rule && rule.self === 'excluded' ? [` - ${input}`, ' - 1'] : ['', '']
      return [column('o', whereRanked(`sum(${input}) ${over}${own}`)), column('c', whereRanked(`(count(*) ${over}${one})::numeric`))]
    }
  }
}

/** Both conditions; `true` is left out. */
function both(a: string, b: string): string {
  return a === 'true' ? b : b === 'true' ? a : `${a} and ${b}`
}

/** What a result shows of the peers, and in which column it stands. */
export function peerInputs(rule: RuleIr): [name: string, kind: 'k' | 't' | 'c' | 'o'][] {
  switch (rule.kind) {
    case 'rank':
    case 'rank-lose':
      return [['place', 'k'], ...(rule.ties === 'average' ? ([['equals', 't']] as [string, 't'][]) : []), ['peers', 'c']]
    case 'ratio-to-best':
      return [
        ['best', 'o'],
        ['peers', 'c'],
      ]
    case 'relative-ratio':
    case 'relative-difference':
      return [
        ['peersSum', 'o'],
        ['peers', 'c'],
      ]
    default:
      return []
  }
}

/** What the peers of a formula give (R-PEE-5). */
export function peerValue(name: PeerName, item: ItemIr, stages: Stages): string {
  const column = (kind: 'k' | 'c' | 'o' | 'g' | 'h'): string => `z.${stages.itemColumn(kind, item.id)}`
  switch (name) {
    case 'count':
      return column('c')
    case 'place':
      return column('k')
    case 'max':
      return column('g')
    case 'min':
      return column('h')
    case 'mean':
      return quotient(column('o'), column('c'))
  }
}

function rawPoints(item: ItemIr, stages: Stages): string {
  const x = inputOf(item, stages)
  const resolve: Resolve = (ref) => (ref.scope === 'x' ? x : ref.scope === 'peers' ? peerValue(ref.name as PeerName, item, stages) : stages.resolve(ref))
  const column = (kind: 'k' | 't' | 'c' | 'o'): string => `z.${stages.itemColumn(kind, item.id)}`
  const peers: PeerColumns = { place: column('k'), equals: column('t'), of: column('o'), count: column('c') }
  return `round(${comparing(ruleSql(item, x, resolve, peers, stages.writer))}, ${item.round})`
}

function points(item: ItemIr, stages: Stages): string {
  const raw = `z.${stages.itemColumn('r', item.id)}`
  const full = item.points === null ? 'null' : stages.number(item.points)
  const exempt = `z.${stages.itemColumn('e', item.id)}`
  const cases = [
    ...(item.when === null ? [] : [`when not ${applies(item, stages)} then null`]),
    ...(item.zeroed === null ? [] : [`when z.${stages.itemColumn('v', item.id)} then 0`]),
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

/** True when an item that applies may be left without points. */
export function canBeNull(item: ItemIr): boolean {
  return item.missing === 'exclude' || item.exempt.some((one) => one.give === 'exclude') || item.points === null
}

/** SQL text of a json: why the points don't come from the rule, or null. */
export function missingJson(item: ItemIr, stages: Stages): string {
  const exempt =
    item.exempt.length === 0 ? '' : `when z.${stages.itemColumn('e', item.id)} is not null then '"exempt-' || z.${stages.itemColumn('e', item.id)} || '"' `
  const veto = item.zeroed === null ? '' : `when z.${stages.itemColumn('v', item.id)} then '"veto"' `
  return `case ${veto}${exempt}when z.${stages.itemColumn('r', item.id)} is null then '"${item.missing}"' else 'null' end`
}
