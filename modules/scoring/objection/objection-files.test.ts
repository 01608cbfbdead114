// Files as evidence of an objection: by whom, until when, within which limits, and who reads them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import { releaseRubrics } from '#test/release.ts'
import type { ObjectionPage } from './objection.contract.ts'

const { owner, org, as } = await ledgerCity()
const [secretary, second, member, deputy, desk] = [await as('secretary'), await as('second'), await as('member'), await as('deputy'), await as('desk')]
await releaseRubrics({ desk, office: await as('office'), chief: await as('chief') }, 'branch-2024')
const base = '/api/scoring/objections'
const pdf = (more = '') => Buffer.from(`%PDF-1.4\n%${more}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`)
const send = (who: Caller, objection: string, bytes: Uint8Array = pdf(), name = '签到表.pdf') =>
  who.upload(`${base}/${objection}/attachments?name=${encodeURIComponent(name)}`, bytes)
const page = async (who: Caller, objection: string) => (await who.get(`${base}/${objection}`)).json() as ObjectionPage

async function done(who: Caller, url: string, body: object): Promise<{ run: string; objection: string }> {
  const reply = await who.post(url, body)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
async function raised(): Promise<string> {
  const { run } = await done(desk, '/api/scoring/runs', { id: newId(), rubric: 'branch-2024' })
  await done(desk, `/api/scoring/runs/${run}/objection-period`, {})
  const given = { id: newId(), run, subject: org.first, target: { kind: 'item', id: 'theme_day' }, reason: '十月的主题党日没有计入', records: [] }
  return (await done(secretary, base, given)).objection
}
const entries = async (action: string, id: string) =>
  (await owner.query('select count(*)::int as n from audit.entry where action = $1 and object_id = $2', [action, id])).rows[0].n

test('[OBJ-11] a file is kept with the objection, once; the desk opens it, which leaves an entry', async () => {
  const id = await raised()
  const [first, again] = [await send(secretary, id), await send(secretary, id, pdf(), '又一次.pdf')]
  assert.equal(first.statusCode, 200, first.body)
  assert.deepEqual(again.json(), first.json())
  assert.equal(await entries('objection.attach', id), 1)
  assert.deepEqual((await page(secretary, id)).files, [first.json()])
  assert.deepEqual((await page(desk, id)).files, [first.json()])
  const read = await desk.get(`/api/attachments/${first.json().id}`)
  assert.deepEqual([read.statusCode, read.rawPayload], [200, pdf()])
  assert.equal(await entries('evidence.open', first.json().id), 1)
})
test('[OBJ-11] only who may object adds one; whoever doesn’t see the objection sees no file and is told nothing', async () => {
  const id = await raised()
  const { id: file } = (await send(secretary, id)).json()
  assert.deepEqual([(await page(secretary, id)).mayAttach, (await page(desk, id)).mayAttach, (await page(member, id)).mayAttach], [true, false, false])
  assert.equal((await send(desk, id)).statusCode, 403)
  assert.equal((await send(member, id)).statusCode, 403)
  const [foreign, missing] = [await send(second, id), await send(second, newId())]
  assert.deepEqual([foreign.statusCode, foreign.body], [404, missing.body])
  assert.equal((await second.get(`/api/attachments/${file}`)).statusCode, 404)
  assert.equal((await deputy.get(`/api/attachments/${file}`)).statusCode, 200)
})
test('[OBJ-11] none is added once it is decided or withdrawn; those there are stay', async () => {
  const [decided, withdrawn] = [await raised(), await raised()]
  for (const id of [decided, withdrawn]) assert.equal((await send(secretary, id)).statusCode, 200)
  await done(desk, `${base}/${decided}/acceptance`, { id: newId() })
  assert.equal((await send(secretary, decided, pdf('2'))).statusCode, 200, 'one that is taken up still takes files')
  await done(desk, `${base}/${decided}/decision`, { id: newId(), upheld: false, answer: '经核对登记情况答复' })
  await done(secretary, `${base}/${withdrawn}/withdrawal`, { id: newId(), reason: '' })
  for (const [id, files, state] of [
    [decided, 2, /不成立/],
    [withdrawn, 1, /已撤回/],
  ] as const) {
    const reply = await send(secretary, id, pdf('late'))
    assert.equal(reply.statusCode, 409)
    assert.match(reply.body, state)
    const { files: kept, mayAttach } = await page(secretary, id)
    assert.deepEqual([kept.length, mayAttach], [files, false])
  }
})
test('[OBJ-11] the limits are those of the files of records: the content’s type, 20 MB, 20 files', async () => {
  const id = await raised()
  const script = await send(secretary, id, Buffer.from('<script>alert(1)</script>'), '照片.jpg')
  assert.deepEqual([script.statusCode, script.json().issues[0].field], [415, '/name'])
  assert.equal((await send(secretary, id, Buffer.alloc(20 * 1024 * 1024 + 1, 1))).statusCode, 413)
  assert.equal((await secretary.upload(`${base}/${id}/attachments`, pdf())).json().issues[0].field, '/name')
  for (let n = 0; n < 20; n += 1) assert.equal((await send(secretary, id, pdf(String(n)))).statusCode, 200)
  assert.match((await send(secretary, id, pdf('one more'))).body, /一条异议最多 20 个附件/)
})
