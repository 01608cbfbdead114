// Marks over HTTP: who may, every mistake with its place, all or nothing, the same file twice, corrections with their history.
import assert from 'node:assert/strict'
import test from 'node:test'
import { writeXlsx } from 'hucre/xlsx'
import { newId } from '#base/ids.ts'
import { type Caller, orgCity } from '#test/org-city.ts'

const city = await orgCity()
const { unit } = city
const desk = await city.as('desk')
const bytes = (file: string | Uint8Array) => (typeof file === 'string' ? new TextEncoder().encode(file) : file)
const asked = (on: string, name: string) => new URLSearchParams({ on, name }).toString()
const preview = (file: string | Uint8Array, who: Caller = desk, on = '2024-12-01') =>
  who.upload(`/api/marks/imports/preview?${asked(on, '评分.csv')}`, bytes(file))
const imported = (file: string | Uint8Array, who: Caller = desk, on = '2024-12-01') => who.upload(`/api/marks/imports?${asked(on, '评分.csv')}`, bytes(file))
const rows = async () =>
  (
    await city.owner.query(
      `select item, value::text, given_by, given_group, given_on::text, known_until = 'infinity' as current from ledger.mark order by known_from, item, value`,
    )
  ).rows
const mark = (parts: object = {}) => ({
  id: newId(),
  subjectId: unit.bureau,
  item: 'interview',
  value: '92.50',
  by: '评委一',
  group: '领导',
  givenOn: '2024-12-01',
  ...parts,
})
const sheet = '单位名称,指标,得分,评委,组别,打分日期\n示例市局,joint,8.5,评委一,领导,2024/11/5\n示例市中心,joint,9,评委一,领导,\n'

test('whoever does not appraise writes no marks, and reads those of the scope alone', async () => {
  const secretary = await city.as('secretary')
  const own = mark({ item: 'scope' })
  assert.equal((await desk.post('/api/marks', own)).statusCode, 200)
  for (const reply of [await secretary.post('/api/marks', mark()), await preview(sheet, secretary), await imported(sheet, secretary)])
    assert.equal(reply.statusCode, 403)
  assert.deepEqual((await secretary.get('/api/marks')).json().rows, [])
  assert.equal((await secretary.get(`/api/marks/${own.id}`)).statusCode, 404)
  assert.deepEqual(
    (await desk.get('/api/marks?q=scope')).json().rows.map((row: { value: string; subjectName: string }) => [row.subjectName, row.value]),
    [['示例市局', '92.5']],
  )
})

test('the reviewer’s name is masked until it is asked for with a reason', async () => {
  const [row] = (await desk.get('/api/marks?q=scope')).json().rows
  assert.doesNotMatch(JSON.stringify(row), /评委一/)
})

test('a mark entered twice is one, a correction keeps what was, a withdrawal ends it', async () => {
  const given = mark()
  assert.deepEqual((await desk.post('/api/marks', given)).json(), { markId: given.id, repeated: false })
  assert.deepEqual((await desk.post('/api/marks', given)).json(), { markId: given.id, repeated: true })
  assert.equal((await desk.post('/api/marks', { ...given, id: newId() })).statusCode, 409)
  const next = { id: newId(), value: '90', group: '领导', reason: '登记时写错' }
  assert.equal((await desk.post(`/api/marks/${given.id}/correction`, next)).statusCode, 200)
  assert.deepEqual((await desk.post(`/api/marks/${given.id}/correction`, next)).json(), { markId: next.id, repeated: true })
  assert.equal((await desk.post(`/api/marks/${given.id}/correction`, { ...next, id: newId(), value: '91' })).statusCode, 409)
  const read = (await desk.get(`/api/marks/${next.id}`)).json()
  assert.deepEqual(
    read.versions.map((one: { value: string; reason: string; knownUntil: string | null }) => [one.value, one.reason, one.knownUntil === null]),
    [
      ['90', '登记时写错', true],
      ['92.5', '', false],
    ],
  )
  assert.equal((await desk.post(`/api/marks/${next.id}/withdrawal`, { reason: '重复' })).statusCode, 200)
  assert.deepEqual((await desk.post(`/api/marks/${next.id}/withdrawal`, { reason: '重复' })).json(), { markId: next.id, repeated: true })
  assert.equal((await desk.get(`/api/marks/${next.id}`)).json().current, false)
  assert.deepEqual((await desk.get('/api/marks?q=interview')).json().rows, [])
})

test('people read and write the pack’s name of what is marked, rubrics its id: by hand, from a file, in a search', async () => {
  const given = mark({ item: '群众满意度', by: '调查队' })
  assert.equal((await desk.post('/api/marks', given)).statusCode, 200)
  assert.deepEqual((await desk.post('/api/marks', { ...given, item: 'satisfaction' })).json(), { markId: given.id, repeated: true })
  assert.equal((await imported('单位名称,指标,得分,评委\n示例市局,自评,95,示例市局\n')).statusCode, 200)
  const found = async (q: string) =>
    (await desk.get(`/api/marks?q=${encodeURIComponent(q)}`)).json().rows.map((row: { item: string; itemName: string }) => [row.item, row.itemName])
  assert.deepEqual(await found('满意'), [['satisfaction', '群众满意度']])
  assert.deepEqual(await found('自评'), [['self-assessment', '自评']])
  assert.deepEqual(await found('scope'), [['scope', 'scope']])
})

test('a mark has a number, a day that is not to come and somebody who was there', async () => {
  for (const parts of [{ value: '九' }, { givenOn: '2024-12-21' }, { givenOn: '2024-02-30' }, { subjectId: newId() }]) {
    const { statusCode } = await desk.post('/api/marks', mark(parts))
    assert.ok(statusCode >= 400 && statusCode < 500, JSON.stringify(parts))
  }
})

test('a preview tells every mistake by line and column and writes nothing', async () => {
  const before = await rows()
  const wrong = `${sheet}没有的局,joint,8,评委一,,\n示例市局,,九十,,,2024-13-01\n示例市局,joint,8.6,评委一,,2024-11-05\n`
  const reply = await preview(wrong)
  assert.equal(reply.statusCode, 200, reply.body)
  assert.deepEqual(
    reply.json().errors.map(({ line, column }: { line: number; column: string }) => `${line} ${column}`),
    ['4 评分对象', '5 指标', '5 分值', '5 评分人', '5 日期', '6 评分人'],
  )
  assert.equal((await imported(wrong)).statusCode, 422)
  assert.deepEqual(
    (await preview('指标,得分\na,1\n')).json().errors.map(({ column }: { column: string }) => column),
    ['评分对象', '评分人'],
  )
  assert.deepEqual(await rows(), before)
})

test('a file is imported whole; the same again has no effect, and another corrects only what differs', async () => {
  assert.deepEqual((await preview(sheet)).json().counts, { created: 2, changed: 0, unchanged: 0 })
  const first = await imported(sheet)
  assert.equal(first.statusCode, 200, first.body)
  assert.deepEqual([first.json().before, first.json().counts], [false, { created: 2, changed: 0, unchanged: 0 }])
  const after = await rows()
  assert.equal((await imported(sheet)).json().before, true)
  assert.deepEqual(await rows(), after)
  const changed = await writeXlsx({
    sheets: [
      {
        name: '评分',
        rows: [
          ['单位', '指标', '分数', '评分人', '评分组', '日期'],
          ['示例市局', 'joint', 8.75, '评委一', '领导', '2024-11-05'],
          ['示例市中心', 'joint', 9, '评委一', '领导', '2024-12-01'],
        ],
      },
    ],
  })
  assert.deepEqual((await imported(changed)).json().counts, { created: 0, changed: 1, unchanged: 1 })
  assert.deepEqual(
    (await rows()).filter((row) => row.item === 'joint').map((row) => [row.value, row.given_on, row.current]),
    [
      ['8.5', '2024-11-05', false],
      ['9', '2024-12-01', true],
      ['8.75', '2024-11-05', true],
    ],
  )
})

test('the list is paged by day and filtered; the export is the filtered list', async () => {
  const first = (await desk.get('/api/marks?q=joint&limit=1')).json()
  assert.deepEqual([first.rows[0].givenOn, first.total], ['2024-12-01', { count: 2, capped: false }])
  const second = (await desk.get(`/api/marks?q=joint&limit=1&after=${first.next}`)).json()
  assert.deepEqual([second.rows[0].givenOn, second.next], ['2024-11-05', null])
  assert.equal((await desk.get('/api/marks?after=x')).statusCode, 422)
  const csv = (await desk.post('/api/marks/export', { q: 'joint', from: '2024-12-01' })).body
  assert.match(csv, /示例市中心,joint,9/)
  assert.doesNotMatch(csv, /示例市局/)
})
