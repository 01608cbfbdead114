// Fifty people sign in at once, again and again, while others go on working.
import { setTimeout as pause } from 'node:timers/promises'
import { load, percentile, send, type Target, targetOf } from './load.ts'
import type { Result } from './results.ts'
import { accountsOf, type Server, signIn } from './server.ts'

const SIGNING_IN = 50
const WORKING = 4
const SECONDS = 8
/** What someone at work takes between two requests, in milliseconds. */
const PAUSE = 20

interface Work {
  times: number[]
  errors: number
}

/** Requests of people at work until `over` says so. */
async function atWork(target: Target, over: () => boolean): Promise<Work> {
  const work: Work = { times: [], errors: 0 }
  const person = async (): Promise<void> => {
    while (!over()) {
      const at = performance.now()
      const { status } = await send(target, { method: 'GET', path: '/api/records?limit=30' })
      work.times.push(performance.now() - at)
      if (status !== 200) work.errors += 1
      await pause(PAUSE)
    }
  }
  await Promise.all(Array.from({ length: WORKING }, person))
  return work
}

/** p95 of sign-ins under 50 concurrent, and of other requests meanwhile against before. */
export async function benchSignIn(server: Server): Promise<Result[]> {
  const { target } = await signIn(server, 'zhibu', WORKING)
  const end = performance.now() + SECONDS * 1000
  const idle = await atWork(target, () => performance.now() > end)
  const accounts = accountsOf(server.dataDir)
  let turn = 0
  const next = () => {
    const { account, password } = accounts[turn++ % accounts.length] ?? { account: '', password: '' }
    return { method: 'POST' as const, path: '/api/sign-in', body: { account, password } }
  }
  let over = false
  const [signed, busy] = await Promise.all([
    load(targetOf(server.origin, '', SIGNING_IN), SIGNING_IN, SECONDS, next).finally(() => {
      over = true
    }),
    atWork(target, () => over),
  ])
  const [idleP95, busyP95] = [percentile(idle.times, 95), percentile(busy.times, 95)]
  return [
    {
      id: 'sign-in',
      what: 'sign-in with argon2id under 50 concurrent',
      bar: 'p95 ≤ 1.5 s',
      value: signed.p95 / 1000,
      unit: 's',
      n: signed.n,
      p50: signed.p50 / 1000,
      p95: signed.p95 / 1000,
      baseline: null,
      scope: `${accounts.length} accounts`,
      errors: signed.errors,
      met: signed.p95 <= 1500,
      note: signed.firstError ?? `${signed.perSecond.toFixed(0)}/s`,
    },
    {
      id: 'sign-in',
      what: 'other requests meanwhile, p95 against idle',
      bar: '≤ 2 ×',
      value: busyP95 / idleP95,
      unit: '×',
      n: busy.times.length,
      p50: percentile(busy.times, 50),
      p95: busyP95,
      baseline: idleP95,
      scope: 'branch secretary',
      errors: idle.errors + busy.errors,
      met: busyP95 <= 2 * idleP95,
      note: `the list of records, ${WORKING} people with ${PAUSE} ms between requests; p50 and p95 in ms; the load itself takes its share of the cores`,
    },
  ]
}
