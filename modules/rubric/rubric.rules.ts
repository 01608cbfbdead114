// A checked rubric as a tree that people can read. Pure.
import { type BlockIr, type ItemIr, type RubricIr, vetoEffect } from '#engine/index.ts'
import type { BlockLine, ItemLine, RubricPage } from './rubric.contract.ts'
import type { ValueName } from './rubric-names.ts'
import { wordsOfExpr, wordsOfMissing, wordsOfPeers, wordsOfRule } from './rubric-words.rules.ts'

/** The notes of a rubric's tree: by id of item or block, the rubric's own under the empty id. */
export function notesOf(tree: unknown): Map<string, string> {
  const notes = new Map<string, string>()
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { id, note, rubric } = node as Record<string, unknown>
    if (typeof note === 'string') notes.set(typeof id === 'string' ? id : rubric === undefined ? String(id) : '', note)
    Object.values(node).forEach(walk)
  }
  walk(tree)
  return notes
}

/** An item's rule, conditions and note in words. */
export function wordsOfItem(item: ItemIr, ir: RubricIr, notes: ReadonlyMap<string, string>, valueName: ValueName): ItemLine {
  const exempt = item.exempt.map((one) => `${wordsOfExpr(one.when, ir, valueName)}的${one.give === 'full' ? '得满分' : '不计此项，其余按比例折算'}`)
  return {
    id: item.id,
    label: item.label,
    points: item.points,
    rule: wordsOfRule(item, ir, valueName),
    missing: wordsOfMissing(item, ir),
    applies: [...(item.when === null ? [] : [`适用：${wordsOfExpr(item.when, ir, valueName)}`]), ...exempt].join('；'),
    note: notes.get(item.id) ?? '',
  }
}

/** The structure of a rubric in words. `start` is what a block begins with, 100 where losses are taken off. */
export function structureOf(
  ir: RubricIr,
  lines: ReadonlyMap<string, ItemLine>,
  valueName: ValueName,
): Pick<RubricPage, 'blocks' | 'bonuses' | 'penalties' | 'total' | 'vetoes' | 'grades'> {
  const line = (id: string): ItemLine[] => {
    const known = lines.get(id)
    return known === undefined ? [] : [known]
  }
  const block = (one: BlockIr): BlockLine => {
    const items = one.items.flatMap(line)
    return { id: one.id, label: one.label, weight: one.weight, start: one.start, items, blocks: one.blocks.map(block) }
  }
  const { floor, cap, round } = ir.total
  return {
    blocks: ir.blocks.map(block),
    bonuses: ir.bonuses.items.flatMap(line),
    penalties: ir.penalties.items.flatMap(line),
    total: `总分保留${round}位小数${floor === null ? '' : `，最低${floor}分`}${cap === null ? '' : `，最高${cap}分`}`,
    vetoes: ir.vetoes.map((veto) => ({ id: veto.id, label: veto.label, when: wordsOfExpr(veto.when, ir, valueName), effect: vetoEffect(ir, veto) })),
    grades: wordsOfGrades(ir),
  }
}

/** The grades with their thresholds and quotas in words. */
export function wordsOfGrades(ir: RubricIr): { grade: string; rule: string }[] {
  return ir.grades.map(({ grade, from, quota }) => {
    const least = from === null ? '其余' : `${from}分以上`
    if (quota === null) return { grade, rule: least }
    const share = quota.percent === null ? `${quota.count}个` : `${quota.percent}%（${{ down: '舍去尾数', up: '进一', 'half-up': '四舍五入' }[quota.round]}）`
    return {
      grade,
      rule: `${least}，不超过${wordsOfPeers(quota.peers, ir)}的${share}${quota.groups.map(({ key, most }) => `，其中${key}${most}${quota.percent === null ? '个' : '%'}`).join('')}，末位并列的${quota.ties === 'out' ? '都不进' : '都进'}${quota.small === null ? '' : `；不足${quota.small.fewest}个的${quota.small.give === 'open' ? '不受名额限制' : '没有名额'}`}`,
    }
  })
}
