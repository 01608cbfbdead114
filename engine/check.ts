// Definition → IR: names, types, and that everything is stated. All diagnostics at once; after this nothing is the user's fault.
import { isDate } from '#base/dates.ts'
import { compare, decimal, format } from '#base/decimal.ts'
import type { Checked } from '#base/errors.ts'
import type { Path } from '#base/shape.ts'
import { suggest } from '#base/suggest.ts'
import { type Catalogue, findSource, successorSource } from '#engine/catalogue.ts'
import type { Names } from '#engine/cel-typing.ts'
import { type Around, checkItem, limit } from '#engine/check-item.ts'
import { checkMeasure, columnNames, sourceAt } from '#engine/check-measure.ts'
import type { Block, Item, Peers as PeersFile, RubricFile } from '#engine/definition.ts'
import { type Expr, references } from '#engine/expr.ts'
import { type Bases, type Definition, noBases, ownFirst, readDefinition } from '#engine/extend.ts'
import { type BlockIr, blockExpressions, type ItemIr, itemExpressions, type MeasureIr, type Peers, type RubricIr } from '#engine/ir.ts'
import { blocksById } from '#engine/plan.ts'
import { celAt, createReport, type Report } from '#engine/report.ts'

type Ref = Extract<Expr, { op: 'ref' }>
const reserved = ['x', 'total', 'class', 'subject', 'items', 'blocks', 'in', 'true', 'false', 'null']

/** A checked rubric with the tree it was made of: of a file that extends another, both together. */
export interface LoadedRubric {
  ir: RubricIr
  definition: Definition
}

/** Reads and checks a rubric file: the IR, or every diagnostic. `bases` finds the files that others extend. Never throws for what the text says. */
export function loadRubric(text: string, file: string, catalogue: Catalogue, bases: Bases = noBases): Checked<RubricIr> {
  const loaded = loadDefinition(text, file, catalogue, bases)
  return loaded.ok ? { ok: true, value: loaded.value.ir } : loaded
}

/** As `loadRubric`, with the tree, for what the IR leaves out (notes). */
export function loadDefinition(text: string, file: string, catalogue: Catalogue, bases: Bases): Checked<LoadedRubric> {
  // Names and types are looked at only in a file of the right shape: otherwise one mistake is said many times.
  const read = readDefinition(text, file, bases)
  if (!read.ok) return read
  const report = createReport(read.value.placeOf)
  const ir = checkRubric(read.value.tree, catalogue, report)
  if (ir === null || report.diagnostics.length > 0) return { ok: false, diagnostics: ownFirst(report.diagnostics, file) }
  return { ok: true, value: { ir, definition: read.value } }
}

/** Checks a definition of the right shape. */
export function checkRubric(file: RubricFile, catalogue: Catalogue, report: Report): RubricIr | null {
  const source = sourceAt(file.population.source, ['population', 'source'], catalogue, report)
  if (source === null) return null
  if (source.subjects[file.subject] === undefined) report.say(['population', 'source'], 'source', `\`${source.name}\` has no ${file.subject}s`)
  const columns = columnNames(source).plain
  const className = file.population.class ?? null
  if (className !== null && columns[className]?.type !== 'string')
    report.say(['population', 'class'], 'source', `no text column \`${className}\` in \`${source.name}\``, suggest(className, Object.keys(columns)))
  const where =
    file.population.where === undefined ? null : celAt(file.population.where, ['population', 'where'], { plain: columns, groups: {} }, 'bool', report)
  for (const key of ['from', 'to'] as const) if (!isDate(file.period[key])) report.say(['period', key], 'date', `${file.period[key]} is not a date`)
  if (file.period.from > file.period.to) report.say(['period', 'to'], 'date', 'the period ends before it begins')

  const given = file.measures ?? {}
  const measures: Record<string, MeasureIr> = {}
  for (const [name, measure] of Object.entries(given)) {
    if (!/^[a-z][A-Za-z0-9_]*$/.test(name) || reserved.includes(name))
      report.say(
        ['measures', name],
        'name',
        `\`${name}\` can't be the name of a measure`,
        'a lower-case letter, then letters, digits, underscores; not a word of the language',
      )
    const checked = checkMeasure(name, measure, ['measures', name], catalogue, file.subject, given, report)
    if (checked !== null) measures[name] = checked
  }
  const names = namesOf(file, given, columns, className, report)
  // What stands under `defaults` is asked for by many items, and looked at once.
  const seen = new Map<string, Peers | null>()
  const peersAt = (peers: PeersFile, path: Path): Peers | null => {
    const key = path.join('/')
    const known = seen.get(key)
    const found = known === undefined ? peersOf(peers, path, names, source.name, report) : known
    seen.set(key, found)
    return found
  }
  const partYear = file.partYear ?? 'whole'
  if (partYear === 'pro-rata' && columns.share?.type !== 'decimal' && columns.share?.type !== 'int')
    report.say(['partYear'], 'source', `\`pro-rata\` needs a column \`share\` in \`${source.name}\`: the part of the period, e.g. 0.5`)
  const follow = file.merged === 'follow'
  if (follow) checkSuccessors(file, catalogue, report)
  const around: Around = { catalogue, subject: file.subject, defaults: file.defaults ?? {}, partYear, names, measures: given, made: {}, peersAt, report }
  const items: Record<string, ItemIr> = {}
  const blocks = file.blocks.map((block, index) => checkBlock(block, ['blocks', index], [], around, items))
  const extra = (key: 'bonuses' | 'penalties') => {
    for (const [index, item] of (file[key]?.items ?? []).entries()) addItem(item, [key, 'items', index], 'extra', [], around, items)
    const { floor, cap } = { floor: limit(file[key]?.floor), cap: limit(file[key]?.cap) }
    if (floor !== null && cap !== null && compare(decimal(floor), decimal(cap)) > 0) report.say([key], 'points', 'the floor is above the cap')
    return { floor, cap, items: (file[key]?.items ?? []).map((item) => item.id) }
  }
  const bonuses = extra('bonuses')
  const penalties = extra('penalties')
  const grades = gradesOf(file, peersAt, report)
  const vetoes = vetoesOf(file, names, items, blocks, report)
  const peers = peersAt(file.rank.peers, ['rank', 'peers'])
  const tieBreak = tieBreakOf(file, names, report)
  if (limit(file.total.floor) !== null && limit(file.total.cap) !== null && compare(decimal(String(file.total.floor)), decimal(String(file.total.cap))) > 0)
    report.say(['total'], 'points', 'the floor is above the cap')
  const ir: RubricIr = {
    rubric: file.rubric,
    version: String(file.version),
    title: file.title,
    subject: file.subject,
    population: { source: source.name, where, class: className, columns: source.columns.map(({ name, label, type }) => ({ name, label, type })) },
    period: file.period,
    measures: Object.fromEntries(Object.entries({ ...measures, ...around.made }).map(([name, measure]) => [name, following(measure, follow)])),
    items,
    blocks,
    bonuses,
    penalties,
    total: { floor: limit(file.total.floor), cap: limit(file.total.cap), round: Number(file.total.round) },
    vetoes,
    grades,
    rank: { peers: peers ?? { by: null, where: null }, ties: file.rank.ties },
    tieBreak,
  }
  if (report.diagnostics.length === 0) refuseCircles(ir, file, report)
  return ir
}

/** Every item with its path, every block with its path, in the order of the file. */
function idsOf(file: RubricFile): { items: { item: Item; path: Path }[]; blocks: { block: Block; path: Path }[] } {
  const items: { item: Item; path: Path }[] = []
  const blocks: { block: Block; path: Path }[] = []
  const add = (list: Item[], path: Path): void => list.forEach((item, index) => void items.push({ item, path: [...path, index] }))
  const down = (block: Block, path: Path): void => {
    blocks.push({ block, path })
    add(block.items ?? [], [...path, 'items'])
    for (const [index, inner] of (block.blocks ?? []).entries()) down(inner, [...path, 'blocks', index])
  }
  for (const [index, block] of file.blocks.entries()) down(block, ['blocks', index])
  add(file.bonuses?.items ?? [], ['bonuses', 'items'])
  add(file.penalties?.items ?? [], ['penalties', 'items'])
  return { items, blocks }
}

/** Who is compared: class, parent and all are short for groups by a column. */
function peersOf(given: PeersFile, path: Path, names: Names, source: string, report: Report): Peers | null {
  const { subject = {} } = names.groups
  if (given === 'all') return { by: null, where: null }
  if (given === 'class')
    return names.plain.class === undefined ? report.say(path, 'peers', 'peers by class need `population.class`') : { by: names.plain.class, where: null }
  if (given === 'parent')
    return subject.parent === undefined
      ? report.say(path, 'peers', `peers by parent need a column \`parent\` in \`${source}\``)
      : { by: subject.parent, where: null }
  if (given.by === undefined && given.where === undefined) return report.say(path, 'peers', 'which peers?', 'write `by: subject.…`, `where: …`, or all')
  // Groups are known before anything is measured.
  const own: Names = { plain: names.plain.class === undefined ? {} : { class: names.plain.class }, groups: { subject } }
  const by = given.by === undefined ? null : celAt(given.by, [...path, 'by'], own, 'scalar', report)
  if (by !== null && by.type !== 'string') return report.say([...path, 'by'], 'cel-type', `expected the name of a group, found ${by.type}`)
  const where = given.where === undefined ? null : celAt(given.where, [...path, 'where'], own, 'bool', report)
  return (given.by !== undefined && by === null) || (given.where !== undefined && where === null) ? null : { by, where }
}

/** The measure with whose facts it counts, also of members. */
function following(measure: MeasureIr, follow: boolean): MeasureIr {
  const { take } = measure
  return { ...measure, follow, take: take.kind === 'members' ? { ...take, inner: { ...take.inner, follow } } : take }
}

/** Facts can only follow where the catalogue says who succeeded whom (R-MER-1). */
function checkSuccessors(file: RubricFile, catalogue: Catalogue, report: Report): void {
  const source = findSource(catalogue, successorSource)
  if (source?.subjects[file.subject] === undefined)
    report.say(['merged'], 'source', `\`follow\` needs a source \`${successorSource}\` that says who succeeded whom`)
  else if (source.columns.find(({ name }) => name === 'old')?.type !== 'string')
    report.say(['merged'], 'source', `\`${successorSource}\` needs a text column \`old\`: the id of what was merged`, 'in a CSV file write `old:string`')
}

function tieBreakOf(file: RubricFile, names: Names, report: Report): RubricIr['tieBreak'] {
  const { items = {}, blocks = {} } = names.groups
  return (file.tieBreak ?? []).flatMap((given, index) => {
    const { id, best } = typeof given === 'string' ? { id: given, best: 'high' as const } : given
    const scope = Object.hasOwn(items, id) ? ('item' as const) : Object.hasOwn(blocks, id) ? ('block' as const) : null
    if (scope !== null) return [{ scope, name: id, best }]
    report.say(['tieBreak', index], 'item', `no item or block \`${id}\``, suggest(id, [...Object.keys(items), ...Object.keys(blocks)]))
    return []
  })
}

function namesOf(file: RubricFile, measures: object, columns: Record<string, Ref>, className: string | null, report: Report): Names {
  const { items, blocks } = idsOf(file)
  const seen = new Set<string>()
  for (const { id, path } of [...items.map(({ item, path }) => ({ id: item.id, path })), ...blocks.map(({ block, path }) => ({ id: block.id, path }))]) {
    if (seen.has(id)) report.say([...path, 'id'], 'name', `the id \`${id}\` is there twice`)
    seen.add(id)
  }
  const refs = (ids: string[], scope: Ref['scope']): Record<string, Ref> =>
    Object.fromEntries(ids.map((name) => [name, { op: 'ref', type: 'decimal', scope, name }]))
  const subject = Object.fromEntries(Object.entries(columns).map(([name, ref]) => [name, { ...ref, scope: 'subject' as const }]))
  const classRef = className === null ? undefined : subject[className]
  return {
    plain: { ...refs(Object.keys(measures), 'measure'), ...(classRef === undefined ? {} : { class: classRef }) },
    groups: {
      subject,
      items: refs(
        items.map(({ item }) => item.id),
        'item',
      ),
      blocks: refs(
        blocks.map(({ block }) => block.id),
        'block',
      ),
    },
  }
}

/** What the blocks around an item say of it. */
interface Outer {
  when: Expr | null
  leftOut: Expr[]
  exempt: { when: Expr; give: 'full' | 'exclude' }[]
}

/** True also where the condition is null. */
function notHolding(when: Expr): Expr {
  return { op: 'or', type: 'bool', left: { op: 'not', type: 'bool', of: { op: 'has', type: 'bool', of: when } }, right: { op: 'not', type: 'bool', of: when } }
}

function addItem(item: Item, path: Path, place: 'block' | 'extra', outer: Outer[], around: Around, items: Record<string, ItemIr>): void {
  const checked = checkItem(item, path, place, around)
  if (checked === null) return
  const conditions = [...outer.map((one) => one.when), checked.when].filter((when) => when !== null)
  const when = conditions.length === 0 ? null : conditions.reduce((left, right): Expr => ({ op: 'and', type: 'bool', left, right }))
  const leftOut = outer.flatMap((one) => one.leftOut).map((one) => ({ when: one, give: 'exclude' as const }))
  items[item.id] = { ...checked, when, exempt: [...leftOut, ...checked.exempt, ...outer.toReversed().flatMap((one) => one.exempt)] }
}

function checkBlock(block: Block, path: Path, outer: Outer[], around: Around, items: Record<string, ItemIr>): BlockIr {
  const { report, names } = around
  const when = block.when === undefined ? null : celAt(block.when, [...path, 'when'], names, 'bool', report)
  const exempt = block.exempt === undefined ? null : celAt(block.exempt.when, [...path, 'exempt', 'when'], names, 'bool', report)
  const rescale = block.whenNone === 'rescale'
  if (block.whenNone !== undefined && block.when === undefined)
    report.say([...path, 'whenNone'], 'block', '`whenNone` says what happens where `when` does not hold; there is no `when`')
  const inner: Outer[] = [
    ...outer,
    {
      // A block that is made up for keeps its items, left out: what they are worth is what the rest makes up for.
      when: rescale ? null : when,
      leftOut: rescale && when !== null ? [notHolding(when)] : [],
      exempt: exempt === null || block.exempt === undefined ? [] : [{ when: exempt, give: block.exempt.give }],
    },
  ]
  if ((block.items ?? []).length + (block.blocks ?? []).length === 0 && block.start === undefined)
    report.say(path, 'block', 'a block holds items, blocks, or at least a `start`')
  for (const [index, item] of (block.items ?? []).entries()) addItem(item, [...path, 'items', index], 'block', inner, around, items)
  return {
    id: block.id,
    label: block.label,
    when,
    whenNone: block.whenNone ?? 'zero',
    zeroed: null,
    weight: String(block.weight ?? '1'),
    start: String(block.start ?? '0'),
    floor: limit(block.floor),
    cap: limit(block.cap),
    round: block.round === undefined ? null : Number(block.round),
    items: (block.items ?? []).map((item) => item.id),
    blocks: (block.blocks ?? []).map((one, index) => checkBlock(one, [...path, 'blocks', index], inner, around, items)),
  }
}

/** Groups with a quota of their own are named by what all peers share, a text. */
function checkQuotaGroups(
  { groups, peers, count }: NonNullable<NonNullable<RubricFile['grades']>[number]['quota']>,
  path: Path,
  peersAt: Around['peersAt'],
  report: Report,
): void {
  if (groups === undefined) return
  const by = peersAt(peers, [...path, 'peers'])?.by
  if (by === null || (by !== undefined && by.type !== 'string'))
    report.say([...path, 'groups'], 'grades', '`groups` are named by the text that the peers share', '`peers: class`, or `{ by: … }` with a text')
  for (const [key, most] of Object.entries(groups)) {
    if (compare(decimal(String(most)), decimal('0')) < 0) report.say([...path, 'groups', key], 'grades', "a quota can't be below 0")
    if (count !== undefined && !/^\d+$/.test(format(decimal(String(most)))))
      report.say([...path, 'groups', key], 'grades', `a count is a whole number, not ${most}`)
  }
}

function gradesOf(file: RubricFile, peersAt: Around['peersAt'], report: Report): RubricIr['grades'] {
  const grades = file.grades ?? []
  const seen = new Set<string>()
  let above: string | null = null
  for (const [index, { grade, from, quota }] of grades.entries()) {
    const path: Path = ['grades', index]
    const last = index === grades.length - 1
    if (seen.has(grade)) report.say([...path, 'grade'], 'grades', `the grade ${grade} is there twice`)
    seen.add(grade)
    if (last && (from !== undefined || quota !== undefined))
      report.say(path, 'grades', 'the last grade takes everybody left: it has neither `from` nor `quota`')
    if (!last && from === undefined && quota === undefined)
      report.say(path, 'missing-key', '`from` is missing here', 'the least total for this grade; only the last grade has none')
    if (from !== undefined && above !== null && compare(decimal(String(from)), decimal(above)) >= 0)
      report.say([...path, 'from'], 'grades', 'grades go from the best down: this bound is not below the one above')
    if (from !== undefined) above = String(from)
    if (quota === undefined) continue
    if ((quota.fewest === undefined) !== (quota.small === undefined))
      report.say(
        [...path, 'quota'],
        'missing-key',
        `\`${quota.small === undefined ? 'small' : 'fewest'}\` is missing here`,
        '`fewest: 5` with `small: open` or `none`: what holds in a smaller group',
      )
    if ((quota.percent === undefined) === (quota.count === undefined)) report.say([...path, 'quota'], 'grades', 'a quota has either `percent` or `count`')
    checkQuotaGroups(quota, [...path, 'quota'], peersAt, report)
    if (quota.percent !== undefined && quota.round === undefined)
      report.say([...path, 'quota'], 'missing-key', '`round` is missing here: how a part of a unit is rounded', 'down, up or half-up')
  }
  return grades.map(({ grade, from, quota }, index) => {
    const peers = quota === undefined ? null : peersAt(quota.peers, ['grades', index, 'quota', 'peers'])
    return {
      grade,
      from: limit(from),
      quota:
        quota === undefined || peers === null
          ? null
          : {
              percent: limit(quota.percent),
              count: quota.count === undefined ? null : Number(quota.count),
              groups: Object.entries(quota.groups ?? {}).map(([key, most]) => ({ key, most: format(decimal(String(most))) })),
              round: quota.round ?? 'down',
              ties: quota.ties,
              peers,
              small: quota.fewest === undefined || quota.small === undefined ? null : { fewest: Number(quota.fewest), give: quota.small },
            },
    }
  })
}

function vetoesOf(file: RubricFile, names: Names, items: Record<string, ItemIr>, blocks: BlockIr[], report: Report): RubricIr['vetoes'] {
  const grades = (file.grades ?? []).map(({ grade }) => grade)
  const withTotal: Names = { ...names, plain: { ...names.plain, total: { op: 'ref', type: 'decimal', scope: 'total', name: 'total' } } }
  return (file.vetoes ?? []).flatMap((veto, index) => {
    const path: Path = ['vetoes', index]
    const zeroes = Array.isArray(veto.zero) ? veto.zero : []
    // What a veto zeroes is part of the total, so it can't look at it.
    const when = celAt(veto.when, [...path, 'when'], zeroes.length > 0 ? names : withTotal, 'bool', report)
    if ((veto.ceiling === undefined) === (veto.zero === undefined))
      report.say(path, 'veto', 'a veto has either `ceiling` (a grade) or `zero` (total, or a list of items and blocks)')
    for (const [at, id] of zeroes.entries()) {
      const zeroed = items[id] ?? blocksById({ blocks }).get(id)
      if (zeroed !== undefined && when !== null) zeroed.zeroed = zeroed.zeroed === null ? when : { op: 'or', type: 'bool', left: zeroed.zeroed, right: when }
      const known = [...Object.keys(names.groups.items ?? {}), ...Object.keys(names.groups.blocks ?? {})]
      if (!known.includes(id)) report.say([...path, 'zero', at], 'veto', `no item or block \`${id}\``, suggest(id, known))
    }
    if (veto.ceiling !== undefined && !grades.includes(veto.ceiling))
      report.say([...path, 'ceiling'], 'veto', `no grade ${veto.ceiling}`, suggest(veto.ceiling, grades))
    return when === null ? [] : [{ id: veto.id, label: veto.label, when, ceiling: veto.ceiling ?? null, zero: veto.zero === 'total', zeroes }]
  })
}

/** An item that waits for itself, by way of items and blocks, is refused. */
function refuseCircles(ir: RubricIr, file: RubricFile, report: Report): void {
  const blocks = blocksById(ir)
  const needs = (id: string): string[] => {
    const item = ir.items[id]
    if (item !== undefined)
      return itemExpressions(item)
        .flatMap(references)
        .filter((ref) => ref.scope === 'item' || ref.scope === 'block')
        .map((ref) => ref.name)
    const block = blocks.get(id)
    if (block === undefined) return []
    const named = blockExpressions(block)
      .flatMap(references)
      .filter((ref) => ref.scope === 'item' || ref.scope === 'block')
    return [...block.items, ...block.blocks.map((one) => one.id), ...named.map((ref) => ref.name)]
  }
  const done = new Set<string>()
  const visit = (id: string, trail: string[]): string[] | null => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id]
    if (done.has(id)) return null
    for (const next of needs(id)) {
      const circle = visit(next, [...trail, id])
      if (circle !== null) return circle
    }
    done.add(id)
    return null
  }
  const ids = idsOf(file)
  for (const { id, path } of [
    ...ids.items.map(({ item, path }) => ({ id: item.id, path })),
    ...ids.blocks.map(({ block, path }) => ({ id: block.id, path })),
  ]) {
    const circle = visit(id, [])
    if (circle !== null) return void report.say(path, 'circle', `items wait for each other: ${circle.join(' → ')}`)
  }
}
