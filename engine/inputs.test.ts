// Marks, ballots, members and weights of rows: numbers worked out by hand, what is refused, and how it is explained.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Catalogue, type Context, evaluate, explainItem, loadRubric, type ResultRow } from '#engine/index.ts'
import { type Ballot, type Event, factsOf, type Mark, trialCatalogue, type World } from '#engine/test/trial.ts'

const context: Context = { tenant: 1, on: '2024-12-31', asOf: '2025-01-01T00:00:00Z', from: '2024-01-01', to: '2024-12-31' }
const world: World = { units: [{ id: 'u1', name: '一', class: '甲', parent: null, staff: 4, open: true }], events: [], marks: [] }

function textOf(input: unknown, rule: object = { kind: 'convert', factor: '1' }): string {
  return JSON.stringify({
    rubric: 'r',
    version: '1',
    title: '题',
    subject: 'unit',
    population: { source: 'unit' },
    period: { from: '2024-01-01', to: '2024-12-31' },
    defaults: { missing: 'zero', round: '2' },
    blocks: [{ id: 'one', label: '一', items: [{ id: 'a', label: '项', points: '100', input, rule }] }],
    total: { floor: '0', cap: 'none', round: '2' },
    rank: { peers: 'all', ties: 'min' },
  })
}

/** The item's result and its sentence. */
function scored(input: unknown, facts: Partial<World>): ResultRow['items'][number] & { sentence: string } {
  const loaded = loadRubric(textOf(input), 'r.yaml', trialCatalogue)
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.diagnostics.map(({ message }) => message).join('\n'))
  const item = evaluate(loaded.value, factsOf({ ...world, ...facts }), context)[0]?.items[0]
  assert.ok(item)
  return { ...item, sentence: explainItem(loaded.value, item).sentence }
}

/** What is said of a wrong input, without places. */
function refused(input: unknown, catalogue: Catalogue = trialCatalogue): string[] {
  const loaded = loadRubric(textOf(input), 'r.yaml', catalogue)
  return loaded.ok ? [] : loaded.diagnostics.map(({ message, hint }) => `${message}${hint === undefined ? '' : ` — ${hint}`}`)
}

const marks = (...values: [value: string, by?: string, group?: string][]): Mark[] =>
  values.map(([value, by = '甲', group]) => ({ unit_id: 'u1', day: '2024-05-01', item: 'm', value, by, group: group ?? null }))
const numberFor = (input: object, ...values: [value: string, by?: string, group?: string][]): string | null =>
  (scored({ mark: 'm', ...input }, { marks: marks(...values) }).inputs['rated.a'] as string | null) ?? null

test('[R-RAT-1] the median is the middle mark or the mean of the middle two, exactly', () => {
  assert.equal(numberFor({ take: 'median' }, ['9'], ['7.5'], ['8']), '8')
  assert.equal(numberFor({ take: 'median' }, ['9'], ['7.55'], ['8'], ['8.1']), '8.05')
  assert.equal(numberFor({ take: 'median' }), null)
})

test('[R-RAT-2] the trimmed mean drops marks at either end; with too few of them it does what is stated', () => {
  const five: [string][] = [['6'], ['8'], ['8.5'], ['9'], ['10']]
  assert.equal(numberFor({ take: 'trimmed', trim: { each: '1', fewer: 'missing' } }, ...five), '8.5')
  assert.equal(numberFor({ take: 'trimmed', trim: { each: '2', fewer: 'missing' } }, ...five), '8.5')
  assert.equal(numberFor({ take: 'trimmed', trim: { each: '1', fewer: 'missing' } }, ['6'], ['8']), null)
  assert.equal(numberFor({ take: 'trimmed', trim: { each: '1', fewer: 'all' } }, ['6'], ['8']), '7')
  assert.equal(numberFor({ take: 'trimmed', trim: { each: '1', from: '6', fewer: 'all' } }, ...five), '8.3')
  // One of two equal marks is dropped, not both.
  assert.equal(numberFor({ take: 'trimmed', trim: { each: '1', fewer: 'missing' } }, ['10'], ['10'], ['4']), '10')
})

test('[R-RAT-3] marks outside the range don’t count and are told of; the bounds are inside', () => {
  const { inputs, sentence } = scored({ mark: 'm', range: ['0', '10'] }, { marks: marks(['10'], ['0'], ['10.01'], ['-1']) })
  assert.deepEqual(inputs, { 'rated.a': '5', 'rated.a.marks': '2', 'rated.a.sum': '10', 'rated.a.counted': '2', 'rated.a.outside': '2' })
  assert.match(sentence, /^项：2 份评分，10 ÷ 2 = 5；另有 2 份超出 0—10，不计。/)
})

test('[R-RAT-4] with fewer marks than stated there is no value', () => {
  assert.equal(numberFor({ fewest: '3' }, ['8'], ['9']), null)
  assert.equal(numberFor({ fewest: '2' }, ['8'], ['9']), '8.5')
})

test('[R-RAT-5] a mark is allotted among reviewers or groups; a share without marks is left out, or counts as zero, as stated', () => {
  const allot = { by: 'by', shares: { 甲: '40', 乙: '30', 丙: '30' } }
  const given: [string, string][] = [
    ['8', '甲'],
    ['9', '乙'],
    ['1', '丁'],
  ]
  const { inputs, sentence } = scored({ mark: 'm', allot: { ...allot, without: 'rescale' } }, { marks: marks(...given) })
  assert.equal(inputs['rated.a'], '8.428571428571')
  assert.equal(inputs['rated.a.others'], '1')
  assert.match(
    sentence,
    /^项：甲 1 份评分，8 ÷ 1 = 8，乙 1 份评分，9 ÷ 1 = 9，丙 0 份评分；\(8 × 40 \+ 9 × 30\) ÷ \(40 \+ 30\) = 8.428571428571；丙不计入，其余按比例折算；另有 1 份的评分人没有份额，不计。/,
  )
  assert.equal(numberFor({ allot: { ...allot, without: 'zero' } }, ...given), '5.9')
  assert.equal(numberFor({ allot: { ...allot, without: 'zero' } }), null)
  const byGroup = { take: 'median', allot: { by: 'group', shares: { 领导: '60', 群众: '40' }, without: 'rescale' } }
  assert.equal(numberFor(byGroup, ['8', '甲', '领导'], ['6', '乙', '领导'], ['10', '丙', '群众']), '8.2')
})

test('[R-RAT-6] what can’t be meant is refused with a way out', () => {
  assert.deepEqual(refused({ mark: 'm', take: 'trimmed' }), ['`trim` and `take: trimmed` go together: how many marks are dropped at either end'])
  assert.deepEqual(refused({ mark: 'm', take: 'trimmed', trim: { each: '2', from: '4', fewer: 'all' } }), [
    'with fewer than 5 marks nothing would be left — write 5 or more, or leave it out',
  ])
  assert.deepEqual(refused({ mark: 'm', range: ['10', '0'] }), ['a range is [low, high]: two numbers, the smaller first'])
  assert.deepEqual(refused({ mark: 'm', allot: { by: 'by', shares: { 甲: '0' }, without: 'zero' } }), ['a share is above 0 — leave out those that have none'])
  assert.equal(
    refused({ mark: 'm', take: 'mean' })[0],
    'expected one of avg, sum, min, max, median, trimmed, found `mean` — known: avg, sum, min, max, median, trimmed',
  )
})

const votes = (...given: [choice: string, category: string, count: number, item?: string][]): Ballot[] =>
  given.map(([choice, category, count, item = 'q']) => ({ unit_id: 'u1', day: '2024-11-01', item, choice, category, count }))
const choices = { 好: '1', 较好: '0.8', 一般: '0.6', 差: '0.4' }
const categories = { 领导: '40', 班子: '30', 代表: '30' }

test('[R-BAL-1] [R-BAL-2] each category’s mean coefficient is weighted; one without enough ballots is left out and the result says so', () => {
  const ballots = votes(['好', '领导', 6], ['较好', '领导', 4], ['好', '班子', 5], ['差', '班子', 5], ['好', '代表', 2], ['弃权', '班子', 3])
  const { inputs, sentence } = scored({ ballot: 'q', choices, categories, fewest: '5', missing: 'rescale' }, { ballots })
  // 领导 9.2 ÷ 10 = 0.92, 班子 7 ÷ 10 = 0.7: (36.8 + 21) ÷ 70.
  assert.deepEqual(
    { value: inputs['ballot.a'], leaders: inputs['ballot.a.value.领导'], left: inputs['ballot.a.value.代表'], ballots: inputs['ballot.a.ballots.代表'] },
    { value: '0.825714285714', leaders: '0.92', left: null, ballots: '2' },
  )
  assert.equal(inputs['ballot.a.unknown'], '3')
  assert.match(
    sentence,
    /^项：领导 10 票，系数合计 9.2 ÷ 10 = 0.92，班子 10 票，系数合计 7 ÷ 10 = 0.7，代表 2 票，不足 5 票；\(0.92 × 40 \+ 0.7 × 30\) ÷ \(40 \+ 30\) = 0.825714285714；代表不计入，其余按比例折算；另有 3 票的选项或类别不在规则中，不计。/,
  )
  const as = (missing: string) => scored({ ballot: 'q', choices, categories, fewest: '5', missing }, { ballots }).inputs['ballot.a']
  assert.equal(as('zero'), '0.578')
  assert.equal(as('missing'), null)
})

test('[R-BAL-3] several questions: the mean over them', () => {
  const ballots = votes(['好', '领导', 1, 'q1'], ['一般', '领导', 1, 'q2'], ['差', '领导', 1, 'q2'])
  const { inputs, sentence } = scored({ ballots: ['q1', 'q2', 'q3'], choices, missing: 'rescale' }, { ballots })
  assert.equal(inputs['ballot.a'], '0.75')
  assert.match(sentence, /；\(1 \+ 0.5\) ÷ 2 = 0.75；q3不计入，其余按比例折算。/)
})

test('[R-BAL-4] ballots whose coefficient is none don’t count; a choice that the source knows must have one', () => {
  const ballots = votes(['好', '领导', 1], ['弃权', '领导', 9])
  const { inputs } = scored({ ballot: 'q', choices: { ...choices, 弃权: 'none' }, missing: 'rescale' }, { ballots })
  assert.deepEqual([inputs['ballot.a'], inputs['ballot.a.unknown'], inputs['ballot.a.ballots']], ['1', '0', '1'])
  const named: Catalogue = {
    sources: trialCatalogue.sources.map((source) => ({
      ...source,
      columns: source.columns.map((column) => (column.name === 'choice' ? { ...column, values: ['好', '弃权'] } : column)),
    })),
  }
  assert.deepEqual(refused({ ballot: 'q', choices, missing: 'rescale' }, named), [
    "the choice `弃权` has no coefficient — a number, or `弃权: none` if such ballots don't count",
  ])
  assert.deepEqual(refused({ choices, missing: 'rescale' }), ['either `ballot` (one question) or `ballots` (a list) is written here'])
})

const event = (parts: Partial<Event>): Event => ({
  ...{ unit_id: 'u1', day: '2024-03-01', known_from: '2020-01-01T00:00:00Z', kind: '课', n: 1, hours: '1', ok: true },
  ...{ due: null, at: null, tags: null, case_key: null, late: null },
  ...parts,
})
const branches = ['k1', 'k2', 'k3'].map((key) => ({ unit_id: 'u1', key, size: 4 }))
const lectures = (...counts: number[]): Event[] => counts.flatMap((count, index) => Array.from({ length: count }, () => event({ case_key: `k${index + 1}` })))
const overBranches = (more: object = {}) => ({
  meanOver: {
    members: { over: 'branch', key: 'key' },
    measure: { over: 'event', where: 'kind == "课"', key: 'case_key' },
    rule: { kind: 'proportional', target: 'size' },
    points: '10',
    missing: 'zero',
    take: 'mean',
    ...more,
  },
})

test('[R-MOV-1] the mean over branches of min(lectures ÷ 4, 1) × 10', () => {
  const { inputs, points, sentence } = scored(overBranches(), { branches, events: [...lectures(4, 6, 1), event({ case_key: 'k9' })] })
  assert.equal(points, '7.5')
  assert.deepEqual(inputs, { 'members.a': '7.5', 'members.a.members': '3', 'members.a.counted': '3', 'members.a.without': '0', 'members.a.sum': '22.5' })
  assert.match(sentence, /^项：成员 3 个，每个按“10 分 × \(x ÷ .*size\)，比值最高 1”计分，得分合计 22.5 ÷ 3 = 7.5。/)
  const of = (take: string) => scored(overBranches({ take }), { branches, events: lectures(4, 6, 1) }).inputs['members.a']
  assert.deepEqual([of('min'), of('sum')], ['2.5', '22.5'])
})

test('[R-MOV-2] a member without a value gets what is stated; without members there is no value', () => {
  const measure = { over: 'event', key: 'case_key', avg: 'hours' }
  const as = (missing: string) =>
    scored(overBranches({ measure, missing, rule: { kind: 'convert', factor: '1' } }), { branches, events: lectures(1, 1) }).inputs['members.a']
  assert.deepEqual([as('zero'), as('full'), as('exclude')], ['0.666666666667', '4', '1'])
  assert.equal(scored(overBranches(), { events: lectures(1) }).missing, 'zero')
  // The same key of another unit is another member.
  assert.equal(scored(overBranches(), { branches: branches.map((one) => ({ ...one, unit_id: 'u2' })) }).inputs['members.a'], null)
})

test('[R-MOV-3] an inner rule compares with nobody, and keys are of one type', () => {
  assert.deepEqual(refused(overBranches({ rule: { kind: 'rank', best: 'high', peers: 'all', ties: 'min', lose: '1' } })), [
    'a member is scored by itself: no rule that compares with others',
  ])
  assert.deepEqual(refused(overBranches({ members: { over: 'branch', key: 'size' } })), ["the member's key is int, this is string: they can't be the same"])
})

test('[R-LAT-1] [R-LAT-2] rows entered late count a part, none, or in full; null is in time', () => {
  const events = [event({ late: true }), event({ late: false }), event({ late: null }), event({ late: true, hours: '4' })]
  const of = (more: object) => scored({ over: 'event', ...more }, { events }).inputs['item.a']
  assert.deepEqual([of({}), of({ late: 'full' }), of({ late: 'none' }), of({ late: '0.5' }), of({ late: '0.5', sum: 'hours' })], ['4', '4', '2', '3', '4.5'])
  assert.deepEqual(of({ late: 'none', max: 'hours' }), '1')
  assert.match(scored({ over: 'event', late: '0.5', unit: ' 次' }, { events }).sentence, /^项 4 条，其中补录 2 条按 0.5 计，2 \+ 2 × 0.5 = 3 次。/)
  assert.deepEqual(refused({ over: 'event', late: '0.5', avg: 'hours' }), [
    'a part of a row works with counting, sum and severity — full or none work with all',
  ])
  assert.deepEqual(refused({ over: 'ballot', late: 'none' }), ["the source doesn't say which rows were entered late: it has no column `late` (true or false)"])
})

test('[R-ONC-3] the first event of a case counts where so stated, the heaviest otherwise', () => {
  const events = [event({ case_key: 'c', day: '2024-06-01', hours: '8' }), event({ case_key: 'c', day: '2024-05-01', hours: '3' })]
  const of = (more: object) => scored({ over: 'event', once: 'case_key', sum: 'hours', ...more }, { events }).inputs['item.a']
  assert.deepEqual([of({}), of({ pick: 'heaviest' }), of({ pick: 'first' })], ['8', '8', '3'])
  assert.deepEqual(refused({ over: 'event', pick: 'first' }), ['`pick` needs `once`: it says which row of a case counts'])
})

test('[R-SEV-2] cases are counted by their heaviest: one of two classes is one case of the worse', () => {
  const events = [
    event({ case_key: 'c', kind: '诫勉' }),
    event({ case_key: 'c', kind: '重处分' }),
    event({ case_key: 'd', kind: '诫勉' }),
    event({ kind: '诫勉' }),
  ]
  const table = { 诫勉: '1', 轻处分: '3', 重处分: '5', 移送: '8' }
  const of = (counting: string[], more: object = { once: 'case_key' }) =>
    scored({ over: 'event', ...more, severity: { by: 'kind', table, otherwise: '0', counting } }, { events }).inputs['item.a']
  assert.deepEqual([of(['诫勉']), of(['重处分', '移送']), of(['移送'])], ['2', '1', '0'])
  assert.equal(of(['诫勉'], {}), '3')
  assert.deepEqual(
    refused({ over: 'event', once: 'case_key', severity: { by: 'kind', table: { 甲: '1', 乙: '1' }, otherwise: '0', counting: ['甲', '丙'] } }),
    [
      "`甲` and `乙` weigh the same: which of them a case is can't be told — give them different weights",
      '`丙` has no weight in the table — did you mean `甲`?',
    ],
  )
})
