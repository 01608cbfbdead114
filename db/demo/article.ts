// The activities that the article names, as records of the units it names. It dates only the training of 2023-10-31 and the discipline
// study; the other days are ours, and nothing else is said here than what the article says.
import { type City, holder, type Org, roll, type Unit } from './city.ts'
import { day } from './days.ts'
import type { Draft, Value } from './ledger-rows.ts'

const desk = '市直工委'
const study = { campaign: 'discipline-study-2024' }
const clean = { campaign: 'clean-office' }

/** unit, kind, day, title, place, fields. */
const unitRecords: ReadonlyArray<[string, string, string, string, string, Record<string, Value>]> = [
  [desk, 'training', '2023-10-31', '机关纪检干部队伍培训', '', { audience: 'discipline-cadres' }],
  [desk, 'training', '2023-06-12', '赴苏州问道取经', '苏州', { audience: 'party-workers' }],
  [desk, 'training', '2023-09-11', '赴北京问道取经', '北京', { audience: 'party-workers' }],
  [desk, 'training', '2023-09-13', '赴北京天竺海关实地观摩', '北京天竺海关', { audience: 'party-workers' }],
  [desk, 'training', '2023-09-14', '参观中国共产党历史展览馆', '北京', { audience: 'party-workers' }],
  [desk, 'joint-study', '2023-05-18', '中心组联组共学', '', { topic: '联组共学新模式', partners: '市直机关理论学习中心组' }],
  [desk, 'outreach-talk', '2021-06-18', '“永远跟党走”理论宣讲大赛', '', { topic: '永远跟党走' }],
  [desk, 'culture-event', '2021-04-23', '“读党史故事 诵红色经典”读书分享会', '', { form: 'reading' }],
  [desk, 'culture-event', '2024-06-20', '“丹青歌盛世 翰墨颂清廉”廉洁书画展', '', { form: 'exhibition', ...study }],
  [desk, 'culture-event', '2023-05-22', '“清风晋韵”微视频创作', '', { form: 'video', ...clean }],
  ['市纪委监委机关', 'culture-event', '2024-05-16', '走廊清廉主题宣传画', '', { form: 'display', ...clean }],
  ['市委办公室', 'culture-event', '2023-05-15', '“家风助廉”主题征文', '', { form: 'essay', ...clean }],
  ['市委宣传部', 'outreach-talk', '2023-07-05', '唱响太行精神', '', { topic: '太行精神' }],
  ['市医保局', 'practical-deed', '2023-11-09', '市域联盟集中采购', '', { for_whom: 'public', done: true, result: '集中采购' }],
  ['市民政局', 'culture-event', '2023-05-24', '“七廉一体”活动', '', { form: 'display', ...clean }],
  ['市烟草专卖局（公司）', 'practical-deed', '2023-04-12', '我为烟农办实事', '', { for_whom: 'farmer', done: true, result: '活动' }],
  ['市烟草专卖局（公司）', 'practical-deed', '2023-06-14', '我与客户共成长', '', { for_whom: 'customer', done: true, result: '活动' }],
  ['市烟草专卖局（公司）', 'practical-deed', '2023-08-16', '我为基层服好务', '', { for_whom: 'grassroots', done: true, result: '活动' }],
]

/** unit, kind, day, title, place, fields: in the unit's first branch. */
const branchRecords: ReadonlyArray<[string, string, string, string, string, Record<string, Value>]> = [
  ['市公安局潞州分局东大街派出所', 'theme-day', '2024-03-22', '宣传预防校园欺凌知识', '东关小学', { theme: '预防校园欺凌', activity: 'outreach' }],
  ['市城镇供水集团有限公司', 'theme-day', '2024-06-28', '赴抗大一分校旧址接受革命传统教育', '抗大一分校旧址', { theme: '革命传统教育', activity: 'site' }],
  ['市公安局', 'theme-day', '2023-05-26', '“公安心向党、奋进新征程”', '', { theme: '公安心向党、奋进新征程', activity: 'study' }],
  ['市公安局', 'warning-education', '2023-05-19', '“对党忠诚、清正廉洁”教育', '', { concentrated: true, form: 'cases', campaign: 'clean-month-2023' }],
  ['市12345政务服务热线服务中心', 'study-discussion', '2023-05-12', '“热·爱学”青年理论学习', '', { topic: '青年理论学习' }],
  [desk, 'theme-day', '2023-07-07', '“重走革命路，感悟为民情”', '', { theme: '重走革命路，感悟为民情', activity: 'site' }],
]

function find(city: City, name: string): Unit {
  const unit = city.units.find((other) => other.name === name)
  if (unit === undefined) throw new Error(`the city has no unit called ${name}`)
  return unit
}

function atBranch(org: Org, draft: Omit<Draft, 'unit' | 'org'>): Draft {
  const host = holder(org, 'secretary', draft.day)
  const people: Draft['people'] = draft.kind === 'theme-day' || host === undefined ? [] : [['host', host]]
  const attended = draft.kind === 'theme-day' || draft.kind === 'study-discussion'
  return { ...draft, unit: org.unit, org, people, ...(attended ? { roll: roll(org, draft.day), absent: [] } : {}) }
}

/** Records of the named activities; the 12 + 10 research topics go to invented units. */
export function articleActivities(city: City): Draft[] {
  const drafts: Draft[] = []
  for (const [name, kind, date, title, place, fields] of unitRecords) {
    const unit = find(city, name)
    const head = unit.heads.at(-1)?.person
    const role = kind === 'joint-study' || kind === 'culture-event' ? 'host' : kind === 'practical-deed' ? 'leader' : null
    const people: Draft['people'] = role === null || head === undefined ? [] : [[role, head]]
    drafts.push({ kind, unit, day: day(date), title, place, fields, people, delay: 1, firm: true })
  }
  for (const [name, kind, date, title, place, fields] of branchRecords) {
    const branch = find(city, name).orgs.find((org) => org.kind === 'branch')
    if (branch !== undefined) drafts.push(atBranch(branch, { kind, day: day(date), title, place, fields, delay: 1, firm: true }))
  }
  const invented = city.units.filter((unit) => !unit.named && unit.level === 'city' && unit.until === Number.POSITIVE_INFINITY && unit.from < day('2019-07-01'))
  for (const [index, unit] of invented.slice(0, 22).entries()) {
    const [group, number] = index < 12 ? ['12', index + 1] : ['10', index - 11]
    const head = unit.heads[0]?.person
    drafts.push({
      kind: 'research',
      unit,
      day: day('2023-06-05') + index * 3,
      title: `“12+10”重大课题调研${group}之${number}`,
      firm: true,
      delay: 2,
      fields: { topic: `“12+10”重大课题（${group}之${number}，示例）`, form: 'research', days: 5, outcome: '形成调研报告' },
      people: head === undefined ? [] : [['leader', head]],
    })
  }
  return drafts
}
