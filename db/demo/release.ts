// The demonstration's sheet and rubrics take effect as everything does: drafted, checked, signed, … and released by its accounts, through the
// services, one after the other, with the tenant's clock set back to the day of each.
import { Type } from 'typebox'
import { addDays, daysBetween } from '#base/dates.ts'
import { newId } from '#base/ids.ts'
import { workingDaysAfter } from '#base/working-days.ts'
import { accountByLogin } from '#modules/access/access.sql.ts'
import { hashPassword, insertAccount, insertAppointment } from '#modules/access/index.ts'
import { scopeOf } from '#modules/access/posts/posts.rules.ts'
import { postsOf } from '#modules/access/posts/posts.service.ts'
import type { Audience } from '#modules/approval/approval.contract.ts'
import { draft, opine, passStep } from '#modules/approval/approval.service.ts'
import { type Paper, paperById, papersOf } from '#modules/approval/approval.sql.ts'
import { subjectOf } from '#modules/approval/approval.subjects.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { type Actor, anonymous } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { log } from '#server/kit/log.ts'
import { query, sql } from '#server/kit/sql.ts'

interface Thing {
  kind: string
  id: string
  route: string
  audience: Audience
  note: string
  /** Days before the demonstration's today on which it is drafted; each later step is a working day further on. */
  drafted: number
}

const things: Thing[] = [
  ...['model-2024', 'branch-2024', 'clean-2024'].map(
    (rubric, index): Thing => ({ kind: 'rubric', id: `${rubric}.1`, route: 'rubric', audience: 'system', note: '2024年度细则，请审。', drafted: 281 - index }),
  ),
  { kind: 'sheet', id: 'changzhi', route: 'sheet-public', audience: 'public', note: '五年答卷，拟向社会公开。数字随记录现算，公众只看到合计。', drafted: 9 },
]

/** Who does which step, by login and the action that the step needs. */
const hands = {
  draft: ['gongwei', 'approval.draft'],
  check: ['bangongshi', 'approval.check'],
  meeting: ['bangongshi', 'approval.check'],
  secrecy: ['bangongshi', 'approval.secrecy'],
  sign: ['shuji', 'approval.sign'],
  release: ['shuji', 'approval.release'],
} as const
const opinionLogins: Record<string, string> = {
  'joint-discipline': 'lianshen-jijian',
  'joint-organisation': 'lianshen-zuzhi',
  'joint-politics-law': 'lianshen-zhengfa',
  'joint-petitions': 'lianshen-xinfang',
}

/** The posts of those accounts that an installation older than approvals doesn't have yet. */
const laterPosts: Record<string, string> = {
  bangongshi: 'office-head',
  shuji: 'work-secretary',
  ...Object.fromEntries(Object.entries(opinionLogins).map(([post, login]) => [login, post])),
}

/** Members who hold no post and have no account. */
const sparePeople = query(
  'demo.spare-people',
  Type.Object({ personId: Type.String() }),
  (p: { tenantId: number; most: number }) => sql`
  select distinct m.person_id as "personId" from org.membership m
  where m.tenant_id = ${p.tenantId} and m.known_until = 'infinity' and m.valid_until = 'infinity'
    and not exists (select from org.holding h where h.tenant_id = m.tenant_id and h.person_id = m.person_id)
    and not exists (select from access.account a where a.tenant_id = m.tenant_id and a.person_id = m.person_id)
  order by 1 limit ${p.most}`,
)

/** Opens the accounts that came with approvals, in a demonstration that was loaded before them. */
async function openMissing(tx: Tx): Promise<void> {
  const { id: tenantId } = tx.tenant
  const missing: [string, string][] = []
  for (const [login, post] of Object.entries(laterPosts)) if ((await tx.maybe(accountByLogin, { tenantId, login })) === undefined) missing.push([login, post])
  const people = missing.length === 0 ? [] : await tx.all(sparePeople, { tenantId, most: missing.length })
  for (const [index, [login, post]] of missing.entries()) {
    const person = people[index]
    if (person === undefined) return
    const accountId = newId()
    const passwordHash = await hashPassword(`${login}-2024`)
    await tx.all(insertAccount, { tenantId, accountId, login, passwordHash, personId: person.personId, mustChange: false, madeBy: null })
    await tx.all(insertAppointment, {
      tenantId,
      appointmentId: newId(),
      accountId,
      post,
      bodyId: null,
      from: '2021-01-04',
      until: null,
      reason: '示范',
      madeBy: null,
    })
    await leaveEntry(tx, 'account.add', { kind: 'account', id: accountId }, { post, bodyId: null })
  }
}

/** The actor of an account of the demonstration; undefined where there is no such account or its posts no longer give the action. */
async function actorOf(tx: Tx, [login, action]: readonly [string, string]): Promise<Actor | undefined> {
  const account = await tx.maybe(accountByLogin, { tenantId: tx.tenant.id, login })
  if (account === undefined) return undefined
  const posts = await postsOf(tx, account)
  const { accountId, personId, personName: name } = account
  return posts.some(({ may }) => may.includes(action)) ? { ...anonymous, accountId, personId, name, posts, scope: scopeOf(posts) } : undefined
}

/** The transaction as the actor's, with the clock some days back. */
function asOn(tx: Tx, actor: Actor, action: string, daysBack: number): Tx {
  const post = actor.posts.find(({ may }) => may.includes(action))
  const tenant = { ...tx.tenant, clockOffset: tx.tenant.clockOffset - daysBack * 86_400_000 }
  return { ...tx, tenant, actorId: actor.accountId, origin: { post: post?.post ?? null, postBodyId: post?.bodyId ?? null, address: '', requestId: newId() } }
}

/**
 * Releases what the demonstration shows, where no paper of it as it stands now has been drafted yet: at the first start, at the first one of an
 * installation that is older than releases, and after an upgrade that changed the sheet. What somebody has recalled stays recalled.
 */
export async function releaseDemonstration(tx: Tx): Promise<void> {
  if (!tx.tenant.demonstration) return
  const actors = new Map<string, Actor>()
  for (const thing of things) {
    const content = await subjectOf(thing.kind)?.read(tx, thing.id)
    const papers = await tx.all(papersOf, { tenantId: tx.tenant.id, kind: thing.kind, subjectId: thing.id })
    if (content === undefined || papers.some(({ hash }) => hash === content.hash)) continue
    if (actors.size === 0) {
      // A demonstration of somebody's own making.
      if ((await tx.maybe(accountByLogin, { tenantId: tx.tenant.id, login: hands.draft[0] })) === undefined) return
      await openMissing(tx)
      const wanted = [...Object.values(hands), ...Object.values(opinionLogins).map((login) => [login, 'approval.opinion'] as const)]
      for (const hand of wanted) {
        const actor = await actorOf(tx, hand)
        if (actor === undefined)
          return log('the demonstration releases nothing by itself: an account or its post is gone', { tenant: tx.tenant.slug, account: hand[0] })
        actors.set(hand[0], actor)
      }
    }
    await sendThrough(tx, thing, actors)
  }
}

async function sendThrough(tx: Tx, { kind, id, route, audience, note, drafted }: Thing, actors: ReadonlyMap<string, Actor>): Promise<void> {
  const hand = (login: string): Actor => actors.get(login) ?? anonymous
  const [drafter, action] = hands.draft
  const paper = newId()
  await draft(asOn(tx, hand(drafter), action, drafted), hand(drafter), { id: paper, kind, subject: id, route, audience, note })
  const now = today(tx.tenant)
  let on = addDays(now, -drafted)
  for (let at = await stand(tx, paper); at.state !== 'released'; at = await stand(tx, paper)) {
    on = [workingDaysAfter(on, 1), now].sort()[0] ?? now
    const day = daysBetween(on, now)
    const { state } = at
    if (state === 'opinions')
      for (const post of at.asked) {
        const login = opinionLogins[post] ?? ''
        await opine(asOn(tx, hand(login), 'approval.opinion', day), hand(login), paper, { id: newId(), step: 'opinions', verdict: 'agree', reason: '', post })
      }
    else if (state === 'check' || state === 'sign' || state === 'meeting' || state === 'secrecy' || state === 'release') {
      const [login, needed] = hands[state]
      const detail = state === 'meeting' ? { heldOn: on, minutes: '市直工委会议研究同意（示例）。' } : {}
      await passStep(asOn(tx, hand(login), needed, day), hand(login), paper, { id: newId(), step: state, verdict: 'pass', reason: '', detail })
    } else throw new Error(`the demonstration's ${kind} ${id} stands at ${state}, which nobody of it passes`)
  }
}

function stand(tx: Tx, paperId: string): Promise<Paper> {
  return tx.one(paperById, { tenantId: tx.tenant.id, paperId })
}
