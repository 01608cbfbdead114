// Lines of JSON on standard error: one per request that failed or was slow, and what the operator should know.

/** Writes one log line; never put personal data or secrets in `fields`. */
export function log(message: string, fields: Record<string, unknown> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), message, ...fields })}\n`)
}
