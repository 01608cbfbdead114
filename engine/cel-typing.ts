// What the compilers of CEL's operators (cel.ts) and functions (cel-calls.ts) share: names, problems, and the test of a part's type.
import type { ASTNode } from '@marcbachmann/cel-js'
import type { Expr, ExprType } from '#engine/expr.ts'

type Ref = Extract<Expr, { op: 'ref' }>

/** The names an expression may use: alone (`hours`), or behind a group (`subject.staff`, `items["a1"]`). */
export interface Names {
  plain: Record<string, Ref>
  groups: Record<string, Record<string, Ref>>
}

/** What is wrong, at an offset in the expression's text. */
export interface Problem {
  offset: number
  code: string
  message: string
  hint?: string
}

/** The state of one compilation: names, and the problems found so far. */
export interface Compiling {
  names: Names
  problems: Problem[]
  fail: (node: ASTNode, code: string, message: string, hint?: string) => null
  expr: (node: ASTNode) => Expr | null
}

/** True for int and decimal. */
export function isNumber(type: ExprType): type is 'int' | 'decimal' {
  return type === 'int' || type === 'decimal'
}

/** Compiles a part that must be of a type; says so if it isn't. */
export function ofType(node: ASTNode, type: ExprType | 'number', on: Compiling): Expr | null {
  const expr = on.expr(node)
  if (expr === null || expr.type === type || (type === 'number' && isNumber(expr.type))) return expr
  return on.fail(node, 'cel-type', `expected ${type}, found ${expr.type}`)
}
