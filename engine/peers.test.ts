// Rules that compare, escalate and convert, by hand-checked numbers, on the reference.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Unit } from '#engine/test/trial.ts'
import { convert, errors, got, item, marked, oneBlock, run, sentence } from '#test/small-rubric.ts'

test('[R-ESC-1] [R-ESC-2] [R-ESC-3] each event loses what the list says', () => {
  const marks = marked(['0', '1', '2', '3', '1.999', '-4', null])
  assert.deepEqual(got({ kind: 'escalate', lose: ['0.5', 'all'] }, marks), ['10', '9.5', '0', '0', '9.5', '10', '0 zero'])
  assert.deepEqual(got({ kind: 'escalate', lose: ['1', '2'], beyond: 'last' }, marked(['2', '3', '5', '9'])), ['7', '5', '1', '0'])
  assert.deepEqual(got({ kind: 'escalate', lose: ['1', '2'], beyond: 'none' }, marked(['2', '9'])), ['7', '7'])
  // Counted at once, not one by one.
  assert.deepEqual(got({ kind: 'escalate', lose: ['1', '0.000000001'], beyond: 'last' }, marked(['2000000000'])), ['7'])
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

test('[R-PEE-5] a formula names the number, the place, the greatest, the least and the mean of its peers', () => {
  const of = (value: string, more: object = {}): object => ({ kind: 'formula', peers: 'all', value, ...more })
  const marks = marked(['8', '2', null, '8', '4'])
  assert.deepEqual(got(of('peers.count - peers.place'), marks), ['3', '0', '0 zero', '3', '1'])
  assert.deepEqual(got(of('peers.place', { best: 'low' }), marks), ['3', '1', '0 zero', '3', '2'])
  assert.deepEqual(got(of('6 + 4 * (x - peers.min) / (peers.max - peers.min)'), marks), ['10', '6', '0 zero', '10', '7.33'])
  assert.deepEqual(got(of('x - peers.mean + 5'), marks), ['7.5', '1.5', '0 zero', '7.5', '3.5'])
  assert.equal(
    sentence(of('10 * x / peers.max'), marked(['4', '8'])),
    'mark m 4 ÷ 1 = 4，可比对象最高数值 8。((10 × x) ÷ 可比对象最高数值) = 5。四舍五入到 2 位小数，不低于 0、不高于 10：5 分。',
  )
  assert.deepEqual(errors(oneBlock(item(of('x + 1')))), ['the value names nothing of the peers'])
  assert.deepEqual(errors(oneBlock(item({ kind: 'formula', value: '1', best: 'low' }))), ['`best` says which peer has the first place; there are no `peers`'])
  assert.deepEqual(errors(oneBlock({ ...item(of('peers.count')), input: undefined })), ['`input` is missing beside `rule`: what the peers are compared by'])
  assert.match(errors(oneBlock(item({ kind: 'formula', value: 'peers.count' })))[0] ?? '', /peers/)
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
