// Lists of tickets and the search in them, over HTTP at every scope: first page, page 200, a rate's tickets, words that are common and rare; the worst of each is told. The rates.
import { load, percentile, send, type Target } from './load.ts'
import type { Result } from './results.ts'
import { type Server, signIn } from './server.ts'

const CLIENTS = 16
const ALONE = 5

const readers = [
  { account: 'chengban', scope: 'a unit: its handler' },
  { account: 'xianqu', scope: 'a county: its desk' },
  { account: 'rexian', scope: 'the city: an agent of the hotline' },
]

const states = ['', 'state=open', 'state=closed', 'state=handling']
const keys = ['', 'category=street-lamps', 'class=ordinary', 'channel=phone', 'county=140403', 'category=heating&class=utility&channel=wechat']
const periods = ['', 'from=2023-01-01&to=2023-12-31']
const asked = (...parts: string[]): string => parts.filter(Boolean).join('&')
const combinations = [
  ...states.flatMap((state) => keys.flatMap((key) => periods.map((period) => asked(state, key, period)))),
  ...keys.map((key) => asked('overdue=true', key)),
]
const rates = ['closed', 'solved', 'satisfied'].map((among) => `among=${among}&from=2024-01-01&to=2024-06-30`)
const words = { common: '路灯', pair: '不亮', rare: '城隍' }

/** Milliseconds of each page alone (median), and the worst of them at 16 clients (p95). */
async function worst(target: Target, paths: readonly string[]): Promise<{ path: string; alone: number; p95: number; n: number; errors: number }> {
  const times = new Map<string, number>()
  for (const path of paths) {
    const each: number[] = []
    for (let turn = 0; turn < ALONE; turn += 1) {
      const began = performance.now()
      const { status, text } = await send(target, { method: 'GET', path })
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
      each.push(performance.now() - began)
    }
    times.set(path, percentile(each, 50))
  }
  const slowest = [...times].sort((left, right) => right[1] - left[1]).slice(0, 3)
  let found = { path: '', alone: slowest[0]?.[1] ?? Number.NaN, p95: 0, n: 0, errors: 0 }
  for (const [path] of slowest) {
    const { p95, n, errors } = await load(target, CLIENTS, 2, () => ({ method: 'GET', path }))
    found = { ...found, n: found.n + n, errors: found.errors + errors, ...(p95 > found.p95 ? { path, p95 } : {}) }
  }
  return found
}

const list = (query: string, more: string): string => `/api/hotline/tickets?${asked(query, more)}`

/** A row per scope and kind of page; needs a server with all tickets. */
export async function benchTicketLists(server: Server): Promise<Result[]> {
  const results: Result[] = []
  for (const { account, scope } of readers) {
    const { target } = await signIn(server, account, CLIENTS)
    const pages: [string, number, string[]][] = [
      ['first page of tickets', 50, combinations.map((query) => list(query, 'limit=30'))],
      ['page 200 of tickets', 50, combinations.slice(0, 12).map((query) => list(query, 'limit=30&page=200'))],
      ['a rate’s tickets, first page', 50, rates.map((query) => list(query, 'limit=30'))],
      ...Object.entries(words).map(([kind, word]): [string, number, string[]] => [
        `search, ${kind} word`,
        200,
        [list(`q=${encodeURIComponent(word)}`, 'limit=30'), list(`q=${encodeURIComponent(word)}&state=open`, 'limit=30')],
      ]),
    ]
    for (const [what, bar, paths] of pages) {
      const { path, alone, p95, n, errors } = await worst(target, paths)
      results.push({
        ...{ id: 'ticket-lists', what: `${what}: worst at 16 clients`, bar: `p95 ≤ ${bar} ms`, value: p95, unit: 'ms', n, p50: alone, p95 },
        ...{ baseline: null, scope, errors, met: p95 <= bar, note: `${decodeURIComponent(path)}; p50 is the slowest alone, median of ${ALONE}` },
      })
    }
  }
  return results
}

const asOf = [
  { what: 'as of now', bar: 20, path: '/api/hotline/rates?by=unit' },
  { what: 'as of 14 December 2023', bar: 300, path: '/api/hotline/rates?by=unit&from=2023-01&to=2023-12&asOf=2023-12-14' },
  { what: 'as of 15 June 2022', bar: 300, path: '/api/hotline/rates?by=unit&from=2022-01&to=2022-06&asOf=2022-06-15' },
]

/** The seven rates of a year for all units, one after another. */
export async function benchTicketRates(server: Server): Promise<Result[]> {
  const { target } = await signIn(server, 'rexian', 1)
  const results: Result[] = []
  for (const { what, bar, path } of asOf) {
    const { p50, p95, n, errors, firstError } = await load(target, 1, 4, () => ({ method: 'GET', path }))
    results.push({
      ...{ id: 'ticket-rates', what: `the seven rates of all units, ${what}`, bar: `≤ ${bar} ms`, value: p50, unit: 'ms', n, p50, p95 },
      ...{ baseline: null, scope: 'the city: an agent of the hotline', errors, met: p50 <= bar, note: firstError ?? path },
    })
  }
  return results
}
