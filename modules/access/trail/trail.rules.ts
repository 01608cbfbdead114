// Words of the trail: actions, kinds of objects and fields in Chinese. What is not here is shown as it is.

/** Actions in words, in the groups that the page offers them in. */
export const actionGroups: readonly { group: string; actions: Readonly<Record<string, string>> }[] = [
  {
    group: '登录和账号',
    actions: {
      'access.sign-in': '登录',
      'access.sign-out': '退出登录',
      'access.sign-in-refused': '登录未成功',
      'access.session-end': '会话被结束',
      'access.refused': '访问被拒绝',
      'access.password-change': '修改密码',
      'access.password-refused': '修改密码未成功',
      'access.password-reset': '重置密码',
      'access.authenticator-add': '添加动态口令',
      'access.authenticator-remove': '移除动态口令',
      'access.recovery-codes': '生成备用码',
      'access.passkey-add': '添加通行密钥',
      'access.passkey-rename': '通行密钥改名',
      'access.passkey-remove': '移除通行密钥',
      'access.second-factor-reset': '重置第二种验证方式',
      'access.throttle-lift': '解除登录限制',
      'access.account-open': '开立账号',
      'access.account-enable': '启用账号',
      'access.account-disable': '停用账号',
      'access.identity-link': '关联统一身份',
      'access.identity-unlink': '解除统一身份',
      'account.add': '命令行开立账号',
    },
  },
  {
    group: '岗位',
    actions: {
      'access.appoint': '任命岗位',
      'access.appointment-end': '结束岗位任命',
      'access.delegate': '委托代行',
      'access.delegation-recall': '收回委托',
    },
  },
  {
    group: '看和带走',
    actions: {
      'person.unmask': '查看被遮盖的个人信息',
      'person.mask': '重新遮盖个人信息',
      'person.export': '导出一个人的信息',
      'evidence.open': '打开证据原件',
      'record.export': '导出纪实',
      'answers.export': '导出数字背后的行',
      'scoring.export': '导出得分',
      'scoring.print': '打印得分',
      'objection.export': '导出异议',
      'marks.export': '导出评分',
      'audit.export': '导出审计记录',
    },
  },
  {
    group: '纪实',
    actions: { 'record.enter': '录入纪实', 'record.correct': '更正纪实', 'record.withdraw': '撤回纪实', 'record.attach': '添加附件' },
  },
  {
    group: '评分',
    actions: {
      'marks.enter': '录入评分',
      'marks.correct': '更正评分',
      'marks.withdraw': '撤回评分',
      'marks.import': '导入评分',
    },
  },
  {
    group: '异议',
    actions: {
      'objection.open': '公布并征求异议',
      'objection.raise': '提出异议',
      'objection.attach': '附佐证文件',
      'objection.accept': '受理异议',
      'objection.uphold': '认定异议成立',
      'objection.reject': '认定异议不成立',
      'objection.withdraw': '撤回异议',
      'objection.recompute': '因异议重新计算',
    },
  },
  {
    group: '组织和人员',
    actions: {
      'org.unit-create': '新建单位',
      'org.unit-amend': '变更单位',
      'org.party-org-create': '新建党组织',
      'org.party-org-amend': '变更党组织',
      'org.move': '调整隶属',
      'org.merge': '合并',
      'org.split': '拆分',
      'org.dissolve': '撤销',
      'org.post-hold': '任职',
      'org.post-leave': '免职',
      'org.member-join': '加入党组织',
      'org.member-confirm': '预备党员转正',
      'org.member-transfer': '组织关系转接',
      'org.member-leave': '组织关系结束',
      'org.term-set': '登记换届',
      'org.exception-grant': '登记例外',
      'org.exception-end': '结束例外',
      'org.import': '导入名册',
      'person.correct': '更正个人信息',
      'person.erase': '删除个人信息',
    },
  },
  {
    group: '考核和审批',
    actions: {
      'rubric.add': '新增考核办法',
      'rubric.replace': '替换考核办法',
      'scoring.run': '正式计算',
      'appraisal.decide': '定级',
      'approval.draft': '起草送审',
      'approval.check': '审核',
      'approval.secrecy': '保密审查',
      'approval.opinions': '联审意见',
      'approval.sign': '签批',
      'approval.meeting': '会议审定',
      'approval.notice': '公示',
      'approval.release': '发布',
      'approval.resubmit': '重新送审',
      'approval.withdraw': '撤回送审',
      'approval.recall': '撤回发布',
      'approval.object': '提出异议',
      'approval.answer': '答复异议',
    },
  },
  {
    group: '系统',
    actions: { 'privacy.retention': '到期删除', 'audit.prune': '清理到期审计记录' },
  },
]
const actions: Readonly<Record<string, string>> = Object.assign({}, ...actionGroups.map((group) => group.actions))

const objects: Readonly<Record<string, string>> = {
  account: '账号',
  appraisal: '定级',
  attachment: '附件',
  audit: '审计',
  delegation: '委托',
  endpoint: '接口',
  figure: '数字',
  login: '登录名',
  objection: '异议',
  'org-change': '组织变更',
  'org-import': '名册导入',
  paper: '审批件',
  passkey: '通行密钥',
  person: '人员',
  provider: '统一身份',
  record: '纪实',
  'record-list': '纪实清单',
  mark: '评分',
  'mark-list': '评分清单',
  'retention-run': '到期删除',
  rubric: '考核办法',
  run: '正式计算',
  session: '会话',
  unmasking: '显示姓名',
}

const fields: Readonly<Record<string, string>> = {
  bodyId: '组织编号',
  bodies: '涉及的组织',
  code: '代码',
  fields: '要素',
  happenedOn: '日期',
  hash: '内容摘要',
  kind: '种类',
  name: '名称',
  on: '生效日期',
  parent: '上级',
  people: '人员',
  place: '地点',
  post: '岗位',
  present: '实到',
  reason: '理由',
  recordKind: '种类',
  rows: '行数',
  state: '状态',
  title: '标题',
  version: '版本',
}

const wordOf = (words: Readonly<Record<string, string>>, id: string): string => (Object.hasOwn(words, id) ? (words[id] ?? id) : id)

/** An action in words; its id where it has none. */
export function actionWords(id: string): string {
  return wordOf(actions, id)
}

/** A kind of object in words; its id where it has none. */
export function objectWords(id: string): string {
  return wordOf(objects, id)
}

/** A field of an entry's detail in words; its name where it has none. */
export function fieldWords(name: string): string {
  return wordOf(fields, name)
}
