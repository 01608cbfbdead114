// A dry run in plain sentences, the weightiest first. Pure.
import type { DryRun, Finding } from './dry.contract.ts'

/** 个单位, 个党组织. */
export function wordOf(subject: 'unit' | 'party-org'): string {
  return subject === 'unit' ? '个单位' : '个党组织'
}

const NAMED = 3

function listed(names: readonly string[]): string {
  return `${names.slice(0, NAMED).map(quoted).join('、')}${names.length > NAMED ? '等' : ''}`
}

/** In quotation marks, those inside turned into single ones. */
function quoted(name: string): string {
  return `“${name.replaceAll('“', '‘').replaceAll('”', '’')}”`
}

/** The share of a hundred, without places. */
function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

type Told = Pick<DryRun, 'findings' | 'pairs' | 'blocks' | 'sensitivity' | 'cost'> & {
  basis: Pick<DryRun['basis'], 'subject'>
  moves: Counted | null
}
/** Who moves, without what they are held against. */
type Counted = Pick<NonNullable<DryRun['moves']>, 'by' | 'changed' | 'up' | 'down' | 'compared' | 'added' | 'gone'>

/** What the tables say, for whoever reads no table. */
export function sentencesOf({ basis, moves, findings, pairs, blocks, sensitivity, cost }: Told): string[] {
  const word = wordOf(basis.subject)
  return [
    ...(moves === null ? [] : movesIn(moves, word)),
    ...findingsIn(findings),
    ...(pairs.length === 0
      ? []
      : [`${pairs.length}对指标说的几乎是同一件事（相关系数超过0.95），如${pairs.slice(0, 1).map(({ a, b }) => `${quoted(a.name)}和${quoted(b.name)}`)}。`]),
    ...influenceIn(blocks),
    ...(sensitivity === null ? [] : sensitivityIn(sensitivity, word)),
    cost.sentence,
  ]
}

function movesIn({ by, changed, up, down, compared, added, gone }: Counted, word: string): string[] {
  const what = by === 'grade' ? '等次' : '得分'
  const sides = [...(up > 0 ? [`${up}个上升`] : []), ...(down > 0 ? [`${down}个下降`] : [])].join('，')
  return [
    changed === 0 ? `${compared}${word}${what}都不变。` : `${compared}${word}中有${changed}${word}${what}会变${sides === '' ? '' : `：${sides}`}。`,
    ...(added + gone > 0 ? [`另有${[...(added > 0 ? [`${added}${word}原来不考核`] : []), ...(gone > 0 ? [`${gone}${word}不再考核`] : [])].join('，')}。`] : []),
  ]
}

const kinds: { kind: Finding['kind']; say: string }[] = [
  { kind: 'contradiction', say: '处条件自相矛盾，永远不成立' },
  { kind: 'unreachable', say: '项指标按写法就得不了满分' },
  { kind: 'all-full', say: '项指标人人满分，拉不开差距' },
  { kind: 'same', say: '项指标人人一样，拉不开差距' },
  { kind: 'unreached', say: '项指标没有一个得满分' },
]

function findingsIn(findings: readonly Finding[]): string[] {
  return kinds.flatMap(({ kind, say }) => {
    const own = findings.filter((one) => one.kind === kind)
    return own.length === 0 ? [] : [`${own.length}${say}：${listed(own.map(({ item }) => item.name))}。`]
  })
}

/** A block that decides over more, or less, than it weighs, by ten points of a hundred at least. */
function influenceIn(blocks: DryRun['blocks']): string[] {
  const [first] = blocks
    .flatMap(({ label, weight, influence }) => (weight === null || influence === null ? [] : [{ label, weight, influence }]))
    .sort((a, b) => Math.abs(b.influence - b.weight) - Math.abs(a.influence - a.weight))
  if (first === undefined || Math.abs(first.influence - first.weight) < 0.1) return []
  return [`${quoted(first.label)}占分${percent(first.weight)}，却决定了${percent(first.influence)}的差距。`]
}

function sensitivityIn({ blocks, places }: NonNullable<DryRun['sensitivity']>, word: string): string[] {
  const all = blocks.flatMap(({ label, more, less }) => [
    { label, way: '加一成', ...more },
    { label, way: '减一成', ...less },
  ])
  const [most] = all.toSorted((a, b) => b.grades - a.grades || b.places - a.places)
  if (most === undefined) return []
  if (most.grades > 0) return [`权重变动一成，等次最多变${most.grades}${word}（${quoted(most.label)}${most.way}）。`]
  return [
    most.places > 0
      ? `权重变动一成，等次都不变；名次变动超过${places}名的最多${most.places}${word}（“${most.label}”${most.way}）。`
      : '权重变动一成，等次和名次基本不变。',
  ]
}
