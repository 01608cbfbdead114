// The way out of the house for a few words to one person: by mail, to a webhook (SMS, 政务微信), or into a folder. DAJUAN_NOTIFY names a file that says which.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { type Diagnostic, formatDiagnostic } from '#base/errors.ts'
import { closed } from '#base/schemas.ts'
import { checkYaml, parseYaml } from '#base/yaml.ts'
import { isLoopback } from '../oidc-providers.ts'
import { OperatorError } from '../operator-error.ts'
import { readPrivateFile } from '../private-file.ts'
import type { Message } from './message.ts'
import { mailer } from './smtp.ts'
import { webhook } from './webhook.ts'

export interface Notifier {
  /** The address of this installation, which links begin with. */
  origin: string
  /** Hands a message over. Throws NotTaken where it was surely not taken. */
  send: (message: Message) => Promise<void>
}

const text = (what: string) => Type.String({ minLength: 1, description: what })
const Settings = Type.Object(
  {
    origin: text('the https address of this installation as `origin`'),
    mail: Type.Optional(
      Type.Object(
        {
          server: text('smtps://user:password@host:465 or smtp://… (STARTTLS) as `server`'),
          from: text('an address as `from`'),
          to: text('an address with {login} in it as `to`'),
        },
        closed,
      ),
    ),
    webhook: Type.Optional(Type.Object({ url: text('an https address as `url`'), secret: text('a shared secret as `secret`') }, closed)),
    folder: Type.Optional(text('a folder as `folder`')),
  },
  closed,
)
type Settings = Static<typeof Settings>

/** Reads the file of DAJUAN_NOTIFY (YAML or JSON). Throws one message with every mistake. */
export function readNotifier(file: string): Notifier {
  const yaml = parseYaml(readPrivateFile(file, 'DAJUAN_NOTIFY'), file, 'native')
  const shape = yaml.diagnostics.length > 0 ? yaml.diagnostics : checkYaml(yaml, Settings)
  const settings = yaml.tree as Settings
  const wrong = (path: string[], message: string): Diagnostic => ({ ...yaml.placeOf(path), code: 'notify', message })
  const mistakes = shape.length > 0 ? shape : mistakesOf(settings, wrong)
  if (mistakes.length > 0) throw new OperatorError(`The file of DAJUAN_NOTIFY has mistakes:\n${mistakes.map(formatDiagnostic).join('\n')}`)
  return notifierOf(settings)
}

function mistakesOf({ origin, mail, webhook: hook, folder }: Settings, wrong: (path: string[], message: string) => Diagnostic): Diagnostic[] {
  const isSafe = (address: string, secure: string, plain: string): boolean => {
    const url = URL.parse(address)
    return url !== null && (url.protocol === secure || (url.protocol === plain && (plain === 'smtp:' || isLoopback(url))))
  }
  return [
    ...([mail, hook, folder].filter((way) => way !== undefined).length === 1
      ? []
      : [wrong([], 'one of `mail`, `webhook` and `folder` must be given, and one alone')]),
    ...(isSafe(origin, 'https:', 'http:') && new URL(origin).origin === origin ? [] : [wrong(['origin'], '`origin` must be https://host without a path')]),
    ...(mail === undefined || isSafe(mail.server, 'smtps:', 'smtp:') ? [] : [wrong(['mail', 'server'], '`server` must be smtps:// or smtp://')]),
    ...(mail === undefined || mail.to.includes('{login}') ? [] : [wrong(['mail', 'to'], '`to` must hold {login}: the address of whoever has that account')]),
    ...(hook === undefined || isSafe(hook.url, 'https:', 'http:')
      ? []
      : [wrong(['webhook', 'url'], '`url` must be an https address (http for this machine alone)')]),
  ]
}

function notifierOf({ origin, mail, webhook: hook, folder = '' }: Settings): Notifier {
  if (mail !== undefined) return { origin, send: mailer(mail) }
  return { origin, send: hook === undefined ? intoFolder(folder) : webhook(hook) }
}

/** A file a message, by its id: for tests, and for a program of the house's own that takes them from there. */
function intoFolder(folder: string): Notifier['send'] {
  return async (message) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${message.id.replaceAll(/[^\w.-]/g, '_')}.json`), `${JSON.stringify(message)}\n`, { flag: 'wx' })
  }
}
