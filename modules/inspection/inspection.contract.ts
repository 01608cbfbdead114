// The endpoints of inspections: plan, start, team, close; the visit with its answers, files and signature; export.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'
import { Item } from './inspection-kinds.contract.ts'

const Text = Type.String()
const Int = Type.Integer()
const Word = Type.String({ pattern: '^[a-z][a-z0-9_-]*$', maxLength: 60 })
const Named = Type.Object({ id: Text, name: Text })
const oneOf = <const W extends string>(words: readonly W[]) => Type.Unsafe<W>(Type.Union(words.map((word) => Type.Literal(word))))

export const State = oneOf(['planned', 'under-way', 'closed'])
export type State = Static<typeof State>
/** 符合, 基本符合, 不符合, 不适用. */
export const Verdict = oneOf(['yes', 'mostly', 'no', 'none'])
export type Verdict = Static<typeof Verdict>
/** Why somebody must not inspect a unit [I3]. */
export const Tie = oneOf(['own', 'above', 'former'])
export type Tie = Static<typeof Tie>

const Checklist = Type.Object({
  id: Text,
  name: Text,
  help: Type.Optional(Text),
  minutes: Int,
  types: Type.Array(Named),
  sections: Type.Array(Type.Object({ name: Text, items: Type.Array(Item) })),
})

const Progress = { items: Int, answered: Int, conflicts: Int, findings: Int }

/** A visit in a list. */
export const VisitRow = Type.Object({
  visitId: Text,
  inspectionId: Text,
  title: Text,
  unit: Named,
  firstDay: Text,
  lastDay: Text,
  signedAt: orNull(Text),
  /** Who sees a visit sees who makes it. */
  team: Type.Array(Type.Object({ accountId: Text, member: shown('duty', orNull(Text)) })),
  ...Progress,
})
export type VisitRow = Static<typeof VisitRow>

export const InspectionRow = Type.Object({
  inspectionId: Text,
  kind: Text,
  kindName: Text,
  title: Text,
  asker: Named,
  firstDay: Text,
  lastDay: Text,
  state: State,
  visits: Int,
  signed: Int,
  findings: Int,
})
export type InspectionRow = Static<typeof InspectionRow>

/** What became of a finding; stage and relapse are null for who doesn't see its matter. */
export const Finding = Type.Object({
  matterId: Text,
  item: Text,
  problem: Text,
  unit: Named,
  stage: orNull(Text),
  late: orNull(Type.Boolean()),
  outcome: orNull(Text),
  relapse: Type.Boolean(),
})
export type Finding = Static<typeof Finding>

export const InspectionPage = Type.Object({
  inspection: InspectionRow,
  basis: Text,
  reason: Text,
  checklist: Checklist,
  visits: Type.Array(VisitRow),
  findings: Type.Array(Finding),
  /** Of one that is planned: what it exceeds, a sentence each [I2], and whether exactly this was released. */
  exceeds: Type.Array(Text),
  released: Type.Boolean(),
  may: Type.Object({ plan: Type.Boolean() }),
})
export type InspectionPage = Static<typeof InspectionPage>

export const Answer = Type.Object({
  answerId: Text,
  item: Text,
  verdict: Verdict,
  note: Text,
  finding: Text,
  replaces: Type.Array(Text),
  late: Type.Boolean(),
  author: shown('duty', orNull(Text)),
  at: Text,
})
export type Answer = Static<typeof Answer>

const File = Type.Object({ id: Text, of: Text, name: Text, thumbnail: Type.Boolean() })

/** A visit as a phone takes it along. */
export const VisitPage = Type.Object({
  visit: VisitRow,
  basis: Text,
  asker: Named,
  state: State,
  checklist: Checklist,
  answers: Type.Array(Answer),
  files: Type.Array(File),
  findings: Type.Array(Finding),
  /** The post of who signed for the unit. */
  witness: Text,
  /** Drawn by hand; its file is seen by who sees the unit's. */
  drawn: Type.Boolean(),
  may: Type.Object({ answer: Type.Boolean() }),
})
export type VisitPage = Static<typeof VisitPage>

export const NewInspection = Type.Object(
  {
    id: Id,
    kind: Word,
    title: Type.String({ minLength: 2, maxLength: 120 }),
    basis: Type.String({ minLength: 2, maxLength: 300 }),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    askerId: Id,
    firstDay: Day,
    lastDay: Day,
    units: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
  },
  closed,
)
export type NewInspection = Static<typeof NewInspection>

export const NewAnswer = Type.Object(
  {
    id: Id,
    item: Word,
    verdict: Verdict,
    note: Type.Optional(Type.String({ maxLength: 500 })),
    /** The type of finding; only where the verdict is `no`, and with a note that says what is wrong. */
    finding: Type.Optional(Word),
    /** The answers that were in view. */
    replaces: Type.Optional(Type.Array(Id, { maxItems: 50, uniqueItems: true })),
  },
  closed,
)
export type NewAnswer = Static<typeof NewAnswer>

export const NewSignature = Type.Object(
  {
    /** The answers that the signer has seen, all that stand [I5]. */
    heads: Type.Array(Id, { maxItems: 200, uniqueItems: true }),
    /** The post of the unit's person present. */
    witness: Type.String({ minLength: 2, maxLength: 40 }),
    /** The drawn signature, a PNG in base64; left out, it was confirmed on the screen. */
    drawn: Type.Optional(Type.String({ maxLength: 300_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' })),
  },
  closed,
)
export type NewSignature = Static<typeof NewSignature>

const one = { params: Type.Object({ inspectionId: Id }, closed) }
const visit = { params: Type.Object({ visitId: Id }, closed) }
const Receipt = Type.Object({ inspectionId: Text, state: State, repeated: Type.Boolean() })
export type InspectionReceipt = Static<typeof Receipt>
const Year = Type.String({ pattern: '^(19|20|21)\\d{2}$' })

export const inspectionKinds = endpoint({
  id: 'inspection.kinds',
  needs: 'read',
  method: 'GET',
  path: '/api/inspection-kinds',
  summary: 'Checklists of the pack',
  reply: Type.Object({ kinds: Type.Array(Checklist) }),
})
export const listInspections = endpoint({
  id: 'inspection.list',
  needs: 'read',
  method: 'GET',
  path: '/api/inspections',
  summary: 'The year’s inspections that the reader sees, the caps they use, the visits that one is to make, and what was signed with one’s own units',
  query: Type.Object({ year: Type.Optional(Year) }, closed),
  reply: Type.Object({
    year: Text,
    inspections: Type.Array(InspectionRow),
    caps: Type.Array(Type.Object({ asker: Named, planned: Int, most: Int })),
    mine: Type.Array(VisitRow),
    signed: Type.Array(VisitRow),
  }),
})
export const readInspection = endpoint({
  id: 'inspection.read',
  needs: 'read',
  method: 'GET',
  path: '/api/inspections/:inspectionId',
  summary: 'One inspection: units with their progress, teams, findings with their matters’ stages',
  ...one,
  reply: InspectionPage,
})
export const planInspection = endpoint({
  id: 'inspection.plan',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/inspections',
  summary: 'Plans an inspection, or writes one anew that hasn’t started; the same again has no second effect',
  body: NewInspection,
  reply: Receipt,
})
export const startInspection = endpoint({
  id: 'inspection.start',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/inspections/:inspectionId/start',
  summary: 'Starts it within cap, budgets and notice or by its release, and charges its units',
  ...one,
  reply: Receipt,
})
export const closeInspection = endpoint({
  id: 'inspection.close',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/inspections/:inspectionId/close',
  summary: 'Closes it; refused while a visit has answers and no signature',
  ...one,
  reply: Receipt,
})
export const listCandidates = endpoint({
  id: 'inspection.candidates',
  needs: 'matter.ask',
  method: 'GET',
  path: '/api/inspections/:inspectionId/candidates',
  summary: 'People by name who could visit, with the units that each must avoid and why',
  ...one,
  query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 30 }) }, closed),
  reply: Type.Object({
    people: Type.Array(
      Type.Object({
        accountId: Text,
        name: shown('duty', Text),
        body: Text,
        avoids: Type.Array(Type.Object({ visitId: Text, unit: Text, tie: Tie })),
      }),
    ),
  }),
})
export const assignMember = endpoint({
  id: 'inspection.assign',
  needs: 'matter.ask',
  method: 'POST',
  path: '/api/inspections/:inspectionId/team',
  summary: 'Puts a person on the team of visits, or takes one off; refuses who must avoid the unit',
  ...one,
  body: Type.Object({ accountId: Id, visits: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }), assigned: Type.Boolean() }, closed),
  reply: Type.Object({ visits: Int }),
})
export const readVisit = endpoint({
  id: 'inspection.visit',
  needs: 'read',
  method: 'GET',
  path: '/api/visits/:visitId',
  summary: 'One visit with its checklist and every answer: for the team and the asking body, and for the unit when it is signed',
  ...visit,
  reply: VisitPage,
})
export const sendAnswers = endpoint({
  id: 'inspection.answer',
  needs: 'read',
  method: 'POST',
  path: '/api/visits/:visitId/answers',
  summary: 'Keeps answers of a member of the team, each once by its id; replies with how the visit then stands',
  ...visit,
  body: Type.Object({ answers: Type.Array(NewAnswer, { minItems: 1, maxItems: 200 }) }, closed),
  reply: Type.Object({ stored: Int, repeated: Int, late: Int, page: VisitPage }),
})
export const attachToAnswer = endpoint({
  id: 'inspection.attach',
  needs: 'read',
  method: 'POST',
  path: '/api/visits/:visitId/files',
  summary: 'Adds a photo or document to an answer; never required. The same file again is there once',
  reach: 'tenant',
  ...visit,
  query: Type.Object({ answer: Id, name: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
  body: Type.Unsafe<Uint8Array>(Type.Any()),
  bodyLimit: 20 * 1024 * 1024,
  reply: Type.Object({ files: Int }),
})
export const signVisit = endpoint({
  id: 'inspection.sign',
  needs: 'read',
  method: 'POST',
  path: '/api/visits/:visitId/signature',
  summary: 'Signs a visit with the unit’s person present and opens a matter for each finding, once',
  reach: 'tenant',
  ...visit,
  body: NewSignature,
  reply: Type.Object({ findings: Int, repeated: Type.Boolean() }),
})
export const exportInspections = endpoint({
  id: 'inspection.export',
  needs: 'export',
  method: 'POST',
  path: '/api/inspections/export',
  summary: 'The visits of a year with their findings as csv; leaves an audit entry',
  body: Type.Object({ year: Type.Optional(Year), inspection: Type.Optional(Id) }, closed),
  reply: Text,
})
