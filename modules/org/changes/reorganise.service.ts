// Merging, splitting and dissolving bodies. What stood below, belonged to or served in them goes with the change; lineage tells where to.

import { formatDate } from '#base/dates.ts'
import { newId } from '#base/ids.ts'
import { initialsOf } from '../org.initials.ts'
import { type Asking, add, type Body, bodyOf, change, changeRows, conflict, endRows, mustBeUnchanged, refuse, type Work } from './change.service.ts'
import type * as contract from './changes.contract.ts'
import type { Changed, InputOf } from './changes.contract.ts'
import { ancestors, inForce, targetIsBelow } from './changes.rules.ts'
import {
  type Membership,
  openExceptionsOf,
  openHoldingsAt,
  openMembershipsOfOrgs,
  openPartyOrgsOfUnits,
  openPlaces,
  openPlacesBelow,
  type PartyOrgVersion,
  type Placement,
  partyOrgsLike,
  unitsLike,
  wholeTree,
} from './changes.sql.ts'

const forever = 'infinity'

/** Everything that hangs on bodies from the day on. */
interface Hanging {
  places: Placement[]
  below: Placement[]
  partyOrgs: PartyOrgVersion[]
  memberships: Membership[]
}

async function hangingOn({ tx, on }: Work, ids: string[]): Promise<Hanging> {
  return {
    places: await tx.all(openPlaces, { ids, on }),
    below: await tx.all(openPlacesBelow, { ids, on }),
    partyOrgs: await tx.all(openPartyOrgsOfUnits, { ids, on }),
    memberships: await tx.all(openMembershipsOfOrgs, { ids, on }),
  }
}

/** Ends the bodies themselves, their places, posts and exceptions. Refuses where something later is already recorded of them. */
async function endBodies(work: Work, bodies: readonly Body[], places: readonly Placement[]): Promise<void> {
  const ids = bodies.map((body) => body.id)
  for (const body of bodies) {
    const later = body.rows.find((row) => row.validFrom > work.on)
    if (later !== undefined)
      conflict(`“${body.now.name}”在${formatDate(later.validFrom)}还有一项已登记的变更。请把日期改到那天或以后。`, [
        { field: '/on', value: work.on, message: `不早于 ${later.validFrom}` },
      ])
    if (body.now.validFrom === work.on) refuse('/on', work.on, `“${body.now.name}”从${formatDate(work.on)}起才是现在的样子，日期应晚于这一天`)
    if (body.is === 'unit') endRows(work, 'unit', body.rows)
    else endRows(work, 'partyOrg', body.rows)
  }
  endRows(work, 'placement', places)
  endRows(work, 'holding', await work.tx.all(openHoldingsAt, { ids, on: work.on }))
  endRows(work, 'exception', await work.tx.all(openExceptionsOf, { ids, on: work.on }))
}

/** A new body like another one: its kind and, for units, class, level and division; it stands where the other stands. */
async function addLike(work: Work, model: Body, name: string, places: readonly Placement[], field: string): Promise<string> {
  if (name === '') refuse(field, name, '名称不能为空')
  const like =
    model.is === 'unit' ? await work.tx.all(unitsLike, { name, creditCode: null, on: work.on }) : await work.tx.all(partyOrgsLike, { name, on: work.on })
  if (like.length > 0) conflict(`已经有叫“${name}”的组织。请换一个名称，或选择并入它。`, [{ field, value: name, message: '名称已被使用' }])
  const id = newId()
  const [initials = ''] = await initialsOf([name])
  const fresh = { name, initials, attributes: {}, validFrom: work.on, validUntil: forever }
  if (model.is === 'unit') add(work.batch, 'unit', [{ ...model.now, ...fresh, unitId: id, creditCode: null, staff: null }])
  else add(work.batch, 'partyOrg', [{ ...model.now, ...fresh, partyOrgId: id }])
  add(
    work.batch,
    'placement',
    places.filter((place) => place.nodeId === model.id && inForce(place, work.on)).map((place) => ({ ...place, nodeId: id, validFrom: work.on })),
  )
  return id
}

/** The nearest ancestor that is not itself merged. */
function firstOutside(node: string, merged: ReadonlySet<string>, parentOf: ReadonlyMap<string, string | null>): string | null {
  return ancestors(node, parentOf).find((above) => !merged.has(above)) ?? null
}

/** Bodies of one kind become part of another, existing or new, from a day on. */
export function mergeBodies(asking: Asking, input: InputOf<typeof contract.merge>): Promise<Changed> {
  return change(asking, 'merge', input, async (work) => {
    const { on, from, into } = input
    const sources: Body[] = []
    for (const [index, one] of from.entries()) sources.push(await bodyOf(work, one.body, `/from/${index}/body`))
    const [first] = sources
    if (first === undefined) return refuse('/from', from, '至少选一个要合并的组织')
    const target = 'body' in into ? await bodyOf(work, into.body, '/into/body') : null
    const merged = new Set(sources.map((source) => source.id))
    if (merged.size < from.length) refuse('/from', from, '同一个组织选了两次')
    if ([...sources, ...(target === null ? [] : [target])].some((body) => body.is !== first.is)) refuse('/from', from, '单位和党组织不能合并到一起，请分别办理')
    if (target !== null && merged.has(target.id)) refuse('/into/body', target.id, '并入的组织不能同时是被合并的组织')
    await mustBeUnchanged(work, [...from, ...('body' in into ? [into] : [])])
    const hanging = await hangingOn(work, [...merged])
    const targetId =
      target?.id ?? (await addLike(work, first, 'name' in into ? into.name.trim() : '', topPlaces(hanging.places, first.id, merged), '/into/name'))
    await endBodies(work, sources, hanging.places)
    for (const tree of new Set(hanging.below.map((place) => place.tree))) {
      const parents = new Map((await work.tx.all(wholeTree, { tree, on })).map((row) => [row.nodeId, row.parentId]))
      if (target !== null && targetIsBelow(target.id, merged, parents))
        conflict(`“${target.now.name}”在被合并组织的下级之下，合并会绕成一圈。请先把它移出来。`, [
          { field: '/into/body', value: target.id, message: '请先移出' },
        ])
      const moving = hanging.below.filter((place) => place.tree === tree && place.nodeId !== targetId && !merged.has(place.nodeId))
      changeRows(work, 'placement', moving, { parentId: targetId })
      const own = hanging.below.filter((place) => place.tree === tree && place.nodeId === targetId)
      changeRows(work, 'placement', own, { parentId: firstOutside(targetId, merged, parents) })
    }
    changeRows(work, 'partyOrg', hanging.partyOrgs, { unitId: targetId })
    changeRows(work, 'membership', hanging.memberships, { partyOrgId: targetId })
    for (const source of sources) work.batch.lineage.push({ kind: 'merge', from: source.id, to: targetId, note: input.note ?? '' })
    return [...merged, targetId]
  })
}

/** The places a new body takes over from the first merged one; a merged parent is left out. */
function topPlaces(places: readonly Placement[], first: string, merged: ReadonlySet<string>): Placement[] {
  return places.filter((place) => place.nodeId === first && (place.parentId === null || !merged.has(place.parentId)))
}

/** New bodies are split off from one, which remains with what was not given away, or ends when everything is given away. */
export function splitBody(asking: Asking, input: InputOf<typeof contract.split>): Promise<Changed> {
  return change(asking, 'split', input, async (work) => {
    const body = await bodyOf(work, input.body, '/body')
    await mustBeUnchanged(work, [input])
    if (!input.remains && input.parts.length < 2) refuse('/parts', input.parts, '原组织撤销时至少分成两个')
    const names = input.parts.map((part) => part.name.trim())
    if (new Set(names).size < names.length) refuse('/parts', names, '分设的组织不能同名')
    const hanging = await hangingOn(work, [body.id])
    const parts: string[] = []
    for (const [index, name] of names.entries()) parts.push(await addLike(work, body, name, hanging.places, `/parts/${index}/name`))
    const given = allot(input.parts, parts)
    for (const [id, { field }] of given) {
      const known =
        hanging.below.some((place) => place.nodeId === id) ||
        hanging.partyOrgs.some((org) => org.partyOrgId === id) ||
        hanging.memberships.some((member) => member.personId === id)
      if (!known) refuse(field, id, '它当天不在原组织里，请去掉')
    }
    const to = (id: string): string | undefined => given.get(id)?.part
    if (!input.remains) {
      const left =
        hanging.below.filter((place) => to(place.nodeId) === undefined).length + hanging.partyOrgs.filter((org) => to(org.partyOrgId) === undefined).length
      const members = hanging.memberships.filter((member) => to(member.personId) === undefined).length
      if (left + members > 0) refuse('/parts', { left, members }, `还有${left}个下级组织、${members}名党员没有分配去向，请逐一分配`)
      await endBodies(work, [body], hanging.places)
    }
    for (const part of parts) {
      changeRows(
        work,
        'placement',
        hanging.below.filter((place) => to(place.nodeId) === part),
        { parentId: part },
      )
      changeRows(
        work,
        'partyOrg',
        hanging.partyOrgs.filter((org) => to(org.partyOrgId) === part),
        { unitId: part },
      )
      changeRows(
        work,
        'membership',
        hanging.memberships.filter((member) => to(member.personId) === part),
        { partyOrgId: part },
      )
      work.batch.lineage.push({ kind: 'split', from: body.id, to: part, note: input.note ?? '' })
    }
    return [body.id, ...parts]
  })
}

/** Which part each id was given to; refuses an id given twice. */
function allot(parts: InputOf<typeof contract.split>['parts'], ids: readonly string[]): Map<string, { part: string; field: string }> {
  const given = new Map<string, { part: string; field: string }>()
  for (const [index, part] of parts.entries()) {
    for (const list of ['children', 'partyOrgs', 'persons'] as const) {
      for (const [place, id] of (part[list] ?? []).entries()) {
        const field = `/parts/${index}/${list}/${place}`
        if (given.has(id)) refuse(field, id, '它已经分给了另一个组织')
        given.set(id, { part: ids[index] ?? '', field })
      }
    }
  }
  return given
}

/** A body ends from a day on. Refuses while something stands below it or belongs to it. */
export function dissolveBody(asking: Asking, input: InputOf<typeof contract.dissolve>): Promise<Changed> {
  return change(asking, 'dissolve', input, async (work) => {
    const body = await bodyOf(work, input.body, '/body')
    await mustBeUnchanged(work, [input])
    const hanging = await hangingOn(work, [body.id])
    const rest = [
      [new Set(hanging.below.map((place) => place.nodeId)).size, '个下级组织'],
      [hanging.partyOrgs.length, '个党组织'],
      [hanging.memberships.length, '名党员'],
    ].filter(([count]) => count !== 0)
    if (rest.length > 0)
      conflict(`“${body.now.name}”还有${rest.map((part) => part.join('')).join('、')}。请先移走、转出，或改用“合并”。`, [
        { field: '/body', value: body.id, message: '还不能撤销' },
      ])
    await endBodies(work, [body], hanging.places)
    work.batch.lineage.push({ kind: 'dissolve', from: body.id, to: body.id, note: input.note ?? '' })
    return [body.id]
  })
}
