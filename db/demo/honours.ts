// Honours as imported records: the article's, and invented ones on organisations whose names say 示例.
import { type City, isGrassroots, NOW, type Org, type Plan, START, type Unit } from './city.ts'
import { day, NEVER, workday } from './days.ts'
import type { Draft, Value } from './ledger-rows.ts'
import { type Random, shuffled } from './random.ts'

const article = '《新时代机关党建的“长治答卷”》（原文未写日期）'
const invented = '演示数据'
const start = day(START)

/** The unit's 党组, or its highest Party organisation: unit honours stand under its name. */
const highest = (unit: Unit): Org | undefined => unit.orgs[0]

function honour(org: Org, on: number, title: string, fields: Record<string, Value>, more: Partial<Draft> = {}): Draft {
  return {
    kind: 'honour',
    unit: org.unit,
    org,
    day: on,
    title,
    fields: { source: invented, ...fields },
    firm: true,
    ...(on < start ? { delay: start + 4 - on } : {}),
    ...more,
  }
}

function unitNamed(city: City, name: string): Unit {
  const unit = city.units.find((other) => other.name === name)
  if (unit === undefined) throw new Error(`the city has no unit called ${name}`)
  return unit
}

function topOf(city: City, name: string): Org {
  const org = highest(unitNamed(city, name))
  if (org === undefined) throw new Error(`${name} has no Party organisation`)
  return org
}

/** What the article says of organisations by name; 46, 14 and the brands' number are reached by the invented ones beside them. */
function fromArticle(city: City): Draft[] {
  const drafts: Draft[] = []
  const procuratorate = topOf(city, '壶关县人民检察院')
  const tobacco = unitNamed(city, '市烟草专卖局（公司）')
  const station = topOf(city, '市公安局潞州分局东大街派出所')
  const hotline = topOf(city, '市12345政务服务热线服务中心')
  const from = (fields: Record<string, Value>) => ({ date_known: false, source: article, ...fields })
  for (let year = 2011; year <= 2023; year += 1) {
    drafts.push(honour(procuratorate, day(`${year}-12-20`), '全国文明单位', from({ honour: 'civilised-unit', level: 'national', state: 'named', year })))
  }
  drafts.push(honour(procuratorate, day('2023-12-15'), '入选“百优案例”', from({ honour: 'hundred-cases', level: 'national', state: 'named', in_province: 4 })))
  drafts.push(honour(procuratorate, day('2021-06-30'), '全省先进基层党组织', from({ honour: 'advanced-grassroots', level: 'province', state: 'named' })))
  drafts.push(
    honour(
      station,
      day('2023-10-20'),
      '全省机关优秀党建品牌“阳光东街”',
      from({ honour: 'provincial-brand', level: 'province', state: 'named', brand: '阳光东街' }),
    ),
  )
  const committee = tobacco.orgs.find((org) => org.kind === 'committee')
  if (committee === undefined) throw new Error('the tobacco system has no committee')
  const general = '党旗红·心连心·共成长'
  for (const [org, brand, on] of [
    [station, '阳光东街', '2022-11-18'],
    [committee, general, '2022-06-24'],
    [hotline, '热·爱学', '2023-05-12'],
  ] as const) {
    drafts.push(honour(org, day(on), `党建品牌“${brand}”`, from({ honour: 'brand', level: 'city', state: 'named', brand })))
  }
  for (const [index, branch] of tobacco.orgs.filter((org) => org.kind === 'branch').entries()) {
    drafts.push(
      honour(
        branch,
        day('2023-03-24'),
        `烟草子品牌${index + 1}（示例）`,
        from({ honour: 'child-brand', level: 'city', state: 'named', brand: `支部特色${index + 1}（示例）`, parent_brand: general }),
      ),
    )
  }
  for (const name of ['市纪委监委机关', '市委组织部', '市委政法委']) {
    drafts.push(
      honour(
        topOf(city, name),
        day('2024-07-12'),
        '拟命名省清廉机关建设示范单位',
        from({ honour: 'clean-demonstration', level: 'province', state: 'proposed', year: 2024 }),
      ),
    )
  }
  return drafts
}

const brandWords = ['先锋', '清风', '红心', '惠民', '匠心', '阳光', '暖心', '同行', '领航', '初心', '先行', '连心']

/** Every honour. Rows are added until the plan's numbers are reached; the numbers themselves are stored nowhere. */
export function honours(city: City, plan: Plan, stream: Random): Draft[] {
  const { figures } = plan
  const drafts = fromArticle(city)
  const settled = city.orgs.filter((org) => !org.unit.named && org.from < start && org.until === NEVER)
  const good = shuffled(
    settled.filter((org) => isGrassroots(org) && org.quality > 0.9),
    stream,
  )
  const branches = good.filter((org) => org.kind === 'branch')
  const batches = ['2021-06-29', '2022-06-30', '2023-06-29']
  for (const [index, org] of branches.slice(0, figures.fourStrong).entries()) {
    const lost = index < figures.fourStrongLost ? { later: { on: day('2024-03-20') + index, fields: { state: 'lost' }, reason: '动态管理，撤销命名' } } : {}
    const batch = batches[index % batches.length] ?? batches[0] ?? ''
    drafts.push(
      honour(org, day(batch), '命名“四强”党支部', { honour: 'four-strong-branch', level: 'city', state: 'named', year: Number(batch.slice(0, 4)) }, lost),
    )
  }
  const owners = shuffled(settled.filter(isGrassroots), stream)
  for (const [index, org] of owners.slice(0, figures.brandEntries - 3).entries()) {
    const brand = `${stream.pick(brandWords)}${stream.pick(brandWords)}${index + 1}（示例）`
    const on = workday(stream.between(day('2022-03-01'), day('2024-06-20')))
    const state = index < figures.brands - 3 ? 'named' : 'entered'
    drafts.push(honour(org, on, state === 'named' ? '发布党建品牌' : '申报党建品牌', { honour: 'brand', level: 'city', state, brand }))
    if (state !== 'named' || index % 5 !== 0) continue
    const child = workday(Math.min(on + 120, day(NOW) - 10))
    drafts.push(
      honour(org, child, '发布子品牌', { honour: 'child-brand', level: 'city', state: 'named', brand: `子品牌${index + 1}（示例）`, parent_brand: brand }),
    )
  }
  const candidates = shuffled(
    city.units.filter((unit) => !unit.named && unit.from < start && unit.until === NEVER && unit.quality > 0.9),
    stream,
  )
  for (const [index, unit] of candidates.slice(0, figures.applicants - 3).entries()) {
    const org = highest(unit)
    if (org === undefined) continue
    const state = index < figures.demonstrations - 3 ? 'proposed' : 'entered'
    const title = state === 'proposed' ? '拟命名省清廉机关建设示范单位' : '申报省清廉机关建设示范单位'
    drafts.push(honour(org, day('2024-07-12'), title, { honour: 'clean-demonstration', level: 'province', state, year: 2024 }))
  }
  for (const [index, org] of good.slice(60, 100).entries()) {
    const on = workday(stream.between(day('2021-05-01'), day('2024-10-31')))
    const made = index < 25 ? ['党建实践案例', 'practice-case'] : ['党建示范点', 'demonstration-site']
    drafts.push(honour(org, on, made[0] ?? '', { honour: made[1] ?? '', level: 'city', state: 'named' }))
  }
  return drafts
}
