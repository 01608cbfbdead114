// npm test: the checks, then every *.test.ts against one throw-away PostgreSQL. Arguments choose files by a part of their path.
// The last line is `N passed, N failed`; a check counts as a test.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { buildPages } from '#server/app/pages.ts'
import { startCluster, throwAwaySettings } from '#server/kit/embedded.ts'
import { adviceFor } from '#server/kit/operator-error.ts'
import { formatCheck, runChecks } from './check.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const FOLDERS = ['base', 'engine', 'modules', 'server', 'web', 'db', 'packs', 'test', 'bench', 'scripts']
const FILE_TIMEOUT_MS = 240_000

/** What a run came to. */
export interface Tally {
  passed: number
  failed: number
}

/** Test files whose path contains one of the words; all without a word. */
export function testFiles(folder: string, words: string[]): string[] {
  return FOLDERS.filter((name) => existsSync(join(folder, name)))
    .flatMap((name) => readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)))
    .filter((file) => file.endsWith('.test.ts') && !/(^|\/)(node_modules|build)\//.test(file))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort()
    .map((file) => join(folder, file))
}

/** The browser journeys need a Chromium: the system's, else the one npm carries. Throws a sentence when there is neither. */
function assertChromium(): void {
  if (['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some((path) => existsSync(path))) return
  const packed = join(root, 'node_modules', '@sparticuz', 'chromium', 'bin')
  if (!existsSync(packed))
    throw new Error(`There is no Chromium for the browser tests: neither /usr/bin/chromium nor ${packed}. Install Debian's chromium, or run "npm ci".`)
}

/** What a failure looks like: the test's path and name, then the error as Node shows it. */
function formatFailure(path: string, error: unknown): string {
  const shown = (one: unknown): string => (one instanceof Error ? (one.stack ?? one.message).replaceAll(/\n +at .*\(?node:internal.*/g, '') : inspect(one))
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  // A property's failure has its draw for a message and the assertion for a cause.
  const text = cause instanceof Error && cause.cause !== undefined ? `${shown(cause)}\ncaused by ${shown(cause.cause)}` : shown(cause)
  return `✗ ${path}\n${text.replace(/^/gm, '    ')}`
}

/** Runs test files two at a time, prints each file's outcome and every failure, and counts. A file may take `timeout` milliseconds. */
export async function runTests(files: string[], signal: AbortSignal, print: (line: string) => void, timeout = FILE_TIMEOUT_MS): Promise<Tally> {
  const tally = { passed: 0, failed: 0 }
  if (files.length === 0) return tally
  const names: string[] = []
  const perFile = new Map<string, Tally & { ms: number }>()
  const stream = run({ files, concurrency: 2, timeout, signal, execArgv: ['--disable-warning=ExperimentalWarning'] })
  const count = (file: string | undefined, what: keyof Tally, ms: number) => {
    const path = file === undefined ? '' : relative(root, file)
    const entry = perFile.get(path) ?? { passed: 0, failed: 0, ms: 0 }
    perFile.set(path, { ...entry, [what]: entry[what] + 1, ms: entry.ms + ms })
    tally[what] += 1
  }
  const fail = (file: string | undefined, text: string, ms: number) => {
    count(file, 'failed', ms)
    print(text)
  }
  stream.on('test:start', ({ name, nesting }) => {
    names.length = nesting
    names[nesting] = name
  })
  stream.on('test:pass', ({ file, name, skip, details }) => {
    // A file without a test stands for itself; nothing was tested there.
    if (name === file) fail(file, `✗ ${relative(root, file)}\n    holds no test`, details.duration_ms)
    else if (details.type !== 'suite' && skip === undefined) count(file, 'passed', details.duration_ms)
  })
  stream.on('test:fail', ({ file, name, nesting, details }) => {
    // A suite or file that fails because a test in it failed was told already.
    const { failureType, exitCode } = details.error as { failureType?: string; exitCode?: number }
    if (failureType === 'subtestsFailed') return
    if (name === file)
      return fail(
        file,
        `✗ ${relative(root, file)}\n    ended outside its tests (exit code ${exitCode}); its standard error above says why`,
        details.duration_ms,
      )
    fail(
      file,
      formatFailure([...(file === undefined ? [] : [relative(root, file)]), ...names.slice(0, nesting), name].join(' › '), details.error),
      details.duration_ms,
    )
  })
  // What a test file wrote is shown only on its standard error, where it complains.
  stream.on('test:stderr', ({ message }) => process.stderr.write(message))
  await new Promise<void>((resolve, reject) => stream.on('end', resolve).on('error', reject).resume())
  for (const [path, { passed, failed, ms }] of [...perFile].sort())
    print(`${failed === 0 ? '✓' : '✗'} ${path} — ${passed} passed${failed === 0 ? '' : `, ${failed} failed`} (${(ms / 1000).toFixed(1)} s)`)
  return tally
}

async function main(words: string[]): Promise<number> {
  const stop = new AbortController()
  const files = testFiles(root, words)
  if (files.length === 0) throw new Error(`No test file's path contains "${words.join('" or "')}".`)
  const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-test-'))
  const cleanUp = () => rmSync(dataDir, { recursive: true, force: true })
  process.on('exit', cleanUp)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())
  process.on('disconnect', () => stop.abort())
  assertChromium()
  const cluster = await startCluster({ dataDir, settings: throwAwaySettings })
  try {
    process.env['DAJUAN_TEST_URL'] = cluster.url('postgres')
    const total = { passed: 0, failed: 0 }
    if (words.length === 0) {
      for (const result of await runChecks(cluster.url('postgres'), 'compare')) {
        console.log(formatCheck(result))
        total[result.problems.length === 0 ? 'passed' : 'failed'] += 1
      }
    }
    if (!stop.signal.aborted) {
      await buildPages(root, join(root, 'web', 'build'))
      const { passed, failed } = await runTests(files, stop.signal, console.log)
      total.passed += passed
      total.failed += failed
    }
    console.log(`${total.passed} passed, ${total.failed} failed`)
    return total.failed === 0 && !stop.signal.aborted ? 0 : 1
  } finally {
    await cluster.stop()
  }
}

if (import.meta.main) {
  // Under `node --test` Node marks its children; a run of our own inside a run would be refused.
  delete process.env['NODE_TEST_CONTEXT']
  main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(`dajuan test: ${adviceFor(error) ?? (error instanceof Error ? error.message : String(error))}`)
      console.log('0 passed, 1 failed')
      process.exit(1)
    },
  )
}
