// Counts requests by class of endpoint, and exports under way; refuses what is too much (429, with how long to wait).
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { Refusal } from '#base/errors.ts'
import { tokenOf } from '#modules/access/index.ts'
import { classOf, type Limits, type RouteClass } from './limits.ts'

const EXPORTS_AT_ONCE = 2
/** Keys remembered in each class; whoever has more addresses than this pushes the oldest out. */
const MOST_KEYS = 20_000

/** Whose count a request goes on: its session's, or its address's where none is there or none is needed. */
function keyOf(request: FastifyRequest): string {
  const { endpoint } = request.routeOptions.config
  const token = endpoint?.access === 'public' && endpoint.method !== 'GET' ? undefined : tokenOf(request)
  return token ?? networkOf(request.ip)
}

/** An IPv4 address, or the first half of an IPv6 one: whoever has one of those has all that begin like it. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''))
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}

/** Counts the requests of every route that has an endpoint. Register it after the cookies and before the routes. */
export async function limitRequests(app: FastifyInstance, limits: Limits): Promise<void> {
  const shown = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
  await app.register(rateLimit, {
    global: false,
    cache: MOST_KEYS,
    timeWindow: 60_000,
    keyGenerator: keyOf,
    addHeaders: shown,
    addHeadersOnExceeding: shown,
    errorResponseBuilder: (_request, { ttl }) => new Refusal('too-many', `请求太频繁，请 ${Math.ceil(ttl / 1000)} 秒后再试。`),
  })
  const counters = Object.fromEntries(Object.entries(limits).map(([name, max]) => [name, app.rateLimit({ max })])) as Record<
    RouteClass,
    onRequestAsyncHookHandler
  >
  const fewExports = atOnce(EXPORTS_AT_ONCE)
  app.addHook('onRoute', (route) => {
    const endpoint = route.config?.endpoint
    if (endpoint === undefined) return
    const own = classOf(endpoint)
    const given = route.onRequest === undefined ? [] : [route.onRequest].flat()
    route.onRequest = [...given, counters[own], ...(own === 'export' ? [fewExports] : [])]
  })
}

/** Lets a key have so many requests under way, until each reply is out or its connection is gone. */
function atOnce(most: number): onRequestAsyncHookHandler {
  const running = new Map<string, number>()
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const key = keyOf(request)
    const before = running.get(key) ?? 0
    if (before >= most) {
      reply.header('retry-after', '5')
      throw new Refusal('too-many', `同时最多导出 ${most} 份，请等前面的导出完成后再试。`)
    }
    running.set(key, before + 1)
    reply.raw.once('close', () => {
      const now = (running.get(key) ?? 1) - 1
      if (now === 0) running.delete(key)
      else running.set(key, now)
    })
  }
}
