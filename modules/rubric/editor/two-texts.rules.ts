// Two texts side by side: where they differ, with a line of what they share around it. Pure.

/** A line of either text, null where the other has one more; `isSame` where both have it, `gap` before it how many shared lines aren't shown. */
export interface Pair {
  left: string | null
  right: string | null
  isSame: boolean
  gap: number
}

/** More lines that differ than this are shown one under the other, unmatched. */
const matched = 1500

/** The lines in which two texts differ. */
export function twoTexts(left: string, right: string): Pair[] {
  const [a, b] = [left.split('\n'), right.split('\n')]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  const same = (line: string): Pair => ({ left: line, right: line, isSame: true, gap: 0 })
  return shortened([
    ...a.slice(0, head).map(same),
    ...between(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ])
}

/** Lines matched by a longest common run. */
function between(a: string[], b: string[]): Pair[] {
  const alone = (left: string[], right: string[]): Pair[] =>
    Array.from({ length: Math.max(left.length, right.length) }, (_, at) => ({ left: left[at] ?? null, right: right[at] ?? null, isSame: false, gap: 0 }))
  if (a.length > matched || b.length > matched) return alone(a, b)
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const [row, below] = [longest[i], longest[i + 1]]
      if (row && below) row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  const pairs: Pair[] = []
  let [i, j, fromI, fromJ] = [0, 0, 0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      pairs.push(...alone(a.slice(fromI, i), b.slice(fromJ, j)), { left: a[i] ?? null, right: b[j] ?? null, isSame: true, gap: 0 })
      i += 1
      j += 1
      fromI = i
      fromJ = j
    } else if ((longest[i + 1]?.[j] ?? 0) >= (longest[i]?.[j + 1] ?? 0)) i += 1
    else j += 1
  }
  return [...pairs, ...alone(a.slice(fromI), b.slice(fromJ))]
}

/** Leaves out what is the same, but for a line on either side. */
function shortened(pairs: Pair[]): Pair[] {
  const isNear = (at: number): boolean => [at - 1, at, at + 1].some((near) => pairs[near]?.isSame === false)
  const shown: Pair[] = []
  let gap = 0
  for (const [at, pair] of pairs.entries()) {
    if (!isNear(at)) gap += 1
    else {
      shown.push({ ...pair, gap })
      gap = 0
    }
  }
  return shown
}
