// Lets the page of a visit open without network. It is registered when a visit is downloaded, for the inspection pages alone; it keeps the program's own
// files and no reply of the interface: what a phone takes along lies in its database (web/kit/forms/kept.ts) and goes with the session.
import { version } from '$app/env'
import { immutable } from '$app/manifest'

interface Extendable {
  waitUntil: (work: Promise<unknown>) => void
}
interface Fetching {
  request: Request
  respondWith: (reply: Promise<Response>) => void
}
/** What of a worker's surroundings is used here; the library's own types would hide those of the pages. */
interface Worker {
  location: Location
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
  addEventListener: ((type: 'install' | 'activate', act: (event: Extendable) => void) => void) & ((type: 'fetch', act: (event: Fetching) => void) => void)
}
const worker = globalThis as unknown as Worker
const PREFIX = 'dajuan-visits-'
const cacheName = `${PREFIX}${version}`
const SHELL = '/inspections/visit'
const files = new Set(immutable.map(({ path }) => new URL(path, worker.location.origin).pathname))

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll([SHELL, ...files]))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  const clear = async (): Promise<void> => {
    for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== cacheName) await caches.delete(name)
    await worker.clients.claim()
  }
  event.waitUntil(clear())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api/')) return
  if (files.has(pathname)) event.respondWith(caches.match(pathname).then((found) => found ?? fetch(request)))
  else if (request.mode === 'navigate' && pathname === SHELL)
    event.respondWith(fetch(request).catch(async () => (await caches.match(SHELL)) ?? Response.error()))
})
