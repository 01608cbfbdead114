// The way out of the house for a text to a telephone: a port, and the folder that is there without any gateway.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A text to somebody without an account. */
export interface Text {
  /** The same for the same text, so that whoever takes it can drop a second one. */
  id: string
  phone: string
  text: string
}

/** Hands a text over; throws where it was not taken. */
export type Texter = (text: Text) => Promise<void>

/** A JSON file a text, readable by its owner alone, for the gateway's program to take from there; the same text again is the same file. */
export function folderTexter(folder: string): Texter {
  return async (text) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, `${text.id.replaceAll(/[^\w.-]/g, '_')}.json`), `${JSON.stringify(text)}\n`, { mode: 0o600 })
  }
}
