// Filters that are kept in the address, so that back, reload and a link to a colleague show the same list.
import { goto } from '$app/navigation'
import { page } from '$app/state'

/**
 * An object whose properties read and write the query of the address; a property at its default is left out of it.
 * `count` is how many are set besides `q` (the text), `clear()` puts all back to their defaults.
 */
export function inAddress<T extends Record<string, string>>(defaults: T): T & { readonly count: number; clear: () => void } {
  function write(values: Partial<T>): void {
    const url = new URL(page.url.href)
    for (const [name, value] of Object.entries(values)) {
      if (value === '' || value === undefined || value === defaults[name]) url.searchParams.delete(name)
      else url.searchParams.set(name, value)
    }
    if (url.href !== page.url.href) void goto(url, { replace: true, reset: false })
  }
  const target = {
    get count() {
      return Object.keys(defaults).filter((name) => name !== 'q' && page.url.searchParams.has(name)).length
    },
    clear: () => write(defaults),
  }
  for (const name of Object.keys(defaults)) {
    Object.defineProperty(target, name, {
      enumerable: true,
      get: () => page.url.searchParams.get(name) ?? defaults[name],
      set: (value: string) => write({ [name]: value } as Partial<T>),
    })
  }
  return target as unknown as T & { readonly count: number; clear: () => void }
}
