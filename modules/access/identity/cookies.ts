// The cookies: the session's token, and the mark of a device that an account has signed in on before.
import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Secrets } from '#server/kit/secrets.ts'
import type { Tenant } from '#server/kit/tenant.ts'

const DEVICE = 'dajuan-device'
const DEVICE_SECONDS = 400 * 86_400
/** A machine that an office shares is known to so many of its accounts; the one that was longest away is forgotten. */
const ACCOUNTS_OF_DEVICE = 6

function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https'
}

/** Over TLS no other host and no plain page can set a cookie of this name. On plain loopback a browser would refuse it (docs/decisions/0005-identity.md). */
function named(request: FastifyRequest, name: string): string {
  return isSecure(request) ? `__Host-${name}` : name
}

function sessionCookie(request: FastifyRequest): string {
  return named(request, 'dajuan-session')
}

function set(request: FastifyRequest, reply: FastifyReply, name: string, value: string, maxAge: number): void {
  reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(request), maxAge })
}

/** The session token of a request, or undefined. */
export function tokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[sessionCookie(request)]
}

/** Hands the session's token to the browser; an empty one for no seconds takes it away. */
export function setToken(request: FastifyRequest, reply: FastifyReply, token: string, seconds: number): void {
  set(request, reply, sessionCookie(request), token, seconds)
}

function markOf(secrets: Secrets, tenant: Tenant, login: string, device: string): string {
  return secrets.mark('device', `${tenant.id} ${login} ${device}`)
}

/** The id of the device where this account has signed in on it before; undefined on any other. */
export function knownDevice(request: FastifyRequest, secrets: Secrets, tenant: Tenant, login: string): string | undefined {
  const [device = '', ...marks] = (request.cookies[named(request, DEVICE)] ?? '').split('.')
  return marks.includes(markOf(secrets, tenant, login, device)) ? device : undefined
}

/** Marks the device as one that the account has signed in on. */
export function rememberDevice(request: FastifyRequest, reply: FastifyReply, secrets: Secrets, tenant: Tenant, login: string): void {
  const [device, ...marks] = (request.cookies[named(request, DEVICE)] ?? '').split('.')
  const id = device && /^[\w-]{22}$/.test(device) ? device : randomBytes(16).toString('base64url')
  const mark = markOf(secrets, tenant, login, id)
  const others = marks.filter((one) => one !== mark && /^[\w-]{43}$/.test(one))
  set(request, reply, named(request, DEVICE), [id, mark, ...others].slice(0, ACCOUNTS_OF_DEVICE + 1).join('.'), DEVICE_SECONDS)
}

/** What a browser that has gone to a provider must bring back; undefined where it has not gone. */
export function departureCookie(request: FastifyRequest): string | undefined {
  return request.cookies[named(request, 'dajuan-departure')]
}

/** Hands the browser what it must bring back. The page it returns to sends it, not the provider: strict is enough. */
export function setDepartureCookie(request: FastifyRequest, reply: FastifyReply, sealed: string, seconds: number): void {
  set(request, reply, named(request, 'dajuan-departure'), sealed, seconds)
}
