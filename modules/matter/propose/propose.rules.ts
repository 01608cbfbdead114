// How like two titles are: by it records are proposed for matters, and matters for a record.

/** Pairs of neighbouring characters, by which titles are compared. */
function pairs(text: string): Set<string> {
  const characters = [...text.replace(/[\s\p{P}]/gu, '')]
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))
}

/** How many pairs of characters two titles share. */
export function likeness(left: string, right: string): number {
  const wanted = pairs(left)
  return [...pairs(right)].filter((pair) => wanted.has(pair)).length
}

/** Those whose titles are most like a title first, the rest as they came; so many at most. */
export function likest<Row extends { title: string }>(rows: readonly Row[], title: string, most: number): Row[] {
  return rows
    .map((row) => ({ row, score: likeness(title, row.title) }))
    .sort((left, right) => right.score - left.score)
    .slice(0, most)
    .map(({ row }) => row)
}
