// org's fact sources for the engine: who exists, who holds which post, who is a member, who was merged into whom, as of {on} and {asOf}.
// Columns that cost something are joins to grouped subselects, which PostgreSQL drops when nobody reads them, or hashed `in`.
import { type Column, type ColumnType, type Source, successorSource } from '#engine/catalogue.ts'
import type { OrganisationPack } from './org.pack.ts'

const at = '({on}, {asOf})'

function column(name: string, label: string, type: ColumnType, sql: string): Column {
  return { name, label, type, sql }
}

/** Ids from the pack as an SQL list; their pattern allows letters, digits and hyphens alone. */
function list(ids: string[]): string {
  return ids.length === 0 ? 'null' : ids.map((id) => `'${id}'`).join(', ')
}

function holds(body: string, posts: string): string {
  return `(${body} in (select h.body_id from org.holdings_at${at} h where h.post in (${posts})))`
}

/** The county by the first six digits of the division code; counties are named by the pack. */
function countyOf(pack: OrganisationPack): string {
  const cases = pack.counties.map((county) => `when '${county.code}' then '${county.name.replaceAll("'", "''")}'`)
  return cases.length === 0 ? "''" : `case left(unit.division_code, 6) ${cases.join(' ')} else '' end`
}

/** By body: when it was set up, and the part of the days {from} to {to} in which it existed, over all its versions known at {asOf}, also those after {on}. */
function lives(table: 'unit' | 'party_org'): string {
  const days = 'sum(greatest(least(v.valid_until, {to} + 1) - greatest(v.valid_from, {from}), 0))'
  // Exact to 30 places, like every quotient (R-NUM-1).
  return `(select v.${table}_id, min(v.valid_from) as exists_from, div(${days} * 1e30, {to} - {from} + 1) * 1e-30 as share
      from org.${table} v where v.tenant_id = {tenant} and v.known_from <= {asOf} and v.known_until > {asOf} group by v.${table}_id)`
}

function lifeColumns(alias: string): Column[] {
  return [column('exists_from', '设立日期', 'date', `${alias}.exists_from`), column('share', '考核期内存续占比', 'decimal', `${alias}.share`)]
}

function unit(pack: OrganisationPack): Source {
  return {
    name: 'unit',
    label: '单位',
    relation: `(select u.*, place.parent_id, life.exists_from, life.share from org.units_at${at} u
    left join ${lives('unit')} life on life.unit_id = u.unit_id
    left join (select p.node_id, min(p.parent_id::text) as parent_id from org.placements_at${at} p where p.tree = 'administrative' group by p.node_id) place on place.node_id = u.unit_id) unit`,
    id: 'unit.unit_id',
    subjects: { unit: 'unit.unit_id' },
    when: null,
    columns: [
      column('id', '编号', 'string', 'unit.unit_id::text'),
      column('name', '名称', 'string', 'unit.name'),
      column('kind', '类型', 'string', 'unit.kind'),
      column('class', '类别', 'string', 'unit.class'),
      column('level', '层级', 'string', 'unit.level'),
      column('parent', '上级单位', 'string', 'unit.parent_id'),
      column('county', '所在县区', 'string', countyOf(pack)),
      column('staff', '编制人数', 'int', 'unit.staff'),
      column('has_first_responsible', '有第一责任人', 'bool', holds('unit.unit_id', "'first-responsible'")),
      ...lifeColumns('unit'),
    ],
  }
}

function partyOrg(pack: OrganisationPack): Source {
  const grassroots = list(pack.party_org_kinds.filter((kind) => kind.grassroots === true).map((kind) => kind.id))
  const posts = list(pack.posts.filter((post) => post.of === 'party-org').map((post) => post.id))
  return {
    name: 'party-org',
    label: '党组织',
    relation: `(select o.*, u.class, u.level, place.parent_id, count.members, count.full_members, committee.size, term.due_on, life.exists_from, life.share
      from org.party_orgs_at${at} o
      left join ${lives('party_org')} life on life.party_org_id = o.party_org_id
      left join (select u.unit_id, min(u.class) as class, min(u.level) as level from org.units_at${at} u group by u.unit_id) u on u.unit_id = o.unit_id
      left join (select p.node_id, min(p.parent_id::text) as parent_id from org.placements_at${at} p where p.tree = 'party' group by p.node_id) place on place.node_id = o.party_org_id
      left join {org.party_members_at${at}} count on count.party_org_id = o.party_org_id
      left join (select h.body_id, count(distinct h.person_id)::int as size from org.holdings_at${at} h where h.post in (${posts}) group by h.body_id) committee on committee.body_id = o.party_org_id
      left join org.terms_at${at} term on term.party_org_id = o.party_org_id) org`,
    id: 'org.party_org_id',
    subjects: { 'party-org': 'org.party_org_id', unit: 'org.unit_id' },
    when: null,
    columns: [
      column('id', '编号', 'string', 'org.party_org_id::text'),
      column('name', '名称', 'string', 'org.name'),
      column('kind', '类型', 'string', 'org.kind'),
      column('unit', '所属单位', 'string', 'org.unit_id::text'),
      column('class', '单位类别', 'string', "coalesce(org.class, '')"),
      column('level', '单位层级', 'string', "coalesce(org.level, '')"),
      column('parent', '上级党组织', 'string', 'org.parent_id'),
      column('grassroots', '基层党组织', 'bool', `(org.kind in (${grassroots}))`),
      column('members', '党员数（含下级）', 'int', 'coalesce(org.members, 0)'),
      column('full_members', '正式党员数（含下级）', 'int', 'coalesce(org.full_members, 0)'),
      column('has_secretary', '有书记', 'bool', holds('org.party_org_id', "'secretary', 'discipline-secretary'")),
      column('has_discipline_member', '有纪检委员', 'bool', holds('org.party_org_id', "'discipline-member'")),
      column(
        'has_discipline_committee',
        '有机关纪委',
        'bool',
        `(org.party_org_id in (select p.parent_id from org.placements_at${at} p
        join org.party_orgs_at${at} d on d.party_org_id = p.node_id and d.kind = 'discipline-committee' where p.tree = 'party' and p.parent_id is not null))`,
      ),
      column('committee_size', '班子人数', 'int', 'coalesce(org.size, 0)'),
      column('has_term', '有任期', 'bool', '(org.due_on is not null)'),
      column('term_due_on', '应换届日期', 'date', 'org.due_on'),
      column('overdue', '超期未换届', 'bool', 'coalesce(org.due_on < {on}, false)'),
      ...lifeColumns('org'),
    ],
  }
}

const post: Source = {
  name: 'post',
  label: '任职',
  relation: `(select h.*, coalesce(o.unit_id, h.body_id) as unit_id, o.party_org_id, o.kind as party_org_kind from org.holdings_at${at} h left join org.party_orgs_at${at} o on o.party_org_id = h.body_id) post`,
  id: 'post.holding_id',
  subjects: { unit: 'post.unit_id', 'party-org': 'post.party_org_id' },
  when: null,
  columns: [
    column('post', '职务', 'string', 'post.post'),
    column('person', '人员', 'string', 'post.person_id::text'),
    column('body', '组织', 'string', 'post.body_id::text'),
    column('unit', '单位', 'string', 'post.unit_id::text'),
    column('party_org_kind', '党组织类型', 'string', "coalesce(post.party_org_kind, '')"),
    column('valid_from', '任职日期', 'date', 'post.valid_from'),
  ],
}

const member: Source = {
  name: 'member',
  label: '党员',
  relation: `(select m.*, o.unit_id from {org.memberships_at${at}} m join org.party_orgs_at${at} o on o.party_org_id = m.party_org_id) member`,
  id: 'member.membership_id',
  subjects: { unit: 'member.unit_id', 'party-org': 'member.party_org_id' },
  when: null,
  columns: [
    column('person', '人员', 'string', 'member.person_id::text'),
    column('party_org', '党组织', 'string', 'member.party_org_id::text'),
    column('unit', '单位', 'string', 'member.unit_id::text'),
    column('kind', '党员类别', 'string', 'member.kind'),
    column('valid_from', '起始日期', 'date', 'member.valid_from'),
  ],
}

/** Mergers that have taken effect, as a state: whoever was merged last year is followed too where last year's facts are counted. Splits have no successor. */
const successor: Source = {
  name: successorSource,
  label: '合并',
  relation: `(select l.* from org.lineage l
    where l.tenant_id = {tenant} and l.kind = 'merge' and l.took_effect_on <= {on} and l.known_from <= {asOf} and l.known_until > {asOf}) merger`,
  id: 'merger.lineage_id',
  subjects: { unit: 'merger.to_id', 'party-org': 'merger.to_id' },
  when: null,
  columns: [column('old', '被并入的组织', 'string', 'merger.from_id::text'), column('took_effect_on', '合并日期', 'date', 'merger.took_effect_on')],
}

/** The sources `unit`, `party-org`, `post`, `member` and `successor`; kinds and posts that columns ask for come from the pack. */
export function orgSources(pack: OrganisationPack): Source[] {
  return [unit(pack), partyOrg(pack), post, member, successor]
}
