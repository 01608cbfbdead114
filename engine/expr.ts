// A CEL expression after the type check: plain JSON with closed unions.
import type { ColumnType } from '#engine/catalogue.ts'

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

/** A reference's name in an item's inputs: `lectures`, `subject.staff`, `items.a1`. */
export function inputName(ref: { scope: Scope; name: string }): string {
  return ref.scope === 'measure' ? ref.name : `${ref.scope === 'subject' ? 'subject' : `${ref.scope}s`}.${ref.name}`
}
