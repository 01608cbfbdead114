// What matters tell burden: what an owner's step says of terms. And what their forms take by measured time.
import { learn } from '#modules/burden/index.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Edition } from './matter.rules.ts'
import { formId } from './matter-kinds.contract.ts'

/** Tells burden what a step of the owner says of terms. Each step is a source of its own: nothing that was said before is said again by it. */
export async function learnFrom(
  tx: Tx,
  kind: Edition,
  step: { id: string; ownerId: string; title: string; on: string },
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const given = kind.fields.flatMap(({ id, term }) => (term === undefined || fields[id] === undefined ? [] : [{ term, value: fields[id] }]))
  if (given.length > 0) await learn(tx, step.ownerId, { id: step.id, name: `${kind.name}《${step.title}》`, on: step.on }, given)
}

/** Minutes that the owner's forms of a kind take together where all have been measured, else what the kind states. */
export function minutesOf(kind: Edition, measured: ReadonlyMap<string, number>): number {
  const forms = kind.moves.filter(({ by, form = [] }) => by === 'owner' && form.length > 0).map(({ id }) => measured.get(formId(kind.id, id)))
  return forms.length === 0 || forms.includes(undefined) ? kind.minutes : forms.reduce<number>((sum, one) => sum + (one ?? 0), 0)
}
