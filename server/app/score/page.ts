// docs/rubric-files.md as the tests read it: fences, each with the words behind its backticks, and what stands under it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** The page's file. */
export const pageFile = join(root, 'docs/rubric-files.md')
/** The page. */
export const page = readFileSync(pageFile, 'utf8')

export interface Fence {
  /** The words behind the backticks: `yaml items opinions`. */
  kind: string
  text: string
  /** Where the text begins in the page. */
  at: number
  /** The fence that follows with nothing between, if there is one. */
  below: Fence | null
}

/** All fences in the order of the page. */
export const fences: Fence[] = (() => {
  const found = [...page.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)]
  const made = found.map(({ index, 1: kind = '', 2: text = '' }): Fence => ({ kind, text, at: index + kind.length + 4, below: null }))
  for (const [index, { index: at, 0: whole }] of found.entries()) {
    const next = found[index + 1]
    const fence = made[index]
    if (fence !== undefined && next !== undefined && page.slice(at + whole.length, next.index).trim() === '') fence.below = made[index + 1] ?? null
  }
  return made
})()
