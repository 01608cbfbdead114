// The form can say all that a rubric file can, in Chinese, and what it begins checks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TSchema } from 'typebox'
import { Block, Item, Measure, Rubric } from '#engine/definition.ts'
import { errors } from '#test/small-rubric.ts'
import { type FieldSpec, fieldsFor, type Known } from './editor-form.rules.ts'
import { readRubricText, setField } from './editor-text.rules.ts'

const known: Known = {
  sources: [{ id: 'event', label: '事件' }],
  measures: [{ id: 'meetings', label: '会议' }],
  scored: [{ id: 'other', label: '另一项' }],
  grades: [{ id: '好', label: '好' }],
}
const kinds = ['rubric', 'block', 'item', 'measure', 'veto', 'grade', 'extra'] as const

/** Every field that the form can come to: each form of each variant, each group opened, each list and map with a row. */
function reachable(spec: FieldSpec, seen: (spec: FieldSpec) => void, depth = 0): void {
  seen(spec)
  if (depth > 12) return
  const values =
    spec.control === 'variant'
      ? (spec.options ?? []).map(({ id }) => spec.begin?.(id, {}, known, 'own'))
      : spec.control === 'map'
        ? ['1']
        : spec.inner === undefined
          ? []
          : [spec.begin?.('', undefined, known, 'own')]
  for (const value of values) for (const inner of spec.inner?.(value) ?? []) reachable(inner, seen, depth + 1)
}
const fields: FieldSpec[] = []
for (const kind of kinds) for (const spec of fieldsFor(kind, {})) reachable(spec, (one) => fields.push(one))

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text)

test('every field, choice and hint of the form is in Chinese', () => {
  const foreign = fields.flatMap(({ label, options = [], hint, unset }) =>
    [label, hint ?? '字', unset ?? '字', ...options.map((one) => one.label)].filter((word) => !isChinese(word)),
  )
  assert.deepEqual([...new Set(foreign)], [])
})

test('every key of a rubric file has a field, but for what the tree holds', () => {
  const inTree = ['id', 'blocks', 'items', 'measures', 'bonuses', 'penalties', 'vetoes', 'grades', 'kind', 'count']
  const keys = new Set<string>()
  const walk = (schema: TSchema): void => {
    const { properties, items, anyOf } = schema as { properties?: Record<string, TSchema>; items?: TSchema; anyOf?: TSchema[] }
    for (const [key, one] of Object.entries(properties ?? {})) {
      keys.add(key)
      walk(one)
    }
    if (items !== undefined) walk(items)
    anyOf?.forEach(walk)
  }
  for (const schema of [Rubric, Block, Item, Measure]) walk(schema)
  const asked = new Set(fields.flatMap(({ path }) => path.map(String)))
  assert.deepEqual([...keys].filter((key) => !asked.has(key) && !inTree.includes(key)).sort(), [])
  assert.ok(fields.every(({ control, choices }) => control !== 'select' || choices === undefined || known[choices].length > 0))
})

const field = (specs: FieldSpec[], key: string): FieldSpec => specs.find(({ path }) => path.at(-1) === key) as FieldSpec
const wrong = (item: object, more: object = {}): string[] =>
  errors({
    measures: { meetings: { over: 'event' } },
    blocks: [
      {
        id: 'b',
        label: '板块',
        items: [
          { id: 'other', label: '另一项', points: '5', input: 'meetings', rule: { kind: 'deduct', lose: '1' } },
          { id: 'own', label: '题', points: '5', ...item },
        ],
      },
    ],
    ...more,
  })

test('each kind of rule, each input, each measure begins as something that checks', () => {
  const [rule, input] = [field(fieldsFor('item', {}), 'rule'), field(fieldsFor('item', {}), 'input')]
  const before = { kind: 'deduct', lose: '1' }
  for (const { id } of rule.options ?? []) assert.deepEqual(wrong({ input: 'meetings', rule: rule.begin?.(id, before, known, 'own') }), [], id)
  for (const { id } of input.options ?? []) {
    const made = input.begin?.(id, undefined, known, 'own')
    // Whose members they are only the source's columns can say.
    if (id !== 'meanOver') assert.deepEqual(wrong({ input: made, rule: before }), [], id)
  }
  const take = fieldsFor('measure', { over: 'event' }).find(({ control, path }) => control === 'variant' && path.length === 0) as FieldSpec
  const columns: Record<string, string> = { sum: 'n', avg: 'n', min: 'n', max: 'n', countDistinct: 'kind' }
  for (const { id } of take.options ?? []) {
    const made = take.begin?.(id, { over: 'event' }, known, 'own') as Record<string, unknown>
    const column =
      columns[id] === undefined ? (id === 'severity' ? { severity: { by: 'kind', table: { 甲: '1' }, otherwise: '0' } } : {}) : { [id]: columns[id] }
    assert.deepEqual(wrong({ input: { ...made, ...column }, rule: before }), [], id)
  }
})

test('another kind of rule takes over what both have', () => {
  const rule = field(fieldsFor('item', {}), 'rule')
  assert.deepEqual(rule.begin?.('excess', { kind: 'shortfall', target: '4', lose: '2', step: 'whole' }, known, 'own'), {
    kind: 'excess',
    target: '4',
    lose: '2',
    step: 'whole',
  })
  assert.deepEqual(rule.begin?.('each', { kind: 'tiers', points: [{ bound: '1' }] }, known, 'own'), { kind: 'each', points: '1' })
})

test('a quota, a veto, members and an exemption begin as something that checks', () => {
  const grade = field(fieldsFor('grade', {}), 'quota')
  const quota = grade.begin?.('', undefined, known, '0')
  const grades = [{ grade: '好', from: '8', quota }, { grade: '中' }]
  assert.deepEqual(wrong({ input: 'meetings', rule: { kind: 'deduct', lose: '1' } }, { grades }), [])
  const zero = field(fieldsFor('veto', {}), 'zero')
  for (const id of ['total', 'list']) {
    const veto = { id: 'v', label: '否决', when: 'meetings > 3', zero: zero.begin?.(id, undefined, known, 'v') }
    assert.deepEqual(wrong({ input: 'meetings', rule: { kind: 'deduct', lose: '1' } }, { grades, vetoes: [veto] }), [], id)
  }
  const exempt = field(fieldsFor('item', {}), 'exempt').begin?.('', undefined, known, 'own')
  assert.deepEqual(exempt, { when: 'false', give: 'exclude' })
  assert.deepEqual(wrong({ exempt, input: 'meetings', rule: { kind: 'deduct', lose: '1' } }), [])
  const members = field(fieldsFor('item', {}), 'input').begin?.('meanOver', undefined, known, 'own') as { meanOver: object }
  assert.deepEqual(Object.keys(members.meanOver), ['members', 'measure', 'rule', 'points', 'missing', 'take'])
})

test('how the rows of a named measure become a number is changed as a whole, the rest stays as written', () => {
  const text = 'rubric: r\nversion: 1\nmeasures:\n  m: { label: 会议, over: event, sum: n } # 尾注\n'
  const reading = readRubricText(text, () => undefined)
  const spot = reading?.spots.find(({ key }) => key === 'measure:m')
  assert.ok(reading && spot)
  const take = fieldsFor('measure', { over: 'event', sum: 'n' }).find(({ control, path }) => control === 'variant' && path.length === 0) as FieldSpec
  const made = take.begin?.('share', { label: '会议', over: 'event', sum: 'n' }, known, 'm')
  assert.equal(setField(reading, spot, [], made), text.replace('sum: n', 'share: { where: "true" }'))
})
