// Working days: 调休 makes working Sundays and free Mondays.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { addDays } from './dates.ts'
import { isWorkingDay, workingDaysAfter } from './working-days.ts'

test('a Sunday before a long holiday is a working day, the holiday’s Monday is not', () => {
  assert.deepEqual(['2024-02-04', '2024-02-12', '2024-10-07', '2024-10-12', '2024-12-21'].map(isWorkingDay), [true, false, false, true, false])
})
test('five working days after a Friday end on the next Friday; over the Spring Festival they take longer', () => {
  assert.equal(workingDaysAfter('2024-12-20', 5), '2024-12-27')
  assert.equal(workingDaysAfter('2024-02-08', 5), '2024-02-21')
  assert.equal(workingDaysAfter('2024-12-27', 3), '2025-01-02')
})
test('the n-th working day has n working days up to it, and is one itself', () => {
  for (const days of [1, 2, 5, 10, 23]) {
    for (let date = '2024-01-25'; date < '2024-02-20'; date = addDays(date, 1)) {
      const end = workingDaysAfter(date, days)
      let count = 0
      for (let at = addDays(date, 1); at <= end; at = addDays(at, 1)) count += isWorkingDay(at) ? 1 : 0
      assert.deepEqual([count, isWorkingDay(end)], [days, true], `${date} + ${days}`)
    }
  }
})
test('the time zone of the server changes nothing', () => {
  const program =
    "import { isWorkingDay, workingDaysAfter } from '#base/working-days.ts'; console.log(isWorkingDay('2024-02-04'), workingDaysAfter('2024-12-20', 5))"
  for (const TZ of ['America/New_York', 'UTC', 'Asia/Shanghai', 'Pacific/Auckland']) {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: import.meta.dirname,
      env: { ...process.env, TZ },
      encoding: 'utf8',
    })
    assert.equal(stdout, 'true 2024-12-27\n', TZ)
  }
})
