// fast-check arbitraries of what goes into rules from marks, ballots and members, and of measures whose rows have a weight.
import fc from 'fast-check'
import type { Ballot, Branch, Mark } from '#engine/test/trial.ts'

const reviewers = ['甲', '乙', '丙']
const groups = ['领导', '群众']
const choices = ['好', '一般', '差', '弃权']
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq: 2 })
/** An object without the keys that are undefined. */
const stated = <T extends object>(given: T): object => JSON.parse(JSON.stringify(given)) as object

/** Marks, ballots and branches of some units. */
export function opinionWorld(
  unitIds: string[],
  day: fc.Arbitrary<string>,
  positive: fc.Arbitrary<string>,
  text: fc.Arbitrary<string>,
): { marks: fc.Arbitrary<Mark[]>; ballots: fc.Arbitrary<Ballot[]>; branches: fc.Arbitrary<Branch[]> } {
  const few = fc.constantFrom(...unitIds.slice(0, 3))
  const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 6 })
  return {
    marks: fc.array(
      fc.record({
        unit_id: fc.oneof(few, fc.constantFrom(...unitIds)),
        day,
        item: fc.constantFrom('i0', 'i1', 'm', 'm', 'm'),
        value: positive,
        by: fc.oneof(fc.constantFrom(...reviewers), text),
        group: orNull(fc.constantFrom(...groups, '其他')),
      }),
      { maxLength: 24, size: 'max' },
    ),
    ballots: fc.array(
      fc.record({
        unit_id: few,
        day,
        item: fc.constantFrom('q1', 'q2'),
        choice: orNull(fc.constantFrom(...choices)),
        category: orNull(fc.constantFrom(...groups, '其他')),
        count: orNull(fc.integer({ min: 0, max: 9 })),
      }),
      { maxLength: 24, size: 'max' },
    ),
    branches: fc.array(
      fc.record({ unit_id: orNull(few), key: orNull(fc.constantFrom('k1', 'k2', 'k3', 'k4')), size: orNull(fc.integer({ min: 0, max: 4 })) }),
      { maxLength: 10, size: 'max' },
    ),
  }
}

/** Measures whose rows or cases have a weight, or are some among others. */
export const weighedMeasures: object[] = [
  { late: 'none' },
  { late: '0.5' },
  { late: '0.25', sum: 'hours' },
  { late: '0.5', once: 'case_key' },
  { late: 'none', avg: 'hours' },
  { once: 'case_key', pick: 'first', sum: 'hours' },
  { once: 'case_key', pick: 'first', late: '0.5' },
  { severity: { by: 'kind', table: { 甲: '3', a: '0.5' }, otherwise: '1', counting: ['甲'] } },
  { once: 'case_key', severity: { by: 'kind', table: { 甲: '3', a: '0.5', 乙: '2' }, otherwise: '1', counting: ['甲', '乙'] } },
  { once: 'case_key', pick: 'first', severity: { by: 'kind', table: { 甲: '3', a: '0.5' }, otherwise: '1', counting: ['a'] } },
  { once: 'case_key', late: '0.5', severity: { by: 'kind', table: { 甲: '3', a: '0.5' }, otherwise: '1' } },
]

const shares = (keys: string[], above: fc.Arbitrary<string>): fc.Arbitrary<object> =>
  fc
    .tuple(fc.subarray(keys, { minLength: 1 }), above, above, above)
    .map(([some, ...weights]) => Object.fromEntries(some.map((key, index) => [key, weights[index] ?? '1'])))

/** Inputs from marks, ballots and members. */
export function opinions(exact: fc.Arbitrary<string>, above: fc.Arbitrary<string>, conditions: fc.Arbitrary<string>): fc.Arbitrary<object> {
  const fewest = optional(fc.constantFrom('1', '2', '3'))
  const rated = fc
    .record({
      mark: fc.constant('m'),
      take: fc.constantFrom('avg', 'sum', 'min', 'max', 'median', 'trimmed'),
      trim: fc.oneof(
        fc.record({ each: fc.constantFrom('1', '2'), fewer: fc.constantFrom('all', 'missing') }),
        fc.record({ each: fc.constant('1'), from: fc.constantFrom('3', '4'), fewer: fc.constantFrom('all', 'missing') }),
      ),
      range: optional(fc.constantFrom(['0', '6'], ['1', '100'], ['2.5', '2.5'])),
      fewest,
      allot: optional(
        fc.oneof(
          fc.record({ by: fc.constant('by'), shares: shares(reviewers, above), without: fc.constantFrom('rescale', 'zero') }),
          fc.record({ by: fc.constant('group'), shares: shares(groups, above), without: fc.constantFrom('rescale', 'zero') }),
        ),
      ),
    })
    .map((one) => stated(one.take === 'trimmed' ? one : { ...one, trim: undefined }))
  const ballot = fc
    .record({
      question: fc.constantFrom<object>({ ballot: 'q1' }, { ballots: ['q1', 'q2'] }, { ballots: ['q2'] }),
      choices: fc.tuple(exact, exact, above).map(([a, b, c]) => ({ 好: a, 一般: b, 差: c, 弃权: 'none' })),
      categories: optional(shares(groups, above)),
      fewest,
      missing: fc.constantFrom('rescale', 'zero', 'missing'),
    })
    .map(({ question, ...rest }) => ({ ...question, ...stated(rest) }))
  const inner = fc.constantFrom<object>(
    {},
    { sum: 'hours' },
    { avg: 'n' },
    { once: 'kind' },
    { share: { where: 'ok' } },
    { max: 'n', period: 'previous-year' },
    { late: '0.5' },
  )
  const rule = fc.constantFrom<object>(
    { kind: 'proportional', target: '2' },
    { kind: 'proportional', target: 'size * 2', cap: '1.5' },
    { kind: 'shortfall', target: 'size', lose: '0.7', step: 'started' },
    { kind: 'gate', when: 'x >= 1 && size > 1' },
    { kind: 'formula', value: 'x / 3' },
    { kind: 'tiers', compare: '>=', table: [{ bound: '2', points: '10' }], otherwise: '3.3' },
  )
  const members = fc
    .tuple(
      fc.record({ members: fc.constantFrom<object>({ over: 'branch', key: 'key' }, { over: 'branch', where: 'size > 0', key: 'key' }), rule }),
      fc.tuple(inner, optional(conditions)).map(([take, where]) => stated({ over: 'event', key: 'case_key', where, ...take })),
      fc.record({
        points: fc.constantFrom('10', '5'),
        missing: fc.constantFrom('zero', 'full', 'exclude'),
        take: fc.constantFrom('mean', 'min', 'sum'),
        round: optional(fc.constantFrom('0', '2')),
        floor: optional(fc.constantFrom('none', '-3')),
        cap: optional(fc.constantFrom('none', '8')),
      }),
    )
    .map(([one, measure, rest]) => ({ meanOver: { ...one, measure, ...stated(rest) } }))
  return fc.oneof(rated, ballot, members)
}

/** What formulas make of their peers. */
export const peerFormulas = [
  '3 * (peers.count - peers.place + 1) / peers.count',
  '(x - peers.min) / (peers.max - peers.min) * 4 + 6',
  'x - peers.mean',
  'peers.max == peers.min ? 1 : a / peers.mean',
]
