// Messages of RFC 5424, sent by UDP or, with octet counts (RFC 6587), by TCP.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { hostname } from 'node:os'

/** Facility 13 (log audit), severity 6 (informational). */
const PRIORITY = 13 * 8 + 6
/** The number for examples (RFC 5612): this program has none of its own. */
const ENTERPRISE = 32473
const PATIENCE_MS = 10_000

export interface Target {
  protocol: 'udp' | 'tcp'
  host: string
  port: number
}

/** The target of `udp://host:port` or `tcp://host:port`; undefined for any other text. */
export function targetOf(text: string): Target | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname: name, port, pathname } = new URL(text)
  if (!['udp:', 'tcp:'].includes(protocol) || name === '' || port === '' || pathname.length > 1) return undefined
  return { protocol: protocol === 'udp:' ? 'udp' : 'tcp', host: name.replace(/^\[|\]$/g, ''), port: Number(port) }
}

/** Printable ASCII without spaces, so long as the header's field allows; `-` for nothing. */
function field(text: string, most: number): string {
  return text.replace(/[^!-~]/g, '').slice(0, most) || '-'
}

/** One message: when, what (`id`), and parameters, of which those without a value are left out. */
export function syslogMessage(at: string, id: string, parameters: Record<string, string | number | null>): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    value === null
      ? []
      : [
          `${name}="${String(value)
            .replace(/\p{Cc}/gu, '')
            .replace(/["\\\]]/g, '\\$&')}"`,
        ],
  )
  return `<${PRIORITY}>1 ${at} ${field(hostname(), 255)} dajuan ${process.pid} ${field(id, 32)} [audit@${ENTERPRISE} ${pairs.join(' ')}]`
}

/** Sends messages in order; rejects when the target can't be reached or, by TCP, breaks off before it has taken them all. */
export async function sendAll({ protocol, host, port }: Target, messages: readonly string[]): Promise<void> {
  if (protocol === 'udp') {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    try {
      for (const message of messages)
        await new Promise<void>((resolve, reject) => socket.send(message, port, host, (error) => (error === null ? resolve() : reject(error))))
    } finally {
      socket.close()
    }
    return
  }
  const socket = connect({ host, port })
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`the syslog server ${host}:${port} does not answer`)))
  // What it sends is nothing to us; reading it lets the end of the connection be seen.
  socket.resume()
  const closed = once(socket, 'close')
  socket.end(messages.map((message) => `${Buffer.byteLength(message)} ${message}`).join(''))
  await closed
}
