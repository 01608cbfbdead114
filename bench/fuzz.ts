// Drawn requests to every endpoint, and how many of them broke the server.
import { formatFuzz } from '#test/fuzz/fuzz.ts'
import { fuzzSmallCity } from '../scripts/fuzz.ts'
import type { Result } from './results.ts'

const REQUESTS = 20_000
const SEED = 1404

/** Fuzzes a small city of its own; see scripts/fuzz.ts. */
export async function benchFuzz(): Promise<Result> {
  const report = await fuzzSmallCity({ requests: REQUESTS, seed: SEED })
  const faults = [...report.broken, ...report.drift, ...report.slow]
  if (faults.length > 0) console.log(formatFuzz(report))
  return {
    id: 'fuzz',
    what: 'fuzzed requests, of which 5xx, of another shape than promised, or slow',
    bar: '≥ 20,000 / 0',
    value: report.requests,
    unit: `requests, ${faults.length} faults`,
    n: report.requests,
    p50: null,
    p95: null,
    baseline: null,
    scope: 'ten accounts and nobody',
    errors: 0,
    met: report.requests >= REQUESTS && faults.length === 0,
    note: `${report.byOperation.length} operations; 200 × ${report.statuses[200] ?? 0}; seed ${SEED}`,
  }
}
