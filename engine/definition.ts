// The rubric file: its schemas and its types. The meaning is in SPEC.md; extension.ts has the form of files that extend another.
import { type Static, type TSchema, Type } from 'typebox'

const closed = <P extends Record<string, TSchema>>(properties: P, options: object = {}) => Type.Object(properties, { additionalProperties: false, ...options })
const oneOf = <const V extends readonly string[]>(values: V, description: string) => Type.Unsafe<V[number]>({ type: 'string', enum: [...values], description })
const some = Type.Optional

/** A number written out; read as an exact decimal, never as a float. */
export const Exact = Type.Union([Type.Number(), Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' })], { description: 'an exact number, e.g. 0.5' })
/** A number or a CEL expression that gives one. */
const Amount = Type.Union([Type.Number(), Type.String()], { description: 'a number, or a CEL expression that gives one' })
/** A CEL expression. */
const Cel = Type.String({ minLength: 1, description: 'a CEL expression' })
const Condition = Type.Union([Type.Boolean(), Type.String({ minLength: 1 })], { description: 'a CEL condition' })
/** Ids are names in CEL, so they are letters, digits and underscores. */
export const Id = Type.String({ pattern: '^[a-z][A-Za-z0-9_]*$', description: 'a lower-case letter, then letters, digits, underscores' })
const Label = Type.String({ minLength: 1, description: 'what people read' })
const Limited = (words: string[], description: string) => Type.Union([...Exact.anyOf, ...words.map((word) => Type.Literal(word))], { description })
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'YYYY-MM-DD' })
const Limit = Limited(['none'], 'an exact number, or none')
const Place = Type.Integer({ minimum: 0, maximum: 12, description: 'decimal places, 0 to 12' })

/** A measure's own period; without one the context's period holds. */
export const MeasurePeriod = Type.Union([Type.Literal('previous-year'), closed({ from: some(Day), to: some(Day) })], {
  description: 'previous-year, or from and to',
})

const measureParts = {
  label: some(Label),
  over: Type.String({ description: 'name of a fact source' }),
  where: some(Condition),
  count: some(Type.Literal('rows')),
  countDistinct: some(Cel),
  sum: some(Cel),
  avg: some(Cel),
  min: some(Cel),
  max: some(Cel),
  share: some(closed({ where: Condition }, { description: 'per cent of the rows that also meet this condition' })),
  severity: some(
    closed(
      {
        by: Cel,
        table: Type.Record(Type.String(), Exact),
        otherwise: Exact,
        counting: some(Type.Array(Type.String(), { minItems: 1, description: 'how many rows or cases are of these texts, instead of the sum of weights' })),
      },
      { description: 'sum of the weights of the rows, by table' },
    ),
  ),
  once: some(Type.String({ minLength: 1, description: 'CEL giving the case key: rows of one case count once' })),
  pick: some(oneOf(['heaviest', 'first'], 'which row of a case counts: the heaviest, if not stated, or the first by date')),
  late: some(Limited(['full', 'none'], 'what a row entered late counts: full, none, or a part such as 0.5')),
  period: some(MeasurePeriod),
  unit: some(Type.String({ description: 'what stands behind the number' })),
}
/** A figure over one fact source. Without an aggregate it counts rows. */
export const Measure = closed(
  {
    ...measureParts,
    of: some(Type.String({ description: 'name of the measure that is the denominator' })),
    as: some(Type.Literal('percent', { description: 'with of: 100 × value ÷ denominator' })),
  },
  { description: 'a measure' },
)

const Count = Type.Integer({ minimum: 1, description: 'a whole number, at least 1' })
const Shares = (what: string) => Type.Record(Type.String(), Exact, { description: what })
const MarkInput = closed({
  mark: Type.String({ description: 'item key of the marks' }),
  take: some(oneOf(['avg', 'sum', 'min', 'max', 'median', 'trimmed'], 'how several marks become one; avg if not stated')),
  trim: some(
    closed(
      {
        each: Count,
        from: some(Count),
        fewer: oneOf(['all', 'missing'], 'with fewer marks than `from`: all of them count, or the value is missing'),
      },
      { description: 'with take: trimmed: how many are dropped at either end' },
    ),
  ),
  range: some(Type.Array(Exact, { minItems: 2, description: '[low, high]: marks outside do not count' })),
  fewest: some(Count),
  allot: some(
    closed(
      {
        by: oneOf(['by', 'group'], 'shares of reviewers (by) or of groups of reviewers (group)'),
        shares: Shares('reviewer or group: share'),
        without: oneOf(['rescale', 'zero'], 'a share without marks: left out and the rest rescaled, or counted as zero'),
      },
      { description: 'the mark allotted among reviewers or groups' },
    ),
  ),
})
const BallotInput = closed({
  ballot: some(Type.String({ description: 'item key of the ballots' })),
  ballots: some(Type.Array(Type.String(), { minItems: 1, description: 'item keys: the mean over these questions' })),
  choices: Type.Record(Type.String(), Limit, { description: 'choice: coefficient, or none: such ballots do not count' }),
  categories: some(Shares('category of voters: weight')),
  fewest: some(Count),
  missing: oneOf(['rescale', 'zero', 'missing'], 'a category without enough ballots: left out and the rest rescaled, counted as zero, or no value at all'),
})
const ItemsInput = closed({
  items: Type.Union([Type.Array(Id, { minItems: 1 }), Type.Record(Type.String(), Exact)], {
    description: 'the points of these items and blocks added up: a list of ids, or ids with weights',
  }),
})

export const Peers = Type.Union(
  [
    oneOf(['class', 'parent', 'all'], 'same class, same parent, or all'),
    closed({ by: some(Cel), where: some(Condition) }, { description: 'by: CEL over subject.… giving the name of the group; where: who is compared at all' }),
  ],
  { description: 'who is compared: class, parent, all, or {by: …, where: …}' },
)
export const Ties = oneOf(['min', 'dense', 'average'], 'equal values share a place: 1 1 3 (min), 1 1 2 (dense), 1.5 1.5 3 (average)')
const Compare = oneOf(['>=', '>', '<=', '<', '=='], 'how x is compared with each row; the first row that fits counts')
const PartYear = oneOf(['whole', 'pro-rata'], 'a subject that existed for a part of the period: the whole target, or its share of it')
const Range = Type.Array(Exact, { minItems: 2, description: '[low, high]' })
const Step = oneOf(['pro-rata', 'whole', 'started'], 'distance counted pro rata, in whole units, or in started units')

/** Scoring rules by kind. P is the item's points, x its input. */
export const ruleSchemas = {
  proportional: closed(
    { kind: Type.Literal('proportional'), target: Amount, cap: some(Exact) },
    { description: 'P × min(x ÷ target, cap); cap 1 if not stated' },
  ),
  tiers: closed(
    { kind: Type.Literal('tiers'), compare: Compare, table: Type.Array(closed({ bound: Amount, points: Amount }), { minItems: 1 }), otherwise: Amount },
    { description: 'points by table' },
  ),
  shortfall: closed(
    { kind: Type.Literal('shortfall'), target: Amount, lose: Amount, unit: some(Exact), step: Step },
    { description: 'P if x ≥ target, else P − lose per unit short' },
  ),
  excess: closed(
    { kind: Type.Literal('excess'), target: Amount, lose: Amount, unit: some(Exact), step: Step },
    { description: 'P if x ≤ target, else P − lose per unit over' },
  ),
  gate: closed({ kind: Type.Literal('gate'), when: Condition }, { description: 'P if the condition holds, else 0' }),
  checklist: closed(
    {
      kind: Type.Literal('checklist'),
      take: oneOf(['sum', 'best'], 'add the parts up, or the best one counts'),
      parts: Type.Array(closed({ label: some(Label), when: Condition, points: Amount }), { minItems: 1 }),
    },
    { description: 'points of the parts that hold' },
  ),
  deduct: closed({ kind: Type.Literal('deduct'), lose: Amount, limit: some(Exact) }, { description: 'P − lose × x; limit = the most that can be lost' }),
  each: closed({ kind: Type.Literal('each'), points: Amount }, { description: 'points × x, for bonuses and penalties per event' }),
  escalate: closed(
    {
      kind: Type.Literal('escalate'),
      lose: Type.Array(Type.Union([...Exact.anyOf, Type.Literal('all')], { description: 'an exact number, or all' }), {
        minItems: 1,
        description: 'what the 1st, 2nd, … event loses; all: everything that is left',
      }),
      beyond: some(oneOf(['all', 'last', 'none'], 'what the events after the list lose: everything, as much as the last of the list, or nothing more')),
    },
    { description: 'P − what the 1st, 2nd, … event loses by the list' },
  ),
  convert: closed(
    {
      kind: Type.Literal('convert'),
      factor: some(Amount),
      offset: some(Amount),
      from: some(Range),
      to: some(Range),
      outside: some(oneOf(['clamp', 'extend', 'missing'], 'x outside of `from`: held at its ends, converted like the rest, or missing data')),
    },
    { description: 'factor × x + offset, or the range `from` mapped to the range `to`; for outside scores' },
  ),
  rank: closed(
    {
      kind: Type.Literal('rank'),
      best: oneOf(['high', 'low'], 'which end has place 1'),
      peers: Peers,
      ties: Ties,
      points: some(Type.Array(Exact, { minItems: 1, description: 'points of place 1, 2, …' })),
      otherwise: some(Exact),
      lose: some(Exact),
    },
    { description: 'points by place: a list with otherwise, or P − lose per place after the first' },
  ),
  'ratio-to-best': closed(
    {
      kind: Type.Literal('ratio-to-best'),
      best: oneOf(['high', 'low'], 'high: P × x ÷ the greatest; low: P × the least ÷ x'),
      peers: Peers,
      bestZero: oneOf(['zero', 'full', 'missing'], 'what those get whose x is 0 where the best is 0: 0, P, or missing data'),
    },
    { description: 'P × x ÷ the best of the peers (best: high), or P × the best ÷ x (best: low)' },
  ),
  relative: closed(
    {
      kind: Type.Literal('relative'),
      how: oneOf(['ratio', 'difference'], 'P × min(x ÷ mean, cap), or base + factor × (x − mean)'),
      peers: Peers,
      self: oneOf(['included', 'excluded'], 'whether the mean includes the subject itself'),
      cap: some(Exact),
      base: some(Amount),
      factor: some(Amount),
    },
    { description: 'against the mean of the peers: P × min(x ÷ mean, cap), or base + factor × (x − mean)' },
  ),
  formula: closed(
    {
      kind: Type.Literal('formula'),
      value: Cel,
      peers: some(Peers),
      best: some(oneOf(['high', 'low'], 'with peers: which x has the first place; high, if nothing is said')),
    },
    { description: 'points = a CEL expression; with `peers` over peers.count, peers.place, peers.max, peers.min and peers.mean too' },
  ),
} as const
export const Rule = Type.Union(
  [
    ruleSchemas.proportional,
    ruleSchemas.tiers,
    ruleSchemas.shortfall,
    ruleSchemas.excess,
    ruleSchemas.gate,
    ruleSchemas.checklist,
    ruleSchemas.deduct,
    ruleSchemas.each,
    ruleSchemas.escalate,
    ruleSchemas.convert,
    ruleSchemas.rank,
    ruleSchemas['ratio-to-best'],
    ruleSchemas.relative,
    ruleSchemas.formula,
  ],
  { description: 'a scoring rule' },
)

/** The mean over a subject's members (persons, sub-units) of an inner rule. */
const MembersInput = closed({
  meanOver: closed({
    members: closed({ over: Type.String({ description: 'the source whose rows are the members' }), where: some(Condition), key: Cel }),
    measure: closed({ ...measureParts, key: Cel }),
    rule: Rule,
    points: Exact,
    floor: some(Limit),
    cap: some(Limit),
    round: some(Place),
    missing: oneOf(['zero', 'full', 'exclude'], 'what a member without a value gets'),
    take: oneOf(['mean', 'min', 'sum'], 'how the members become one'),
  }),
})
/** What goes into a rule as `x`: CEL over named measures, a measure written in place, marks, ballots, members, or the sum of other items. */
export const Input = Type.Union([Type.String({ minLength: 1 }), Measure, MarkInput, BallotInput, MembersInput, ItemsInput], {
  description: 'CEL over measures, a measure, {mark: …}, {ballot: …}, {meanOver: …} or {items: […]}',
})

export const Missing = oneOf(['zero', 'full', 'peer-mean', 'exclude', 'manual'], 'what happens without an input')
const Exempt = closed({ when: Condition, give: oneOf(['full', 'exclude'], 'full points, or left out and the rest rescaled') })

/** One line of the rubric. */
export const Item = closed(
  {
    id: Id,
    label: Label,
    points: some(Limit),
    when: some(Condition),
    exempt: some(Exempt),
    input: some(Input),
    rule: Rule,
    missing: some(Missing),
    peers: some(Peers),
    partYear: some(PartYear),
    floor: some(Limit),
    cap: some(Limit),
    round: some(Place),
    note: some(Type.String()),
  },
  { description: 'an item' },
)

const blockParts = {
  id: Id,
  label: Label,
  when: some(Condition),
  whenNone: some(oneOf(['zero', 'rescale'], 'where `when` does not hold: nothing, and the rest stays; or the rest makes up for the block')),
  exempt: some(Exempt),
  weight: some(Exact),
  start: some(Exact),
  floor: some(Limit),
  cap: some(Limit),
  round: some(Place),
  items: some(Type.Array(Item)),
  note: some(Type.String()),
}
export type Block = Static<ReturnType<typeof Type.Object<typeof blockParts>>> & { blocks?: Block[] }
const BlockRef = Type.Unsafe<Block>(Type.Ref('Block'))
/** A block of items and blocks. */
export const Block = Type.Unsafe<Block>(closed({ ...blockParts, blocks: some(Type.Array(BlockRef)) }, { description: 'a block' }))

const Extra = closed({ floor: some(Limit), cap: Limit, items: Type.Array(Item) }, { description: 'limits of the sum (or none), and the items' })
const Veto = closed(
  {
    id: Id,
    label: Label,
    when: Cel,
    ceiling: some(Type.String({ description: 'the best grade still possible' })),
    zero: some(Type.Union([Type.Literal('total'), Type.Array(Id, { minItems: 1 })], { description: 'the total becomes 0, or these items and blocks do' })),
  },
  { description: 'a veto: caps the grade, or zeroes the total or some items and blocks' },
)
const Quota = closed(
  {
    percent: some(Exact),
    count: some(Type.Integer({ minimum: 0 })),
    groups: some(Type.Record(Type.String(), Exact, { description: 'another percent or count for these values of what the peers share' })),
    round: some(oneOf(['down', 'up', 'half-up'], 'how a part of a unit is rounded')),
    ties: oneOf(['out', 'in'], 'equal totals at the edge: all out or all in'),
    peers: Peers,
    fewest: some(Type.Integer({ minimum: 1, description: 'a group of fewer peers has no quota' })),
    small: some(oneOf(['open', 'none'], 'in a group of fewer than `fewest`: as many as have earned the grade, or nobody')),
  },
  { description: 'at most so many of the peers' },
)
const Grade = closed({ grade: Label, from: some(Exact), quota: some(Quota) }, { description: 'a grade, best first; the last has no from' })

/** A whole rubric file. */
export const Rubric = closed(
  {
    rubric: Type.String({ pattern: '^[a-z][a-z0-9-]*$', description: 'id: lower-case letters, digits, hyphens' }),
    version: Type.Union([Type.Integer(), Type.String({ minLength: 1 })], { description: 'version of this text' }),
    title: Label,
    note: some(Type.String()),
    subject: oneOf(['unit', 'party-org'], 'who is scored'),
    population: closed({ source: Type.String(), where: some(Condition), class: some(Type.String({ description: 'column that holds the class' })) }),
    period: closed({ from: Day, to: Day }),
    partYear: some(PartYear),
    merged: some(oneOf(['stay', 'follow'], 'facts of a unit merged into another: stay with it, or count for its successor')),
    defaults: some(closed({ missing: some(Missing), round: some(Place), floor: some(Limit), peers: some(Peers) })),
    measures: some(Type.Record(Type.String(), Measure)),
    blocks: Type.Array(BlockRef, { minItems: 1 }),
    bonuses: some(Extra),
    penalties: some(Extra),
    total: closed({ floor: Limit, cap: Limit, round: Place }),
    vetoes: some(Type.Array(Veto)),
    grades: some(Type.Array(Grade, { minItems: 1 })),
    rank: closed({ peers: Peers, ties: Ties }),
    tieBreak: some(
      Type.Array(Type.Union([Id, closed({ id: Id, best: oneOf(['high', 'low'], 'which end is ahead') })]), {
        minItems: 1,
        description: 'items and blocks whose points, in this order, part equal totals; for quotas and ranks',
      }),
    ),
  },
  { description: 'a rubric' },
)

export type Measure = Static<typeof Measure>
export type MeasurePeriod = Static<typeof MeasurePeriod>
export type Peers = Static<typeof Peers>
export type Rule = Static<typeof Rule>
export type MarkInput = Static<typeof MarkInput>
export type BallotInput = Static<typeof BallotInput>
export type MembersInput = Static<typeof MembersInput>['meanOver']
export type Item = Static<typeof Item>
export type RubricFile = Static<typeof Rubric>

/** Named schemas that `$ref`s point to. */
export const named: Record<string, TSchema> = { Block }
