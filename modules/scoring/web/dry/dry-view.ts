// What the page of dry runs works out for itself: what may be compared with, shares as text, rows of sensitivity. Pure.
import type { RubricRow } from '#modules/rubric/rubric.contract.ts'
import { moment } from '#web/kit/formats/formats.ts'
import type { Option } from '#web/kit/ui/field.ts'
import type { DryRunBody, Sensitivity } from '../../dry/dry.contract.ts'
import type { RunRow } from '../../scoring.contract.ts'

/** What a version can be held against: official runs, earlier versions, other rubrics of the same subjects. Ids are `run <id>`, `version <rubric> <n>`. */
export function againstOptions(
  own: Pick<RubricRow, 'rubric' | 'version' | 'subject' | 'versions'>,
  rubrics: readonly RubricRow[],
  runs: readonly RunRow[],
): Option[] {
  const alike = rubrics.filter(({ subject }) => subject === own.subject)
  const titles = new Map(alike.map(({ rubric, title }) => [rubric, title]))
  const latest = alike.flatMap(({ rubric, version, title }) =>
    rubric === own.rubric && version === own.version ? [] : [{ id: `version ${rubric} ${version}`, label: `${title}第${version}版` }],
  )
  const earlier = Array.from({ length: own.version - 1 }, (_, index) => own.version - 1 - index)
    .map((version) => ({ id: `version ${own.rubric} ${version}`, label: `本细则第${version}版` }))
    .slice(0, own.versions - 1)
  const stored = runs.filter(({ rubric }) => titles.has(rubric)).map((run) => ({ id: `run ${run.run}`, label: `${run.title}，${moment(run.asOf)}的正式计算` }))
  return [...earlier, ...stored, ...latest.filter(({ id }) => !earlier.some((one) => one.id === id))]
}

/** The choice as the request says it. */
export function againstOf(chosen: string): DryRunBody['against'] {
  const [kind, id = '', version = ''] = chosen.split(' ')
  if (kind === 'run') return { run: id }
  return kind === 'version' ? { rubric: id, version: Number(version) } : undefined
}

/** A share of 1 in per cent. */
export function share(value: number | null): string {
  return value === null ? '—' : `${(value * 100).toFixed(1)}%`
}

/** Sensitivity a row a change. */
export function shiftRows({ blocks }: Pick<Sensitivity, 'blocks'>): { id: string; label: string; way: string; grades: number; places: number }[] {
  return blocks.flatMap(({ id, label, more, less }) => [
    { id: `${id} more`, label, way: '加一成', ...more },
    { id: `${id} less`, label, way: '减一成', ...less },
  ])
}
