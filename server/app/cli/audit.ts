// dajuan audit: checks the trail's chain offline, writes it to a file, prunes it; what the auditor's page can't do.
import { createPublicKey, type KeyObject } from 'node:crypto'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import {
  addedBehind,
  chainLines,
  chainOf,
  chainOfFile,
  checkpointsFile,
  checkpointsOf,
  type Fault,
  keyIdOf,
  prune,
  type Verdict,
  verifyChain,
} from '#modules/audit/index.ts'
import { openPool, transaction } from '#server/kit/db.ts'
import { appUrl, migrate } from '#server/kit/migrate.ts'
import { OperatorError, UsageError } from '#server/kit/operator-error.ts'
import { asOwner } from '#server/kit/owner.ts'
import { loadSecrets } from '#server/kit/secrets.ts'
import { loadTenants, type Tenant } from '#server/kit/tenant.ts'
import { type Config, readConfig } from '../config.ts'

export const summary = 'check, export and prune the trail of who did what'

export const usage = `Usage: dajuan audit verify [--file FILE] [--checkpoints FILE] [--key FILE] [--tenant SLUG]
       dajuan audit export FILE [--tenant SLUG]
       dajuan audit prune [--tenant SLUG]
       dajuan audit key

verify    walks the chain of every city (or of an exported file, without a database), holds it against its signed checkpoints, and names the
          first entry that is wrong: content, order, missing, added, signature. Exit code 1 where one is.
export    writes a city's chain to FILE, one JSON object a line.
prune     deletes what is older than keep_days of the pack's audit.yaml, up to a checkpoint; leaves an entry and prints what went.
key       prints the public key of the checkpoints, to be kept with copies of them.

  --file FILE          the exported chain to check
  --checkpoints FILE   checkpoints kept elsewhere (default: audit/checkpoints.ndjson in DAJUAN_DATA, where it is)
  --key FILE           the public key (default: the one of this installation's secret)
  --tenant SLUG        which city (default: verify and prune: all; export: the first)`

type Values = Partial<Record<'file' | 'checkpoints' | 'key' | 'tenant', string>>

/** Runs one of the four verbs. Rule: issue 3 §5. */
export async function run(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { file: text, checkpoints: text, key: text, tenant: text } })
  const [verb, ...rest] = positionals
  const config = readConfig()
  if (verb === 'verify' && rest.length === 0) return values.file === undefined ? verifyDatabase(config, values) : verifyFile(config, values.file, values)
  if (verb === 'export' && rest.length === 1) return exportChain(config, rest[0] ?? '', values)
  if (verb === 'prune' && rest.length === 0) return pruneAll(config, values)
  if (verb === 'key' && rest.length === 0) return printKey(config)
  throw new UsageError('say "dajuan audit verify", "export FILE", "prune" or "key"')
}

async function verifyFile(config: Config, file: string, values: Values): Promise<number> {
  const chain = await chainOfFile(file)
  const outside = outsideOf(config, values, chain.tenant)
  const verdict = await verifyChain({ ...chain, checkpoints: [...chain.checkpoints, ...outside] }, keyOf(config, values))
  return tell(chain.tenant, verdict)
}

async function verifyDatabase(config: Config, values: Values): Promise<number> {
  const key = keyOf(config, values)
  return withTenants(config, values, async ({ tenants, pool }) => {
    let code = 0
    for (const tenant of tenants) {
      const outside = outsideOf(config, values, tenant.slug)
      const verdict = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => {
        const chain = await chainOf(tx)
        const found = await verifyChain({ ...chain, checkpoints: [...chain.checkpoints, ...outside] }, key)
        return { ...found, fault: found.fault ?? (await addedBehind(tx)) }
      })
      code = Math.max(code, tell(tenant.slug, verdict))
    }
    return code
  })
}

async function exportChain(config: Config, file: string, values: Values): Promise<number> {
  if (existsSync(file)) throw new OperatorError(`${file} is there already; name a new file.`)
  return withTenants(config, values, async ({ tenants: [tenant], pool }) => {
    if (tenant === undefined) throw new OperatorError('There is no city in this database yet.')
    await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => {
      await pipeline(Readable.from(chainLines(await chainOf(tx))), createWriteStream(file, { mode: 0o600 }))
    })
    console.log(`Wrote the chain of ${tenant.slug} to ${file}. Check it with: dajuan audit verify --file ${file}`)
    return 0
  })
}

async function pruneAll(config: Config, values: Values): Promise<number> {
  return withTenants(config, values, async ({ tenants, url }) => {
    const { loadPacks } = await import('../pack.ts')
    loadPacks(join(config.root, 'packs'))
    for (const tenant of tenants) {
      const gone = await asOwner(url, tenant, prune)
      if (gone === null) console.log(`${tenant.slug}: nothing is old enough.`)
      else console.log(`${tenant.slug}: ${gone.entries} entries up to position ${gone.seq} deleted, written from ${gone.first} to ${gone.last}.`)
    }
    return 0
  })
}

function printKey(config: Config): number {
  const { publicKey } = loadSecrets(config.dataDir, config.secretFile).signingKeys('audit')
  console.log(`${publicKey.export({ type: 'spki', format: 'pem' })}key id ${keyIdOf(publicKey)}`)
  return 0
}

interface Opened {
  tenants: Tenant[]
  pool: ReturnType<typeof openPool>
  url: string
}

/** The database's cities, or the one that was named; all is closed afterwards. */
async function withTenants(config: Config, { tenant: slug }: Values, work: (opened: Opened) => Promise<number>): Promise<number> {
  // Loaded now, so that --help and a file's check start nothing.
  const { openForReading } = await import('../reading.ts')
  const database = await openForReading(config)
  const pool = openPool(appUrl(database.url), 2)
  try {
    await migrate(database.url)
    const all = await loadTenants(pool)
    const tenants = slug === undefined ? all : all.filter((one) => one.slug === slug)
    if (slug !== undefined && tenants.length === 0) throw new UsageError(`--tenant is "${slug}"; the tenants are ${all.map((one) => one.slug).join(', ')}`)
    return await work({ tenants, pool, url: database.url })
  } finally {
    await pool.end()
    await database.stop()
  }
}

function outsideOf(config: Config, { checkpoints }: Values, tenant: string) {
  const usual = checkpointsFile(config.dataDir)
  if (checkpoints === undefined && !existsSync(usual)) return []
  return checkpointsOf(checkpoints ?? usual, tenant)
}

/** The key given, or this installation's; a check makes no new secret. */
function keyOf(config: Config, { key }: Values): KeyObject {
  if (key !== undefined) {
    if (!existsSync(key)) throw new OperatorError(`There is no file ${key}.`)
    return createPublicKey(readFileSync(key, 'utf8').replace(/\nkey id.*/s, '\n'))
  }
  if (config.secretFile === undefined && !existsSync(join(config.dataDir, 'secret')))
    throw new OperatorError(`There is no secret in ${config.dataDir}. Name the public key that "dajuan audit key" printed: --key FILE.`)
  return loadSecrets(config.dataDir, config.secretFile).signingKeys('audit').publicKey
}

function tell(tenant: string, { entries, first, last, checkpoints, signed, late, fault }: Verdict): number {
  const span = first === null || last === null ? 'nothing is sealed yet' : `${entries} entries, ${first.seq} (${first.at}) to ${last.seq} (${last.at})`
  const marks = signed === null ? 'no checkpoint' : `${checkpoints} checkpoints, the last at ${signed.seq} of ${signed.at}`
  console.log(`${tenant}: ${span}; ${marks}${late > 0 ? `; ${late} entries say they were written a day or more before others that stand before them` : ''}`)
  if (fault !== null) console.log(`${tenant}: WRONG ${place(fault)}: ${fault.what}: ${fault.words}`)
  else console.log(`${tenant}: the chain is whole`)
  return fault === null ? 0 : 1
}

function place({ seq, entryId }: Fault): string {
  return [...(seq > 0 ? [`at position ${seq}`] : []), ...(entryId === null ? [] : [`entry ${entryId}`])].join(', ')
}
