// Definitions with one slip each, and what is said of it: golden/mistakes/*.txt, read as a diff. No database.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import { parseYaml } from '#base/yaml.ts'
import { basesAmong, type Catalogue, checkMeasures, loadRubric } from '#engine/index.ts'
import { golden } from '#engine/test/golden.ts'
import { trialCatalogue } from '#engine/test/trial.ts'

const sound = readFileSync(join(import.meta.dirname, 'golden', 'small.yaml'), 'utf8')
const item = '      - {id: free,'
const line = (text: string): [string, string] => [item, `      - ${text}\n${item}`]
const one = (rule: string, more = ''): [string, string] => line(`{id: new, label: 新, points: 5, input: hours, missing: zero, ${more}rule: {${rule}}}`)
const measure = (text: string): [string, string] => ['measures:\n', `measures:\n  new: {${text}}\n`]

/** Sentences with the changes that are wrong: what stands in the sound rubric, and what is put there. */
const chapters: Record<string, [string, string][]> = {
  '[R-ITM-1] an item says what it is worth, what goes in, and what happens without data': [
    line('{id: new, label: 新, input: hours, missing: zero, rule: {kind: convert, factor: 1}}'),
    line('{id: new, label: 新, points: none, input: hours, missing: zero, rule: {kind: convert, factor: 1}}'),
    line('{id: new, label: 新, points: -1, input: hours, missing: zero, rule: {kind: convert, factor: 1}}'),
    line('{id: new, label: 新, points: 5, missing: zero, rule: {kind: convert, factor: 1}}'),
    line('{id: new, label: 新, points: 5, missing: zero, rule: {kind: gate, when: x > 1}}'),
    line('{id: whole, label: 又, points: 5, missing: zero, input: hours, rule: {kind: convert, factor: 1}}'),
    line('{id: top, label: 又, points: 5, missing: zero, input: hours, rule: {kind: convert, factor: 1}}'),
    ['defaults: {missing: peer-mean, round: 1, floor: none, peers: parent}', 'defaults: {round: 1, floor: none}'],
    ['defaults: {missing: peer-mean, round: 1, floor: none, peers: parent}', 'defaults: {missing: peer-mean, floor: none}'],
    ['defaults: {missing: peer-mean, round: 1, floor: none, peers: parent}', 'defaults: {missing: peer-mean, round: 13, floor: none, peers: parents}'],
    [
      'points: none, missing: zero, input: cases, rule: {kind: each, points: 0.25}',
      'points: none, missing: full, input: cases, rule: {kind: each, points: 0.25}',
    ],
    [
      'points: none, missing: zero, input: cases, rule: {kind: each, points: 0.25}',
      'points: none, missing: zero, input: cases, rule: {kind: deduct, lose: 0.25}',
    ],
    [
      'points: none, missing: zero, input: cases, rule: {kind: each, points: 0.25}',
      'points: none, missing: zero, input: cases, rule: {kind: proportional, target: 3}',
    ],
    [
      'points: none, missing: zero, input: cases, rule: {kind: each, points: 0.25}',
      'points: none, exempt: {when: hours > 1, give: full}, missing: zero, input: cases, rule: {kind: each, points: 0.25}',
    ],
    ['points: none, missing: zero, input: cases, rule: {kind: each, points: 0.25}', 'missing: zero, input: cases, rule: {kind: each, points: 0.25, lose: 3}'],
    ['floor: 2, input: ratio', 'floor: 12, input: ratio'],
    ['input: kinds + cases', 'input: kinds + casess'],
    ['input: kinds + cases', 'input: kinds > 1'],
    ['input: {items: [whole, limited]}', 'input: {items: [whole, ratta]}'],
    ['input: {items: [whole, limited]}', 'input: {items: []}'],
    ['input: {items: [whole, limited]}', 'input: {items: [listed]}'],
    ['input: {mark: outside, take: sum}', 'input: {mark: outside, take: mean}'],
    ['input: {over: event, where: kind == "奖", sum: n, unit: 次}', 'input: {over: evnt, where: kind == "奖", sum: n}'],
    ['exempt: {when: openings > 100, give: exclude}', 'exempt: {when: openings, give: exclude}'],
    ['exempt: {when: openings > 100, give: exclude}', 'exempt: {when: openings > 100, give: none}'],
    ['exempt: {when: openings > 100, give: exclude}', 'exempt: {give: exclude}'],
    ['when: has(ratio) || true', 'when: 1'],
    ['when: has(ratio) || true', 'when: false'],
  ],
  '[R-TIE-1] [R-CHK-1] [R-RNK-1] a rule has all its parts, of the right types': [
    one('kind: proportional'),
    one('kind: proportional, target: "a" + "b"'),
    one("kind: proportional, target: 'kind'"),
    one('kind: tiers, compare: ">=", table: [{bound: 80, points: 5}, {bound: 90, points: 6}], otherwise: 0'),
    one('kind: tiers, compare: ">", table: [{bound: 80, points: 5}, {bound: 80, points: 6}], otherwise: 0'),
    one('kind: tiers, compare: "<=", table: [{bound: 80, points: 5}, {bound: 70, points: 6}, {bound: 60, points: 6}], otherwise: 0'),
    one('kind: tiers, compare: "<", table: [{bound: 80, points: 5}, {bound: hours, points: 6}, {bound: 60, points: 6}], otherwise: 0'),
    one('kind: tiers, compare: "!=", table: [], otherwise: 0'),
    one('kind: tiers, compare: "<", table: [{bound: houurs, points: ok}], otherwise: nothing'),
    one('kind: tiers, compare: "<", table: [{bound: 1, points: 2}]'),
    one('kind: shortfall, target: 3, lose: 1'),
    one('kind: shortfall, target: 3, lose: 1, step: whole, unit: 0'),
    one('kind: excess, target: hourss, lose: kindss, step: whole, unit: -1'),
    one('kind: excess, target: 3, lose: 1, step: half'),
    one('kind: gate, when: hours'),
    one('kind: checklist, take: sum, parts: []'),
    one('kind: checklist, take: most, parts: [{when: hours > 1, points: 1}]'),
    one('kind: checklist, take: sum, parts: [{when: hourss > 1, points: 1}, {when: hours > 1, points: nothing}]'),
    one('kind: deduct, lose: ok'),
    one('kind: deduct, lose: 1, limit: most'),
    one('kind: each, points: none'),
    one('kind: convert, factor: 1, offset: nothing'),
    one('kind: convert, factor: nothing'),
    one('kind: formula, value: hours > 1'),
    one('kind: rank, best: high, peers: all, ties: min'),
    one('kind: rank, best: high, peers: all, ties: min, points: [3], lose: 1, otherwise: 0'),
    one('kind: rank, best: high, peers: all, ties: min, points: [3, 2]'),
    one('kind: rank, best: high, peers: all, ties: min, lose: 1, otherwise: 0'),
    one('kind: rank, best: top, peers: some, ties: max, lose: 1'),
    [
      'points: none, missing: zero, input: cases, rule: {kind: each, points: 0.25}',
      'points: none, missing: zero, input: cases, rule: {kind: rank, best: high, peers: all, ties: min, lose: 1}',
    ],
    one('kind: best'),
    one('target: 3'),
  ],
  '[R-MEA-1] a measure reads one source by one aggregate': [
    measure('over: event, sum: n, avg: n'),
    measure('over: event, count: rows, countDistinct: kind, share: {where: ok}'),
    measure('over: evnt, where: kindd == 1'),
    measure('over: event, where: n'),
    measure('over: event, where: kindd == "a"'),
    measure('over: event, sum: kind'),
    measure('over: event, avg: ok'),
    measure('over: event, min: due'),
    measure('over: event, max: nothing'),
    measure('over: event, countDistinct: tags'),
    measure('over: event, countDistinct: nothing'),
    measure('over: event, share: {where: n}'),
    measure('over: event, share: {}'),
    measure('over: event, severity: {by: n, table: {a: 1}, otherwise: 0}'),
    measure('over: event, severity: {by: nothing, table: {a: 1}, otherwise: 0}'),
    measure('over: event, severity: {by: kind, table: {a: b}, otherwise: 0}'),
    measure('over: event, once: tags'),
    measure('over: event, once: case_key, avg: n'),
    measure('over: event, once: case_key, share: {where: ok}'),
    measure('over: event, as: percent'),
    measure('over: event, of: rowss'),
    measure('over: event, of: new'),
    measure('over: event, of: ratio'),
    measure('over: event, of: good'),
    measure('over: event, of: rows, share: {where: ok}'),
    measure('over: event, of: rows, as: ratio'),
    measure('over: event, period: {from: 2024-02-30}'),
    measure('over: event, period: {to: 2024-13-01}'),
    measure('over: event, period: {from: 2024-03-01, to: 2024-02-01}'),
    measure('over: event, period: last-year'),
    measure('over: unit, period: {from: 2024-01-01}'),
    measure('over: unit, period: previous-year'),
    measure('over: post'),
    measure('label: 没有来源'),
    ['  plain: {over: event}', '  Plain: {over: event}'],
    ['  plain: {over: event}', '  total: {over: event}'],
    ['  plain: {over: event}', '  in: {over: event}'],
    ['  plain: {over: event}', '  x: {over: event}'],
  ],
  '[R-CON-1] [R-RNK-4] rules that escalate, convert and compare say how': [
    one('kind: escalate, lose: [1, 2]'),
    one('kind: escalate, lose: [1, all], beyond: last'),
    one('kind: escalate, lose: [all, 1], beyond: last'),
    one('kind: escalate, lose: [-1], beyond: none'),
    one('kind: escalate, lose: []'),
    one('kind: convert'),
    one('kind: convert, factor: 1, from: [0, 1], to: [0, 1], outside: clamp'),
    one('kind: convert, offset: 1, to: [0, 1]'),
    one('kind: convert, from: [0, 1], outside: clamp'),
    one('kind: convert, to: [0, 1], outside: clamp'),
    one('kind: convert, from: [0, 1], to: [0, 1]'),
    one('kind: convert, from: [0, 1, 2], to: [0, 1], outside: clamp'),
    one('kind: convert, from: [0, 1], to: [0, 1, 2], outside: clamp'),
    one('kind: convert, from: [1, 1], to: [0, 1], outside: extend'),
    one('kind: convert, from: [2, 1], to: [0, 1], outside: extend'),
    one('kind: ratio-to-best, best: high, peers: all'),
    one('kind: ratio-to-best, best: high, peers: {}, bestZero: full'),
    one('kind: ratio-to-best, best: high, peers: {by: subject.staff}, bestZero: full'),
    one('kind: ratio-to-best, best: high, peers: {by: subject.stf, where: 1}, bestZero: full'),
    one('kind: ratio-to-best, best: high, peers: {by: class, where: hours > 1}, bestZero: full'),
    one('kind: relative, how: ratio, peers: class, self: included, base: 1, factor: 2'),
    one('kind: relative, how: difference, peers: class, self: included, cap: 2, base: 1, factor: 1'),
    one('kind: relative, how: difference, peers: class, self: included, factor: 1'),
    one('kind: relative, how: difference, peers: class, self: included, base: 1'),
    one('kind: relative, how: difference, peers: class, self: included, base: basee, factor: ok'),
    [
      'points: none, missing: zero, input: cases, rule: {kind: each, points: 0.25}',
      'points: none, missing: zero, input: cases, rule: {kind: relative, how: ratio, peers: all, self: excluded}',
    ],
    one('kind: deduct, lose: 1', 'partYear: pro-rata, '),
    one('kind: proportional, target: 3', 'partYear: pro-rata, '),
    ['{items: [whole, limited]}', '{items: {whole: 0.4, nothing: 0.6}}'],
    ['{items: [whole, limited]}', '{items: {}}'],
    ['{items: [whole, limited]}', '{items: {whole: most}}'],
    ['{items: [whole, limited]}', '{items: [tops, seconds]}'],
    ['rubric: small', 'rubric: small\npartYear: pro-rata'],
    ['rubric: small', 'rubric: small\nmerged: follow'],
    ['rubric: small', 'rubric: small\ntieBreak: [nothing, {id: tops, best: low}]'],
    ['rubric: small', 'rubric: small\ntieBreak: []'],
    ['zero: total', 'zero: [nothing, top]'],
    ['zero: total', 'zero: []'],
    ['{count: 3, ties: out, peers: all}', '{count: 3, ties: out, peers: all, fewest: 3}'],
    ['{count: 3, ties: out, peers: all}', '{count: 3, ties: out, peers: all, small: open}'],
    ['{count: 3, ties: out, peers: all}', '{count: 3, ties: out, peers: all, fewest: 0, small: open}'],
    ['  cap: 12.5\n', '  floor: 13\n  cap: 12.5\n'],
    ['    label: 次\n', '    label: 次\n    whenNone: rescale\n'],
    ['    label: 次\n', '    label: 次\n    whenNone: some\n'],
  ],
  '[R-LAT-1] [R-ONC-1] [R-RAT-1] [R-BAL-1] [R-MOV-1] late rows, cases, marks, ballots and members are told whole': [
    measure('over: event, once: case_key, pick: last'),
    measure('over: event, pick: first'),
    measure('over: event, pick: heaviest, once: case_key'),
    measure('over: event, late: half'),
    measure('over: event, late: 2'),
    measure('over: event, late: -1'),
    measure('over: event, late: 0.5, avg: n'),
    measure('over: event, late: none, countDistinct: kind'),
    measure('over: event, late: 0.5, share: {where: ok}'),
    measure('over: unit, late: none'),
    measure('over: event, where: late'),
    ['{mark: outside, take: sum}', '{mark: outside, take: trimmed}'],
    ['{mark: outside, take: sum}', '{mark: outside, take: trimmed, trim: {each: 1}}'],
    ['{mark: outside, take: sum}', '{mark: outside, take: trimmed, trim: {each: 1, from: 2, fewer: mean}}'],
    ['{mark: outside, take: sum}', '{mark: outside, take: median, trim: {each: 1}}'],
    ['{mark: outside, take: sum}', '{mark: outside, take: median, range: [5, 1]}'],
    ['{mark: outside, take: sum}', '{mark: outside, take: median, range: [1]}'],
    ['{mark: outside, take: sum}', '{mark: outside, take: avg, fewest: 0}'],
    ['{mark: outside, take: sum}', '{mark: outside, take: avg, allot: {by: {a: 1}}}'],
    ['{mark: outside, take: sum}', '{mark: outside, take: avg, allot: {shares: {a: -1}, missing: rescale}}'],
    ['{mark: outside, take: sum}', '{ballot: outside}'],
    ['{mark: outside, take: sum}', '{ballots: [outside, other]}'],
    ['{mark: outside, take: sum}', '{ballot: outside, choices: {好: 1, 差: 0}}'],
    ['{mark: outside, take: sum}', '{ballot: outside, choices: {好: 1}, categories: {甲: 0}, missing: rescale}'],
    ['{mark: outside, take: sum}', '{meanOver: {members: member}}'],
    ['{mark: outside, take: sum}', '{meanOver: member}'],
  ],
  '[R-BLK-1] blocks hold something, and conditions are conditions': [
    ['        start: 30\n', '        round: 2\n'],
    ['when: subject.open && class != "丙"', 'when: subject.opn && class != "丙"'],
    ['when: subject.open && class != "丙"', 'when: class'],
    ['exempt: {when: subject.staff == 0, give: exclude}', 'exempt: {when: subject.staff, give: exclude}'],
    ['exempt: {when: items.whole > 5, give: full}', 'exempt: {when: items.hole > 5, give: full}'],
    ['exempt: {when: items.whole > 5, give: full}', 'exempt: {when: blocks.second > 5, give: full}'],
    ['    weight: 0.7', '    weight: most'],
    ['  - id: second', '  - id: top'],
    ['  - id: second', '  - id: Second'],
    ['total: {floor: none, cap: 100, round: 0}', 'total: {floor: 101, cap: 100, round: 0}'],
    ['total: {floor: none, cap: 100, round: 0}', 'total: {cap: 100, round: 1.5}'],
    ['  cap: 12.5\n', ''],
  ],
  '[R-GRD-1] [R-VET-1] grades go down, quotas and vetoes say how': [
    ['from: 85, quota', 'from: 95, quota'],
    ['from: 85, quota', 'from: 96, quota'],
    ['{grade: 中, quota: {count: 3, ties: out, peers: all}}', '{grade: 中}'],
    ['{grade: 中, quota: {count: 3, ties: out, peers: all}}', '{grade: 良, from: 85}'],
    ['{grade: 中, quota: {count: 3, ties: out, peers: all}}', '{grade: 中, from: 90}'],
    ['{grade: 差}', '{grade: 差, from: 10}'],
    ['{grade: 差}', '{grade: 差, quota: {count: 3, ties: out, peers: all}}'],
    ['{count: 3, ties: out, peers: all}', '{count: 3, percent: 4, round: down, ties: out, peers: all}'],
    ['{count: 3, ties: out, peers: all}', '{ties: out, peers: all}'],
    ['{count: 3, ties: out, peers: all}', '{count: -1, ties: out, peers: all}'],
    ['percent: 40, round: up, ties: out', 'percent: 40, ties: out'],
    ['percent: 40, round: up, ties: out', 'percent: 40, round: up, ties: some'],
    ['ceiling: 中', 'ceiling: 中中'],
    ['ceiling: 中', 'ceiling: 中, zero: total'],
    [', ceiling: 中', ''],
    ['zero: total', 'zero: all'],
    ["when: 'total < 60 || items.whole == 0'", "when: 'totl < 60'"],
    ["when: 'total < 60 || items.whole == 0'", 'when: total'],
    ['rank: {peers: parent, ties: average}', 'rank: {peers: parent}'],
  ],
  '[R-RAN-1] the population, its class and the period are there': [
    ['population: {source: unit, class: class}', 'population: {source: unitt, class: class}'],
    ['population: {source: unit, class: class}', 'population: {source: unit, class: clas}'],
    ['population: {source: unit, class: class}', 'population: {source: unit, class: staff}'],
    ['population: {source: unit, class: class}', 'population: {source: unit}'],
    ['population: {source: unit, class: class}', 'population: {source: unit, class: class, where: staff}'],
    ['population: {source: unit, class: class}', 'population: {source: unit, class: class, where: stf > 1}'],
    ['population: {source: unit, class: class}', 'population: {source: event, class: kind}'],
    ['subject: unit', 'subject: party-org'],
    ['period: {from: 2024-01-01, to: 2024-06-30}', 'period: {from: 2024-07-01, to: 2024-06-30}'],
    ['period: {from: 2024-01-01, to: 2024-06-30}', 'period: {from: 2024-02-30, to: 2024-06-31}'],
    ['rubric: small', 'rubric: Small'],
    ['title: 各种设置', 'title: ""'],
    ['blocks:\n', 'sections: []\nblocks:\n'],
  ],
}

function saidOf(text: string, catalogue: Catalogue = trialCatalogue): string {
  const loaded = loadRubric(text, 'r.yaml', catalogue)
  return loaded.ok ? '  nothing' : loaded.diagnostics.map((one) => `  ${formatDiagnostic(one)}`).join('\n')
}

for (const [sentence, changes] of Object.entries(chapters))
  test(sentence, () => {
    const lines = changes.map(([from, to]) => {
      assert.ok(sound.includes(from), from)
      return `${(to.split('\n').find((part) => part !== from && part !== 'measures:') ?? '').trim()}\n${saidOf(sound.replace(from, () => to))}`
    })
    golden(`mistakes/${/R-\w+-\d/.exec(sentence)?.[0]}.txt`, `${sentence}\n\n${lines.join('\n')}\n`)
  })

test('[R-RNK-3] peers by class or parent need the column, and marks a source', () => {
  const without = (source: string, ...columns: string[]): Catalogue => ({
    sources: trialCatalogue.sources.map((one) => (one.name === source ? { ...one, columns: one.columns.filter(({ name }) => !columns.includes(name)) } : one)),
  })
  const noMarks = { sources: trialCatalogue.sources.filter(({ name }) => name !== 'mark') }
  const text = [saidOf(sound, without('unit', 'parent')), saidOf(sound, without('unit', 'class')), saidOf(sound, noMarks), saidOf(sound, { sources: [] })].join(
    '\n--\n',
  )
  golden('mistakes/catalogue.txt', `${text}\n`)
})

const tree = parseYaml(sound, 's.yaml').tree as { measures: object }
test('[R-MEA-1] measures outside a rubric are checked alone, for one subject or for all', () => {
  const placed = (path: (string | number)[]) => ({ file: path.join('.'), line: 1, column: 1 })
  const said = (given: unknown, subject: 'unit' | 'party-org' | null = null): string => {
    const checked = checkMeasures(given, trialCatalogue, placed, subject)
    return checked.ok ? JSON.stringify(checked.value) : checked.diagnostics.map((one) => `  ${formatDiagnostic(one)}`).join('\n')
  }
  const wrong = {
    a: { over: 'event', sum: 1.5 },
    b: { over: 'evnt' },
    c: { ovr: 'event' },
    d: 3,
    e: { over: 'event', of: 'c' },
    f: { over: 'event', severity: { by: 'kind', table: { a: 1 }, otherwise: 0 } },
  }
  const text = [
    said(tree.measures),
    said(tree.measures, 'unit'),
    said(tree.measures, 'party-org'),
    said(wrong),
    said({ f: wrong.f }),
    said(null),
    said([]),
    said('a'),
    said({}),
  ].join('\n--\n')
  golden('mistakes/measures.txt', `${text}\n`)
})

const head = 'extends: {rubric: small, version: 2}\nrubric: next\nversion: 1\ntitle: 下一年\n'
/** What an extension says; each is loaded over small.yaml. */
const extensions = [
  '',
  'remove: [whole]',
  'remove: [free_bonus, nought, last_year, good, started_only]',
  'remove: [items.limited, measures.cases, blocks.inner, vetoes.capped]',
  'remove: [nothing, measures.whole, items.]',
  'measures: {hours: {where: ~, sum: n}, fresh: {over: event, label: 新}}\nitems: [{id: whole, input: fresh, label: ~}]',
  'measures: {hours: ~}',
  'measures: {fresh: {over: evnt}}',
  'items: [{id: whole, points: 12, rule: {kind: proportional, target: 9}}]',
  'items: [{id: whole, into: second}]',
  'items: [{id: whole, after: free}, {id: limited, before: gated}]',
  'items: [{id: whole, into: bonuses}, {id: fined, into: top}, {id: free_bonus, after: fined}]',
  'items: [{id: whole, into: top, after: limited}]',
  'items: [{id: whole, after: nothing}, {id: limited, into: nothing}, {id: gated, before: top}]',
  'items: [{id: fresh, label: 新, points: 1, input: hours, rule: {kind: each, points: 1}}]',
  'items: [{id: wholle, points: 3}]',
  'items: [{id: fresh, label: 新, points: 1, into: inner, input: hourss, rule: {kind: each, points: 1}}]',
  'items: [{id: fresh, label: 新, points: 1, after: whole, input: hours, rule: {kind: each, points: 1}}, {id: fresher, label: 更新, points: 1, before: fresh, input: hours, rule: {kind: each, points: 1}}]',
  'items: [{id: gated, when: ~, missing: ~}]',
  'items: [{id: whole, colour: red}]',
  'blocks: [{id: inner, when: ~, label: 里}, {id: third, label: 三, start: 5}]',
  'blocks: [{id: third, label: 三, after: top, items: [{id: fresh, label: 新, points: 1, input: hours, when: ~, rule: {kind: each, points: 1}}]}]',
  'blocks: [{id: inner, items: []}]',
  'blocks: [{id: inner, into: second}, {id: second, before: top}]',
  'blocks: [{id: second, blocks: [], into: nothing}]',
  'bonuses: {cap: 3}\npenalties: {cap: none}',
  'vetoes: [{id: nought, zero: ~, ceiling: 中}, {id: fresh, label: 新, when: hours > 900, ceiling: 差}]',
  'vetoes: [{id: fresh, label: 新, when: hourss > 900, ceiling: 差}]',
  'total: {floor: 0, cap: none, round: 1}\nnote: ~\ngrades: ~\nvetoes: []\nremove: [nought, capped]\nperiod: {from: 2025-01-01, to: 2025-12-31}\nsubject: unit',
  'population: {source: unit}\nrank: {peers: class, ties: min}',
  'blocks: ~\nmeasures: ~',
  'extend: 3',
]
/** What differs between two trees, a path a line. */
function differing(before: unknown, after: unknown, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
  if (!isMap(before) || !isMap(after) || Array.isArray(before) !== Array.isArray(after)) return [`  ${path} ${JSON.stringify(after)}`]
  const order = Object.keys(after).join(' ') === Object.keys(before).join(' ') ? [] : [`  ${path} = ${Object.keys(after).join(' ')}`]
  return [...order, ...Object.keys(after).flatMap((key) => differing(before[key], after[key], `${path}.${key}`))]
}

test('[R-EXT-1] [R-EXT-2] [R-EXT-3] each extension comes to a rubric, or is refused at its place', () => {
  const bases = basesAmong([{ text: sound, file: 'small.yaml' }])
  const base = loadRubric(sound, 'small.yaml', trialCatalogue)
  assert.ok(base.ok)
  const text = extensions.map((given) => {
    const loaded = loadRubric(`${head}${given}\n`, 'next.yaml', trialCatalogue, bases)
    const said = loaded.ok ? differing(base.value, loaded.value) : loaded.diagnostics.map((one) => `  ${formatDiagnostic(one)}`)
    return [given, ...said].join('\n')
  })
  golden('mistakes/extensions.txt', `${text.join('\n')}\n`)
})
test('[R-EXT-4] bases that are missing, go in a circle or are wrong are told', () => {
  const said = (text: string, files: Record<string, string>): string => {
    const loaded = loadRubric(text, 'next.yaml', trialCatalogue, basesAmong(Object.entries(files).map(([file, own]) => ({ file, text: own }))))
    return loaded.ok ? `  ${loaded.value.rubric}` : loaded.diagnostics.map((one) => `  ${formatDiagnostic(one)}`).join('\n')
  }
  const second = head.replace('rubric: next', 'rubric: second')
  const text = [
    said(head, {}),
    said(head.replace('version: 2', 'version: 3'), { 's.yaml': sound }),
    said('extends: {rubric: second, version: 1}\nrubric: third\nversion: 1\ntitle: 三\nitems: [{id: whole, points: 2}]\n', {
      's.yaml': sound,
      'n.yaml': second,
    }),
    said(head.replace('{rubric: small, version: 2}', '{rubric: next, version: 1}'), {
      'next.yaml': head.replace('{rubric: small, version: 2}', '{rubric: next, version: 1}'),
    }),
    said(head, { 's.yaml': sound.replace('label: 顶', 'lable: 顶') }),
    said(head, { 's.yaml': sound.replace('input: hours', 'input: hourss') }),
    said(head, { 's.yaml': `${sound}\n  bad: [` }),
    said(head.replace('{rubric: small, version: 2}', 'settings'), { 's.yaml': sound }),
    said(`${head}items: [`, { 's.yaml': sound }),
    said(head.replace('rubric: next', 'rubric: small'), { 's.yaml': sound }),
  ]
  golden('mistakes/bases.txt', `${text.join('\n--\n')}\n`)
})
