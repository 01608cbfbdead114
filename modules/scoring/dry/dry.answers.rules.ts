// All that a dry run says of a rubric's results by themselves; for the server and the command line. Pure.
import { analyse, type RubricIr } from '#engine/index.ts'
import { itemsOf, type Score, spreadOf } from '../scoring.rules.ts'
import type { DryRun } from './dry.contract.ts'
import { wordsOfCost } from './dry.cost.rules.ts'
import { findingsOf, rounded, sensitivityOf, shownItem } from './dry.rules.ts'
import { wordOf } from './dry.words.rules.ts'

/** Above this two items say the same. */
const ALIKE = 0.95

export type Answers = Pick<DryRun, 'classes' | 'blocks' | 'items' | 'findings' | 'pairs' | 'sensitivity' | 'cost'>

/** A dry run as the command line has it, without a server's basis. */
export interface DryAnswers extends Answers {
  basis: Pick<DryRun['basis'], 'subject' | 'graded'>
  moves: Omit<NonNullable<DryRun['moves']>, 'against' | 'visible' | 'next'> | null
}

export interface Manner {
  /** Groups and items of fewer subjects show no numbers; pairs of items need so many in common. */
  k: number
  pairs: number
  places: number
  ranked: boolean
  minutes: number | null
  /** What a class is called. */
  nameOf: (id: string) => string
}

/** The answers from everybody's results. */
export function answersOf(ir: RubricIr, scores: readonly Score[], { k, pairs, places, ranked, minutes, nameOf }: Manner): Answers {
  const rows = scores.map((score) => ({ ...score, items: itemsOf(score) }))
  const grades = ir.grades.map(({ grade }) => grade)
  const analysed = analyse(ir, rows, { k: pairs, alike: ALIKE })
  const items = analysed.items.map((one) => shownItem(ir, one, k))
  const named = (id: string) => ({ id, name: ir.items[id]?.label ?? id })
  return {
    classes: spreadOf(scores, grades, k).classes.map((one) => ({ ...one, class: { id: one.class, name: nameOf(one.class) } })),
    blocks: analysed.blocks.map(({ id, weight, influence }) => ({ id, label: blockLabel(ir, id), weight: rounded(weight), influence: rounded(influence) })),
    items,
    findings: findingsOf(ir, items, wordOf(ir.subject)),
    pairs: analysed.pairs.map(({ a, b, correlation, count }) => ({ a: named(a), b: named(b), correlation: rounded(correlation) ?? 0, count })),
    sensitivity: grades.length === 0 && !ranked ? null : sensitivityOf(ir, rows, { places, ranked }),
    cost: { minutes, sentence: wordsOfCost(minutes) },
  }
}

function blockLabel(ir: RubricIr, id: string): string {
  return id === 'bonuses' ? '加分' : id === 'penalties' ? '扣分' : (ir.blocks.find((block) => block.id === id)?.label ?? id)
}
