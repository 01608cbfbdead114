// The rules of structure (domain/rules.md §1) as of a date: how many bodies keep them, which break them, who is excepted, what falls due.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day } from '#base/schemas.ts'
import { BodyKind } from '../org.contract.ts'

const at = { on: Type.Optional(Day), asOf: Type.Optional(Type.String({ maxLength: 40 })) }

export const RuleState = Type.Object({
  id: Type.String(),
  name: Type.String(),
  over: BodyKind,
  citation: Type.String(),
  remedy: Type.String(),
  /** False on a day on which the rule was not yet, or no longer, in force; the numbers are then 0. */
  inForce: Type.Boolean(),
  from: Type.String(),
  until: Type.Union([Type.String(), Type.Null()]),
  /** `of` bodies fall under the rule, `holds` keep it, `excepted` don't and are excepted by name, `broken` don't and are not. */
  holds: Type.Integer(),
  of: Type.Integer(),
  excepted: Type.Integer(),
  broken: Type.Integer(),
})
export type RuleState = Static<typeof RuleState>

export const structure = endpoint({
  id: 'org.structure',
  method: 'GET',
  path: '/api/org/structure',
  summary: 'Each rule of structure in numbers over the whole tenant, as of a date',
  reach: 'tenant',
  query: Type.Object(at, closed),
  reply: Type.Object({ on: Type.String(), rules: Type.Array(RuleState) }),
})

export const Breach = Type.Object({
  id: Type.String(),
  name: Type.String(),
  bodyKind: BodyKind,
  kind: Type.String(),
  under: Type.String(),
  exception: Type.Union([
    Type.Null(),
    Type.Object({ id: Type.String(), reason: Type.String(), from: Type.String(), until: Type.Union([Type.String(), Type.Null()]) }),
  ]),
})
export type Breach = Static<typeof Breach>

export const structureRule = endpoint({
  id: 'org.structure-rule',
  method: 'GET',
  path: '/api/org/structure/:rule',
  summary: "The bodies in the reader's scope that break a rule as of a date, excepted ones with their reason",
  params: Type.Object({ rule: Type.String({ maxLength: 60 }) }, closed),
  query: Type.Object(at, closed),
  reply: Type.Object({ rule: Type.String(), rows: Type.Array(Breach) }),
})

export const DueLine = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  unit: Type.String(),
  electedOn: Type.String(),
  dueOn: Type.String(),
  days: Type.Integer(),
})
export type DueLine = Static<typeof DueLine>

export const due = endpoint({
  id: 'org.due',
  method: 'GET',
  path: '/api/org/due',
  summary: "Terms in the reader's scope that are overdue or fall due within so many days",
  query: Type.Object({ ...at, days: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })) }, closed),
  reply: Type.Object({ on: Type.String(), rows: Type.Array(DueLine) }),
})
