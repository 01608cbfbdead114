// Papers over HTTP on a small city: each step by whom the route asks for, once, on unchanged content; joint opinions, notices, release, recall.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { newId } from '#base/ids.ts'
import { buildHttp } from '#server/app/http.ts'
import { packOf } from '#server/kit/pack.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { type Caller, jointPosts, ledgerCity, password, TODAY } from '#test/ledger-city.ts'
import { putOnNotice, releaseRubrics } from '#test/release.ts'
import { callerOf } from '#test/server.ts'
import type { NoticeRow, PaperPage, PaperRow } from './approval.contract.ts'
import { approvalsPack } from './approval.pack.ts'

const city = await ledgerCity()
const { owner, as, app } = city
const [desk, office, chief, secretary, county] = [await as('desk'), await as('office'), await as('chief'), await as('secretary'), await as('county')]
const joint = await Promise.all(jointPosts.map(async (post) => [post, await as(post)] as const))
const hands = { desk, office, chief }
// Accounts beside those of the city: the desk's person as secretary of the work committee, another desk, an officer.
await owner.query(
  `with made as (insert into access.account (tenant_id, account_id, login, password_hash, person_id)
     select 1, gen_random_uuid(), x.login, a.password_hash, x.person from access.account a, (values ('twin', $1::uuid), ('desk2', $2::uuid), ('operator', $3::uuid)) x(login, person) where a.login = 'desk'
     returning account_id, login)
   insert into access.appointment (tenant_id, appointment_id, account_id, post, valid_from)
     select 1, gen_random_uuid(), account_id, case login when 'twin' then 'work-secretary' when 'desk2' then 'desk' else 'operator' end, '2021-01-01' from made`,
  [city.person.sun, city.person.li, city.person.liu],
)
const [twin, desk2, operator, nobody] = [
  await callerOf(app, { account: 'twin', password }),
  await callerOf(app, { account: 'desk2', password }),
  await callerOf(app, { account: 'operator', password }),
  await callerOf(app),
]
const setClock = (day: string) => owner.query('update kit.tenant set clock_offset = $1', [`${Date.parse(`${day}T02:00:00Z`) - Date.now()} milliseconds`])

/** Callers, by login, of a server whose clock stands at a day; both end with the test. */
async function onDay(t: TestContext, day: string): Promise<(login: string) => Promise<Caller>> {
  await setClock(day)
  const later = await buildHttp({ pool: city.pool, dataDir: city.dataDir, checkReplies: true })
  t.after(async () => {
    await later.close()
    await setClock(TODAY)
  })
  return (login) => callerOf(later, { account: login, password })
}

const pass = { verdict: 'pass', reason: '' }
const back = { verdict: 'return', reason: '口径没有写清' }
const met = { ...pass, heldOn: '2024-12-19', minutes: '会议同意印发' }
const rubric = (version: string) => ({ kind: 'rubric', subject: version, route: 'rubric', audience: 'system', note: '请审' })
const sheet = { kind: 'sheet', subject: 'changzhi', route: 'sheet-public', audience: 'public', note: '' }
const at = (paper: string, step: string) => `/api/approvals/${paper}/${step}`

async function does(who: Caller, url: string, body: object): Promise<{ paper: string; state: string; number: string | null; repeated: boolean }> {
  const reply = await who.post(url, { id: newId(), ...body })
  assert.equal(reply.statusCode, 200, `${url}: ${reply.body}`)
  return reply.json()
}
async function refused(who: Caller, url: string, body: object, status: number, words?: RegExp): Promise<void> {
  const reply = await who.post(url, { id: newId(), ...body })
  assert.equal(reply.statusCode, status, `${url}: ${reply.body}`)
  if (words !== undefined) assert.match(reply.json().message, words)
}
async function read(who: Caller, paper: string): Promise<PaperPage> {
  const reply = await who.get(`/api/approvals/${paper}`)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const listed = async (who: Caller, list: string): Promise<PaperRow[]> => (await who.get(`/api/approvals?list=${list}`)).json().rows
const waits = async (who: Caller, paper: string) => (await listed(who, 'waiting')).find(({ id }) => id === paper)?.deeds ?? []
const notices = async (who: Caller): Promise<NoticeRow[]> => (await who.get('/api/notices')).json().notices

test('[P3] each step waits for its post alone, in the route’s order, and whoever is early or has another post is refused', async () => {
  const { paper } = await does(desk, '/api/approvals', rubric('model-2024.1'))
  assert.deepEqual([await waits(office, paper), await waits(chief, paper)], [['check'], []])
  await refused(desk, at(paper, 'check'), pass, 403)
  await refused(office, at(paper, 'signature'), pass, 403)
  await refused(chief, at(paper, 'signature'), pass, 409, /现在是“审核”/)
  await does(office, at(paper, 'check'), pass)
  await refused(office, at(paper, 'check'), pass, 409, /现在是“签批”.*刷新/)
  assert.deepEqual([await waits(office, paper), await waits(chief, paper)], [[], ['sign']])
  await does(chief, at(paper, 'signature'), pass)
  await refused(office, at(paper, 'meeting'), { ...met, heldOn: '2024-12-21' }, 422, /还没有开/)
  await refused(office, at(paper, 'meeting'), { ...met, heldOn: null }, 422, /日期/)
  await refused(office, at(paper, 'meeting'), { ...met, minutes: ' ' }, 422, /纪要/)
  await does(office, at(paper, 'meeting'), met)
  await does(office, at(paper, 'secrecy'), pass)
  const released = await does(chief, at(paper, 'release'), pass)
  assert.deepEqual([released.state, released.number], ['released', '长直工发〔2024〕1号'])
  const standing = (await desk.get('/api/approvals/standing?kind=rubric&subject=model-2024.1')).json()
  assert.deepEqual([standing.releases[0].number, standing.paper, standing.routes], [released.number, null, []], 'released to all that its route knows')
  const { acts, track } = await read(desk, paper)
  assert.deepEqual(
    acts.map(({ step, by, postName }) => [step, by, postName]),
    [
      ['check', '冯军', '市直工委办公室主任'],
      ['sign', '许红', '市直工委书记'],
      ['meeting', '冯军', '市直工委办公室主任'],
      ['secrecy', '冯军', '市直工委办公室主任'],
      ['release', '许红', '市直工委书记'],
    ],
  )
  assert.ok(track.every(({ state }) => state === 'done'))
  const { rows } = await owner.query(`select action from audit.entry where object_id = $1 order by at, entry_id`, [paper])
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['draft', 'check', 'sign', 'meeting', 'secrecy', 'release'].map((step) => `approval.${step}`),
  )
})

test('[P4] one person does not check, sign and draft one paper, whatever posts and accounts the person has', async () => {
  const { paper } = await does(desk, '/api/approvals', rubric('branch-2024.1'))
  await does(office, at(paper, 'check'), pass)
  await refused(twin, at(paper, 'signature'), pass, 403, /“起草”是您办的/)
  assert.deepEqual([await waits(twin, paper), (await read(twin, paper)).blocked], [[], '这份签批件的“起草”是您办的，“签批”要由另一位同志办。'])
  // Sending it back is no second word for it.
  await does(twin, at(paper, 'signature'), back)
  await does(desk, at(paper, 'withdrawal'), { reason: '另行起草' })
})

test('[P5] a return needs a reason; the drafter sends in again what the thing is then, and the route begins anew', async () => {
  const { paper } = await does(desk, '/api/approvals', rubric('branch-2024.1'))
  await refused(office, at(paper, 'check'), { verdict: 'return', reason: ' ' }, 422, /理由/)
  await does(office, at(paper, 'check'), pass)
  await does(chief, at(paper, 'signature'), back)
  assert.deepEqual([await waits(desk, paper), await waits(desk2, paper)], [['resubmit', 'withdraw'], []])
  await refused(desk2, at(paper, 'resubmission'), { note: '' }, 403, /起草人/)
  await does(desk, at(paper, 'resubmission'), { note: '已改' })
  const page = await read(office, paper)
  assert.deepEqual([page.paper.state, page.note, page.acts.map(({ verdict }) => verdict)], ['check', '已改', ['pass', 'return', 'resubmit']])
  await does(office, at(paper, 'check'), pass)
  // The text changes while it waits for the signature.
  const { rows } = await owner.query(`select hash from rubric.definition where rubric_id = 'branch-2024'`)
  await owner.query(`update rubric.definition set hash = 'changed' where rubric_id = 'branch-2024'`)
  assert.equal((await read(chief, paper)).changed, true)
  await refused(chief, at(paper, 'signature'), pass, 409, /改动过.*退回/)
  await does(chief, at(paper, 'signature'), back)
  await does(desk, at(paper, 'resubmission'), { note: '' })
  assert.equal((await read(office, paper)).changed, false)
  await does(office, at(paper, 'check'), pass)
  await owner.query(`update rubric.definition set hash = $1 where rubric_id = 'branch-2024'`, [rows[0].hash])
  await does(desk, at(paper, 'withdrawal'), { reason: '' })
  await refused(chief, at(paper, 'signature'), pass, 409, /已撤稿/)
})

test('[P6] a thing has one paper under way; the same id acts once; of two at once the second is told', async () => {
  const id = newId()
  const order = { id, ...rubric('branch-2024.1') }
  const both = await Promise.all([desk.post('/api/approvals', order), desk.post('/api/approvals', order)])
  assert.deepEqual(both.map((reply) => [reply.statusCode, reply.json().repeated]).sort(), [
    [200, false],
    [200, true],
  ])
  await refused(desk2, '/api/approvals', { ...rubric('branch-2024.1') }, 409, /已经在签批中/)
  await refused(desk2, '/api/approvals', order, 409, /编号/)
  const deed = newId()
  const [one, two] = await Promise.all([office.post(at(id, 'check'), { id: deed, ...pass }), office.post(at(id, 'check'), { id: deed, ...pass })])
  assert.deepEqual([one.statusCode, two.statusCode, [one.json().repeated, two.json().repeated].sort()], [200, 200, [false, true]])
  const signed = await Promise.all([chief.post(at(id, 'signature'), { id: newId(), ...pass }), chief.post(at(id, 'signature'), { id: newId(), ...back })])
  assert.deepEqual(signed.map(({ statusCode }) => statusCode).sort(), [200, 409])
  await refused(chief, at(id, 'signature'), { id: deed, ...pass }, 409, /编号/)
  await does(desk, at(id, 'withdrawal'), { reason: '' })
})

test('[P7] whoever may not draft it, a route that is not for it, and an audience that the route does not have are refused', async () => {
  await refused(secretary, '/api/approvals', rubric('branch-2024.1'), 403)
  await refused(desk, '/api/approvals', { ...rubric('branch-2024.1'), route: 'grading' }, 422, /流程/)
  await refused(desk, '/api/approvals', { ...rubric('branch-2024.1'), audience: 'public' }, 422, /范围/)
  for (const subject of ['branch-2024.9', 'branch-2024', 'x', newId(), '']) await refused(desk, '/api/approvals', { ...rubric(subject) }, 404)
  await refused(desk, '/api/approvals', { ...rubric('x.1'), kind: 'nothing' }, 404)
  await refused(office, at(newId(), 'check'), pass, 404)
})

test('[P8] joint opinions: asked together, each by its post once; all agree and it goes on', async () => {
  const { paper } = await does(desk, '/api/approvals', sheet)
  const [[, discipline], , [, politics], [, petitions]] = joint as [
    readonly [string, Caller],
    readonly [string, Caller],
    readonly [string, Caller],
    readonly [string, Caller],
  ]
  await refused(discipline, at(paper, 'opinion'), { post: 'joint-discipline', verdict: 'agree', reason: '' }, 404)
  await does(office, at(paper, 'check'), pass)
  assert.deepEqual([await waits(discipline, paper), await waits(politics, paper)], [['opinion'], []])
  assert.equal((await politics.get(`/api/approvals/${paper}`)).statusCode, 404, 'a post that was not asked does not see it')
  const page = await read(discipline, paper)
  assert.deepEqual(
    [page.inside, page.opinionsDueOn, page.opinions.map(({ post, mine }) => [post, mine])],
    [
      true,
      '2024-12-25',
      [
        ['joint-discipline', true],
        ['joint-petitions', false],
      ],
    ],
  )
  await refused(discipline, at(paper, 'opinion'), { post: 'joint-petitions', verdict: 'agree', reason: '' }, 403)
  await refused(politics, at(paper, 'opinion'), { post: 'joint-politics-law', verdict: 'agree', reason: '' }, 404)
  await does(discipline, at(paper, 'opinion'), { post: 'joint-discipline', verdict: 'agree', reason: '' })
  await refused(discipline, at(paper, 'opinion'), { post: 'joint-discipline', verdict: 'agree', reason: '' }, 409, /已经出具/)
  await refused(chief, at(paper, 'opinions-end'), { ...pass, reason: '不等了' }, 409, /时限到 2024-12-25/)
  assert.equal((await does(petitions, at(paper, 'opinion'), { post: 'joint-petitions', verdict: 'agree', reason: '' })).state, 'sign')
  await does(desk, at(paper, 'withdrawal'), { reason: '' })
})

test('[P9] a disagreement waits for the signer, who goes on with a reason or returns it; a late opinion is passed over by nobody else', async (t) => {
  const { paper } = await does(desk, '/api/approvals', sheet)
  await does(office, at(paper, 'check'), pass)
  const [discipline] = joint.flatMap(([post, holder]) => (post === 'joint-discipline' ? [holder] : []))
  assert.ok(discipline)
  await refused(discipline, at(paper, 'opinion'), { post: 'joint-discipline', verdict: 'disagree', reason: '' }, 422, /理由/)
  await does(discipline, at(paper, 'opinion'), { post: 'joint-discipline', verdict: 'disagree', reason: '案件数不宜公开' })
  assert.equal((await read(chief, paper)).paper.state, 'opinions')
  assert.deepEqual(await waits(chief, paper), [], 'the other one has time left')
  const caller = await onDay(t, '2024-12-26')
  const [chiefLater, officeLater] = [await caller('chief'), await caller('office')]
  assert.deepEqual(
    (await read(chiefLater, paper)).opinions.map(({ late }) => late),
    [false, true],
  )
  assert.deepEqual(await waits(chiefLater, paper), ['end-opinions'])
  await refused(officeLater, at(paper, 'opinions-end'), { ...pass, reason: '过了时限' }, 403)
  await refused(chiefLater, at(paper, 'opinions-end'), { ...pass, reason: '' }, 422)
  assert.equal((await does(chiefLater, at(paper, 'opinions-end'), { ...pass, reason: '已当面沟通，信访逾期' })).state, 'sign')
  await does(await caller('desk'), at(paper, 'withdrawal'), { reason: '' })
})

test('[P10] a notice runs for its working days in its scope; the effect waits for them and for every answer; not the drafter answers', async (t) => {
  await releaseRubrics(hands, 'branch-2024')
  const [run, appraisal] = [newId(), newId()]
  await does(desk, '/api/scoring/runs', { id: run, rubric: 'branch-2024' })
  await does(desk, '/api/appraisals', { id: appraisal, title: '示例定级', run })
  const paper = await putOnNotice(hands, joint, appraisal)
  const [notice] = await notices(secretary)
  assert.deepEqual([notice?.id, notice?.from, notice?.until, notice?.open], [paper, '2024-12-20', '2024-12-27', true])
  assert.deepEqual([await notices(nobody), await notices(operator)], [[], []], 'within the system is not the public, and officers see no content')
  const told = await read(secretary, paper)
  assert.deepEqual([told.inside, told.acts, told.note, told.opinions], [false, [], '', []])
  const objection = { id: newId(), text: '本支部活动次数少算一次' }
  const object = `/api/notices/${paper}/objections`
  await refused(nobody, object, { text: '一条公众异议', name: '张三', contact: '13800000000' }, 404)
  assert.deepEqual((await secretary.post(object, objection)).json(), { objection: objection.id, repeated: false })
  assert.deepEqual((await secretary.post(object, objection)).json(), { objection: objection.id, repeated: true })
  await refused(county, object, objection, 409, /编号/)
  await refused(chief, at(paper, 'release'), pass, 409, /还有 1 条异议/)
  assert.deepEqual([await waits(office, paper), await waits(desk, paper)], [['answer'], []])
  assert.deepEqual((await read(desk, paper)).objections, [], 'the drafter is not told who objects')
  const answer = `/api/objections/${objection.id}/answer`
  const words = { upheld: false, text: '已核对，12月的一次计入下年' }
  assert.equal((await desk.post(answer, words)).statusCode, 403)
  const caller = await onDay(t, '2024-12-28')
  const [chiefLater, officeLater, secretaryLater] = [await caller('chief'), await caller('office'), await caller('secretary')]
  await refused(secretaryLater, object, { text: '过了期的异议' }, 409, /已经结束/)
  assert.equal((await read(chiefLater, paper)).paper.state, 'notice', 'days have passed, an answer is missing')
  await refused(chiefLater, at(paper, 'release'), pass, 409, /还有 1 条异议没有答复/)
  assert.equal((await officeLater.post(answer, words)).statusCode, 200)
  assert.equal((await officeLater.post(answer, words)).json().repeated, true)
  assert.equal((await officeLater.post(answer, { ...words, text: '另一个答复' })).statusCode, 409)
  assert.deepEqual(
    (await notices(secretaryLater))[0]?.mine.map(({ answer: said, upheld }) => [said, upheld]),
    [[words.text, false]],
  )
  assert.deepEqual(await waits(chiefLater, paper), ['release'])
  const { number } = await does(chiefLater, at(paper, 'release'), pass)
  assert.match(number ?? '', /^长直工发〔2024〕\d+号$/)
  const seen = async () => [
    (await secretaryLater.get(`/api/appraisals/${appraisal}`)).statusCode,
    (await secretaryLater.get('/api/approvals?list=released'))
      .json()
      .rows.map((row: PaperRow) => row.id)
      .includes(paper),
  ]
  assert.deepEqual(await seen(), [200, true])
  await refused(chiefLater, at(paper, 'recall'), { reason: ' ' }, 422)
  await refused(officeLater, at(paper, 'recall'), { reason: '数据有误' }, 403)
  await does(chiefLater, at(paper, 'recall'), { reason: '数据有误' })
  assert.deepEqual(await seen(), [404, false])
  assert.deepEqual(
    [(await read(await caller('desk'), paper)).recallReason, (await secretaryLater.get(`/api/approvals/${paper}`)).statusCode],
    ['数据有误', 404],
  )
})

test('[P11] an objection that is upheld sends the paper back to its drafter', async () => {
  const [run, appraisal] = [newId(), newId()]
  await does(desk, '/api/scoring/runs', { id: run, rubric: 'branch-2024' })
  await does(desk, '/api/appraisals', { id: appraisal, title: '示例定级', run })
  const paper = await putOnNotice(hands, joint, appraisal)
  const objection = newId()
  await does(county, `/api/notices/${paper}/objections`, { id: objection, text: '扣分的依据不对' })
  const reply = await office.post(`/api/objections/${objection}/answer`, { upheld: true, text: '依据确实有误' })
  assert.equal(reply.json().state, 'draft')
  const { acts } = await read(desk, paper)
  assert.deepEqual([acts.at(-1)?.step, acts.at(-1)?.verdict, acts.at(-1)?.reason], ['notice', 'return', '异议成立：依据确实有误'])
  assert.equal((await county.get(`/api/appraisals/${appraisal}`)).statusCode, 404)
  await does(desk, at(paper, 'withdrawal'), { reason: '' })
})

test('[P12] the public objects with name and contact, without an account, and not often; the answering office alone sees who', async () => {
  const [tenant] = await loadTenants(city.pool)
  assert.ok(tenant)
  const route = packOf(tenant)
    .part(approvalsPack)
    .routes.find(({ id }) => id === 'sheet-public')
  route?.steps.splice(-1, 0, { kind: 'notice', days: 5, scope: 'public' })
  const { paper } = await does(desk, '/api/approvals', sheet)
  await does(office, at(paper, 'check'), pass)
  for (const [post, holder] of joint)
    if (post === 'joint-discipline' || post === 'joint-petitions') await does(holder, at(paper, 'opinion'), { post, verdict: 'agree', reason: '' })
  await does(chief, at(paper, 'signature'), pass)
  assert.equal((await does(office, at(paper, 'secrecy'), pass)).state, 'notice')
  route?.steps.splice(-2, 1)
  assert.deepEqual(
    (await notices(nobody)).map(({ id, address }) => [id, address]),
    [[paper, null]],
  )
  const object = `/api/notices/${paper}/objections`
  const given = { text: '第三个数字与年鉴不符', name: '张三', contact: '13800001234' }
  await refused(nobody, object, { ...given, name: '' }, 422, /姓名/)
  await refused(nobody, object, { ...given, contact: '1' }, 422, /电话/)
  for (let time = 0; time < 3; time += 1) await does(nobody, object, given)
  await refused(nobody, object, given, 429, /一小时后/)
  const { objections } = await read(office, paper)
  assert.deepEqual([objections.length, objections[0]?.name, objections[0]?.contact], [3, '张**', '138****1234'])
  assert.deepEqual([(await read(desk, paper)).objections, (await nobody.get(`/api/approvals/${paper}`)).statusCode], [[], 401])
  assert.equal((await office.post('/api/unmask', { class: 'complaint', reason: '核实数字和证据' })).statusCode, 200)
  const [whole] = (await read(office, paper)).objections
  assert.deepEqual([whole?.name, whole?.contact], ['张三', '13800001234'], 'the office says why and can reach who objected')
  const { rows } = await owner.query(`select detail::text as text from audit.entry where action = 'approval.object'`)
  assert.ok(rows.every(({ text }) => !/张三|1380000/.test(text)))
  await does(desk, at(paper, 'withdrawal'), { reason: '' })
})

test('[P13] a paper under way is nobody’s outside it: not in lists, not by its address, not in the database', async () => {
  const { paper } = await does(desk, '/api/approvals', rubric('clean-2024.1'))
  for (const who of [secretary, county, operator]) {
    assert.equal((await who.get(`/api/approvals/${paper}`)).statusCode, 404)
    for (const list of ['waiting', 'drafted', 'notice', 'released', 'under-way']) assert.ok(!(await listed(who, list)).some(({ id }) => id === paper), list)
    assert.equal((await who.get('/api/approvals/standing?kind=rubric&subject=clean-2024.1')).json().paper, null)
  }
  const client = await city.pool.connect()
  try {
    await client.query(`begin; set local role dajuan_scoped; set local dajuan.tenant = '1'; set local dajuan.scope = '{${city.org.first}}'`)
    assert.equal((await client.query('select from approval.paper where paper_id = $1', [paper])).rowCount, 0)
    assert.equal((await client.query('select from approval.act')).rowCount, 0)
  } finally {
    await client.query('rollback')
    client.release()
  }
  await does(desk, at(paper, 'withdrawal'), { reason: '' })
})

test('[P14] numbers of a year have no gap and no double, released at once or not', async () => {
  for (const name of ['clean-2024', 'branch-2024', 'model-2024']) {
    const { releases } = (await desk.get(`/api/approvals/standing?kind=rubric&subject=${name}.1`)).json()
    for (const release of releases) await does(chief, at(release.paper, 'recall'), { reason: '重新编号' })
  }
  const papers = await Promise.all(
    ['clean-2024.1', 'branch-2024.1', 'model-2024.1'].map(async (subject) => {
      const { paper } = await does(desk, '/api/approvals', rubric(subject))
      await does(office, at(paper, 'check'), pass)
      await does(chief, at(paper, 'signature'), pass)
      await does(office, at(paper, 'meeting'), met)
      await does(office, at(paper, 'secrecy'), pass)
      return paper
    }),
  )
  await Promise.all(papers.map((paper) => does(chief, at(paper, 'release'), pass)))
  const { rows } = await owner.query(`select number_in_year as n from approval.paper where number is not null order by 1`)
  assert.deepEqual(
    rows.map(({ n }) => n),
    rows.map((_, index) => index + 1),
  )
})

test('[P15] lists take few queries and page by key; a made-up key is refused', async () => {
  assert.ok(Number((await chief.get('/api/approvals?list=waiting')).headers['x-queries']) <= 4)
  const first = (await desk.get('/api/approvals?list=drafted&limit=3')).json()
  const rest = (await desk.get(`/api/approvals?list=drafted&limit=100&after=${encodeURIComponent(first.next)}`)).json()
  const all = (await desk.get('/api/approvals?list=drafted&limit=100')).json()
  assert.deepEqual([...first.rows, ...rest.rows], all.rows)
  for (const after of ['x', `2024-99-99T00:00:00Z_${newId()}`, `2024-01-01T00:00:00Z_${'-'.repeat(36)}`])
    assert.equal((await desk.get(`/api/approvals?list=drafted&after=${after}`)).statusCode, 422, after)
})
