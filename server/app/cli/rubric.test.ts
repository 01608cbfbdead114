// The command rubric lint: what it prints, its exit code, and the errors of those who type it wrongly.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'dajuan-lint-'))
after(() => rmSync(folder, { recursive: true }))
const example = (name: string): string => join(root, 'engine/examples', name, 'rubric.yaml')

function dajuan(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(join(root, 'bin', 'dajuan'), args, { encoding: 'utf8', cwd: folder })
  return { code: status, out: stdout, err: stderr }
}

test('[lint] the line of example B about uploads is found in either language, with place, document and way out', () => {
  for (const [name, words] of [
    ['每月最后两天前未上传扣0.1分', '每月最后两天'],
    ['not uploaded by the last two days of the month −0.1', 'last two days of the month'],
  ] as const) {
    writeFileSync(join(folder, 'b.yaml'), `blocks:\n  - id: life\n    items:\n      - { id: theme_day, note: ${name} }\n`)
    const { code, out } = dajuan('rubric', 'lint', 'b.yaml', '--on', '2026-06-01')
    assert.equal(code, 1)
    assert.match(out, /^b\.yaml:4:\d+ 禁用 限日上传（upload-deadline）：theme_day\.note/)
    assert.ok(out.includes(`“${words}”`) && out.includes('2024-08-06') && out.includes('建议：'), out)
  }
})
test('[lint] a rubric without findings ends with 0, and as JSON is data', () => {
  const { code, out } = dajuan('rubric', 'lint', example('b-party-2022'), '--json')
  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(out), [{ file: example('b-party-2022'), findings: [] }])
})
test('[lint] rules that were not yet in force find nothing', () => {
  assert.equal(dajuan('rubric', 'lint', example('a-county-2018'), '--on', '2018-12-31').code, 0)
  assert.equal(dajuan('rubric', 'lint', example('a-county-2018'), '--on', '2026-06-01').code, 1)
})
test('[lint] what was typed wrongly is said', () => {
  assert.match(dajuan('rubric', 'lint').err, /name a rubric file/)
  assert.match(dajuan('rubric', 'lint', 'none.yaml').err, /no such file/)
  assert.match(dajuan('rubric', 'lint', example('b-party-2022'), '--on', 'today').err, /--on is "today"/)
  writeFileSync(join(folder, 'bad.yaml'), 'blocks: [')
  const { code, err } = dajuan('rubric', 'lint', 'bad.yaml')
  assert.equal(code, 1)
  assert.match(err, /bad\.yaml:1/)
})
test('[lint] burden rules with mistakes are refused with every mistake at its place', () => {
  writeFileSync(
    join(folder, 'lint.yaml'),
    `documents: [{ id: d, name: 文件, by: 部门, from: '2024-02-30' }]
stops: []
words: { some: [甲], other: ['$some'] }
excuses: [{ before: ['$sum'] }]
rules:
  - { id: one, severity: note, name: 一, cite: [{ document: e }], why: 因, instead: 替, texts: [{ is: ['$sone'] }] }
  - { id: one, severity: note, name: 二, cite: [{ document: d }], why: 因, instead: 替 }
`,
  )
  const { code, err } = dajuan('rubric', 'lint', example('b-party-2022'), '--pack', '.')
  assert.equal(code, 2)
  for (const said of [
    '2024-02-30 is not a date',
    'names no other list',
    '`$sum`',
    '`$sone`',
    'no document `e`',
    'two rules are called `one`',
    'looks at nothing',
  ])
    assert.ok(err.includes(said), `${said}\n${err}`)
})
