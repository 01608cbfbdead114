// npm run equivalence -- --runs 10000 [--seed 1404]: SQL held to the reference in so many drawn rubrics, without the time limit of npm test.
import { parseArgs } from 'node:util'
import { runTests, testFiles } from './test.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1404' } } })
if (!/^[1-9]\d*$/.test(values.runs)) throw new Error(`--runs is a number of rubrics, not ${values.runs}`)
process.env['ENGINE_RUNS'] = values.runs
process.env['DRAW_SEED'] = values.seed
const root = new URL('../', import.meta.url).pathname
const started = performance.now()
const { passed, failed } = await runTests(testFiles(root, ['engine/equivalence']), AbortSignal.timeout(6 * 3_600_000), console.log, Number.POSITIVE_INFINITY)
console.log(
  `${values.runs} drawn rubrics, seed ${values.seed}: ${passed} properties hold, ${failed} don't (${Math.round((performance.now() - started) / 60_000)} min)`,
)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
