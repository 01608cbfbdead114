// Writes matters, their moves, requests and editions.
import { typeOf, waitsFor } from '#modules/matter/matter.rules.ts'
import type { Org, Unit } from './city.ts'
import { dateText, dayOf, momentText } from './days.ts'
import { type Course, reminder, rest } from './matter-courses.ts'
import type { Fields } from './matter-texts.ts'
import { type Start, type Step, TAKEN_BACK, walk } from './matter-walk.ts'
import type { Random } from './random.ts'
import { type Sheet, sheet } from './sheet.ts'

/** A matter as a builder tells it. */
export interface Opening extends Omit<Start, 'quality'> {
  unit: Unit
  /** Left out for a unit's own matters. */
  org?: Org
  askerId: string | null
  title: string
  requestId?: string
  parentId?: string
  /** What kind of thing it came from, where that is no matter. */
  origin?: string
  originId?: string
}

export interface Asking {
  course: Course
  title: string
  askerId: string
  fields: Fields
  at: number
  receivers: number
  recalledAt?: number
}

export interface MatterBook {
  editions: Sheet
  requests: Sheet
  matters: Sheet
  moves: Sheet
  /** An id for a matter that begins at a moment. */
  id: (at: number) => string
  /** Adds a request. @returns its id. */
  ask: (asking: Asking) => string
  /** Walks a matter and adds it. @returns its steps. */
  add: (id: string, opening: Opening) => Step[]
}

/** A book to add matters to. */
export function matterBook(tenant: number, kinds: Map<string, Course>, knownFrom: number, stream: Random): MatterBook {
  const editions = sheet('matter.edition', ['tenant_id', 'kind', 'hash', 'definition', 'known_from'])
  for (const { id, hash, kind } of kinds.values()) editions.add(tenant, id, hash, JSON.stringify(kind), momentText(knownFrom))
  const requests = sheet('matter.request', [
    'tenant_id',
    'request_id',
    'kind',
    'hash',
    'title',
    'fields',
    'asker_id',
    'receivers',
    'state',
    'minutes',
    'drafted_at',
    'sent_at',
    'recalled_at',
    'recall_reason',
  ])
  const matters = sheet('matter.matter', [
    'tenant_id',
    'matter_id',
    'kind',
    'hash',
    'title',
    'fields',
    'unit_id',
    'party_org_id',
    'asker_id',
    'request_id',
    'parent_id',
    'origin',
    'origin_id',
    'type',
    'stage',
    'stage_since',
    'waits_for',
    'due_at',
    'remind_at',
    'paused',
    'left_minutes',
    'late',
    'revision',
    'opened_on',
    'closed_on',
    'outcome',
    'known_from',
  ])
  const moves = sheet('matter.move', [
    'tenant_id',
    'matter_id',
    'revision',
    'move_id',
    'move',
    'from_stage',
    'to_stage',
    'owner_id',
    'asker_id',
    'fields',
    'note',
    'due_at',
    'paused',
    'late',
    'made_by',
    'at',
  ])
  const text = (at: number | null | undefined) => (at === null || at === undefined ? null : momentText(at))

  function ask({ course, title, askerId, fields, at, receivers, recalledAt }: Asking): string {
    const id = stream.id(at)
    const state = recalledAt === undefined ? 'sent' : 'recalled'
    requests.add(
      tenant,
      id,
      course.id,
      course.hash,
      title,
      JSON.stringify(fields),
      askerId,
      receivers,
      state,
      course.kind.minutes,
      momentText(at),
      momentText(at),
      text(recalledAt),
      recalledAt === undefined ? '' : TAKEN_BACK,
    )
    return id
  }

  function add(id: string, opening: Opening): Step[] {
    const { course, unit, org, askerId, title, requestId, parentId, originId, at } = opening
    const owner = org ?? unit
    const steps = walk({ ...opening, quality: unit.named ? 1 : owner.quality }, stream)
    const fields: Fields = {}
    for (const [index, step] of steps.entries()) {
      Object.assign(fields, step.fields)
      const stepId = index === 0 ? id : stream.id(step.at)
      const given = JSON.stringify(step.fields)
      const due = text(step.due)
      moves.add(
        tenant,
        id,
        index + 1,
        stepId,
        step.move,
        step.from,
        step.to,
        owner.id,
        askerId,
        given,
        step.note,
        due,
        step.paused,
        step.late,
        step.by,
        momentText(step.at),
      )
    }
    const last = steps.at(-1) as Step
    const outcome = last.move === 'recalled' ? 'recalled' : (course.stages.get(last.to)?.end ?? null)
    matters.add(
      tenant,
      id,
      course.id,
      course.hash,
      title,
      JSON.stringify(fields),
      unit.id,
      org?.id ?? null,
      askerId,
      requestId ?? null,
      parentId ?? null,
      originId === undefined ? '' : (opening.origin ?? 'matter'),
      originId ?? null,
      typeOf(course.kind, fields),
      last.to,
      momentText(last.since),
      outcome === null ? waitsFor(course.kind, last.to) : '',
      text(last.due),
      outcome === null ? text(reminder(course.stages.get(last.to)?.clock, last.since, last.due)) : null,
      last.paused,
      last.resting === null ? null : rest(last.resting),
      steps.some(({ late }) => late),
      steps.length,
      dateText(dayOf(at)),
      outcome === null ? null : dateText(dayOf(last.at)),
      outcome,
      momentText(at),
    )
    return steps
  }
  return { editions, requests, matters, moves, id: stream.id, ask, add }
}
