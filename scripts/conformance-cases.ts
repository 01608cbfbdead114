// The public CEL conformance cases (npm @bufbuild/cel-spec) as this project tries them: what is asked, of which values, and what is right.
import { tests } from '@bufbuild/cel-spec/testdata/conformance.js'
import { type Literal, literalsIn } from '#engine/cel.ts'
import type { Names } from '#engine/cel-typing.ts'
import type { ExprType } from '#engine/expr.ts'

/** A value as the cases write it: `{ int64Value: "1" }`, `{ listValue: { values: […] } }`. */
export type CaseValue = Record<string, unknown>

/** One case: an expression, the variables that it may use, and the value that is right; undefined where CEL says it is an error. */
export interface Case {
  /** The file and the section in it: `comparisons/eq_literal`. */
  section: string
  name: string
  text: string
  variables: Record<string, CaseValue>
  /** Names are looked up in this one first. */
  container: string
  /** CEL's own type check is off: operands that don't fit are errors of their own. */
  unchecked: boolean
  expected: CaseValue | undefined
}

interface Suite {
  name: string
  suites?: Suite[]
  tests?: { original: Original }[]
}
interface Original {
  name?: string
  expr: string
  value?: CaseValue
  typedResult?: { result?: CaseValue }
  evalError?: unknown
  anyEvalErrors?: unknown
  disableCheck?: boolean
  container?: string
  bindings?: Record<string, { value?: CaseValue }>
}

/** All cases, in the order of the package. */
export function conformanceCases(): Case[] {
  return ((tests as unknown as Suite).suites ?? []).flatMap((file) => casesOf(file, file.name))
}

function casesOf(suite: Suite, section: string): Case[] {
  const own = (suite.tests ?? []).map(({ original }) => ({
    section,
    name: original.name ?? original.expr,
    text: original.expr,
    variables: Object.fromEntries(Object.entries(original.bindings ?? {}).map(([name, { value = {} }]) => [name, value])),
    container: original.container ?? '',
    unchecked: original.disableCheck === true,
    // A case that names no result wants true.
    expected:
      original.evalError !== undefined || original.anyEvalErrors !== undefined
        ? undefined
        : (original.value ?? original.typedResult?.result ?? { boolValue: true }),
  }))
  return [...own, ...(suite.suites ?? []).flatMap((inner) => casesOf(inner, `${section}/${inner.name}`))]
}

/** A value that a column of the one-row relation holds. */
export interface Given {
  name: string
  type: ExprType
  value: unknown
}

const scalars: Record<string, ExprType> = {
  int64Value: 'int',
  uint64Value: 'uint',
  doubleValue: 'double',
  stringValue: 'string',
  boolValue: 'bool',
  bytesValue: 'bytes',
}

/** The columns for a case's variables; null where a variable is of a type that columns can't have. */
export function givenVariables(variables: Record<string, CaseValue>): Given[] | null {
  const given = Object.entries(variables).map(([name, value]): Given | null => {
    const [[kind = '', written] = []] = Object.entries(value)
    const type = scalars[kind]
    if (type !== undefined) return { name, type, value: type === 'bytes' ? Buffer.from(String(written), 'base64') : String(written) }
    const message = (written ?? {}) as { '@type'?: string; value?: string }
    if (kind !== 'objectValue' || message.value === undefined) return null
    if (message['@type']?.endsWith('Duration')) return { name, type: 'duration', value: message.value.replace('s', '') }
    return message['@type']?.endsWith('Timestamp') ? { name, type: 'timestamp', value: message.value } : null
  })
  return given.includes(null) ? null : given.filter((one) => one !== null)
}

/** The columns as names that an expression may use. */
export function namesOf(given: Given[]): Names {
  return { plain: Object.fromEntries(given.map(({ name, type }) => [name, { op: 'ref', type, scope: 'column', name }])), groups: {} }
}

/** The expression with its literals as names of columns, save those at `kept`, and the columns. */
export function withColumns(text: string, kept: number[]): { text: string; given: Given[]; offsets: (offset: number) => number } {
  const literals = literalsIn(text).filter(({ start }) => !kept.includes(start))
  let made = ''
  let from = 0
  const given: Given[] = []
  const moved: { at: number; start: number }[] = []
  for (const literal of literals) {
    const name = `literal${given.length}`
    made += text.slice(from, literal.start)
    moved.push({ at: made.length, start: literal.start })
    made += ` ${name} `
    from = literal.end
    given.push({ name, type: literal.type, value: literal.value })
  }
  return { text: made + text.slice(from), given, offsets: (offset) => moved.findLast(({ at }) => at <= offset)?.start ?? -1 }
}

/** True when the result, as text, is the expected value. */
export function isExpected(expected: CaseValue, type: ExprType, result: string | null): boolean {
  const [[kind = '', written] = []] = Object.entries(expected)
  if (kind === 'nullValue') return type === 'null'
  if (result === null) return false
  if (kind === 'listValue') {
    const inner = /^list\((.*)\)$/.exec(type)?.[1] as ExprType | undefined
    const values = (written as { values?: CaseValue[] }).values ?? []
    const found = inner === undefined ? [] : (JSON.parse(result) as string[])
    return inner !== undefined && found.length === values.length && values.every((value, index) => isExpected(value, inner, found[index] ?? null))
  }
  if (kind === 'objectValue') {
    const message = written as { '@type'?: string; value?: string }
    if (message['@type']?.endsWith('Duration')) return type === 'duration' && Number(result) === Number(message.value?.replace('s', ''))
    return message['@type']?.endsWith('Timestamp') === true && type === 'timestamp' && Number(result) * 1000 === Date.parse(message.value ?? '')
  }
  if (scalars[kind] !== type) return false
  if (type === 'double') return Object.is(Number(result), Number(written))
  return result === (type === 'bytes' ? Buffer.from(String(written), 'base64').toString('hex') : String(written))
}

export type { Literal }
