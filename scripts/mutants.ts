// Seeded mutants of the engine's check, plan and compile, each tried against the tests that need no database: what no test notices is printed.
//   npm run mutants [-- --seed 1404 --count 500 --workers 1 --only engine/plan.ts]
import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Change, changesOf } from './mutants/changes.ts'
import { typeChecker } from './mutants/types.ts'
import type { Trial, Verdict } from './mutants/worker.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1404' },
    count: { type: 'string', default: '500' },
    workers: { type: 'string', default: '1' },
    only: { type: 'string' },
    killers: { type: 'boolean' },
  },
})
/** A mutant that takes so many times as long as no mutant loops; at first, how long no mutant may take. */
const times = 15
let patience = 120_000
/** A worker is replaced after so many mutants, whose modules it can't forget. */
const shift = 40

const mutated = /^(check.*|plan|cel.*|.*-sql|stages|expr|context|extend)\.ts$/
const names = readdirSync(join(root, 'engine')).sort()
const files = names
  .filter((name) => mutated.test(name) && !name.includes('.test.'))
  .map((name) => `engine/${name}`)
  .filter((name) => values.only === undefined || name === values.only)
/** Those that need a database, and one that wants more draws than a mutant gets and tests no mutated file. */
const isLeftOut = (name: string): boolean =>
  name === 'reweigh.test.ts' || /#(test\/(?!golden|draws|small-rubric)|server\/|db\/|modules\/)/.test(readFileSync(join(root, 'engine', name), 'utf8'))
const tests = names.filter((name) => name.endsWith('.test.ts') && !isLeftOut(name))
/** The longest come last. */
const long = ['extend.test.ts', 'check.test.ts', 'explain.test.ts', 'conformance.test.ts', 'mistakes.test.ts']
const ranked = tests.toSorted((a, b) => long.indexOf(a) - long.indexOf(b) || a.localeCompare(b)).map((name) => `engine/${name}`)

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function drawer(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function shuffled<T>(given: readonly T[], draw: () => number): T[] {
  const list = [...given]
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(draw() * (at + 1))
    const [a, b] = [list[at], list[other]]
    if (a !== undefined && b !== undefined) [list[at], list[other]] = [b, a]
  }
  return list
}

/** Where a change stands and what it does, on a line. */
function wordsOf({ file, line, kind, start, end, text }: Change): string {
  const short = (one: string): string => JSON.stringify(one.length > 90 ? `${one.slice(0, 90)}…` : one)
  return `${file}:${line}  ${kind}: ${short((texts.get(file) ?? '').slice(start, end))} → ${short(text)}`
}

interface Mutant {
  change: Change
  by: string | null
}

const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
const textOf = ({ file, start, end, text }: Change): string => {
  const whole = texts.get(file) ?? ''
  return whole.slice(0, start) + text + whole.slice(end)
}
const all = files.flatMap((file) => changesOf(file, texts.get(file) ?? ''))
const waiting = shuffled(all, drawer(Number(values.seed)))
const typedOf = typeChecker(root, files)
const wanted = Number(values.count)
const mutants: Mutant[] = []
let [refused, taken] = [0, 0]

/** So many drawn changes are checked for types at a time, in as few rounds as one change a file allows. */
const window = 60
const ready: Change[] = []

function checkSome(): void {
  const drawn = waiting.splice(0, window).filter((change) => textOf(change) !== texts.get(change.file))
  const typed = new Set<Change>()
  for (let left = drawn; left.length > 0; ) {
    const round = new Map<string, Change>()
    for (const change of left) if (!round.has(change.file)) round.set(change.file, change)
    const good = typedOf(new Map([...round].map(([file, change]) => [file, textOf(change)])))
    for (const [file, change] of round) if (good.has(file)) typed.add(change)
    left = left.filter((change) => round.get(change.file) !== change)
  }
  refused += drawn.length - typed.size
  ready.push(...drawn.filter((change) => typed.has(change)))
}

/** The next change that leaves the file with its types. */
function next(): Change | undefined {
  if (taken >= wanted) return undefined
  while (ready.length === 0 && waiting.length > 0) checkSome()
  taken += 1
  return ready.shift()
}

/** One worker's answer; a worker that is silent too long, or falls over, has killed its mutant. */
function ask(child: ChildProcess, trial: Trial): Promise<Verdict> {
  return new Promise((resolve) => {
    const end = (by: string | null): void => {
      clearTimeout(timer)
      child.removeAllListeners()
      resolve({ id: trial.id, by })
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      end('it takes too long')
    }, patience)
    child.once('message', (verdict: Verdict) => end(verdict.by))
    child.once('exit', () => end('the process ends'))
    child.send(trial)
  })
}

let trials = 0
async function work(): Promise<void> {
  let child: ChildProcess | undefined
  let left = 0
  const start = (): ChildProcess => {
    child?.kill()
    left = shift
    return fork(join(root, 'scripts/mutants/worker.ts'), ranked, {
      execPath: process.execPath,
      execArgv: ['--no-warnings'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
  }
  child = start()
  trials += 1
  const before = Date.now()
  const untouched = await ask(child, { id: trials, file: '', text: '' })
  if (untouched.by !== null) throw new Error(`the tests fail without a mutant: ${untouched.by}`)
  patience = Math.max(30_000, times * (Date.now() - before))
  for (let change = next(); change !== undefined; change = next()) {
    if (left === 0 || !child.connected) child = start()
    left -= 1
    trials += 1
    const { by } = await ask(child, { id: trials, file: change.file, text: textOf(change) })
    mutants.push({ change, by })
    if (by === null) console.error(`survives: ${wordsOf(change)}`)
    if (mutants.length % 50 === 0) console.error(`${mutants.length} tried, ${mutants.filter(({ by }) => by === null).length} survive`)
  }
  child.kill()
}

setPriority(10)
const begun = Date.now()
await Promise.all(Array.from({ length: Number(values.workers) }, work))

const share = (killed: number, of: number): string =>
  `${String(killed).padStart(5)} of ${String(of).padStart(4)}  ${((100 * killed) / Math.max(1, of)).toFixed(1).padStart(5)} %`
const survivors = mutants.filter(({ by }) => by === null)
console.log(
  `seed ${values.seed}: ${mutants.length} mutants of ${all.length} possible changes, ${refused} drawn and refused by the compiler; tests: ${ranked.map((name) => name.slice(7)).join(' ')}\n`,
)
for (const file of files) {
  const own = mutants.filter(({ change }) => change.file === file)
  console.log(`${file.padEnd(28)}${share(own.filter(({ by }) => by !== null).length, own.length)}`)
}
console.log(`${'killed'.padEnd(28)}${share(mutants.length - survivors.length, mutants.length)}   in ${Math.round((Date.now() - begun) / 1000)} s`)
if (values.killers === true) {
  const killers = Map.groupBy(mutants, ({ by }) => by?.split(':')[0] ?? 'none')
  for (const [by, list] of killers) console.log(`  ${String(list.length).padStart(5)}  ${by}`)
}
console.log(survivors.length === 0 ? '' : '\nsurvivors')
for (const { change } of survivors.toSorted((a, b) => a.change.file.localeCompare(b.change.file) || a.change.line - b.change.line)) {
  console.log(`  ${wordsOf(change)}`)
}
