// The pack's names for values that figures mention: those of rubrics, and those of the sheet's own sources.
import { type ValueName, valueNames } from '#modules/rubric/index.ts'
import type { Pack } from '#server/kit/pack.ts'
import { noticesPack } from './answers.pack.ts'

const clauseNames: Record<string, string> = { goal: '目标', task: '任务' }

/** Looks values up in the pack. */
export function figureValueNames(pack: Pack): ValueName {
  const known = valueNames(pack)
  const { notices } = pack.part(noticesPack)
  return (source, column, value) => {
    if (source === 'notice') return column === 'kind' ? clauseNames[value] : notices.find(({ id }) => id === value)?.name
    return known(source === 'honour-year' ? 'record.honour' : source, column, value)
  }
}
