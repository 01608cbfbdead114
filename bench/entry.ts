// Record entry against the floor, in turns; and how soon an entry shows in a score and a figure.
import { newId } from '#base/ids.ts'
import { against } from './against.ts'
import { percentile, type Sent, send } from './load.ts'
import type { Result } from './results.ts'
import { residentMb, type Server, signIn } from './server.ts'

const CLIENTS = 16
const ROUNDS = 3
const SECONDS = 6

interface Roll {
  people: { id: string }[]
}

/** Entries per second at 16 clients as a branch's secretary, against the floor, alternating; and resident memory idle and under that load. */
export async function benchEntry(server: Server): Promise<Result[]> {
  // Idle: ten seconds after the start, when what the start itself needed has been given back.
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  const idle = residentMb(server.pid)
  const { target, session } = await signIn(server, 'zhibu', CLIENTS)
  const body = session.post.body?.id ?? ''
  const on = '2024-12-19'
  const roll = JSON.parse((await send(target, { method: 'GET', path: `/api/roll?body=${body}&on=${on}` })).text) as Roll
  let made = 0
  const entry = (): Sent => ({
    method: 'POST',
    path: '/api/records',
    body: {
      id: newId(),
      kind: 'theme-day',
      bodyId: body,
      happenedOn: on,
      title: `12月主题党日第${(made += 1)}次`,
      place: '会议室',
      absent: roll.people.slice(0, 1).map((person) => person.id),
    },
  })
  const one = await send(target, entry())
  let highest = 0
  const measured = await against(server, target, {
    ...{ clients: CLIENTS, rounds: ROUNDS, seconds: SECONDS, floor: 'insert', ours: entry, bare: entry },
    after: () => {
      highest = Math.max(highest, residentMb(server.pid))
    },
  })
  const { ratio, ours } = measured
  const first = ours[0]
  return [
    {
      id: 'record-entry',
      what: 'record entry, requests/s at 16 clients, against the floor',
      bar: '≥ 0.3 of the floor',
      value: ratio,
      unit: `of the floor (${Math.round(measured.perSecond)}/s)`,
      n: ours.reduce((sum, run) => sum + run.n, 0),
      p50: first?.p50 ?? null,
      p95: first?.p95 ?? null,
      baseline: measured.floor,
      scope: 'branch secretary',
      errors: measured.errors,
      met: ratio >= 0.3,
      note:
        measured.firstError ??
        `${String(one.headers['x-queries'])} statements in 3 round trips; rows written per entry: record 1, participant 1, bigram 9–11, audit 1`,
    },
    memory('memory-idle', 'resident memory of the server, idle', 130, idle),
    memory('memory-load', 'resident memory of the server under that load', 250, highest),
  ]
}

function memory(id: string, what: string, bar: number, value: number): Result {
  return {
    id,
    what,
    bar: `≤ ${bar} MB`,
    value,
    unit: 'MB',
    n: 1,
    p50: null,
    p95: null,
    baseline: null,
    scope: 'server',
    errors: 0,
    met: value <= bar,
    note: '',
  }
}

const TRIES = 12
const FIGURE = 'organisations-warned'
const PERIOD = 'from=2024-04-01&to=2024-07-31'

interface Page {
  rows: { recordId: string; version: number }[]
}

/**
 * Milliseconds from sending an entry to having read both the unit's score and a figure that count it. A concentrated warning session in
 * the figure's period is entered and withdrawn in turn, after those the branch has are withdrawn; so each round must change both numbers.
 */
export async function benchShown(server: Server): Promise<Result> {
  const { target, session } = await signIn(server, 'zhibu', 2)
  const body = session.post.body
  if (body === null) throw new Error('the account zhibu has no organisation')
  const get = async (path: string): Promise<string> => {
    const { status, text } = await send(target, { method: 'GET', path })
    if (status !== 200) throw new Error(`${path} answered ${status}: ${text.slice(0, 200)}`)
    return text
  }
  const post = async (path: string, content: object): Promise<void> => {
    const { status, text } = await send(target, { method: 'POST', path, body: content })
    if (status !== 200) throw new Error(`${path} answered ${status}: ${text.slice(0, 200)}`)
  }
  const read = (): Promise<string[]> =>
    Promise.all([get(`/api/scoring/subjects/${body.unitId}?rubric=clean-2024`), get(`/api/answers/changzhi/figures/${FIGURE}`)])
  const withdraw = (recordId: string, version: number): Promise<void> => post(`/api/records/${recordId}/withdrawal`, { version, reason: '量时间' })
  const held = JSON.parse(await get(`/api/records?kind=warning-education&body=${body.id}&${PERIOD}`)) as Page
  for (const { recordId, version } of held.rows) await withdraw(recordId, version)
  const numbers = ([score, figure]: string[]): string[] => [
    score?.replace(/"asOf":"[^"]*"/g, '') ?? '',
    (JSON.parse(figure ?? '{}') as { figure: { value: string } }).figure.value,
  ]
  const times: number[] = []
  let errors = 0
  let id = newId()
  let before = numbers(await read())
  for (let round = 0; round < TRIES; round += 1) {
    const started = performance.now()
    if (round % 2 === 1) await withdraw(id, 1)
    else
      await post('/api/records', {
        id: (id = newId()),
        kind: 'warning-education',
        bodyId: body.id,
        happenedOn: '2024-05-15',
        title: '警示教育大会',
        fields: { concentrated: true, campaign: 'discipline-study-2024' },
      })
    const texts = await read()
    times.push(performance.now() - started)
    const now = numbers(texts)
    if (now[0] === before[0] || now[1] === before[1]) errors += 1
    before = now
  }
  const median = percentile(times, 50)
  return {
    id: 'record-shown',
    what: 'record saved → the unit’s score and the figure show it',
    bar: '≤ 300 ms',
    value: median,
    unit: 'ms',
    n: times.length,
    p50: median,
    p95: percentile(times, 95),
    baseline: null,
    scope: 'branch secretary',
    errors,
    met: median <= 300,
    note: `save or withdraw, then score and figure (${FIGURE}) read once each; an answer that does not show the change is an error`,
  }
}
