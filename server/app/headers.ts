// What every reply tells the browser, and what a page of another site can't make a browser do here.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#base/errors.ts'

/** The one inline style that SvelteKit's announcer of page changes carries. */
const ANNOUNCER = "'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='"

/** Nothing in a reply of the interface is ever run, whatever it is taken for. */
const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

const fixed = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), display-capture=()',
  // The legacy filter could be made to take a page apart.
  'x-xss-protection': '0',
}

/** The content security policy of the pages: their own files, and the inline scripts that stand in the built index.html, by their hashes. */
export function contentPolicy(html: string): string {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts.join(' ')}`,
    "style-src 'self'",
    `style-src-attr 'unsafe-hashes' ${ANNOUNCER}`,
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    // No text becomes markup or script but what Svelte's compiled templates hold.
    "require-trusted-types-for 'script'",
    // The second one's only address is that of our service worker (modules/inspection/web/offline.ts).
    'trusted-types svelte-trusted-html dajuan-worker',
  ].join('; ')
}

/** Puts the headers on a reply before its handler runs, so that a handler can set its own. */
export function setHeaders(request: FastifyRequest, reply: FastifyReply, pagePolicy: string): void {
  const isData = /^\/(api|open311)\//.test(request.url)
  reply.headers({ ...fixed, 'x-request-id': request.id, 'content-security-policy': isData ? DATA_POLICY : pagePolicy })
  if (isData) reply.header('cache-control', 'no-store')
  if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000')
}

/**
 * Refuses what a page of another site had the browser send. `Sec-Fetch-Site` says so; older browsers and writes are told by `Origin`.
 * Following a link to an address here is allowed, and whatever sends neither header is no browser.
 */
export function mustBeOurs(request: FastifyRequest): void {
  if (!request.url.startsWith('/api/')) return
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers
  const isLink = request.method === 'GET' && mode === 'navigate'
  const isForeign = site === 'cross-site' || site === 'same-site'
  if ((isForeign && !isLink) || (origin !== undefined && !isSameHost(origin, request.host)))
    throw new Refusal('not-allowed', '这个请求来自别的网站，没有执行。请在本系统的页面上操作。')
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(`${new URL(origin).protocol}//${host}`).host
}
