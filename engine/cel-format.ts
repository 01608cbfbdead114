// `"%d of %s".format([a, b])`: the format is written out and becomes joins of texts (SPEC.md R-CEL-13).
import type { ASTNode } from '@marcbachmann/cel-js'
import type { CelFunction } from '#engine/cel-functions.ts'
import { asDecimal, type Compiling, fault, isFault, misfit } from '#engine/cel-typing.ts'
import type { Expr, ExprType } from '#engine/expr.ts'

const text = (value: string): Expr => ({ op: 'literal', type: 'string', value })
const call = (fn: CelFunction, ...args: Expr[]): Expr => ({ op: 'call', type: 'string', fn, args })
const literalInt = (value: number): Expr => ({ op: 'literal', type: 'int', value: String(value) })

const asText: Partial<Record<ExprType, CelFunction>> = {
  int: 'textOfNumber',
  uint: 'textOfNumber',
  double: 'textOfDouble',
  bool: 'textOfBool',
  bytes: 'textOfBytes',
  timestamp: 'textOfTime',
  duration: 'textOfDuration',
}
const bases: Record<string, number> = { b: 2, o: 8, x: 16, X: 16 }

/** The text that `format` makes. */
export function formatted(node: ASTNode, receiver: ASTNode, list: ASTNode, on: Compiling): Expr | null {
  const format = on.expr(receiver)
  const values = on.expr(list)
  if (format === null || values === null) return null
  if (isFault(format, on) || isFault(values, on)) return fault('string', on)
  if (format.type !== 'string') return misfit(receiver, [format], 'string', on, `expected string, found ${format.type}`)
  if (format.op !== 'literal') return on.fail(receiver, 'cel-constant', 'the format has to be written out')
  if (values.op !== 'list') return on.fail(list, 'cel-refused', 'the values of `format` have to be a list written out')
  const pieces = String(format.value).split(/(%(?:\.\d+)?[a-zA-Z%])/)
  const made: Expr[] = []
  let next = 0
  for (const piece of pieces) {
    if (piece === '') continue
    if (piece === '%%' || !/^%(\.\d+)?[a-zA-Z]$/.test(piece)) {
      if (piece !== '%%' && piece.includes('%')) return misfit(receiver, [format], 'string', on, `\`${piece}\` is no format`)
      made.push(text(piece === '%%' ? '%' : piece))
      continue
    }
    const value = values.items[next]
    next += 1
    if (value === undefined) return misfit(list, [format], 'string', on, 'the format wants more values')
    const one = isFault(value, on) ? fault('string', on) : clause(node, piece, value, on)
    if (one === null) return null
    made.push(one)
  }
  const [first, ...rest] = made
  return first === undefined ? text('') : rest.reduce((left, right): Expr => ({ op: 'join', type: 'string', left, right }), first)
}

function clause(node: ASTNode, piece: string, value: Expr, on: Compiling): Expr | null {
  const kind = piece.at(-1) ?? ''
  const odd = (): Expr | null => misfit(node, [value], 'string', on, `\`${piece}\` doesn't take ${value.type}`)
  if (kind === 's') {
    if (value.type === 'string') return value
    if (value.type === 'null') return text('null')
    const fn = asText[value.type]
    return fn === undefined ? on.fail(node, 'cel-refused', `\`%s\` doesn't take ${value.type} here`) : call(fn, value)
  }
  const isWhole = value.type === 'int' || value.type === 'uint'
  if (kind === 'd')
    return isWhole ? call('textOfNumber', value) : value.type === 'double' ? on.fail(node, 'cel-refused', '`%d` takes whole numbers here') : odd()
  if (kind === 'x' || kind === 'X') {
    const fn = value.type === 'string' ? 'hexOfText' : value.type === 'bytes' ? 'hexOfBytes' : null
    const made = fn !== null ? call(fn, value) : isWhole ? call('inBase', value, literalInt(16)) : null
    return made === null ? odd() : kind === 'X' ? call('upper', made) : made
  }
  if (kind === 'b' && value.type === 'bool') return { op: 'choose', type: 'string', when: value, yes: text('1'), no: text('0') }
  const base = bases[kind]
  if (base !== undefined) return isWhole ? call('inBase', value, literalInt(base)) : odd()
  if (kind !== 'f' && kind !== 'e') return misfit(node, [value], 'string', on, `\`${piece}\` is no format`)
  return asDecimal(value).type === 'decimal' || value.type === 'double'
    ? on.fail(node, 'cel-refused', 'rounding a double in a format is not available here')
    : odd()
}
