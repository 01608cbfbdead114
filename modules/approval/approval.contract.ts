// Papers on their way to a signature and a release, public notices and objections.
import { type Static, type TSchema, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id, orNull } from '#base/schemas.ts'
import { ofBody, sensitive, shown } from '#base/sensitive.ts'

const Text = Type.String()
const MaybeText = orNull(Text)
const oneOf = <const W extends string>(words: readonly W[]) => Type.Unsafe<W>(Type.Union(words.map((word) => Type.Literal(word))))
/** What somebody says about a step: a reason, an opinion, an answer. */
const Words = (least: number) => Type.String({ minLength: least, maxLength: 1000 })

/** To whom: the body concerned (each its own where there are many), whoever is signed in, anyone. */
export const Audience = oneOf(['unit', 'system', 'public'])
export type Audience = Static<typeof Audience>
const stepKinds = ['check', 'sign', 'meeting', 'opinions', 'secrecy', 'notice', 'release'] as const
export const StepKind = oneOf(stepKinds)
export type StepKind = Static<typeof StepKind>
/** The step that a paper waits for; `draft`: returned to its drafter. */
export const State = oneOf([...stepKinds, 'draft', 'released', 'withdrawn', 'recalled'])
export type State = Static<typeof State>
/** What a person may do with a paper now. */
export const Deed = oneOf(['check', 'sign', 'meeting', 'opinion', 'end-opinions', 'secrecy', 'release', 'answer', 'resubmit', 'withdraw', 'recall'])
export type Deed = Static<typeof Deed>

export const PaperRow = Type.Object({
  id: Text,
  kind: Text,
  kindName: Text,
  title: Text,
  state: State,
  audience: Audience,
  draftedAt: Text,
  changedAt: Text,
  noticeUntil: MaybeText,
  objectionsOpen: Type.Integer(),
  number: MaybeText,
  releasedAt: MaybeText,
  recalledAt: MaybeText,
  /** What waits for the reader. */
  deeds: Type.Array(Deed),
})
export type PaperRow = Static<typeof PaperRow>

/** A step of the route, or the draft: `detail` says who and when, or until when. */
export const TrackStep = Type.Object({ kind: oneOf(['draft', ...stepKinds]), state: oneOf(['done', 'now', 'ahead']), detail: Text })
export const Act = Type.Object({
  id: Text,
  round: Type.Integer(),
  step: Text,
  verdict: Text,
  reason: Text,
  /** Of a meeting: its day and minutes; of a joint opinion: the post that gave it. */
  heldOn: MaybeText,
  minutes: MaybeText,
  postName: Text,
  by: shown('duty', MaybeText),
  at: Text,
})
export type Act = Static<typeof Act>
export const AskedOpinion = Type.Object({
  post: Text,
  postName: Text,
  late: Type.Boolean(),
  verdict: orNull(oneOf(['agree', 'disagree'])),
  text: Text,
  at: MaybeText,
  /** The reader holds this post and has not answered. */
  mine: Type.Boolean(),
})
export type AskedOpinion = Static<typeof AskedOpinion>
export const ObjectionRow = Type.Object(
  {
    id: Text,
    text: shown('duty', Text),
    madeAt: Text,
    fromPublic: Type.Boolean(),
    name: sensitive('complaint', 'name', Text),
    contact: sensitive('complaint', 'phone', MaybeText),
    body: MaybeText,
    upheld: orNull(Type.Boolean()),
    answer: MaybeText,
    answeredAt: MaybeText,
  },
  ofBody('body'),
)
export type ObjectionRow = Static<typeof ObjectionRow>

export const PaperPage = Type.Object({
  paper: PaperRow,
  route: Text,
  /** Where the thing itself is to be seen. */
  address: Text,
  summary: Type.Array(Text),
  /** Those who take no part in it see what was released or is on notice, and nothing of how it came about. */
  inside: Type.Boolean(),
  note: Text,
  hash: Text,
  /** The thing was changed since it was sent in: it has to go back. */
  changed: Type.Boolean(),
  track: Type.Array(TrackStep),
  acts: Type.Array(Act),
  opinions: Type.Array(AskedOpinion),
  opinionsDueOn: MaybeText,
  notice: orNull(Type.Object({ scope: Audience, from: Text, until: Text })),
  objections: Type.Array(ObjectionRow),
  recallReason: MaybeText,
  /** Why the reader, whose post gives the step, may not do it all the same. */
  blocked: MaybeText,
})
export type PaperPage = Static<typeof PaperPage>

export const Receipt = Type.Object({ paper: Text, state: State, number: MaybeText, repeated: Type.Boolean() })
export type Receipt = Static<typeof Receipt>

const paperParams = Type.Object({ paper: Id }, closed)

export const listPapers = endpoint({
  id: 'approval.list',
  method: 'GET',
  path: '/api/approvals',
  summary: 'Papers: those that wait for the reader’s word, the reader’s own, those on notice, those released to the reader',
  query: Type.Object(
    {
      list: oneOf(['waiting', 'drafted', 'notice', 'released', 'under-way']),
      after: Type.Optional(Type.String({ maxLength: 80 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  reply: Type.Object({ rows: Type.Array(PaperRow), next: MaybeText }),
})
export const readPaper = endpoint({
  id: 'approval.read',
  method: 'GET',
  path: '/api/approvals/:paper',
  summary: 'One paper: its track, what was said at each step, opinions, objections, and what the reader may do now',
  params: paperParams,
  reply: PaperPage,
})
/** How a thing stands: the release in force, the paper under way, and the routes by which the reader may send it in. */
export const readStanding = endpoint({
  id: 'approval.standing',
  method: 'GET',
  path: '/api/approvals/standing',
  summary: 'Whether a thing is released, under way, or may be sent in by the reader',
  query: Type.Object({ kind: Type.String({ maxLength: 40 }), subject: Type.String({ maxLength: 160 }) }, closed),
  reply: Type.Object({
    releases: Type.Array(Type.Object({ paper: Text, number: Text, audience: Audience, releasedAt: Text })),
    paper: orNull(Type.Object({ id: Text, state: State })),
    routes: Type.Array(Type.Object({ id: Text, name: Text, audiences: Type.Array(Audience), steps: Type.Array(Text) })),
  }),
})
export const draftPaper = endpoint({
  id: 'approval.draft',
  needs: 'approval.draft',
  method: 'POST',
  path: '/api/approvals',
  reach: 'tenant',
  summary: 'Sends a thing in for approval by a route of the pack; the same id twice sends it once',
  body: Type.Object(
    {
      id: Id,
      kind: Type.String({ maxLength: 40 }),
      subject: Type.String({ maxLength: 160 }),
      route: Type.String({ maxLength: 60 }),
      audience: Audience,
      note: Words(0),
    },
    closed,
  ),
  reply: Receipt,
})

const verdict = oneOf(['pass', 'return'])
function deed<B extends Record<string, TSchema>>(name: string, needs: string, summary: string, fields: B) {
  return endpoint({
    id: `approval.${name}`,
    needs,
    method: 'POST',
    path: `/api/approvals/:paper/${name}`,
    reach: 'tenant',
    summary,
    params: paperParams,
    body: Type.Object({ id: Id, ...fields }, closed),
    reply: Receipt,
  })
}
export const checkPaper = deed('check', 'approval.check', 'Checked, or returned to the drafter', { verdict, reason: Words(0) })
export const signPaper = deed('signature', 'approval.sign', 'Signed, or returned', { verdict, reason: Words(0) })
export const enterMeeting = deed('meeting', 'approval.check', 'Decided by a meeting: its day and minutes; or returned', {
  verdict,
  reason: Words(0),
  heldOn: orNull(Day),
  minutes: Words(0),
})
export const giveOpinion = deed('opinion', 'approval.opinion', 'A joint opinion by a post that was asked', {
  post: Type.String({ maxLength: 60 }),
  verdict: oneOf(['agree', 'disagree']),
  reason: Words(0),
})
export const endOpinions = deed('opinions-end', 'approval.sign', 'Passes over late or disagreeing joint opinions with a reason, or returns', {
  verdict,
  reason: Words(2),
})
export const passSecrecy = deed('secrecy', 'approval.secrecy', 'Passed by the secrecy check, or returned', { verdict, reason: Words(0) })
export const releasePaper = deed('release', 'approval.release', 'Released to its audience with a document number, or returned', { verdict, reason: Words(0) })
export const recallPaper = deed('recall', 'approval.release', 'Takes a release back; from then on it is as if never released', { reason: Words(2) })
export const withdrawPaper = deed('withdrawal', 'approval.draft', 'Takes a paper back before its release', { reason: Words(0) })
export const resubmitPaper = deed('resubmission', 'approval.draft', 'Sends a returned paper in again, with the thing as it is now', { note: Words(0) })

export const NoticeRow = Type.Object({
  id: Text,
  kindName: Text,
  title: Text,
  summary: Type.Array(Text),
  /** The thing's page, for whoever is signed in. */
  address: MaybeText,
  scope: Audience,
  from: Text,
  until: Text,
  open: Type.Boolean(),
  objections: Type.Integer(),
  /** The reader's own. */
  mine: Type.Array(Type.Object({ text: shown('own', Text), madeAt: Text, upheld: orNull(Type.Boolean()), answer: MaybeText })),
})
export type NoticeRow = Static<typeof NoticeRow>
export const listNotices = endpoint({
  id: 'approval.notices',
  method: 'GET',
  path: '/api/notices',
  access: 'public',
  summary: 'What is on notice for the reader; without a session, public notices',
  reply: Type.Object({ notices: Type.Array(NoticeRow) }),
})
export const objectTo = endpoint({
  id: 'approval.object',
  method: 'POST',
  path: '/api/notices/:paper/objections',
  access: 'public',
  reach: 'tenant',
  summary: 'Objects to what is on notice. Without a session: with a name and how to be reached, and not often',
  params: paperParams,
  body: Type.Object(
    {
      id: Id,
      text: Type.String({ minLength: 5, maxLength: 2000 }),
      name: Type.Optional(Type.String({ maxLength: 30 })),
      contact: Type.Optional(Type.String({ maxLength: 60 })),
    },
    closed,
  ),
  reply: Type.Object({ objection: Text, repeated: Type.Boolean() }),
})
export const answerObjection = endpoint({
  id: 'approval.answer',
  needs: 'approval.check',
  method: 'POST',
  path: '/api/objections/:objection/answer',
  reach: 'tenant',
  summary: 'Answers an objection; one that is upheld sends the paper back to its drafter',
  params: Type.Object({ objection: Id }, closed),
  body: Type.Object({ upheld: Type.Boolean(), text: Words(5) }, closed),
  reply: Receipt,
})
