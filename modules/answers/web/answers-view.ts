// What the answer pages make of their data: no markup here, so Node can test it.
import type { Figure, Groups, Term } from '../answers.contract.ts'

/** A figure's number without its unit, for marks that set the two apart; `尚未记录` where there is none. */
export function bareValue({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (value === null) return '尚未记录'
  const [whole = '', places] = value.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${grouped}${places === undefined ? '' : `.${places}`}${unit === '%' ? '%' : ''}`
}

/** The unit as it stands behind the number; a percentage has it in the number, a figure without a value none. */
export function unitOf({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  return value === null || unit === '%' ? '' : unit
}

/** Where a figure's page is, at the day and the knowledge the reader looks at. */
export function figureHref(sheet: string, key: string, time: { on: string; asOf: string }): string {
  const query = new URLSearchParams(Object.entries(time).filter(([, value]) => value !== '')).toString()
  return `/answers/${sheet}/${key}${query === '' ? '' : `?${query}`}`
}

/** What is asked of the server for the sliders: today means "not said". */
export function asked(time: { on: string; asOf: string }): { on?: string | undefined; asOf?: string | undefined } {
  return { on: time.on || undefined, asOf: time.asOf || undefined }
}

/** The groups that have a number, for bars, and the names of those that are too small to show. */
export function shownGroups({ groups }: Groups): { bars: { label: string; value: string }[]; hidden: string[] } {
  return {
    bars: groups.flatMap(({ name, count }) => (count === null ? [] : [{ label: name, value: String(count) }])),
    hidden: groups.filter(({ count }) => count === null).map(({ name }) => name),
  }
}

export const stateNames = { here: '已有', 'not-yet': '尚未', 'not-in-article': '原文未说明' } as const
export const kindNames = { mechanism: '机制', activity: '活动', figure: '数字' } as const

export interface TermFilter {
  q: string
  part: string
  kind: string
  state: string
}

/** The terms that fit the filters; the text is looked for in the term, where it leads and the note. */
export function fittingTerms(terms: readonly Term[], { q, part, kind, state }: TermFilter): Term[] {
  const wanted = q.trim().toLowerCase()
  return terms.filter(
    (term) =>
      (part === '' || term.part === part) &&
      (kind === '' || term.kind === kind) &&
      (state === '' || term.state === state) &&
      (wanted === '' || `${term.term} ${term.at} ${term.note} ${term.need ?? ''}`.toLowerCase().includes(wanted)),
  )
}

/** A month or year of a series as it is written: 2024-04 → 2024年4月, 2024 → 2024年. */
export function spanName(label: string): string {
  const [year = '', month] = label.split('-')
  return month === undefined ? `${year}年` : `${year}年${Number(month)}月`
}
