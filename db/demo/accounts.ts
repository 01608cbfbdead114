// Accounts of the demonstration, one for each kind of person who uses the system. Their passwords are public: for demonstration only.
import { argon2Sync, createHash } from 'node:crypto'
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
  post: string
  tree: 'administrative' | 'party'
  body: Unit | Org | null
  person: Person | undefined
  label: string
}

const now = day(NOW)

/** The salt follows from login and password, so that the same seed makes the same rows; no real account is made this way. */
function hash(login: string, password: string): string {
  const nonce = createHash('sha256').update(`dajuan demonstration/${login}/${password}`).digest().subarray(0, 16)
  const key = argon2Sync('argon2id', { message: password, nonce, parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 })
  return `argon2id$m=19456,t=2,p=1$${nonce.toString('base64url')}$${Buffer.from(key).toString('base64url')}`
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
  const post = (login: string, name: string, org: Org): Place => ({
    login,
    post: name,
    tree: 'party',
    body: org,
    person: holder(org, name, now),
    label: org.name,
  })
  const head = (login: string, unit: Unit): Place => ({
    login,
    post: 'first-responsible',
    tree: 'administrative',
    body: unit,
    person: unit.heads.at(-1)?.person,
    label: unit.name,
  })
  const desks = root.posts.filter((held) => held.post === 'desk')
  return [
    { login: 'gongwei', post: 'desk', tree: 'administrative', body: root.unit, person: desks[0]?.person, label: root.unit.name },
    { login: 'xianqu', post: 'county-desk', tree: 'administrative', body: county.unit, person: holder(county, 'county-desk', now), label: county.unit.name },
    post('dangwei', 'secretary', committee),
    post('zhuanzhi', 'full-time-deputy', committee),
    post('zhibu', 'secretary', branch),
    post('jijian', 'discipline-member', branch),
    head('yibashou', committee.unit),
    head('xiangzhen', township),
    { login: 'guanli', post: 'operator', tree: 'administrative', body: null, person: desks[1]?.person, label: root.name },
  ]
}

/** The sheet of access.account and the list for the newcomer. */
export function accountSheet(city: City, tenant: number, stream: Random): { accounts: Sheet; listed: DemoAccount[] } {
  const accounts = sheet('access.account', ['tenant_id', 'account_id', 'login', 'password_hash', 'person_id', 'post', 'body_id', 'tree'])
  const listed: DemoAccount[] = []
  for (const { login, post, tree, body, person, label } of places(city)) {
    if (person === undefined) throw new Error(`nobody holds the post of ${login} at ${label}`)
    const password = `${login}-2024`
    accounts.add(tenant, stream.id(Date.parse(`${NOW}T00:00:00Z`)), login, hash(login, password), person.id, post, body?.id ?? null, tree)
    listed.push({ account: login, password, post, org: label, name: person.name })
  }
  return { accounts, listed }
}
