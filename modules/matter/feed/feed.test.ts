// The calendar of one's own matters, over HTTP: whose it is, what it tells, and when its address ends.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { ledgerCity } from '#test/ledger-city.ts'
import { readCalendar } from '#test/read-calendar.ts'
import { callerOf } from '#test/server.ts'

const city = await ledgerCity()
const { app, org, owner } = city
const [desk, member, second] = await Promise.all([city.as('desk'), city.as('member'), city.as('second')])
const nobody = await callerOf(app)

const ask = (bodyId: string, title: string, dueAt?: string) =>
  desk.post('/api/matters', { id: newId(), kind: 'task', bodyId, title, fields: { text: '示例' }, ...(dueAt === undefined ? {} : { dueAt }) })
const setLink = async (who: typeof desk, on = true) => (await who.post('/api/matters/calendar', { on })).json().address
/** The account's address; a new one where it has none. */
const linkOf = async (who: typeof desk): Promise<string> => new URL((await who.get('/api/matters/calendar')).json().address ?? (await setLink(who))).pathname
const summaries = (text: string): string[] => [...text.matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, title = '']) => title)

test('[M8] a calendar program reads, without a session, what waits for the account, and nobody else’s matters', async () => {
  assert.equal((await ask(org.first, '不能外传的标题')).statusCode, 200)
  const path = await linkOf(member)
  const reply = await nobody.get(path)
  assert.deepEqual([reply.statusCode, reply.headers['content-type'], reply.headers['cache-control']], [200, 'text/calendar; charset=utf-8', 'no-store'])
  assert.deepEqual(summaries(reply.body), ['工作任务：待签收'])
  // Two working days after Friday 20 December: a day, not an hour.
  assert.match(reply.body, /\r\nDTSTART;VALUE=DATE:20241224\r\n/)
  assert.match(reply.body, /\r\nURL:http:\/\/[^/\r]+\/matters\/[0-9a-f-]{36}\r\n/)
  assert.doesNotMatch(reply.body.replaceAll('\r\n ', ''), /不能外传/)
  assert.deepEqual(summaries((await nobody.get(await linkOf(second))).body), [])
})

test('there is no address before one is asked for; a new one ends the old at once, and off is off', async () => {
  assert.deepEqual((await desk.get('/api/matters/calendar')).json(), { address: null })
  const first = await linkOf(desk)
  assert.equal(await linkOf(desk), first, 'asked again it is the same')
  const next = new URL(await setLink(desk)).pathname
  assert.notEqual(next, first)
  assert.deepEqual([(await nobody.get(first)).statusCode, (await nobody.get(next)).statusCode], [404, 200])
  assert.equal(await setLink(desk, false), null)
  assert.deepEqual([(await nobody.get(first)).statusCode, (await nobody.get(next)).statusCode], [404, 404])
  assert.deepEqual((await desk.get('/api/matters/calendar')).json(), { address: null })
  const { rows } = await owner.query(`select detail ->> 'on' as on from audit.entry where action = 'matter.calendar' order by at`)
  assert.deepEqual(
    rows.slice(-3).map(({ on }) => on),
    ['true', 'true', 'false'],
  )
})

test('[RFC 5545] a strict reader of the format reads the feed: every line by the grammar, folded at 75 octets, each event with what it must have', async () => {
  const { name, events } = readCalendar((await nobody.get(await linkOf(member))).body)
  assert.equal(name, '我的事项')
  assert.deepEqual(
    events.map(({ title, text }) => [title, text]),
    [['工作任务：待签收', '到期。打开链接，登录后办理。']],
  )
})

test('a deadline within a day is a moment', async () => {
  assert.equal((await ask(org.first, '今天下午报送', '2024-12-20T17:30:00+08:00')).statusCode, 200)
  assert.match((await nobody.get(await linkOf(member))).body, /\r\nDTSTART:20241220T093000Z\r\n/)
})

test('a token that is none, was changed, or is of another purpose or account answers as what isn’t there', async () => {
  const path = await linkOf(member)
  const [account, mark = ''] = path.slice('/api/calendars/'.length).split('.')
  const other = (await linkOf(second)).slice('/api/calendars/'.length).split('.')[0]
  for (const token of ['none', `${account}`, `${account}.`, `${account}.${mark.slice(1)}`, `${other}.${mark}`, `${newId()}.${mark}`, 'a.b.c'])
    assert.equal((await nobody.get(`/api/calendars/${token}`)).statusCode, 404, token)
  assert.equal((await nobody.get('/api/matters/calendar')).statusCode, 401)
})

test('the address ends with the password, with the account, and opens nothing but the calendar', async () => {
  const path = await linkOf(member)
  const token = path.slice('/api/calendars/'.length)
  assert.equal(
    (await app.inject({ method: 'GET', url: '/api/matters', cookies: { session: token }, headers: { authorization: `Bearer ${token}` } })).statusCode,
    401,
  )
  await owner.query(`update access.account set password_set_at = clock_timestamp() + interval '1 second' where login = 'member'`)
  assert.equal((await nobody.get(path)).statusCode, 404)
  const again = await linkOf(member)
  assert.equal((await nobody.get(again)).statusCode, 200)
  await owner.query(`update access.account set active = false where login = 'member'`)
  assert.equal((await nobody.get(again)).statusCode, 404)
})
