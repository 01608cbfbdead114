// How many things a property is tried on, and which: the same ones in every run of the tests, others when asked for.

/**
 * Parameters for `fc.assert`. `DRAW_SEED=random` draws others, a number these; without it the draws are always the same, so that a run of the tests
 * says something of the code and not of luck. A failure names its seed; `DRAW_SHRINK=1` looks for the smallest one, which can take many minutes.
 */
export function draws(numRuns: number): { numRuns: number; seed?: number; endOnFailure: boolean } {
  const given = process.env.DRAW_SEED ?? '1404'
  return { numRuns, ...(given === 'random' ? {} : { seed: Number(given) }), endOnFailure: process.env.DRAW_SHRINK === undefined }
}
