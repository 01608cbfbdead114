// fast-check arbitraries: small worlds of facts, and rubrics over them that check.
import fc from 'fast-check'
import { opinions, opinionWorld, peerFormulas, weighedMeasures } from '#engine/test/drawn-inputs.ts'
import type { World } from '#engine/test/trial.ts'

const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 5, nil: null })
const day = fc.integer({ min: 0, max: 800 }).map((offset) => new Date(Date.UTC(2023, 5, 1 + offset)).toISOString().slice(0, 10))
const text = fc.constantFrom('甲', '乙', 'a', 'ab', 'B', '😀', '')
export const exact = fc.tuple(fc.integer({ min: -3000, max: 9000 }), fc.integer({ min: 0, max: 3 })).map(([digits, scale]) => {
  const size = String(Math.abs(digits)).padStart(scale + 1, '0')
  return `${digits < 0 ? '-' : ''}${scale === 0 ? size : `${size.slice(0, -scale)}.${size.slice(-scale)}`}`
})
const positive = exact.map((value) => value.replace('-', ''))
const above = positive.map((value) => (/^[0.]+$/.test(value) ? '1' : value))
const unitIds = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7']

/** Seven units at most, with rows that fall in and out of every condition. */
export const worlds: fc.Arbitrary<World> = fc.record({
  units: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom(...unitIds),
      name: text,
      class: some(fc.constantFrom('甲', '乙')),
      parent: some(fc.constantFrom('p', 'q')),
      staff: some(fc.integer({ min: 0, max: 5 })),
      open: some(fc.boolean()),
      share: some(fc.constantFrom('0', '0.25', '0.5', '0.333333333333', '1')),
    }),
    { selector: (unit) => unit.id, minLength: 1, maxLength: 7 },
  ),
  events: fc.array(
    fc.record({
      unit_id: some(fc.constantFrom(...unitIds)),
      day,
      known_from: fc.constantFrom(...Array.from({ length: 5 }, () => '2020-01-01T00:00:00Z'), '2030-01-01T00:00:00Z'),
      kind: some(text),
      n: some(fc.integer({ min: -3, max: 9 })),
      hours: some(exact),
      ok: some(fc.boolean()),
      due: some(day),
      at: some(day.map((date) => `${date}T08:00:00Z`)),
      tags: some(fc.array(text, { maxLength: 3 })),
      case_key: some(fc.constantFrom('k1', 'k2', 'k3')),
      late: some(fc.boolean()),
    }),
    { maxLength: 40, size: 'max' },
  ),
  mergers: fc.array(fc.record({ unit_id: fc.constantFrom(...unitIds), day, old: fc.constantFrom(...unitIds) }), { maxLength: 3 }),
  ...opinionWorld(unitIds, day, positive, text),
})

const quoted = text.map((value) => JSON.stringify(value))
const order = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')
const columnNumber = fc.constantFrom(
  'n',
  'hours',
  'n + 1',
  'hours * 2',
  'hours / n',
  'n / 2',
  'n % 3',
  '-n',
  'min(n, hours)',
  'max(hours, 1.5)',
  'round(hours, 1)',
  'size(kind)',
  'tags.size()',
  'due.getMonth()',
  'n * 3000000000 * 1500000000',
  '9223372036854775800 + n',
  '-9223372036854775807 - n',
  'kind.indexOf("b")',
  'kind.lastIndexOf("a")',
  'int(kind + "1")',
  'tags.filter(t, t != "a").size()',
  'tags.map(t, size(t))[0]',
  'tags.map(t, t + "b").join("-").size()',
  'at.getHours()',
  'at.getDayOfWeek("Asia/Shanghai")',
  '(at - timestamp("2024-01-01T00:00:00Z")).getHours()',
  'math.greatest(n, hours, 1.5)',
  'ok ? n : 2',
  'n > 2 ? hours : null',
)

/** CEL conditions over an event's columns. */
export const conditions: fc.Arbitrary<string> = fc.letrec<{ any: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.tuple(fc.constantFrom('kind', 'case_key', 'kind + "b"'), order, quoted).map((parts) => parts.join(' ')),
    fc.tuple(columnNumber, order, exact).map(([a, how, b]) => `(${a}) ${how} ${b}`),
    fc.tuple(columnNumber, order, columnNumber).map(([a, how, b]) => `(${a}) ${how} (${b})`),
    fc.constantFrom(
      'ok',
      'has(hours)',
      'kind == null',
      'ok != null',
      'kind in tags',
      '"a" in tags',
      'ok == true',
      'n in [1, 2, 3]',
      'hours in [1.5, 2]',
      'due - date("2024-01-31") > 3',
      'due + 30 >= date("2024-06-30")',
      'at < timestamp("2024-03-01T08:00:00+08:00")',
      'due.getFullYear() == 2024',
      'tags.exists(t, t.startsWith("a"))',
      'tags.all(t, t != "甲" && size(t) < 3)',
      'tags.exists_one(t, t == kind)',
      'tags.exists(t, 6 / (size(t) - 1) > n)',
      'tags.all(t, 6 / (size(t) - n) == 3)',
      'tags.exists(i, t, i == n && t == kind)',
      '["a", "ab"].exists(t, t == kind)',
      '[n, 2, 3].exists(x, x * x == 4)',
      'tags[0] == kind',
      'tags + ["甲"] == [kind] + tags',
      'kind.split("").size() > 1',
      'kind.substring(1) == "b"',
      'kind.charAt(n) == "a"',
      'kind.replace("a", "甲").reverse() == "甲"',
      'kind.upperAscii() == "AB"',
      '("  " + kind + "\\t").trim() == kind',
      'kind.matches("^(a|甲)b?$")',
      'at.getMonth("Asia/Shanghai") < 6',
      'at + duration("36h") > timestamp("2024-03-01T08:00:00+08:00")',
      'string(n) == kind || string(n) in tags',
      'double(n) / 3.0 > 0.5',
      'double(n) * double(n) == 4.0',
      'math.bitAnd(n, 3) == 2',
    ),
    fc.tuple(fc.constantFrom('startsWith', 'endsWith', 'contains'), quoted).map(([how, part]) => `kind.${how}(${part})`),
    fc.array(quoted, { maxLength: 3 }).map((list) => `kind in [${list.join(', ')}]`),
  ),
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    tie('any').map((a) => `!(${a})`),
    fc.tuple(tie('any'), fc.constantFrom('&&', '||'), tie('any')).map(([a, how, b]) => `(${a}) ${how} (${b})`),
  ),
})).any

const aggregate = fc.oneof(
  fc.constant({}),
  fc.constantFrom('kind', 'n', 'hours', 'due', 'ok').map((countDistinct) => ({ countDistinct })),
  fc.tuple(fc.constantFrom('sum', 'avg', 'min', 'max'), columnNumber).map(([kind, of]) => ({ [kind]: of })),
  conditions.map((where) => ({ share: { where } })),
  fc.record({ severity: fc.record({ by: fc.constant('kind'), table: fc.dictionary(fc.constantFrom('甲', '乙', 'a'), exact), otherwise: exact }) }),
  fc.constantFrom<object>(
    { once: 'case_key' },
    { once: 'kind', sum: 'hours' },
    { once: 'n', severity: { by: 'kind', table: { 甲: '3', a: '0.5' }, otherwise: '1' } },
    ...weighedMeasures,
  ),
)
const period = fc.option(fc.constantFrom<unknown>('previous-year', { from: '2023-09-01', to: '2024-03-31' }, { to: '2024-05-31' }), { nil: undefined, freq: 4 })

/** One measure over events; never a ratio of another. */
export const measures = fc
  .tuple(aggregate, fc.option(conditions, { nil: undefined, freq: 2 }), period)
  .map(([take, where, when]) => ({ over: 'event', ...take, ...(where === undefined ? {} : { where }), ...(when === undefined ? {} : { period: when }) }))

const amount = fc.oneof({ weight: 4, arbitrary: exact }, { weight: 1, arbitrary: fc.constantFrom('a', 'subject.staff', 'b / 3', 'x * 0.5', 'max(a, 2)') })
const holds = fc.constantFrom(
  'x > 2',
  'a >= b',
  'subject.open',
  'b < 3 || subject.staff > 1',
  'has(a)',
  'a / b < 1',
  'class == "甲"',
  'items.i0 > 1',
  'blocks.first > 2',
)
const firstHolds = fc.constantFrom('a > 2', 'a >= b', 'subject.open', 'subject.staff > 1', 'class == "甲"', 'class != "甲"')
const ties = fc.constantFrom('min', 'dense', 'average')
const peers = fc.oneof(
  fc.constantFrom<unknown>('class', 'parent', 'all'),
  fc.record(
    {
      by: fc.constantFrom('class', 'subject.parent', 'class + "x"', 'subject.staff > 1 ? "大" : "小"', 'subject.id in ["u1", "u2", "u3"] ? "甲组" : "乙组"'),
      where: fc.constantFrom('subject.open', 'subject.staff > 0', 'class != "乙"'),
    },
    { requiredKeys: ['by'] },
  ),
  fc.constant({ where: 'subject.staff < 4' }),
)
const partYear = fc.constantFrom('whole', 'pro-rata')

function descending(values: string[]): string[] {
  return [...new Map(values.map((value) => [Number(value), value])).values()].sort((a, b) => Number(b) - Number(a))
}

const rule = fc.oneof(
  fc.record({ kind: fc.constant('proportional'), target: amount, cap: above }),
  fc
    .tuple(fc.constantFrom('>=', '>', '<=', '<', '=='), fc.array(exact, { minLength: 1, maxLength: 3 }), exact, amount)
    .map(([compare, bounds, points, otherwise]) => {
      const down = descending(bounds)
      return {
        kind: 'tiers',
        compare,
        table: (compare.startsWith('<') ? down.toReversed() : down).map((bound, index) => ({ bound, points: index === 0 ? points : String(index) })),
        otherwise,
      }
    }),
  fc.record({ kind: fc.constantFrom('shortfall', 'excess'), target: amount, lose: amount, unit: above, step: fc.constantFrom('pro-rata', 'whole', 'started') }),
  fc.record({ kind: fc.constant('gate'), when: fc.constantFrom('x > 2', 'a >= b', 'x / 3 == 1', 'subject.open') }),
  fc.record({
    kind: fc.constant('checklist'),
    take: fc.constantFrom('sum', 'best'),
    parts: fc.array(fc.record({ when: fc.constantFrom('x > 2', 'a >= b', 'x / 3 == 1', 'subject.open'), points: amount }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('deduct'), lose: amount, limit: above }),
  fc.record({ kind: fc.constant('each'), points: amount }),
  fc.record({ kind: fc.constant('convert'), factor: amount, offset: amount }),
  fc
    .tuple(exact, above, exact, exact, fc.constantFrom('clamp', 'extend', 'missing'))
    .map(([low, wide, least, most, outside]) => ({ kind: 'convert', from: [low, String(Number(low) + Number(wide))], to: [least, most], outside })),
  fc.record({
    kind: fc.constant('escalate'),
    lose: fc.array(positive, { minLength: 1, maxLength: 3 }),
    beyond: fc.constantFrom('all', 'last', 'none'),
  }),
  fc.array(positive, { maxLength: 2 }).map((lose) => ({ kind: 'escalate', lose: [...lose, 'all'] })),
  fc.record({ kind: fc.constant('ratio-to-best'), best: fc.constantFrom('high', 'low'), peers, bestZero: fc.constantFrom('zero', 'full', 'missing') }),
  fc.record({ kind: fc.constant('relative'), how: fc.constant('ratio'), peers, self: fc.constantFrom('included', 'excluded'), cap: above }),
  fc.record({
    kind: fc.constant('relative'),
    how: fc.constant('difference'),
    peers,
    self: fc.constantFrom('included', 'excluded'),
    base: amount,
    factor: amount,
  }),
  fc.record({
    kind: fc.constant('rank'),
    best: fc.constantFrom('high', 'low'),
    peers,
    ties,
    points: fc.array(exact, { minLength: 1, maxLength: 3 }),
    otherwise: exact,
  }),
  fc.record({ kind: fc.constant('rank'), best: fc.constantFrom('high', 'low'), peers, ties, lose: exact }),
  fc
    .constantFrom('a / b * 3', 'x - subject.staff', 'round(a, 1) + b', 'floor(a / 3) + ceil(b * 1.5)', 'min(a, b) * 0.333')
    .map((value) => ({ kind: 'formula', value })),
  fc.record({
    kind: fc.constant('formula'),
    peers,
    best: fc.constantFrom('high', 'low'),
    value: fc.constantFrom(...peerFormulas),
  }),
)
const firstInput = fc.oneof(
  fc.constantFrom<unknown>('a', 'b', 'a / subject.staff', 'a + b', { mark: 'm' }, { mark: 'm', take: 'sum' }),
  measures,
  opinions(exact, above, conditions),
)
const laterInput = fc.oneof(
  fc.constantFrom<unknown>({ items: ['i0', 'i1'] }, { items: { i0: '0.6', first: '0.4', i1: '-1.5' } }, 'items.i0 * 2', 'blocks.first'),
  firstInput,
)
const missing = fc.constantFrom('zero', 'full', 'peer-mean', 'exclude', 'manual')
const limit = fc.option(exact, { nil: 'none', freq: 2 })

function item(id: string, input: fc.Arbitrary<unknown>, when: fc.Arbitrary<string>): fc.Arbitrary<object> {
  const optional = <T>(key: string, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<object> =>
    fc.option(arbitrary, { nil: undefined, freq: 1 }).map((value) => (value === undefined ? {} : { [key]: value }))
  return fc
    .tuple(
      fc.record({
        id: fc.constant(id),
        label: fc.constant('项'),
        points: fc.oneof({ weight: 4, arbitrary: positive }, fc.constant('0')),
        input,
        rule,
        missing,
        peers,
        round: fc.integer({ min: 0, max: 4 }).map(String),
      }),
      optional('when', when),
      optional('exempt', fc.record({ when, give: fc.constantFrom('full', 'exclude') })),
      fc
        .tuple(limit, limit)
        .map(([floor, cap]) => (floor !== 'none' && cap !== 'none' && Number(floor) > Number(cap) ? { floor: cap, cap: floor } : { floor, cap })),
    )
    .map(([base, ...rest]) => Object.assign({}, base, ...rest) as object)
    .chain((made) => {
      const { kind } = (made as { rule: { kind: string } }).rule
      const withTarget = ['proportional', 'shortfall', 'excess'].includes(kind)
      return withTarget ? fc.option(partYear, { nil: undefined }).map((own) => (own === undefined ? made : { ...made, partYear: own })) : fc.constant(made)
    })
}

const block = {
  weight: exact,
  round: fc.integer({ min: 0, max: 3 }).map(String),
  start: fc.constantFrom('0', '0', '100'),
  floor: fc.constantFrom('none', '0'),
  cap: fc.constantFrom('none', '80'),
  own: fc.option(fc.record({ when: firstHolds, whenNone: fc.constantFrom('zero', 'rescale') }), { nil: null, freq: 2 }),
}

function blockOf({ own, ...block }: { own: object | null }): object {
  return { ...block, ...own }
}

function floored(floor: string, cap: string): { floor?: string; cap: string } {
  return cap === 'none' || floor === 'none' || Number(floor) <= Number(cap) ? { floor, cap } : { cap }
}

function gradeOf(grade: string, from: string, quota: { open: boolean; small: object | null; groups: object | null; peers: unknown } | undefined): object {
  if (quota === undefined) return { grade, from }
  const { open, ...given } = quota
  return { grade, ...(open ? {} : { from }), quota: quotaOf(given) }
}

function quotaOf({ small, groups, ...quota }: { small: object | null; groups: object | null; peers: unknown }): object {
  return { ...quota, ...small, ...(groups === null || quota.peers !== 'class' ? {} : { groups }) }
}

/** Rubrics of every rule kind; all of them check. */
export const rubrics: fc.Arbitrary<object> = fc
  .tuple(
    fc.record({ a: measures, b: measures }),
    fc.tuple(item('i0', firstInput, firstHolds), item('i1', firstInput, firstHolds), item('i2', firstInput, firstHolds)),
    fc.tuple(
      item(
        'j0',
        laterInput,
        holds.filter((text) => !text.includes('x ')),
      ),
      item('j1', laterInput, firstHolds),
    ),
    fc.tuple(item('k0', firstInput, firstHolds), item('k1', firstInput, firstHolds)),
    fc.tuple(fc.record(block), fc.record(block), fc.record(block)),
    fc.record({
      least: fc.constantFrom('none', '0', '1.5'),
      bonus: limit,
      penalty: limit,
      round: fc.integer({ min: 0, max: 4 }).map(String),
      floor: fc.constantFrom('0', 'none'),
      cap: fc.constantFrom('100', 'none'),
    }),
    fc.tuple(exact, exact, exact).map(descending),
    fc.array(
      fc.record({
        open: fc.boolean(),
        percent: fc.constantFrom('10', '30', '33.3', '50'),
        groups: fc.option(fc.constantFrom({ 甲: '66.6' }, { 乙: '0', 甲: '100' }), { nil: null }),
        round: fc.constantFrom('down', 'up', 'half-up'),
        ties: fc.constantFrom('out', 'in'),
        peers,
        small: fc.option(fc.record({ fewest: fc.integer({ min: 1, max: 4 }).map(String), small: fc.constantFrom('open', 'none') }), { nil: null }),
      }),
      { maxLength: 2 },
    ),
    fc.record({ peers, ties }),
    fc.constantFrom<object[]>(
      [],
      [{ id: 'v', label: '否决', when: 'total > 20 && b > 1', ceiling: '末' }],
      [{ id: 'z', label: '项目归零', when: 'a > 2', zero: ['i0', 'second'] }],
      [
        { id: 'z', label: '项目归零', when: 'subject.open && items.i1 < 4', zero: ['k0', 'j1'] },
        { id: 'v', label: '否决', when: 'a > 1', ceiling: '末' },
      ],
      [
        { id: 'w', label: '归零', when: 'a > 3', zero: 'total' },
        { id: 'v', label: '否决', when: 'blocks.first < 5', ceiling: '1' },
      ],
    ),
    fc.record({
      partYear,
      merged: fc.constantFrom('stay', 'follow'),
      tieBreak: fc.uniqueArray(
        fc.constantFrom<string | { id: string; best: string }>('i0', 'second', { id: 'k1', best: 'low' }, { id: 'first', best: 'high' }),
        { maxLength: 2 },
      ),
    }),
  )
  .map(([named, first, second, extra, [one, two, inner], total, bounds, quotas, rank, vetoes, { tieBreak, ...settings }]) => ({
    rubric: 'drawn',
    ...settings,
    ...(tieBreak.length === 0 ? {} : { tieBreak }),
    version: '1',
    title: '抽取',
    subject: 'unit',
    population: { source: 'unit', class: 'class' },
    period: { from: '2024-01-01', to: '2024-12-31' },
    measures: named,
    blocks: [
      { id: 'first', label: '一', ...blockOf(one), items: first.slice(0, 2), blocks: [{ id: 'inner', label: '内', ...blockOf(inner), items: first.slice(2) }] },
      { id: 'second', label: '二', ...blockOf(two), items: second },
    ],
    bonuses: { ...floored(total.least, total.bonus), items: extra.slice(0, 1) },
    penalties: { ...floored(total.least, total.penalty), items: extra.slice(1) },
    total: { floor: total.floor, cap: total.cap, round: total.round },
    vetoes,
    grades: [...bounds.map((from, index) => gradeOf(String(index + 1), from, quotas[index])), { grade: '末' }],
    rank,
  }))
