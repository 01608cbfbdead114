// Numbers gathered from marks, ballots and members: which rows go where, and what the trace says of them (SPEC.md R-RAT, R-BAL, R-MOV).
import type { Expr } from '#engine/expr.ts'
import type { Aggregate, BallotIr, MeasureIr, MembersIr, RatedIr } from '#engine/ir.ts'

/** Aggregates that are made of several numbers, all of which the trace shows. */
export type Gathered = RatedIr | BallotIr | MembersIr

/** Rows that are made into one number: those of one reviewer or group, or of one category for one question. */
export interface Slot {
  /** The reviewer, group or category; null for all. */
  key: string | null
  weight: string
  /** What a row must meet to count here. */
  when: Expr
}

/** The slots of one question; marks have one question, `key` null. */
export interface Question {
  key: string | null
  slots: Slot[]
}

/** A number beside a measure's value in the trace: its key below the measure's name, and what people call it. */
export interface TraceKey {
  key: string
  label: string
}

/** True for an aggregate that is made of several numbers. */
export function isGathered(take: Aggregate): take is Gathered {
  return take.kind === 'rated' || take.kind === 'ballot' || take.kind === 'members'
}

const and = (...parts: Expr[]): Expr => parts.reduce((left, right) => ({ op: 'and', type: 'bool', left, right }))
const has = (of: Expr): Expr => ({ op: 'has', type: 'bool', of })
const not = (of: Expr): Expr => ({ op: 'not', type: 'bool', of })
const is = (text: Expr, value: string): Expr => ({ op: 'compare', type: 'bool', how: '==', left: text, right: { op: 'literal', type: 'string', value } })
const within = (text: Expr, values: string[]): Expr =>
  and(has(text), { op: 'in', type: 'bool', item: text, list: values.map((value) => ({ op: 'literal', type: 'string', value })) })

/** True when a mark is within the range. */
function inRange({ of, range }: RatedIr): Expr {
  if (range === null) return has(of)
  const bound = (how: '>=' | '<=', value: string): Expr => ({ op: 'compare', type: 'bool', how, left: of, right: { op: 'literal', type: 'decimal', value } })
  return and(has(of), bound('>=', range.low), bound('<=', range.high))
}

/** A ballot's coefficient times its ballots. */
export function ballotSum({ of, count }: BallotIr): Expr {
  return { op: 'arith', type: 'decimal', how: '*', left: of, right: count }
}

/** Where rows count: by question, then by share. */
export function questionsOf(take: RatedIr | BallotIr): Question[] {
  const counted = take.kind === 'rated' ? inRange(take) : and(has(take.of), has(take.count))
  const slots = (own: Expr): Slot[] =>
    take.shares === null
      ? [{ key: null, weight: '1', when: own }]
      : take.shares.parts.map(({ key, weight }) => ({ key, weight, when: and(own, is((take.shares as NonNullable<typeof take.shares>).by, key)) }))
  if (take.kind === 'rated') return [{ key: null, slots: slots(counted) }]
  return take.items.map((item) => ({ key: take.items.length === 1 ? null : item, slots: slots(and(counted, is(take.item, item))) }))
}

/** Rows that don't count but are told of, by trace key. Marks are counted, ballots added up. */
export function straysOf(take: RatedIr | BallotIr): { key: string; label: string; when: Expr }[] {
  const listed = take.shares === null ? null : within(take.shares.by, take.shares.parts.map(({ key }) => key)) // biome-ignore format: one thought
  if (take.kind === 'ballot') return [{ key: 'unknown', label: '选项或类别不在规则中的票', when: not(listed === null ? take.known : and(take.known, listed)) }]
  const outside = take.range === null ? [] : [{ key: 'outside', label: '超出范围的评分', when: and(has(take.of), not(inRange(take))) }]
  return [...outside, ...(listed === null ? [] : [{ key: 'others', label: '没有份额的评分', when: and(inRange(take), not(listed)) }])]
}

/** True when a slot's marks are added up and divided. */
export function isMean(take: RatedIr | BallotIr): boolean {
  return take.kind === 'ballot' || take.pick === 'avg' || take.pick === 'median' || take.pick === 'trimmed'
}

/** The trace keys of one slot, in order. */
export function slotKeys(take: RatedIr | BallotIr, question: Question, slot: Slot): { [part in 'rows' | 'sum' | 'counted' | 'value']?: TraceKey } {
  const name = (part: string): string => [...(question.key === null ? [] : [question.key]), part, ...(slot.key === null ? [] : [slot.key])].join('.')
  const whose = [...(question.key === null ? [] : [question.key]), ...(slot.key === null ? [] : [slot.key])].join('·')
  const made = (part: string, label: string): TraceKey => ({ key: name(part), label: whose === '' ? label : `${whose}${label}` })
  return {
    rows: take.kind === 'rated' ? made('marks', '有效评分份数') : made('ballots', '有效票数'),
    ...(isMean(take) ? { sum: made('sum', take.kind === 'rated' ? '计入评分合计' : '系数合计') } : {}),
    ...(take.kind === 'rated' && isMean(take) ? { counted: made('counted', '计入份数') } : {}),
    ...(slot.key === null && question.key === null ? {} : { value: made('value', isMean(take) ? '平均' : '得分') }),
  }
}

/** What the trace shows of a measure beside its value. */
export function traceKeys({ take, of, late, once }: MeasureIr): TraceKey[] {
  if (take.kind === 'members')
    return [
      { key: 'members', label: '成员数' },
      { key: 'counted', label: '计入成员数' },
      { key: 'without', label: '没有数据的成员数' },
      ...(take.how === 'mean' ? [{ key: 'sum', label: '成员得分合计' }] : []),
    ]
  if (take.kind === 'rated' || take.kind === 'ballot')
    return [
      ...questionsOf(take).flatMap((question) => [
        ...question.slots.flatMap((slot) => Object.values(slotKeys(take, question, slot))),
        ...(question.key !== null && question.slots.some(({ key }) => key !== null) ? [{ key: `${question.key}.value`, label: `${question.key}得分` }] : []),
      ]),
      ...straysOf(take).map(({ key, label }) => ({ key, label })),
    ]
  const entered = [
    { key: 'rows', label: '计入条数' },
    { key: 'late', label: '其中补录条数' },
  ]
  const ratio = [
    { key: 'numerator', label: '分子' },
    { key: 'denominator', label: '分母' },
  ]
  return [...(take.kind === 'share' || take.kind === 'avg' || of !== null ? ratio : []), ...(late !== null && once === null ? entered : [])]
}

/** The suffix of the column that holds a traced number, beside the column of the measure's value. */
export function traceColumn(key: string, index: number): string {
  return key === 'numerator' ? 'n' : key === 'denominator' ? 'd' : `v${index}`
}
