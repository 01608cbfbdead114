// A rubric of 200 items read and checked anew each time, made of the city's own: its items repeated under other ids, each a little different.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadRubric } from '#engine/index.ts'
import { catalogueOfPack } from '#modules/rubric/index.ts'
import { checkPack } from '#server/app/pack.ts'
import { percentile } from './load.ts'
import type { Result } from './results.ts'

const ITEMS = 200
const RUNS = 40
const BAR_MS = 50
const pack = fileURLToPath(new URL('../packs/changzhi', import.meta.url))

/** The city's clean-2024 with its blocks repeated until there are 200 items; all ids, labels and numbers of the copies are their own. */
export function largeRubric(run: number): string {
  const text = readFileSync(join(pack, 'rubrics/clean-2024.yaml'), 'utf8')
  const [head = '', rest = ''] = text.split(/^blocks:\n/m)
  const [blocks = '', tail = ''] = rest.split(/^(?=bonuses:)/m)
  const lines = blocks.trimEnd().split('\n')
  const made: string[] = []
  for (let copy = 0, items = 0; items < ITEMS; copy += 1)
    for (const line of lines) {
      const isItem = /^ {6}- \{ id:/.test(line)
      if (isItem && items >= ITEMS) continue
      if (isItem) items += 1
      const own = line.replace(/id: (\w+), label: /, `id: $1_${copy}, label: ${copy}-${run} `).replace(/^( *- id: \w+)$/, `$1_${copy}`)
      made.push(own.replace(/target: (\d+)/, (_, target: string) => `target: ${target}.${copy}${run}`))
    }
  return `${head}blocks:\n${made.join('\n')}\n\n${tail}`
}

/** Milliseconds from text to IR; every run has a text of its own, so that nothing can be remembered. */
export function benchRubric(): Result {
  const catalogue = catalogueOfPack(checkPack(pack).pack)
  const times: number[] = []
  let errors = 0
  for (let run = 0; run < RUNS + 10; run += 1) {
    const text = largeRubric(run)
    const started = performance.now()
    const loaded = loadRubric(text, 'large.yaml', catalogue)
    if (run >= 10) times.push(performance.now() - started)
    if (!loaded.ok || Object.keys(loaded.value.items).length < ITEMS) errors += 1
  }
  const [p50, p95] = [percentile(times, 50), percentile(times, 95)]
  return {
    id: 'rubric-compile',
    what: `a rubric of ${ITEMS} items compiled and checked`,
    bar: `p95 ≤ ${BAR_MS} ms`,
    value: p95,
    unit: 'ms',
    n: times.length,
    p50,
    p95,
    baseline: null,
    scope: 'the engine alone',
    errors,
    met: errors === 0 && p95 <= BAR_MS,
    note: 'text to IR, a different text each time; ten runs to warm up',
  }
}
