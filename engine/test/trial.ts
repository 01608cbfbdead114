// A small made-up world for the engine's tests: a catalogue, facts as arrays, and the same facts in PostgreSQL.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { Catalogue, Column, Fact, Facts, Sql, Written } from '#engine/index.ts'
import { startCluster } from '#server/kit/embedded.ts'

const column = (name: string, type: Column['type']): Column => ({ name, label: name, type, sql: `r.${name}` })

/** Units with attributes; events with a column of each type; marks. */
export const trialCatalogue: Catalogue = {
  sources: [
    {
      name: 'unit',
      label: '单位',
      relation: '(select * from unit where tenant_id = {tenant})',
      id: 'r.id',
      subjects: { unit: 'r.id' },
      when: null,
      columns: [column('name', 'string'), column('class', 'string'), column('parent', 'string'), column('staff', 'int'), column('open', 'bool')],
    },
    {
      name: 'event',
      label: '事件',
      relation: '(select * from event where tenant_id = {tenant} and known_from <= {asOf})',
      id: 'r.id',
      subjects: { unit: 'r.unit_id' },
      when: 'r.day',
      columns: [
        column('kind', 'string'),
        column('n', 'int'),
        column('hours', 'decimal'),
        column('ok', 'bool'),
        column('due', 'date'),
        column('at', 'timestamp'),
        column('tags', 'list(string)'),
        column('case_key', 'string'),
      ],
    },
    {
      name: 'mark',
      label: '评分',
      relation: '(select * from mark where tenant_id = {tenant})',
      id: 'r.id',
      subjects: { unit: 'r.unit_id' },
      when: 'r.day',
      columns: [column('item', 'string'), column('value', 'decimal'), column('by', 'string')],
    },
  ],
}

export interface Unit {
  id: string
  name: string
  class: string | null
  parent: string | null
  staff: number | null
  open: boolean | null
}
export interface Event {
  unit_id: string | null
  day: string
  known_from: string
  kind: string | null
  n: number | null
  hours: string | null
  ok: boolean | null
  due: string | null
  at: string | null
  tags: string[] | null
  case_key: string | null
}
export interface Mark {
  unit_id: string
  day: string
  item: string
  value: string
  by: string
}
export interface World {
  units: Unit[]
  events: Event[]
  marks: Mark[]
}

const written = (value: unknown): Written => (typeof value === 'number' ? String(value) : (value as Written))

function factOf(id: string, subject: string | null, when: string | null, row: object): Fact {
  return { id, subject, when, values: Object.fromEntries(Object.entries(row).map(([key, value]) => [key, written(value)])) }
}

/** The world as arrays, for the reference. */
export function factsOf(world: World): Facts {
  return (source, context) => {
    if (source === 'unit') return world.units.map((unit) => factOf(unit.id, unit.id, null, unit))
    if (source === 'mark') return world.marks.map((mark, index) => factOf(String(index), mark.unit_id, mark.day, mark))
    return world.events
      .map((event, index) => ({ event, index }))
      .filter(({ event }) => Date.parse(event.known_from) <= Date.parse(context.asOf))
      .map(({ event, index }) => factOf(String(index), event.unit_id, event.day, event))
  }
}

export interface TrialDatabase {
  fill: (world: World) => Promise<void>
  rows: <T>(sql: Sql) => Promise<T[]>
  stop: () => Promise<void>
}

/** A database of its own: on the server that DAJUAN_TEST_URL names, or on a temporary one. */
export async function startTrial(): Promise<TrialDatabase> {
  const given = process.env.DAJUAN_TEST_URL
  const dataDir = mkdtempSync(join(tmpdir(), 'engine-trial-'))
  const cluster = given === undefined ? await startCluster({ dataDir, settings: { shared_buffers: '32MB', fsync: 'off' } }) : null
  const admin = new Client(given ?? cluster?.url('postgres'))
  await admin.connect()
  const name = `engine_trial_${process.pid}_${Date.now()}`
  await admin.query(`create database ${name}`)
  const url = new URL(given ?? cluster?.url('postgres') ?? '')
  url.pathname = `/${name}`
  const db = new Client(url.toString())
  await db.connect()
  await db.query(`
    create table unit (tenant_id int, id text, name text, class text, parent text, staff int, open boolean);
    create table event (tenant_id int, id int, unit_id text, day date, known_from timestamptz, kind text, n int, hours numeric, ok boolean, due date, at timestamptz, tags text[], case_key text);
    create table mark (tenant_id int, id int, unit_id text, day date, item text, value numeric, by text)`)
  const load = (table: string, rows: object[]): Promise<unknown> =>
    db.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
      JSON.stringify(rows.map((row, id) => ({ id, ...row, tenant_id: 1 }))),
    ])
  return {
    fill: async ({ units, events, marks }) => {
      await db.query('truncate unit, event, mark')
      await load('unit', units)
      await load('event', events)
      await load('mark', marks)
    },
    rows: async <T>({ text, values }: Sql) => (await db.query(text, values)).rows as T[],
    stop: async () => {
      await db.end()
      await admin.query(`drop database ${name}`)
      await admin.end()
      await cluster?.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
