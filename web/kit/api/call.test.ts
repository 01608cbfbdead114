// The one place where replies of the server become sentences for people.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { CallError, call, fetchFile, fieldErrors, refusal, sentence, whenSignedOut } from './call.ts'

const realFetch = globalThis.fetch
afterEach(() => {
  globalThis.fetch = realFetch
})

const unit = endpoint({
  id: 'org.unit',
  method: 'GET',
  path: '/api/org/units/:id',
  summary: 'one unit',
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({ on: Type.Optional(Type.String()) }),
  reply: Type.Object({ name: Type.String() }),
})

function answer(status: number, body: string): void {
  globalThis.fetch = async () => new Response(body, { status })
}

test('a call fills the path, sends the query and returns the reply', async () => {
  let asked = ''
  globalThis.fetch = async (path) => {
    asked = String(path)
    return new Response('{"name":"示例局"}')
  }
  assert.deepEqual(await call(unit, { params: { id: 'a/b' }, query: { on: '2024-12-20' } }), { name: '示例局' })
  assert.equal(asked, '/api/org/units/a%2Fb?on=2024-12-20')
})

test('a refusal keeps its code, sentence and fields', async () => {
  answer(422, '{"error":{"code":"invalid","message":"有一处要改","issues":[{"field":"/title","message":"标题不能为空"}]}}')
  const error = await call(unit, { params: { id: 'x' } }).catch((thrown: unknown) => thrown)
  assert.ok(error instanceof CallError)
  assert.equal(error.code, 'invalid')
  assert.equal(sentence(error), '有一处要改')
  assert.deepEqual(fieldErrors(error), { title: '标题不能为空' })
})

test('a file comes as it is; a refusal of one is a sentence like any other', async () => {
  const list = endpoint({
    id: 'x.export',
    method: 'POST',
    path: '/api/x/export',
    summary: 'a file',
    body: Type.Object({ q: Type.String() }),
    reply: Type.String(),
  })
  answer(200, '名称,数\r\n')
  assert.equal(await (await fetchFile(list, { body: { q: '甲' } })).text(), '名称,数\r\n')
  answer(403, '{"code":"not-allowed","message":"您的职务不能导出"}')
  assert.equal(sentence(await fetchFile(list, { body: { q: '甲' } }).catch((thrown: unknown) => thrown)), '您的职务不能导出')
})

test('a lost connection, a broken reply and a fault each give a sentence, never a stack', async () => {
  globalThis.fetch = async () => {
    throw new TypeError('fetch failed')
  }
  const lost = await call(unit, { params: { id: 'x' } }).catch((thrown: unknown) => thrown)
  assert.equal((lost as CallError).code, 'offline')
  answer(200, '<html>')
  assert.match(sentence(await call(unit, { params: { id: 'x' } }).catch((thrown: unknown) => thrown)), /读不懂/)
  assert.match(sentence(refusal(500, { message: 'relation "x" does not exist' })), /^服务器出了错（500）/)
})

test('an ended session is told to the shell once the call is refused', async () => {
  let told = 0
  whenSignedOut(() => {
    told += 1
  })
  answer(401, '{"error":{"code":"not-signed-in","message":"请先登录"}}')
  await assert.rejects(call(unit, { params: { id: 'x' } }))
  assert.equal(told, 1)
})
