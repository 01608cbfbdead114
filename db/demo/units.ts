// Builds the units: names, levels, codes, trees; and which Party organisations each has.
import { type City, FOUNDED, type Org, type OrgKind, type Plan, START, type Unit } from './city.ts'
import { creditCode } from './codes.ts'
import { day, moment, NEVER } from './days.ts'
import divisions from './divisions.json' with { type: 'json' }
import type { Random } from './random.ts'
import { biggerCityUnits, countyOffices, namedCityUnits, namedCountyUnits, reorganised, smallerCityUnits, type UnitName } from './unit-names.ts'

const founded = day(FOUNDED)
const baseline = moment(day(START), 9)
const registrar: Record<string, string> = { enterprise: '91', 'public-institution': '12' }

/** A unit's form: which Party organisations it gets. */
type Form = 'committee' | 'committee-with-general-branch' | 'general-branch' | 'branch'

export interface Building {
  city: City
  plan: Plan
  stream: Random
  /** Party organisation of the work committee, root of the party tree. */
  root: Org
}

interface Place {
  level: Unit['level']
  county: string
  division: string
  named: boolean
  from?: number
  until?: number
}

/** Most keep up, some are middling, a few lag: the spread of scores comes from here. */
function drawQuality(stream: Random): number {
  const draw = stream.next()
  if (draw < 0.74) return 0.94 + stream.next() * 0.06
  if (draw < 0.94) return 0.8 + stream.next() * 0.14
  return 0.45 + stream.next() * 0.35
}

function addUnit({ city, stream }: Pick<Building, 'city' | 'stream'>, given: UnitName, place: Place): Unit {
  const { from = founded, until = NEVER, named } = place
  const quality = drawQuality(stream)
  const unit: Unit = {
    id: stream.id(Math.max(baseline, moment(from, 9))),
    name: given.name,
    kind: given.kind,
    class: given.class,
    level: place.level,
    county: place.county,
    division: place.division,
    credit: named ? null : creditCode(registrar[given.class] ?? '11', place.division, stream),
    staff: named ? null : stream.between(8, 60),
    line: given.line ?? null,
    named,
    quality: named ? 1 : quality,
    from,
    until,
    orgs: [],
    parents: [],
    heads: [],
  }
  city.units.push(unit)
  return unit
}

function addOrg({ city, stream }: Pick<Building, 'city' | 'stream'>, unit: Unit, kind: OrgKind, name: string, parent: Org | null, size = 0): Org {
  const noise = (stream.next() - 0.5) * 0.06
  const org: Org = {
    id: stream.id(Math.max(baseline, moment(unit.from, 9))),
    name,
    kind,
    unit,
    parent,
    from: unit.from,
    until: unit.until,
    seats: [],
    posts: [],
    terms: [],
    chairs: size >= 7 ? 6 : 4,
    size,
    quality: unit.named ? 1 : Math.min(1, Math.max(0.4, unit.quality + noise)),
    rhythm: { weekday: stream.between(1, 5), week: stream.between(0, 3) },
  }
  unit.orgs.push(org)
  city.orgs.push(org)
  return org
}

const ordinals = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五', '十六', '十七', '十八']

function addBranch(building: Building, unit: Unit, number: number, parent: Org, size: number, label = ''): Org {
  const branch = addOrg(building, unit, 'branch', `${unit.name}${label || `${number === 0 ? '' : `第${ordinals[number]}`}党支部`}`, parent, size)
  if (size >= 20) for (const group of [1, 2]) addOrg(building, unit, 'group', `${branch.name}第${ordinals[group]}党小组`, branch)
  return branch
}

/** Leaders of a committee or general branch sit in its first branch: its chairs up to the tenth are kept for posts. */
const seatLeaders = (branch: Org) => {
  branch.chairs = 10
}

function formOrgs(building: Building, unit: Unit, form: Form, upper: Org, size: number): void {
  const { stream, plan } = building
  if (unit.class === 'government' || unit.kind === 'mass-organisation' || unit.kind === 'judicial-organ')
    addOrg(building, unit, 'party-group', `${unit.name}党组`, null)
  if (form === 'branch') {
    const joint = unit.name === '市12345政务服务热线服务中心' ? '12345热线和技术保障服务联合党支部' : ''
    const branch = addBranch(building, unit, 0, upper, size)
    if (joint !== '') branch.name = joint
  } else if (form === 'general-branch') {
    const general = addOrg(building, unit, 'general-branch', `${unit.name}党总支`, upper)
    for (const number of [1, 2]) {
      const branch = addBranch(building, unit, number, general, stream.between(27, 40))
      if (number === 1) seatLeaders(branch)
    }
  } else {
    const committee = addOrg(building, unit, 'committee', `${unit.name}机关党委`, upper)
    addOrg(building, unit, 'discipline-committee', `${unit.name}机关纪委`, committee)
    const tobacco = unit.line === '烟草'
    const general = form === 'committee-with-general-branch' ? addOrg(building, unit, 'general-branch', `${unit.name}党总支`, committee) : committee
    for (let number = 1; number <= (tobacco ? plan.tobaccoBranches : 3); number += 1) {
      const label = tobacco ? `第${ordinals[number]}党支部（示例）` : ''
      const branch = addBranch(
        building,
        unit,
        number,
        number === 1 ? committee : general,
        tobacco ? (plan.tobaccoBranches < 8 ? 40 : 14) : stream.between(35, 47),
        label,
      )
      if (number === 1 || (number === 2 && general !== committee)) seatLeaders(branch)
    }
  }
}

function addCityUnits(building: Building): void {
  const { plan, stream, root } = building
  const city = (named: boolean, span: { from?: number; until?: number } = {}): Place => ({ level: 'city', county: '', division: '140400', named, ...span })
  for (const given of namedCityUnits) {
    if (given.name !== root.unit.name) formOrgs(building, addUnit(building, given, city(true)), given.form, root, stream.between(14, 30))
  }
  const bigger = biggerCityUnits.slice(0, plan.committees + plan.generalBranches)
  for (const [index, given] of bigger.entries()) {
    const form = index < plan.committeesWithGeneralBranch ? 'committee-with-general-branch' : index < plan.committees ? 'committee' : 'general-branch'
    formOrgs(building, addUnit(building, given, city(false)), form, root, 0)
  }
  const moves = (given: UnitName) => Number(given.name === reorganised.move.unit)
  const smaller = smallerCityUnits.toSorted((a, b) => moves(b) - moves(a)).slice(0, plan.smallUnits)
  for (const given of smaller) formOrgs(building, addUnit(building, given, city(false)), 'branch', root, stream.between(12, 32))
  const institution = (name: string): UnitName => ({ name, kind: 'public-institution', class: 'public-institution' })
  const merge = day(reorganised.merge.on)
  const split = day(reorganised.split.on)
  for (const name of reorganised.merge.from) formOrgs(building, addUnit(building, institution(name), city(false, { until: merge })), 'branch', root, 12)
  formOrgs(building, addUnit(building, institution(reorganised.merge.into), city(false, { from: merge })), 'branch', root, 24)
  formOrgs(building, addUnit(building, institution(reorganised.split.from), city(false, { until: split })), 'branch', root, 28)
  for (const name of reorganised.split.into) formOrgs(building, addUnit(building, institution(name), city(false, { from: split })), 'branch', root, 14)
}

function addCounty(building: Building, county: (typeof divisions.counties)[number]): void {
  const { plan, stream, root } = building
  const place = (named: boolean): Place => ({ level: 'county', county: county.name, division: county.code, named })
  const workCommittee = addUnit(building, { name: `${county.name}直属机关工委`, kind: 'party-department', class: 'party-organ' }, place(true))
  const upper = addOrg(building, workCommittee, 'county-committee', `中共${county.name}直属机关工作委员会`, root)
  addBranch(building, workCommittee, 0, upper, 10)
  const under = (unit: Unit, size: number) => {
    unit.parents.push({ tree: 'administrative', parent: workCommittee, from: unit.from, until: unit.until })
    formOrgs(building, unit, 'branch', upper, size)
  }
  const insteads = new Map(namedCountyUnits.filter((named) => named.county === county.name).map((named) => [named.instead, named]))
  const kept = countyOffices.filter((office, index) => index < plan.countyOffices || insteads.has(office.name))
  for (const office of kept) {
    const instead = insteads.get(office.name)
    const unit =
      instead === undefined ? addUnit(building, { ...office, name: `${county.name}${office.name}` }, place(false)) : addUnit(building, instead, place(true))
    under(unit, stream.between(4, 13))
  }
  for (const township of county.townships.slice(0, plan.townships)) {
    const name = /^长治|^壶关|^屯留|^上党|^潞城|^襄垣|^平顺|^黎城|^长子|^武乡|^沁县|^沁源/.test(township.name)
      ? township.name
      : `${county.name}${township.name}`
    const unit = addUnit(
      building,
      { name: `${name}（示例）`, kind: 'township', class: 'township' },
      { level: 'township', county: county.name, division: township.code, named: false },
    )
    under(unit, stream.between(5, 15))
  }
}

function placeUnits({ city }: Building): void {
  const byName = new Map(city.units.map((unit) => [unit.name, unit]))
  const heads = new Map(city.units.filter((unit) => unit.level === 'city' && unit.line !== null).map((unit) => [unit.line, unit]))
  const branchOffice = byName.get('市公安局潞州分局')
  for (const unit of city.units) {
    const stands = (tree: 'administrative' | 'line', parent: Unit | null) => unit.parents.push({ tree, parent, from: unit.from, until: unit.until })
    if (unit.parents.length === 0) stands('administrative', null)
    if (unit.level === 'county' && unit.line !== null) stands('line', heads.get(unit.line) ?? null)
    if (unit.level === 'city' && unit.line !== null) stands('line', null)
    if (unit.name === '市公安局潞州分局东大街派出所') stands('line', branchOffice ?? null)
  }
  const moved = byName.get(reorganised.move.unit)
  const [before, after] = [byName.get(reorganised.move.from), byName.get(reorganised.move.to)]
  if (moved === undefined || before === undefined || after === undefined) return
  const on = day(reorganised.move.on)
  moved.parents = [
    { tree: 'administrative', parent: before, from: moved.from, until: on },
    { tree: 'administrative', parent: after, from: on, until: NEVER },
  ]
  city.lineage.push({ kind: 'move', on, from: moved.id, to: moved.id, note: `由${before.name}划转${after.name}` })
}

/** Makes branches bigger or smaller by one, round and round, until the city has its number of members today. */
function reachMembers({ city, plan }: Building): void {
  const branches = city.orgs.filter((org) => org.kind === 'branch' && org.until === NEVER)
  let missing = plan.members - branches.reduce((total, org) => total + org.size, 0)
  const flexible = branches.filter((org) => org.unit.level !== 'city' && org.parent?.unit !== org.unit)
  for (let round = 0; missing !== 0 && round < 60; round += 1) {
    for (const org of flexible) {
      if (missing === 0) break
      const step = Math.sign(missing)
      if (org.size + step < 4 || org.size + step > 48) continue
      org.size += step
      missing -= step
    }
  }
  if (missing !== 0) throw new Error(`the plan's ${plan.members} members don't fit its branches: ${missing} over`)
  for (const org of branches) if (org.chairs < 10) org.chairs = org.size >= 7 ? 6 : 4
}

/** Builds units and Party organisations with their trees. */
export function buildUnits(plan: Plan, stream: Random): City {
  const city: City = { units: [], orgs: [], persons: [], lineage: [], exceptions: [], experts: [] }
  const [desk] = namedCityUnits
  if (desk === undefined) throw new Error('no work committee')
  const unit = addUnit({ city, stream }, desk, { level: 'city', county: '', division: '140400', named: true })
  const root = addOrg({ city, stream }, unit, 'work-committee', '中共长治市直属机关工作委员会', null)
  const building: Building = { city, plan, stream, root }
  addBranch(building, unit, 0, root, 24)
  addCityUnits(building)
  const counties =
    plan.counties < divisions.counties.length
      ? divisions.counties.filter((county) => namedCountyUnits.some((named) => named.county === county.name))
      : divisions.counties
  for (const county of counties.slice(0, plan.counties)) addCounty(building, county)
  placeUnits(building)
  reachMembers(building)
  return city
}
