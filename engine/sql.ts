// SQL as text and values. Values never stand in the text; equal values of one role are bound once.
import type { Context } from '#engine/context.ts'

export interface Sql {
  text: string
  values: unknown[]
}

/** Collects the values of one statement. */
export interface Writer {
  /** The mark for a value, cast to `type` unless it is empty; values of different roles keep marks of their own, so that the text is stable. */
  bind: (value: unknown, type: string, role?: string) => string
  values: unknown[]
}

/** Starts the values of a statement. */
export function createWriter(): Writer {
  const values: unknown[] = []
  const marks = new Map<string, string>()
  return {
    values,
    bind: (value, type, role = '') => {
      const key = JSON.stringify([role, type, value])
      const known = marks.get(key)
      if (known !== undefined) return known
      values.push(value)
      const mark = type === '' ? `$${values.length}` : `$${values.length}::${type}`
      marks.set(key, mark)
      return mark
    },
  }
}

/** The statement: values that the text doesn't use are dropped, the rest numbered in order of appearance. */
export function statement(text: string, writer: Writer): Sql {
  const numbers = new Map<string, number>()
  const values: unknown[] = []
  const numbered = text.replace(/\$(\d+)/g, (mark, number: string) => {
    if (!numbers.has(mark)) numbers.set(mark, values.push(writer.values[Number(number) - 1]))
    return `$${numbers.get(mark)}`
  })
  return { text: numbered, values }
}

const contextTypes = { tenant: 'int', on: 'date', asOf: 'timestamptz', from: 'date', to: 'date' } as const

/** A catalogue's SQL fragment with its `{tenant} {on} {asOf} {from} {to}` bound. */
export function fragment(sql: string, context: Context, writer: Writer): string {
  return sql.replace(/\{(tenant|on|asOf|from|to)\}/g, (_mark, name: keyof typeof contextTypes) => writer.bind(context[name], contextTypes[name], name))
}

/** A name as an SQL identifier. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
