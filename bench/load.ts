// A load: so many clients, each sending its next request when the last is answered, over connections that stay open.
import { Agent, request } from 'node:http'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** What a client sends. */
export interface Sent {
  method: 'GET' | 'POST'
  path: string
  body?: unknown
}

export interface Target {
  origin: URL
  cookie: string
  agent: Agent
}

/** A target with `clients` connections. */
export function targetOf(origin: string, cookie: string, clients: number): Target {
  return { origin: new URL(origin), cookie, agent: new Agent({ keepAlive: true, maxSockets: clients }) }
}

/** Sends one request and reads the whole answer. */
export function send({ origin, cookie, agent }: Target, { method, path, body }: Sent): Promise<Answer> {
  const data = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    ...(cookie === '' ? {} : { cookie }),
    ...(data === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(data) }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname: origin.hostname, port: origin.port, method, path, headers, agent }, (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(parts).toString('utf8') }))
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(data)
  })
}

export interface Load {
  /** Requests answered, and how many of them not with 200. */
  n: number
  errors: number
  perSecond: number
  /** Milliseconds. */
  p50: number
  p95: number
}

/** Runs `clients` clients for `seconds`; `next` makes each request. The first answer that is not 200 is kept in `firstError`. */
export async function load(target: Target, clients: number, seconds: number, next: () => Sent): Promise<Load & { firstError: string | undefined }> {
  const times: number[] = []
  let errors = 0
  let firstError: string | undefined
  const started = performance.now()
  const client = async (): Promise<void> => {
    while (performance.now() - started < seconds * 1000) {
      const at = performance.now()
      const answer = await send(target, next())
      times.push(performance.now() - at)
      if (answer.status !== 200) {
        errors += 1
        firstError ??= `${answer.status} ${answer.text.slice(0, 300)}`
      }
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const elapsed = (performance.now() - started) / 1000
  return { n: times.length, errors, perSecond: times.length / elapsed, p50: percentile(times, 50), p95: percentile(times, 95), firstError }
}

/** The nearest-rank percentile; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN
}
