// The SQL text of golden/*.yaml, kept in the tree and read as a diff. `UPDATE_GOLDEN=1` writes it anew.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import { defaultContext, figureSql, loadRubric, rowsSql, runSql, type Sql } from '#engine/index.ts'
import { trialCatalogue } from '#engine/test/trial.ts'

const folder = join(import.meta.dirname, 'golden')

function shown(title: string, { text, values }: Sql): string {
  return `-- ${title}\n${text};\n${values.map((value, index) => `-- $${index + 1} = ${JSON.stringify(value)}\n`).join('')}`
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  test(`[R-RUN-1] [R-RUN-2] the statements of ${file} are those in the tree`, () => {
    const loaded = loadRubric(readFileSync(join(folder, file), 'utf8'), file, trialCatalogue)
    assert.ok(loaded.ok, loaded.ok ? '' : loaded.diagnostics.map(formatDiagnostic).join('\n'))
    const ir = loaded.value
    const context = defaultContext(ir, { tenant: 1, asOf: '2025-01-01T00:00:00Z' })
    const [measure = ''] = Object.keys(ir.measures).slice(1)
    const text = [
      shown('run', runSql(ir, trialCatalogue, context)),
      shown('run of one subject', runSql(ir, trialCatalogue, context, { subjects: ['u1'] })),
      shown(`figure ${measure}`, figureSql(ir.measures, measure, trialCatalogue, context)),
      shown(`rows of ${measure}`, rowsSql(ir.measures, measure, trialCatalogue, context, { part: 'numerator', limit: 50, after: '1' })),
    ].join('\n')
    const path = join(folder, file.replace('.yaml', '.sql'))
    if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(path, text)
    assert.equal(text, readFileSync(path, 'utf8'), 'set UPDATE_GOLDEN=1 to write it anew, then read the diff')
  })
}
