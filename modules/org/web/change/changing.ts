// What every dialog of change shares: after one, whatever shows the organisation is asked anew.
import { refresh } from '#web/kit/api/query.svelte.ts'
import { say } from '#web/kit/ui/toast.svelte.ts'
import type { PartyOrgPage, UnitPage } from '../../org.contract.ts'

/** The body a dialog is about, as its page has it. */
export type ChangedBody = ({ is: 'unit' } & UnitPage) | ({ is: 'party-org' } & PartyOrgPage)

/** The dialogs of a body. */
export type ChangeKind = 'amend' | 'move' | 'post' | 'join' | 'term' | 'merge' | 'split' | 'dissolve'

/** Says it is done and asks everything anew: a change of trees reaches lists, pages and figures alike. */
export async function afterChange(text: string): Promise<void> {
  say(text)
  await refresh()
}
