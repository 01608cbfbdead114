// Lists written out, and the macros over lists: all, exists, exists_one, filter, map, and those that also bind the place
// (SPEC.md R-CEL-14, R-CEL-15).
import type { ASTNode } from '@marcbachmann/cel-js'
import { asDynamic, type Compiling, isEmptyList, isFault, misfit } from '#engine/cel-typing.ts'
import { type Expr, elementType, type ListType, type OverHow, parts } from '#engine/expr.ts'

/** A macro's name by the number of its arguments: what it makes, and how many names it binds. */
const macros: Record<string, { how: OverHow; names: number }> = {
  'all 2': { how: 'all', names: 1 },
  'exists 2': { how: 'exists', names: 1 },
  'exists_one 2': { how: 'existsOne', names: 1 },
  'existsOne 2': { how: 'existsOne', names: 1 },
  'filter 2': { how: 'filter', names: 1 },
  'map 2': { how: 'map', names: 1 },
  'map 3': { how: 'map', names: 1 },
  'all 3': { how: 'all', names: 2 },
  'exists 3': { how: 'exists', names: 2 },
  'existsOne 3': { how: 'existsOne', names: 2 },
  'transformList 3': { how: 'map', names: 2 },
  'transformList 4': { how: 'map', names: 2 },
}
/** Values that are written out for each use of a name must be small. */
const MAX_WRITTEN_OUT = 60

/** The names of the macros. */
export const macroNames: string[] = [...new Set(Object.keys(macros).map((key) => key.split(' ')[0] ?? ''))]

/** `[a, b]`: of one type, or of several, which can be looked into but isn't one value. */
export function listOf(nodes: ASTNode[], on: Compiling): Expr | null {
  const items = nodes.map(on.expr)
  if (items.includes(null)) return null
  return listFrom(
    items.filter((one) => one !== null),
    on,
  )
}

function listFrom(items: Expr[], on: Compiling): Expr {
  const [first] = items
  const single = first !== undefined && first.type !== 'null' && elementType(`list(${first.type})` as ListType) !== null && !first.type.startsWith('list')
  if (single && items.every((one) => one.type === first.type && !isFault(one, on))) return { op: 'list', type: `list(${first.type})` as ListType, items }
  return {
    op: 'list',
    type: 'list(dyn)',
    items: items.map((one) => (one.op === 'list' || (one.type === 'null' && !isFault(one, on)) ? one : asDynamic(one, on))),
  }
}

/** The nodes of an expression, counted up to a limit. */
function weigh(expr: Expr, most: number): number {
  let total = 1
  for (const part of parts(expr)) if (total < most) total += weigh(part, most - total)
  return total
}

/** `cel.bind(name, value, body)`: the value stands in the body wherever the name does. */
export function bound(node: ASTNode, [name, value, body]: ASTNode[], on: Compiling): Expr | null {
  if (name?.op !== 'id' || value === undefined || body === undefined) return on.fail(node, 'cel-type', '`cel.bind` takes a name, a value and an expression')
  const expr = on.expr(value)
  if (expr === null) return null
  if (weigh(expr, MAX_WRITTEN_OUT) >= MAX_WRITTEN_OUT) return on.fail(value, 'cel-refused', 'this value is too large to be bound to a name')
  return on.within({ [name.args]: expr }).expr(body)
}

/** `list.all(name, condition)` and the other macros. */
export function macroCall(node: ASTNode, name: string, receiver: ASTNode, args: ASTNode[], on: Compiling): Expr | null {
  const macro = macros[`${name} ${args.length}`]
  if (macro === undefined) return on.fail(node, 'cel-type', `\`${name}\` takes a name and an expression`)
  const names = args.slice(0, macro.names).map((arg) => (arg.op === 'id' ? arg.args : null))
  const odd = names.indexOf(null)
  if (odd >= 0) return on.fail(args[odd] ?? node, 'cel-type', `\`${name}\` takes a name and an expression`)
  const [first = '', second] = names.map(String)
  const [value, place] = second === undefined ? [first, undefined] : [second, first]
  const bodies = args.slice(macro.names)
  const [whereNode, makeNode] = macro.how === 'map' ? (bodies.length === 2 ? bodies : [undefined, bodies[0]]) : [bodies[0], undefined]
  const list = on.expr(receiver)
  if (list === null) return null
  if (isFault(list, on)) return list
  if (isEmptyList(list)) return over(macro.how, list, [])
  const compiled = (item: Expr, at: Expr): { where: Expr | null; make: Expr | null } | null => {
    const inner = on.within({ [value]: item, ...(place === undefined ? {} : { [place]: at }) })
    const where = whereNode === undefined ? null : condition(whereNode, inner)
    const make = makeNode === undefined ? null : inner.expr(makeNode)
    return (whereNode !== undefined && where === null) || (makeNode !== undefined && make === null) ? null : { where, make }
  }
  if (list.op === 'list' && list.type === 'list(dyn)') {
    const each = list.items.map((item, index) =>
      weigh(item, MAX_WRITTEN_OUT) < MAX_WRITTEN_OUT ? compiled(item, { op: 'literal', type: 'int', value: String(index) }) : null,
    )
    if (each.includes(null))
      return on.problems.length > 0 ? null : on.fail(receiver, 'cel-refused', 'an element is too large for a macro over values of several types')
    return writtenOut(
      node,
      macro.how,
      each.filter((one) => one !== null),
      on,
    )
  }
  const element = elementType(list.type)
  if (element === null) return misfit(receiver, [list], 'bool', on, `\`${name}\` is for lists, found ${list.type}`)
  on.count.names += 1
  const own = `each${on.count.names}`
  const body = compiled({ op: 'each', type: element, name: own, what: 'value' }, { op: 'each', type: 'int', name: own, what: 'place' })
  if (body === null) return null
  const type = macro.how === 'filter' ? list.type : macro.how === 'map' ? `list(${body.make?.type ?? 'null'})` : 'bool'
  if (macro.how === 'map' && elementType(type as ListType) === null) return on.fail(node, 'cel-refused', `a list of ${body.make?.type} is no value in SQL`)
  if (macro.how === 'map' && /^list\((list|null)/.test(type)) return on.fail(node, 'cel-refused', `a list of ${body.make?.type} is no value in SQL`)
  return { op: 'over', type: type as ListType | 'bool', how: macro.how, list, name: own, ...body }
}

function condition(node: ASTNode, on: Compiling): Expr | null {
  const expr = on.expr(node)
  return expr === null || expr.type === 'bool' ? expr : misfit(node, [expr], 'bool', on, `expected bool, found ${expr.type}`)
}

const literalBool = (value: boolean): Expr => ({ op: 'literal', type: 'bool', value })
const literalInt = (value: number): Expr => ({ op: 'literal', type: 'int', value: String(value) })

/** What a macro makes of conditions written out, one for each element. */
function over(how: OverHow, list: Expr, wheres: Expr[]): Expr {
  const [first, ...rest] = wheres
  if (how === 'filter' || how === 'map') return { op: 'list', type: list.type as ListType, items: [] }
  if (first === undefined) return literalBool(how === 'all')
  if (how !== 'existsOne') return rest.reduce((left, right): Expr => ({ op: how === 'all' ? 'and' : 'or', type: 'bool', left, right }), first)
  const ones = wheres.map((when): Expr => ({ op: 'choose', type: 'int', when, yes: literalInt(1), no: literalInt(0) }))
  const total = ones.reduce((left, right): Expr => ({ op: 'arith', type: 'int', how: '+', left, right }))
  return { op: 'compare', type: 'bool', how: '==', left: total, right: literalInt(1) }
}

function writtenOut(node: ASTNode, how: OverHow, each: { where: Expr | null; make: Expr | null }[], on: Compiling): Expr | null {
  const wheres = each.map(({ where }) => where)
  const makes = each.map(({ make }) => make)
  if (how === 'map' && wheres.every((where) => where === null))
    return listFrom(
      makes.filter((make) => make !== null),
      on,
    )
  if (how === 'filter' || how === 'map') return on.fail(node, 'cel-refused', 'a list of several types can’t be filtered')
  return over(
    how,
    literalBool(true),
    wheres.filter((where) => where !== null),
  )
}
