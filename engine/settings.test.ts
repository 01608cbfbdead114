// Blocks, vetoes, quotas, part years, mergers and nulls, by hand-checked numbers, on the reference.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format } from '#base/decimal.ts'
import { loadRubric, rescored, sheetOf } from '#engine/index.ts'
import { type Event, trialCatalogue, type Unit, type World } from '#engine/test/trial.ts'
import { base, convert, errors, got, item, load, marked, oneBlock, run, sentence } from '#test/small-rubric.ts'

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
  // Without a threshold the grade is for those who compete for it; with one the others have it without limit.
  const some = { ...quota, peers: { where: 'subject.parent == "p"' } }
  assert.equal(gradesOf([some], values, parts), '11末末末末')
  assert.equal(
    gradesOf([some], values, parts, { grades: [{ grade: '1', from: '5', quota: { round: 'down', ties: 'out', ...some } }, { grade: '末' }] }),
    '11末末1末',
  )
  assert.match(
    errors({ ...oneBlock(item(convert)), grades: [{ grade: '1', quota: { ...quota, round: 'down', ties: 'out', fewest: '3' } }, { grade: '2' }] }).join(),
    /`small` is missing here/,
  )
})

test('[R-BLK-3] what is worth nothing is not multiplied where something is left out', () => {
  const lines = [
    item(convert, { points: '50' }),
    item(convert, { id: 'b', points: '50', missing: 'exclude', input: { mark: 'none' } }),
    item(convert, { id: 'c', points: '0', cap: '5' }),
    item({ kind: 'each', points: '-0.5' }, { id: 'd', points: '0', floor: '-5' }),
  ]
  assert.deepEqual(
    run(oneBlock(...lines), marked(['5'])).map(({ total }) => total),
    ['12.5'],
  )
})

test('[R-GRD-1] [R-QUO-1] who falls out of a quota, or is capped by a veto, has the next grade that the total reaches', () => {
  const grades = [{ grade: '优', quota: { count: '1', ties: 'out', peers: 'all' } }, { grade: '合', from: '60' }, { grade: '末' }]
  assert.equal(gradesOf([], ['90', '70', '30'], [], { grades }), '优合末')
  const veto = { id: 'v', label: '否', when: 'total < 40', ceiling: '合' }
  assert.equal(gradesOf([], ['30', '20'], [], { grades, vetoes: [veto] }), '末末')
})

test('[R-QUO-1] a percentage is of those who have a total', () => {
  const grades = [{ grade: '优', quota: { percent: '50', round: 'down', ties: 'out', peers: 'all' } }, { grade: '末' }]
  const left = { ...oneBlock(item(convert, { points: '100', missing: 'exclude' })), grades }
  assert.equal(run(left, marked(['9', '8', '7', '6', null, null])).filter(({ grade }) => grade === '优').length, 2)
})

test('[R-QUO-4] a group that is named has a percent or a count of its own', () => {
  const parts = [...'ppppqqr'].map((parent) => ({ parent }))
  const values = ['9', '8', '7', '6', '5', '4', '3']
  const quota = { percent: '50', peers: { by: 'subject.parent' } }
  assert.equal(gradesOf([{ ...quota, groups: { p: '75', r: '100' } }], values, parts), '111末1末1')
  const count = { count: '1', percent: undefined, round: undefined, peers: { by: 'subject.parent' } }
  assert.equal(gradesOf([{ ...count, groups: { p: '2', q: '0' } }], values, parts), '11末末末末1')
  const mistakes = (more: object): string =>
    errors({ ...oneBlock(item(convert)), grades: [{ grade: '1', quota: { ...count, ties: 'out', ...more } }, { grade: '2' }] }).join()
  assert.match(mistakes({ groups: { p: '1.5' } }), /a count is a whole number, not 1.5/)
  assert.match(mistakes({ peers: 'all', groups: { p: '1' } }), /`groups` are named by the text that the peers share/)
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
    'mark m 3 ÷ 1 = 3。share 0.5，目标 (12 × share（无数据按 1）) = 6。3 ÷ 6 = 0.5；10 × 0.5 = 5。四舍五入到 2 位小数，不低于 0、不高于 10：5 分。',
  )
  assert.deepEqual(errors(oneBlock(item(convert, { partYear: 'pro-rata' }))), ['`convert` has no target that a share of the period could lower'])
})

test('[R-PAR-1] [R-NUM-4] a share of many places is exact in the trace: what is said, and what a change would give, is what was scored', () => {
  const third = '0.666666666666666666666666666667'
  const world = marked(['2'], [{ share: third }])
  const rule = { kind: 'shortfall', target: '3', lose: '1', step: 'started' }
  assert.deepEqual(got(rule, world, { partYear: 'pro-rata' }), ['10'])
  assert.match(sentence(rule, world, { partYear: 'pro-rata' }), /^mark m 2 ÷ 1 = 2。share 0\.666666666667，目标 .* = 2。2 ≥ 2，得满分 10。/)
  const ir = load(oneBlock(item(rule, { partYear: 'pro-rata' })))
  const [row] = run(oneBlock(item(rule, { partYear: 'pro-rata' })), world)
  assert.ok(row)
  assert.equal(row.items[0]?.inputs['subject.share'], third)
  const own = sheetOf(ir, row)
  const again = rescored(ir, own, () => [], own.measures).points.get('a')
  assert.ok(again)
  assert.equal(format(again), '10')
})

test('[R-PAR-1] pro rata needs the share of the period in the population', () => {
  const sources = trialCatalogue.sources.map((source) => ({ ...source, columns: source.columns.filter(({ name }) => name !== 'share') }))
  const target = { kind: 'proportional', target: '12' }
  const said = (rubric: object): string[] => {
    const loaded = loadRubric(JSON.stringify({ ...base, ...rubric }), 'r.yaml', { sources })
    return loaded.ok ? [] : loaded.diagnostics.map(({ message }) => message)
  }
  assert.match(said({ partYear: 'pro-rata', ...oneBlock(item(target)) }).join(), /needs a column `share` in `unit`/)
  assert.match(said(oneBlock(item(target, { partYear: 'pro-rata' }))).join(), /needs a column `share` of the population/)
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
