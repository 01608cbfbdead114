// Rules that compare, escalate, convert; blocks, vetoes, quotas, part years and mergers, by hand-checked numbers, on the reference.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDiagnostic } from '#base/errors.ts'
import { type Context, evaluate, explainItem, loadRubric, type ResultRow, type RubricIr } from '#engine/index.ts'
import { type Event, factsOf, trialCatalogue, type Unit, type World } from '#engine/test/trial.ts'

const context: Context = { tenant: 1, on: '2024-12-31', asOf: '2025-01-01T00:00:00Z', from: '2024-01-01', to: '2024-12-31' }
const base = {
  rubric: 'r',
  version: '1',
  title: '题',
  subject: 'unit',
  population: { source: 'unit', class: 'class' },
  period: { from: '2024-01-01', to: '2024-12-31' },
  defaults: { missing: 'zero', round: '2' },
  total: { floor: 'none', cap: 'none', round: '2' },
  rank: { peers: 'all', ties: 'min' },
}

/** A world in which unit u1, u2, … has the mark given on item m; `parts` say more of the units. */
function marked(values: (string | null)[], parts: Partial<Unit>[] = []): World {
  return {
    units: values.map((_, index) => ({ id: `u${index + 1}`, name: `u${index + 1}`, class: '甲', parent: null, staff: 1, open: true, ...parts[index] })),
    events: [],
    marks: values.flatMap((value, index) => (value === null ? [] : [{ unit_id: `u${index + 1}`, day: '2024-05-01', item: 'm', value, by: '甲' }])),
  }
}

function load(rubric: object): RubricIr {
  const loaded = loadRubric(JSON.stringify({ ...base, ...rubric }), 'r.yaml', trialCatalogue)
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.diagnostics.map(formatDiagnostic).join('\n'))
  return loaded.value
}

function errors(rubric: object): string[] {
  const loaded = loadRubric(JSON.stringify({ ...base, ...rubric }), 'r.yaml', trialCatalogue)
  return loaded.ok ? [] : loaded.diagnostics.map(({ message }) => message)
}

const run = (rubric: object, world: World): ResultRow[] => evaluate(load(rubric), factsOf(world), context)
const item = (rule: object, more: object = {}) => ({ id: 'a', label: '项', points: '10', input: { mark: 'm' }, rule, ...more })
const oneBlock = (...items: object[]) => ({ blocks: [{ id: 'one', label: '一', items }] })
const convert = { kind: 'convert', factor: '1' }

/** What each unit got for item a: its points, and why they don't come from the rule. */
function got(rule: object, world: World, more: object = {}): string[] {
  return run(oneBlock(item(rule, more)), world).map(({ items }) => `${items[0]?.points}${items[0]?.missing == null ? '' : ` ${items[0].missing}`}`)
}

/** The first unit's explanation of item a. */
function sentence(rule: object, world: World, more: object = {}): string {
  const ir = load(oneBlock(item(rule, more)))
  const result = evaluate(ir, factsOf(world), context)[0]?.items[0]
  assert.ok(result)
  return explainItem(ir, result).sentence
}

test('[R-ESC-1] [R-ESC-2] [R-ESC-3] each event loses what the list says', () => {
  const marks = marked(['0', '1', '2', '3', '1.999', '-4', null])
  assert.deepEqual(got({ kind: 'escalate', lose: ['0.5', 'all'] }, marks), ['10', '9.5', '0', '0', '9.5', '10', '0 zero'])
  assert.deepEqual(got({ kind: 'escalate', lose: ['1', '2'], beyond: 'last' }, marked(['2', '3', '5', '9'])), ['7', '5', '1', '0'])
  assert.deepEqual(got({ kind: 'escalate', lose: ['1', '2'], beyond: 'none' }, marked(['2', '9'])), ['7', '7'])
  assert.deepEqual(got({ kind: 'escalate', lose: ['1', '2'], beyond: 'all' }, marked(['2', '3'])), ['7', '0'])
  assert.equal(
    sentence({ kind: 'escalate', lose: ['1', '2'], beyond: 'last' }, marked(['4'])),
    'mark m 4 ÷ 1 = 4。共 4 次；10 − 1 − 2 − 2 × 2 = 3。四舍五入到 2 位小数，不低于 0、不高于 10：3 分。',
  )
  assert.deepEqual(errors(oneBlock(item({ kind: 'escalate', lose: ['all', '1'], beyond: 'none' }))), ['after `all` nothing is left to lose'])
  assert.deepEqual(errors(oneBlock(item({ kind: 'escalate', lose: ['1'] }))), ['`beyond` is missing here: what the events after the list lose'])
  assert.deepEqual(errors(oneBlock(item({ kind: 'escalate', lose: ['1', 'all'], beyond: 'last' }))), [
    'the list ends with `all`: nothing is left to lose beyond it',
  ])
})

test('[R-BES-1] [R-BES-2] the best has P, the others their ratio to it; a best of 0 is as stated', () => {
  const high = { kind: 'ratio-to-best', best: 'high', peers: 'all', bestZero: 'full' }
  assert.deepEqual(got(high, marked(['8', '6', null, '2'])), ['10', '7.5', '0 zero', '2.5'])
  assert.deepEqual(got({ ...high, best: 'low' }, marked(['8', '6', null, '2'])), ['2.5', '3.33', '0 zero', '10'])
  assert.deepEqual(got(high, marked(['0', '0', '-1'])), ['10', '10', '0 zero'])
  assert.deepEqual(got({ ...high, bestZero: 'zero' }, marked(['0'])), ['0'])
  assert.deepEqual(got({ ...high, bestZero: 'missing' }, marked(['0']), { missing: 'full' }), ['10 full'])
  assert.deepEqual(got({ ...high, best: 'low' }, marked(['0', '4'])), ['10', '0'])
  assert.deepEqual(got({ ...high, best: 'low' }, marked(['-2', '4'])), ['0 zero', '0 zero'])
  assert.equal(
    sentence({ ...high, peers: 'class' }, marked(['6', '8'])),
    'mark m 6 ÷ 1 = 6。同类 2 个中最高为 8；6 ÷ 8 = 0.75；10 × 0.75 = 7.5。四舍五入到 2 位小数，不低于 0、不高于 10：7.5 分。',
  )
})

test('[R-REL-1] [R-REL-2] against the mean, with or without the subject itself', () => {
  const ratio = { kind: 'relative', how: 'ratio', peers: 'all', self: 'included' }
  assert.deepEqual(got(ratio, marked(['2', '4', '6', null])), ['5', '10', '10', '0 zero'])
  assert.deepEqual(got({ ...ratio, self: 'excluded' }, marked(['2', '4', '6'])), ['4', '10', '10'])
  assert.deepEqual(got({ ...ratio, cap: '1.2' }, marked(['2', '4', '6']), { cap: '12' }), ['5', '10', '12'])
  assert.deepEqual(got({ ...ratio, self: 'excluded' }, marked(['3']), { missing: 'full' }), ['10 full'])
  assert.deepEqual(got(ratio, marked(['0', '0']), { missing: 'full' }), ['10 full', '10 full'])
  const difference = { kind: 'relative', how: 'difference', peers: 'all', self: 'excluded', base: '8', factor: '0.5' }
  assert.deepEqual(got(difference, marked(['2', '4', '6'])), ['6.5', '8', '9.5'])
  assert.equal(
    sentence(difference, marked(['2', '4', '6'])),
    'mark m 2 ÷ 1 = 2。全体其他对象的平均数 10 ÷ 2 = 5；2 − 5 = -3；8 + 0.5 × (−3) = 6.5。四舍五入到 2 位小数，不低于 0、不高于 10：6.5 分。',
  )
  assert.deepEqual(errors(oneBlock(item({ ...ratio, base: '1' }))), ['`base` belongs to `how: difference`'])
  assert.deepEqual(errors(oneBlock(item({ ...difference, factor: undefined }))), ['`factor` is missing here: base + factor × (x − mean)'])
})

test('[R-CON-2] a range is mapped in a straight line; outside it is as stated', () => {
  const range = { kind: 'convert', from: ['60', '100'], to: ['0', '10'] }
  const world = marked(['60', '85', '100', '50', '110'])
  assert.deepEqual(got({ ...range, outside: 'clamp' }, world), ['0', '6.25', '10', '0', '10'])
  assert.deepEqual(got({ ...range, outside: 'extend' }, world, { floor: 'none', cap: 'none' }), ['0', '6.25', '10', '-2.5', '12.5'])
  assert.deepEqual(got({ ...range, outside: 'missing' }, world, { missing: 'full' }), ['0', '6.25', '10', '10 full', '10 full'])
  assert.deepEqual(got({ kind: 'convert', from: ['1', '31'], to: ['5', '0'], outside: 'clamp' }, marked(['1', '4', '31'])), ['5', '4.5', '0'])
  assert.deepEqual(errors(oneBlock(item({ ...range, from: ['9', '1'], outside: 'clamp' }))), ['the range `from` goes up: [low, high]'])
  assert.deepEqual(errors(oneBlock(item({ ...range, factor: '1', outside: 'clamp' }))), [
    '`convert` has either `factor` and `offset`, or the ranges `from` and `to`',
  ])
  assert.deepEqual(errors(oneBlock(item({ ...range, from: ['1', '2', '3'], outside: 'clamp' }))), ['a range is two numbers: [low, high]'])
})

test('[R-DIS-2] [R-NUM-2] a unit step counts at its exact edge, thirds too', () => {
  const world = marked(['1'])
  const at = (target: string, step: string, unit = '1') => got({ kind: 'shortfall', target, lose: '1', unit, step }, world)[0]
  // 1 + 1/3 + 1/3 + 1/3 is 2, one whole unit short, though each third was cut off at 30 places.
  assert.deepEqual(
    ['whole', 'started', 'pro-rata'].map((step) => at('1 + x / 3 + x / 3 + x / 3', step)),
    ['9', '9', '9'],
  )
  assert.deepEqual(
    ['1.999999999999', '2', '2.000000000001'].map((target) => at(target, 'whole')),
    ['10', '9', '9'],
  )
  assert.deepEqual(
    ['1.999999999999', '2', '2.000000000001'].map((target) => at(target, 'started')),
    ['9', '9', '8'],
  )
  assert.deepEqual(
    ['1.9999999999995', '2.0000000000004'].map((target) => [at(target, 'whole'), at(target, 'started')]),
    [
      ['9', '9'],
      ['9', '9'],
    ],
  )
  assert.equal(at('1.3', 'whole', '0.1'), '7')
})

const counties: Partial<Unit>[] = [{ parent: 'p' }, { parent: 'p' }, { parent: 'q' }, { parent: null, staff: 9 }, { parent: null, staff: 9 }]

test('[R-PEE-1] [R-PEE-2] [R-PEE-3] peers are a group by any attribute, of those who are compared at all', () => {
  const rank = { kind: 'rank', best: 'high', ties: 'min', lose: '1' }
  const world = marked(['1', '2', '3', '4', '5'], counties)
  assert.deepEqual(got({ ...rank, peers: { by: 'subject.parent' } }, world), ['9', '10', '10', '9', '10'])
  assert.deepEqual(got({ ...rank, peers: 'parent' }, world), ['9', '10', '10', '9', '10'])
  assert.deepEqual(got({ ...rank, peers: { by: 'subject.id in ["u1", "u5"] ? "甲组" : "乙组"' } }, world), ['9', '8', '9', '10', '10'])
  assert.deepEqual(got({ ...rank, peers: { where: 'subject.staff == 1' } }, world), ['8', '9', '10', '0 zero', '0 zero'])
  // The mean stands in for those outside `where` too.
  assert.deepEqual(got(convert, marked(['1', '3', '8', null], counties), { missing: 'peer-mean', peers: { where: 'subject.staff == 1' } }), [
    '1',
    '3',
    '8',
    '4 peer-mean',
  ])
  assert.deepEqual(errors(oneBlock(item({ ...rank, peers: { by: 'subject.staff' } }))), ['expected the name of a group, found int'])
  assert.deepEqual(errors(oneBlock(item({ ...rank, peers: {} }))), ['which peers?'])
  assert.match(errors(oneBlock(item({ ...rank, peers: { by: 'a' } }))).join(), /no field `a`/)
})

test('[R-PEE-4] the final rank is within a group, of those who are in it', () => {
  const rows = run(
    { ...oneBlock(item(convert)), rank: { peers: { by: 'subject.parent', where: 'subject.staff == 1' }, ties: 'min' } },
    marked(['1', '2', '3', '4', '5'], counties),
  )
  assert.deepEqual(
    rows.map(({ rank }) => rank),
    ['2', '1', '1', null, null],
  )
})

test('[R-ITM-4] points of items and blocks are added up with weights', () => {
  const rubric = {
    blocks: [{ id: 'one', label: '一', items: [item(convert), item({ kind: 'convert', factor: '2' }, { id: 'b' })] }],
    bonuses: { cap: 'none', items: [{ id: 'c', label: '加', round: '3', input: { items: { a: '0.6', one: '0.1' } }, rule: convert }] },
  }
  assert.equal(run(rubric, marked(['3']))[0]?.items[2]?.points, '2.7')
  assert.deepEqual(errors({ ...rubric, bonuses: { cap: 'none', items: [{ id: 'c', label: '加', input: { items: ['oen'] }, rule: convert }] } }), [
    'no item or block `oen`',
  ])
})

test('[R-TOT-1] the sum of bonuses or penalties has a floor and a cap', () => {
  const extra = (limits: object) => ({ ...limits, items: [{ id: 'b', label: '加', floor: 'none', input: { mark: 'm' }, rule: convert }] })
  const totals = (more: object) => run({ ...oneBlock({ ...item(convert), input: '5' }), ...more }, marked(['-4', '9'])).map(({ total }) => total)
  assert.deepEqual(totals({ bonuses: extra({ cap: '3' }) }), ['1', '8'])
  assert.deepEqual(totals({ bonuses: extra({ floor: '0', cap: '3' }) }), ['5', '8'])
  assert.deepEqual(totals({ penalties: extra({ floor: '-1', cap: 'none' }) }), ['6', '-4'])
})

const two = (more: object, start = {}) => ({
  blocks: [
    { id: 'one', label: '一', items: [item(convert)] },
    { id: 'two', label: '二', ...start, ...more, items: [item(convert, { id: 'b', points: '30', input: '15' })] },
  ],
})
const split = marked(['8', '8'], [{}, { class: '乙' }])

test('[R-BLK-4] [R-BLK-5] a block that does not apply is nothing, or the rest makes up for it', () => {
  const totals = (rubric: object) => run(rubric, split).map(({ total }) => total)
  assert.deepEqual(totals(two({ when: 'class == "甲"' })), ['23', '8'])
  assert.deepEqual(totals(two({ when: 'class == "甲"', whenNone: 'zero' }, { start: '100', floor: '50' })), ['123', '8'])
  assert.deepEqual(totals(two({ when: 'class == "甲"', whenNone: 'rescale' })), ['23', '32' /* 8 × 40 ÷ 10 */])
  assert.deepEqual(totals(two({ when: 'class == "甲"', whenNone: 'rescale', weight: '0.5' })), ['15.5', '20' /* 8 × 25 ÷ 10 */])
  assert.deepEqual(
    run(two({ when: 'class == "甲"', whenNone: 'rescale' }), split)[1]?.items.map(({ id, missing }) => [id, missing]),
    [
      ['a', null],
      ['b', 'exempt-exclude'],
    ],
  )
  assert.deepEqual(errors(two({ whenNone: 'zero' })), ['`whenNone` says what happens where `when` does not hold; there is no `when`'])
})

test('[R-BLK-3] [R-BLK-5] what is left out is made up for inside weighted blocks, at each level in turn', () => {
  const nested = {
    blocks: [
      {
        id: 'outer',
        label: '外',
        weight: '0.5',
        blocks: [
          { id: 'in1', label: '内一', weight: '0.4', items: [item(convert), item(convert, { id: 'b', exempt: { when: 'class == "乙"', give: 'exclude' } })] },
          { id: 'in2', label: '内二', when: 'class == "甲"', whenNone: 'rescale', items: [item(convert, { id: 'c', points: '12', input: '12' })] },
        ],
      },
    ],
  }
  // 甲: ((8 + 8) × 0.4 + 12) × 0.5. 乙: b out: 8 × 20 ÷ 10 = 16, × 0.4 = 6.4, worth 8 of 20: 6.4 × 20 ÷ 8 = 16, × 0.5.
  assert.deepEqual(
    run(nested, split).map(({ total }) => total),
    ['9.2', '8'],
  )
})

test('[R-VET-1] [R-VET-2] vetoes cap the grade, zero the total, an item or a block; each that holds counts', () => {
  const grades = [{ grade: '好', from: '20' }, { grade: '中', from: '10' }, { grade: '差' }]
  const vetoed = (...vetoes: object[]) =>
    run({ ...two({}), grades, vetoes }, split).map(({ total, grade, vetoes: met, items }) => [
      total,
      grade,
      met.join(),
      items.map(({ points }) => points).join(),
    ])
  const veto = (id: string, more: object) => ({ id, label: id, when: 'class == "乙"', ...more })
  assert.deepEqual(vetoed(veto('v', { zero: ['b'] })), [
    ['23', '好', '', '8,15'],
    ['8', '差', 'v', '8,0'],
  ])
  assert.deepEqual(vetoed(veto('v', { zero: ['one'] }))[1], ['15', '中', 'v', '8,15'])
  assert.deepEqual(vetoed(veto('v', { ceiling: '中' }), veto('w', { ceiling: '差' }))[1], ['23', '差', 'v,w', '8,15'])
  assert.deepEqual(vetoed(veto('v', { ceiling: '中' }), veto('w', { zero: 'total' }))[1], ['0', '差', 'v,w', '8,15'])
  const [, row] = run({ ...oneBlock(item(convert, { exempt: { when: 'true', give: 'full' } })), vetoes: [veto('v', { zero: ['a'] })] }, split)
  assert.deepEqual([row?.items[0]?.points, row?.items[0]?.missing], ['0', 'veto'])
  assert.match(errors({ ...two({}), vetoes: [{ id: 'v', label: 'v', when: 'total > 3', zero: ['a'] }] }).join(), /no field `total`/)
  assert.match(errors({ ...two({}), vetoes: [{ id: 'v', label: 'v', when: 'items.a > 3', zero: ['a'] }] }).join(), /items wait for each other: a → a/)
  assert.deepEqual(errors({ ...two({}), vetoes: [{ id: 'v', label: 'v', when: 'true', zero: ['c'] }] }), ['no item or block `c`'])
})

function gradesOf(quotas: object[], values: string[], parts: Partial<Unit>[] = [], more: object = {}): string {
  const grades = [
    ...quotas.map((quota, index) => ({ grade: String(index + 1), quota: { round: 'down', ties: 'out', peers: 'all', ...quota } })),
    { grade: '末' },
  ]
  return run({ ...oneBlock(item(convert, { points: '100' })), grades, ...more }, marked(values, parts))
    .sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
    .map(({ grade }) => grade)
    .join('')
}

test('[R-QUO-1] [R-QUO-2] 10/40/30 of twenty with ties at the edges: those out compete for the next grade', () => {
  const quotas = [{ percent: '10' }, { percent: '40' }, { percent: '30' }]
  const values = Array.from({ length: 20 }, (_, index) => String(99 - index))
  assert.equal(gradesOf(quotas, values), `${'1'.repeat(2)}${'2'.repeat(8)}${'3'.repeat(6)}${'末'.repeat(4)}`)
  // The second and third are equal: both out of the first grade; of the second there are still eight.
  assert.equal(gradesOf(quotas, values.with(2, '98')), `1${'2'.repeat(8)}${'3'.repeat(6)}${'末'.repeat(5)}`)
  assert.equal(
    gradesOf(
      quotas.map((quota) => ({ ...quota, ties: 'in' })),
      values.with(2, '98'),
    ),
    `111${'2'.repeat(8)}${'3'.repeat(6)}末末末`,
  )
  assert.equal(gradesOf([{ percent: undefined, round: undefined, count: '3' }], ['9', '8', '7', '6']), '111末')
})

test('[R-QUO-3] [R-PEE-4] a quota within groups; a group too small has none, or no place at all', () => {
  const parts = [...'ppppqq'].map((parent) => ({ parent }))
  const quota = { percent: '50', peers: { by: 'subject.parent' } }
  const values = ['9', '8', '7', '6', '5', '4']
  assert.equal(gradesOf([quota], values, parts), '11末末1末')
  assert.equal(gradesOf([{ ...quota, fewest: '3', small: 'open' }], values, parts), '11末末11')
  assert.equal(gradesOf([{ ...quota, fewest: '3', small: 'none' }], values, parts), '11末末末末')
  assert.equal(gradesOf([{ ...quota, peers: { where: 'subject.parent == "p"' } }], values, parts), '11末末11')
  assert.match(
    errors({ ...oneBlock(item(convert)), grades: [{ grade: '1', quota: { ...quota, round: 'down', ties: 'out', fewest: '3' } }, { grade: '2' }] }).join(),
    /`small` is missing here/,
  )
})

test('[R-VET-1] [R-QUO-1] one whose grade a veto caps takes no place of the quota', () => {
  assert.equal(gradesOf([{ count: '1' }], ['9', '8', '7'], [], { vetoes: [{ id: 'v', label: '否', when: 'total == 9', ceiling: '末' }] }), '末1末')
})

test('[R-TBR-1] equal totals are parted by items and blocks in their order; for quotas and ranks', () => {
  const rubric = {
    ...oneBlock(item(convert, { input: '10 - x', rule: convert }), item(convert, { id: 'b' })),
    grades: [{ grade: '优', quota: { count: '1', ties: 'out', peers: 'all' } }, { grade: '末' }],
  }
  const world = marked(['4', '6', '6'])
  const of = (more: object) =>
    run(
      {
        ...rubric,
        blocks: [{ id: 'one', label: '一', items: [item(convert, { id: 'b' }), item({ kind: 'formula', value: '10 - items.b' }, { input: undefined })] }],
        ...more,
      },
      world,
    ).map(({ total, rank, grade }) => `${total} ${rank} ${grade}`)
  assert.deepEqual(of({}), ['10 1 末', '10 1 末', '10 1 末'])
  assert.deepEqual(of({ tieBreak: ['a'] }), ['10 1 优', '10 2 末', '10 2 末'])
  assert.deepEqual(of({ tieBreak: ['one', { id: 'a', best: 'low' }] }), ['10 3 末', '10 1 末', '10 1 末'])
  assert.deepEqual(errors({ ...oneBlock(item(convert)), tieBreak: ['c'] }), ['no item or block `c`'])
})

test('[R-ITM-4] [R-RNK-1] in two stages: a rank over a weighted sum of other items', () => {
  const rubric = oneBlock(item(convert), item({ kind: 'convert', factor: '2' }, { id: 'b' }), {
    id: 'c',
    label: '合计排名',
    points: '5',
    input: { items: { a: '0.5', b: '0.5' } },
    rule: { kind: 'rank', best: 'high', peers: 'all', ties: 'min', points: ['5', '3'], otherwise: '1' },
  })
  assert.deepEqual(
    run(rubric, marked(['1', '5', '4', '4'])).map(({ items }) => items[2]?.points),
    ['1', '5', '3', '3'],
  )
})

test('[R-PAR-1] [R-PAR-2] the target of a unit that existed for a part of the period is its share, where stated', () => {
  const world = marked(['3', '3', '3'], [{ share: '0.5' }, { share: '1' }, { share: null }])
  const proportional = { kind: 'proportional', target: '12' }
  assert.deepEqual(got(proportional, world), ['2.5', '2.5', '2.5'])
  assert.deepEqual(got(proportional, world, { partYear: 'pro-rata' }), ['5', '2.5', '2.5'])
  assert.deepEqual(got({ kind: 'shortfall', target: '4', lose: '1', step: 'whole' }, world, { partYear: 'pro-rata' }), ['10', '9', '9'])
  assert.deepEqual(got({ kind: 'excess', target: '4', lose: '1', step: 'whole' }, world, { partYear: 'pro-rata' }), ['9', '10', '10'])
  const whole = { partYear: 'pro-rata', ...oneBlock(item(proportional), item(proportional, { id: 'b', partYear: 'whole' }), item(convert, { id: 'c' })) }
  assert.deepEqual(
    run(whole, world)[0]?.items.map(({ points }) => points),
    ['5', '2.5', '3'],
  )
  assert.equal(
    sentence(proportional, world, { partYear: 'pro-rata' }),
    'mark m 3 ÷ 1 = 3。share 0.5，目标 (12 × 若 subject.share 有数据 则 subject.share 否则 1) = 6。3 ÷ 6 = 0.5；10 × 0.5 = 5。四舍五入到 2 位小数，不低于 0、不高于 10：5 分。',
  )
  assert.deepEqual(errors(oneBlock(item(convert, { partYear: 'pro-rata' }))), ['`convert` has no target that a share of the period could lower'])
})

const event = (unit_id: string, day: string): Event => ({
  unit_id,
  day,
  known_from: '2020-01-01T00:00:00Z',
  kind: null,
  n: null,
  hours: null,
  ok: null,
  due: null,
  at: null,
  tags: null,
  case_key: null,
})

test('[R-MER-1] [R-MER-2] facts of a merged unit stay, or follow to the last of its successors', () => {
  const world = (...mergers: [old: string, unit: string, day?: string][]): World => ({
    ...marked([null, null, null, null]),
    events: [event('u1', '2024-02-01'), event('u2', '2024-02-01'), event('u3', '2023-02-01'), event('u9', '2024-02-01')],
    mergers: mergers.map(([old, unit_id, day = '2024-06-01']) => ({ old, unit_id, day })),
  })
  const counts = (merged: string, given: World, period = {}) =>
    run({ merged, ...oneBlock(item(convert, { input: { over: 'event', ...period } })) }, given)
      .map(({ items }) => items[0]?.points)
      .join()
  const chain = world(['u1', 'u2'], ['u2', 'u3'], ['u3', 'u4'])
  assert.equal(counts('stay', chain), '1,1,0,0')
  assert.equal(counts('follow', chain), '0,0,0,2')
  assert.equal(counts('follow', chain, { period: 'previous-year' }), '0,0,0,1')
  assert.equal(counts('follow', world(['u9', 'u1'])), '2,1,0,0')
  assert.equal(counts('follow', world(['u1', 'u2', '2025-01-01'])), '1,1,0,0')
  assert.equal(counts('follow', world(['u1', 'u2'], ['u1', 'u3'])), '1,1,0,0')
  assert.equal(counts('follow', world(['u1', 'u2'], ['u2', 'u1'], ['u9', 'u1'])), '1,1,0,0')
  const sources = trialCatalogue.sources.filter(({ name }) => name !== 'successor')
  const loaded = loadRubric(JSON.stringify({ ...base, merged: 'follow', ...oneBlock(item(convert)) }), 'r.yaml', { sources })
  assert.deepEqual(loaded.ok ? [] : loaded.diagnostics.map(({ message }) => message), ['`follow` needs a source `successor` that says who succeeded whom'])
})

test('[R-PER-1] [R-PER-6] both edges of a period count, the days beside them do not', () => {
  const days = ['2023-12-31', '2024-01-01', '2024-12-31', '2025-01-01']
  const world: World = { ...marked([null]), events: days.map((day) => event('u1', day)) }
  assert.equal(run(oneBlock(item(convert, { input: { over: 'event' } })), world)[0]?.items[0]?.points, '2')
})

test('[R-NUL-1] [R-NUL-2] null is missing data or does not hold, at each step', () => {
  const none = marked([null], [{ staff: null, open: null, class: null }])
  assert.deepEqual(got({ kind: 'proportional', target: 'subject.staff' }, none, { input: '1' }), ['0 zero'])
  assert.deepEqual(got({ kind: 'tiers', compare: '>=', table: [{ bound: 'subject.staff', points: '5' }], otherwise: '1' }, none, { input: '1' }), ['1'])
  assert.deepEqual(got(convert, none, { input: '1', exempt: { when: 'subject.open', give: 'full' } }), ['1'])
  assert.equal(run(oneBlock(item(convert, { when: 'subject.open' })), none)[0]?.items.length, 0)
  assert.deepEqual(run({ ...oneBlock(item(convert)), vetoes: [{ id: 'v', label: '否', when: 'subject.staff > 1', zero: ['a'] }] }, none)[0]?.vetoes, [])
  const [row] = run({ ...oneBlock(item(convert, { missing: 'exclude' })), grades: [{ grade: '好', from: '1' }, { grade: '差' }] }, none)
  assert.deepEqual([row?.total, row?.grade, row?.rank, row?.blocks.one], [null, null, null, null])
})

test('[R-EXA-1] nothing is binary between a cell and the score', () => {
  const world = { ...marked(['0.1']), marks: ['0.1', '0.2'].map((value) => ({ unit_id: 'u1', day: '2024-05-01', item: 'm', value, by: value })) }
  const [row] = run(
    { ...oneBlock(item(convert, { input: { mark: 'm', take: 'sum' }, round: '12' })), total: { floor: 'none', cap: 'none', round: '12' } },
    world,
  )
  assert.deepEqual([row?.items[0]?.points, row?.total], ['0.3', '0.3'])
  assert.equal(run(oneBlock(item(convert, { input: '1.005' })), world)[0]?.total, '1.01')
  assert.equal(run(oneBlock(item(convert, { input: '0.123456789012', round: '12' })), world)[0]?.items[0]?.points, '0.123456789012')
})
