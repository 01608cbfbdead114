// What one does with a passkey, each once: the steps of the audit's test that are theirs.
import { type Authenticator, authenticator } from './authenticator.ts'

interface Ground {
  send: (sent: { url: string; payload: object }) => Promise<{ json: <T>() => T }>
  /** The passkey that the first step has added. */
  id: () => Promise<string>
  password: string
}

/** A challenge's id, and what the authenticator is asked. */
interface Asked<Verb extends 'create' | 'get'> {
  challenge: string
  options: Parameters<Authenticator[Verb]>[0]
}

interface PasskeyStep {
  action: string
  send: () => Promise<{ url: string; payload: object }>
}

/** By endpoint: the entry that it leaves, and its request, sent in this order. */
export function passkeySteps({ send, id, password }: Ground): Record<string, PasskeyStep> {
  const key = authenticator('http://localhost:80')
  return {
    'access.passkey-add': {
      action: 'access.passkey-add',
      send: async () => {
        const { challenge, options } = (await send({ url: '/api/passkeys/options', payload: { password } })).json<Asked<'create'>>()
        return { url: '/api/passkeys', payload: { challenge, name: 'test key', response: key.create(options) } }
      },
    },
    'access.passkey-rename': {
      action: 'access.passkey-rename',
      send: async () => ({ url: `/api/passkeys/${await id()}/name`, payload: { name: 'other' } }),
    },
    'access.passkey-sign-in': {
      action: 'access.sign-in',
      send: async () => {
        const { challenge, options } = (await send({ url: '/api/sign-in/passkey/challenge', payload: {} })).json<Asked<'get'>>()
        return { url: '/api/sign-in/passkey', payload: { challenge, response: key.get(options) } }
      },
    },
    'access.passkey-remove': {
      action: 'access.passkey-remove',
      send: async () => ({ url: `/api/passkeys/${await id()}/removal`, payload: {} }),
    },
  }
}
