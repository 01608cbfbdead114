// Matters: a request sent to 918 and 5,000 organisations in one transaction, the sender's board of 5,000, moves per second against the floor.
import pg from 'pg'
import { newId } from '#base/ids.ts'
import { against } from './against.ts'
import { addBodies, removeBodies } from './bodies.ts'
import { percentile, type Sent, send, type Target } from './load.ts'
import type { Result } from './results.ts'
import { ownerUrl, type Server, signIn } from './server.ts'

const CLIENTS = 16
const ROUNDS = 3
const SECONDS = 5
/** Matters that the clients move in turn; more than clients, so that no two are at one of them. */
const MATTERS = 64

interface Sending {
  requestId: string
  /** Milliseconds from the request to the answer that it is sent. */
  took: number
}

async function expect(target: Target, sent: Sent): Promise<string> {
  const answer = await send(target, sent)
  if (answer.status !== 200) throw new Error(`${sent.method} ${sent.path} answered ${answer.status}: ${answer.text.slice(0, 300)}`)
  return answer.text
}

async function askerOf(owner: pg.Client): Promise<string> {
  return (
    (await owner.query<{ id: string }>(`select party_org_id as id from org.party_org where tenant_id = 1 and kind = 'work-committee' limit 1`)).rows[0]?.id ??
    ''
  )
}

async function sentTo(target: Target, askerId: string, list: readonly string[]): Promise<Sending> {
  const requestId = newId()
  const content = { askerId, kind: 'task', title: '测量下发', fields: { text: '测量' }, selection: { list }, dueOn: null, basis: '', reason: '' }
  await expect(target, { method: 'POST', path: '/api/requests', body: { id: requestId, ...content } })
  const at = performance.now()
  await expect(target, { method: 'POST', path: `/api/requests/${requestId}/sending`, body: { receivers: list.length } })
  return { requestId, took: performance.now() - at }
}

/** Fan-out and the sender's board, on branches made for it, which are gone afterwards. */
export async function benchRequests(server: Server): Promise<Result[]> {
  const owner = new pg.Client({ connectionString: ownerUrl(server.dataDir) })
  await owner.connect()
  const { target } = await signIn(server, 'gongwei', 1)
  const requests: string[] = []
  try {
    const bodies = await addBodies(owner, 5000)
    const askerId = await askerOf(owner)
    const results: Result[] = []
    for (const [count, bar] of [
      [918, 500],
      [5000, 2000],
    ] as const) {
      const times: number[] = []
      let seen = 0
      for (let round = 0; round < ROUNDS; round += 1) {
        const { requestId, took } = await sentTo(target, askerId, bodies.slice(0, count))
        requests.push(requestId)
        times.push(took)
        const { rows } = await owner.query<{ n: number }>(
          'select count(*)::int as n from matter.matter join matter.move using (tenant_id, matter_id) where request_id = $1',
          [requestId],
        )
        seen += rows[0]?.n ?? 0
      }
      const value = percentile(times, 50)
      const errors = ROUNDS * count - seen
      results.push({
        ...{
          id: `fan-out-${count}`,
          what: `fan-out of a request to ${count} organisations, one transaction, HTTP`,
          bar: `≤ ${bar} ms`,
          value,
          unit: 'ms',
          n: ROUNDS,
        },
        ...{ p50: value, p95: percentile(times, 95), baseline: null, scope: 'city desk', errors, met: errors === 0 && value <= bar },
        note: 'branches made for the measurement; draft written before; seen at once when the answer was there',
      })
    }
    const last = requests.at(-1) ?? ''
    const board = async (): Promise<void> => {
      await expect(target, { method: 'GET', path: `/api/requests/${last}` })
      await expect(target, { method: 'GET', path: `/api/requests/${last}/receivers?limit=100` })
    }
    await board()
    const times: number[] = []
    for (let round = 0; round < 20; round += 1) {
      const at = performance.now()
      await board()
      times.push(performance.now() - at)
    }
    const value = percentile(times, 95)
    results.push({
      ...{
        id: 'sender-board',
        what: 'sender’s board of 5,000 receivers: counts, counties and the first hundred, p95',
        bar: '≤ 150 ms',
        value,
        unit: 'ms',
        n: times.length,
      },
      ...{
        p50: percentile(times, 50),
        p95: value,
        baseline: null,
        scope: 'city desk',
        errors: 0,
        met: value <= 150,
        note: 'two requests, one after the other',
      },
    })
    return results
  } finally {
    await removeBodies(owner, requests)
    await owner.end()
  }
}

/** Moves per second at 16 clients as a branch's secretary, against the floor (bare node:http, one prepared UPDATE), in turns. */
export async function benchMoves(server: Server): Promise<Result> {
  const desk = (await signIn(server, 'gongwei', 1)).target
  const { target, session } = await signIn(server, 'zhibu', CLIENTS)
  const bodyId = session.post.body?.id ?? ''
  const matters = Array.from({ length: MATTERS }, () => ({ id: newId(), revision: 2 }))
  for (const { id } of matters) {
    const fields = { problem: '测量', source: 'inspection', type: 'other' }
    await expect(desk, { method: 'POST', path: '/api/matters', body: { id, kind: 'rectification', bodyId, title: '测量整改', fields } })
    const body = { moveId: newId(), revision: 1, move: 'submit-plan', fields: { plan: '测量方案' } }
    await expect(target, { method: 'POST', path: `/api/matters/${id}/moves`, body })
  }
  let made = 0
  const move = (): Sent => {
    const matter = matters[(made += 1) % MATTERS] as { id: string; revision: number }
    const body = { moveId: newId(), revision: matter.revision, move: 'report', fields: { progress: '本月进展' } }
    matter.revision += 1
    return { method: 'POST', path: `/api/matters/${matter.id}/moves`, body }
  }
  const { ratio, ours, perSecond, floor, errors, firstError } = await against(server, target, {
    ...{ clients: CLIENTS, rounds: ROUNDS, seconds: SECONDS, floor: 'update', ours: move },
    bare: () => ({ method: 'POST', path: '/', body: { id: matters[(made += 1) % MATTERS]?.id } }),
    // What was under way when the last round ended was made or not.
    before: async () => {
      for (const matter of matters) matter.revision = JSON.parse(await expect(target, { method: 'GET', path: `/api/matters/${matter.id}` })).matter.revision
    },
  })
  return {
    ...{ id: 'move-matter', what: 'a matter moved, requests/s at 16 clients, against the floor', bar: '≥ 0.3 of the floor', value: ratio },
    ...{
      unit: `of the floor (${Math.round(perSecond)}/s)`,
      n: ours.reduce((sum, run) => sum + run.n, 0),
      p50: ours[0]?.p50 ?? null,
      p95: ours[0]?.p95 ?? null,
    },
    ...{ baseline: floor, scope: 'branch secretary', errors, met: ratio >= 0.3 },
    note: firstError ?? 'rows written per move: matter 1, move 1, audit 1',
  }
}
