// Words and tones of inspections as the pages show them.
import { date } from '#web/kit/formats/formats.ts'
import type { Tone } from '#web/kit/ui/tone.ts'
import type { State, Verdict, VisitRow } from '../inspection.contract.ts'

export const stateNames: Record<State, string> = { planned: '已安排', 'under-way': '进行中', closed: '已结束' }
export const stateTones: Record<State, Tone> = { planned: 'plain', 'under-way': 'soon', closed: 'good' }

const tones: Record<Verdict, Tone> = { yes: 'good', mostly: 'soon', no: 'bad', none: 'plain' }
/** The tone of an answer. */
export function toneOf(verdict: Verdict): Tone {
  return tones[verdict]
}

/** How far a visit is, in words. */
export function standing({ signedAt, answered, items, conflicts }: VisitRow): { tone: Tone; text: string } {
  if (signedAt !== null) return { tone: 'good', text: '已签字' }
  if (conflicts > 0) return { tone: 'bad', text: `${conflicts}项不一致` }
  return answered === 0 ? { tone: 'plain', text: '没有开始' } : { tone: 'soon', text: `${answered} / ${items}项` }
}

/** Its days: one, or from … to …. */
export function days({ firstDay, lastDay }: { firstDay: string; lastDay: string }): string {
  return firstDay === lastDay ? date(firstDay) : `${date(firstDay)}至${date(lastDay)}`
}
