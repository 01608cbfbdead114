// Imports over HTTP: who may, every mistake with its place, all or nothing, the same file twice, broken files.
import assert from 'node:assert/strict'
import test from 'node:test'
import { writeXlsx } from 'hucre/xlsx'
import { type Caller, orgCity } from '#test/org-city.ts'

const city = await orgCity()
const { org } = city
const desk = await city.as('desk')

interface Ask {
  kind?: string
  on?: string
  name?: string
  mapping?: object
}
const query = ({ kind = 'members', on = '2024-01-01', name = '名册.csv', mapping }: Ask) =>
  new URLSearchParams({ kind, on, name, ...(mapping === undefined ? {} : { mapping: JSON.stringify(mapping) }) }).toString()
const bytes = (file: string | Uint8Array) => (typeof file === 'string' ? new TextEncoder().encode(file) : file)
const preview = (file: string | Uint8Array, ask: Ask = {}, who: Caller = desk) => who.upload(`/api/org/imports/preview?${query(ask)}`, bytes(file))
const apply = (file: string | Uint8Array, ask: Ask = {}, who: Caller = desk) => who.upload(`/api/org/imports?${query(ask)}`, bytes(file))
const count = async (table: string): Promise<number> => (await city.owner.query(`select count(*)::int as n from org.${table}`)).rows[0].n
const problems = async (file: string, ask: Ask = {}) =>
  (await preview(file, ask)).json().errors.map((one: { line: number; column: string }) => `${one.line} ${one.column}`)

const roll =
  '姓名,性别,出生年月,所在党支部,党员类别,进入当前党支部日期\n赵示例,男,1985年3月,示例市局第一党支部,正式党员,2023/5/1\n钱示例,女,1999-07,示例街道党支部,预备党员,\n'

test('a branch secretary and a deputy import nothing', async () => {
  for (const login of ['secretary', 'deputy'] as const) {
    assert.equal((await preview(roll, {}, await city.as(login))).statusCode, 403)
    assert.equal((await apply(roll, {}, await city.as(login))).statusCode, 403)
  }
  assert.equal((await (await city.as('secretary')).get('/api/org/imports')).statusCode, 403)
})

test('a preview recognises the columns and writes nothing', async () => {
  const before = await count('person')
  const reply = await preview(roll)
  assert.equal(reply.statusCode, 200, reply.body)
  assert.deepEqual(
    reply.json().columns.map((column: { field: string }) => column.field),
    ['name', 'sex', 'birth', 'partyOrg', 'kind', 'from'],
  )
  assert.deepEqual([reply.json().counts, reply.json().errorCount], [{ created: 2, changed: 0, unchanged: 0 }, 0])
  assert.equal(await count('person'), before)
})

test('a file is imported whole; the same again has no effect, the same rows in another file are left as they are', async () => {
  const first = await apply(roll)
  assert.equal(first.statusCode, 200, first.body)
  assert.equal(first.json().before, false)
  const people = await count('person')
  const again = await apply(roll)
  assert.deepEqual([again.json().before, again.json().importId], [true, first.json().importId])
  const other = await apply(`${roll}孙示例,男,1970,示例街道党支部,正式党员,\n`)
  assert.deepEqual(other.json().counts, { created: 1, changed: 0, unchanged: 2 })
  assert.equal(await count('person'), people + 1)
  const { rows } = await city.owner.query(
    `select p.birth_year, m.valid_from::text, m.kind from org.person p join org.membership m using (tenant_id, person_id) where p.name = '赵示例'`,
  )
  assert.deepEqual(rows, [{ birth_year: 1985, valid_from: '2023-05-01', kind: 'full' }])
  const { rows: known } = await city.owner.query(
    `select distinct m.known_from from org.membership m join org.person p using (tenant_id, person_id) where p.name in ('赵示例', '钱示例')`,
  )
  assert.deepEqual(
    known.map((row) => row.known_from),
    [first.json().importedAt],
    'all rows become known at one moment, the end of the import',
  )
  assert.equal((await desk.get('/api/org/imports')).json().rows.length, 2)
  const { rows: audit } = await city.owner.query(`select detail from audit.entry where action = 'org.import' order by at limit 1`)
  assert.deepEqual(audit[0].detail, { kind: 'members', rows: 2, created: 2, changed: 0, unchanged: 0 })
})

test('a probationary member becomes full by a later file, never the other way', async () => {
  const file = (kind: string) => `姓名,所在党支部,党员类别\n钱示例,示例街道党支部,${kind}\n`
  assert.deepEqual((await apply(file('正式党员'), { on: '2024-09-01' })).json().counts, { created: 0, changed: 1, unchanged: 0 })
  const kind = async (on: string) => (await desk.get(`/api/org/party-orgs/${org.town}/members?q=${encodeURIComponent('钱示例')}&on=${on}`)).json().rows[0].kind
  assert.deepEqual([await kind('2024-08-31'), await kind('2024-09-01')], ['probationary', 'full'])
  assert.deepEqual(await problems(file('预备党员')), ['2 党员类别'])
})

test('every wrong cell is told with its line and column, and not one row is imported', async () => {
  const before = await count('person')
  const head = '姓名,性别,出生年月,所在党支部,党员类别,转入日期\n'
  const good = '周示例,男,1980,示例街道党支部,正式党员,2023-01-01\n'
  const wrong: [string, string][] = [
    [',男,1980,示例街道党支部,正式党员,', '姓名'],
    ['周一,雄,1980,示例街道党支部,正式党员,', '性别'],
    ['周一,男,去年,示例街道党支部,正式党员,', '出生年月'],
    ['周一,男,2020,示例街道党支部,正式党员,', '出生年月'],
    ['周一,男,1980,没有的支部,正式党员,', '所在党支部'],
    ['周一,男,1980,示例市局机关党委,正式党员,', '所在党支部'],
    ['周一,男,1980,示例街道党支部,群众,', '党员类别'],
    ['周一,男,1980,示例街道党支部,,', '党员类别'],
    ['周一,男,1980,示例街道党支部,正式党员,2023-02-29', '转入日期'],
    ['周一,男,1980,示例街道党支部,正式党员,2025-01-01', '转入日期'],
    ['周一,男,1980,示例街道党支部,正式党员,2019-01-01', '转入日期'],
    ['周一,男,1980,示例街道党支部,正式党员,明天', '转入日期'],
    [`${'长'.repeat(101)},男,1980,示例街道党支部,正式党员,`, '姓名'],
    [good.trim(), '姓名'],
  ]
  for (const [row, column] of wrong) {
    const file = `${head}${good}${row}\n`
    assert.deepEqual(await problems(file), [`3 ${column}`], row)
    const reply = await apply(file)
    assert.equal(reply.statusCode, 422)
    assert.equal(reply.json().issues[0].field, `/line/3/${column}`)
  }
  assert.equal(await count('person'), before)
})

test('identity-card numbers are never taken: such a column is ignored, its values are not shown', async () => {
  const reply = await preview('姓名,公民身份号码,联系方式,所在党支部,党员类别\n吴示例,140402198001011234,140402198001011234,示例街道党支部,正式党员\n')
  assert.deepEqual(
    reply.json().columns.map((column: { field: string | null }) => column.field),
    ['name', null, null, 'partyOrg', 'kind'],
  )
  assert.doesNotMatch(reply.body, /140402198001011234/)
  const late = `姓名,所在党支部,党员类别\n${Array.from({ length: 250 }, (_, at) => `甲${at},示例街道党支部,正式党员\n`).join('')}140402198001011234,示例街道党支部,正式党员\n`
  const told = (await preview(late)).json().errors.find((one: { line: number }) => one.line === 252)
  assert.deepEqual([told.column, told.value], ['姓名', ''])
})

test('a column that is called otherwise can be named by hand; a required one that is missing is told', async () => {
  const file = '名,所在党支部,党员类别\n郑示例,示例街道党支部,正式党员\n'
  assert.deepEqual(await problems(file), ['1 姓名'])
  assert.equal((await preview(file, { mapping: { 0: 'name' } })).json().errorCount, 0)
  assert.equal((await preview(file, { mapping: { 0: 'name', 1: 'name' } })).statusCode, 422)
  assert.equal((await preview(file, { mapping: { 0: 'salary' } })).statusCode, 422)
  assert.equal((await desk.upload(`/api/org/imports/preview?${query({})}&mapping=%7B`, bytes(file))).statusCode, 422)
})

test('xlsx is read with its dates, gb18030 csv with its characters', async () => {
  const xlsx = await writeXlsx({
    sheets: [
      {
        name: '名册',
        rows: [['示例市党员名册'], ['姓名', '所在党支部', '党员类别', '转入日期'], ['冯示例', '示例街道党支部', '正式党员', new Date('2022-03-04')]],
      },
    ],
  })
  const reply = await preview(xlsx)
  assert.deepEqual(
    [reply.json().errorCount, reply.json().sample[0]],
    [0, { line: 3, cells: ['冯示例', '示例街道党支部', '正式党员', '2022-03-04'] }],
    reply.body,
  )
  const gb = Buffer.concat([
    Buffer.from('c3fb2c', 'hex'),
    Buffer.from('cbf9d4dab5b3d6a7b2bf2cb5b3d4b1c0e0b1f00a', 'hex'),
    Buffer.from('b7eb2cbbb52cbbb50a', 'hex'),
  ])
  assert.deepEqual(
    (await preview(gb)).json().columns.map((column: { header: string }) => column.header),
    ['名', '所在党支部', '党员类别'],
  )
})

test('csv with semicolons or tabs, after a title, is read as one with commas; a quote that is never closed is told with its line', async () => {
  for (const separator of [';', '\t', ',']) {
    const rows = [
      ['姓名', '所在党支部', '党员类别', '转入日期'],
      ['"冯示例"', '示例街道党支部', '正式党员', '2022-03-04'],
    ]
    const reply = await preview(Buffer.from(`\uFEFF示例市党员名册\r\n${rows.map((row) => row.join(separator)).join('\r\n')}\r\n`))
    assert.deepEqual(reply.json().sample[0], { line: 3, cells: ['冯示例', '示例街道党支部', '正式党员', '2022-03-04'] }, reply.body)
  }
  const broken = await preview(Buffer.from('姓名,所在党支部\n冯示例,"示例街道党支部\n郑示例,示例街道党支部\n'))
  assert.equal(broken.statusCode, 422)
  assert.match(broken.json().issues[0].message, /第 2 行的双引号没有配对/)
})

test('broken, foreign, empty and oversized files are refused with what to do', async () => {
  const xlsx = await writeXlsx({
    sheets: [
      {
        name: 'a',
        rows: [
          ['姓名', '所在党支部'],
          ['a', 'b'],
        ],
      },
    ],
  })
  const files: [string, Uint8Array | string, number][] = [
    ['empty', '', 422],
    ['header only', '姓名,所在党支部,党员类别\n', 422],
    ['binary', new Uint8Array([1, 0, 2, 0, 3]), 422],
    ['cut xlsx', xlsx.slice(0, Math.floor(xlsx.length / 2)), 422],
    ['zip signature alone', new Uint8Array([0x50, 0x4b, 3, 4]), 422],
    ['old xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), 422],
    ['too many rows', `姓名,所在党支部\n${'a,b\n'.repeat(100_001)}`, 422],
    ['too big', new Uint8Array(20 * 1024 * 1024 + 1), 413],
  ]
  for (const [what, file, status] of files) {
    const reply = await preview(file)
    assert.equal(reply.statusCode, status, `${what}: ${reply.body.slice(0, 200)}`)
    assert.match(reply.json().message, /。$/, what)
  }
})

test('Party organisations come with their parents in any order; circles and twins are told', async () => {
  const head = '组织名称,组织类别,所属单位,上级党组织,成立日期\n'
  const file = `${head}示例新第一党支部,党支部,示例市中心,示例新党总支,2021-01-01\n示例新党总支,党总支,示例市中心,示例市直工委,2021-01-01\n`
  const reply = await apply(file, { kind: 'party-orgs' })
  assert.deepEqual(reply.json().counts, { created: 2, changed: 0, unchanged: 0 }, reply.body)
  const found = (await desk.get(`/api/org/party-orgs?q=${encodeURIComponent('新第一党支部')}`)).json().rows[0]
  assert.equal(found.parent.name, '示例新党总支')
  const ask = { kind: 'party-orgs' }
  assert.deepEqual(await problems(`${head}甲,党支部,示例市中心,乙,\n乙,党支部,示例市中心,甲,\n`, ask), ['2 上级党组织'])
  assert.deepEqual(await problems(`${head}丙,党支部,示例市中心,示例市直工委,\n丙,党支部,示例市中心,示例市直工委,\n`, ask), ['3 组织名称'])
  assert.deepEqual(await problems(`${head}示例新党总支,党支部,示例市中心,示例市直工委,\n`, ask), ['2 组织名称'])
  assert.deepEqual(await problems(`${head}丁,党小队,没有的单位,没有的上级,\n`, ask), ['2 上级党组织', '2 组织类别', '2 所属单位'])
})

test('units are checked for credit and division codes', async () => {
  const head = '单位名称,单位类型,考核类别,层级,上级单位,统一社会信用代码,行政区划代码,编制人数\n'
  const row = (credit: string, division: string, staff = '12') => `${head}示例导入局,事业单位,事业,市级,示例市局,${credit},${division},${staff}\n`
  const ask = { kind: 'units' }
  assert.deepEqual(await problems(row('91310115MA1H8R7C6D', '140400'), ask), ['2 统一社会信用代码'])
  assert.deepEqual(await problems(row('', '130400'), ask), ['2 行政区划代码'])
  assert.deepEqual(await problems(row('', '140400', '十二'), ask), ['2 编制人数'])
  assert.equal((await apply(row('11330800MB0R57773W', '140400'), ask)).statusCode, 200)
  assert.equal((await desk.get(`/api/org/units?q=${encodeURIComponent('导入局')}`)).json().rows[0].staff, 12)
})

test('two imports of one file at the same time have one effect', async () => {
  const file = '姓名,所在党支部,党员类别\n同时示例,示例街道党支部,正式党员\n'
  const replies = await Promise.all([apply(file), apply(file)])
  assert.deepEqual(replies.map((reply) => reply.json().before).sort(), [false, true], replies.map((reply) => reply.body).join())
  const { rows } = await city.owner.query(`select count(*)::int as n from org.person where name = '同时示例'`)
  assert.equal(rows[0].n, 1)
})
