// The browser's part of passkeys. What goes wrong becomes a sentence; the library is loaded with the first use.
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON, WebAuthnError } from '@simplewebauthn/browser'
import { CallError, call } from '#web/kit/api/call.ts'
import { passkeyAdd, passkeyChallenge, passkeyOptions, passkeySignIn } from '../identity/passkeys.contract.ts'

/** Why this page can't use passkeys, and the address by which it could; null where it can. `isNamed`: the server was reached by a name. */
export function hindrance(isNamed: boolean): { words: string; address?: string } | null {
  const { protocol, hostname, port, pathname, search } = location
  if (!isNamed) {
    const isHere = hostname.startsWith('127.') || hostname === '[::1]'
    const words = '通行密钥认的是网址里的名字，不认数字地址。'
    return isHere ? { words, address: `${protocol}//localhost${port && `:${port}`}${pathname}${search}` } : { words: `${words}请用本系统的域名打开。` }
  }
  if (!isSecureContext) return { words: '通行密钥只在加密的网址（https）上可用。' }
  return typeof PublicKeyCredential === 'undefined' ? { words: '这个浏览器不支持通行密钥，请换新版的浏览器。' } : null
}

/** Signs in with a passkey of this device; the session. */
export async function enterByPasskey() {
  const { challenge, options } = await call(passkeyChallenge, {})
  const response = await asked(async () => {
    const { startAuthentication } = await import('@simplewebauthn/browser')
    return startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON })
  })
  return call(passkeySignIn, { body: { challenge, response } })
}

/** Makes a passkey on this device for one's own account. */
export async function makePasskey(name: string, password: string) {
  const { challenge, options } = await call(passkeyOptions, { body: { password } })
  const response = await asked(async () => {
    const { startRegistration } = await import('@simplewebauthn/browser')
    return startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
  })
  return call(passkeyAdd, { body: { challenge, name, response } })
}

/** What the device answers; its refusals in words. */
async function asked<T>(device: () => Promise<T>): Promise<T> {
  try {
    return await device()
  } catch (error) {
    const { name, code } = error as WebAuthnError
    if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') throw new CallError('conflict', 0, '这台设备上已经有您的通行密钥，不用再添加。')
    if (name === 'NotAllowedError' || name === 'AbortError')
      throw new CallError('conflict', 0, '没有完成：取消了、等得太久，或者这台设备上没有您的通行密钥。可以再试一次。')
    throw new CallError('conflict', 0, '这台设备或这个浏览器用不了通行密钥，请换一台，或换一种登录方式。')
  }
}
