// Sends drawn requests to every operation as several accounts and as nobody, and looks at each reply: no error of ours, the promised shape, no slow one.
import fc, { type Arbitrary } from 'fast-check'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { Compile } from 'typebox/compile'
import { type Code, statusOf } from '#base/errors.ts'
import { type Operation, requestsOf, type Sent } from './requests.ts'
import { learn, type Seen } from './values.ts'

export interface FuzzOptions {
  operations: readonly Operation[]
  requests: number
  seed: number
  /** Demonstration accounts; nobody, with no session, is always among those who ask. */
  logins: readonly string[]
}

/** What was wrong with a reply, and all that is needed to send it again. */
export interface Fault {
  what: string
  operation: string
  login: string
  sent: string
  reply: string
}

export interface FuzzReport {
  requests: number
  /** Replies of 5xx. */
  broken: Fault[]
  /** Replies that break their schema, or errors that break the one shape of errors or tell of our insides. */
  drift: Fault[]
  /** Over two seconds also when asked alone. */
  slow: Fault[]
  statuses: Record<string, number>
  byOperation: { id: string; asked: number; fine: number; slowestMs: number }[]
  seconds: number
}

const AT_ONCE = 6
const DRAWN = 6
const SLOW_MS = 2000
/** Words of our insides that no refusal may show. */
const INSIDES =
  /node_modules|\.ts:\d|\bat \/|syntax error at|violates|relation "|invalid input syntax|undefined|\[object Object\]|Cannot read|is not a function/

/** Words of the demonstration that stand in addresses and in no reply under the same name. */
const known = { sheet: ['changzhi'], rubric: ['clean-2024', 'model-2024'], tree: ['party', 'administrative'] }

/** A stranger first; the others sign in, again whenever their session has ended. */
interface Asker {
  login: string
  cookies: Record<string, string>
}

/** Runs until so many requests are answered; the same seed draws the same requests while the replies that teach it ids stay the same. */
export async function fuzz(app: FastifyInstance, { operations, requests, seed, logins }: FuzzOptions): Promise<FuzzReport> {
  const began = performance.now()
  const lists = new Map(Object.entries(known).map(([name, words]) => [name, [...words]]))
  const seenBy = ({ id }: Operation, { login }: Asker): Seen => ({ lists, login, module: id.split('.')[0] ?? '', polite: false })
  const report: FuzzReport = { requests: 0, broken: [], drift: [], slow: [], statuses: {}, byOperation: [], seconds: 0 }
  const checks = new Map(operations.map(({ id, replies }) => [id, Compile(replies.get('application/json') ?? {})]))
  const made = new Map<string, Arbitrary<Sent>>()
  const drawn = (operation: Operation, asker: Asker): Arbitrary<Sent> => {
    const key = `${operation.id} ${asker.login}`
    const present = made.get(key) ?? requestsOf(operation, seenBy(operation, asker))
    made.set(key, present)
    return present
  }
  const counts = new Map(operations.map(({ id }) => [id, { id, asked: 0, fine: 0, slowestMs: 0 }]))
  /** Who was let in at an operation: they are asked to go there more often. */
  const able = new Map<string, Asker[]>(operations.map(({ id }) => [id, []]))
  const askers: Asker[] = [{ login: 'nobody', cookies: {} }, ...logins.map((login) => ({ login, cookies: {} }))]
  for (const asker of askers) await signIn(app, asker)

  const ask = async (operation: Operation, asker: Asker, sent: Sent): Promise<void> => {
    const { reply, ms } = await answer(app, asker, sent)
    const count = counts.get(operation.id)
    if (reply === undefined || count === undefined) return
    const { statusCode: status } = reply
    report.requests += 1
    report.statuses[status] = (report.statuses[status] ?? 0) + 1
    count.asked += 1
    count.slowestMs = Math.max(count.slowestMs, ms)
    const fault = (what: string): Fault => ({ what, operation: operation.id, login: asker.login, sent: shown(sent), reply: reply.body.slice(0, 300) })
    if (status >= 500) report.broken.push(fault(`status ${status}`))
    else if (status >= 400) {
      const wrong = wrongRefusal(operation, status, reply.body)
      if (wrong !== undefined) report.drift.push(fault(wrong))
    } else if (reply.headers['content-type']?.toString().startsWith('application/json')) {
      const value: unknown = JSON.parse(reply.body)
      count.fine += 1
      if (checks.get(operation.id)?.Check(value) === false && isFor(operation, sent))
        report.drift.push(fault(JSON.stringify(checks.get(operation.id)?.Errors(value).slice(0, 2))))
      learn(seenBy(operation, asker), value)
    } else count.fine += 1
    if (status < 401 || [404, 409, 410, 422].includes(status)) able.get(operation.id)?.push(asker)
    if (ms > SLOW_MS && !isSlowedDown(operation) && (await slowAlone(app, asker, sent))) report.slow.push(fault(`${Math.round(ms)} ms`))
    if (status === 401 || /sign-out|password|session/.test(operation.path)) await signIn(app, asker)
  }

  for (let round = 0; report.requests < requests; round += 1) {
    for (const operation of inOrder(operations, report.requests / requests)) {
      const welcome = able.get(operation.id) ?? []
      const pick = (list: readonly Asker[], index: number) => list[(round + index) % list.length] as Asker
      const waiting = Array.from({ length: DRAWN }, (_, index) => {
        const asker = pick(index % 3 === 0 || welcome.length === 0 ? askers : welcome, index)
        const [sent] = fc.sample(drawn(operation, asker), { numRuns: 1, seed: seed + round * 1009 + index * 31 + operation.id.length })
        return { sent: sent as Sent, asker }
      })
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let turn = waiting.shift(); turn !== undefined; turn = waiting.shift()) await ask(operation, turn.asker, turn.sent)
        }),
      )
    }
  }
  report.byOperation = [...counts.values()]
  report.seconds = (performance.now() - began) / 1000
  return report
}

/** Accounts and sessions come last: what ends them must not keep the rest from being asked. */
function inOrder(operations: readonly Operation[], done: number): readonly Operation[] {
  const late = ({ id }: Operation) => id.startsWith('access.')
  return done < 0.5 ? operations.filter((operation) => !late(operation)) : operations
}

async function signIn(app: FastifyInstance, asker: Asker): Promise<void> {
  if (asker.login === 'nobody') return
  const reply = await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account: asker.login, password: `${asker.login}-2024` } })
  asker.cookies = Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
}

/** The reply and how long it took; undefined where the address can't even be sent. */
async function answer(app: FastifyInstance, { cookies }: Asker, { headers, ...sent }: Sent) {
  const began = performance.now()
  try {
    const cookie = Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
    const reply = await app.inject({ ...sent, headers: { ...(cookie === '' ? {} : { cookie }), ...headers } } as InjectOptions)
    return { reply, ms: performance.now() - began }
  } catch {
    return { reply: undefined, ms: 0 }
  }
}

/** Guesses at passwords are made to wait on purpose; the bench measures signing in. */
function isSlowedDown({ path }: Operation): boolean {
  return path.startsWith('/api/sign-in')
}

async function slowAlone(app: FastifyInstance, asker: Asker, sent: Sent): Promise<boolean> {
  for (const _ of [1, 2]) if ((await answer(app, asker, sent)).ms <= SLOW_MS) return false
  return true
}

/** An address that was bent may have led to another operation, whose reply is not this one's to judge. */
function isFor({ path }: Operation, { url }: Sent): boolean {
  const wanted = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/?]+')}\\?`)
  return wanted.test(url) && !/%(?![0-9a-f]{2})/i.test(url)
}

/** GeoReport v2 has errors of its own: a list of code and description, or the same as XML. */
function wrongReport(status: number, body: string): string | undefined {
  const [, code, description = ''] =
    /^(?:\[\{"code":(?=.*\}\]$)|<\?xml [^>]*>\s*<errors><error><code>)(\d+)(?:,"description":"|<\/code><description>)(.+)/s.exec(body) ?? []
  if (code === undefined) return 'an error of another shape than GeoReport’s'
  if (Number(code) !== status) return `code ${code} with status ${status}`
  return INSIDES.test(description) ? 'an error that tells of our insides' : undefined
}

function wrongRefusal({ path }: Operation, status: number, body: string): string | undefined {
  // An address that can't be read is refused before it is known whose it is.
  if (path.startsWith('/open311/') && !body.startsWith('{"code":"bad-request"')) return wrongReport(status, body)
  let value: { code?: string; message?: string; issues?: unknown }
  try {
    value = JSON.parse(body)
  } catch {
    return 'an error that is no JSON'
  }
  if (typeof value.message !== 'string' || value.message === '' || !Array.isArray(value.issues)) return 'an error of another shape'
  if (statusOf[value.code as Code] !== status) return `code ${value.code} with status ${status}`
  return INSIDES.test(value.message) ? 'an error that tells of our insides' : undefined
}

function shown({ method, url, headers, payload }: Sent): string {
  const body = payload === undefined ? '' : ` ${payload.toString('utf8').slice(0, 400)}`
  const more = Object.entries(headers).filter(([name]) => name !== 'content-type')
  return `${method} ${url.slice(0, 400)}${more.length === 0 ? '' : ` ${JSON.stringify(more).slice(0, 200)}`}${body}`
}

/** The report as lines for people. */
export function formatFuzz(report: FuzzReport): string {
  const { requests, broken, drift, slow, statuses, byOperation, seconds } = report
  const faults = (name: string, list: Fault[]) =>
    list.slice(0, 20).map(({ what, operation, login, sent, reply }) => `✗ ${name} ${operation} as ${login}: ${what}\n    ${sent}\n    ${reply}`)
  const slowest = byOperation.toSorted((a, b) => b.slowestMs - a.slowestMs).slice(0, 10)
  const unfit = byOperation.filter(({ fine }) => fine === 0).map(({ id }) => id)
  return [
    ...faults('5xx', broken),
    ...faults('drift', drift),
    ...faults('slow', slow),
    `slowest: ${slowest.map(({ id, slowestMs }) => `${id} ${Math.round(slowestMs)} ms`).join(', ')}`,
    `never answered with 200: ${unfit.length === 0 ? 'none' : unfit.join(', ')}`,
    `statuses: ${Object.entries(statuses)
      .map(([status, count]) => `${status} × ${count}`)
      .join(', ')}`,
    `${requests} requests to ${byOperation.length} operations in ${Math.round(seconds)} s: ${broken.length} × 5xx, ${drift.length} × drift, ${slow.length} × slow`,
  ].join('\n')
}
