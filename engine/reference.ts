// The reference evaluator: slow and obvious, over facts as arrays. SQL must equal it to the last digit.
import { add, ceiling, compare, type Decimal, decimal, divide, floor, format, hundred, multiply, round, subtract, whole, zero } from '#base/decimal.ts'
import { successorSource } from '#engine/catalogue.ts'
import { type Context, contextOf } from '#engine/context.ts'
import { type Expr, references } from '#engine/expr.ts'
import { type BlockIr, type ItemIr, peersOfRule, type QuotaIr, type RubricIr, type VetoIr } from '#engine/ir.ts'
import { blocksById, measuresOf, planRun } from '#engine/plan.ts'
import { evaluateCel, type Value, type Written } from '#engine/reference-cel.ts'
import { type Facts, measure, onRow } from '#engine/reference-measure.ts'
import { held, heldPoints, rulePoints } from '#engine/reference-rule.ts'
import { inputOf, inputsOf, lookupIn, near, peersOf, type Sheet, shown } from '#engine/reference-sheet.ts'

/** One item of one subject; `points` is null where it is left out, `missing` says why the points don't come from the rule. */
export interface ItemResult {
  id: string
  max: string | null
  points: string | null
  inputs: Record<string, Written>
  missing: string | null
}

/** One subject's result: what `runSql` returns as a row. */
export interface ResultRow {
  id: string
  name: string | null
  class: string | null
  parent: string | null
  total: string | null
  grade: string | null
  rank: string | null
  vetoes: string[]
  blocks: Record<string, string | null>
  items: ItemResult[]
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Scores everybody. */
export function evaluate(ir: RubricIr, facts: Facts, context: Context): ResultRow[] {
  const sheets = population(ir, facts, context)
  const followed = Object.values(ir.measures).some(({ follow }) => follow) ? following(facts, context) : facts
  for (const sheet of sheets)
    for (const name of new Set([
      ...Object.values(ir.items).flatMap((item) => measuresOf(item, ir)),
      ...ir.vetoes
        .flatMap((veto) => references(veto.when))
        .filter((ref) => ref.scope === 'measure')
        .map((ref) => ref.name),
    ])) {
      const given = ir.measures[name]
      if (given !== undefined) sheet.measures.set(name, measure(given, ir.measures, followed, context, sheet.id))
    }
  const blocks = blocksById(ir)
  for (const level of planRun(ir, 'all').levels) {
    for (const id of level.items) scoreItem(ir.items[id] as ItemIr, ir, sheets)
    for (const id of level.blocks.flat()) for (const sheet of sheets) scoreBlock(blocks.get(id) as BlockIr, ir, sheet)
  }
  for (const sheet of sheets) addTotal(ir, sheet)
  for (const [index, grade] of ir.grades.entries()) if (grade.quota !== null) applyQuota(grade.quota, index + 1, ir, sheets)
  for (const sheet of sheets) sheet.place = finalPlace(ir, sheet, sheets)
  return sheets.map((sheet) => rowOf(ir, sheet)).sort((a, b) => byCodePoint(a.id, b.id))
}

/** Facts of what was merged count for the last of its successors; the run's context says which are known (R-MER). */
export function following(facts: Facts, context: Context): Facts {
  const own = contextOf(null, context)
  const steps = new Map<string, Set<string>>()
  for (const { subject, values, when } of facts(successorSource, own)) {
    const { old } = values
    if (typeof old !== 'string' || subject === null || old === subject || (when !== null && (when < own.from || when > own.to))) continue
    steps.set(old, (steps.get(old) ?? new Set()).add(subject))
  }
  const next = (id: string): string | undefined => {
    const found = [...(steps.get(id) ?? [])]
    return found.length === 1 ? found[0] : undefined
  }
  const last = (id: string): string => {
    const trail = [id]
    for (let at = next(id); at !== undefined; at = next(at)) {
      // A circle has no last: its facts stay.
      if (trail.includes(at)) return id
      trail.push(at)
    }
    return trail.at(-1) ?? id
  }
  return (source, at) => facts(source, at).map((fact) => (fact.subject === null ? fact : { ...fact, subject: last(fact.subject) }))
}

function population(ir: RubricIr, facts: Facts, context: Context): Sheet[] {
  const { source, where } = ir.population
  const text = (value: Written | undefined): string | null => (typeof value === 'string' ? value : null)
  return facts(source, context)
    .filter((fact) => where === null || onRow(where, fact) === true)
    .map((fact) =>
      emptySheet({
        id: fact.id,
        attributes: fact.values,
        class: ir.population.class === null ? null : text(fact.values[ir.population.class]),
        parent: text(fact.values.parent),
      }),
    )
}

/** A sheet of which nothing but the subject is known. */
export function emptySheet(subject: Pick<Sheet, 'id' | 'attributes' | 'class' | 'parent'>): Sheet {
  return {
    ...subject,
    measures: new Map(),
    applies: new Map(),
    exempt: new Map(),
    zeroed: new Map(),
    raw: new Map(),
    standing: new Map(),
    known: new Map(),
    points: new Map(),
    blocks: new Map(),
    worth: new Map(),
    total: null,
    vetoes: [],
    grade: null,
    place: null,
  }
}

/** Scores an item: everybody, or `whom` alone among the others, of whom all that counts is known. */
export function scoreItem(item: ItemIr, ir: RubricIr, sheets: Sheet[], whom = sheets): void {
  const { id, rule } = item
  const counts = (sheet: Sheet): boolean => sheet.applies.get(id) === true && sheet.exempt.get(id) === null
  for (const sheet of whom) {
    const lookup = lookupIn(ir, sheet, null)
    sheet.applies.set(id, item.when === null || evaluateCel(item.when, lookup) === true)
    sheet.exempt.set(id, item.exempt.find((one) => evaluateCel(one.when, lookup) === true)?.give ?? null)
    sheet.zeroed.set(id, item.zeroed !== null && evaluateCel(item.zeroed, lookup) === true)
  }
  const peers = peersOfRule(rule)
  if (peers !== null)
    for (const sheet of whom) {
      const own = inputOf(item, ir, sheet)
      const among = peersOf(ir, sheet, sheets, peers).filter((other) => counts(other) && inputOf(item, ir, other) !== null)
      const compared = 'self' in rule && rule.self === 'excluded' ? among.filter((other) => other !== sheet) : among
      const others = compared.flatMap((other) => inputOf(item, ir, other) ?? [])
      if (own === null || !among.includes(sheet)) {
        sheet.standing.set(id, { own: null, peers: others.length })
        continue
      }
      const better = others.filter((x) => compare(near(x), near(own)) === ('best' in rule && rule.best === 'low' ? -1 : 1))
      const ahead = 'ties' in rule && rule.ties === 'dense' ? new Set(better.map((x) => format(near(x)))).size : better.length
      const equals = others.filter((x) => compare(near(x), near(own)) === 0).length
      sheet.standing.set(id, { own: { place: ahead + 1, equals, others }, peers: others.length })
    }
  for (const sheet of whom) {
    const x = inputOf(item, ir, sheet)
    sheet.raw.set(id, rulePoints(item, x, lookupIn(ir, sheet, x), sheet.standing.get(id)?.own ?? null))
  }
  if (item.missing === 'peer-mean')
    for (const sheet of whom) {
      const peers = peersOf(ir, sheet, sheets, item.peers).filter(counts)
      sheet.known.set(
        id,
        peers
          .map((other) => other.raw.get(id) ?? null)
          .filter((raw) => raw !== null)
          .map((raw) => heldPoints(raw, item)),
      )
    }
  for (const sheet of whom) sheet.points.set(id, pointsOf(item, sheet))
}

function pointsOf(item: ItemIr, sheet: Sheet): Decimal | null {
  if (sheet.applies.get(item.id) !== true) return null
  if (sheet.zeroed.get(item.id) === true) return zero
  const full = item.points === null ? null : decimal(item.points)
  const exempt = sheet.exempt.get(item.id)
  if (exempt === 'full') return full
  if (exempt === 'exclude') return null
  const raw = sheet.raw.get(item.id) ?? null
  if (raw !== null) return heldPoints(raw, item)
  switch (item.missing) {
    case 'zero':
      return zero
    case 'full':
      return full
    case 'exclude':
      return null
    case 'manual': {
      const mark = item.manual === null ? null : (sheet.measures.get(item.manual)?.value ?? null)
      return mark === null ? zero : heldPoints(mark, item)
    }
    case 'peer-mean': {
      const known = sheet.known.get(item.id) ?? []
      const mean = divide(known.reduce(add, zero), whole(known.length))
      return mean === null ? zero : heldPoints(mean, item)
    }
  }
}

/** Sums a block's parts; what is left out is made up for by the rest, in proportion, but not by what is worth nothing: bonuses, losses (R-BLK-3). Null: nothing is left. */
export function summed(parts: { value: Decimal | null; worth: Decimal }[], start: Decimal): { sum: Decimal | null; full: Decimal } {
  const full = parts.map(({ worth }) => worth).reduce(add, zero)
  const left = parts.filter(({ value }) => value !== null)
  const pointsOf = (some: typeof left): Decimal => some.map(({ value }) => value ?? zero).reduce(add, zero)
  const kept = left.map(({ worth }) => worth).reduce(add, zero)
  if (compare(full, kept) === 0) return { sum: add(start, pointsOf(left)), full }
  const isOnTop = ({ worth }: { worth: Decimal }): boolean => compare(worth, zero) === 0
  const onTop = pointsOf(left.filter(isOnTop))
  const scaled = divide(multiply(pointsOf(left.filter((part) => !isOnTop(part))), full), kept)
  if (scaled === null) return { sum: compare(start, zero) === 0 ? null : add(start, onTop), full }
  return { sum: add(add(start, scaled), onTop), full }
}

/** Adds a block up from what is known of its items and blocks. */
export function scoreBlock(block: BlockIr, ir: RubricIr, sheet: Sheet): void {
  const holds = (expr: Expr): boolean => evaluateCel(expr, lookupIn(ir, sheet, null)) === true
  const applies = block.when === null || holds(block.when)
  const items = block.items
    .filter((id) => sheet.applies.get(id))
    .map((id) => ({ value: sheet.points.get(id) ?? null, worth: decimal(ir.items[id]?.points ?? '0') }))
  const blocks = block.blocks.map(({ id }) => ({ value: sheet.blocks.get(id) ?? null, worth: sheet.worth.get(id) ?? zero }))
  const start = decimal(block.start)
  const { sum, full } = summed([...items, ...blocks], start)
  const weighted = sum === null ? null : multiply(held(sum, block), decimal(block.weight))
  const rounded = weighted === null || block.round === null ? weighted : round(near(weighted), block.round)
  const zeroed = block.zeroed !== null && holds(block.zeroed)
  const worth = multiply(add(start, full), decimal(block.weight))
  if (applies) {
    sheet.blocks.set(block.id, zeroed ? zero : rounded)
    sheet.worth.set(block.id, worth)
  } else {
    sheet.blocks.set(block.id, block.whenNone === 'rescale' ? null : zero)
    sheet.worth.set(block.id, block.whenNone === 'rescale' ? worth : zero)
  }
}

function addTotal(ir: RubricIr, sheet: Sheet): void {
  sheet.total = totalOf(ir, blocksOf(ir, sheet), extrasOf(ir, sheet))
  addVetoes(
    ir,
    sheet,
    ir.vetoes.filter((veto) => evaluateCel(veto.when, lookupIn(ir, sheet, null)) === true),
  )
}

/** What the blocks at the top add up to. */
export function blocksOf(ir: RubricIr, sheet: Pick<Sheet, 'blocks' | 'worth'>): Decimal | null {
  return summed(
    ir.blocks.map(({ id }) => ({ value: sheet.blocks.get(id) ?? null, worth: sheet.worth.get(id) ?? zero })),
    zero,
  ).sum
}

/** Bonuses less penalties, each at most its cap. */
export function extrasOf(ir: RubricIr, sheet: Pick<Sheet, 'points'>): Decimal {
  // Without an item there are no limits either.
  const extra = ({ items, ...limits }: RubricIr['bonuses']): Decimal =>
    items.length === 0 ? zero : held(items.map((id) => sheet.points.get(id) ?? zero).reduce(add, zero), limits)
  return subtract(extra(ir.bonuses), extra(ir.penalties))
}

/** The total before vetoes from the sum of the blocks and what comes on top (R-TOT-1). */
export function totalOf({ total }: RubricIr, sum: Decimal | null, extras: Decimal): Decimal | null {
  return sum === null ? null : held(round(near(add(sum, extras)), total.round), total)
}

/** The total and the grade, before quotas, under the vetoes that are met (R-VET-1, R-GRD-1). */
export function addVetoes(ir: RubricIr, sheet: Sheet, met: VetoIr[]): void {
  sheet.vetoes = met.map(({ id }) => id)
  if (sheet.total === null) return
  if (met.some(({ zero: zeroed }) => zeroed)) sheet.total = zero
  if (ir.grades.length === 0) return
  const ceilings = met.filter(({ ceiling: grade }) => grade !== null).map(({ ceiling: grade }) => ir.grades.findIndex((one) => one.grade === grade) + 1)
  sheet.grade = gradeFrom(ir, sheet, Math.max(1, ...ceilings))
}

/** The best grade from `first` on that the total reaches; one without a threshold is reached by those who compete for it (R-GRD-1). */
export function gradeFrom(ir: RubricIr, sheet: Sheet, first: number): number {
  const reaches = ({ from, quota }: RubricIr['grades'][number]): boolean => {
    if (from !== null) return sheet.total !== null && compare(sheet.total, decimal(from)) >= 0
    return quota === null || quota.peers.where === null || evaluateCel(quota.peers.where, lookupIn(ir, sheet, null)) === true
  }
  const at = ir.grades.findIndex((grade, index) => index >= first - 1 && reaches(grade))
  return at < 0 ? ir.grades.length : at + 1
}

/** How many of so many peers a quota allows (R-QUO-1, R-QUO-4); `key` is what they share. */
function allowedBy(quota: QuotaIr, key: Value, peers: number): Decimal {
  const own = quota.groups.find((one) => one.key === key)?.most
  if (quota.count !== null) return own === undefined ? whole(quota.count) : decimal(own)
  const share = near(divide(multiply(whole(peers), decimal(own ?? quota.percent ?? '0')), hundred) ?? zero)
  return quota.round === 'down' ? floor(share) : quota.round === 'up' ? ceiling(share) : round(share, 0)
}

/** Those of grade `no` beyond the quota fall to the next grade that their total reaches. */
function applyQuota(quota: QuotaIr, no: number, ir: RubricIr, sheets: Sheet[]): void {
  const fallen = sheets.filter((sheet) => {
    const peers = peersOf(ir, sheet, sheets, quota.peers).filter(({ total }) => total !== null)
    if (sheet.grade !== no || !peers.includes(sheet)) return false
    if (quota.small !== null && peers.length < quota.small.fewest) return quota.small.give === 'none'
    const key = quota.peers.by === null ? null : evaluateCel(quota.peers.by, lookupIn(ir, sheet, null))
    const among = peers.filter((other) => other.grade === no)
    const better = among.filter((other) => ahead(ir, other, sheet) > 0).length
    const notWorse = among.filter((other) => ahead(ir, other, sheet) >= 0).length
    return compare(whole(quota.ties === 'out' ? notWorse : better + 1), allowedBy(quota, key, peers.length)) > 0
  })
  for (const sheet of fallen) sheet.grade = gradeFrom(ir, sheet, no + 1)
}

/** Above 0 where the first stands before the second, 0 where nothing parts them: by total, then by what parts equal totals. */
export function ahead(ir: RubricIr, one: Sheet, other: Sheet): number {
  const order = (a: Decimal | null, b: Decimal | null): number =>
    a === null || b === null ? Number(a !== null) - Number(b !== null) : compare(near(a), near(b))
  for (const { scope, name, best } of [{ scope: 'total', name: '', best: 'high' } as const, ...ir.tieBreak]) {
    const of = (sheet: Sheet): Decimal | null => (scope === 'total' ? sheet.total : (sheet[scope === 'item' ? 'points' : 'blocks'].get(name) ?? null))
    const [a, b] = [of(one), of(other)]
    const found = order(a, b)
    if (found !== 0) return best === 'low' && a !== null && b !== null ? -found : found
  }
  return 0
}

function finalPlace(ir: RubricIr, sheet: Sheet, sheets: Sheet[]): Decimal | null {
  const peers = peersOf(ir, sheet, sheets, ir.rank.peers).filter(({ total }) => total !== null)
  if (!peers.includes(sheet)) return null
  const better = peers.filter((other) => ahead(ir, other, sheet) > 0)
  if (ir.rank.ties === 'dense') return whole(better.filter((one, index) => better.findIndex((other) => ahead(ir, one, other) === 0) === index).length + 1)
  const equals = peers.filter((other) => ahead(ir, other, sheet) === 0).length
  return ir.rank.ties === 'min' ? whole(better.length + 1) : add(whole(better.length + 1), multiply(whole(equals - 1), decimal('0.5')))
}

function rowOf(ir: RubricIr, sheet: Sheet): ResultRow {
  const items = Object.values(ir.items)
    .filter((item) => sheet.applies.get(item.id))
    .map((item): ItemResult => {
      const exempt = sheet.exempt.get(item.id) ?? null
      return {
        id: item.id,
        max: item.points === null ? null : format(decimal(item.points)),
        points: shown(sheet.points.get(item.id)),
        inputs: inputsOf(item, ir, sheet),
        missing: sheet.zeroed.get(item.id) === true ? 'veto' : exempt !== null ? `exempt-${exempt}` : sheet.raw.get(item.id) === null ? item.missing : null,
      }
    })
  const name = sheet.attributes.name
  return {
    id: sheet.id,
    name: typeof name === 'string' ? name : null,
    class: sheet.class,
    parent: sheet.parent,
    total: shown(sheet.total),
    grade: sheet.grade === null ? null : (ir.grades[sheet.grade - 1]?.grade ?? null),
    rank: shown(sheet.place),
    vetoes: sheet.vetoes,
    blocks: Object.fromEntries([...blocksById(ir).keys()].map((id) => [id, shown(sheet.blocks.get(id))])),
    items,
  }
}

/** One figure of the whole tenant, the obvious way: what `figureSql` returns. */
export function evaluateFigure(
  measures: RubricIr['measures'],
  name: string,
  facts: Facts,
  context: Context,
): { numerator: string | null; denominator: string | null; value: string | null } {
  const given = measures[name]
  if (given === undefined) throw new Error(`no measure ${name}`)
  const { numerator, denominator, value } = measure(given, measures, facts, context, undefined)
  return { numerator: shown(numerator), denominator: shown(denominator), value: shown(value) }
}
