// Reading the organisation. Rows of people follow row-level security; counts of members are null outside the reader's scope.

import type { Static } from 'typebox'
import { addDays, daysBetween, isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey, readPageKey, writePageKey } from '#base/page-key.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type * as contract from './org.contract.ts'
import { organisationPack } from './org.pack.ts'
import { countyName, dateProblem, historyLines, notThen, treeNames } from './org.rules.ts'
import { type At, bodySearch, firstKey, type Key, memberList, partyOrgList, personList, treeChildren, unitList } from './org.sql.ts'
import { bodyLife, lineageOf, partyOrgById, partyOrgsBelow, partyOrgsOfUnit, placementsOf, placesOf, postsOf, unitById, versionsOf } from './org-page.sql.ts'

/** A moment with its zone, or the end of a day in China; undefined for what is neither, or no time that the system knows. */
function momentOf(text: string): Date | undefined {
  if (!isDate(text.slice(0, 10))) return undefined
  const day = text.length === 10
  if (!day && !/^T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10))) return undefined
  const moment = new Date(day ? `${addDays(text, 1)}T00:00:00+08:00` : text)
  const year = moment.getUTCFullYear()
  return year >= 1900 && year <= 2100 ? moment : undefined
}

/** The asked date and moment, today and now where left out. Refuses days and moments that do not exist. */
export function atOf(tenant: Tenant, query: { on?: string | undefined; asOf?: string | undefined }): At {
  const on = query.on ?? today(tenant)
  const wrong = dateProblem(on)
  if (wrong !== null) throw new Refusal('invalid', `日期不对：${wrong}。`, [{ field: '/on', value: on, message: wrong }])
  const moment = query.asOf === undefined ? now(tenant) : momentOf(query.asOf)
  if (moment === undefined)
    throw new Refusal('invalid', '“当时所知”的时刻不对。', [{ field: '/asOf', value: query.asOf, message: '应写作 2024-06-30 或 2024-06-30T12:00:00Z' }])
  return { on, asOf: moment.toISOString() }
}

/** True when the body is one whose people the actor may see. */
export function inScope(actor: Actor, bodyId: string): boolean {
  return actor.scope === 'tenant' || actor.scope.includes(bodyId)
}

const isId = new RegExp(uuidPattern)

function keyOf(text: string | undefined): Key {
  if (text === undefined) return firstKey
  const [num, name, id] = readPageKey(text) ?? []
  const isNumber = typeof num === 'number' && Number.isInteger(num) && Math.abs(num) <= 2_000_000_000
  if (isNumber && typeof name === 'string' && !name.includes('\u0000') && typeof id === 'string' && isId.test(id)) return { num, name, id }
  throw badPageKey(text)
}

/** Cuts one row more than asked into a page and the key of the next. */
function paged<R extends { name: string }>(rows: R[], limit: number, of: (row: R) => Key): { rows: R[]; next: string | null } {
  const last = rows[limit - 1]
  if (rows.length <= limit || last === undefined) return { rows, next: null }
  const { num, name, id } = of(last)
  return { rows: rows.slice(0, limit), next: writePageKey([num, name, id]) }
}

const ref = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name })

type UnitsQuery = Static<typeof contract.listUnits.query>

/** A page of units as of a date. */
export async function units(tx: Tx, query: UnitsQuery): Promise<Static<typeof contract.listUnits.reply>> {
  const pack = partOf(tx.tenant, organisationPack)
  const { q = '', level = '', class: group = '', kind = '', county = '', sort = 'name', limit = 50 } = query
  const found = await tx.all(unitList, {
    ...atOf(tx.tenant, query),
    q: q.trim(),
    level,
    class: group,
    kind,
    county,
    sort,
    after: keyOf(query.after),
    limit: limit + 1,
  })
  const { rows, next } = paged(found, limit, (row) => row)
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      class: row.class,
      level: row.level,
      county: countyName(pack, row.divisionCode),
      parent: ref(row.parentId, row.parentName),
      staff: row.staff,
      partyOrgs: row.partyOrgs,
      head: row.head,
      hasHead: row.hasHead,
    })),
    total: { count: found[0]?.total ?? 0, capped: false },
    next,
  }
}

/** A page of Party organisations as of a date. */
export async function partyOrgs(
  tx: Tx,
  actor: Actor,
  query: Static<typeof contract.listPartyOrgs.query>,
): Promise<Static<typeof contract.listPartyOrgs.reply>> {
  const { q = '', kind = '', level = '', county = '', unit = null, state = '', sort = 'name', limit = 50 } = query
  const found = await tx.all(partyOrgList, {
    ...atOf(tx.tenant, query),
    q: q.trim(),
    kind,
    level,
    county,
    unit,
    state,
    sort,
    after: keyOf(query.after),
    limit: limit + 1,
  })
  const { rows, next } = paged(found, limit, (row) => row)
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      unit: { id: row.unitId, name: row.unitName },
      parent: ref(row.parentId, row.parentName),
      secretary: row.secretary,
      hasSecretary: row.hasSecretary,
      members: inScope(actor, row.id) ? row.members : null,
      termDueOn: row.termDueOn,
      overdue: row.overdue,
    })),
    total: { count: found[0]?.total ?? 0, capped: false },
    next,
  }
}

/** The nodes directly below one of a tree. */
export async function tree(tx: Tx, name: contract.Tree, query: Static<typeof contract.treeLevel.query>): Promise<Static<typeof contract.treeLevel.reply>> {
  const nodes = await tx.all(treeChildren, { ...atOf(tx.tenant, query), tree: name, parent: query.parent ?? null })
  return { nodes: nodes.map((node) => ({ ...node, bodyKind: node.bodyKind === 'unit' ? 'unit' : 'party-org' })) }
}

async function refuseMissing(tx: Tx, id: string, kind: string, at: At): Promise<never> {
  const life = await tx.maybe(bodyLife, { id, asOf: at.asOf })
  if (life === undefined || life.kind !== kind) throw new Refusal('not-found', '没有找到这个组织。')
  throw new Refusal('not-found', notThen(life, at.on), [
    { field: '/on', value: at.on, message: life.until !== null && at.on >= life.until ? `最后一天是 ${addDays(life.until, -1)}` : `从 ${life.from} 起存在` },
  ])
}

const places = (rows: { tree: string; path: { id: string; name: string }[]; children: number }[]) =>
  rows.map((row) => ({ ...row, tree: row.tree as contract.Tree }))

/** A unit's page as of a date. Refuses with the days it existed when it did not then. */
export async function unit(tx: Tx, actor: Actor, id: string, query: { on?: string; asOf?: string }): Promise<contract.UnitPage> {
  const at = atOf(tx.tenant, query)
  const row = await tx.maybe(unitById, { ...at, id })
  if (row === undefined) return refuseMissing(tx, id, 'unit', at)
  const stands = await tx.all(placesOf, { ...at, id })
  const posts = await tx.all(postsOf, { ...at, id })
  const below = await tx.all(partyOrgsOfUnit, { ...at, id })
  return {
    ...row,
    county: countyName(partOf(tx.tenant, organisationPack), row.divisionCode),
    inScope: inScope(actor, id),
    places: places(stands),
    posts,
    partyOrgs: below.map((org) => ({ ...org, members: inScope(actor, org.id) ? org.members : null })),
  }
}

/** A Party organisation's page as of a date. Refuses with the days it existed when it did not then. */
export async function partyOrg(tx: Tx, actor: Actor, id: string, query: { on?: string; asOf?: string }): Promise<contract.PartyOrgPage> {
  const at = atOf(tx.tenant, query)
  const row = await tx.maybe(partyOrgById, { ...at, id })
  if (row === undefined) return refuseMissing(tx, id, 'party-org', at)
  const stands = await tx.all(placesOf, { ...at, id })
  const posts = await tx.all(postsOf, { ...at, id })
  const below = await tx.all(partyOrgsBelow, { ...at, id })
  const { unitId, unitName, termId, electedOn, dueOn, own, all, full, ...rest } = row
  const visible = inScope(actor, id)
  return {
    ...rest,
    unit: { id: unitId, name: unitName },
    inScope: visible,
    places: places(stands),
    posts,
    term: termId === null || electedOn === null || dueOn === null ? null : { termId, electedOn, dueOn, daysLeft: daysBetween(at.on, dueOn) },
    members: visible ? { own, all, full } : null,
    below: below.map((org) => ({ ...org, members: inScope(actor, org.id) ? org.members : null })),
  }
}

/** Versions, places and lineage of a body. */
export async function history(tx: Tx, id: string, query: { asOf?: string }): Promise<Static<typeof contract.bodyHistory.reply>> {
  const { asOf } = atOf(tx.tenant, query)
  const life = await tx.maybe(bodyLife, { id, asOf })
  if (life === undefined) throw new Refusal('not-found', '没有找到这个组织。')
  const versions = await tx.all(versionsOf, { id, asOf })
  const placements = await tx.all(placementsOf, { id, asOf })
  const lineage = await tx.all(lineageOf, { id, asOf })
  return {
    id,
    name: life.name,
    kind: life.kind === 'unit' ? 'unit' : 'party-org',
    lines: historyLines(id, partOf(tx.tenant, organisationPack), { versions, placements, lineage }),
  }
}

/** Members of a Party organisation and all below. Refuses outside the reader's scope: the roll is not part of the directory. */
export async function members(
  tx: Tx,
  actor: Actor,
  partyOrgId: string,
  query: Static<typeof contract.listMembers.query>,
): Promise<Static<typeof contract.listMembers.reply>> {
  if (!inScope(actor, partyOrgId)) throw new Refusal('not-allowed', '党员名册只对本组织和它的上级开放。')
  const { q = '', limit = 50 } = query
  const found = await tx.all(memberList, { ...atOf(tx.tenant, query), partyOrgId, q: q.trim(), after: keyOf(query.after), limit: limit + 1 })
  const { rows, next } = paged(found, limit, (row) => ({ num: 0, name: '', id: row.personId }))
  return {
    rows: rows.map(({ partyOrgId: id, partyOrgName: name, total: _total, ...row }) => ({ ...row, partyOrg: { id, name } })),
    total: { count: found[0]?.total ?? 0, capped: false },
    next,
  }
}

/** Persons by name or initials, as far as the reader may see them. */
export async function persons(tx: Tx, query: Static<typeof contract.findPersons.query>): Promise<Static<typeof contract.findPersons.reply>> {
  const { limit = 20 } = query
  const found = await tx.all(personList, { ...atOf(tx.tenant, query), q: query.q.trim(), after: keyOf(query.after), limit: limit + 1 })
  const { rows, next } = paged(found, limit, (row) => ({ num: 0, name: '', id: row.id }))
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      outside: row.outside as false,
      partyOrg: ref(row.partyOrgId, row.partyOrgName),
      posts: row.posts.map((post) => ({ post: post.post, body: { id: post.id, name: post.name } })),
    })),
    next,
  }
}

/** Units and Party organisations by name, best match first. */
export async function bodies(tx: Tx, query: Static<typeof contract.findBodies.query>): Promise<Static<typeof contract.findBodies.reply>> {
  const rows = await tx.all(bodySearch, { ...atOf(tx.tenant, query), q: query.q.trim(), kind: query.kind ?? '', limit: query.limit ?? 20 })
  return { rows: rows.map((row) => ({ ...row, kind: row.kind === 'unit' ? ('unit' as const) : ('party-org' as const) })) }
}

/** The pack's names, and what the actor's post may do to the organisation. */
export function vocabulary(tenant: Tenant, may: (action: string) => boolean): contract.Vocabulary {
  const pack = partOf(tenant, organisationPack)
  return {
    unitKinds: pack.unit_kinds,
    unitClasses: pack.unit_classes,
    unitLevels: pack.unit_levels,
    counties: pack.counties.map(({ code, name }) => ({ id: code, name })),
    partyOrgKinds: pack.party_org_kinds.map((kind) => ({
      id: kind.id,
      name: kind.name,
      hasMembers: kind.has_members === true,
      termYears: kind.term_years ?? null,
    })),
    posts: pack.posts.flatMap((post) => (post.of === 'tenant' ? [] : [{ id: post.id, name: post.name, of: post.of }])),
    trees: Object.entries(treeNames).map(([id, name]) => ({ id, name })),
    may: { change: may('org.change'), import: may('org.import') },
    rules: pack.structure_rules.map(({ id, name }) => ({ id, name })),
  }
}
