// The small city with every kind of row, the readers who look at it, and, told from its tables alone, what each may see.
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { newId } from '#base/ids.ts'
import type { HttpOptions } from '#server/app/http.ts'
import type { HeldPost } from '#server/kit/actor.ts'
import type { Pool } from '#server/kit/db.ts'
import { owned } from '#server/kit/sql.ts'
import { accountsOf, groundOf } from './posts-city.ts'
import { putOnNotice } from './release.ts'
import { type Caller, callerOf, serverOver } from './server.ts'
import { smallCity } from './small-city.ts'

/** The accounts that look: each sees less, or elsewhere, than another. `public` has no session. */
export const logins = ['public', 'guanli', 'zhibu', 'xiangzhen', 'dangwei', 'xianqu', 'gongwei'] as const
export type Login = (typeof logins)[number]

export interface Reader extends Caller {
  login: Login
  name: string
  /** Units and Party organisations; of the desk all there are. */
  scope: ReadonlySet<string>
}

interface RecordLine {
  id: string
  owner: string
  title: string
  attachment: string | null
}

/** Everything there is, as the owner sees it. */
export interface Truth {
  records: RecordLine[]
  units: string[]
  orgs: { id: string; unit: string; kind: string }[]
  /** Each name, and the organisations of whoever has it; `outside` where one is a guest. */
  names: Map<string, { orgs: Set<string>; outside: boolean }>
  memberships: Map<string, string>
  run: string
  appraisal: string
  /** The appraisal's paper, on notice within the system. */
  paper: string
  /** One of each unit to its score in the run. */
  objections: { id: string; owner: string }[]
  /** A rubric being written. */
  draft: string
  /** Ids that another tenant has. */
  foreignTenant: {
    record: string
    unit: string
    org: string
    attachment: string
    mark: string
    objection: string
    matter: string
    request: string
    inspection: string
    visit: string
    ticket: string
  }
  /** A mark in force of each of some subjects. */
  marks: { id: string; subject: string }[]
  /** Matters with the bodies that see them: whose it is, who asked. */
  matters: { id: string; bodies: string[]; title: string }[]
  /** Inspections with a visit of each: everybody's body who could see either, and the logins of the teams. */
  inspections: { id: string; visit: string; owner: string; bodies: string[]; team: string[] }[]
  /** Tickets with the unit that holds them. */
  tickets: { id: string; unit: string; title: string }[]
  /** Requests with the body that asked. */
  requests: { id: string; owner: string; title: string }[]
}

/**
 * The two layers that keep rows in: the policies of row-level security; the server's own checks and the conditions of its statements.
 * The tests of scope run with both, and with either taken away on purpose (scope-without-….test.ts).
 */
export const layers = { policies: true, checks: true }

/** A server that lets everyone do everything, and asks for everybody's rows. */
function unchecked(): Partial<HttpOptions> {
  for (const name of owned.keys()) owned.set(name, () => 'true')
  const anyPost: HeldPost = { post: 'secretary', bodyId: null, by: 'holding', until: null, may: [], reach: 'tenant' }
  return { inPlace: { allow: (actor) => actor.posts[0] ?? anyPost, may: () => true } }
}

/** Takes row-level security off every table. */
async function dropPolicies(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ name: string }>('select oid::regclass::text as name from pg_class where relrowsecurity')
  for (const { name } of rows) await owner.query(`alter table ${name} disable row level security`)
}

export interface ScopeCity {
  app: FastifyInstance
  pool: Pool
  owner: pg.Client
  truth: Truth
  readers: Record<Login, Reader>
}

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

/** Call it once, at the top of the file. */
export async function scopeCity(): Promise<ScopeCity> {
  const { app, pool, owner } = await serverOver(smallCity, undefined, layers.checks ? {} : unchecked())
  const rows = async <R extends object>(text: string): Promise<R[]> => (await owner.query<R>(text)).rows
  const ground = await groundOf(owner)
  const { units, orgs } = ground
  const accounts = await accountsOf(owner, ground)
  const readers = {} as Record<Login, Reader>
  for (const login of logins) {
    const account = accounts.find((one) => one.login === login)
    const caller = await callerOf(app, account && { account: login, password: `${login}-2024` })
    readers[login] = { login, name: account?.name ?? '', scope: account?.scope ?? new Set(), ...caller }
  }
  const desk = readers.gongwei
  // A run, its grades, and a file on a record of each owner.
  const [run, graded, appraisal, draft] = [newId(), newId(), newId(), newId()]
  for (const [url, payload] of [
    ['/api/scoring/runs', { id: run, rubric: 'clean-2024' }],
    ['/api/scoring/runs', { id: graded, rubric: 'model-2024' }],
    [`/api/scoring/runs/${run}/objection-period`, {}],
    ['/api/appraisals', { id: appraisal, title: '示例定级', run: graded }],
    ['/api/rubric-drafts', { id: draft, rubric: 'example', title: '示例细则', from: { how: 'blank' } }],
  ] as const) {
    const reply = await desk.post(url, payload)
    if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.body}`)
  }
  const hand = (login: string) => callerOf(app, { account: login, password: `${login}-2024` })
  const opinions = { 'joint-discipline': 'jijian', 'joint-organisation': 'zuzhi', 'joint-politics-law': 'zhengfa', 'joint-petitions': 'xinfang' }
  const joint = await Promise.all(Object.entries(opinions).map(async ([post, login]) => [post, await hand(`lianshen-${login}`)] as const))
  const paper = await putOnNotice({ desk, office: await hand('bangongshi'), chief: await hand('shuji') }, joint, appraisal)
  const hash = await attachOnce(desk, (await rows<{ id: string }>(`select record_id as id from ledger.record limit 1`))[0]?.id ?? '')
  await owner.query(
    `insert into ledger.attachment (tenant_id, attachment_id, of_id, owner_id, hash, name, media_type, bytes, known_from)
     select distinct on (owner_id) 1, gen_random_uuid(), record_id, owner_id, $1, '示例.png', 'image/png', $2, '2024-01-01' from ledger.record where known_until = 'infinity' and state = 'valid' order by owner_id, record_id`,
    [hash, png.length],
  )
  await owner.query(
    `insert into scoring.objection (tenant_id, objection_id, run_id, subject_id, target_kind, target_id, label, reason, state, due_on, raised_by, raised_at, changed_at)
     select 1, gen_random_uuid(), r.run_id, r.subject_id, 'item', r.items->0->>'id', '示例项', '示例的理由', 'raised', '2024-12-24', a.account_id, '2024-12-20', '2024-12-20'
     from scoring.result r, access.account a where r.run_id = $1 and a.login = 'gongwei'`,
    [run],
  )
  const foreignTenant = {
    record: newId(),
    unit: newId(),
    org: newId(),
    attachment: newId(),
    mark: newId(),
    objection: newId(),
    matter: newId(),
    request: newId(),
    inspection: newId(),
    visit: newId(),
    ticket: newId(),
  }
  const since = `'2020-01-01', '2020-01-01T00:00:00Z'`
  await owner.query(`insert into kit.tenant (tenant_id, slug, name, host, pack) values (2, 'other', '外市', 'other.example', 'changzhi');
    insert into org.unit (tenant_id, unit_id, version_id, name, kind, class, level, valid_from, known_from) values (2, '${foreignTenant.unit}', '${newId()}', '外市示例局', 'agency', 'government', 'city', ${since});
    insert into org.party_org (tenant_id, party_org_id, version_id, name, kind, unit_id, valid_from, known_from) values (2, '${foreignTenant.org}', '${newId()}', '外市示例支部', 'branch', '${foreignTenant.unit}', ${since});
    insert into ledger.record (tenant_id, record_id, version, kind, unit_id, party_org_id, happened_on, title, complete, late, known_from)
      values (2, '${foreignTenant.record}', 1, 'theme-day', '${foreignTenant.unit}', '${foreignTenant.org}', '2024-06-01', '外市的主题党日', true, false, '2024-06-01T00:00:00Z');
    insert into ledger.attachment (tenant_id, attachment_id, of_id, owner_id, hash, name, media_type, bytes, known_from)
      values (2, '${foreignTenant.attachment}', '${foreignTenant.record}', '${foreignTenant.org}', '${hash}', '外.png', 'image/png', 1, '2024-06-01');
    insert into ledger.mark (tenant_id, mark_id, subject_id, item, value, given_by, given_on, known_from)
      values (2, '${foreignTenant.mark}', '${foreignTenant.unit}', '外市的评分', 88, '外市评委', '2024-06-01', '2024-06-01');
    insert into scoring.run (tenant_id, run_id, rubric_id, version, valid_on, as_of, period_from, period_until, subjects, milliseconds, started_at)
      values (2, '${foreignTenant.objection}', 'model-2024', 1, '2024-12-20', '2024-12-20', '2024-01-01', '2024-12-31', 1, 1, '2024-12-20');
    insert into scoring.objection (tenant_id, objection_id, run_id, subject_id, target_kind, target_id, label, reason, state, raised_by, raised_at, changed_at)
      values (2, '${foreignTenant.objection}', '${foreignTenant.objection}', '${foreignTenant.unit}', 'item', 'x', '外', '外市的理由', 'raised', '${newId()}', '2024-12-20', '2024-12-20');
    insert into matter.request (tenant_id, request_id, kind, hash, title, asker_id, receivers, sent_at) select 2, '${foreignTenant.request}', kind, hash, '外市的下发', '${foreignTenant.org}', 1, known_from from matter.edition where tenant_id = 1 and kind = 'task' limit 1;
    insert into matter.matter (tenant_id, matter_id, kind, hash, title, unit_id, party_org_id, stage, stage_since, opened_on, known_from)
      select 2, '${foreignTenant.matter}', kind, hash, '外市的事项', '${foreignTenant.unit}', '${foreignTenant.org}', 'sent', known_from, '2024-06-01', known_from from matter.edition where tenant_id = 1 and kind = 'task' limit 1;
    insert into inspection.inspection (tenant_id, inspection_id, kind, checklist, title, basis, asker_id, first_day, last_day, known_from)
      values (2, '${foreignTenant.inspection}', 'general', '{}', '外市的督查', '外市的计划', '${foreignTenant.org}', '2024-06-01', '2024-06-02', '2024-06-01');
    insert into inspection.visit (tenant_id, visit_id, inspection_id, asker_id, unit_id, body_id)
      values (2, '${foreignTenant.visit}', '${foreignTenant.inspection}', '${foreignTenant.org}', '${foreignTenant.unit}', '${foreignTenant.org}')`)
  const objections = await rows<{ id: string; owner: string }>(
    'select objection_id as id, subject_id as owner from scoring.objection where tenant_id = 1 order by 1',
  )
  const records =
    await rows<RecordLine>(`select r.record_id as id, r.owner_id as owner, r.title, (select a.attachment_id from ledger.attachment a where a.of_id = r.record_id limit 1) as attachment
    from ledger.record r where r.tenant_id = 1 and r.known_until = 'infinity' and r.state = 'valid' order by r.record_id`)
  const names: Truth['names'] = new Map()
  for (const line of await rows<{ name: string; outside: boolean; org: string | null }>(
    'select p.name, p.outside, m.party_org_id as org from org.person p left join org.membership m using (tenant_id, person_id) where p.tenant_id = 1',
  )) {
    const known = names.get(line.name) ?? { orgs: new Set(), outside: false }
    if (line.org !== null) known.orgs.add(line.org)
    names.set(line.name, { ...known, outside: known.outside || line.outside })
  }
  const memberships = new Map(
    (await rows<{ id: string; org: string }>('select membership_id as id, party_org_id as org from org.membership')).map(({ id, org }) => [id, org]),
  )
  const marks = await rows<{ id: string; subject: string }>(
    `select mark_id as id, subject_id as subject from ledger.mark where tenant_id = 1 and known_until = 'infinity' order by mark_id`,
  )
  const matters = await rows<Truth['matters'][number]>(
    'select matter_id as id, array_remove(array[owner_id, asker_id], null) as bodies, title from matter.matter where tenant_id = 1 order by 1',
  )
  const inspections = await rows<Truth['inspections'][number]>(
    `select i.inspection_id as id, min(v.visit_id::text) as visit, i.asker_id as owner, i.asker_id || array_agg(distinct v.unit_id) || array_agg(distinct v.body_id) as bodies,
       coalesce(array_agg(distinct a.login) filter (where a.login is not null), '{}') as team
     from inspection.inspection i join inspection.visit v using (tenant_id, inspection_id) left join inspection.member m using (tenant_id, visit_id) left join access.account a using (tenant_id, account_id)
     where i.tenant_id = 1 group by i.inspection_id, i.asker_id order by 1`,
  )
  const requests = await rows<Truth['requests'][number]>('select request_id as id, asker_id as owner, title from matter.request where tenant_id = 1 order by 1')
  // A ticket of each unit, and one of another tenant.
  await owner.query(`insert into hotline.ticket (tenant_id, ticket_id, number, unit_id, received_at, due_at, known_from, state, channel, class, category, title)
    select distinct on (tenant_id, unit_id) tenant_id, case when tenant_id = 2 then '${foreignTenant.ticket}' else gen_random_uuid() end, 20241201000000 + dense_rank() over (order by unit_id), unit_id, '2024-12-18', '2024-12-27', '2024-12-18', 'dispatched', 'phone', 'ordinary', 'parking', '交给' || name || '的诉求'
    from org.unit where known_until = 'infinity' order by tenant_id, unit_id, valid_from desc`)
  const tickets = await rows<Truth['tickets'][number]>(
    'select ticket_id as id, unit_id as unit, title from hotline.ticket where tenant_id = 1 and unit_id is not null order by 1',
  )
  if (!layers.policies) await dropPolicies(owner)
  const known = { records, units, orgs, names, memberships, objections, marks, matters, requests, inspections, tickets }
  return { app, pool, owner, readers, truth: { ...known, run, appraisal, paper, draft, foreignTenant } }
}

/** Stores the picture by way of the server; its hash, which other rows may name too. */
async function attachOnce(desk: Reader, record: string): Promise<string> {
  const reply = await desk.upload(`/api/records/${record}/attachments?name=a.png`, png)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return createHash('sha256').update(png).digest('hex')
}
