// Who sits in the matrix: an account for each post of the pack, in a body with neighbours of every relation; and what can be named of a body.
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { newId } from '#base/ids.ts'
import { organisationPack } from '#modules/org/index.ts'
import { partOf } from '#server/kit/pack.ts'
import { type Ground, groundOf, type KnownPost, reachOf } from '../posts-city.ts'
import { type Caller, callerOf } from '../server.ts'
import type { Thing } from './samples.ts'

export const relations = ['own', 'parent', 'child', 'sibling', 'other-county', 'other-tenant', 'none'] as const
export type Relation = (typeof relations)[number]

/** What can be named of a body: each with the body that it belongs to. */
export type Named = Partial<Record<Thing, { id: string; owner: string }>>

export interface Seat extends KnownPost {
  caller: Caller
  /** The bodies of each relation there are. */
  near: Partial<Record<Relation, Named>>
}

interface Rows {
  ground: Ground
  named: (body: string) => Named
  countyOf: Map<string, string>
}

/** What the city has, by body. */
async function rowsOf(owner: pg.Client): Promise<Rows> {
  const ground = await groundOf(owner)
  const now = `tenant_id = 1 and known_until = 'infinity'`
  const { rows } = await owner.query<{ thing: Thing; id: string; owner: string }>(`
    select 'record' as thing, record_id::text as id, owner_id::text as owner from ledger.record where ${now} and state = 'valid'
    union all select 'attachment', attachment_id::text, owner_id::text from ledger.attachment where ${now}
    union all select 'membership', membership_id::text, party_org_id::text from org.membership where ${now} and valid_until > '2024-12-20'
    union all select 'person', person_id::text, party_org_id::text from org.membership where ${now} and valid_from <= '2024-12-20' and valid_until > '2024-12-20'
    union all select 'holding', holding_id::text, body_id::text from org.holding where ${now} and valid_until > '2024-12-20'
    union all select 'objection', objection_id::text, subject_id::text from scoring.objection where tenant_id = 1
    union all select 'mark', mark_id::text, subject_id::text from ledger.mark where ${now}`)
  const first = new Map<string, Named>()
  for (const { thing, id, owner: of } of rows) {
    const known = first.get(of) ?? {}
    first.set(of, known)
    known[thing] ??= { id, owner: of }
  }
  const orgOf = new Map(ground.orgs.map((org) => [org.id, org]))
  const named = (body: string): Named => {
    const unit = orgOf.get(body)?.unit ?? body
    const orgs = orgOf.has(body) ? [body] : ground.orgs.filter((org) => org.unit === body).map(({ id }) => id)
    const org = orgs.find((id) => first.get(id)?.membership !== undefined) ?? orgs[0]
    return {
      ...(org === undefined ? {} : { ...first.get(org), org: { id: org, owner: org } }),
      ...(org === undefined || !orgOf.has(body) ? first.get(unit) : {}),
      unit: { id: unit, owner: unit },
    }
  }
  const counties = await owner.query<{ id: string; county: string }>(
    `select unit_id as id, coalesce(left(division_code, 6), '') as county from org.unit where ${now}`,
  )
  return { ground, named, countyOf: new Map(counties.rows.map(({ id, county }) => [id, county])) }
}

/** The bodies beside one in a tree. */
function near(body: string, tree: string, { ground, countyOf }: Rows): Partial<Record<Relation, string>> {
  const places = ground.places.filter((place) => place.tree === tree)
  const parent = places.find(({ node }) => node === body)?.parent ?? undefined
  const unitOf = new Map(ground.orgs.map(({ id, unit }) => [id, unit]))
  const county = (id: string) => countyOf.get(unitOf.get(id) ?? id)
  const reach = reachOf(body, tree, ground)
  const alike = unitOf.has(body) ? ground.orgs.map(({ id }) => id) : ground.units
  return {
    own: body,
    parent,
    child: places.find((place) => place.parent === body)?.node,
    sibling: parent === undefined ? undefined : places.find((place) => place.parent === parent && place.node !== body)?.node,
    'other-county': alike.find((id) => !reach.has(id) && county(id) !== county(body) && county(id) !== ''),
  }
}

/** Accounts for every post of the pack, signed in. `foreign`: what another tenant has. */
export async function seatsOf(app: FastifyInstance, owner: pg.Client, foreign: Named): Promise<Seat[]> {
  const rows = await rowsOf(owner)
  const { ground } = rows
  const complete = (bodies: string[], tree: string) => {
    const scored = bodies.map((body) => ({ body, n: Object.values(near(body, tree, rows)).filter((id) => id !== undefined).length }))
    return scored.sort((left, right) => right.n - left.n)[0]?.body ?? ''
  }
  const nothing: Named = Object.fromEntries(
    (['record', 'attachment', 'unit', 'org', 'membership', 'holding', 'person', 'objection', 'mark'] as const).map((thing) => [
      thing,
      { id: newId(), owner: '' },
    ]),
  )
  const seats: Seat[] = []
  for (const kind of partOf({ pack: 'changzhi' }, organisationPack).posts) {
    const body = complete(kind.of === 'unit' ? ground.units : ground.orgs.map(({ id }) => id), kind.tree)
    const at = kind.of === 'tenant' ? null : body
    const login = `matrix-${kind.id}`
    const [person, account] = [newId(), newId()]
    await owner.query(`insert into org.person (tenant_id, person_id, name, initials) values (1, '${person}', '某示例', 'msl');
      insert into access.account (tenant_id, account_id, login, password_hash, person_id) select 1, '${account}', '${login}', password_hash, '${person}' from access.account where tenant_id = 1 and login = 'gongwei';
      insert into access.appointment (tenant_id, appointment_id, account_id, post, body_id, valid_from) values (1, '${newId()}', '${account}', '${kind.id}', ${at === null ? 'null' : `'${at}'`}, '2024-01-01')`)
    const reach = at === null ? ground.everything : reachOf(at, kind.tree, ground)
    const beside = Object.entries(near(body, kind.tree, rows)).flatMap(([relation, id]) => (id === undefined ? [] : [[relation, rows.named(id)]]))
    seats.push({
      post: kind.id,
      body: at,
      of: kind.of,
      may: kind.may,
      reach,
      caller: await callerOf(app, { account: login, password: 'gongwei-2024' }),
      near: { ...Object.fromEntries(beside), 'other-tenant': foreign, none: nothing },
    })
  }
  return seats
}
