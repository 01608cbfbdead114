// An item's definition → IR: input, rule, limits, missing data (SPEC.md R-ITM, R-RUL).
import { compare, decimal } from '#base/decimal.ts'
import type { Path } from '#base/shape.ts'
import type { Names } from '#engine/cel-typing.ts'
import { checkInput, type InputAround, markMeasure } from '#engine/check-input.ts'
import type { Item, Peers as PeersFile, RubricFile, Rule } from '#engine/definition.ts'
import type { Expr, Ref } from '#engine/expr.ts'
import { type ItemIr, type Peers, peerNames, peerNamesOf, type RuleIr } from '#engine/ir.ts'
import { celAt, type Report } from '#engine/report.ts'

/** What checking items needs to know of the rest of the file. */
export interface Around extends InputAround {
  defaults: NonNullable<RubricFile['defaults']>
  partYear: 'whole' | 'pro-rata'
  peersAt: (peers: PeersFile, path: Path) => Peers | null
}

const needsPoints = new Set(['proportional', 'shortfall', 'excess', 'gate', 'deduct', 'escalate', 'ratio-to-best'])
const needsNoInput = new Set(['gate', 'checklist', 'formula'])

/** Checks one item. `outside` is true for bonuses and penalties, whose points may be `none`. */
export function checkItem(item: Item, path: Path, place: 'block' | 'extra', around: Around): ItemIr | null {
  const { report, defaults } = around
  const before = report.diagnostics.length
  const points = limit(item.points)
  if (item.points === undefined && place === 'block') report.say(path, 'missing-key', '`points` is missing here', 'what the item is worth')
  if (item.points === 'none' && place === 'block') report.say([...path, 'points'], 'points', 'an item in a block has a number of points')
  if (points !== null && compare(decimal(points), decimal('0')) < 0)
    report.say([...path, 'points'], 'points', "points can't be below 0; a loss is a rule such as `each` with floor: none")
  if (points === null && needsPoints.has(item.rule.kind)) report.say([...path, 'rule'], 'points', `\`${item.rule.kind}\` needs the item's points as a number`)
  const missing = item.missing ?? defaults.missing
  if (missing === undefined)
    report.say(
      path,
      'missing-key',
      '`missing` is missing here: what happens without data',
      'zero, full, peer-mean, exclude or manual; or once for all under `defaults`',
    )
  const round = item.round ?? defaults.round
  if (round === undefined) report.say(path, 'missing-key', '`round` is missing here: decimal places of the points', 'or once for all under `defaults`')
  if (missing === 'full' && points === null)
    report.say(path, 'points', "missing: full needs the item's points as a number", 'write points, or another `missing` here, such as zero')
  const peers = item.peers ?? defaults.peers
  if (missing === 'peer-mean' && peers === undefined) report.say(path, 'missing-key', '`peers` is missing here: whose mean counts', 'class, parent or all')
  const mean =
    missing === 'peer-mean' && peers !== undefined ? around.peersAt(peers, item.peers === undefined ? ['defaults', 'peers'] : [...path, 'peers']) : null
  const floor = item.floor ?? defaults.floor ?? '0'
  const cap = item.cap === undefined ? points : limit(item.cap)
  if (floor !== 'none' && cap !== null && compare(decimal(String(floor)), decimal(cap)) > 0)
    report.say(path, 'points', `the floor ${floor} is above the cap ${cap}`, 'a line of losses has points: 0 and floor: none')
  const manual = missing === 'manual' ? markMeasure(item.id, 'avg', path, around) : null
  const input = item.input === undefined ? null : inputOf(item, path, around)
  if (item.input === undefined && !needsNoInput.has(item.rule.kind))
    report.say(path, 'missing-key', '`input` is missing here', 'CEL over measures, a measure, {mark: …}, {ballot: …}, {meanOver: …} or {items: […]}')
  checkPartYear(item, path, around)
  const rule = ruleOf(item, path, around)
  const when = item.when === undefined ? null : celAt(item.when, [...path, 'when'], around.names, 'bool', report)
  const exempt = item.exempt === undefined ? null : celAt(item.exempt.when, [...path, 'exempt', 'when'], around.names, 'bool', report)
  if (item.exempt?.give === 'full' && points === null) report.say([...path, 'exempt'], 'points', "full points need the item's points as a number")
  if (report.diagnostics.length > before || rule === null || missing === undefined || round === undefined) return null
  return {
    id: item.id,
    label: item.label,
    points,
    when,
    exempt: exempt === null || item.exempt === undefined ? [] : [{ when: exempt, give: item.exempt.give }],
    zeroed: null,
    input,
    rule,
    missing,
    manual,
    peers: mean ?? { by: null, where: null },
    floor: limit(floor),
    cap,
    round: Number(round),
  } satisfies ItemIr
}

/** `none` and nothing become null, numbers text. */
export function limit(given: unknown): string | null {
  return given === undefined || given === 'none' ? null : String(given)
}

function inputOf(item: Item, path: Path, around: Around): Expr | null {
  if (typeof item.input === 'string') return celAt(item.input, [...path, 'input'], around.names, 'number', around.report)
  return checkInput(item, path, around, (inner, at, names) => ruleOf(inner, at, { ...around, names }))
}

const withTarget = new Set(['proportional', 'shortfall', 'excess'])

function checkPartYear(item: Item, path: Path, { names, report }: Around): void {
  if (item.partYear === 'pro-rata' && !withTarget.has(item.rule.kind))
    report.say(
      [...path, 'partYear'],
      'rule',
      `\`${item.rule.kind}\` has no target that a share of the period could lower`,
      'write subject.share where it counts',
    )
  const share = names.groups.subject?.share
  if (item.partYear === 'pro-rata' && share?.type !== 'decimal' && share?.type !== 'int')
    report.say([...path, 'partYear'], 'source', '`pro-rata` needs a column `share` of the population: the part of the period, e.g. 0.5')
}

/** The target of a subject that existed for a part of the period (R-PAR): its share, 1 where none is said. */
function targetOf(target: Expr | null, item: Item, { partYear, names }: Around): Expr | null {
  const share = names.groups.subject?.share
  if (target === null || share === undefined || (item.partYear ?? partYear) === 'whole') return target
  const known: Expr = { op: 'has', type: 'bool', of: share }
  const right: Expr = { op: 'choose', type: 'decimal', when: known, yes: share, no: { op: 'literal', type: 'decimal', value: '1' } }
  return { op: 'arith', type: 'decimal', how: '*', left: target, right }
}

function ruleOf(item: Item, path: Path, around: Around): RuleIr | null {
  const rule = item.rule
  const at = [...path, 'rule']
  const { report } = around
  const names: Names =
    item.input === undefined ? around.names : { ...around.names, plain: { ...around.names.plain, x: { op: 'ref', type: 'decimal', scope: 'x', name: 'x' } } }
  const amount = (given: unknown, ...keys: Path): Expr | null => celAt(given, [...at, ...keys], names, 'number', report)
  const condition = (given: unknown, ...keys: Path): Expr | null => celAt(given, [...at, ...keys], names, 'bool', report)
  switch (rule.kind) {
    case 'proportional': {
      const target = targetOf(amount(rule.target, 'target'), item, around)
      return target && { kind: 'proportional', target, cap: String(rule.cap ?? '1') }
    }
    case 'tiers':
      return tiersOf(rule, at, amount, report)
    case 'shortfall':
    case 'excess': {
      const target = targetOf(amount(rule.target, 'target'), item, around)
      const lose = amount(rule.lose, 'lose')
      const unit = String(rule.unit ?? '1')
      if (compare(decimal(unit), decimal('0')) <= 0) report.say([...at, 'unit'], 'rule', 'the unit is above 0')
      return target && lose && { kind: rule.kind, target, lose, unit, step: rule.step }
    }
    case 'gate': {
      const when = condition(rule.when, 'when')
      return when && { kind: 'gate', when }
    }
    case 'checklist': {
      const parts = rule.parts.map((part, index) => ({
        label: part.label ?? `${index + 1}`,
        when: condition(part.when, 'parts', index, 'when'),
        points: amount(part.points, 'parts', index, 'points'),
      }))
      const sound = parts.flatMap(({ label, when, points }) => (when === null || points === null ? [] : [{ label, when, points }]))
      return sound.length < parts.length ? null : { kind: 'checklist', take: rule.take, parts: sound }
    }
    case 'deduct': {
      const lose = amount(rule.lose, 'lose')
      return lose && { kind: 'deduct', lose, limit: limit(rule.limit) }
    }
    case 'each': {
      const points = amount(rule.points, 'points')
      return points && { kind: 'each', points }
    }
    case 'escalate':
      return escalateOf(rule, at, report)
    case 'convert': {
      if (rule.from !== undefined || rule.to !== undefined || rule.outside !== undefined) return rangeOf(rule, at, report)
      if (rule.factor === undefined) return report.say(at, 'missing-key', '`factor` is missing here', 'or the ranges `from` and `to`')
      const factor = amount(rule.factor, 'factor')
      const offset = amount(rule.offset ?? '0', 'offset')
      return factor && offset && { kind: 'convert', factor, offset }
    }
    case 'ratio-to-best': {
      const peers = around.peersAt(rule.peers, [...at, 'peers'])
      return peers && { kind: 'ratio-to-best', best: rule.best, peers, bestZero: rule.bestZero }
    }
    case 'relative':
      return relativeOf(item, rule, at, amount, around)
    case 'rank':
      return rankOf(item, rule, at, around)
    case 'formula':
      return formulaOf(item, rule, at, names, around)
  }
}

function formulaOf(item: Item, rule: Extract<Rule, { kind: 'formula' }>, at: Path, names: Names, around: Around): RuleIr | null {
  const { report } = around
  if (rule.peers === undefined) {
    if (rule.best !== undefined) report.say([...at, 'best'], 'rule', '`best` says which peer has the first place; there are no `peers`')
    const value = celAt(rule.value, [...at, 'value'], names, 'number', report)
    return value && { kind: 'formula', value, peers: null, best: 'high' }
  }
  if (item.input === undefined) report.say(at, 'missing-key', '`input` is missing beside `rule`: what the peers are compared by')
  const peers = around.peersAt(rule.peers, [...at, 'peers'])
  const given = Object.fromEntries(peerNames.map((name): [string, Ref] => [name, { op: 'ref', type: 'decimal', scope: 'peers', name }]))
  const value = celAt(rule.value, [...at, 'value'], { ...names, groups: { ...names.groups, peers: given } }, 'number', report)
  if (value === null || peers === null) return null
  const made: RuleIr = { kind: 'formula', value, peers, best: rule.best ?? 'high' }
  if (peerNamesOf(made).length === 0)
    report.say(
      [...at, 'peers'],
      'rule',
      'the value names nothing of the peers',
      `leave \`peers\` out, or use ${peerNames.map((name) => `peers.${name}`).join(', ')}`,
    )
  return made
}

function tiersOf(rule: Extract<Rule, { kind: 'tiers' }>, at: Path, amount: (given: unknown, ...keys: Path) => Expr | null, report: Report): RuleIr | null {
  const table = rule.table.map((row, index) => ({ bound: amount(row.bound, 'table', index, 'bound'), points: amount(row.points, 'table', index, 'points') }))
  const otherwise = amount(rule.otherwise, 'otherwise')
  const sound = table.flatMap(({ bound, points }) => (bound === null || points === null ? [] : [{ bound, points }]))
  if (sound.length < table.length || otherwise === null) return null
  const wanted = rule.compare.startsWith('>') ? -1 : 1
  for (let index = 1; index < sound.length && rule.compare !== '=='; index += 1) {
    const [above, here] = [sound[index - 1]?.bound, sound[index]?.bound]
    if (above?.op !== 'literal' || here?.op !== 'literal') continue
    if (compare(decimal(String(here.value)), decimal(String(above.value))) !== wanted)
      report.say([...at, 'table', index, 'bound'], 'tiers', `this row is never reached: the bounds of \`${rule.compare}\` go ${wanted < 0 ? 'down' : 'up'}`)
  }
  return { kind: 'tiers', compare: rule.compare, table: sound, otherwise }
}

function rankOf(item: Item, rule: Extract<Rule, { kind: 'rank' }>, at: Path, around: Around): RuleIr | null {
  const { report } = around
  const { best, ties } = rule
  const peers = around.peersAt(rule.peers, [...at, 'peers'])
  if ((rule.points === undefined) === (rule.lose === undefined)) return report.say(at, 'rule', '`rank` has either `points` (a list) or `lose` (per place)')
  if (rule.points !== undefined) {
    if (rule.otherwise === undefined) return report.say(at, 'missing-key', '`otherwise` is missing here: the points of places after the list')
    return peers && { kind: 'rank', best, peers, ties, points: rule.points.map(String), otherwise: String(rule.otherwise) }
  }
  if (rule.otherwise !== undefined) report.say([...at, 'otherwise'], 'rule', '`otherwise` belongs to a list of points')
  if (limit(item.points) === null) return report.say(at, 'points', "`rank` with `lose` needs the item's points as a number")
  return peers && { kind: 'rank-lose', best, peers, ties, lose: String(rule.lose) }
}

function escalateOf(rule: Extract<Rule, { kind: 'escalate' }>, at: Path, report: Report): RuleIr | null {
  const before = report.diagnostics.length
  const ends = rule.lose.at(-1) === 'all'
  const lose = ends ? rule.lose.slice(0, -1) : rule.lose
  for (const [index, one] of lose.entries()) {
    if (one === 'all') report.say([...at, 'lose', index], 'rule', 'after `all` nothing is left to lose', '`all` is the last of the list')
    else if (compare(decimal(String(one)), decimal('0')) < 0) report.say([...at, 'lose', index], 'rule', 'a loss is written without a minus')
  }
  if (ends && rule.beyond !== undefined) report.say([...at, 'beyond'], 'rule', 'the list ends with `all`: nothing is left to lose beyond it')
  if (!ends && rule.beyond === undefined) report.say(at, 'missing-key', '`beyond` is missing here: what the events after the list lose', 'all, last or none')
  return report.diagnostics.length > before ? null : { kind: 'escalate', lose: lose.map(String), beyond: rule.beyond ?? 'all' }
}

function rangeOf(rule: Extract<Rule, { kind: 'convert' }>, at: Path, report: Report): RuleIr | null {
  if (rule.factor !== undefined || rule.offset !== undefined)
    return report.say(at, 'rule', '`convert` has either `factor` and `offset`, or the ranges `from` and `to`')
  if (rule.from === undefined || rule.to === undefined)
    return report.say(at, 'missing-key', `\`${rule.from === undefined ? 'from' : 'to'}\` is missing here: [low, high]`)
  if (rule.outside === undefined)
    return report.say(at, 'missing-key', '`outside` is missing here: what holds for x outside of `from`', 'clamp, extend or missing')
  const [low, high, ...more] = rule.from.map(String)
  const [least, most, ...rest] = rule.to.map(String)
  if (low === undefined || high === undefined || least === undefined || most === undefined || more.length + rest.length > 0)
    return report.say(at, 'rule', 'a range is two numbers: [low, high]')
  if (compare(decimal(low), decimal(high)) >= 0)
    return report.say([...at, 'from'], 'rule', 'the range `from` goes up: [low, high]', 'let `to` go down where less is better')
  return { kind: 'convert-range', from: [low, high], to: [least, most], outside: rule.outside }
}

function relativeOf(
  item: Item,
  rule: Extract<Rule, { kind: 'relative' }>,
  at: Path,
  amount: (given: unknown, ...keys: Path) => Expr | null,
  around: Around,
): RuleIr | null {
  const { report } = around
  const { self } = rule
  const peers = around.peersAt(rule.peers, [...at, 'peers'])
  if (rule.how === 'ratio') {
    for (const key of ['base', 'factor'] as const) if (rule[key] !== undefined) report.say([...at, key], 'rule', `\`${key}\` belongs to \`how: difference\``)
    if (limit(item.points) === null) return report.say(at, 'points', "`relative` with `how: ratio` needs the item's points as a number")
    return peers && { kind: 'relative-ratio', peers, self, cap: String(rule.cap ?? '1') }
  }
  if (rule.cap !== undefined) report.say([...at, 'cap'], 'rule', '`cap` belongs to `how: ratio`', "the item's own `cap` limits the points")
  if (rule.base === undefined || rule.factor === undefined)
    return report.say(at, 'missing-key', `\`${rule.base === undefined ? 'base' : 'factor'}\` is missing here: base + factor × (x − mean)`)
  const base = amount(rule.base, 'base')
  const factor = amount(rule.factor, 'factor')
  return peers && base && factor && { kind: 'relative-difference', peers, self, base, factor }
}
