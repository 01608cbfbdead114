// duty's part of a pack: duties/ (a list for each level) and conduct/ (codes of conduct), checked as D1 says.
import { createHash } from 'node:crypto'
import type { TSchema } from 'typebox'
import { isDate } from '#base/dates.ts'
import type { Diagnostic } from '#base/errors.ts'
import { checkYaml, parseYaml, type YamlFile } from '#base/yaml.ts'
import { recordsPack } from '#modules/ledger/index.ts'
import { matterKindsOf } from '#modules/matter/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import type { Pack, PackFolder, PackText } from '#server/kit/pack.ts'
import { Conduct, DutyList } from './duty-lists.contract.ts'

export const dutyFolder: PackFolder = { folder: 'duties', ending: '.yaml' }
export const conductFolder: PackFolder = { folder: 'conduct', ending: '.yaml' }

interface Read {
  id: string
  yaml: YamlFile
  hash: string
  diagnostics: Diagnostic[]
}

function read(file: PackText, schema: TSchema): Read {
  const yaml = parseYaml(file.text, file.file, 'native')
  const diagnostics = yaml.diagnostics.length > 0 ? yaml.diagnostics : checkYaml(yaml, schema)
  return { id: file.name, yaml, hash: createHash('sha256').update(JSON.stringify(yaml.tree)).digest('hex'), diagnostics }
}

/** The duty lists of a pack; files with mistakes are left out. */
export function listsOf(pack: Pack): { id: string; hash: string; definition: DutyList }[] {
  return pack
    .texts(dutyFolder)
    .map((file) => read(file, DutyList))
    .filter(({ diagnostics }) => diagnostics.length === 0)
    .map(({ id, hash, yaml }) => ({ id, hash, definition: yaml.tree as DutyList }))
}

const codes = new WeakMap<Pack, Conduct[]>()

/** The codes of conduct of a pack. */
export function conductOf(pack: Pack): Conduct[] {
  const known =
    codes.get(pack) ??
    pack
      .texts(conductFolder)
      .map((file) => read(file, Conduct))
      .filter(({ diagnostics }) => diagnostics.length === 0)
      .map(({ yaml }) => yaml.tree as Conduct)
  codes.set(pack, known)
  return known
}

type Say = (path: (string | number)[], code: string, message: string, hint?: string) => void
const sayAt =
  (yaml: YamlFile, found: Diagnostic[]): Say =>
  (path, code, message, hint) =>
    void found.push({ ...yaml.placeOf(path), code, message, ...(hint === undefined ? {} : { hint }) })

/** What is wrong with a pack's duty lists and codes of conduct: their shape, and all that D1 says. */
export function checkDuties(pack: Pack): Diagnostic[] {
  const files = pack.texts(dutyFolder).map((file) => read(file, DutyList))
  const found = files.flatMap(({ diagnostics }) => diagnostics)
  if (found.length > 0) return found
  const ids = files.flatMap(({ yaml }) => (yaml.tree as DutyList).duties.map(({ id }) => id))
  for (const { yaml } of files) checkList(yaml.tree as DutyList, sayAt(yaml, found), pack, ids)
  const posts = pack.part(organisationPack).posts.map(({ id }) => id)
  for (const { yaml, diagnostics } of pack.texts(conductFolder).map((file) => read(file, Conduct))) {
    found.push(...diagnostics)
    const say = sayAt(yaml, found)
    if (diagnostics.length > 0) continue
    const { posts: given, rules } = yaml.tree as Conduct
    for (const [n, id] of given.entries()) if (!posts.includes(id)) say(['posts', n], 'name', `no post \`${id}\``, posts.join(', '))
    for (const [n, { id }] of rules.entries()) if (rules.findIndex((one) => one.id === id) !== n) say(['rules', n, 'id'], 'twice', `two rules are called ${id}`)
  }
  return found
}

function checkList({ valid_from, seats, duties }: DutyList, say: Say, pack: Pack, ids: readonly string[]): void {
  const { posts, party_org_kinds, unit_kinds } = pack.part(organisationPack)
  if (!isDate(valid_from)) say(['valid_from'], 'date', `there is no day ${valid_from}`)
  for (const [n, seat] of seats.entries()) {
    if (seats.findIndex(({ id }) => id === seat.id) !== n) say(['seats', n, 'id'], 'twice', `two seats are called ${seat.id}`)
    if (!duties.some((duty) => duty.seat === seat.id))
      say(['seats', n], 'no-duty', `nothing is the duty of ${seat.id} (${seat.name})`, 'give it a duty, or leave the seat out')
    for (const [m, { post, kinds = [] }] of seat.held_as.entries()) {
      const path = ['seats', n, 'held_as', m]
      const kind = posts.find(({ id }) => id === post)
      if (kind === undefined) say([...path, 'post'], 'name', `no post \`${post}\``, posts.map(({ id }) => id).join(', '))
      else if (!kind.may.includes('duty.fulfil'))
        say([...path, 'post'], 'nobody', `the post ${post} may not duty.fulfil, so it can't fulfil its duties`, 'give it duty.fulfil in organisation.yaml')
      const known = kind?.of === 'unit' ? unit_kinds : party_org_kinds
      for (const [k, one] of kinds.entries())
        if (!known.some(({ id }) => id === one))
          say([...path, 'kinds', k], 'name', `no kind \`${one}\` of ${kind?.of ?? 'body'}`, known.map(({ id }) => id).join(', '))
    }
  }
  for (const [n, duty] of duties.entries()) {
    const path = ['duties', n]
    if (ids.filter((id) => id === duty.id).length > 1) say([...path, 'id'], 'twice', `two duties are called ${duty.id}`)
    const seat = seats.find(({ id }) => id === duty.seat)
    if (seat === undefined) {
      say([...path, 'seat'], 'name', `no seat \`${duty.seat}\` in this list`, seats.map(({ id }) => id).join(', '))
      continue
    }
    checkRhythm(duty, path, say)
    const owing = duty.kinds ?? seat.held_as.flatMap(({ kinds = [] }) => kinds)
    for (const [k, one] of (duty.kinds ?? []).entries())
      if (!seat.held_as.some(({ kinds = [] }) => kinds.includes(one))) say([...path, 'kinds', k], 'name', `the seat ${seat.id} is in no ${one}`)
    checkWay(duty, owing, isOfUnits(seat, pack), path, say, pack)
  }
}

function isOfUnits(seat: DutyList['seats'][number], pack: Pack): boolean {
  const { posts } = pack.part(organisationPack)
  return seat.held_as.some(({ post }) => posts.find(({ id }) => id === post)?.of === 'unit')
}

function checkRhythm({ rhythm, by, way }: DutyList['duties'][number], path: (string | number)[], say: Say): void {
  if (rhythm === 'once' && (by === undefined || by.length === 5)) say([...path, 'rhythm'], 'rhythm', 'what is done once has a last day', "by: '2024-06-30'")
  if (by !== undefined && rhythm !== 'once' && rhythm !== 'yearly')
    say([...path, 'by'], 'rhythm', `\`by\` is for once and yearly, ${rhythm} ends with its period`)
  if (by !== undefined && rhythm === 'yearly' && by.length !== 5) say([...path, 'by'], 'rhythm', 'a yearly duty names month and day', "by: '06-30'")
  if (by !== undefined && !isDate(by.length === 5 ? `2023-${by}` : by)) say([...path, 'by'], 'date', `there is no day ${by} in every year`)
  if (rhythm !== 'continuous' && way === undefined)
    say([...path], 'way', 'nobody can tell whether it was fulfilled', 'way: { record: … }, { matter: … } or { hand: … }')
  if (rhythm === 'continuous' && way !== undefined)
    say([...path, 'way'], 'way', 'what is continuous is never fulfilled once', 'give it another rhythm, or leave the way out')
}

function checkWay({ way }: DutyList['duties'][number], owing: readonly string[], ofUnits: boolean, path: (string | number)[], say: Say, pack: Pack): void {
  if (way === undefined || 'hand' in way) return
  const body = (of: string, kinds: readonly string[] | undefined, what: string): void => {
    if (of === 'unit') return
    if (ofUnits) say([...path, 'way'], 'body', `${what} is of Party organisations, the seat is of units`)
    for (const kind of owing)
      if (kinds !== undefined && !kinds.includes(kind)) say([...path, 'way'], 'body', `${what} is never of a ${kind}`, `kinds: [${kinds.join(', ')}]`)
  }
  if ('record' in way) {
    const { kinds } = pack.part(recordsPack)
    const kind = kinds.find(({ id }) => id === way.record)
    if (kind === undefined) say([...path, 'way', 'record'], 'name', `no kind of record \`${way.record}\``, kinds.map(({ id }) => id).join(', '))
    else body(kind.of, kind.of_kinds, `the record ${kind.id}`)
    return
  }
  const kinds = matterKindsOf(pack)
  const kind = kinds.get(way.matter)
  if (kind === undefined) {
    say([...path, 'way', 'matter'], 'name', `no kind of matter \`${way.matter}\``, [...kinds.keys()].join(', '))
    return
  }
  if (kind.of === 'unit' && !ofUnits) say([...path, 'way'], 'body', `the matter ${kind.id} is of units, the seat is of Party organisations`)
  body(kind.of, kind.of_kinds, `the matter ${kind.id}`)
  if (way.fields === undefined) return
  for (const name of Object.keys(way.fields))
    if (!kind.form.includes(name)) say([...path, 'way', 'fields', name], 'name', `${kind.id} is not opened with \`${name}\``, kind.form.join(', '))
  for (const name of kind.required ?? []) if (!(name in way.fields)) say([...path, 'way', 'fields'], 'name', `${kind.id} can't be opened without \`${name}\``)
}
