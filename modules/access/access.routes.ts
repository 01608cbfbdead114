// Endpoints of access.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#base/errors.ts'
import { now, today } from '#server/kit/clock.ts'
import { type Route, route } from '#server/kit/route.ts'
import { hints, place, session, signIn, signOut } from './access.contract.ts'
import { tokenHash } from './access.rules.ts'
import { closeSession, describe, openSession, postName, SESSION_HOURS } from './access.service.ts'
import { accountBySession } from './access.sql.ts'

const COOKIE = 'dajuan-session'

/** The session token of a request, or undefined. */
export function tokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[COOKIE]
}

function setToken(request: FastifyRequest, reply: FastifyReply, token: string, seconds: number): void {
  reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https', maxAge: seconds })
}

export const accessRoutes: Route[] = [
  route(signIn, async ({ tx, body, request, reply }) => {
    const { token, session } = await openSession(tx, body)
    setToken(request, reply, token, SESSION_HOURS * 3600)
    return session
  }),
  route(signOut, async ({ tx, request, reply }) => {
    const token = tokenOf(request)
    if (token !== undefined) await closeSession(tx, token)
    setToken(request, reply, '', 0)
    return {}
  }),
  route(session, async ({ tx, tenant, actor, request }) => {
    const account = await tx.maybe(accountBySession, { tenantId: tenant.id, tokenHash: tokenHash(tokenOf(request) ?? '') })
    if (account === undefined) throw new Refusal('not-signed-in', '请先登录。')
    return describe(tx, account.login, actor)
  }),
  route(hints, async ({ tenant, demoAccounts }) => ({
    accounts: tenant.demonstration ? demoAccounts().map((entry) => ({ ...entry, post: postName(tenant, entry.post) })) : [],
  })),
  route(place, async ({ tenant }) => ({
    slug: tenant.slug,
    name: tenant.name,
    demonstration: tenant.demonstration,
    today: today(tenant),
    now: now(tenant).toISOString(),
  })),
]
