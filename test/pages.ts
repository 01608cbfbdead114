// Serves the built pages with made-up API replies, for tests of the pages alone. Journeys use the real server instead.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { contentPolicy } from '#server/app/headers.ts'

const build = join(import.meta.dirname, '..', 'web', 'build')
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** A reply to `GET /api/…`: a status and a value. */
export interface Stub {
  status: number
  body: unknown
}

/** Starts a server on a free port of this machine; `stubs` are looked up by `METHOD path` without the query. Close it in `after`. */
export async function servePages(stubs: Record<string, Stub>): Promise<{ origin: string; server: Server }> {
  if (!existsSync(join(build, 'index.html'))) throw new Error('web/build is missing: run `npm run build` first')
  const policy = contentPolicy(readFileSync(join(build, 'index.html'), 'utf8'))
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path.startsWith('/api/')) {
      const stub = stubs[`${request.method} ${path}`] ?? { status: 404, body: { error: { code: 'not-found', message: '没有这个接口' } } }
      request.resume()
      response.writeHead(stub.status, { 'content-type': 'application/json' }).end(JSON.stringify(stub.body))
      return
    }
    const wanted = join(build, normalize(path))
    const file = wanted.startsWith(build) && existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(build, 'index.html')
    const packed = `${file}.br`
    const isPacked = existsSync(packed)
    response
      .writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        ...(isPacked ? { 'content-encoding': 'br' } : {}),
      })
      .end(readFileSync(isPacked ? packed : file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

const person = {
  account: 'shuji',
  person: { id: '0190a000-0000-7000-8000-000000000001', name: '王示例' },
  post: {
    id: '0190a000-0000-7000-8000-000000000002',
    name: '党支部书记',
    body: { id: '0190a000-0000-7000-8000-000000000003', name: '示例市直机关第一党支部', kind: 'party-org', unitId: '0190a000-0000-7000-8000-000000000004' },
  },
  scope: { kind: 'bodies', count: 1 },
  may: ['record.write'],
  tenant: { slug: 'changzhi', name: '长治市', demonstration: true },
  today: '2024-12-20',
}

const items = [
  ['补录十二月主题党日', '纪实', '2024-12-18', 3, 'open'],
  ['支部换届请示', '换届', '2024-12-22', 20, 'started'],
  ['四季度党课', '纪实', '2024-12-31', 5, 'open'],
  ['核对本支部党员名册', '组织', null, 10, 'open'],
  ['确认清廉机关第三项得分的依据：谈心谈话记录缺两次', '考核', '2024-12-20', 8, 'waiting'],
  ['组织生活会方案', '纪实', '2025-01-10', 30, 'open'],
].map(([title, kind, due, minutes, state], index) => ({ id: String(index), title, kind, due, minutes, state, href: '/kit' }))

/** Replies for somebody who is signed in, with six things to do. */
export const signedInStubs: Record<string, Stub> = {
  'GET /api/place': { status: 200, body: { slug: 'changzhi', name: '长治市', demonstration: true, today: '2024-12-20', now: '2024-12-20T01:00:00.000Z' } },
  'GET /api/session': { status: 200, body: person },
  'POST /api/sign-in': { status: 200, body: person },
  'POST /api/sign-out': { status: 200, body: {} },
  'GET /api/session/hints': {
    status: 200,
    body: {
      accounts: [
        { account: 'gongwei', password: 'demo-2024', post: '市直工委 组织科' },
        { account: 'shuji', password: 'demo-2024', post: '示例局第一支部 书记' },
      ],
    },
  },
  'GET /api/desk/todo': { status: 200, body: { items, next: items[0] } },
  'GET /api/search': {
    status: 200,
    body: {
      items: [
        { kind: '人员', id: 'p1', label: '王建国', detail: '示例局第一支部', href: '/kit#p1' },
        { kind: '单位', id: 'u1', label: '示例局', detail: '市直', href: '/kit#u1' },
      ],
    },
  },
}

/** Replies before anybody has signed in. */
export const signedOutStubs: Record<string, Stub> = {
  ...signedInStubs,
  'GET /api/session': { status: 401, body: { error: { code: 'not-signed-in', message: '请先登录。' } } },
}
