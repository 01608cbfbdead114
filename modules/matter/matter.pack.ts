// matter's part of a pack: the folder matters/, a kind a file, checked as M1 says.
import { createHash } from 'node:crypto'
import type { Diagnostic } from '#base/errors.ts'
import { checkYaml, parseYaml, type YamlFile } from '#base/yaml.ts'
import type { Form } from '#modules/burden/index.ts'
import { recordsPack } from '#modules/ledger/index.ts'
import type { Field } from '#modules/ledger/ledger-kinds.contract.ts'
import { organisationPack } from '#modules/org/index.ts'
import { type Pack, type PackFolder, type PackText, packOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { actionOf, builtIn, type Edition, movesFrom } from './matter.rules.ts'
import { compileGuard } from './matter-guard.rules.ts'
import { formId, MatterKind } from './matter-kinds.contract.ts'

export const matterFolder: PackFolder = { folder: 'matters', ending: '.yaml' }

/** What a matter has of its own: no field may be called so. */
const taken = 'today due late children_open id title unit party_org asker stage opened_on closed_on outcome took_days opened_month'.split(' ')

interface Read {
  yaml: YamlFile
  kind: Edition
}

function readKind(file: PackText): { read: Read | null; diagnostics: Diagnostic[] } {
  const yaml = parseYaml(file.text, file.file, 'native')
  const diagnostics = yaml.diagnostics.length > 0 ? yaml.diagnostics : checkYaml(yaml, MatterKind)
  const hash = createHash('sha256').update(JSON.stringify(yaml.tree)).digest('hex')
  return { read: diagnostics.length > 0 ? null : { yaml, kind: { ...(yaml.tree as MatterKind), id: file.name, hash } }, diagnostics }
}

const known = new WeakMap<Pack, ReadonlyMap<string, Edition>>()

/** The kinds of a pack by id, in the order of their files' names; files with mistakes are left out. */
export function matterKindsOf(pack: Pack): ReadonlyMap<string, Edition> {
  const kinds =
    known.get(pack) ??
    new Map(
      pack
        .texts(matterFolder)
        .flatMap((file) => readKind(file).read?.kind ?? [])
        .map((kind) => [kind.id, kind]),
    )
  known.set(pack, kinds)
  return kinds
}

/** The kinds of the tenant's pack. */
export function kindsOf(tenant: Pick<Tenant, 'pack'>): ReadonlyMap<string, Edition> {
  return matterKindsOf(packOf(tenant))
}

/** What is filled in of a matter at once, with its price and its meaning: the opening, and each move that has a form. */
export function matterForms(pack: Pack): Form[] {
  return pack.texts(matterFolder).flatMap((file) => {
    const { read } = readKind(file)
    return read === null ? [] : formsOf(read)
  })
}

function formsOf({ yaml, kind }: Read): Form[] {
  const asking = ({ form = [], required = [], ...named }: { id: string; name: string; form?: string[]; required?: string[] }): Form => {
    const fields = kind.fields.filter(({ id }) => form.includes(id))
    return { ...named, fields, required, minutes: kind.minutes, placeOf: (field) => yaml.placeOf(['fields', kind.fields.indexOf(fields[field] as Field)]) }
  }
  const opening = asking({ id: formId(kind.id), name: `${kind.name}：立项`, form: kind.form, required: kind.required ?? [] })
  const moves = kind.moves.map(({ id, name, form, required }) => asking({ id: formId(kind.id, id), name: `${kind.name}：${name}`, form, required }))
  return [opening, ...moves].filter(({ fields }) => fields.length > 0)
}

/** What is wrong with a pack's kinds of matter: their shape, and all that M1 says. */
export function checkMatters(pack: Pack): Diagnostic[] {
  const kinds = matterKindsOf(pack)
  return pack.texts(matterFolder).flatMap((file) => {
    const { read, diagnostics } = readKind(file)
    return read === null ? diagnostics : checkKind(read, kinds, pack)
  })
}

function checkKind({ yaml, kind }: Read, kinds: ReadonlyMap<string, Edition>, pack: Pack): Diagnostic[] {
  const found: Diagnostic[] = []
  const at = (path: (string | number)[], code: string, message: string, hint?: string, offset = 0): number =>
    found.push({ ...yaml.placeOf(path, offset), code, message, ...(hint === undefined ? {} : { hint }) })
  const fields = kind.fields.map(({ id }) => id)
  const stages = kind.stages.map(({ id }) => id)
  const { posts, party_org_kinds } = pack.part(organisationPack)
  const mustBeOf = (list: string[] | undefined, of: string[], path: (string | number)[], what: string): void => {
    for (const [n, id] of (list ?? []).entries()) if (!of.includes(id)) at([...path, n], 'name', `no ${what} \`${id}\``, of.join(', '))
  }
  const once = (list: string[], path: string, what: string): void => {
    for (const [n, id] of list.entries()) if (list.indexOf(id) !== n) at([path, n, 'id'], 'twice', `two ${what} are called ${id}`)
  }
  once(fields, 'fields', 'fields')
  once(stages, 'stages', 'stages')
  once(
    kind.moves.map(({ id }) => id),
    'moves',
    'moves',
  )
  for (const [n, id] of fields.entries()) if (taken.includes(id)) at(['fields', n, 'id'], 'name', `\`${id}\` is a matter's own, call the field otherwise`)
  mustBeOf(kind.form, fields, ['form'], 'field')
  mustBeOf(kind.required, kind.form, ['required'], 'field of the form')
  mustBeOf(
    kind.of_kinds,
    party_org_kinds.map(({ id }) => id),
    ['of_kinds'],
    'kind of Party organisation',
  )
  if (kind.of === 'unit' && kind.of_kinds !== undefined) at(['of_kinds'], 'name', 'of_kinds are kinds of Party organisation, this kind is of units')
  mustBeOf(
    kind.proposes,
    pack.part(recordsPack).kinds.map(({ id }) => id),
    ['proposes'],
    'kind of record',
  )
  if (kind.part_of !== undefined && !kinds.has(kind.part_of)) at(['part_of'], 'name', `no kind of matter \`${kind.part_of}\``, [...kinds.keys()].join(', '))
  if (kind.relapse !== undefined && !fields.includes(kind.relapse.field))
    at(['relapse', 'field'], 'name', `no field \`${kind.relapse.field}\``, fields.join(', '))
  for (const [n, move] of kind.moves.entries()) {
    const path = ['moves', n]
    if (move.id in builtIn) at([...path, 'id'], 'name', `every kind has a step \`${move.id}\`, call the move otherwise`)
    mustBeOf(move.from, stages, [...path, 'from'], 'stage')
    if (!stages.includes(move.to)) at([...path, 'to'], 'name', `no stage \`${move.to}\``, stages.join(', '))
    mustBeOf(move.form, fields, [...path, 'form'], 'field')
    mustBeOf(move.required, fields, [...path, 'required'], 'field')
    for (const from of move.from)
      if (kind.stages.find(({ id }) => id === from)?.end !== undefined) at([...path, 'from'], 'stage', `${from} is an end, no move leads out of it`)
    if (!posts.some(({ may }) => may.includes(actionOf[move.by])))
      at(
        [...path, 'by'],
        'nobody',
        `no post of the pack may ${actionOf[move.by]}, so nobody can make this move`,
        `give a post of organisation.yaml ${actionOf[move.by]}`,
      )
    for (const { offset, message, hint } of move.guard === undefined ? [] : compileGuard(move.guard.when, kind).problems)
      at([...path, 'guard', 'when'], 'guard', message, hint, offset)
    if (move.starts !== undefined) checkStart(move.starts.kind, path)
  }
  for (const [n, stage] of kind.stages.entries()) {
    if (stage.end !== undefined && stage.clock !== undefined) at(['stages', n, 'clock'], 'clock', `${stage.id} is an end, no clock runs there`)
    if (stage.clock?.remind !== undefined && stage.clock.remind >= stage.clock.within && stage.clock.goes_on !== true)
      at(['stages', n, 'clock', 'remind'], 'clock', 'would be reminded before the clock starts', `less than ${stage.clock.within}`)
  }
  return found.length > 0 ? found : walk(kind, yaml)

  function checkStart(id: string, path: (string | number)[]): void {
    const started = kinds.get(id)
    if (started === undefined) at([...path, 'starts', 'kind'], 'name', `no kind of matter \`${id}\``, [...kinds.keys()].join(', '))
    else if (started.of !== kind.of) at([...path, 'starts', 'kind'], 'name', `${id} is of a ${started.of}, this kind of a ${kind.of}`)
    else
      for (const field of started.required ?? [])
        if (!fields.includes(field)) at([...path, 'starts', 'kind'], 'name', `${id} can't be opened without \`${field}\`, which this kind has not`)
  }
}

/** Every stage can be reached from the first, and left for an end. */
function walk(kind: Edition, yaml: YamlFile): Diagnostic[] {
  const reach = (from: string[], next: (stage: string) => string[]): Set<string> => {
    const seen = new Set(from)
    for (const stage of seen) for (const one of next(stage)) seen.add(one)
    return seen
  }
  const [first] = kind.stages
  const ends = kind.stages.filter(({ end }) => end !== undefined).map(({ id }) => id)
  const reached = reach(first === undefined ? [] : [first.id], (stage) => movesFrom(kind, stage).map(({ to }) => to))
  const leaving = reach(ends, (stage) => kind.moves.filter(({ to }) => to === stage).flatMap(({ from }) => from))
  const say = (n: number, code: string, message: string, hint: string): Diagnostic => ({ ...yaml.placeOf(['stages', n]), code, message, hint })
  if (ends.length === 0) return [say(0, 'no-end', 'a matter of this kind is never closed', 'give a stage end: done')]
  return kind.stages.flatMap(({ id }, n) => [
    ...(reached.has(id) ? [] : [say(n, 'unreachable', `no move leads to ${id}`, `add a move with to: ${id}, or leave the stage out`)]),
    ...(leaving.has(id) ? [] : [say(n, 'dead-end', `no move leads from ${id} to an end`, `add a move with from: [${id}]`)]),
  ])
}
