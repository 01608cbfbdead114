// npm run fuzz -- --requests N --seed N: drawn requests to every endpoint of a small city, in this process. Exit code 1 where one breaks.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadDemo } from '#db/demo/load.ts'
import { document, endpoints } from '#server/app/cli/openapi.ts'
import { buildHttp } from '#server/app/http.ts'
import { unlimited } from '#server/app/limits.ts'
import { loadPacks } from '#server/app/pack.ts'
import { openPool } from '#server/kit/db.ts'
import { startCluster, throwAwaySettings } from '#server/kit/embedded.ts'
import { appUrl, migrate } from '#server/kit/migrate.ts'
import { type FuzzReport, formatFuzz, fuzz } from '#test/fuzz/fuzz.ts'
import { operationsOf } from '#test/fuzz/requests.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Accounts of the fuzzer: a branch, a unit, a county, the city, who signs and who gives opinions, the three officers. */
export const fuzzLogins = ['zhibu', 'dangwei', 'xianqu', 'gongwei', 'yibashou', 'bangongshi', 'lianshen-jijian', 'guanli', 'anquan', 'shenji']

/** Fuzzes a new small city in a PostgreSQL of its own; all of it is gone afterwards. */
export async function fuzzSmallCity(given: { requests: number; seed: number }): Promise<FuzzReport> {
  const [clusterDir, dataDir] = ['postgres', 'data'].map((part) => mkdtempSync(join(tmpdir(), `dajuan-fuzz-${part}-`))) as [string, string]
  const cluster = await startCluster({ dataDir: clusterDir, settings: throwAwaySettings })
  try {
    const url = cluster.url('postgres')
    loadPacks(join(root, 'packs'))
    await migrate(url)
    await loadDemo({ ownerUrl: url, size: 'small' })
    const pool = openPool(appUrl(url))
    const app = await buildHttp({ pool, dataDir, checkReplies: false, limits: unlimited })
    const report = await fuzz(app, { ...given, operations: operationsOf(document(await endpoints(root))), logins: fuzzLogins })
    await app.close()
    await pool.end()
    return report
  } finally {
    await cluster.stop()
    for (const folder of [clusterDir, dataDir]) rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { requests: { type: 'string' }, seed: { type: 'string' } } })
  const [requests, seed] = [Number(values.requests ?? 20_000), Number(values.seed ?? Date.now() % 1_000_000)]
  console.log(`seed ${seed}`)
  const report = await fuzzSmallCity({ requests, seed })
  console.log(formatFuzz(report))
  process.exitCode = report.broken.length + report.drift.length + report.slow.length === 0 ? 0 : 1
}
