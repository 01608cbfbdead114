// Row-level security with every check of the services left out: each table, each role. The tables come from the catalogue, so
// that a new one without a line here fails by its name. Rows are made of two ids: every uuid and text of a row is its owner's.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import { testDatabase } from '#test/postgres.ts'
import { openPool } from './db.ts'
import { appUrl } from './migrate.ts'

/**
 * What dajuan_scoped reads of a table: rows of its scope by a column, the tenant's directory, or nothing. `adds`: it may insert, `own`: as itself alone.
 * `changes`: the columns that a role may update, `deletes`: who may delete; where neither is named nobody may.
 */
interface Line {
  scoped: `by ${string}` | 'directory' | 'the actor’s' | 'nothing'
  adds?: true | 'own'
  /** The table whose row it belongs to: without one nobody adds. */
  to?: string
  changes?: string[]
  by?: ('dajuan_scoped' | 'dajuan_tenant')[]
  deletes?: ('dajuan_scoped' | 'dajuan_tenant')[]
}

const known = ['known_until']
const tenant: Line['by'] = ['dajuan_tenant']
const both: Line['by'] = ['dajuan_scoped', 'dajuan_tenant']
const lines: Record<string, Line> = {
  'access.account': { scoped: 'nothing', changes: ['*'], by: tenant },
  'access.appointment': { scoped: 'nothing', changes: ['*'], by: tenant },
  'access.challenge': { scoped: 'nothing', changes: ['*'], by: tenant, deletes: tenant },
  'access.delegation': { scoped: 'by body_id', changes: ['*'], by: tenant },
  'access.identity': { scoped: 'nothing', changes: ['*'], by: tenant, deletes: tenant },
  'access.passkey': { scoped: 'nothing', changes: ['*'], by: tenant },
  'access.recovery_code': { scoped: 'nothing', changes: ['*'], by: tenant, deletes: tenant },
  'access.retention_run': { scoped: 'nothing' },
  'access.session': { scoped: 'nothing', changes: ['*'], by: tenant, deletes: tenant },
  'access.throttle': { scoped: 'nothing', changes: ['*'], by: tenant, deletes: tenant },
  'access.unmasking': { scoped: 'nothing', changes: ['*'], by: tenant, deletes: tenant },
  'appraisal.appraisal': { scoped: 'directory' },
  'appraisal.grade': { scoped: 'by subject_id' },
  'approval.act': { scoped: 'by paper_id' },
  // One's own; here every row's account is its owner's, and nobody's is set.
  'approval.objection': { scoped: 'the actor’s', changes: ['upheld', 'answer', 'answered_by', 'answered_at'], by: tenant },
  'approval.paper': { scoped: 'by body_id', changes: ['*'], by: tenant },
  'audit.checkpoint': { scoped: 'nothing' },
  'audit.entry': { scoped: 'nothing', adds: true },
  'audit.link': { scoped: 'nothing' },
  'audit.relay': { scoped: 'nothing', changes: ['seq', 'busy_until'], by: tenant },
  'burden.asking': { scoped: 'by owner_id', adds: true },
  'burden.charge': { scoped: 'by body_id', adds: true },
  // One's own; here every row's author is its owner. Anybody may complain.
  'burden.complaint': { scoped: 'the actor’s', adds: true, changes: ['answer', 'answered_on', 'answered_by'], by: tenant },
  'burden.filling': { scoped: 'directory', adds: true, changes: ['count'], by: both },
  'burden.known': { scoped: 'by body_id', adds: true, changes: ['source', 'value', 'said_on', 'valid_until', 'known_from'], by: both, deletes: both },
  'duty.edition': { scoped: 'directory', adds: true },
  'duty.fulfilment': { scoped: 'by body_id', adds: true, changes: known, by: both },
  'ledger.attachment': { scoped: 'by owner_id', adds: true, changes: known, by: both },
  'ledger.bigram': { scoped: 'directory', adds: true },
  'ledger.mark': { scoped: 'by subject_id', adds: true, changes: known, by: both },
  'ledger.participant': { scoped: 'by owner_id', adds: true },
  'ledger.record': { scoped: 'by owner_id', adds: true, changes: known, by: both },
  'hotline.attachment': { scoped: 'by ticket_id' },
  'hotline.caller': { scoped: 'by ticket_id', changes: ['*'], by: tenant },
  'hotline.content': { scoped: 'by ticket_id', changes: ['*'], by: tenant },
  'hotline.feed': { scoped: 'nothing', changes: ['*'], by: tenant },
  'hotline.knowledge': { scoped: 'directory', changes: ['*'], by: tenant },
  'hotline.loading': { scoped: 'directory' },
  'hotline.message': { scoped: 'nothing', changes: ['*'], by: tenant },
  'hotline.posting': { scoped: 'directory', changes: ['*'], by: tenant },
  'hotline.recount': { scoped: 'nothing' },
  'hotline.step': { scoped: 'by ticket_id' },
  'hotline.tally': { scoped: 'by key', changes: ['*'], by: tenant, deletes: tenant },
  'hotline.tally_change': { scoped: 'by unit_id', deletes: tenant },
  'hotline.ticket': { scoped: 'by unit_id', changes: ['*'], by: tenant },
  'hotline.ticket_was': { scoped: 'by unit_id' },
  'inspection.answer': { scoped: 'by visit_id', adds: true, to: 'inspection.visit' },
  'inspection.inspection': {
    scoped: 'by asker_id',
    adds: true,
    changes: ['kind', 'checklist', 'title', 'basis', 'reason', 'first_day', 'last_day', 'state', 'started_at', 'closed_at'],
    by: both,
  },
  'inspection.member': { scoped: 'by asker_id', adds: true, deletes: both },
  'inspection.visit': { scoped: 'by asker_id', adds: true, changes: ['signed_at', 'signed_by', 'witness', 'drawn', 'heads'], by: tenant, deletes: both },
  'matter.comment': { scoped: 'by owner_id', adds: true },
  'matter.edition': { scoped: 'directory', adds: true },
  'matter.follow': { scoped: 'the actor’s', adds: 'own', deletes: both },
  'matter.link': { scoped: 'by owner_id', adds: true, deletes: both },
  'matter.matter': {
    scoped: 'by owner_id',
    adds: true,
    changes: 'fields person_id stage stage_since waits_for due_at paused left_minutes late revision closed_on outcome remind_at merged_into'.split(' '),
    by: both,
  },
  'matter.move': { scoped: 'by owner_id', adds: true },
  'matter.reader': { scoped: 'the actor’s', adds: 'own', changes: ['seen_at', 'calendar_key'], by: both },
  'matter.reminder': { scoped: 'the actor’s', changes: ['at', 'state', 'tries'], by: tenant },
  'matter.request': {
    scoped: 'by asker_id',
    adds: true,
    changes: [
      ...['kind', 'hash', 'title', 'fields', 'asker_id', 'due_at', 'receivers', 'state', 'author_id', 'sent_at', 'recalled_at'],
      ...['selection', 'basis', 'reason', 'exceeds', 'minutes', 'drafted_at', 'nudged_on', 'recall_reason'],
    ],
    by: both,
  },
  'org.change': { scoped: 'directory' },
  'org.change_body': { scoped: 'directory' },
  'org.exception': { scoped: 'directory', changes: known, by: tenant },
  'org.holding': { scoped: 'directory', changes: known, by: tenant },
  'org.import': { scoped: 'nothing' },
  'org.lineage': { scoped: 'directory', changes: known, by: tenant },
  'org.membership': { scoped: 'by party_org_id', changes: known, by: tenant },
  'org.party_org': { scoped: 'directory', changes: known, by: tenant },
  // By the memberships that the reader sees; here the person of a row is a member of its owner.
  'org.person': { scoped: 'by person_id', changes: ['*'], by: tenant, deletes: tenant },
  'org.placement': { scoped: 'directory', changes: known, by: tenant },
  'org.term': { scoped: 'directory', changes: known, by: tenant },
  'org.unit': { scoped: 'directory', changes: known, by: tenant },
  'rubric.draft': { scoped: 'the actor’s', changes: ['*'], by: tenant },
  'rubric.definition': { scoped: 'directory', changes: ['*'], by: tenant },
  'scoring.objection': { scoped: 'by subject_id', adds: true, changes: ['state', 'due_on', 'changed_at'], by: both },
  'scoring.objection_act': { scoped: 'by subject_id', adds: true },
  'scoring.objection_period': { scoped: 'directory', changes: ['ended_at'], by: tenant },
  'scoring.result': { scoped: 'by subject_id' },
  'scoring.run': { scoped: 'directory' },
}

const closing: (() => Promise<unknown>)[] = []
after(async () => {
  for (const close of closing) await close()
})
const { url } = await testDatabase()
const pool = openPool(appUrl(url), 2)
const owner = new pg.Client({ connectionString: url })
await owner.connect()
closing.push(
  () => pool.end(),
  () => owner.end(),
)

const [A, B, C] = ['0190a000-0000-7000-8000-00000000000a', '0190a000-0000-7000-8000-00000000000b', '0190a000-0000-7000-8000-00000000000c']
const tables = (
  await owner.query<{ name: string; secured: boolean; key: string; columns: { name: string; type: string }[] }>(`
  select n.nspname || '.' || c.relname as name, c.relrowsecurity as secured,
    coalesce((select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indrelid = c.oid and i.indisprimary), '') as key,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname || '.' || c.relname <> 'kit.tenant' order by 1`)
).rows

/** A row of a table whose every id and text is `id`. */
function rowOf(name: string, tenantId: number, id: string): Record<string, unknown> {
  const table = tables.find((one) => one.name === name)
  const value = (type: string) =>
    ({
      uuid: id,
      text: id,
      'text[]': [id],
      'uuid[]': [id],
      bytea: Buffer.from(id),
      integer: 1 + [A, B, C].indexOf(id),
      smallint: 1,
      bigint: 1 + [A, B, C].indexOf(id),
      xid8: '1',
      numeric: 1,
      boolean: false,
      date: '2024-01-01',
      'timestamp with time zone': `2024-01-01T00:00:0${[A, B, C].indexOf(id)}Z`,
      jsonb: '{}',
    })[type]
  return Object.fromEntries((table?.columns ?? []).map(({ name: column, type }) => [column, column === 'tenant_id' ? tenantId : value(type)]))
}

function insert(client: pg.ClientBase, name: string, tenantId: number, id: string): Promise<pg.QueryResult> {
  const row = rowOf(name, tenantId, id)
  const marks = Object.keys(row).map((_, at) => `$${at + 1}`)
  return client.query(`insert into ${name} (${Object.keys(row).join(', ')}) values (${marks.join(', ')})`, Object.values(row))
}

// The rows are nobody's real ones: what checks and foreign keys ask of them is left out.
const { rows: checks } = await owner.query<{ table: string; name: string }>(
  `select conrelid::regclass::text as table, quote_ident(conname) as name from pg_constraint where contype in ('c', 'f') and connamespace::regnamespace::text not in ('public', 'pg_catalog', 'information_schema') order by contype desc`,
)
for (const check of checks) await owner.query(`alter table ${check.table} drop constraint ${check.name}`)
for (const { name } of tables)
  for (const [tenantId, id] of [
    [1, A],
    [1, B],
    [2, A],
  ] as const)
    await insert(owner, name, tenantId, id)

interface As {
  role: 'dajuan_scoped' | 'dajuan_tenant'
  tenant?: number
  scope?: string[]
  actor?: string
}

/** Runs `work` as a role, without any service; rolled back. */
async function as<T>({ role, tenant: tenantId, scope, actor }: As, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(`begin; set local role ${role}`)
    if (tenantId !== undefined) await client.query(`set local dajuan.tenant = '${tenantId}'`)
    if (scope !== undefined) await client.query(`set local dajuan.scope = '{${scope.join(',')}}'`)
    if (actor !== undefined) await client.query(`set local dajuan.actor = '${actor}'`)
    return await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const count = (who: As, name: string) => as(who, async (client) => Number((await client.query(`select count(*) from ${name}`)).rows[0].count))
const denied = /permission denied|row-level security/
const may = async (role: string, name: string, what: string) =>
  (await owner.query<{ may: boolean }>('select has_table_privilege($1, $2, $3) as may', [role, name, what])).rows[0]?.may === true

test('every table of a tenant has its line here, a policy, and a primary key that starts with the tenant', () => {
  assert.deepEqual(
    tables.map(({ name }) => name),
    Object.keys(lines).sort(),
    'say in `lines` what the new table’s policies are to let through',
  )
  for (const { name, secured, key } of tables) assert.deepEqual({ name, secured, key }, { name, secured: true, key: 'tenant_id' })
})

test('the connecting role and the two it takes own nothing, pass no policy by, and inherit nothing', async () => {
  const { rows } = await owner.query(`select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit and rolname = 'dajuan_app' as inherits,
    (select count(*)::int from pg_class where relowner = r.oid) as owned, (select count(*)::int from pg_proc where proowner = r.oid) as functions
    from pg_roles r where rolname like 'dajuan%' order by 1`)
  const nothing = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, inherits: false, owned: 0, functions: 0 }
  assert.deepEqual(
    rows,
    ['dajuan_app', 'dajuan_scoped', 'dajuan_tenant'].map((rolname) => ({ rolname, ...nothing })),
  )
})

test('whatever runs with its owner’s rights is listed here, has a fixed search path and is not for everybody', async () => {
  const { rows } =
    await owner.query(`select p.oid::regprocedure::text as name, p.proconfig as settings, has_function_privilege('dajuan_app', p.oid, 'execute') as app
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema', 'public') order by 1`)
  assert.deepEqual(
    rows,
    ['access.author_name(uuid)', 'duty.appointed_at(date)', 'inspection.accounts_of(uuid[])', 'inspection.ties(uuid,date,timestamp with time zone)'].map(
      (name) => ({
        name,
        settings: ['search_path=""'],
        app: false,
      }),
    ),
  )
  const { rows: views } = await owner.query(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'public')`)
  assert.deepEqual(views, [], 'a view reads with its owner’s rights: give it security_invoker and say so here')
})

for (const { name } of tables) {
  const line = lines[name] ?? { scoped: 'nothing' }
  test(`${name}: dajuan_app without a role may nothing`, async () => {
    for (const statement of [`select from ${name}`, `insert into ${name} default values`, `delete from ${name}`, `truncate ${name}`])
      await assert.rejects(pool.query(statement), /permission denied/, statement)
  })

  test(`${name}: a forgotten tenant is an error, not rows`, async () => {
    for (const role of ['dajuan_scoped', 'dajuan_tenant'] as const) {
      const scope = role === 'dajuan_scoped' ? [A] : []
      // Also on a connection that has had a tenant before.
      for (let again = 0; again < 2; again += 1)
        await assert.rejects(count({ role, scope }, name), /dajuan\.tenant|permission denied|invalid input syntax for type integer: ""/)
    }
  })

  test(`${name}: another tenant’s rows are not there`, async () => {
    assert.equal(await count({ role: 'dajuan_tenant', tenant: 1 }, name), 2)
    assert.equal(await count({ role: 'dajuan_tenant', tenant: 2 }, name), 1)
    assert.equal(await count({ role: 'dajuan_tenant', tenant: 3 }, name), 0)
    if (line.scoped !== 'nothing') assert.equal(await count({ role: 'dajuan_scoped', tenant: 3, scope: [A, B] }, name), 0)
  })

  test(`${name}: dajuan_scoped reads ${line.scoped === 'directory' ? 'the tenant’s directory' : line.scoped}`, async () => {
    const seen = (scope: string[]) => count({ role: 'dajuan_scoped', tenant: 1, scope }, name)
    if (line.scoped === 'nothing') return assert.rejects(seen([A]), /permission denied/)
    if (line.scoped === 'the actor’s') {
      const own = (actor?: string) => count({ role: 'dajuan_scoped', tenant: 1, scope: [A, B], ...(actor === undefined ? {} : { actor }) }, name)
      return assert.deepEqual([await own(), await own(A), await own(C)], [0, 1, 0])
    }
    if (line.scoped === 'directory') return assert.deepEqual(await Promise.all([[], [A]].map(seen)), [2, 2])
    assert.deepEqual([await seen([]), await seen([A]), await seen([A, B]), await seen([C])], [0, 1, 2, 0])
    const column = line.scoped.slice('by '.length)
    const ids = await as({ role: 'dajuan_scoped', tenant: 1, scope: [A] }, async (client) => (await client.query(`select ${column} as id from ${name}`)).rows)
    assert.deepEqual(ids, [{ id: A }])
  })

  test(`${name}: nobody adds a row to another tenant, nor dajuan_scoped one outside its scope`, async () => {
    for (const role of ['dajuan_scoped', 'dajuan_tenant'] as const)
      await assert.rejects(
        as({ role, tenant: 1, scope: [C] }, (client) => insert(client, name, 2, C)),
        denied,
      )
    const adding = as({ role: 'dajuan_scoped', tenant: 1, scope: [A] }, (client) => insert(client, name, 1, C))
    if (line.adds === true && !line.scoped.startsWith('by ')) await adding
    else await assert.rejects(adding, denied)
    const own = as({ role: 'dajuan_scoped', tenant: 1, scope: [C], ...(line.adds === 'own' ? { actor: C } : {}) }, async (client) => {
      if (line.to !== undefined) await insert(client, line.to, 1, C)
      await insert(client, name, 1, C)
    })
    if (line.adds !== undefined) await own
    else await assert.rejects(own, denied)
  })

  test(`${name}: nothing is overwritten or deleted but what the line allows, and only what is seen`, async () => {
    for (const role of ['dajuan_scoped', 'dajuan_tenant'] as const) {
      assert.equal(await may(role, name, 'delete'), line.deletes?.includes(role) ?? false, `delete as ${role}`)
      assert.equal(await may(role, name, 'truncate'), false)
      const { rows } = await owner.query<{ column: string }>(
        `select attname as column from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and has_column_privilege($2, attrelid, attnum, 'update')`,
        [name, role],
      )
      const all = line.changes?.[0] === '*'
      const allowed = line.by?.includes(role) === true ? (line.changes ?? []) : []
      const columns = rows.map(({ column }) => column)
      if (all && allowed.length > 0) assert.ok(columns.length > 1, `update as ${role}`)
      else assert.deepEqual(columns, allowed, `update as ${role}`)
    }
    if (line.changes === undefined) return
    const column = line.changes[0] === '*' ? 'tenant_id' : line.changes[0]
    const changed = (who: As) => as(who, async (client) => (await client.query(`update ${name} set ${column} = ${column}`)).rowCount)
    // What is nobody's in particular is changed by whoever may.
    if (name !== 'rubric.definition') assert.equal(await changed({ role: 'dajuan_tenant', tenant: 2 }), 1)
    if (line.by?.includes('dajuan_scoped'))
      assert.equal(await changed({ role: 'dajuan_scoped', tenant: 1, scope: [B], actor: B }), line.scoped === 'directory' ? 2 : 1)
    if (column === 'tenant_id' && name !== 'rubric.definition')
      await assert.rejects(
        as({ role: 'dajuan_tenant', tenant: 1 }, (client) => client.query(`update ${name} set tenant_id = 2`)),
        denied,
      )
  })
}

test('a guest from outside is seen by whoever has a scope, and by nobody without', async () => {
  await owner.query(`insert into org.person (tenant_id, person_id, name, outside) values (1, '${C}', '客', true)`)
  const seen = (scope: string[]) => as({ role: 'dajuan_scoped', tenant: 1, scope }, (client) => client.query(`select from org.person where person_id = '${C}'`))
  assert.deepEqual([(await seen([])).rowCount, (await seen([B])).rowCount], [0, 1])
  await owner.query(`delete from org.person where person_id = '${C}'`)
})

test('a rubric in use is neither changed nor deleted, by anyone', async () => {
  for (const statement of [`update rubric.definition set text = 'x'`, 'delete from rubric.definition']) await assert.rejects(owner.query(statement), /in use/)
})

test('the audit trail can be added to, and neither changed, deleted nor emptied, by any role the server takes', async () => {
  for (const role of ['dajuan_scoped', 'dajuan_tenant'] as const)
    for (const statement of [
      `update audit.entry set action = 'x'`,
      'delete from audit.entry',
      'truncate audit.entry',
      'drop table audit.entry',
      'alter table audit.entry disable row level security',
    ])
      await assert.rejects(
        as({ role, tenant: 1 }, (client) => client.query(statement)),
        /permission denied|must be owner/,
        `${statement} as ${role}`,
      )
})

test('no role that the server takes makes tables or functions', async () => {
  for (const { schema } of (
    await owner.query<{ schema: string }>(`select nspname as schema from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`)
  ).rows)
    for (const role of ['dajuan_app', 'dajuan_scoped', 'dajuan_tenant'])
      assert.equal(
        (await owner.query<{ may: boolean }>(`select has_schema_privilege($1, $2, 'create') as may`, [role, schema])).rows[0]?.may,
        false,
        `${role} in ${schema}`,
      )
})
