// What the operator does before anyone can sign in: make a city and its first account.
import { join } from 'node:path'
import { newId } from '#base/ids.ts'
import { hashPassword, insertAccount, insertAppointment, insertPerson } from '#modules/access/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { findBody, organisationPack } from '#modules/org/index.ts'
import { today } from '#server/kit/clock.ts'
import { isPgError, openPool, transaction } from '#server/kit/db.ts'
import { appUrl } from '#server/kit/migrate.ts'
import { OperatorError } from '#server/kit/operator-error.ts'
import { partOf } from '#server/kit/pack.ts'
import { addTenant, loadTenants, type Tenant } from '#server/kit/tenant.ts'
import { loadPacks } from './pack.ts'

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

/** Makes an account, and its city where it is new. Throws a sentence for what won't do. */
export async function addAccount(place: { ownerUrl: string; root: string }, given: NewAccount): Promise<{ post: string; city: string }> {
  const packs = loadPacks(join(place.root, 'packs'))
  const pool = openPool(appUrl(place.ownerUrl), 1)
  try {
    let tenants = await loadTenants(pool)
    if (given.city !== undefined && !tenants.some((tenant) => tenant.slug === given.city)) {
      const { city: slug, cityName: name, pack } = given
      if (name === undefined || pack === undefined) throw new OperatorError(`There is no city "${slug}"; add --city-name and --pack to make it.`)
      if (!packs.includes(pack)) throw new OperatorError(`There is no pack "${pack}"; there are: ${packs.join(', ')}.`)
      await addTenant(place.ownerUrl, { slug, name, pack })
      tenants = await loadTenants(pool)
    }
    const tenant = given.city === undefined ? tenants[0] : tenants.find((entry) => entry.slug === given.city)
    if (tenant === undefined) throw new OperatorError('There is no city yet; add --city, --city-name and --pack to make one.')
    const post = postOf(tenant, given)
    const [accountId, personId] = [newId(), newId()]
    const passwordHash = await hashPassword(given.password)
    await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, async (tx) => {
      const bodyId = given.body ?? null
      if (bodyId !== null && (await findBody(tx, bodyId)) === undefined)
        throw new OperatorError(`There is no unit or Party organisation ${bodyId} in ${tenant.name}.`)
      await tx.all(insertPerson, { tenantId: tenant.id, personId, name: given.name })
      await tx.all(insertAccount, {
        tenantId: tenant.id,
        accountId,
        login: given.login,
        passwordHash,
        personId,
        mustChange: false,
        madeBy: null,
      })
      await tx.all(insertAppointment, {
        tenantId: tenant.id,
        appointmentId: newId(),
        accountId,
        post: post.id,
        bodyId,
        from: today(tenant),
        until: null,
        reason: 'dajuan account add',
        madeBy: null,
      })
      await leaveEntry(tx, 'account.add', { kind: 'account', id: accountId }, { post: post.id, bodyId })
    })
    return { post: post.name, city: tenant.name }
  } catch (error) {
    if (isPgError(error, '23505')) throw new OperatorError(`There is an account "${given.login}" already; choose another login.`, { cause: error })
    throw error
  } finally {
    await pool.end()
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
