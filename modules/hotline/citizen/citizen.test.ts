// The citizen's side over HTTP, without an account: number and code alone open a ticket, and nothing inner or personal comes out.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { folderTexter } from '#server/kit/notify/texter.ts'
import { loadSecrets } from '#server/kit/secrets.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { hotlineCity } from '#test/hotline-city.ts'
import { callerOf } from '#test/server.ts'
import { sendTexts } from './citizen.jobs.ts'

const city = await hotlineCity()
const { app, owner, unit } = city
const nobody = await callerOf(app)
const [agent, dispatcher, lamps, heat, caller] = await Promise.all([
  city.as('agent'),
  city.as('dispatcher'),
  city.as('lamps'),
  city.as('heat'),
  city.as('caller'),
])

const report = (more: object = {}, from = nobody) =>
  from.post('/api/12345/tickets', {
    id: newId(),
    category: 'street-lamps',
    county: '',
    place: '示例路3号',
    body: '示例路3号楼下的路灯三天不亮，晚上看不清路。',
    ...more,
  })
/** As from another address, so that wrong codes of one test don't slow another. */
const from = (address: string) => ({
  post: (url: string, payload: object) => app.inject({ method: 'POST', url, payload, remoteAddress: address }),
})
const idOf = async (number: string): Promise<string> =>
  (await owner.query('select ticket_id from hotline.ticket where number = $1', [number])).rows[0].ticket_id
let revision = 0
async function step(who: typeof agent, ticketId: string, name: string, more: object = {}): Promise<void> {
  const reply = await who.post(`/api/hotline/tickets/${ticketId}/steps`, { stepId: newId(), revision, step: name, ...more })
  assert.equal(reply.statusCode, 200, `${name}: ${reply.body}`)
  revision = reply.json().revision
}

test('[H2] a report without an account gets a number and a code; the same sent twice is one ticket', async () => {
  const body = { id: newId(), name: '测试人', phone: '0355-1234567' }
  const [first, second] = [await report(body), await report(body)]
  assert.deepEqual([first.statusCode, second.statusCode], [200, 200], first.body)
  const { number, code } = first.json()
  assert.match(number, /^2024122\d{7}$/)
  assert.match(code, /^\d{8}$/)
  assert.deepEqual([second.json().number, second.json().code, second.json().repeated], [number, code, true])
  assert.equal((await report({ ...body, body: '另外一件完全不同的事情。' })).statusCode, 409)
})

test('[H1][H8] the trail tells each transfer, why a unit gave it back and who had it; no inner note, no name, no telephone', async () => {
  const { number, code } = (await report({ name: '测试人', phone: '03551234567', withheld: true })).json()
  const ticketId = await idOf(number)
  revision = 1
  await step(dispatcher, ticketId, 'dispatch', { unitId: unit.heat, note: '内部：先试试' })
  await step(heat, ticketId, 'return', { note: '路灯不归供热单位管' })
  await step(dispatcher, ticketId, 'dispatch', { unitId: unit.lamps, note: '内部：改派' })
  await step(lamps, ticketId, 'sign')
  await step(lamps, ticketId, 'comment', { note: '内部：材料没到' })
  await step(lamps, ticketId, 'answer', { told: '灯泡已经换好。', note: '内部：换了两只' })
  const reply = await nobody.post('/api/12345/follow', { number, code })
  assert.equal(reply.statusCode, 200, reply.body)
  const page = reply.json()
  assert.deepEqual(
    page.trail.map(({ name, unit: had, told, reason }: Record<string, string>) => [name, had, told, reason]),
    [
      ['受理', null, '诉求已受理。', ''],
      ['派单', '市热力公司（示例）', '已派给承办单位办理。', ''],
      ['退单', '市热力公司（示例）', '承办单位退回，热线正在重新派单。', '路灯不归供热单位管'],
      ['派单', '市城市管理局', '已派给承办单位办理。', ''],
      ['签收', '市城市管理局', '承办单位已签收。', ''],
      ['答复', '市城市管理局', '灯泡已经换好。', ''],
    ],
  )
  assert.doesNotMatch(reply.body, /内部|王建国|李明|陈静|杨帆|测试人|03551234567|ticketId/)
  assert.equal(page.answer, '灯泡已经换好。')
})

test('[H6] a citizen reopens within the days; what was handled again is closed and rated once', async () => {
  const { number, code } = (await report()).json()
  const ticketId = await idOf(number)
  revision = 1
  await step(dispatcher, ticketId, 'dispatch', { unitId: unit.lamps })
  await step(lamps, ticketId, 'sign')
  const early = await nobody.post('/api/12345/steps', { number, code, stepId: newId(), revision, step: 'rate', satisfaction: 5 })
  assert.equal(early.statusCode, 409, 'what is not closed can’t be rated')
  await step(lamps, ticketId, 'answer', { told: '已处理。' })
  await step(caller, ticketId, 'call', { reached: true, solved: true })
  const closed = (await nobody.post('/api/12345/follow', { number, code })).json()
  assert.deepEqual([closed.state, closed.mayRate, closed.reopenUntil !== null], ['closed', true, true])
  const again = await nobody.post('/api/12345/steps', { number, code, stepId: newId(), revision: closed.revision, step: 'reopen', note: '第二天又不亮了' })
  assert.deepEqual([again.statusCode, again.json().state, again.json().dueAt], [200, 'handling', closed.dueAt], 'the citizen’s clock goes on')
  revision = again.json().revision
  await step(lamps, ticketId, 'answer', { told: '线路已经更换。' })
  await step(caller, ticketId, 'call', { reached: true, solved: true })
  const rate = { number, code, stepId: newId(), revision, step: 'rate', satisfaction: 4 }
  const rated = await nobody.post('/api/12345/steps', rate)
  assert.deepEqual([rated.statusCode, rated.json().satisfaction, rated.json().mayRate], [200, 4, false], rated.body)
  assert.equal((await nobody.post('/api/12345/steps', rate)).statusCode, 200, 'sent twice it is one rating')
  assert.equal((await nobody.post('/api/12345/steps', { ...rate, stepId: newId(), revision: rated.json().revision, satisfaction: 1 })).statusCode, 409)
  for (const other of ['direct', 'answer', 'call']) assert.equal((await nobody.post('/api/12345/steps', { ...rate, step: other })).statusCode, 422)
})

test('[H2] a wrong code answers as a number that is not there; after some the next one waits, from anywhere, and the address waits after more', async () => {
  const { number, code } = (await report()).json()
  const wrong = code === '00000000' ? '11111111' : '00000000'
  const [one, other, none] = await Promise.all([
    from('10.0.0.1').post('/api/12345/follow', { number, code: wrong }),
    from('10.0.0.1').post('/api/12345/follow', { number: '20241220999999', code }),
    from('10.0.0.1').post('/api/12345/follow', { number: '<script>', code: '；drop' }),
  ])
  assert.deepEqual([one.statusCode, other.statusCode, none.statusCode], [404, 404, 404])
  assert.equal(one.body, other.body)
  assert.equal(one.body, none.body)
  for (let turn = 0; turn < 4; turn += 1) await from(`10.0.1.${turn}`).post('/api/12345/follow', { number, code: wrong })
  const locked = await from('10.0.2.1').post('/api/12345/follow', { number, code })
  assert.equal(locked.statusCode, 429, 'even the right code waits: otherwise guessing would only cost time')
  assert.match(locked.json().message, /秒后再试|秒再试|分钟再试/)
  assert.equal((await from('10.0.2.1').post('/api/12345/follow', { number: '20241220999998', code })).statusCode, 404, 'another number is not held up')
  await owner.query(`update access.throttle set blocked_until = null where blocked_until is not null`)
  assert.equal(
    (await from('10.0.2.1').post('/api/12345/follow', { number: ` ${number.slice(0, 8)}-${number.slice(8)}`, code: `${code.slice(0, 4)} ${code.slice(4)}` }))
      .statusCode,
    200,
  )
})

test('[H2] hostile input is refused in plain words, or kept without what can’t be seen, and comes back as text', async () => {
  const refused: [object, RegExp][] = [
    [{ body: '路灯' }, /至少 5 个字/],
    [{ body: '\u200b\u200b\u200b\u200b\u200b\u200b' }, /至少5个字/],
    [{ body: '路'.repeat(2001) }, /最多 2000 个字/],
    [{ body: `反过来的字\u202e路灯不亮` }, /看不见的控制字符/],
    [{ body: '半个字符\ud83d 路灯不亮' }, /看不见的控制字符|不能保存/],
    [{ category: 'no-such' }, /没有这个类别/],
    [{ county: '999999' }, /没有这个县区/],
    [{ phone: '=HYPERLINK(1)' }, /电话号码只填数字/],
    [{ officer: '某某' }, /没有这个字段/],
  ]
  for (const [more, said] of refused) {
    const reply = await report(more)
    assert.ok([400, 409, 422].includes(reply.statusCode), `${JSON.stringify(more).slice(0, 60)}: ${reply.statusCode}`)
    assert.match(reply.body, said)
  }
  assert.equal((await report({ body: 'x'.repeat(100_000) })).statusCode, 422)
  const body = '=cmd|/c calc!A1 <script>alert(1)</script> 路灯😀\u0007\u200b不亮'
  const { number, code } = (await report({ body })).json()
  const page = (await nobody.post('/api/12345/follow', { number, code })).json()
  assert.equal(page.body, '=cmd|/c calc!A1 <script>alert(1)</script> 路灯😀不亮')
})

test('a text says number and code, that there is an answer, that it may be rated; never what it is about, and goes out once', async () => {
  await owner.query('delete from hotline.message')
  const { number, code } = (await report({ phone: '0355 7654321' })).json()
  await report()
  const ticketId = await idOf(number)
  revision = 1
  await step(dispatcher, ticketId, 'dispatch', { unitId: unit.lamps })
  await step(lamps, ticketId, 'sign')
  await step(lamps, ticketId, 'answer', { told: '已处理，换了灯泡。' })
  await step(caller, ticketId, 'call', { reached: true, solved: true })
  const folder = join(mkdtempSync(join(tmpdir(), 'dajuan-texts-')), 'texts')
  const [tenant] = await loadTenants(city.pool)
  assert.ok(tenant)
  const host = { pool: city.pool, secrets: loadSecrets(city.dataDir) }
  let failing = 0
  await sendTexts(host, tenant, async () => {
    failing += 1
    throw new Error('the gateway is down')
  })
  await sendTexts(host, tenant, folderTexter(folder))
  await sendTexts(host, tenant, folderTexter(join(folder, 'again')))
  const texts = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
  assert.deepEqual([failing, texts.length], [3, 3])
  for (const { phone, text } of texts) {
    assert.equal(phone, '03557654321')
    assert.ok(text.includes(number) && text.includes(code))
    assert.doesNotMatch(text, /路灯|灯泡|示例路|城市管理局/)
  }
  assert.equal(statSync(join(folder, readdirSync(folder)[0] ?? '')).mode & 0o077, 0)
})

test('a flood of reports is refused in part and agents go on working meanwhile', async () => {
  const flood = Promise.all(
    Array.from({ length: 700 }, (_, turn) =>
      app.inject({
        method: 'POST',
        url: '/api/12345/tickets',
        remoteAddress: `10.9.${turn >> 8}.${turn & 255}`,
        payload: { id: newId(), category: 'street-lamps', body: '很多很多条同样的诉求一起来。' },
      }),
    ),
  )
  const spent: number[] = []
  for (let turn = 0; turn < 10; turn += 1) {
    const start = performance.now()
    const reply = await agent.post('/api/hotline/tickets', {
      id: newId(),
      channel: 'phone',
      category: 'street-lamps',
      title: '路灯不亮',
      body: '来电反映路灯不亮。',
    })
    assert.equal(reply.statusCode, 200, reply.body)
    spent.push(performance.now() - start)
  }
  const replies = (await flood).map(({ statusCode }) => statusCode)
  assert.deepEqual([...new Set(replies)].sort(), [200, 429])
  assert.equal(replies.filter((status) => status === 200).length, 303, 'three at once and three hundred waiting')
  assert.ok(spent.toSorted((a, b) => a - b)[5]! < 1000, `an agent waited ${spent.map(Math.round)} ms`)
  const one = from('10.8.0.1')
  const hasty = await Promise.all(Array.from({ length: 70 }, () => one.post('/api/12345/follow', { number: '1', code: '1' })))
  assert.equal(hasty.filter(({ statusCode }) => statusCode === 429).length >= 10, true, 'one address has sixty a minute')
})
