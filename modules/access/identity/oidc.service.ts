// The way to a provider and back. What the browser must bring along is sealed into a cookie of ten minutes, which is good once.
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import type { Departure, OidcSubject } from '#server/kit/oidc.ts'
import { type Call, Kept, type Preparing } from '#server/kit/route.ts'
import type { Secrets } from '#server/kit/secrets.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Session } from '../access.contract.ts'
import { type AccountRow, accountById } from '../access.sql.ts'
import { letIn } from './arrival.service.ts'
import { needsCode, useCode } from './authenticator.service.ts'
import { departureCookie, setDepartureCookie } from './cookies.ts'
import { identityInForce, seeIdentity } from './oidc.sql.ts'
import { fault } from './passwords.service.ts'
import { countsOfSignIn, forgive, mustWait, noteFailure, waitOfTurn } from './throttle.service.ts'

const SECONDS = 600

/** On the way: to the provider, or back from it with the second factor still to be shown. */
type Way = Departure | { provider: string; subject: string }

type Answering = Pick<Call<unknown, unknown, unknown>, 'tx' | 'request' | 'reply' | 'secrets'>

/** Asks the provider where the browser is to go; only one that this city offers. */
export async function depart({
  tenant,
  request,
  oidc,
  body,
}: Preparing<unknown, unknown, { provider: string }>): Promise<{ url: string; departure: Departure }> {
  if (!oidc.offered(tenant).some(({ id }) => id === body.provider)) throw new Refusal('not-found', '没有这种登录方式，请刷新登录页再看。')
  const back = URL.parse('/sign-in/return', `${request.protocol}://${request.host}`)
  if (back === null) throw new Refusal('bad-request', '请用本系统的网址打开登录页。')
  return oidc.depart(body.provider, back.href)
}

/** Lets the browser go with what it must bring back. */
export function departed(call: Answering, { url, departure }: { url: string; departure: Departure }): { url: string } {
  keep(call, 'departure', departure)
  return { url }
}

/** Who has come back, and from which provider. A refusal is handed on, so that it can be written down. */
export async function returned({
  tenant,
  request,
  secrets,
  oidc,
  body,
}: Preparing<unknown, unknown, { query: string }>): Promise<{ provider: string; shown: OidcSubject | Refusal }> {
  const departure = kept<Departure>(request, secrets, tenant, 'departure')
  if (departure === undefined)
    return { provider: '', shown: new Refusal('not-signed-in', '这次登录不是在这个浏览器里开始的，或者过了十分钟。请从登录页重新开始。') }
  const { provider } = departure
  try {
    return { provider, shown: await oidc.arrive(departure, body.query) }
  } catch (error) {
    if (error instanceof Refusal) return { provider, shown: error }
    throw error
  }
}

/** Lets in whom the provider has shown, where the operator has linked them to an account. Nobody is known by name or address. */
export async function arrive(call: Answering & { prepared: { provider: string; shown: OidcSubject | Refusal } }): Promise<Session | Kept> {
  const { tx, request, reply } = call
  const { provider, shown } = call.prepared
  setDepartureCookie(request, reply, '', 0)
  if (shown instanceof Refusal) return refused(call, provider, 'answer', shown)
  const { subject, name } = shown
  const { accountId, active } = await tx.one(seeIdentity, { tenantId: tx.tenant.id, provider, subject, name })
  if (accountId === null)
    return refused(call, provider, 'unlinked', new Refusal('not-allowed', '您的身份已经确认，但还没有关联本系统的账号。请联系系统管理员关联账号，再登录一次。'))
  if (!active) return refused(call, provider, 'inactive', new Refusal('not-allowed', '您的账号已经停用。请联系系统管理员。'))
  const account = await tx.one(accountById, { tenantId: tx.tenant.id, accountId })
  if (!(await needsCode(tx, account))) return letIn(call, account, 'oidc')
  keep(call, 'code', { provider, subject })
  return new Kept(new Refusal('second-factor', '身份已经确认。请再输入验证器里的 6 位数字，或一个恢复码；没有验证器的，请改用通行密钥登录。'))
}

/** The second factor of whom a provider has shown: counted and slowed down as after a password. */
export async function showCode(call: Answering & { body: { code: string } }): Promise<Session | Kept> {
  const { tx, request, reply, secrets, body } = call
  const way = kept<{ provider: string; subject: string }>(request, secrets, tx.tenant, 'code')
  const account = way && (await accountOf(call, way))
  if (way === undefined || account === undefined) return new Kept(new Refusal('not-signed-in', '等得太久了。请从登录页重新开始。'))
  const counts = countsOfSignIn(secrets, tx.tenant, request, account.login)
  const wait = await waitOfTurn(tx, counts)
  if (wait > 0) return mustWait(reply, wait)
  if ((await useCode(tx, secrets, account.accountId, body.code)) === undefined) {
    await noteFailure(tx, counts)
    return refused(call, way.provider, 'code', new Refusal('second-factor', '验证码不对，或者已经用过。请等应用显示下一个再试。', fault('/code', '验证码不对')))
  }
  forgive(tx, counts)
  setDepartureCookie(request, reply, '', 0)
  return letIn(call, account, 'oidc')
}

async function accountOf({ tx }: Answering, { provider, subject }: { provider: string; subject: string }): Promise<AccountRow | undefined> {
  const linked = await tx.maybe(identityInForce, { tenantId: tx.tenant.id, provider, subject })
  return linked && tx.one(accountById, { tenantId: tx.tenant.id, accountId: linked.accountId })
}

async function refused({ tx }: Answering, provider: string, wrong: string, refusal: Refusal): Promise<Kept> {
  await leaveEntry(tx, 'access.sign-in-refused', { kind: 'provider', id: provider }, { wrong })
  return new Kept(refusal)
}

function keep({ tx, request, reply, secrets }: Answering, stage: 'departure' | 'code', way: Way): void {
  const text = JSON.stringify({ way, until: Date.now() + SECONDS * 1000 })
  setDepartureCookie(request, reply, secrets.seal(`oidc ${stage}`, String(tx.tenant.id), text), SECONDS)
}

/** What the browser brought back of this stage and city; undefined where it is too old or not of our making. */
function kept<T extends Way>(request: FastifyRequest, secrets: Secrets, tenant: Tenant, stage: 'departure' | 'code'): T | undefined {
  const sealed = departureCookie(request)
  if (sealed === undefined) return undefined
  try {
    const { way, until } = JSON.parse(secrets.open(`oidc ${stage}`, String(tenant.id), sealed)) as { way: T; until: number }
    return until > Date.now() ? way : undefined
  } catch {
    return undefined
  }
}
