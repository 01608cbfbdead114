// The command line and the start-up cases of issue 2 §1, each with real processes and an empty database.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startCluster, throwAwaySettings } from '#server/kit/embedded.ts'
import { processOf } from '#server/kit/embedded-lock.ts'
import { adviceFor, adviceForLog } from '#server/kit/operator-error.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dajuan-cli-test-'))
// The server's user, who is not root, must be able to enter.
chmodSync(folder, 0o755)
const running = new Set<ChildProcess>()
after(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Run {
  child: ChildProcess
  ended: Promise<{ code: number | null; out: string; err: string }>
  /** The address that the server prints; rejects when it ends before. */
  address: Promise<string>
}

/** Runs bin/dajuan as a user does, with the `node` of PATH. */
function dajuan(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(join(root, 'bin', 'dajuan'), args, { env: { ...process.env, DATABASE_URL: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let out = ''
  let err = ''
  child.stderr.on('data', (part: Buffer) => (err += part))
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => child.on('close', (code) => resolve({ code, out, err })))
  void ended.then(() => running.delete(child))
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      out += part
      const found = /serves at (\S+)/.exec(out)?.[1]
      if (found !== undefined) resolve(found)
    })
    void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${err}`)))
  })
  address.catch(() => undefined)
  return { child, ended, address }
}

function serve(data: string, env: Record<string, string> = {}): Run {
  return dajuan(['serve', '--empty', '--port', '0'], { DAJUAN_DATA: data, ...env })
}

/** Stops as Ctrl-C under npm does: the same signal comes more than once. */
async function stop(run: Run): Promise<void> {
  run.child.kill('SIGINT')
  run.child.kill('SIGINT')
  const { code, err } = await run.ended
  assert.equal(code, 0, err)
}

/** A refusal: exit code 1 and one sentence, no stack. */
async function assertSentence(run: Run, pattern: RegExp): Promise<void> {
  const { code, err } = await run.ended
  assert.equal(code, 1, err)
  assert.match(err, pattern)
  assert.doesNotMatch(err, /\n\s+at /)
}

const data = join(folder, 'data')
const cluster = join(data, 'postgres')
const postmaster = () => Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])

test('[start] an empty data directory becomes a server that answers; Ctrl-C sent twice stops it and its PostgreSQL', async () => {
  const run = serve(data)
  const reply = await fetch(`${await run.address}/api/place`)
  assert.match(reply.headers.get('content-type') ?? '', /json/)
  const pid = postmaster()
  await stop(run)
  assert.equal(processOf(pid), undefined)
  assert.equal(existsSync(join(cluster, 'postmaster.pid')), false)
})

test('[start] the second start installs, loads and builds nothing', async (t) => {
  const began = performance.now()
  const run = serve(data)
  await fetch(await run.address)
  t.diagnostic(`answered after ${Math.round(performance.now() - began)} ms; the bench holds the bar`)
  await stop(run)
  const { out, err } = await run.ended
  assert.doesNotMatch(out + err, /Installing|Building|演示城市/)
})

test('[start] a data directory in use by a living dajuan is refused with its process id', async () => {
  const first = serve(data)
  await first.address
  await assertSentence(serve(data), /in use by another dajuan \(process \d+\)\. Stop that one/)
  await stop(first)
})

test('[start] a PostgreSQL that a killed run left is stopped and started anew', async () => {
  const killed = serve(data)
  await killed.address
  const orphan = postmaster()
  process.kill(Number(readFileSync(join(cluster, 'dajuan.owner'), 'utf8')), 'SIGKILL')
  await killed.ended
  assert.notEqual(processOf(orphan), undefined, 'PostgreSQL outlives its killed parent')
  const next = serve(data)
  await next.address
  assert.notEqual(postmaster(), orphan)
  await stop(next)
})

test('[start] when the start script is killed outright the server stops too', async () => {
  const run = serve(data)
  await run.address
  const pid = postmaster()
  run.child.kill('SIGKILL')
  for (let i = 0; i < 100 && processOf(pid) !== undefined; i += 1) await wait(50)
  assert.equal(processOf(pid), undefined)
})

test('[start] a stale postmaster.pid whose number another program now has is cleared away', async () => {
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1700000000\n5432\n/tmp/none\n\n\nready\n`)
  const run = serve(data)
  await run.address
  await stop(run)
})

test('[start] a port in use is named, with a way out', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.on('listening', resolve))
  const { port } = taken.address() as { port: number }
  await assertSentence(dajuan(['serve', '--empty', '--port', String(port)], { DAJUAN_DATA: data }), new RegExp(`Port ${port} is in use.*--port ${port + 1}`))
  taken.close()
})

test('[start] a database migrated by a newer version is refused', async () => {
  const server = await startCluster({ dataDir: cluster, settings: throwAwaySettings })
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  await client.query(`insert into public.migration (name, hash) values ('9999-later.sql', 'x')`)
  await client.end()
  await server.stop()
  await assertSentence(serve(data), /newer version of Dajuan \(9999-later\.sql\)/)
})

test("[start] another PostgreSQL version's data directory is refused", async () => {
  const other = join(folder, 'seventeen', 'postgres')
  mkdirSync(other, { recursive: true })
  writeFileSync(join(other, 'PG_VERSION'), '17\n')
  await assertSentence(serve(join(folder, 'seventeen')), /made by PostgreSQL 17, this dajuan brings 18/)
})

test('[start] a directory with other files is not taken for a database', async () => {
  mkdirSync(join(folder, 'letters', 'postgres'), { recursive: true })
  writeFileSync(join(folder, 'letters', 'postgres', 'letter.txt'), 'dear')
  await assertSentence(serve(join(folder, 'letters')), /holds other files \(letter\.txt\).*Set DAJUAN_DATA/)
})

test('[start] a place where no directory can be made is said', async () => {
  writeFileSync(join(folder, 'file'), '')
  await assertSentence(serve(join(folder, 'file', 'data')), /can't be made there\. Set DAJUAN_DATA/)
})

test("[start] a data directory in a folder that others can't enter works, as root by a link to a place they can", async () => {
  const closed = mkdtempSync(join(folder, 'closed-'))
  assert.ok(chmodSync(closed, 0o700) === undefined)
  const run = serve(closed)
  await run.address
  const place = realpathSync(join(closed, 'postgres'))
  await stop(run)
  if (process.getuid?.() === 0) {
    assert.match(place, /^\/var\/lib\/dajuan\/data-/)
    rmSync(place, { recursive: true })
  } else assert.ok(place.startsWith(realpathSync(closed)))
})

test('[start] a DATABASE_URL that leads nowhere, or is none, is said', async () => {
  await assertSentence(serve(data, { DATABASE_URL: 'postgresql://x@127.0.0.1:9/x' }), /No PostgreSQL answers at 127\.0\.0\.1:9\/x/)
  await assertSentence(serve(data, { DATABASE_URL: 'localhost' }), /not a connection string/)
})

test('[start] a full disk is said, whether Node, PostgreSQL or a query met it', () => {
  assert.match(adviceFor(Object.assign(new Error('write'), { code: 'ENOSPC' })) ?? '', /disk is full/)
  assert.match(
    adviceFor(new Error('Migration failed', { cause: Object.assign(new Error('could not extend file'), { code: '53100' }) })) ?? '',
    /disk .* is full/,
  )
  assert.match(adviceForLog('initdb: error: could not write file: No space left on device') ?? '', /disk is full/)
  assert.equal(adviceFor(new Error('a bug')), undefined)
})

test('[start] a machine for which npm has no PostgreSQL is told of DATABASE_URL', async () => {
  const script = `Object.defineProperty(process, 'arch', { value: 'riscv64' }); const { binaries } = await import('${new URL('../kit/embedded-place.ts', import.meta.url).href}'); try { binaries() } catch (error) { console.log(error.message) }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (part: Buffer) => (out += part))
  await new Promise((resolve) => child.on('close', resolve))
  assert.match(out, /no PostgreSQL for linux-riscv64|no PostgreSQL for \w+-riscv64/)
})

test('[cli] --help lists the words; each word has its own --help', async () => {
  const { code, out } = await dajuan(['--help']).ended
  assert.equal(code, 0)
  for (const word of ['serve', 'migrate', 'openapi']) {
    assert.match(out, new RegExp(`\\n {2}${word} `))
    const help = await dajuan([word, '--help']).ended
    assert.equal(help.code, 0)
    assert.match(help.out, new RegExp(`^Usage: dajuan ${word}`))
  }
})

test('[cli] an unknown word, option or port is wrong usage: exit code 2', async () => {
  for (const [args, pattern] of [
    [['nonsense'], /there is no word "nonsense"/],
    [['serve', '--nonsense'], /Unknown option '--nonsense'/],
    [['serve', '--port', '99999'], /--port is "99999"/],
  ] as const) {
    const { code, err } = await dajuan([...args]).ended
    assert.equal(code, 2, err)
    assert.match(err, pattern)
  }
})

test('[cli] openapi prints every endpoint', async () => {
  const { code, out } = await dajuan(['openapi']).ended
  assert.equal(code, 0)
  const document = JSON.parse(out) as { openapi: string; paths: Record<string, Record<string, { operationId: string }>> }
  assert.equal(document.openapi, '3.1.0')
  assert.equal(document.paths['/api/sign-in']?.['post']?.operationId, 'access.sign-in')
})
