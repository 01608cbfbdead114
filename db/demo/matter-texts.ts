// Wording of the invented matters: titles by kind, and what is written into their forms.
import type { MatterKind, Move } from '#modules/matter/matter-kinds.contract.ts'
import { dateText, dayOf } from './days.ts'
import { deeds, researchTopics, trainings } from './phrases.ts'
import type { Random } from './random.ts'

/** Values of a matter's fields as they are stored: numbers as the text of an exact decimal. */
export type Fields = Record<string, string | boolean | string[]>

/** What is asked for. */
export const tasks = [
  '报送党建工作要点',
  '上报党员基本信息核对结果',
  '组织学习研讨并报送小结',
  '填报主题党日开展情况',
  '开展警示教育并报送情况',
  '排查廉政风险点',
  '报送党费收缴情况',
  '推荐优秀党务工作者',
  '走访慰问困难党员',
  '报送发展党员计划',
  '完善支部阵地',
  '报送半年工作总结',
  '核对党组织关系',
  '开展志愿服务活动',
  '报送换届准备情况',
  '组织观看廉洁教育片',
] as const

const problems = [
  '首问负责落实不到位，群众多次往返',
  '会议记录不完整',
  '党课未按季度开展',
  '台账更新不及时',
  '政策解答口径不一致',
  '窗口工作时间空岗',
  '整改措施笼统，没有时限',
  '调研走过场，意见未跟踪',
  '公开栏内容长期未更新',
  '发文数量偏多',
] as const

const titles: Record<string, readonly string[]> = {
  task: tasks,
  rectification: problems,
  research: researchTopics.map((topic) => `${topic}课题调研`),
  promise: deeds,
  training: trainings,
  visit: ['走访企业问需', '走访困难党员', '走访基层站所', '走访服务对象'],
  'visit-question': ['反映的办证排队问题', '反映的停车问题', '反映的用水问题', '反映的政策咨询问题'],
  topic: researchTopics.map((topic) => `${topic}课题调研`),
  'style-problem': problems,
  roadmap: ['政治机关建设路线图', '窗口服务提升路线图', '支部规范化建设路线图', '清廉机关建设路线图'],
  milestone: ['完成摸底', '制定措施', '落实整改', '总结评估'],
  'notice-item': ['抓实政治建设', '抓实理论武装', '抓实基层组织', '抓实作风纪律'],
  practice: ['一窗通办的做法', '错时服务的做法', '支部结对的做法', '联合采购的做法'],
  admission: ['积极分子培养手续', '接收预备党员手续', '预备党员转正手续'],
  election: ['支部委员会换届选举', '补选支部委员'],
  commitment: ['廉洁服务承诺', '限时办结承诺', '阳光审批承诺', '首问负责承诺'],
  'ten-ones': ['清廉机关“十个一”'],
  'training-class': trainings,
  brand: ['先锋窗口', '红色引擎', '暖心驿站', '清风机关', '护航企业'],
  'child-brand': ['先锋讲堂', '红色驿站', '暖心小分队', '清风课堂'],
  'demonstration-site': ['窗口党建示范点', '一线党建示范点', '支部规范化示范点'],
  'discipline-setup': ['设立机关纪委', '配备纪检委员'],
  'field-work': ['到社区接待群众', '到企业现场办公', '到乡村宣讲政策', '到站所调研'],
  decision: ['优化营商环境部署落实', '乡村振兴部署落实', '生态保护部署落实'],
  'decision-part': ['牵头任务', '配合任务', '督促检查'],
}

const answers: Record<string, readonly string[]> = {
  problem: problems,
  plan: ['明确责任人，两个月内完成，每月自查一次。', '修订制度，组织培训，完成后公示。', '列出清单，逐项销号。'],
  progress: ['已完成制度修订，正在组织培训。', '完成过半，按计划推进。', '问题已初步解决，正在巩固。'],
  result: ['已整改到位，制度已执行一个月。', '已完成，附台账。', '问题已解决，群众反映良好。'],
  verdict: ['经复查，情况属实。', '复查了台账和现场。'],
  reason: ['材料不完整，请补充。', '数据与台账不一致，请核对。'],
  text: ['请按要求办理，期满前提交。', '请结合实际办理，简明报送，不附照片。'],
  answer: ['已按要求办理。', '已完成，情况见台账。', '已组织落实，效果较好。'],
}

/** A title for a matter of a kind, the same few over and over, so that search has something to find. */
export function titleOf(id: string, kind: MatterKind, stream: Random): string {
  const list = titles[id] ?? Object.entries(titles).find(([word]) => id.startsWith(word))?.[1]
  return list === undefined ? kind.name : stream.pick(list)
}

/** What numbers are drawn from, by field, or by move and field: such that no guard of the kinds refuses them. */
const ranges: Record<string, [number, number]> = {
  eligible: [30, 34],
  attended: [28, 30],
  seats: [3, 5],
  nominees: [6, 7],
  enrolled: [40, 60],
  places: [40, 60],
  heard: [20, 30],
  satisfied: [16, 20],
  'disapprove satisfied': [2, 8],
  trained_days: [3, 5],
}

/** A value of each field that a form asks; required ones always, others mostly. Named units give the first choice. */
export function fieldsOf(
  kind: MatterKind,
  { id: move = '', form = [], required = [] }: { id?: string; form?: readonly string[]; required?: readonly string[] },
  at: number,
  quality: number,
  stream: Random,
): Fields {
  const given: Fields = {}
  for (const id of form) {
    const field = kind.fields.find((other) => other.id === id)
    if (field === undefined || !(required.includes(id) || field.required === true || quality === 1 || stream.chance(0.85))) continue
    const { type, choices = [] } = field
    const today = dateText(dayOf(at))
    if (type === 'choice') given[id] = (quality === 1 ? choices[0] : stream.pick(choices))?.id ?? ''
    else if (type === 'list') given[id] = choices.map((choice) => choice.id)
    else if (type === 'int' || type === 'decimal')
      given[id] = id === 'year' ? today.slice(0, 4) : String(stream.between(...(ranges[`${move} ${id}`] ?? ranges[id] ?? [3, 20])))
    else if (type === 'bool') given[id] = true
    else if (type === 'date') given[id] = today
    else if (/_(doc|no)$/.test(id)) given[id] = `示例〔${today.slice(0, 4)}〕${stream.between(1, 90)}号`
    else given[id] = stream.pick(answers[id] ?? ['已办理，情况属实（示例）。', '按计划推进（示例）。'])
  }
  return given
}

/** A sentence for a move that must have one. */
export const noteOf = ({ note, to }: Move): string => (note === 'required' ? (to === 'withdrawn' ? '登记有误，撤销。' : '情况有变，不再需要。') : '')
