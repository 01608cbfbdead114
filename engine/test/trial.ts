// A small made-up world for the engine's tests: a catalogue, and facts as arrays. equivalence.test.ts has the same facts in PostgreSQL.
import type { Catalogue, Column, Fact, Facts, Written } from '#engine/index.ts'

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
      columns: [
        column('id', 'string'),
        column('name', 'string'),
        column('class', 'string'),
        column('parent', 'string'),
        column('staff', 'int'),
        column('open', 'bool'),
        column('share', 'decimal'),
      ],
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
        column('late', 'bool'),
      ],
    },
    {
      name: 'mark',
      label: '评分',
      relation: '(select * from mark where tenant_id = {tenant})',
      id: 'r.id',
      subjects: { unit: 'r.unit_id' },
      when: 'r.day',
      columns: [column('item', 'string'), column('value', 'decimal'), column('by', 'string'), { ...column('group', 'string'), sql: 'r."group"' }],
    },
    {
      name: 'ballot',
      label: '测评票',
      relation: '(select * from ballot where tenant_id = {tenant})',
      id: 'r.id',
      subjects: { unit: 'r.unit_id' },
      when: 'r.day',
      columns: [column('item', 'string'), column('choice', 'string'), column('category', 'string'), column('count', 'int')],
    },
    {
      name: 'branch',
      label: '支部',
      relation: '(select * from branch where tenant_id = {tenant})',
      id: 'r.id',
      subjects: { unit: 'r.unit_id' },
      when: null,
      columns: [column('key', 'string'), column('size', 'int')],
    },
    {
      name: 'successor',
      label: '合并去向',
      relation: '(select * from successor where tenant_id = {tenant})',
      id: 'r.id',
      subjects: { unit: 'r.unit_id' },
      when: 'r.day',
      columns: [column('old', 'string')],
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
  share?: string | null
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
  late?: boolean | null
}
export interface Mark {
  unit_id: string
  day: string
  item: string
  value: string
  by: string
  group?: string | null
}
/** Ballots of one choice. */
export interface Ballot {
  unit_id: string
  day: string
  item: string
  choice: string | null
  category: string | null
  count: number | null
}
/** A member of a unit. */
export interface Branch {
  unit_id: string | null
  key: string | null
  size: number | null
}
/** Unit `old` was merged into `unit_id`. */
export interface Merger {
  unit_id: string
  day: string
  old: string
}
export interface World {
  units: Unit[]
  events: Event[]
  marks: Mark[]
  ballots?: Ballot[]
  branches?: Branch[]
  mergers?: Merger[]
}

const written = (value: unknown): Written => (typeof value === 'number' ? String(value) : (value as Written))

function factOf(id: string, subject: string | null, when: string | null, row: object): Fact {
  return { id, subject, when, values: Object.fromEntries(Object.entries(row).map(([key, value]) => [key, written(value)])) }
}

/** The world as arrays, for the reference. */
export function factsOf(world: World): Facts {
  return (source, context) => {
    if (source === 'unit') return world.units.map((unit) => factOf(unit.id, unit.id, null, unit))
    if (source === 'successor') return (world.mergers ?? []).map((merger, index) => factOf(String(index), merger.unit_id, merger.day, merger))
    if (source === 'mark') return world.marks.map((mark, index) => factOf(String(index), mark.unit_id, mark.day, mark))
    if (source === 'ballot') return (world.ballots ?? []).map((ballot, index) => factOf(String(index), ballot.unit_id, ballot.day, ballot))
    if (source === 'branch') return (world.branches ?? []).map((branch, index) => factOf(String(index), branch.unit_id, null, branch))
    return world.events
      .map((event, index) => ({ event, index }))
      .filter(({ event }) => Date.parse(event.known_from) <= Date.parse(context.asOf))
      .map(({ event, index }) => factOf(String(index), event.unit_id, event.day, event))
  }
}
