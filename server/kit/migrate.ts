// Applies db/migrations in order, each in a transaction, and remembers which; forward only.
import { createHash, createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { OperatorError } from './operator-error.ts'

const folder = fileURLToPath(new URL('../../db/migrations/', import.meta.url))

export interface Migration {
  name: string
  text: string
  hash: string
}

/** The migrations of this checkout, in order of their numbers. */
export function migrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    })
}

/**
 * Brings a database up to this checkout, as its owner.
 * @returns the names of the migrations applied now.
 * @throws a sentence when the database is newer than the checkout or an applied migration was edited.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(7000)')
    await client.query('create table if not exists public.migration (name text primary key, hash text not null, applied_at timestamptz not null default now())')
    const done = new Map(
      (await client.query<{ name: string; hash: string }>('select name, hash from public.migration')).rows.map((row) => [row.name, row.hash]),
    )
    const known = migrations()
    const newer = [...done.keys()].filter((name) => !known.some((migration) => migration.name === name))
    if (newer.length > 0)
      throw new OperatorError(
        `The database was migrated by a newer version of Dajuan (${newer.join(', ')}). Run that version, or restore a backup made with this one.`,
      )
    const applied: string[] = []
    for (const { name, text, hash } of known) {
      const before = done.get(name)
      if (before !== undefined && before !== hash)
        throw new OperatorError(
          `Migration ${name} was changed after it had been applied to this database. Restore the file, or start with a new data directory.`,
        )
      if (before !== undefined) continue
      await client.query('begin')
      try {
        await client.query(text)
        await client.query('insert into public.migration (name, hash) values ($1, $2)', [name, hash])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
      }
      applied.push(name)
    }
    const password = appPassword(ownerUrl)
    if (password !== null) await client.query(`alter role dajuan_app password ${pg.escapeLiteral(password)}`)
    return applied
  } finally {
    await client.end()
  }
}

/** The password of dajuan_app where the server asks for one: derived from the owner's, so that every instance knows it. Null without a password. */
function appPassword(ownerUrl: string): string | null {
  const { password } = new URL(ownerUrl)
  return password === '' ? null : createHmac('sha256', decodeURIComponent(password)).update('dajuan_app').digest('base64url')
}

/** The connection string of `dajuan_app` for the database of the owner's connection string. */
export function appUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  url.username = 'dajuan_app'
  url.password = appPassword(ownerUrl) ?? ''
  return url.href
}
