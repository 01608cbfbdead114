// What the pages of org say, worked out without a page.
import type { Vocabulary } from '../org.contract.ts'
import type { RuleState } from '../structure/structure.contract.ts'

type Named = readonly { id: string; name: string }[]

/** The name of a word of the pack; the word itself where the pack has none. */
export function nameOf(list: Named | undefined, id: string): string {
  return list?.find((entry) => entry.id === id)?.name ?? id
}

/** Options for a select. */
export function optionsOf(list: Named | undefined): { id: string; label: string }[] {
  return (list ?? []).map(({ id, name }) => ({ id, label: name }))
}

/** The page of a body. */
export function bodyHref(kind: 'unit' | 'party-org', id: string, at: { on?: string; asOf?: string } = {}): string {
  const query = new URLSearchParams({ ...(at.on ? { on: at.on } : {}), ...(at.asOf ? { asOf: at.asOf } : {}) }).toString()
  return `/org/${kind === 'unit' ? 'units' : 'party-orgs'}/${id}${query === '' ? '' : `?${query}`}`
}

/** What a term's state is called, with its tone. Ninety days before its end a term wants attention. */
export function termState(daysLeft: number): { tone: 'good' | 'soon' | 'bad'; text: string } {
  if (daysLeft < 0) return { tone: 'bad', text: `已超期${-daysLeft}天` }
  return daysLeft <= 90 ? { tone: 'soon', text: `还有${daysLeft}天换届` } : { tone: 'good', text: '任期内' }
}

/** What a rule's state is called, with its tone. */
export function ruleTone(rule: Pick<RuleState, 'inForce' | 'broken' | 'excepted' | 'of'>): { tone: 'good' | 'bad' | 'off' | 'plain'; text: string } {
  if (!rule.inForce) return { tone: 'off', text: '当日未施行' }
  if (rule.of === 0) return { tone: 'plain', text: '没有适用的组织' }
  if (rule.broken > 0) return { tone: 'bad', text: `${rule.broken}个不符合` }
  return { tone: 'good', text: rule.excepted > 0 ? `其余${rule.excepted}个为例外` : '全部符合' }
}

/** Posts grouped by what they are, in the order of the pack. */
export function byPost<P extends { post: string }>(posts: readonly P[], vocabulary: Vocabulary | undefined): { post: string; name: string; holders: P[] }[] {
  const order = vocabulary?.posts.map((post) => post.id) ?? []
  const groups = new Map<string, P[]>()
  for (const post of posts) groups.set(post.post, [...(groups.get(post.post) ?? []), post])
  return [...groups]
    .map(([post, holders]) => ({ post, name: nameOf(vocabulary?.posts, post), holders }))
    .sort((a, b) => order.indexOf(a.post) - order.indexOf(b.post))
}
