// Fetches an endpoint's file and hands it to the browser.
import type { TSchema } from 'typebox'
import type { Endpoint } from '#base/endpoint.ts'
import { fetchFile, type Input } from './call.ts'

/** Downloads an export as a file of that name, and gives the name back; throws a CallError with the server's sentence. */
export async function download<P extends TSchema, Q extends TSchema, B extends TSchema>(
  endpoint: Endpoint<P, Q, B>,
  input: Input<P, Q, B>,
  name: string,
): Promise<string> {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await fetchFile(endpoint, input))
  link.download = name
  link.hidden = true
  document.body.append(link)
  link.click()
  link.remove()
  // Not at once: the browser is still reading it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return name
}
