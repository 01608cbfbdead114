// The file that DAJUAN_OIDC names: at which OpenID Connect providers one may sign in. Every mistake is said at once, with its place and field.
import { dirname, resolve } from 'node:path'
import { type Static, Type } from 'typebox'
import { type Diagnostic, formatDiagnostic } from '#base/errors.ts'
import { closed } from '#base/schemas.ts'
import { checkYaml, parseYaml, type YamlFile } from '#base/yaml.ts'
import { OperatorError } from './operator-error.ts'
import { readPrivateFile } from './private-file.ts'

const NAMED_BY = 'DAJUAN_OIDC or its `clientSecretFile`'
const text = (field: string) => Type.String({ minLength: 1, description: `a text as \`${field}\`` })

const Entry = Type.Object(
  {
    /** Stored with whoever comes from there: it must not change. */
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$', description: 'a word of a–z, 0–9 and - as `id`' }),
    /** What the button says. */
    name: text('name'),
    issuer: text('issuer'),
    clientId: text('clientId'),
    clientSecret: Type.Optional(text('clientSecret')),
    /** A file with the secret and nothing else; relative to this file. */
    clientSecretFile: Type.Optional(text('clientSecretFile')),
    /** The city (its slug) that offers it; left out, every one. */
    tenant: Type.Optional(text('tenant')),
    /** Origins beside the issuer's own that its discovery document may name. */
    origins: Type.Optional(Type.Array(text('origins'))),
  },
  closed,
)
type Entry = Static<typeof Entry>

/** A provider as it is used: the secret read, the issuer an address. */
export interface OidcProvider {
  id: string
  name: string
  issuer: URL
  clientId: string
  clientSecret: string
  tenant: string | undefined
  /** The only origins that are asked for this provider. */
  origins: readonly string[]
}

/** True for an address of this machine, where plain HTTP is safe. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

/** Reads the providers of a YAML or JSON file. Throws one message with every mistake. */
export function readOidcProviders(file: string): OidcProvider[] {
  const text = readPrivateFile(file, NAMED_BY)
  const yaml = parseYaml(text, file, 'native')
  const shape = yaml.diagnostics.length > 0 ? yaml.diagnostics : checkYaml(yaml, Type.Array(Entry))
  const entries = yaml.tree as Entry[]
  const mistakes = shape.length > 0 ? shape : entries.flatMap((_entry, at) => mistakesOf(yaml, entries, at))
  if (mistakes.length > 0) throw new OperatorError(`The file of DAJUAN_OIDC has mistakes:\n${mistakes.map(formatDiagnostic).join('\n')}`)
  return entries.map((entry) => {
    const { id, name, clientId, tenant, origins = [] } = entry
    const issuer = new URL(entry.issuer)
    const clientSecret = entry.clientSecret ?? readPrivateFile(resolve(dirname(file), entry.clientSecretFile ?? ''), NAMED_BY).trim()
    return { id, name, issuer, clientId, clientSecret, tenant, origins: [issuer.origin, ...origins.map((origin) => new URL(origin).origin)] }
  })
}

function mistakesOf(yaml: YamlFile, entries: Entry[], at: number): Diagnostic[] {
  const entry = entries[at]
  if (entry === undefined) return []
  const wrong = (field: keyof Entry, message: string): Diagnostic => ({ ...yaml.placeOf([at, field]), code: 'oidc', message: `\`${field}\` ${message}` })
  const found: Diagnostic[] = []
  if (entries.findIndex(({ id }) => id === entry.id) !== at) found.push(wrong('id', `\`${entry.id}\` is taken by an entry above`))
  if (!isSafe(entry.issuer)) found.push(wrong('issuer', 'must be an https address (http only for a provider on this machine)'))
  if (entry.origins?.some((origin) => !isSafe(origin))) found.push(wrong('origins', 'must be https addresses'))
  if ((entry.clientSecret === undefined) === (entry.clientSecretFile === undefined))
    found.push(wrong('clientSecret', 'or `clientSecretFile` must be given, one of the two'))
  return found
}

function isSafe(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))
}
