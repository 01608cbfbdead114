// Editions, guards, what a move starts, extensions, persons, comments, links and fact sources, over HTTP on a small city.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { checkMeasures, figureSql, rowsSql } from '#engine/index.ts'
import { buildHttp } from '#server/app/http.ts'
import { transaction } from '#server/kit/db.ts'
import { type Pack, packOf, usePack } from '#server/kit/pack.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, ledgerCity, password } from '#test/ledger-city.ts'
import { callerOf } from '#test/server.ts'
import type { MatterPage, MatterRow, Receipt } from './matter.contract.ts'
import { matterKindsOf } from './matter.pack.ts'
import { matterSources } from './matter-sources.sql.ts'

const city = await ledgerCity()
const { org, person, owner } = city
const changzhi = packOf({ pack: 'changzhi' })

/** A pack whose kinds of matter are those of the city, with files changed or added. */
function withKinds(files: Record<string, (text: string) => string>): Pack {
  const texts: Pack['texts'] = (folder) => {
    const there = changzhi.texts(folder)
    if (folder.folder !== 'matters') return there
    const added = Object.keys(files)
      .filter((name) => !there.some((file) => file.name === name))
      .map((name) => ({ file: `${name}.yaml`, name, text: '' }))
    return [...there, ...added].map((file) => ({ ...file, text: files[file.name]?.(file.text) ?? file.text }))
  }
  return { ...changzhi, texts }
}

const step = () => `name: 补记一次
group: 整改
of: party-org
opened_by: owner
part_of: rectification
fields: [{ id: problem, name: 问题, type: text }]
form: [problem]
stages: [{ id: open, name: 在办 }, { id: closed, name: 办完, end: done }]
moves: [{ id: close, name: 办完, from: [open], to: closed, by: owner }]
minutes: 5
`
const starting = (text: string) =>
  text.replace('form: [plan], required: [plan] }', 'form: [plan], required: [plan], starts: { kind: step, title: 先补记一次 } }')
usePack(withKinds({ step, rectification: starting }))
// The server of the city was built with the pack's own kinds; this one keeps the editions of those above.
const app = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true })
test.after(() => app.close())
const as = (account: string): Promise<Caller> => callerOf(app, { account, password })
const [member, secretary, county, deputy, desk] = [await as('member'), await as('secretary'), await as('county'), await as('deputy'), await as('desk')]

const task = (change: object = {}) => ({
  id: newId(),
  kind: 'task',
  bodyId: org.first,
  title: '报送年度工作总结',
  fields: { text: '十二月底以前报送' },
  ...change,
})
const finding = () => ({
  id: newId(),
  kind: 'rectification',
  bodyId: org.first,
  title: '会议记录不全',
  fields: { problem: '三次会议没有记录', type: 'service' },
})
async function done(who: Caller, url: string, body: object): Promise<Receipt> {
  const reply = await who.post(url, body)
  assert.equal(reply.statusCode, 200, `${url} ${reply.body}`)
  return reply.json()
}
const opened = async (who: Caller, body: object): Promise<string> => (await done(who, '/api/matters', body)).matterId
const moved = (who: Caller, id: string, revision: number, move: string, more: object = {}) =>
  done(who, `/api/matters/${id}/moves`, { moveId: newId(), revision, move, ...more })
async function refused(who: Caller, url: string, body: object, status: number, words: RegExp): Promise<void> {
  const reply = await who.post(url, body)
  assert.deepEqual([reply.statusCode, words.test(reply.json().message)], [status, true], reply.body)
}
async function page(who: Caller, id: string): Promise<MatterPage> {
  const reply = await who.get(`/api/matters/${id}`)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}

test('[M4] a move starts a part; while the part is open the guard refuses with the kind’s own sentence', async () => {
  const id = await opened(desk, finding())
  await moved(member, id, 1, 'submit-plan', { fields: { plan: '逐项补记' } })
  const { children } = await page(member, id)
  assert.deepEqual(
    children.map(({ kind, title, owner: { id: body } }) => [kind, title, body]),
    [['step', '先补记一次', org.first]],
  )
  const [part] = children as [MatterRow]
  assert.deepEqual([(await page(member, part.matterId)).parent?.matterId, (await page(member, part.matterId)).fields], [id, { problem: '三次会议没有记录' }])
  const apply = { move: 'apply', revision: 2, fields: { result: '补完' } }
  await refused(member, `/api/matters/${id}/moves`, { moveId: newId(), ...apply }, 409, /还有下级事项没有办结/)
  await moved(member, part.matterId, 1, 'close')
  assert.equal((await done(member, `/api/matters/${id}/moves`, { moveId: newId(), ...apply })).stage, 'applied')
})

test('a part fits its parent alone: of the kind that its kind names, seen by its maker, still open', async () => {
  const [parent, other] = [await opened(desk, finding()), await opened(desk, task())]
  const part = (parentId: string, bodyId: string = org.first) => ({ id: newId(), kind: 'step', bodyId, title: '补记一次', parentId })
  assert.equal((await page(member, await opened(member, part(parent)))).parent?.matterId, parent)
  await refused(member, '/api/matters', part(other), 422, /不是“工作任务”的下级事项/)
  await refused(county, '/api/matters', part(parent, org.county), 422, /没有找到上级事项/)
  await moved(desk, parent, 1, 'withdraw', { note: '列错了' })
  await refused(member, '/api/matters', part(parent), 422, /已经办结/)
})

test('a matter keeps the edition that it was opened under: its stages, moves and guards, whatever the file says later', async (t) => {
  const before = await opened(desk, task())
  usePack(
    withKinds({ step, task: (text) => text.replaceAll('accepted', 'agreed').replace('name: 办结,', 'name: 同意,').replace('name: 签收,', 'name: 收到,') }),
  )
  const later = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true })
  t.after(async () => {
    await later.close()
    usePack(withKinds({ step, rectification: starting }))
  })
  const [laterDesk, laterMember] = [await callerOf(later, { account: 'desk', password }), await callerOf(later, { account: 'member', password })]
  const after = await opened(laterDesk, task())
  for (const [id, receive, end, name] of [
    [before, '签收', 'accepted', '办结'],
    [after, '收到', 'agreed', '同意'],
  ] as const) {
    assert.deepEqual(
      (await page(laterMember, id)).possible.map((one) => one.name),
      [receive],
    )
    await moved(laterMember, id, 1, 'receive')
    await moved(laterMember, id, 2, 'hand-in', { fields: { answer: '已经报送' } })
    assert.equal((await moved(laterDesk, id, 3, 'accept')).stage, end)
    assert.equal((await page(laterMember, id)).matter.stageName, name)
  }
  const { rows } = await owner.query(`select count(*)::int as n from matter.edition where kind = 'task'`)
  assert.equal(rows[0].n, 2)
})

test('[M6] more time is asked before the deadline, once, and granted by the asker from the deadline on; both stay in the moves', async () => {
  const id = await opened(desk, task())
  const extension = (revision: number, act: string) => ({ moveId: newId(), revision, act, note: '材料还要核对' })
  const at = `/api/matters/${id}/extension`
  await refused(member, at, extension(1, 'ask'), 409, /“待签收”不能延期/)
  const { dueAt } = await moved(member, id, 1, 'receive')
  assert.equal(dueAt, '2025-01-06T15:59:59.000Z')
  assert.equal((await page(member, id)).may.extend, true)
  const asked = extension(2, 'ask')
  assert.equal((await done(member, at, asked)).dueAt, dueAt)
  assert.equal((await done(member, at, asked)).repeated, true)
  await refused(secretary, at, extension(3, 'ask'), 409, /已经申请延期/)
  await refused(member, at, extension(3, 'grant'), 403, /不由您的岗位/)
  assert.deepEqual([(await page(desk, id)).may.extend, (await page(member, id)).may.extend], [true, false])
  // Five working days after Monday 6 January.
  assert.equal((await done(desk, at, extension(3, 'grant'))).dueAt, '2025-01-13T15:59:59.000Z')
  await refused(desk, at, extension(4, 'grant'), 409, /没有等待答复/)
  await refused(member, at, extension(4, 'ask'), 409, /最多延期 1 次/)
  assert.deepEqual(
    (await page(member, id)).steps.map(({ moveName }) => moveName),
    ['立项', '签收', '申请延期', '同意延期'],
  )
  const late = await opened(desk, task())
  await moved(member, late, 1, 'receive')
  await owner.query(`update matter.matter set due_at = '2024-12-19' where matter_id = $1`, [late])
  await refused(member, `/api/matters/${late}/extension`, extension(2, 'ask'), 409, /期限已过/)
})

test('a deadline that the asker sets stands instead of the clocks after the first stage; one that has passed is refused', async () => {
  await refused(desk, '/api/matters', task({ dueAt: '2024-12-19' }), 422, /期限已经过去/)
  await refused(desk, '/api/matters', task({ dueAt: '2024-02-30' }), 422, /格式/)
  const id = await opened(desk, task({ dueAt: '2025-03-01' }))
  assert.equal((await page(member, id)).matter.dueAt, '2024-12-24T15:59:59.000Z', 'received within two working days all the same')
  assert.equal((await moved(member, id, 1, 'receive')).dueAt, '2025-03-01T15:59:59.000Z')
})

test('a matter is given to a person of the owner alone, whose own it is then, and back', async () => {
  const id = await opened(desk, task())
  const give = (revision: number, personId: string | null) => ({ moveId: newId(), revision, personId })
  await refused(secretary, `/api/matters/${id}/person`, give(1, person.zhou), 422, /承办组织里的人/)
  await refused(desk, `/api/matters/${id}/person`, give(1, person.li), 403, /没有这项权限/)
  const to = give(1, person.wang)
  assert.equal((await done(secretary, `/api/matters/${id}/person`, to)).revision, 2)
  assert.equal((await done(secretary, `/api/matters/${id}/person`, to)).repeated, true)
  assert.equal((await page(secretary, id)).matter.person, '王建国')
  const mine = async (who: Caller): Promise<boolean> =>
    ((await who.get('/api/matters?state=mine&limit=100')).json().rows as MatterRow[]).some((row) => row.matterId === id)
  assert.deepEqual([await mine(secretary), await mine(member)], [true, false])
  await done(member, `/api/matters/${id}/person`, give(2, null))
  assert.equal(await mine(member), true)
})

test('comments are of those who have a part; the same id twice is one', async () => {
  const id = await opened(desk, task())
  const said = { id: newId(), text: '表格请用新的样式' }
  for (const who of [desk, desk]) assert.equal((await who.post(`/api/matters/${id}/comments`, said)).statusCode, 200)
  await refused(member, `/api/matters/${id}/comments`, said, 409, /编号已经用过/)
  await refused(await as('chief'), `/api/matters/${id}/comments`, { id: newId(), text: '看看' }, 403, /不能留言/)
  assert.deepEqual(
    (await page(member, id)).comments.map(({ text, author }) => [text, author]),
    [['表格请用新的样式', '孙强']],
  )
})

test('a record is linked to what it shows, seen by its maker, and taken off again', async () => {
  const id = await opened(desk, task())
  const record = newId()
  const entry = { id: record, kind: 'theme-day', bodyId: org.first, happenedOn: '2024-12-18', title: '十二月主题党日', fields: { theme: '示例' } }
  assert.equal((await member.post('/api/records', entry)).statusCode, 200)
  const link = (recordId: string, linked: boolean) => ({ recordId, linked })
  await refused(desk, `/api/matters/${id}/links`, link(record, true), 403, /没有这项权限/)
  await refused(member, `/api/matters/${id}/links`, link(newId(), true), 404, /没有找到这条记录/)
  for (let twice = 0; twice < 2; twice += 1) assert.equal((await member.post(`/api/matters/${id}/links`, link(record, true))).statusCode, 200)
  assert.deepEqual((await page(desk, id)).links, [{ recordId: record, title: '十二月主题党日', happenedOn: '2024-12-18' }])
  await member.post(`/api/matters/${id}/links`, link(record, false))
  assert.deepEqual((await page(desk, id)).links, [])
  const { rows } = await owner.query(`select action, count(*)::int as n from audit.entry where object_id = $1 and action like '%link' group by 1 order by 1`, [
    id,
  ])
  assert.deepEqual(rows, [
    { action: 'matter.link', n: 1 },
    { action: 'matter.unlink', n: 1 },
  ])
})

test('sources tell of a matter what was known at a moment: stage, fields, lateness and end come from the moves made until then', async () => {
  const id = await opened(deputy, task({ bodyId: org.second, title: '来源的示例' }))
  await owner.query(`update matter.matter set due_at = '2024-12-19' where matter_id = $1`, [id])
  await owner.query(`update matter.move set due_at = '2024-12-19' where matter_id = $1`, [id])
  const second = await as('second')
  await moved(second, id, 1, 'receive')
  await moved(second, id, 2, 'hand-in', { fields: { answer: '第一份' } })
  await moved(deputy, id, 3, 'return', { fields: { reason: '缺少数字' } })
  await moved(second, id, 4, 'hand-in', { fields: { answer: '第二份' } })
  await moved(deputy, id, 5, 'accept')
  const [tenant] = await loadTenants(city.pool)
  assert.ok(tenant !== undefined)
  const catalogue = { sources: matterSources(matterKindsOf(packOf(tenant)).values()) }
  const told = async (where: string, asOf: string, scope: 'tenant' | string[] = [org.second]): Promise<string[]> => {
    const checked = checkMeasures({ m: { over: 'matter.task', where: `title == "来源的示例" && (${where})` } }, catalogue, () => ({
      file: '',
      line: 1,
      column: 1,
    }))
    if (!checked.ok) throw new Error(JSON.stringify(checked.diagnostics))
    const context = { tenant: tenant.id, on: '2024-12-20', asOf, from: '2024-01-01', to: '2024-12-31' }
    return transaction(city.pool, { tenant, actorId: null, scope, mode: 'read' }, async (tx) => {
      const [{ numerator }] = (await tx.compiled<{ numerator: string }>(figureSql(checked.value, 'm', catalogue, context))) as [{ numerator: string }]
      const rows = await tx.compiled<{ id: string }>(rowsSql(checked.value, 'm', catalogue, context, { part: 'numerator', limit: 10 }))
      assert.equal(Number(numerator), rows.length)
      return rows.map((row) => row.id)
    })
  }
  const at: string[] = (await owner.query('select at from matter.move where matter_id = $1 order by revision', [id])).rows.map(({ at: moment }) => moment)
  const after = (revision: number): string => at[revision - 1] ?? ''
  assert.deepEqual(await told('true', '2024-12-19T00:00:00Z'), [], 'not known before it was opened')
  assert.deepEqual(await told('stage == "sent" && !has(answer) && late', after(1)), [id], 'past its deadline from the start')
  assert.deepEqual(await told('stage == "handed-in" && answer == "第一份" && !has(reason) && late', after(3)), [id], 'received late')
  assert.deepEqual(await told('stage == "working" && answer == "第一份" && reason == "缺少数字" && !has(closed_on)', after(4)), [id])
  assert.deepEqual(await told('stage == "handed-in" && answer == "第二份"', after(5)), [id])
  assert.deepEqual(await told('outcome == "done" && closed_on == date("2024-12-20") && late && took_days == 0', after(6)), [id])
  assert.deepEqual(await told('has(outcome)', after(5)), [])
  assert.deepEqual(await told('true', after(6), [org.committee]), [id], 'the asker’s too')
  assert.deepEqual([await told('true', after(6), [org.county]), await told('true', after(6), 'tenant')], [[], [id]])
})

test('the file of matters holds what the list shows, leaves an entry, and is for posts that may export', async () => {
  const reply = await desk.post('/api/matters/export', { kind: 'task' })
  assert.equal(reply.statusCode, 200, reply.body)
  assert.match(reply.body, /立项日期,种类,事项,承办组织/)
  const count = ((await desk.get('/api/matters?kind=task&limit=100')).json().rows as MatterRow[]).length
  assert.equal(reply.body.split('\n').filter((line) => line.includes('工作任务')).length, count)
  assert.equal((await member.post('/api/matters/export', {})).statusCode, 403)
  assert.equal((await owner.query(`select count(*)::int as n from audit.entry where action = 'matter.export'`)).rows[0].n, 1)
})

test('[M15] a problem of an office with fewer members than k is in no file, and the file says how many are left out', async () => {
  const fields = { problem: '台账更新不及时', type: 'service', ailment: 'slack', red_card: true }
  const opened = await desk.post('/api/matters', task({ kind: 'style-problem', title: '台账更新不及时', fields }))
  assert.equal(opened.statusCode, 200, opened.body)
  const file = async () => (await desk.post('/api/matters/export', { kind: 'style-problem' })).body
  assert.match(await file(), /台账更新不及时/)
  assert.doesNotMatch(await file(), /另有/)
  await owner.query(
    `update org.membership set valid_until = '2024-12-01' where membership_id in (
      select m.membership_id from org.membership m join org.party_org o using (tenant_id, party_org_id) where o.unit_id = $1 order by 1 offset 4)`,
    [city.unit.bureau],
  )
  assert.match(await file(), /另有1件/)
  assert.doesNotMatch(await file(), /台账更新不及时/)
})
