// Where a page of a list has ended, as text for the next request: what the list is sorted by, in order.
import { Refusal } from '#base/errors.ts'

/** The key as text. */
export function writePageKey(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** What a key was made of, for the list to look at; undefined where the text is none. */
export function readPageKey(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
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
