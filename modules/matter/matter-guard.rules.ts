// Guards in CEL: compiled when a pack is loaded, evaluated before a move (M4).

import type { ColumnType } from '#engine/catalogue.ts'
import { compileCel } from '#engine/cel.ts'
import type { Names, Problem } from '#engine/cel-typing.ts'
import type { Expr, Ref } from '#engine/expr.ts'
import { evaluateCel, read, type Written } from '#engine/reference-cel.ts'
import type { FieldType } from '#modules/ledger/ledger-kinds.contract.ts'
import type { MatterKind } from './matter-kinds.contract.ts'

/** What a value of a field is to the engine. */
export const columnType: Record<FieldType, ColumnType> = {
  ...{ string: 'string', text: 'string', choice: 'string', int: 'int', decimal: 'decimal', bool: 'bool', date: 'date', list: 'list(string)' },
}

const own = { today: 'date', due: 'date', late: 'bool', children_open: 'int' } as const

/** What a guard may name. */
export function guardNames({ fields }: Pick<MatterKind, 'fields'>): Names {
  const typed = [...fields.map(({ id, type }) => [id, columnType[type]] as const), ...Object.entries(own)]
  return { plain: Object.fromEntries(typed.map(([name, type]) => [name, { op: 'ref', type, scope: 'column', name } satisfies Ref])), groups: {} }
}

/** A guard's expression, or what is wrong with it. */
export function compileGuard(text: string, kind: Pick<MatterKind, 'fields'>): { expr: Expr | null; problems: Problem[] } {
  const { expr, problems } = compileCel(text, guardNames(kind))
  if (expr === null || expr.type === 'bool') return { expr, problems }
  return { expr: null, problems: [{ offset: 0, code: 'guard', message: `a guard is true or false, this gives ${expr.type}` }] }
}

/** What a guard looks at besides the fields. */
export interface Around {
  today: string
  due: string | null
  late: boolean
  children_open: number
}

/** True where the guard lets the move through; what has no value lets nothing through. */
export function isMet(guard: string, kind: Pick<MatterKind, 'fields'>, fields: Readonly<Record<string, unknown>>, around: Around): boolean {
  const { expr } = compileGuard(guard, kind)
  const known: Record<string, unknown> = { ...fields, ...around, children_open: String(around.children_open) }
  return expr !== null && evaluateCel(expr, ({ name, type }) => read(known[name] as Written | undefined, type)) === true
}
