// Keeps what is being typed in this browser, per account and form, so that nothing is lost to a closed tab or an ended session.

const keepDays = 30
let owner = ''

interface Kept {
  at: string
  values: unknown
}

/** Says whose drafts are read and kept from here on: on a shared machine nobody sees another account's. */
export function draftsOf(account: string): void {
  owner = account
}

function place(form: string): string {
  return `dajuan:draft:${owner}:${form}`
}

/** Where drafts are kept; the browser's local storage, or nothing where it is refused. */
function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null
  } catch {
    return null
  }
}

/** The draft of a form with the moment it was kept, or null. Unreadable and too old ones are dropped. */
export function readDraft<T>(form: string, now: Date = new Date()): { at: string; values: T } | null {
  const text = storage()?.getItem(place(form))
  if (!text) return null
  try {
    const kept = JSON.parse(text) as Kept
    if (now.getTime() - Date.parse(kept.at) < keepDays * 86_400_000) return { at: kept.at, values: kept.values as T }
  } catch {
    // Falls through: a draft that can't be read is of no use to anyone.
  }
  dropDraft(form)
  return null
}

/** Keeps the draft; false when the browser is full or refuses, so that the form can say so. */
export function keepDraft(form: string, values: unknown, now: Date = new Date()): boolean {
  try {
    storage()?.setItem(place(form), JSON.stringify({ at: now.toISOString(), values } satisfies Kept))
    return storage() !== null
  } catch {
    return false
  }
}

/** Forgets the draft: it was sent, or thrown away. */
export function dropDraft(form: string): void {
  storage()?.removeItem(place(form))
}
