// What the engine's diagnostics say, in Chinese, for people at the page. What has no line here is told by its kind, with the engine's own words behind it.
import type { Diagnostic } from '#base/errors.ts'

type Say = (...parts: string[]) => string
const lines: [RegExp, Say][] = [
  [/^no (?:field|name) `(.+)`$/, (name) => `没有“${name}”这个字段或名称`],
  [/^no fact source `(.+)`$/, (name) => `没有“${name}”这个数据来源`],
  [/^no rule kind `(.+)`$/, (name) => `没有“${name}”这种计分规则`],
  [/^no key `(.+)` here$/, (name) => `这里没有“${name}”这一项`],
  [/^no item `(.+)`$/, (name) => `没有“${name}”这项指标`],
  [/^no grade (.+)$/, (name) => `没有“${name}”这个等次`],
  [/^no other measure `(.+)`$/, (name) => `没有另一个叫“${name}”的取数`],
  [/^no text column `(.+)` in/, (name) => `“${name}”不是可以分类的文字字段`],
  [/^`(.+)` is missing here(.*)$/, (name) => `这里缺“${keyWords[name] ?? name}”（${name}）`],
  [/^expected a condition, found (.+)$/, (found) => `这里要写条件（成立或不成立），写的却是${typeWord(found)}`],
  [/^expected a number, found (bool|string|date|timestamp|list\(string\)|null)$/, (found) => `这里要写数，写的却是${typeWord(found)}`],
  [
    /^expected (.+), found (.+)$/,
    (_what, found) => `这里的${found === 'nothing' ? '内容是空的，要填' : `${found.replaceAll('`', '“').replace(/“$/, '”')}不合要求`}`,
  ],
  [/^not a CEL expression: (.*)$/, () => '条件或算式没有写完整，或者符号不对'],
  [/^the id `(.+)` is there twice$/, (id) => `编号“${id}”用了两次`],
  [/^the grade (.+) is there twice$/, (grade) => `等次“${grade}”写了两次`],
  [/^`(.+)` can't be the name of a measure$/, (name) => `“${name}”不能作取数的名称：用小写字母开头，只用字母、数字、下划线`],
  [/^(.+) is not a date$/, (day) => `${day} 不是日期`],
  [/^the period ends before it begins$/, () => '期间的结束早于开始'],
  [/^the floor (.+) is above the cap (.+)$/, (floor, cap) => `最低分 ${floor} 高于最高分 ${cap}`],
  [/^the floor is above the cap$/, () => '总分的最低高于最高'],
  [/^`(.+)` needs the item's points as a number$/, () => '这种计分规则要写明分值'],
  [/^an item in a block has a number of points$/, () => '板块里的指标要写明分值'],
  [/^points can't be below 0/, () => '分值不能小于0；扣分项请用“每个加减分”，不设最低分'],
  [/^a block holds items, blocks, or at least/, () => '板块里还没有指标'],
  [/^this row is never reached/, () => '这一档永远轮不到：界限要依次递减（达到、超过）或递增（不超过、低于）'],
  [/^`rank` has either/, () => '排名要么写各名次的分，要么写每低一名扣几分'],
  [/^a measure has one aggregate/, () => '一个取数只能有一种算法'],
  [/is a ratio itself and can't be a denominator$/, () => '分母自己就是比例，不能作分母'],
  [/^a veto has either/, () => '一票否决要么写最高等次，要么写总分记零'],
  [/^a quota has either/, () => '名额要么写比例，要么写个数'],
  [/^the last grade takes everybody left/, () => '最后一个等次收其余的单位，不写分数线和名额'],
  [/^grades go from the best down/, () => '等次从高到低写：这条分数线不比上一条低'],
  [/^items wait for each other: (.+)$/, (circle) => `指标互相依赖，算不出来：${circle}`],
  [/^peers by class need/, () => '要按同类比较，先在参评范围里写明分类'],
  [/^there is no rubric `(.+)` version (.+) to extend$/, (id, version) => `没有可以作基础的细则 ${id} 第 ${version} 版`],
  [/^the bases go in a circle/, () => '细则互为基础，绕成了圈'],
  [/^the base has no item `(.+)`$/, (id) => `基础细则里没有指标“${id}”；新指标要写明放在哪里`],
  [/^the base has no `(.+)`$/, (id) => `基础细则里没有“${id}”`],
  [/^there is no (?:item|block) `(.+)` to place/, (id) => `没有“${id}”，不知道放在哪里`],
]

const keyWords: Record<string, string> = {
  id: '编号',
  label: '名称',
  points: '分值',
  input: '取数',
  rule: '计分规则',
  kind: '种类',
  missing: '没有数据时怎么办',
  round: '小数位数',
  peers: '和谁比',
  target: '目标值',
  lose: '扣几分',
  step: '不足一个单位怎么算',
  otherwise: '其余得分',
  title: '名称',
  blocks: '板块',
  period: '考核期',
  total: '总分',
  rank: '排名',
  version: '版本号',
  rubric: '编号',
  subject: '考核对象',
  population: '参评范围',
  over: '数据来源',
  from: '分数线',
}

const codes: Record<string, string> = {
  yaml: '写法不对',
  shape: '内容不合要求',
  'cel-syntax': '条件或算式写法不对',
  'cel-name': '名称不对',
  'cel-type': '类型不合',
  'cel-refused': '这里不能这样写',
  source: '数据来源不合适',
  measure: '取数不成立',
  extends: '与基础细则接不上',
}

const yamlWords: [RegExp, string][] = [
  [/indent|column/, '缩进不对，同一层的要对齐'],
  [/\[ \]|\{ \}|quotes|flow/i, '括号或引号没有配对；有逗号、冒号的文字放在单引号里'],
]

function typeWord(type: string): string {
  return { bool: '条件', string: '文字', int: '数', decimal: '数', date: '日期', timestamp: '时刻', 'list(string)': '一组文字', null: '空' }[type] ?? type
}

/** The names that a hint offers: `did you mean …?`, `known: …`. */
function hintInWords(hint: string | undefined): string {
  const near = /did you mean `(.+?)`/.exec(hint ?? '')?.[1]
  if (near !== undefined) return `，是不是“${near}”？`
  const known = /known: ([^—]+)/.exec(hint ?? '')?.[1]
  return known === undefined ? '' : `。有：${known.trim().replaceAll(', ', '、')}`
}

/** A diagnostic as a sentence, with its way out where the engine knows one. */
export function problemInWords({ code, message, hint }: Pick<Diagnostic, 'code' | 'message' | 'hint'>): string {
  for (const [pattern, say] of lines) {
    const found = pattern.exec(message)
    if (found !== null) return `${say(...found.slice(1).map((part) => part ?? ''))}${hintInWords(hint)}`
  }
  const yaml = code === 'yaml' ? yamlWords.find(([pattern]) => pattern.test(`${message} ${hint ?? ''}`))?.[1] : undefined
  return yaml ?? `${codes[code] ?? '这里不成立'}（${message}${hint === undefined ? '' : `；${hint}`}）`
}
