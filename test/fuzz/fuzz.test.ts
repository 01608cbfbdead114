// The fuzzer at a size that fits into a test run; `npm run fuzz` runs it long.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fuzzLogins } from '#scripts/fuzz.ts'
import { document, endpoints } from '#server/app/cli/openapi.ts'
import { unlimited } from '#server/app/limits.ts'
import { serverOver } from '#test/server.ts'
import { smallCity } from '#test/small-city.ts'
import { formatFuzz, fuzz } from './fuzz.ts'
import { operationsOf } from './requests.ts'

const SEED = 20241220
const REQUESTS = 3000

test('no drawn request breaks an endpoint, none is answered in another shape than promised, none is slow', async (t) => {
  const { app } = await serverOver(smallCity, undefined, { limits: unlimited, checkReplies: false })
  const operations = operationsOf(document(await endpoints(join(import.meta.dirname, '..', '..'))))
  const report = await fuzz(app, { operations, requests: REQUESTS, seed: SEED, logins: fuzzLogins })
  t.diagnostic(formatFuzz(report))
  for (const kind of ['broken', 'drift', 'slow'] as const) assert.deepEqual(report[kind], [], kind)
  // A fuzzer whose requests are all refused at the door would find nothing.
  assert.ok((report.statuses[200] ?? 0) > REQUESTS / 10, `only ${report.statuses[200]} were taken`)
  assert.ok(report.byOperation.every(({ asked }) => asked > 0))
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
})
