// The made-up city as objects: what the builders fill and the writers read. Days are whole numbers, `until` is the first day after.

export interface Person {
  id: string
  name: string
  sex: string
  born: number
  outside: boolean
}

export interface Unit {
  id: string
  name: string
  kind: string
  class: string
  level: 'city' | 'county' | 'township'
  /** Name of the county; empty at city level. */
  county: string
  division: string
  credit: string | null
  staff: number | null
  line: string | null
  /** True for the article's units and the 县区工委: complete in everything, no invented shortfall. */
  named: boolean
  /** How well it keeps up, 0 to 1; 1 for named units. Drawn alike for all counties. */
  quality: number
  from: number
  until: number
  orgs: Org[]
  parents: Placement[]
  /** 第一责任人, in order of time. */
  heads: Seat[]
}

export interface Placement {
  tree: 'administrative' | 'party' | 'line'
  parent: Unit | Org | null
  from: number
  until: number
}

export type OrgKind = 'work-committee' | 'county-committee' | 'party-group' | 'committee' | 'discipline-committee' | 'general-branch' | 'branch' | 'group'

export interface Org {
  id: string
  name: string
  kind: OrgKind
  unit: Unit
  parent: Org | null
  from: number
  until: number
  /** Members of a branch, one after another on each chair. */
  seats: Seat[]
  posts: Holding[]
  terms: Term[]
  /** A branch's chairs below this number carry posts and keep their people. */
  chairs: number
  size: number
  quality: number
  /** Weekday (1–5) and week (0–3) of the month of the fixed 主题党日. */
  rhythm: { weekday: number; week: number }
}

/** A person in a branch, or at the head of a unit. */
export interface Seat {
  person: Person
  from: number
  until: number
  /** The day a probationary member became a full one; undefined for those who came as full members. */
  fullFrom?: number
}

export interface Holding {
  post: string
  person: Person
  from: number
  until: number
}

export interface Term {
  elected: number
  due: number
}

export interface Lineage {
  kind: 'merge' | 'split' | 'move'
  on: number
  from: string
  to: string
  note: string
}

/** A named exception from a structure rule of the pack. */
export interface Exception {
  rule: string
  body: string
  reason: string
  from: number
}

export interface City {
  units: Unit[]
  orgs: Org[]
  persons: Person[]
  lineage: Lineage[]
  exceptions: Exception[]
  experts: Person[]
}

/** How big the city is. */
export interface Plan {
  committees: number
  committeesWithGeneralBranch: number
  generalBranches: number
  smallUnits: number
  tobaccoBranches: number
  counties: number
  countyOffices: number
  townships: number
  members: number
  overdue: number
  /** First day of the records. */
  from: string
  /** The hotline: its first day, and how many tickets were received from then until 30 June 2024. What came since is as dense. */
  tickets: { from: string; fourYears: number }
  figures: {
    lecturing: number
    warned: number
    experts: number
    fourStrong: number
    fourStrongLost: number
    brands: number
    brandEntries: number
    demonstrations: number
    applicants: number
  }
}

/** demo-city.md at scale 1. The first four count the invented units of each form beside the article's. */
export const full: Plan = {
  committees: 35,
  committeesWithGeneralBranch: 26,
  generalBranches: 36,
  smallUnits: 22,
  tobaccoBranches: 18,
  counties: 12,
  countyOffices: 54,
  townships: Number.POSITIVE_INFINITY,
  members: 14_260,
  overdue: 7,
  from: '2019-07-01',
  tickets: { from: '2020-07-01', fourYears: 1_493_628 },
  figures: { lecturing: 688, warned: 744, experts: 97, fourStrong: 46, fourStrongLost: 3, brands: 186, brandEntries: 263, demonstrations: 14, applicants: 60 },
}

/** About a hundredth, for tests that write: same shapes, other figures. */
export const small: Plan = {
  committees: 1,
  committeesWithGeneralBranch: 1,
  generalBranches: 2,
  smallUnits: 2,
  tobaccoBranches: 3,
  counties: 2,
  countyOffices: 4,
  townships: 2,
  members: 1_060,
  overdue: 1,
  from: '2023-07-01',
  tickets: { from: '2023-07-01', fourYears: 8_000 },
  figures: { lecturing: 20, warned: 22, experts: 5, fourStrong: 4, fourStrongLost: 1, brands: 9, brandEntries: 12, demonstrations: 4, applicants: 6 },
}

/** Records start no earlier; knowledge of the organisation begins here (it was imported on this day). */
export const START = '2019-07-01'
/** The demonstration's present. */
export const NOW = '2024-12-20'
/** Units and organisations that were never reorganised exist since. */
export const FOUNDED = '2010-01-01'

/** 基层党组织: committee, general branch, branch. */
export const isGrassroots = (org: Org) => org.kind === 'committee' || org.kind === 'general-branch' || org.kind === 'branch'
/** True on the days from `from` to the one before `until`. */
export const exists = (body: { from: number; until: number }, on: number) => body.from <= on && on < body.until
/** A branch's members on a day. */
export const roll = (org: Org, on: number): Person[] => org.seats.filter((seat) => exists(seat, on)).map((seat) => seat.person)
/** Who holds a post of the organisation on a day. */
export const holder = (org: Org, post: string, on: number): Person | undefined => org.posts.find((held) => held.post === post && exists(held, on))?.person
/** A unit's first-responsible person on a day. */
export const headOf = (unit: Unit, on: number): Person | undefined => unit.heads.find((seat) => exists(seat, on))?.person
