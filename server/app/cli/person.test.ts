// The commands person and retention, as processes of their own over a database.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { smallCity } from '#test/small-city.ts'

const folder = mkdtempSync(join(tmpdir(), 'dajuan-person-'))
const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
after(async () => {
  for (const close of closing) await close()
})
const { url } = await smallCity()
const owner = new pg.Client({ connectionString: url })
await owner.connect()
closing.push(() => owner.end())

const dajuan = (...args: string[]) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    const env = { ...process.env, DATABASE_URL: url, DAJUAN_DATA: folder }
    execFile(process.execPath, [join(import.meta.dirname, '..', 'cli.ts'), ...args], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out: out + err }),
    )
  })
const value = async (text: string, values: unknown[] = []) => Object.values((await owner.query(text, values)).rows[0] ?? {})[0]
const id = String(
  await value(
    `select m.person_id from org.membership m where not exists (select from access.account a where a.person_id = m.person_id) and m.known_until = 'infinity' and m.valid_until = 'infinity' limit 1`,
  ),
)

test('a person’s data go to a file that its owner alone may read', async () => {
  const file = join(folder, 'person.json')
  const { code, out } = await dajuan('person', 'export', id, file)
  assert.deepEqual([code, out], [0, `Written to ${file}.\n`])
  const { person, data } = JSON.parse(readFileSync(file, 'utf8'))
  assert.equal(person.id, id)
  assert.ok(data.组织关系.length > 0)
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o077, 0)
})

test('a correction names the fields that were wrong', async () => {
  assert.deepEqual(await dajuan('person', 'correct', id, '--name', '更正人', '--birth-year', '1980', '--reason', '登记时写错'), {
    code: 0,
    out: 'Corrected: name, birthYear.\n',
  })
  assert.equal(await value('select name from org.person where person_id = $1', [id]), '更正人')
})

test('an erased person is gone, once; the entries tell of all three', async () => {
  assert.deepEqual(await dajuan('person', 'erase', id, '--reason', '本人申请'), { code: 0, out: 'Erased.\n' })
  assert.equal(await value('select count(*)::int from org.person where person_id = $1', [id]), 0)
  const again = await dajuan('person', 'erase', id, '--reason', '本人申请')
  assert.deepEqual([again.code, /没有找到这个人/.test(again.out)], [1, true])
  const { rows } = await owner.query('select action from audit.entry where object_id = $1 order by at', [id])
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['person.export', 'person.correct', 'person.erase'],
  )
})

test('retention says what would go, deletes it, and lists what it did', async () => {
  await owner.query(`insert into access.identity (tenant_id, provider, subject, seen_at) values (1, 'example', 'x', now() - interval '1 year')`)
  assert.match((await dajuan('retention', '--dry')).out, /^identity +1 rows over 90 days would go/m)
  assert.equal(await value('select count(*)::int from access.identity'), 1)
  assert.match((await dajuan('retention')).out, /^identity +1 rows over 90 days deleted/m)
  assert.equal(await value('select count(*)::int from access.identity'), 0)
  assert.match((await dajuan('retention', '--runs')).out, /identity +1 rows, over 90 days/)
})

test('what was typed wrongly is told, and does nothing', async () => {
  for (const args of [
    ['person'],
    ['person', 'erase', id],
    ['person', 'erase', 'x', '--reason', '本人申请'],
    ['person', 'correct', id, '--sex', 'x', '--reason', '本人申请'],
  ])
    assert.equal((await dajuan(...args)).code, 2, args.join(' '))
})
