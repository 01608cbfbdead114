// The pack's three rubrics on the full demonstration city: totals follow from items, ranks from totals, rows are as many as inputs say.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { add, compare, decimal, format, multiply, round } from '#base/decimal.ts'
import { itemRowsSql, peersName, type RubricIr } from '#engine/index.ts'
import { catalogueOf, loadPackRubrics, type Rubric, rubricOf } from '#modules/rubric/index.ts'
import { loadPacks } from '#server/app/pack.ts'
import { type Tx, transaction } from '#server/kit/db.ts'
import { loadTenants } from '#server/kit/tenant.ts'
import { cityDatabase } from '#test/city.ts'
import { type Board, computeBoard, contextFor } from './scoring.board.ts'
import { itemsOf } from './scoring.rules.ts'

loadPacks(join(import.meta.dirname, '../../packs'))
const { pool } = await cityDatabase()
const [tenant] = await loadTenants(pool)
assert.ok(tenant)
const undone = new Error('undone')

/** Work that sees the tenant and is rolled back: the city is shared. */
async function inCity(work: (tx: Tx) => Promise<void>): Promise<void> {
  await assert.rejects(
    transaction(pool, { tenant: tenant!, actorId: null, scope: 'tenant', mode: 'write' }, async (tx) => {
      await loadPackRubrics(tx)
      await work(tx)
      throw undone
    }),
    undone,
  )
}
const compute = async (tx: Tx, id: string): Promise<{ rubric: Rubric; board: Board }> => {
  const rubric = await rubricOf(tx, id)
  return { rubric, board: await computeBoard(tx, { rubric, on: '2024-12-20', asOf: null }, null) }
}

for (const [id, subjects, items] of [
  ['model-2024', 109, 30],
  ['clean-2024', 918, 40],
  ['branch-2024', 1045, 15],
] as const) {
  test(`${id}: every subject is scored by at least ${items} items, and its total follows from its blocks and extras`, () =>
    inCity(async (tx) => {
      const { rubric, board } = await compute(tx, id)
      const { ir } = rubric
      assert.equal(board.scores.size, subjects)
      for (const score of board.scores.values()) {
        const { name, total, blocks } = score
        const results = itemsOf(score)
        assert.ok(results.length >= items, `${name}: ${results.length} items`)
        const points = (list: string[]) =>
          results
            .filter((one) => list.includes(one.id))
            .map((one) => decimal(one.points ?? '0'))
            .reduce(add, decimal('0'))
        const extra =
          ir.bonuses.cap !== null && compare(points(ir.bonuses.items), decimal(ir.bonuses.cap)) > 0 ? decimal(ir.bonuses.cap) : points(ir.bonuses.items)
        const sum = ir.blocks.map((block) => decimal(blocks[block.id] ?? '0')).reduce(add, extra)
        const capped = compare(sum, decimal('100')) > 0 ? decimal('100') : sum
        assert.equal(total, format(round(capped, 2)), name)
      }
    }))

  test(`${id}: ranks follow totals within the peers, equals share a place`, () =>
    inCity(async (tx) => {
      const { rubric, board } = await compute(tx, id)
      const peers = Map.groupBy(board.scores.values(), (score) => (peersName(rubric.ir.rank.peers, rubric.ir.population) === 'class' ? score.class : ''))
      for (const group of peers.values())
        for (const { name, total, rank } of group)
          assert.equal(rank, String(1 + group.filter((other) => compare(decimal(other.total ?? '0'), decimal(total ?? '0')) > 0).length), name)
    }))

  test(`${id}: as many rows stand behind a counted input as it says, for a sample of subjects`, () =>
    inCity(async (tx) => {
      const { rubric, board } = await compute(tx, id)
      const context = contextFor(tenant!, { rubric, on: '2024-12-20', asOf: board.asOf })
      const sample = [...board.scores.values()].filter((_, index) => index % Math.ceil(subjects / 4) === 1)
      let compared = 0
      for (const score of sample) {
        for (const item of itemsOf(score)) {
          for (const { measure, part, sql } of itemRowsSql(rubric.ir, item.id, catalogueOf(tenant!), context, { subject: score.id, limit: 100_000 })) {
            const expected = countOf(rubric.ir, measure, part, item.inputs)
            if (expected === undefined) continue
            assert.equal((await tx.compiled(sql)).length, Number(expected), `${score.name} ${item.id} ${measure} ${part}`)
            compared += 1
          }
        }
      }
      assert.ok(compared > 40, `only ${compared} compared`)
    }))
}

/** What an input says of how many rows there are; undefined where it isn't a count. */
function countOf(ir: RubricIr, measure: string, part: string, inputs: Record<string, unknown>): string | undefined {
  const { take } = ir.measures[measure]!
  if (take.kind === 'share') return String(inputs[`${measure}.${part}`])
  return take.kind === 'count' || take.kind === 'countDistinct' ? String(inputs[measure]) : undefined
}

test('weights make the daily work of a branch seventy points and the appraisal thirty', () =>
  inCity(async (tx) => {
    const { rubric, board } = await compute(tx, 'branch-2024')
    assert.deepEqual(
      rubric.ir.blocks.map(({ weight }) => weight),
      ['0.7', '0.3'],
    )
    for (const score of board.scores.values()) {
      const { blocks, name } = score
      const lost = itemsOf(score)
        .filter(({ id }) => rubric.ir.blocks[0]?.items.includes(id))
        .map(({ points }) => decimal(points ?? '0'))
        .reduce(add, decimal('100'))
      assert.equal(blocks['daily'], format(multiply(lost, decimal('0.7'))), name)
    }
  }))
test('the rubrics separate: no class of a rubric has one score for all, and all grades but few occur', () =>
  inCity(async (tx) => {
    for (const id of ['model-2024', 'clean-2024', 'branch-2024']) {
      const { board } = await compute(tx, id)
      for (const group of Map.groupBy(board.scores.values(), (score) => score.class).values())
        assert.ok(new Set(group.map(({ total }) => total)).size > group.length / 4, id)
    }
    const grades = new Set([...(await compute(tx, 'branch-2024')).board.scores.values()].map(({ grade }) => grade))
    assert.deepEqual(grades, new Set(['好', '较好', '一般', '较差']))
  }))
