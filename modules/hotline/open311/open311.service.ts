// Open311 GeoReport v2 over tickets: categories are services, the public number is the request's id.
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { actorOfLink } from '#modules/access/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Preparing } from '#server/kit/route.ts'
import type { Secrets } from '#server/kit/secrets.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { digitsOf, titleOf } from '../citizen/citizen.rules.ts'
import { type State, stateNames } from '../hotline.contract.ts'
import { categoryOf, hotlineOf } from '../hotline.pack.ts'
import { codeOf, enterTicket } from '../hotline.service.ts'
import { spanOf, statusOf } from './open311.rules.ts'
import { publicRequests } from './open311.sql.ts'

/** The purpose of keys: a key for the calendar opens nothing here. */
export const keyPurpose = 'open311'

const missing = (what: string) => new Refusal('not-found', `${what} was not found / 没有找到`)

/** Every category as a service; each asks for the county besides. */
export function listServices(tenant: Tenant) {
  return hotlineOf(tenant).categories.flatMap((group) =>
    group.items.map(({ id, name }) => ({
      ...{ service_code: id, service_name: name, description: `${group.name}：${name}`, metadata: true },
      ...{ type: 'realtime' as const, keywords: `${group.name},${name}`, group: group.name },
    })),
  )
}

const countiesOf = (tenant: Tenant) => partOf(tenant, organisationPack).counties.map(({ code, name }) => ({ key: code, name }))

/** What a service asks besides: the county, if one wants to say it. */
export function definitionOf(tenant: Tenant, code: string) {
  if (categoryOf(hotlineOf(tenant), code) === undefined) throw missing('service_code')
  const county = { variable: true, code: 'county', datatype: 'singlevaluelist', required: false, datatype_description: '', order: 1, description: '县区' }
  return { service_code: code, attributes: [{ ...county, values: countiesOf(tenant) }] }
}

export interface Wanted {
  service_request_id?: string
  service_code?: string
  status?: string
  start_date?: string
  end_date?: string
  page?: number
  page_size?: number
}

const listOf = (text: string | undefined): string[] | null => (text === undefined || text.trim() === '' ? null : text.split(',').map((one) => one.trim()))

/** Requests by id, which overrides all else, or of a span. Refuses (invalid) a date that can't be read. */
export async function listRequests(tx: Tx, wanted: Wanted) {
  const ids = listOf(wanted.service_request_id)
  const numbers = ids?.map(digitsOf).filter((one) => /^\d{1,18}$/.test(one)) ?? null
  const span = spanOf(wanted.start_date, wanted.end_date, now(tx.tenant))
  if (span === null) throw new Refusal('invalid', 'start_date, end_date: W3C datetime such as 2024-12-01T00:00:00Z')
  const states = listOf(wanted.status)?.filter((one) => one === 'open' || one === 'closed') ?? []
  const limit = wanted.page_size ?? 200
  const rows = await tx.all(publicRequests, {
    ...{ tenantId: tx.tenant.id, numbers, ...span, limit, offset: ((wanted.page ?? 1) - 1) * limit },
    ...(numbers === null
      ? { categories: listOf(wanted.service_code), closed: states.length === 1 ? states[0] === 'closed' : null }
      : { categories: null, closed: null }),
  })
  const pack = hotlineOf(tx.tenant)
  const counties = new Map(countiesOf(tx.tenant).map(({ key, name }) => [key, name]))
  return rows.map(({ number, state, category, county, unit, receivedAt, updatedAt, dueAt }) => ({
    ...{ service_request_id: number, status: statusOf(state as State), status_notes: stateNames[state as State] },
    ...{
      service_name: categoryOf(pack, category)?.category.name ?? category,
      service_code: category,
      description: null,
      agency_responsible: unit,
      service_notice: null,
    },
    ...{ requested_datetime: receivedAt, updated_datetime: updatedAt, expected_datetime: dueAt },
    ...{ address: counties.get(county) ?? null, address_id: county || null, zipcode: null, lat: null, long: null, media_url: null },
  }))
}

/** One request by its id. */
export async function oneRequest(tx: Tx, id: string) {
  const found = /^\d{1,18}$/.test(id) ? await listRequests(tx, { service_request_id: id }) : []
  if (found.length === 0) throw missing('service_request_id')
  return found
}

/** Who enters by a key. Refuses what is no key, or of an account that takes no tickets. */
export async function actorOfKey(call: Preparing<unknown, unknown, { api_key?: string }>): Promise<Actor> {
  const actor = await actorOfLink(call, keyPurpose, call.body.api_key ?? '')
  if (actor === null || !actor.posts.some(({ may }) => may.includes('hotline.take')))
    throw new Refusal('not-allowed', 'api_key was not provided or is not valid / 密钥不对')
  return actor
}

interface Posted {
  service_code: string
  description: string
  address_string?: string
  lat?: string
  long?: string
  first_name?: string
  last_name?: string
  phone?: string
  'attribute[county]'?: string
}

/** Enters what a program sends for a citizen. */
export async function enterRequest({ tx, actor, secrets }: { tx: Tx; actor: Actor; secrets: Secrets }, posted: Posted) {
  const county = posted['attribute[county]'] ?? ''
  if (county !== '' && !countiesOf(tx.tenant).some(({ key }) => key === county)) throw new Refusal('invalid', 'attribute[county]: 没有这个县区')
  const place = posted.address_string || (posted.lat && posted.long ? `${posted.lat.slice(0, 20)},${posted.long.slice(0, 20)}` : '')
  const caller = { name: `${posted.last_name ?? ''}${posted.first_name ?? ''}`.slice(0, 40), phone: (posted.phone ?? '').slice(0, 40) }
  const { service_code: category, description: body } = posted
  const given = { id: newId(), channel: 'app', category, county, place, title: titleOf(body), body, caller }
  const { number, ticketId } = await enterTicket({ tx, actor }, 'agent', given)
  return [{ service_request_id: number, service_notice: `查询码 ${codeOf(secrets, ticketId)}`, account_id: null }]
}
