// One score leaves the system: as a file, or on paper.
import { formatMoment } from '#base/dates.ts'
import { exportCsv, exportJson, type Watermark, watermarkOf } from '#modules/access/index.ts'
import type { Call } from '#server/kit/route.ts'
import type { Basis } from './scoring.basis.ts'
import { type ScoreBlock, ScoreItem, ScorePage } from './scoring.contract.ts'
import { readSubject } from './scoring.service.ts'

interface Line extends ScoreItem {
  block: string
}

/** The items of a score in order, each with the blocks it stands in. */
function linesOf({ blocks, bonuses, penalties }: ScorePage): Line[] {
  const below = (block: ScoreBlock, above: string): Line[] => {
    const name = above === '' ? block.label : `${above} › ${block.label}`
    return [...block.items.map((item) => ({ ...item, block: name })), ...block.blocks.flatMap((inner) => below(inner, name))]
  }
  return [
    ...blocks.flatMap((block) => below(block, '')),
    ...bonuses.map((item) => ({ ...item, block: '加分' })),
    ...penalties.map((item) => ({ ...item, block: '扣分' })),
  ]
}

const inputsText = ({ inputs }: ScoreItem): string =>
  inputs.map(({ label, value, unit }) => `${label}：${value === null ? '没有' : `${value}${unit}`}`).join('；')

type Taking = Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>

/** Which score it is, for the file and for the audit entry. */
function saying(score: ScorePage) {
  const { basis, subject, release } = score
  return {
    name: `${basis.title} ${subject.name}`,
    object: { kind: 'score', id: subject.id },
    detail: { rubric: basis.rubric, version: basis.version, run: basis.run, on: basis.on, asOf: basis.asOf },
    origin: `${subject.name}，${basis.title}，第${basis.version}版${release === null ? '（草案）' : `（${release}）`}，数据日期${basis.on}，截至${formatMoment(basis.asOf)}${basis.run === null ? '（实时计算）' : `（正式计算 ${basis.run}）`}，总分${score.total ?? '没有'}`,
  }
}

/** One score as a file: csv has a line an item, json the whole of it. */
export async function exportOne(call: Taking, basis: Basis, subject: string, format: 'csv' | 'json'): Promise<string> {
  const score = await readSubject(call.tx, call.actor, basis, subject)
  const given = { ...saying(score), action: 'scoring.export' }
  if (format === 'json') return exportJson(call, { ...given, schema: ScorePage, value: score })
  return exportCsv(call, {
    ...given,
    schema: ScoreItem,
    rows: linesOf(score),
    columns: [
      { title: '部分', cell: (row) => row.block },
      { title: '指标', cell: (row) => row.label },
      { title: '得分', cell: (row) => row.points },
      { title: '分值', cell: (row) => row.max },
      { title: '规则', cell: (row) => `${row.rule}；${row.missingRule}` },
      { title: '数据', cell: inputsText },
      { title: '算式', cell: (row) => row.arithmetic },
      { title: '同类平均', cell: (row) => row.classMean },
      { title: '编号', cell: (row) => row.id },
    ],
  })
}

/** The watermark of a score that is printed; the subject must be one that the reader may see. */
export async function printOne(call: Taking, basis: Basis, subject: string): Promise<Watermark> {
  return watermarkOf(call, { ...saying(await readSubject(call.tx, call.actor, basis, subject)), action: 'scoring.print' })
}
