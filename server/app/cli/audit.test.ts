// dajuan audit as an operator types it: verify, export, verify of the file without a database, exit codes.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { madeCity } from '#test/made-city.ts'

const city = await madeCity({
  units: { bureau: { name: '示例市局' } },
  orgs: {},
  people: { wang: ['王示例', 'wsl', null] },
  posts: [],
  accounts: { wang: { post: 'desk', org: null, person: 'wang' } },
})
for (let times = 0; times < 5; times += 1) await city.as('wang')
const { host, port, database } = city.owner as unknown as { host: string; port: number; database: string }
const url = `postgresql://postgres@localhost:${port}/${database}?host=${encodeURIComponent(host)}`

interface Ended {
  code: number
  out: string
  err: string
}
async function audit(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const given = { ...process.env, DATABASE_URL: url, DAJUAN_DATA: city.dataDir, ...env }
  return promisify(execFile)(process.execPath, [join(import.meta.dirname, '..', 'cli.ts'), 'audit', ...args], { env: given }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, out: error.stdout, err: error.stderr }),
  )
}
for (let tries = 0; tries < 100; tries += 1) {
  const { rows } = await city.owner.query('select (select count(*) from audit.entry) = (select count(*) from audit.link) as whole')
  if (rows[0]?.whole === true) break
  await new Promise((resolve) => setTimeout(resolve, 100))
}
const file = join(city.dataDir, 'chain.ndjson')
const key = join(city.dataDir, 'key.pem')
const nowhere = { DATABASE_URL: 'postgresql://nobody@localhost:1/none', DAJUAN_DATA: join(city.dataDir, 'elsewhere') }

test('a whole chain is told with its counts and the time it covers, from the database and from a file alone', async () => {
  const { code, out, err } = await audit(['verify'])
  assert.equal(code, 0, out + err)
  assert.match(out, /^changzhi: \d+ entries, 1 \(\d{4}-.*Z\) to \d+ \(.*\); 2 checkpoints, the last at \d+ of .*\nchangzhi: the chain is whole\n$/)
  assert.equal((await audit(['export', file])).code, 0)
  assert.equal((await audit(['export', file])).code, 1)
  const printed = await audit(['key'], {})
  writeFileSync(key, printed.out)
  const alone = await audit(['verify', '--file', file, '--key', key], nowhere)
  assert.equal(alone.code, 0, alone.out + alone.err)
  assert.match(alone.out, /1 checkpoints?.*\nchangzhi: the chain is whole/)
})

test('without a key a file is not checked, and no secret is made for it', async () => {
  const { code, err } = await audit(['verify', '--file', file], nowhere)
  assert.equal(code, 1)
  assert.match(err, /--key FILE/)
  assert.equal(existsSync(nowhere.DAJUAN_DATA), false)
})

test('the first bad entry is named with exit code 1, in a file and in the database', async () => {
  const changed = join(city.dataDir, 'changed.ndjson')
  writeFileSync(changed, readFileSync(file, 'utf8').replace('"action":"access.sign-in"', '"action":"access.sign-out"'))
  const { code, out } = await audit(['verify', '--file', changed, '--key', key], nowhere)
  assert.equal(code, 1)
  assert.match(out, /WRONG at position \d+, entry [0-9a-f-]{36}: content: /)
  rmSync(changed)
  await city.owner.query(`update audit.entry set address = '10.0.0.9' where action = 'access.sign-in'`)
  const bad = await audit(['verify'])
  assert.deepEqual([bad.code, /content/.test(bad.out)], [1, true])
})

test('prune leaves what is not old enough, and wrong words are usage', async () => {
  const { code, out } = await audit(['prune'])
  assert.deepEqual([code, out], [0, 'changzhi: nothing is old enough.\n'])
  for (const wrong of [['erase'], ['verify', 'x'], ['export'], ['verify', '--tenant', 'none']]) assert.equal((await audit(wrong)).code, 2, wrong.join(' '))
})
