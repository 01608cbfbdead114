// Small rubrics over the trial catalogue, for tests of what each rule and setting means.
import assert from 'node:assert/strict'
import { formatDiagnostic } from '#base/errors.ts'
import { type Context, evaluate, explainItem, loadRubric, type ResultRow, type RubricIr } from '#engine/index.ts'
import { factsOf, trialCatalogue, type Unit, type World } from '#engine/test/trial.ts'

/** The year 2024. */
export const context: Context = { tenant: 1, on: '2024-12-31', asOf: '2025-01-01T00:00:00Z', from: '2024-01-01', to: '2024-12-31' }
export const base = {
  rubric: 'r',
  version: '1',
  title: '题',
  subject: 'unit',
  population: { source: 'unit', class: 'class' },
  period: { from: '2024-01-01', to: '2024-12-31' },
  defaults: { missing: 'zero', round: '2' },
  total: { floor: 'none', cap: 'none', round: '2' },
  rank: { peers: 'all', ties: 'min' },
}

/** A world in which unit u1, u2, … has the mark given on item m; `parts` say more of the units. */
export function marked(values: (string | null)[], parts: Partial<Unit>[] = []): World {
  return {
    units: values.map((_, index) => ({ id: `u${index + 1}`, name: `u${index + 1}`, class: '甲', parent: null, staff: 1, open: true, ...parts[index] })),
    events: [],
    marks: values.flatMap((value, index) => (value === null ? [] : [{ unit_id: `u${index + 1}`, day: '2024-05-01', item: 'm', value, by: '甲' }])),
  }
}

/** Checks a rubric: the base with these keys. */
export function load(rubric: object): RubricIr {
  const loaded = loadRubric(JSON.stringify({ ...base, ...rubric }), 'r.yaml', trialCatalogue)
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.diagnostics.map(formatDiagnostic).join('\n'))
  return loaded.value
}

/** What is wrong with a rubric. */
export function errors(rubric: object): string[] {
  const loaded = loadRubric(JSON.stringify({ ...base, ...rubric }), 'r.yaml', trialCatalogue)
  return loaded.ok ? [] : loaded.diagnostics.map(({ message }) => message)
}

/** The reference’s rows of a rubric over a world. */
export const run = (rubric: object, world: World): ResultRow[] => evaluate(load(rubric), factsOf(world), context)
/** An item of ten points over mark m. */
export const item = (rule: object, more: object = {}) => ({ id: 'a', label: '项', points: '10', input: { mark: 'm' }, rule, ...more })
/** One block of items. */
export const oneBlock = (...items: object[]) => ({ blocks: [{ id: 'one', label: '一', items }] })
/** x as it is. */
export const convert = { kind: 'convert', factor: '1' }

/** What each unit got for item a: its points, and why they don't come from the rule. */
export function got(rule: object, world: World, more: object = {}): string[] {
  return run(oneBlock(item(rule, more)), world).map(({ items }) => `${items[0]?.points}${items[0]?.missing == null ? '' : ` ${items[0].missing}`}`)
}

/** The first unit's explanation of item a. */
export function sentence(rule: object, world: World, more: object = {}): string {
  const ir = load(oneBlock(item(rule, more)))
  const result = evaluate(ir, factsOf(world), context)[0]?.items[0]
  assert.ok(result)
  return explainItem(ir, result).sentence
}
