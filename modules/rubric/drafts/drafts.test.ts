// Drafts over HTTP: begun in three ways, saved by editions, discarded and taken back, made a version that stays as it is once anyone relies on it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { ledgerCity } from '#test/ledger-city.ts'
import { releaseRubrics } from '#test/release.ts'
import type { RubricPage } from '../rubric.contract.ts'
import type { DraftPage, DraftRow, Preview, VersionRow } from './drafts.contract.ts'

const { as, owner } = await ledgerCity()
const [desk, office, chief, secretary] = [await as('desk'), await as('office'), await as('chief'), await as('secretary')]
const hands = { desk, office, chief }

async function begun(rubric: string, from: object = { how: 'blank' }, title = '示例细则'): Promise<DraftPage> {
  const id = newId()
  const reply = await desk.post('/api/rubric-drafts', { id, rubric, title, from })
  assert.equal(reply.statusCode, 200, reply.body)
  return page(id)
}
const page = async (id: string): Promise<DraftPage> => (await desk.get(`/api/rubric-drafts/${id}`)).json() as DraftPage
const save = (draft: string, edition: number, text: string, who = desk) => who.post(`/api/rubric-drafts/${draft}/text`, { edition, text })
const preview = async (text: string, against?: object): Promise<Preview> => (await desk.post('/api/rubrics/preview', { text, against })).json() as Preview
const versions = async (rubric: string): Promise<VersionRow[]> =>
  ((await secretary.get(`/api/rubrics/${rubric}/versions`)).json() as { versions: VersionRow[] }).versions

test('a blank draft checks as it stands, and says what is in it', async () => {
  const { text, edition, base } = await begun('blank-2025')
  assert.deepEqual([edition, base], [1, null])
  const { problems, outline, changes } = await preview(text)
  assert.deepEqual([problems, outline?.items, outline?.points, changes], [[], 1, '10', null])
})
test('a copy is the version’s text under its next number; the same request again begins nothing', async () => {
  const { text } = await begun('model-2024', { how: 'copy', rubric: 'model-2024', version: 1 }, '改动的细则')
  const old = ((await desk.get('/api/rubrics/model-2024')).json() as RubricPage).text
  assert.deepEqual(
    text.split('\n').filter((line) => !old.includes(line)),
    ['version: 2', 'title: 改动的细则'],
  )
  const order = { id: newId(), rubric: 'once', title: '示例', from: { how: 'blank' } }
  assert.equal((await desk.post('/api/rubric-drafts', order)).json().repeated, false)
  assert.equal((await desk.post('/api/rubric-drafts', order)).json().repeated, true)
})
test('next year’s extends this year’s: its period a year later, its base’s text beside it, and what changed in words', async () => {
  const { text, bases, draft } = await begun('model-2025', { how: 'extend', rubric: 'model-2024', version: 1 }, '模范机关（2025年度）')
  assert.deepEqual(
    bases.map(({ rubric, version }) => [rubric, version]),
    [['model-2024', '1']],
  )
  assert.match(text, /period: \{ from: 2025-01-01, to: 2025-12-31 \}/)
  const changed = `${text}items:\n  - { id: centre_study, points: 5 }\n`
  const { problems, changes, outline } = await preview(changed, { rubric: 'model-2024', version: 1 })
  assert.deepEqual(problems, [])
  assert.ok(
    changes?.some(({ sentence }) => sentence === '“党组（党委）中心组学习全年12次”：分值 4 → 5'),
    JSON.stringify(changes),
  )
  assert.equal(outline?.rubric, 'model-2025')
  assert.equal((await save(draft, 1, changed)).statusCode, 200)
  assert.equal((await page(draft)).edition, 2)
})
test('mistakes are told in Chinese at their place; of the base it is said so', async () => {
  const { text } = await begun('wrong-2025', { how: 'extend', rubric: 'model-2024', version: 1 })
  const own = await preview(`${text}items:\n  - { id: centre_study, when: 'clas == "city"' }\n`)
  assert.deepEqual(
    own.problems.map(({ sentence, line, column, inBase }) => [sentence, line, column, inBase]),
    [['没有“clas”这个字段或名称，是不是“class”？', 8, 32, false]],
  )
  const base = await preview(`${text}remove: [measures.centre_studies]\n`)
  assert.ok(base.problems.length > 0 && base.problems.every(({ inBase, sentence }) => inBase && sentence.startsWith('没有“centre_studies”')))
  for (const odd of ['', '{', 'extends: {rubric: model-2024, version: 1}', '\u0000']) assert.ok((await preview(odd)).problems.length > 0)
})
test('who saves over what somebody else saved meanwhile is told by whom, and nothing is lost', async () => {
  const { draft, text } = await begun('two-2025')
  assert.equal((await save(draft, 1, `${text}# 甲\n`)).statusCode, 200)
  const late = await save(draft, 1, `${text}# 乙\n`)
  assert.equal(late.statusCode, 409)
  assert.match(late.json().message, /^孙强已经保存了更新的内容。可以改看对方的/)
  assert.deepEqual(late.json().issues[0].value, 2)
  assert.match((await page(draft)).text, /# 甲\n$/)
  assert.equal((await save(draft, 2, `${text}# 乙\n`)).statusCode, 200)
})
test('each save leaves an audit entry with the edition it made, and none of the text; a refused one leaves none', async () => {
  const { draft, text } = await begun('trail-2025')
  const replies = [await save(draft, 1, `${text}# 甲\n`), await save(draft, 1, `${text}# 乙\n`), await save(draft, 2, `${text}# 丙\n`)]
  assert.deepEqual(
    replies.map(({ statusCode }) => statusCode),
    [200, 409, 200],
  )
  const { rows } = await owner.query(`select detail from audit.entry where action = 'rubric.draft-save' and object_id = $1 order by at, entry_id`, [draft])
  assert.deepEqual(
    rows.map(({ detail }) => detail),
    [{ edition: 2 }, { edition: 3 }],
  )
})
test('of two saved at once one is refused', async () => {
  const { draft, text } = await begun('race-2025')
  const replies = await Promise.all([1, 2, 3, 4].map((n) => save(draft, 1, `${text}# ${n}\n`)))
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [200, 409, 409, 409])
})
test('a discarded draft is neither saved nor sent, and can be taken back', async () => {
  const { draft, text } = await begun('gone-2025')
  const listed = async () => ((await desk.get('/api/rubric-drafts')).json() as { drafts: DraftRow[] }).drafts.find((one) => one.draft === draft)?.discarded
  assert.equal((await desk.post(`/api/rubric-drafts/${draft}/discard`, {})).statusCode, 200)
  assert.equal(await listed(), true)
  assert.equal((await save(draft, 1, text)).statusCode, 409)
  assert.equal((await desk.post(`/api/rubric-drafts/${draft}/version`, { edition: 1 })).statusCode, 409)
  await desk.post(`/api/rubric-drafts/${draft}/restore`, {})
  assert.equal(await listed(), false)
  assert.equal((await save(draft, 1, text)).statusCode, 200)
})
test('a text with mistakes becomes no version; each mistake is named', async () => {
  const { draft, text } = await begun('bad-2025')
  await save(draft, 1, text.replace('kind: convert', 'kind: konvert'))
  const reply = await desk.post(`/api/rubric-drafts/${draft}/version`, { edition: 2 })
  assert.equal(reply.statusCode, 422)
  assert.match(reply.json().issues[0].message, /没有“konvert”这种计分规则，是不是“convert”？/)
  assert.deepEqual(await versions('bad-2025'), [])
})
test('a version is made of the saved text and may be made anew until it is released; then its text stays', async () => {
  const { draft, text } = await begun('made-2025')
  const make = (edition: number) => desk.post(`/api/rubric-drafts/${draft}/version`, { edition })
  assert.deepEqual((await make(1)).json(), { rubric: 'made-2025', version: 1 })
  await save(draft, 1, text.replace('points: 10', 'points: 20'))
  assert.equal((await make(1)).statusCode, 409)
  assert.deepEqual((await make(2)).json(), { rubric: 'made-2025', version: 1 })
  assert.match(((await desk.get('/api/rubrics/made-2025')).json() as RubricPage).text, /points: 20/)
  await releaseRubrics(hands, 'made-2025')
  assert.deepEqual((await make(2)).json(), { rubric: 'made-2025', version: 1 }, 'the same text again changes nothing')
  await save(draft, 2, text.replace('points: 10', 'points: 30'))
  const refused = await make(3)
  assert.equal(refused.statusCode, 409)
  assert.deepEqual([refused.json().message, refused.json().issues[0].value], ['第 1 版已经发布，内容不能再改。请把版本号改为 2，作为新的一版送审。', 2])
  await save(draft, 3, text.replace('points: 10', 'points: 30').replace('version: 1', 'version: 2'))
  assert.equal((await make(4)).json().version, 2)
  const [second, first] = await versions('made-2025')
  assert.deepEqual([second?.version, second?.release, first?.version, first?.release !== null, first?.from], [2, null, 1, true, 'page'])
  const { changes } = (await secretary.get('/api/rubrics/made-2025/diff?version=2&before=1')).json() as { changes: { sentence: string }[] }
  assert.deepEqual(
    changes.map(({ sentence }) => sentence),
    ['“第一项指标”：分值 20 → 30'],
  )
})
test('while a version is under way its text is not changed; nor is one that another extends, nor the pack’s', async () => {
  const { draft, text } = await begun('way-2025')
  const make = (edition: number) => desk.post(`/api/rubric-drafts/${draft}/version`, { edition })
  await make(1)
  const paper = newId()
  await desk.post('/api/approvals', { id: paper, kind: 'rubric', subject: 'way-2025.1', route: 'rubric', audience: 'system', note: '' })
  await save(draft, 1, text.replace('points: 10', 'points: 20'))
  assert.match((await make(2)).json().message, /第 1 版正在签批/)
  await office.post(`/api/approvals/${paper}/check`, { id: newId(), verdict: 'return', reason: '请改分值' })
  assert.equal((await make(2)).statusCode, 200)

  const next = await begun('way-2026', { how: 'extend', rubric: 'way-2025', version: 1 })
  assert.equal((await desk.post(`/api/rubric-drafts/${next.draft}/version`, { edition: 1 })).statusCode, 200)
  assert.equal(((await desk.get('/api/rubrics/way-2026')).json() as RubricPage).items, 1)
  await save(draft, 2, text.replace('points: 10', 'points: 5'))
  assert.match((await make(3)).json().message, /第 1 版是别的细则的基础/)

  const copy = await begun('model-2024', { how: 'copy', rubric: 'model-2024', version: 1 })
  await save(copy.draft, 1, copy.text.replace('version: 2', 'version: 1'))
  assert.match((await desk.post(`/api/rubric-drafts/${copy.draft}/version`, { edition: 2 })).json().message, /第 1 版是随系统配置下发的/)
})
test('a unit’s post neither sees nor writes drafts; what is not there is said to be', async () => {
  const { draft } = await begun('theirs-2025')
  for (const url of ['/api/rubric-drafts', `/api/rubric-drafts/${draft}`]) assert.equal((await secretary.get(url)).statusCode, 403)
  for (const [url, body] of [
    ['/api/rubric-drafts', { id: newId(), rubric: 'x', title: '示例', from: { how: 'blank' } }],
    [`/api/rubric-drafts/${draft}/text`, { edition: 1, text: '' }],
    [`/api/rubric-drafts/${draft}/version`, { edition: 1 }],
    ['/api/rubrics/preview', { text: '' }],
  ] as const)
    assert.equal((await secretary.post(url, body)).statusCode, 403)
  assert.equal((await desk.get(`/api/rubric-drafts/${newId()}`)).statusCode, 404)
  assert.equal(
    (await desk.post('/api/rubric-drafts', { id: newId(), rubric: 'x', title: '示例', from: { how: 'copy', rubric: 'none', version: 1 } })).statusCode,
    404,
  )
  assert.equal((await desk.get('/api/rubrics/model-2024/diff?version=1&before=7')).statusCode, 404)
})
