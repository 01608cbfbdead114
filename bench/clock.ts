// Deadlines drawn over ten years against a walk minute by minute.
import { isWorkingDay } from '#base/working-days.ts'
import { random } from '#db/demo/random.ts'
import { compareClocks } from '#modules/matter/matter-clock.fixture.ts'
import type { Result } from './results.ts'

const CLOCKS = 100_000
const SEED = 1404

/** Deadlines, extensions, rests and what is left after them; the same numbers come out of both, or the row is void. */
export function benchClock(): Result {
  const started = performance.now()
  const { clocks, different } = compareClocks(CLOCKS, random(SEED).next, isWorkingDay)
  return {
    id: 'clock',
    what: 'drawn deadlines over ten years that differ from a walk minute by minute',
    bar: '0 of 100,000',
    value: different.length,
    unit: 'different',
    n: clocks,
    p50: null,
    p95: null,
    baseline: null,
    scope: '',
    errors: 0,
    met: different.length === 0,
    note: different[0] ?? `each deadline also extended, rested and gone on; ${Math.round((performance.now() - started) / 1000)} s with the walk; seed ${SEED}`,
  }
}
