// The tables of a dry run as rows of cells: for csv and for the command line. Pure.
import type { DryRun, DryTable } from './dry.contract.ts'

export type Cell = string | number | null
export interface Table {
  name: string
  head: string[]
  rows: Cell[][]
}

/** What the tables show of a dry run. */
export type Shown = Pick<DryRun, 'blocks' | 'items' | 'pairs' | 'sensitivity'> & { moves: Pick<NonNullable<DryRun['moves']>, 'units'> | null }

export const tables: readonly DryTable[] = ['moves', 'items', 'pairs', 'sensitivity']

/** One of the tables with its head. Statistics as shares of 1. */
export function tableOf(run: Shown, table: DryTable): Table {
  const block = new Map(run.blocks.map(({ id, label }) => [id, label]))
  switch (table) {
    case 'moves':
      return {
        name: '等次变化',
        head: ['名称', '类别', '原等次', '新等次', '原得分', '新得分', '编号'],
        rows: (run.moves?.units ?? []).map((one) => [one.name, one.class.name, one.gradeBefore, one.gradeAfter, one.totalBefore, one.totalAfter, one.id]),
      }
    case 'items':
      return {
        name: '各项指标',
        head: ['指标', '板块', '满分', '对象数', '平均', '标准差', '最好', '最差', '得满分的', '缺数据的', '分值占比', '对差距的影响', '编号'],
        rows: run.items.map((one) => [
          one.label,
          block.get(one.block) ?? one.block,
          one.full,
          one.count,
          one.mean,
          one.deviation,
          one.best,
          one.least,
          one.atFull,
          one.missing,
          one.weight,
          one.influence,
          one.id,
        ]),
      }
    case 'pairs':
      return {
        name: '说同一件事的指标',
        head: ['指标', '另一项指标', '相关系数', '对象数'],
        rows: run.pairs.map(({ a, b, correlation, count }) => [a.name, b.name, correlation, count]),
      }
    case 'sensitivity':
      return {
        name: '权重变动一成',
        head: ['板块', '权重', '等次变化的', `名次变动超过${run.sensitivity?.places ?? 0}名的`],
        rows: (run.sensitivity?.blocks ?? []).flatMap(({ label, more, less }) => [
          [label, '加一成', more.grades, more.places],
          [label, '减一成', less.grades, less.places],
        ]),
      }
  }
}
