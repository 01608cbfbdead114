// Fetches the board in the reader's scope as a file and hands it to the browser.
import { CallError, refusal } from '#web/kit/api/call.ts'
import { type BoardQuery, exportBoard } from '../scoring.contract.ts'

/** Downloads a board as csv under a title; throws a CallError with the server's sentence. */
export async function downloadBoard(query: BoardQuery, title: string): Promise<void> {
  let response: Response
  try {
    response = await fetch(exportBoard.path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(query),
    })
  } catch {
    throw new CallError('offline', 0, '连不上服务器，没有导出。请检查网络后再试。')
  }
  if (!response.ok) throw refusal(response.status, await response.json().catch(() => ({})))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = `${title}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
