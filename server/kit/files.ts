// Files by the SHA-256 of their content, in the data directory; the same file twice is stored once.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, type ReadStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '#base/ids.ts'

export interface FileStore {
  /** Stores bytes and returns their SHA-256 in hex. */
  put: (bytes: Uint8Array) => Promise<string>
  /** Stores something derived from a file, such as its thumbnail, beside it. */
  putBeside: (hash: string, suffix: string, bytes: Uint8Array) => Promise<void>
  /** The stored file, or undefined when it is not there. */
  open: (hash: string, suffix?: string) => ReadStream | undefined
}

/** A store below `folder`; nothing is made until the first file comes. */
export function fileStore(folder: string): FileStore {
  const place = (hash: string, suffix = ''): string => {
    // Whatever else came here as a hash could lead out of the folder.
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('this is no SHA-256 of a file')
    return join(folder, hash.slice(0, 2), `${hash}${suffix}`)
  }
  const write = async (path: string, bytes: Uint8Array): Promise<void> => {
    if (existsSync(path)) return
    await mkdir(join(path, '..'), { recursive: true })
    const temporary = `${path}.${newId()}`
    try {
      // Flushed before it gets its name: after a power cut a file is whole or not there.
      await writeFile(temporary, bytes, { flush: true })
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }
  return {
    put: async (bytes) => {
      const hash = createHash('sha256').update(bytes).digest('hex')
      await write(place(hash), bytes)
      return hash
    },
    putBeside: (hash, suffix, bytes) => write(place(hash, suffix), bytes),
    open: (hash, suffix) => (existsSync(place(hash, suffix)) ? createReadStream(place(hash, suffix)) : undefined),
  }
}
