// What each rule means, by hand-checked numbers, on the reference; equivalence.test.ts holds SQL to the reference.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import { type Context, evaluate, loadRubric, type ResultRow } from '#engine/index.ts'
import { factsOf, trialCatalogue, type Unit, type World } from '#engine/test/trial.ts'
import { base, marked } from '#test/small-rubric.ts'

const context: Context = { tenant: 1, on: '2024-12-31', asOf: '2025-01-01T00:00:00Z', from: '2024-01-01', to: '2024-12-31' }
const unit = (id: string, parts: Partial<Unit> = {}): Unit => ({ id, name: id, class: '甲', parent: null, staff: 1, open: true, ...parts })

function run(rubric: object, world: World): ResultRow[] {
  const loaded = loadRubric(JSON.stringify({ ...base, ...rubric }), 'r.yaml', trialCatalogue)
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.diagnostics.map(formatDiagnostic).join('\n'))
  return evaluate(loaded.value, factsOf(world), context)
}

const item = (rule: object, more: object = {}) => ({ id: 'a', label: '项', points: '10', input: { mark: 'm' }, rule, ...more })
const oneBlock = (...items: object[]) => ({ blocks: [{ id: 'one', label: '一', items }] })

/** Points of an item of ten points for each mark. */
function pointsFor(rule: object, values: (string | null)[], more: object = {}): (string | null | undefined)[] {
  return run(oneBlock(item(rule, more)), marked(values)).map((row) => row.items[0]?.points)
}

test('[R-PRO-1] proportional: P × min(x ÷ target, cap)', () => {
  assert.deepEqual(pointsFor({ kind: 'proportional', target: '12' }, ['6', '12', '15', '7']), ['5', '10', '10', '5.83'])
  assert.deepEqual(pointsFor({ kind: 'proportional', target: '12', cap: '1.2' }, ['15'], { cap: '12' }), ['12'])
  assert.deepEqual(pointsFor({ kind: 'proportional', target: '0' }, ['5'], { missing: 'full' }), ['10'])
})

test('[R-TIE-1] tiers: the first row that fits, inclusive or not as stated', () => {
  const table = [
    { bound: '90', points: '10' },
    { bound: '80', points: '8' },
  ]
  assert.deepEqual(pointsFor({ kind: 'tiers', compare: '>=', table, otherwise: '1' }, ['90', '89.99', '80', '0']), ['10', '8', '8', '1'])
  assert.deepEqual(pointsFor({ kind: 'tiers', compare: '>', table, otherwise: '1' }, ['90', '80']), ['8', '1'])
})

test('[R-DIS-1] [R-DIS-2] shortfall and excess lose per unit of distance: pro rata, whole or started', () => {
  const rule = { kind: 'shortfall', target: '90', lose: '0.5' }
  assert.deepEqual(pointsFor({ ...rule, step: 'pro-rata' }, ['90', '88.5', '60']), ['10', '9.25', '0'])
  assert.deepEqual(pointsFor({ ...rule, step: 'whole' }, ['88.5']), ['9.5'])
  assert.deepEqual(pointsFor({ ...rule, step: 'started' }, ['88.5']), ['9'])
  assert.deepEqual(pointsFor({ kind: 'excess', target: '3', lose: '2', unit: '0.5', step: 'whole' }, ['3', '3.5', '4.9']), ['10', '8', '4'])
})

test('[R-GAT-1] [R-CHK-1] gate is all or nothing, a checklist adds up or takes the best', () => {
  assert.deepEqual(pointsFor({ kind: 'gate', when: 'x >= 80' }, ['80', '79.9']), ['10', '0'])
  const parts = [
    { when: 'x >= 1', points: '3' },
    { when: 'x >= 2', points: '4' },
  ]
  assert.deepEqual(pointsFor({ kind: 'checklist', take: 'sum', parts }, ['0', '1', '2']), ['0', '3', '7'])
  assert.deepEqual(pointsFor({ kind: 'checklist', take: 'best', parts }, ['0', '1', '2']), ['0', '3', '4'])
})

test('[R-DED-1] [R-EAC-1] [R-CON-1] deduct stops at its limit or floor, each and convert multiply', () => {
  assert.deepEqual(pointsFor({ kind: 'deduct', lose: '0.5' }, ['3', '30']), ['8.5', '0'])
  assert.deepEqual(pointsFor({ kind: 'deduct', lose: '0.5', limit: '2' }, ['30']), ['8'])
  assert.deepEqual(pointsFor({ kind: 'each', points: '-0.1' }, ['3'], { points: '0', floor: 'none' }), ['-0.3'])
  assert.deepEqual(pointsFor({ kind: 'convert', factor: '0.1', offset: '1' }, ['95']), ['10'])
  assert.deepEqual(pointsFor({ kind: 'formula', value: 'x / 3 * 3' }, ['1']), ['1'])
})

test('[R-NUM-2] [R-ITM-3] points are rounded half away from zero, then held between floor and cap', () => {
  assert.deepEqual(pointsFor({ kind: 'convert', factor: '1' }, ['2.345', '2.344', '-2.345'], { floor: '-5' }), ['2.35', '2.34', '-2.35'])
  assert.deepEqual(pointsFor({ kind: 'convert', factor: '1' }, ['20', '-1']), ['10', '0'])
})

test('[R-RNK-1] [R-RNK-2] [R-RNK-3] places share points by min, dense or average', () => {
  const rule = { kind: 'rank', best: 'high', peers: 'all', points: ['10', '8', '6', '4'], otherwise: '0' }
  const values = ['5', '9', '9', '1', '1', '1']
  assert.deepEqual(pointsFor({ ...rule, ties: 'min' }, values), ['6', '10', '10', '4', '4', '4'])
  assert.deepEqual(pointsFor({ ...rule, ties: 'dense' }, values), ['8', '10', '10', '6', '6', '6'])
  assert.deepEqual(pointsFor({ ...rule, ties: 'average' }, values), ['6', '9', '9', '1.33', '1.33', '1.33'])
  assert.deepEqual(pointsFor({ kind: 'rank', best: 'low', peers: 'all', ties: 'min', lose: '0.5' }, ['3', '1', null, '2']), ['9', '10', '0', '9.5'])
})

test('[R-MIS-1] [R-MIS-2] [R-MIS-3] missing data is zero, full, the mean of the peers, left out, or by hand', () => {
  const rule = { kind: 'convert', factor: '1' }
  assert.deepEqual(pointsFor(rule, [null, '4', '7'], { missing: 'zero' }), ['0', '4', '7'])
  assert.deepEqual(pointsFor(rule, [null, '4', '7'], { missing: 'full' }), ['10', '4', '7'])
  assert.deepEqual(pointsFor(rule, [null, '4', '7'], { missing: 'peer-mean', peers: 'all' }), ['5.5', '4', '7'])
  const excluded = run(oneBlock(item(rule, { missing: 'exclude' }), { ...item(rule), id: 'b', input: '6' }), marked([null, '4']))
  assert.deepEqual(
    excluded.map(({ total, items }) => [total, items[0]?.points, items[0]?.missing]),
    [
      ['12', null, 'exclude'],
      ['10', '4', null],
    ],
  )
  const world = marked([null, null])
  world.marks.push({ unit_id: 'u1', day: '2024-05-01', item: 'a', value: '8.5', by: '乙' })
  const manual = run(oneBlock(item(rule, { missing: 'manual' })), world)
  assert.deepEqual(
    manual.map(({ items }) => [items[0]?.points, items[0]?.missing]),
    [
      ['8.5', 'manual'],
      ['0', 'manual'],
    ],
  )
})

test('[R-ITM-1] [R-ITM-2] what does not apply is not there, what is exempt gives full points or is left out', () => {
  const rule = { kind: 'convert', factor: '1' }
  const world: World = { ...marked(['4', '5', '6']), units: [unit('u1', { class: '乙' }), unit('u2', { staff: 0 }), unit('u3')] }
  const rows = run(
    oneBlock(item(rule, { when: 'class == "甲"', exempt: { when: 'subject.staff == 0', give: 'full' } }), {
      ...item(rule),
      id: 'b',
      exempt: { when: 'subject.staff == 0', give: 'exclude' },
    }),
    world,
  )
  assert.deepEqual(
    rows.map(({ total, items }) => [total, ...items.map((one) => `${one.id} ${one.points} ${one.missing}`)]),
    [
      ['4', 'b 4 null'],
      ['20', 'a 10 exempt-full', 'b null exempt-exclude'],
      ['12', 'a 6 null', 'b 6 null'],
    ],
  )
})

const events = (rows: Partial<World['events'][number]>[]): World['events'] =>
  rows.map((row) => ({
    unit_id: 'u1',
    day: '2024-03-01',
    known_from: '2020-01-01T00:00:00Z',
    kind: null,
    n: null,
    hours: null,
    ok: null,
    due: null,
    at: null,
    tags: null,
    case_key: null,
    ...row,
  }))

test('[R-SEV-1] [R-ONC-1] [R-ONC-2] severity by table; one case counts once, by its heaviest', () => {
  const severity = { by: 'kind', table: { 诫勉: '1', 轻处分: '3', 重处分: '5', 移送: '8' }, otherwise: '0' }
  const world: World = {
    units: [unit('u1')],
    marks: [],
    events: events([
      { kind: '诫勉', case_key: 'k' },
      { kind: '移送', case_key: 'k' },
      { kind: '轻处分' },
      { kind: '轻处分' },
      { kind: '重处分', day: '2023-03-01' },
      { kind: null, case_key: 'z' },
    ]),
  }
  const lost = (input: object) =>
    run(oneBlock({ id: 'a', label: '违纪', points: '100', input, rule: { kind: 'deduct', lose: '1' } }), world)[0]?.items[0]?.points
  assert.equal(lost({ over: 'event', severity }), String(100 - 1 - 8 - 3 - 3))
  assert.equal(lost({ over: 'event', severity, once: 'case_key' }), String(100 - 8 - 3 - 3))
  assert.equal(lost({ over: 'event', once: 'case_key' }), String(100 - 4))
})

test('[R-MEA-4] [R-MEA-5] [R-MEA-7] [R-PER-4] counts of nothing are 0, shares of nothing are missing; denominators and periods are as stated', () => {
  const world: World = {
    units: [unit('u1'), unit('u2')],
    marks: [],
    events: events([
      { ok: true, n: 2 },
      { ok: false, n: 4 },
      { ok: true, day: '2023-05-01' },
    ]),
  }
  const inputs = {
    all: { over: 'event' },
    good: { over: 'event', where: 'ok', of: 'all', as: 'percent' },
    share: { over: 'event', share: { where: 'ok' } },
    before: { over: 'event', period: 'previous-year' },
    mean: { over: 'event', avg: 'n' },
  }
  const items = Object.keys(inputs).map((input) => ({ id: `i_${input}`, label: input, points: '100', input, rule: { kind: 'convert', factor: '1' } }))
  const rows = run({ measures: inputs, ...oneBlock(...items) }, world)
  assert.deepEqual(
    rows.map((row) => row.items.map((one) => one.inputs[one.id.slice(2)])),
    [
      ['2', '50', '50', '1', '3'],
      ['0', null, null, '0', null],
    ],
  )
})

test('[R-BLK-1] [R-TOT-1] blocks are weighted, bonuses and penalties capped, the total floored', () => {
  const convert = { kind: 'convert', factor: '1' }
  const rubric = {
    blocks: [
      {
        id: 'base',
        label: '基础',
        weight: '0.7',
        start: '100',
        floor: '0',
        items: [{ id: 'd', label: '扣', points: '0', floor: 'none', input: { mark: 'm' }, rule: { kind: 'each', points: '-5' } }],
      },
      { id: 'appraisal', label: '考核', weight: '0.3', items: [{ id: 'e', label: '考', points: '100', input: '90', rule: convert }] },
    ],
    bonuses: { cap: '3', items: [{ id: 'f', label: '加', input: { mark: 'm' }, rule: { kind: 'each', points: '2' } }] },
    penalties: { cap: 'none', items: [{ id: 'g', label: '罚', input: '1.5', rule: convert }] },
  }
  assert.deepEqual(
    run(rubric, marked(['1', '2', '40'])).map(({ total, rank }) => [total, rank]),
    [
      ['94' /* 95×0.7 + 27 + 2 − 1.5 */, '1'],
      ['91.5', '2'],
      ['28.5', '3'],
    ],
  )
})

const graded = (grades: object[], more: object, ...values: (string | null)[]) =>
  run({ ...oneBlock(item({ kind: 'convert', factor: '1' }, { points: '100' })), grades, ...more }, marked(values)).map(({ grade, total, vetoes }) => [
    grade,
    total,
    ...vetoes,
  ])

test('[R-GRD-1] [R-VET-1] thresholds give the grade, a veto caps it or zeroes the total', () => {
  const grades = [{ grade: '好', from: '90' }, { grade: '较好', from: '80' }, { grade: '一般', from: '60' }, { grade: '差' }]
  assert.deepEqual(
    graded(grades, {}, '90', '89.99', '60', '59').map(([grade]) => grade),
    ['好', '较好', '一般', '差'],
  )
  assert.deepEqual(graded(grades, { vetoes: [{ id: 'v', label: '否优', when: 'total > 95', ceiling: '一般' }] }, '99', '91', '10'), [
    ['一般', '99', 'v'],
    ['好', '91'],
    ['差', '10'],
  ])
  assert.deepEqual(graded(grades, { vetoes: [{ id: 'z', label: '归零', when: 'items.a > 95', zero: 'total' }] }, '99'), [['差', '0', 'z']])
})

test('[R-QUO-1] [R-QUO-2] a quota is rounded as stated; equals at its edge are all out or all in; those beyond fall one grade', () => {
  const five = (ties: string, round = 'down') => [
    { grade: '五星', from: '90', quota: { percent: '30', round, ties, peers: 'all' } },
    { grade: '四星', from: '80' },
    { grade: '三星' },
  ]
  const values = ['99', '98', '97', '97', '91', '85', '70', '70', '70', '70']
  const stars = (grades: object[]) =>
    graded(grades, {}, ...values)
      .map(([grade]) => grade)
      .sort()
      .join(' ')
      .replaceAll('星', '')
  assert.equal(stars(five('out')), '三 三 三 三 五 五 四 四 四 四')
  assert.equal(stars(five('in')), '三 三 三 三 五 五 五 五 四 四')
  assert.deepEqual(
    graded(five('out'), {}, '99', '95', '91').map(([grade]) => grade),
    ['四星', '四星', '四星'],
  )
  assert.deepEqual(
    graded(five('out', 'up'), {}, '99', '95', '91').map(([grade]) => grade),
    ['五星', '四星', '四星'],
  )
})

test('[R-ITM-4] an item can be the sum of others, ranked', () => {
  const rubric = oneBlock(item({ kind: 'convert', factor: '1' }), {
    id: 'b',
    label: '两阶段',
    points: '10',
    input: { items: ['a'] },
    rule: { kind: 'rank', best: 'high', peers: 'all', ties: 'min', points: ['10', '5'], otherwise: '1' },
  })
  assert.deepEqual(
    run(rubric, marked(['3', '7', '5'])).map(({ total }) => total),
    ['4', '17', '10'],
  )
})
