// How accounts, posts and delegations are put into words on their pages.
import type { Option } from '#web/kit/ui/field.ts'
import type { Tone } from '#web/kit/ui/tone.ts'
import type { AccountLine, PersonCandidate } from '../accounts/accounts.contract.ts'
import type { GivenPost } from '../posts/appointments.contract.ts'
import type { DelegationState } from '../posts/delegations.contract.ts'
import type { OwnPost, PostWords } from '../posts/posts.contract.ts'

/** Where a post comes from. */
export const sources: Record<GivenPost['by'], string> = { holding: '组织任职', appointment: '任命', delegation: '委托' }

export const delegationStates: Record<DelegationState, { tone: Tone; text: string }> = {
  running: { tone: 'good', text: '代行中' },
  coming: { tone: 'soon', text: '未开始' },
  idle: { tone: 'bad', text: '已失效' },
  over: { tone: 'off', text: '已结束' },
}

/** The state of an account in a word. */
export function stateOf(account: Pick<AccountLine, 'active' | 'mustChange'>): { tone: Tone; text: string } {
  if (!account.active) return { tone: 'off', text: '已停用' }
  return account.mustChange ? { tone: 'soon', text: '待改初始密码' } : { tone: 'good', text: '在用' }
}

/** What tells people of the same name apart. */
export function detailOf({ org, posts }: Pick<PersonCandidate, 'org' | 'posts'>): string {
  return [...(org === null ? [] : [org]), ...posts.map(({ post, body }) => `${body}${post}`)].join('，') || '没有所在党组织和职务'
}

/** How far a post goes, after 在: 1 个机关党委、12 个党支部. */
export function reachOf({ city, kinds, officer }: Pick<OwnPost, 'city' | 'kinds' | 'officer'>): string {
  if (officer) return '全市范围内（看不到业务内容）'
  const counted = kinds.map(({ name, count }) => `${count} 个${name}`).join('、')
  return city ? `全市 ${counted}` : counted || '已不存在的组织'
}

/** Each action with the posts that give it; actions that no post gives are left out. */
export function byAction(actions: readonly { id: string; words: string }[], posts: readonly PostWords[]): { id: string; words: string; posts: string[] }[] {
  return actions
    .map(({ id, words }) => ({ id, words, posts: posts.filter(({ may }) => may.includes(id)).map(({ name }) => name) }))
    .filter(({ posts: names }) => names.length > 0)
}

/** Posts as choices; the id names post and body. */
export function postOptions(rows: readonly { post: string; name: string; body: { id: string; name: string } }[]): Option[] {
  return rows.map(({ post, name, body }) => ({ id: `${post} ${body.id}`, label: `${body.name} · ${name}` }))
}
