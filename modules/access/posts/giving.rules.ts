// Which posts may be given to whom, and for how long. Pure; each refusal is a sentence, null where nothing stands against it.
import { addDays, daysBetween, isDate } from '#base/dates.ts'
import type { PostKind } from '#modules/org/index.ts'

type Kind = Pick<PostKind, 'id' | 'name' | 'of' | 'officer' | 'appointed'>

/** A delegation lasts a year at most, both days included. */
const LONGEST_DAYS = 366

/** True for the three officers' posts (三员). */
export function isOfficerPost(kinds: readonly Kind[], post: string): boolean {
  return kinds.some(({ id, officer }) => id === post && officer === true)
}

/** True for a post that the security officer gives to an account; the others are held in the organisation. */
export function isAppointed(kind: Kind): boolean {
  return kind.of === 'tenant' || kind.appointed === true
}

/** True for a post that can be exercised by somebody else for a time: of a unit or a Party organisation, never an officer's. */
export function isDelegable(kind: Kind): boolean {
  return kind.of !== 'tenant' && kind.officer !== true
}

/** Why somebody who has these posts can't be given that one: each of the three officers excludes every other post. */
export function exclusion(kinds: readonly Kind[], wanted: string, has: readonly string[]): string | null {
  const name = (post: string): string => kinds.find(({ id }) => id === post)?.name ?? post
  const others = [...new Set(has)].filter((post) => post !== wanted)
  const officer = others.find((post) => isOfficerPost(kinds, post))
  if (officer !== undefined) return `这个人是${name(officer)}，三员不能兼任其他岗位。请先结束那个任命，或另选一人。`
  const [other] = others
  if (other === undefined || !isOfficerPost(kinds, wanted)) return null
  return `这个人已有岗位“${name(other)}”，${name(wanted)}是三员之一，不能与任何岗位兼任。请另选一人。`
}

/** What is wrong with the days of a delegation or an appointment, and at which field; `longest` days at most where given. */
export function daysProblem(
  days: { from: string; until: string | null },
  today: string,
  longest = Number.POSITIVE_INFINITY,
): { field: '/from' | '/until'; message: string } | null {
  const { from, until } = days
  if (!isDate(from)) return { field: '/from', message: '没有这一天' }
  if (from < today) return { field: '/from', message: '不能早于今天：已经过去的事不能补授权' }
  if (from > addDays(today, 366)) return { field: '/from', message: '不能晚于一年以后' }
  if (until === null) return null
  if (!isDate(until)) return { field: '/until', message: '没有这一天' }
  if (until < from) return { field: '/until', message: '不能早于开始的那天' }
  return daysBetween(from, until) < longest ? null : { field: '/until', message: '最长一年，到期后可以再办' }
}

/** What is wrong with the days of a delegation. */
export function delegationDaysProblem(days: { from: string; until: string }, today: string): ReturnType<typeof daysProblem> {
  return daysProblem(days, today, LONGEST_DAYS)
}
