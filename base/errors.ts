// The errors a caller can do something about. Anything else that is thrown is a bug of ours.

/** One thing that is wrong with the input: which field (JSON pointer), the value it had, and the way out. */
export interface Issue {
  field: string
  value?: unknown
  message: string
}

export type Code =
  | 'bad-request'
  | 'invalid'
  | 'not-signed-in'
  | 'not-allowed'
  | 'not-ready'
  | 'second-factor'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'too-large'
  | 'unsupported-type'
  | 'too-many'

export const statusOf: Record<Code, number> = {
  'bad-request': 400,
  invalid: 422,
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-ready': 403,
  'second-factor': 401,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'unsupported-type': 415,
  'too-many': 429,
}

/** A refusal with a stable code, a sentence in Chinese for the person at the page, and the fields concerned. */
export class Refusal extends Error {
  readonly code: Code
  readonly issues: Issue[]
  constructor(code: Code, message: string, issues: Issue[] = []) {
    super(message)
    this.code = code
    this.issues = issues
  }
}

/** A place in a text file: line and column count from 1. */
export interface Place {
  file: string
  line: number
  column: number
}

/** What is wrong in a file somebody wrote (a pack, a rubric, an import), where, and what would be right. */
export interface Diagnostic extends Place {
  code: string
  message: string
  hint?: string
}

/** A value, or everything that is wrong with the text it was to be made of. */
export type Checked<T> = { ok: true; value: T } | { ok: false; diagnostics: Diagnostic[] }

/** `file:line:column code message (hint)`, one line. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, code, message, hint } = diagnostic
  return `${file}:${line}:${column} ${code} ${message}${hint === undefined ? '' : ` — ${hint}`}`
}
