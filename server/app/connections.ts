// Connections: slow ones are ended, unreadable ones are answered in our own shape, and a stop lets what runs finish.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** How long a client may take, in milliseconds. An upload of 20 MB at 70 kB/s fits; an import of 100,000 rows answers in time. */
export interface Patience {
  headers: number
  request: number
  /** Without a byte in either direction. */
  silence: number
  keepAlive: number
  /** How often the first two are looked at. */
  checked: number
}

export const usualPatience: Patience = { headers: 15_000, request: 300_000, silence: 180_000, keepAlive: 72_000, checked: 5000 }

/** Requests that run when the server is told to stop have this long. */
const LAST_MS = 10_000

const unread: Record<string, { status: string; code: string; message: string }> = {
  HPE_HEADER_OVERFLOW: { status: '431 Request Header Fields Too Large', code: 'too-large', message: '请求头太大。请清除本站的 Cookie 后再试。' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', code: 'bad-request', message: '请求没有在规定时间内发完，请检查网络后再试。' },
}

/** Answers what Node could not read as a request: 400, 408 or 431 in the shape of every refusal. */
export function answerUnread(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, code, message } = unread[error.code ?? ''] ?? { status: '400 Bad Request', code: 'bad-request', message: '请求的格式不对，无法读取。' }
  const body = JSON.stringify({ code, message, issues: [] })
  const head = ['content-type: application/json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`, 'x-content-type-options: nosniff']
  socket.end(`HTTP/1.1 ${status}\r\n${head.join('\r\n')}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n${body}`)
}

/** The options by which Node and Fastify end slow connections. */
export function patienceOptions({ headers, request, silence, keepAlive, checked }: Patience) {
  return {
    fastify: { connectionTimeout: silence, requestTimeout: request, keepAliveTimeout: keepAlive },
    node: { headersTimeout: headers, connectionsCheckingInterval: checked },
  }
}

/** Stops taking requests, lets those that run finish for ten seconds, then ends them too. */
export async function closeGently(app: FastifyInstance): Promise<void> {
  const late = setTimeout(() => (app.server as Server).closeAllConnections(), LAST_MS)
  // A connection whose last reply is out would wait for more requests.
  const idle = setInterval(() => (app.server as Server).closeIdleConnections(), 100)
  await app.close()
  clearTimeout(late)
  clearInterval(idle)
}
