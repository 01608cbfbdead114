// Definition → IR: names, types, and that everything is stated. All diagnostics at once; after this nothing is the user's fault.
import { isDate } from '#base/dates.ts'
import { compare, decimal } from '#base/decimal.ts'
import type { Checked } from '#base/errors.ts'
import type { Path } from '#base/shape.ts'
import { suggest } from '#base/suggest.ts'
import type { Catalogue } from '#engine/catalogue.ts'
import type { Names } from '#engine/cel-typing.ts'
import { type Around, checkItem, limit } from '#engine/check-item.ts'
import { checkMeasure, columnNames, sourceAt } from '#engine/check-measure.ts'
import type { Block, Item, RubricFile } from '#engine/definition.ts'
import { type Expr, references } from '#engine/expr.ts'
import { type Bases, type Definition, noBases, ownFirst, readDefinition } from '#engine/extend.ts'
import { type BlockIr, type ItemIr, itemExpressions, type MeasureIr, type Peers, type RubricIr } from '#engine/ir.ts'
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

  const peersAt = (peers: Peers, path: Path): void => {
    if (peers === 'class' && className === null) report.say(path, 'peers', 'peers by class need `population.class`')
    if (peers === 'parent' && columns.parent === undefined) report.say(path, 'peers', `peers by parent need a column \`parent\` in \`${source.name}\``)
  }
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
  const around: Around = { catalogue, subject: file.subject, defaults: file.defaults ?? {}, names, measures: given, made: {}, peersAt, report }
  const items: Record<string, ItemIr> = {}
  const blocks = file.blocks.map((block, index) => checkBlock(block, ['blocks', index], [], around, items))
  const extra = (key: 'bonuses' | 'penalties') => {
    for (const [index, item] of (file[key]?.items ?? []).entries()) addItem(item, [key, 'items', index], 'extra', [], around, items)
    return { cap: limit(file[key]?.cap), items: (file[key]?.items ?? []).map((item) => item.id) }
  }
  const bonuses = extra('bonuses')
  const penalties = extra('penalties')
  const grades = gradesOf(file, peersAt, report)
  const vetoes = vetoesOf(file, names, report)
  peersAt(file.rank.peers, ['rank', 'peers'])
  if (limit(file.total.floor) !== null && limit(file.total.cap) !== null && compare(decimal(String(file.total.floor)), decimal(String(file.total.cap))) > 0)
    report.say(['total'], 'points', 'the floor is above the cap')
  const ir: RubricIr = {
    rubric: file.rubric,
    version: String(file.version),
    title: file.title,
    subject: file.subject,
    population: { source: source.name, where, class: className, columns: source.columns.map(({ name, label, type }) => ({ name, label, type })) },
    period: file.period,
    measures: { ...measures, ...around.made },
    items,
    blocks,
    bonuses,
    penalties,
    total: { floor: limit(file.total.floor), cap: limit(file.total.cap), round: Number(file.total.round) },
    vetoes,
    grades,
    rank: file.rank,
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
  exempt: { when: Expr; give: 'full' | 'exclude' }[]
}

function addItem(item: Item, path: Path, place: 'block' | 'extra', outer: Outer[], around: Around, items: Record<string, ItemIr>): void {
  const checked = checkItem(item, path, place, around)
  if (checked === null) return
  const conditions = [...outer.map((one) => one.when), checked.when].filter((when) => when !== null)
  const when = conditions.length === 0 ? null : conditions.reduce((left, right): Expr => ({ op: 'and', type: 'bool', left, right }))
  items[item.id] = { ...checked, when, exempt: [...checked.exempt, ...outer.toReversed().flatMap((one) => one.exempt)] }
}

function checkBlock(block: Block, path: Path, outer: Outer[], around: Around, items: Record<string, ItemIr>): BlockIr {
  const { report, names } = around
  const when = block.when === undefined ? null : celAt(block.when, [...path, 'when'], names, 'bool', report)
  const exempt = block.exempt === undefined ? null : celAt(block.exempt.when, [...path, 'exempt', 'when'], names, 'bool', report)
  const inner = [...outer, { when, exempt: exempt === null || block.exempt === undefined ? [] : [{ when: exempt, give: block.exempt.give }] }]
  if ((block.items ?? []).length + (block.blocks ?? []).length === 0 && block.start === undefined)
    report.say(path, 'block', 'a block holds items, blocks, or at least a `start`')
  for (const [index, item] of (block.items ?? []).entries()) addItem(item, [...path, 'items', index], 'block', inner, around, items)
  return {
    id: block.id,
    label: block.label,
    weight: String(block.weight ?? '1'),
    start: String(block.start ?? '0'),
    floor: limit(block.floor),
    cap: limit(block.cap),
    round: block.round === undefined ? null : Number(block.round),
    items: (block.items ?? []).map((item) => item.id),
    blocks: (block.blocks ?? []).map((one, index) => checkBlock(one, [...path, 'blocks', index], inner, around, items)),
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
    peersAt(quota.peers, [...path, 'quota', 'peers'])
    if ((quota.percent === undefined) === (quota.count === undefined)) report.say([...path, 'quota'], 'grades', 'a quota has either `percent` or `count`')
    if (quota.percent !== undefined && quota.round === undefined)
      report.say([...path, 'quota'], 'missing-key', '`round` is missing here: how a part of a unit is rounded', 'down, up or half-up')
  }
  return grades.map(({ grade, from, quota }) => ({
    grade,
    from: limit(from),
    quota:
      quota === undefined
        ? null
        : {
            percent: limit(quota.percent),
            count: quota.count === undefined ? null : Number(quota.count),
            round: quota.round ?? 'down',
            ties: quota.ties,
            peers: quota.peers,
          },
  }))
}

function vetoesOf(file: RubricFile, names: Names, report: Report): RubricIr['vetoes'] {
  const grades = (file.grades ?? []).map(({ grade }) => grade)
  const withTotal: Names = { ...names, plain: { ...names.plain, total: { op: 'ref', type: 'decimal', scope: 'total', name: 'total' } } }
  return (file.vetoes ?? []).flatMap((veto, index) => {
    const path: Path = ['vetoes', index]
    const when = celAt(veto.when, [...path, 'when'], withTotal, 'bool', report)
    if ((veto.ceiling === undefined) === (veto.zero === undefined)) report.say(path, 'veto', 'a veto has either `ceiling` (a grade) or `zero: total`')
    if (veto.ceiling !== undefined && !grades.includes(veto.ceiling))
      report.say([...path, 'ceiling'], 'veto', `no grade ${veto.ceiling}`, suggest(veto.ceiling, grades))
    return when === null ? [] : [{ id: veto.id, label: veto.label, when, ceiling: veto.ceiling ?? null, zero: veto.zero === 'total' }]
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
    return block === undefined ? [] : [...block.items, ...block.blocks.map((one) => one.id)]
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
  for (const { item, path } of idsOf(file).items) {
    const circle = visit(item.id, [])
    if (circle !== null) return void report.say(path, 'circle', `items wait for each other: ${circle.join(' → ')}`)
  }
}
