// dajuan serve: the server, until it is told to stop.
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from '#server/kit/operator-error.ts'
import { readConfig, tlsOf } from '../config.ts'

export const summary = 'start the server (npm start does the same)'

export const usage = `Usage: dajuan serve [--empty] [--port N] [--data DIR] [--host H] [--tls-cert F --tls-key F] [--trust-proxy ADDR]…

Starts PostgreSQL (unless DATABASE_URL names one), brings it up to date, loads the pack and, into a new database,
the demonstration city, builds the web pages if they are stale, and serves until Ctrl-C.

  --empty      a production start: no demonstration data
  --port N     port to serve on, 0 for any free one (default: PORT, else 8080)
  --data DIR   data directory (default: DAJUAN_DATA, else .data in the checkout)
  --host H     address to serve on (default: DAJUAN_HOST, else 127.0.0.1); another than the loopback needs TLS or a proxy that does it
  --tls-cert F, --tls-key F
               serve HTTPS with this certificate (chain) and key, in PEM (default: DAJUAN_TLS_CERT, DAJUAN_TLS_KEY)
  --trust-proxy ADDR
               believe X-Forwarded-For, -Proto and -Host of this address or network alone (default: DAJUAN_TRUST_PROXY); may be repeated`

/** A second Ctrl-C this long after the first means "now"; npm and a shell send one key press two or three times. */
const IMPATIENT_MS = 3000

/** Starts the server; resolves when it has been stopped. Rule: issue 2 §1. */
export async function run(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      ...{ empty: { type: 'boolean' }, port: text, data: text },
      ...{ host: text, 'tls-cert': text, 'tls-key': text, 'trust-proxy': { ...text, multiple: true } },
    },
  })
  const config = readConfig()
  if (values.port !== undefined) config.port = portOf(values.port)
  if (values.data !== undefined) config.dataDir = resolve(values.data)
  if (values.host !== undefined) config.host = values.host
  if (values['tls-cert'] !== undefined || values['tls-key'] !== undefined)
    config.tls = tlsOf(values['tls-cert'] ?? config.tls?.certFile, values['tls-key'] ?? config.tls?.keyFile)
  if (values['trust-proxy'] !== undefined) config.proxies = values['trust-proxy']
  let ready = false
  const stopAsked = new Promise<void>((done) => {
    let first: number | undefined
    const stop = () => {
      first ??= performance.now()
      // Nothing is served yet, or it was asked again: PostgreSQL is told to stop as this program ends.
      if (!ready || performance.now() - first > IMPATIENT_MS) process.exit(130)
      done()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
    // The start script was killed outright: nobody would be left to stop us.
    process.on('disconnect', stop)
    // Listening to that channel must not keep a server alive that has stopped.
    process.channel?.unref()
  })
  await assertFree(config.port, config.host)
  // Loaded now, so that --help and a wrong word answer at once.
  const { serve } = await import('../main.ts')
  const serving = await serve(config, { empty: values.empty === true })
  ready = true
  console.log(`Dajuan serves at ${serving.address}${accounts(config.dataDir)} — Ctrl-C stops it.`)
  await stopAsked
  await serving.stop()
  return 0
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port is "${text}"; give a number from 0 to 65535`)
  return port
}

/** Said before anything is installed or loaded: throws what `listen` throws when the port is taken. */
async function assertFree(port: number, host: string): Promise<void> {
  const probe = createServer().listen(port, host)
  await once(probe, 'listening')
  probe.close()
  await once(probe, 'close')
}

/** The demonstration's accounts for the line that `serve` prints; nothing for a production database. */
function accounts(dataDir: string): string {
  const file = join(dataDir, 'demo-accounts.json')
  if (!existsSync(file)) return ''
  const listed = JSON.parse(readFileSync(file, 'utf8')) as Array<{ account: string; password: string }>
  const shown = listed.slice(0, 6).map(({ account, password }) => `${account}/${password}`)
  return ` — demonstration accounts: ${shown.join(', ')}${listed.length > shown.length ? ` … (${listed.length} in ${file})` : ''}`
}
