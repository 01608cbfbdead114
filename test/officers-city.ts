// A city with the three officers, a desk, a county and some secretaries: for tests of accounts, appointments and delegations.
import { type CityPlan, type MadeCity, madeCity } from './made-city.ts'

export { password, TODAY } from './made-city.ts'

const plan = {
  units: {
    bureau: { name: '示例市局', level: 'city' },
    county: { name: '示例县委', level: 'county' },
    town: { name: '示例镇', level: 'township', under: 'county' },
  },
  orgs: {
    root: { name: '示例市直工委', kind: 'work-committee', unit: 'bureau' },
    committee: { name: '示例市局机关党委', kind: 'committee', unit: 'bureau', under: 'root' },
    first: { name: '示例市局第一党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
    second: { name: '示例市局第二党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
    county: { name: '示例县区工委', kind: 'county-committee', unit: 'county', under: 'root' },
    town: { name: '示例镇党支部', kind: 'branch', unit: 'town', under: 'county' },
  },
  people: {
    wang: ['王建国', 'wjg', 'first'],
    li: ['李明', 'lm', 'first'],
    zhang: ['张伟', 'zw', 'first'],
    yang: ['杨帆', 'yf', 'second'],
    zhao: ['赵敏', 'zm', 'second'],
    zhou: ['周涛', 'zt', 'town'],
    qian: ['钱丽', 'ql', 'town'],
    sun: ['孙强', 'sq', 'second'],
    guan: ['管理员甲', 'glyj', null],
    an: ['安全员甲', 'aqyj', null],
    other: ['安全员乙', 'aqyy', null],
    shen: ['审计员甲', 'sjyj', null],
  },
  posts: [
    ['secretary', 'first', 'wang'],
    ['discipline-member', 'first', 'li'],
    ['secretary', 'second', 'yang'],
    ['secretary', 'committee', 'zhao'],
    ['secretary', 'town', 'qian'],
  ],
  accounts: {
    operator: { post: 'operator', org: null, person: 'guan' },
    security: { post: 'security-officer', org: null, person: 'an' },
    security2: { post: 'security-officer', org: null, person: 'other' },
    auditor: { post: 'auditor', org: null, person: 'shen' },
    desk: { post: 'desk', org: null, person: 'sun' },
    county: { post: 'county-desk', org: 'county', person: 'zhou' },
    committee: { post: 'publicity-member', org: 'committee', person: 'zhao' },
    secretary: { post: 'publicity-member', org: 'first', person: 'wang' },
    member: { post: 'publicity-member', org: 'first', person: 'li' },
    second: { post: 'publicity-member', org: 'second', person: 'yang' },
    town: { post: 'publicity-member', org: 'town', person: 'qian' },
  },
} as const satisfies CityPlan

/** The officers' city; with `pages` its server serves the built pages too. Call it once, at the top of the file. */
export function officersCity(pages?: string): Promise<MadeCity<typeof plan>> {
  return madeCity(plan, pages)
}
