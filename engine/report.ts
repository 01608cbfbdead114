// Collects what is wrong with a definition, so that all of it is said at once.
import type { Diagnostic } from '#base/errors.ts'
import type { Path } from '#base/shape.ts'
import type { PlaceOf } from '#base/yaml.ts'
import { compileCel } from '#engine/cel.ts'
import { asAmount, asDecimal, isExact, type Names } from '#engine/cel-typing.ts'
import type { Expr } from '#engine/expr.ts'

export interface Report {
  diagnostics: Diagnostic[]
  say: (path: Path, code: string, message: string, hint?: string, offset?: number) => null
}

/** A report whose places come from `placeOf`. */
export function createReport(placeOf: PlaceOf): Report {
  const diagnostics: Diagnostic[] = []
  return {
    diagnostics,
    say: (path, code, message, hint, offset) => {
      diagnostics.push({ ...placeOf(path, offset), code, message, ...(hint === undefined ? {} : { hint }) })
      return null
    },
  }
}

/** Diagnostics in the order of the file. */
export function inOrder(diagnostics: Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column)
}

/** Compiles the CEL at a path; `want` is the type it must have. Problems go to the report. */
export function celAt(given: unknown, path: Path, names: Names, want: 'bool' | 'number' | 'scalar', report: Report): Expr | null {
  if (typeof given === 'boolean')
    return want === 'bool' ? { op: 'literal', type: 'bool', value: given } : report.say(path, 'cel-type', `expected ${want}, found bool`)
  const { expr, problems } = compileCel(String(given), names, 'exact')
  for (const problem of problems) report.say(path, problem.code, problem.message, problem.hint, problem.offset)
  if (expr === null) return null
  const exact = want === 'number' ? asAmount(expr) : asDecimal(expr)
  const fits = want === 'bool' ? exact.type === 'bool' : want === 'number' ? isExact(exact.type) : isScalar(exact)
  return fits
    ? exact
    : report.say(path, 'cel-type', `expected ${want === 'bool' ? 'a condition' : want === 'number' ? 'a number' : 'a single value'}, found ${expr.type}`)
}

/** True for values that rows can be told apart by: those that columns have. */
function isScalar(expr: Expr): boolean {
  return ['string', 'int', 'decimal', 'bool', 'date'].includes(expr.type) || (expr.type === 'timestamp' && expr.op === 'ref')
}
