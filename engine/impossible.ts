// Conditions that nothing can meet: `n > 5 && n < 3`, `kind == "a" && kind == "b"`. Finds what is plain; what it doesn't find may still be impossible.
import { compare, decimal } from '#base/decimal.ts'
import type { CompareHow, Expr } from '#engine/expr.ts'
import type { RubricIr } from '#engine/ir.ts'

/** A comparison of one name with a value that is written out. */
interface Atom {
  name: string
  numeric: boolean
  how: CompareHow
  values: string[]
}

/** Every condition of a rubric that nothing can meet: whose it is. */
export function impossibleConditions(ir: RubricIr): { of: 'item' | 'measure' | 'veto'; id: string; label: string }[] {
  const used = Object.values(ir.measures)
  return [
    ...Object.values(ir.items)
      .filter(({ when, rule }) => (when !== null && isImpossible(when)) || (rule.kind === 'gate' && isImpossible(rule.when)))
      .map(({ id, label }) => ({ of: 'item' as const, id, label })),
    ...used
      .filter(({ where, take }) => {
        const conditions = [where, take.kind === 'share' ? take.where : null].filter((one) => one !== null)
        const [first, second] = conditions
        return first !== undefined && isImpossible(second === undefined ? first : { op: 'and', type: 'bool', left: first, right: second })
      })
      .map(({ name, label }) => ({ of: 'measure' as const, id: name, label })),
    ...ir.vetoes.filter(({ when }) => isImpossible(when)).map(({ id, label }) => ({ of: 'veto' as const, id, label })),
  ]
}

/** True where it is plain that the condition can never hold. */
export function isImpossible(expr: Expr): boolean {
  if (expr.op === 'or') return isImpossible(expr.left) && isImpossible(expr.right)
  if (expr.op !== 'and') return (expr.op === 'literal' && expr.value === false) || contradict(atomsOf(expr))
  const all = conjuncts(expr)
  return all.some(isImpossible) || contradict(all.flatMap(atomsOf))
}

function conjuncts(expr: Expr): Expr[] {
  return expr.op === 'and' ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr]
}

const turned: Record<CompareHow, CompareHow> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function nameOf(expr: Expr): string | null {
  return expr.op === 'ref' ? `${expr.scope} ${expr.name}` : null
}

function textOf(expr: Expr): string | null {
  return expr.op === 'literal' && expr.value !== null ? String(expr.value) : null
}

function atomsOf(expr: Expr): Atom[] {
  const atom = (of: Expr, how: CompareHow, values: (string | null)[]): Atom[] => {
    const name = nameOf(of)
    if (name === null || values.includes(null) || of.type === 'timestamp') return []
    return [{ name, numeric: of.type === 'int' || of.type === 'decimal', how, values: values.flatMap((value) => value ?? []) }]
  }
  switch (expr.op) {
    case 'compare':
      return nameOf(expr.left) === null ? atom(expr.right, turned[expr.how], [textOf(expr.left)]) : atom(expr.left, expr.how, [textOf(expr.right)])
    case 'in':
      return atom(expr.item, '==', expr.list.map(textOf))
    case 'ref':
      return atom(expr, '==', ['true'])
    case 'not':
      return atom(expr.of, '==', ['false'])
    default:
      return []
  }
}

/** Some name would have to meet two comparisons that exclude each other. */
function contradict(atoms: Atom[]): boolean {
  return [...Map.groupBy(atoms, ({ name }) => name).values()].some((own) => {
    const order = (a: string, b: string): number => (own[0]?.numeric ? compare(decimal(a), decimal(b)) : a < b ? -1 : a > b ? 1 : 0)
    const fits = (value: string): boolean => own.every(({ how, values }) => values.some((one) => holds(order(value, one), how)))
    const given = own.filter(({ how }) => how === '==')
    // One of the values that it must equal; or else a lower bound above an upper one.
    const [first] = given
    if (first !== undefined) return !first.values.some(fits)
    const lows = own.filter(({ how }) => how === '>' || how === '>=')
    const highs = own.filter(({ how }) => how === '<' || how === '<=')
    return lows.some((low) =>
      highs.some((high) => {
        const side = order(low.values[0] ?? '', high.values[0] ?? '')
        return side > 0 || (side === 0 && (low.how === '>' || high.how === '<'))
      }),
    )
  })
}

function holds(order: number, how: CompareHow): boolean {
  return { '==': order === 0, '!=': order !== 0, '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[how]
}
