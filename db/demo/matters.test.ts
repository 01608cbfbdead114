// The matters of the demonstration: what their moves fold to, made as their kinds allow, in order, and no shortfall on what the article names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isWorkingDay } from '#base/working-days.ts'
import { kindsOf } from '#modules/matter/index.ts'
import { begun, builtIn, type Edition, moved, type Standing, stageOf, typeOf, waitsFor } from '#modules/matter/matter.rules.ts'
import { extendedOf } from '#modules/matter/matter-clock.rules.ts'
import { isMet } from '#modules/matter/matter-guard.rules.ts'
import type { MatterKind } from '#modules/matter/matter-kinds.contract.ts'
import { loadPacks } from '#server/app/pack.ts'
import { cityDatabase } from '#test/city.ts'

loadPacks(fileURLToPath(new URL('../../packs', import.meta.url)))
const { owner } = await cityDatabase()

async function none(text: string): Promise<void> {
  const { rows } = await owner.query(`${text} limit 3`)
  assert.deepEqual(rows, [])
}

async function number(text: string): Promise<number> {
  const { rows } = await owner.query<{ n: string }>(`select (${text})::text as n`)
  return Number(rows[0]?.n)
}

interface Step {
  matter_id: string
  revision: number
  move: string
  from_stage: string
  to_stage: string
  fields: Record<string, unknown>
  note: string
  due_at: Date | null
  paused: boolean
  late: boolean
  made_by: string
  at: Date
}

interface Row {
  kind: string
  matter_id: string
  parent_id: string | null
  fields: Record<string, unknown>
  type: string
  stage: string
  stage_since: Date
  waits_for: string
  due_at: Date | null
  paused: boolean
  left_minutes: number | null
  late: boolean
  revision: number
  opened_on: string
  closed_on: string | null
  outcome: string | null
  steps: Step[]
}

const kinds = new Map(
  (await owner.query<{ kind: string; definition: MatterKind }>('select kind, definition from matter.edition where tenant_id = 1')).rows.map(
    ({ kind, definition }) => [kind, { ...definition, id: kind, hash: '' } satisfies Edition],
  ),
)

const moment = (text: string | Date | null): Date | null => (text === null ? null : new Date(text))

/** One matter in so many, with its moves in order. */
async function some(oneIn: number): Promise<Row[]> {
  const sample = `tenant_id = 1 and hashtext(matter_id::text) % ${oneIn} = 0`
  const { rows } = await owner.query<Row>(`select *, opened_on::text, closed_on::text from matter.matter where ${sample}`)
  const { rows: steps } = await owner.query<Step>(`select * from matter.move where ${sample} order by matter_id, revision`)
  const byMatter = Map.groupBy(
    steps.map((step) => ({ ...step, at: new Date(step.at), due_at: moment(step.due_at) })),
    ({ matter_id }) => matter_id,
  )
  return rows.map((row) => ({ ...row, due_at: moment(row.due_at), stage_since: new Date(row.stage_since), steps: byMatter.get(row.matter_id) ?? [] }))
}
const rows = await some(8)

const kindOf = ({ kind }: Row): Edition => {
  const found = kinds.get(kind)
  assert.ok(found !== undefined, `no edition of ${kind}`)
  return found
}

function folded(row: Row): Standing {
  const kind = kindOf(row)
  const [first, ...later] = row.steps
  assert.ok(first?.move === 'open' && first.to_stage === kind.stages[0]?.id, `${row.matter_id} is opened at its first stage`)
  let standing = begun(kind, first.at, null, isWorkingDay)
  for (const step of later) {
    const { clock } = stageOf(kind, standing.stage)
    const was = standing
    standing = moved(kind, was, step.to_stage, step.at, isWorkingDay)
    if (step.move === 'extend-grant' && clock !== undefined && standing.dueAt !== null)
      standing = { ...standing, dueAt: extendedOf(clock, standing.dueAt, isWorkingDay) }
    assert.deepEqual(
      [step.due_at, step.paused, step.late || was.late],
      [standing.dueAt, standing.paused, standing.late],
      `${row.kind} ${row.matter_id} ${step.revision} ${step.move}`,
    )
  }
  return standing
}

test('the editions are the kinds of the pack, as the server keeps them', async () => {
  const { rows: kept } = await owner.query<{ kind: string; hash: string }>('select kind, hash from matter.edition where tenant_id = 1 order by kind')
  assert.deepEqual(
    kept.map(({ kind, hash }) => [kind, hash]),
    [...kindsOf({ pack: 'changzhi' }).values()].map(({ id, hash }) => [id, hash]).sort(),
  )
})

test('[M6] every matter stands as its moves lead, by the rules that the server uses', () => {
  assert.ok(rows.length > 10_000)
  for (const row of rows) {
    const { stage, dueAt, paused, leftMinutes, late } = folded(row)
    const closed = row.closed_on !== null
    assert.deepEqual(
      [row.stage, row.due_at, row.paused, row.left_minutes, row.late, row.waits_for],
      [stage, dueAt, paused, leftMinutes, late, closed ? '' : waitsFor(kindOf(row), stage)],
      row.matter_id,
    )
    const last = row.steps.at(-1)
    const end = stageOf(kindOf(row), stage).end
    assert.equal(row.outcome, last?.move === 'recalled' ? 'recalled' : (end ?? null))
    const fields = Object.assign({}, ...row.steps.map((step) => step.fields))
    assert.deepEqual([row.fields, row.type, row.revision], [fields, typeOf(kindOf(row), fields), row.steps.length])
    assert.deepEqual(row.stage_since, row.steps.findLast((step) => step.from_stage !== step.to_stage)?.at)
  }
})

test('[M2] [M4] every move is one of its kind, from the stage it names, by its side, with what it requires, where its guard lets it', async () => {
  const children = Map.groupBy(
    (
      await owner.query<{ parent_id: string; at: string; done: string | null }>(
        `select m.parent_id, m.known_from as at, case when m.closed_on is not null then m.stage_since end as done from matter.matter m where parent_id is not null`,
      )
    ).rows,
    ({ parent_id }) => parent_id,
  )
  for (const row of rows) {
    const kind = kindOf(row)
    const fields: Record<string, unknown> = {}
    for (const [index, step] of row.steps.entries()) {
      Object.assign(fields, step.fields)
      const told = `${row.kind} ${row.matter_id} ${step.revision} ${step.move}`
      for (const name of Object.keys(step.fields))
        assert.ok(
          kind.fields.some(({ id }) => id === name),
          `${told}: no field ${name}`,
        )
      const before = row.steps[index - 1]
      if (before === undefined) continue
      assert.equal(step.from_stage, before.to_stage, told)
      const move = kind.moves.find(({ id }) => id === step.move)
      if (move === undefined) {
        assert.ok(step.move in builtIn, told)
        continue
      }
      assert.ok(move.from.includes(step.from_stage) && move.to === step.to_stage && move.by === step.made_by, told)
      for (const name of move.required ?? []) assert.ok(fields[name] !== undefined, `${told} lacks ${name}`)
      if (move.note === 'required') assert.ok(step.note.length > 1, told)
      if (move.guard === undefined) continue
      const open = (children.get(row.matter_id) ?? []).filter(({ at, done }) => new Date(at) < step.at && (done === null || new Date(done) > step.at)).length
      const late = row.steps.slice(0, index).some(({ due_at, paused }, n) => due_at !== null && !paused && (row.steps[n + 1]?.at ?? step.at) > due_at)
      const around = { today: day(step.at), due: before.due_at === null ? null : day(before.due_at), late, children_open: open }
      assert.ok(isMet(move.guard.when, kind, fields, around), `${told}: ${move.guard.refusal}`)
    }
  }
})

const day = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

test('moves follow one another in time, without gap, up to the present; opening and closing are those of the first and the last', async () => {
  await none(`select matter_id from (select matter_id, revision, at, lag(at) over w as earlier, lag(revision, 1, 0) over w as before from matter.move window w as (partition by matter_id order by revision)) s
    where at <= earlier or revision <> before + 1 or at >= '2024-12-20 09:00+08'`)
  await none(`select m.matter_id from matter.matter m join (select matter_id, count(*) as n, min(at) as first, max(at) as last from matter.move group by 1) v using (matter_id)
    where m.revision <> n or m.known_from <> first or m.opened_on <> (first at time zone 'Asia/Shanghai')::date or m.closed_on <> (last at time zone 'Asia/Shanghai')::date`)
})

test('every body existed on the day on which its matter was opened, the organisation in the unit', () =>
  none(`select matter_id from matter.matter m where not exists (select from org.unit u where u.unit_id = m.unit_id and u.known_until = 'infinity' and u.valid_from <= m.opened_on and u.valid_until > m.opened_on)
    or party_org_id is not null and not exists (select from org.party_org o where o.party_org_id = m.party_org_id and o.unit_id = m.unit_id and o.known_until = 'infinity' and o.valid_from <= m.opened_on and o.valid_until > m.opened_on)`))

test('[M7] a request has a matter for each receiver; recalled, none of them is open, and what was not done by then is closed as recalled', async () => {
  await none(`select request_id from matter.request r where receivers <> (select count(*) from matter.matter m where m.request_id = r.request_id)`)
  await none(`select matter_id from matter.matter m join matter.request r using (tenant_id, request_id)
    where r.state = 'recalled' and (m.closed_on is null or m.outcome = 'recalled' and m.stage_since <> r.recalled_at) or r.state = 'sent' and m.outcome = 'recalled'`)
  assert.ok((await number(`select count(*) from matter.request where state = 'recalled'`)) >= 5)
})

test('what the article names is never late, extended, sent back, given up or put on a list; only 示例 is', async () => {
  const named = `m.unit_id in (select unit_id from org.unit where name not like '%示例%')`
  await none(
    `select matter_id from matter.matter m where ${named} and (late or outcome = 'dropped' or kind = 'rectification' or closed_on is null and due_at < '2024-12-20 09:00+08' and not paused)`,
  )
  await none(
    `select matter_id from matter.matter m join matter.move v using (tenant_id, matter_id) where ${named} and v.move in ('extend-ask', 'return', 'send-back')`,
  )
})

test('some 120,000 matters of every kind: late, extended, sent back, given up and relapsed ones among them, and open ones for every organisation', async () => {
  const count = (condition: string) => number(`select count(*) from matter.matter m where ${condition}`)
  const all = await count('true')
  assert.ok(all > 115_000 && all < 130_000, `${all}`)
  for (const kind of kinds.keys()) assert.ok((await count(`kind = '${kind}' and closed_on is not null`)) > 10, kind)
  const late = (await count('late')) / all
  assert.ok(late > 0.02 && late < 0.2, `${late} late`)
  assert.ok((await count(`outcome = 'dropped'`)) > 100)
  assert.ok((await number(`select count(*) from matter.move where move = 'extend-grant'`)) > 500)
  assert.ok(
    (await count(
      `kind = 'rectification' and exists (select from matter.matter e where e.kind = m.kind and e.owner_id = m.owner_id and e.type = m.type and e.outcome = 'done' and m.opened_on - e.closed_on between 0 and 365)`,
    )) > 50,
  )
  await none(`select o.name from org.party_org o where kind in ('committee', 'general-branch', 'branch') and known_until = 'infinity' and valid_from <= '2024-12-18' and valid_until > '2024-12-20'
    and not exists (select from matter.matter m where m.owner_id = o.party_org_id and closed_on is null)`)
})
