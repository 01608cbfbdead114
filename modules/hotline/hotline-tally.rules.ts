// What a ticket adds to the counts of closed tickets, and what a step changes of it (H10). Says in TypeScript what hotline-among.sql.ts says in SQL;
// a test holds both against each other. Pure.

/** What of a ticket is counted; moments are ISO texts of whole milliseconds as the database gives them. */
export interface Countable {
  unitId: string | null
  parentId: string | null
  state: string
  category: string
  county: string
  channel: string
  class: string
  receivedAt: string
  dueAt: string
  dispatchedAt: string | null
  signDueAt: string | null
  signedAt: string | null
  respondDueAt: string | null
  respondedAt: string | null
  calledAt: string | null
  closedAt: string | null
  satisfaction: number | null
  transfers: number
  rehandled: number
  direct: boolean
  reached: boolean | null
  solved: boolean | null
  relapsed: boolean
}

/** The counters of tally, in the order of its columns. */
export const counters = [
  ...(['closed', 'onTime', 'direct', 'dispatched', 'signedInTime', 'respondedInTime', 'called', 'reached'] as const),
  ...(['solved', 'rated', 'satisfied', 'relapsed', 'rehandled', 'transferred'] as const),
]
export type Counter = (typeof counters)[number]
export type Counts = Record<Counter, number>

/** Of open tickets: how many, how many past the citizen's deadline; signatures and first words that are due or were given. */
export const openCounters = ['open', 'overdue', 'signDueOpen', 'signedOpen', 'signNotDue', 'respondDueOpen', 'respondedOpen', 'respondNotDue'] as const

/** A row for `tally_change`: counts to be added under these keys; months are their first days, in China. */
export interface TallyChange extends Counts {
  unitId: string | null
  category: string
  county: string
  channel: string
  class: string
  receivedIn: string
  closedIn: string
}

const monthOf = (moment: string): string => `${new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(0, 7)}-01`
const by = (moment: string | null, due: string | null): boolean => moment !== null && due !== null && Date.parse(moment) <= Date.parse(due)

/** What a ticket adds as it stands; null while it is open, or in no rate at all (a part, merged, dropped). */
export function countsOf(t: Countable): TallyChange | null {
  if (t.closedAt === null || t.parentId !== null || t.state === 'merged' || t.state === 'dropped') return null
  const isDispatched = t.dispatchedAt !== null
  const isReached = t.calledAt !== null && t.reached === true
  const counted: Record<Counter, boolean> = {
    closed: true,
    onTime: by(t.closedAt, t.dueAt),
    direct: t.direct,
    dispatched: isDispatched,
    signedInTime: isDispatched && by(t.signedAt, t.signDueAt),
    respondedInTime: isDispatched && by(t.respondedAt, t.respondDueAt),
    called: t.calledAt !== null,
    reached: isReached,
    solved: isReached && t.solved === true && !t.relapsed,
    rated: t.satisfaction !== null,
    satisfied: t.satisfaction !== null && t.satisfaction >= 4,
    relapsed: isReached && t.solved === true && t.relapsed,
    rehandled: t.rehandled > 0,
    transferred: t.transfers > 0,
  }
  const { unitId, category, county, channel, class: ticketClass, receivedAt, closedAt } = t
  return {
    ...{ unitId, category, county, channel, class: ticketClass, receivedIn: monthOf(receivedAt), closedIn: monthOf(closedAt) },
    ...(Object.fromEntries(counters.map((name) => [name, Number(counted[name])])) as Counts),
  }
}

const keys = ['unitId', 'category', 'county', 'channel', 'class', 'receivedIn', 'closedIn'] as const
const withCounts = (row: TallyChange, count: (name: Counter) => number): TallyChange => ({
  ...row,
  ...(Object.fromEntries(counters.map((name) => [name, count(name)])) as Counts),
})

/**
 * The rows that a step writes to `tally_change`: none where nothing counted has changed, one where the keys are the same, else what was is taken
 * back and what is is added. `before` is null for a new ticket.
 */
export function tallyOf(before: Countable | null, after: Countable): TallyChange[] {
  const [was, is] = [before === null ? null : countsOf(before), countsOf(after)]
  if (was === null) return is === null ? [] : [is]
  const taken = withCounts(was, (name) => -was[name])
  if (is === null) return [taken]
  if (keys.some((key) => was[key] !== is[key])) return [taken, is]
  return counters.every((name) => was[name] === is[name]) ? [] : [withCounts(is, (name) => is[name] - was[name])]
}

const isOut = ({ state }: Countable): boolean => state === 'merged' || state === 'dropped'

/** What a version says of a moment: milestones after it have not come yet. */
function asOf(t: Countable, at: string): Countable {
  const past = (moment: string | null): string | null => (moment !== null && Date.parse(moment) <= Date.parse(at) ? moment : null)
  return {
    ...t,
    ...{
      // Before it was dispatched nobody held it; before it was merged or dropped it was open.
      unitId: past(t.dispatchedAt) === t.dispatchedAt ? t.unitId : null,
      state: isOut(t) && past(t.closedAt) === null ? 'received' : t.state,
      dispatchedAt: past(t.dispatchedAt),
      signedAt: past(t.signedAt),
      respondedAt: past(t.respondedAt),
      calledAt: past(t.calledAt),
      closedAt: past(t.closedAt),
    },
  }
}

const shared = ['unitId', 'category', 'county', 'channel', 'class', 'receivedAt', 'parentId', 'dueAt', 'dispatchedAt', 'signDueAt', 'signedAt'] as const
const moments = ['respondDueAt', 'respondedAt', 'calledAt', 'closedAt'] as const
const said = ['satisfaction', 'reached', 'solved', 'relapsed', 'direct'] as const

/**
 * Whether a step must keep the ticket as it was in `ticket_was`: where the new row, with the milestones of this step (`at`) and later ones masked,
 * would count otherwise than the old one did. A milestone that is set for the first time needs no version; one taken back or set anew, another unit,
 * class, category or county, a moved deadline, a rating after closing, a relapse do.
 */
export function needsVersion(before: Countable, after: Countable, at: string): boolean {
  const eve = new Date(Date.parse(at) - 1).toISOString()
  const [was, would] = [asOf(before, eve), asOf(after, eve)]
  if (isOut(was) !== isOut(would)) return true
  const isSame = (name: keyof Countable): boolean => was[name] === would[name]
  // What the call-back said counts only once the ticket is closed; deadlines of a dispatch only once it is dispatched.
  const counted = [...shared, ...moments].filter(
    (name) => !(['signDueAt', 'respondDueAt'].includes(name) && would.dispatchedAt === null && was.dispatchedAt === null),
  )
  if (!counted.every(isSame)) return true
  return was.closedAt !== null && !said.every(isSame)
}
