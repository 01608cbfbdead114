// The time that somebody is at a form.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeFilling } from './filling.ts'

test('[B2] a filling runs from the first key to the sending, a pause counts a minute at most, and the next begins anew', () => {
  let at = 0
  const filling = timeFilling(() => at)
  at = 500_000
  filling.touch()
  at += 10_000
  filling.touch()
  at += 3_600_000
  filling.touch()
  at += 5000
  assert.equal(filling.take(), 75)
  assert.equal(filling.take(), 1)
})
