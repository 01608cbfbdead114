// npm run check: types, lint, format, imports, sizes, dependencies, schema dumps, table rules, query shapes. `--write` rewrites the schema dumps and the documents' line numbers (`npm run format` mends lint and format).
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startCluster, throwAwaySettings } from '#server/kit/embedded.ts'
import { migrate } from '#server/kit/migrate.ts'
import { checkDependencies } from './check-dependencies.ts'
import { checkImports } from './check-imports.ts'
import { checkLinks } from './check-links.ts'
import { checkLock } from './check-lock.ts'
import { checkMatterDiagrams } from './check-matters.ts'
import { checkQueries } from './check-queries.ts'
import { checkTables, compareDumps, dumpSchemas } from './check-schema.ts'
import { checkSizes } from './check-sizes.ts'

export interface CheckResult {
  name: string
  /** One line each, beginning with a place where there is one. */
  problems: string[]
  note: string
  seconds: number
}

type Found = string[] | { problems: string[]; note: string }

const root = fileURLToPath(new URL('../', import.meta.url))
const bin = (name: string) => join(root, 'node_modules', name)

async function timed(name: string, work: () => Promise<Found> | Found): Promise<CheckResult> {
  const started = performance.now()
  let found: Found
  try {
    found = await work()
  } catch (error) {
    found = [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  }
  const seconds = (performance.now() - started) / 1000
  return Array.isArray(found) ? { name, problems: found, note: '', seconds } : { name, ...found, seconds }
}

/** Runs a tool under this Node; its output is the problem when it fails. */
async function tool(script: string, args: string[]): Promise<string[]> {
  let output = ''
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part))
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  return code === 0 ? [] : [output.trim()]
}

async function svelteCheck(): Promise<Found> {
  const pages = ['web', 'modules']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }))
    .some((name) => name.endsWith('.svelte'))
  if (!pages) return { problems: [], note: 'no pages yet' }
  const synced = await tool(bin('@sveltejs/kit/svelte-kit.js'), ['sync'])
  return synced.length > 0
    ? synced
    : tool(bin('svelte-check/bin/svelte-check'), ['--tsconfig', 'web/tsconfig.json', '--threshold', 'warning', '--output', 'human'])
}

/** The checks that read the schema, on a database of their own in the cluster at `url`. */
async function databaseChecks(url: string, mode: 'compare' | 'write'): Promise<CheckResult[]> {
  const name = `check_${process.pid}`
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  await owner.query(`create database ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const client = new pg.Client({ connectionString: own.href })
  try {
    await migrate(own.href)
    await client.connect()
    return [
      await timed('schema dumps are those of the migrated database', async () => compareDumps(await dumpSchemas(client), join(root, 'db', 'schema'), mode)),
      await timed('tables of tenants are secured, keyed by tenant_id, and point to earlier schemas', () => checkTables(client)),
      await timed('queries return the rows they declare', () => checkQueries(client, root)),
    ]
  } finally {
    await client.end()
    await owner.query(`drop database ${name} with (force)`)
    await owner.end()
  }
}

/**
 * Runs all checks.
 * @param url connection string of a cluster's owner; the check makes and drops its own database there.
 */
export async function runChecks(url: string, mode: 'compare' | 'write'): Promise<CheckResult[]> {
  const biome = [
    'check',
    ...(mode === 'write' ? ['--write'] : []),
    '--max-diagnostics=60',
    '--diagnostic-level=error',
    '--reporter=summary',
    '--colors=off',
    '.',
  ]
  const quick = await Promise.all([
    timed('lint and format (biome)', () => tool(bin('@biomejs/biome/bin/biome'), biome)),
    timed('imports, environment, pool and SQL are where they belong', () => checkImports(root)),
    timed('no file is too long', () => checkSizes(root)),
    timed('links in the documents lead where they say', () => checkLinks(root, mode)),
    timed('kinds of matter are drawn as they are', () => checkMatterDiagrams(root, mode)),
    timed('versions are pinned and the lock file is whole', () => checkLock(root)),
    timed('dependencies are sealed, from the registry and without known advisories', () => checkDependencies(root)),
  ])
  const database = await databaseChecks(url, mode).catch(async (error: unknown) => [
    await timed('migrations apply to an empty database', () => Promise.reject(error as Error)),
  ])
  const types = await timed('types (tsc)', () => tool(bin('typescript/bin/tsc'), ['--noEmit', '-p', '.']))
  return [...quick, ...database, types, await timed('types of the pages (svelte-check)', svelteCheck)]
}

/** One check as lines for a person. */
export function formatCheck({ name, problems, note, seconds }: CheckResult): string {
  const head = `${problems.length === 0 ? '✓' : '✗'} ${name}${note === '' ? '' : ` — ${note}`} (${seconds.toFixed(1)} s)`
  return [head, ...problems.map((problem) => problem.replace(/^/gm, '    '))].join('\n')
}

if (import.meta.main) {
  const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-check-'))
  const cluster = await startCluster({ dataDir, settings: throwAwaySettings })
  try {
    const results = await runChecks(cluster.url('postgres'), process.argv.includes('--write') ? 'write' : 'compare')
    for (const result of results) console.log(formatCheck(result))
    process.exitCode = results.every(({ problems }) => problems.length === 0) ? 0 : 1
  } finally {
    await cluster.stop()
    if (existsSync(dataDir)) rmSync(dataDir, { recursive: true, force: true })
  }
}
