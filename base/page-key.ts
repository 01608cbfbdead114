// Where a page of a list has ended, as text for the next request: what the list is sorted by, in order.
import { Refusal } from './errors.ts'

/** The key as text that an address can hold as it is. */
export function writePageKey(parts: readonly unknown[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** What a key was made of, for the list to look at; undefined where the text is none. */
export function readPageKey(text: string): readonly unknown[] | undefined {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return Array.isArray(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** What every list says of a key that isn't one of its own. */
export function badPageKey(text: string): Refusal {
  return new Refusal('invalid', '翻页位置不对，请从第一页重新开始。', [{ field: '/after', value: text, message: '应是上一页给出的 next' }])
}
