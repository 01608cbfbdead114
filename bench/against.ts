// Requests of ours against the floor (bare node:http, one prepared statement through pg, floor.ts), in turns, so that both meet the same machine.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Load, load, percentile, type Sent, type Target } from './load.ts'
import { ownerUrl, type Server } from './server.ts'

export interface Against {
  /** Ours per second ÷ the floor's, of the middle rounds. */
  ratio: number
  ours: (Load & { firstError: string | undefined })[]
  /** Per second, of the middle rounds. */
  perSecond: number
  floor: number
  errors: number
  firstError: string | undefined
}

export interface Rounds {
  clients: number
  rounds: number
  seconds: number
  /** What the floor does: an INSERT or an UPDATE. */
  floor: 'insert' | 'update'
  ours: () => Sent
  bare: () => Sent
  /** Before each round of ours. */
  before?: () => Promise<void>
  after?: () => void
}

const middle = (runs: readonly Load[]): number =>
  percentile(
    runs.map((run) => run.perSecond),
    50,
  )

/** Runs both in turns. */
export async function against(
  server: Server,
  target: Target,
  { clients, rounds, seconds, floor: mode, ours: next, bare, before, after }: Rounds,
): Promise<Against> {
  const floor = spawn(process.execPath, [fileURLToPath(new URL('floor.ts', import.meta.url)), ownerUrl(server.dataDir), mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<string>((resolve) => floor.stdout.once('data', (part: Buffer) => resolve(part.toString().trim())))
  const floorTarget = { ...target, origin: new URL(`http://127.0.0.1:${port}`) }
  const [ours, bares]: [Against['ours'], Against['ours']] = [[], []]
  try {
    for (let round = 0; round < rounds; round += 1) {
      bares.push(await load(floorTarget, clients, seconds, bare))
      await before?.()
      ours.push(await load(target, clients, seconds, next))
      after?.()
    }
  } finally {
    floor.kill('SIGTERM')
  }
  const all = [...ours, ...bares]
  return {
    ...{ ratio: middle(ours) / middle(bares), ours, perSecond: middle(ours), floor: middle(bares) },
    ...{ errors: all.reduce((sum, run) => sum + run.errors, 0), firstError: all.find((run) => run.firstError !== undefined)?.firstError },
  }
}
