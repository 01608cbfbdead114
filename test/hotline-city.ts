// Three units that settle tickets, the hotline's people and two handlers: enough to try the hotline over HTTP.
import { type CityPlan, type MadeCity, madeCity } from './made-city.ts'

export type { Caller } from './server.ts'

const plan = {
  units: {
    lamps: { name: '市城市管理局', division_code: '140400' },
    county: { name: '壶关县城市管理局（示例）', level: 'county', division_code: '140427' },
    heat: { name: '市热力公司（示例）', division_code: '140400' },
    hotline: { name: '市12345政务服务热线服务中心' },
  },
  orgs: { branch: { name: '市城市管理局党支部', kind: 'branch', unit: 'lamps' } },
  people: {
    wang: ['王建国', 'wjg', 'branch'],
    li: ['李明', 'lm', 'branch'],
    zhang: ['张伟', 'zw', 'branch'],
    liu: ['刘洋', 'ly', 'branch'],
    chen: ['陈静', 'cj', 'branch'],
    yang: ['杨帆', 'yf', 'branch'],
    zhao: ['赵敏', 'zm', 'branch'],
    sun: ['孙强', 'sq', 'branch'],
    zhou: ['周涛', 'zt', 'branch'],
  },
  posts: [],
  accounts: {
    agent: { post: 'hotline-agent', org: null, person: 'wang' },
    dispatcher: { post: 'hotline-dispatcher', org: null, person: 'li' },
    second: { post: 'hotline-dispatcher', org: null, person: 'sun' },
    arbiter: { post: 'hotline-arbiter', org: null, person: 'zhang' },
    caller: { post: 'hotline-caller', org: null, person: 'liu' },
    lamps: { post: 'hotline-handler', org: 'lamps', person: 'chen' },
    heat: { post: 'hotline-handler', org: 'heat', person: 'yang' },
    desk: { post: 'desk', org: null, person: 'zhao' },
    feed: { post: 'hotline-feed', org: null, person: 'zhou' },
  },
} as const satisfies CityPlan

/** The hotline's city; with `pages` its server serves the built pages too. Call it once, at the top of the file. */
export async function hotlineCity(pages?: string): Promise<MadeCity<typeof plan>> {
  const city = await madeCity(plan, pages)
  // The county's office stands below the city's in the professional line.
  await city.owner.query(
    `insert into org.placement (tenant_id, placement_id, tree, node_id, parent_id, valid_from, known_from) values (1, gen_random_uuid(), 'line', $1, $2, '2019-07-01', '2019-07-01T00:00:00Z')`,
    [city.unit.county, city.unit.lamps],
  )
  return city
}
