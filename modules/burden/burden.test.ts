// What is known, what askings cost and who is asked twice, over HTTP, as the least-privileged role that may.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import type { Static, TSchema } from 'typebox'
import { newId } from '#base/ids.ts'
import * as ledger from '#modules/ledger/ledger.contract.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import * as burden from './burden.contract.ts'
import { charge, type OurAsking } from './index.ts'

const city = await ledgerCity()
const { org } = city
let member: Caller
let secretary: Caller
let county: Caller
let desk: Caller
before(async () => {
  member = await city.as('member')
  secretary = await city.as('secretary')
  county = await city.as('county')
  desk = await city.as('desk')
})

const election = (fields: object, change: object = {}) => ({
  id: newId(),
  kind: 'election',
  bodyId: org.first,
  happenedOn: '2024-12-10',
  title: '第一支部换届',
  fields: { eligible: '5', attended: '5', elected: '3', ...fields },
  people: { secretary: [city.person.wang] },
  ...change,
})
type Reply = Promise<{ statusCode: number; body: string }>
/** What an endpoint answers, which must be well. */
async function ok<R extends TSchema>(_endpoint: { reply: R }, sent: Reply): Promise<Static<R>> {
  const { statusCode, body } = await sent
  assert.equal(statusCode, 200, body)
  return JSON.parse(body)
}
const { enterRecord, correctRecord, withdrawRecord } = ledger
const knownOf = async (caller: Caller, body: string, form = 'record.election') =>
  (await ok(burden.known, caller.get(`/api/burden/known?body=${body}&form=${form}`))).values
const rows = async (table: string, where = 'true') => (await city.owner.query(`select * from burden.${table} where ${where}`)).rows

/** What a county office asks of branches: two terms of the dictionary and a text. */
const asked = (change: object = {}) => ({
  kind: 'form',
  receivers: { under: org.first, of: 'party-org' },
  fields: [
    { name: '有选举权的党员', type: 'int', term: 'voting-members', required: true },
    { name: '党员总数', type: 'int', term: 'member-count' },
    { name: '工作打算', type: 'text' },
  ],
  dueOn: '2024-12-27',
  ...change,
})
const outside = (change: object = {}) => ({ id: newId(), title: '支部基本情况表', basis: '某字〔2024〕9号', asker: '示例组织部', ...asked(), ...change })

describe('what is known', () => {
  test('[B5] a record’s terms are known of its body with where from and as of when, in no other form, and not of foreign bodies', async () => {
    const entry = election({})
    await ok(enterRecord, member.post('/api/records', entry))
    const values = await knownOf(member, org.first)
    assert.deepEqual(
      values.map(({ field, term, value, from, saidOn }) => [field, term, value, from, saidOn]),
      [
        ['elected', 'committee-size', '3', '换届《第一支部换届》', '2024-12-10'],
        ['eligible', 'voting-members', '5', '换届《第一支部换届》', '2024-12-10'],
      ],
    )
    assert.deepEqual(await knownOf(member, org.first, 'record.theme-day'), [])
    assert.equal((await county.get(`/api/burden/known?body=${org.first}`)).statusCode, 404)
    assert.deepEqual(await knownOf(county, org.county), [])
  })

  test('[B5] a correction says something else, a withdrawal nothing any more; a newer record goes first', async () => {
    const older = election({ eligible: '4' }, { happenedOn: '2024-12-01', title: '更早的换届' })
    await ok(enterRecord, member.post('/api/records', older))
    const eligible = async () => (await knownOf(member, org.first)).find(({ term }) => term === 'voting-members')?.value
    assert.equal(await eligible(), '5', 'the newer one stands')
    const newest = election({ eligible: '6' }, { happenedOn: '2024-12-15', title: '更新的换届' })
    await ok(enterRecord, member.post('/api/records', newest))
    assert.equal(await eligible(), '6')
    const { id: _id, kind: _kind, bodyId: _body, ...content } = newest
    await ok(
      correctRecord,
      secretary.post(`/api/records/${newest.id}/correction`, { ...content, version: 1, reason: '登记时写错', fields: { ...content.fields, eligible: '7' } }),
    )
    assert.equal(await eligible(), '7')
    await ok(withdrawRecord, secretary.post(`/api/records/${newest.id}/withdrawal`, { version: 2, reason: '没有开成' }))
    assert.equal(await eligible(), '5')
  })

  test('[B5] what is no longer valid is not filled in', async () => {
    await ok(
      enterRecord,
      (await city.as('second')).post('/api/records', election({}, { bodyId: org.second, happenedOn: '2024-09-01', title: '第二支部换届', people: {} })),
    )
    const values = await knownOf(await city.as('second'), org.second)
    assert.deepEqual(
      values.map(({ term }) => term),
      ['committee-size'],
      'voting members hold for 90 days',
    )
  })
})

describe('what a form costs', () => {
  test('[B2] a filling adds one to a bucket: no body, nobody, no time, no audit entry', async () => {
    const entries = async () => (await city.owner.query('select count(*)::int as n from audit.entry')).rows[0].n
    const before = await entries()
    for (let n = 0; n < 20; n += 1) await ok(burden.fill, member.post('/api/burden/fillings', { form: 'record.theme-day', seconds: 50 }))
    assert.deepEqual(await rows('filling'), [{ tenant_id: 1, form: 'record.theme-day', bucket: 6, count: 20 }])
    assert.equal(await entries(), before)
    const { forms } = await ok(burden.overview, member.get('/api/burden'))
    assert.equal(forms.find(({ id }) => id === 'record.theme-day')?.price.by, 'measured')
    assert.equal(forms.find(({ id }) => id === 'record.election')?.price.by, 'fields')
  })

  test('[B2] a form that is not there is refused by name', async () => {
    const reply = await member.post('/api/burden/fillings', { form: 'record.nothing', seconds: 50 })
    assert.equal(reply.statusCode, 422)
    assert.match(reply.json().message, /record\.nothing/)
  })
})

describe('askings of other bodies', () => {
  test('[B3] a branch enters what is asked of it: priced, answered with what it has said already, charged to it alone', async () => {
    const asking = outside()
    const reply = await ok(burden.enterAsking, member.post('/api/burden/askings', asking))
    assert.equal(reply.preview.receivers, 1)
    assert.deepEqual(reply.preview.price, { seconds: 150, by: 'fields', fillings: 0 })
    assert.equal(reply.preview.knownFields, 1)
    assert.equal(reply.preview.totalSeconds, 135)
    assert.deepEqual(
      reply.values.map(({ name, value }) => [name, value]),
      [['有选举权党员数', '5']],
    )
    assert.deepEqual(
      (await rows('charge', `asking_id = '${asking.id}'`)).map(({ body_id, seconds, saved }) => [body_id, seconds, saved]),
      [[org.first, 135, 15]],
    )
    assert.equal((await ok(burden.enterAsking, member.post('/api/burden/askings', asking))).repeated, true)
    assert.equal((await rows('charge', `asking_id = '${asking.id}'`)).length, 1)
    assert.equal((await member.post('/api/burden/askings', { ...asking, title: '另一张表' })).statusCode, 409)
    assert.deepEqual((await ok(burden.listAskings, county.get('/api/burden/askings'))).rows, [], 'nobody else sees it')
  })

  test('[B4] another body’s is never refused: above the budget and without notice it is counted', async () => {
    const asking = outside({ title: '下午要的表', fields: undefined, minutes: 500, dueOn: '2024-12-20' })
    const { preview } = await ok(burden.enterAsking, member.post('/api/burden/askings', asking))
    assert.equal(preview.overBudget, 1)
    assert.equal(preview.isShort, true)
    const { rows: totals } = await ok(burden.readTotals, member.get('/api/burden/totals?by=asker'))
    assert.deepEqual(totals, [{ name: '示例组织部', askings: 2, receivers: 1, seconds: 30_135, saved: 15, short: 1 }])
  })

  test('[B6] totals are of the reader’s scope', async () => {
    for (const by of ['asker', 'receiver', 'month', 'kind']) {
      assert.deepEqual((await ok(burden.readTotals, county.get(`/api/burden/totals?by=${by}`))).rows, [], by)
      assert.equal((await ok(burden.readTotals, desk.get(`/api/burden/totals?by=${by}`))).rows.length, 1, by)
    }
    assert.equal((await member.post('/api/burden/export', { by: 'asker' })).statusCode, 403)
    const file = await desk.post('/api/burden/export', { by: 'receiver' })
    assert.match(file.body, /示例市局第一党支部,2,1,502/)
  })

  test('nobody enters an asking of bodies outside the scope, and bad input names the field', async () => {
    assert.equal((await county.post('/api/burden/askings', outside())).statusCode, 404)
    const refused = async (change: object) => (await member.post('/api/burden/askings', outside(change))).json().issues[0].field
    assert.equal(await refused({ kind: 'nothing' }), '/kind')
    assert.equal(await refused({ dueOn: '2024-02-31' }), '/dueOn')
    assert.equal(await refused({ fields: [{ name: '甲', type: 'int', term: 'nothing' }] }), '/fields/0/term')
    assert.equal(await refused({ fields: [{ name: '甲', type: 'nothing' }] }), '/fields/0/type')
    assert.equal(await refused({ fields: undefined }), '/minutes')
    assert.equal(await refused({ askedOn: '2025-01-01' }), '/askedOn')
  })
})

describe('our own askings', () => {
  /** As a later module charges one that the desk sends. */
  const charged = async (asking: OurAsking, receivers: string[]) => {
    const [found] = await loadTenants(city.pool)
    assert.ok(found)
    return transaction(city.pool, { tenant: found, actorId: null, scope: 'tenant', mode: 'write' }, (tx) => charge(tx, asking, receivers))
  }
  const ours = (change: object = {}): OurAsking =>
    ({ id: newId(), title: '我们要的表', basis: '年度计划', askerId: org.committee, ...asked(), ...change }) as OurAsking

  test('[B3] a term that is still known of a receiver is refused with the place where it stands; without it the asking is charged', async () => {
    await assert.rejects(charged(ours(), [org.first, org.county]), /有选举权党员数.*1 个组织.*换届《第一支部换届》/)
    const fields = [{ name: '党员总数', type: 'int', term: 'member-count' }]
    const asking = ours({ fields, receivers: { under: org.committee, of: 'party-org' } })
    assert.equal((await charged(asking, [org.second])).receivers, 1)
    assert.equal((await rows('asking', `asking_id = '${asking.id}'`))[0].asker, '示例市局机关党委')
  })

  test('[B4] above the budget it is refused until it was released, and its reason stays with it', async () => {
    const asking = ours({ fields: undefined, minutes: 100, receivers: { under: org.committee, of: 'party-org', kinds: ['branch'] } })
    await assert.rejects(charged(asking, [org.second]), /超出本月预算的有 1 个组织.*送审/)
    assert.deepEqual(await rows('charge', `asking_id = '${asking.id}'`), [])
    assert.equal((await charged({ ...asking, released: '年底上级要求，只此一次' }, [org.second])).overBudget, 1)
    assert.equal((await rows('asking', `asking_id = '${asking.id}'`))[0].reason, '年底上级要求，只此一次')
  })

  test('the preview tells who asks the same this month and stores nothing', async () => {
    const before = (await rows('asking')).length
    const made = await ok(burden.preview, member.post('/api/burden/preview', asked()))
    assert.deepEqual(made.askedToo, [{ asker: '示例组织部', terms: 2, receivers: 1 }])
    assert.equal((await rows('asking')).length, before)
  })
})

describe('complaints', () => {
  const complaint = (change: object = {}) => ({
    id: newId(),
    anonymous: false,
    kind: 'already-collected',
    title: '支部基本情况表',
    text: '上个月报过',
    ...change,
  })

  test('“already collected” finds by itself where it was given, and who asked before', async () => {
    const asking = outside({ title: '又一张基本情况表', asker: '示例统计局' })
    await ok(burden.enterAsking, member.post('/api/burden/askings', asking))
    const reply = await ok(burden.complain, member.post('/api/burden/complaints', complaint({ asking: asking.id })))
    assert.deepEqual(
      reply.earlier.map(({ name, from }) => `${name} ${from}`).sort(),
      ['党员数 示例组织部《支部基本情况表》', '有选举权党员数 换届《第一支部换届》', '有选举权党员数 示例组织部《支部基本情况表》'].sort(),
    )
    assert.equal(reply.dueOn, '2024-12-27', 'five working days')
    assert.equal((await county.post('/api/burden/complaints', complaint({ asking: asking.id }))).statusCode, 404)
  })

  test('[B7] without a name nothing is kept that leads to its author: no account, body, small asking, moment or audit entry', async () => {
    const [asking] = await rows('asking', `title = '又一张基本情况表'`)
    const entries = async () => (await city.owner.query('select count(*)::int as n from audit.entry')).rows[0].n
    const before = await entries()
    const timed = await member.post('/api/burden/complaints', complaint({ anonymous: true }))
    assert.equal(timed.statusCode, 422, 'an id of version 7 holds the moment')
    const id = crypto.randomUUID()
    const reply = await ok(burden.complain, member.post('/api/burden/complaints', complaint({ id, anonymous: true, asking: asking.asking_id })))
    assert.ok(reply.earlier.length > 0, 'its author is told')
    const [row] = await rows('complaint', `complaint_id = '${id}'`)
    assert.equal(await entries(), before)
    const text = JSON.stringify(row)
    for (const name of ['第一党支部', '示例统计局', '换届', asking.asking_id, org.first, city.person.li]) assert.ok(!text.includes(name), name)
    assert.deepEqual([row.author_id, row.asking_id, row.earlier], [null, null, []])
    assert.deepEqual(
      (await ok(burden.listComplaints, member.get('/api/burden/complaints'))).rows.map(({ isAnonymous }) => isAnonymous),
      [false],
    )
  })

  test('whoever answers sees all and answers once; the number of one without a name leads to its answer alone', async () => {
    const { mayAnswer, rows: seen } = await ok(burden.listComplaints, desk.get('/api/burden/complaints'))
    assert.equal(mayAnswer, true)
    const nameless = seen.find(({ isAnonymous }) => isAnonymous)
    const named = seen.find(({ isAnonymous }) => !isAnonymous)
    assert.ok(nameless && named)
    assert.equal((await member.post(`/api/burden/complaints/${nameless.complaintId}/answer`, { answer: '不再要' })).statusCode, 403)
    assert.deepEqual(await ok(burden.answerComplaint, desk.post(`/api/burden/complaints/${nameless.complaintId}/answer`, { answer: '不再要' })), {
      repeated: false,
    })
    assert.deepEqual(await ok(burden.answerComplaint, desk.post(`/api/burden/complaints/${nameless.complaintId}/answer`, { answer: '不再要' })), {
      repeated: true,
    })
    assert.equal((await desk.post(`/api/burden/complaints/${nameless.complaintId}/answer`, { answer: '还要' })).statusCode, 409)
    const told = await ok(burden.complaintByNumber, county.get(`/api/burden/complaints/${nameless.complaintId}`))
    assert.deepEqual(told.found, { dueOn: '2024-12-27', late: false, answer: '不再要', answeredOn: '2024-12-20' })
    assert.equal((await ok(burden.complaintByNumber, county.get(`/api/burden/complaints/${named.complaintId}`))).found, null)
    assert.deepEqual((await ok(burden.listComplaints, county.get('/api/burden/complaints'))).rows, [])
  })
})
