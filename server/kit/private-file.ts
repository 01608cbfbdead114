// Files of the operator's with a secret in them.
import { readFileSync, statSync } from 'node:fs'
import { OperatorError } from './operator-error.ts'

/** The text of a file that only its owner may read; `namedBy` is the setting that names it. Throws a sentence for one that isn't there or is open to others. */
export function readPrivateFile(file: string, namedBy: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() !== true) throw new OperatorError(`There is no file ${file}, which ${namedBy} names.`)
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw new OperatorError(`${file} holds secrets and may be read by others; say: chmod 600 ${file}`)
  return readFileSync(file, 'utf8')
}
