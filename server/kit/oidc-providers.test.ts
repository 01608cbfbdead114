// The file of DAJUAN_OIDC: read, and every mistake in it said with its place and field.
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readOidcProviders } from './oidc-providers.ts'

const folder = mkdtempSync(join(tmpdir(), 'dajuan-providers-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const write = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text, { mode: 0o600 })
  return file
}
const says = (text: string, ...words: RegExp[]): void => {
  const file = write('wrong.yaml', text)
  for (const what of words) assert.throws(() => readOidcProviders(file), what)
}
const entry = (fields: string): string => `- { id: city, name: 市统一身份认证, clientId: dajuan, ${fields} }`

test('a provider is read with its secret from the file beside it', () => {
  write('secret', 'from a file\n')
  const file = write(
    'good.yaml',
    `${entry('issuer: https://id.example.gov.cn/realms/city, clientSecretFile: secret, tenant: changzhi, origins: [https://keys.example.gov.cn/x]')}
- { id: here, name: 本机, clientId: d, clientSecret: in the file, issuer: 'http://127.0.0.1:4000' }`,
  )
  const [city, here] = readOidcProviders(file)
  assert.deepEqual(
    [city?.clientSecret, city?.issuer.href, city?.tenant, city?.origins],
    ['from a file', 'https://id.example.gov.cn/realms/city', 'changzhi', ['https://id.example.gov.cn', 'https://keys.example.gov.cn']],
  )
  assert.deepEqual([here?.clientSecret, here?.tenant, here?.origins], ['in the file', undefined, ['http://127.0.0.1:4000']])
})

test('mistakes are said by place and field, all at once', () => {
  says('- { id: city }', /wrong\.yaml:1:3 .*`name` is missing/, /`issuer` is missing/, /`clientId` is missing/)
  says(entry('issuer: https://a.example, clientSecret: x, secret: y'), /no key `secret` here/)
  says(entry('issuer: not an address, clientSecret: x'), /`issuer` must be an https address/)
  for (const issuer of ['http://id.example.gov.cn', 'file:///etc/passwd', 'http://127.0.0.1.example', 'javascript:alert(1)'])
    says(entry(`issuer: '${issuer}', clientSecret: x`), /1:\d+ oidc `issuer` must be/)
  says(entry('issuer: https://a.example'), /`clientSecret` or `clientSecretFile` must be given, one of the two/)
  says(entry('issuer: https://a.example, clientSecret: x, clientSecretFile: y'), /one of the two/)
  says(entry(`issuer: https://a.example, clientSecret: x, origins: ['http://b.example']`), /`origins` must be https/)
  const good = entry('issuer: https://a.example, clientSecret: x')
  says(`${good}\n${good}`, /2:\d+ oidc `id` `city` is taken/)
  says('- { id: City, name: 1 }', /1:9 shape expected a word of .* as `id`, found `City`/, /expected a text as `name`, found `1`/)
  says('id: city', /expected a list/)
  says(entry('issuer: [').replace(' }', ''), /wrong\.yaml:1/)
})

test('a file that is not there, or that others may read, is said with the way out', () => {
  assert.throws(() => readOidcProviders(join(folder, 'none.yaml')), /There is no file .*none\.yaml/)
  says(entry('issuer: https://a.example, clientSecretFile: no-such'), /There is no file .*no-such/)
  if (process.platform === 'win32') return
  const file = write('open.yaml', entry('issuer: https://a.example, clientSecret: x'))
  chmodSync(file, 0o644)
  assert.throws(() => readOidcProviders(file), /chmod 600/)
})
