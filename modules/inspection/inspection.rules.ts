// Pure decisions of inspections, the same on the server and on a phone without network: what stands of the answers, what is in conflict, who must avoid what.
import type { Answer, Tie, Verdict } from './inspection.contract.ts'

export const verdictNames: Record<Verdict, string> = { yes: '符合', mostly: '基本符合', no: '不符合', none: '不适用' }
export const tieNames: Record<Tie, string> = { own: '本人所在单位', above: '上级单位', former: '曾经任职的单位' }

type Said = Pick<Answer, 'answerId' | 'item' | 'verdict' | 'note' | 'finding' | 'replaces' | 'late'>

/** The answers that no other replaces, by item; what came after the signature doesn't count [I4]. */
export function headsOf<A extends Said>(answers: readonly A[]): Map<string, A[]> {
  const counted = answers.filter(({ late }) => !late)
  const replaced = new Set(counted.flatMap(({ answerId, replaces }) => replaces.filter((id) => id !== answerId)))
  const heads = new Map<string, A[]>()
  for (const answer of counted) if (!replaced.has(answer.answerId)) heads.set(answer.item, [...(heads.get(answer.item) ?? []), answer])
  return heads
}

/** Two heads that say something else. */
export function isConflict(heads: readonly Said[]): boolean {
  return new Set(heads.map(({ verdict, note, finding }) => JSON.stringify([verdict, note, finding]))).size > 1
}

export interface Progress {
  items: number
  answered: number
  conflicts: number
  findings: number
}

/** How far a visit has come, of the items of its checklist. */
export function progressOf(items: readonly { id: string }[], answers: readonly Said[]): Progress {
  const heads = headsOf(answers)
  const of = (id: string): Said[] => heads.get(id) ?? []
  return {
    items: items.length,
    answered: items.filter(({ id }) => of(id).length > 0).length,
    conflicts: items.filter(({ id }) => isConflict(of(id))).length,
    findings: items.filter(({ id }) => of(id)[0]?.finding !== undefined && of(id)[0]?.finding !== '').length,
  }
}

/** The ids of what stands, sorted: what a signature is of [I5]. */
export function signable(answers: readonly Said[]): string[] {
  return [...headsOf(answers).values()].flatMap((heads) => heads.map(({ answerId }) => answerId)).sort()
}

/** What a phone shows: the server's answers with its own that were not sent, each once. */
export function merged<A extends { answerId: string }>(known: readonly A[], unsent: readonly A[]): A[] {
  const ids = new Set(known.map(({ answerId }) => answerId))
  return [...known, ...unsent.filter(({ answerId }) => !ids.has(answerId))]
}

/** All items of a checklist in their order. */
export function itemsOf<I>({ sections }: { sections: readonly { items: readonly I[] }[] }): I[] {
  return sections.flatMap(({ items }) => items)
}

/** Why a person must avoid a unit; undefined where the person needn't [I3]. The nearest tie is told. */
export function avoidance(ties: readonly { unitId: string; tie: Tie }[], unitId: string): Tie | undefined {
  const found = ties.filter((one) => one.unitId === unitId).map(({ tie }) => tie)
  return (['own', 'above', 'former'] as const).find((tie) => found.includes(tie))
}
