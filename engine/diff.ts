// What changed from one rubric to another, as data and as sentences: last year's list and this year's, a version and the next (SPEC.md R-DIF).
import { fieldWord, valueWord } from '#engine/diff-words.ts'
import { exprText, peersText, ruleText } from '#engine/explain-rule.ts'
import type { Expr } from '#engine/expr.ts'
import type { BlockIr, ItemIr, MeasureIr, Peers, RubricIr } from '#engine/ir.ts'

/** One field with what it was and what it is, as people read it. */
export interface FieldChange {
  field: string
  label: string
  before: string
  after: string
}

export interface Change {
  what: 'rubric' | 'block' | 'item' | 'measure' | 'veto' | 'grade'
  id: string
  label: string
  how: 'added' | 'removed' | 'moved' | 'changed'
  fields: FieldChange[]
  sentence: string
}

/** How expressions and rules are said; a caller with names for values says them better. */
export interface Saying {
  expr: (expr: Expr, ir: RubricIr) => string
  rule: (item: ItemIr, ir: RubricIr) => string
}

const plainly: Saying = { expr: exprText, rule: ruleText }

/** Every difference in meaning, in the order of the later rubric. Id and version don't count; neither do notes, which the IR leaves out. */
export function rubricDiff(before: RubricIr, after: RubricIr, saying: Saying = plainly): Change[] {
  const both: Both = { before, after, saying }
  const changes = [
    ...rubricChanges(both),
    ...listed('block', blocksOf(before), blocksOf(after), both, blockFields),
    ...listed('item', itemsOf(before), itemsOf(after), both, itemFields),
    ...listed('measure', measuresOf(before), measuresOf(after), both, measureFields),
    ...listed('veto', placed(before.vetoes), placed(after.vetoes), both, plainFields),
    ...listed('grade', placed(gradesOf(before)), placed(gradesOf(after)), both, plainFields),
  ]
  return changes.map((one) => ({ ...one, sentence: sentenceOf(one) }))
}

interface Both {
  before: RubricIr
  after: RubricIr
  saying: Saying
}

/** A thing with the list that it stands in; lists are compared for their order. */
interface Placed<T> {
  one: T & { id: string; label: string }
  list: string
  listLabel: string
}

type Fields = Record<string, string | null>
type FieldsOf<T> = (one: T, ir: RubricIr, saying: Saying) => Fields
type Unsaid = Omit<Change, 'sentence'>

function placed<T extends { id: string; label: string }>(list: T[], name = '', label = ''): Placed<T>[] {
  return list.map((one) => ({ one, list: name, listLabel: label }))
}

function blocksOf(ir: RubricIr): Placed<BlockIr>[] {
  const down = (blocks: BlockIr[], name: string, label: string): Placed<BlockIr>[] =>
    blocks.flatMap((block) => [...placed([block], name, label), ...down(block.blocks, block.id, block.label)])
  return down(ir.blocks, '', '最上一级')
}

function itemsOf(ir: RubricIr): Placed<ItemIr>[] {
  const of = (ids: string[], name: string, label: string): Placed<ItemIr>[] =>
    placed(
      ids.flatMap((id) => ir.items[id] ?? []),
      name,
      label,
    )
  return [
    ...blocksOf(ir).flatMap(({ one }) => of(one.items, one.id, one.label)),
    ...of(ir.bonuses.items, 'bonuses', '加分'),
    ...of(ir.penalties.items, 'penalties', '扣分'),
  ]
}

/** Measures by name; those made of an item's input belong to the item. */
function measuresOf(ir: RubricIr): Placed<MeasureIr & { id: string }>[] {
  return placed(
    Object.values(ir.measures)
      .filter(({ name }) => !isMade(name))
      .map((one) => ({ ...one, id: one.name })),
    // A map has no order that means anything: each stands in a list of its own.
  ).map((one) => ({ ...one, list: one.one.id }))
}

function isMade(name: string): boolean {
  return name.includes('.')
}

function gradesOf(ir: RubricIr): { id: string; label: string; from: string | null; quota: unknown }[] {
  return ir.grades.map(({ grade, ...rest }) => ({ id: grade, label: grade, ...rest }))
}

/** What was added, removed, moved and changed in things that have ids. */
function listed<T>(what: Change['what'], before: Placed<T>[], after: Placed<T>[], both: Both, fieldsOf: FieldsOf<T & { id: string; label: string }>): Unsaid[] {
  const was = new Map(before.map((one) => [one.one.id, one]))
  const is = new Map(after.map((one) => [one.one.id, one]))
  const stayed = inOldOrder(before, after)
  const found: Unsaid[] = []
  for (const here of after) {
    const { id, label } = here.one
    const there = was.get(id)
    const head = { what, id, label }
    if (there === undefined) {
      found.push({ ...head, how: 'added', fields: [place(null, here), ...fieldsBetween({}, fieldsOf(here.one, both.after, both.saying))].filter(isSaid) })
      continue
    }
    const fields = fieldsBetween(fieldsOf(there.one, both.before, both.saying), fieldsOf(here.one, both.after, both.saying))
    const moved = there.list !== here.list || !stayed.has(id)
    if (moved) found.push({ ...head, how: 'moved', fields: [place(there, here)] })
    if (fields.length > 0) found.push({ ...head, label: there.one.label, how: 'changed', fields })
  }
  for (const { one, ...at } of before)
    if (!is.has(one.id)) {
      const fields = [place({ one, ...at }, null), ...fieldsBetween(fieldsOf(one, both.before, both.saying), {})].filter(isSaid)
      found.push({ what, id: one.id, label: one.label, how: 'removed', fields })
    }
  return found
}

function place(before: Placed<unknown> | null, after: Placed<unknown> | null): FieldChange {
  return { field: 'place', label: '位置', before: before?.listLabel ?? '', after: after?.listLabel ?? '' }
}

function isSaid({ before, after }: FieldChange): boolean {
  return before !== '' || after !== ''
}

/** The ids that kept their order within their list: those of a longest common run. */
function inOldOrder(before: Placed<unknown>[], after: Placed<unknown>[]): Set<string> {
  const kept = new Set<string>()
  for (const list of new Set(after.map((one) => one.list))) {
    const old = before.filter((one) => one.list === list).map(({ one }) => one.id)
    const now = after.filter((one) => one.list === list && old.includes(one.one.id)).map(({ one }) => old.indexOf(one.id))
    const best: { length: number; back: number }[] = []
    for (const [index, position] of now.entries()) {
      let back = -1
      for (let earlier = 0; earlier < index; earlier += 1)
        if ((now[earlier] ?? 0) < position && (best[earlier]?.length ?? 0) > (best[back]?.length ?? 0)) back = earlier
      best.push({ length: (best[back]?.length ?? 0) + 1, back })
    }
    let at = best.reduce((top, one, index) => (one.length > (best[top]?.length ?? 0) ? index : top), -1)
    while (at >= 0) {
      kept.add(old[now[at] ?? 0] ?? '')
      at = best[at]?.back ?? -1
    }
  }
  return kept
}

/** Fields that differ; what is not there is an empty text. */
function fieldsBetween(before: Fields, after: Fields): FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys
    .map((field) => ({ field, label: fieldWord(field), before: before[field] ?? '', after: after[field] ?? '' }))
    .filter((one, _, all) => one.before !== one.after && isTold(one.field, all))
}

/** Of a rule of another kind the whole sentence is told; of the same kind only the settings that differ, for the sentence repeats the points. */
function isTold(field: string, all: FieldChange[]): boolean {
  const kind = all.find((one) => one.field === 'rule.kind')
  const other = kind !== undefined && kind.before !== kind.after
  return field === 'rule' ? other : !field.startsWith('rule.') || !other
}

function rubricChanges({ before, after, saying }: Both): Unsaid[] {
  const of = (ir: RubricIr): Fields => {
    const { title, subject, population, period, bonuses, penalties, total, rank, tieBreak } = ir
    const limits = ({ floor, cap }: RubricIr['bonuses']) => ({ floor, cap })
    const { columns: _columns, ...who } = population
    const first = tieBreak.map(({ name, best }) => `${nameOf(name, ir)}（${best === 'high' ? '高' : '低'}的在前）`)
    return flat({ title, subject, population: who, period, bonuses: limits(bonuses), penalties: limits(penalties), total, rank, tieBreak: first }, ir, saying)
  }
  const fields = fieldsBetween(of(before), of(after))
  return fields.length === 0 ? [] : [{ what: 'rubric', id: after.rubric, label: after.title, how: 'changed', fields }]
}

const blockFields: FieldsOf<BlockIr> = ({ id: _id, items: _items, blocks: _blocks, ...rest }, ir, saying) => flat(rest, ir, saying)
const plainFields: FieldsOf<{ id: string; label: string }> = ({ id: _id, ...rest }, ir, saying) => flat(rest, ir, saying)
const measureFields: FieldsOf<MeasureIr & { id: string }> = ({ id: _id, name: _name, ...rest }, ir, saying) => flat(rest, ir, saying)

const itemFields: FieldsOf<ItemIr> = (item, ir, saying) => {
  const { id: _id, manual: _manual, input, rule, cap, ...rest } = item
  const { kind, ...settings } = rule
  return {
    ...flat(rest, ir, saying),
    // A cap that follows the points changes with them.
    ...(cap === item.points ? {} : flat({ cap }, ir, saying)),
    ...(input === null ? {} : { input: inputText(input, ir, saying) }),
    rule: saying.rule(item, ir),
    ...Object.fromEntries(Object.entries(flat({ kind, ...settings }, ir, saying)).map(([key, value]) => [`rule.${key}`, value])),
  }
}

function inputText(input: Expr, ir: RubricIr, saying: Saying): string {
  const made = input.op === 'ref' && input.scope === 'measure' && isMade(input.name) ? ir.measures[input.name] : undefined
  if (made === undefined) return saying.expr(input, ir)
  const { name: _name, label: _label, ...rest } = made
  return Object.entries(flat(rest, ir, saying))
    .filter(([, value]) => value !== null && value !== '')
    .map(([field, value]) => `${fieldWord(field)} ${value}`)
    .join('、')
}

function nameOf(id: string, ir: RubricIr): string {
  return ir.items[id]?.label ?? blocksOf(ir).find(({ one }) => one.id === id)?.one.label ?? id
}

/** A value of the IR as flat fields: `quota.percent`. Expressions, lists and plain values are text. */
function flat(value: object, ir: RubricIr, saying: Saying, within = ''): Fields {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]): [string, string | null][] => {
      const field = within === '' ? key : `${within}.${key}`
      if (isOfTheSource(field, one)) return []
      if (isPeers(one)) return [[key, peersText(one, ir)]]
      if (isItem(one)) return [[key, saying.rule(one, ir)]]
      if (!isMap(one) || isExpr(one)) return [[key, textOf(one, ir, saying, field)]]
      return Object.entries(flat(one, ir, saying, field)).map(([inner, text]) => [`${key}.${inner}`, text])
    }),
  )
}

/** What the engine takes from the source by itself: which column is the choice, the voter, whether a row is late. */
function isOfTheSource(field: string, value: unknown): boolean {
  const ends = (...names: string[]): boolean => names.some((name) => field === name || field.endsWith(`.${name}`))
  return (isExpr(value) && ends('known', 'count', 'item', 'late.when', 'shares.by')) || ends('inner.name', 'inner.label')
}

/** The rule of a member, an item of its own. */
function isItem(value: unknown): value is ItemIr {
  return isMap(value) && isMap(value.rule) && 'exempt' in value
}

function isPeers(value: unknown): value is Peers {
  return isMap(value) && Object.keys(value).join() === 'by,where'
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isExpr(value: unknown): value is Expr {
  return isMap(value) && typeof value.op === 'string' && typeof value.type === 'string'
}

function textOf(value: unknown, ir: RubricIr, saying: Saying, field: string): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.map((one) => textOf(one, ir, saying, field) ?? '').join('；')
  if (isExpr(value)) return saying.expr(value, ir)
  if (isMap(value)) {
    const told = value.weight ?? value.most
    if (typeof value.key === 'string' && typeof told === 'string') return `${value.key} ${told}`
    return Object.entries(flat(value, ir, saying, field))
      .flatMap(([key, one]) => (one === null ? [] : [`${fieldWord(key)} ${one}`]))
      .join('、')
  }
  if (typeof value === 'boolean') return value ? '是' : null
  return valueWord(field, String(value))
}

const kindWords = { rubric: '细则', block: '板块', item: '指标', measure: '取数', veto: '一票否决', grade: '等次' } as const

/** A change as a sentence without its full stop: `“主题党日”：分值 5 → 6`. */
function sentenceOf({ what, label, how, fields }: Unsaid): string {
  const name = what === 'rubric' ? '' : `${what === 'item' ? '' : kindWords[what]}“${label}”`
  const value = (field: string, side: 'before' | 'after'): string => fields.find((one) => one.field === field)?.[side] ?? ''
  const points = (side: 'before' | 'after'): string => (value('points', side) === '' ? '' : `（${value('points', side)}分）`)
  const [from, to] = [value('place', 'before'), value('place', 'after')]
  switch (how) {
    case 'added':
      return `新增${name === '' ? kindWords[what] : `${what === 'item' ? '指标' : ''}${name}`}${points('after')}${to === '' ? '' : `，在“${to}”中`}`
    case 'removed':
      return `删去${what === 'item' ? '指标' : ''}${name}${points('before')}${from === '' ? '' : `，原在“${from}”中`}`
    case 'moved':
      return from === to ? `${name}：调整了先后顺序` : `${name}：从“${from}”移到“${to}”`
    case 'changed': {
      const said = fields.map(({ label: field, before, after }) => `${field} ${before || '无'} → ${after || '无'}`)
      return `${name === '' ? '' : `${name}：`}${said.join('；')}`
    }
  }
}
