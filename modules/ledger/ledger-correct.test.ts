// Correcting and withdrawing over HTTP: nothing is overwritten, two people at once lose nothing, every moment has exactly one version.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { newId } from '#base/ids.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import { recordsOf } from './index.ts'

const city = await ledgerCity()
const { org, person } = city
let secretary: Caller
let deputy: Caller
before(async () => {
  secretary = await city.as('secretary')
  deputy = await city.as('deputy')
})

const content = (change: Record<string, unknown> = {}) => ({
  happenedOn: '2024-12-18',
  title: '十二月主题党日',
  fields: { theme: '重温入党誓词' },
  people: { host: [person.wang] },
  absent: [person.chen],
  ...change,
})

async function entered(change: Record<string, unknown> = {}): Promise<string> {
  const id = newId()
  const reply = await secretary.post('/api/records', { id, kind: 'theme-day', bodyId: org.first, ...content(change) })
  assert.equal(reply.statusCode, 200, reply.body)
  return id
}
const correct = (who: Caller, id: string, version: number, change: Record<string, unknown> = {}, reason = '补上缺席人员') =>
  who.post(`/api/records/${id}/correction`, { version, reason, ...content(change) })
const withdraw = (who: Caller, id: string, version: number, reason = '重复登记') => who.post(`/api/records/${id}/withdrawal`, { version, reason })
const page = async (id: string) => (await secretary.get(`/api/records/${id}`)).json()

async function actions(id: string): Promise<string[]> {
  const { rows } = await city.owner.query('select action from audit.entry where object_id = $1 order by entry_id', [id])
  return rows.map((row) => row.action)
}

describe('a correction', () => {
  test('stands as the next version, with its author and reason; the first one stays as it was', async () => {
    const id = await entered()
    const reply = await correct(deputy, id, 1, { absent: [person.chen, person.liu] })
    assert.equal(reply.statusCode, 200, reply.body)
    // One more than the change itself needs: who was there before, for the audit's entry.
    assert.equal(reply.headers['x-queries'], '8')
    const { versions, current } = await page(id)
    assert.deepEqual(
      versions.map((each: { version: number; present: number; author: string; reason: string }) => [each.version, each.present, each.author, each.reason]),
      [
        [2, 3, '赵敏', '补上缺席人员'],
        [1, 4, '王建国', ''],
      ],
    )
    assert.equal(versions[1].people.filter((each: { role: string }) => each.role === 'absent').length, 1)
    assert.equal(versions[0].people.filter((each: { role: string }) => each.role === 'absent').length, 2)
    assert.equal(current.version, 2)
    assert.deepEqual(await actions(id), ['record.enter', 'record.correct'])
  })

  test('begins at the very moment at which the version before it ends', async () => {
    const id = await entered()
    await correct(secretary, id, 1, { title: '更正后的主题党日' })
    const { versions } = await page(id)
    assert.equal(versions[0].knownFrom, versions[1].knownUntil)
    assert.equal(versions[0].knownUntil, 'infinity')
  })

  test('sent twice is made once', async () => {
    const id = await entered()
    const first = (await correct(secretary, id, 1, { title: '更正后的主题党日' })).json()
    const again = (await correct(secretary, id, 1, { title: '更正后的主题党日' })).json()
    assert.deepEqual(again, { ...first, repeated: true })
    assert.deepEqual(await actions(id), ['record.enter', 'record.correct'])
  })

  test('of a version that is no longer the newest is a conflict that names the newest and its author', async () => {
    const id = await entered()
    await correct(deputy, id, 1, { place: '一楼会议室' })
    const late = await correct(secretary, id, 1, { place: '二楼会议室' })
    assert.equal(late.statusCode, 409)
    assert.match(late.json().message, /刚被赵敏改过（第2版）.*刷新/)
    assert.deepEqual(late.json().issues, [{ field: '/version', value: 1, message: '现在是第 2 版' }])
    assert.equal((await page(id)).current.place, '一楼会议室')
    assert.equal((await correct(secretary, id, 7)).statusCode, 409, 'nor of one that is not there yet')
  })

  test('by two people at the same time: one is made, the other is told', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await entered()
      const replies = await Promise.all([correct(secretary, id, 1, { place: '一楼' }), correct(deputy, id, 1, { place: '二楼' })])
      assert.deepEqual(replies.map((reply) => reply.statusCode).sort(), [200, 409])
      const { versions, current } = await page(id)
      assert.equal(versions.length, 2)
      const won = replies[0]?.statusCode === 200 ? '一楼' : '二楼'
      assert.equal(current.place, won)
      assert.deepEqual(await actions(id), ['record.enter', 'record.correct'])
    }
  })

  test('is checked like an entry, and needs a reason', async () => {
    const id = await entered()
    const wrong = await correct(secretary, id, 1, { happenedOn: '2024-02-30' })
    assert.equal(wrong.statusCode, 422)
    assert.equal(wrong.json().issues[0].field, '/happenedOn')
    assert.equal((await correct(secretary, id, 1, {}, '')).json().issues[0].field, '/reason')
    assert.equal((await correct(secretary, id, 0)).json().issues[0].field, '/version')
    assert.equal((await page(id)).versions.length, 1)
  })

  test('keeps a record late that came in late, whatever its date is made to be', async () => {
    const honest = await entered({ happenedOn: '2024-12-18' })
    const receipt = (await correct(secretary, honest, 1, { happenedOn: '2024-11-01' })).json()
    assert.equal(receipt.late, true, 'entered for today, then moved back by seven weeks')
    const late = await entered({ happenedOn: '2024-11-01' })
    assert.equal((await correct(secretary, late, 1, { happenedOn: '2024-12-10' })).json().late, false, 'the date was the mistake')
  })
})

describe('a withdrawal', () => {
  test('ends the record and keeps its versions, people and reason; it is in no list', async () => {
    const id = await entered({ title: '将要撤回的主题党日' })
    const reply = await withdraw(secretary, id, 1)
    assert.equal(reply.statusCode, 200, reply.body)
    assert.equal(reply.headers['x-queries'], '7')
    const { current, versions, may } = await page(id)
    assert.deepEqual([current.state, current.reason, current.version], ['withdrawn', '重复登记', 2])
    assert.deepEqual(current.people, versions[1].people)
    assert.equal(may.correct, false)
    assert.equal(versions[0].knownFrom, versions[1].knownUntil)
    const found = (await secretary.get(`/api/records?q=${encodeURIComponent('将要撤回')}`)).json()
    assert.deepEqual(found.rows, [])
  })

  test('sent twice is made once; by somebody else, or for another reason, it is gone already', async () => {
    const id = await entered()
    assert.equal((await withdraw(secretary, id, 1)).json().repeated, false)
    assert.equal((await withdraw(secretary, id, 1)).json().repeated, true)
    assert.equal((await withdraw(secretary, id, 2)).statusCode, 410)
    assert.equal((await withdraw(deputy, id, 1)).statusCode, 410)
    assert.deepEqual(await actions(id), ['record.enter', 'record.withdraw'])
  })

  test('is the end: a correction, even one with mistakes, is told that the record is gone', async () => {
    const id = await entered()
    await withdraw(secretary, id, 1)
    for (const change of [{}, { happenedOn: '2024-02-30' }]) {
      const reply = await correct(secretary, id, 2, change)
      assert.equal(reply.statusCode, 410)
      assert.match(reply.json().message, /已经撤回.*重新登记/)
    }
  })

  test('and a correction at the same time: one of them is made', async () => {
    const id = await entered()
    const replies = await Promise.all([withdraw(secretary, id, 1), correct(deputy, id, 1, { place: '二楼' })])
    const codes = replies.map((reply) => reply.statusCode)
    assert.equal(codes.filter((code) => code === 200).length, 1, codes.join())
    assert.ok(
      codes.every((code) => [200, 409, 410].includes(code)),
      codes.join(),
    )
    assert.equal((await page(id)).versions.length, 2)
  })
})

describe('who may', () => {
  test('a 纪检委员 enters and does not correct; another branch does not even see it', async () => {
    const id = await entered()
    const member = await city.as('member')
    assert.equal((await correct(member, id, 1)).statusCode, 403)
    assert.equal((await withdraw(member, id, 1)).statusCode, 403)
    const second = await city.as('second')
    const [foreign, nowhere] = [await correct(second, id, 1), await correct(second, newId(), 1)]
    assert.equal(foreign.statusCode, 404)
    assert.deepEqual(foreign.json(), nowhere.json())
  })
})

test('what was known at a moment is still told for that moment after corrections and a withdrawal', async () => {
  const [tenant] = await loadTenants(city.pool)
  assert.ok(tenant)
  const at = () => new Date(Date.now() + tenant.clockOffset).toISOString()
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5))
  const before = at()
  await pause()
  const id = await entered({ title: '第一版标题' })
  await pause()
  const one = at()
  await pause()
  await correct(secretary, id, 1, { title: '第二版标题' })
  await pause()
  const two = at()
  await pause()
  await withdraw(secretary, id, 2)
  const titles = (asOf: string) =>
    transaction(city.pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, async (tx) => (await recordsOf(tx, [id], asOf)).map((row) => row.title))
  assert.deepEqual(await titles(before), [])
  assert.deepEqual(await titles(one), ['第一版标题'])
  assert.deepEqual(await titles(two), ['第二版标题'])
  const { rows } = await city.owner.query(`select version from ledger.record where record_id = $1 and state = 'valid' and known_until = 'infinity'`, [id])
  assert.deepEqual(rows, [], 'no valid version is left')
})
