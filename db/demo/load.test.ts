// Loading: the same seed makes the same rows, a second load is refused, indexes come back as the migrations made them, accounts sign in.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { passwordFits } from '#modules/access/access.rules.ts'
import { testDatabase } from '#test/postgres.ts'
import type { DemoAccount } from './accounts.ts'
import { buildCity, happen } from './build.ts'
import { burdenBook, others } from './burden.ts'
import { small } from './city.ts'
import { ledger, recordKinds } from './ledger-rows.ts'
import { loadDemo } from './load.ts'
import { markSheet } from './marks.ts'
import { courses } from './matter-courses.ts'
import { matterBook } from './matter-rows.ts'
import { matters } from './matters.ts'
import { organisationSheets } from './organisation-rows.ts'
import { mix, random } from './random.ts'
import { sheet } from './sheet.ts'

const { url } = await testDatabase()

async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function rowsHash(seed: number): Promise<string> {
  const city = buildCity(small, seed)
  const book = ledger(1, recordKinds(), random(mix(seed, 'ledger')))
  const months = [...happen(city, small, seed, book)]
  assert.equal(months.length, 18)
  const kinds = courses()
  const matterRows = matterBook(1, kinds, 0, random(mix(seed, 'matter-rows')))
  const burden = burdenBook(1, random(mix(seed, 'burden-rows')))
  assert.equal([...matters(city, kinds, matterRows, burden, small, random(mix(seed, 'matters')))].length, 18)
  others(city, burden, random(mix(seed, 'burden')))
  const sheets = [
    burden.askings,
    burden.charges,
    burden.complaints,
    matterRows.requests,
    matterRows.matters,
    matterRows.moves,
    ...(await organisationSheets(city, 1, random(mix(seed, 'organisation')))),
    markSheet(city, 1, random(mix(seed, 'marks'))),
    book.records,
    book.participants,
  ]
  const hash = createHash('sha256')
  for (const made of sheets) for (const buffer of made.take()) hash.update(buffer)
  return hash.digest('hex')
}

test('the same seed makes the same rows, another seed makes others', async () => {
  assert.equal(await rowsHash(7), await rowsHash(7))
  assert.notEqual(await rowsHash(7), await rowsHash(8))
})

test('a cell with tabs, line ends and backslashes survives COPY', async () => {
  const made = sheet('odd', ['a', 'b'])
  made.add('tab\there\nline\\back\r', null)
  assert.equal(Buffer.concat(made.take()).toString(), 'tab\\there\\nline\\\\back\\r\t\\N\n')
})

const indexes = `select string_agg(pg_get_indexdef(indexrelid) || coalesce(pg_get_constraintdef(c.oid), ''), e'\n' order by indexrelid::regclass::text) as text
  from pg_index left join pg_constraint c on c.conindid = indexrelid where indrelid::regclass::text ~ '^(ledger|matter)[.]'`

let listed: DemoAccount[] = []
test('two small cities load as tenants of their own, with all indexes; a second load is refused and changes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dajuan-demo-'))
  try {
    const accountsFile = join(folder, 'made', 'demo-accounts.json')
    const before = await asOwner((client) => client.query<{ text: string }>(indexes))
    const steps: Array<[number, number]> = []
    const summary = await loadDemo({ ownerUrl: url, size: 'small', scale: 2, accountsFile, progress: (_step, done, total) => steps.push([done, total]) })
    assert.deepEqual(summary.tenants, ['changzhi', 'changzhi-2'])
    assert.deepEqual((await asOwner((client) => client.query(indexes))).rows, before.rows)
    for (const [index, [done, total]] of steps.entries()) assert.ok(done <= total && done >= (steps[index - 1]?.[0] ?? 0), `progress went back at ${index}`)
    const count = () => asOwner((client) => client.query(`select tenant_id, count(*)::int as n from ledger.record group by 1 order by 1`))
    const loaded = (await count()).rows
    assert.deepEqual(
      loaded.map((row: { tenant_id: number }) => row.tenant_id),
      [1, 2],
    )
    await assert.rejects(loadDemo({ ownerUrl: url, size: 'small' }), /there already \(changzhi\).*DAJUAN_DATA/)
    assert.deepEqual((await count()).rows, loaded)
    listed = JSON.parse(readFileSync(accountsFile, 'utf8')) as DemoAccount[]
    assert.deepEqual(listed, summary.accounts)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('every account of the list signs in with its password, and the person holds the post', async () => {
  await asOwner(async (client) => {
    const { rows } = await client.query<{ login: string; password_hash: string; name: string; held: boolean }>(
      `select a.login, a.password_hash, p.name, exists (select from access.appointment m where m.tenant_id = 1 and m.account_id = a.account_id and m.post = x.post)
         or exists (select from org.holding h where h.tenant_id = 1 and h.person_id = a.person_id and h.post = x.post
           and h.known_until = 'infinity' and h.valid_from <= '2024-12-20' and h.valid_until > '2024-12-20') as held
       from access.account a join org.person p using (tenant_id, person_id) join unnest($1::text[], $2::text[]) x(login, post) using (login) where a.tenant_id = 1`,
      [listed.map(({ account }) => account), listed.map(({ post }) => post)],
    )
    assert.equal(rows.length, 23)
    for (const { login, password_hash, held } of rows) {
      assert.equal(await passwordFits(`${login}-2024`, password_hash), true, login)
      assert.equal(held, true, `${login} holds the post`)
    }
  })
})

test('the demonstration opens at nine on 20 December 2024 in China', () =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ seconds: number }>(
      `select extract(epoch from now() + clock_offset - '2024-12-20 09:00+08')::float8 as seconds from kit.tenant where slug = 'changzhi'`,
    )
    const [row] = rows
    assert.ok(row !== undefined && row.seconds >= 0 && row.seconds < 600, `${row?.seconds} seconds after nine`)
  }))
