// What is known of a body fills the blanks of a form, once for each form and body; what is sent is what stands there then [B5].
import { load } from '#web/kit/api/query.svelte.ts'
import { date } from '#web/kit/formats/formats.ts'
import { known } from '../burden.contract.ts'

interface Filled {
  /** The form's texts by field. */
  texts: Record<string, string>
  /** Called when something was filled in. */
  onfilled?: () => void
}

/** Fills a form's blanks with what is known; `where` names form and body, null while there is nothing to ask. Must be made while a component starts. */
export function fillKnown(where: () => { body: string; form: string } | null, filled: () => Filled) {
  const query = load(known, () => ({ query: { body: where()?.body ?? '', form: where()?.form ?? '' }, when: where() !== null }))
  const offered = $derived(where() !== null && !query.isPlaceholderData ? (query.data?.values ?? []) : [])
  let filledFor = ''
  $effect(() => {
    const place = `${where()?.form} ${where()?.body}`
    if (offered.length === 0 || filledFor === place) return
    filledFor = place
    const { texts, onfilled } = filled()
    for (const { field, value } of offered) if (field !== null && (texts[field] ?? '') === '') texts[field] = String(value)
    onfilled?.()
  })
  return {
    /** Where from and as of when, in one sentence; empty where nothing is known. */
    get sentence() {
      return offered.length === 0
        ? ''
        : `已按现有记录填好，请核对：${offered.map(({ name, from, saidOn }) => `${name}（${from}，${date(saidOn)}）`).join('、')}`
    },
  }
}
