// Compares text with a file of engine/golden, or writes the file.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Refuses text that is not that of the file; with `UPDATE_GOLDEN=1` it is written instead. */
export function golden(name: string, text: string): void {
  const path = join(import.meta.dirname, '..', 'golden', name)
  if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(path, text)
  assert.equal(text, readFileSync(path, 'utf8'), 'set UPDATE_GOLDEN=1 to write it anew, then read the diff')
}
