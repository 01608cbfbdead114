// The HTTP application: Fastify with our routes, error replies and the built web pages.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { newId } from '#base/ids.ts'
import { actorOfToken, mayDo, mustBeAllowed, tokenOf } from '#modules/access/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { type Pool, transaction } from '#server/kit/db.ts'
import { fileStore } from '#server/kit/files.ts'
import { startJobs } from '#server/kit/jobs.ts'
import { type DemoAccount, errorReply, type Host } from '#server/kit/route.ts'
import { loadSecrets } from '#server/kit/secrets.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { jobs, routes, tenantStarts } from './modules.ts'

export interface HttpOptions {
  pool: Pool
  /** Where attachments are kept: `<dataDir>/files`. */
  dataDir: string
  /** Folder of the built pages; undefined serves the API alone. */
  pages?: string | undefined
  checkReplies: boolean
  /** Where the installation's secret is; `<dataDir>/secret` where left out. */
  secretFile?: string | undefined
  /** Where audit entries are sent beside the database, `udp://host:port` or `tcp://host:port`. */
  syslog?: string | undefined
}

/** The demonstration's accounts as its load wrote them; none where there is no such file. */
function demoAccounts(dataDir: string): DemoAccount[] {
  const file = join(dataDir, 'demo-accounts.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[]) : []
}

/** Builds the application; `listen` or `inject` is the caller's. */
export async function buildHttp({ pool, dataDir, pages, checkReplies, secretFile, syslog }: HttpOptions): Promise<FastifyInstance> {
  const secrets = loadSecrets(dataDir, secretFile)
  const app = Fastify({
    genReqId: () => newId(),
    bodyLimit: 1_048_576,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    // An address that can't be read.
    frameworkErrors: (error, request, reply) => errorReply(error, request, reply),
  })
  // No reply is taken for another type or shown in another site's frame.
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' })
  })
  await app.register(cookie)
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const host: Host = {
    pool,
    checkReplies,
    secrets,
    files: fileStore(join(dataDir, 'files')),
    demoAccounts: () => demoAccounts(dataDir),
    tenants: await loadTenants(pool),
    authenticate: async (request, tenant) => {
      const token = tokenOf(request)
      return token === undefined ? null : actorOfToken(pool, tenant, token)
    },
    allow: mustBeAllowed,
    may: mayDo,
    refused: (tenant, actor, origin, { id }, { code }) =>
      transaction(pool, { tenant, actorId: actor.accountId, scope: [], mode: 'write', origin }, (tx) =>
        leaveEntry(tx, 'access.refused', { kind: 'endpoint', id }, { code }),
      ),
  }
  for (const tenant of host.tenants) {
    await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, async (tx) => {
      for (const start of tenantStarts) await start(tx)
    })
  }
  const stopJobs = startJobs(jobs, host.tenants, { pool, secrets, dataDir, syslog })
  app.addHook('onClose', stopJobs)
  app.setErrorHandler((error, request, reply) => errorReply(error, request, reply))
  for (const route of routes) route(app, host)
  if (pages !== undefined && existsSync(join(pages, 'index.html'))) {
    await app.register(fastifyStatic, {
      root: pages,
      preCompressed: true,
      setHeaders: (response, path) => {
        response.header('cache-control', path.includes('/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    if (pages !== undefined && request.method === 'GET' && !request.url.startsWith('/api/')) return reply.sendFile('index.html')
    return reply.status(404).send({ code: 'not-found', message: '没有这个地址。', issues: [] })
  })
  return app
}
