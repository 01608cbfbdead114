// What a bench case answers, and the two files it is written to.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Result {
  id: string
  what: string
  bar: string
  value: number | null
  unit: string
  n: number
  p50: number | null
  p95: number | null
  /** What it was held against in the same run, in the same unit. */
  baseline: number | null
  /** As whom it was measured. */
  scope: string
  errors: number
  /** Whether the bar is met; null where there is none to meet. Errors void a result. */
  met: boolean | null
  note: string
}

export interface Report {
  commit: string
  machine: string
  seed: number
  rows: Record<string, number>
  results: Result[]
}

const round = (value: number | null): number | null => (value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(4)))

/** Writes results.json for programs and results.md for people. */
export function writeReport(folder: string, report: Report): void {
  const results = report.results.map((result) => ({
    ...result,
    value: round(result.value),
    p50: round(result.p50),
    p95: round(result.p95),
    baseline: round(result.baseline),
  }))
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify({ ...report, results }, null, 2)}\n`)
  const cell = (value: number | null): string => (value === null ? '' : String(value))
  const lines = results.map(
    (r) =>
      `| ${r.what} | ${r.bar} | ${r.errors > 0 ? 'void' : `**${cell(r.value)}** ${r.unit}`} | ${r.errors > 0 ? `${r.errors} errors` : r.met === null ? '' : r.met ? 'yes' : 'no'} | ${cell(r.p50)} | ${cell(r.p95)} | ${cell(r.baseline)} | ${r.n} | ${r.scope} | ${r.note} |`,
  )
  const rows = Object.entries(report.rows).map(([table, n]) => `${table} ${n.toLocaleString('en')}`)
  writeFileSync(
    join(folder, 'results.md'),
    `# Bench results\n\nWritten by \`npm run bench\`. Commit ${report.commit}; ${report.machine}; seed ${report.seed}. Load generator, server and PostgreSQL share the machine's cores, so\nread ratios before milliseconds.\n\nRows: ${rows.join(', ')}.\n\n| what | bar | value | met | p50 | p95 | baseline | n | scope | note |\n|---|---|---|---|---|---|---|---|---|---|\n${lines.join('\n')}\n`,
  )
}
