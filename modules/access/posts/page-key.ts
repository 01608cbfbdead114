// Where a page of a list by name and id has ended, as text for the next request.
import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'

interface PageKey {
  name: string
  id: string
}

const isId = new RegExp(uuidPattern)

/** The key as text. */
export function pageKey({ name, id }: PageKey): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url')
}

/** The key that a page gave as its `next`; before everything where left out. Refuses any other text. */
export function pageKeyOf(text: string | undefined): PageKey {
  if (text === undefined) return { name: '', id: '00000000-0000-0000-0000-000000000000' }
  try {
    const [name, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof name === 'string' && !name.includes('\u0000') && typeof id === 'string' && isId.test(id)) return { name, id }
  } catch {
    // Told below, as any other text that is none.
  }
  throw new Refusal('invalid', '翻页位置不对，请从第一页重新开始。', [{ field: '/after', value: text, message: '应是上一页给出的 next' }])
}
