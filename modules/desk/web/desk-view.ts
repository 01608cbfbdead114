// How the workbench counts and orders what there is to do.
import { daysBetween } from '#base/dates.ts'
import type { TodoItem } from '../desk.contract.ts'

export interface DeskCounts {
  late: number
  today: number
  week: number
  later: number
  minutes: number
}

/** Counts by how soon things are due on `today`; things without a date count as later. */
export function countsOf(items: TodoItem[], today: string): DeskCounts {
  const counts: DeskCounts = { late: 0, today: 0, week: 0, later: 0, minutes: 0 }
  for (const item of items) {
    const days = item.due === null ? Number.POSITIVE_INFINITY : daysBetween(today, item.due)
    counts[days < 0 ? 'late' : days === 0 ? 'today' : days <= 7 ? 'week' : 'later'] += 1
    counts.minutes += item.minutes
  }
  return counts
}

/** The things to do, earliest due first, those without a date last, shorter ones first on the same day. */
export function inOrder(items: TodoItem[]): TodoItem[] {
  return [...items].sort((left, right) => (left.due ?? '9999').localeCompare(right.due ?? '9999') || left.minutes - right.minutes)
}

/** What one has to do with what waits in another scope beside it; the next step is the first of both. */
export function merged({ items }: { items: TodoItem[] }, others: readonly TodoItem[]): { items: TodoItem[]; next: TodoItem | null } {
  const all = inOrder([...items, ...others])
  return { items: all, next: all[0] ?? null }
}
