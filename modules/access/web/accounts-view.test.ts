import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byAction, detailOf, reachOf, stateOf } from './accounts-view.ts'

test('a reach is said in numbers of each kind; an officer’s is none of content', () => {
  const kinds = [
    { name: '机关党委', count: 1 },
    { name: '党支部', count: 12 },
  ]
  assert.equal(reachOf({ city: false, officer: false, kinds }), '1 个机关党委、12 个党支部')
  assert.equal(reachOf({ city: true, officer: false, kinds }), '全市 1 个机关党委、12 个党支部')
  assert.match(reachOf({ city: true, officer: true, kinds: [] }), /看不到业务内容/)
  assert.equal(reachOf({ city: false, officer: false, kinds: [] }), '已不存在的组织')
})

test('each action names the posts that give it, and one that none gives is left out', () => {
  const post = (name: string, may: string[]) => ({ id: name, name, of: 'unit' as const, officer: false, appointed: false, may })
  const actions = ['read', 'export', 'nobody'].map((id) => ({ id, words: id }))
  assert.deepEqual(byAction(actions, [post('甲', ['read', 'export']), post('乙', ['read'])]), [
    { id: 'read', words: 'read', posts: ['甲', '乙'] },
    { id: 'export', words: 'export', posts: ['甲'] },
  ])
})

test('people of one name are told apart, and accounts by their state', () => {
  assert.equal(detailOf({ org: '第一党支部', posts: [{ post: '书记', body: '第一党支部' }] }), '第一党支部，第一党支部书记')
  assert.match(detailOf({ org: null, posts: [] }), /没有/)
  assert.deepEqual(
    [stateOf({ active: false, mustChange: true }), stateOf({ active: true, mustChange: true }), stateOf({ active: true, mustChange: false })].map(
      ({ text }) => text,
    ),
    ['已停用', '待改初始密码', '在用'],
  )
})
