// What the pages of duties show: states in words, a seat's counts as parts of a bar, how a duty is fulfilled.
import { share } from '#web/kit/formats/formats.ts'
import type { Tone } from '#web/kit/ui/tone.ts'
import type { Counts, DutyRow, DutyState, DutyWay } from '../duty.contract.ts'

/** A state in words, with its tone. */
export const states: Record<DutyState, { tone: Tone; text: string }> = {
  late: { tone: 'bad', text: '逾期' },
  nobody: { tone: 'bad', text: '无人承担' },
  soon: { tone: 'soon', text: '快到期' },
  open: { tone: 'plain', text: '未到期' },
  done: { tone: 'good', text: '已落实' },
  standing: { tone: 'off', text: '常态' },
}
export const stateIds = Object.keys(states) as DutyState[]

/** Duties that have a period, and how many of them were fulfilled. */
export function fulfilled({ done, open, soon, late, nobody }: Counts): { done: number; of: number; share: string } {
  const of = done + open + soon + late + nobody
  return { done, of, share: share(String(done), String(of)) }
}

/** The parts of a seat's bar, in the order of urgency; states that nothing is in are left out. */
export function partsOf(counts: Counts): { state: DutyState; text: string; count: number; width: string }[] {
  const { of } = fulfilled(counts)
  return stateIds
    .filter((state) => state !== 'standing' && counts[state] > 0)
    .map((state) => ({ state, text: states[state].text, count: counts[state], width: `${(counts[state] / of) * 100}%` }))
}

/** Holders as they are told: names, those that are out of sight counted, or nobody. */
export function holdersText(holders: readonly (string | null)[]): string {
  const names = holders.filter((name) => name !== null)
  const hidden = holders.length - names.length
  if (holders.length === 0) return '无人担任'
  return [...names, ...(hidden === 0 ? [] : [names.length === 0 && hidden === 1 ? '在任（姓名不在您的范围内）' : `另有 ${hidden} 人`])].join('、')
}

/** What is to be pressed to fulfil a duty. */
export function deedOf({ by, name }: DutyWay): string {
  return by === 'record' ? `登记${name}` : by === 'matter' ? `办理${name}` : by === 'hand' ? '登记落实情况' : ''
}

/** The answer above one's own duties: how many are due and late, in a sentence. */
export function answerOf(rows: readonly Pick<DutyRow, 'state'>[]): string {
  const count = (...of: DutyState[]): number => rows.filter(({ state }) => of.includes(state)).length
  const [late, soon, open, done] = [count('late'), count('soon'), count('open'), count('done')]
  const parts = [late > 0 ? `${late} 项逾期` : '', soon > 0 ? `${soon} 项快到期` : '', open > 0 ? `${open} 项还没到期` : '', done > 0 ? `${done} 项已落实` : '']
  return parts.filter((part) => part !== '').join('，') || '都是常态责任，没有期限'
}
