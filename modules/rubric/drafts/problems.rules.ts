// What the engine's diagnostics say, in Chinese, for people at the page. What has no line here is told by its kind, with the engine's own words behind it.
import type { Diagnostic } from '#base/errors.ts'
import { keyWord } from '../editor/editor-words.rules.ts'

type Say = (...parts: string[]) => string
const lines: [RegExp, Say][] = [
  [/^no (?:field|name) `(.+)`$/, (name) => `没有“${name}”这个字段或名称`],
  [/^no fact source `(.+)`$/, (name) => `没有“${name}”这个数据来源`],
  [/^no rule kind `(.+)`$/, (name) => `没有“${name}”这种计分规则`],
  [/^no key `(.+)` here$/, (name) => `这里没有“${name}”这一项`],
  [/^no item or block `(.+)`$/, (id) => `没有“${id}”这项指标或板块`],
  [/^no function `(.+)` here$/, (name) => `没有“${name}”这个函数，或者这里不能用`],
  [/^no `(.+)` in `(.+)`$/, (name, of) => `“${of}”里没有“${name}”`],
  [/^no time zone `(.+)`$/, (name) => `没有“${name}”这个时区`],
  [/^`(.+)` takes (\d+) arguments?, found (\d+)$/, (name, wants, has) => `函数“${name}”要写${wants}个值，写了${has}个`],
  [/^`has` takes a field$/, () => 'has() 的括号里写一个字段'],
  [/^`round` takes a number of places/, () => 'round() 的小数位数直接写0到12的数'],
  [/^(.+) has to be written out$/, () => '这里要直接写出来，不能是算出来的'],
  [/^`math\..+` takes numbers/, () => '这个函数只比较同一类的数'],
  [/^the two sides of `\? :` must be of one type, found (.+) and (.+)$/, (a, b) => `“? :”两边要是同一类，现在是${typeWord(a)}和${typeWord(b)}`],
  [/^this is always an error$/, () => '这样写一定算不出来'],
  [/^a whole number is at most/, () => '这个整数太大'],
  [/^(?:more than \d+ calculations|the expression is too large|an element is too large|this value is too large)/, () => '式子太长，请分成几个取数'],
  [/^(?:maps and optional fields|fields of fields) are not available here$/, () => '这里不能用映射，也不能取字段的字段'],
  [/^which items\?$/, () => '要写明是哪几项指标'],
  [/^`groups` are named by the text/, () => '名额不同的组用在同一类里比的名称来写，“在谁当中算名额”要按类或者按一个文字字段'],
  [/^a count is a whole number, not (.+)$/, (most) => `名额是整数，不能是${most}`],
  [/^which peers\?$/, () => '要写明和谁比'],
  [/^`(.+)` has no target that a share of the period could lower$/, () => '这种规则没有可以按时间折算的目标值'],
  [/^`pro-rata` needs a column `share`/, () => '要按存在的时间折算，参评名单里要有“share”这个字段（占考核期的部分，例如0.5）'],
  [/^the unit is above 0$/, () => '一个单位要大于0'],
  [/^`otherwise` belongs to a list of points$/, () => '“其余得分”只和各名次得分一起写'],
  [/^after `all` nothing is left to lose$/, () => '“全扣”以后没有可扣的了，要写在最后'],
  [/^the list ends with `all`/, () => '最后已经全扣，不必再写以后各次'],
  [/^a loss is written without a minus$/, () => '扣分写正数，不写负号'],
  [/^`convert` has either/, () => '折算要么写“乘以”和“再加”，要么写“由”和“换算为”两个范围'],
  [/^a range is two numbers/, () => '范围是两个数：低，高'],
  [/^the range `from` goes up/, () => '“由”的范围要从低到高'],
  [/^`(.+)` belongs to `how: difference`$/, (key) => `“${keyWord(key, ['relative'])}”只用于按与平均数的差加减`],
  [/^`cap` belongs to `how: ratio`$/, () => '“最多按几倍”只用于达到平均数得满分'],
  [/^`once` works with counting, sum and severity$/, () => '同案只计一次，只能用于数几条、合计和轻重'],
  [/^`pick` needs `once`/, () => '要选同案计哪一条，先写同案按什么字段认'],
  [/^`(.+)` doesn't say whose its rows are/, (source) => `“${source}”的记录看不出是谁的，不能这样用`],
  [/^`(.+)` is a state on a day: it has no period$/, (source) => `“${source}”是某一天的情况，不写期间`],
  [/^`as: percent` needs `of`$/, () => '写成百分比，要先写除以哪个取数'],
  [/^`share` has its own denominator$/, () => '占比自己有分母，不再写除以哪个取数'],
  [/^expected a map of measures$/, () => '取数要写成“名称: {…}”'],
  [/^the member's key is (.+), this is (.+):/, (a, b) => `成员的编号是${typeWord(a)}，这里是${typeWord(b)}，对不上`],
  [/^a member is scored by itself/, () => '成员各自计分，不能用和别人比的规则'],
  [/^`(.+)` has no weight in the table$/, (name) => `对照表里没有“${name}”`],
  [/^`(.+)` and `(.+)` weigh the same/, (a, b) => `“${a}”和“${b}”轻重相同，分不清同案计哪一条`],
  [/^a row entered late counts at least 0$/, () => '补录的最少计0'],
  [/^where `counting` counts rows or cases/, () => '数件数时，补录的只能照常或者不计'],
  [/^a part of a row works with counting, sum and severity$/, () => '补录的计一部分，只能用于数几条、合计和轻重'],
  [/^the source has no text column `(.+)`, by which the shares/, (name) => `数据来源里没有“${name}”这个文字字段，分不清各占多少`],
  [/^`ballot` needs the text columns/, () => '测评票的数据来源要有题目、选项和票数'],
  [/^`(.+)` has no (.+)s$/, (source) => `“${source}”里没有这样的字段`],
  [/^peers by parent need a column/, () => '要按同一上级比较，参评名单里要有上级'],
  [/^`follow` needs a source/, () => '要算给并入的单位，需要有谁并入谁的数据来源'],
  [/^`(.+)` needs a text column `old`/, () => '并入的数据来源要写明原单位'],
  [/^`whenNone` says what happens/, () => '没有写适用条件，不必写条件不成立时怎么办'],
  [/^`(.+)` is a block of the base/, (id) => `“${id}”是基础细则的板块，里面的改动写在指标和板块里`],
  [/^`(.+)` is the name of several things in the base$/, (id) => `基础细则里有几样都叫“${id}”，要写明是哪一样`],
  [/^say one of/, () => '放在哪里只写一处：放进、之后或之前'],
  [/^there is no .+ `(.+)` to place/, (id) => `没有“${id}”，不知道放在哪里`],
  [/^`trim` and `take: trimmed` go together/, () => '去掉最高最低，要和“去掉两端再平均”一起写'],
  [/^a range is \[low, high\]/, () => '有效范围是两个数，小的在前'],
  [/^with fewer than (.+) marks nothing/, (count) => `少于${count}份时去掉两端就没有了`],
  [/^at least one share is written here$/, () => '至少写一方的份额'],
  [/^a share is above 0$/, () => '份额要大于0'],
  [/^either `ballot` /, () => '要么写一道测评题的编号，要么写几道'],
  [/^a question is there twice$/, () => '同一道题写了两次'],
  [/^the choice `(.+)` has no coefficient$/, (choice) => `选项“${choice}”没有系数`],
  [/^`best` says which peer/, () => '写了哪头是最好，还要写和谁比'],
  [/^`input` is missing beside `rule`/, () => '要写取数：拿什么和别人比'],
  [/^the value names nothing of the peers$/, () => '算式里没有用到可比对象的任何数'],
  [/^no item `(.+)`$/, (name) => `没有“${name}”这项指标`],
  [/^no grade (.+)$/, (name) => `没有“${name}”这个等次`],
  [/^no other measure `(.+)`$/, (name) => `没有另一个叫“${name}”的取数`],
  [/^no text column `(.+)` in/, (name) => `“${name}”不是可以分类的文字字段`],
  [/^`(.+)` is missing here(.*)$/, (name) => `这里缺“${keyWord(name)}”（${name}）`],
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
]

const codes: Record<string, string> = {
  yaml: '写法不对',
  shape: '内容不合要求',
  'cel-syntax': '条件或算式写法不对',
  'cel-name': '名称不对',
  'cel-type': '类型不合',
  'cel-refused': '这里不能这样写',
  source: '数据来源不合适',
  measure: '取数不成立',
  'cel-constant': '这里要直接写出来',

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
