// What a citizen reads of a ticket: where it is in plain words, and the trail with the reason of every return. Pure.
import type { State } from '../hotline.contract.ts'
import { nameOfStep } from '../hotline-steps.rules.ts'
import type { ToldStep } from './citizen.contract.ts'

/** Where a ticket is, said to the one who asked. */
export function wordsOf(state: State, unit: string | null): string {
  const holder = unit ?? '承办单位'
  const words: Record<State, string> = {
    received: '已经受理，正在派给承办单位。',
    dispatched: `已经派给${holder}，等它签收。`,
    handling: `${holder}正在办理。`,
    returned: '承办单位退了回来，热线正在重新派单，您的期限不变。',
    arbitration: '几家单位都说不归自己办，热线正在确定由谁办，您的期限不变。',
    answered: '已经答复，热线会联系您，听您说解决没有。',
    closed: '已经办结。',
    archived: '已经办结并归档。',
    merged: '与另一件相同的诉求合并办理。',
    dropped: '没有受理，原因见下面的答复。',
  }
  return words[state]
}

/** Steps that a citizen reads even where they say nothing; whatever else is told only where it has words for the citizen. */
const shown = ['open', 'dispatch', 'sign', 'return', 'arbitrate', 'answer', 'direct', 'reopen', 'drop', 'merge', 'move-unit', 'extend-grant', 'call']
/** Inner steps: never read outside, whatever is written in them. */
const inner = ['comment', 'correct', 'part', 'extend-ask', 'extend-refuse', 'archive', 'relapse', 'rate']

/** The trail: who had it, what was said, and why a unit gave it back. Inner notes stay inside, and so does who wrote them. */
export function trailOf(steps: readonly { step: string; unit: string | null; told: string; note: string; at: string }[]): ToldStep[] {
  return steps.flatMap(({ step, unit, told, note, at }, index) => {
    if (inner.includes(step) || (!shown.includes(step) && told === '')) return []
    // Whoever gave it back held it before the step.
    const holder = step === 'return' ? (steps[index - 1]?.unit ?? null) : unit
    return [{ at, name: nameOfStep(step), unit: holder, told, reason: note }]
  })
}

/** The title of a report: its first sentence, cut to what a list shows. */
export function titleOf(body: string): string {
  const [first = ''] = body.trim().split(/[。！？!?\n]/)
  const letters = [...(first.trim().length >= 2 ? first : body).trim().replaceAll(/\s+/g, ' ')]
  return letters.length <= 40 ? letters.join('') : `${letters.slice(0, 39).join('')}…`
}

/** Digits as people copy them: blanks and hyphens taken out, full-width figures made plain. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s-]/g, '')
}
