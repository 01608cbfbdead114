// What the compilers of CEL's operators (cel.ts), functions (cel-calls.ts) and macros (cel-macros.ts) share: names, problems, the test
// of a part's type, and numbers written with a point, which are decimals or doubles by what stands beside them (SPEC.md R-CEL-1).
import type { ASTNode } from '@marcbachmann/cel-js'
import { isDecimal } from '#base/decimal.ts'
import type { Expr, ExprType, NumberType, Ref } from '#engine/expr.ts'

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

/**
 * `loose` is CEL without its type check: operands that don't fit are errors, which is null, when the expression is computed. `exact` is what rubrics
 * are written in: checked, and whole numbers divide exactly (R-CEL-5).
 */
export type Checking = 'checked' | 'loose' | 'exact'

/** The state of one compilation: names, those that macros bind, and the problems found so far. */
export interface Compiling {
  names: Names
  local: Record<string, Expr>
  checking: Checking
  problems: Problem[]
  /** Values whose type CEL learns only when it computes them: dyn(…), elements of mixed lists, errors. */
  dynamic: WeakSet<Expr>
  /** Parts compiled so far, and names given to macros' variables. */
  count: { parts: number; names: number }
  fail: (node: ASTNode, code: string, message: string, hint?: string) => null
  expr: (node: ASTNode) => Expr | null
  /** Compiles with more local names. */
  within: (local: Record<string, Expr>) => Compiling
}

const numbers: ExprType[] = ['int', 'uint', 'double', 'decimal']

/** True for the types that are numbers. */
export function isNumber(type: ExprType): type is NumberType {
  return numbers.includes(type)
}

/** True for the numbers that rubrics count with: a double is none of them (house.md §6.8). */
export function isExact(type: ExprType): type is 'int' | 'decimal' {
  return type === 'int' || type === 'decimal'
}

/** The value as one whose type CEL learns only when it computes. */
export function asDynamic(expr: Expr, on: Compiling): Expr {
  const copy = { ...expr }
  on.dynamic.add(copy)
  return copy
}

/** An error: a value that is always null. */
export function fault(type: ExprType, on: Compiling): Expr {
  return asDynamic({ op: 'literal', type, value: null }, on)
}

/** True for an error made by `fault`. */
export function isFault(expr: Expr, on: Compiling): boolean {
  return expr.op === 'literal' && expr.value === null && on.dynamic.has(expr)
}

/** Says that operands don't fit; where CEL would find out only when it computes, they are an error instead. */
export function misfit(node: ASTNode, operands: Expr[], type: ExprType, on: Compiling, message: string, hint?: string): Expr | null {
  if (on.checking === 'loose' || operands.some((one) => on.dynamic.has(one))) return fault(type, on)
  return on.fail(node, 'cel-type', message, hint)
}

/** True for a number written with a point, and what is made of such numbers alone: it can still become a decimal. */
export function isOpen(expr: Expr): boolean {
  if (expr.type !== 'double') return false
  switch (expr.op) {
    case 'literal':
      return typeof expr.value === 'string' && isDecimal(expr.value)
    case 'negate':
      return isOpen(expr.of)
    case 'arith':
      return isOpen(expr.left) && isOpen(expr.right)
    case 'choose':
      return isOpen(expr.yes) && isOpen(expr.no)
    default:
      return false
  }
}

/** An open number as a decimal; anything else as it is. */
export function asDecimal(expr: Expr): Expr {
  if (!isOpen(expr)) return expr
  switch (expr.op) {
    case 'literal':
      return { ...expr, type: 'decimal' }
    case 'negate':
      return { ...expr, type: 'decimal', of: asDecimal(expr.of) }
    case 'arith':
      return { ...expr, type: 'decimal', left: asDecimal(expr.left), right: asDecimal(expr.right) }
    case 'choose':
      return { ...expr, type: 'decimal', yes: asDecimal(expr.yes), no: asDecimal(expr.no) }
    default:
      return expr
  }
}

/** A number as an amount, which is a decimal: sums and products of whole numbers in it have no upper bound (R-CEL-5). */
export function asAmount(expr: Expr): Expr {
  if (expr.op === 'arith' && expr.type === 'int' && expr.how !== '/' && expr.how !== '%')
    return { ...expr, type: 'decimal', left: asAmount(expr.left), right: asAmount(expr.right) }
  if (expr.op === 'negate' && expr.type === 'int') return { ...expr, type: 'decimal', of: asAmount(expr.of) }
  return asDecimal(expr)
}

/** A part that must be of a type, compiled; says so if it isn't. `number` is an int or a decimal. */
export function ofType(node: ASTNode, type: ExprType | 'number', on: Compiling): Expr | null {
  const expr = on.expr(node)
  return expr && fitting(node, expr, type, on)
}

/** The expression where it is of the type; else says so. */
export function fitting(node: ASTNode, expr: Expr, type: ExprType | 'number', on: Compiling): Expr | null {
  if (type === 'number' || type === 'decimal') {
    const exact = asDecimal(expr)
    if (exact.type === type || (type === 'number' && isExact(exact.type))) return exact
  }
  if (expr.type === type) return expr
  if (expr.op === 'list' && isEmptyList(expr) && type.startsWith('list(')) return { ...expr, type: type as 'list(string)' }
  return misfit(node, [expr], type === 'number' ? 'decimal' : type, on, `expected ${type}, found ${expr.type}`)
}

/** True for `[]`, a list of any type. */
export function isEmptyList(expr: Expr): boolean {
  return expr.op === 'list' && expr.items.length === 0
}
