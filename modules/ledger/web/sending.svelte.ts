// Sends files to a record one after another, says how far it is, and keeps those that failed for another try.
import { sentence, upload } from '#web/kit/api/call.ts'
import { attach } from '../ledger.contract.ts'

/** The state of sending; reactive. */
export function createSending() {
  let total = $state(0)
  let done = $state(0)
  let failed = $state<{ file: File; why: string }[]>([])
  let busy = $state(false)

  async function send(recordId: string, files: readonly File[]): Promise<void> {
    total = files.length
    done = 0
    failed = []
    busy = true
    for (const file of files) {
      try {
        await upload(attach, { params: { recordId }, query: { name: file.name.slice(-200) || '附件' } }, file)
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
    again: (recordId: string) =>
      send(
        recordId,
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
