// A CEL expression after the type check: plain JSON with closed unions.
import type { ColumnType } from '#engine/catalogue.ts'
import type { CelFunction } from '#engine/cel-functions.ts'

/** Types of single values. Columns have some of them (ColumnType); uint, double, bytes and duration come from CEL. */
export type ScalarType = Exclude<ColumnType, 'list(string)'> | 'uint' | 'double' | 'bytes' | 'duration'
/** A list of one type; `list(dyn)` is a list written out whose elements are of several types, or none. */
export type ListType = `list(${ScalarType | 'dyn'})`
export type ExprType = ScalarType | ListType | 'null'
/** Where a name points: a source's column, a measure, the subject's attribute, an item's or block's points, the total, the rule's input, what the rule's peers give. */
export type Scope = 'column' | 'measure' | 'subject' | 'item' | 'block' | 'total' | 'x' | 'peers'
export type CompareHow = '==' | '!=' | '<' | '<=' | '>' | '>='
export type ArithHow = '+' | '-' | '*' | '/' | '%'
export type NumberType = 'int' | 'uint' | 'double' | 'decimal'
/** What is made of a list: whether all, some or exactly one of it meet a condition, those that do, or a value made of each. */
export type OverHow = 'all' | 'exists' | 'existsOne' | 'filter' | 'map'

/** A CEL expression after the type check. */
export type Expr =
  | { op: 'literal'; type: ExprType; value: string | boolean | null }
  | { op: 'ref'; type: ExprType; scope: Scope; name: string }
  | { op: 'compare'; type: 'bool'; how: CompareHow; left: Expr; right: Expr }
  | { op: 'and' | 'or'; type: 'bool'; left: Expr; right: Expr }
  | { op: 'not'; type: 'bool'; of: Expr }
  | { op: 'has'; type: 'bool'; of: Expr }
  | { op: 'arith'; type: NumberType; how: ArithHow; left: Expr; right: Expr }
  | { op: 'negate'; type: NumberType; of: Expr }
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
  /** To the nearest, a half away from zero, or to the next whole number down or up. */
  | { op: 'round'; type: 'decimal'; of: Expr; places: number; toward?: 'down' | 'up' }
  | { op: 'list'; type: ListType; items: Expr[] }
  /** Inside an `over` of that name: the element, or its place from 0. */
  | { op: 'each'; type: ExprType; name: string; what: 'value' | 'place' }
  /** `where` is the condition (true where there is none), `make` the value that `map` makes. */
  | { op: 'over'; type: ExprType; how: OverHow; list: Expr; name: string; where: Expr | null; make: Expr | null }
  | { op: 'call'; type: ExprType; fn: CelFunction; args: Expr[] }

/** A name in an expression. */
export type Ref = Extract<Expr, { op: 'ref' }>

/** The expressions directly inside an expression. */
export function parts(expr: Expr): Expr[] {
  switch (expr.op) {
    case 'literal':
    case 'ref':
    case 'each':
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
    case 'list':
      return expr.items
    case 'over':
      return [expr.list, expr.where, expr.make].filter((part) => part !== null)
    case 'call':
      return expr.args
  }
}

/** All references in an expression. */
export function references(expr: Expr): Extract<Expr, { op: 'ref' }>[] {
  return expr.op === 'ref' ? [expr] : parts(expr).flatMap(references)
}

/** A reference's name in an item's inputs: `lectures`, `subject.staff`, `items.a1`. */
export function inputName(ref: { scope: Scope; name: string }): string {
  return ref.scope === 'measure' ? ref.name : `${ref.scope === 'subject' || ref.scope === 'peers' ? ref.scope : `${ref.scope}s`}.${ref.name}`
}

/** The type of a list's elements; null for what is no list of one type. */
export function elementType(type: ExprType): ScalarType | null {
  const inner = /^list\((.*)\)$/.exec(type)?.[1]
  return inner === undefined || inner === 'dyn' ? null : (inner as ScalarType)
}

/** True for list(…). */
export function isList(type: ExprType): type is ListType {
  return type.startsWith('list(')
}
