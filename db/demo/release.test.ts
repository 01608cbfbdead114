// What the demonstration shows is released by its own accounts at the start: once, whatever is recalled stays so, and an older installation catches up.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '#base/ids.ts'
import { isWorkingDay } from '#base/working-days.ts'
import { buildHttp } from '#server/app/http.ts'
import { callerOf, serverOver } from '#test/server.ts'
import { smallCity } from '#test/small-city.ts'

const { app, pool, owner, dataDir } = await serverOver(smallCity)
const papers = async () =>
  (
    await owner.query<{ id: string; kind: string; subject: string; state: string; number: string; days: number }>(
      `select paper_id as id, subject_kind as kind, subject_id as subject, state, number, (released_at at time zone 'Asia/Shanghai')::date - date '2024-01-01' as days from approval.paper where tenant_id = 1 order by released_at`,
    )
  ).rows
const sheet = '/api/answers/changzhi'

async function startedAgain() {
  const again = await buildHttp({ pool, dataDir, checkReplies: true })
  after(() => again.close())
  return again
}

test('[P2] the rubrics and the sheet are released at the first start, by their routes, with a number each and dates of their own', async () => {
  const found = await papers()
  assert.deepEqual(
    found.map(({ kind, subject, state }) => [kind, subject, state]),
    [
      ['rubric', 'model-2024.1', 'released'],
      ['rubric', 'branch-2024.1', 'released'],
      ['rubric', 'clean-2024.1', 'released'],
      ['sheet', 'changzhi', 'released'],
    ],
  )
  assert.deepEqual(
    found.map(({ number }) => number),
    [1, 2, 3, 4].map((n) => `长直工发〔2024〕${n}号`),
  )
  const { rows: acts } = await owner.query<{ on: string }>(`select (done_at at time zone 'Asia/Shanghai')::date::text as on from approval.act`)
  assert.ok(acts.every(({ on }) => isWorkingDay(on)))
  assert.ok(found.every(({ days }, index) => days > 60 && days < 354 && days >= (found[index - 1]?.days ?? 0)))
  const { rows } = await owner.query<{ steps: string[]; people: number }>(
    `select array_agg(step order by done_at, act_id) as steps, count(distinct person_id)::int as people from approval.act where paper_id = $1`,
    [found.at(-1)?.id],
  )
  assert.deepEqual(rows, [{ steps: ['check', 'opinions', 'opinions', 'sign', 'secrecy', 'release'], people: 4 }])
  const { release } = (await app.inject(sheet)).json() as { release: { number: string; audience: string } }
  assert.deepEqual([release.number, release.audience], ['长直工发〔2024〕4号', 'public'])
})
test('a second start releases nothing anew, and what was recalled stays recalled', async () => {
  await startedAgain()
  assert.equal((await papers()).length, 4)
  const shuji = await callerOf(app, { account: 'shuji', password: 'shuji-2024' })
  const id = (await papers()).at(-1)?.id
  assert.equal((await shuji.post(`/api/approvals/${id}/recall`, { id: newId(), reason: '口径待核' })).statusCode, 200)
  for (const server of [app, await startedAgain()])
    for (const url of ['', '/figures', '/figures/clean-units', '/figures/clean-units/groups'])
      assert.equal((await server.inject(sheet + url)).statusCode, 401, url)
  assert.deepEqual((await app.inject('/api/answers')).json(), { sheets: [] })
  assert.equal((await shuji.get(sheet)).json().release, null)
})
test('an installation from before approvals gets the accounts that it lacks, and its sheet', async () => {
  await owner.query(
    `delete from approval.act; delete from approval.paper; delete from access.appointment where post in ('work-secretary', 'office-head') or post like 'joint-%'`,
  )
  await owner.query(`delete from access.session; delete from access.account where login in ('shuji', 'bangongshi') or login like 'lianshen-%'`)
  const again = await startedAgain()
  assert.equal((await again.inject(sheet)).statusCode, 200)
  await callerOf(again, { account: 'lianshen-xinfang', password: 'lianshen-xinfang-2024' })
})
test('where an account’s post is gone nothing is released, and the server starts all the same', async () => {
  await owner.query(
    `delete from approval.act; delete from approval.paper; update access.appointment set ended_at = clock_timestamp() where post = 'work-secretary'`,
  )
  const again = await startedAgain()
  assert.equal((await again.inject(sheet)).statusCode, 401)
})
