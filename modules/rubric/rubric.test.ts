// Rubrics over HTTP: list, structure in words, check of a text, catalogue without SQL.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { packOf } from '#server/kit/pack.ts'
import { ledgerCity } from '#test/ledger-city.ts'
import { lintPack } from './lint/lint.pack.ts'
import type { BlockLine, FindingRow, ItemLine, RubricPage, RubricRow } from './rubric.contract.ts'

const { as, owner } = await ledgerCity()
const [secretary, desk] = [await as('secretary'), await as('desk')]
const items = (blocks: BlockLine[]): ItemLine[] => blocks.flatMap((block) => [...block.items, ...items(block.blocks)])

test('the three rubrics of the pack are there from the start, unused', async () => {
  const { rubrics } = (await secretary.get('/api/rubrics')).json() as { rubrics: RubricRow[] }
  assert.deepEqual(
    rubrics.map(({ rubric, version, usedAt, subject }) => [rubric, version, usedAt, subject]),
    [
      ['branch-2024', 1, null, 'party-org'],
      ['clean-2024', 1, null, 'unit'],
      ['model-2024', 1, null, 'unit'],
    ],
  )
})
test('a rubric’s structure says each rule, note and class in words', async () => {
  const page = (await secretary.get('/api/rubrics/clean-2024')).json() as RubricPage
  const lines = items(page.blocks)
  assert.ok(lines.length >= 40)
  assert.match(lines.find(({ id }) => id === 'research_city')?.applies ?? '', /层级.*市级/)
  assert.equal(lines.find(({ id }) => id === 'on_time')?.rule, '满分3分，超期未换届的党组织每有1个扣1.5分')
  assert.ok(
    lines.every(({ rule, missing }) => rule !== '' && missing !== '' && !/[a-z]{3}/.test(rule)),
    'ids in rules',
  )
  assert.match(page.note, /示例/)
})
test('invented content is marked so in the note of each rubric', async () => {
  for (const id of ['model-2024', 'clean-2024', 'branch-2024']) assert.match(((await secretary.get(`/api/rubrics/${id}`)).json() as RubricPage).note, /示例/)
})
test('a text is checked with every mistake at its place; nothing is stored', async () => {
  const { text } = (await desk.get('/api/rubrics/branch-2024')).json() as RubricPage
  const good = (await desk.post('/api/rubrics/check', { text })).json()
  assert.deepEqual(good, { ok: true, diagnostics: [] })
  const bad = (
    await desk.post('/api/rubrics/check', { text: text.replace('record.theme-day', 'record.theme-dya').replace('missing: zero', 'missing: nought') })
  ).json() as { ok: boolean; diagnostics: { line: number; code: string }[] }
  assert.equal(bad.ok, false)
  assert.ok(bad.diagnostics.length > 0 && bad.diagnostics.every(({ line }) => line > 1))
  for (const text of ['', '{', 'rubric: [', '- 1\n- 2', '\u0000']) assert.equal((await desk.post('/api/rubrics/check', { text })).json().ok, false)
  assert.equal((await desk.post('/api/rubrics/check', { text: 'x'.repeat(500_001) })).statusCode, 422)
  assert.equal((await desk.post('/api/rubrics/check', {})).statusCode, 422)
})
test('the catalogue names sources and fields and shows no SQL', async () => {
  const reply = await secretary.get('/api/catalogue')
  const { sources } = reply.json() as { sources: { name: string; columns: { name: string; type: string }[] }[] }
  assert.ok(sources.find(({ name }) => name === 'record.theme-day')?.columns.some(({ name, type }) => name === 'present' && type === 'int'))
  assert.doesNotMatch(reply.body, /select|from ledger/)
})
test('a rubric or version that is not there is refused', async () => {
  assert.equal((await secretary.get('/api/rubrics/none')).statusCode, 404)
  assert.equal((await secretary.get('/api/rubrics/clean-2024?version=9')).statusCode, 404)
  assert.equal((await secretary.get('/api/rubrics/clean-2024?version=0')).statusCode, 422)
  assert.equal((await secretary.get('/api/rubrics/Clean')).statusCode, 422)
})

const uploads = '主题党日；每月最后两天前未上传的扣0.1分'
/** The text of branch-2024 with a note that the burden rules forbid. */
async function forbidden(): Promise<string> {
  const { text } = (await desk.get('/api/rubrics/branch-2024')).json() as RubricPage
  return text.replace(/^note: .*$/m, `note: ${uploads}`)
}

test('[lint] a text is held against the burden rules in force today, with the place and the document', async () => {
  const text = await forbidden()
  const { findings } = (await desk.post('/api/rubrics/lint', { text })).json() as { findings: FindingRow[] }
  const [first] = findings
  assert.deepEqual([first?.rule, first?.severity, first?.item, first?.field], ['upload-deadline', 'forbidden', '', 'note'])
  assert.ok(
    text
      .split('\n')
      [(first?.line ?? 0) - 1]?.slice((first?.column ?? 0) - 1)
      .startsWith('每月最后两天'),
  )
  assert.ok(first?.documents.some(({ name }) => name.includes('整治形式主义为基层减负若干规定')))
  for (const text of ['', '{', '- 1', '\u0000', 'x: ['.repeat(2000)]) assert.deepEqual((await desk.post('/api/rubrics/lint', { text })).json().findings, [])
  assert.equal((await secretary.post('/api/rubrics/lint', { text })).statusCode, 403)
})
test('[lint] the rubrics of the pack have nothing that the burden rules forbid or doubt', async () => {
  for (const id of ['model-2024', 'clean-2024', 'branch-2024']) {
    const { findings } = (await secretary.get(`/api/rubrics/${id}`)).json() as RubricPage
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'note'),
      [],
      id,
    )
  }
})
test('[lint] the signer reads what is forbidden, and it stops nothing unless the pack says so', async () => {
  const text = (await forbidden()).replace('version: 1', 'version: 2')
  await owner.query(
    `insert into rubric.definition (tenant_id, rubric_id, version, title, subject, text, hash, known_from)
     select tenant_id, rubric_id, 2, title, subject, $1, 'forbidden', known_from from rubric.definition where rubric_id = 'branch-2024'`,
    [text],
  )
  const order = () => ({ id: newId(), kind: 'rubric', subject: 'branch-2024.2', route: 'rubric', audience: 'system', note: '请审' })
  const { stops } = packOf({ pack: 'changzhi' }).part(lintPack)
  stops.push('forbidden')
  const refused = await desk.post('/api/approvals', order())
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /减负规定禁用/)
  stops.pop()
  const { paper } = (await desk.post('/api/approvals', order())).json() as { paper: string }
  const { summary } = (await desk.get(`/api/approvals/${paper}`)).json() as { summary: string[] }
  assert.ok(
    summary.some((one) => one.startsWith('减负检查：禁用1处')),
    summary.join('\n'),
  )
  assert.ok(
    summary.some((one) => one.includes('每月最后两天')),
    summary.join('\n'),
  )
})
