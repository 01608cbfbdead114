// docs/matters.md: each kind of matter of the demonstration's pack as a diagram, drawn from the file that the server runs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Edition, matterKindsOf } from '#modules/matter/index.ts'
import type { Clock, Stage } from '#modules/matter/matter-kinds.contract.ts'
import { checkPack } from '#server/app/pack.ts'

const unit: Record<Clock['unit'], string> = { minutes: '分钟', hours: '小时', days: '天', 'working-days': '个工作日' }
const side = { owner: '承办', asker: '交办', checker: '核验' } as const
const ends = { done: '办结', dropped: '不再办' } as const

/** Words that Mermaid would read as its own are kept apart from the text of a label. */
const label = (text: string): string => text.replace(/[";:#]/g, ' ')

function stageLabel({ name, clock, pauses, end }: Stage): string {
  const time = clock === undefined ? [] : [`${clock.within}${unit[clock.unit]}`]
  return label([name, ...time, ...(pauses === true ? ['承办方停表'] : []), ...(end === undefined ? [] : [ends[end]])].join(' · '))
}

/** One kind as a Mermaid state diagram. */
export function diagramOf(kind: Edition): string {
  const place = (id: string): string => `s${kind.stages.findIndex((stage) => stage.id === id)}`
  const lines = [
    ...kind.stages.map((stage, n) => `state "${stageLabel(stage)}" as s${n}`),
    '[*] --> s0',
    ...kind.moves.flatMap((move) =>
      move.from.map((from) => `${place(from)} --> ${place(move.to)}: ${label(move.name)}（${side[move.by]}${move.guard === undefined ? '' : '，有条件'}）`),
    ),
    ...kind.stages.flatMap(({ end }, n) => (end === undefined ? [] : [`s${n} --> [*]`])),
  ]
  return ['```mermaid', 'stateDiagram-v2', ...lines.map((line) => `  ${line}`), '```'].join('\n')
}

/** The page: kinds by their group, each with its diagram. */
export function mattersPage(kinds: Iterable<Edition>): string {
  const groups = Map.groupBy(kinds, ({ group }) => group)
  const head = `# Kinds of matter

Drawn from \`packs/changzhi/matters/\` by \`npm run check -- --write\`; what the server runs and what is drawn here are the same files. On an arrow stands the move and who makes it
(承办: the body whose matter it is; 交办: the one that asks; 核验: somebody else who checks), 有条件 where it has a guard. On a stage stands how long it may take.`
  const sections = [...groups].map(([group, list]) => {
    const each = list.map((kind) => {
      const part = kind.part_of === undefined ? '' : `, part of \`${kind.part_of}\``
      return `### ${kind.name}\n\`${kind.id}\`${part}; ${kind.minutes} minutes in all${kind.citation === undefined ? '' : `; ${kind.citation}`}\n\n${diagramOf(kind)}`
    })
    return `## ${group}\n\n${each.join('\n\n')}`
  })
  return `${[head, ...sections].join('\n\n')}\n`
}

/** Whether docs/matters.md is drawn from the pack as it is; in mode `write` it is drawn. */
export function checkMatterDiagrams(root: string, mode: 'compare' | 'write'): string[] {
  const path = join(root, 'docs', 'matters.md')
  const page = mattersPage(matterKindsOf(checkPack(join(root, 'packs', 'changzhi')).pack).values())
  if (mode === 'write') writeFileSync(path, page)
  return existsSync(path) && readFileSync(path, 'utf8') === page ? [] : ['docs/matters.md is not as the pack says; run "npm run check -- --write"']
}
