// Conditions in words: what people read on 考核 and behind a figure.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCel } from '#engine/cel.ts'
import type { Names } from '#engine/cel-typing.ts'
import type { ColumnType } from '#engine/index.ts'
import { inWords, type Ref } from './rubric-expr.rules.ts'

const columns: Record<string, [ColumnType, string]> = {
  kind: ['string', '类别'],
  staff: ['int', '编制数'],
  met: ['int', '会议'],
  open: ['bool', '对外服务'],
  tags: ['list(string)', '标签'],
  ended: ['date', '届满日'],
}
const ref = ([name, [type]]: [string, [ColumnType, string]]): [string, Ref] => [name, { op: 'ref', type, scope: 'column', name }]
const names: Names = { plain: Object.fromEntries(Object.entries(columns).map(ref)), groups: {} }

function words(text: string): string {
  const { expr, problems } = compileCel(text, names)
  assert.deepEqual(problems, [])
  return inWords(expr!, {
    ref: ({ name }) => columns[name]![1],
    value: ({ name }, value) => (name === 'kind' && value === 'branch' ? '党支部' : undefined),
  })
}

for (const [cel, chinese] of [
  ['kind == "branch"', '类别是“党支部”'],
  ['"branch" != kind', '“党支部”不是类别'],
  ['kind == "other"', '类别是“other”'],
  ['kind in ["branch", "other"]', '类别是“党支部”、“other”之一'],
  ['staff == 3', '编制数等于3'],
  ['met / staff >= 1.5', '会议÷编制数不少于1.5'],
  ['(met + 1) * staff > 10', '（会议＋1）×编制数大于10'],
  ['kind == "branch" && (open || met > 2)', '类别是“党支部”，且（对外服务，或会议大于2）'],
  ['!open', '不满足“对外服务”'],
  ['kind != null', '有类别'],
  ['"夜校" in tags', '标签中有“夜校”'],
  ['kind.startsWith("b")', '类别开头是“b”'],
  ['open ? met : 0', '对外服务时为会议，否则为0'],
  ['ended < date("2024-01-31")', '届满日小于2024-01-31'],
  ['ended.getFullYear() == 2024', '届满日的年等于2024'],
] as const)
  test(`${cel} reads ${chinese}`, () => assert.equal(words(cel), chinese))
