// Posts, memberships, terms and exceptions.

import type { Static } from 'typebox'
import { formatDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { today } from '#server/kit/clock.ts'
import { initialsOf } from '../org.initials.ts'
import { type Asking, add, bodyOf, change, changeRows, conflict, endRows, mustBeDate, mustBeOneOf, partyOrgOf, refuse, type Work } from './change.service.ts'
import type * as contract from './changes.contract.ts'
import type { Changed, InputOf } from './changes.contract.ts'
import { inForce, termEnd } from './changes.rules.ts'
import {
  addPersons,
  addTerm,
  closeTerm,
  type Membership,
  openExceptions,
  openExceptionsOf,
  openHoldings,
  openHoldingsAt,
  openMemberships,
  openMembershipsOfPersons,
  openTerm,
  personKnown,
} from './changes.sql.ts'

const forever = 'infinity'

/** The person asked for: one the actor may see, or a new one. */
async function personOf(work: Work, given: { id: string } | Static<typeof contract.NewPerson>): Promise<string> {
  if ('id' in given) {
    const bodies = work.actor.scope === 'tenant' ? null : [...work.actor.scope]
    const person = await work.tx.maybe(personKnown, { id: given.id, bodies })
    if (person === undefined)
      throw new Refusal('not-found', '没有找到这个人，或者不在您的范围内。', [{ field: '/person/id', value: given.id, message: '没有这个人' }])
    return person.id
  }
  const name = given.name.trim()
  if (name === '') refuse('/person/name', given.name, '姓名不能为空')
  if (/\d{6}/.test(name)) refuse('/person/name', given.name, '姓名里不应有号码，本系统不收集身份证号')
  const id = newId()
  const [initials] = await initialsOf([name])
  await work.tx.all(addPersons, { rows: JSON.stringify([{ id, name, initials, sex: given.sex ?? null, birthYear: given.birthYear ?? null }]) })
  return id
}

/** A person takes up a post in a body from a day on. Refuses a second holder of a post for one. */
export function holdPost(asking: Asking, input: InputOf<typeof contract.holdPost>): Promise<Changed> {
  return change(asking, 'post-hold', input, async (work) => {
    const body = await bodyOf(work, input.body, '/body')
    const posts = work.pack.posts.filter((post) => post.of === body.is)
    mustBeOneOf('/post', input.post, posts)
    const personId = await personOf(work, input.person)
    const holders = (await work.tx.all(openHoldingsAt, { ids: [body.id], on: input.on })).filter((row) => row.post === input.post)
    const name = posts.find((post) => post.id === input.post)?.name ?? input.post
    if (holders.some((row) => row.personId === personId)) conflict(`这个人已经是“${body.now.name}”的${name}。`, [{ field: '/person', message: '已在任' }])
    const single = posts.find((post) => post.id === input.post)?.single === true
    if (single && holders.length > 0)
      conflict(`“${body.now.name}”的${name}已有人担任。请先为现任办理离任，再登记新任。`, [{ field: '/post', value: input.post, message: '请先办理现任离任' }])
    add(work.batch, 'holding', [{ post: input.post, bodyId: body.id, personId, validFrom: input.on, validUntil: forever }])
    return [body.id]
  })
}

/** A person leaves a post; the day given is the first one without it, the day of taking up takes the entry back. */
export function leavePost(asking: Asking, input: InputOf<typeof contract.leavePost>): Promise<Changed> {
  return change(asking, 'post-leave', input, async (work) => {
    const [row] = await work.tx.all(openHoldings, { ids: [input.holding], on: '0001-01-01' })
    if (row === undefined || !work.may('org.change', row.bodyId))
      return conflict('这条任职刚被别人改过，或者不存在。请刷新页面再看。', [{ field: '/holding', value: input.holding, message: '已不是最新' }])
    work.allow('org.change', row.bodyId)
    mustBeWithin(row, input.on)
    endRows(work, 'holding', [row])
    return [row.bodyId]
  })
}

function mustBeWithin(row: { validFrom: string; validUntil: string }, on: string): void {
  if (on < row.validFrom) refuse('/on', on, `不能早于开始的${formatDate(row.validFrom)}`)
  if (on > row.validUntil) refuse('/on', on, `它已止于${formatDate(row.validUntil)}`)
}

function mustHaveMembers(work: Work, kind: string, field: string, id: string): void {
  const found = work.pack.party_org_kinds.find((entry) => entry.id === kind)
  if (found?.has_members !== true) refuse(field, id, `${found?.name ?? kind}不直接管理党员，请选党支部`)
}

/** A person becomes a member of a branch from a day on. Refuses whoever is a member somewhere then or later. */
export function joinOrg(asking: Asking, input: InputOf<typeof contract.joinOrg>): Promise<Changed> {
  return change(asking, 'member-join', input, async (work) => {
    const org = await partyOrgOf(work, input.partyOrg, '/partyOrg')
    mustHaveMembers(work, org.now.kind, '/partyOrg', org.id)
    const personId = await personOf(work, input.person)
    const elsewhere = await work.tx.all(openMembershipsOfPersons, { ids: [personId], on: input.on })
    if (elsewhere.length > 0) conflict('这个人当天已经在一个党组织里，请改用“转接”。', [{ field: '/person', message: '请用转接' }])
    add(work.batch, 'membership', [{ personId, partyOrgId: org.id, kind: input.kind, validFrom: input.on, validUntil: forever }])
    return [org.id]
  })
}

async function membershipOf(work: Work, id: string): Promise<Membership> {
  const [row] = await work.tx.all(openMemberships, { ids: [id], on: '0001-01-01' })
  if (row === undefined || !work.may('org.change', row.partyOrgId))
    return conflict('这名党员的组织关系刚被别人改过，或者不存在。请刷新页面再看。', [{ field: '/membership', value: id, message: '已不是最新' }])
  work.allow('org.change', row.partyOrgId)
  mustBeWithin(row, work.on)
  return row
}

/** A probationary member is a full one from a day on. */
export function confirmMember(asking: Asking, input: InputOf<typeof contract.confirmMember>): Promise<Changed> {
  return change(asking, 'member-confirm', input, async (work) => {
    const row = await membershipOf(work, input.membership)
    if (row.kind === 'full') refuse('/membership', row.membershipId, '已经是正式党员')
    if (!inForce(row, input.on)) refuse('/on', input.on, '这一天他不在这个党组织里')
    changeRows(work, 'membership', [row], { kind: 'full' })
    return [row.partyOrgId]
  })
}

/** A member belongs to another branch from a day on. Both must be in the actor's reach. */
export function transferMember(asking: Asking, input: InputOf<typeof contract.transferMember>): Promise<Changed> {
  return change(asking, 'member-transfer', input, async (work) => {
    const row = await membershipOf(work, input.membership)
    const to = await partyOrgOf(work, input.to, '/to')
    mustHaveMembers(work, to.now.kind, '/to', to.id)
    if (to.id === row.partyOrgId) refuse('/to', to.id, '已经在这个党组织里')
    if (!inForce(row, input.on)) refuse('/on', input.on, '这一天他不在原来的党组织里')
    changeRows(work, 'membership', [row], { partyOrgId: to.id })
    return [row.partyOrgId, to.id]
  })
}

/** A membership ends; the day given is the first one without it, the day of joining takes the entry back. */
export function leaveOrg(asking: Asking, input: InputOf<typeof contract.leaveOrg>): Promise<Changed> {
  return change(asking, 'member-leave', input, async (work) => {
    const row = await membershipOf(work, input.membership)
    endRows(work, 'membership', [row])
    return [row.partyOrgId]
  })
}

/** An election was held. Refuses one in the future, before the last one, or where somebody else has entered one meanwhile. */
export function setTerm(asking: Asking, input: InputOf<typeof contract.setTerm>): Promise<Changed> {
  return change(asking, 'term-set', input, async (work) => {
    const org = await partyOrgOf(work, input.partyOrg, '/partyOrg')
    if (input.on > today(work.tx.tenant)) refuse('/on', input.on, '换届日期不能在今天以后')
    const years = work.pack.party_org_kinds.find((kind) => kind.id === org.now.kind)?.term_years
    const dueOn = input.dueOn ?? (years === undefined ? refuse('/dueOn', input.dueOn, '这类组织没有规定任期，请填写下次换届日期') : termEnd(input.on, years))
    mustBeDate('/dueOn', dueOn)
    if (dueOn <= input.on) refuse('/dueOn', dueOn, '下次换届日期应晚于本次换届日期')
    const [last] = await work.tx.all(openTerm, { partyOrgId: org.id })
    if ((last?.termId ?? null) !== input.seenTerm)
      conflict('这个组织的任期刚被别人改过。请刷新页面，看过最新情况再改。', [
        { field: '/seenTerm', value: input.seenTerm, message: `当前是 ${last?.termId ?? '无'}` },
      ])
    if (last !== undefined && input.on < last.electedOn) refuse('/on', input.on, `不能早于上次换届的${formatDate(last.electedOn)}`)
    if (last !== undefined && last.electedOn === input.on) await work.tx.all(closeTerm, { id: last.termId, at: work.at })
    await work.tx.all(addTerm, { id: newId(), partyOrgId: org.id, electedOn: input.on, dueOn, at: work.at })
    return [org.id]
  })
}

/** A body is excepted from a structure rule by name, with the reason. */
export function grantException(asking: Asking, input: InputOf<typeof contract.grantException>): Promise<Changed> {
  return change(asking, 'exception-grant', input, async (work) => {
    const body = await bodyOf(work, input.body, '/body')
    const rules = work.pack.structure_rules.filter((rule) => rule.over === body.is)
    mustBeOneOf('/rule', input.rule, rules)
    if (input.until !== undefined) mustBeDate('/until', input.until)
    if (input.until !== undefined && input.until <= input.on) refuse('/until', input.until, '止日应晚于起日')
    const open = (await work.tx.all(openExceptionsOf, { ids: [body.id], on: input.on })).find((row) => row.rule === input.rule)
    if (open !== undefined)
      conflict(`“${body.now.name}”已有这条规则的例外，从${formatDate(open.validFrom)}起。`, [{ field: '/rule', value: input.rule, message: '已有例外' }])
    add(work.batch, 'exception', [{ rule: input.rule, bodyId: body.id, reason: input.reason.trim(), validFrom: input.on, validUntil: input.until ?? forever }])
    return [body.id]
  })
}

/** An exception ends; the day given is the first one without it. */
export function endException(asking: Asking, input: InputOf<typeof contract.endException>): Promise<Changed> {
  return change(asking, 'exception-end', input, async (work) => {
    const [row] = await work.tx.all(openExceptions, { ids: [input.exception], on: '0001-01-01' })
    if (row === undefined || !work.may('org.change', row.bodyId))
      return conflict('这条例外刚被别人改过，或者不存在。请刷新页面再看。', [{ field: '/exception', value: input.exception, message: '已不是最新' }])
    work.allow('org.change', row.bodyId)
    mustBeWithin(row, input.on)
    endRows(work, 'exception', [row])
    return [row.bodyId]
  })
}
