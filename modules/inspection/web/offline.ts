// Makes the page of a visit open without network: our service worker, registered for the inspection pages alone.

interface Policies {
  createPolicy: (name: string, rules: { createScriptURL: (text: string) => string }) => { createScriptURL: (text: string) => unknown }
}

let address: unknown

/** The one address that the policy of the pages lets a worker have (server/app/headers.ts). */
function workerAddress(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes
  address ??= policies?.createPolicy('dajuan-worker', { createScriptURL: () => '/service-worker.js' }).createScriptURL('') ?? '/service-worker.js'
  return address as string
}

/** Gets the page itself ready for a day without network; false where the browser can't: an address without https, an old browser. */
export async function readyOffline(): Promise<boolean> {
  if (!globalThis.isSecureContext || !('serviceWorker' in navigator)) return false
  try {
    const registration = await navigator.serviceWorker.register(workerAddress(), { scope: '/inspections/' })
    const coming = registration.installing ?? registration.waiting
    if (coming !== null)
      await new Promise<void>((done, fail) => {
        const look = (): void => {
          if (coming.state === 'activated') done()
          else if (coming.state === 'redundant') fail(new Error('the worker could not be installed'))
        }
        coming.addEventListener('statechange', look)
        look()
      })
    return true
  } catch {
    return false
  }
}
