// Links in the documents that name a line: the line must hold the word that the link shows.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const LINK = /\[`?([^\]`]+)`?\]\(([^)#\s]+)(?:#L(\d+))?\)/g

function documents(root: string): string[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name))
  return [...docs, ...readdirSync(root)].filter((name) => name.endsWith('.md')).map((name) => join(root, name))
}

/** The first line that defines the word, else the first that holds it; 0 when none does. Words of a component are found in its file's first line. */
function lineOf(lines: string[], word: string): number {
  const name = word.replace(/\(\)$/, '')
  const defined = lines.findIndex((line) =>
    new RegExp(`(function|const|interface|type|key:|policy|create function) +${name.replace(/[.$]/g, '\\$&')}\\b`).test(line),
  )
  return (defined >= 0 ? defined : lines.findIndex((line) => line.includes(name))) + 1
}

/**
 * Checks the relative links of README, docs and the like: the file is there, and a `#L` line holds the word that the link shows.
 * In mode `write` the line numbers are put right instead.
 */
export function checkLinks(root: string, mode: 'compare' | 'write'): string[] {
  const problems: string[] = []
  for (const path of documents(root)) {
    const text = readFileSync(path, 'utf8')
    const mended = text.replace(LINK, (whole: string, word: string, target: string, line: string | undefined) => {
      if (/^[a-z]+:/.test(target)) return whole
      const file = join(dirname(path), target)
      const at = relative(root, path)
      if (!existsSync(file)) {
        problems.push(`${at} links to ${target}, which is not there`)
        return whole
      }
      if (line === undefined || file.endsWith('.svelte')) return whole
      const lines = readFileSync(file, 'utf8').split('\n')
      if (lines[Number(line) - 1]?.includes(word.replace(/\(\)$/, '')) === true && lineOf(lines, word) === Number(line)) return whole
      const right = lineOf(lines, word)
      if (right === 0) problems.push(`${at} links to ${target} for ${word}, which it does not hold`)
      else if (mode === 'compare') problems.push(`${at} links to ${target}#L${line} for ${word}, which is in line ${right}; run "npm run check -- --write"`)
      return whole.replace(`#L${line})`, `#L${right === 0 ? line : right})`)
    })
    if (mode === 'write' && mended !== text) writeFileSync(path, mended)
  }
  return problems
}
