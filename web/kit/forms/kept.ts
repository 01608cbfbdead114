// Keeps what is taken along where there is no network: in this browser's database, per account, gone after a day and at signing out. What has not been
// sent `stays` until it is sent, so that nothing is lost to a long day.

const HOURS = 24
const OWNER = 'dajuan:kept'

interface Kept {
  owner: string
  name: string
  at: number
  stays: boolean
  value: unknown
}

/** Whose things are kept and read: of whoever signed in here last and hasn't signed out. */
function owner(): string {
  try {
    return globalThis.localStorage?.getItem(OWNER) ?? ''
  } catch {
    return ''
  }
}

/** Says whose things are kept from here on; on a shared machine nobody sees another account's. */
export function keptOf(account: string): void {
  try {
    if (owner() !== account) globalThis.localStorage?.setItem(OWNER, account)
  } catch {
    // A browser that refuses storage keeps nothing.
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open('dajuan-kept', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('kept', { keyPath: ['owner', 'name'] })
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
}

async function act<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T> | undefined): Promise<T | undefined> {
  const database = await opened()
  try {
    return await new Promise<T | undefined>((done, fail) => {
      const transaction = database.transaction('kept', mode)
      const request = work(transaction.objectStore('kept'))
      transaction.oncomplete = () => done(request?.result)
      transaction.onerror = () => fail(transaction.error)
      transaction.onabort = () => fail(transaction.error)
    })
  } finally {
    database.close()
  }
}

const isOver = ({ at, stays }: Kept, now: number): boolean => !stays && now - at > HOURS * 3_600_000

/** Keeps a value under a name; false where the browser has no room or refuses, so that the page can say so. */
export async function keep(name: string, value: unknown, { stays = false, at = Date.now() } = {}): Promise<boolean> {
  if (owner() === '') return false
  return act('readwrite', (store) => store.put({ owner: owner(), name, at, stays, value } satisfies Kept)).then(
    () => true,
    () => false,
  )
}

/** What is kept under a name, with the moment it was kept; null where there is nothing, or it was too old. */
export async function readKept<T>(name: string, now = Date.now()): Promise<{ at: number; value: T } | null> {
  if (owner() === '') return null
  const found = await act<Kept>('readonly', (store) => store.get([owner(), name])).catch(() => undefined)
  if (found === undefined) return null
  if (!isOver(found, now)) return { at: found.at, value: found.value as T }
  await dropKept(name)
  return null
}

/** Forgets one thing. */
export async function dropKept(name: string): Promise<void> {
  await act('readwrite', (store) => store.delete([owner(), name])).catch(() => undefined)
}

async function all(): Promise<Kept[]> {
  if (typeof indexedDB === 'undefined') return []
  return (await act<Kept[]>('readonly', (store) => store.getAll()).catch(() => undefined)) ?? []
}

/** Takes out what is too old, of whomever. */
export async function sweepKept(now = Date.now()): Promise<void> {
  for (const each of await all()) if (isOver(each, now)) await act('readwrite', (store) => store.delete([each.owner, each.name])).catch(() => undefined)
}

/** True where something that was not sent would be lost. */
export async function hasUnsent(): Promise<boolean> {
  const own = owner()
  return own !== '' && (await all()).some((each) => each.owner === own && each.stays)
}

/** Forgets everything of who signs out. */
export async function forgetKept(): Promise<void> {
  const own = owner()
  if (own === '') return
  for (const each of await all()) if (each.owner === own) await act('readwrite', (store) => store.delete([each.owner, each.name])).catch(() => undefined)
  try {
    globalThis.localStorage?.removeItem(OWNER)
  } catch {
    // Nothing was kept there.
  }
}
