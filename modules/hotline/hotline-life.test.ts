// The life cycle as a whole, who is called back, and clocks over 调休, without a database.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { isWorkingDay } from '#base/working-days.ts'
import { organisationPack } from '#modules/org/index.ts'
import { loadPacks } from '#server/app/pack.ts'
import { partOf } from '#server/kit/pack.ts'
import { type State, stateNames } from './hotline.contract.ts'
import { hotlineOf } from './hotline.pack.ts'
import { citizensDue, isSampled, seedOf } from './hotline-life.service.ts'
import { actionOf, lifecycle } from './hotline-steps.rules.ts'

loadPacks(join(import.meta.dirname, '../../packs'))
const pack = hotlineOf({ pack: 'changzhi' })
const steps = Object.values(lifecycle)
const ends: State[] = ['archived', 'merged', 'dropped']

/** States that can be reached from some, by `edges`. */
function reached(from: readonly State[], edges: (state: State) => readonly State[]): Set<State> {
  const found = new Set(from)
  for (const state of found) for (const next of edges(state)) found.add(next)
  return found
}
const onward = (state: State): State[] => steps.filter(({ from }) => from.includes(state)).flatMap(({ to }) => to)
const states = Object.keys(stateNames) as State[]

test('[H1] every state is reached from the first, and an end from every state', () => {
  assert.deepEqual([...reached(['received'], onward)].toSorted(), states.toSorted())
  for (const state of states)
    assert.ok(
      [...reached([state], onward)].some((one) => ends.includes(one)),
      state,
    )
})

test('[H1] the ends are ends: nothing leads out of them but a citizen’s word on what was archived', () => {
  for (const end of ends) assert.deepEqual(onward(end), [], end)
})

test('[H2] every step is made by somebody: a post of the pack gives it, a citizen makes it or the system', () => {
  const given = new Set(partOf({ pack: 'changzhi' }, organisationPack).posts.flatMap(({ may }) => may as string[]))
  for (const [id, { by }] of Object.entries(lifecycle))
    assert.ok(
      by.some((side) => side === 'citizen' || side === 'system' || given.has(actionOf[side] ?? '')),
      id,
    )
})

test('[H6] nobody who handles, answers or sends may also call back', () => {
  for (const { id, may } of partOf({ pack: 'changzhi' }, organisationPack).posts)
    if ((may as string[]).includes('hotline.call-back'))
      for (const other of ['hotline.handle', 'hotline.dispatch', 'hotline.take']) assert.ok(!(may as string[]).includes(other), id)
})

test('[H6] who is called follows from the day’s seed and the number alone: the same for everybody, 30 of 100 of those asked for advice, everyone else', () => {
  const numbers = Array.from({ length: 20_000 }, (_, index) => String(20241220000000 + index))
  const sampled = numbers.filter((number) => isSampled(pack, { class: 'consultation', number }, '2024-12-20'))
  assert.ok(Math.abs(sampled.length / numbers.length - 0.3) < 0.012, String(sampled.length))
  assert.equal(seedOf('2024-12-20'), '12345/2024-12-20')
  // As anyone can check: printf '12345/2024-12-20/20241220000000' | sha256sum begins with 9bd17ba4, which is 0.6087 of 2^32.
  assert.equal(isSampled(pack, { class: 'consultation', number: '20241220000000' }, '2024-12-20'), false)
  assert.notDeepEqual(
    sampled,
    numbers.filter((number) => isSampled(pack, { class: 'consultation', number }, '2024-12-21')),
  )
  assert.ok(numbers.every((number) => isSampled(pack, { class: 'ordinary', number }, '2024-12-20')))
})

test('[H4] working days of a clock follow the State Council’s calendar: the working Sunday before the Spring Festival counts, its days off don’t', () => {
  const due = (classId: string, at: string) => citizensDue(pack, classId, new Date(at), isWorkingDay)
  // Friday 2 February 2024; Sunday the 4th is worked, 10 to 17 are off, Sunday the 18th is worked.
  assert.equal(due('ordinary', '2024-02-02T01:00:00Z'), '2024-02-18T15:59:59.000Z')
  assert.equal(due('utility', '2024-02-10T20:00:00Z'), '2024-02-14T15:59:59.000Z', 'calendar days run through the holiday')
})
