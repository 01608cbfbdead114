// Who holds which post on the city's day and what it reaches, told from the tables and the pack alone: walked here, not asked of the server.
import type pg from 'pg'
import { organisationPack } from '#modules/org/index.ts'
import { partOf } from '#server/kit/pack.ts'
import { TODAY } from './made-city.ts'

interface Place {
  tree: string
  node: string
  parent: string | null
}

/** The organisation of tenant 1 on its day. */
export interface Ground {
  places: Place[]
  orgs: { id: string; unit: string; kind: string }[]
  units: string[]
  /** What was merged or split into what. */
  ended: { from: string; to: string }[]
  /** All bodies there are, the ended ones too. */
  everything: ReadonlySet<string>
}

/** A post of an account, with what the pack gives it. */
export interface KnownPost {
  post: string
  body: string | null
  of: 'unit' | 'party-org' | 'tenant'
  may: readonly string[]
  reach: ReadonlySet<string>
}

export interface Account {
  login: string
  name: string
  posts: KnownPost[]
  /** What is reached by the posts that may read. */
  scope: ReadonlySet<string>
}

/** Reads the organisation as it stands on the day. */
export async function groundOf(owner: pg.Client): Promise<Ground> {
  const rows = async <R extends object>(text: string): Promise<R[]> => (await owner.query<R>(text)).rows
  const now = `tenant_id = 1 and valid_from <= '${TODAY}' and valid_until > '${TODAY}' and known_until = 'infinity'`
  const places = await rows<Place>(`select tree, node_id as node, parent_id as parent from org.placement where ${now}`)
  const orgs = await rows<Ground['orgs'][number]>(`select party_org_id as id, unit_id as unit, kind from org.party_org where ${now}`)
  const units = (await rows<{ id: string }>(`select unit_id as id from org.unit where ${now}`)).map(({ id }) => id)
  const ended = await rows<Ground['ended'][number]>(
    `select from_id as "from", to_id as "to" from org.lineage where tenant_id = 1 and kind in ('merge', 'split') and took_effect_on <= '${TODAY}' and known_until = 'infinity'`,
  )
  const everything = new Set([...units, ...orgs.map(({ id }) => id), ...ended.map(({ from }) => from), ...places.map(({ node }) => node)])
  return { places, orgs, units, ended, everything }
}

/** What lies below a body in a tree: the bodies, the organisations of units, the units that an organisation stands for, and what has become part of these. */
export function reachOf(body: string, tree: string, { places, orgs, ended }: Ground): Set<string> {
  const below = new Set([body])
  for (let grew = true; grew; ) {
    grew = false
    for (const { tree: of, node, parent } of places)
      if (of === tree && parent !== null && below.has(parent) && !below.has(node)) grew = below.add(node) !== undefined
  }
  const reach = new Set(below)
  const unitOf = new Map(orgs.map(({ id, unit }) => [id, unit]))
  const parentOf = new Map(places.filter(({ tree: of }) => of === 'party').map(({ node, parent }) => [node, parent]))
  for (const { id, unit } of orgs) {
    if (below.has(unit)) reach.add(id)
    // The first organisation of a unit stands for the unit.
    if (below.has(id) && tree === 'party' && unitOf.get(parentOf.get(id) ?? '') !== unit) reach.add(unit)
  }
  for (let grew = true; grew; ) {
    grew = false
    for (const { from, to } of ended) if (reach.has(to) && !reach.has(from)) grew = reach.add(from) !== undefined
  }
  return reach
}

/** Every account of tenant 1 with its posts of the day: what its person holds, what it is appointed to, what is delegated to its person. */
export async function accountsOf(owner: pg.Client, ground: Ground): Promise<Account[]> {
  const { posts: kinds } = partOf({ pack: 'changzhi' }, organisationPack)
  const on = (from: string, until: string) => `${from} <= '${TODAY}' and ${until} > '${TODAY}'`
  const holders = `select from org.holding g where g.tenant_id = 1 and g.post = d.post and g.body_id = d.body_id and g.known_until = 'infinity' and ${on('g.valid_from', 'g.valid_until')}`
  const { rows } = await owner.query<{ login: string; name: string; held: { post: string; body: string | null; delegated: boolean }[] | null }>(`
    select a.login, p.name, (select json_agg(json_build_object('post', x.post, 'body', x.body_id, 'delegated', x.delegated)) from (
        select post, body_id, false as delegated from org.holding h where h.tenant_id = 1 and h.person_id = a.person_id and h.known_until = 'infinity' and ${on('h.valid_from', 'h.valid_until')}
        union select post, body_id, false from access.appointment m where m.tenant_id = 1 and m.account_id = a.account_id and m.ended_at is null and ${on('m.valid_from', 'm.valid_until')}
        union select post, body_id, true from access.delegation d where d.tenant_id = 1 and d.person_id = a.person_id and d.ended_at is null and ${on('d.starts_on', 'd.ends_on + 1')}
          and case d.kind when 'acting' then not exists (${holders}) else exists (${holders} and g.person_id = d.giver_id) or exists (
            select from access.appointment m join access.account b using (tenant_id, account_id) where m.tenant_id = 1 and b.person_id = d.giver_id and b.active
              and m.post = d.post and m.body_id = d.body_id and m.ended_at is null and ${on('m.valid_from', 'm.valid_until')}) end) x) as held
    from access.account a join org.person p using (tenant_id, person_id) where a.tenant_id = 1 order by a.login`)
  const unitOf = new Map([...ground.orgs.map(({ id, unit }) => [id, unit] as const), ...ground.units.map((unit) => [unit, unit] as const)])
  return rows.map(({ login, name, held }) => {
    const all = (held ?? []).flatMap(({ post, body, delegated }): KnownPost[] => {
      const kind = kinds.find(({ id }) => id === post)
      if (kind === undefined || (kind.of !== 'tenant' && (body === null || !unitOf.has(body)))) return []
      const at = kind.of === 'unit' ? (unitOf.get(body ?? '') ?? null) : body
      const may = delegated ? kind.may.filter((action) => action !== 'post.delegate') : kind.may
      return [{ post, body: at, of: kind.of, may, reach: kind.of === 'tenant' ? ground.everything : reachOf(at ?? '', kind.tree, ground) }]
    })
    const officer = all.filter(({ post }) => kinds.some(({ id, officer: is }) => id === post && is === true))
    const posts = officer.length > 0 ? officer : all
    return { login, name, posts, scope: new Set(posts.filter(({ may }) => may.includes('read')).flatMap(({ reach }) => [...reach])) }
  })
}
