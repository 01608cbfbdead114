// File sizes: none over 400 lines, generated files aside; the median is told (house.md §3).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceFiles } from './check-imports.ts'

const LIMIT = 400

/** Lines of every source file and migration, and those over the limit. */
export function checkSizes(root: string): { problems: string[]; note: string } {
  const migrations = readdirSync(join(root, 'db', 'migrations'), { encoding: 'utf8' }).map((name) => join('db', 'migrations', name))
  const sizes = [...sourceFiles(root), ...migrations].map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
  const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  return {
    problems: sizes.filter(({ lines }) => lines > LIMIT).map(({ path, lines }) => `${path}:1 has ${lines} lines, the limit is ${LIMIT}; split it by sub-noun`),
    note: `${sizes.length} files, median ${at(0.5)} lines, nine in ten up to ${at(0.9)}, longest ${at(1)}`,
  }
}
