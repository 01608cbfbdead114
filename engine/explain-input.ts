// What marks, ballots, members and late entries put into a rule, as a person follows it with a pocket calculator.
import { comparePlaces, decimal, format, round, subtract } from '#base/decimal.ts'
import { type Question, questionsOf, slotKeys } from '#engine/gathered.ts'
import type { BallotIr, ItemIr, MeasureIr, MembersIr, RatedIr } from '#engine/ir.ts'
import type { ItemResult } from '#engine/reference.ts'

/** A number of the trace by its key below the measure's name; null where there is none. */
type Traced = (key: string) => string | null

/** A part of a mean: what it is called, its weight, its value. */
interface Part {
  name: string
  weight: string
  value: string | null
  text: string
}

/** The sentence of a measure that is made of several numbers, or whose rows count in part; null for others. */
export function gatheredText(measure: MeasureIr, name: string, given: ItemResult, ruleWords: (item: ItemIr) => string): string | null {
  const { take, late } = measure
  const traced: Traced = (key) => {
    const value = given.inputs[key === '' ? name : `${name}.${key}`]
    return typeof value === 'string' ? format(round(decimal(value), comparePlaces)) : null
  }
  if (take.kind === 'members') return `${measure.label}：${membersText(take, traced, ruleWords)}`
  if (take.kind === 'rated' || take.kind === 'ballot') return `${measure.label}：${opinionsText(take, traced)}`
  if (late === null) return null
  const value = `${traced('') ?? '无数据'}${measure.unit}`
  if (measure.once !== null) return `${measure.label} ${value}（同案只计一次，补录的按 ${late.counts} 计）`
  const [rows, entered] = [traced('rows') ?? '0', traced('late') ?? '0']
  const intime = format(subtract(decimal(rows), decimal(entered)))
  const isCount = take.kind === 'sum' && take.of.op === 'choose'
  return `${measure.label} ${rows} 条，其中补录 ${entered} 条按 ${late.counts} 计，${isCount ? `${intime} + ${entered} × ${late.counts} = ` : '合计 '}${value}`
}

function membersText(take: MembersIr, traced: Traced, ruleWords: (item: ItemIr) => string): string {
  const [members, counted, without, value] = [traced('members'), traced('counted'), traced('without') ?? '0', traced('')]
  const treated = { zero: '记 0 分', full: '记满分', exclude: '不计入' }[take.item.missing as 'zero' | 'full' | 'exclude']
  const gap = without === '0' ? '' : `，其中 ${without} 个没有数据，${treated}`
  const made =
    take.how === 'mean' ? `得分合计 ${traced('sum') ?? '0'} ÷ ${counted} = ${value}` : `${take.how === 'min' ? '取其中最低' : '各成员得分合计'} ${value}`
  return `成员 ${members} 个${gap}，每个按“${ruleWords(take.item)}”计分，${made}`
}

function opinionsText(take: RatedIr | BallotIr, traced: Traced): string {
  const questions = questionsOf(take).map((question): Part => {
    const parts = question.slots.map((slot): Part => {
      const keys = slotKeys(take, question, slot)
      const read = (key: { key: string } | undefined): string | null => (key === undefined ? null : traced(key.key))
      const value = keys.value === undefined ? traced('') : read(keys.value)
      const one = { name: slot.key ?? '', weight: slot.weight, value }
      return { ...one, text: slotText(take, one, read(keys.rows) ?? '0', read(keys.sum), read(keys.counted)) }
    })
    const value = question.key === null ? traced('') : question.slots.length > 1 ? traced(`${question.key}.value`) : (parts[0]?.value ?? null)
    return { name: question.key ?? '', weight: '1', value, text: questionText(take, question, parts, value) }
  })
  const whole =
    questions.length === 1 ? (questions[0]?.text ?? '') : `${questions.map(({ text }) => text).join('；')}；${combinedText(take, questions, traced(''))}`
  return `${whole}${straysText(take, traced)}`
}

function questionText(take: RatedIr | BallotIr, question: Question, parts: Part[], value: string | null): string {
  const shown = question.key === null ? '' : `“${question.key}”`
  const texts = parts.map(({ text }) => text).join('，')
  return `${shown}${texts}${parts.length > 1 ? `；${combinedText(take, parts, value)}` : ''}`
}

function slotText(take: RatedIr | BallotIr, { name, value }: Pick<Part, 'name' | 'value'>, rows: string, sum: string | null, counted: string | null): string {
  const unit = take.kind === 'rated' ? '份评分' : '票'
  const head = `${name === '' ? '' : `${name} `}${rows} ${unit}`
  if (value === null) return `${head}${rows === '0' ? '' : take.kind === 'ballot' ? `，不足 ${take.fewest} 票` : '，份数不够'}`
  if (take.kind === 'ballot') return `${head}，系数合计 ${sum} ÷ ${rows} = ${value}`
  if (take.pick === 'avg') return `${head}，${sum} ÷ ${rows} = ${value}`
  if (take.pick === 'median') return `${head}，取居中的 ${counted} 份，${sum} ÷ ${counted} = ${value}`
  if (take.pick !== 'trimmed') return `${head}，${{ sum: '合计', min: '最低', max: '最高' }[take.pick]} ${value}`
  const kept = counted === rows ? `不足 ${take.trim?.from} 份，都计入` : `两端各去掉 ${take.trim?.each} 份，余 ${counted} 份`
  return `${head}，${kept}，${sum} ÷ ${counted} = ${value}`
}

/** `(8.5 × 40 + 9 × 30) ÷ (40 + 30) = 8.714…；专家不计入，其余折算` */
function combinedText(take: RatedIr | BallotIr, parts: Part[], value: string | null): string {
  const isEqual = parts.every(({ weight }) => weight === '1')
  const known = parts.filter((part) => part.value !== null)
  const lacking = parts.filter((part) => part.value === null).map(({ name }) => name)
  const weighed = take.without === 'zero' ? parts : known
  const terms = known.map((part) => (isEqual ? part.value : `${part.value} × ${part.weight}`)).join(' + ')
  const below = isEqual ? String(weighed.length) : weighed.map(({ weight }) => weight).join(' + ')
  const why =
    lacking.length === 0
      ? ''
      : `；${lacking.join('、')}${{ zero: '按 0 计', rescale: '不计入，其余按比例折算', missing: '没有结果，整项没有数据' }[take.without]}`
  if (known.length === 0 || value === null) return `没有可用的结果${why}`
  return `${known.length === 1 ? terms : `(${terms})`} ÷ ${weighed.length === 1 || isEqual ? below : `(${below})`} = ${value}${why}`
}

function straysText(take: RatedIr | BallotIr, traced: Traced): string {
  const told = [
    ['unknown', (n: string) => `另有 ${n} 票的选项或类别不在规则中，不计`],
    ['outside', (n: string) => `另有 ${n} 份超出 ${take.kind === 'rated' ? `${take.range?.low}—${take.range?.high}` : ''}，不计`],
    ['others', (n: string) => `另有 ${n} 份的评分人没有份额，不计`],
  ] as const
  return told
    .map(([key, say]) => [traced(key), say] as const)
    .flatMap(([count, say]) => (count === null || count === '0' ? [] : [`；${say(count)}`]))
    .join('')
}
