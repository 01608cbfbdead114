// What the form asks for each thing of a rubric: made of the definition's own schemas, so that a setting that comes has its field. Pure.
import type { Path } from '#base/shape.ts'
import { ruleSchemas } from '#engine/definition.ts'

/** Which names completion offers in an expression: of the rubric, of a rule (also x), of the columns of a source. */
export type Names = 'rubric' | 'rule' | `source:${string}` | 'population'

export interface FieldSpec {
  path: Path
  label: string
  control: 'text' | 'area' | 'number' | 'cel' | 'select' | 'rows' | 'list' | 'elsewhere'
  options?: { id: string; label: string }[]
  /** The columns of `rows`; their paths are within a row. */
  columns?: FieldSpec[]
  optional: boolean
  names?: Names
  hint?: string
}

interface Schema {
  type?: string
  const?: unknown
  enum?: string[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  description?: string
}

/** Rule kinds as people call them, in the order they are offered; kinds without a name here follow under their own. */
export const kindWords: Record<string, string> = {
  proportional: '按比例得分',
  tiers: '分档得分',
  shortfall: '达到得满分，每少扣分',
  excess: '不超得满分，每多扣分',
  gate: '符合得满分，否则不得分',
  checklist: '分项得分',
  deduct: '每有一个扣分',
  each: '每个加（减）分',
  escalate: '逐次加重扣分',
  convert: '外来分数折算',
  rank: '按名次得分',
  'ratio-to-best': '与最好的相比',
  relative: '与平均数相比',
  'mean-over': '下级得分取平均',
  rated: '评委打分',
  ballot: '民主测评票',
  formula: '公式',
}

/** Kinds of rule that a form can begin. */
export function ruleKinds(): { id: string; label: string }[] {
  const there = Object.keys(ruleSchemas)
  const known = Object.keys(kindWords).filter((kind) => there.includes(kind))
  return [...known, ...there.filter((kind) => !known.includes(kind))].map((id) => ({ id, label: kindWords[id] ?? id }))
}

const words: Record<string, string> = {
  target: '目标值',
  cap: '最高',
  compare: '怎样比较',
  table: '各档',
  bound: '界限',
  points: '得分',
  otherwise: '其余得分',
  lose: '每单位扣分',
  unit: '一个单位是',
  step: '不足一个单位',
  when: '条件',
  take: '怎样合计',
  parts: '各分项',
  label: '名称',
  limit: '最多扣',
  factor: '乘以',
  offset: '再加',
  best: '哪头是第一名',
  peers: '和谁比',
  ties: '并列名次',
  value: '算式',
  floor: '最低',
}
export const optionWords: Record<string, string> = {
  '>=': '达到（含）',
  '>': '超过',
  '<=': '不超过（含）',
  '<': '低于',
  '==': '等于',
  'pro-rata': '按比例算',
  whole: '不计',
  started: '按一个算',
  sum: '相加',
  best: '取最高的一项',
  high: '数值大的',
  low: '数值小的',
  class: '同类',
  parent: '同一上级',
  all: '全部',
  min: '同名次，下一名顺延',
  dense: '同名次，下一名不空',
  average: '取平均',
  zero: '得0分',
  full: '得满分',
  'peer-mean': '取可比对象的平均分',
  exclude: '不计，其余折算',
  manual: '由人工评分',
}

function control(schema: Schema): FieldSpec['control'] {
  if (schema.enum !== undefined) return 'select'
  if (schema.type === 'array') return schema.items?.type === 'object' ? 'rows' : 'list'
  if (schema.type === 'object') return 'elsewhere'
  if (/CEL/.test(schema.description ?? '')) return 'cel'
  if (schema.anyOf !== undefined) return schema.anyOf.every((one) => one.type === 'number' || one.type === 'string' || 'const' in one) ? 'number' : 'elsewhere'
  return schema.type === 'number' || schema.type === 'integer' ? 'number' : 'text'
}

function specs(schema: Schema, at: Path, names: Names): FieldSpec[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, one]) => {
    if ('const' in one) return []
    const how = control(one)
    const spec: FieldSpec = { path: [...at, key], label: words[key] ?? key, control: how, optional: schema.required?.includes(key) !== true }
    if (how === 'select') spec.options = (one.enum ?? []).map((id) => ({ id, label: optionWords[id] ?? id }))
    if (how === 'rows') spec.columns = specs(one.items ?? {}, [], names)
    if (how === 'cel') spec.names = names
    return [spec]
  })
}

/** The fields of a rule of this kind; empty for a kind that isn't there. */
export function ruleFields(kind: string): FieldSpec[] {
  const schema = Object.hasOwn(ruleSchemas, kind) ? (ruleSchemas as unknown as Record<string, Schema>)[kind] : undefined
  return schema === undefined ? [] : specs(schema, ['rule'], 'rule')
}

/** A rule of another kind, with what both have taken over and numbers where they must be. */
export function ruleOfKind(kind: string, before: Record<string, unknown>): Record<string, unknown> {
  const rule: Record<string, unknown> = { kind }
  for (const spec of ruleFields(kind)) {
    const key = String(spec.path[1])
    if (before[key] !== undefined && typeof before[key] === (spec.control === 'rows' || spec.control === 'list' ? 'object' : 'string')) rule[key] = before[key]
    else if (!spec.optional) rule[key] = firstValue(spec)
  }
  if (kind === 'rank' && rule.points === undefined && rule.lose === undefined) rule.lose = '1'
  return rule
}

function firstValue(spec: FieldSpec): unknown {
  if (spec.control === 'select') return spec.options?.[0]?.id ?? ''
  if (spec.control === 'rows')
    return [Object.fromEntries((spec.columns ?? []).filter(({ optional }) => !optional).map((column) => [String(column.path[0]), firstValue(column)]))]
  if (spec.control === 'list') return ['1']
  return spec.path.at(-1) === 'when' ? 'true' : '1'
}

const peers = ['class', 'parent', 'all'].map((id) => ({ id, label: optionWords[id] ?? id }))
const missing = ['zero', 'full', 'peer-mean', 'exclude', 'manual'].map((id) => ({ id, label: optionWords[id] ?? id }))
const field = (path: Path, label: string, how: FieldSpec['control'], more: Partial<FieldSpec> = {}): FieldSpec => ({
  path,
  label,
  control: how,
  optional: true,
  ...more,
})

/** What an item has beside input and rule. */
export const itemFields: FieldSpec[] = [
  field(['label'], '名称', 'text', { optional: false }),
  field(['points'], '分值', 'number'),
  field(['missing'], '没有数据时', 'select', { options: missing }),
  field(['peers'], '平均分取自', 'select', { options: peers }),
  field(['when'], '适用条件', 'cel', { names: 'rubric', hint: '只有符合的单位考这一项；空着就是都考' }),
  field(['exempt', 'when'], '免考条件', 'cel', { names: 'rubric' }),
  field(['exempt', 'give'], '免考的', 'select', { options: ['full', 'exclude'].map((id) => ({ id, label: optionWords[id] ?? id })) }),
  field(['floor'], '最低分', 'number', { hint: '空着是0；不设写 none' }),
  field(['cap'], '最高分', 'number', { hint: '空着是分值；不设写 none' }),
  field(['round'], '小数位数', 'number'),
  field(['note'], '说明', 'area'),
]

export const blockFields: FieldSpec[] = [
  field(['label'], '名称', 'text', { optional: false }),
  field(['weight'], '权重', 'number', { hint: '空着是1' }),
  field(['start'], '基础分', 'number', { hint: '扣分制的从多少分扣起；空着是0' }),
  field(['when'], '适用条件', 'cel', { names: 'rubric', hint: '只有符合的单位考这一板块' }),
  field(['floor'], '最低分', 'number'),
  field(['cap'], '最高分', 'number'),
  field(['note'], '说明', 'area'),
]

export const settingFields: FieldSpec[] = [
  field(['title'], '名称', 'text', { optional: false }),
  field(['version'], '版本号', 'number', { optional: false }),
  field(['period', 'from'], '考核期起', 'text', { optional: false, hint: '例如 2025-01-01' }),
  field(['period', 'to'], '考核期止', 'text', { optional: false }),
  field(['population', 'where'], '参评范围', 'cel', { names: 'population', hint: '空着是全部' }),
  field(['defaults', 'missing'], '没有数据时（各项另有规定的除外）', 'select', { options: missing }),
  field(['defaults', 'round'], '各项小数位数', 'number'),
  field(['total', 'floor'], '总分最低', 'number', { optional: false, hint: '不设写 none' }),
  field(['total', 'cap'], '总分最高', 'number', { optional: false, hint: '不设写 none' }),
  field(['total', 'round'], '总分小数位数', 'number', { optional: false }),
  field(['rank', 'peers'], '排名范围', 'select', { options: peers, optional: false }),
  field(['rank', 'ties'], '并列名次', 'select', { options: ['min', 'dense', 'average'].map((id) => ({ id, label: optionWords[id] ?? id })), optional: false }),
  field(['note'], '说明', 'area'),
]

/** How the rows of a source become a number. */
export const takes: { id: string; label: string }[] = [
  { id: 'count', label: '数有几条' },
  { id: 'countDistinct', label: '数有几种' },
  { id: 'sum', label: '合计' },
  { id: 'avg', label: '平均' },
  { id: 'min', label: '最小的' },
  { id: 'max', label: '最大的' },
  { id: 'share', label: '符合条件的占比' },
  { id: 'severity', label: '按轻重加权' },
]

/** Which aggregate a measure has. */
export function takeOf(measure: Record<string, unknown>): string {
  return takes.find(({ id }) => id !== 'count' && measure[id] !== undefined)?.id ?? 'count'
}

/** The fields of a measure at a path: named, or an item's input. */
export function measureFields(at: Path, measure: Record<string, unknown>, sources: { id: string; label: string }[]): FieldSpec[] {
  const names: Names = `source:${String(measure.over ?? '')}`
  const take = takeOf(measure)
  const inner: FieldSpec[] =
    take === 'share'
      ? [field([...at, 'share', 'where'], '占比条件', 'cel', { names, optional: false })]
      : take === 'count' || take === 'severity'
        ? []
        : [field([...at, take], take === 'countDistinct' ? '数哪个字段' : '哪个字段', 'cel', { names, optional: false })]
  return [
    field([...at, 'over'], '数据来源', 'select', { options: sources, optional: false }),
    field([...at, 'where'], '只取符合条件的', 'cel', { names, hint: '空着是全部' }),
    ...inner,
    ...(take === 'severity' ? [field([...at, 'severity'], '轻重对照', 'elsewhere')] : []),
    field([...at, 'once'], '同案只计一次，按', 'cel', { names, hint: '写案件编号的字段；空着每条都计' }),
    field([...at, 'unit'], '单位', 'text'),
  ]
}

/** The choices, with what is written now where it is none of them. */
export function optionsWith(options: { id: string; label: string }[], value: string): { id: string; label: string }[] {
  return value === '' || options.some(({ id }) => id === value) ? options : [...options, { id: value, label: value }]
}

/** How an item's input is written. */
export function inputKind(input: unknown): 'none' | 'cel' | 'measure' | 'mark' | 'elsewhere' {
  if (input === undefined) return 'none'
  if (typeof input === 'string') return 'cel'
  const keys = Object.keys(input as object)
  return keys.includes('over') ? 'measure' : keys.includes('mark') ? 'mark' : 'elsewhere'
}

export const inputKinds = [
  { id: 'cel', label: '用已有的取数或算式' },
  { id: 'measure', label: '就地取数' },
  { id: 'mark', label: '导入或人工的评分' },
  { id: 'none', label: '不取数（规则里自己写）' },
]

/** An input of another kind to begin with. */
export function inputOfKind(kind: string, id: string, measure: string | undefined, source: string): unknown {
  if (kind === 'cel') return measure ?? '0'
  if (kind === 'measure') return { over: source }
  return kind === 'mark' ? { mark: id } : undefined
}
