// A journey of requests with marked names, secrets and bodies, some of which break the server: none of the marks is in what it logs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { callerOf, serverOver } from './server.ts'
import { smallCity } from './small-city.ts'

const { app, owner } = await serverOver(smallCity)
const account = { account: 'zhibu', password: 'zhibu-2024' }

/** What stands in requests, and may stand in no line. */
const marks = ['密语标记', 'SecretMark9', '王标记', '13900001234', 'zhibu-2024', 'token-mark', '36.195,113.116']

/** Standard error of the work. */
async function written(work: () => Promise<unknown>): Promise<string> {
  const { write } = process.stderr
  let text = ''
  process.stderr.write = ((part: string | Uint8Array) => {
    text += Buffer.from(part as string).toString('utf8')
    return true
  }) as typeof write
  try {
    await work()
  } finally {
    process.stderr.write = write
  }
  return text
}

async function journey(): Promise<number[]> {
  const caller = await callerOf(app, account)
  const { bodies } = (await caller.get('/api/record-kinds')).json() as { bodies: { id: string }[] }
  const entry = { id: newId(), kind: 'theme-day', bodyId: bodies[0]?.id, happenedOn: '2024-12-19', title: '王标记的主题党日', place: '36.195,113.116' }
  const replies = [
    await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account: '王标记', password: '密语标记SecretMark9' } }),
    await app.inject({
      method: 'GET',
      url: '/api/records?q=王标记13900001234',
      headers: { cookie: 'dajuan-session=token-mark', authorization: 'Bearer SecretMark9' },
    }),
    await caller.post('/api/records', entry),
    await caller.post('/api/records', { ...entry, id: newId(), kind: '王标记' }),
    await caller.get(`/api/search?q=${encodeURIComponent('王标记')}`),
    await caller.get('/api/records/王标记?phone=13900001234'),
    await app.inject({ method: 'POST', url: '/api/records', headers: { 'content-type': 'application/json' }, payload: '{"王标记": 密语标记' }),
  ]
  return replies.map(({ statusCode }) => statusCode)
}

test('requests that are answered or refused leave no line at all', async () => {
  let statuses: number[] = []
  const text = await written(async () => {
    statuses = await journey()
  })
  assert.ok(
    statuses.every((status) => status < 500),
    String(statuses),
  )
  assert.equal(text, '')
})

test('a request that breaks the server leaves a line with its number and place, and none of what was sent', async () => {
  // A database that refuses what the service takes for granted, quoting the row in its message.
  await owner.query(`create function refuse_loudly() returns trigger language plpgsql as
    $$ begin raise exception 'row "%" is not wanted: 王标记 13900001234', new using detail = '密语标记'; end $$`)
  await owner.query('create trigger refuse_loudly before insert on ledger.record for each row execute function refuse_loudly()')
  let statuses: number[] = []
  const text = await written(async () => {
    statuses = await journey()
  })
  await owner.query('drop trigger refuse_loudly on ledger.record')
  assert.equal(statuses[2], 500)
  const lines = text.trim().split('\n')
  assert.equal(lines.length, 1, text)
  const line = JSON.parse(lines[0] ?? '') as Record<string, string>
  assert.deepEqual([line['message'], line['method'], line['url']], ['request failed', 'POST', '/api/records'])
  assert.match(line['id'] ?? '', /^[0-9a-f-]{36}$/)
  assert.match(line['error'] ?? '', /P0001/)
  for (const mark of marks) assert.ok(!text.includes(mark), `${mark} in ${text}`)
})
