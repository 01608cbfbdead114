// Where somebody was going who signs in elsewhere: kept in this tab until they are back.
const KEY = 'dajuan:next'

/** Keeps the path. */
export function rememberNext(next: string): void {
  sessionStorage.setItem(KEY, next)
}

/** The path that was kept, once; null where there is none. */
export function takeNext(): string | null {
  const next = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  return next
}
