// Lines of JSON on standard error: one per request that failed or was slow, and what the operator should know.

/** Writes one log line; never put personal data or secrets in `fields`. Errors are told by `wordsOf`. */
export function log(message: string, fields: Record<string, unknown> = {}): void {
  const told = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? wordsOf(value) : value]))
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), message, ...told })}\n`)
}

/**
 * An error as a log may tell it: its message without what it may quote of a request or a row (quoted text, Chinese, long numbers),
 * PostgreSQL's code and names, and where in the code it happened.
 */
export function wordsOf(error: Error): string {
  const { code, table, constraint, column } = error as Error & { code?: unknown; table?: string; constraint?: string; column?: string }
  const message = error.message
    // From the first quotation mark to the last: what is quoted may hold such marks itself.
    .replace(/["'`“].*["'`”]/s, '"…"')
    .replace(/\P{ASCII}+/gu, '…')
    .replace(/\d{5,}/g, '…')
  const names = [code, table, constraint, column].filter((name) => name !== undefined && name !== null).join(' ')
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line))
  return [`${error.name}: ${message}${names === '' ? '' : ` [${names}]`}`, ...frames].join('\n')
}
