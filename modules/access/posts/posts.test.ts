// 岗位与权限 over HTTP: one's own posts with what they reach, counted; who exercises which post in one's reach.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions } from '#modules/org/index.ts'
import { officersCity } from '#test/officers-city.ts'

const city = await officersCity()
type Login = Parameters<typeof city.as>[0]
const read = async (login: Login) => (await (await city.as(login)).get('/api/posts')).json()
const people = async (login: Login, query = '') => (await city.as(login)).get(`/api/posts/people${query}`)

test('everyone signed in reads what each post of the pack may do, in words', async () => {
  for (const login of ['secretary', 'auditor'] as const) {
    const { actions: words, posts } = await read(login)
    assert.deepEqual(
      words,
      Object.entries(actions).map(([id, text]) => ({ id, words: text })),
    )
    assert.ok(posts.length > 15 && posts.every(({ may }: { may: string[] }) => may.length > 0 && may.every((id) => id in actions)))
  }
})

test('one’s own posts tell how many bodies of each kind they reach', async () => {
  const of = async (login: Login, post: string) => (await read(login)).mine.find(({ id }: { id: string }) => id === post)
  const kinds = (own: { kinds: { name: string; count: number }[] }) => Object.fromEntries(own.kinds.map(({ name, count }) => [name, count]))
  const committee = await of('committee', 'secretary')
  assert.deepEqual([committee.body, committee.city, kinds(committee)], ['示例市局机关党委', false, { 机关党委: 1, 党支部: 2 }])
  assert.deepEqual(kinds(await of('secretary', 'secretary')), { 党支部: 1 })
  assert.deepEqual(kinds(await of('county', 'county-desk')), { 单位: 2, 县区工委: 1, 党支部: 1 })
  const desk = await of('desk', 'desk')
  assert.deepEqual([desk.city, kinds(desk)], [true, { 单位: 3, 市直工委: 1, 机关党委: 1, 县区工委: 1, 党支部: 3 }])
  const auditor = await of('auditor', 'auditor')
  assert.deepEqual([auditor.officer, auditor.kinds], [true, []])
})

test('people and posts are listed of one’s reach alone, by name, page by page', async () => {
  const names = async (login: Login, query = '') =>
    (await people(login, query)).json().rows.map((row: { person: string; body: { name: string } }) => `${row.body.name} ${row.person}`)
  assert.deepEqual(
    (await names('committee')).sort(),
    ['示例市局机关党委 赵敏', '示例市局第一党支部 李明', '示例市局第一党支部 王建国', '示例市局第二党支部 杨帆'].sort(),
  )
  assert.deepEqual(await names('committee', `?q=${encodeURIComponent('杨')}`), ['示例市局第二党支部 杨帆'])
  assert.deepEqual(await names('county'), ['示例镇党支部 钱丽'])
  assert.equal((await people('desk')).json().total.count, 5)
  const seen: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: { rows: { id: string }[]; next: string | null } = (await people('desk', `?limit=2${next === '' ? '' : `&after=${next}`}`)).json()
    seen.push(...page.rows.map(({ id }) => id))
    next = page.next
  }
  assert.deepEqual([seen.length, new Set(seen).size], [5, 5])
  for (const login of ['operator', 'security', 'auditor'] as const) assert.equal((await people(login)).statusCode, 403)
  assert.equal((await people('desk', '?after=abc')).statusCode, 422)
})
