// Creating, amending and moving bodies.

import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { initialsOf } from '../org.initials.ts'
import { creditCodeProblem, divisionCodeProblem } from '../org.rules.ts'
import {
  type Asking,
  add,
  type Body,
  bodyOf,
  change,
  changeRows,
  conflict,
  mustBeOneOf,
  mustBeUnchanged,
  partyOrgOf,
  refuse,
  unitOf,
  type Work,
} from './change.service.ts'
import type * as contract from './changes.contract.ts'
import type { Changed, InputOf } from './changes.contract.ts'
import { ancestors, inForce } from './changes.rules.ts'
import { openPlaces, type PartyOrgVersion, partyOrgsLike, type UnitVersion, unitsLike, wholeTree } from './changes.sql.ts'

const forever = 'infinity'

/** Only those who see the whole tenant may put a body at the root of a tree. */
function mustReachTenant(work: Work, field: string): void {
  if (work.actor.scope !== 'tenant')
    throw new Refusal('not-allowed', '只有市直工委可以设立没有上级的组织，请选一个上级。', [{ field, value: null, message: '请选上级' }])
}

async function parentUnit(work: Work, id: string | null): Promise<UnitVersion | null> {
  if (id === null) {
    mustReachTenant(work, '/parent')
    return null
  }
  return (await unitOf(work, id, '/parent')).now
}

async function mustBeFreeUnit(work: Work, given: { name: string; creditCode: string | null }, self: string): Promise<void> {
  const like = (await work.tx.all(unitsLike, { ...given, on: work.on })).find((unit) => unit.id !== self)
  if (like === undefined) return
  if (like.name === given.name)
    conflict(`已经有叫“${like.name}”的单位。请改用它，或换一个名称。`, [{ field: '/name', value: given.name, message: '名称已被使用' }])
  conflict(`统一社会信用代码已属于“${like.name}”，请核对。`, [{ field: '/creditCode', value: given.creditCode, message: '代码已被使用' }])
}

async function mustBeFreePartyOrg(work: Work, name: string, self: string): Promise<void> {
  const like = (await work.tx.all(partyOrgsLike, { name, on: work.on })).find((org) => org.id !== self)
  if (like !== undefined) conflict(`已经有叫“${like.name}”的党组织。请改用它，或换一个名称。`, [{ field: '/name', value: name, message: '名称已被使用' }])
}

function mustBeGoodUnit(
  work: Work,
  unit: Pick<UnitVersion, 'name' | 'kind' | 'class' | 'level' | 'creditCode' | 'divisionCode'>,
  parentDivision: string | null,
): void {
  const { pack } = work
  if (unit.name.trim() === '') refuse('/name', unit.name, '名称不能为空')
  mustBeOneOf('/kind', unit.kind, pack.unit_kinds)
  mustBeOneOf('/class', unit.class, pack.unit_classes)
  mustBeOneOf('/level', unit.level, pack.unit_levels)
  const credit = unit.creditCode === null ? null : creditCodeProblem(unit.creditCode)
  if (credit !== null) refuse('/creditCode', unit.creditCode, credit)
  const division = unit.divisionCode === null ? null : divisionCodeProblem(unit.divisionCode, parentDivision)
  if (division !== null) refuse('/divisionCode', unit.divisionCode, division)
}

/** A new unit with its place in the administrative tree. */
export function createUnit(asking: Asking, input: InputOf<typeof contract.createUnit>): Promise<Changed> {
  return change(asking, 'unit-create', input, async (work) => {
    const parent = await parentUnit(work, input.parent)
    const { creditCode = null, divisionCode = null, staff = null, kind, class: group, level } = input
    const unit = {
      name: input.name.trim(),
      kind,
      class: group,
      level,
      creditCode,
      divisionCode,
      staff,
      attributes: {},
      validFrom: input.on,
      validUntil: forever,
    }
    mustBeGoodUnit(work, unit, parent?.divisionCode ?? null)
    await mustBeFreeUnit(work, unit, '')
    const unitId = newId()
    const [initials] = await initialsOf([unit.name])
    add(work.batch, 'unit', [{ ...unit, unitId, initials }])
    add(work.batch, 'placement', [{ tree: 'administrative', nodeId: unitId, parentId: input.parent, validFrom: input.on, validUntil: forever }])
    return [unitId]
  })
}

/** A new Party organisation of a unit with its place in the party tree. */
export function createPartyOrg(asking: Asking, input: InputOf<typeof contract.createPartyOrg>): Promise<Changed> {
  return change(asking, 'party-org-create', input, async (work) => {
    const name = input.name.trim()
    if (name === '') refuse('/name', input.name, '名称不能为空')
    mustBeOneOf('/kind', input.kind, work.pack.party_org_kinds)
    await unitOf(work, input.unit, '/unit')
    if (input.parent === null) mustReachTenant(work, '/parent')
    else await partyOrgOf(work, input.parent, '/parent')
    await mustBeFreePartyOrg(work, name, '')
    const partyOrgId = newId()
    const [initials] = await initialsOf([name])
    add(work.batch, 'partyOrg', [
      { partyOrgId, name, initials, kind: input.kind, unitId: input.unit, attributes: {}, validFrom: input.on, validUntil: forever },
    ])
    add(work.batch, 'placement', [{ tree: 'party', nodeId: partyOrgId, parentId: input.parent, validFrom: input.on, validUntil: forever }])
    return [partyOrgId]
  })
}

/** Refuses a patch that changes nothing; notes a new name in the lineage. */
function mustChange<R extends { name: string }>(work: Work, id: string, now: R, next: R): void {
  if (JSON.stringify(now) === JSON.stringify(next)) refuse('/body', id, '没有要改的内容')
  if (now.name !== next.name) work.batch.lineage.push({ kind: 'rename', from: id, to: id, note: `由“${now.name}”更名为“${next.name}”` })
}

/** A unit is different from a day on, until its next change already recorded. */
export function amendUnit(asking: Asking, input: InputOf<typeof contract.amendUnit>): Promise<Changed> {
  return change(asking, 'unit-amend', input, async (work) => {
    const { now } = await unitOf(work, input.body, '/body')
    await mustBeUnchanged(work, [input])
    const { id: _id, on: _on, note: _note, body, seen: _seen, ...patch } = input
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<UnitVersion>
    const next: UnitVersion = { ...now, ...given, name: (given.name ?? now.name).trim() }
    const place = (await work.tx.all(openPlaces, { ids: [body], on: input.on })).find((row) => row.tree === 'administrative' && inForce(row, input.on))
    const parent = given.divisionCode === undefined || place?.parentId == null ? null : await parentDivision(work, place.parentId)
    mustBeGoodUnit(work, next, parent)
    mustChange(work, body, now, next)
    await mustBeFreeUnit(work, { name: next.name, creditCode: given.creditCode ?? null }, body)
    const [initials = ''] = await initialsOf([next.name])
    changeRows(work, 'unit', [now], { ...next, initials })
    return [body]
  })
}

async function parentDivision(work: Work, id: string): Promise<string | null> {
  const unlimited: Work = { ...work, allow: () => undefined }
  const parent: Body = await bodyOf(unlimited, id, '/parent')
  return parent.is === 'unit' ? parent.now.divisionCode : null
}

/** A Party organisation is different from a day on, until its next change already recorded. */
export function amendPartyOrg(asking: Asking, input: InputOf<typeof contract.amendPartyOrg>): Promise<Changed> {
  return change(asking, 'party-org-amend', input, async (work) => {
    const { now } = await partyOrgOf(work, input.body, '/body')
    await mustBeUnchanged(work, [input])
    const next: PartyOrgVersion = { ...now, name: (input.name ?? now.name).trim(), kind: input.kind ?? now.kind, unitId: input.unit ?? now.unitId }
    if (next.name === '') refuse('/name', input.name, '名称不能为空')
    mustBeOneOf('/kind', next.kind, work.pack.party_org_kinds)
    if (next.unitId !== now.unitId) await unitOf(work, next.unitId, '/unit')
    mustChange(work, input.body, now, next)
    if (next.name !== now.name) await mustBeFreePartyOrg(work, next.name, input.body)
    const [initials = ''] = await initialsOf([next.name])
    changeRows(work, 'partyOrg', [now], { ...next, initials })
    return [input.body]
  })
}

/** A body stands under another parent in a tree from a day on. Refuses a circle and a division code that does not fit. */
export function moveBody(asking: Asking, input: InputOf<typeof contract.move>): Promise<Changed> {
  return change(asking, 'move', input, async (work) => {
    const { tree, parent: parentId, on } = input
    const body = await bodyOf(work, input.body, '/body')
    if ((tree === 'party') !== (body.is === 'party-org'))
      refuse('/tree', tree, body.is === 'unit' ? '单位只能在行政隶属或条线里移动' : '党组织只能在党组织隶属里移动')
    await mustBeUnchanged(work, [input])
    const parent = parentId === null ? null : await bodyOf(work, parentId, '/parent')
    if (parent === null) mustReachTenant(work, '/parent')
    else if (parent.is !== body.is) refuse('/parent', parentId, body.is === 'unit' ? '单位的上级要选单位' : '党组织的上级要选党组织')
    const rows = (await work.tx.all(openPlaces, { ids: [body.id], on })).filter((row) => row.tree === tree)
    const now = rows.find((row) => inForce(row, on))
    if (now !== undefined && now.parentId === parentId) refuse('/parent', parentId, '它已经在这个上级之下')
    if (parentId !== null) {
      const parents = new Map((await work.tx.all(wholeTree, { tree, on })).map((row) => [row.nodeId, row.parentId]))
      if (parentId === body.id || ancestors(parentId, parents).includes(body.id)) refuse('/parent', parentId, '不能移到它自己或它的下级之下，请另选上级')
    }
    if (tree === 'administrative' && body.is === 'unit' && parent?.is === 'unit' && body.now.divisionCode !== null) {
      const wrong = divisionCodeProblem(body.now.divisionCode, parent.now.divisionCode)
      if (wrong !== null) refuse('/parent', parentId, `${wrong}；请先改行政区划代码`)
    }
    if (now === undefined) add(work.batch, 'placement', [{ tree, nodeId: body.id, parentId, validFrom: on, validUntil: rows[0]?.validFrom ?? forever }])
    else changeRows(work, 'placement', [now], { parentId })
    work.batch.lineage.push({ kind: 'move', from: body.id, to: body.id, note: parent === null ? '改为没有上级' : `划转“${parent.now.name}”` })
    return [body.id]
  })
}
