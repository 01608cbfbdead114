// A dry run on the command line: what scored CSV facts say of their rubric, against another rubric file over the same facts.
import type { ResultRow, RubricIr } from '#engine/index.ts'
import { answersOf, type DryAnswers, movesOf, sentencesOf, tableOf, tables } from '#modules/scoring/index.ts'

/** Places that sensitivity counts from, and how many units two items need in common. */
const [PLACES, PAIRS] = [5, 5]

export interface Scored {
  rubric: RubricIr
  rows: ResultRow[]
}

/** The dry run as `--json` prints it. Nobody's numbers are hidden: the facts are the caller's own. */
export function dryRunOf({ rubric, rows }: Scored, against: Scored | null): DryAnswers & { sentences: string[] } {
  const scores = rows.map((row) => ({ ...row, name: row.name ?? row.id, class: row.class ?? '', items: JSON.stringify(row.items) }))
  const grades = rubric.grades.map(({ grade }) => grade)
  const answers = answersOf(rubric, scores, { k: 1, pairs: PAIRS, places: PLACES, ranked: true, minutes: null, nameOf: (id) => id })
  const moves = against === null ? null : movesIn(against, scores, grades)
  const basis = { subject: rubric.subject, graded: grades.length > 0 }
  const all = { ...answers, basis, moves }
  return { ...all, sentences: sentencesOf(all) }
}

function movesIn({ rubric, rows }: Scored, scores: Parameters<typeof movesOf>[1], grades: string[]): DryAnswers['moves'] {
  const before = rows.map((row) => ({ ...row, name: row.name ?? row.id, class: row.class ?? '' }))
  const { moves, ...counts } = movesOf(before, scores, rubric.grades.length > 0 ? grades : [])
  return {
    ...counts,
    units: moves.map(({ id, name, class: of, before: old, after }) => ({
      ...{ id, name, class: { id: of, name: of } },
      ...{ gradeBefore: old.grade, gradeAfter: after.grade, totalBefore: old.total, totalAfter: after.total },
    })),
  }
}

/** The dry run as lines of text: sentences, then every table that has rows. */
export function dryLines(run: ReturnType<typeof dryRunOf>): string[] {
  return [
    ...run.sentences,
    ...tables.flatMap((one) => {
      const { name, head, rows } = tableOf(run, one)
      return rows.length === 0 ? [] : ['', name, ...[head, ...rows].map((row) => row.map((cell) => cell ?? '-').join('\t'))]
    }),
  ]
}
