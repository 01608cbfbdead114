// What every dialog of change shares: it is open until the change is made; then whatever shows the organisation is asked anew.
import { newId } from '#base/ids.ts'
import { refresh } from '#web/kit/api/query.svelte.ts'
import { createForm } from '#web/kit/forms/form.svelte.ts'
import { today } from '#web/kit/session/session.svelte.ts'
import { say } from '#web/kit/ui/toast.svelte.ts'
import type { PartyOrgPage, UnitPage, Vocabulary } from '../../org.contract.ts'

/** The body a dialog is about, as its page has it. */
export type ChangedBody = ({ is: 'unit' } & UnitPage) | ({ is: 'party-org' } & PartyOrgPage)

/** What the dialogs of a body's page get. */
export interface ChangeProps {
  body: ChangedBody
  vocabulary: Vocabulary
  onclose: () => void
}

/** The dialogs of a body. */
export type ChangeKind = 'amend' | 'move' | 'post' | 'join' | 'term' | 'merge' | 'split' | 'dissolve'

/** Says it is done and asks everything anew: a change of trees reaches lists, pages and figures alike. */
export async function afterChange(text: string): Promise<void> {
  say(text)
  await refresh()
}

interface Options<V> {
  /** The values it begins with, beside the change's id and the day from which it holds. */
  initial: () => V
  send: (values: { id: string; on: string } & V) => Promise<unknown>
  /** What is said once it is made. */
  said: string
}

/** Makes a dialog of change: bind its `open`, bind inputs to its `form`. Must be made while a component starts. */
export function createChange<V extends Record<string, unknown>>({ initial, send, said }: Options<V>) {
  let open = $state(true)
  const form = createForm({
    initial: () => ({ id: newId(), on: today(), ...initial() }),
    send,
    done: () => {
      open = false
      void afterChange(said)
    },
  })
  return {
    form,
    get open() {
      return open
    },
    set open(now: boolean) {
      open = now
    },
  }
}
