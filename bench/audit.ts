// What the audit trail costs: record entry with entries left and sealed, against a server without, over the same database and in turns.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '#base/ids.ts'
import { type Load, load, type Sent } from './load.ts'
import type { Result } from './results.ts'
import { ownerUrl, type Server, signIn, startServer } from './server.ts'

const CLIENTS = 16
const ROUNDS = 5
const SECONDS = 5

function entries(body: string): () => Sent {
  return () => ({ method: 'POST', path: '/api/records', body: { id: newId(), kind: 'theme-day', bodyId: body, happenedOn: '2024-12-19', title: '主题党日' } })
}

function middle(runs: readonly Load[]): number {
  return runs.map((run) => run.perSecond).sort((left, right) => left - right)[Math.floor(runs.length / 2)] ?? Number.NaN
}

/** Entries per second with the trail as a share of those without, the median of each. */
export async function benchAudit(server: Server): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-unrecorded-'))
  copyFileSync(join(server.dataDir, 'demo-accounts.json'), join(dataDir, 'demo-accounts.json'))
  const silent = await startServer(dataDir, { databaseUrl: ownerUrl(server.dataDir), preload: new URL('unrecorded.ts', import.meta.url).href })
  try {
    const [on, off] = [await signIn(server, 'zhibu', CLIENTS), await signIn(silent, 'zhibu', CLIENTS)]
    const next = entries(on.session.post.body?.id ?? '')
    const recorded: Awaited<ReturnType<typeof load>>[] = []
    const unrecorded: typeof recorded = []
    // One of each to warm up.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const [left, none] = [await load(on.target, CLIENTS, SECONDS, next), await load(off.target, CLIENTS, SECONDS, next)]
      if (round > 0) {
        recorded.push(left)
        unrecorded.push(none)
      }
    }
    const all = [...recorded, ...unrecorded]
    const ratio = middle(recorded) / middle(unrecorded)
    return {
      id: 'audit',
      what: 'audit on against off, record entry requests/s at 16 clients',
      bar: '≥ 0.8',
      value: ratio,
      unit: `of off (${Math.round(middle(recorded))}/s)`,
      n: all.reduce((sum, run) => sum + run.n, 0),
      p50: recorded[0]?.p50 ?? null,
      p95: recorded[0]?.p95 ?? null,
      baseline: middle(unrecorded),
      scope: 'branch secretary',
      errors: all.reduce((sum, run) => sum + run.errors, 0),
      met: ratio >= 0.8,
      note:
        all.find((run) => run.firstError !== undefined)?.firstError ?? `sealing included; two servers over one database, ${ROUNDS} rounds in turns, medians`,
    }
  } finally {
    await silent.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
