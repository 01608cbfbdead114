// The schema as the catalogue of a migrated database has it: dumped to db/schema/<schema>.sql for review, and held to the house's rules.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { ORDER } from './check-imports.ts'

/** Each query gives rows (schema, owner, text): what is written, under which table or kind, sorted by text order of `owner` and `at`. */
const PARTS = {
  tables: `
    select n.nspname as schema, c.relname as owner, 0 as at,
      'create ' || case when c.relkind = 'v' then 'view ' when c.relkind = 'm' then 'materialized view ' else 'table ' end || n.nspname || '.' || c.relname ||
      case when c.relkind in ('v', 'm') then e' as\\n' || pg_get_viewdef(c.oid, true) else e' (\\n' || (
        select string_agg('  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end ||
          case when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
               when a.attidentity <> '' then ' generated as identity'
               when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end, e',\\n' order by a.attnum)
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) || e'\\n)' ||
        case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) else '' end || ';' end as text
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm')`,
  constraints: `
    select n.nspname as schema, c.relname as owner, 1 as at, 'alter table ' || n.nspname || '.' || c.relname || ' add constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid) || ';' as text
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where k.contype <> 'n'`,
  indexes: `
    select n.nspname as schema, c.relname as owner, 2 as at, pg_get_indexdef(i.indexrelid) || ';' as text
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))`,
  triggers: `
    select n.nspname as schema, c.relname as owner, 3 as at, pg_get_triggerdef(t.oid) || ';' as text
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal`,
  security: `
    select n.nspname as schema, c.relname as owner, 4 as at, 'alter table ' || n.nspname || '.' || c.relname ||
      case when c.relforcerowsecurity then ' force' else ' enable' end || ' row level security;' as text
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity`,
  policies: `
    select schemaname as schema, tablename as owner, 5 as at, 'create policy ' || policyname || ' on ' || schemaname || '.' || tablename || ' as ' || lower(permissive) || ' for ' || lower(cmd) ||
      ' to ' || array_to_string(roles, ', ') || coalesce(e'\\n  using ' || qual, '') || coalesce(e'\\n  with check ' || with_check, '') || ';' as text from pg_policies`,
  grants: `
    select n.nspname as schema, c.relname as owner, 6 as at, 'grant ' || string_agg(lower(x.privilege_type), ', ' order by x.privilege_type) || ' on ' || n.nspname || '.' || c.relname || ' to ' || r.rolname || ';' as text
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) x join pg_roles r on r.oid = x.grantee
    where x.grantee <> c.relowner group by n.nspname, c.relname, r.rolname`,
  functions: `
    select n.nspname as schema, '~' || p.proname as owner, 7 as at, pg_get_functiondef(p.oid) || ';' as text
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`,
  types: `
    select n.nspname as schema, '!' || t.typname as owner, 8 as at, case t.typtype
      when 'e' then 'create type ' || n.nspname || '.' || t.typname || ' as enum (' || (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) || ');'
      else 'create domain ' || n.nspname || '.' || t.typname || ' as ' || format_type(t.typbasetype, t.typtypmod) ||
        coalesce((select string_agg(' ' || pg_get_constraintdef(k.oid), '' order by k.conname) from pg_constraint k where k.contypid = t.oid), '') || ';' end as text
    from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typtype in ('e', 'd')`,
}

/** The dump of each schema, by its name. Same database, same text. */
export async function dumpSchemas(client: Client): Promise<Map<string, string>> {
  const all = Object.values(PARTS).join('\n union all ')
  const { rows } = await client.query<{ schema: string; owner: string; text: string }>(
    `select schema, owner, text from (${all}) part where schema !~ '^(pg_|information_schema$)' order by schema collate "C", owner collate "C", at, text collate "C"`,
  )
  const dumps = new Map<string, string>()
  let before = ''
  for (const { schema, owner, text } of rows) {
    const head = dumps.get(schema) ?? `-- Schema ${schema}, written from the catalogue by "npm run check -- --write". Not executed.\n`
    dumps.set(schema, `${head}${before === schema + owner ? '' : '\n'}${text.trimEnd()}\n`)
    before = schema + owner
  }
  return dumps
}

/** Compares the dumps with those of `folder`; with `write` puts them there first. */
export function compareDumps(dumps: Map<string, string>, folder: string, mode: 'compare' | 'write'): string[] {
  mkdirSync(folder, { recursive: true })
  const present = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const stale = present.filter((name) => !dumps.has(name.slice(0, -4)))
  if (mode === 'write') {
    for (const name of stale) rmSync(join(folder, name))
    for (const [schema, text] of dumps) writeFileSync(join(folder, `${schema}.sql`), text)
    return []
  }
  const changed = [...dumps].filter(
    ([schema, text]) => !existsSync(join(folder, `${schema}.sql`)) || readFileSync(join(folder, `${schema}.sql`), 'utf8') !== text,
  )
  return [...changed.map(([schema]) => `${schema}.sql`), ...stale].map(
    (name) => `db/schema/${name}:1 differs from the migrated database; run "npm run check -- --write" and commit it`,
  )
}

/** The house's rules for tables: a tenant's table is under row-level security, its primary key starts with tenant_id, and keys lead to earlier schemas. */
export async function checkTables(client: Client): Promise<string[]> {
  // kit.tenant is the list of tenants, read before anyone has signed in; every other table with a tenant_id holds a tenant's rows.
  const { rows: tables } = await client.query<{ name: string; secured: boolean; first: string | null }>(`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity as secured,
      (select a.attname from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] where k.conrelid = c.oid and k.contype = 'p') as first
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
      and c.oid <> 'kit.tenant'::regclass order by 1`)
  const { rows: keys } = await client.query<{ name: string; from: string; to: string }>(`
    select k.conname as name, fn.nspname as from, tn.nspname as to
    from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_namespace fn on fn.oid = f.relnamespace
      join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where k.contype = 'f' order by 1`)
  return [
    ...tables.filter(({ secured }) => !secured).map(({ name }) => `${name} holds a tenant's rows without row-level security`),
    ...tables
      .filter(({ first }) => first !== 'tenant_id')
      .map(({ name, first }) => `${name}: the primary key starts with ${first ?? 'nothing'}, not tenant_id`),
    ...keys
      .filter(({ from, to }) => ORDER.includes(from) && ORDER.indexOf(to) > ORDER.indexOf(from))
      .map(({ name, from, to }) => `${from}: foreign key ${name} leads to the later schema ${to}`),
  ]
}
