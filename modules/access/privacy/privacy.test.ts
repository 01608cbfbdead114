// Personal data over HTTP: masked for everyone, seen whole after an unmasking and by nobody else, corrected, exported, erased, deleted in time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { eraseForGood, personData, retain } from '#modules/access/index.ts'
import type { EvidenceRow } from '#modules/answers/answers.contract.ts'
import type { MemberLine } from '#modules/org/org.contract.ts'
import { dataOf, kept } from '#server/app/modules.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants, type Tenant } from '#server/kit/tenant.ts'
import { ledgerCity } from '#test/ledger-city.ts'

const city = await ledgerCity()
const { owner, org, person, pool } = city
const [tenant] = (await loadTenants(pool)) as [Tenant]
const inTenant = <T>(work: Parameters<typeof transaction<T>>[2]) => transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, work)

type Seat = Awaited<ReturnType<typeof city.as>>
const membersOf = async (seat: Seat, of: string): Promise<MemberLine[]> => (await seat.get(`/api/org/party-orgs/${of}/members?limit=100`)).json().rows
const namesOf = async (seat: Seat, of: string) => (await membersOf(seat, of)).map(({ name }) => name)
const unmask = (seat: Seat, more: object) => seat.post('/api/unmask', { class: 'membership', reason: '核对党员名册', ...more })
const lastEntry = async (action: string) => (await owner.query('select * from audit.entry where action = $1 order by at desc limit 1', [action])).rows[0]
const isMasked = (name: string) => /^.\*\*$/u.test(name)

test('names, sex and dates of members are masked for every reader, the city’s desk included; the reply says so', async () => {
  for (const login of ['secretary', 'deputy', 'desk'] as const) {
    const seat = await city.as(login)
    const reply = await seat.get(`/api/org/party-orgs/${org.first}/members`)
    assert.equal(reply.headers['x-masked'], 'membership', login)
    const rows: MemberLine[] = reply.json().rows
    assert.equal(rows.length, 5, login)
    for (const row of rows) assert.ok(isMasked(row.name) && row.sex === null && row.from === null, `${login}: ${JSON.stringify(row)}`)
  }
})

test('the key of the next page tells no name', async () => {
  const desk = await city.as('desk')
  for (const url of [`/api/org/party-orgs/${org.committee}/members?limit=3`, '/api/org/persons?q=w&limit=1']) {
    let after = ''
    const seen: string[] = []
    for (;;) {
      const { rows, next } = (await desk.get(`${url}${after}`)).json()
      seen.push(...rows.map((row: { personId?: string; id: string }) => row.personId ?? row.id))
      if (next === null) break
      assert.doesNotMatch(Buffer.from(next, 'base64url').toString(), /\p{Script=Han}/u)
      after = `&after=${next}`
    }
    assert.equal(new Set(seen).size, seen.length, url)
    assert.ok(seen.length > 1, url)
  }
})

test('a guest is a member nowhere and keeps the name; the roll for attendance and holders of posts keep theirs', async () => {
  const secretary = await city.as('secretary')
  const [guest] = (await secretary.get('/api/org/persons?q=hslj')).json().rows
  assert.deepEqual([guest.name, guest.outside], ['何示例教授', true])
  const { people } = (await secretary.get(`/api/roll?body=${org.first}&on=2024-12-20`)).json()
  assert.ok(people.some(({ name }: { name: string }) => name === '王建国'))
  const { posts } = (await secretary.get(`/api/org/party-orgs/${org.first}`)).json()
  assert.ok(posts.some(({ name }: { name: string }) => name === '王建国'))
})

test('an unmasking shows names to its own session, below its body, with an entry that holds the reason; ended, they are masked again', async () => {
  const [seat, same] = [await city.as('deputy'), await city.as('deputy')]
  const reply = await unmask(seat, { body: org.first })
  assert.equal(reply.statusCode, 200, reply.body)
  const { class: of, body, secondsLeft } = reply.json()
  assert.deepEqual([of, body], ['membership', { id: org.first, name: '示例市局第一党支部' }])
  assert.ok(secondsLeft > 880 && secondsLeft <= 900)
  const entry = await lastEntry('person.unmask')
  assert.deepEqual([entry.detail.class, entry.detail.body, entry.detail.reason, entry.post], ['membership', org.first, '核对党员名册', 'full-time-deputy'])
  const [first] = await membersOf(seat, org.first)
  assert.ok((await namesOf(seat, org.first)).includes('王建国') && first?.sex === '男' && first.from !== null)
  assert.ok((await namesOf(seat, org.second)).every(isMasked), 'another branch stays masked')
  assert.ok((await namesOf(same, org.first)).every(isMasked), 'another session of the same account stays masked')
  assert.deepEqual((await seat.get('/api/search?q=wjg')).json().items[0].label, '王建国')
  assert.deepEqual((await seat.get('/api/search?q=yf')).json().items[0].label, '杨**')
  assert.equal((await seat.get('/api/unmask')).json().open.length, 1)
  assert.equal((await seat.post('/api/unmask/end', { class: 'membership' })).statusCode, 200)
  assert.ok((await namesOf(seat, org.first)).every(isMasked))
  assert.deepEqual((await seat.get('/api/unmask')).json().open, [])
  assert.ok(await lastEntry('person.mask'))
})

test('without a body an unmasking is for all that the post reaches, and no further', async () => {
  const deputy = await city.as('deputy')
  assert.equal((await unmask(deputy, {})).statusCode, 200)
  const names = await namesOf(deputy, org.committee)
  assert.ok(names.length === 8 && !names.some(isMasked), names.join())
  const desk = await city.as('desk')
  assert.equal((await unmask(desk, { body: org.county })).statusCode, 200)
  assert.ok((await namesOf(desk, org.county)).includes('周涛'))
  assert.ok((await namesOf(desk, org.first)).every(isMasked))
})

test('its time over, everything is masked again, in a session that was resolved before, too', async () => {
  const secretary = await city.as('secretary')
  await unmask(secretary, { body: org.first })
  assert.ok((await namesOf(secretary, org.first)).includes('王建国'))
  await owner.query(`update access.unmasking set ends_at = clock_timestamp() + interval '0.4 s' where ends_at > clock_timestamp()`)
  await unmask(secretary, { class: 'phone' })
  assert.ok((await namesOf(secretary, org.first)).includes('王建国'))
  await new Promise((resolve) => setTimeout(resolve, 500))
  assert.ok((await namesOf(secretary, org.first)).every(isMasked))
})

test('an unmasking holds in another process, which reads it with the session', async () => {
  const secretary = await city.as('secretary')
  const before = (await owner.query('select count(*)::int as n from access.unmasking')).rows[0].n
  const session = (await owner.query('select session_id from access.session order by created_at desc limit 1')).rows[0].session_id
  await owner.query(
    `insert into access.unmasking (tenant_id, unmasking_id, session_id, account_id, class, body_id, reason, ends_at)
     select 1, gen_random_uuid(), session_id, account_id, 'membership', $2, 'another process', clock_timestamp() + interval '5 min' from access.session where session_id = $1`,
    [session, org.first],
  )
  assert.ok((await namesOf(secretary, org.first)).includes('王建国'))
  assert.equal((await owner.query('select count(*)::int as n from access.unmasking')).rows[0].n, before + 1)
})

test('refused: whose post does not give it, a body outside the reach, an unknown class, a reason that says nothing', async () => {
  const [member, secretary] = [await city.as('member'), await city.as('secretary')]
  assert.equal((await unmask(member, {})).statusCode, 403)
  assert.equal((await unmask(secretary, { body: org.second })).statusCode, 404)
  assert.deepEqual([(await unmask(secretary, { class: 'nothing' })).json().issues[0].field], ['/class'])
  for (const reason of ['看看', '   ', ' a ']) assert.equal((await unmask(secretary, { reason })).statusCode, 422, reason)
  assert.equal((await unmask(secretary, { reason: '准备支委会名单' })).statusCode, 200)
})

test('rows behind a figure name nobody until they are unmasked, and the file of them is the same, with a watermark', async () => {
  const desk = await city.as('desk')
  const url = '/api/answers/changzhi/figures/branches-with-discipline-member'
  const rows = async (): Promise<EvidenceRow[]> => (await desk.get(`${url}/rows?part=numerator`)).json().rows
  for (const { person: name } of await rows()) assert.ok(name === null || isMasked(name))
  const key = '/api/answers/changzhi/figures/members-in-discipline-study'
  const file = async () => (await desk.post(`${key}/export`, {})).body
  await desk.post('/api/records', {
    id: '0190a000-0000-7000-8000-0000000000aa',
    kind: 'discipline-study',
    bodyId: org.first,
    happenedOn: '2024-06-05',
    title: '廉政教育示例',
    absent: [],
  })
  const masked = await file()
  assert.ok(!masked.includes('王建国'), masked)
  const number = (await lastEntry('answers.export')).entry_id
  const lines = masked.trimEnd().split('\r\n').slice(-4)
  assert.match(lines[0] ?? '', /^导出人,孙强（市直工委干部）$/)
  assert.match(lines[1] ?? '', /^导出时间,\d{4}年/)
  assert.match(lines[2] ?? '', /^文件,.+\.csv$/)
  assert.equal(lines[3], `导出编号,${number}`)
  await unmask(desk, {})
  if (masked.includes('王**')) assert.ok((await file()).includes('王建国'))
})

test('one’s own data are everything that is held, whole, and leave an entry', async () => {
  const secretary = await city.as('secretary')
  const reply = await secretary.get('/api/account/data')
  assert.equal(reply.statusCode, 200, reply.body)
  const { person: who, data } = reply.json()
  assert.deepEqual(who, { id: person.wang, name: '王建国' })
  assert.equal(data.人员登记[0].name, '王建国')
  assert.equal(data.组织关系[0].partyOrg, '示例市局第一党支部')
  assert.equal(data.任职[0].post, '书记')
  assert.equal(data.账号[0].login, 'secretary')
  assert.ok(data.会话.length > 0 && data.涉及我的组织的查看.length > 0 && data.我看过的个人信息.length > 0)
  assert.doesNotMatch(reply.body, /argon2|token/)
  assert.equal((await lastEntry('person.export')).object_id, person.wang)
})

test('a correction changes the row, and the entry tells which fields, not their values', async () => {
  const desk = await city.as('desk')
  const correct = (body: object) => desk.post(`/api/org/persons/${person.zhang}/correction`, body)
  assert.deepEqual((await correct({ name: '张玮', sex: '女', reason: '登记时写错' })).json(), { changed: ['name', 'sex'] })
  const { rows } = await owner.query('select name, initials, sex, birth_year from org.person where person_id = $1', [person.zhang])
  assert.deepEqual(rows[0], { name: '张玮', initials: 'zw', sex: '女', birth_year: 1980 })
  const entry = await lastEntry('person.correct')
  assert.deepEqual(Object.keys(entry.detail.changed).sort(), ['name', 'sex'])
  assert.doesNotMatch(JSON.stringify(entry.detail.changed), /\p{Script=Han}/u)
  assert.deepEqual((await correct({ name: '张玮', reason: '再写一次' })).json(), { changed: [] })
  assert.equal((await correct({ name: '140402199001011234', reason: '登记时写错' })).statusCode, 422)
  assert.equal((await (await city.as('secretary')).post(`/api/org/persons/${person.zhang}/correction`, { name: '张三', reason: '登记时写错' })).statusCode, 403)
})

test('erasing a person takes the one row that names them: counts, records and figures stay equal', async () => {
  const desk = await city.as('desk')
  const record = '0190a000-0000-7000-8000-0000000000ab'
  const content = { happenedOn: '2024-12-18', title: '擦除示例主题党日', absent: [person.liu] }
  assert.equal((await desk.post('/api/records', { id: record, kind: 'theme-day', bodyId: org.first, ...content })).statusCode, 200)
  const told = async () => ({
    members: (await membersOf(desk, org.first)).length,
    total: (await desk.get(`/api/org/party-orgs/${org.first}/members`)).json().total,
    own: (await desk.get(`/api/org/party-orgs/${org.first}`)).json().members,
    people: (await desk.get(`/api/records/${record}`)).json().current.people.length,
    figures: (await desk.get('/api/answers/changzhi/figures')).json().figures.map(({ key, value }: { key: string; value: string }) => [key, value]),
  })
  const before = await told()
  await inTenant((tx) => eraseForGood(tx, person.liu, '本人申请'))
  assert.deepEqual(await told(), before)
  assert.equal((await owner.query('select count(*)::int as n from org.person where person_id = $1', [person.liu])).rows[0].n, 0)
  assert.equal((await lastEntry('person.erase')).object_id, person.liu)
  await assert.rejects(
    inTenant((tx) => eraseForGood(tx, person.wang, '本人申请')),
    /还有能登录的账号/,
  )
  assert.equal((await inTenant((tx) => personData(tx, dataOf, person.wang))).person.name, '王建国')
})

test('what is over is counted by a dry run, deleted by the job, written down, and nothing else is touched', async () => {
  await owner.query(
    `update access.session set ended_at = now() - interval '200 days' where session_id in (select session_id from access.session order by created_at limit 2)`,
  )
  await owner.query(
    `update access.unmasking set ends_at = now() - interval '200 days' where unmasking_id = (select unmasking_id from access.unmasking limit 1)`,
  )
  const left = newId()
  await owner.query(`insert into org.person (tenant_id, person_id, name) values (1, $1, '离开示例')`, [left])
  await owner.query(
    `insert into org.membership (tenant_id, membership_id, person_id, party_org_id, kind, valid_from, valid_until, known_from)
     values (1, $1, $2, $3, 'full', '2000-01-01', '2010-01-01', '2019-07-01')`,
    [newId(), left, org.town],
  )
  const rowsOf = (lines: { kind: string; rows: number }[]) => Object.fromEntries(lines.map(({ kind, rows }) => [kind, rows]))
  const wanted = { session: 2, unmasking: 1, challenge: 0, throttle: 0, identity: 0, person: 1 }
  const sessions = (await owner.query('select count(*)::int as n from access.session')).rows[0].n
  assert.deepEqual(rowsOf(await inTenant((tx) => retain(tx, kept, 'count'))), wanted)
  assert.equal((await owner.query('select count(*)::int as n from access.session')).rows[0].n, sessions)
  assert.deepEqual(rowsOf(await inTenant((tx) => retain(tx, kept, 'delete'))), wanted)
  assert.equal((await owner.query('select count(*)::int as n from access.session')).rows[0].n, sessions - 2)
  const runs = await owner.query('select kind, row_count from access.retention_run order by kind')
  assert.deepEqual(runs.rows, [
    { kind: 'person', row_count: 1 },
    { kind: 'session', row_count: 2 },
    { kind: 'unmasking', row_count: 1 },
  ])
  assert.deepEqual((await lastEntry('privacy.retention')).detail, { session: 2, unmasking: 1, person: 1 })
  assert.deepEqual(rowsOf(await inTenant((tx) => retain(tx, kept, 'delete'))), { ...wanted, session: 0, unmasking: 0, person: 0 })
})
