// What readers wait for: a score with its trace, the rows of a figure, the restart.
import { load } from './load.ts'
import type { Result } from './results.ts'
import { type Server, signIn, startServer } from './server.ts'

const CLIENTS = 16
const SECONDS = 8

/** p95 of one address at 16 clients as the account given. */
export async function benchPage(
  server: Server,
  given: { id: string; what: string; barMs: number; account: string; scope: string; path: (unitId: string) => string },
): Promise<Result> {
  const { target, session } = await signIn(server, given.account, CLIENTS)
  const path = given.path(session.post.body?.unitId ?? '')
  await load(target, CLIENTS, 1, () => ({ method: 'GET', path }))
  const { n, errors, p50, p95, firstError } = await load(target, CLIENTS, SECONDS, () => ({ method: 'GET', path }))
  return {
    id: given.id,
    what: given.what,
    bar: `p95 ≤ ${given.barMs} ms`,
    value: p95,
    unit: 'ms',
    n,
    p50,
    p95,
    baseline: null,
    scope: given.scope,
    errors,
    met: p95 <= given.barMs,
    note: firstError ?? path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…'),
  }
}

/** Stops the server and starts it again: seconds until it answers. */
export async function benchRestart(server: Server): Promise<{ result: Result; server: Server }> {
  const times: number[] = []
  let running = server
  for (let round = 0; round < 3; round += 1) {
    await running.stop()
    running = await startServer(server.dataDir)
    const answered = await fetch(`${running.origin}/api/place`)
    if (!answered.ok) throw new Error(`after the restart /api/place answered ${answered.status}`)
    times.push(running.startedIn / 1000)
  }
  times.sort((left, right) => left - right)
  const value = times[1] ?? Number.NaN
  return {
    server: running,
    result: {
      id: 'restart',
      what: 'restart to first answer',
      bar: '≤ 3 s',
      value,
      unit: 's',
      n: times.length,
      p50: value,
      p95: times[2] ?? null,
      baseline: null,
      scope: 'operator',
      errors: 0,
      met: value <= 3,
      note: '',
    },
  }
}
