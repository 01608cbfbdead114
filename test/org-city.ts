// A small organisation for org's tests: a city and a county, five units, a committee with its branches, accounts of four posts.
import { type CityPlan, type MadeCity, madeCity } from './made-city.ts'

export { password } from './made-city.ts'
export type { Caller } from './server.ts'

const plan = {
  units: {
    bureau: { name: '示例市局', level: 'city', division_code: '140400', staff: 20 },
    centre: { name: '示例市中心', level: 'city', under: 'bureau', division_code: '140400', staff: 20 },
    station: { name: '示例市站', level: 'city', under: 'bureau', division_code: '140400', staff: 20 },
    county: { name: '潞州区示例工委', level: 'county', division_code: '140403', staff: 20 },
    town: { name: '示例街道', level: 'township', under: 'county', division_code: '140403001', staff: 20 },
  },
  orgs: {
    root: { name: '示例市直工委', kind: 'work-committee', unit: 'station' },
    committee: { name: '示例市局机关党委', kind: 'committee', unit: 'bureau', under: 'root' },
    discipline: { name: '示例市局机关纪委', kind: 'discipline-committee', unit: 'bureau', under: 'committee' },
    first: { name: '示例市局第一党支部', kind: 'branch', unit: 'bureau', under: 'committee', due_on: '2025-01-10' },
    second: { name: '示例市局第二党支部', kind: 'branch', unit: 'bureau', under: 'committee', due_on: '2024-12-01' },
    centre: { name: '示例市中心党支部', kind: 'branch', unit: 'centre', under: 'committee', due_on: '2025-01-10' },
    town: { name: '示例街道党支部', kind: 'branch', unit: 'town', under: 'root', due_on: '2025-01-10' },
  },
  people: {
    wang: ['王建国', 'wjg', 'first'],
    li: ['李明', 'lm', 'first'],
    zhang: ['张伟', 'zw', 'first'],
    yang: ['杨帆', 'yf', 'second'],
    zhao: ['赵敏', 'zm', 'second'],
    sun: ['孙强', 'sq', 'second'],
    zhou: ['周涛', 'zt', 'centre'],
    wu: ['吴霞', 'wx', 'centre'],
    zheng: ['郑波', 'zb', 'centre'],
    qian: ['钱丽', 'ql', 'town'],
  },
  posts: [
    ['secretary', 'first', 'wang'],
    ['discipline-member', 'first', 'li'],
    ['secretary', 'second', 'yang'],
    ['secretary', 'centre', 'zhou'],
    ['full-time-deputy', 'committee', 'zhao'],
    ['secretary', 'town', 'qian'],
  ],
  accounts: {
    secretary: { post: 'secretary', org: 'first', person: 'wang' },
    deputy: { post: 'full-time-deputy', org: 'committee', person: 'zhao' },
    town: { post: 'secretary', org: 'town', person: 'qian' },
    desk: { post: 'desk', org: null, person: 'sun' },
  },
} as const satisfies CityPlan

/** Org's city; with `pages` its server serves the built pages too. Call it once, at the top of the file. */
export function orgCity(pages?: string): Promise<MadeCity<typeof plan>> {
  return madeCity(plan, pages)
}
