// The stages of a run's statement: each is a CTE that adds columns to the one before, aliased `z`.
import { celSql, type Resolve } from '#engine/cel-sql.ts'
import type { ItemIr, Peers, RubricIr } from '#engine/ir.ts'
import { blocksById } from '#engine/plan.ts'
import { quote, type Writer } from '#engine/sql.ts'

export type Column = [name: string, sql: string]

/** A statement being built. */
export interface Stages {
  ir: RubricIr
  writer: Writer
  ctes: string[]
  /** The CTE that holds all columns so far. */
  last: () => string
  /** Adds a stage unless there are no columns. Materialised, so that no expression is computed twice. */
  add: (columns: Column[]) => void
  /** The same for window functions: they sort rows of these columns alone, which are then joined. */
  addBeside: (columns: Column[]) => void
  /** Short column names: `p3` are the points of the fourth item. */
  itemColumn: (kind: 'p' | 'r' | 'x' | 'a' | 'e' | 'v' | 'k' | 't' | 'c' | 'o' | 'g' | 'h' | 'n' | 'q', id: string) => string
  blockColumn: (kind: 'a' | 'z' | 'b' | 's' | 'q' | 'f' | 't' | 'u' | 'w', id: string) => string
  measureName: (name: string) => string
  resolve: Resolve
  number: (value: string) => string
}

/** Starts the statement of a rubric: `first` is the stage that holds the subjects. */
export function createStages(ir: RubricIr, writer: Writer, first: string): Stages {
  const ctes: string[] = []
  const indexes = (names: string[]): ((name: string) => number) => {
    const known = new Map(names.map((name, index) => [name, index]))
    return (name) => {
      const index = known.get(name)
      if (index === undefined) throw new Error(`no ${name} in rubric ${ir.rubric}`)
      return index
    }
  }
  const item = indexes(Object.keys(ir.items))
  const block = indexes([...blocksById(ir).keys(), ''])
  const measure = indexes(Object.keys(ir.measures))
  let last = first
  const stages: Stages = {
    ir,
    writer,
    ctes,
    last: () => last,
    add: (columns) => {
      if (columns.length === 0) return
      const name = `stage${ctes.length + 1}`
      ctes.push(`${name} as (\n  select z.*,\n    ${columns.map(([column, sql]) => `${sql} as ${column}`).join(',\n    ')}\n  from ${last} z offset 0)`)
      last = name
    },
    addBeside: (columns) => {
      if (columns.length === 0) return
      const name = `stage${ctes.length + 1}`
      ctes.push(`${name} as materialized (\n  select z.id,\n    ${columns.map(([column, sql]) => `${sql} as ${column}`).join(',\n    ')}\n  from ${last} z)`)
      const joined = `stage${ctes.length + 1}`
      ctes.push(`${joined} as (\n  select z.*, ${columns.map(([column]) => `y.${column}`).join(', ')}\n  from ${last} z join ${name} y on y.id = z.id)`)
      last = joined
    },
    itemColumn: (kind, id) => `${kind}${item(id)}`,
    blockColumn: (kind, id) => `block_${kind}${block(id)}`,
    measureName: (name) => `m${measure(name)}`,
    resolve: (ref) => {
      switch (ref.scope) {
        case 'measure':
          return `z.${stages.measureName(ref.name)}`
        case 'subject':
          return `z.${quote(`s_${ref.name}`)}`
        case 'item':
          return `z.${stages.itemColumn('p', ref.name)}`
        case 'block':
          return `z.${stages.blockColumn('b', ref.name)}`
        case 'total':
          return 'z.raw_total'
        case 'x':
        case 'peers':
        case 'column':
          throw new Error(`${ref.scope} ${ref.name} has no value at this stage`)
      }
    },
    number: (value) => writer.bind(value, 'numeric'),
  }
  return stages
}

/** `partition by …` for a peer group and further keys; those without a group are one group. */
export function partition({ by }: Peers, stages: Stages, ...keys: string[]): string {
  const all = [...(by === null ? [] : [celSql(by, stages.resolve, stages.writer)]), ...keys]
  return all.length === 0 ? '' : `partition by ${all.join(', ')}`
}

/** SQL condition: the subject is one of those who are compared. */
export function isPeer({ where }: Peers, stages: Stages): string {
  return where === null ? 'true' : `coalesce(${celSql(where, stages.resolve, stages.writer)}, false)`
}

/** SQL condition: the item applies to the subject. */
export function applies(item: ItemIr, stages: Stages): string {
  return item.when === null ? 'true' : `z.${stages.itemColumn('a', item.id)}`
}
