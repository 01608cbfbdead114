// Sign-in at a provider elsewhere: OpenID Connect's code flow with PKCE, state and nonce. No address is asked but those of the
// configured issuers, each within a time limit; what a provider's discovery document says is kept for an hour.
import type { Configuration, CustomFetchOptions } from 'openid-client'
import { Refusal } from '#base/errors.ts'
import { log } from './log.ts'
import { isLoopback, type OidcProvider } from './oidc-providers.ts'

const TIME_LIMIT_SECONDS = 5
const KEPT_MS = 3_600_000
/** A provider that did not answer is not asked again for so long: whoever waits for it holds up others. */
const FAILURE_KEPT_MS = 3_000

/** What must be known again when the provider sends the person back. For the one browser that left. */
export interface Departure {
  provider: string
  returnTo: string
  state: string
  nonce: string
  verifier: string
}

/** Whom the provider says has come. `subject` never changes; `name` is for people to read. */
export interface OidcSubject {
  subject: string
  name: string
}

export interface Oidc {
  /** The providers that a city offers. */
  offered: (tenant: { slug: string }) => { id: string; name: string }[]
  /** Where the browser is to go. Refuses in words while the provider can't be asked. */
  depart: (provider: string, returnTo: string) => Promise<{ url: string; departure: Departure }>
  /** Who has come back, by the query the provider sent along. Refuses what is not the answer to this departure. */
  arrive: (departure: Departure, query: string) => Promise<OidcSubject>
}

/** Sign-in at these providers. The library is loaded with the first use. */
export function oidcAt(providers: readonly OidcProvider[]): Oidc {
  const known = new Map<string, { found: Promise<Configuration>; until: number }>()
  const named = (id: string): OidcProvider => {
    const provider = providers.find((one) => one.id === id)
    if (provider === undefined) throw new Refusal('not-found', '没有这种登录方式，请从登录页重新开始。')
    return provider
  }
  const discovered = (provider: OidcProvider): Promise<Configuration> => {
    const kept = known.get(provider.id)
    if (kept !== undefined && kept.until > Date.now()) return kept.found
    const entry = { found: discover(provider), until: Date.now() + KEPT_MS }
    entry.found.catch(() => Object.assign(entry, { until: Date.now() + FAILURE_KEPT_MS }))
    known.set(provider.id, entry)
    return entry.found
  }
  return {
    offered: ({ slug }) => providers.filter(({ tenant }) => tenant === undefined || tenant === slug).map(({ id, name }) => ({ id, name })),
    depart: (id, returnTo) => {
      const provider = named(id)
      return inWords(provider, async () => {
        const client = await import('openid-client')
        const config = await discovered(provider)
        const departure = { provider: id, returnTo, state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
        const url = client.buildAuthorizationUrl(config, {
          redirect_uri: returnTo,
          scope: 'openid profile',
          state: departure.state,
          nonce: departure.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(departure.verifier),
          code_challenge_method: 'S256',
        })
        mustBeOf(provider, url)
        return { url: url.href, departure }
      })
    },
    arrive: ({ provider: id, returnTo, state, nonce, verifier }, query) => {
      const provider = named(id)
      return inWords(provider, async () => {
        const client = await import('openid-client')
        const config = await discovered(provider)
        const answer = new URL(`${returnTo}?${query.replace(/^\?/, '')}`)
        const tokens = await client.authorizationCodeGrant(config, answer, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier })
        const claims = tokens.claims()
        if (claims === undefined) throw new Error('an answer without an ID token')
        const { sub, name } = claims
        // Many providers tell the name only here. It is for people to read: a sign-in doesn't fail for want of it.
        const more = name === undefined ? await client.fetchUserInfo(config, tokens.access_token, sub).catch(() => undefined) : undefined
        return { subject: sub, name: String(name ?? more?.name ?? '').slice(0, 100) }
      })
    },
  }
}

async function discover(provider: OidcProvider): Promise<Configuration> {
  const client = await import('openid-client')
  return client.discovery(provider.issuer, provider.clientId, provider.clientSecret, undefined, {
    timeout: TIME_LIMIT_SECONDS,
    execute: [client.enableNonRepudiationChecks, ...(isLoopback(provider.issuer) ? [client.allowInsecureRequests] : [])],
    [client.customFetch]: (address: string, options: CustomFetchOptions) => {
      mustBeOf(provider, new URL(address))
      return fetch(address, options as RequestInit)
    },
  })
}

/** The provider's documents can't lead us, or the browser, anywhere that the configuration doesn't name. */
function mustBeOf({ id, origins }: OidcProvider, { origin }: URL): void {
  if (!origins.includes(origin)) throw new Error(`provider ${id} names ${origin}; add it to its \`origins\` if that is right`)
}

/** Runs `work`; a failure is logged for the operator and refused in words for the person. */
async function inWords<T>({ id, name }: OidcProvider, work: () => Promise<T>): Promise<T> {
  const { AuthorizationResponseError, ClientError, ResponseBodyError } = await import('openid-client')
  try {
    return await work()
  } catch (error) {
    const { code, cause, message } = error as Error & { code?: string }
    const reason = error instanceof AuthorizationResponseError || error instanceof ResponseBodyError ? error.error : String((cause as Error)?.message ?? '')
    // A browser brings some of it along: a line stays a line.
    log('oidc failed', { provider: id, code, error: message.slice(0, 200), reason: reason.slice(0, 200) })
    if (error instanceof AuthorizationResponseError && error.error === 'access_denied')
      throw new Refusal('not-signed-in', `您在“${name}”取消了登录，或者它没有同意。请从登录页重新开始。`)
    const isAnswer =
      error instanceof AuthorizationResponseError || error instanceof ResponseBodyError || (error instanceof ClientError && WRONG.has(code ?? ''))
    if (isAnswer) throw new Refusal('not-signed-in', `“${name}”的回答不属于这次登录，或者已经用过、过了时间。请从登录页重新开始。`)
    throw new Refusal('conflict', `现在联系不上“${name}”。请稍后再试，或换一种登录方式；一直不行，请联系系统管理员。`)
  }
}

/** What openid-client says of an answer that is wrong, as against a provider that can't be reached. */
const WRONG = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_INVALID_REQUEST',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
])
