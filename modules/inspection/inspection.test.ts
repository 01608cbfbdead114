// Inspections over HTTP on a small city: planned within the caps, teams that avoid, answers of two phones, signed, seen by whom.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { newId } from '#base/ids.ts'
import type { MatterPage } from '#modules/matter/matter.contract.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import type { InspectionPage, InspectionReceipt, NewAnswer, VisitPage } from './inspection.contract.ts'
import { itemsOf, signable } from './inspection.rules.ts'

const city = await ledgerCity()
const { org, unit, owner } = city
const [member, secretary, second, county, desk, office, chief] = (await Promise.all(
  (['member', 'secretary', 'second', 'county', 'desk', 'office', 'chief'] as const).map((login) => city.as(login)),
)) as [Caller, Caller, Caller, Caller, Caller, Caller, Caller]
const accounts: Record<string, string> = Object.fromEntries(
  (await owner.query<{ login: string; id: string }>('select login, account_id as id from access.account')).rows.map(({ login, id }) => [login, id]),
)

const plan = (change: object = {}) => ({
  ...{ id: newId(), kind: 'clean-office', title: '清廉机关督查', basis: '年度督查计划', askerId: org.committee, units: [unit.office] },
  ...{ firstDay: '2024-12-25', lastDay: '2024-12-31', ...change },
})
async function planned(change: object = {}): Promise<string> {
  const reply = await desk.post('/api/inspections', plan(change))
  assert.equal(reply.statusCode, 200, reply.body)
  return (reply.json() as InspectionReceipt).inspectionId
}
const read = async (who: Caller, id: string): Promise<InspectionPage> => (await who.get(`/api/inspections/${id}`)).json()
const start = (who: Caller, id: string) => who.post(`/api/inspections/${id}/start`, {})
/** One under way whatever the caps say: they have a test of their own. */
async function underWay(change: object = {}): Promise<{ id: string; visit: string }> {
  const id = await planned(change)
  await owner.query(`update inspection.inspection set state = 'under-way' where inspection_id = $1`, [id])
  const [visit] = (await read(desk, id)).visits
  return { id, visit: visit?.visitId ?? '' }
}
const assign = (id: string, login: string, visits: string[], assigned = true) =>
  desk.post(`/api/inspections/${id}/team`, { accountId: accounts[login], visits, assigned })
async function visiting(...logins: string[]): Promise<{ id: string; visit: string }> {
  const made = await underWay()
  for (const login of logins) assert.equal((await assign(made.id, login, [made.visit])).statusCode, 200, login)
  return made
}
const answers = (who: Caller, visit: string, list: object[]) => who.post(`/api/visits/${visit}/answers`, { answers: list })
const say = (item: string, verdict = 'yes', more: Partial<NewAnswer> = {}) => ({ id: newId(), item, verdict, ...more })
async function said(who: Caller, visit: string, list: object[]): Promise<VisitPage> {
  const reply = await answers(who, visit, list)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json().page
}
const page = async (who: Caller, visit: string): Promise<VisitPage> => (await who.get(`/api/visits/${visit}`)).json()
const sign = (who: Caller, visit: string, heads: string[], more: object = {}) =>
  who.post(`/api/visits/${visit}/signature`, { heads, witness: '办公室主任', ...more })
/** Answers every item with 符合, but those given. */
async function whole(who: Caller, visit: string, but: Record<string, object> = {}): Promise<VisitPage> {
  const items = itemsOf((await page(who, visit)).checklist)
  return said(
    who,
    visit,
    items.map(({ id }) => ({ ...say(id), ...but[id] })),
  )
}
const count = async (text: string, id: string): Promise<number> => Number((await owner.query(text, [id])).rows[0].n)
const photo = await sharp({ create: { width: 40, height: 40, channels: 3, background: 'red' } })
  .jpeg()
  .toBuffer()
const finding = { verdict: 'no', finding: 'integrity', note: '两个风险点没有措施' }

test('[I1] a plan names a checklist, days and units that the planner may ask, never the asking body’s own; sent again it is the same, and it can be written anew until it starts', async () => {
  for (const [change, field] of [
    [{ kind: 'no-such' }, '/kind'],
    [{ lastDay: '2024-12-24' }, '/lastDay'],
    [{ firstDay: '2024-02-30' }, '/firstDay'],
    [{ units: [unit.office, unit.bureau] }, '/units/1'],
    [{ units: [org.town] }, '/units/0'],
  ] as const) {
    const reply = await desk.post('/api/inspections', plan(change))
    assert.deepEqual([reply.statusCode, reply.json().issues[0].field], [422, field], reply.body)
  }
  assert.equal((await member.post('/api/inspections', plan())).statusCode, 403)
  assert.equal((await second.post('/api/inspections', plan({ askerId: org.second }))).statusCode, 404, 'a unit out of reach is as good as not there')
  const body = plan()
  assert.equal((await desk.post('/api/inspections', body)).json().repeated, false)
  assert.equal((await desk.post('/api/inspections', body)).json().repeated, true)
  await desk.post('/api/inspections', { ...body, title: '改过的督查', units: [unit.office, unit.town] })
  const { inspection, visits } = await read(desk, body.id)
  assert.deepEqual([inspection.title, visits.map((visit) => visit.unit.name)], ['改过的督查', ['示例乡', '示例县局']])
  await owner.query(`update inspection.inspection set state = 'under-way' where inspection_id = $1`, [body.id])
  const late = await desk.post('/api/inspections', { ...body, title: '再改' })
  assert.deepEqual([late.statusCode, late.json().message.includes('已经开始')], [409, true])
})

test('[I2] it starts within the cap and charges each unit; a second one in the year is refused with the figure and the way out, until exactly it is released by name', async () => {
  const first = await planned({ askerId: org.town, units: [unit.office], title: '第一次督查' })
  const next = await planned({ askerId: org.town, units: [unit.bureau], title: '第二次督查', reason: '上级部署的专项' })
  assert.deepEqual(
    [(await read(desk, first)).exceeds, (await read(desk, next)).exceeds],
    [[], ['综合性督查检查考核一年最多 1 次，2024年已有 1 次（“第一次督查”）']],
  )
  assert.deepEqual([(await start(desk, first)).json().state, (await start(desk, first)).json().repeated], ['under-way', true])
  const charged = await owner.query(`select body_id, kind, seconds from burden.charge where asking_id = $1`, [first])
  assert.deepEqual(charged.rows, [{ body_id: unit.office, kind: 'inspection', seconds: 3600 }])
  const refused = await start(desk, next)
  assert.deepEqual(
    [refused.statusCode, refused.json().message],
    [409, '综合性督查检查考核一年最多 1 次，2024年已有 1 次（“第一次督查”）。请并入已经安排的督查（把单位加进去），或者写明理由送审，批准后再开始。'],
  )
  const third = await planned({ askerId: unit.town, units: [unit.office], title: '换个名义的督查' })
  assert.equal((await start(desk, third)).statusCode, 409, 'the same office under another of its bodies')
  const paper = newId()
  const step = async (who: Caller, path: string) => {
    const reply = await who.post(`/api/approvals/${paper}/${path}`, { id: newId(), verdict: 'pass', reason: '' })
    assert.equal(reply.statusCode, 200, reply.body)
  }
  assert.equal(
    (await desk.post('/api/approvals', { id: paper, kind: 'inspection', subject: next, route: 'request', audience: 'unit', note: '' })).statusCode,
    200,
  )
  await step(office, 'check')
  await step(chief, 'signature')
  await step(chief, 'release')
  await desk.post('/api/inspections', plan({ id: next, askerId: org.town, units: [unit.bureau, unit.office], title: '第二次督查', reason: '上级部署的专项' }))
  assert.equal((await start(desk, next)).statusCode, 409, 'another unit is not what was released')
  await desk.post('/api/inspections', plan({ id: next, askerId: org.town, units: [unit.bureau], title: '第二次督查', reason: '上级部署的专项' }))
  assert.equal((await start(desk, next)).json().state, 'under-way')
})

test('[I2] a day’s notice is short: said while it is planned, refused when it starts', async () => {
  const id = await planned({ askerId: org.county, units: [unit.town], firstDay: '2024-12-23' })
  assert.deepEqual((await read(desk, id)).exceeds, ['只留了 1 个工作日，最少要 3 个'])
  assert.equal((await start(desk, id)).statusCode, 409)
  assert.equal(await count('select count(*) as n from burden.charge where asking_id = $1', id), 0)
})

test('[I3] nobody inspects the own unit, one above it, or a former one: shown with the reason, refused when assigned', async () => {
  const { id } = await underWay({ units: [unit.office, unit.town] })
  const { visits } = await read(desk, id)
  const [town, bureau] = visits.map(({ visitId }) => visitId) as [string, string]
  const ties = async (name: string) => {
    const { people } = (await desk.get(`/api/inspections/${id}/candidates?q=${encodeURIComponent(name)}`)).json()
    return people.map((person: { name: string; avoids: { unit: string; tie: string }[] }) => [
      person.name,
      person.avoids.map(({ unit: of, tie }) => `${of} ${tie}`),
    ])
  }
  assert.deepEqual(await ties('周涛'), [['周涛', ['示例县局 own']]])
  // 李明 was a member of the town's branch until 2022, and his unit has been put under the county's office.
  await owner.query(
    `insert into org.membership (tenant_id, membership_id, person_id, party_org_id, kind, valid_from, valid_until, known_from) values (1, $1, $2, $3, 'full', '2019-07-01', '2022-01-01', '2019-07-01')`,
    [newId(), city.person.li, org.town],
  )
  assert.deepEqual(await ties('lm'), [['李明', ['示例乡 former']]])
  await owner.query(`update org.placement set parent_id = $1 where node_id = $2 and tree = 'administrative'`, [unit.office, unit.bureau])
  assert.deepEqual(await ties('李明'), [['李明', ['示例乡 former', '示例县局 above']]])
  await owner.query(`update org.placement set parent_id = null where node_id = $1 and tree = 'administrative'`, [unit.bureau])
  const refused = await assign(id, 'member', [bureau, town])
  assert.deepEqual([refused.statusCode, refused.json().message], [409, '李明要回避：示例乡（曾经任职的单位）。请换一位同志，或者只派去其他单位。'])
  assert.equal(await count('select count(*) as n from inspection.member where inspection_id = $1', id), 0, 'not even to the unit that would do')
  assert.equal((await assign(id, 'member', [bureau])).statusCode, 200)
  assert.equal((await secretary.get(`/api/inspections/${id}/candidates?q=${encodeURIComponent('周涛')}`)).statusCode, 404)
})

test('[I4] an answer sent twice is there once, also at the same moment; the same id with other words is refused; only the team answers', async () => {
  const { visit } = await visiting('secretary')
  const one = say('head-knows')
  const replies = await Promise.all([answers(secretary, visit, [one]), answers(secretary, visit, [one]), answers(secretary, visit, [one])])
  assert.deepEqual(replies.map((reply) => reply.json().stored).sort(), [0, 0, 1])
  assert.equal((await page(secretary, visit)).answers.length, 1)
  assert.equal((await answers(secretary, visit, [{ ...one, verdict: 'no' }])).statusCode, 409)
  assert.equal((await answers(desk, visit, [say('head-knows')])).statusCode, 403, 'whoever asks sees it and answers nothing')
  assert.equal((await answers(county, visit, [say('head-knows')])).statusCode, 404, 'the unit does not even see it')
  for (const [answer, field] of [
    [say('no-such'), '/answers/0/item'],
    [say('window', 'yes', { finding: 'integrity', note: '写明' }), '/answers/0/finding'],
    [say('window', 'no', { finding: 'service', note: '写明' }), '/answers/0/finding'],
    [say('window', 'no', { finding: 'integrity' }), '/answers/0/note'],
  ] as const) {
    const reply = await answers(secretary, visit, [answer])
    assert.deepEqual([reply.statusCode, reply.json().issues[0].field], [422, field], reply.body)
  }
})

test('[I4] [I5] two who answer the same item without seeing each other are both kept; it is signed when one of them has decided with both in view', async () => {
  const { visit } = await visiting('secretary', 'second')
  const first = await whole(secretary, visit)
  const [mine] = first.answers.filter(({ item }) => item === 'risk-list')
  const other = say('risk-list', 'no', { note: '清单没有更新' })
  const both = await said(second, visit, [other])
  assert.deepEqual(
    [both.visit.conflicts, both.answers.filter(({ item }) => item === 'risk-list').map(({ verdict, author }) => `${author} ${verdict}`)],
    [1, ['王建国 yes', '杨帆 no']],
  )
  const refused = await sign(secretary, visit, signable(both.answers))
  assert.deepEqual([refused.statusCode, refused.json().message], [409, '“廉政风险点有清单有措施”有两种结果，请先商定一种，再签字。'])
  const settled = await said(secretary, visit, [say('risk-list', 'mostly', { replaces: [mine?.answerId ?? '', other.id] })])
  assert.deepEqual([settled.visit.conflicts, settled.answers.length], [0, first.answers.length + 2], 'nothing that was said is gone')
  assert.equal((await sign(secretary, visit, signable(both.answers))).statusCode, 409, 'signed is what was seen')
  assert.equal((await sign(second, visit, signable(settled.answers))).statusCode, 200)
  const late = await answers(secretary, visit, [say('window', 'no', { note: '补记' })])
  assert.deepEqual(
    [late.json().late, late.json().page.visit.conflicts, late.json().page.answers.at(-1).late],
    [1, 0, true],
    'what comes after the signature is kept and changes nothing',
  )
})

test('[I6] with the signature each finding is a matter of the unit’s organisation, asked by the inspecting body, once; a repeat of its type is a relapse; struck off by somebody else', async () => {
  const { id, visit } = await visiting('secretary')
  const drawn = (
    await sharp({ create: { width: 60, height: 30, channels: 3, background: 'white' } })
      .png()
      .toBuffer()
  ).toString('base64')
  const missing = await sign(secretary, visit, [])
  assert.deepEqual([missing.statusCode, missing.json().message.startsWith('还有 6 项没有填')], [409, true])
  const seen = signable((await whole(secretary, visit, { 'risk-list': finding })).answers)
  const replies = await Promise.all([sign(secretary, visit, seen, { drawn }), sign(secretary, visit, seen, { drawn })])
  assert.deepEqual(replies.map((reply) => [reply.statusCode, reply.json().findings, reply.json().repeated]).sort(), [
    [200, 1, false],
    [200, 1, true],
  ])
  const [found] = (await read(desk, id)).findings
  assert.deepEqual([found?.item, found?.problem, found?.stage, found?.relapse], ['廉政风险点有清单有措施', '两个风险点没有措施', '挂牌', false])
  assert.equal(await count(`select count(*) as n from matter.matter where origin_id = $1`, visit), 1)
  const matter: MatterPage = (await county.get(`/api/matters/${found?.matterId}`)).json()
  assert.deepEqual(
    [matter.matter.owner.id, matter.matter.asker?.id, matter.fields],
    [org.county, org.committee, { problem: '两个风险点没有措施', source: 'inspection', type: 'integrity' }],
  )
  assert.deepEqual(
    matter.possible.map(({ move }) => move),
    ['submit-plan'],
  )
  const signed = await page(county, visit)
  assert.deepEqual([signed.witness, signed.files.map(({ of, name }) => [of, name])], ['办公室主任', [[visit, '签字.png']]])
  assert.equal((await county.get(`/api/attachments/${signed.files[0]?.id}`)).statusCode, 200)
  const entries = await owner.query(`select action from audit.entry where object_id = any ($1) and action <> 'inspection.answer' order by at, entry_id`, [
    [visit, found?.matterId],
  ])
  assert.deepEqual(entries.rows.map(({ action }) => action).sort(), ['inspection.sign', 'matter.open', 'visit.attach'])

  const move = async (who: Caller, revision: number, name: string, fields: object) => {
    const reply = await who.post(`/api/matters/${found?.matterId}/moves`, { moveId: newId(), revision, move: name, fields })
    assert.equal(reply.statusCode, 200, reply.body)
  }
  await move(county, 1, 'submit-plan', { plan: '逐项定措施' })
  await move(county, 2, 'apply', { result: '已定' })
  await move(desk, 3, 'strike-off', { verdict: '属实' })
  const again = await visiting('secretary')
  await sign(secretary, again.visit, signable((await whole(secretary, again.visit, { 'risk-list': finding })).answers))
  assert.equal((await read(desk, again.id)).findings[0]?.relapse, true)
})

test('[I7] the asker and the team see a visit, the unit its own when it is signed, nobody else ever: in the list, by its id, in the export, in every refusal', async () => {
  const { id, visit } = await visiting('secretary')
  const sees = async (who: Caller): Promise<[boolean, boolean, number]> => {
    const list = (await who.get('/api/inspections?year=2024')).json()
    const listed = [...list.inspections, ...list.mine, ...list.signed].some((row: { inspectionId: string }) => row.inspectionId === id)
    return [listed, (await who.get(`/api/inspections/${id}`)).statusCode === 200, (await who.get(`/api/visits/${visit}`)).statusCode]
  }
  assert.deepEqual(await sees(secretary), [true, true, 200])
  assert.deepEqual(await sees(county), [false, false, 404])
  await sign(secretary, visit, signable((await whole(secretary, visit)).answers))
  assert.deepEqual(await sees(county), [true, true, 200])
  assert.deepEqual(
    (await county.get('/api/inspections'))
      .json()
      .signed.map((row: { visitId: string }) => row.visitId)
      .includes(visit),
    true,
  )
  for (const who of [second, member]) {
    assert.deepEqual(await sees(who), [false, false, 404])
    assert.equal((await sign(who, visit, [])).statusCode, 404)
    assert.equal((await who.upload(`/api/visits/${visit}/files?answer=${newId()}&name=a.png`, photo)).statusCode, 404)
  }
  const csv = (await desk.post('/api/inspections/export', { inspection: id })).body
  assert.deepEqual([csv.includes('示例县局'), csv.includes('导出编号')], [true, true])
})

test('a photo is optional, of one’s own answer, there once; after the signature none comes', async () => {
  const { visit } = await visiting('secretary', 'second')
  const { answers: all } = await whole(secretary, visit)
  const attach = (who: Caller) => who.upload(`/api/visits/${visit}/files?answer=${all[0]?.answerId}&name=${encodeURIComponent('现场.jpg')}`, photo)
  assert.deepEqual([(await attach(secretary)).statusCode, (await attach(secretary)).statusCode, (await attach(second)).statusCode], [200, 200, 404])
  assert.deepEqual(
    (await page(desk, visit)).files.map(({ of, name, thumbnail }) => [of, name, thumbnail]),
    [[all[0]?.answerId, '现场.jpg', true]],
  )
  await sign(secretary, visit, signable(all))
  assert.equal((await attach(secretary)).statusCode, 409)
})

test('an inspection is closed when no visit waits for its signature; who has answered stays on the team', async () => {
  const { id, visit } = await visiting('secretary')
  await said(secretary, visit, [say('window')])
  assert.match((await desk.post(`/api/inspections/${id}/close`, {})).json().message, /示例县局已经查了，还没有签字/)
  assert.equal((await assign(id, 'secretary', [visit], false)).statusCode, 409)
  await sign(
    secretary,
    visit,
    signable((await whole(secretary, visit, { window: { replaces: (await page(secretary, visit)).answers.map(({ answerId }) => answerId) } })).answers),
  )
  assert.equal((await desk.post(`/api/inspections/${id}/close`, {})).json().state, 'closed')
  assert.equal((await desk.post(`/api/inspections/${id}/close`, {})).json().repeated, true)
})
