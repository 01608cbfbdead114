// Runs the engine's tests against one changed file at a time, in this process: each mutant gets modules of its own through loader hooks.
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { collected } from './collected.ts'

/** What the parent sends: a file's text instead of that on the disk; no file tries the tests as they are. */
export interface Trial {
  id: number
  file: string
  text: string
}

/** What killed it; null where every test passed. */
export interface Verdict {
  id: number
  by: string | null
}

const root = join(import.meta.dirname, '..', '..')
const engine = pathToFileURL(join(root, 'engine')).href
const beside = (name: string): string => pathToFileURL(join(import.meta.dirname, name)).href
/** What is put in place of others for the engine's tests; fast-check is asked for by its default export. */
const stands: Record<string, string> = {
  'node:test': beside('collected.ts'),
  '#base/yaml.ts': beside('parsed.ts'),
  'fast-check': `data:text/javascript,export { few as default } from ${JSON.stringify(beside('few-draws.ts'))}`,
}
/** Outside the engine, but made of it: each mutant has its own. */
const cases = beside('../conformance-cases.ts')
const isOwn = (url: string): boolean => url.startsWith(engine) || url.startsWith(cases)
const stripped = new Map<string, string>()
let trial: Trial = { id: 0, file: '', text: '' }

function strip(path: string): string {
  if (path === join(root, trial.file)) return stripTypeScriptTypes(trial.text)
  let text = stripped.get(path)
  if (text === undefined) {
    text = stripTypeScriptTypes(readFileSync(path, 'utf8'))
    stripped.set(path, text)
  }
  return text
}

registerHooks({
  resolve: (specifier, context, next) => {
    const stand = isOwn(context.parentURL ?? '') ? stands[specifier] : undefined
    if (stand !== undefined) return { url: stand, shortCircuit: true }
    const found = next(specifier, context)
    return isOwn(found.url) ? { ...found, url: `${found.url.split('?')[0]}?${trial.id}` } : found
  },
  load: (url, context, next) =>
    isOwn(url) && url.includes('.ts?') ? { format: 'module', source: strip(fileURLToPath(url.split('?')[0] ?? '')), shortCircuit: true } : next(url, context),
})

/** The first test that fails, or an error while the files are read; null when all pass. */
async function killerOf(tests: readonly string[]): Promise<string | null> {
  for (const test of tests) {
    collected.length = 0
    try {
      await import(`${pathToFileURL(join(root, test)).href}?${trial.id}`)
    } catch (error) {
      return `${test}: ${String(error).split('\n')[0]}`
    }
    for (const { name, run } of [...collected]) {
      try {
        await run()
      } catch {
        return `${test}: ${name}`
      }
    }
  }
  return null
}

setPriority(10)
const tests = process.argv.slice(2)
process.on('message', async (given: Trial) => {
  trial = given
  const verdict: Verdict = { id: given.id, by: await killerOf(tests) }
  process.send?.(verdict)
})
