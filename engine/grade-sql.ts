// Vetoes, grades, quotas and the final rank → stages (SPEC.md R-VET, R-GRD, R-QUO, R-RNK).
import { celSql, comparing, quotient } from '#engine/cel-sql.ts'
import type { QuotaIr, RubricIr } from '#engine/ir.ts'
import { type Column, isPeer, partition, type Stages } from '#engine/stages.ts'

/** The column of the total after vetoes. */
export function totalColumn(ir: RubricIr): 'total' | 'raw_total' {
  return ir.vetoes.some((veto) => veto.zero) ? 'total' : 'raw_total'
}

/** Adds the total after vetoes, `grade_no` (1 is the best, null without a total) and `place`. In a restricted run places and quotas are unknown: `place` is null, and so is `grade_no` where there are quotas. */
export function addGrades(stages: Stages, reach: 'all' | 'some'): void {
  const { ir } = stages
  stages.add(ir.vetoes.map((veto, index): Column => [`veto${index}`, `coalesce(${celSql(veto.when, stages.resolve, stages.writer)}, false)`]))
  const zeroed = ir.vetoes.flatMap((veto, index) => (veto.zero ? [`z.veto${index}`] : []))
  if (zeroed.length > 0) stages.add([['total', `case when z.raw_total is null then null when ${zeroed.join(' or ')} then 0 else z.raw_total end`]])
  const quotas = ir.grades.flatMap(({ quota }, index) => (quota === null ? [] : [{ quota, no: index + 1 }]))
  const known = reach === 'all' || quotas.length === 0
  stages.add([['grade0', ir.grades.length === 0 || !known ? 'null::int' : earned(stages)]])
  if (known) for (const [index, { quota, no }] of quotas.entries()) addQuota(quota, no, `z.grade${index}`, `grade${index + 1}`, stages)
  const place = reach === 'all' ? finalPlace(stages) : 'null::numeric'
  stages.add([
    ['grade_no', `z.grade${known ? quotas.length : 0}`],
    ['place', place],
  ])
}

/** The grade by thresholds and ceilings. */
function earned(stages: Stages): string {
  const { grades, vetoes } = stages.ir
  const ceilings = vetoes.flatMap((veto, index) =>
    veto.ceiling === null ? [] : [`case when z.veto${index} then ${grades.findIndex(({ grade }) => grade === veto.ceiling) + 1} end`],
  )
  const best = ceilings.length === 0 ? null : `greatest(1, ${ceilings.join(', ')})`
  return `case when z.${totalColumn(stages.ir)} is not null then ${gradeFrom(1, best, stages)} end`
}

/** The best grade from `first` on (and from `best` on, an expression) that a total reaches (R-GRD-1). */
function gradeFrom(first: number, best: string | null, stages: Stages): string {
  const { grades } = stages.ir
  const rows = grades.slice(first - 1, -1).map(({ from, quota }, index) => {
    const reached = from !== null ? `z.${totalColumn(stages.ir)} >= ${stages.number(from)}` : quota === null ? 'true' : isPeer(quota.peers, stages)
    const allowed = best === null ? [] : [`${best} <= ${first + index}`]
    return `when ${[...allowed, reached].join(' and ')} then ${first + index}`
  })
  return rows.length === 0 ? String(grades.length) : `case ${rows.join(' ')} else ${grades.length} end`
}

/** Those beyond the quota fall to the next grade that their total reaches. */
function addQuota(quota: QuotaIr, no: number, current: string, next: string, stages: Stages): void {
  const { small } = quota
  const isIn = isPeer(quota.peers, stages)
  const graded = `z.${totalColumn(stages.ir)} is not null`
  const of = `count(*) filter (where ${isIn === 'true' ? graded : `${isIn} and ${graded}`}) over (${partition(quota.peers, stages)})`
  const own = (rest: string): string => {
    if (quota.groups.length === 0 || quota.peers.by === null) return stages.number(rest)
    const rows = quota.groups.map(({ key, most }) => `when ${stages.writer.bind(key, 'text')} then ${stages.number(most)}`)
    return `case ${celSql(quota.peers.by, stages.resolve, stages.writer)} ${rows.join(' ')} else ${stages.number(rest)} end`
  }
  const share = comparing(quotient(`${of} * ${own(quota.percent ?? '0')}`, '100'))
  const rounded = { down: `floor(${share})`, up: `ceil(${share})`, 'half-up': `round(${share}, 0)` }[quota.round]
  const allowed = quota.count === null ? rounded : own(String(quota.count))
  // The default frame ends with the last equal row: equals at the edge are counted together.
  const competing = isIn === 'true' ? `${current} = ${no}` : `(${current} = ${no} and ${isIn})`
  const among = `over (${partition(quota.peers, stages, competing)} order by ${standing(stages).join(', ')})`
  const place = quota.ties === 'out' ? `count(*) ${among}` : `rank() ${among}`
  const few = small === null ? '' : `${of} < ${stages.number(String(small.fewest))}`
  const beyond =
    small === null ? `${place} > ${allowed}` : small.give === 'open' ? `not (${few}) and ${place} > ${allowed}` : `(${few} or ${place} > ${allowed})`
  stages.add([[next, `case when ${competing} and ${beyond} then ${gradeFrom(no + 1, null, stages)} else ${current} end`]])
}

/** What subjects are put in order by: the total, then what parts equal totals. */
function standing(stages: Stages): string[] {
  const parting = stages.ir.tieBreak.map(({ best }, index) => `${tieColumns(stages)[index]} ${best === 'high' ? 'desc' : 'asc'} nulls last`)
  return [`z.${totalColumn(stages.ir)} desc`, ...parting]
}

function tieColumns(stages: Stages): string[] {
  return stages.ir.tieBreak.map(({ scope, name }) => (scope === 'item' ? `z.${stages.itemColumn('p', name)}` : comparing(`z.${stages.blockColumn('b', name)}`)))
}

function finalPlace(stages: Stages): string {
  const { peers, ties } = stages.ir.rank
  const total = `z.${totalColumn(stages.ir)}`
  const ranked = `(${isPeer(peers, stages)} and ${total} is not null)`
  const window = `over (${partition(peers, stages, ranked)} order by ${standing(stages).join(', ')})`
  const equals = `count(*) over (${partition(peers, stages, ranked, total, ...tieColumns(stages))})`
  const place = ties === 'dense' ? `dense_rank() ${window}` : ties === 'min' ? `rank() ${window}` : `rank() ${window} + (${equals} - 1) * 0.5`
  return `case when ${ranked} then (${place})::numeric end`
}
