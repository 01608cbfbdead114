// Each check catches what it is for: a breach in a small tree or database of its own, beside the same without the breach.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { Type } from 'typebox'
import { ofScope, protect, query, raw, sql } from '#server/kit/sql.ts'
import { testDatabase } from '#test/postgres.ts'
import { checkImports } from './check-imports.ts'
import { checkLock } from './check-lock.ts'
import { bareReads, checkQuery } from './check-queries.ts'
import { checkTables, compareDumps, dumpSchemas } from './check-schema.ts'
import { checkSizes } from './check-sizes.ts'
import { runTests, testFiles } from './test.ts'

const folder = mkdtempSync(join(tmpdir(), 'dajuan-check-test-'))
after(() => rmSync(folder, { recursive: true, force: true }))
// Said before the database is made: hooks run in order, and it is dropped with whoever is still connected.
after(() => client.end())
const { url } = await testDatabase()
const client = new pg.Client({ connectionString: url })
await client.connect()

/** A checkout that holds these files alone. */
function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(folder, 'tree-'))
  mkdirSync(join(root, 'db', 'migrations'), { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const breaches: [what: string, path: string, text: string, found: RegExp][] = [
  ['a module that imports a later one', 'modules/org/org.service.ts', `import { x } from '#modules/ledger/index.ts'`, /org comes before ledger/],
  ['a module entered past its index', 'modules/ledger/ledger.service.ts', `import { x } from '#modules/org/org.sql.ts'`, /entered by its index/],
  ['a module outside the order', 'modules/weather/index.ts', 'export const x = 1', /no place in the order/],
  ['kit that imports a module', 'server/kit/route.ts', `import { x } from '#modules/org/index.ts'`, /server\/kit is below the modules/],
  ['a module that imports the app', 'modules/org/index.ts', `import { x } from '#server/app/config.ts'`, /below server\/app/],
  ['a page that imports the server', 'web/routes/page.ts', `import { x } from '#server/kit/db.ts'`, /never import what runs on the server/],
  [
    "a Svelte page that imports a module's service",
    'modules/org/web/Org.svelte',
    `<h1>x</h1>\n<script lang="ts">\n  import { x } from '../org.service.ts'\n</script>`,
    /^modules\/org\/web\/Org\.svelte:3 .*never import/,
  ],
  ['the server that imports a page', 'server/app/http.ts', `import { x } from '#web/kit/api/x.ts'`, /never imports pages/],
  ['base that imports the engine', 'base/dates.ts', `import { x } from '#engine/index.ts'`, /base imports nothing but base/],
  ['base that needs Node', 'base/dates.ts', `import { x } from 'node:fs'`, /also runs in a browser/],
  ['an engine that imports a module', 'engine/index.ts', `export * from '#modules/org/index.ts'`, /the engine is pure/],
  ['a contract that imports a service', 'modules/org/org.contract.ts', `import { x } from './org.service.ts'`, /browser-safe/],
  ['a dynamic import upwards', 'server/kit/route.ts', `export const x = () => import('#server/app/main.ts')`, /below the modules/],
  ['the environment read elsewhere', 'modules/org/index.ts', `export const x = process.env['HOME']`, /only server\/app\/config\.ts reads/],
  ['pg in a module', 'modules/org/org.sql.ts', `import pg from 'pg'`, /only server\/kit talks to PostgreSQL/],
  ['a second pool', 'server/kit/jobs.ts', `import { Pool } from 'pg'`, /only server\/kit\/db\.ts knows the pool/],
  ['SQL in a service', 'modules/org/org.service.ts', 'export const x = `select name from org.unit`', /SQL outside a \*\.sql\.ts file/],
  [
    'SQL that names a later schema',
    'modules/org/org.sql.ts',
    'export const x = sql`select 1 from org.unit u\njoin ledger.record r on true`',
    /names schema ledger, which comes after org/,
  ],
]
for (const [what, path, text, found] of breaches) {
  test(`[check] imports: finds ${what}`, () => {
    const problems = checkImports(tree({ [path]: text }))
    assert.equal(problems.length, 1, problems.join('\n'))
    assert.match(problems[0]!, found)
    assert.ok(problems[0]!.startsWith(`${path}:`))
  })
}

test('[check] imports: lets pass what the house allows', () => {
  const root = tree({
    'modules/ledger/ledger.service.ts': `import { x } from '#modules/org/index.ts'\nimport { y } from '#modules/org/org.contract.ts'\nimport { z } from '#server/kit/db.ts'\nimport './ledger.rules.ts'`,
    'modules/ledger/ledger.sql.ts': 'export const x = sql`select 1 from ledger.record join org.unit on true`',
    'modules/ledger/ledger.test.ts': `import { serve } from '#server/app/main.ts'\nconst sql = 'select 1 from desk.item'`,
    'modules/ledger/web/Ledger.svelte': `<script lang="ts">\nimport { x } from '../ledger.contract.ts'\nimport { y } from '#web/kit/ui/x.ts'\n</script>`,
    'modules/ledger/ledger.contract.ts': `import type { Row } from './ledger.sql.ts'\nexport const hint = 'select one of the rows of the list'`,
    'modules/ledger/ledger.rules.ts': `import { x } from './ledger.words.ts'`,
    'modules/ledger/ledger.words.ts': `import { y } from '#base/dates.ts'`,
    'server/app/config.ts': 'export const x = process.env',
    'server/kit/db.ts': `import { Pool } from 'pg'`,
  })
  assert.deepEqual(checkImports(root), [])
})

test('[check] sizes: finds a file of 401 lines and lets 400 pass', () => {
  const { problems } = checkSizes(tree({ 'base/long.ts': '//\n'.repeat(401), 'base/just.ts': '//\n'.repeat(400) }))
  assert.equal(problems.length, 1)
  assert.match(problems[0]!, /^base\/long\.ts:1 has 401 lines/)
})

test('[check] lock: finds a loose version and an optional package without an entry', () => {
  const lock = { packages: { '': {}, 'node_modules/x': { optionalDependencies: { 'x-linux': '1.0.0', 'x-darwin': '1.0.0' } }, 'node_modules/x-linux': {} } }
  const problems = checkLock(tree({ 'package.json': JSON.stringify({ dependencies: { x: '^1.0.0', y: '2.0.0' } }), 'package-lock.json': JSON.stringify(lock) }))
  assert.equal(problems.length, 2)
  assert.match(problems.join('\n'), /x is "\^1\.0\.0"[\s\S]*x-darwin/)
})

test('[check] schema: the dump holds tables, keys, indexes and policies; it differs as soon as a column is added', async () => {
  await client.query(
    'create schema shed; create table shed.tool (tenant_id int, tool_id uuid not null, name text, primary key (tenant_id, tool_id)); create index on shed.tool (name)',
  )
  await client.query('alter table shed.tool enable row level security; create policy all_of_it on shed.tool using (tenant_id = 1)')
  const dumps = await dumpSchemas(client)
  const dump = dumps.get('shed') ?? ''
  for (const part of [
    /create table shed\.tool/,
    /PRIMARY KEY \(tenant_id, tool_id\)/,
    /CREATE INDEX tool_name_idx/,
    /create policy all_of_it/,
    /enable row level security/,
  ])
    assert.match(dump, part)
  const at = join(folder, 'schema')
  assert.match(compareDumps(dumps, at, 'compare').join('\n'), /db\/schema\/shed\.sql:1 differs/)
  compareDumps(dumps, at, 'write')
  assert.equal(readFileSync(join(at, 'shed.sql'), 'utf8'), dump)
  assert.deepEqual(compareDumps(await dumpSchemas(client), at, 'compare'), [])
  await client.query('alter table shed.tool add column weight numeric')
  assert.equal(compareDumps(await dumpSchemas(client), at, 'compare').length, 1)
  writeFileSync(join(at, 'gone.sql'), '')
  assert.match(compareDumps(dumps, at, 'compare').join(), /gone\.sql/)
})

test('[check] tables: finds one without row-level security, one keyed otherwise, and a key to a later schema', async () => {
  assert.deepEqual(await checkTables(client), [])
  await client.query('create table shed.open (tenant_id int, id int, primary key (id, tenant_id))')
  await client.query('create table scoring.late_thing (id int primary key); create table org.early (id int references scoring.late_thing (id))')
  const problems = await checkTables(client)
  assert.equal(problems.length, 3, problems.join('\n'))
  assert.match(
    problems.join('\n'),
    /shed\.open holds .* without row-level security[\s\S]*shed\.open: the primary key starts with id[\s\S]*org: foreign key .* later schema scoring/,
  )
})

test('[check] queries: compares what PostgreSQL would return with what the row declares', async () => {
  await client.query('create table shed.nail (id uuid, length int, tags text[], note jsonb)')
  const { rows } = await client.query<{ oid: number }>(`select oid::int from pg_type where typcategory = 'A'`)
  const arrays = new Set(rows.map(({ oid }) => oid))
  const Row = Type.Object({ id: Type.String(), length: Type.Integer(), tags: Type.Array(Type.String()), note: Type.Unknown() })
  const problemsOf = (name: string, row: typeof Row | ReturnType<typeof Type.Object>, text: string) =>
    checkQuery(client, query(`shed.${name}`, row, (p: { id: string }) => sql`${raw(text)} and id = ${p.id}`) as never, arrays)
  const all = 'select id, length, tags, note from shed.nail where true'
  assert.deepEqual(await problemsOf('right', Row, all), [])
  assert.match((await problemsOf('gone', Row, all.replace('from shed.nail', 'from shed.screw'))).join(), /relation "shed\.screw" does not exist/)
  assert.match((await problemsOf('more', Type.Object({ id: Type.String() }), 'select id, length from shed.nail where true')).join(), /returns column "length"/)
  assert.match((await problemsOf('less', Row, 'select id, length, tags from shed.nail where true')).join(), /declares "note", which it does not return/)
  assert.match(
    (await problemsOf('kind', Type.Object({ length: Type.String() }), 'select length from shed.nail where true')).join(),
    /"length" comes as number, its row declares string/,
  )
  assert.match((await problemsOf('list', Type.Object({ tags: Type.String() }), 'select tags from shed.nail where true')).join(), /"tags"/)
})

test('[check] queries: finds a table of somebody’s rows that is read past the scope', () => {
  protect('shed.shelf', ofScope('shed_id'))
  const good = 'select from {shed.shelf} s join {shed.shelf} t on true; insert into shed.shelf select 1; update shed.shelf set a = 1; delete from shed.shelf'
  assert.deepEqual(bareReads(good), [])
  assert.deepEqual(bareReads('select 1\nfrom shed.shelf s, x join\n  shed.shelf t on true'), [
    'line 2 reads shed.shelf past the scope: write {shed.shelf}',
    'line 2 reads shed.shelf past the scope: write {shed.shelf}',
  ])
})

test('[test] the runner counts passes, failures, files that break and files without a test', async () => {
  const root = tree({
    'base/good.test.ts': `import { suite, test } from 'node:test'\ntest('a', () => {})\nsuite('s', () => { test('b', () => {}) })`,
    'base/bad.test.ts': `import { suite, test } from 'node:test'\nsuite('outer', () => { test('inner', () => { throw new Error('broken nail') }) })`,
    'base/torn.test.ts': `import './nowhere.ts'`,
    'base/empty.test.ts': 'export const x = 1',
  })
  const lines: string[] = []
  // A run inside a run is refused by Node while this mark is set.
  const mark = process.env['NODE_TEST_CONTEXT']
  delete process.env['NODE_TEST_CONTEXT']
  const tally = await runTests(testFiles(root, []), new AbortController().signal, (line) => lines.push(line))
  if (mark !== undefined) process.env['NODE_TEST_CONTEXT'] = mark
  assert.deepEqual(tally, { passed: 2, failed: 3 })
  assert.match(lines.join('\n'), /bad\.test\.ts › outer › inner\n[\s\S]*broken nail/)
  assert.match(lines.join('\n'), /empty\.test\.ts\n {4}holds no test/)
  assert.deepEqual(testFiles(root, ['torn']).length, 1)
})
