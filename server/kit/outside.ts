// A PostgreSQL of the operator's own (DATABASE_URL): can it be reached, is it new enough, may its user do what migrations need?
import pg from 'pg'
import { OperatorError } from './operator-error.ts'

const OLDEST = 15
const CONNECT_MS = 10_000

/** The connection string without its password, fit for a message. */
function shown(url: URL): string {
  return `${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`
}

/** What to do about an error that connecting gave, by its code (SQLSTATE or errno). */
function wayOut(code: string | undefined, place: string, message: string): string {
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `No PostgreSQL answers at ${place}. Start it, or mend DATABASE_URL; without DATABASE_URL dajuan brings its own.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of DATABASE_URL (${place}) is not known. Mend its name.`
    case '28P01':
    case '28000':
      return `PostgreSQL at ${place} refuses the user or password of DATABASE_URL. Mend them.`
    case '3D000':
      return `PostgreSQL at ${place} has no such database. Make it ("createdb"), or mend DATABASE_URL.`
    default:
      return `PostgreSQL at ${place} can't be used (${message}). Mend DATABASE_URL.`
  }
}

/** Throws an OperatorError unless `databaseUrl` leads to a PostgreSQL of at least 15 whose user may make roles. */
export async function checkOutside(databaseUrl: string): Promise<void> {
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:$/.test(new URL(databaseUrl).protocol)) {
    throw new OperatorError('DATABASE_URL is not a connection string. Write it as postgresql://user:password@host:5432/database.')
  }
  const place = shown(new URL(databaseUrl))
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_MS })
  try {
    await client.connect()
  } catch (error) {
    const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error
    const { code, message } = first as Error & { code?: string }
    throw new OperatorError(wayOut(code, place, message), { cause: error })
  }
  try {
    const { rows } = await client.query<{ version: number; makesRoles: boolean }>(
      `select current_setting('server_version_num')::int / 10000 as version, rolsuper or rolcreaterole as "makesRoles" from pg_roles where rolname = current_user`,
    )
    const [row] = rows
    if (row === undefined || row.version < OLDEST)
      throw new OperatorError(`PostgreSQL at ${place} is version ${row?.version}; dajuan needs ${OLDEST} or newer.`)
    if (!row.makesRoles) throw new OperatorError(`The user of DATABASE_URL may not make roles. Give it that right: alter role … createrole.`)
  } finally {
    await client.end()
  }
}
