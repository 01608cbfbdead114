// Steps to a grade: thresholds, ceilings, quotas and ties.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowedBy, type RubricIr, TOLD, thresholdGrade } from '#engine/index.ts'
import { decide, type Graded } from './appraisal.rules.ts'

type Quota = NonNullable<RubricIr['grades'][number]['quota']>
const everybody: Quota['peers'] = { by: null, where: null }
const byColumn = (name: string): Quota['peers'] => ({ by: { op: 'ref', type: 'string', scope: 'subject', name }, where: null })
const quota = (given: Partial<Quota>): Quota => ({
  percent: '30',
  count: null,
  groups: [],
  round: 'down',
  ties: 'out',
  peers: everybody,
  small: null,
  ...given,
})
const rubric = (given: Partial<Quota> | null): RubricIr =>
  ({
    population: { class: 'class' },
    tieBreak: [],
    grades: [
      { grade: '好', from: '90', quota: given === null ? null : quota(given) },
      { grade: '较好', from: '80', quota: null },
      { grade: '一般', from: '60', quota: null },
      { grade: '较差', from: null, quota: null },
    ],
    vetoes: [{ id: 'satisfaction', label: '满意度低于90%', ceiling: '一般', zero: false, zeroes: [] }],
  }) as unknown as RubricIr
const subject = (id: string, total: string | null, grade: string | null, vetoes: string[] = [], of = 'city'): Graded => ({
  id,
  class: of,
  parent: null,
  total,
  grade,
  vetoes,
  blocks: {},
  items: [],
})
/** The same with what the groups of a quota read, as a result of the telling rubric has it. */
const inCounty = (county: string | null, one: Graded): Graded => ({
  ...one,
  items: [{ id: TOLD, points: '0', max: '0', inputs: { 'subject.county': county }, missing: null }],
})

test('a bound belongs to the better grade', () => {
  const ir = rubric(null)
  assert.deepEqual(
    ['90', '89.99', '80', '60', '59.99'].map((total) => thresholdGrade(ir, total).grade),
    ['好', '较好', '较好', '一般', '较差'],
  )
})
test('a ceiling lowers, names its number, and never raises', () => {
  const { decisions } = decide(rubric(null), [
    { ...subject('a', '97', '一般', ['satisfaction']), vetoNumbers: new Map([['satisfaction', '满意度88%']]) },
    subject('b', '50', '较差', ['satisfaction']),
  ])
  assert.deepEqual(
    decisions.get('a')?.steps.map(({ kind, grade }) => [kind, grade]),
    [
      ['threshold', '好'],
      ['ceiling', '一般'],
    ],
  )
  assert.match(decisions.get('a')?.steps[1]?.reason ?? '', /满意度低于90%（满意度88%），等次最高为一般/)
  assert.equal(decisions.get('b')?.steps.length, 1)
})
test('[R-QUO-1] a quota counts all peers and rounds as stated', () => {
  assert.deepEqual(
    (['down', 'up', 'half-up'] as const).map((round) => allowedBy(quota({ round }), null, 5)),
    [1, 2, 2],
  )
  assert.equal(allowedBy(quota({ percent: null, count: 3 }), null, 5), 3)
})
test('[R-QUO-2] equals at the edge are all out where ties are out', () => {
  const results = [
    subject('a', '99', '好'),
    subject('b', '95', '较好'),
    subject('c', '95', '较好'),
    ...['d', 'e', 'f', 'g', 'h', 'i', 'j'].map((id) => subject(id, '70', '一般')),
  ]
  const { decisions, quotas } = decide(rubric({ percent: '20' }), results)
  assert.deepEqual(quotas, [{ grade: '好', peers: '', of: 10, allowed: 2, eligible: 3, given: 1, edge: { count: 2, isIn: false } }])
  assert.match(decisions.get('b')?.steps.at(-1)?.reason ?? '', /与另外1个同分，按规则都不进/)
})
test('[R-QUO-2] equals at the edge are all in where ties are in', () => {
  const { quotas } = decide(rubric({ percent: null, count: 1, ties: 'in' }), [subject('a', '95', '好'), subject('b', '95', '好'), subject('c', '91', '较好')])
  assert.deepEqual(
    quotas.map(({ allowed, given, edge }) => [allowed, given, edge]),
    [[1, 2, { count: 2, isIn: true }]],
  )
})
test('quotas by class stand apart, and a subject without a total takes no part', () => {
  const { decisions, quotas } = decide(rubric({ percent: '50', peers: byColumn('class') }), [
    subject('a', '95', '好'),
    subject('b', '92', '较好'),
    subject('c', '91', '较好', [], 'county'),
    subject('d', null, null, [], 'city'),
  ])
  assert.deepEqual(
    quotas.map(({ peers, of, allowed, given }) => [peers, of, allowed, given]),
    [
      ['city', 2, 1, 1],
      ['county', 1, 0, 0],
    ],
  )
  assert.equal(decisions.has('d'), false)
})
test('reasons that disagree with the engine are a bug that is told', () => {
  assert.throws(() => decide(rubric(null), [subject('a', '95', '较好')]), /reasons give 好, the engine 较好/)
})

test('[R-QUO-1] quotas of any group stand apart with their names, those without one together', () => {
  const { decisions, quotas } = decide(rubric({ percent: '50', peers: byColumn('county') }), [
    inCounty('东县', subject('a', '95', '好')),
    inCounty('东县', subject('b', '94', '较好')),
    inCounty('西县', subject('c', '93', '较好')),
    inCounty(null, subject('d', '92', '好')),
    inCounty(null, subject('e', '85', '较好')),
  ])
  assert.deepEqual(
    quotas.map(({ peers, of, allowed, eligible, given, edge }) => [peers, of, allowed, eligible, given, edge]),
    [
      ['东县', 2, 1, 2, 1, null],
      ['西县', 1, 0, 1, 0, null],
      ['未分组', 2, 1, 1, 1, null],
    ],
  )
  assert.match(decisions.get('b')?.steps.at(-1)?.reason ?? '', /^好的名额为1个（同组2个的50%），得分94在其中列第2位，定为较好$/)
})
test('[R-QUO-3] in a group that is too small for a quota the grade is open, or for nobody', () => {
  const results = (grade: string) => [subject('a', '95', grade)]
  const small = (give: 'open' | 'none') => rubric({ peers: byColumn('class'), small: { fewest: 5, give } })
  assert.deepEqual(
    decide(small('open'), results('好')).quotas.map(({ allowed, given }) => [allowed, given]),
    [[1, 1]],
  )
  assert.match(decide(small('none'), results('较好')).decisions.get('a')?.steps.at(-1)?.reason ?? '', /^同类1个，不足5个的没有好的名额，定为较好$/)
})
test('[R-TBR-1] what parts equal totals parts them at the edge of a quota', () => {
  const ir = { ...rubric({ percent: null, count: 1 }), tieBreak: [{ scope: 'block', name: 'daily', best: 'high' }] } as unknown as RubricIr
  const daily = (points: string, one: Graded): Graded => ({ ...one, blocks: { daily: points } })
  const { decisions, quotas } = decide(ir, [daily('60', subject('a', '95', '较好')), daily('61', subject('b', '95', '好'))])
  assert.deepEqual([decisions.get('a')?.grade, quotas[0]?.edge], ['较好', null])
  const { quotas: equal } = decide(ir, [daily('60', subject('a', '95', '较好')), daily('60', subject('b', '95', '较好'))])
  assert.deepEqual(equal[0]?.edge, { count: 2, isIn: false })
})
test('[R-GRD-1] a grade without a threshold, for which nobody competes, is nobody’s', () => {
  const nobody = { by: byColumn('class').by, where: { op: 'literal', type: 'bool', value: false } } as Quota['peers']
  const ir = { ...rubric({ peers: nobody }), grades: rubric({ peers: nobody }).grades.map((one, index) => (index === 0 ? { ...one, from: null } : one)) }
  const { decisions, quotas } = decide(ir, [subject('a', '95', '较好'), subject('b', '85', '较好')])
  assert.deepEqual([decisions.get('a')?.grade, decisions.get('b')?.grade, quotas], ['较好', '较好', []])
})
