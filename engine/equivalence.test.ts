// SQL equals the reference to the last digit, for drawn rubrics, measures and facts (SPEC.md R-RUN-1).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { Client } from 'pg'
import { add, type Decimal, decimal, format, round, zero } from '#base/decimal.ts'
import { formatDiagnostic } from '#base/errors.ts'
import {
  type Context,
  checkMeasures,
  defaultContext,
  evaluate,
  evaluateFigure,
  figureSql,
  type ItemResult,
  itemRowsSql,
  loadRubric,
  type MeasureIr,
  type ResultRow,
  type RunRow,
  remeasureSql,
  resultOf,
  rowsSql,
  runSql,
  type Settled,
  type SheetRow,
  type Sql,
  scorerOf,
  sheetColumns,
  sheetsSql,
  withMeasured,
  withShared,
} from '#engine/index.ts'
import { measures, rubrics, worlds } from '#engine/test/drawn.ts'
import { factsOf, trialCatalogue, type World } from '#engine/test/trial.ts'
import { draws } from '#test/draws.ts'
import { testServer, withDatabase } from '#test/postgres.ts'

interface TrialDatabase {
  fill: (world: World) => Promise<void>
  rows: <T>(sql: Sql) => Promise<T[]>
  stop: () => Promise<void>
}

/** A database of its own with the trial catalogue's tables. */
async function startTrial(): Promise<TrialDatabase> {
  const server = await testServer()
  const admin = new Client(server.url)
  await admin.connect()
  const name = `engine_trial_${process.pid}_${Date.now()}`
  await admin.query(`create database ${name}`)
  const db = new Client(withDatabase(server.url, name))
  await db.connect()
  await db.query(`
    create table unit (tenant_id int, id text, name text, class text, parent text, staff int, open boolean, share numeric);
    create table successor (tenant_id int, id int, unit_id text, day date, old text);
    create table event (tenant_id int, id int, unit_id text, day date, known_from timestamptz, kind text, n int, hours numeric, ok boolean, due date, at timestamptz, tags text[], case_key text, late boolean);
    create table mark (tenant_id int, id int, unit_id text, day date, item text, value numeric, by text, "group" text);
    create table ballot (tenant_id int, id int, unit_id text, day date, item text, choice text, category text, count int);
    create table branch (tenant_id int, id int, unit_id text, key text, size int)`)
  const load = (table: string, rows: object[]): Promise<unknown> =>
    db.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
      JSON.stringify(rows.map((row, id) => ({ id, ...row, tenant_id: 1 }))),
    ])
  return {
    fill: async ({ units, events, marks, ballots = [], branches = [], mergers = [] }) => {
      await db.query('truncate unit, event, mark, ballot, branch, successor')
      await load('unit', units)
      await load('event', events)
      await load('mark', marks)
      await load('ballot', ballots)
      await load('branch', branches)
      await load('successor', mergers)
    },
    rows: async <T>({ text, values }: Sql) => (await db.query(text, values)).rows as T[],
    stop: async () => {
      await db.end()
      await admin.query(`drop database ${name}`)
      await admin.end()
      await server.stop()
    },
  }
}

let database: TrialDatabase
before(async () => {
  database = await startTrial()
})
after(() => database.stop())

type Listed = { id: string; value: string | null }
const addedUp = (rows: Listed[]): Decimal => rows.map(({ value }) => decimal(value ?? '0')).reduce(add, zero)
const shown = (value: Decimal): string => format(round(value, 12))

const runs = Number(process.env.ENGINE_RUNS ?? '120')
const context: Context = { tenant: 1, on: '2024-12-31', asOf: '2025-01-01T00:00:00Z', from: '2024-01-01', to: '2024-12-31' }

test('[R-RUN-1] a run in SQL equals the reference to the last digit', async () => {
  await fc.assert(
    fc.asyncProperty(rubrics, worlds, async (rubric, world) => {
      const loaded = loadRubric(JSON.stringify(rubric), 'drawn.yaml', trialCatalogue)
      assert.ok(loaded.ok, loaded.ok ? '' : loaded.diagnostics.map(formatDiagnostic).join('\n'))
      await database.fill(world)
      const own = defaultContext(loaded.value, context)
      const rows = (await database.rows<RunRow>(runSql(loaded.value, trialCatalogue, own))).map(resultOf)
      const expected = evaluate(loaded.value, factsOf(world), own)
      assert.deepEqual(rows, expected)
      // A restricted run gives the same points for its subject (R-RUN-4).
      const [first] = expected
      if (first === undefined) return
      const [alone] = (await database.rows<RunRow>(runSql(loaded.value, trialCatalogue, own, { subjects: [first.id] }))).map(resultOf)
      assert.deepEqual({ total: alone?.total, items: alone?.items, rank: alone?.rank }, { total: first.total, items: first.items, rank: null })
    }),
    draws(runs),
  )
})

/** Sheets as the database gives them. */
async function sheetsOf(sql: Sql): Promise<SheetRow[]> {
  return (await database.rows<Record<string, string | null>>(sql)).map((row) => Object.values(row))
}

test('[R-RUN-5] once facts of some have become known, scoring from the others’ sheets equals a run anew', async () => {
  await fc.assert(
    fc.asyncProperty(rubrics, worlds, async (rubric, world) => {
      const loaded = loadRubric(JSON.stringify(rubric), 'drawn.yaml', trialCatalogue)
      assert.ok(loaded.ok)
      const ir = loaded.value
      await database.fill(world)
      const before = defaultContext(ir, context)
      const after = { ...before, asOf: '2031-01-01T00:00:00Z' }
      const { settle, together } = scorerOf(ir, trialCatalogue)
      const scored = async (settled: ReadonlyMap<string, Settled>): Promise<ResultRow[]> => {
        const rows = (await database.rows<RunRow>(together([...settled.values()]))).map(resultOf)
        return rows.map((row) => ({ ...row, items: withShared(ir, JSON.parse(settled.get(row.id)?.at(-1) ?? '[]') as ItemResult[], row.items) }))
      }
      const settledOf = async (sheets: SheetRow[]): Promise<Map<string, Settled>> => new Map((await sheetsOf(settle(sheets))).map((one) => [one[0] ?? '', one]))
      const old = await sheetsOf(sheetsSql(ir, trialCatalogue, before))
      const settled = await settledOf(old)
      assert.deepEqual(await scored(settled), evaluate(ir, factsOf(world), before))
      const known = world.events.flatMap(({ known_from, unit_id }) => (known_from.startsWith('2030') && unit_id !== null ? [unit_id] : []))
      // Where facts follow a merger, whose they are now is not their own column's to say.
      const changed = Object.values(ir.measures).some(({ follow }) => follow) ? old.map(([id]) => id ?? '') : [...new Set(known)]
      const anew = remeasureSql(ir, trialCatalogue, after, changed, ['event'])
      const measured = new Map(anew === null ? [] : (await database.rows<Record<string, string | null>>(anew)).map((row) => [row.id, row]))
      const columns = sheetColumns(ir, trialCatalogue)
      const sheets = old.filter(([id]) => changed.includes(id ?? '')).map((sheet) => withMeasured(columns, sheet, { ...measured.get(sheet[0] ?? null) }))
      assert.deepEqual(await scored(new Map([...settled, ...(await settledOf(sheets))])), evaluate(ir, factsOf(world), after))
    }),
    draws(runs),
  )
})

test('[R-FIG-1] a figure in SQL equals the reference, and [R-FIG-2] has as many rows as it counts', async () => {
  await fc.assert(
    fc.asyncProperty(measures, measures, worlds, fc.boolean(), async (a, b, world, percent) => {
      const ratio = 'share' in a ? a : { ...a, ...('share' in b ? {} : { of: 'b', ...(percent ? { as: 'percent' } : {}) }) }
      const checked = checkMeasures({ a: ratio, b }, trialCatalogue, () => ({ file: 'drawn', line: 1, column: 1 }))
      assert.ok(checked.ok, checked.ok ? '' : checked.diagnostics.map(formatDiagnostic).join('\n'))
      await database.fill(world)
      const [row] = await database.rows<ReturnType<typeof evaluateFigure>>(figureSql(checked.value, 'a', trialCatalogue, context))
      assert.deepEqual({ ...row }, evaluateFigure(checked.value, 'a', factsOf(world), context))
      if (['avg', 'min', 'max'].some((key) => key in a)) return
      const rows = await database.rows<Listed>(rowsSql(checked.value, 'a', trialCatalogue, context, { part: 'numerator', limit: 1000 }))
      const one = checked.value.a
      // Rows with a weight add up to the number; the others are as many.
      if (one?.take.kind === 'sum' && one.among === null) assert.equal(shown(addedUp(rows)), row?.numerator)
      else assert.equal(String(rows.length), row?.numerator)
      const [first] = rows
      if (first === undefined) return
      const rest = await database.rows(rowsSql(checked.value, 'a', trialCatalogue, context, { part: 'numerator', limit: 1000, after: first.id }))
      assert.equal(rest.length, rows.length - 1)
    }),
    draws(runs),
  )
})

test('[R-FIG-4] the evidence of an item has as many rows as its input counts', async () => {
  await fc.assert(
    fc.asyncProperty(rubrics, worlds, async (rubric, world) => {
      const loaded = loadRubric(JSON.stringify(rubric), 'drawn.yaml', trialCatalogue)
      assert.ok(loaded.ok)
      await database.fill(world)
      for (const row of evaluate(loaded.value, factsOf(world), context).slice(0, 2))
        for (const item of row.items.slice(0, 3))
          for (const evidence of itemRowsSql(loaded.value, item.id, trialCatalogue, context, { subject: row.id, limit: 1000 })) {
            const rows: Listed[] = await database.rows<Listed>(evidence.sql)
            const measure: MeasureIr | undefined = loaded.value.measures[evidence.measure]
            const traced = (part: RegExp): Decimal =>
              Object.entries(item.inputs)
                .filter(([name]) => name.startsWith(`${evidence.measure}.`) && part.test(name))
                .map(([, value]) => decimal(String(value ?? '0')))
                .reduce(add, zero)
            // Marks that count, each once; coefficients of ballots added up; members that count.
            if (measure?.take.kind === 'rated') assert.equal(String(rows.length), format(traced(/\.marks(\.|$)/)))
            if (measure?.take.kind === 'ballot') assert.equal(shown(addedUp(rows)), format(traced(/\.sum(\.|$)/)))
            if (measure?.take.kind === 'members' && evidence.part === 'denominator') assert.equal(String(rows.length), format(traced(/\.counted$/)))
            if (measure?.take.kind !== 'count' && measure?.take.kind !== 'countDistinct' && measure?.take.kind !== 'share') continue
            const key: string = measure.take.kind === 'share' ? `${evidence.measure}.${evidence.part}` : evidence.measure
            assert.equal(String(rows.length), item.inputs[key])
          }
    }),
    draws(Math.ceil(runs / 6)),
  )
})
