// dajuan figures as an operator runs it: a process of its own on the database of the small ledger city.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { ledgerCity } from '#test/ledger-city.ts'

const city = await ledgerCity()
const { rows } = await city.owner.query('select current_database() as name')
const host = await city.owner.query(`select split_part(setting, ',', 1) as dir from pg_settings where name = 'unix_socket_directories'`)
const url = `postgresql://postgres@localhost:${(await city.owner.query('show port')).rows[0].port}/${rows[0].name}?host=${encodeURIComponent(host.rows[0].dir)}`

function dajuan(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, '..', 'cli.ts'), 'figures', ...args],
      { env: { ...process.env, DATABASE_URL: url } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err }),
    )
  })
}

test('the table shows every figure with its denominator and period, the JSON is that of the API', async () => {
  const { code, out } = await dajuan()
  assert.equal(code, 0)
  assert.match(out, /^changzhi {2}on 2024-12-20 {2}as of /)
  assert.match(out, /committees-with-discipline +0个 +0 \/ 1 /)
  assert.match(out, /tickets-received +not recorded/)
  const json = JSON.parse((await dajuan('changzhi', '--json', '--on', '2024-07-31')).out)
  const reply = (await (await city.as('desk')).get('/api/answers/changzhi/figures?on=2024-07-31')).json()
  const numbers = (sheet: { figures: { key: string; value: string | null; numerator: string | null; denominator: string | null; period: unknown }[] }) =>
    sheet.figures.map(({ key, value, numerator, denominator, period }) => ({ key, value, numerator, denominator, period }))
  assert.deepEqual(numbers(json), numbers(reply))
  assert.equal(json.on, '2024-07-31')
})

test('wrong words and days are a sentence and an exit code', async () => {
  const sheet = await dajuan('nothing')
  assert.deepEqual([sheet.code, sheet.out], [2, ''])
  assert.match(sheet.err, /no sheet "nothing"/)
  assert.equal((await dajuan('--on', '2024-02-30')).code, 1)
  assert.match((await dajuan('--as-of', 'tomorrow')).err, /不是时刻/)
  assert.match((await dajuan('--tenant', 'elsewhere')).err, /the tenants are changzhi/)
  assert.equal((await dajuan('--wrong')).code, 2)
  assert.doesNotMatch(sheet.err, /at .*\.ts:/)
})
