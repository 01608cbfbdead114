// dajuan score as a process: SQL and reference, the JSON's shape, mistakes in rubric and facts, Ctrl-C.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'dajuan-st-'))
// The server's user, who is not root, must be able to enter.
chmodSync(folder, 0o755)
const running = new Set<ChildProcess>()
after(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Ended {
  code: number | null
  out: string
  err: string
}

function start(args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(join(root, 'bin', 'dajuan'), ['score', ...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (part: Buffer) => (out += part))
  child.stderr.on('data', (part: Buffer) => (err += part))
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })))
  void ended.then(() => running.delete(child))
  return { child, ended }
}

const score = (...args: string[]): Promise<Ended> => start(args).ended
const example = (name: string): [string, string, string] => [
  join(root, 'engine/examples', name, 'rubric.yaml'),
  '--facts',
  join(root, 'engine/examples', name, 'facts'),
]

/** A folder of the test's own with these files; the rubric asks for one number a unit. */
function written(name: string, files: Record<string, string>): string {
  mkdirSync(join(folder, name, 'facts'), { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text)
  return name
}
const small = (item: string): string => `rubric: small
version: 2024-a
title: 示例
subject: unit
population: { source: unit }
period: { from: 2024-01-01, to: 2024-12-31 }
blocks:
  - id: all
    label: 全部
    items:
      - ${item}
total: { floor: 0, cap: none, round: 2 }
rank: { peers: all, ties: min }
`
const hours = small(
  '{ id: hours, label: 学时, points: 10, missing: zero, round: 2, input: { over: study, sum: hours }, rule: { kind: proportional, target: 4 } }',
)

/** `line:column` of the first occurrence. */
function placeIn(text: string, part: string): string {
  const before = text.slice(0, text.indexOf(part)).split('\n')
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`
}

interface Output {
  units: {
    id: string
    class: string | null
    total: string
    grade: string | null
    rank: string
    items: { id: string; points: string | null; inputs: object }[]
  }[]
}

test('[score] SQL and reference print the same JSON, of exactly the stated shape, and say which they are', async () => {
  const [sql, reference] = await Promise.all(
    [[], ['--reference']].map((more) => score(...example('c1-grading'), '--json', '--as-of', '2026-01-01T08:00:00+08:00', ...more)),
  )
  assert.ok(sql !== undefined && reference !== undefined)
  assert.deepEqual([sql.code, sql.err, reference.code, reference.err], [0, '', 0, ''])
  const [one, other] = [sql, reference].map(({ out }) => JSON.parse(out) as Output & Record<string, unknown>)
  assert.ok(one !== undefined && other !== undefined)
  assert.deepEqual(Object.keys(one), ['rubric', 'version', 'on', 'asOf', 'evaluator', 'units'])
  assert.deepEqual({ ...one, units: 0 }, { rubric: 'c1-grading', version: 1, on: '2023-12-31', asOf: '2026-01-01T00:00:00.000Z', evaluator: 'sql', units: 0 })
  assert.equal(other['evaluator'], 'reference')
  assert.deepEqual(one.units, other.units)
  const [first] = one.units
  assert.deepEqual(Object.keys(first ?? {}), ['id', 'class', 'total', 'grade', 'rank', 'items'])
  assert.deepEqual(first, {
    ...{ id: 'z1', class: '机关', total: '98', grade: '好', rank: '1' },
    items: [
      { id: 'members_meeting', points: '20', max: '20', inputs: { meetings: '4' }, missing: null },
      { id: 'lecture', points: '20', max: '20', inputs: { lectures: '4' }, missing: null },
      {
        id: 'inspection',
        points: '38',
        max: '40',
        inputs: { 'mark.inspection.avg': '95', 'mark.inspection.avg.numerator': '95', 'mark.inspection.avg.denominator': '1' },
        missing: null,
      },
      {
        id: 'satisfaction',
        points: '20',
        max: '20',
        inputs: { ballots_cast: '100', satisfied: '96', 'satisfied.numerator': '96', 'satisfied.denominator': '100' },
        missing: null,
      },
    ],
  })
})

test('[score] without --json a table in order of rank, and nothing is left behind', async () => {
  const { code, out, err } = await score(...example('a-county-2018'))
  assert.deepEqual([code, err], [0, ''])
  assert.match(out, /\(a-county-2018, version 1\) {2}on 2018-12-31 {2}as of \S+ {2}by SQL in a temporary PostgreSQL\n/)
  const ranks = [...out.matchAll(/^(\d+) {2,}(\w+) /gm)].map(([, rank, id]) => `${rank} ${id}`)
  assert.deepEqual(ranks, ['1 csj', '2 yq1', '3 zzb', '4 nlj', '5 cjj', '5 yq2', '7 slj', '8 nlz', '9 lyj', '10 swz'])
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('dajuan-')),
    [],
  )
})

test('[score] --csv prints every block and item of every unit, as a spreadsheet reads it', async () => {
  const { code, out, err } = await score(...example('f-service-ratings-2021'), '--csv', '--reference')
  assert.deepEqual([code, err], [0, ''])
  const [head, first, second] = out.split('\r\n')
  assert.equal(head, 'rank,id,name,class,total,rates,claim_rate,accuracy,rating_rate,content_rate,hotline,mend_rate,praised,criticised,vetoes')
  assert.equal(first, '1,a1,甲局（虚构）,A类,102.92,97.922222222222,5,,15,28.13,20,20,6,0,')
  assert.equal(second, '2,a2,乙局（虚构）,A类,64.96,64.96,4.67,7,4.29,24,10,15,0,0,')
  assert.equal((await score(...example('f-service-ratings-2021'), '--csv', '--json')).code, 2)
})

test('[score] every mistake of the rubric and the facts is told at once, each with its place and a way out', async () => {
  const rubric = hours
    .replace('sum: hours', 'sum: hour')
    .replace('total: { floor: 0,', 'vetoes: [{ id: v, label: 否决, when: totl < 3, zero: total }]\ntotal: { floor: 0,')
  const name = written('mistakes', {
    'rubric.yaml': rubric,
    'facts/units.csv': 'id,name\nu1,甲\nu1,乙\n',
    'facts/study.csv': '﻿unit,date,hours:decimal\r\nu1,2024-02-30,1\r\nu2,2024-03-01,two\r\n',
  })
  const { code, out, err } = await score(`${name}/rubric.yaml`, '--facts', `${name}/facts`)
  assert.deepEqual([code, out], [1, ''])
  assert.deepEqual(err.trimEnd().split('\n'), [
    `mistakes/rubric.yaml:${placeIn(rubric, 'hour }')} cel-name no field \`hour\` — did you mean \`hours\`?`,
    `mistakes/rubric.yaml:${placeIn(rubric, 'totl')} cel-name no field \`totl\` — did you mean \`total\`?`,
    'mistakes/facts/units.csv:3:1 csv-duplicate the unit `u1` is there twice — first in line 2',
    'mistakes/facts/study.csv:2:4 csv-value `2024-02-30` is not a date such as 2024-01-31 — write a date such as 2024-01-31, or leave the cell empty',
    'mistakes/facts/study.csv:3:1 csv-unit no unit `u2` in units.csv — did you mean `u1`?',
    'mistakes/facts/study.csv:3:15 csv-value `two` in column `hours` is not a number such as 12.5 — write a number such as 12.5, or leave the cell empty',
    '6 to mend; nothing was scored.',
  ])
})

test('[score] a source that has no file is told with those there are, in rubrics that are otherwise right', async () => {
  const name = written('sources', { 'rubric.yaml': hours, 'facts/units.csv': 'id\nu1\n', 'facts/studies.csv': 'unit,date,hours\nu1,2024-01-01,3\n' })
  const { code, err } = await score(`${name}/rubric.yaml`, '--facts', `${name}/facts`, '--reference')
  assert.equal(code, 1)
  const place = placeIn(hours, 'study,')
  assert.equal(
    err.split('\n')[0],
    `sources/rubric.yaml:${place} source no fact source \`study\` — known: unit, studies, mark — each source is a file <source>.csv in sources/facts`,
  )
})

test('[score] a rubric that is empty, no YAML, a folder or not there gets a sentence', async () => {
  const name = written('files', { 'facts/units.csv': 'id\nu1\n', 'empty.yaml': '', 'broken.yaml': 'rubric: [a\n  b: {', 'gbk.yaml': '' })
  writeFileSync(join(folder, name, 'gbk.yaml'), Buffer.from([0x74, 0x3a, 0x20, 0xd6, 0xd0]))
  for (const [file, pattern] of [
    ['empty.yaml', /empty\.yaml:1:1 shape expected a rubric, found nothing/],
    ['broken.yaml', /broken\.yaml:\d+:\d+ yaml /],
    ['gbk.yaml', /gbk\.yaml:1:1 file this file is not UTF-8/],
    ['none.yaml', /none\.yaml:1:1 file there is no such file/],
    ['facts', /facts:1:1 file this is a folder/],
  ] as const) {
    const { code, err } = await score(`${name}/${file}`, '--facts', `${name}/facts`, '--reference')
    assert.equal(code, 1, err)
    assert.match(err, pattern)
    assert.doesNotMatch(err, /\n\s+at /)
  }
})

test('[score] wrong usage is exit code 2', async () => {
  const rubric = example('c1-grading')
  for (const [args, pattern] of [
    [[], /name the rubric file/],
    [[rubric[0]], /--facts DIR is needed/],
    [[...rubric, '--on', '2023-02-29'], /--on is "2023-02-29"/],
    [[...rubric, '--as-of', 'yesterday'], /--as-of is "yesterday"/],
    [[...rubric, '--fact'], /Unknown option '--fact'/],
  ] as [string[], RegExp][]) {
    const { code, err } = await score(...args)
    assert.equal(code, 2, err)
    assert.match(err, pattern)
  }
})

test('[score] --on counts nothing later, --as-of knows nothing later; both evaluators agree', async () => {
  const name = written('times', {
    'rubric.yaml': hours,
    'facts/units.csv': 'id\nu1\n',
    // The first row was corrected on 10 January 2025: until then 3 hours were known, from then on 1.
    'facts/study.csv': 'unit,date,hours,known_from,known_until\nu1,2024-02-01,3,,2025-01-10\nu1,2024-02-01,1,2025-01-10,\nu1,2024-11-01,1,,\n',
  })
  const total = async (...more: string[]): Promise<string | undefined> => {
    const { out, err } = await score(`${name}/rubric.yaml`, '--facts', `${name}/facts`, '--json', ...more)
    assert.equal(err, '')
    return (JSON.parse(out) as Output).units[0]?.total
  }
  const [late, early] = [
    ['--as-of', '2025-02-01'],
    ['--as-of', '2025-01-09'],
  ]
  assert.equal(await total(...early, '--reference'), '10')
  assert.equal(await total(...late, '--reference'), '5')
  assert.equal(await total(...late, '--reference', '--on', '2024-10-31'), '2.5')
  assert.equal(await total(...early), '10')
  assert.equal(await total(...late, '--on', '2024-10-31'), '2.5')
})

test('[score] what is allowed but looks like a slip is noted', async () => {
  const name = written('notes', {
    'rubric.yaml': small(
      '{ id: inspection, label: 检查, points: 10, missing: zero, round: 2, input: { mark: inspection }, rule: { kind: convert, factor: 1 } }',
    ),
    'facts/units.csv': 'id,备注\nu1,无\n',
    'facts/marks.csv': 'unit,item,value,by,at\nu1,inspecton,9,甲,2024-05-01\nu1,visit,9,甲,2025-01-03\n',
  })
  const { code, out, err } = await score(`${name}/rubric.yaml`, '--facts', `${name}/facts`, '--reference')
  assert.equal(code, 0)
  assert.match(out, /the reference evaluator/)
  assert.match(err, /^note: notes\/facts\/units\.csv:1:4 csv-header the column `备注` is left out/m)
  assert.match(err, /^note: notes\/rubric\.yaml:11:\d+ no-mark no unit has a mark for `inspection` — did you mean `inspecton`\?$/m)
  assert.match(err, /^note: notes\/facts\/marks\.csv:2:1 unused-mark /m)
  assert.match(err, /^note: notes\/facts\/marks\.csv:3:1 mark-period the mark of 2025-01-03 lies outside/m)
})

test('[score] Ctrl-C ends it and takes its PostgreSQL and its folder away', async () => {
  const { child, ended } = start(example('c1-grading'))
  const made = (): string[] => readdirSync(folder).filter((name) => name.startsWith('dajuan-'))
  while (made().length === 0) await wait(5)
  child.kill('SIGINT')
  const { code } = await ended
  assert.equal(code, 130)
  assert.deepEqual(made(), [])
})

test('a dry run says what the facts say of the rubric, and who would move', async () => {
  const example = join(root, 'engine', 'examples', 'a-county-2018')
  const [rubric, facts] = [join(example, 'rubric.yaml'), join(example, 'facts')]
  const { code, out } = await start([rubric, '--facts', facts, '--reference', '--dry-run', '--against', rubric]).ended
  assert.equal(code, 0)
  assert.match(out, /^10个单位(等次|得分)都不变。/)
  assert.match(out, /\n各项指标\n指标\t板块\t满分/)
  const json = JSON.parse((await start([rubric, '--facts', facts, '--dry-run', '--json']).ended).out)
  assert.equal(json.moves, null)
  assert.ok(json.items.length > 20 && json.sentences.length > 2)
  const without = await start([rubric, '--facts', facts, '--against', rubric]).ended
  assert.match(without.err, /--against goes with --dry-run/)
})
