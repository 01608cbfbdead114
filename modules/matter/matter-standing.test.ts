// Clocks as moves lead from stage to stage: what rests goes on, what doesn't begins anew (M6).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWorkingDay } from '#base/working-days.ts'
import { begun, moved } from './matter.rules.ts'
import type { MatterKind } from './matter-kinds.contract.ts'

const kind: MatterKind = {
  ...{ name: '承诺', group: '实事', of: 'party-org', opened_by: 'owner', fields: [], form: [], moves: [], minutes: 5 },
  stages: [
    { id: 'promised', name: '待认领', clock: { within: 5, unit: 'days' } },
    { id: 'working', name: '办理中', clock: { within: 60, unit: 'days', goes_on: true } },
    { id: 'judged', name: '待评价', pauses: true, clock: { within: 15, unit: 'days' } },
    { id: 'done', name: '办结', end: 'done' },
  ],
}
const at = (date: string) => new Date(`${date}T10:00:00+08:00`)
const lastSecond = (date: string) => new Date(`${date}T23:59:59+08:00`)

test('[M6] a clock that may go on is its own where none rests before it, and what was left where one does', () => {
  const opened = begun(kind, at('2024-03-01'), null, isWorkingDay)
  assert.deepEqual(opened.dueAt, lastSecond('2024-03-06'))
  const working = moved(kind, opened, 'working', at('2024-03-02'), isWorkingDay)
  assert.deepEqual(working.dueAt, lastSecond('2024-05-01'))
  const judged = moved(kind, working, 'judged', at('2024-04-01'), isWorkingDay)
  assert.deepEqual([judged.dueAt, judged.paused], [lastSecond('2024-04-16'), true])
  const again = moved(kind, judged, 'working', at('2024-04-11'), isWorkingDay)
  assert.equal(
    (again.dueAt?.getTime() ?? 0) - at('2024-04-11').getTime(),
    Math.floor((lastSecond('2024-05-01').getTime() - at('2024-04-01').getTime()) / 60_000) * 60_000,
  )
  assert.equal(moved(kind, again, 'done', at('2024-04-12'), isWorkingDay).dueAt, null)
})
