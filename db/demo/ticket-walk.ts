// How one invented ticket goes on, from its first minute to its filing: the rules of modules/hotline (H1–H7), reckoned in plain numbers, since there
// are one and a half million. What lies beyond the present has not happened. A test walks some of them again by the module's own rules.

import type { HotlinePack, TicketClass } from '#modules/hotline/hotline.pack.ts'
import { isSampled } from '#modules/hotline/hotline-life.service.ts'
import type { Side } from '#modules/hotline/hotline-steps.rules.ts'
import type { Clock } from '#modules/matter/matter-kinds.contract.ts'
import { NOW } from './city.ts'
import { dateText, day, dayOf, moment } from './days.ts'
import { deadline, extended, isWorking } from './matter-courses.ts'
import type { Random } from './random.ts'
import { again, longer, returns } from './ticket-texts.ts'
import type { Handler } from './ticket-units.ts'

/** Nine o'clock of the demonstration's day. */
export const PRESENT = moment(day(NOW), 9)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A ticket on its way. Moments are epoch milliseconds, 0 for none. One object is used for all. */
export interface Life {
  number: number
  class: TicketClass
  unit: Handler | null
  state: string
  receivedAt: number
  dueAt: number
  dispatchedAt: number
  signDueAt: number
  signedAt: number
  respondDueAt: number
  respondedAt: number
  unitDueAt: number
  answeredAt: number
  calledAt: number
  closedAt: number
  knownFrom: number
  revision: number
  satisfaction: number | null
  transfers: number
  rehandled: number
  extended: number
  calls: number
  direct: boolean
  reached: boolean | null
  solved: boolean | null
  supervised: boolean
  arbitrated: boolean
  relapsed: boolean
  extendAsked: boolean
}

/** What happens to tickets, told to whoever writes it down. */
export interface Telling {
  step: (name: string, from: string, to: string, unit: Handler | null, by: Side, told: string, note: string, at: number, fields: string | null) => void
  /** The ticket as it was until a moment. */
  version: (until: number) => void
}

/** What is drawn of a ticket beforehand, so that the city's totals come out. */
export interface Lot {
  direct: boolean
  /** Sent to this one first, which returns it. */
  wrong: Handler | null
  /** Never finished, though due. */
  stuck: boolean
  /** Said not to be content, where it is rated. */
  discontent: boolean
  /** When the same comes again; 0 for never. */
  relapseAt: (solvedAt: number) => number
}

/** Office hours of a working day, from a moment on. */
function office(at: number, stream: Random): number {
  const on = dayOf(at)
  const start = moment(on, 8)
  if (isWorking(on) && at >= start && at < start + 10 * HOUR) return at
  let next = at < start ? on : on + 1
  while (!isWorking(next)) next += 1
  return moment(next, 8.3 + stream.next() * 2)
}

/** When people may be called, from a moment on, not after another. */
function daytime(at: number, due: number, stream: Random): number {
  const start = moment(dayOf(at), 9)
  const called = at < start ? start + stream.next() * HOUR : at > start + 11 * HOUR ? start + DAY + stream.next() * HOUR : at
  return Math.floor(called > due && at <= due ? at : called)
}

const runs = ({ unit }: Pick<Clock, 'unit'>) => unit !== 'working-days'

/** Walks tickets one after another. */
export function walker(pack: HotlinePack, telling: Telling, stream: Random): (life: Life, lot: Lot) => void {
  const { returns_before_arbitration, supervised_after, archive_days } = pack.rules
  let t: Life
  let lot: Lot

  /** Makes a step if its moment has come. */
  function step(
    name: string,
    at: number,
    to: string,
    by: Side,
    told = '',
    note = '',
    change?: () => void,
    version = false,
    fields: string | null = null,
  ): boolean {
    if (at >= PRESENT) return false
    if (version) {
      telling.version(at)
      t.knownFrom = at
    }
    change?.()
    t.revision += 1
    telling.step(name, t.state, to, t.unit, by, told, note, at, fields)
    t.state = to
    return true
  }

  /** Sends it to a unit. @returns false where that lies ahead. */
  function send(unit: Handler, at: number, arbitrated: boolean): boolean {
    const { sign, respond, close } = t.class
    return step(
      arbitrated ? 'arbitrate' : 'dispatch',
      at,
      'dispatched',
      arbitrated ? 'arbiter' : 'dispatcher',
      '',
      arbitrated ? '按职责分工指定承办。' : '',
      () => {
        t.unit = unit
        t.dispatchedAt = at
        t.signDueAt = deadline(sign, at)
        t.respondDueAt = deadline(respond, at)
        t.unitDueAt = deadline(close, at)
        t.arbitrated ||= arbitrated
      },
    )
  }

  function sign(quality: number): boolean {
    const { dispatchedAt: from, signDueAt: due } = t
    const late = stream.chance((1 - quality) * 0.12)
    const wished = late
      ? due + stream.next() * (runs(t.class.sign) ? 2 * HOUR : 1.5 * DAY)
      : runs(t.class.sign)
        ? from + stream.next() * (due - from) * 0.7
        : from + stream.next() * 4 * HOUR
    const at = Math.floor(runs(t.class.sign) ? wished : office(wished, stream))
    return step('sign', at, 'handling', 'unit', '', '', () => {
      t.signedAt = at
    })
  }

  function respond(quality: number): boolean {
    const { signedAt: from, respondDueAt: due } = t
    if (quality < 1 && stream.chance(0.05)) return true
    const left = Math.max(due - from, 0)
    const wished = from + (runs(t.class.respond) ? (0.1 + stream.next() * 0.85) * left : Math.min((0.1 + stream.next() * 2) * HOUR, left * 0.9))
    const at = Math.floor(stream.chance((1 - quality) * 0.08) ? due + stream.next() * 6 * HOUR : wished)
    return step('respond', at, 'handling', 'unit', '已联系诉求人，了解情况。', '', () => {
      t.respondedAt = at
    })
  }

  /** Gives it back to the hotline. */
  function giveBack(at: number): boolean {
    const to = t.transfers + 1 >= returns_before_arbitration ? 'arbitration' : 'returned'
    return step(
      'return',
      at,
      to,
      'unit',
      '',
      stream.pick(returns),
      () => {
        t.unit = null
        t.dispatchedAt = t.signDueAt = t.signedAt = t.respondDueAt = t.respondedAt = t.unitDueAt = 0
        t.extendAsked = false
        t.transfers += 1
        t.supervised ||= t.transfers >= supervised_after
      },
      true,
    )
  }

  /** Asks for more time and gets it. */
  function extend(): boolean {
    const { close } = t.class
    const asked = Math.floor(office(t.signedAt + (t.dueAt - t.signedAt) * (0.3 + stream.next() * 0.2), stream))
    const granted = asked + Math.floor((0.5 + stream.next() * 3) * HOUR)
    if (granted >= t.dueAt) return true
    const ask = () => {
      t.extendAsked = true
    }
    if (!step('extend-ask', asked, 'handling', 'unit', '', stream.pick(longer), ask)) return false
    const longerBy = () => {
      t.dueAt = extended(close, t.dueAt)
      t.unitDueAt = extended(close, t.unitDueAt)
      t.extended += 1
      t.extendAsked = false
    }
    return step('extend-grant', granted, 'handling', 'dispatcher', '办理需要更多时间，期限已延长。', '', longerBy, true)
  }

  function answer(from: number, quality: number): boolean {
    const working = t.class.close.unit === 'working-days'
    const left = t.dueAt - from
    let at: number
    if (left < 6 * HOUR) at = from + (6 + stream.next() * 60) * HOUR
    else if (stream.chance(Math.min(0.5, (1 - quality) * 0.35))) at = t.dueAt + stream.next() ** 2 * 12 * DAY
    else {
      const wished = from + left * (0.06 + 0.56 * stream.next() ** 1.3)
      const snapped = working ? office(wished, stream) : wished
      at = snapped > from + left * 0.75 ? from + left * 0.6 : snapped
    }
    at = Math.floor(at)
    const called = isSampled(pack, { class: t.class.id, number: String(t.number) }, dateText(dayOf(at)))
    return step('answer', at, called ? 'answered' : 'closed', 'unit', '已答复，内容见答复。', '', () => {
      t.answeredAt = at
      t.respondedAt ||= at
      t.extendAsked = false
      if (!called) t.closedAt = at
    })
  }

  function workAgain(name: 'call' | 'reopen', at: number, by: Side, fields: string | null): boolean {
    return step(
      name,
      at,
      'handling',
      by,
      name === 'call' ? '回访时您说没有解决，已交承办单位重新办理。' : '',
      stream.pick(again),
      () => {
        t.answeredAt = t.calledAt = t.closedAt = 0
        t.reached = t.solved = t.satisfaction = null
        t.direct = false
        t.calls = 0
        t.rehandled += 1
        t.supervised ||= t.rehandled >= supervised_after
      },
      true,
      fields,
    )
  }

  /** Calls until somebody answers. @returns `again` where it was not solved, `wait` where it lies ahead. */
  function call(quality: number): 'closed' | 'again' | 'wait' {
    let at = t.answeredAt
    for (;;) {
      const left = t.dueAt - at
      at = daytime(at + (left > HOUR ? Math.min(left * 0.7, 1.6 * DAY) * (0.08 + stream.next() * 0.5) : (2 + stream.next() * 30) * HOUR), t.dueAt, stream)
      const now = at
      if (stream.chance(0.76)) {
        if (stream.chance((1 - quality) * 0.4)) return workAgain('call', at, 'caller', '{"reached":true,"solved":false}') ? 'again' : 'wait'
        const done = step('call', at, 'closed', 'caller', '已回访，您说问题已解决。', '', () => {
          t.calls += 1
          t.calledAt = t.closedAt = now
          t.reached = t.solved = true
          if (stream.chance(0.88)) t.satisfaction = lot.discontent ? (stream.chance(0.6) ? 3 : stream.chance(0.65) ? 2 : 1) : stream.chance(0.7) ? 5 : 4
        })
        return done ? 'closed' : 'wait'
      }
      const last = t.calls + 1 >= pack.call_back.calls
      const missed = step(
        'call',
        at,
        last ? 'closed' : 'answered',
        'caller',
        last ? '多次回访没有联系上您，先行办结；仍有问题可要求重办。' : '',
        '无人接听',
        () => {
          t.calls += 1
          if (!last) return
          t.calledAt = t.closedAt = now
          t.reached = false
        },
      )
      if (!missed) return 'wait'
      if (last) return 'closed'
    }
  }

  /** Answered, called, and again while it isn't solved. */
  function work(from: number, quality: number): boolean {
    for (let start = from; ; ) {
      if (!answer(start, quality)) return false
      const said = t.state === 'closed' ? 'closed' : call(quality)
      if (said === 'wait') return false
      if (said === 'closed') return true
      start = t.knownFrom
    }
  }

  /** After it was closed: the same comes again, and it is filed. */
  function file(): void {
    const back = t.solved === true ? lot.relapseAt(t.closedAt) : 0
    const filed = moment(dayOf(t.closedAt) + archive_days + 1, 2)
    const relapse = () =>
      step(
        'relapse',
        back,
        t.state,
        'system',
        '',
        '同一地点同类诉求再次发生。',
        () => {
          t.relapsed = true
        },
        true,
      )
    if (back > 0 && back < filed) relapse()
    step('archive', filed, 'archived', 'system')
    if (back >= filed) relapse()
  }

  function sent(): void {
    const unit = t.unit as Handler
    const quick = t.class.sign.unit === 'minutes'
    let at = t.receivedAt + Math.floor(quick ? (1 + stream.next() * 8) * MINUTE : (4 + stream.next() ** 2 * 230) * MINUTE)
    t.unit = null
    if (lot.wrong !== null) {
      for (let target = lot.wrong, turns = stream.chance(0.07) ? returns_before_arbitration : 1; turns > 0; turns -= 1) {
        if (!send(target, at, false) || !sign(0.95)) return
        at = Math.floor(t.signedAt + (0.5 + stream.next() * (quick ? 2 : 20)) * HOUR)
        if (!giveBack(at)) return
        at += Math.floor((quick ? 0.1 : 1 + stream.next() * 18) * HOUR)
        if (turns > 1) target = unit
      }
    }
    if (!send(unit, at, t.state === 'arbitration') || !sign(unit.quality) || !respond(unit.quality)) return
    if (lot.stuck) return
    if (t.class.close.extend !== undefined && stream.chance(0.04) && !extend()) return
    if (!work(Math.max(t.signedAt, t.respondedAt, t.extended > 0 ? t.knownFrom : 0), unit.quality)) return
    if (unit.quality < 1 && stream.chance(0.026 + (1 - unit.quality) * 0.1)) {
      const reopened = daytime(t.closedAt + (0.2 + stream.next() ** 2 * 13) * DAY, 0, stream)
      if (!workAgain('reopen', reopened, 'citizen', null)) return
      if (!work(reopened, unit.quality)) return
    }
    file()
  }

  return (life, drawn) => {
    t = life
    lot = drawn
    t.revision = 1
    t.state = 'received'
    t.knownFrom = t.receivedAt
    const target = t.unit
    telling.step('open', '', 'received', null, 'agent', '诉求已受理。', '', t.receivedAt, null)
    if (lot.direct || target === null) {
      t.unit = null
      const at = t.receivedAt + Math.floor((3 + stream.next() * 9) * MINUTE)
      const closes = step('direct', at, 'closed', 'agent', '已当场答复。', '', () => {
        t.direct = true
        t.respondedAt = t.answeredAt = t.closedAt = at
      })
      if (!closes) return
      if (stream.chance(0.03)) {
        const rated = at + Math.floor((0.2 + stream.next() * 30) * HOUR)
        step(
          'rate',
          rated,
          'closed',
          'citizen',
          '',
          '',
          () => {
            t.satisfaction = stream.chance(0.7) ? 5 : 4
          },
          true,
          null,
        )
      }
      file()
    } else sent()
  }
}
