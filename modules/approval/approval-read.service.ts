// Lists of papers, one paper as its readers see it, and what later modules ask: is this released, and to whom?
import { formatDate } from '#base/dates.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey } from '#base/page-key.ts'
import { postName } from '#modules/access/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Act, AskedOpinion, Audience, ObjectionRow, PaperPage, PaperRow, State } from './approval.contract.ts'
import { approvalsPack } from './approval.pack.ts'
import { deedsOf, inseparable, isInside, isOpen, isTold, opinionsOf, opinionsStand, postFor, standsAt } from './approval.rules.ts'
import { unseen } from './approval.service.ts'
import {
  type ActRow,
  actsOf,
  actsUnderWay,
  objectionsOf,
  openPapers,
  type Paper,
  pageOfPapers,
  paperById,
  papersOf,
  type Told,
  toldOf,
} from './approval.sql.ts'
import { subjectOf } from './approval.subjects.ts'
import { audienceNames, stateNames } from './approval-words.rules.ts'

const PAGE = 50
/** More papers than these are not under way in a city. */
const UNDER_WAY = 500

/** The deeds that are the reader's now, less those that separation keeps from this person. */
function ownDeeds(tx: Tx, actor: Actor, paper: Paper, acts: readonly ActRow[]): { deeds: PaperRow['deeds']; blocked: string | null } {
  let blocked: string | null = null
  const deeds = deedsOf(paper, actor, acts, today(tx.tenant)).filter((deed) => {
    if (deed !== 'check' && deed !== 'sign' && deed !== 'meeting' && deed !== 'secrecy' && deed !== 'release') return true
    const why = inseparable(paper, acts, actor.personId, deed)
    blocked ??= why ?? null
    return why === undefined
  })
  return { deeds, blocked }
}

function rowOf(tx: Tx, paper: Paper, deeds: PaperRow['deeds']): PaperRow {
  const { paperId: id, subjectKind: kind, title, audience, draftedAt, changedAt, noticeUntil, objectionsOpen, number, releasedAt, recalledAt } = paper
  const state = standsAt(paper, today(tx.tenant))
  return {
    id,
    kind,
    kindName: subjectOf(kind)?.name ?? kind,
    title,
    state,
    audience,
    draftedAt,
    changedAt,
    noticeUntil,
    objectionsOpen,
    number,
    releasedAt,
    recalledAt,
    deeds,
  }
}

/** What waits for the reader's word: deeds of one's own post, not what one could take back. */
async function waitingFor(tx: Tx, actor: Actor): Promise<{ paper: Paper; deeds: PaperRow['deeds'] }[]> {
  const papers = (await tx.all(openPapers, { tenantId: tx.tenant.id, most: UNDER_WAY })).filter((paper) => isInside(actor, paper))
  const acts = papers.length === 0 ? [] : await tx.all(actsUnderWay, { tenantId: tx.tenant.id, personId: actor.personId })
  return papers.flatMap((paper) => {
    const { deeds } = ownDeeds(tx, actor, paper, acts)
    return deeds.some((deed) => deed !== 'withdraw') ? [{ paper, deeds }] : []
  })
}

export interface ListQuery {
  list: 'waiting' | 'drafted' | 'notice' | 'released' | 'under-way'
  after?: string
  limit?: number
}

/** A page of papers that the reader may see. */
export async function listPage(tx: Tx, actor: Actor, { list, after, limit = PAGE }: ListQuery): Promise<{ rows: PaperRow[]; next: string | null }> {
  if (list === 'waiting') return { rows: (await waitingFor(tx, actor)).map(({ paper, deeds }) => rowOf(tx, paper, deeds)), next: null }
  const states = {
    drafted: null,
    notice: ['notice'],
    released: ['released', 'recalled'],
    'under-way': ['draft', 'check', 'sign', 'meeting', 'opinions', 'secrecy', 'notice', 'release'],
  } as const
  const found = await tx.all(pageOfPapers, {
    tenantId: tx.tenant.id,
    states: states[list],
    drafter: list === 'drafted' ? actor.personId : null,
    after: keyOf(after),
    limit: limit + 1,
  })
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const isSeen = (paper: Paper): boolean => isInside(actor, paper) || isTold(actor, paper)
  return {
    rows: page.filter(isSeen).map((paper) => rowOf(tx, paper, [])),
    next: found.length > limit && last !== undefined ? `${last.changedAt}_${last.paperId}` : null,
  }
}

function keyOf(after: string | undefined): { at: string; id: string } | null {
  if (after === undefined) return null
  const match = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)_(.{36})$/.exec(after)
  if (match === null || Number.isNaN(Date.parse(match[1] ?? '')) || !new RegExp(uuidPattern).test(match[2] ?? '')) throw badPageKey(after)
  return { at: match[1] ?? '', id: match[2] ?? '' }
}

/** One paper. Those outside it see what was released or is on notice, nothing of how it came about. Refuses not-found. */
export async function paperPage(tx: Tx, actor: Actor, paperId: string): Promise<PaperPage> {
  const paper = await tx.maybe(paperById, { tenantId: tx.tenant.id, paperId })
  const inside = paper !== undefined && isInside(actor, paper)
  if (paper === undefined || !(inside || isTold(actor, paper))) throw unseen()
  const acts = inside ? await tx.all(actsOf, { tenantId: tx.tenant.id, paperId }) : []
  const { deeds, blocked } = inside ? ownDeeds(tx, actor, paper, acts) : { deeds: [], blocked: null }
  const { noticeScope: scope, noticeFrom: from, noticeUntil: until } = paper
  const content = inside && actor.scope === 'tenant' && isOpen(paper) ? await subjectOf(paper.subjectKind)?.read(tx, paper.subjectId) : undefined
  return {
    paper: rowOf(tx, paper, deeds),
    route: partOf(tx.tenant, approvalsPack).routes.find(({ id }) => id === paper.route)?.name ?? paper.route,
    address: paper.address,
    summary: paper.summary,
    inside,
    note: inside ? paper.note : '',
    hash: paper.hash,
    changed: content !== undefined && content.hash !== paper.hash,
    track: trackOf(tx, paper, acts),
    acts: acts.map((act) => actLine(tx, act)),
    opinions: inside ? askedOf(tx, actor, paper, acts) : [],
    opinionsDueOn: inside ? paper.opinionsDueOn : null,
    notice: scope === null || from === null || until === null ? null : { scope, from, until },
    objections: await objectionsShown(tx, actor, paper),
    recallReason: inside ? paper.recallReason : null,
    blocked,
  }
}

/** Who objects is for those who answer, and not for the drafter. */
async function objectionsShown(tx: Tx, actor: Actor, paper: Paper): Promise<ObjectionRow[]> {
  if (postFor(actor, 'approval.check', paper.aboutId) === undefined || paper.drafterPersonId === actor.personId || paper.noticeScope === null) return []
  const found = await tx.all(objectionsOf, { tenantId: tx.tenant.id, paperIds: [paper.paperId], accountId: null })
  return found.map(({ objectionId: id, text, madeAt, accountId, name, contact, upheld, answer, answeredAt }) => ({
    id,
    text,
    madeAt,
    fromPublic: accountId === null,
    name,
    contact: contact === '' ? null : contact,
    body: paper.aboutId,
    upheld,
    answer,
    answeredAt,
  }))
}

function actLine(tx: Tx, { actId: id, round, step, verdict, reason, detail, post, by, doneAt: at }: ActRow): Act {
  return {
    id,
    round,
    step,
    verdict,
    reason,
    heldOn: detail.heldOn ?? null,
    minutes: detail.minutes ?? null,
    postName: postName(tx.tenant, detail.post ?? post),
    by,
    at,
  }
}

function askedOf(tx: Tx, actor: Actor, paper: Paper, acts: readonly ActRow[]): AskedOpinion[] {
  const given = opinionsOf(paper, acts)
  const { late } = opinionsStand(paper, acts, today(tx.tenant))
  return paper.asked.map((post) => {
    const act = given.get(post)
    const verdict = act === undefined ? null : act.verdict === 'disagree' ? 'disagree' : 'agree'
    const mine = paper.state === 'opinions' && act === undefined && actor.posts.some((held) => held.post === post)
    return { post, postName: postName(tx.tenant, post), late: late.includes(post), verdict, text: act?.reason ?? '', at: act?.doneAt ?? null, mine }
  })
}

function trackOf(tx: Tx, paper: Paper, acts: readonly ActRow[]): PaperPage['track'] {
  const state: State = standsAt(paper, today(tx.tenant))
  const kinds = paper.steps.map(({ kind }) => kind)
  const closed = !isOpen(paper)
  const stands = state === 'released' || state === 'recalled' ? kinds.length : closed ? -1 : paper.steps.findIndex(({ kind }) => kind === state)
  const doneOn = (kind: string): string => {
    const act = acts.findLast(({ round, step, verdict }) => round === paper.round && step === kind && verdict !== 'return')
    return act === undefined ? '' : formatDate(new Date(Date.parse(act.doneAt) + 8 * 3_600_000).toISOString().slice(0, 10))
  }
  const waits: Partial<Record<State, string>> = {
    opinions: paper.opinionsDueOn === null ? '' : `${formatDate(paper.opinionsDueOn)}前`,
    notice: paper.noticeUntil === null ? '' : `到${formatDate(paper.noticeUntil)}`,
  }
  return [
    { kind: 'draft', state: state === 'draft' ? 'now' : 'done', detail: state === 'draft' ? '已退回' : '' },
    ...kinds.map((kind, index) => ({
      kind,
      state: index < stands ? ('done' as const) : index === stands ? ('now' as const) : ('ahead' as const),
      detail: index < stands ? doneOn(kind) || (kind === 'notice' ? (waits.notice ?? '') : '') : index === stands ? (waits[kind] ?? '') : '',
    })),
  ]
}

/** The releases of a thing as it is now, the paper under way, and the routes with the audiences to which the reader may still send it in. */
export async function standingOf(tx: Tx, actor: Actor, kind: string, subjectId: string) {
  const content = await subjectOf(kind)?.read(tx, subjectId)
  const papers = await tx.all(papersOf, { tenantId: tx.tenant.id, kind, subjectId })
  const under = papers.find((paper) => isOpen(paper) && isInside(actor, paper))
  const released = papers.filter(({ state, hash }) => state === 'released' && hash === content?.hash)
  const may = content !== undefined && postFor(actor, 'approval.draft', content.bodyId) !== undefined
  const routes = may ? partOf(tx.tenant, approvalsPack).routes.filter(({ subjects }) => subjects.includes(kind)) : []
  const left = (audiences: readonly Audience[]) => audiences.filter((audience) => !released.some((paper) => paper.audience === audience))
  return {
    releases: released
      .filter((paper) => isInside(actor, paper) || isTold(actor, paper))
      .map(({ paperId, number, audience, releasedAt }) => ({ paper: paperId, number: number ?? '', audience, releasedAt: releasedAt ?? '' })),
    paper: under === undefined ? null : { id: under.paperId, state: standsAt(under, today(tx.tenant)) },
    routes: routes
      .map(({ id, name, audiences, steps }) => ({ id, name, audiences: left(audiences), steps: steps.map(({ kind: step }) => stateNames[step]) }))
      .filter(({ audiences }) => audiences.length > 0),
  }
}

/** Something to do, as the workbench shows it. */
export interface ApprovalTodo {
  id: string
  title: string
  kind: string
  due: string | null
  minutes: number
  href: string
  state: 'open' | 'started' | 'waiting'
}

const verbs: Partial<Record<PaperRow['deeds'][number], string>> = {
  opinion: '出具联审意见',
  'end-opinions': '联审意见待您定',
  answer: '答复公示异议',
  resubmit: '修改后重新送审',
}

/** What waits for the reader's word. */
export async function approvalTodo(tx: Tx, actor: Actor): Promise<ApprovalTodo[]> {
  const waits = actor.posts.some(({ may }) => may.some((action) => action.startsWith('approval.')))
  return (waits ? await waitingFor(tx, actor) : []).map(({ paper, deeds }) => {
    const deed = deeds.find((one) => one !== 'withdraw') ?? 'check'
    const verb = verbs[deed] ?? stateNames[standsAt(paper, today(tx.tenant))]
    const due = paper.state === 'opinions' ? paper.opinionsDueOn : paper.state === 'notice' ? paper.noticeUntil : null
    return {
      id: `approval.${paper.paperId}`,
      title: `${verb}：《${paper.title}》（发至${audienceNames[paper.audience]}）`,
      kind: '签批',
      due,
      minutes: 5,
      href: `/approvals/${paper.paperId}`,
      state: 'open',
    }
  })
}

/** A release in force. */
export interface Release {
  number: string
  audience: Audience
  releasedAt: string
  hash: string
}

const widest: readonly Audience[] = ['public', 'system', 'unit']
function releaseFrom(told: readonly Told[], hash: string): Release | undefined {
  const standing = told.filter((one) => one.state === 'released' && one.hash === hash)
  const [best] = widest.flatMap((audience) => standing.filter((one) => one.audience === audience))
  return best === undefined ? undefined : { number: best.number ?? '', audience: best.audience, releasedAt: best.releasedAt ?? '', hash }
}

/**
 * The release of exactly this content that stands, the widest; undefined where there is none, it was recalled, or the content was changed since.
 * A scoped transaction finds what was released to its reader.
 */
export async function releaseOf(tx: Tx, kind: string, subjectId: string, hash: string): Promise<Release | undefined> {
  return releaseFrom(await tx.all(toldOf, { tenantId: tx.tenant.id, kind, subjectId }), hash)
}

/** True while a paper about the thing is with those who decide; one that was sent back to its drafter is not. */
export async function isUnderWay(tx: Tx, kind: string, subjectId: string): Promise<boolean> {
  const papers = await tx.all(papersOf, { tenantId: tx.tenant.id, kind, subjectId })
  return papers.some((paper) => isOpen(paper) && paper.state !== 'draft')
}

/** The same for many things of a kind at once; the returned function is asked for each. */
export async function releasesOf(tx: Tx, kind: string): Promise<(subjectId: string, hash: string) => Release | undefined> {
  const told = await tx.all(toldOf, { tenantId: tx.tenant.id, kind, subjectId: null })
  return (subjectId, hash) =>
    releaseFrom(
      told.filter((one) => one.subjectId === subjectId),
      hash,
    )
}

/** Ids of the things of a kind that the reader may know of: released to the reader, or on notice for the reader. */
export async function toldTo(tx: Tx, actor: Actor, kind: string): Promise<Set<string>> {
  const told = await tx.all(toldOf, { tenantId: tx.tenant.id, kind, subjectId: null })
  return new Set(told.filter((one) => isTold(actor, one)).map(({ subjectId }) => subjectId))
}
