// A pasted notice is read into the fields; what is not sure stays empty. The day of these tests is Friday, 2024-12-20.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readNotice } from './ledger-notice.rules.ts'

const kinds = [
  { id: 'theme-day', name: '主题党日', also: ['党日活动'] },
  { id: 'party-lecture', name: '党课' },
  { id: 'members-meeting', name: '党员大会' },
  { id: 'committee-meeting', name: '支委会', also: ['支部委员会'] },
  { id: 'center-group-study', name: '中心组学习', also: ['理论学习中心组'] },
  { id: 'warning-education', name: '警示教育' },
  { id: 'visit', name: '走访' },
]
const read = (text: string) => readNotice(text, kinds, '2024-12-20')
const day = (text: string) => read(text).happenedOn

describe('a whole notice', () => {
  test('of the usual form', () => {
    const text = `关于开展12月份主题党日活动的通知
各党小组：
  经支委会研究，定于2024年12月18日下午3点开展主题党日活动。现将有关事项通知如下：
  地点：机关三楼会议室
  主题：重温入党誓词，汲取奋进力量
  请各党小组于12月17日前上报参加人员名单。
示例局第一党支部
2024年12月12日`
    assert.deepEqual(read(text), {
      kind: 'theme-day',
      happenedOn: '2024-12-18',
      title: '12月份主题党日活动',
      place: '机关三楼会议室',
      topic: '重温入党誓词，汲取奋进力量',
      notes: [],
    })
  })

  test('or a message in a chat group', () => {
    assert.deepEqual(read('【通知】昨天下午，支部在太行太岳烈士陵园开展了以“缅怀先烈”为主题的党日活动，全体党员参加。'), {
      kind: 'theme-day',
      happenedOn: '2024-12-19',
      place: '太行太岳烈士陵园',
      topic: '缅怀先烈',
      notes: [],
    })
  })

  test('nothing is made of small talk', () => {
    assert.deepEqual(read('收到，谢谢！'), { notes: [] })
    assert.deepEqual(read(''), { notes: [] })
  })
})

describe('dates', () => {
  const same = [
    '2024年12月18日',
    '2024年12月18号',
    '2024 年 12 月 18 日',
    '２０２４年１２月１８日',
    '2024-12-18',
    '2024/12/18',
    '2024.12.18',
    '12月18日',
    '今年12月18日',
    '二〇二四年十二月十八日',
    '十二月十八日',
    '本周三',
    '这周三',
    '前天',
    '12.18下午',
    '12.18，',
  ]
  for (const text of same) test(`${text} is the 18th of December 2024`, () => assert.equal(day(`${text}召开党员大会`), '2024-12-18'))

  test('today and yesterday are days, last week’s Friday is the 13th', () => {
    assert.equal(day('今天下午召开党员大会'), '2024-12-20')
    assert.equal(day('昨天召开党员大会'), '2024-12-19')
    assert.equal(day('上周五召开党员大会'), '2024-12-13')
    assert.equal(day('上周日召开党员大会'), '2024-12-15')
    assert.equal(day('去年12月25日召开党员大会'), '2023-12-25')
  })

  test('tomorrow, this Sunday and the 25th are still to come: left empty, with a note', () => {
    for (const text of ['明天上午', '后天', '本周日', '12月25日', '1月5日']) {
      const { happenedOn, notes } = read(`${text}召开党员大会`)
      assert.equal(happenedOn, undefined, text)
      assert.match(notes.join(), /还没有到/)
    }
  })

  test('days that do not exist, decimals and lunar days are no dates', () => {
    for (const text of ['2月30日召开', '2024年13月1日召开', '学习3.5小时', '版本1.2更新', '增长12.18%', '农历12月8日', '第3.2条'])
      assert.equal(day(text), undefined, text)
  })

  test('a deadline and the date under the notice are not the day of the event', () => {
    assert.equal(day('请于12月15日前报送名单'), undefined)
    assert.equal(day('报名截止12月15日'), undefined)
    assert.equal(day('12月18日召开支委会。请12月16日下班前反馈。\n示例局党支部\n2024年12月10日'), '2024-12-18')
    assert.equal(day('召开支委会。\n示例局党支部\n2024年12月10日'), undefined)
  })

  test('of two days the one that is said to be the time is taken; otherwise neither, and both are named', () => {
    assert.equal(day('12月10日通知的党员大会，时间：12月18日'), '2024-12-18')
    const { happenedOn, notes } = read('12月10日、12月18日分别走访农户')
    assert.equal(happenedOn, undefined)
    assert.match(notes.join(), /2024年12月10日、2024年12月18日/)
  })
})

describe('the kind', () => {
  test('by its name or another word for it; the title counts first', () => {
    assert.equal(read('召开支部委员会，研究发展党员').kind, 'committee-meeting')
    assert.equal(read('12月份党课\n书记在主题党日上为党员讲了一课').kind, 'party-lecture')
    assert.equal(read('党委理论学习中心组学习会').kind, 'center-group-study')
  })
  test('of two kinds neither, and both are named', () => {
    const { kind, notes } = read('下午先开党员大会，再上党课')
    assert.equal(kind, undefined)
    assert.match(notes.join(), /“党员大会”、“党课”/)
  })
})

describe('place and topic', () => {
  test('the place stands after 地点, or between 在 and what was done', () => {
    assert.equal(read('会议地点：示例局 401 会议室\n时间：12月18日').place, '示例局 401 会议室')
    assert.equal(read('12月18日在二楼党员活动室召开支委会').place, '二楼党员活动室')
    assert.equal(read('党员在市博物馆参观学习').place, '市博物馆')
  })
  test('在 before what is no place gives none', () => {
    for (const text of ['在会上进行了学习', '在全市开展走访', '在此基础上开展警示教育', '在书记的带领下开展走访'])
      assert.equal(read(text).place, undefined, text)
  })
  test('the topic stands in quotes, after 主题, or is what was studied', () => {
    assert.equal(read('主题为“强国复兴有我”').topic, '强国复兴有我')
    assert.equal(read('围绕“作风建设”开展研讨').topic, '作风建设')
    assert.equal(read('集体学习《中国共产党纪律处分条例》').topic, '《中国共产党纪律处分条例》')
  })
})

describe('the title', () => {
  test('is the first line, without the form of a notice around it', () => {
    assert.equal(read('关于召开第四季度党员大会的通知\n各位党员：').title, '第四季度党员大会')
    assert.equal(read('【会议通知】第四季度党员大会').title, '第四季度党员大会')
    assert.equal(read('十二月主题党日活动').title, '十二月主题党日活动')
  })
  test('is none where the first line is an address, a sentence or too long', () => {
    for (const text of ['各位党员：\n开会', '请大家准时参加', '好的', '下午三点开会，请准时。', '长'.repeat(50)])
      assert.equal(read(text).title, undefined, text)
  })
})

test('five thousand characters of anything take no time', () => {
  for (const unit of ['在', '12月', '关于召开', '“', '主题：', '在会议室']) {
    const started = performance.now()
    read(unit.repeat(5000))
    assert.ok(performance.now() - started < 300, unit)
  }
})
