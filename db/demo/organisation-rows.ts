// Writes the organisation on both axes of time: what was in force when, and since when that was known.
import { initialsOf } from '#modules/org/org.initials.ts'
import { type City, headOf, type Seat, START } from './city.ts'
import { dateText, day, moment, momentText, NEVER } from './days.ts'
import type { Random } from './random.ts'
import { type Sheet, sheet } from './sheet.ts'

const start = day(START)
const imported = moment(start, 9)
const bitemporal = ['valid_from', 'valid_until', 'known_from', 'known_until']

/** When a change that takes effect on a day was entered: two days before, so that nobody is on a roll that had not heard of it. */
const knownFor = (on: number) => (on <= start ? imported : moment(on - 2, 15))

/** A span's versions: open-ended as first known and, once its end was known, closed. */
function versions(from: number, until: number): Array<[string, string, string, string]> {
  const known = knownFor(from)
  if (until === NEVER) return [[dateText(from), 'infinity', momentText(known), 'infinity']]
  const ended = momentText(knownFor(until))
  return [
    [dateText(from), 'infinity', momentText(known), ended],
    [dateText(from), dateText(until), ended, 'infinity'],
  ]
}

/** A membership's rows: one kind, or probationary first and full a year later. */
function membershipSpans(seat: Seat): Array<{ kind: string; from: number; until: number }> {
  const { from, until, fullFrom } = seat
  if (fullFrom === undefined) return [{ kind: 'full', from, until }]
  // A year that is not over yet is not known to end.
  if (fullFrom >= until || fullFrom > day('2024-12-20')) return [{ kind: 'probationary', from, until }]
  return [
    { kind: 'probationary', from, until: fullFrom },
    { kind: 'full', from: fullFrom, until },
  ]
}

/** The sheets of schema org for a tenant. */
export async function organisationSheets(city: City, tenant: number, stream: Random): Promise<Sheet[]> {
  const names = [...new Set([...city.units, ...city.orgs, ...city.persons].map(({ name }) => name))]
  const found = new Map((await initialsOf(names)).map((letters, index) => [names[index], letters]))
  const initials = (name: string) => found.get(name) ?? ''
  const id = () => stream.id(imported)
  const units = sheet('org.unit', [
    'tenant_id',
    'unit_id',
    'version_id',
    'name',
    'initials',
    'kind',
    'class',
    'level',
    'credit_code',
    'division_code',
    'staff',
    'attributes',
    ...bitemporal,
  ])
  const placements = sheet('org.placement', ['tenant_id', 'placement_id', 'tree', 'node_id', 'parent_id', ...bitemporal])
  const holdings = sheet('org.holding', ['tenant_id', 'holding_id', 'post', 'body_id', 'person_id', ...bitemporal])
  const orgs = sheet('org.party_org', ['tenant_id', 'party_org_id', 'version_id', 'name', 'initials', 'kind', 'unit_id', ...bitemporal])
  const memberships = sheet('org.membership', ['tenant_id', 'membership_id', 'person_id', 'party_org_id', 'kind', ...bitemporal])
  const terms = sheet('org.term', ['tenant_id', 'term_id', 'party_org_id', 'elected_on', 'due_on', 'known_from'])
  const persons = sheet('org.person', ['tenant_id', 'person_id', 'name', 'initials', 'sex', 'birth_year', 'outside'])
  const lineage = sheet('org.lineage', ['tenant_id', 'lineage_id', 'kind', 'took_effect_on', 'from_id', 'to_id', 'note', 'known_from'])
  const exceptions = sheet('org.exception', ['tenant_id', 'exception_id', 'rule', 'body_id', 'reason', 'valid_from', 'known_from'])
  for (const unit of city.units) {
    const attributes = JSON.stringify(unit.county === '' ? {} : { county: unit.county })
    for (const span of versions(unit.from, unit.until))
      units.add(
        tenant,
        unit.id,
        id(),
        unit.name,
        initials(unit.name),
        unit.kind,
        unit.class,
        unit.level,
        unit.credit,
        unit.division,
        unit.staff,
        attributes,
        ...span,
      )
    for (const placed of unit.parents)
      for (const span of versions(placed.from, placed.until)) placements.add(tenant, id(), placed.tree, unit.id, placed.parent?.id ?? null, ...span)
    for (const head of unit.heads)
      for (const span of versions(head.from, head.until)) holdings.add(tenant, id(), 'first-responsible', unit.id, head.person.id, ...span)
  }
  for (const org of city.orgs) {
    for (const span of versions(org.from, org.until)) {
      orgs.add(tenant, org.id, id(), org.name, initials(org.name), org.kind, org.unit.id, ...span)
      placements.add(tenant, id(), 'party', org.id, org.parent?.id ?? null, ...span)
    }
    for (const held of org.posts) {
      const body = held.post === 'county-desk' || held.post === 'desk' ? org.unit.id : org.id
      for (const span of versions(held.from, held.until)) holdings.add(tenant, id(), held.post, body, held.person.id, ...span)
    }
    if (org.kind === 'party-group') {
      for (const head of org.unit.heads)
        for (const span of versions(head.from, head.until)) holdings.add(tenant, id(), 'secretary', org.id, head.person.id, ...span)
    }
    for (const term of org.terms)
      terms.add(tenant, id(), org.id, dateText(term.elected), dateText(term.due), momentText(term.elected <= start ? imported : moment(term.elected, 17)))
    for (const seat of org.seats) {
      for (const { kind, from, until } of membershipSpans(seat)) {
        for (const span of versions(from, until)) memberships.add(tenant, id(), seat.person.id, org.id, kind, ...span)
      }
    }
  }
  for (const person of city.persons) persons.add(tenant, person.id, person.name, initials(person.name), person.sex, person.born, person.outside)
  for (const change of city.lineage)
    lineage.add(tenant, id(), change.kind, dateText(change.on), change.from, change.to, change.note, momentText(knownFor(change.on)))
  for (const { rule, body, reason, from } of city.exceptions) exceptions.add(tenant, id(), rule, body, reason, dateText(from), momentText(knownFor(from)))
  for (const unit of city.units) if (headOf(unit, Math.max(unit.from, start)) === undefined) throw new Error(`${unit.name} has no first-responsible person`)
  return [units, orgs, placements, persons, memberships, holdings, terms, lineage, exceptions]
}
