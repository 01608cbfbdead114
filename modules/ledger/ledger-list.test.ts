// Lists of the ledger over HTTP: filter, search in Chinese, paging by key, export, and how many queries each takes.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { addDays } from '#base/dates.ts'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import type { RecordRow } from './ledger.contract.ts'

const city = await ledgerCity()
const { org, unit } = city
let deputy: Caller
let desk: Caller
let member: Caller

/** Enters a committee meeting of a body; these take no attendance and few fields. */
async function meeting(who: Caller, bodyId: string, change: Record<string, unknown> = {}): Promise<string> {
  const id = newId()
  const body = { id, kind: 'committee-meeting', bodyId, happenedOn: '2024-12-10', title: '支委会', fields: { agenda: '研究发展党员' }, ...change }
  const reply = await who.post('/api/records', body)
  assert.equal(reply.statusCode, 200, reply.body)
  return id
}
async function list(who: Caller, query: string): Promise<{ rows: RecordRow[]; next: string | null; total: { count: number; capped: boolean } | null }> {
  const reply = await who.get(`/api/records?${query}`)
  assert.equal(reply.statusCode, 200, reply.body)
  return reply.json()
}
const titles = async (who: Caller, query: string) => (await list(who, query)).rows.map((row) => row.title)
const q = (text: string) => `q=${encodeURIComponent(text)}`

before(async () => {
  deputy = await city.as('deputy')
  desk = await city.as('desk')
  member = await city.as('member')
  await meeting(deputy, org.first, { title: '研究主题党日方案', happenedOn: '2024-12-01' })
  await meeting(deputy, org.first, { title: '主题教育 推进会', happenedOn: '2024-11-01', fields: {} })
  await meeting(deputy, org.second, { title: 'ＡＢ岗轮换的支委会', happenedOn: '2024-10-01' })
  await meeting(deputy, org.committee, { title: '党委会研究干部培训', happenedOn: '2024-12-05' })
  await meeting(desk, org.county, { title: '县局支委会研究主题党日', happenedOn: '2024-12-06' })
  await desk.post('/api/records', {
    id: newId(),
    kind: 'visit',
    bodyId: unit.bureau,
    happenedOn: '2024-12-03',
    title: '走访农户',
    fields: { households: '12' },
  })
})

describe('what a reader sees', () => {
  test('the branch its own, the committee those below it and its unit’s, the desk all; newest first', async () => {
    assert.deepEqual(await titles(member, ''), ['研究主题党日方案', '主题教育 推进会'])
    assert.deepEqual(await titles(deputy, ''), ['党委会研究干部培训', '走访农户', '研究主题党日方案', '主题教育 推进会', 'ＡＢ岗轮换的支委会'])
    assert.equal((await list(desk, '')).total?.count, 6)
  })

  test('the row tells organisation, attendance and state', async () => {
    const [row] = (await list(member, 'state=incomplete')).rows
    assert.equal(row?.bodyName, '示例市局第一党支部')
    assert.deepEqual([row?.complete, row?.late, row?.due, row?.present], [false, true, null, null])
  })
})

describe('filters', () => {
  test('by kind, by organisation with all below it, from, to, late, incomplete', async () => {
    assert.deepEqual(await titles(desk, 'kind=visit'), ['走访农户'])
    assert.equal((await list(desk, `body=${org.committee}`)).rows.length, 5, 'the Party organisation, those below it, and the unit it is the first of')
    assert.equal((await list(desk, `body=${unit.bureau}`)).rows.length, 5, 'the unit with its Party organisations')
    assert.deepEqual(await titles(desk, 'from=2024-12-03&to=2024-12-05'), ['党委会研究干部培训', '走访农户'])
    assert.deepEqual(await titles(desk, 'state=late'), ['走访农户', '研究主题党日方案', '主题教育 推进会', 'ＡＢ岗轮换的支委会'])
    assert.deepEqual(await titles(desk, `state=incomplete&body=${org.first}`), ['主题教育 推进会'])
  })

  test('a foreign organisation’s records are not shown to who may not see them', async () => {
    assert.deepEqual(await titles(member, `body=${org.county}`), [])
  })

  test('each wrong one is named', async () => {
    for (const [query, field] of [
      ['from=2024-02-30', '/from'],
      ['to=2024-13-01', '/to'],
      ['state=good', '/state'],
      ['body=1', '/body'],
      ['limit=0', '/limit'],
      ['limit=101', '/limit'],
      ['limit=x', '/limit'],
      ['colour=red', '/colour'],
      ['after=zzz', '/after'],
      ['after=2024-02-30_00000000-0000-7000-8000-000000000000', '/after'],
    ]) {
      const reply = await desk.get(`/api/records?${query}`)
      assert.equal(reply.statusCode, 422, `${query}: ${reply.body}`)
      assert.ok(
        reply.json().issues.some((issue: { field: string }) => issue.field === field),
        reply.body,
      )
    }
  })
})

describe('search', () => {
  test('from two Chinese characters on, anywhere in the title', async () => {
    assert.deepEqual(await titles(desk, q('党日')), ['县局支委会研究主题党日', '研究主题党日方案'])
    assert.deepEqual(await titles(desk, q('主题党日')), ['县局支委会研究主题党日', '研究主题党日方案'])
    assert.deepEqual(await titles(desk, q('研究 主题')), ['县局支委会研究主题党日', '研究主题党日方案'])
    assert.deepEqual(await titles(desk, q('没有这个')), [])
  })

  test('one character is too few, and says so', async () => {
    const reply = await desk.get(`/api/records?${q('党')}`)
    assert.equal(reply.statusCode, 422)
    assert.deepEqual(reply.json().issues, [{ field: '/q', value: '党', message: '至少两个字' }])
    assert.equal((await desk.get(`/api/records?${q('主题 党')}`)).statusCode, 422)
  })

  test('the characters must stand together: pairs found apart are not a hit', async () => {
    assert.deepEqual(await titles(desk, q('党日主题')), [])
    assert.deepEqual(await titles(desk, q('支委会研究主题党日方案')), [])
  })

  test('full width, capitals and blanks make no difference', async () => {
    assert.deepEqual(await titles(desk, q('ab岗')), ['ＡＢ岗轮换的支委会'])
    assert.deepEqual(await titles(desk, q('教育推进会')), ['主题教育 推进会'])
  })

  test('a corrected title is found by its new words and no longer by its old ones', async () => {
    const id = await meeting(deputy, org.second, { title: '错字提标的会议', happenedOn: '2024-09-01' })
    await deputy.post(`/api/records/${id}/correction`, {
      version: 1,
      reason: '改错字',
      happenedOn: '2024-09-01',
      title: '改正标题的会议',
      fields: { agenda: '研究' },
    })
    assert.deepEqual(await titles(desk, q('改正标题')), ['改正标题的会议'])
    assert.deepEqual(await titles(desk, q('错字提标')), [])
  })

  test('signs with a meaning in SQL mean nothing', async () => {
    for (const text of ["%'", '__', '\\\\', "';--", '*)(']) assert.deepEqual(await titles(desk, q(text)), [])
  })
})

test('the months of a year, those without a record as 0, in the reader’s scope and filter', async () => {
  const reply = await member.get('/api/records/months')
  assert.equal(reply.headers['x-queries'], '3')
  const { months } = reply.json()
  assert.equal(months.length, 12)
  assert.deepEqual(months.slice(-3), [
    { month: '2024-10', count: 0 },
    { month: '2024-11', count: 1 },
    { month: '2024-12', count: 1 },
  ])
  const year = (await desk.get('/api/records/months?kind=visit&to=2025-03-01')).json().months
  assert.deepEqual(year.at(-1), { month: '2024-12', count: 1 }, 'no month is later than today')
  assert.deepEqual((await desk.get('/api/records/months?to=2020-02-29')).json().months[0], { month: '2019-03', count: 0 })
  assert.equal((await desk.get('/api/records/months?from=2024-02-30')).statusCode, 422)
})

describe('paging by key', () => {
  const day = '2023-05-01'
  test('shows every row once while rows are added and withdrawn between the pages', async () => {
    const made: string[] = []
    for (let i = 0; i < 25; i += 1) made.push(await meeting(deputy, org.second, { title: `第${i}次会议`, happenedOn: addDays(day, Math.floor(i / 5)) }))
    const filter = 'from=2023-05-01&to=2023-05-31&limit=7'
    const seen: RecordRow[] = []
    let page = await list(deputy, filter)
    assert.deepEqual(page.total, { count: 25, capped: false })
    seen.push(...page.rows)
    // One newer than everything, one among what was shown, one withdrawn of what was shown.
    await meeting(deputy, org.second, { title: '后来的会议', happenedOn: '2023-05-31' })
    await meeting(deputy, org.second, { title: '补上的会议', happenedOn: addDays(day, 4) })
    await deputy.post(`/api/records/${seen[0]?.recordId}/withdrawal`, { version: 1, reason: '重复登记' })
    while (page.next !== null) {
      page = await list(deputy, `${filter}&after=${page.next}`)
      assert.equal(page.total, null)
      seen.push(...page.rows)
    }
    const ids = seen.map((row) => row.recordId)
    assert.equal(new Set(ids).size, ids.length, 'no row twice')
    assert.ok(
      made.every((id) => ids.includes(id)),
      'no row left out',
    )
    const order = seen.map((row) => row.happenedOn)
    assert.deepEqual(order, [...order].sort().reverse())
  })

  test('each endpoint takes a known number of queries', async () => {
    assert.equal((await deputy.get('/api/records?limit=2')).headers['x-queries'], '4')
    assert.equal((await deputy.get('/api/records?kind=visit')).headers['x-queries'], '3')
    const { next } = await list(deputy, 'limit=2')
    assert.equal((await deputy.get(`/api/records?limit=2&after=${next}`)).headers['x-queries'], '3')
    assert.equal((await deputy.get(`/api/records?limit=2&body=${org.committee}`)).headers['x-queries'], '6')
    const [row] = (await list(deputy, 'limit=1')).rows
    assert.equal((await deputy.get(`/api/records/${row?.recordId}`)).headers['x-queries'], '5')
  })
})

describe('export', () => {
  test('is for those whose post gives it, holds what the filter finds, and leaves one audit entry', async () => {
    assert.equal((await member.post('/api/records/export', {})).statusCode, 403)
    const reply = await deputy.post('/api/records/export', { kind: 'visit' })
    assert.equal(reply.statusCode, 200)
    assert.equal(reply.headers['x-queries'], '4')
    assert.match(String(reply.headers['content-type']), /^text\/csv; charset=utf-8/)
    assert.match(String(reply.headers['content-disposition']), /^attachment; filename\*=UTF-8''%E7%BA%AA%E5%AE%9E\.csv$/)
    const lines = reply.body.split('\r\n')
    assert.equal(lines[0], '\ufeff日期,种类,标题,组织,地点,应到,实到,要素齐全,补录,编号')
    assert.match(lines[1] ?? '', /^2024-12-03,走访,走访农户,示例市局,,,,否,是,/)
    const { rows } = await city.owner.query(`select detail from audit.entry where action = 'record.export'`)
    assert.deepEqual(
      rows.map((row) => row.detail),
      [{ filter: { kind: 'visit' }, rows: 1 }],
    )
  })

  test('holds no formula that a spreadsheet would run', async () => {
    const tricks = ['=cmd|calc', '+1+1', '-2+3', '@SUM(A1)', '"引号",逗号']
    for (const [index, title] of tricks.entries())
      await meeting(deputy, org.second, { title, place: '=HYPERLINK("http://x")', happenedOn: `2022-01-0${index + 1}` })
    const { body } = await deputy.post('/api/records/export', { from: '2022-01-01', to: '2022-01-31' })
    const cells = body
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',').slice(2, 3).join())
    assert.ok(
      cells.every((cell) => !/^"?[=+\-@]/.test(cell)),
      cells.join('\n'),
    )
    assert.match(body, /"""引号"",逗号"/)
    assert.doesNotMatch(body, /,"?=HYPERLINK/)
  })

  test('of wrong filters is refused and leaves nothing', async () => {
    const { rows: before } = await city.owner.query('select count(*)::int as n from audit.entry')
    assert.equal((await deputy.post('/api/records/export', { from: '2024-02-30' })).statusCode, 422)
    assert.equal((await deputy.post('/api/records/export', { limit: 5 })).statusCode, 422)
    const { rows: after } = await city.owner.query('select count(*)::int as n from audit.entry')
    assert.deepEqual(after, before)
  })
})
