// The filters of the page 组织, as its parts share them.

/** The day and the moment that are looked at; empty for today and now. */
export interface OrgDates {
  on: string
  asOf: string
}

export interface OrgFilter {
  q: string
  kind: string
  level: string
  county: string
  class: string
  state: string
  readonly count: number
  clear: () => void
}
