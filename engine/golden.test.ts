// Text that is kept in the tree and read as a diff: statements and IR of golden/*.yaml. `UPDATE_GOLDEN=1` writes it anew.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import {
  type Catalogue,
  defaultContext,
  figureSql,
  itemRowsSql,
  loadRubric,
  type RubricIr,
  remeasureSql,
  rowsSql,
  runSql,
  type Sql,
  scorerOf,
  sheetColumns,
  sheetsSql,
} from '#engine/index.ts'
import { trialCatalogue } from '#engine/test/trial.ts'
import { golden } from '#test/golden.ts'

/** The trial catalogue with what a part of a year and merged units ask for. */
const catalogue: Catalogue = {
  sources: [
    ...trialCatalogue.sources.map((one) =>
      one.name === 'unit' ? { ...one, columns: [...one.columns, { name: 'share', label: '占全年', type: 'decimal' as const, sql: 'r.share' }] } : one,
    ),
    {
      name: 'successor',
      label: '并入',
      relation: '(select * from successor where tenant_id = {tenant})',
      id: 'r.id',
      subjects: { unit: 'r.unit_id' },
      when: null,
      columns: [{ name: 'old', label: '原单位', type: 'string', sql: 'r.old' }],
    },
  ],
}
const folder = join(import.meta.dirname, 'golden')

function shown(title: string, { text, values }: Sql): string {
  return `-- ${title}\n${text};\n${values.map((value, index) => `-- $${index + 1} = ${JSON.stringify(value)}\n`).join('')}`
}

function load(file: string): RubricIr {
  const loaded = loadRubric(readFileSync(join(folder, file), 'utf8'), file, catalogue)
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.diagnostics.map(formatDiagnostic).join('\n'))
  return loaded.value
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  const context = (ir: RubricIr) => defaultContext(ir, { tenant: 1, asOf: '2025-01-01T00:00:00Z' })

  test(`[R-RUN-1] [R-RUN-2] the statements of ${file} are those in the tree`, () => {
    const ir = load(file)
    const [measure = ''] = Object.keys(ir.measures).slice(1)
    const text = [
      shown('run', runSql(ir, catalogue, context(ir))),
      shown('run of one subject', runSql(ir, catalogue, context(ir), { subjects: ['u1'] })),
      shown(`figure ${measure}`, figureSql(ir.measures, measure, catalogue, context(ir))),
      shown(`rows of ${measure}`, rowsSql(ir.measures, measure, catalogue, context(ir), { part: 'numerator', limit: 50, after: '1' })),
    ].join('\n')
    golden(file.replace('.yaml', '.sql'), text)
  })
  test(`[R-RUN-5] the statements over sheets of ${file} are those in the tree`, () => {
    const ir = load(file)
    const sheet = sheetColumns(ir, catalogue).map((_, index) => (index === 0 ? 'u1' : null))
    const text = [
      `-- columns of a sheet: ${sheetColumns(ir, catalogue)
        .map(({ name, type }) => `${name} ${type}`)
        .join(', ')}\n`,
      shown('sheets', sheetsSql(ir, catalogue, context(ir))),
      ...['nothing', ...new Set(Object.values(ir.measures).map(({ source }) => source))].map((source) => {
        const again = remeasureSql(ir, catalogue, context(ir), ['u1'], [source])
        return again === null ? `-- nothing reads ${source}\n` : shown(`what reads ${source}, of one subject`, again)
      }),
      shown('what is settled of a sheet', scorerOf(ir, catalogue).settle([sheet])),
      shown('scores of what is settled', scorerOf(ir, catalogue).together([sheet])),
    ].join('\n')
    golden(file.replace('.yaml', '.sheets.sql'), text)
  })
  test(`[R-FIG-1] [R-FIG-2] [R-FIG-4] figures and rows of every measure and item of ${file} are those in the tree`, () => {
    const ir = load(file)
    const subject = { kind: ir.subject, id: 'u1' }
    const figures = Object.keys(ir.measures).flatMap((name) => [
      shown(`figure ${name}`, figureSql(ir.measures, name, catalogue, context(ir))),
      shown(`figure ${name} of one subject`, figureSql(ir.measures, name, catalogue, context(ir), subject)),
      shown(`rows of ${name}`, rowsSql(ir.measures, name, catalogue, context(ir), { part: 'numerator', limit: 50 })),
      shown(`rows below ${name} of one subject`, rowsSql(ir.measures, name, catalogue, context(ir), { part: 'denominator', limit: 9, after: '1', subject })),
    ])
    const rows = Object.keys(ir.items).map((id) => {
      const evidence = itemRowsSql(ir, id, catalogue, context(ir), { subject: 'u1', limit: 5 })
      return `-- evidence of ${id}: ${evidence.map(({ measure, label, part, sql }) => `${measure} ${label} ${part} ${sql.values.length}`).join('; ')}\n`
    })
    golden(file.replace('.yaml', '.figures.sql'), [...figures, ...rows].join('\n'))
  })
  test(`what ${file} comes to after the check is the IR in the tree`, () => {
    golden(file.replace('.yaml', '.ir.json'), `${JSON.stringify(load(file), null, 1)}\n`)
  })
}
