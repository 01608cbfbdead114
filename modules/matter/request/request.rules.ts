// Pure readings of a kind for whoever asked: by which moves the sender answers, what came in.
import type { MatterKind, Move } from '../matter-kinds.contract.ts'
import type { Standing } from './request.contract.ts'

/** Moves by which the sender answers what came in: out of stages that wait for nobody else. */
export function reviewsOf({ stages, moves }: Pick<MatterKind, 'stages' | 'moves'>): Move[] {
  const asking = stages.filter(({ id }) => !moves.some(({ from, by }) => by === 'owner' && from.includes(id))).map(({ id }) => id)
  return moves.filter(({ by, from }) => by !== 'owner' && from.some((stage) => asking.includes(stage)))
}

/** The stage in which a recalled matter ends; null where the kind has none for it: it stays where it was. */
export function recallStage({ stages }: Pick<MatterKind, 'stages'>): string | null {
  return stages.find(({ end }) => end === 'dropped')?.id ?? null
}

/** What the owner's moves have given, by the fields' names, in the kind's order. */
export function answerOf(
  { fields, moves }: Pick<MatterKind, 'fields' | 'moves'>,
  values: Readonly<Record<string, unknown>>,
): { name: string; value: string }[] {
  const given = new Set(moves.filter(({ by }) => by === 'owner').flatMap(({ form }) => form ?? []))
  return fields.flatMap((field) => {
    const value = values[field.id]
    return given.has(field.id) && value !== undefined && value !== null && value !== '' ? [{ name: field.name, value: written(field, value) }] : []
  })
}

function written({ choices }: MatterKind['fields'][number], value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  return [value]
    .flat()
    .map((one) => choices?.find(({ id }) => id === one)?.name ?? String(one))
    .join('、')
}

/** Where a receiver's matter stands, in words. */
export const standingNames: Record<Standing, string> = {
  untouched: '未签收',
  working: '办理中',
  in: '待验收',
  done: '已办结',
  dropped: '已撤销',
  recalled: '已撤回',
}

/** What a filter of the board means: the standings, and whether late ones alone. */
export function filterOf(standing: Standing | 'open' | 'late' | undefined): { standings: Standing[] | null; late: boolean } {
  if (standing === undefined) return { standings: null, late: false }
  if (standing === 'late') return { standings: null, late: true }
  return { standings: standing === 'open' ? ['untouched', 'working'] : [standing], late: false }
}
