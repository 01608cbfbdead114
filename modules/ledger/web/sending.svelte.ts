// Sends files one after another to what they belong to, says how far it is, and keeps those that failed for another try.
import { sentence, upload } from '#web/kit/api/call.ts'
import { attach } from '../ledger.contract.ts'

/** Uploads one file to where it belongs. */
export type Put = (file: File, name: string) => Promise<unknown>

/** To a record. */
export function toRecord(recordId: string): Put {
  return (file, name) => upload(attach, { params: { recordId }, query: { name } }, file)
}

/** The state of sending; reactive. */
export function createSending() {
  let total = $state(0)
  let done = $state(0)
  let failed = $state<{ file: File; why: string }[]>([])
  let busy = $state(false)
  let last: Put = () => Promise.resolve()

  async function send(put: Put, files: readonly File[]): Promise<void> {
    last = put
    total = files.length
    done = 0
    failed = []
    busy = true
    for (const file of files) {
      try {
        await put(file, file.name.slice(-200) || '附件')
      } catch (error) {
        failed = [...failed, { file, why: sentence(error) }]
      }
      done += 1
    }
    busy = false
  }

  return {
    get total() {
      return total
    },
    get done() {
      return done
    },
    get failed() {
      return failed
    },
    get busy() {
      return busy
    },
    send,
    /** Sends those again that failed. */
    again: () =>
      send(
        last,
        failed.map(({ file }) => file),
      ),
    clear() {
      total = 0
      done = 0
      failed = []
    },
  }
}
export type Sending = ReturnType<typeof createSending>
