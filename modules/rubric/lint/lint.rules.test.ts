// The burden rules over texts of our own (the figures of modules/rubric/lint/texts.csv are printed by `npm run lint-figures`), and over whole rubrics.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseYaml } from '#base/yaml.ts'
import type { LintPack } from './lint.pack.ts'
import { gravest, lintRubric, lintText, rulesOn, wordsOfFindings } from './lint.rules.ts'
import { numberOf } from './lint-words.rules.ts'

const path = join(import.meta.dirname, '../../../packs/shared/lint.yaml')
const pack = parseYaml(readFileSync(path, 'utf8'), path, 'native').tree as LintPack
const rules = rulesOn(pack, '2026-06-01')
const found = (text: string) => lintText(text, rules).map(({ rule }) => rule.id)
const severity = (text: string) => gravest(lintText(text, rules).map(({ rule }) => rule.severity)) ?? 'harmless'

const forbidden: [string, string][] = [
  ['upload-deadline', '每月最后两天前未上传活动资料的，每次扣0.1分'],
  ['upload-deadline', '未在月末最后2天内上传的扣0.1分'],
  ['upload-deadline', 'not uploaded by the last two days of the month −0.1'],
  ['upload-deadline', '主题党日资料上传不及时的，每次扣0.1分'],
  ['check-in', '干部每日在“先锋”APP打卡，打卡率低于95%扣2分'],
  ['check-in', '扫码签到率达到90%以上得3分'],
  ['points-of-people', '学习强国人均积分达到8000分以上得2分，并按积分排名'],
  ['time-online', '党员在线时长人均每月不少于10小时'],
  ['study-time', '网络学习时长每人每年不少于50小时'],
  ['likes-forwards', '每名党员每月转发官微文章不少于5条'],
  ['likes-forwards', '视频号点赞量在全县排前三名的加1分'],
  ['installs-log-ins', '反诈APP下载安装率达到100%'],
  ['installs-log-ins', '智慧党建平台登录率每低1个百分点扣0.1分'],
  ['online-votes', '微信投票前十名的案例加2分'],
  ['photos', '每次活动须上传照片不少于3张，缺一次扣0.2分'],
  ['photos', '提供工作群截图作为佐证'],
  ['tracks', '网格员巡查轨迹每日不少于2公里'],
  ['comments-of-leaders', '工作获市委主要领导批示肯定的，每次加1分'],
  ['articles', '在省级以上媒体发表宣传文章，每篇加0.5分'],
  ['articles', '被市委信息采用1条得0.5分'],
  ['traces', '工作留痕完整，得2分'],
  ['study-notes', '每名党员撰写心得体会不少于2篇'],
  ['study-notes', '学习笔记每人每年不少于1万字'],
  ['work-group', '工作群通知10分钟内未回复收到的扣0.1分'],
  ['same-twice', '材料一式三份，纸质版和电子版同时报送'],
  ['inspections', '对各单位开展综合督查每年不少于4次'],
  ['system-meetings', '全系统会议全年召开不少于两次'],
  ['long-documents', '综合性工作方案不少于八千字'],
]
const doubtful: [string, string][] = [
  ['ledgers', '党建工作台账健全，得2分'],
  ['reporting', '每周报送工作进展信息，少报一次扣0.5分'],
  ['reporting', '报表报送及时率达到100%'],
  ['papers-counted', '制定年度学习计划，未制定的扣1分'],
  ['papers-counted', '印发专项工作方案，每缺一份扣0.5分'],
  ['pledges', '层层签订目标责任书，签订率100%'],
  ['displays', '悬挂宣传横幅不少于10条'],
  ['meetings-counted', '召开专题推进会全年不少于4次'],
  ['evidence', '佐证材料齐全的得1分'],
  ['upload', '智慧党建平台信息录入率达到100%'],
  ['borrowed-staff', '服从抽调，未派员的不得分'],
  ['subscriptions', '党报党刊征订任务完成率'],
]
const harmless = [
  '不得以留痕作为考核依据',
  '微信公众号文章质量由评委按标准评价',
  '电话回访满意率达到95%以上得5分',
  '取消打卡签到，以抽样测试代替',
  '照片不作为必备要素',
  '强制群众下载安装APP的，每发现一起扣1分',
  '以学习时长、点赞数给干部排名等问题，每查实一起扣2分',
  '领导批示件按时办结率达到100%',
  '12345工单按时办结率98%以上得10分',
  '支部主题党日每月1次，每少一次扣1分',
  '按期换届，每有1个超期的党组织扣2分',
  '党课每季度1次，由书记讲的每年不少于1次',
  '服务对象满意度每低1个百分点扣0.5分',
  '基层填报表格数量比上年减少30%以上得3分',
  '红色打卡地讲解员培训合格率',
  '燃气报警器安装率达到95%',
  '空气质量优良天数比例在全省的排名',
  '办实事办结率90%以上',
  '抽样测试合格率80%以上得5分',
  '违纪违法案件每起扣3分，同案只计一次',
  '执法全过程记录影像完整',
  '学习成果由现场提问评价，不看笔记，不比心得篇数',
  '党费按时足额缴纳',
  '民主评议无记名投票，优秀率不超过三分之一',
]

test('[lint] each forbidden indicator is found by its rule', () => {
  for (const [rule, text] of forbidden) {
    assert.ok(found(text).includes(rule), `${text}: ${found(text).join(' ')}`)
    assert.equal(severity(text), 'forbidden', text)
  }
})
test('[lint] each doubtful indicator is found by its rule', () => {
  for (const [rule, text] of doubtful) {
    assert.ok(found(text).includes(rule), `${text}: ${found(text).join(' ')}`)
    assert.equal(severity(text), 'doubtful', text)
  }
})
test('[lint] what is denied, punished in those who demand it, or only sounds alike is harmless', () => {
  for (const text of harmless) assert.deepEqual([text, found(text)], [text, []])
})
test('[lint] “at least” is no denial', () => {
  assert.equal(severity('打卡次数每人不得少于200次'), 'forbidden')
  assert.equal(severity('心得体会不得少于2篇'), 'forbidden')
})
test('[lint] a rule holds from the day of its document', () => {
  const text = '全系统会议全年召开不少于两次'
  assert.deepEqual(lintText(text, rulesOn(pack, '2024-08-05')), [])
  assert.equal(lintText(text, rulesOn(pack, '2024-08-06')).length, 1)
  const ended = { ...pack, rules: pack.rules.map((rule) => ({ ...rule, until: '2024-12-31' })) }
  assert.deepEqual(lintText(text, rulesOn(ended, '2025-01-01')), [])
})
test('[lint] Chinese and Arabic numbers are the same numbers', () => {
  assert.deepEqual(['两', '十', '十二', '五千', '三百零五', '一万二千', '半', '4.5', '二〇'].map(numberOf), [2, 10, 12, 5000, 305, 12000, 0.5, 4.5, 20])
})

const rubric = `rubric: sample
title: 示例
measures:
  photos_taken: { label: 照片, over: record.photo-upload, where: 'has(photo) && kind == "每日打卡"' }
blocks:
  - id: life
    label: 组织生活
    items:
      - { id: theme_day, label: 主题党日每月1次, input: days, note: 每月最后两天前未上传的扣0.1分 }
      - { id: works, label: 实效, input: { mark: result } }
      - { id: again, label: 成效, input: { mark: result } }
`
test('[lint] wording, sources, fields and marks are found at their places, forbidden first', () => {
  const findings = lintRubric(parseYaml(rubric, 'r.yaml'), rules)
  assert.deepEqual(
    findings.map(({ rule, item, field, line, column, words }) => [rule, item, field, line, column, words]),
    [
      ['photos', 'photos_taken', '', 4, 17, 'photos_taken'],
      ['check-in', 'photos_taken', 'where', 4, 90, '打卡'],
      ['upload-deadline', 'theme_day', 'note', 9, 62, '每月最后两天'],
      ['asked-twice', 'again', 'input.mark', 11, 48, 'result'],
    ],
  )
  const columnText = (line: number, column: number) => rubric.split('\n')[line - 1]?.slice(column - 1)
  for (const { line, column, words } of findings.slice(1)) assert.ok(columnText(line, column)?.startsWith(words), `${line}:${column} ${words}`)
  for (const { documents, why, instead } of findings) assert.ok(why !== '' && instead !== '' && documents.every(({ name, from }) => name !== '' && from !== ''))
})
test('[lint] the signer reads how many and which are forbidden', () => {
  const [head, ...rest] = wordsOfFindings(lintRubric(parseYaml(rubric, 'r.yaml'), rules))
  assert.equal(head, '减负检查：禁用3处，提示1处。')
  assert.equal(rest.length, 3)
  assert.match(rest[2] ?? '', /第9行“每月最后两天”（限日上传），依据《整治形式主义为基层减负若干规定》/)
  assert.deepEqual(wordsOfFindings([]), ['减负检查：没有发现禁用或存疑的指标。'])
})
test('[lint] the encoded rubric of example B has nothing forbidden, as its line on uploads was left out', () => {
  const file = join(import.meta.dirname, '../../../engine/examples/b-party-2022/rubric.yaml')
  assert.deepEqual(lintRubric(parseYaml(readFileSync(file, 'utf8'), file), rules), [])
})
