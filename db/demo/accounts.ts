// Accounts of the demonstration, one for each kind of person who uses the system. Their passwords are public: for demonstration only.
import { createHash } from 'node:crypto'
import { hashAtOnce } from '#modules/access/access.rules.ts'
import { type City, exists, holder, NOW, type Org, type Person, type Unit } from './city.ts'
import { day } from './days.ts'
import type { Random } from './random.ts'
import { type Sheet, sheet } from './sheet.ts'

/** What newcomers need to sign in. */
export interface DemoAccount {
  account: string
  password: string
  /** Post id of the pack. */
  post: string
  /** Whose post it is. */
  org: string
  name: string
}

interface Place {
  login: string
  /** The post that the newcomer is told of. */
  post: string
  person: Person | undefined
  label: string
  /** The account is appointed to the post, for the whole city or in a unit; without it the person holds it in the organisation. */
  appointed?: true | Unit
}

const now = day(NOW)
const HOTLINE = '市12345政务服务热线服务中心'

/** The salt follows from login and password, so that the same seed makes the same rows; no real account is made this way. */
function hash(login: string, password: string): string {
  return hashAtOnce(password, createHash('sha256').update(`dajuan demonstration/${login}/${password}`).digest().subarray(0, 16))
}

function places(city: City): Place[] {
  const units = city.units.filter((unit) => exists(unit, now))
  const root = city.orgs.find((org) => org.kind === 'work-committee')
  const county = city.orgs.find((org) => org.kind === 'county-committee' && org.unit.county === '壶关县')
  const committee = city.orgs.find((org) => org.kind === 'committee' && !org.unit.named)
  const branch = units.find((unit) => !unit.named && unit.level === 'city' && unit.parents.length === 1 && unit.orgs[0]?.kind === 'branch')?.orgs[0]
  const township = units.find((unit) => unit.level === 'township' && unit.county === '壶关县')
  if (root === undefined || county === undefined || committee === undefined || branch === undefined || township === undefined)
    throw new Error('the city lacks a body that an account needs')
  const held = (login: string, post: string, org: Org, label = org.name): Place => ({ login, post, person: holder(org, post, now), label })
  const head = (login: string, unit: Unit): Place => ({ login, post: 'first-responsible', person: unit.heads.at(-1)?.person, label: unit.name })
  // Members without any post: the work committee's own first, then those of other city-level units.
  const taken = new Set([...city.orgs.flatMap((org) => org.posts), ...city.units.flatMap((unit) => unit.heads)].map(({ person }) => person))
  const near = city.orgs.filter(({ unit }) => unit.level === 'city').sort((left, right) => Number(right.unit === root.unit) - Number(left.unit === root.unit))
  const others = near.flatMap(({ seats }) => seats.filter((seat) => exists(seat, now) && !taken.has(seat.person)).map(({ person }) => person))
  const appointed = (login: string, post: string): Place => ({ login, post, person: others.shift(), label: root.unit.name, appointed: true })
  return [
    held('gongwei', 'desk', root, root.unit.name),
    held('xianqu', 'county-desk', county, county.unit.name),
    held('dangwei', 'secretary', committee),
    held('zhuanzhi', 'full-time-deputy', committee),
    held('zhibu', 'secretary', branch),
    held('jijian', 'discipline-member', branch),
    head('yibashou', committee.unit),
    head('xiangzhen', township),
    appointed('shuji', 'work-secretary'),
    appointed('bangongshi', 'office-head'),
    appointed('lianshen-jijian', 'joint-discipline'),
    appointed('lianshen-zuzhi', 'joint-organisation'),
    appointed('lianshen-zhengfa', 'joint-politics-law'),
    appointed('lianshen-xinfang', 'joint-petitions'),
    appointed('guanli', 'operator'),
    appointed('anquan', 'security-officer'),
    appointed('shenji', 'auditor'),
    { ...appointed('rexian', 'hotline-agent'), label: HOTLINE },
    { ...appointed('paidan', 'hotline-dispatcher'), label: HOTLINE },
    { ...appointed('zhongcai', 'hotline-arbiter'), label: HOTLINE },
    { ...appointed('huifang', 'hotline-caller'), label: HOTLINE },
    { ...appointed('duijie', 'hotline-feed'), label: HOTLINE },
    { ...appointed('chengban', 'hotline-handler'), label: committee.unit.name, appointed: committee.unit },
  ]
}

/** The sheets of accounts and their appointments, and the list for the newcomer. */
export function accountSheets(city: City, tenant: number, stream: Random): { sheets: Sheet[]; listed: DemoAccount[] } {
  const accounts = sheet('access.account', ['tenant_id', 'account_id', 'login', 'password_hash', 'person_id'])
  const appointments = sheet('access.appointment', ['tenant_id', 'appointment_id', 'account_id', 'post', 'body_id', 'valid_from', 'reason'])
  const listed: DemoAccount[] = []
  const made = Date.parse(`${NOW}T00:00:00Z`)
  for (const { login, post, person, label, appointed } of places(city)) {
    if (person === undefined) throw new Error(`nobody holds the post of ${login} at ${label}`)
    const password = `${login}-2024`
    const account = stream.id(made)
    accounts.add(tenant, account, login, hash(login, password), person.id)
    if (appointed) appointments.add(tenant, stream.id(made), account, post, appointed === true ? null : appointed.id, '2021-01-04', '示范')
    listed.push({ account: login, password, post, org: label, name: person.name })
  }
  return { sheets: [accounts, appointments], listed }
}
