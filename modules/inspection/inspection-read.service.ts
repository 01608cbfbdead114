// What is seen of inspections and visits: by the asking body and the team, by the unit when it is signed, by nobody else [I7].
import { Type } from 'typebox'
import { Refusal } from '#base/errors.ts'
import { exportCsv } from '#modules/access/index.ts'
import { filesOfAll } from '#modules/ledger/index.ts'
import { mattersOf, mattersRelapsed } from '#modules/matter/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Call } from '#server/kit/route.ts'
import { type Finding, type InspectionPage, type InspectionRow, type VisitPage, VisitRow } from './inspection.contract.ts'
import type { Checklist } from './inspection.pack.ts'
import { headsOf, itemsOf, progressOf, verdictNames } from './inspection.rules.ts'
import { type AnswerRow, answersOf, type Head, inspectionById, inspectionsOfYear, membersOf, type VisitHead, visitById, visitsOf } from './inspection.sql.ts'
import { mostOf, unseen, weighed } from './inspection-plan.service.ts'

/** Visits with their answers and teams, as one look at the database gives them. */
interface Seen {
  row: VisitRow
  visit: VisitHead
  head: Head
  answers: AnswerRow[]
}

async function seenVisits(tx: Tx, heads: readonly Head[], only?: string): Promise<Seen[]> {
  const tenantId = tx.tenant.id
  const inspectionIds = heads.map(({ inspectionId }) => inspectionId)
  const visits = (await tx.all(visitsOf, { tenantId, inspectionIds })).filter(({ visitId }) => only === undefined || visitId === only)
  const visitIds = visits.map(({ visitId }) => visitId)
  const [members, answers] = await Promise.all([tx.all(membersOf, { tenantId, visitIds }), tx.all(answersOf, { tenantId, visitIds })])
  const byVisit = Map.groupBy(answers, ({ visitId }) => visitId)
  return visits.flatMap((visit) => {
    const head = heads.find(({ inspectionId }) => inspectionId === visit.inspectionId)
    if (head === undefined) return []
    const said = byVisit.get(visit.visitId) ?? []
    const team = members.filter(({ visitId }) => visitId === visit.visitId).map(({ accountId, name }) => ({ accountId, member: name }))
    const { visitId, inspectionId, signedAt } = visit
    const { title, firstDay, lastDay, checklist } = head
    const unit = { id: visit.unitId, name: visit.unitName }
    return [
      { visit, head, answers: said, row: { visitId, inspectionId, title, unit, firstDay, lastDay, signedAt, team, ...progressOf(itemsOf(checklist), said) } },
    ]
  })
}

function rowOf({ inspectionId, kind, checklist, title, askerId, askerName, firstDay, lastDay, state }: Head, seen: readonly Seen[]): InspectionRow {
  const visits = seen.filter(({ row }) => row.inspectionId === inspectionId).map(({ row }) => row)
  return {
    ...{ inspectionId, kind, kindName: checklist.name, title, asker: { id: askerId, name: askerName }, firstDay, lastDay, state, visits: visits.length },
    signed: visits.filter(({ signedAt }) => signedAt !== null).length,
    findings: visits.reduce((sum, { findings }) => sum + findings, 0),
  }
}

/** The year's inspections, the caps they use, the visits that the reader is to make, and what was signed with units that are the reader's. */
export async function inspectionsPage(tx: Tx, actor: Actor, year = today(tx.tenant).slice(0, 4)) {
  const heads = await tx.all(inspectionsOfYear, { tenantId: tx.tenant.id, year })
  const seen = await seenVisits(tx, heads)
  const most = mostOf(tx)
  const offices = [...Map.groupBy(heads, ({ askerUnit }) => askerUnit).values()]
  const caps = offices.flatMap((of) => {
    const [first] = of
    return most === undefined || first === undefined || !reaches(actor, first.askerId)
      ? []
      : [{ asker: { id: first.askerId, name: first.askerName }, planned: of.length, most }]
  })
  return {
    year,
    inspections: heads.map((head) => rowOf(head, seen)),
    caps,
    mine: seen
      .filter(({ row, head }) => row.signedAt === null && head.state === 'under-way' && row.team.some(({ accountId }) => accountId === actor.accountId))
      .map(({ row }) => row),
    signed: seen.filter(({ visit }) => visit.signedAt !== null && (isIn(actor, visit.unitId) || isIn(actor, visit.bodyId))).map(({ row }) => row),
  }
}

const reaches = ({ scope }: Actor, id: string): boolean => scope === 'tenant' || scope.includes(id)
const isIn = ({ scope }: Actor, id: string): boolean => scope !== 'tenant' && scope.includes(id)

/** What became of findings that were signed; of those that the reader doesn't see as matters, the finding alone. */
async function findingsOf(tx: Tx, seen: readonly Seen[]): Promise<Finding[]> {
  const found = seen.flatMap(({ visit, head, answers }) =>
    visit.signedAt === null
      ? []
      : answers
          .filter(({ answerId, finding }) => finding !== '' && visit.heads.includes(answerId))
          .map((answer) => ({ answer, visit, name: nameOfItem(head.checklist, answer.item) })),
  )
  const ids = found.map(({ answer }) => answer.answerId)
  const [matters, relapsed] = ids.length === 0 ? [[], []] : await Promise.all([mattersOf(tx, ids), mattersRelapsed(tx, ids)])
  return found.map(({ answer, visit, name }) => {
    const matter = matters.find(({ matterId }) => matterId === answer.answerId)
    return {
      ...{ matterId: answer.answerId, item: name, problem: answer.note, unit: { id: visit.unitId, name: visit.unitName } },
      ...{ stage: matter?.stageName ?? null, late: matter?.late ?? null, outcome: matter?.outcome ?? null, relapse: relapsed.includes(answer.answerId) },
    }
  })
}

function nameOfItem(checklist: Checklist, id: string): string {
  return itemsOf(checklist).find((item) => item.id === id)?.name ?? id
}

const shownList = ({ finding: _finding, citation: _citation, ...shown }: Checklist) => shown

/** One inspection with its units, teams and findings. Refuses: not-found. */
export async function inspectionPage(tx: Tx, may: (action: string, bodyId?: string) => boolean, inspectionId: string): Promise<InspectionPage> {
  const head = await tx.maybe(inspectionById, { tenantId: tx.tenant.id, inspectionId })
  if (head === undefined) throw unseen()
  const seen = await seenVisits(tx, [head])
  const plans = may('matter.ask', head.askerId)
  const { exceeds, released } = plans
    ? await weighed(
        tx,
        head,
        seen.map(({ visit }) => visit),
      )
    : { exceeds: [], released: false }
  return {
    inspection: rowOf(head, seen),
    ...{ basis: head.basis, reason: head.reason, checklist: shownList(head.checklist), visits: seen.map(({ row }) => row) },
    findings: await findingsOf(tx, seen),
    ...{ exceeds, released, may: { plan: plans } },
  }
}

/** One visit with its checklist and every answer. Refuses: not-found. */
export async function visitPage(tx: Tx, actor: Pick<Actor, 'accountId'>, visitId: string): Promise<VisitPage> {
  const visit = await tx.maybe(visitById, { tenantId: tx.tenant.id, visitId })
  const head = visit && (await tx.maybe(inspectionById, { tenantId: tx.tenant.id, inspectionId: visit.inspectionId }))
  if (head === undefined) throw new Refusal('not-found', '没有找到这次走访，或者它不在您的范围内。')
  const [found] = await seenVisits(tx, [head], visitId)
  if (found === undefined) throw new Refusal('not-found', '没有找到这次走访，或者它不在您的范围内。')
  const { row, answers } = found
  const files = await filesOfAll(tx, [visitId, ...answers.map(({ answerId }) => answerId)])
  return {
    visit: row,
    ...{ basis: head.basis, asker: { id: head.askerId, name: head.askerName }, state: head.state, checklist: shownList(head.checklist) },
    answers: answers.map(({ visitId: _visit, authorId: _author, ...answer }) => answer),
    files: files.map(({ id, ofId, name, thumbnail }) => ({ id, of: ofId, name, thumbnail })),
    findings: await findingsOf(tx, [found]),
    witness: found.visit.witness,
    drawn: found.visit.drawn,
    may: { answer: head.state === 'under-way' && row.signedAt === null && row.team.some(({ accountId }) => accountId === actor.accountId) },
  }
}

const Line = Type.Object({
  ...VisitRow.properties,
  item: Type.String(),
  verdict: Type.String(),
  note: Type.String(),
  type: Type.String(),
  stage: Type.String(),
})

/** The visits of a year, a line for each item that was answered, as csv. */
export async function exportInspections(
  call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>,
  given: { year?: string; inspection?: string },
): Promise<string> {
  const { tx } = call
  const year = given.year ?? today(tx.tenant).slice(0, 4)
  const heads = (await tx.all(inspectionsOfYear, { tenantId: tx.tenant.id, year })).filter(({ inspectionId }) =>
    [undefined, inspectionId].includes(given.inspection),
  )
  const seen = await seenVisits(tx, heads)
  const findings = await findingsOf(tx, seen)
  const rows = seen.flatMap(({ row, head, answers }) => {
    const said = headsOf(answers)
    return itemsOf(head.checklist).flatMap((item) =>
      (said.get(item.id) ?? []).map((answer) => ({
        ...row,
        ...{ item: item.name, verdict: verdictNames[answer.verdict], note: answer.note },
        type: head.checklist.types.find(({ id }) => id === answer.finding)?.name ?? '',
        stage: findings.find(({ matterId }) => matterId === answer.answerId)?.stage ?? '',
      })),
    )
  })
  return exportCsv(call, {
    name: `${year}年督查`,
    action: 'inspection.export',
    object: { kind: 'inspection-list', id: given.inspection ?? year },
    detail: { filter: given },
    schema: Line,
    rows,
    columns: [
      { title: '督查', cell: (row) => row.title },
      { title: '单位', cell: (row) => row.unit.name },
      { title: '项目', cell: (row) => row.item },
      { title: '结论', cell: (row) => row.verdict },
      { title: '说明', cell: (row) => row.note },
      { title: '问题类型', cell: (row) => row.type },
      { title: '整改环节', cell: (row) => row.stage },
      { title: '签字时间', cell: (row) => row.signedAt },
    ],
  })
}
