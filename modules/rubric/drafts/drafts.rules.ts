// What a new draft begins with. Pure.

import { editYaml } from '#base/yaml-edit.ts'
import { parseYaml } from '#engine/index.ts'

/** A text as it begins: checks as it stands, with one item to be replaced. */
export function blankText(rubric: string, title: string, year: number): string {
  return `# ${title.replaceAll('\n', ' ')}
rubric: ${rubric}
version: 1
title: ${JSON.stringify(title)}
subject: unit
population: { source: unit, class: class }
period: { from: ${year}-01-01, to: ${year}-12-31 }
defaults: { missing: zero, round: 2 }

blocks:
  - id: block1
    label: 第一板块
    items:
      - { id: item1, label: 第一项指标, points: 10, missing: manual, input: { mark: item1 }, rule: { kind: convert, factor: 1 } }

total: { floor: 0, cap: none, round: 2 }
rank: { peers: class, ties: min }
`
}

/** A version’s text as the text of another: its id, version and title, everything else as it was written. */
export function copiedText(text: string, rubric: string, version: number, title: string): string {
  const edited = editYaml(text, [
    { kind: 'set', path: ['rubric'], value: rubric },
    { kind: 'set', path: ['version'], value: String(version) },
    { kind: 'set', path: ['title'], value: title },
  ])
  return edited ?? text
}

/** A text that says no more than its base, a year on where the base’s period is over by then. */
export function extendingText(
  base: { rubric: string; version: number; period: { from: string; to: string } },
  rubric: string,
  version: number,
  title: string,
  today: string,
): string {
  const later = (date: string): string => `${Number(date.slice(0, 4)) + 1}${date.slice(4).replace('02-29', '02-28')}`
  const { from, to } = base.period
  const period = to.slice(0, 7) <= today.slice(0, 7) ? `period: { from: ${later(from)}, to: ${later(to)} }\n` : ''
  return `# 以《${base.rubric}》第 ${base.version} 版为基础，这里只写不同的地方。
extends: { rubric: ${base.rubric}, version: ${base.version} }
rubric: ${rubric}
version: ${version}
title: ${JSON.stringify(title)}
${period}`
}

/** What a text calls itself, as far as it can be read. */
export function headOf(text: string): { rubric: string | null; title: string | null } {
  const { tree } = parseYaml(text, '')
  const { rubric, title } = (typeof tree === 'object' && tree !== null ? tree : {}) as Record<string, unknown>
  const isId = typeof rubric === 'string' && /^[a-z][a-z0-9-]{0,59}$/.test(rubric)
  return { rubric: isId ? rubric : null, title: typeof title === 'string' && title !== '' ? title.slice(0, 200) : null }
}
