// What a phone holds of a visit and does with it while there is no network: pure, so that tests can play two phones against each other [I4].
import { newId } from '#base/ids.ts'
import type { Answer, NewAnswer, NewSignature, VisitPage } from '../inspection.contract.ts'
import { headsOf, merged, signable } from '../inspection.rules.ts'

/** What was done on the phone and the server hasn't confirmed. */
export interface Unsent {
  answers: NewAnswer[]
  /** Ids that were on their way once: the server may have them, so they are never changed. */
  tried: string[]
  photos: { answer: string; name: string; file: Blob }[]
  signature: NewSignature | null
}

/** A visit as it was downloaded, and what was done since. */
export interface Kept {
  page: VisitPage
  unsent: Unsent
}

export const nothing = (): Unsent => ({ answers: [], tried: [], photos: [], signature: null })

/** How many things wait to be sent. */
export function waiting({ answers, photos, signature }: Unsent): number {
  return answers.length + photos.length + (signature === null ? 0 : 1)
}

/** Every answer that the phone knows: the server's and its own. */
export function answersOn({ page, unsent }: Kept): Answer[] {
  return merged(
    page.answers,
    unsent.answers.map(({ id, item, verdict, note = '', finding = '', replaces = [] }) => {
      return { answerId: id, item, verdict, note, finding, replaces, late: false, author: '我', at: '' }
    }),
  )
}

/**
 * The visit with one more answer, which replaces whatever of its item is in view. An own one that never left the phone is taken back instead, and its
 * photos go with the new one. A signature that was given for other answers is void.
 */
export function answering(kept: Kept, said: Omit<NewAnswer, 'id' | 'replaces'>): Kept {
  const { unsent } = kept
  const back = unsent.answers.filter(({ id, item }) => item === said.item && !unsent.tried.includes(id))
  const isBack = (id: string): boolean => back.some((answer) => answer.id === id)
  const heads = (headsOf(answersOn(kept)).get(said.item) ?? []).map(({ answerId }) => answerId)
  const replaces = [...new Set([...heads, ...back.flatMap((answer) => answer.replaces ?? [])])].filter((id) => !isBack(id))
  const id = newId()
  const photos = unsent.photos.map((photo) => (isBack(photo.answer) ? { ...photo, answer: id } : photo))
  return {
    ...kept,
    unsent: { ...unsent, photos, signature: null, answers: [...unsent.answers.filter((answer) => !isBack(answer.id)), { ...said, id, replaces }] },
  }
}

/** The visit with its answers on their way. */
export function trying(kept: Kept): Kept {
  const { unsent } = kept
  return { ...kept, unsent: { ...unsent, tried: [...new Set([...unsent.tried, ...unsent.answers.map(({ id }) => id)])] } }
}

/** The visit when the server has replied: what it confirms is no longer unsent. What was said meanwhile stays; a reply that was overtaken tells nothing new, as answers only grow. */
export function synced({ page: before, unsent }: Kept, page: VisitPage): Kept {
  const there = new Set(page.answers.map(({ answerId }) => answerId))
  const answers = unsent.answers.filter(({ id }) => !there.has(id))
  return {
    page: page.answers.length < before.answers.length ? before : page,
    unsent: { ...unsent, answers, tried: unsent.tried.filter((id) => answers.some((answer) => answer.id === id)) },
  }
}

/** The visit signed on the phone, for exactly what is on show. */
export function signing(kept: Kept, given: Omit<NewSignature, 'heads'>): Kept {
  return { ...kept, unsent: { ...kept.unsent, signature: { ...given, heads: signable(answersOn(kept)) } } }
}
