// Objections to a run as its pages show them: whether one may object, and which there are, asked once for all targets on a page.
import type { Put } from '#modules/ledger/web/sending.svelte.ts'
import { upload } from '#web/kit/api/call.ts'
import { load, loadPages } from '#web/kit/api/query.svelte.ts'
import type { Tone } from '#web/kit/ui/tone.ts'
import { attachToObjection, listObjections, readPeriod, type State } from '../../objection/objection.contract.ts'

export const toneOf: Record<State, Tone> = { raised: 'soon', accepted: 'soon', upheld: 'bad', recomputed: 'good', rejected: 'off', withdrawn: 'off' }

/** The period of a run. */
export function periodOf(run: () => string) {
  return load(readPeriod, () => ({ params: { run: run() } }))
}

/** The objections to a run in the reader's scope. */
export function objectionsTo(run: () => string) {
  return loadPages(listObjections, () => ({ query: { run: run(), limit: 100 } }))
}

/** Where evidence files of an objection go. */
export function toObjection(objection: string): Put {
  return (file, name) => upload(attachToObjection, { params: { objection }, query: { name } }, file)
}
