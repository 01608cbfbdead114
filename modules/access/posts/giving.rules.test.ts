// Which posts may stand together, which are given by whom, and for how long: a table of cases.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { organisationPack } from '#modules/org/index.ts'
import { loadPacks } from '#server/app/pack.ts'
import { partOf } from '#server/kit/pack.ts'
import { daysProblem, delegationDaysProblem, exclusion, isAppointed, isDelegable, isOfficerPost } from './giving.rules.ts'

loadPacks(join(import.meta.dirname, '../../../packs'))
const kinds = partOf({ pack: 'changzhi' }, organisationPack).posts
const officers = ['operator', 'security-officer', 'auditor']

test('each of the three officers excludes every other post of the pack, both ways; all others go together', () => {
  assert.deepEqual(
    kinds.filter(({ id }) => isOfficerPost(kinds, id)).map(({ id }) => id),
    officers,
  )
  for (const wanted of kinds)
    for (const has of kinds) {
      const excluded = wanted.id !== has.id && (officers.includes(wanted.id) || officers.includes(has.id))
      const told = exclusion(kinds, wanted.id, [has.id])
      assert.equal(told !== null, excluded, `${wanted.id} beside ${has.id}`)
      if (told !== null) assert.match(told, new RegExp(has.name.replace(/[()（）]/g, '.')))
    }
})

test('whoever has nothing, or the same post already, is excluded from nothing', () => {
  for (const { id } of kinds) {
    assert.equal(exclusion(kinds, id, []), null)
    assert.equal(exclusion(kinds, id, [id, id]), null)
  }
})

test('the officer among many posts is the one that is named', () => {
  assert.match(exclusion(kinds, 'desk', ['secretary', 'auditor']) ?? '', /安全审计员/)
})

test('posts of the city, the county desk and the hotline’s handlers are appointed, posts of bodies are delegated, officers’ never', () => {
  const ids = (fits: (kind: (typeof kinds)[number]) => boolean) => kinds.filter(fits).map(({ id }) => id)
  assert.deepEqual(
    ids(isAppointed),
    ids(({ id, of }) => of === 'tenant' || id === 'county-desk' || id === 'hotline-handler'),
  )
  assert.deepEqual(
    ids(isDelegable),
    ids(({ of }) => of !== 'tenant'),
  )
  assert.equal(isDelegable({ id: 'x', name: 'x', of: 'unit', officer: true }), false)
})

const today = '2024-12-20'
for (const [from, until, field] of [
  ['2024-12-20', '2024-12-20', null],
  ['2024-12-20', '2025-12-20', null],
  ['2024-12-20', '2025-12-21', '/until'],
  ['2025-02-01', '2026-01-31', null],
  ['2024-12-19', '2024-12-25', '/from'],
  ['2024-12-25', '2024-12-24', '/until'],
  ['2025-02-29', '2025-03-01', '/from'],
  ['2025-02-01', '2025-02-30', '/until'],
  ['2026-06-01', '2026-06-02', '/from'],
] as const)
  test(`a delegation from ${from} until ${until}: ${field === null ? 'is right' : `is wrong at ${field}`}`, () =>
    assert.equal(delegationDaysProblem({ from, until }, today)?.field ?? null, field))

test('an appointment may have no end, or one beyond a year', () => {
  assert.equal(daysProblem({ from: today, until: null }, today), null)
  assert.equal(daysProblem({ from: today, until: '2030-01-01' }, today), null)
})
