// The last step of every way to sign in: the session is opened and its cookies are set.
import { partOf } from '#server/kit/pack.ts'
import type { Call } from '#server/kit/route.ts'
import type { Session } from '../access.contract.ts'
import { securityPack } from '../access.pack.ts'
import { type Arrival, openSession } from '../access.service.ts'
import type { AccountRow } from '../access.sql.ts'
import { rememberDevice, setToken } from './cookies.ts'

/** Lets an account in that has shown itself by `method`: opens its session, sets the cookies, leaves the audit entry. */
export async function letIn(
  { tx, request, reply, secrets }: Pick<Call<unknown, unknown, unknown>, 'tx' | 'request' | 'reply' | 'secrets'>,
  account: AccountRow,
  method: Arrival['method'],
): Promise<Session> {
  const agent = (request.headers['user-agent'] ?? '').slice(0, 200)
  const { token, session } = await openSession(tx, account, { method, address: request.ip, agent })
  setToken(request, reply, token, partOf(tx.tenant, securityPack).sessions.hours * 3600)
  rememberDevice(request, reply, secrets, tx.tenant, account.login)
  return session
}
