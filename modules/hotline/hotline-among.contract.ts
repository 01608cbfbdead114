// What a ticket can be counted as (H6, H10): the parts of every rate, each with its name. The same words choose tickets in a list (`among=`).

/** id → name, for pages and files. Their conditions stand in hotline-among.sql.ts alone. */
export const amongNames = {
  due: '应办结',
  closed: '已办结',
  'on-time': '按时办结',
  'not-on-time': '未按时办结',
  overdue: '超期未办结',
  'not-due': '未到期',
  carried: '结转',
  direct: '直接答复办结',
  'sign-due': '应签收',
  signed: '按时签收',
  'not-signed': '未按时签收',
  'sign-not-due': '未到签收期限',
  'respond-due': '应响应',
  responded: '按时响应',
  'not-responded': '未按时响应',
  'respond-not-due': '未到响应期限',
  called: '已回访',
  'not-called': '未回访',
  reached: '回访接通',
  'not-reached': '未接通或未回访',
  solved: '已解决',
  'not-solved': '未解决',
  rated: '已评价',
  'not-rated': '未评价',
  satisfied: '满意',
  'not-satisfied': '不满意',
  relapsed: '解决后复发',
  rehandled: '重办',
  transferred: '退回改派',
} as const
export type Among = keyof typeof amongNames
export const amongs = Object.keys(amongNames) as [Among, ...Among[]]
