// How duties are told: states, shares, holders.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerOf, fulfilled, holdersText, partsOf } from './duty-view.ts'

const none = { done: 0, open: 0, soon: 0, late: 0, nobody: 0, standing: 0 }

test('continuous duties are in no share; a share without duties is a dash', () => {
  assert.deepEqual(fulfilled({ ...none, done: 3, late: 1, standing: 9 }), { done: 3, of: 4, share: '75.00%' })
  assert.equal(fulfilled({ ...none, standing: 9 }).share, '—')
  assert.deepEqual(
    partsOf({ ...none, done: 3, nobody: 1, standing: 9 }).map(({ state, width }) => `${state} ${width}`),
    ['nobody 25%', 'done 75%'],
  )
})

test('a holder whose name is out of sight is told as there, nobody as nobody', () => {
  assert.equal(holdersText([]), '无人担任')
  assert.equal(holdersText([null]), '在任（姓名不在您的范围内）')
  assert.equal(holdersText(['王建国', null, null]), '王建国、另有 2 人')
})

test('the answer counts what is late first', () => {
  assert.equal(answerOf([{ state: 'done' }, { state: 'late' }, { state: 'soon' }, { state: 'soon' }]), '1 项逾期，2 项快到期，1 项已落实')
  assert.equal(answerOf([{ state: 'standing' }]), '都是常态责任，没有期限')
})
