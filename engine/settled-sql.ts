// Scoring from sheets in two steps: what of a subject's score no other has a part in is settled and kept, the rest is computed for all together (SPEC.md R-RUN-5).

import { addTotal } from '#engine/block-sql.ts'
import type { Catalogue } from '#engine/catalogue.ts'
import { addGrades } from '#engine/grade-sql.ts'
import type { RubricIr } from '#engine/ir.ts'
import { measuresBesideItems, measuresOf, peerDependents, planRun } from '#engine/plan.ts'
import type { ItemResult } from '#engine/reference.ts'
import { addLevels, addTexts, itemsSql, resultSql } from '#engine/run-sql.ts'
import { measureColumns, measureIr, type SheetColumn, type SheetRow, sheetColumns, sheetsAsArrays } from '#engine/sheet-sql.ts'
import { createWriter, type Sql, statement } from '#engine/sql.ts'
import { createStages, type Stages } from '#engine/stages.ts'

/** What is settled of a subject: the columns that the second step reads, and last the text of a json, the item results in which no other subject has a part. */
export type Settled = readonly (string | null)[]

/** A rubric compiled for scoring from sheets; the statements' texts are always the same, so that they can be prepared. */
export interface Scorer {
  /** Gives a `Settled` a row, in the order of its columns. */
  settle: (sheets: readonly SheetRow[]) => Sql
  /** Gives everybody's result as `runSql` does; `items` holds those alone in which peers have a part (`withShared` puts both together). */
  together: (settled: readonly Settled[]) => Sql
}

/** Compiles a rubric for scoring from sheets. */
export function scorerOf(ir: RubricIr, catalogue: Catalogue): Scorer {
  const shared = peerDependents(ir)
  const { levels } = planRun(ir, 'all')
  const items = Object.keys(ir.items)
  const own = items.filter((id) => !shared.has(id))
  const kept = settledColumns(ir, catalogue, shared)
  const settle = overSheets(ir, sheetColumns(ir, catalogue), (stages) => {
    const isOwn = (id: string): boolean => !shared.has(id)
    addLevels(
      levels.map((level) => ({ items: level.items.filter(isOwn), blocks: level.blocks.map((row) => row.filter(isOwn)) })),
      stages,
    )
    addTexts(own, stages)
    return `select ${kept.map(({ name }) => `z.${name}::text as ${name}`).join(', ')}, ${itemsSql(own, stages)} as items\nfrom ${stages.last()} z`
  })
  const together = overSheets(ir, kept, (stages) => {
    const isShared = (id: string): boolean => shared.has(id)
    addLevels(
      levels.map((level) => ({ items: level.items.filter(isShared), blocks: level.blocks })),
      stages,
    )
    addTotal(stages)
    addGrades(stages, 'all')
    const written = items.filter(isShared)
    addTexts(written, stages)
    return resultSql(written, stages, null)
  })
  return { settle, together }
}

/** The columns that the second step reads: what the sheet says for it, points of settled items, and whether they apply. */
function settledColumns(ir: RubricIr, catalogue: Catalogue, shared: ReadonlySet<string>): SheetColumn[] {
  const stages = createStages(ir, createWriter(), 'base')
  const ofItems = Object.values(ir.items).flatMap((item) => (shared.has(item.id) ? measuresOf(item, ir) : []))
  const needed = new Set([...ofItems, ...measuresBesideItems(ir)].flatMap((name) => measureColumns(measureIr(ir, name), stages)))
  const measured = new Set(Object.values(ir.measures).flatMap((measure) => measureColumns(measure, stages)))
  return [
    ...sheetColumns(ir, catalogue).filter(({ name }) => needed.has(name) || !measured.has(name)),
    ...Object.values(ir.items).flatMap((item): SheetColumn[] =>
      shared.has(item.id)
        ? []
        : [
            { name: stages.itemColumn('p', item.id), type: 'decimal' },
            ...(item.when === null ? [] : [{ name: stages.itemColumn('a', item.id), type: 'bool' } satisfies SheetColumn]),
          ],
    ),
  ]
}

/** A statement over sheets of these columns: the stages that `output` adds, and the select it gives. */
function overSheets(ir: RubricIr, columns: readonly SheetColumn[], output: (stages: Stages) => string): (sheets: readonly SheetRow[]) => Sql {
  const writer = createWriter()
  const base = sheetsAsArrays(columns, writer)
  const stages = createStages(ir, writer, 'base')
  const select = output(stages)
  const { text, values } = statement(`with ${[`base as materialized (\n  ${base.text})`, ...stages.ctes].join(',\n')}\n${select}`, writer)
  return (sheets) => ({ text, values: values.map((value) => base.valueOf(value, sheets)) })
}

/** The items of a subject: those settled, and those in which peers have a part, in the order of the file (R-RUN-3). */
export function withShared(ir: RubricIr, settled: readonly ItemResult[], shared: readonly ItemResult[]): ItemResult[] {
  const known = new Map([...settled, ...shared].map((item) => [item.id, item]))
  return Object.keys(ir.items).flatMap((id) => known.get(id) ?? [])
}
