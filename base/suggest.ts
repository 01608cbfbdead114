// "Did you mean …?": the known name nearest to a misspelt one.

/** Steps (insert, delete, replace, swap) from a to b. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_unused, j) => (i === 0 ? j : j === 0 ? i : 0)))
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(i - 2, j - 2) + 1)
      const row = rows[i]
      if (row !== undefined) row[j] = best
    }
  return at(a.length, b.length)
}

/** A hint: the nearest name, or the names there are (at most 12), or undefined when there are none. */
export function suggest(given: string, known: string[]): string | undefined {
  const near = known
    .map((name) => ({ name, far: distance(given.slice(0, 60).toLowerCase(), name.slice(0, 60).toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0]
  if (near === undefined) return undefined
  if (near.far <= Math.max(1, Math.floor(given.length / 3))) return `did you mean \`${near.name}\`?`
  return `known: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}`
}
