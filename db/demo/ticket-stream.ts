// The invented tickets one after another in the order of time, such that the article's figures come out by counting.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { HotlinePack } from '#modules/hotline/hotline.pack.ts'
import { NULL, type Piece, word } from './binary.ts'
import type { City, Plan } from './city.ts'
import { dateText, day, dayOf, moment } from './days.ts'
import { deadline } from './matter-courses.ts'
import { personName } from './names.ts'
import { mix, type Random, random } from './random.ts'
import { FOUR_YEARS_END, perDay, secondOfDay, topicDraw } from './ticket-days.ts'
import { type Fixed, type TicketBook, ticketId } from './ticket-rows.ts'
import { refused, type Told, textOf } from './ticket-texts.ts'
import { type Handler, type Place, placesOf, type Topic, topicsOf, wrongOnes } from './ticket-units.ts'
import { type Life, type Lot, PRESENT, walker } from './ticket-walk.ts'

const pack = new URL('../../packs/changzhi/hotline.yaml', import.meta.url)
/** The city's hotline as its pack says it. */
export const hotline = (): HotlinePack => parse(readFileSync(pack, 'utf8')) as HotlinePack

/** Of those that are due, so many are not closed; of those who rated, so many are not content (the article's 99.87 % and 98.36 %). */
const UNCLOSED = 0.0013
const DISCONTENT = 0.0164
const DAY = 86_400_000

/** The same that comes again. */
interface Again {
  at: number
  of: Piece
  topic: number
  place: Place
  placeText: string
}

const emptyLife = (pack: HotlinePack): Life => ({
  ...{ number: 0, class: pack.classes[0] as Life['class'], unit: null, state: '', receivedAt: 0, dueAt: 0, dispatchedAt: 0, signDueAt: 0, signedAt: 0 },
  ...{ respondDueAt: 0, respondedAt: 0, unitDueAt: 0, answeredAt: 0, calledAt: 0, closedAt: 0, knownFrom: 0, revision: 0, satisfaction: null },
  ...{ transfers: 0, rehandled: 0, extended: 0, calls: 0, direct: false, reached: null, solved: null, supervised: false, arbitrated: false },
  ...{ relapsed: false, extendAsked: false },
})

function clear(t: Life): void {
  t.dispatchedAt = t.signDueAt = t.signedAt = t.respondDueAt = t.respondedAt = t.unitDueAt = t.answeredAt = t.calledAt = t.closedAt = 0
  t.transfers = t.rehandled = t.extended = t.calls = 0
  t.direct = t.supervised = t.arbitrated = t.relapsed = t.extendAsked = false
  t.satisfaction = t.reached = t.solved = null
}

/** Shares of the channels by time: the telephone loses to the phone's screens. */
const channels = ['phone', 'wechat', 'app', 'web', 'province', 'letter'].map(word)
function channelAt(at: number, start: number, stream: Random): Piece {
  const years = (at - start) / (365 * DAY)
  const draw = stream.next()
  const phone = 0.8 - 0.04 * years
  if (draw < phone) return channels[0] as Piece
  const rest = (draw - phone) / (1 - phone)
  return channels[rest < 0.46 ? 1 : rest < 0.74 ? 2 : rest < 0.9 ? 3 : rest < 0.97 ? 4 : 5] as Piece
}

/** Streets and estates get a number, so that the same place is seldom two people's. */
function spotText(spot: string, stream: Random): string {
  const draw = Math.floor(stream.next() * 4096)
  if (spot.endsWith('村') || spot.endsWith('组')) return `${spot}${1 + (draw % 180)}号`
  return spot.endsWith('楼') ? `${spot}${1 + (draw % 5)}单元${1 + ((draw >> 3) % 18)}0${1 + ((draw >> 8) % 4)}室` : `${spot}${1 + (draw % 900)}号`
}

/** Fills the book with all tickets of a city, some at a step. @returns what of them it has made, and the last number drawn. */
export function* tickets(city: City, plan: Plan, seed: number, book: TicketBook): Generator<{ done: number; total: number }, { numbers: number }> {
  const stream = random(mix(seed, 'tickets'))
  const texts = random(mix(seed, 'ticket-texts'))
  const rules = hotline()
  const topics = topicsOf(rules, city)
  const places = placesOf(city, stream)
  const wrong = wrongOnes(city)
  const from = day(plan.tickets.from)
  const last = dayOf(PRESENT)
  const numbers = perDay(topics, from, last + 1, plan.tickets.fourYears, random(mix(seed, 'ticket-days')))
  const drawTopic = topicDraw(topics)
  const weighed = weighedPlaces(places)
  const coming = new Map<number, Again[]>()
  const life = emptyLife(rules)
  const told: Told = { title: '', body: '', answer: '' }
  let fixed: Fixed
  let serial = 0
  const walk = walker(
    rules,
    {
      step: (name, before, to, unit, by, said, note, at, fields) => book.addStep(fixed.id, name, before, to, unit, by, said, note, at, fields),
      version: (until) => book.addVersion(life, fixed, until),
    },
    stream,
  )
  // What was planned by now of the four years, and what there is.
  const sums = { received: 0, rated: 0, discontent: 0, unclosed: 0 }
  const target = Math.round(plan.tickets.fourYears * UNCLOSED)

  const lot: Lot = { direct: false, wrong: null, stuck: false, discontent: false, relapseAt: () => 0 }

  /** What the article's figures want of this ticket. */
  function draw(topic: Topic, unit: Handler, at: number): void {
    const counts = at < moment(FOUR_YEARS_END, 0)
    const may = unit.quality < 1
    lot.direct = stream.chance(topic.direct)
    lot.wrong = may && stream.chance(0.08) ? stream.pick(wrong) : null
    if (lot.wrong === unit) lot.wrong = null
    const done = sums.received / plan.tickets.fourYears
    // Old ones are fewer than new ones.
    const open = target * (0.35 * done + 0.65 * done * done) - sums.unclosed
    lot.stuck = counts && may && !lot.direct && lot.wrong === null && open > 0 && stream.chance(done > 0.9995 ? 1 : 0.2 * (1.2 - unit.quality))
    const debt = DISCONTENT * (sums.rated + 1) - sums.discontent
    const share = done > 0.999 && counts ? (debt >= 1 ? 1 : 0) : Math.max(0, (0.004 + (1 - unit.quality) * 0.22) * (1 + debt / 30))
    lot.discontent = may && stream.chance(share)
  }

  function enter(at: number, topicAt: number, place: Place, placeText: string, relapseOf: Piece): void {
    const topic = topics[topicAt] as Topic
    const unit = topic.handlerAt(place)
    serial += 1
    clear(life)
    life.number = Number(dateText(dayOf(at)).replaceAll('-', '')) * 1_000_000 + (serial % 1_000_000)
    life.class = topic.class
    life.unit = unit
    life.receivedAt = at
    life.dueAt = deadline(topic.class.close, at)
    draw(topic, unit, at)
    lot.relapseAt = (solvedAt) => {
      if (unit.quality === 1 || !stream.chance(0.008 + (1 - unit.quality) * 0.06)) return 0
      const back = solvedAt + Math.floor((2 + stream.next() * 80) * DAY)
      if (back >= PRESENT) return 0
      const list = coming.get(dayOf(back))
      const one = { at: back, of: fixed.id, topic: topicAt, place, placeText }
      if (list === undefined) coming.set(dayOf(back), [one])
      else list.push(one)
      return back
    }
    const withheld = stream.chance(topic.class.id === 'complaint' ? 0.45 : 0.06)
    fixed = {
      ...{ id: ticketId(at, stream), parent: NULL, topic, place, placeText, channel: channelAt(at, moment(from, 0), stream), withheld },
      relapseOf,
      mergedInto: NULL,
      told,
    }
    textOf(topic.words, placeText, place.short, dateText(dayOf(at) + 1), lot.direct, texts, told)
    walk(life, lot)
    book.addTicket(life, fixed, personName(texts).name)
    if (at < moment(FOUR_YEARS_END, 0)) {
      sums.received += 1
      if (life.closedAt === 0) sums.unclosed += 1
      if (life.closedAt > 0 && life.satisfaction !== null) {
        sums.rated += 1
        if (life.satisfaction < 4) sums.discontent += 1
      }
    }
    beside(at)
  }

  /** What comes with a ticket now and then: the same asked by a neighbour, another unit's part, what isn't taken. */
  function beside(at: number): void {
    const draw = stream.next()
    if (draw < 0.004 && (life.closedAt === 0 || life.closedAt > at + DAY)) extra(at + Math.floor((10 + draw * 2e4) * 60_000), 'merged', fixed.id)
    else if (draw > 0.997) extra(at + Math.floor(stream.next() * 600_000), 'dropped', NULL)
    else if (draw > 0.985 && life.answeredAt > life.signedAt + DAY && life.signedAt > 0) part()
  }

  function begin(at: number): void {
    serial += 1
    const { class: class_ } = life
    clear(life)
    life.class = class_
    life.unit = null
    life.number = Number(dateText(dayOf(at)).replaceAll('-', '')) * 1_000_000 + (serial % 1_000_000)
    life.receivedAt = life.knownFrom = at
    life.dueAt = deadline(class_.close, at)
    life.revision = 1
    life.state = 'received'
  }

  function extra(at: number, state: 'merged' | 'dropped', into: Piece): void {
    const end = at + 900_000
    if (end >= PRESENT) return
    begin(at)
    fixed = { ...fixed, id: ticketId(at, stream), relapseOf: NULL, mergedInto: into }
    const said = state === 'merged' ? '与先前的一件相同，已并入一起办理。' : stream.pick(refused)
    book.addStep(fixed.id, 'open', '', 'received', null, 'agent', '诉求已受理。', '', at, null)
    book.addStep(fixed.id, state === 'merged' ? 'merge' : 'drop', 'received', state, null, 'agent', said, '', end, null)
    life.revision = 2
    life.state = state
    life.closedAt = end
    book.addTicket(life, fixed, personName(texts).name)
  }

  /** A part (H9): given to another unit while the ticket is handled, answered before it. */
  function part(): void {
    const at = life.signedAt + Math.floor((life.answeredAt - life.signedAt) * 0.2)
    const end = life.signedAt + Math.floor((life.answeredAt - life.signedAt) * 0.8)
    const unit = stream.pick(wrong)
    if (unit === life.unit) return
    begin(at)
    fixed = { ...fixed, id: ticketId(at, stream), parent: fixed.id, relapseOf: NULL }
    const { sign, respond, close } = life.class
    const add = (name: string, before: string, to: string, by: 'dispatcher' | 'unit', when: number, told = '') =>
      book.addStep(fixed.id, name, before, to, name === 'open' ? null : unit, by, told, '', when, null)
    add('open', '', 'received', 'dispatcher', at)
    add('dispatch', 'received', 'dispatched', 'dispatcher', at + 1000)
    life.unit = unit
    life.dispatchedAt = at + 1000
    life.signDueAt = deadline(sign, at + 1000)
    life.respondDueAt = deadline(respond, at + 1000)
    life.unitDueAt = deadline(close, at + 1000)
    life.signedAt = at + Math.floor((end - at) * 0.1)
    add('sign', 'dispatched', 'handling', 'unit', life.signedAt)
    add('answer', 'handling', 'closed', 'unit', end, '协办事项已办理。')
    life.answeredAt = life.respondedAt = life.closedAt = end
    life.state = 'closed'
    life.revision = 4
    book.addTicket(life, fixed, '')
  }

  let done = 0
  const total = last - from + 1
  for (const [on, count] of numbers) {
    const again = coming.get(on) ?? []
    coming.delete(on)
    const order = new Float64Array(Math.max(count, again.length))
    for (let i = 0; i < again.length; i += 1) order[i] = Math.floor(((again[i] as Again).at - moment(on, 0)) / 1000) * 4096 + 1024 + i
    for (let i = again.length; i < count; i += 1) {
      const topic = drawTopic(on, stream.next())
      order[i] = secondOfDay((topics[topic] as Topic).night, stream) * 4096 + topic
    }
    order.sort()
    for (let i = 0; i < order.length; i += 1) {
      const code = order[i] as number
      const what = code % 4096
      const at = moment(on, 0) + Math.floor(code / 4096) * 1000
      if (at >= PRESENT) break
      const back = what >= 1024 ? again[what - 1024] : undefined
      if (back !== undefined) enter(back.at, back.topic, back.place, back.placeText, back.of)
      else {
        const place = weighed(stream.next())
        enter(at + Math.floor(stream.next() * 1000), what, place, spotText(stream.pick(place.spots), stream), NULL)
      }
      if (i % 200 === 199) yield { done, total }
    }
    done += 1
    yield { done, total }
  }
  return { numbers: serial }
}

/** Townships are drawn by size: those of the city's districts, and streets, are bigger. */
function weighedPlaces(places: readonly Place[]): (draw: number) => Place {
  let sum = 0
  const sums = places.map(({ short, county }) => (sum += (short.endsWith('街道') ? 3 : short.endsWith('镇') ? 1.3 : 0.7) * (county === '140403' ? 1.5 : 1)))
  return (draw) => {
    const at = draw * sum
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) < at) low = middle + 1
      else high = middle
    }
    return places[low] as Place
  }
}
