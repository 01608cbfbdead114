// What the operator does on the server itself: make a city and its first account, and see to accounts when nobody can sign in.
import { join } from 'node:path'
import { newId } from '#base/ids.ts'
import { fitPasswordHash, insertAccount, insertAppointment, insertPerson } from '#modules/access/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { findBody, organisationPack } from '#modules/org/index.ts'
import { today } from '#server/kit/clock.ts'
import { isPgError, openPool, type Pool, type Tx, transaction } from '#server/kit/db.ts'
import { appUrl } from '#server/kit/migrate.ts'
import { OperatorError } from '#server/kit/operator-error.ts'
import { partOf } from '#server/kit/pack.ts'
import { addTenant, loadTenants, type Tenant } from '#server/kit/tenant.ts'
import { loadPacks } from './pack.ts'

/** Where the operator works: the owner's connection string, and the checkout. */
export interface Place {
  ownerUrl: string
  root: string
}

export interface NewAccount {
  login: string
  post: string
  name: string
  body: string | undefined
  password: string
  city: string | undefined
  cityName: string | undefined
  pack: string | undefined
}

async function withPool<T>({ ownerUrl }: Place, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(appUrl(ownerUrl), 1)
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

/** Runs `work` in one transaction of the city (default: the first one). `prepare` runs before it opens. Throws a sentence where there is no such city. */
export async function inCity<T, P>(
  place: Place,
  slug: string | undefined,
  prepare: (tenant: Tenant) => Promise<P>,
  work: (tx: Tx, prepared: P) => Promise<T>,
): Promise<T> {
  loadPacks(join(place.root, 'packs'))
  return withPool(place, async (pool) => {
    const tenants = await loadTenants(pool)
    const tenant = slug === undefined ? tenants[0] : tenants.find((entry) => entry.slug === slug)
    if (tenant === undefined)
      throw new OperatorError(slug === undefined ? 'There is no city yet; make one with "dajuan account add".' : `There is no city "${slug}".`)
    const prepared = await prepare(tenant)
    return transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, (tx) => work(tx, prepared))
  })
}

/** Makes the city of a new account where it is not there yet. */
async function makeCity(place: Place, { city: slug, cityName: name, pack }: NewAccount): Promise<void> {
  if (slug === undefined) return
  const packs = loadPacks(join(place.root, 'packs'))
  const tenants = await withPool(place, loadTenants)
  if (tenants.some((tenant) => tenant.slug === slug)) return
  if (name === undefined || pack === undefined) throw new OperatorError(`There is no city "${slug}"; add --city-name and --pack to make it.`)
  if (!packs.includes(pack)) throw new OperatorError(`There is no pack "${pack}"; there are: ${packs.join(', ')}.`)
  await addTenant(place.ownerUrl, { slug, name, pack })
}

/** Makes an account, and its city where it is new. Throws a sentence for what won't do. */
export async function addAccount(place: Place, given: NewAccount): Promise<{ post: string; city: string }> {
  await makeCity(place, given)
  const prepare = async (tenant: Tenant) => ({ post: postOf(tenant, given), passwordHash: await fitPasswordHash(tenant, given.login, given.password) })
  try {
    return await inCity(place, given.city, prepare, async (tx, { post, passwordHash }) => {
      const [accountId, personId, bodyId, tenantId] = [newId(), newId(), given.body ?? null, tx.tenant.id]
      if (bodyId !== null && (await findBody(tx, bodyId)) === undefined)
        throw new OperatorError(`There is no unit or Party organisation ${bodyId} in ${tx.tenant.name}.`)
      await tx.all(insertPerson, { tenantId, personId, name: given.name })
      await tx.all(insertAccount, { tenantId, accountId, login: given.login, passwordHash, personId, mustChange: false, madeBy: null })
      await tx.all(insertAppointment, {
        ...{ tenantId, appointmentId: newId(), accountId, post: post.id, bodyId, from: today(tx.tenant), until: null },
        ...{ reason: 'dajuan account add', madeBy: null },
      })
      await leaveEntry(tx, 'account.add', { kind: 'account', id: accountId }, { post: post.id, bodyId })
      return { post: post.name, city: tx.tenant.name }
    })
  } catch (error) {
    if (isPgError(error, '23505')) throw new OperatorError(`There is an account "${given.login}" already; choose another login.`, { cause: error })
    throw error
  }
}

function postOf(tenant: Tenant, given: NewAccount) {
  const { posts } = partOf(tenant, organisationPack)
  const post = posts.find((entry) => entry.id === given.post)
  if (post === undefined) throw new OperatorError(`The pack has no post "${given.post}"; it has: ${posts.map((entry) => entry.id).join(', ')}.`)
  if (post.of === 'tenant' && given.body !== undefined) throw new OperatorError(`The post ${post.id} is for the whole city; leave --body out.`)
  if (post.of !== 'tenant' && given.body === undefined) throw new OperatorError(`The post ${post.id} belongs to a ${post.of}; give its id with --body.`)
  return post
}
