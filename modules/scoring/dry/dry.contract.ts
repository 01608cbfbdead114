// What a rubric would do before it is sent, and what a unit can still do about its score. Nothing of it is stored.
// Statistics here (shares, correlations, deviations) are floats: they are about scores and are no scores. Points, totals and places are exact.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { ClassSpread, RubricId, Version } from '../scoring.contract.ts'

const Text = Type.String()
const Count = Type.Integer({ minimum: 0 })
const Named = Type.Object({ id: Text, name: Text })

/** Whose facts: of the rubric's own period, or of the same days a year before (`previous-year`), measures with a period of their own too. */
const FactsOf = Type.Union([Type.Literal('own'), Type.Literal('previous-year')])

/** A text that is being written, or a version that there is. */
const Tried = {
  text: Type.Optional(Type.String({ maxLength: 500_000 })),
  rubric: Type.Optional(RubricId),
  version: Type.Optional(Version),
  facts: Type.Optional(FactsOf),
  /** The last day that counts; the end of the period, or today if that is earlier, where none is named. */
  on: Type.Optional(Day),
  /** Another version over the same facts, or an official run as it is stored. */
  against: Type.Optional(Type.Object({ rubric: Type.Optional(RubricId), version: Type.Optional(Version), run: Type.Optional(Id) }, closed)),
  /** Sensitivity counts moves by more places than this; 5 where nothing is said. */
  places: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
}
export const DryRunBody = Type.Object(
  { ...Tried, after: Type.Optional(Type.String({ maxLength: 400 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) },
  closed,
)
export type DryRunBody = Static<typeof DryRunBody>

const Scored = {
  rubric: Text,
  version: Text,
  title: Text,
  period: Type.Object({ from: Text, to: Text }),
  on: Text,
  asOf: Text,
}
export const DryBasis = Type.Object({
  ...Scored,
  subject: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]),
  facts: FactsOf,
  /** True where a text was sent, false for a version that there is. */
  draft: Type.Boolean(),
  /** False for a profile: no ranks, no order by total. */
  ranked: Type.Boolean(),
  graded: Type.Boolean(),
  /** Subjects scored. */
  subjects: Count,
})
export type DryBasis = Static<typeof DryBasis>

/** A subject in the reader's scope whose grade changes; without grades, whose total does. */
export const Mover = Type.Object({
  id: Text,
  name: Text,
  class: Named,
  gradeBefore: orNull(Text),
  gradeAfter: orNull(Text),
  totalBefore: orNull(Text),
  totalAfter: orNull(Text),
})
export type Mover = Static<typeof Mover>

/** Who moves: counts over the tenant, rows in the reader's scope. */
export const Moves = Type.Object({
  against: Type.Object({ ...Scored, run: orNull(Text) }),
  /** Grades are compared where both sides have them, totals otherwise. */
  by: Type.Union([Type.Literal('grade'), Type.Literal('total')]),
  /** In both; only in the new one; only in the old one. */
  compared: Count,
  added: Count,
  gone: Count,
  /** Of those compared, how many change, and to which side. */
  changed: Count,
  up: Count,
  down: Count,
  table: Type.Array(Type.Object({ from: orNull(Text), to: orNull(Text), count: Count })),
  visible: Count,
  units: Type.Array(Mover),
  next: orNull(Text),
})
export type Moves = Static<typeof Moves>

export const TriedItem = Type.Object({
  id: Text,
  label: Text,
  /** The block at the top that it belongs to; `bonuses`, `penalties`. */
  block: Text,
  full: orNull(Text),
  /** To how many it applies with a result; the numbers are null below the smallest group that may be shown. */
  count: Count,
  mean: orNull(Type.Number()),
  deviation: orNull(Type.Number()),
  best: orNull(Text),
  least: orNull(Text),
  /** How many have it in full, how many had no data. */
  atFull: orNull(Count),
  missing: orNull(Count),
  /** Share of what the blocks are worth, null where the item has no full score; and share of what makes totals differ, which adds up to 1 over all items. */
  weight: orNull(Type.Number()),
  influence: orNull(Type.Number()),
})
export type TriedItem = Static<typeof TriedItem>

/**
 * What to look at again. `same`: everybody has the same points; `all-full`: everybody has it in full; `unreached`: nobody has it in full;
 * `unreachable`: nobody ever can; `contradiction`: a condition that no row or subject can meet.
 */
export const Finding = Type.Object({
  kind: Type.Union([Type.Literal('same'), Type.Literal('all-full'), Type.Literal('unreached'), Type.Literal('unreachable'), Type.Literal('contradiction')]),
  item: Named,
  sentence: Text,
})
export type Finding = Static<typeof Finding>

const Shift = Type.Object({ grades: Count, places: Count })
export const Sensitivity = Type.Object({
  places: Count,
  /** What would change if the block weighed a tenth more or less; the others make room, so that the total is worth what it was. */
  blocks: Type.Array(Type.Object({ id: Text, label: Text, more: Shift, less: Shift })),
  /** Items and vetoes that read the points of a block or the total: they were taken as they stand. */
  held: Type.Array(Text),
})
export type Sensitivity = Static<typeof Sensitivity>

/** What collecting the facts costs the grassroots, in minutes a year; null: not known. */
const Cost = Type.Object({ minutes: orNull(Type.Number()), sentence: Text })

export const DryRun = Type.Object({
  basis: DryBasis,
  /** The answers in words, the weightiest first. */
  sentences: Type.Array(Text),
  width: Type.Integer(),
  classes: Type.Array(ClassSpread),
  moves: orNull(Moves),
  blocks: Type.Array(Type.Object({ id: Text, label: Text, weight: orNull(Type.Number()), influence: orNull(Type.Number()) })),
  items: Type.Array(TriedItem),
  findings: Type.Array(Finding),
  pairs: Type.Array(Type.Object({ a: Named, b: Named, correlation: Type.Number(), count: Count })),
  /** Null where there are no grades and no ranks that could change. */
  sensitivity: orNull(Sensitivity),
  cost: Cost,
  milliseconds: Count,
})
export type DryRun = Static<typeof DryRun>

export const dryRun = endpoint({
  id: 'scoring.dry-run',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/scoring/dry-run',
  writes: false,
  summary: 'What a rubric would do: over its own or last year’s facts, against another version or run; nothing is stored',
  body: DryRunBody,
  reply: DryRun,
})

export const DryTable = Type.Union([Type.Literal('moves'), Type.Literal('items'), Type.Literal('pairs'), Type.Literal('sensitivity')])
export type DryTable = Static<typeof DryTable>
export const exportDryRun = endpoint({
  id: 'scoring.dry-run-export',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/scoring/dry-run/export',
  summary: 'One table of a dry run as csv; leaves an audit entry',
  body: Type.Object({ ...Tried, table: DryTable }, closed),
  reply: Text,
})

export const NextStep = Type.Object({
  measure: Text,
  /** 再登记2次主题党日，+3分（81.5→84.5） */
  sentence: Text,
  /** How many more, of what; the number now and then. */
  more: Count,
  unit: Text,
  now: Text,
  afterwards: Text,
  /** Points of the total, in all and for each one more; total and grade afterwards. */
  gain: Text,
  each: Text,
  total: Text,
  grade: orNull(Text),
  /** The items that change. */
  items: Type.Array(Type.Object({ id: Text, label: Text, gain: Text })),
  /** Said where it matters: entries for past days are marked late, and whether they count. */
  note: Text,
  minutes: orNull(Type.Number()),
})
export type NextStep = Static<typeof NextStep>

export const NextSteps = Type.Object({
  rubric: Text,
  version: Type.Integer(),
  title: Text,
  today: Text,
  period: Type.Object({ from: Text, to: Text }),
  subject: Type.Object({ id: Text, name: Text, class: Named }),
  total: orNull(Text),
  grade: orNull(Text),
  /** Why there is nothing to be done; empty where there is. */
  reason: Text,
  /** Most points for each one more first. */
  steps: Type.Array(NextStep),
  /** Items with points missing that no entry can raise any more, and why. */
  fixed: Type.Array(Type.Object({ id: Text, label: Text, lost: Text, why: Text })),
  /** What was taken as given. */
  notes: Type.Array(Text),
})
export type NextSteps = Static<typeof NextSteps>

export const readNextSteps = endpoint({
  id: 'scoring.next-steps',
  needs: 'read',
  method: 'GET',
  path: '/api/scoring/subjects/:subject/next-steps',
  summary: 'What one subject can still do within the period, and what each would bring',
  params: Type.Object({ subject: Id }, closed),
  query: Type.Object({ rubric: RubricId, version: Type.Optional(Version) }, closed),
  reply: NextSteps,
})
