// Messages as JSON to an address, signed, for a gateway to SMS or 政务微信 that knows whose a login is.
import { createHmac } from 'node:crypto'
import { type Message, NotTaken } from './message.ts'

const PATIENCE_MS = 10_000

/** HMAC-SHA-256 of moment and body, in hex: what `x-dajuan-signature` carries. */
export function signatureOf(secret: string, moment: string, body: string): string {
  return createHmac('sha256', secret).update(`${moment}.${body}`).digest('hex')
}

/** Sends to the address. Whatever answers with 2xx has taken the message; whoever can't be reached or says otherwise has not. */
export function webhook({ url, secret }: { url: string; secret: string }): (message: Message) => Promise<void> {
  return async (message) => {
    const body = JSON.stringify(message)
    const moment = new Date().toISOString()
    const headers = { 'content-type': 'application/json', 'x-dajuan-time': moment, 'x-dajuan-signature': signatureOf(secret, moment, body) }
    const reply = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) }).catch((error: Error) => {
      const { code } = (error.cause ?? {}) as { code?: string }
      throw code === 'ECONNREFUSED' || code === 'ENOTFOUND' ? new NotTaken(`${new URL(url).host} is not reached`) : error
    })
    await reply.body?.cancel()
    if (!reply.ok) throw new NotTaken(`${new URL(url).host} answered ${reply.status}`)
  }
}
