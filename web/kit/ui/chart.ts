// The arithmetic of the small charts: scales, points, buckets. Values are numbers here, for drawing alone; figures stay strings.

/** The next round number at or above `value`: 1, 2, 2.5, 5 × 10ⁿ. */
export function ceiling(value: number): number {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power
}

export interface Bucket {
  from: number
  to: number
  count: number
}

/** `values` in `count` buckets of equal width between `low` and `high`; the last one holds its upper end. */
export function buckets(values: number[], low: number, high: number, count: number): Bucket[] {
  const width = (high - low) / count
  const list = Array.from({ length: count }, (_, index) => ({ from: low + index * width, to: low + (index + 1) * width, count: 0 }))
  for (const value of values) {
    const bucket = list[Math.min(count - 1, Math.max(0, Math.floor((value - low) / width)))]
    if (bucket) bucket.count += 1
  }
  return list
}

/** Corners of a radar: the first axis points up, the rest follow clockwise; shares of 0–1, centre (0, 0), radius 1. */
export function radarPoints(shares: number[]): { x: number; y: number }[] {
  return shares.map((share, index) => {
    const angle = (index / shares.length) * 2 * Math.PI - Math.PI / 2
    const radius = Math.max(0, Math.min(1, share))
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
  })
}

/** A line through `values` in a box, left to right; null leaves a gap. */
export function linePath(values: (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return ''
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const step = values.length > 1 ? width / (values.length - 1) : 0
  let pen = 'M'
  return values
    .map((value, index) => {
      if (value === null) {
        pen = 'M'
        return ''
      }
      const point = `${pen}${round(index * step)} ${round(high === low ? height / 2 : height - ((value - low) / (high - low)) * height)}`
      pen = 'L'
      return point
    })
    .join('')
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
