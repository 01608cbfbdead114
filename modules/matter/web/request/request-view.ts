// What the pages of requests show: states and standings in words and tones, a selection in words, the cost as a sentence, tiles.
import type { Tone } from '#web/kit/ui/tone.ts'
import type { Content, Cost, RequestState, Selection, Standing, Tile } from '../../request/request.contract.ts'

export const stateNames: Record<RequestState, string> = { draft: '草稿', sent: '已发出', recalled: '已撤回' }
export const stateTones: Record<RequestState, Tone> = { draft: 'soon', sent: 'good', recalled: 'off' }
export const standingTones: Record<Standing, Tone> = { untouched: 'soon', working: 'plain', in: 'honour', done: 'good', dropped: 'off', recalled: 'off' }

/** A composer's values: texts as typed, lists of options. */
export interface Draft extends Record<string, unknown> {
  id: string
  askerId: string
  kind: string
  title: string
  texts: Record<string, string>
  selection: Picked
  dueOn: string
  basis: string
  reason: string
}

interface Named {
  id: string
  label: string
}

/** A selection as it is picked, with the names of what was looked up. */
export interface Picked {
  under: Named | null
  list: Named[]
  without: Named[]
  kinds: string[]
  classes: string[]
  levels: string[]
  counties: string[]
}

export const nothingPicked = (): Picked => ({ under: null, list: [], without: [], kinds: [], classes: [], levels: [], counties: [] })

const ids = (list: readonly Named[]): string[] => list.map(({ id }) => id)

/** The selection to send: conditions that name nothing are left out. */
export function selectionOf({ under, list, without, ...words }: Picked): Selection {
  const given = { ...words, list: ids(list), without: ids(without) }
  return { ...Object.fromEntries(Object.entries(given).filter(([, values]) => values.length > 0)), ...(under === null ? {} : { under: under.id }) }
}

/** True where nobody is chosen yet; leaving bodies out chooses nobody. */
export function isUnpicked(selection: Selection): boolean {
  return Object.keys(selection).every((key) => key === 'without')
}

/** A stored selection as it was picked; names are found by id, else the id stands. */
export function pickedOf(
  { under, list = [], without = [], kinds = [], classes = [], levels = [], counties = [] }: Selection,
  nameOf: (id: string) => string,
): Picked {
  const named = (id: string): Named => ({ id, label: nameOf(id) })
  return { under: under === undefined ? null : named(under), list: list.map(named), without: without.map(named), kinds, classes, levels, counties }
}

/** 918个组织 × 12分钟 = 184小时. */
export function costSentence({ receivers, minutes, hours }: Pick<Cost, 'receivers' | 'minutes' | 'hours'>): string {
  return `${receivers}个组织 × ${minutes}分钟 = ${hours < 1 ? '不到1' : hours}小时`
}

/** What a draft sends of its content; `fields` as the kind's types want them. */
export function contentToSend({ askerId, kind, title, selection, dueOn, basis, reason }: Draft, fields: Content['fields']): Content {
  return {
    askerId,
    kind,
    title: title.trim(),
    fields,
    selection: selectionOf(selection),
    dueOn: dueOn === '' ? null : dueOn,
    basis: basis.trim(),
    reason: reason.trim(),
  }
}

/** The share of a tile's bodies that have closed it or handed it in. */
export function tileShare({ total, closed, in: came }: Tile): number {
  return total === 0 ? 0 : (closed + came) / total
}

/** Tiles in rows of so many, with their places. */
export function laidOut(tiles: readonly Tile[], across: number): { tile: Tile; x: number; y: number }[] {
  return tiles.map((tile, index) => ({ tile, x: index % across, y: Math.floor(index / across) }))
}
