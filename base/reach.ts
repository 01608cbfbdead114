// How far posts reach together.

/** The whole tenant, or these ids. */
export type Reached = 'tenant' | readonly string[]

/** What several reach together: the tenant where one does, else each id once. */
export function together(reaches: readonly Reached[]): Reached {
  if (reaches.includes('tenant')) return 'tenant'
  const [only, ...more] = reaches as (readonly string[])[]
  return more.length === 0 ? (only ?? []) : [...new Set([only ?? [], ...more].flat())]
}
