// Codes, dates and what looks like an identity card.
import assert from 'node:assert/strict'
import test from 'node:test'
import { creditCodeProblem, dateProblem, divisionCodeProblem, divisionPrefix, looksLikeIdentityCard } from './org.rules.ts'

test('valid credit codes pass (GB 32100)', () => {
  assert.equal(creditCodeProblem('91350100M000100Y43'), null)
  assert.equal(creditCodeProblem('11330800MB0R57773W'), null)
})

test('a wrong check character, length or letter of a credit code is told', () => {
  assert.match(creditCodeProblem('91310115MA1H8R7C6D') ?? '', /校验位/)
  assert.match(creditCodeProblem('91350100M000100Y4') ?? '', /17位/)
  assert.match(creditCodeProblem('91350100M000100I43') ?? '', /“I”/)
})

test('swapping any two neighbouring different characters of a credit code is noticed', () => {
  const code = '11330800MB0R57773W'
  for (let at = 0; at < 17; at += 1) {
    const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2)
    if (swapped !== code) assert.notEqual(creditCodeProblem(swapped), null, swapped)
  }
})

test('division codes have 6, 9 or 12 digits and begin as the parent does (GB/T 2260)', () => {
  assert.equal(divisionCodeProblem('140403', '140400'), null)
  assert.equal(divisionCodeProblem('140403001', '140403'), null)
  assert.equal(divisionCodeProblem('140403001001', '140403001'), null)
  assert.equal(divisionCodeProblem('140403', null), null)
  assert.match(divisionCodeProblem('140500', '140400') ?? '', /1404/)
  assert.match(divisionCodeProblem('140404001', '140403') ?? '', /140403/)
  assert.match(divisionCodeProblem('1404030', '140403') ?? '', /6、9或12位/)
  assert.deepEqual(['140000', '140400', '140403', '140403001'].map(divisionPrefix), ['14', '1404', '140403', '140403001'])
})

test('days that do not exist are told apart from days written wrongly', () => {
  assert.equal(dateProblem('2024-02-29'), null)
  assert.match(dateProblem('2023-02-29') ?? '', /没有这一天/)
  assert.match(dateProblem('2023/02/28') ?? '', /写作/)
  assert.match(dateProblem('1900-01-01') ?? '', /1921/)
})

test('identity-card numbers are recognised, phone numbers are not', () => {
  assert.equal(looksLikeIdentityCard('140402198001011234'), true)
  assert.equal(looksLikeIdentityCard('14040219800101123X'), true)
  assert.equal(looksLikeIdentityCard('13835512345'), false)
})
