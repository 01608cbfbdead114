// Mail by SMTP (RFC 5321): EHLO, STARTTLS, AUTH PLAIN, one recipient, DATA. By hand, since it is the one mail we write: plain text in base64.
import { connect, isIP, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { connect as connectTls } from 'node:tls'
import { isLoopback } from '../oidc-providers.ts'
import { type Message, NotTaken } from './message.ts'

const PATIENCE_MS = 30_000
const ports = { 'smtp:': 587, 'smtps:': 465 }

interface Reply {
  code: number
  lines: string[]
}

/** Lines to and from a server over a socket. */
interface Talk {
  /** Sends a line and waits for its reply; NotTaken unless its code begins with the digit. */
  say: (line: string, wanted: string) => Promise<Reply>
  /** Waits for a reply without saying anything. */
  hear: (wanted: string) => Promise<Reply>
  /** Stops listening, so that TLS can take the socket over. What the server has said too early is dropped. */
  release: () => void
}

function talkOver(socket: Socket): Talk {
  const replies: Reply[] = []
  let [text, lines, lost] = ['', [] as string[], undefined as Error | undefined]
  let wake: () => void = () => undefined
  const end = (error: Error): void => {
    lost ??= error
    wake()
  }
  const take = (chunk: Buffer): void => {
    text += chunk.toString('latin1')
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n')) {
      const line = text.slice(0, at).trimEnd()
      text = text.slice(at + 1)
      lines.push(line.slice(4))
      if (line[3] === '-') continue
      replies.push({ code: Number(line.slice(0, 3)), lines })
      lines = []
    }
    wake()
  }
  const closed = (): void => end(new Error('the mail server has hung up'))
  const silent = (): void => end(new Error('the mail server says nothing'))
  socket.setTimeout(PATIENCE_MS)
  socket.on('data', take).on('error', end).on('close', closed).on('timeout', silent)
  const hear = async (wanted: string): Promise<Reply> => {
    while (replies.length === 0) {
      if (lost !== undefined) throw lost
      await new Promise<void>((resolve) => (wake = resolve))
    }
    const reply = replies.shift() as Reply
    if (!String(reply.code).startsWith(wanted)) throw new NotTaken(`the mail server says ${reply.code} ${reply.lines.at(-1)}`)
    return reply
  }
  return {
    hear,
    say: (line, wanted) => {
      socket.write(`${line}\r\n`)
      return hear(wanted)
    },
    release: () => void socket.off('data', take).off('close', closed).off('timeout', silent),
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
/** An encoded word (RFC 2047) for every twelve characters: none is longer than 75. */
const header = (text: string): string => (text.match(/.{1,12}/gsu) ?? []).map((part) => `=?UTF-8?B?${base64(part)}?=`).join('\r\n ')
const wrapped = (text: string): string => (base64(text).match(/.{1,76}/g) ?? []).join('\r\n')

/** The mail as it is sent. Base64 has no dots, so no line is stuffed. */
function written(from: string, to: string, { id, subject, text, link }: Message): string {
  return [
    `From: <${from}>`,
    `To: <${to}>`,
    `Subject: ${header(subject)}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${from.split('@')[1]}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    'Auto-Submitted: auto-generated',
    '',
    wrapped(`${text}\r\n\r\n${link}\r\n`),
  ].join('\r\n')
}

/** Opens the way to the server up to where a mail may begin: in TLS, signed in. */
async function open(server: URL, sockets: Socket[]): Promise<Talk> {
  const host = server.hostname.replace(/^\[|\]$/g, '')
  const place = { host, port: Number(server.port) || ports[server.protocol as keyof typeof ports] }
  const secured = (over: object): Socket => connectTls({ host, ...over, servername: isIP(host) === 0 ? host : '' })
  let socket: Socket = server.protocol === 'smtps:' ? secured(place) : connect(place)
  sockets.push(socket)
  let talk = talkOver(socket)
  await talk.hear('2')
  let { lines } = await talk.say(`EHLO ${hostname()}`, '2')
  if (server.protocol === 'smtp:' && lines.includes('STARTTLS')) {
    await talk.say('STARTTLS', '2')
    talk.release()
    sockets.push((socket = secured({ socket })))
    talk = talkOver(socket)
    ;({ lines } = await talk.say(`EHLO ${hostname()}`, '2'))
  } else if (server.protocol === 'smtp:' && !isLoopback(server)) throw new NotTaken('the mail server offers no TLS')
  if (server.username !== '') await talk.say(`AUTH PLAIN ${base64(`\0${decodeURIComponent(server.username)}\0${decodeURIComponent(server.password)}`)}`, '2')
  return talk
}

const address = /^[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+$/u

/** Sends by a mail server. What fails before the mail was handed over, or is refused, was not taken. */
export function mailer({ server, from, to }: { server: string; from: string; to: string }): (message: Message) => Promise<void> {
  return async (message) => {
    const receiver = to.replace('{login}', message.login)
    if (!address.test(receiver)) throw new NotTaken(`${receiver} is no address`)
    const sockets: Socket[] = []
    try {
      const talk = await open(new URL(server), sockets)
        .then(async (begun) => {
          await begun.say(`MAIL FROM:<${from}>`, '2')
          await begun.say(`RCPT TO:<${receiver}>`, '2')
          await begun.say('DATA', '3')
          return begun
        })
        .catch((error: Error) => {
          throw new NotTaken(error.message)
        })
      await talk.say(`${written(from, receiver, message)}\r\n.`, '2')
      await talk.say('QUIT', '2').catch(() => undefined)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
  }
}
