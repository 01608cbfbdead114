// The command line: `dajuan WORD …` runs server/app/cli/WORD.ts. Errors are a sentence and exit code 1, wrong usage is 2.
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Refusal } from '#base/errors.ts'
import { adviceFor, UsageError } from '#server/kit/operator-error.ts'

/** What each file of server/app/cli/ exports. */
export interface Word {
  /** Half a line for the list of words. */
  summary: string
  /** What `--help` prints. */
  usage: string
  /** @returns the exit code. */
  run: (args: string[]) => Promise<number>
}

const folder = new URL('./cli/', import.meta.url)

function words(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -3))
    .sort()
}

async function load(word: string): Promise<Word> {
  return (await import(new URL(`${word}.ts`, folder).href)) as Word
}

async function overview(): Promise<string> {
  const lines: string[] = []
  for (const word of words()) lines.push(`  ${word.padEnd(10)}${(await load(word)).summary}`)
  return `dajuan — every figure opens down to its rows\n\nUsage: dajuan WORD [options]\n\n${lines.join('\n')}\n\n"dajuan WORD --help" says more. --stack before the word shows where an error came from.`
}

/** Runs one command line, prints its errors, and returns the exit code: 0 done, 1 failed, 2 typed wrongly. */
async function dispatch(argv: string[]): Promise<number> {
  const showStack = argv[0] === '--stack'
  const [word, ...args] = showStack ? argv.slice(1) : argv
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') {
    console.log(await overview())
    return word === undefined ? 2 : 0
  }
  if (!/^[a-z][a-z-]*$/.test(word) || !existsSync(fileURLToPath(new URL(`${word}.ts`, folder)))) {
    console.error(`dajuan: there is no word "${word}". The words are ${words().join(', ')}; "dajuan --help" says what each does.`)
    return 2
  }
  try {
    const { usage, run } = await load(word)
    if (args.includes('--help') || args.includes('-h')) {
      console.log(usage)
      return 0
    }
    return await run(args)
  } catch (error) {
    if (showStack) console.error(error)
    return explain(error, word)
  }
}

function explain(error: unknown, word: string): number {
  const { code, message } = error instanceof Error ? (error as Error & { code?: string }) : { code: undefined, message: String(error) }
  if (error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true) {
    console.error(`dajuan ${word}: ${message.split('. To specify')[0]}\n"dajuan ${word} --help" shows how it is used.`)
    return 2
  }
  const known = adviceFor(error) ?? (error instanceof Refusal ? error.message : undefined)
  console.error(
    known === undefined ? `dajuan: ${message || String(error)} (unexpected; "dajuan --stack ${word} …" shows where it came from)` : `dajuan: ${known}`,
  )
  return 1
}

if (import.meta.main) {
  // An error that nobody awaited is a bug; it too is said in a sentence.
  process.on('uncaughtException', (error) => process.exit(explain(error, process.argv[2] ?? '')))
  const code = await dispatch(process.argv.slice(2))
  process.exitCode = code
}
