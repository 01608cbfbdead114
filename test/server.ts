// A server over a database of the test file's own, called without a network. All of it is closed when the file ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { buildHttp, type HttpOptions } from '#server/app/http.ts'
import { loadPacks } from '#server/app/pack.ts'
import type { Pool } from '#server/kit/db.ts'
import type { TestDatabase } from './postgres.ts'

/** Calls as one account. */
export interface Caller {
  get: (url: string) => Promise<LightMyRequestResponse>
  post: (url: string, body: unknown) => Promise<LightMyRequestResponse>
  upload: (url: string, bytes: Uint8Array) => Promise<LightMyRequestResponse>
}

export interface TestServer {
  app: FastifyInstance
  pool: Pool
  /** Owner's connection, for looking at what was written. */
  owner: pg.Client
  dataDir: string
}

/** Builds the server over `database`; with `pages` it serves the built pages too, `more` is set besides. Call it once, at the top of the file. */
export async function serverOver(database: () => Promise<TestDatabase>, pages?: string, more: Partial<HttpOptions> = {}): Promise<TestServer> {
  // Said before the database's own end, so that connections are closed before it is dropped.
  const closing: (() => unknown)[] = []
  after(async () => {
    for (const close of closing) await close()
  })
  loadPacks(join(import.meta.dirname, '..', 'packs'))
  const { url, pool } = await database()
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-server-'))
  const app = await buildHttp({ pool, dataDir, pages, checkReplies: true, ...more })
  closing.push(
    () => app.close(),
    () => owner.end(),
    () => rmSync(dataDir, { recursive: true, force: true }),
  )
  return { app, pool, owner, dataDir }
}

/** Calls in a new session of the account; without an account, in none. */
export async function callerOf(app: FastifyInstance, account?: { account: string; password: string }): Promise<Caller> {
  const reply = account === undefined ? undefined : await app.inject({ method: 'POST', url: '/api/sign-in', payload: account })
  if (reply !== undefined && reply.statusCode !== 200) throw new Error(`sign-in as ${account?.account}: ${reply.statusCode} ${reply.body}`)
  const cookies = Object.fromEntries((reply?.cookies ?? []).map(({ name, value }) => [name, value]))
  const headers = { 'content-type': 'application/octet-stream' }
  return {
    get: (url) => app.inject({ method: 'GET', url, cookies }),
    post: (url, body) => app.inject({ method: 'POST', url, cookies, payload: body as object }),
    upload: (url, bytes) => app.inject({ method: 'POST', url, cookies, headers, payload: Buffer.from(bytes) }),
  }
}
