// What the pages of tickets say: clocks in words, whose turn it is, the trail, who has returned a ticket, what waits for whom.
import { chinaDate } from '#base/dates.ts'
import type { Tone } from '#web/kit/ui/tone.ts'
import { type NewStep, type Possible, type State, stateNames, type Ticket, type TicketPage, type TrailStep } from '../hotline.contract.ts'
import type { Waiting } from '../waiting/waiting.contract.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A span of time in the largest unit that tells enough: 40分钟, 5小时, 3天. */
function spanInWords(span: number): string {
  if (span < HOUR) return `${Math.max(1, Math.floor(span / MINUTE))}分钟`
  return span < 2 * DAY ? `${Math.floor(span / HOUR)}小时` : `${Math.floor(span / DAY)}天`
}

/** How a deadline stands at a moment: 还剩2小时, 已超1天; within a quarter of a day it is soon. */
export function left(due: string, now: string): { tone: Tone; text: string } {
  const span = Date.parse(due) - Date.parse(now)
  if (span < 0) return { tone: 'bad', text: `已超${spanInWords(-span)}` }
  return { tone: span < DAY / 4 ? 'soon' : 'plain', text: `还剩${spanInWords(span)}` }
}

/** A public number as it is read out: the day, then the number of that day. */
export function numberText(number: string): string {
  return `${number.slice(0, 8)} ${number.slice(8, 11)} ${number.slice(11)}`.trim()
}

/** Tones of states: who looks at a list sees what has ended and what is in dispute. */
export const stateTones: Record<State, Tone> = {
  received: 'plain',
  dispatched: 'plain',
  handling: 'plain',
  returned: 'soon',
  arbitration: 'bad',
  answered: 'plain',
  closed: 'good',
  archived: 'off',
  merged: 'off',
  dropped: 'off',
}

type Clocks = Pick<Ticket, 'state' | 'dueAt' | 'signDueAt' | 'respondDueAt' | 'unitDueAt'> & { respondedAt?: string | null; closedAt?: string | null }

/** What the unit is to do next and until when: sign, speak with the citizen, answer. Null where no unit's clock runs. */
export function unitsNext({ state, signDueAt, respondDueAt, respondedAt, unitDueAt }: Clocks): { what: string; due: string } | null {
  if (state === 'dispatched' && signDueAt !== null) return { what: '签收', due: signDueAt }
  if (state !== 'handling' || unitDueAt === null) return null
  if (respondDueAt !== null && (respondedAt ?? null) === null && respondDueAt < unitDueAt) return { what: '联系诉求人', due: respondDueAt }
  return { what: '答复', due: unitDueAt }
}

/** Whose turn it is, and for what. */
export function turnOf(state: State, unit: string | null, extendAsked: boolean): string {
  if (state === 'handling' && extendAsked) return '热线派单员（答复延期申请）'
  const turns: Partial<Record<State, string>> = {
    received: '热线（直接答复或派单）',
    dispatched: `${unit ?? '承办单位'}（签收）`,
    handling: `${unit ?? '承办单位'}（办理、答复）`,
    returned: '热线派单员（改派）',
    arbitration: '仲裁席（定承办单位）',
    answered: '回访员（问诉求人解决没有）',
  }
  return turns[state] ?? ''
}

const track: { states: State[]; label: string }[] = [
  { states: ['received', 'returned', 'arbitration'], label: '受理' },
  { states: ['dispatched'], label: '派单' },
  { states: ['handling'], label: '办理' },
  { states: ['answered'], label: '答复' },
  { states: ['closed', 'archived', 'merged', 'dropped'], label: '办结' },
]

/** The life of a ticket as a track of five; what has ended is behind as a whole, what was skipped (a direct answer) as it is. */
export function trackOf(ticket: Ticket, moment: (at: string) => string) {
  const here = track.findIndex(({ states }) => states.includes(ticket.state))
  const ended = here === track.length - 1
  const at = [ticket.receivedAt, ticket.dispatchedAt, ticket.signedAt, ticket.answeredAt, ticket.closedAt]
  return track.map(({ label }, index) => {
    const reached = at[index] ?? null
    const state = index < here || (ended && index === here) ? ('done' as const) : index === here ? ('now' as const) : ('ahead' as const)
    const name = index === here ? stateNames[ticket.state] : label
    const skipped = state === 'done' && reached === null
    return {
      label: name,
      state: skipped ? ('ahead' as const) : state,
      detail: skipped ? '没有经过' : reached === null || state === 'ahead' ? undefined : moment(reached),
    }
  })
}

/** Who returned a ticket and why, in order: what an arbiter decides on. */
export function returnsOf(trail: readonly TrailStep[]): { unit: string; why: string; at: string }[] {
  return trail.flatMap((step, index) => {
    if (step.step !== 'return') return []
    const before = trail.slice(0, index).findLast(({ unit }) => unit !== null)
    return [{ unit: before?.unit ?? '承办单位', why: step.note, at: step.at }]
  })
}

/** What others did after the revision from which somebody wrote. */
export function stepsSince(trail: readonly TrailStep[], revision: number): TrailStep[] {
  return trail.filter((step) => step.revision > revision)
}

export const sideNames: Record<string, string> = {
  agent: '话务员',
  dispatcher: '派单员',
  unit: '承办单位',
  arbiter: '仲裁席',
  caller: '回访员',
  citizen: '诉求人',
  system: '系统',
  feed: '市平台',
}

/** The steps that go on first, those at the side last; of a unit's, answering before returning. */
const order: NewStep['step'][] = [
  'sign',
  'answer',
  'arbitrate',
  'dispatch',
  'call',
  'extend-grant',
  'direct',
  'respond',
  'extend-refuse',
  'reopen',
  'extend-ask',
  'return',
]

/** What the reader may do, the likeliest first. Where nobody has spoken with the citizen yet, that comes before the answer. */
export function offersOf({ ticket, possible }: Pick<TicketPage, 'ticket' | 'possible'>): Possible[] {
  const rank = ({ step }: Possible): number => {
    if (step === 'respond' && ticket.respondedAt === null) return 0.5
    if ((step === 'extend-grant' || step === 'extend-refuse') && ticket.extendAsked) return 0.1
    const place = order.indexOf(step)
    return place < 0 ? order.length : place
  }
  return [...possible].sort((one, other) => rank(one) - rank(other))
}

/** What the empty form of a step starts with. */
export interface Written {
  step: NewStep['step']
  name: string
  revision: number
  words: string
}

type TodoLine = { id: string; title: string; kind: string; due: string | null; minutes: number; href: string; state: 'open' }

/** The lines of the workbench: what waits for whoever has these actions, with the next deadline. */
export function todoOf({ states }: Waiting, may: (action: string) => boolean): TodoLine[] {
  const of = (state: State) => states.find((one) => one.state === state)
  const line = (action: string, state: State, what: string, minutes: number, href: string): TodoLine[] => {
    const found = may(action) ? of(state) : undefined
    if (found === undefined) return []
    const due = found.firstDue === null ? null : chinaDate(new Date(found.firstDue))
    return [
      {
        id: `hotline.${state}`,
        title: `${found.count} 件热线工单${what}`,
        kind: '热线',
        due,
        minutes: Math.min(240, found.count * minutes),
        href,
        state: 'open',
      },
    ]
  }
  const asked = states.reduce((sum, { extendAsked }) => sum + extendAsked, 0)
  return [
    ...line('hotline.handle', 'dispatched', '待签收', 1, '/hotline'),
    ...line('hotline.handle', 'handling', '在办理', 15, '/hotline'),
    ...line('hotline.dispatch', 'received', '待派单', 1, '/hotline/dispatch'),
    ...line('hotline.dispatch', 'returned', '被退回，待改派', 3, '/hotline/dispatch'),
    ...(may('hotline.dispatch') && asked > 0
      ? [
          {
            id: 'hotline.extension',
            title: `${asked} 件热线工单申请延期`,
            kind: '热线',
            due: null,
            minutes: asked * 2,
            href: '/hotline/dispatch?desk=extension',
            state: 'open' as const,
          },
        ]
      : []),
    ...line('hotline.arbitrate', 'arbitration', '待仲裁', 10, '/hotline/arbitration'),
    ...line('hotline.call-back', 'answered', '待回访', 3, '/hotline/call-back'),
  ]
}

/** What the inner words of a step are called in its form; others are notes that the citizen doesn't see. */
export const noteLabels: Partial<Record<NewStep['step'], string>> = {
  return: '退单原因',
  'extend-ask': '延期理由',
  'extend-refuse': '不同意的理由',
  part: '请它协办什么',
  arbitrate: '仲裁理由',
  reopen: '要求重办的原因',
  correct: '更正原因',
  call: '诉求人说了什么',
}

/** What the words for the citizen are called in the form of a step. */
export const toldLabels: Partial<Record<NewStep['step'], string>> = {
  direct: '答复诉求人',
  drop: '告知诉求人的理由',
  respond: '跟诉求人说了什么',
  'extend-grant': '告知诉求人延期的原因',
  answer: '答复诉求人',
}
