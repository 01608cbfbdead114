// Builds one city in memory and yields its records month by month.
import { articleActivities } from './article.ts'
import { disciplineStudy } from './campaign.ts'
import type { City, Plan } from './city.ts'
import { honours } from './honours.ts'
import type { Draft, Ledger } from './ledger-rows.ts'
import { buildPeople } from './people.ts'
import { mix, random } from './random.ts'
import { elections, monthsFrom, orgsMonth } from './rhythm-orgs.ts'
import { unitsMonth } from './rhythm-units.ts'
import { buildUnits } from './units.ts'

/** Units, Party organisations, people and posts of a city. The same seed gives the same city. */
export function buildCity(plan: Plan, seed: number): City {
  const city = buildUnits(plan, random(mix(seed, 'units')))
  buildPeople(city, plan, random(mix(seed, 'people')))
  return city
}

/** Adds every record to the ledger, a month at a step: what happens regularly, and what happened once. */
export function* happen(city: City, plan: Plan, seed: number, ledger: Ledger): Generator<{ done: number; total: number }> {
  const stream = random(mix(seed, 'records'))
  const months = monthsFrom(plan.from)
  const first = months[0]?.first ?? 0
  const once: Draft[] = [
    ...elections(city, random(mix(seed, 'elections'))),
    ...disciplineStudy(city, plan, random(mix(seed, 'study'))),
    ...honours(city, plan, random(mix(seed, 'honours'))),
    ...articleActivities(city),
  ]
  // Honours older than the records were entered in the first month; other single events before it are left out.
  const inPeriod = once.filter((draft) => draft.day >= first || draft.kind === 'honour').sort((a, b) => a.day - b.day)
  let next = 0
  for (const [index, at] of months.entries()) {
    for (let draft = inPeriod[next]; draft !== undefined && draft.day < at.next; draft = inPeriod[next]) {
      ledger.add(draft)
      next += 1
    }
    orgsMonth(city, at, stream, ledger.add)
    unitsMonth(city, at, stream, ledger.add)
    yield { done: index + 1, total: months.length }
  }
}
