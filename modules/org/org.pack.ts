// org's part of a pack, file organisation.yaml: kinds of unit, Party organisation and post, and the structure rules.
import { type Static, Type } from 'typebox'
import { closed, Day } from '#base/schemas.ts'
import { packPart } from '#server/kit/pack.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9-]*$', description: '小写字母、数字和连字符' })
const Text = Type.String({ minLength: 1 })

/** A term the pack gives a name to. */
export const Named = Type.Object({ id: Id, name: Text }, closed)

const PartyOrgKind = Type.Object(
  {
    id: Id,
    name: Text,
    /** Years between elections; left out where there are none. */
    term_years: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Counts as 基层党组织: committee, general branch, branch. */
    grassroots: Type.Optional(Type.Boolean()),
    /** Has members of its own. */
    has_members: Type.Optional(Type.Boolean()),
  },
  closed,
)

/** What posts can give, by action id, with the words that pages say it in after "可以". */
export const actions = {
  read: '查看范围内的组织、纪实和得分',
  'record.enter': '录入纪实',
  'record.correct': '更正、撤回纪实',
  'marks.write': '录入、导入和更正评分',
  'org.change': '变更组织、人员和任职',
  'org.import': '导入组织和人员名册',
  'rubric.edit': '编制考核办法',
  'scoring.run': '组织计分',
  'objection.raise': '对本单位、本组织的得分提出异议',
  'objection.decide': '公布得分征求异议，受理、答复异议并重新计算',
  'appraisal.decide': '作出评定',
  'matter.handle': '办理本组织的事项',
  'matter.ask': '向下级交办事项，验收、退回和撤回',
  'matter.check': '复查下级的事项',
  'hotline.read': '查看范围内单位承办的热线工单和指标',
  'hotline.take': '登记、直接答复、合并热线工单',
  'hotline.dispatch': '派单、同意延期、更正分类、安排协办',
  'hotline.suggest': '看推荐的承办单位和相似工单',
  'hotline.arbitrate': '仲裁退单争议',
  'hotline.call-back': '回访',
  'hotline.handle': '签收、办理、答复、退回本单位的热线工单',
  'hotline.feed': '对接市里的热线平台、导入工单',
  'duty.fulfil': '登记本岗位责任的落实情况',
  export: '导出',
  'person.unmask': '说明理由后查看被遮盖的个人信息',
  'person.correct': '更正个人信息',
  'post.delegate': '委托他人代行或代管岗位',
  'approval.draft': '起草送审',
  'approval.check': '审核',
  'approval.secrecy': '保密审查',
  'approval.opinion': '出具联审意见',
  'approval.sign': '签批',
  'approval.release': '发布和撤回',
  'burden.answer': '答复对负担的意见',
  'account.manage': '开立、停用账号，关联人员和统一身份',
  'security.manage': '任命岗位、结束会话、解除登录限制',
  'audit.read': '查阅审计记录',
} as const
export type Action = keyof typeof actions
const actionIds = Object.keys(actions) as Action[]

export const PostKind = Type.Object(
  {
    id: Id,
    name: Text,
    /** Kind of body the post belongs to. `tenant`: the work committee's own desks and officers. */
    of: Type.Union([Type.Literal('unit'), Type.Literal('party-org'), Type.Literal('tenant')]),
    /** The tree that the post's scope follows downwards. */
    tree: Type.Union([Type.Literal('administrative'), Type.Literal('party'), Type.Literal('line')]),
    /** At most one person holds it in a body at a time. */
    single: Type.Optional(Type.Boolean()),
    /** What the post may do, by action id. */
    may: Type.Array(Type.Unsafe<Action>(Type.Union(actionIds.map((id) => Type.Literal(id))))),
    /** 三员: excludes every other post, of the person and of the account; sees no content. */
    officer: Type.Optional(Type.Boolean()),
    /** A post of a body that the security officer gives to an account, as those of the whole city; all others are held in the organisation. */
    appointed: Type.Optional(Type.Boolean()),
  },
  closed,
)

/** A rule of structure, evaluated as of a date: every body that `where` selects must satisfy `must` (both CEL over the source). */
export const StructureRule = Type.Object(
  {
    id: Id,
    name: Text,
    over: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]),
    where: Text,
    must: Text,
    /** What to do about a body that breaks it. */
    remedy: Text,
    citation: Text,
    valid_from: Day,
    valid_until: Type.Optional(Day),
  },
  closed,
)

export const OrganisationPack = Type.Object(
  {
    unit_kinds: Type.Array(Named),
    unit_classes: Type.Array(Named),
    unit_levels: Type.Array(Named),
    /** Counties and districts by division code (GB/T 2260). */
    counties: Type.Array(Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }), name: Text }, closed)),
    party_org_kinds: Type.Array(PartyOrgKind),
    posts: Type.Array(PostKind),
    structure_rules: Type.Array(StructureRule),
  },
  closed,
)
export type OrganisationPack = Static<typeof OrganisationPack>
export type StructureRule = Static<typeof StructureRule>
export type PostKind = Static<typeof PostKind>

export const organisationPack = packPart('organisation.yaml', OrganisationPack)
