// Tickets: entered with a suggestion against the floor; and a day of 20,000 played in ten minutes by 200 people, every step, nothing lost or late in the clocks.
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { newId } from '#base/ids.ts'
import type { HotlinePack } from '#modules/hotline/hotline.pack.ts'
import { hotlineOf } from '#modules/hotline/index.ts'
import { calendarOf, deadlineOf } from '#modules/matter/index.ts'
import { loadPacks } from '#server/app/pack.ts'
import { against } from './against.ts'
import { percentile, type Sent, send, type Target, targetOf } from './load.ts'
import type { Result } from './results.ts'
import { ownerUrl, type Server, signIn } from './server.ts'

loadPacks(fileURLToPath(new URL('../packs', import.meta.url)))
const pack = { pack: 'changzhi' }

const places = ['建设路', '解放街', '英雄路', '太行街', '府后街', '新华街', '延安路', '城隍庙街']
const things = ['三盏路灯不亮', '井盖松动', '暖气不热', '停水两小时', '公交车晚点', '车位被占', '垃圾没有清运', '施工噪声大']

/** A ticket as an agent enters it, the `n`-th. */
function asking(hotline: HotlinePack, n: number): { id: string } & Record<string, unknown> {
  const group = hotline.categories[n % hotline.categories.length]
  const category = group?.items[Math.floor(n / 7) % group.items.length]?.id
  const place = `${places[n % 8]}${(n % 97) + 1}号`
  const title = `${place}${things[Math.floor(n / 8) % 8]}`
  const body = `${title}，从昨天晚上开始，影响附近住户出行和休息，希望尽快派人查看处理，并告知处理结果。来电人第${n}次测量。`
  return {
    id: newId(),
    channel: 'phone',
    category,
    county: ['', '140403', '140427'][n % 3],
    place,
    title,
    body,
    caller: { name: '测量人', phone: '00000000000' },
  }
}

/** Tickets entered per second at 16 clients as an agent, with the suggestion of a unit, against the floor. */
export async function benchTickets(server: Server): Promise<Result> {
  const { target } = await signIn(server, 'rexian', 16)
  const hotline = hotlineOf(pack)
  let made = 0
  const entry = (): Sent => ({ method: 'POST', path: '/api/hotline/tickets', body: asking(hotline, (made += 1)) })
  const bare = (): Sent => ({
    ...{ method: 'POST', path: '/' },
    body: { id: newId(), kind: 'theme-day', bodyId: newId(), happenedOn: '2024-12-19', title: '测量', place: '会议室' },
  })
  const { ratio, ours, perSecond, floor, errors, firstError } = await against(server, target, {
    clients: 16,
    rounds: 3,
    seconds: 6,
    floor: 'insert',
    ours: entry,
    bare,
  })
  return {
    ...{
      id: 'ticket-entry',
      what: 'a ticket entered with its suggestion, requests/s at 16 clients, against the floor',
      bar: '≥ 0.25 of the floor',
      value: ratio,
    },
    ...{
      unit: `of the floor (${Math.round(perSecond)}/s)`,
      n: ours.reduce((sum, run) => sum + run.n, 0),
      p50: ours[0]?.p50 ?? null,
      p95: ours[0]?.p95 ?? null,
    },
    ...{ baseline: floor, scope: 'hotline agent', errors, met: ratio >= 0.25 },
    note: firstError ?? 'rows written per ticket: ticket 1, content 1, caller 1, step 1, audit 1',
  }
}

interface Task {
  id: string
  revision: number
  /** The unit that holds it. */
  unit: string
}
type Desk = 'dispatch' | 'sign' | 'answer' | 'call'

/** Accounts for handlers of so many units, made for the measurement. @returns units with a login each. */
async function handlers(owner: pg.Client, count: number): Promise<{ unit: string; login: string }[]> {
  const { rows } = await owner.query<{ unit: string; login: string }>(
    `with chosen as (
       select u.unit_id, 'bench' || row_number() over (order by u.unit_id) as login from org.unit u where u.tenant_id = 1 and u.valid_until = 'infinity' and u.known_until = 'infinity' and u.name like '%示例%' order by u.unit_id limit $1
     ), people as (
       select p.person_id, row_number() over (order by p.person_id) as n from org.person p where p.tenant_id = 1 and not exists (select from access.account a where a.tenant_id = 1 and a.person_id = p.person_id) limit $1
     ), accounts as (
       insert into access.account (tenant_id, account_id, login, password_hash, person_id)
       select 1, gen_random_uuid(), c.login, (select password_hash from access.account where tenant_id = 1 and login = 'chengban'), p.person_id
       from (select *, row_number() over (order by login) as n from chosen) c join people p using (n)
       on conflict do nothing returning account_id, login
     ), appointed as (
       insert into access.appointment (tenant_id, appointment_id, account_id, post, body_id, valid_from, reason)
       select 1, gen_random_uuid(), a.account_id, 'hotline-handler', c.unit_id, '2021-01-04', '测量' from accounts a join chosen c using (login)
     )
     select unit_id as unit, login from chosen`,
    [count],
  )
  return rows
}

/** Twelve hours of a telephone are played so much faster. */
const TICKETS = 20_000

/**
 * A day of 20,000 tickets in `seconds`, by 60 agents, 20 dispatchers, 100 handlers and 20 callers, each doing one thing after the other: entered on a steady
 * clock, dispatched to the suggested or any unit, signed, answered, called back. p95 of every step; then each ticket is read from the tables.
 */
export async function benchDay(server: Server, seconds: number): Promise<Result> {
  const owner = new pg.Client({ connectionString: ownerUrl(server.dataDir) })
  await owner.connect()
  const tickets = Math.round((TICKETS * seconds) / 600)
  const hotline = hotlineOf(pack)
  const session = async (login: string): Promise<Target> => {
    const answer = await send(targetOf(server.origin, '', 1), {
      method: 'POST',
      path: '/api/sign-in',
      body: { account: login, password: login.startsWith('bench') ? 'chengban-2024' : `${login}-2024` },
    })
    if (answer.status !== 200) throw new Error(`sign-in of ${login}: ${answer.text}`)
    return targetOf(server.origin, String(answer.headers['set-cookie']).split(';')[0] ?? '', 1)
  }
  const times = new Map<string, number[]>()
  const errors: string[] = []
  const timed = async (
    what: string,
    target: Target,
    path: string,
    body: object,
  ): Promise<{ revision: number; suggested?: { unit: { id: string } }[] } | undefined> => {
    const at = performance.now()
    const answer = await send(target, { method: 'POST', path, body })
    times.set(what, [...(times.get(what) ?? []), performance.now() - at])
    if (answer.status === 200) return JSON.parse(answer.text)
    errors.push(`${what}: ${answer.status} ${answer.text.slice(0, 200)}`)
    return undefined
  }
  const waiting: Record<Desk, Task[]> = { dispatch: [], sign: [], answer: [], call: [] }
  const mine = new Map<string, Record<'sign' | 'answer', Task[]>>()
  const units = await handlers(owner, 100)
  for (const { unit } of units) mine.set(unit, { sign: [], answer: [] })
  const ids: string[] = []
  let [entered, finished] = [0, 0]
  const started = performance.now()
  const isOver = (): boolean => (entered >= tickets && finished + errors.length >= tickets) || performance.now() - started > seconds * 1000 + 60_000
  const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))
  const agent = async (target: Target): Promise<void> => {
    while (entered < tickets) {
      // The next call comes when it comes.
      if (entered / tickets > (performance.now() - started) / (seconds * 1000)) await rest()
      else {
        const ticket = asking(hotline, (entered += 1))
        ids.push(ticket.id)
        const reply = await timed('enter', target, '/api/hotline/tickets', ticket)
        const suggested = reply?.suggested?.find(({ unit }) => mine.has(unit.id))?.unit.id
        const unit = suggested ?? units[entered % units.length]?.unit ?? ''
        if (reply !== undefined) waiting.dispatch.push({ id: ticket.id, revision: 1, unit })
      }
    }
  }
  const worker = async (
    target: Target,
    what: string,
    take: () => Task | undefined,
    step: (task: Task) => object,
    give: (task: Task) => void,
  ): Promise<void> => {
    while (!isOver()) {
      const task = take()
      if (task === undefined) await rest()
      else {
        const reply = await timed(what, target, `/api/hotline/tickets/${task.id}/steps`, { stepId: newId(), revision: task.revision, ...step(task) })
        if (reply !== undefined) give({ ...task, revision: reply.revision })
      }
    }
  }
  const crowd = async (count: number, login: string, work: (target: Target) => Promise<void>): Promise<void> => {
    await Promise.all(Array.from({ length: count }, async () => work(await session(login))))
  }
  const handler = async ({ unit, login }: { unit: string; login: string }): Promise<void> => {
    const own = mine.get(unit)
    if (own === undefined) return
    const target = await session(login)
    await Promise.all([
      worker(
        target,
        'sign',
        () => own.sign.shift(),
        () => ({ step: 'sign' }),
        (task) => own.answer.push(task),
      ),
      worker(
        target,
        'answer',
        () => own.answer.shift(),
        () => ({ step: 'answer', told: '已经派人处理完毕，请您查看。' }),
        (task) => waiting.call.push(task),
      ),
    ])
  }
  await Promise.all([
    crowd(60, 'rexian', agent),
    crowd(20, 'paidan', (target) =>
      worker(
        target,
        'dispatch',
        () => waiting.dispatch.shift(),
        ({ unit }) => ({ step: 'dispatch', unitId: unit }),
        (task) => mine.get(task.unit)?.sign.push(task),
      ),
    ),
    crowd(20, 'huifang', (target) =>
      worker(
        target,
        'call',
        () => waiting.call.shift(),
        () => ({ step: 'call', reached: true, solved: true, satisfaction: 5 }),
        () => (finished += 1),
      ),
    ),
    ...units.map(handler),
  ])
  const took = (performance.now() - started) / 1000
  const wrong = await wrongOf(owner, ids, hotline)
  await owner.end()
  const worst = Math.max(...[...times.values()].map((all) => percentile(all, 95)))
  const words = [...times].map(([what, all]) => `${what} ${all.length} × p50 ${percentile(all, 50).toFixed(1)} p95 ${percentile(all, 95).toFixed(1)} ms`)
  return {
    ...{
      id: 'hotline-day',
      what: `a day of ${tickets} tickets in ${Math.round(took)} s with all steps by 200 people, worst p95 of a step`,
      bar: '≤ 150 ms, nothing lost or late in the clocks',
    },
    ...{ value: worst, unit: 'ms', n: ids.length, p50: null, p95: worst, baseline: null, scope: 'agents, dispatchers, handlers, callers' },
    ...{ errors: errors.length + wrong.length, met: worst <= 150 && errors.length === 0 && wrong.length === 0 },
    note: [...words, ...errors.slice(0, 3), ...wrong.slice(0, 3)].join('; '),
  }
}

/** Tickets of the day that are not there whole, or whose clocks aren't what the class says from the moments that were written. */
async function wrongOf(owner: pg.Client, ids: readonly string[], hotline: HotlinePack): Promise<string[]> {
  const { rows } = await owner.query<{
    id: string
    class: string
    state: string
    steps: number
    received: Date
    due: Date
    sent: Date
    unit_due: Date
    sign_due: Date
  }>(
    `select t.ticket_id as id, t.class, t.state, (select count(*)::int from hotline.step s where s.tenant_id = t.tenant_id and s.ticket_id = t.ticket_id) as steps,
       t.received_at as received, t.due_at as due, t.dispatched_at as sent, t.unit_due_at as unit_due, t.sign_due_at as sign_due
     from hotline.ticket t where t.tenant_id = 1 and t.ticket_id = any ($1)`,
    [ids],
  )
  const works = calendarOf(pack)
  const same = (moment: Date | null, wanted: Date): boolean => moment !== null && new Date(moment).getTime() === wanted.getTime()
  const wrong = rows.flatMap((row) => {
    const clocks = hotline.classes.find(({ id }) => id === row.class)
    if (clocks === undefined || row.sent === null) return [`${row.id}: ${row.state}`]
    const inTime =
      same(row.due, deadlineOf(clocks.close, new Date(row.received), works)) &&
      same(row.unit_due, deadlineOf(clocks.close, new Date(row.sent), works)) &&
      same(row.sign_due, deadlineOf(clocks.sign, new Date(row.sent), works))
    const whole = row.state === 'closed' && (row.steps === 5 || row.steps === 4)
    return inTime && whole ? [] : [`${row.id}: ${row.state}, ${row.steps} steps${inTime ? '' : ', clocks differ'}`]
  })
  return rows.length === ids.length ? wrong : [`${ids.length - rows.length} tickets are not there`, ...wrong]
}
