// What the operator may do to accounts, over HTTP, and what is out of the operator's hands.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { officersCity, password } from '#test/officers-city.ts'
import { callerOf } from '#test/server.ts'

const city = await officersCity()
const { app, owner, person } = city
const operator = await city.as('operator')

interface Line {
  id: string
  login: string
  person: string
  active: boolean
  mustChange: boolean
  posts: string[]
  officer: boolean
  lastSignIn: string | null
}
const list = async (query = '') => (await operator.get(`/api/accounts${query}`)).json() as { rows: Line[]; total: { count: number }; next: string | null }
const idOf = async (login: string) => (await list(`?q=${login}`)).rows.find((row) => row.login === login)?.id ?? ''
const open = (login: string, given: object) => operator.post('/api/accounts', { id: newId(), login, person: given })
const signIn = (account: string, given: string) => app.inject({ method: 'POST', url: '/api/sign-in', payload: { account, password: given } })
const entries = async (action: string) => (await owner.query('select detail from audit.entry where action = $1', [action])).rows

test('the list holds every account with its person, posts and state, page by page, and nothing of content', async () => {
  const all = await list('?limit=100')
  assert.equal(all.total.count, 11)
  const member = all.rows.find(({ login }) => login === 'member')
  assert.deepEqual([member?.person, member?.posts.sort(), member?.officer], ['李明', ['示例市局第一党支部 · 宣传委员', '示例市局第一党支部 · 纪检委员'], false])
  assert.deepEqual(
    all.rows.filter(({ officer }) => officer).map(({ login }) => login),
    ['auditor', 'operator', 'security', 'security2'],
  )
  const paged: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: Awaited<ReturnType<typeof list>> = await list(`?limit=4${next === '' ? '' : `&after=${next}`}`)
    paged.push(...page.rows.map(({ login }) => login))
    next = page.next
  }
  assert.deepEqual(
    paged,
    all.rows.map(({ login }) => login),
  )
  assert.deepEqual(
    (await list(`?q=${encodeURIComponent('李明')}`)).rows.map(({ login }) => login),
    ['member'],
  )
  assert.doesNotMatch(JSON.stringify(all), /argon2|hash|secret["_]/i)
})

test('people are found by their exact full name alone, told apart by organisation and posts', async () => {
  const find = async (name: string) => (await operator.get(`/api/accounts/persons?name=${encodeURIComponent(name)}`)).json().rows
  assert.deepEqual(await find('张伟'), [{ id: person.zhang, name: '张伟', org: '示例市局第一党支部', posts: [], account: false }])
  assert.deepEqual((await find('王建国'))[0].posts, [{ post: '书记', body: '示例市局第一党支部' }])
  for (const part of ['王建', '%%', '__', '建国']) assert.deepEqual(await find(part), [], part)
  assert.equal((await operator.get('/api/accounts/persons?name=%E7%8E%8B')).statusCode, 422)
})

test('an account is opened with a first password that must be changed, and has what its person holds', async () => {
  const reply = await open('zhangwei', { id: person.zhang })
  assert.equal(reply.statusCode, 200, reply.body)
  const first = reply.json().password
  assert.match(first, /^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)
  const session = await signIn('zhangwei', first)
  assert.deepEqual([session.json().must, session.json().posts, session.json().person.name], ['password', [], '张伟'])
  const caller = await callerOf(app, { account: 'zhangwei', password: first })
  assert.equal((await caller.get('/api/desk/todo')).statusCode, 403)
  assert.doesNotMatch(JSON.stringify(await entries('access.account-open')), new RegExp(`${first}|张伟`))
})

test('a person from outside gets an account with no posts at all', async () => {
  const reply = await open('newofficer', { name: '外聘人员' })
  assert.equal(reply.statusCode, 200, reply.body)
  assert.deepEqual((await list('?q=newofficer')).rows[0]?.posts, [])
  assert.equal((await open('badname', { name: '140402198001011234' })).statusCode, 422)
})

test('a login is given once, and a person has one account', async () => {
  assert.equal((await open('secretary', { name: '另一人' })).statusCode, 409)
  const second = await open('wang2', { id: person.wang })
  assert.deepEqual([second.statusCode, second.json().issues[0].field], [409, '/person/id'])
  assert.equal((await open('nobody', { id: newId() })).statusCode, 404)
  for (const login of ['A', 'a', '1abc', 'a b', 'x'.repeat(41)]) assert.equal((await open(login, { name: '另一人' })).statusCode, 422, login)
  const [one, two] = await Promise.all([open('samelogin', { name: '同名甲' }), open('samelogin', { name: '同名乙' })])
  assert.deepEqual([one.statusCode, two.statusCode].sort(), [200, 409])
})

test('a disabled account loses its session at once and signs in no more until it is enabled', async () => {
  const caller = await city.as('second')
  const id = await idOf('second')
  assert.equal((await caller.get('/api/desk/todo')).statusCode, 200)
  assert.equal((await operator.post(`/api/accounts/${id}/state`, { active: false })).statusCode, 200)
  assert.equal((await caller.get('/api/desk/todo')).statusCode, 401)
  assert.equal((await signIn('second', password)).statusCode, 401)
  assert.deepEqual(
    (await list('?state=disabled')).rows.map(({ login }) => login),
    ['second'],
  )
  assert.equal((await operator.post(`/api/accounts/${id}/state`, { active: true })).statusCode, 200)
  assert.equal((await signIn('second', password)).statusCode, 200)
  assert.equal((await caller.get('/api/desk/todo')).statusCode, 401, 'the old session stays ended')
})

test('a reset password is shown once, ends the sessions and must be changed; the old one is gone', async () => {
  const caller = await city.as('town')
  const reply = await operator.post(`/api/accounts/${await idOf('town')}/password`, {})
  assert.equal(reply.statusCode, 200, reply.body)
  assert.equal((await caller.get('/api/desk/todo')).statusCode, 401)
  assert.equal((await signIn('town', password)).statusCode, 401)
  assert.equal((await signIn('town', reply.json().password)).json().must, 'password')
  assert.equal((await list('?q=town')).rows[0]?.mustChange, true)
  assert.doesNotMatch(JSON.stringify(await entries('access.password-reset')), new RegExp(reply.json().password))
})

test('officers are out of the operator’s hands: not stopped, no password that alone would open them; nor is the operator’s own account', async () => {
  for (const login of ['auditor', 'security', 'operator']) {
    const id = await idOf(login)
    for (const [verb, body] of [
      ['state', { active: false }],
      ['password', {}],
    ] as const) {
      const reply = await operator.post(`/api/accounts/${id}/${verb}`, body)
      assert.deepEqual([reply.statusCode, reply.json().code], [403, 'not-allowed'], `${login} ${verb}`)
    }
    assert.equal((await signIn(login, password)).statusCode, 200)
  }
  // With a second factor before it, a new password alone opens nothing.
  await owner.query(`update access.account set totp_secret = 'sealed' where login = 'auditor'`)
  assert.equal((await operator.post(`/api/accounts/${await idOf('auditor')}/password`, {})).statusCode, 200)
})

test('an identity that came is linked to an account and unlinked again; never to an officer’s or one’s own', async () => {
  await owner.query(`insert into access.identity (tenant_id, provider, subject, name) values (1, 'city', 'sub-1', '李明')`)
  const identities = async () =>
    (await operator.get('/api/accounts/identities')).json().rows.map((row: { subject: string; login: string | null }) => [row.subject, row.login])
  assert.deepEqual(await identities(), [['sub-1', null]])
  const link = (login: string, verb = 'link', subject = 'sub-1') => operator.post(`/api/accounts/identities/${verb}`, { provider: 'city', subject, login })
  for (const login of ['auditor', 'security', 'operator']) assert.equal((await link(login)).statusCode, 403, login)
  assert.equal((await link('nobody')).statusCode, 404)
  assert.equal((await link('member', 'link', 'never-came')).statusCode, 409)
  assert.equal((await link('member')).statusCode, 200)
  assert.deepEqual(await identities(), [['sub-1', 'member']])
  assert.equal((await link('second')).statusCode, 409)
  assert.equal((await link('second', 'unlink')).statusCode, 409)
  assert.equal((await link('member', 'unlink')).statusCode, 200)
  assert.deepEqual(await identities(), [['sub-1', null]])
})

test('nobody but the operator sees or changes accounts', async () => {
  for (const login of ['desk', 'security', 'secretary', 'county'] as const) {
    const caller = await city.as(login)
    for (const url of ['/api/accounts', '/api/accounts/persons?name=%E5%BC%A0%E4%BC%9F', '/api/accounts/identities'])
      assert.equal((await caller.get(url)).statusCode, 403, `${login} ${url}`)
    assert.equal((await caller.post(`/api/accounts/${newId()}/password`, {})).statusCode, 403)
    assert.equal((await caller.post('/api/accounts', { id: newId(), login: 'mine', person: { name: '另一人' } })).statusCode, 403)
  }
  assert.equal((await operator.post(`/api/accounts/${newId()}/password`, {})).statusCode, 404)
})
