// The checked rubric: plain JSON, closed unions, every default filled in. Numbers are decimal text.
import type { ColumnType, SubjectKind } from '#engine/catalogue.ts'
import type { MeasurePeriod } from '#engine/definition.ts'

export type ExprType = ColumnType | 'null'
/** Where a name points: a source's column, a measure, the subject's attribute, an item's or block's points, the total, the rule's input. */
export type Scope = 'column' | 'measure' | 'subject' | 'item' | 'block' | 'total' | 'x'
export type CompareHow = '==' | '!=' | '<' | '<=' | '>' | '>='
export type ArithHow = '+' | '-' | '*' | '/' | '%'

/** A CEL expression after the type check. */
export type Expr =
  | { op: 'literal'; type: ExprType; value: string | boolean | null }
  | { op: 'ref'; type: ColumnType; scope: Scope; name: string }
  | { op: 'compare'; type: 'bool'; how: CompareHow; left: Expr; right: Expr }
  | { op: 'and' | 'or'; type: 'bool'; left: Expr; right: Expr }
  | { op: 'not'; type: 'bool'; of: Expr }
  | { op: 'has'; type: 'bool'; of: Expr }
  | { op: 'arith'; type: 'int' | 'decimal'; how: ArithHow; left: Expr; right: Expr }
  | { op: 'negate'; type: 'int' | 'decimal'; of: Expr }
  | { op: 'choose'; type: ExprType; when: Expr; yes: Expr; no: Expr }
  | { op: 'in'; type: 'bool'; item: Expr; list: Expr[] }
  | { op: 'member'; type: 'bool'; item: Expr; list: Expr }
  | { op: 'text'; type: 'bool'; how: 'startsWith' | 'endsWith' | 'contains'; left: Expr; right: Expr }
  | { op: 'join'; type: 'string'; left: Expr; right: Expr }
  | { op: 'size'; type: 'int'; of: Expr }
  | { op: 'days'; type: 'int'; left: Expr; right: Expr }
  | { op: 'shift'; type: 'date'; left: Expr; days: Expr }
  | { op: 'part'; type: 'int'; part: 'year' | 'month' | 'day'; of: Expr }
  | { op: 'pick'; type: 'int' | 'decimal'; how: 'min' | 'max'; left: Expr; right: Expr }
  | { op: 'round'; type: 'decimal'; of: Expr; places: number }

/** How the rows become a number. `share` counts the rows that meet `where` too and gives per cent. */
export type Aggregate =
  | { kind: 'count' }
  | { kind: 'countDistinct'; of: Expr }
  | { kind: 'sum' | 'avg' | 'min' | 'max'; of: Expr }
  | { kind: 'share'; where: Expr }

export interface MeasureIr {
  name: string
  label: string
  unit: string
  source: string
  where: Expr | null
  take: Aggregate
  /** Case key: rows of one case count once, by the heaviest. */
  once: Expr | null
  /** Name of the measure that is the denominator. */
  of: string | null
  percent: boolean
  period: MeasurePeriod | null
}

export type Peers = 'class' | 'parent' | 'all'
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
  | { kind: 'convert'; factor: Expr; offset: Expr }
  | { kind: 'rank'; best: 'high' | 'low'; peers: Peers; ties: Ties; points: string[]; otherwise: string }
  | { kind: 'rank-lose'; best: 'high' | 'low'; peers: Peers; ties: Ties; lose: string }
  | { kind: 'formula'; value: Expr }

/** `points` is null for an uncapped bonus or penalty; `floor` and `cap` null for none. */
export interface ItemIr {
  id: string
  label: string
  points: string | null
  when: Expr | null
  /** The first that holds; the item's own, then those of the blocks around it. */
  exempt: { when: Expr; give: 'full' | 'exclude' }[]
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
  zero: boolean
}

export interface QuotaIr {
  percent: string | null
  count: number | null
  round: 'down' | 'up' | 'half-up'
  ties: 'out' | 'in'
  peers: Peers
}

export interface GradeIr {
  grade: string
  from: string | null
  quota: QuotaIr | null
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
  bonuses: { cap: string | null; items: string[] }
  penalties: { cap: string | null; items: string[] }
  total: { floor: string | null; cap: string | null; round: number }
  vetoes: VetoIr[]
  grades: GradeIr[]
  rank: { peers: Peers; ties: Ties }
}

/** The expressions directly inside an expression. */
export function parts(expr: Expr): Expr[] {
  switch (expr.op) {
    case 'literal':
    case 'ref':
      return []
    case 'compare':
    case 'and':
    case 'or':
    case 'arith':
    case 'text':
    case 'join':
    case 'days':
    case 'pick':
      return [expr.left, expr.right]
    case 'not':
    case 'has':
    case 'negate':
    case 'size':
    case 'part':
    case 'round':
      return [expr.of]
    case 'choose':
      return [expr.when, expr.yes, expr.no]
    case 'in':
      return [expr.item, ...expr.list]
    case 'member':
      return [expr.item, expr.list]
    case 'shift':
      return [expr.left, expr.days]
  }
}

/** All references in an expression. */
export function references(expr: Expr): Extract<Expr, { op: 'ref' }>[] {
  return expr.op === 'ref' ? [expr] : parts(expr).flatMap(references)
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
    case 'rank':
    case 'rank-lose':
      return []
    case 'formula':
      return [rule.value]
  }
}

/** Everything an item is computed from: condition, exemption, input, rule. */
export function itemExpressions(item: ItemIr): Expr[] {
  return [item.when, ...item.exempt.map((one) => one.when), item.input, ...ruleExpressions(item.rule)].filter((expr) => expr !== null)
}

/** A reference's name in an item's inputs: `lectures`, `subject.staff`, `items.a1`. */
export function inputName(ref: { scope: Scope; name: string }): string {
  return ref.scope === 'measure' ? ref.name : `${ref.scope === 'subject' ? 'subject' : `${ref.scope}s`}.${ref.name}`
}
