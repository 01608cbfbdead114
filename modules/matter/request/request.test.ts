// Requests over HTTP on a small city: to whom, whole or not at all, seen by whom, answered many at once, nudged, recalled.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import type { MatterPage, MatterRow } from '../matter.contract.ts'
import type { Preview, ReceiverRow, RequestPage, RequestReceipt, Selection } from './request.contract.ts'

const city = await ledgerCity()
const { org, owner } = city
const [member, secretary, second, county, deputy, desk] = (await Promise.all(
  (['member', 'secretary', 'second', 'county', 'deputy', 'desk'] as const).map((login) => city.as(login)),
)) as [Caller, Caller, Caller, Caller, Caller, Caller]

const branches: Selection = { kinds: ['branch'] }
const content = (change: object = {}) => ({
  ...{ askerId: org.committee, kind: 'task', title: '报送年度工作总结', fields: { text: '月底以前报送' }, selection: branches },
  ...{ dueOn: null, basis: '', reason: '', ...change },
})
async function drafted(who: Caller, change: object = {}): Promise<RequestReceipt> {
  const reply = await who.post('/api/requests', { id: newId(), ...content(change) })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const send = (who: Caller, id: string, receivers: number) => who.post(`/api/requests/${id}/sending`, { receivers })
async function sent(who: Caller, change: object = {}): Promise<string> {
  const { requestId, receivers } = await drafted(who, change)
  const reply = await send(who, requestId, receivers)
  assert.equal(reply.statusCode, 200, reply.body)
  return requestId
}
const page = async (who: Caller, id: string): Promise<RequestPage> => (await who.get(`/api/requests/${id}`)).json()
const receivers = async (who: Caller, id: string, query = ''): Promise<ReceiverRow[]> =>
  (await who.get(`/api/requests/${id}/receivers?limit=100&${query}`)).json().rows
const mine = async (who: Caller, id: string): Promise<MatterRow[]> => (await who.get(`/api/matters?limit=100&request=${id}`)).json().rows
const count = async (id: string): Promise<number> => (await owner.query('select count(*)::int as n from matter.matter where request_id = $1', [id])).rows[0].n
const entries = async (action: string, id: string): Promise<number> =>
  (await owner.query('select count(*)::int as n from audit.entry where action = $1 and object_id = $2', [action, id])).rows[0].n
async function matterOf(who: Caller, id: string, body: string): Promise<ReceiverRow> {
  const row = (await receivers(who, id)).find((one) => one.body.id === body)
  assert.ok(row, `no matter of ${body}`)
  return row
}
async function move(
  who: Caller,
  { matterId, revision }: { matterId: string; revision: number },
  name: string,
  fields = {},
): Promise<{ matterId: string; revision: number }> {
  const reply = await who.post(`/api/matters/${matterId}/moves`, { moveId: newId(), revision, move: name, fields })
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
async function handedIn(who: Caller, id: string, body: string): Promise<{ matterId: string; revision: number }> {
  return move(who, await move(who, await matterOf(desk, id, body), 'receive'), 'hand-in', { answer: '已经办好' })
}

test('[M7] a request is a matter for each receiver, there for them at once; sent again it is the same one', async () => {
  const { requestId, receivers: many } = await drafted(desk)
  assert.equal(many, 4)
  assert.equal(await count(requestId), 0)
  const first = await send(desk, requestId, 4)
  assert.deepEqual([first.statusCode, first.json().state, first.json().repeated], [200, 'sent', false])
  const [seen] = await mine(member, requestId)
  assert.deepEqual([seen?.title, seen?.owner.id, seen?.asker?.id, seen?.stage], ['报送年度工作总结', org.first, org.committee, 'sent'])
  const again = await send(desk, requestId, 4)
  assert.deepEqual([again.statusCode, again.json().repeated, await count(requestId), await entries('request.send', requestId)], [200, true, 4, 1])
})

test('[M7] sent twice at the same time it goes out once', async () => {
  const { requestId } = await drafted(desk)
  const replies = await Promise.all([send(desk, requestId, 4), send(desk, requestId, 4), send(desk, requestId, 4)])
  assert.deepEqual(
    replies.map(({ statusCode }) => statusCode),
    [200, 200, 200],
  )
  assert.equal(replies.filter((reply) => reply.json().repeated === false).length, 1)
  assert.deepEqual([await count(requestId), await entries('request.send', requestId)], [4, 1])
})

test('[M7] where one receiver’s matter can’t be written none is, and the draft can be sent later', async () => {
  const { requestId } = await drafted(desk)
  await owner.query(`create function public.refuse_one() returns trigger language plpgsql as $$ begin if new.owner_id = '${org.town}' then raise exception 'no'; end if; return new; end $$;
    create trigger refuse_one after insert on matter.move for each row execute function public.refuse_one()`)
  try {
    assert.equal((await send(desk, requestId, 4)).statusCode, 500)
    assert.deepEqual([await count(requestId), (await page(desk, requestId)).request.state], [0, 'draft'])
  } finally {
    await owner.query('drop trigger refuse_one on matter.move; drop function public.refuse_one()')
  }
  assert.equal((await send(desk, requestId, 4)).statusCode, 200)
})

test('receivers are those who fit every condition, never the asker; whoever fits none of the sender’s reach is not asked', async () => {
  const preview = async (who: Caller, selection: Selection): Promise<string[]> =>
    ((await who.post('/api/requests/preview', { askerId: org.committee, kind: 'task', selection, dueOn: null })).json() as Preview).first
      .map(({ id }) => id)
      .sort()
  assert.deepEqual(await preview(desk, { under: org.committee }), [org.first, org.second].sort())
  assert.deepEqual(await preview(desk, { under: org.committee, without: [org.first] }), [org.second])
  assert.deepEqual(await preview(desk, { list: [org.first, org.county, org.committee], kinds: ['branch', 'committee'] }), [org.county, org.first].sort())
  assert.deepEqual(await preview(deputy, branches), [org.first, org.second].sort())
  assert.deepEqual(await preview(deputy, { list: [org.county] }), [])
})

test('a draft that can’t be sent is refused by field: nobody chosen, nobody there, no such class, a day that has passed, another’s kind', async () => {
  const field = async (change: object): Promise<string> => {
    const reply = await deputy.post('/api/requests', { id: newId(), ...content(change) })
    assert.equal(reply.statusCode, 422, reply.body)
    return reply.json().issues[0].field
  }
  assert.equal(await field({ selection: {} }), '/selection')
  assert.equal(await field({ selection: { without: [org.first] } }), '/selection')
  assert.equal(await field({ selection: { list: [org.county] } }), '/selection')
  assert.equal(await field({ selection: { kinds: ['nothing'] } }), '/selection/kinds')
  assert.equal(await field({ dueOn: '2024-12-01' }), '/dueOn')
  assert.equal(await field({ kind: 'nothing' }), '/kind')
  assert.equal(await field({ fields: {} }), '/fields/text')
})

test('whoever may not ask for a body drafts nothing in its name: foreign as good as not there', async () => {
  const reply = (who: Caller, askerId: string) => who.post('/api/requests', { id: newId(), ...content({ askerId }) })
  assert.equal((await reply(member, org.first)).statusCode, 403)
  const [foreign, missing] = [await reply(secretary, org.second), await reply(secretary, newId())]
  assert.deepEqual([foreign.statusCode, foreign.body], [404, missing.body])
})

test('[M8] receivers and strangers see no request: no page, no list, no receivers, no deed; what is not there answers alike', async () => {
  const id = await sent(deputy)
  const none = newId()
  for (const who of [member, secretary, second, county]) {
    for (const path of ['', '/receivers']) {
      const [foreign, missing] = [await who.get(`/api/requests/${id}${path}`), await who.get(`/api/requests/${none}${path}`)]
      assert.deepEqual([foreign.statusCode, foreign.body], [404, missing.body])
    }
    assert.ok(!(await who.get('/api/requests?limit=100')).body.includes(id))
  }
  for (const [deed, body] of [
    ['sending', { receivers: 2 }],
    ['recall', { reason: '发错了' }],
    ['nudge', { whom: 'open', text: '请抓紧' }],
    ['review', { move: 'accept', matters: [{ moveId: newId(), matterId: none, revision: 1 }] }],
  ] as const) {
    const [foreign, missing] = [await secretary.post(`/api/requests/${id}/${deed}`, body), await secretary.post(`/api/requests/${none}/${deed}`, body)]
    assert.deepEqual([foreign.statusCode, foreign.body], [404, missing.body], deed)
  }
  const secret = await sent(desk, { askerId: org.county })
  const taken = await deputy.post('/api/requests', { id: secret, ...content() })
  assert.deepEqual([taken.statusCode, taken.json().issues[0].message], [409, '编号已使用'], 'an id that is used in secret is told as used, and nothing else')
  assert.equal((await page(deputy, id)).request.title, '报送年度工作总结')
})

test('a draft is written anew until it is sent, then not any more; other receivers by now are told before anything goes out', async () => {
  const { requestId } = await drafted(desk)
  const body = { id: requestId, ...content({ title: '改过的标题', selection: { list: [org.first] } }) }
  assert.deepEqual([(await desk.post('/api/requests', body)).json().repeated, (await desk.post('/api/requests', body)).json().repeated], [false, true])
  const stale = await send(desk, requestId, 4)
  assert.deepEqual([stale.statusCode, stale.json().issues[0].message, await count(requestId)], [409, '现在是 1 个', 0])
  assert.equal((await send(desk, requestId, 1)).statusCode, 200)
  assert.equal((await desk.post('/api/requests', { ...body, title: '再改' })).statusCode, 409)
})

test('the day that the sender set stands instead of the clocks of later stages', async () => {
  const id = await sent(desk, { dueOn: '2024-12-27' })
  assert.equal((await matterOf(desk, id, org.first)).dueAt, '2024-12-24T15:59:59.000Z', 'to be received within two working days')
  await move(member, await matterOf(desk, id, org.first), 'receive')
  assert.equal((await matterOf(desk, id, org.first)).dueAt, '2024-12-27T15:59:59.000Z')
  assert.equal((await page(desk, id)).content.dueOn, '2024-12-27')
})

test('[B4] what exceeds the rules goes out once exactly that was released by name; a change has to be released anew', async () => {
  const [office, chief] = [await city.as('office'), await city.as('chief')]
  const short = { dueOn: '2024-12-21', reason: '上级临时要求' }
  const { requestId } = await drafted(desk, short)
  const { preview, may } = await page(desk, requestId)
  assert.deepEqual([preview?.cost.exceeds, may.send], [['只留了 0 个工作日，最少要 3 个。'], true])
  assert.equal((await send(desk, requestId, 4)).statusCode, 409)
  const paper = newId()
  const step = async (who: Caller, path: string, body: object) => {
    const reply = await who.post(`/api/approvals${path}`, { id: newId(), verdict: 'pass', reason: '', ...body })
    assert.equal(reply.statusCode, 200, reply.body)
  }
  const order = { id: paper, kind: 'request', subject: requestId, route: 'request', audience: 'unit', note: '' }
  assert.equal((await desk.post('/api/approvals', order)).statusCode, 200)
  await step(office, `/${paper}/check`, {})
  await step(chief, `/${paper}/signature`, {})
  assert.equal((await send(desk, requestId, 4)).statusCode, 409, 'signed is not released')
  await step(chief, `/${paper}/release`, {})
  assert.equal((await page(desk, requestId)).released, true)
  await desk.post('/api/requests', { id: requestId, ...content({ ...short, title: '改过的标题' }) })
  assert.deepEqual([(await send(desk, requestId, 4)).statusCode, (await page(desk, requestId)).released], [409, false])
  await desk.post('/api/requests', { id: requestId, ...content(short) })
  assert.equal((await send(desk, requestId, 4)).statusCode, 200)
})

test('[B4] what breaks no rule, or gives no reason, can’t be sent for approval', async () => {
  const paper = async (change: object): Promise<string> => {
    const { requestId } = await drafted(desk, change)
    const order = { id: newId(), kind: 'request', subject: requestId, route: 'request', audience: 'unit', note: '' }
    return (await desk.post('/api/approvals', order)).json().message
  }
  assert.match(await paper({}), /没有超出规定/)
  assert.match(await paper({ dueOn: '2024-12-21' }), /写明为什么/)
})

test('the board tells who has, who hasn’t, who is late and what came in', async () => {
  const id = await sent(desk)
  await handedIn(member, id, org.first)
  await move(second, await matterOf(desk, id, org.second), 'receive')
  await owner.query(`update matter.matter set due_at = '2024-12-01' where request_id = $1 and owner_id = $2`, [id, org.county])
  const { board, request } = await page(desk, id)
  assert.deepEqual(board?.counts, { untouched: 2, working: 1, in: 1, done: 0, dropped: 0, recalled: 0 })
  assert.deepEqual([board?.late, request.late, request.receivers], [1, 1, 4])
  assert.deepEqual(board?.tiles, [{ county: '-', name: '市级机关', total: 4, closed: 0, in: 1, late: 1 }])
  assert.deepEqual(
    board?.reviews.map(({ move: name }) => name),
    ['return', 'accept'],
  )
  const names = async (query: string) => (await receivers(desk, id, query)).map(({ body }) => body.id)
  assert.deepEqual(await names('standing=in'), [org.first])
  assert.deepEqual(await names('standing=late'), [org.county])
  assert.deepEqual((await names('standing=open')).sort(), [org.second, org.county, org.town].sort())
  assert.deepEqual(await names(`q=${encodeURIComponent('示例乡')}`), [org.town])
  assert.deepEqual((await matterOf(desk, id, org.first)).answer, [{ name: '办理情况', value: '已经办好' }])
  const [{ rows, next }, csv] = [
    (await desk.get(`/api/requests/${id}/receivers?limit=3`)).json(),
    await desk.post(`/api/requests/${id}/export`, { standing: 'in' }),
  ]
  const rest = (await desk.get(`/api/requests/${id}/receivers?limit=3&after=${next}`)).json()
  assert.deepEqual(
    [...rows, ...rest.rows].map(({ matterId }: ReceiverRow) => matterId),
    (await receivers(desk, id)).map(({ matterId }) => matterId),
  )
  assert.ok(csv.body.includes('办理情况：已经办好') && !csv.body.includes('示例乡党支部'))
  assert.equal(await entries('request.export', id), 1)
})

test('many are answered at once, each told on its own: done, done before, or why not', async () => {
  const id = await sent(desk)
  const [one, two] = [await handedIn(member, id, org.first), await handedIn(second, id, org.second)]
  const open = await matterOf(desk, id, org.county)
  const foreign = await matterOf(desk, await sent(desk), org.first)
  const matters = [one, { ...two, revision: 1 }, open, foreign].map(({ matterId, revision }) => ({ moveId: newId(), matterId, revision }))
  const review = () => desk.post(`/api/requests/${id}/review`, { move: 'accept', matters })
  const told = async () => (await review()).json().results.map(({ done }: { done: boolean }) => done)
  assert.deepEqual(
    [await told(), await told()],
    [
      [true, false, false, false],
      [true, false, false, false],
    ],
  )
  const { results } = (await review()).json()
  assert.deepEqual(results[0].message, '已经办过')
  assert.match(results[1].message, /刚办了/)
  assert.match(results[2].message, /不能办“验收”/)
  assert.match(results[3].message, /不在这次下发里/)
  assert.deepEqual([(await matterOf(desk, id, org.first)).standing, (await matterOf(desk, id, org.second)).standing], ['done', 'in'])
  const back = await desk.post(`/api/requests/${id}/review`, {
    move: 'return',
    fields: { reason: '缺少数字' },
    matters: [{ moveId: newId(), matterId: two.matterId, revision: two.revision }],
  })
  assert.deepEqual([back.json().results[0].done, (await matterOf(desk, id, org.second)).standing], [true, 'working'])
})

test('nudging leaves a comment with those whose turn it is, once a day', async () => {
  const id = await sent(desk)
  await handedIn(member, id, org.first)
  const nudge = () => desk.post(`/api/requests/${id}/nudge`, { whom: 'open', text: '请在周五前提交' })
  assert.deepEqual((await nudge()).json(), { nudged: 3 })
  const again = await nudge()
  assert.deepEqual([again.statusCode, await entries('request.nudge', id)], [409, 1])
  const comments = async (who: Caller, body: string) =>
    ((await who.get(`/api/matters/${(await matterOf(desk, id, body)).matterId}`)).json() as MatterPage).comments.map(({ text }) => text)
  assert.deepEqual([await comments(second, org.second), await comments(member, org.first)], [['催办：请在周五前提交'], []])
  assert.deepEqual([(await page(desk, id)).may.nudge, (await page(desk, id)).nudgedOn], [false, '2024-12-20'])
})

test('[M7] recalled, its open matters are closed as recalled, those that are done stay; it is neither sent nor recalled again', async () => {
  const id = await sent(desk)
  const one = await handedIn(member, id, org.first)
  await move(desk, one, 'accept')
  const recall = () => desk.post(`/api/requests/${id}/recall`, { reason: '发错了范围' })
  assert.deepEqual([(await recall()).json().state, (await recall()).json().repeated, await entries('request.recall', id)], ['recalled', true, 1])
  assert.deepEqual((await page(desk, id)).board?.counts, { untouched: 0, working: 0, in: 0, done: 1, dropped: 0, recalled: 3 })
  const [theirs] = await mine(second, id)
  assert.deepEqual([theirs?.outcome, theirs?.closedOn], ['recalled', '2024-12-20'])
  const { steps } = (await second.get(`/api/matters/${theirs?.matterId}`)).json() as MatterPage
  assert.deepEqual([steps.at(-1)?.move, steps.at(-1)?.note], ['recalled', '发错了范围'])
  assert.equal((await send(desk, id, 4)).statusCode, 409)
  assert.equal((await desk.post(`/api/requests/${id}/nudge`, { whom: 'open', text: '请抓紧' })).statusCode, 409)
})
