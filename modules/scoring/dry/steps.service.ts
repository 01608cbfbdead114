// The next steps of one subject, from the live board: no fact is read again.
import { decimal } from '#base/decimal.ts'
import { gradesByItems, gradingAmong, isPeerBased, type RubricIr, type Sheet, sheetOf } from '#engine/index.ts'
import { catalogueOf } from '#modules/rubric/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { type Basis, className } from '../scoring.basis.ts'
import { contextFor } from '../scoring.board.ts'
import { itemsOf, type Score } from '../scoring.rules.ts'
import { visibleScore } from '../scoring.service.ts'
import type { NextSteps } from './dry.contract.ts'
import { costOf } from './dry.cost.rules.ts'
import { type Asked, canTell, closedBecause, nextSteps } from './steps.rules.ts'

/** What the subject can still do. Refuses not-found for what is outside the reader's scope. */
export async function stepsFor(tx: Tx, actor: Actor, basis: Basis, subject: string): Promise<NextSteps> {
  const score = await visibleScore(tx, actor, basis, subject)
  const { tenant } = tx
  const { ir, head } = basis.rubric
  const now = today(tenant)
  const given: Asked = {
    ir,
    catalogue: catalogueOf(tenant),
    context: contextFor(tenant, { ...basis, on: ir.period.to }),
    today: now,
    ...among(ir, score, othersOf(basis, score)),
  }
  const reason = whyNot(given, score)
  return {
    rubric: head.rubricId,
    version: head.version,
    title: head.title,
    today: now,
    period: ir.period,
    subject: { id: score.id, name: score.name, class: { id: score.class, name: className(tenant, score.class) } },
    total: score.total,
    grade: score.grade,
    reason,
    ...(reason === '' ? nextSteps(given) : { steps: [], fixed: [] }),
    notes: reason === '' ? notesOf(ir) : [],
  }
}

function whyNot(given: Asked, { total }: Score): string {
  const closed = closedBecause(given.ir, given.today)
  if (closed !== '') return closed
  if (total === null) return '这个对象没有得分，谈不上怎样提高。'
  return canTell(given) ? '' : '这份细则的得分用到分解里看不到的数，不能推算。'
}

function othersOf({ board }: Basis, { id }: Score): Score[] {
  return [...(board?.scores.values() ?? [])].filter((other) => other.id !== id)
}

/** The subject and all others as the engine knows them; others are read only where an item is about them. */
function among(ir: RubricIr, score: Score, others: Score[]): Pick<Asked, 'own' | 'peers' | 'total' | 'gradeOf' | 'minutesOf'> {
  let peers: Sheet[] | undefined
  return {
    own: sheetOf(ir, { ...score, items: itemsOf(score) }),
    peers: () => (peers ??= others.map((other) => sheetOf(ir, { ...other, items: itemsOf(other) }))),
    total: decimal(score.total ?? '0'),
    gradeOf: gradingAmong(ir, () => others.map((other) => ({ ...other, items: gradesByItems(ir) ? itemsOf(other) : [] }))),
    minutesOf: (measure) => costOf([measure]),
  }
}

function notesOf(ir: RubricIr): string[] {
  const aboutOthers = Object.values(ir.items).some(isPeerBased) || ir.grades.some(({ quota }) => quota !== null)
  return [
    '一次只改一个数，其余数据按现在的不变计算。',
    ...(aboutOthers ? ['名次、均值和等次名额按其他单位现在的得分计算，别人也在变化。'] : []),
    '要花多少时间，现在还没有依据，不作估计。',
  ]
}
