// A real OpenID Connect provider on this machine, and a browser's way through it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { type Context, Provider } from 'oidc-provider'
import { type OidcProvider, readOidcProviders } from '#server/kit/oidc-providers.ts'

export const clientSecret = 'a-secret-of-the-tests-only-0123456789'

export interface TestProvider {
  issuer: string
  /** Whoever signs in there next. */
  who: { subject: string; name: string }
  stop: () => Promise<void>
}

/** Listens on a free port; stopped when the file ends. */
export async function listening(listener: (origin: string) => RequestListener): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  server.on('request', listener(origin))
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  after(stop)
  return { origin, stop }
}

/** Starts a provider that lets `who` in without asking, for clients that return to one of `returnTo`. */
export async function startProvider(returnTo: string[]): Promise<TestProvider> {
  const who = { subject: 'u-1001', name: '王建国' }
  const { origin, stop } = await listening((issuer) => {
    const provider = new Provider(issuer, {
      clients: [{ client_id: 'dajuan', client_secret: clientSecret, redirect_uris: returnTo, token_endpoint_auth_method: 'client_secret_post' }],
      cookies: { keys: ['test'] },
      claims: { openid: ['sub'], profile: ['name'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_context: Context, subject: string) => ({ accountId: subject, claims: () => ({ sub: subject, name: who.name }) }),
      loadExistingGrant: async ({ oidc }: Context) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
        grant.addOIDCScope('openid profile')
        await grant.save()
        return grant
      },
    })
    const usual = provider.callback()
    return (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return usual(request, response)
      void provider.interactionFinished(request, response, { login: { accountId: who.subject } })
    }
  })
  return { issuer: origin, who, stop }
}

/** Follows the provider's redirects as a fresh browser would, and stops at the page it is sent back to: that address. */
export async function throughProvider(url: string): Promise<URL> {
  const jar = new Map<string, string>()
  for (let at = new URL(url); ; ) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const next = reply.headers.get('location')
    if (next === null) throw new Error(`the provider answered ${reply.status}: ${(await reply.text()).slice(0, 300)}`)
    const { origin } = at
    at = new URL(next, at)
    if (at.origin !== origin) return at
  }
}

/** These providers as the server reads them from the file of DAJUAN_OIDC. */
export function providersOf(entries: object[]): OidcProvider[] {
  const folder = mkdtempSync(join(tmpdir(), 'dajuan-oidc-'))
  const file = join(folder, 'oidc.yaml')
  writeFileSync(file, JSON.stringify(entries), { mode: 0o600 })
  try {
    return readOidcProviders(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
