// Vetoes, grades, quotas and the final rank → stages (SPEC.md R-VET, R-GRD, R-QUO, R-RNK).
import { celSql, comparing, quotient } from '#engine/cel-sql.ts'
import type { QuotaIr, RubricIr } from '#engine/ir.ts'
import { type Column, partition, type Stages } from '#engine/stages.ts'

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
  const total = `z.${totalColumn(stages.ir)}`
  const { grades, vetoes } = stages.ir
  const rows = grades.slice(0, -1).map(({ from }, index) => `when ${from === null ? 'true' : `${total} >= ${stages.number(from)}`} then ${index + 1}`)
  const byTotal = rows.length === 0 ? '1' : `case ${rows.join(' ')} else ${grades.length} end`
  const ceilings = vetoes.flatMap((veto, index) =>
    veto.ceiling === null ? [] : [`case when z.veto${index} then ${grades.findIndex(({ grade }) => grade === veto.ceiling) + 1} end`],
  )
  return `case when ${total} is not null then ${ceilings.length === 0 ? byTotal : `greatest(${[byTotal, ...ceilings].join(', ')})`} end`
}

/** Those beyond the quota fall one grade. */
function addQuota(quota: QuotaIr, no: number, current: string, next: string, stages: Stages): void {
  const peers = `over (${partition(quota.peers)})`
  const share = comparing(quotient(`count(*) ${peers} * ${stages.number(quota.percent ?? '0')}`, '100'))
  const rounded = { down: `floor(${share})`, up: `ceil(${share})`, 'half-up': `round(${share}, 0)` }[quota.round]
  const allowed = quota.count === null ? rounded : stages.number(String(quota.count))
  // The default frame ends with the last equal row: equals at the edge are counted together.
  const among = `over (${partition(quota.peers, `${current} = ${no}`)} order by z.${totalColumn(stages.ir)} desc)`
  const place = quota.ties === 'out' ? `count(*) ${among}` : `rank() ${among}`
  stages.add([[next, `case when ${current} = ${no} and ${place} > ${allowed} then ${no + 1} else ${current} end`]])
}

function finalPlace(stages: Stages): string {
  const { peers, ties } = stages.ir.rank
  const total = `z.${totalColumn(stages.ir)}`
  const window = `over (${partition(peers, `${total} is null`)} order by ${total} desc)`
  const equals = `count(*) over (${partition(peers, total)})`
  const place = ties === 'dense' ? `dense_rank() ${window}` : ties === 'min' ? `rank() ${window}` : `rank() ${window} + (${equals} - 1) * 0.5`
  return `case when ${total} is not null then (${place})::numeric end`
}
