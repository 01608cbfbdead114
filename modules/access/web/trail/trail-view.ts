// What the page 审计 says of an entry and of the chain.
import { moment } from '#web/kit/formats/formats.ts'
import type { TrailRow, TrailState } from '../../trail/trail.contract.ts'
import { fieldWords } from '../../trail/trail.rules.ts'

/** Who did it: the name with the login; the system where it was nobody. */
export function whoWords({ actor }: Pick<TrailRow, 'actor'>): string {
  if (actor === null) return '系统'
  if (actor.login === '') return '已不在册的账号'
  return actor.name === '' ? actor.login : `${actor.name}（${actor.login}）`
}

/** A moment with its seconds, which are the same in every zone. */
export function toTheSecond(at: string): string {
  return `${moment(at)}:${at.slice(17, 19)}`
}

/** How far the chain goes and is signed. */
export function chainWords({ seq, signedSeq, signedAt, first }: TrailState): string {
  if (seq === 0 || first === null) return '谁做了什么、看了什么。还没有封存的记录。'
  const signed = signedSeq === null || signedAt === null ? '还没有检查点' : `最近检查点在第 ${signedSeq} 条，${moment(signedAt)}`
  return `链已封存到第 ${seq} 条，自${moment(first)}起；${signed}。`
}

/** A field of a detail, as a line of a table: what it is, or what it was and is. */
export interface DetailLine {
  name: string
  was: string | null
  is: string
}

/** A detail taken apart: plain fields, and those that were changed. Marks of personal values say only whether they are the same. */
export function detailLines(detail: Record<string, unknown>): { plain: DetailLine[]; changed: DetailLine[] } {
  const { changed = {}, ...rest } = detail
  const plain = Object.entries(rest).map(([name, value]) => ({ name: fieldWords(name), was: null, is: valueWords(value) }))
  const pairs = typeof changed === 'object' && changed !== null ? Object.entries(changed) : []
  return {
    plain,
    changed: pairs.map(([name, pair]) => {
      const [was, is] = Array.isArray(pair) ? (pair as unknown[]) : [null, pair]
      return { name: fieldWords(name), was: valueWords(was), is: valueWords(is) }
    }),
  }
}

function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '无'
  if (typeof value === 'string') return value.startsWith('~') ? `印记 ${value.slice(1)}` : value
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.length === 0 ? '无' : value.join('、')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
