// Fetches the filtered list as a file and hands it to the browser.
import { CallError, refusal } from '#web/kit/api/call.ts'
import { exportRecords, type RecordFilter } from '../ledger.contract.ts'

/** Downloads the records of a filter as 纪实.csv; throws a CallError with the server's sentence. */
export async function downloadRecords(filter: RecordFilter): Promise<void> {
  let response: Response
  try {
    response = await fetch(exportRecords.path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(filter),
    })
  } catch {
    throw new CallError('offline', 0, '连不上服务器，没有导出。请检查网络后再试。')
  }
  if (!response.ok) throw refusal(response.status, await response.json().catch(() => ({})))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = '纪实.csv'
  link.hidden = true
  document.body.append(link)
  link.click()
  link.remove()
  // Not at once: the browser is still reading it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
