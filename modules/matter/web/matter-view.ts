// What the pages of matters show: how a matter stands, its stages as a track, the moves that are offered, the month as weeks.
import { addDays, chinaDate, formatDate, formatMoment } from '#base/dates.ts'
import type { Field } from '#modules/ledger/ledger-kinds.contract.ts'
import { shownValue, textsOf } from '#modules/ledger/web/entry-view.ts'
import { due } from '#web/kit/formats/formats.ts'
import type { Tone } from '#web/kit/ui/tone.ts'
import type { MatterPage, MatterRow } from '../matter.contract.ts'
import { formId, type MatterKind } from '../matter-kinds.contract.ts'

type Step = MatterPage['steps'][number]

/** The last day on which it is in time: a deadline at midnight ends the day before. */
export function dueDay(dueAt: string | null): string | null {
  return dueAt === null ? null : chinaDate(new Date(Date.parse(dueAt) - 1))
}

/** A deadline in words: the day, and the hour where it isn't the day's end. */
export function until(dueAt: string | null): string {
  if (dueAt === null) return '—'
  const isDaysEnd = chinaDate(new Date(Date.parse(dueAt) + 1000)) !== dueDay(dueAt)
  return isDaysEnd ? formatDate(dueDay(dueAt) ?? '') : formatMoment(dueAt)
}

const outcomes: Record<string, { tone: Tone; text: string }> = {
  done: { tone: 'good', text: '已办结' },
  dropped: { tone: 'off', text: '已撤销' },
  recalled: { tone: 'off', text: '已撤回' },
  merged: { tone: 'off', text: '已并入' },
}

/** How a matter stands, in words: how it ended, that its clock rests, or how long there is for whoever's turn it is. */
export function standing(row: Pick<MatterRow, 'outcome' | 'late' | 'paused' | 'dueAt'>, today: string): { tone: Tone; text: string } {
  if (row.outcome !== null) {
    const ended = outcomes[row.outcome] ?? { tone: 'off', text: row.outcome }
    return row.late && row.outcome === 'done' ? { tone: 'soon', text: '逾期办结' } : ended
  }
  if (row.paused && row.dueAt === null) return { tone: 'off', text: '不计时' }
  const { urgency, text } = due(dueDay(row.dueAt), today)
  if (row.late) return { tone: 'bad', text: urgency === 'late' ? text : '已逾期' }
  return { tone: urgency === 'late' ? 'bad' : urgency === 'soon' ? 'soon' : urgency === 'open' ? 'off' : 'plain', text }
}

/** Label and value of what is filled in, or was emptied, in the kind's order; `only` names the fields wanted. */
export function filledIn(kind: Pick<MatterKind, 'fields'>, values: Record<string, unknown>, only?: readonly string[]): { label: string; value: string }[] {
  return kind.fields.flatMap((field) =>
    values[field.id] === undefined || values[field.id] === '' || only?.includes(field.id) === false
      ? []
      : [{ label: field.name, value: values[field.id] === null ? '（清空）' : shownValue(field, values[field.id]) }],
  )
}

/** A stage of the track. */
export interface TrackStage {
  label: string
  detail: string | undefined
  state: 'done' | 'now' | 'ahead'
}

/** The stages of a matter as its kind has them; of the ends, the one that was reached, or those that are wished for. */
export function trackOf({ matter, kind, steps }: Pick<MatterPage, 'matter' | 'kind' | 'steps'>, day: (moment: string) => string): TrackStage[] {
  const here = kind.stages.findIndex(({ id }) => id === matter.stage)
  const reached = new Map(steps.map((step) => [step.to, step.at]))
  const isClosed = kind.stages[here]?.end !== undefined
  const shown = kind.stages
    .map((stage, index) => ({ ...stage, index }))
    .filter(({ end, id }) => end === undefined || (isClosed ? id === matter.stage : end === 'done'))
  return shown.map(({ id, name, index, clock }) => {
    const at = reached.get(id)
    const isBehind = index < here || isClosed
    if (id === matter.stage && !isClosed)
      return { label: name, state: 'now', detail: matter.dueAt === null || clock === undefined ? undefined : `${until(matter.dueAt)}前` }
    if (isBehind)
      return at === undefined ? { label: name, state: 'ahead', detail: '没有经过' } : { label: name, state: 'done', detail: day(chinaDate(new Date(at))) }
    return { label: name, state: 'ahead', detail: undefined }
  })
}

/** A move that the reader may make, with its form as it is drawn. */
export interface Offer {
  move: string
  name: string
  revision: number
  fields: Field[]
  note: '' | 'optional' | 'required'
  /** What the form starts with. */
  texts: Record<string, string>
  /** The form's id and the body that fills it in, where what is known may fill it. */
  form: string
  body: string | null
  /** What was filled in the last time, by field, and when. */
  last: { texts: Record<string, string>; on: string } | null
  /** It gives the matter up: not what one is asked to do, so offered at the side. */
  drops: boolean
}

/** The moves that are offered, those that lead back last. What the owner has written before is there again where it was sent back; what is asked anew begins empty. */
export function offersOf({ matter, kind, fields, possible, last }: Pick<MatterPage, 'matter' | 'kind' | 'fields' | 'possible' | 'last'>): Offer[] {
  const place = (stage: string): number => kind.stages.findIndex(({ id }) => id === stage)
  const leadsBack = ({ to }: { to: string }): number => Number(place(to) < place(matter.stage))
  const ordered = [...possible].sort((left, right) => leadsBack(left) - leadsBack(right))
  return ordered.map(({ move, name, to, form, required, note }) => {
    const parts = form.flatMap((id) => kind.fields.filter((field) => field.id === id)).map((field) => ({ ...field, required: required.includes(field.id) }))
    const isOwners = kind.moves.find(({ id }) => id === move)?.by === 'owner'
    const before = last.find((one) => one.move === move)
    return {
      move,
      name,
      revision: matter.revision,
      fields: parts,
      note: note === 'optional' || note === 'required' ? note : '',
      texts: isOwners && to !== matter.stage ? textsOf(parts, fields) : {},
      form: formId(kind.id, move),
      body: isOwners && parts.some(({ term }) => term !== undefined) ? matter.owner.id : null,
      last: before === undefined ? null : { texts: textsOf(parts, before.fields), on: chinaDate(new Date(before.at)) },
      drops: kind.stages.find(({ id }) => id === to)?.end === 'dropped',
    }
  })
}

/** Whose turn it is, and for what: of the moves that go on from here, not of those that give it up. */
export function turnOf({ matter, kind }: Pick<MatterPage, 'matter' | 'kind'>): string {
  const onward = kind.moves.filter(({ from, to }) => from.includes(matter.stage) && kind.stages.find(({ id }) => id === to)?.end !== 'dropped')
  const names = { owner: matter.owner.name, asker: matter.asker?.name ?? matter.owner.name, checker: '复查的同志' }
  const turns = (['owner', 'asker', 'checker'] as const).flatMap((by) => {
    const moves = onward.filter((move) => move.by === by).map(({ name }) => name)
    return moves.length === 0 ? [] : [`${names[by]}（${moves.join('、')}）`]
  })
  return turns.join('，或者')
}

/** What was said with a step: its fields and its note. */
export function wordsOf(kind: Pick<MatterKind, 'fields'>, step: Step): { label: string; value: string }[] {
  return [...filledIn(kind, step.fields), ...(step.note === '' ? [] : [{ label: '说明', value: step.note }])]
}

/** The steps, newest first. */
export function newestFirst(steps: readonly Step[]): Step[] {
  return [...steps].sort((left, right) => right.revision - left.revision)
}

/** What others did after the revision from which somebody wrote. */
export function stepsSince(steps: readonly Step[], revision: number): Step[] {
  return newestFirst(steps)
    .filter((step) => step.revision > revision)
    .reverse()
}

/** The weeks of a month, Monday first; days of other months are null. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const start = addDays(first, -before)
  const weeks: (string | null)[][] = []
  for (let day = start; day.slice(0, 7) <= month; day = addDays(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(day, index)).map((each) => (each.startsWith(month) ? each : null)))
  return weeks
}

/** The month so many later: 2024-12, 1 → 2025-01. */
export function monthAfter(month: string, by: number): string {
  const at = new Date(`${month}-01T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + by)
  return at.toISOString().slice(0, 7)
}

/** The extension that was asked for and not answered yet, in the words of whoever asked. */
export function askedFor(steps: readonly Step[]): { reason: string } | undefined {
  const last = newestFirst(steps).find(({ move }) => move.startsWith('extend-'))
  return last?.move === 'extend-ask' ? { reason: last.note } : undefined
}

/** What somebody had written when another was quicker. */
export interface Written {
  move: string
  name: string
  revision: number
  lines: { label: string; value: string }[]
}
