// Grading over HTTP on a small city: decided once, by whom it may be, read in scope.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, jointPosts, ledgerCity } from '#test/ledger-city.ts'
import { putOnNotice, releaseRubrics } from '#test/release.ts'
import type { AppraisalRow, GradeRow, QuotaLine } from './appraisal.contract.ts'

const { owner, org, as } = await ledgerCity()
const [secretary, desk, office, chief] = [await as('secretary'), await as('desk'), await as('office'), await as('chief')]
const joint = await Promise.all(jointPosts.map(async (post) => [post, await as(post)] as const))
await releaseRubrics({ desk, office, chief }, 'branch-2024', 'clean-2024')
/** Units are told of it from its notice on. */
const tell = (id: string) => putOnNotice({ desk, office, chief }, joint, id)

async function run(rubric: string): Promise<string> {
  const id = newId()
  const reply = await desk.post('/api/scoring/runs', { id, rubric })
  assert.equal(reply.statusCode, 200, reply.body)
  return id
}
const decide = (caller: Caller, id: string, of: string) => caller.post('/api/appraisals', { id, run: of, title: '2024年度分类定级' })

test('the desk decides the grades of a run once; each step has its reason, and the numbers are audited', async () => {
  await owner.query(
    `insert into ledger.mark (tenant_id, mark_id, subject_id, item, value, given_by, given_on, known_from)
     values (1, $1, $2, 'satisfaction', 88.00, '群众测评', '2024-12-06', '2024-12-07')`,
    [newId(), org.first],
  )
  const [id, of] = [newId(), await run('branch-2024')]
  const [first, second] = await Promise.all([decide(desk, id, of), decide(desk, id, of)])
  assert.deepEqual([first.statusCode, second.statusCode], [200, 200], first.body)
  assert.deepEqual([first.json().repeated, second.json().repeated].sort(), [false, true])
  const summary = first.json() as AppraisalRow
  assert.equal(
    summary.grades.reduce((sum, { count }) => sum + count, 0),
    4,
  )
  assert.equal((await secretary.get(`/api/appraisals/${id}`)).statusCode, 404, 'units are not told of what is only decided')
  await tell(id)
  const { rows } = (await secretary.get(`/api/appraisals/${id}`)).json() as { rows: GradeRow[] }
  assert.deepEqual(
    rows.map(({ subject }) => subject),
    [org.first],
  )
  assert.equal(rows[0]?.steps[0]?.kind, 'threshold')
  const { rows: audit } = await owner.query(`select 1 from audit.entry where action = 'appraisal.decide' and object_id = $1`, [id])
  assert.equal(audit.length, 1)
})
test('a run that is decided is not decided again, and an id is not used twice', async () => {
  const [id, of] = [newId(), await run('branch-2024')]
  assert.equal((await decide(desk, id, of)).statusCode, 200)
  const again = await decide(desk, newId(), of)
  assert.equal(again.statusCode, 409)
  assert.match(again.body, /先重新计算/)
  assert.equal((await decide(desk, id, await run('branch-2024'))).statusCode, 409)
})
test('a rubric without grades, a run that is not there and bad fields are refused', async () => {
  assert.equal((await decide(desk, newId(), await run('clean-2024'))).statusCode, 422)
  assert.equal((await decide(desk, newId(), newId())).statusCode, 404)
  const whole = { id: newId(), run: newId(), title: '定级' }
  for (const [field, value] of [
    ['id', 'x'],
    ['run', 7],
    ['title', ''],
    ['title', '长'.repeat(61)],
    ['extra', 1],
  ] as const) {
    const reply = await desk.post('/api/appraisals', { ...whole, [field]: value })
    assert.equal(reply.statusCode, 422, field)
    assert.match(reply.body, new RegExp(`/${field}`))
  }
  assert.equal((await desk.post('/api/appraisals', {})).statusCode, 422)
})
test('only appraisal.decide decides; a subject’s grades are those in the reader’s scope', async () => {
  assert.equal((await decide(secretary, newId(), await run('branch-2024'))).statusCode, 403)
  const own = (await secretary.get(`/api/appraisals/subjects/${org.first}`)).json() as { grades: unknown[] }
  const foreign = (await secretary.get(`/api/appraisals/subjects/${org.county}`)).json() as { grades: unknown[] }
  assert.ok(own.grades.length > 0)
  assert.deepEqual(foreign.grades, [])
})
test('a list of grades filters by who was lowered and pages by key; a made-up key is refused', async () => {
  const id = newId()
  await decide(desk, id, await run('branch-2024'))
  const page = (query: string) => desk.get(`/api/appraisals/${id}?${query}`)
  const { rows: all } = (await page('')).json() as { rows: GradeRow[] }
  const lowered = ((await page('lowered=true')).json() as { rows: GradeRow[] }).rows
  assert.deepEqual(
    lowered,
    all.filter((row) => row.grade !== row.byThreshold),
  )
  const first = (await page('limit=3')).json() as { rows: GradeRow[]; next: string }
  const rest = (await page(`limit=3&after=${first.next}`)).json() as { rows: GradeRow[]; next: null }
  assert.deepEqual([...first.rows, ...rest.rows], all)
  assert.equal(rest.next, null)
  assert.equal((await page(`after=${newId()}`)).statusCode, 422)
})
test('[P1] grades are decided, then on notice, then released: the desk sees them at once, a unit from the notice on, and its own alone', async () => {
  const id = newId()
  await decide(desk, id, await run('branch-2024'))
  const standing = async (who: Caller) =>
    ((await who.get('/api/appraisals')).json() as { appraisals: AppraisalRow[] }).appraisals.filter((one) => one.id === id).map((one) => one.standing)
  assert.deepEqual([await standing(desk), await standing(secretary)], [['decided'], []])
  const grades = async () =>
    ((await secretary.get(`/api/appraisals/subjects/${org.first}`)).json() as { grades: { appraisal: string }[] }).grades.filter((one) => one.appraisal === id)
      .length
  assert.equal(await grades(), 0)
  await tell(id)
  assert.deepEqual([await standing(desk), await standing(secretary), await grades()], [['on-notice'], ['on-notice'], 1])
})
test('reading an appraisal takes few queries', async () => {
  const id = newId()
  await decide(desk, id, await run('branch-2024'))
  await tell(id)
  assert.ok(Number((await secretary.get(`/api/appraisals/${id}`)).headers['x-queries']) <= 8)
})
test('[R-QUO-1] quotas of groups of one’s own making are told group by group with their names, small ones not to a unit', async () => {
  const { rows: texts } = await owner.query<{ text: string }>(`select text from rubric.definition where rubric_id = 'branch-2024' and version = 1`)
  const text = texts[0]?.text
    .replace('version: 1', 'version: 2')
    .replace('quota: { percent: 30, round: down, ties: out, peers: class }', 'quota: { percent: 50, round: down, ties: out, peers: { by: subject.unit } }')
  assert.match(text ?? '', /by: subject\.unit/)
  await owner.query(
    `insert into rubric.definition (tenant_id, rubric_id, version, title, subject, text, hash, known_from)
     select tenant_id, rubric_id, 2, title, subject, $1, 'by unit', known_from from rubric.definition where rubric_id = 'branch-2024' and version = 1`,
    [text],
  )
  await releaseRubrics({ desk, office, chief }, 'branch-2024.2')
  const id = newId()
  assert.equal((await decide(desk, id, await run('branch-2024'))).statusCode, 200)
  await tell(id)
  const quotas = async (who: Caller) =>
    ((await who.get(`/api/appraisals/${id}`)).json() as { quotas: QuotaLine[] }).quotas
      .map(({ peers, of, allowed, eligible, given }) => [peers, of, allowed, eligible === null, given === null])
      .sort()
  const groups = [
    ['示例乡', 1, 0],
    ['示例县局', 1, 0],
    ['示例市局', 2, 1],
  ].sort()
  assert.deepEqual(
    await quotas(desk),
    groups.map((one) => [...one, false, false]),
  )
  assert.deepEqual(
    await quotas(secretary),
    groups.map((one) => [...one, true, true]),
  )
})
