// Who sees what: every GET endpoint × every kind of reader. No row, name, count or difference of answers from outside the scope.
// The endpoints come from the contracts, so that a new one without a line here fails by its name.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { owned } from '#server/kit/sql.ts'
import { allEndpoints } from './endpoints.ts'
import { layers, logins, type Reader, scopeCity } from './scope-city.ts'
import { type Ids, linesOf } from './scope-lines.ts'

const { readers, truth, owner } = await scopeCity()
const endpoints = await allEndpoints()
/** What only the server's checks can refuse is not looked at without them. */
const refusing = { skip: !layers.checks }
const signedIn = logins.filter((login) => login !== 'public').map((login) => readers[login])
const scoped = signedIn.filter(({ login }) => login !== 'gongwei')

const nothing: Ids = {
  record: newId(),
  attachment: newId(),
  mark: newId(),
  unit: newId(),
  org: newId(),
  subject: newId(),
  objection: newId(),
  matter: newId(),
  request: newId(),
  inspection: newId(),
  visit: newId(),
  ticket: newId(),
}

function idsWhere(holds: (body: string) => boolean, inspection?: { id: string; visit: string }): Ids | undefined {
  const record = truth.records.find((one) => holds(one.owner) && one.attachment !== null)
  const unit = truth.units.find(holds)
  const org = truth.orgs.find((one) => holds(one.id) && one.kind === 'branch')?.id
  if (record === undefined || (unit === undefined && org === undefined)) return undefined
  const mark = truth.marks.find(({ subject }) => holds(subject))?.id ?? nothing.mark
  const objection = truth.objections.find((one) => holds(one.owner))?.id ?? nothing.objection
  return {
    record: record.id,
    attachment: record.attachment ?? '',
    mark,
    unit: unit ?? nothing.unit,
    org: org ?? nothing.org,
    subject: unit ?? nothing.subject,
    objection,
    // What one asked for is one's own like what one has to do: a foreign matter is neither.
    matter: truth.matters.find(({ bodies }) => bodies.every(holds))?.id ?? nothing.matter,
    request: truth.requests.find((one) => holds(one.owner))?.id ?? nothing.request,
    inspection: inspection?.id ?? nothing.inspection,
    visit: inspection?.visit ?? nothing.visit,
    ticket: truth.tickets.find(({ unit: of }) => holds(of))?.id ?? nothing.ticket,
  }
}
const own = (reader: Reader) =>
  idsWhere(
    (body) => reader.scope.has(body),
    truth.inspections.find(({ owner: of }) => reader.scope.has(of)),
  ) ?? nothing
/** What a reader must not tell from nothing: what lies outside the scope, and what is another tenant's. */
function foreign(reader: Reader): Ids[] {
  const { unit } = truth.foreignTenant
  // A foreign inspection is of nobody in the scope, and the reader is in no team of it.
  const outside = idsWhere(
    (body) => !reader.scope.has(body),
    truth.inspections.find(({ bodies, team }) => !team.includes(reader.login) && !bodies.some((body) => reader.scope.has(body))),
  )
  return [...(outside === undefined ? [] : [outside]), { ...truth.foreignTenant, subject: unit }]
}

const figures = '/api/answers/changzhi/figures'
const keys: string[] = (await readers.gongwei.get(figures)).json().figures.map((figure: { key: string }) => figure.key)

const run = `run=${truth.run}`
const lines = linesOf({ truth, keys, items: () => items })
/** Items of the rubric that rows stand behind. */
const items: string[] = itemsWithRows((await readers.gongwei.get(`/api/scoring/subjects/${own(readers.gongwei).subject}?rubric=clean-2024`)).json().blocks)

interface Block {
  items: { id: string; inputs: { rows: boolean }[] }[]
  blocks: Block[]
}
function itemsWithRows(blocks: Block[]): string[] {
  return blocks
    .flatMap((block) => [...block.items.filter(({ inputs }) => inputs.some(({ rows }) => rows)).map(({ id }) => id), ...itemsWithRows(block.blocks)])
    .slice(0, 8)
}

/** Every text in a reply with the name it stands under. */
function texts(value: unknown, name = ''): { name: string; text: string }[] {
  if (typeof value === 'string') return [{ name, text: value }]
  if (Array.isArray(value)) return value.flatMap((one) => texts(one, name))
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, one]) => [{ name: 'key', text: key }, ...texts(one, key)]) : []
}

const ownerOf = new Map(truth.records.map(({ id, owner: of }) => [id, of]))
const ownersOfTitle = new Map<string, Set<string>>()
// A title that is also a word of the pack tells of no record.
const packs = join(import.meta.dirname, '..', 'packs', 'changzhi')
const words = readdirSync(packs, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(yaml|md)$/.test(name))
  .map((name) => readFileSync(join(packs, name), 'utf8'))
  .join()
for (const { title, owner: of } of truth.records) if (!words.includes(title)) ownersOfTitle.set(title, (ownersOfTitle.get(title) ?? new Set()).add(of))
for (const { title, bodies } of truth.matters)
  if (!words.includes(title)) for (const of of bodies) ownersOfTitle.set(title, (ownersOfTitle.get(title) ?? new Set()).add(of))
const bodiesOfMatter = new Map(truth.matters.map(({ id, bodies }) => [id, bodies]))
for (const { title, unit } of truth.tickets) ownersOfTitle.set(title, new Set([unit]))
const objectionOwner = new Map(truth.objections.map(({ id, owner: of }) => [id, of]))
const attachmentOwner = new Map(truth.records.flatMap(({ attachment, owner: of }) => (attachment === null ? [] : [[attachment, of] as const])))
const otherTenant = new Set(Object.values(truth.foreignTenant))

/** What in a reply comes from outside the reader's scope. Ids of units, organisations and posts are the directory, open to whoever is signed in. */
function leaks(reader: Reader, reply: string): string[] {
  const sees = (of: Iterable<string>) => [...of].some((body) => reader.scope.has(body))
  return texts(JSON.parse(reply)).flatMap(({ name, text }) => {
    const leak: string[] = []
    for (const id of text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []) {
      const of = ownerOf.get(id) ?? attachmentOwner.get(id) ?? objectionOwner.get(id) ?? truth.memberships.get(id)
      if (of !== undefined && !reader.scope.has(of)) leak.push(`${name}: id ${id} of ${of}`)
      if (bodiesOfMatter.has(id) && !sees(bodiesOfMatter.get(id) ?? [])) leak.push(`${name}: matter ${id}`)
      if (otherTenant.has(id)) leak.push(`${name}: id ${id} of another tenant`)
    }
    const person = truth.names.get(text)
    // Whoever may see a record sees who entered it, whoever a visit who makes it; guests are everybody's who may read; one knows oneself.
    const mayName =
      person === undefined || name === 'author' || name === 'member' || text === reader.name || sees(person.orgs) || (person.outside && reader.scope.size > 0)
    if (!mayName) leak.push(`${name}: the name ${text}`)
    const titled = ownersOfTitle.get(text)
    if (titled !== undefined && !sees(titled)) leak.push(`${name}: the title ${text}`)
    return leak
  })
}

/** An answer without the id that was asked for. */
function faceless(reply: { statusCode: number; body: string }, ids: Ids): unknown {
  let { body } = reply
  for (const [kind, id] of Object.entries(ids)) body = body.replaceAll(id, kind)
  return { status: reply.statusCode, body }
}

test('every endpoint that reads has its line here', () => {
  const reading = endpoints.filter(({ method }) => method === 'GET').map(({ id }) => id)
  assert.deepEqual(Object.keys(lines).sort(), reading, 'say in `lines` what the new endpoint shows to whom')
})

test('every table that a policy keeps within the scope is kept there by the statements, too', async () => {
  const { rows } = await owner.query<{ name: string }>(
    `select distinct schemaname || '.' || tablename as name from pg_policies where roles @> '{dajuan_scoped}' and cmd in ('SELECT', 'ALL') and qual ~ 'kit.scope|org.membership' order by 1`,
  )
  assert.deepEqual(
    rows.map(({ name }) => name).filter((name) => !owned.has(name)),
    [],
    'say with `protect` whose its rows are, and read it in braces',
  )
})

test('what the city’s desk is shown would be a leak to anyone else: records, titles, names, members, files', async () => {
  const ids = own(readers.gongwei)
  // Names are masked for the desk, too, until it says why it must see them.
  assert.equal((await readers.gongwei.post('/api/unmask', { class: 'membership', reason: '核对党员名册' })).statusCode, 200)
  for (const [url, what] of [
    ['/api/records?limit=100', /id/],
    [`/api/records/${ids.record}`, /attachments|id: id/],
    [`/api/org/party-orgs/${ids.org}/members`, /name: the name/],
    [`/api/org/party-orgs/${ids.org}/members`, /membershipId/],
    ['/api/search?q=%E7%8E%8B', /label: the name/],
    [`${figures}/members-in-discipline-study/rows`, /person: the name/],
  ] as const) {
    const reply = await readers.gongwei.get(url)
    for (const reader of [readers.public, readers.guanli, readers.xiangzhen]) assert.match(leaks(reader, reply.body).join(), what, `${reader.login} ${url}`)
  }
  assert.equal((await readers.gongwei.post('/api/unmask/end', { class: 'membership' })).statusCode, 200)
})

test('there are matters, requests, inspections, visits and tickets that the secretary of a branch must not see', () => {
  const [outside] = foreign(readers.zhibu)
  for (const thing of ['matter', 'request', 'inspection', 'visit', 'ticket'] as const) assert.notEqual(outside?.[thing], nothing[thing], thing)
})

test('each reader’s scope is what the trees say', async () => {
  for (const reader of scoped) assert.equal((await reader.get('/api/session')).json().scope.count, reader.scope.size, reader.login)
  const sizes = ['guanli', 'zhibu', 'xiangzhen', 'dangwei', 'xianqu'].map((login) => readers[login as 'zhibu'].scope.size)
  assert.deepEqual([sizes[0], sizes.slice(1).every((size) => size > 0 && size < readers.gongwei.scope.size / 2)], [0, true])
})

for (const { id, access, needs, reach } of endpoints.filter(({ method }) => method === 'GET')) {
  const line = lines[id]
  if (line === undefined) continue
  test(`${id}: without a session ${access === 'public' ? 'no row and no name' : 'nothing'}`, async () => {
    for (const url of line.urls(own(readers.gongwei))) {
      const reply = await readers.public.get(url)
      if (access === 'public') {
        assert.equal(reply.statusCode, 200, url)
        if (id !== 'access.hints') assert.deepEqual(leaks(readers.public, reply.body), [], url)
      } else assert.deepEqual([reply.statusCode, reply.json()], [401, { code: 'not-signed-in', message: '请先登录。', issues: [] }], url)
    }
  })

  // Officers' endpoints run over the tenant, whose policies let all of it through: there the check stands alone.
  const shows = id.startsWith('access.') && reach === 'tenant' ? refusing : {}
  test(`${id}: no reader is shown a row or a name from outside the scope`, shows, async () => {
    for (const reader of signedIn) {
      for (const ids of [own(reader), ...foreign(reader)])
        for (const url of line.urls(ids)) {
          const reply = await reader.get(url)
          assert.ok(reply.statusCode < 500, `${reader.login} ${url}: ${reply.statusCode}`)
          if (line.officers === true && reader.login === 'guanli') continue
          if (String(reply.headers['content-type']).startsWith('application/json')) assert.deepEqual(leaks(reader, reply.body), [], `${reader.login} ${url}`)
        }
    }
  })

  if (line.by !== undefined)
    test(
      `${id}: what is foreign answers ${line.by === 'unseen' ? 'as what is not there' : 'with the directory’s page, and another tenant’s as what is not there'}`,
      refusing,
      async () => {
        for (const reader of signedIn) {
          const missing = line.urls(nothing)
          for (const ids of foreign(reader))
            for (const [index, url] of line.urls(ids).entries()) {
              if (line.by === 'directory' && !otherTenant.has(ids.unit)) continue
              const none = faceless(await reader.get(missing[index] ?? ''), nothing)
              assert.deepEqual(faceless(await reader.get(url), ids), none, `${reader.login} ${url}`)
            }
        }
      },
    )

  test(`${id}: one’s own is shown`, refusing, async () => {
    for (const reader of [readers.zhibu, readers.xianqu, readers.gongwei]) {
      const ids = own(reader)
      const may: string[] = (await reader.get('/api/session')).json().may
      const isOpen = needs === undefined || may.includes(needs)
      const urls: string[] = line
        .urls(ids)
        .filter(
          (url) =>
            ![nothing.unit, nothing.subject, nothing.objection, nothing.matter, nothing.request, nothing.inspection, nothing.visit, nothing.ticket].some((id) =>
              url.includes(id),
            ) && !url.includes('/api/answers/changzhi/figures/ticket'),
        )
      for (const url of urls) assert.equal((await reader.get(url)).statusCode, isOpen ? 200 : 403, `${reader.login} ${url}`)
    }
  })

  if (line.operator !== 'directory')
    test(`${id}: who may not read is refused`, refusing, async () => {
      for (const url of line.urls(own(readers.gongwei))) {
        const { statusCode } = await readers.guanli.get(url)
        assert.ok(statusCode === 403 || statusCode === 404, `${url}: ${statusCode}`)
      }
    })
}

/** Whether the contract says of a field that it names persons, and why (base/sensitive.ts). */
const namesPersons = (reply: object) => JSON.stringify(reply).includes('"x-shown"')

test('no list, no search and no row names a member, whoever reads it', async () => {
  for (const reader of signedIn)
    for (const { id } of endpoints.filter(({ method, id: of, reply }) => method === 'GET' && of !== 'access.hints' && !namesPersons(reply)))
      for (const url of lines[id]?.urls(own(reader)) ?? []) {
        const reply = await reader.get(url)
        if (reply.statusCode !== 200 || !String(reply.headers['content-type']).startsWith('application/json')) continue
        const named = texts(reply.json()).filter(({ text }) => truth.names.get(text)?.outside === false)
        assert.deepEqual(named, [], `${reader.login} ${url}`)
      }
})

test('counts of lists are of the scope: totals, months, members, what is to be done', async () => {
  for (const reader of signedIn) {
    const mine = truth.records.filter((record) => reader.scope.has(record.owner))
    const { total } = (await reader.get('/api/records')).json()
    assert.deepEqual(total, { count: Math.min(mine.length, 1000), capped: mine.length > 1000 }, reader.login)
    const months: { count: number }[] = (await reader.get('/api/records/months')).json().months
    const { rows } = await owner.query(
      `select count(*)::int as n from ledger.record where tenant_id = 1 and known_until = 'infinity' and state = 'valid' and happened_on between '2024-01-01' and '2024-12-20' and owner_id = any ($1)`,
      [[...reader.scope]],
    )
    assert.equal(
      months.reduce((sum, { count }) => sum + count, 0),
      rows[0].n,
      reader.login,
    )
    const orgs: { id: string; members: number | null }[] = (await reader.get('/api/org/party-orgs?limit=100')).json().rows
    for (const org of orgs) assert.equal(org.members !== null, reader.scope.has(org.id), `${reader.login}: members of ${org.id}`)
    const { counts } = (await reader.get(`/api/scoring/board?${run}`)).json()
    if (reader.login !== 'guanli') assert.equal(counts.visible, truth.units.filter((unit) => reader.scope.has(unit)).length, reader.login)
  }
})

test('of a figure’s rows nobody sees more than there are, and the rows are as many as are said to be seen', async () => {
  for (const reader of signedIn.filter(({ login }) => login !== 'guanli'))
    for (const key of keys)
      for (const part of ['numerator', 'denominator']) {
        const first = await reader.get(`${figures}/${key}/rows?limit=100&part=${part}`)
        if (first.statusCode === 422) continue
        const { visible, total } = first.json()
        assert.ok(visible <= total, `${reader.login} ${key} ${part}: ${visible} of ${total}`)
        // These add up a field of their rows.
        if (reader.login === 'gongwei' && !['civilised-unit-years', 'hundred-cases'].includes(key)) assert.equal(visible, total, `${key} ${part}`)
        let rows = 0
        for (
          let page = first.json();
          ;
          page = (await reader.get(`${figures}/${key}/rows?limit=100&part=${part}&after=${encodeURIComponent(page.next)}`)).json()
        ) {
          rows += page.rows.length
          if (page.next === null) break
        }
        assert.equal(rows, visible, `${reader.login} ${key} ${part}`)
      }
})

test('figures and distributions are the same for whoever asks', async () => {
  for (const url of [figures, '/api/org/structure', `/api/scoring/distribution?${run}`]) {
    const plain = (reply: { body: string }) =>
      JSON.parse(reply.body, (name, value) => (name === 'asOf' || (name === 'rows' && typeof value === 'string') ? null : value))
    const wanted = plain(await readers.gongwei.get(url))
    for (const reader of signedIn.filter(({ login }) => login !== 'guanli')) assert.deepEqual(plain(await reader.get(url)), wanted, `${reader.login} ${url}`)
  }
})
