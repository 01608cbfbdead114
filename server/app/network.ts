// Where the server listens and whom it believes: plain HTTP on the loopback alone, elsewhere TLS or a named proxy (house.md §6.10).
import { readFileSync } from 'node:fs'
import { BlockList, isIP, isIPv4, isIPv6, type Server } from 'node:net'
import { OperatorError } from '#server/kit/operator-error.ts'

export interface Network {
  host: string
  port: number
  /** Files in PEM; undefined serves plain HTTP. */
  tls: { certFile: string; keyFile: string } | undefined
  /** Addresses or networks (10.0.0.0/8) of proxies whose X-Forwarded-… headers are believed; theirs alone. */
  proxies: string[]
}

/** A certificate and its key, as TLS takes them. */
export interface TlsFiles {
  cert: Buffer
  key: Buffer
}

/** Whether a host name or address is this machine's own and nobody else's way in. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

/** Refuses, with a sentence, to serve plain HTTP to a network. */
export function checkNetwork({ host, tls, proxies }: Network): void {
  if (isLoopback(host) || tls !== undefined || proxies.length > 0) return
  throw new OperatorError(
    `Plain HTTP on ${host} could be read by everybody between here and the browsers. Give --tls-cert and --tls-key, or name the proxy that does TLS with --trust-proxy ADDRESS, or leave --host out.`,
  )
}

/** Reads the certificate and key; throws a sentence for a file that can't be read. */
export function readTls(tls: Network['tls']): TlsFiles | undefined {
  if (tls === undefined) return undefined
  const read = (file: string): Buffer => {
    try {
      return readFileSync(file)
    } catch (error) {
      throw new OperatorError(`The TLS file ${file} can't be read (${(error as Error).message}). Give --tls-cert and --tls-key files in PEM.`)
    }
  }
  return { cert: read(tls.certFile), key: read(tls.keyFile) }
}

/** The named proxies as something to ask; throws a sentence for what is no address. */
export function proxyList(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', bits, ...more] = proxy.split('/')
    const longest = isIPv6(address) ? 128 : 32
    if (isIP(address) === 0 || more.length > 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest)))
      throw new OperatorError(`"${proxy}" is no address of a proxy; give one like 10.0.0.5 or 10.0.0.0/24.`)
    list.addSubnet(address, bits === undefined ? longest : Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4')
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** Where plain HTTP is served to a network for the proxies' sake, whoever else connects is cut off before saying anything. */
export function proxiesAlone(server: Server, { host, tls, proxies }: Network): void {
  if (tls !== undefined || isLoopback(host)) return
  const isProxy = proxyList(proxies)
  server.on('connection', (socket) => {
    if (!isProxy(socket.remoteAddress ?? '')) socket.destroy()
  })
}
