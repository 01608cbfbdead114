// What may be done to an objection where it stands, and the words for it. Pure.
import type { Deed, State } from './objection.contract.ts'

/** Those that somebody still has to do something about. */
export const openStates = ['raised', 'accepted', 'upheld'] as const satisfies readonly State[]

export const stateNames: Record<State, string> = {
  raised: '已提出',
  accepted: '已受理',
  upheld: '成立，待重算',
  recomputed: '成立，已重算',
  rejected: '不成立',
  withdrawn: '已撤回',
}

export const actNames: Record<string, string> = {
  raise: '提出异议',
  accept: '受理',
  uphold: '认定成立',
  reject: '认定不成立',
  withdraw: '撤回',
  recompute: '重新计算',
}

/** True while it is not closed. */
export function isOpen(state: State): boolean {
  return (openStates as readonly State[]).includes(state)
}

/** True while evidence may still be added: nothing is decided. */
export function takesFiles(state: State): boolean {
  return state === 'raised' || state === 'accepted'
}

/** The deeds that stand open, by who may do what. */
export function deedsAt(state: State, may: { raise: boolean; decide: boolean }): Deed[] {
  const all: [Deed, boolean][] = [
    ['accept', may.decide && state === 'raised'],
    ['decide', may.decide && state === 'accepted'],
    ['recompute', may.decide && state === 'upheld'],
    ['withdraw', may.raise && takesFiles(state)],
  ]
  return all.filter(([, open]) => open).map(([deed]) => deed)
}
