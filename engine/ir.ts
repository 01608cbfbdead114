// The checked rubric: plain JSON, closed unions, every default filled in. Numbers are decimal text.
import type { ColumnType, SubjectKind } from '#engine/catalogue.ts'
import type { MeasurePeriod } from '#engine/definition.ts'
import { type Expr, references } from '#engine/expr.ts'

/** How the rows become a number. `share` counts the rows that meet `where` too and gives per cent. */
export type Aggregate =
  | { kind: 'count' }
  | { kind: 'countDistinct'; of: Expr }
  | { kind: 'sum' | 'avg' | 'min' | 'max'; of: Expr }
  | { kind: 'share'; where: Expr }
  | RatedIr
  | BallotIr
  | MembersIr

/** Texts with the share that each has; compared with `by`. */
export interface SharesIr {
  by: Expr
  parts: { key: string; weight: string }[]
}

/** Marks made into one, share by share (SPEC.md R-RAT). */
export interface RatedIr {
  kind: 'rated'
  of: Expr
  pick: 'avg' | 'sum' | 'min' | 'max' | 'median' | 'trimmed'
  trim: { each: number; from: number; fewer: 'all' | 'missing' } | null
  range: { low: string; high: string } | null
  fewest: number
  shares: SharesIr | null
  without: 'rescale' | 'zero'
}

/** Ballots made into a mean coefficient (SPEC.md R-BAL). `of` is the coefficient of a ballot, null where it doesn't count. */
export interface BallotIr {
  kind: 'ballot'
  of: Expr
  /** The ballots of a row, and whether their choice is one that the rubric knows. */
  count: Expr
  known: Expr
  item: Expr
  items: string[]
  shares: SharesIr | null
  fewest: number
  without: 'rescale' | 'zero' | 'missing'
}

/** The members of a subject, each scored by an inner rule over its rows (SPEC.md R-MOV). */
export interface MembersIr {
  kind: 'members'
  source: string
  where: Expr | null
  key: Expr
  /** The measure of one member's rows, and which member a row is of. */
  inner: MeasureIr
  rowKey: Expr
  /** The inner rule as an item, with x and the columns of `source` for names. */
  item: ItemIr
  how: 'mean' | 'min' | 'sum'
}

export interface MeasureIr {
  name: string
  label: string
  unit: string
  source: string
  where: Expr | null
  take: Aggregate
  /** Case key: rows of one case count once. */
  once: Expr | null
  /** Which row of a case counts. */
  pick: 'heaviest' | 'first' | null
  /** Cases are counted whose weight is one of these. */
  among: string[] | null
  /** What a row entered late counts, and whether it was entered late; null where nothing is said. */
  late: { counts: string; when: Expr } | null
  /** Name of the measure that is the denominator. */
  of: string | null
  percent: boolean
  period: MeasurePeriod | null
  /** Rows of a merged subject count for its successor (R-MER). */
  follow: boolean
}

/** Who is compared: those with the same value of `by` (null: all) who meet `where` (null: everybody). */
export interface Peers {
  by: Expr | null
  where: Expr | null
}
export type Ties = 'min' | 'dense' | 'average'
export type Step = 'pro-rata' | 'whole' | 'started'
export type Missing = 'zero' | 'full' | 'peer-mean' | 'exclude' | 'manual'

export type RuleIr =
  | { kind: 'proportional'; target: Expr; cap: string }
  | { kind: 'tiers'; compare: '>=' | '>' | '<=' | '<' | '=='; table: { bound: Expr; points: Expr }[]; otherwise: Expr }
  | { kind: 'shortfall' | 'excess'; target: Expr; lose: Expr; unit: string; step: Step }
  | { kind: 'gate'; when: Expr }
  | { kind: 'checklist'; take: 'sum' | 'best'; parts: { label: string; when: Expr; points: Expr }[] }
  | { kind: 'deduct'; lose: Expr; limit: string | null }
  | { kind: 'each'; points: Expr }
  | { kind: 'escalate'; lose: string[]; beyond: 'all' | 'last' | 'none' }
  | { kind: 'convert'; factor: Expr; offset: Expr }
  | { kind: 'convert-range'; from: [string, string]; to: [string, string]; outside: 'clamp' | 'extend' | 'missing' }
  | { kind: 'rank'; best: 'high' | 'low'; peers: Peers; ties: Ties; points: string[]; otherwise: string }
  | { kind: 'rank-lose'; best: 'high' | 'low'; peers: Peers; ties: Ties; lose: string }
  | { kind: 'ratio-to-best'; best: 'high' | 'low'; peers: Peers; bestZero: 'zero' | 'full' | 'missing' }
  | { kind: 'relative-ratio'; peers: Peers; self: 'included' | 'excluded'; cap: string }
  | { kind: 'relative-difference'; peers: Peers; self: 'included' | 'excluded'; base: Expr; factor: Expr }
  /** With peers the value may name what they give (`peerNames`). */
  | { kind: 'formula'; value: Expr; peers: Peers | null; best: 'high' | 'low' }

/** What the peers of a formula give: how many they are, the subject's place, their greatest, least and mean x (R-PEE-5). */
export const peerNames = ['count', 'place', 'max', 'min', 'mean'] as const
export type PeerName = (typeof peerNames)[number]

/** What a formula names of its peers. */
export function peerNamesOf(rule: RuleIr): PeerName[] {
  if (rule.kind !== 'formula') return []
  const named = new Set(references(rule.value).flatMap(({ scope, name }) => (scope === 'peers' ? [name] : [])))
  return peerNames.filter((name) => named.has(name))
}

/** `points` is null for an uncapped bonus or penalty; `floor` and `cap` null for none. */
export interface ItemIr {
  id: string
  label: string
  points: string | null
  when: Expr | null
  /** The first that holds; the item's own, then those of the blocks around it. */
  exempt: { when: Expr; give: 'full' | 'exclude' }[]
  /** Where it holds the item gets 0: vetoes. */
  zeroed: Expr | null
  input: Expr | null
  rule: RuleIr
  missing: Missing
  /** The measure that holds a mark given by hand, where missing is `manual`. */
  manual: string | null
  peers: Peers
  floor: string | null
  cap: string | null
  round: number
}

/** A tree node; items and blocks by id, in the order of the file. */
export interface BlockIr {
  id: string
  label: string
  /** Its own condition; those of the blocks around it are theirs. */
  when: Expr | null
  whenNone: 'zero' | 'rescale'
  /** Where it holds the block gets 0: vetoes. */
  zeroed: Expr | null
  weight: string
  start: string
  floor: string | null
  cap: string | null
  round: number | null
  items: string[]
  blocks: BlockIr[]
}

export interface VetoIr {
  id: string
  label: string
  when: Expr
  ceiling: string | null
  /** True when it zeroes the total. */
  zero: boolean
  /** Items and blocks that it zeroes. */
  zeroes: string[]
}

export interface QuotaIr {
  percent: string | null
  count: number | null
  /** Groups, by the value that they share, with a percent or count of their own. */
  groups: { key: string; most: string }[]
  round: 'down' | 'up' | 'half-up'
  ties: 'out' | 'in'
  peers: Peers
  /** A group of fewer peers than `fewest` has no quota: all may have the grade (`open`), or nobody. */
  small: { fewest: number; give: 'open' | 'none' } | null
}

export interface GradeIr {
  grade: string
  from: string | null
  quota: QuotaIr | null
}

/** Bonuses or penalties: limits of their sum, and the items. */
export interface ExtraIr {
  floor: string | null
  cap: string | null
  items: string[]
}

export interface RubricIr {
  rubric: string
  version: string
  title: string
  subject: SubjectKind
  population: { source: string; where: Expr | null; class: string | null; columns: { name: string; label: string; type: ColumnType }[] }
  period: { from: string; to: string }
  measures: Record<string, MeasureIr>
  items: Record<string, ItemIr>
  blocks: BlockIr[]
  bonuses: ExtraIr
  penalties: ExtraIr
  total: { floor: string | null; cap: string | null; round: number }
  vetoes: VetoIr[]
  grades: GradeIr[]
  rank: { peers: Peers; ties: Ties }
  /** Points that part equal totals, in this order. */
  tieBreak: { scope: 'item' | 'block'; name: string; best: 'high' | 'low' }[]
}

/** The peers that a rule compares with, or null. */
export function peersOfRule(rule: RuleIr): Peers | null {
  return 'peers' in rule ? rule.peers : null
}

/** The expressions of a peer group. */
export function peersExpressions({ by, where }: Peers): Expr[] {
  return [by, where].filter((expr) => expr !== null)
}

/** What a peer group is called in a rubric file, or null where it is written out. */
export function peersName({ by, where }: Peers, population: RubricIr['population']): 'class' | 'parent' | 'all' | null {
  if (where !== null) return null
  if (by === null) return 'all'
  return by.op === 'ref' ? (by.name === population.class ? 'class' : by.name === 'parent' ? 'parent' : null) : null
}

/** The expressions of a rule, its input aside. */
function ruleExpressions(rule: RuleIr): Expr[] {
  switch (rule.kind) {
    case 'proportional':
      return [rule.target]
    case 'tiers':
      return [...rule.table.flatMap((row) => [row.bound, row.points]), rule.otherwise]
    case 'shortfall':
    case 'excess':
      return [rule.target, rule.lose]
    case 'gate':
      return [rule.when]
    case 'checklist':
      return rule.parts.flatMap((part) => [part.when, part.points])
    case 'deduct':
      return [rule.lose]
    case 'each':
      return [rule.points]
    case 'convert':
      return [rule.factor, rule.offset]
    case 'relative-difference':
      return [rule.base, rule.factor]
    case 'escalate':
    case 'convert-range':
    case 'rank':
    case 'rank-lose':
    case 'ratio-to-best':
    case 'relative-ratio':
      return []
    case 'formula':
      return [rule.value]
  }
}

/** Everything an item is computed from: condition, exemption, vetoes, input, rule. */
export function itemExpressions(item: ItemIr): Expr[] {
  return [item.when, ...item.exempt.map((one) => one.when), item.zeroed, item.input, ...ruleExpressions(item.rule)].filter((expr) => expr !== null)
}

/** The attributes that say who an item's peers are; none where it isn't compared. */
export function itemPeersExpressions(item: ItemIr): Expr[] {
  const own = peersOfRule(item.rule)
  return [...(own === null ? [] : peersExpressions(own)), ...(item.missing === 'peer-mean' ? peersExpressions(item.peers) : [])]
}

/** What a block is computed from beside its items and blocks. */
export function blockExpressions(block: BlockIr): Expr[] {
  return [block.when, block.zeroed].filter((expr) => expr !== null)
}

/** Peers of items, quotas and the final rank. */
export function allPeers(ir: RubricIr): Peers[] {
  const ofItems = Object.values(ir.items).flatMap((item) => [item.peers, peersOfRule(item.rule) ?? []].flat())
  return [...ofItems, ...ir.grades.flatMap(({ quota }) => quota?.peers ?? []), ir.rank.peers]
}
