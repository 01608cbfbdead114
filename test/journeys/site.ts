// A real server over a real database with the built pages, and a Chromium: what every journey starts from.
import { join } from 'node:path'
import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Client } from 'pg'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../browser.ts'
import type { TestDatabase } from '../postgres.ts'
import { serverOver } from '../server.ts'

export interface Site {
  app: FastifyInstance
  /** Sees and changes every row: for what a journey leaves behind. */
  owner: Client
  origin: string
  browser: Browser
}

/** An account of the demonstration. */
export function account(login: string): { account: string; password: string } {
  return { account: login, password: `${login}-2024` }
}

/** Serves `database` (a city) on a free port; everything is closed when the file ends. Call it once, at the top of the file. */
export async function openSite(database: () => Promise<TestDatabase>): Promise<Site> {
  const closing: (() => Promise<void>)[] = []
  // Registered before the server's own end: the browser closes first.
  after(async () => {
    for (const close of closing) await close()
  })
  const { app, owner } = await serverOver(database, process.env['DAJUAN_PAGES'] ?? join(import.meta.dirname, '..', '..', 'web', 'build'))
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launchBrowser()
  closing.push(() => browser.close())
  return { app, owner, origin, browser }
}
