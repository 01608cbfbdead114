// What the pages of approval say and offer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actWords, formsOf, toneOf } from './approval-view.ts'

test('what was done is said by its step, and a return as one', () => {
  assert.deepEqual(
    [
      { step: 'check', verdict: 'pass' },
      { step: 'sign', verdict: 'return' },
      { step: 'notice', verdict: 'return' },
      { step: 'opinions', verdict: 'disagree' },
      { step: 'opinions', verdict: 'pass' },
      { step: 'released', verdict: 'recall' },
      { step: 'draft', verdict: 'withdraw' },
    ].map(actWords),
    ['审核通过', '签批退回', '公示退回', '不同意', '不等意见，继续办理', '撤回发布', '撤稿'],
  )
})
test('every step offers to pass it and to send the paper back; only the way back needs a reason', () => {
  for (const deed of ['check', 'sign', 'meeting', 'secrecy', 'release'] as const) {
    const forms = formsOf([deed], undefined)
    assert.deepEqual(
      forms.map(({ label, reason }) => [label === '退回', reason.required]),
      [
        [false, false],
        [true, true],
      ],
      deed,
    )
    assert.equal(forms[0]?.asksMeeting, deed === 'meeting')
  }
})
test('disagreeing, going on without opinions and recalling need a reason; answers stand beside their objections', () => {
  const required = formsOf(['opinion', 'end-opinions', 'recall', 'answer', 'resubmit', 'withdraw'], 'joint-discipline')
    .filter(({ reason }) => reason.required)
    .map(({ label }) => label)
  assert.deepEqual(required, ['不同意', '不等意见，继续办理', '退回', '撤回发布'])
})
test('only a release is green', () => {
  assert.deepEqual((['check', 'draft', 'released', 'recalled', 'withdrawn', 'notice'] as const).map(toneOf), ['soon', 'bad', 'good', 'bad', 'off', 'soon'])
})
