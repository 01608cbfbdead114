// What states and audiences are called, on pages and in refusals.
import type { Audience, State } from './approval.contract.ts'

export const stateNames: Record<State, string> = {
  draft: '待修改重报',
  check: '审核',
  sign: '签批',
  meeting: '会议研究',
  opinions: '联合会审',
  secrecy: '保密审查',
  notice: '公示',
  release: '发布',
  released: '已发布',
  withdrawn: '已撤稿',
  recalled: '已撤回',
}

export const audienceNames: Record<Audience, string> = { unit: '有关单位', system: '系统内', public: '社会公众' }
