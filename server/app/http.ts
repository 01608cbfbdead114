// The HTTP application: Fastify with our routes, error replies and the built web pages.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { newId } from '#base/ids.ts'
import { actorOfToken, maskingFor, mayDo, mustBeAllowed, tokenOf } from '#modules/access/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { type Pool, transaction } from '#server/kit/db.ts'
import { fileStore } from '#server/kit/files.ts'
import { type Job, startJobs } from '#server/kit/jobs.ts'
import { log } from '#server/kit/log.ts'
import type { Notifier } from '#server/kit/notify/notify.ts'
import { oidcAt } from '#server/kit/oidc.ts'
import type { OidcProvider } from '#server/kit/oidc-providers.ts'
import { type DemoAccount, errorReply, type Host } from '#server/kit/route.ts'
import { loadSecrets } from '#server/kit/secrets.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { answerUnread, type Patience, patienceOptions, usualPatience } from './connections.ts'
import { contentPolicy, mustBeOurs, setHeaders } from './headers.ts'
import { type Limits, usualLimits } from './limits.ts'
import { jobs, routes, tenantStarts } from './modules.ts'
import { proxyList, type TlsFiles } from './network.ts'
import { limitRequests } from './throttle.ts'

export interface HttpOptions {
  pool: Pool
  /** Where attachments are kept: `<dataDir>/files`. */
  dataDir: string
  /** Folder of the built pages; undefined serves the API alone. */
  pages?: string | undefined
  checkReplies: boolean
  /** Where the installation's secret is; `<dataDir>/secret` where left out. */
  secretFile?: string | undefined
  /** Providers elsewhere where one may sign in. */
  providers?: readonly OidcProvider[]
  /** Where audit entries are sent beside the database, `udp://host:port` or `tcp://host:port`. */
  syslog?: string | undefined
  /** The way out of the house for reminders. */
  notifier?: Notifier | undefined
  /** Serves HTTPS with these; plain HTTP without them. */
  tls?: TlsFiles | undefined
  /** Proxies whose X-Forwarded-… headers are believed. */
  proxies?: readonly string[]
  limits?: Limits
  patience?: Patience
  /** What is done by itself; all of it where left out. Tests that look at everything that is written have none. */
  jobs?: readonly Job[]
  /** Parts of what the routes stand on in place of the usual ones: for tests that take a layer away. */
  inPlace?: Partial<Host>
}

/** The demonstration's accounts as its load wrote them; none where there is no such file. */
function demoAccounts(dataDir: string): DemoAccount[] {
  const file = join(dataDir, 'demo-accounts.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[]) : []
}

/** A request that took longer is told to the log. */
const SLOW_MS = 2000

/** Fastify as we use it: addresses, sizes and times bounded, every reply with its headers. */
function newFastify({ tls, proxies = [], patience = usualPatience }: HttpOptions, pagePolicy: string): FastifyInstance {
  const isProxy = proxyList(proxies)
  const { fastify, node } = patienceOptions(patience)
  const options = {
    ...fastify,
    ...(tls === undefined ? { http: node } : { https: { ...tls, ...node } }),
    genReqId: () => newId(),
    bodyLimit: 1_048_576,
    routerOptions: { maxParamLength: 200 },
    trustProxy: proxies.length > 0 && isProxy,
    clientErrorHandler: answerUnread,
    // An address that can't be read.
    frameworkErrors: (error, request, reply) => {
      setHeaders(request, reply, pagePolicy)
      errorReply(error, request, reply)
    },
  } satisfies FastifyServerOptions & { https?: object }
  const app = Fastify(options as FastifyServerOptions)
  app.addHook('onRequest', async (request, reply) => {
    setHeaders(request, reply, pagePolicy)
    mustBeOurs(request)
  })
  app.addHook('onResponse', async (request, reply) => {
    if (reply.elapsedTime < SLOW_MS) return
    log('slow request', { id: request.id, method: request.method, url: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
  })
  return app
}

/** Builds the application; `listen` or `inject` is the caller's. */
export async function buildHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { pool, dataDir, pages, checkReplies, secretFile, providers = [], syslog, notifier, limits = usualLimits } = options
  const secrets = loadSecrets(dataDir, secretFile)
  const start = pages === undefined ? undefined : join(pages, 'index.html')
  const html = start !== undefined && existsSync(start) ? readFileSync(start, 'utf8') : ''
  const app = newFastify(options, contentPolicy(html))
  await app.register(cookie)
  await limitRequests(app, limits)
  // A form of another site can send text without asking first.
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const host: Host = {
    pool,
    checkReplies,
    secrets,
    oidc: oidcAt(providers),
    files: fileStore(join(dataDir, 'files')),
    demoAccounts: () => demoAccounts(dataDir),
    tenants: await loadTenants(pool),
    authenticate: async (request, tenant) => {
      const token = tokenOf(request)
      return token === undefined ? null : actorOfToken(pool, tenant, token)
    },
    allow: mustBeAllowed,
    masking: maskingFor,
    may: mayDo,
    refused: (tenant, actor, origin, { id }, { code }) =>
      transaction(pool, { tenant, actorId: actor.accountId, scope: [], mode: 'write', origin }, (tx) =>
        leaveEntry(tx, 'access.refused', { kind: 'endpoint', id }, { code }),
      ),
    ...options.inPlace,
  }
  for (const tenant of host.tenants) {
    await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, async (tx) => {
      for (const start of tenantStarts) await start(tx)
    })
  }
  const stopJobs = startJobs(options.jobs ?? jobs, host.tenants, { pool, secrets, dataDir, syslog, notifier })
  app.addHook('onClose', stopJobs)
  app.setErrorHandler((error, request, reply) => errorReply(error, request, reply))
  for (const route of routes) route(app, host)
  if (html !== '') {
    await app.register(fastifyStatic, {
      root: pages ?? '',
      preCompressed: true,
      setHeaders: (response, path) => {
        response.header('cache-control', path.includes('/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    if (html !== '' && request.method === 'GET' && !/^\/(api|open311)\//.test(request.url)) return reply.sendFile('index.html')
    return reply.status(404).send({ code: 'not-found', message: '没有这个地址。', issues: [] })
  })
  return app
}
