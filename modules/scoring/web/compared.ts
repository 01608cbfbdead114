// What a score is held against, one thing at a time: the class's mean, the run before, the year before, another unit. Pure.
import type { ScoreBlock, ScoreItem, ScorePage } from '../scoring.contract.ts'

export type With = 'class' | 'previous' | 'last-year' | 'unit'

export interface Comparison {
  /** As it stands before each number: 同类, 上次, 去年, 对方. */
  short: string
  /** What it is, as a sentence. */
  sentence: string
  total: string | null
  grade: string | null
  /** Points by item and by block; null where it had none. */
  items: ReadonlyMap<string, string | null>
  blocks: ReadonlyMap<string, string | null>
}

interface Lines {
  items: ScoreItem[]
  blocks: ScoreBlock[]
}

/** Every item and block of a score. */
function linesOf({ blocks, bonuses, penalties }: Pick<ScorePage, 'blocks' | 'bonuses' | 'penalties'>): Lines {
  const below = (block: ScoreBlock): Lines => {
    const inner = block.blocks.map(below)
    return { items: [...block.items, ...inner.flatMap(({ items }) => items)], blocks: [block, ...inner.flatMap((one) => one.blocks)] }
  }
  const all = blocks.map(below)
  return { items: [...all.flatMap(({ items }) => items), ...bonuses, ...penalties], blocks: all.flatMap((one) => one.blocks) }
}

/** The means of the class. */
export function withClass(score: ScorePage): Comparison {
  const { items, blocks } = linesOf(score)
  return {
    short: '同类',
    sentence: `同类（${score.subject.class.name}）的平均分。`,
    total: score.classMean,
    grade: null,
    items: new Map(items.map(({ id, classMean }) => [id, classMean])),
    blocks: new Map(blocks.map(({ id, classMean }) => [id, classMean])),
  }
}

/** The official run before; null where there is none. */
export function withPrevious(score: ScorePage): Comparison | null {
  const { previous } = score
  if (previous === null) return null
  const { items } = linesOf(score)
  return {
    short: '上次',
    sentence: '上一次正式计算。',
    total: previous.total,
    grade: previous.grade,
    items: new Map(items.map(({ id, before }) => [id, before])),
    blocks: new Map(),
  }
}

/** Another score: the year before's, or another unit's. */
export function withScore(short: string, sentence: string, other: ScorePage): Comparison {
  const { items, blocks } = linesOf(other)
  return {
    short,
    sentence,
    total: other.total,
    grade: other.grade,
    items: new Map(items.map(({ id, points }) => [id, points])),
    blocks: new Map(blocks.map(({ id, points }) => [id, points])),
  }
}
