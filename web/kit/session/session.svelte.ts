// Who is signed in, where, and what day it is there; asked once when the pages start.

import {
  place as placeEndpoint,
  type Session,
  session as sessionEndpoint,
  signIn as signInEndpoint,
  signOut as signOutEndpoint,
} from '#modules/access/access.contract.ts'
import { CallError, call } from '#web/kit/api/call.ts'
import { queryClient } from '#web/kit/api/query.svelte.ts'
import { draftsOf } from '#web/kit/forms/draft.ts'
import { forgetKept, hasUnsent, keptOf, sweepKept } from '#web/kit/forms/kept.ts'

interface Place {
  slug: string
  name: string
  demonstration: boolean
  today: string
}

let known = $state<'asking' | 'in' | 'over' | 'out' | 'unreachable'>('asking')
let who = $state<Session | null>(null)
let where = $state<Place | null>(null)
let trouble = $state<unknown>(null)

/**
 * `asking` until the server has answered; then `in`, `out`, or `unreachable`; `over`: the session has ended on the server, and what was
 * on show stays until its owner has signed in again; reactive.
 */
export function sessionState(): typeof known {
  return known
}

/** The session, or null where nobody is signed in; reactive. */
export function session(): Session | null {
  return who
}

/** The city, its date, and whether its data are made up; null until the server has answered; reactive. */
export function place(): Place | null {
  return where
}

/** Today's date in the city (the demonstration has its own clock). */
export function today(): string {
  return who?.today ?? where?.today ?? new Date().toISOString().slice(0, 10)
}

/** True where the post may do this, e.g. `record.write`. */
export function may(permission: string): boolean {
  return who?.may.includes(permission) ?? false
}

/** Why the server could not be asked, for `unreachable`. */
export function sessionTrouble(): unknown {
  return trouble
}

/** Asks the server who is signed in and where; called by the layout, and again by its error page. */
export async function startSession(): Promise<void> {
  known = 'asking'
  const asked = call(placeEndpoint, {}).then(settle)
  // Where both fail, the session's failure is what is told.
  asked.catch(() => undefined)
  try {
    enter(await call(sessionEndpoint, {}))
    await asked
  } catch (error) {
    if (error instanceof CallError && error.code === 'not-signed-in') {
      who = null
      known = 'out'
      await asked.catch(() => undefined)
    } else {
      trouble = error
      known = 'unreachable'
    }
  }
}

/** Signs in with a password, and a code where the server has asked for one; throws the refusal. */
export async function signIn(account: string, password: string, code?: string): Promise<void> {
  arrive(await call(signInEndpoint, { body: { account, password, ...(code === undefined ? {} : { code }) } }))
}

/** Somebody has signed in, by whatever way. What an earlier person had loaded is forgotten; the same one goes on, and what was refused meanwhile is asked for again. */
export function arrive(reply: Session): void {
  if (reply.account !== who?.account) queryClient.clear()
  enter(reply)
  void queryClient.invalidateQueries()
}

/** Asks anew what one may do and must do: after the account has changed. */
export async function renewSession(): Promise<void> {
  enter(await call(sessionEndpoint, {}))
}

/** Signs out and forgets what was loaded and taken along; asks first where something was not sent. False: stays. Drafts stay, readable to the same account alone. */
export async function signOut(): Promise<boolean> {
  if ((await hasUnsent()) && !confirm('这台设备上还有没有上传的检查结果，退出后就没有了。仍要退出吗？')) return false
  await call(signOutEndpoint, {})
  await forgetKept()
  endSession()
  return true
}

/** The server says that the session is over. Whoever was signed in may go on after signing in again. */
export function sessionOver(): void {
  known = who === null ? 'out' : 'over'
}

/** Nobody is signed in any more. */
export function endSession(): void {
  who = null
  known = 'out'
  queryClient.clear()
}

function enter(reply: Session): void {
  who = reply
  settle({ ...reply.tenant, today: reply.today })
  draftsOf(reply.account)
  keptOf(reply.account)
  void sweepKept()
  known = 'in'
}

function settle(reply: Place): void {
  where = reply
}
