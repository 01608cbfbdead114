// What leaves the desk: totals by a release alone, without bodies and without small groups; the page as a workbook; what is held of a person; complaints that are late.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import type { Static } from 'typebox'
import { newId } from '#base/ids.ts'
import { personData } from '#modules/access/privacy/person.service.ts'
import { dataOf } from '#server/app/modules.ts'
import { transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import { releaseBurden } from '#test/release.ts'
import type * as burden from './burden.contract.ts'

const city = await ledgerCity()
const { org, owner } = city
const [member, county, desk, office, chief] = (await Promise.all(
  (['member', 'county', 'desk', 'office', 'chief'] as const).map((login) => city.as(login)),
)) as [Caller, Caller, Caller, Caller, Caller]

/** So many bodies were asked in a month. */
async function charged(month: string, kind: string, bodies: number, first = org.first): Promise<void> {
  const ids = [first, ...Array.from({ length: bodies - 1 }, () => newId())]
  await owner.query(
    `insert into burden.charge (tenant_id, asking_id, body_id, month, asker, title, kind, asked_on, short, seconds, saved)
     select 1, $1, body, $2, '示例组织部', '基本情况表', $3, $2, false, 1200, 300 from unnest($4::uuid[]) body`,
    [newId(), `${month}-01`, kind, ids],
  )
}
const published = async (who: Caller): Promise<Static<typeof burden.published.reply>> => {
  const reply = await who.get('/api/burden/published')
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}

test('[B6] a month’s totals are told once they are released: by kind, no asking body, no group of fewer than k; asked anew they wait again', async () => {
  await charged('2024-11', 'form', 6)
  await charged('2024-11', 'report', 2)
  await charged('2024-10', 'list', 2)
  assert.deepEqual(await published(county), { months: [], latest: '2024-11' })
  assert.equal(
    (await member.post('/api/approvals', { id: newId(), kind: 'burden', subject: '2024-11', route: 'burden', audience: 'system', note: '' })).statusCode,
    403,
  )
  const small = await desk.post('/api/approvals', { id: newId(), kind: 'burden', subject: '2024-10', route: 'burden', audience: 'system', note: '' })
  assert.equal(small.statusCode, 409, small.body)
  const now = await desk.post('/api/approvals', { id: newId(), kind: 'burden', subject: '2024-12', route: 'burden', audience: 'system', note: '' })
  assert.equal(now.statusCode, 404, 'a month that is not over')
  await releaseBurden({ desk, office, chief }, '2024-11')
  const { months } = await published(county)
  assert.deepEqual(
    months.map(({ month, rows }) => [month, rows]),
    [['2024-11', [{ name: '表格', askings: 1, receivers: 6, minutes: 120, saved: 30 }]]],
  )
  assert.match(months[0]?.number ?? '', /2024/)
  assert.doesNotMatch(JSON.stringify(months), /示例组织部|基本情况表/)
  await charged('2024-11', 'form', 3)
  assert.deepEqual((await published(county)).months, [], 'other numbers need another paper')
})

test('the page leaves as a workbook of what the reader may see, with the published counts, their source and a watermark', async () => {
  const reply = await desk.post('/api/burden/workbook', {})
  assert.equal(reply.statusCode, 200, reply.body)
  assert.match(String(reply.headers['content-disposition']), /%E5%87%8F%E8%B4%9F\.xlsx/)
  const { sheets } = await readXlsx(new Uint8Array(reply.rawPayload))
  assert.deepEqual(
    sheets.map(({ name }) => name),
    ['按提出要求的单位', '按接收组织', '按月份', '按类别', '与公开数比较', '导出说明'],
  )
  assert.deepEqual(sheets[0]?.rows[1]?.slice(0, 3), ['示例组织部', 4, 10])
  assert.ok(sheets[4]?.rows.some((row) => row[1] === 168 && row[2] === 1377 && row[4] === '公开报道'))
  assert.match(String(sheets[5]?.rows[0]?.[1]), /孙强/)
  assert.equal((await member.post('/api/burden/workbook', {})).statusCode, 403)
})

test('one person’s data tells the askings they entered and the complaints under their name, none of those without', async () => {
  const asking = { kind: 'form', receivers: { under: org.first, of: 'party-org' }, minutes: 5, title: '问卷', basis: '口头', asker: '示例统计局' }
  assert.equal((await member.post('/api/burden/askings', { id: newId(), ...asking })).statusCode, 200)
  for (const [id, anonymous] of [
    [newId(), false],
    [crypto.randomUUID(), true],
  ] as const)
    assert.equal(
      (await member.post('/api/burden/complaints', { id, anonymous, kind: 'too-much', title: '问卷', text: anonymous ? '无名' : '有名' })).statusCode,
      200,
    )
  const [tenant] = await loadTenants(city.pool)
  assert.ok(tenant)
  const held = JSON.stringify(
    await transaction(city.pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, (tx) => personData(tx, dataOf, city.person.li)),
  )
  for (const word of ['登记或下发的要求', '示例统计局', '有名']) assert.ok(held.includes(word), word)
  assert.ok(!held.includes('无名'), '[B7]')
})

test('complaints wait on the workbench of whoever answers them, by the first last day, and say how many are late; of nobody else', async () => {
  const todo = async (who: Caller): Promise<{ title: string; due: string; href: string }[]> =>
    (await who.get('/api/desk/todo')).json().items.filter(({ kind }: { kind: string }) => kind === '减负')
  assert.deepEqual(await todo(desk).then((items) => items.map(({ title, due }) => [title, due])), [['2 条减负意见等您答复', '2024-12-27']])
  await owner.query(`update burden.complaint set due_on = '2024-12-18' where author_id is not null`)
  assert.deepEqual(await todo(desk).then((items) => items.map(({ title, due }) => [title, due])), [['2 条减负意见等您答复，1 条已经超期', '2024-12-18']])
  assert.deepEqual(await todo(member), [])
})
