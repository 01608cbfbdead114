// Rubrics over HTTP: list, structure in words, check of a text, catalogue without SQL.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ledgerCity } from '#test/ledger-city.ts'
import type { BlockLine, ItemLine, RubricPage, RubricRow } from './rubric.contract.ts'

const { as } = await ledgerCity()
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
