// dajuan account: the words an operator has when nobody can sign in, against a database of their own.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { scopesChanged } from '#server/kit/actor.ts'
import { testDatabase } from '#test/postgres.ts'
import { callerOf, serverOver } from '#test/server.ts'

const database = await testDatabase()

interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs the word as a user does, the password coming on standard input. */
function account(args: string[], typed = ''): Promise<Ended> {
  const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
  const child = spawn(process.execPath, [cli, 'account', ...args], { env: { ...process.env, DATABASE_URL: database.url } })
  let [out, err] = ['', '']
  child.stdout.on('data', (part: Buffer) => (out += part))
  child.stderr.on('data', (part: Buffer) => (err += part))
  child.stdin.end(typed)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}
const done = async (args: string[], typed?: string) => {
  const { code, out, err } = await account(args, typed)
  assert.equal(code, 0, err)
  return out
}

const city = ['--city', 'mycity', '--city-name', '某市', '--pack', 'changzhi']
const first = '三晋大地 walnut 42'
const second = '太行山上 lantern 7'

test('an empty system has no account; the first one is made with a password that isn’t among the commonest', async () => {
  assert.equal((await account(['list'])).code, 1)
  for (const [typed, why] of [
    ['', /No password came/],
    ['short', /至少 10 个字符/],
    ['password123', /太常见/],
    ['my-gongwei-2024', /账号名/],
  ] as const) {
    const { code, err } = await account(['add', 'gongwei', '--post', 'desk', '--name', '张三', ...city], `${typed}\n`)
    assert.equal(code, 1)
    assert.match(err, why)
    assert.doesNotMatch(err, /\n\s+at /)
  }
  assert.match(await done(['add', 'gongwei', '--post', 'desk', '--name', '张三', ...city], `${first}\n`), /市直工委干部 in 某市/)
  assert.match((await account(['add', 'gongwei', '--post', 'desk', '--name', '李四', ...city], first)).err, /There is an account "gongwei" already/)
  assert.equal(await done(['list']), 'gongwei\t张三\tactive\tpassword\t市直工委干部\n')
})

test('a password is reset and must then be changed; sessions end; an account is stopped, let in again, linked', async () => {
  const { app, owner } = await serverOver(async () => database)
  const signIn = (password: string) => app.inject({ method: 'POST', url: '/api/sign-in', payload: { account: 'gongwei', password } })
  const caller = await callerOf(app, { account: 'gongwei', password: first })
  assert.equal((await caller.get('/api/session')).json().must, null)

  await done(['password', 'gongwei'], second)
  scopesChanged()
  assert.equal((await caller.get('/api/session')).statusCode, 401)
  assert.equal((await signIn(first)).statusCode, 401)
  assert.equal((await signIn(second)).json().must, 'password')

  assert.equal(await done(['end-sessions', 'gongwei']), '1 sessions of gongwei have ended.\n')
  await done(['disable', 'gongwei'])
  assert.equal((await signIn(second)).statusCode, 401)
  assert.match(await done(['list']), /disabled/)
  await done(['enable', 'gongwei'])
  assert.equal((await signIn(second)).statusCode, 200)

  const link = ['link', 'gongwei', '--provider', 'city', '--subject', 'u-1']
  await done(link)
  await done(link)
  await done(['add', 'other', '--post', 'desk', '--name', '李四'], first)
  const taken = await account(['link', 'other', '--provider', 'city', '--subject', 'u-1'])
  assert.deepEqual([taken.code, /已经关联了另一个账号/.test(taken.err)], [1, true])
  const { rows } = await owner.query(`select action from audit.entry where action like 'access.%' or action like 'account.%' order by at, entry_id`)
  const actions = rows.map(({ action }) => action)
  for (const action of [
    'account.add',
    'access.password-reset',
    'access.session-end',
    'access.account-disable',
    'access.account-enable',
    'access.identity-link',
  ])
    assert.ok(actions.includes(action), action)
  assert.equal(actions.filter((action) => action === 'access.identity-link').length, 1)
})

test('what was mistyped is told with the way out', async () => {
  for (const args of [['nonsense'], ['list', 'gongwei'], ['add', 'Gongwei', '--post', 'desk', '--name', '张三']])
    assert.equal((await account(args, first)).code, 2, args.join(' '))
  for (const args of [
    ['password', 'nobody'],
    ['disable', 'nobody'],
    ['add', 'x1', '--post', 'none', '--name', '张三'],
    ['list', '--city', 'none'],
  ])
    assert.equal((await account(args, first)).code, 1, args.join(' '))
})
