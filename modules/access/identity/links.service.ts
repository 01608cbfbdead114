// Secret addresses for programs that can't sign in (a calendar that subscribes): they read what their account's posts let it read today, for
// one purpose each. Nothing is stored: an address follows from the account and its password, and ends with either.
import { timingSafeEqual } from 'node:crypto'
import { uuidPattern } from '#base/ids.ts'
import type { Actor } from '#server/kit/actor.ts'
import { type Pool, transaction } from '#server/kit/db.ts'
import type { Secrets } from '#server/kit/secrets.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { actorOf } from '../access.service.ts'
import { type AccountRow, activeAccount } from '../access.sql.ts'

interface Place {
  pool: Pool
  tenant: Tenant
  secrets: Secrets
}

function tokenFor({ tenant, secrets }: Place, purpose: string, { accountId, passwordSetAt }: AccountRow): string {
  return `${accountId}.${secrets.mark(`link/${purpose}`, `${tenant.id} ${accountId} ${passwordSetAt}`)}`
}

const asTenant = ({ tenant }: Place) => ({ tenant, actorId: null, scope: 'tenant', mode: 'read' }) as const

/** The account's token for a purpose. */
export function linkToken(place: Place, purpose: string, accountId: string): Promise<string> {
  return transaction(place.pool, asTenant(place), async (tx) => tokenFor(place, purpose, await tx.one(activeAccount, { tenantId: place.tenant.id, accountId })))
}

/** Who reads by a token, or null where it isn't good (any more), or its account must first do something else. */
export async function actorOfLink(place: Place, purpose: string, token: string): Promise<Actor | null> {
  const [accountId = ''] = token.split('.')
  if (!new RegExp(uuidPattern).test(accountId)) return null
  return transaction(place.pool, asTenant(place), async (tx) => {
    const account = await tx.maybe(activeAccount, { tenantId: place.tenant.id, accountId })
    if (account === undefined || !same(token, tokenFor(place, purpose, account))) return null
    const actor = await actorOf(tx, account)
    return actor.must === null ? actor : null
  })
}

function same(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
