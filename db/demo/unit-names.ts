// The kinds of office a city and a county have. Those that the article names stand under their names and carry nothing but what it says;
// the others are invented, and their names say 示例.

export interface UnitName {
  name: string
  kind: string
  class: string
  /** Professional line (public security, procuratorate …): the county's office stands under the city's. */
  line?: string
}

export interface NamedUnit extends UnitName {
  /** What Party organisation it has. */
  form: 'committee' | 'general-branch' | 'branch'
}

/** City-level units named in the article. */
export const namedCityUnits: readonly NamedUnit[] = [
  { name: '市直工委', kind: 'party-department', class: 'party-organ', form: 'branch' },
  { name: '市纪委监委机关', kind: 'party-department', class: 'party-organ', form: 'general-branch', line: '纪检监察' },
  { name: '市委办公室', kind: 'party-department', class: 'party-organ', form: 'branch' },
  { name: '市委组织部', kind: 'party-department', class: 'party-organ', form: 'branch', line: '组织' },
  { name: '市委宣传部', kind: 'party-department', class: 'party-organ', form: 'branch', line: '宣传' },
  { name: '市委政法委', kind: 'party-department', class: 'party-organ', form: 'branch', line: '政法' },
  { name: '市公安局', kind: 'government-department', class: 'government', form: 'committee', line: '公安' },
  { name: '市民政局', kind: 'government-department', class: 'government', form: 'branch', line: '民政' },
  { name: '市城市管理局', kind: 'government-department', class: 'government', form: 'branch', line: '城管' },
  { name: '市医保局', kind: 'government-department', class: 'government', form: 'branch', line: '医保' },
  { name: '市12345政务服务热线服务中心', kind: 'public-institution', class: 'public-institution', form: 'branch' },
  { name: '市烟草专卖局（公司）', kind: 'enterprise', class: 'enterprise', form: 'committee', line: '烟草' },
  { name: '市城镇供水集团有限公司', kind: 'enterprise', class: 'enterprise', form: 'general-branch' },
]

function list(kind: string, unitClass: string, names: string): UnitName[] {
  return names
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [name = '', line] = entry.split('/')
      return { name: `${name}（示例）`, kind, class: unitClass, ...(line === undefined ? {} : { line }) }
    })
}

/** Invented city-level units that may have a 机关党委 or a 党总支; the first ones are the bigger. */
export const biggerCityUnits: readonly UnitName[] = [
  ...list(
    'government-department',
    'government',
    `
    市教育局/教育 市卫生健康委/卫健 市交通运输局/交通 市水利局/水利 市自然资源局/自然资源 市生态环境局/生态环境 市住房城乡建设局/住建 市农业农村局/农业农村
    市人力资源社会保障局/人社 市财政局/财政 市市场监管局/市场监管 市应急管理局/应急 市文化旅游局/文旅 市司法局/司法 市税务局/税务 市发展改革委/发改
    市工业信息化局/工信 市林业局/林业 市退役军人事务局/退役军人 市审计局/审计`,
  ),
  ...list('judicial-organ', 'party-organ', '市中级法院/法院 市检察院/检察'),
  ...list('public-institution', 'public-institution', '市人民医院 市中医医院 市妇幼保健院 市职业技术学院 市广播电视台 市日报社 市公路事业中心 市疾控中心'),
  ...list('enterprise', 'enterprise', '市公共交通公司 市热力公司 市燃气公司 市城投集团 市交投集团'),
  ...list('party-department', 'party-organ', '市委统战部/统战 市委党校 市人大机关 市政协机关 市委老干部局 市委巡察办'),
  ...list('mass-organisation', 'party-organ', '市总工会/工会 团市委/共青团 市妇联/妇联 市残联/残联'),
  ...list(
    'government-department',
    'government',
    '市政府办公室 市商务局/商务 市科技局/科技 市统计局/统计 市国资委 市能源局/能源 市体育局 市行政审批局/审批 市投资促进局 市乡村振兴局/乡村振兴',
  ),
  ...list('public-institution', 'public-institution', '市图书馆 市博物馆 市园林中心 市环卫中心 市社保中心 市公积金中心 市不动产登记中心 市公共资源交易中心'),
  ...list('enterprise', 'enterprise', '市文旅集团 市粮食储备公司 市供电公司 市水务集团 市建设集团 市能源集团 市农投集团 市旅游公司'),
]

/** Invented city-level units with a single branch. */
export const smallerCityUnits: readonly UnitName[] = [
  ...list('party-department', 'party-organ', '市委网信办 市委编办/编办 市委政研室 市档案馆 市委党史研究室 市信访局/信访'),
  ...list('mass-organisation', 'party-organ', '市科协 市文联 市工商联 市红十字会 市侨联 市社科联'),
  ...list('government-department', 'government', '市民族宗教局 市外事办 市机关事务局 市国防动员办 市气象局 市粮食和储备局'),
  ...list('public-institution', 'public-institution', '市招商服务中心 市就业服务中心 市血站 市美术馆'),
]

/** The units of the reorganisations: two merge in 2022, one splits in 2023, 市招商服务中心（示例） moves. */
export const reorganised = {
  merge: { from: ['市信息中心（示例）', '市数据服务中心（示例）'], into: '市大数据中心（示例）', on: '2022-07-01' },
  split: { from: '市农业综合服务中心（示例）', into: ['市种植业服务中心（示例）', '市畜牧业服务中心（示例）'], on: '2023-04-01' },
  move: { unit: '市招商服务中心（示例）', from: '市商务局（示例）', to: '市投资促进局（示例）', on: '2023-09-01' },
} as const

/** A county's offices without the county's name, the 县区工委 (which stands under its real name) left out: 54 of 55. */
export const countyOffices: readonly UnitName[] = [
  ...list(
    'party-department',
    'party-organ',
    '纪委监委机关/纪检监察 委办公室 委组织部/组织 委宣传部/宣传 委统战部/统战 委政法委/政法 委编办/编办 委党校 委巡察办 委老干部局 信访局/信访 档案馆 人大机关 政协机关',
  ),
  ...list('judicial-organ', 'party-organ', '法院/法院 检察院/检察'),
  ...list('mass-organisation', 'party-organ', '总工会/工会 团委/共青团 妇联/妇联 残联/残联'),
  ...list(
    'government-department',
    'government',
    `
    政府办公室 发展改革局/发改 教育局/教育 科技局/科技 工业信息化局/工信 公安局/公安 民政局/民政 司法局/司法 财政局/财政 人力资源社会保障局/人社 自然资源局/自然资源
    住房城乡建设局/住建 交通运输局/交通 水利局/水利 农业农村局/农业农村 商务局/商务 文化旅游局/文旅 卫生健康局/卫健 退役军人事务局/退役军人 应急管理局/应急 审计局/审计
    市场监管局/市场监管 统计局/统计 能源局/能源 医保局/医保 行政审批局/审批 林业局/林业 城市管理局/城管 乡村振兴局/乡村振兴 税务局/税务`,
  ),
  ...list('public-institution', 'public-institution', '融媒体中心 人民医院 疾控中心'),
  ...list('enterprise', 'enterprise', '烟草专卖局/烟草'),
]

/** County-level units named in the article: they take the place of the county's office of that kind, or stand beside the others. */
export const namedCountyUnits: ReadonlyArray<UnitName & { county: string; instead: string }> = [
  { county: '壶关县', instead: '检察院（示例）', name: '壶关县人民检察院', kind: 'judicial-organ', class: 'party-organ', line: '检察' },
  { county: '潞州区', instead: '公安局（示例）', name: '市公安局潞州分局', kind: 'agency', class: 'government', line: '公安' },
  { county: '潞州区', instead: '乡村振兴局（示例）', name: '市公安局潞州分局东大街派出所', kind: 'agency', class: 'government' },
]
