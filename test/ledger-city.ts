// Three units, four branches and their people, with accounts by post: enough to try the ledger's rules over HTTP.
import { type CityPlan, type MadeCity, madeCity } from './made-city.ts'

export { password, TODAY } from './made-city.ts'
export type { Caller } from './server.ts'

const plan = {
  units: { bureau: { name: '示例市局' }, office: { name: '示例县局' }, town: { name: '示例乡' } },
  orgs: {
    committee: { name: '示例市局机关党委', kind: 'committee', unit: 'bureau' },
    first: { name: '示例市局第一党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
    second: { name: '示例市局第二党支部', kind: 'branch', unit: 'bureau', under: 'committee' },
    county: { name: '示例县局党支部', kind: 'branch', unit: 'office' },
    town: { name: '示例乡党支部', kind: 'branch', unit: 'town' },
  },
  people: {
    wang: ['王建国', 'wjg', 'first'],
    li: ['李明', 'lm', 'first'],
    zhang: ['张伟', 'zw', 'first'],
    liu: ['刘洋', 'ly', 'first'],
    chen: ['陈静', 'cj', 'first'],
    yang: ['杨帆', 'yf', 'second'],
    zhao: ['赵敏', 'zm', 'second'],
    sun: ['孙强', 'sq', 'second'],
    zhou: ['周涛', 'zt', 'county'],
    wu: ['吴霞', 'wx', 'county'],
    zheng: ['郑波', 'zb', 'county'],
    qian: ['钱丽', 'ql', 'town'],
    feng: ['冯军', 'fj', 'town'],
    xu: ['许红', 'xh', 'town'],
    expert: ['何示例教授', 'hslj', null],
  },
  posts: [
    ['secretary', 'first', 'wang'],
    ['discipline-member', 'first', 'li'],
    ['secretary', 'second', 'yang'],
    ['secretary', 'county', 'zhou'],
    ['full-time-deputy', 'committee', 'zhao'],
  ],
  accounts: {
    secretary: { post: 'secretary', org: 'first', person: 'wang' },
    member: { post: 'discipline-member', org: 'first', person: 'li' },
    second: { post: 'secretary', org: 'second', person: 'yang' },
    county: { post: 'secretary', org: 'county', person: 'zhou' },
    deputy: { post: 'full-time-deputy', org: 'committee', person: 'zhao' },
    desk: { post: 'desk', org: null, person: 'sun' },
    office: { post: 'office-head', org: null, person: 'feng' },
    chief: { post: 'work-secretary', org: null, person: 'xu' },
    'joint-discipline': { post: 'joint-discipline', org: null, person: 'wu' },
    'joint-organisation': { post: 'joint-organisation', org: null, person: 'zheng' },
    'joint-politics-law': { post: 'joint-politics-law', org: null, person: 'qian' },
    'joint-petitions': { post: 'joint-petitions', org: null, person: 'expert' },
  },
} as const satisfies CityPlan

/** Posts that give a joint opinion; each is an account of the same name. */
export const jointPosts = ['joint-discipline', 'joint-organisation', 'joint-politics-law', 'joint-petitions'] as const

export type Login = keyof (typeof plan)['accounts']

/** The ledger's city; with `pages` its server serves the built pages too. Call it once, at the top of the file. */
export function ledgerCity(pages?: string): Promise<MadeCity<typeof plan>> {
  return madeCity(plan, pages)
}
