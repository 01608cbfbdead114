// A real server over a real database with the built pages, and a Chromium: what every journey starts from.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Browser } from 'playwright-core'
import { buildHttp } from '#server/app/http.ts'
import { loadPacks } from '#server/app/pack.ts'
import { launchBrowser } from '../browser.ts'
import type { TestDatabase } from '../postgres.ts'

const root = join(import.meta.dirname, '..', '..')

export interface Site {
  origin: string
  browser: Browser
}

/** An account of the demonstration. */
export function account(login: string): { account: string; password: string } {
  return { account: login, password: `${login}-2024` }
}

/** Serves `database` (a city) on a free port; everything is closed when the file ends. Call it once, at the top of the file. */
export async function openSite(database: () => Promise<TestDatabase>): Promise<Site> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-journey-'))
  const closing: (() => Promise<void>)[] = []
  // Registered before the database's own hook: the server closes first.
  after(async () => {
    for (const close of closing) await close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  loadPacks(join(root, 'packs'))
  const { pool } = await database()
  const app: FastifyInstance = await buildHttp({ pool, dataDir, pages: process.env['DAJUAN_PAGES'] ?? join(root, 'web', 'build'), checkReplies: true })
  closing.push(() => app.close())
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launchBrowser()
  closing.unshift(() => browser.close())
  return { origin, browser }
}
