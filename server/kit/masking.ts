// Masks a reply along its schema: compiled once per endpoint, so that a reply without marked fields costs nothing and no handler can forget.
import type { TSchema } from 'typebox'
import { type MaskForm, masked } from '#base/sensitive.ts'

/** What is open to a reader, and how much is left of what isn't. `body`: whose row it is; null where it is nobody's. */
export interface Masking {
  isOpen: (sensitiveClass: string, body: string | null) => boolean
  degree: (sensitiveClass: string) => 'partly' | 'wholly'
}

/** A copy of a value with what isn't open masked; what holds no marked field is the same object. */
export type Masker = <T>(value: T, masking: Masking) => T

type Tree = Record<string, unknown>
type Step = (value: unknown, masking: Masking, body: string | null) => unknown

/** The part of JSON Schema that replies use, and our marks. */
interface Schema {
  anyOf?: Schema[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  'x-class'?: string
  'x-form'?: MaskForm
  'x-body'?: string
}

/** The masker of a schema; null where no field of it is marked. A marked field that no way leads to is a bug of ours and throws. */
export function maskerOf(schema: TSchema): Masker | null {
  const marks = JSON.stringify(schema).split('"x-class"').length - 1
  if (marks === 0) return null
  const reached = { count: 0 }
  const step = stepOf(schema as Schema, reached)
  if (step === null || reached.count !== marks) throw new Error(`${marks} sensitive fields in a schema, of which ${reached.count} can be masked`)
  return <T>(value: T, masking: Masking) => step(value, masking, null) as T
}

function stepOf(schema: Schema, reached: { count: number }): Step | null {
  const { 'x-class': sensitiveClass, 'x-form': form = 'hidden' } = schema
  if (sensitiveClass !== undefined) {
    reached.count += 1
    return (value, masking, body) =>
      value === null || value === undefined || masking.isOpen(sensitiveClass, body) ? value : masked(form, String(value), masking.degree(sensitiveClass))
  }
  if (schema.anyOf !== undefined) return unionStep(schema.anyOf, reached)
  if (schema.items !== undefined) {
    const item = stepOf(schema.items, reached)
    return item === null ? null : (value, masking, body) => (Array.isArray(value) ? value.map((one) => item(one, masking, body)) : value)
  }
  return schema.properties === undefined ? null : objectStep(schema.properties, schema['x-body'], reached)
}

function objectStep(properties: Record<string, Schema>, bodyPath: string | undefined, reached: { count: number }): Step | null {
  const fields = Object.entries(properties).flatMap(([name, inner]) => {
    const step = stepOf(inner, reached)
    return step === null ? [] : [{ name, step }]
  })
  const way = bodyPath?.split('.')
  if (fields.length === 0) return null
  return (value, masking, outer) => {
    if (!isTree(value)) return value
    const body = way === undefined ? outer : bodyAt(value, way)
    const copy = { ...value }
    for (const { name, step } of fields) if (name in copy) copy[name] = step(copy[name], masking, body)
    return copy
  }
}

/** The variants of a union are told apart by their constants; one without is for every value. */
function unionStep(variants: Schema[], reached: { count: number }): Step | null {
  const cases = variants.flatMap((variant) => {
    const step = stepOf(variant, reached)
    const constants = Object.entries(variant.properties ?? {}).filter(([, inner]) => 'const' in inner)
    const fits = (value: unknown) => constants.every(([name, inner]) => isTree(value) && value[name] === inner.const)
    return step === null ? [] : [{ step, fits }]
  })
  if (cases.length === 0) return null
  return (value, masking, body) => {
    const found = cases.find(({ fits }) => fits(value))
    return found === undefined ? value : found.step(value, masking, body)
  }
}

function bodyAt(value: Tree, way: readonly string[]): string | null {
  let at: unknown = value
  for (const name of way) at = isTree(at) ? at[name] : undefined
  return typeof at === 'string' ? at : null
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
