// Messages on their way out: a mail server, a webhook and a folder of the test's own; what was surely not taken is told apart from what may have been.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttp, type RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setDefaultCACertificates, TLSSocket } from 'node:tls'
import { type Message, NotTaken } from './message.ts'
import { readNotifier } from './notify.ts'
import { mailer } from './smtp.ts'
import { signatureOf, webhook } from './webhook.ts'

const tls = (name: string) => readFileSync(join(import.meta.dirname, '../../../test/tls', name), 'utf8')
setDefaultCACertificates([tls('localhost.cert.pem')])
const folder = mkdtempSync(join(tmpdir(), 'dajuan-notify-'))
const servers: Server[] = []
after(() => {
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true })
})

const message: Message = {
  ...{ id: 'm1.1.a', login: 'zhibu', subject: '工作任务：待签收，2024年12月24日到期，请在期限以前办理' },
  ...{ text: '您有一件“工作任务”轮到您办。', link: 'https://city.example/matters/m1?move=receive' },
}
const portOf = async (server: Server): Promise<number> => {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** How a mail server of the test behaves: what it answers to a command, by its first word; `.` is the end of a mail. */
type Manners = Record<string, string | null>

/** A mail server that writes down what it hears; STARTTLS turns the line into TLS. */
async function mailServer(manners: Manners): Promise<{ port: number; heard: string[]; mails: string[] }> {
  const [heard, mails]: [string[], string[]] = [[], []]
  const serve = (socket: Socket | TLSSocket, greets: boolean): void => {
    let [text, mail] = ['', undefined as string[] | undefined]
    const answer = (word: string, usual: string): void => {
      const said = manners[word] === undefined ? usual : manners[word]
      if (said === null) socket.destroy()
      else socket.write(`${said}\r\n`)
    }
    socket.on('error', () => undefined)
    if (greets) answer('hello', '220 mail.example ESMTP')
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n')) {
        const line = text.slice(0, at)
        text = text.slice(at + 2)
        if (mail !== undefined) {
          if (line !== '.') mail.push(line)
          else {
            mails.push(mail.join('\n'))
            mail = undefined
            answer('.', '250 taken')
          }
          continue
        }
        heard.push(line)
        const [word = ''] = line.split(' ')
        if (word === 'STARTTLS') {
          socket.removeAllListeners('data')
          answer(word, '220 go ahead')
          return serve(new TLSSocket(socket, { isServer: true, cert: tls('localhost.cert.pem'), key: tls('localhost.key.pem') }), false)
        }
        if (word === 'DATA') mail = []
        answer(word, word === 'EHLO' ? '250-mail.example\r\n250-STARTTLS\r\n250 AUTH PLAIN' : word === 'DATA' ? '354 go on' : '250 ok')
      }
    })
  }
  return { port: await portOf(createServer((socket) => serve(socket, true))), heard, mails }
}
const from = { from: 'dajuan@city.example', to: '{login}@mail.example' }
const decoded = (mail: string): { subject: string; body: string } => ({
  subject: [...(/^Subject: ((?:.*\n(?: .*\n)*))/m.exec(mail)?.[1] ?? '').matchAll(/=\?UTF-8\?B\?(.*?)\?=/g)]
    .map(([, part = '']) => Buffer.from(part, 'base64').toString())
    .join(''),
  body: Buffer.from(mail.split('\n\n')[1] ?? '', 'base64').toString(),
})

test('a mail goes over STARTTLS, signed in, to the address of the login; the words arrive as they were, in lines that servers take', async () => {
  const { port, heard, mails } = await mailServer({})
  await mailer({ server: `smtp://mail%40city:s%2Fecret@localhost:${port}`, ...from })(message)
  assert.deepEqual(
    heard.map((line) => line.replace(/^EHLO .+/, 'EHLO')),
    [
      'EHLO',
      'STARTTLS',
      'EHLO',
      `AUTH PLAIN ${Buffer.from('\0mail@city\0s/ecret').toString('base64')}`,
      'MAIL FROM:<dajuan@city.example>',
      'RCPT TO:<zhibu@mail.example>',
      'DATA',
      'QUIT',
    ],
  )
  const [mail = ''] = mails
  assert.deepEqual(decoded(mail), { subject: message.subject, body: `${message.text}\r\n\r\n${message.link}\r\n` })
  assert.ok(mail.split('\n').every((line) => Buffer.byteLength(line) <= 78 && /^[\x20-\x7e]*$/.test(line)))
  assert.match(mail, /^Message-ID: <m1\.1\.a@city\.example>$/m)
})

test('what a mail server refuses, at any word, was not taken; where it hangs up after the mail, nobody knows', async () => {
  for (const word of ['hello', 'EHLO', 'STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA', '.']) {
    const { port, mails } = await mailServer({ [word]: '550 no' })
    await assert.rejects(
      mailer({ server: `smtp://a:b@localhost:${port}`, ...from })(message),
      (error) => error instanceof NotTaken && /550 no/.test(error.message),
      word,
    )
    assert.equal(mails.length, word === '.' ? 1 : 0)
  }
  for (const word of ['hello', 'RCPT', '.']) {
    const { port } = await mailServer({ [word]: null })
    await assert.rejects(mailer({ server: `smtp://localhost:${port}`, ...from })(message), (error) => error instanceof NotTaken === (word !== '.'), word)
  }
  const { port, heard } = await mailServer({})
  await assert.rejects(mailer({ server: `smtp://localhost:${port}`, ...from })({ ...message, login: 'a>\r\nRCPT TO:<b' }), NotTaken)
  assert.deepEqual(heard, [], 'nobody is asked to take what has no address')
})

test('a webhook gets the message as JSON with a signature that the shared secret makes; only 2xx has taken it', async () => {
  const seen: { headers: Record<string, unknown>; body: string }[] = []
  let status = 204
  const listen: RequestListener = (request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      seen.push({ headers: request.headers, body })
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
  }
  const port = await portOf(createHttp(listen))
  const file = join(folder, 'webhook.yaml')
  writeFileSync(file, `origin: https://city.example\nwebhook: { url: 'http://127.0.0.1:${port}/sms', secret: shared }\n`, { mode: 0o600 })
  const { send, origin } = readNotifier(file)
  assert.equal(origin, 'https://city.example')
  await send(message)
  const [{ headers = {}, body = '' } = {}] = seen
  assert.deepEqual(JSON.parse(body), message)
  assert.equal(headers['x-dajuan-signature'], signatureOf('shared', String(headers['x-dajuan-time']), body))
  for (status of [500, 404, 429]) await assert.rejects(send(message), NotTaken)
  status = 302
  await assert.rejects(send(message), (error) => !(error instanceof NotTaken), 'led elsewhere, it may have been taken')
  const gone = await portOf(createHttp(listen))
  await new Promise((resolve) => (servers.pop() as Server).close(resolve))
  await assert.rejects(webhook({ url: `http://127.0.0.1:${gone}/sms`, secret: 'shared' })(message), NotTaken, 'nobody is there')
})

test('a folder gets a file a message, once', async () => {
  const [file, into] = [join(folder, 'folder.yaml'), join(folder, 'out')]
  writeFileSync(file, `origin: https://city.example\nfolder: ${into}\n`, { mode: 0o600 })
  const { send } = readNotifier(file)
  await send(message)
  await assert.rejects(send(message), /EEXIST/)
  assert.deepEqual(readdirSync(into), ['m1.1.a.json'])
})

test('every mistake of the file is said with its place, and a file that others may read is refused', () => {
  const mistakes: [string, RegExp][] = [
    ['origin: http://city.example/x\n', /one of `mail`, `webhook` and `folder`[\s\S]*`origin` must be https/],
    ['origin: https://city.example\nmail: { server: http://x, from: a@b, to: all@b }\n', /`server` must be smtps[\s\S]*{login}/],
    ['origin: https://city.example\nwebhook: { url: http://sms.example, secret: x }\n', /`url` must be an https address/],
    ['origin: https://city.example\nfolder: a\nmail: { server: smtps://x, from: a@b, to: "{login}@b" }\n', /and one alone/],
    ['folder: a\n', /origin/],
  ]
  const file = join(folder, 'wrong.yaml')
  for (const [text, told] of mistakes) {
    writeFileSync(file, text, { mode: 0o600 })
    assert.throws(() => readNotifier(file), told, text)
  }
  const open = join(folder, 'open.yaml')
  writeFileSync(open, 'folder: a\n', { mode: 0o644 })
  assert.throws(() => readNotifier(open), /may be read by others/)
  assert.throws(() => readNotifier(join(folder, 'none.yaml')), /DAJUAN_NOTIFY/)
})
