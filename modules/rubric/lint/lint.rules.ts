// A rubric held against the burden rules: which indicators are forbidden or doubtful, where, by which document, what to ask instead. Pure.
import type { Place } from '#base/errors.ts'
import type { Path } from '#base/shape.ts'
import type { PlaceOf } from '#base/yaml.ts'
import type { LintPack, LintRule, Severity } from './lint.pack.ts'
import { findWords, type Vocabulary, vocabularyOf } from './lint-words.rules.ts'

/** One indicator that a burden rule speaks of. */
export interface Finding extends Place {
  rule: string
  severity: Severity
  /** The rule's name in Chinese: 打卡签到. */
  name: string
  /** Id of the item, block or measure; empty for the rubric itself. */
  item: string
  /** Where in it: label, note, input.mark. */
  field: string
  /** The words, name of a source or field that were found. */
  words: string
  why: string
  instead: string
  documents: { name: string; from: string; part: string }[]
}

/** A rubric as read: a file's tree, or that of a file with those it extends. */
export interface Readable {
  tree: unknown
  placeOf: PlaceOf
}

/** A rule in force, with its words ready to be looked for. */
interface Ready {
  pack: LintPack
  rules: LintRule[]
  vocabulary: Vocabulary
}

/** The item, block or measure that a value belongs to, and how far down the tree it stands. */
interface Owner {
  id: string
  depth: number
}

const order: Severity[] = ['forbidden', 'doubtful', 'note']
/** Keys whose text people read; other text is a name or CEL. */
const spoken = ['label', 'note', 'title', 'unit', 'grade']
const vocabularies = new WeakMap<LintPack, Vocabulary>()

/** The rules of a pack in force on a day. */
export function rulesOn(pack: LintPack, on: string): Ready {
  let vocabulary = vocabularies.get(pack)
  if (vocabulary === undefined) {
    vocabulary = vocabularyOf(pack.words)
    vocabularies.set(pack, vocabulary)
  }
  const rules = pack.rules.filter((rule) => fromOf(rule, pack) <= on && (rule.until === undefined || on <= rule.until))
  return { pack, rules, vocabulary }
}

function fromOf({ from, cite }: LintRule, { documents }: LintPack): string {
  return from ?? cite.map(({ document }) => documents.find(({ id }) => id === document)?.from ?? '').sort()[0] ?? ''
}

/** What the burden rules say of a text by itself: each rule once, with the place of its words. */
export function lintText(text: string, { pack, rules, vocabulary }: Ready): { rule: LintRule; at: number; words: string }[] {
  return rules.flatMap((rule) => {
    for (const pattern of rule.texts ?? []) {
      const hit = findWords(pattern, pack.excuses, text, vocabulary)
      if (hit !== undefined) return [{ rule, ...hit }]
    }
    return []
  })
}

/** The gravest of some severities; undefined of none. */
export function gravest(severities: readonly Severity[]): Severity | undefined {
  return order.find((severity) => severities.includes(severity))
}

/** Everything that the rules find in a rubric as it was read, forbidden first, then in the order of the file. */
export function lintRubric({ tree, placeOf }: Readable, ready: Ready): Finding[] {
  const findings: Finding[] = []
  const asked = new Map<string, string>()
  const say = (rule: LintRule, path: Path, owner: Owner, words: string, offset = 0): void => {
    const place = placeOf(path, offset)
    if (findings.some((one) => one.rule === rule.id && one.item === owner.id && (owner.id !== '' || one.line === place.line))) return
    const { id, severity, name, why, instead } = rule
    const field = path.slice(owner.depth).filter((key) => typeof key === 'string')
    const documents = rule.cite.map(({ document, part = '' }) => {
      const known = ready.pack.documents.find((one) => one.id === document)
      return { name: known?.name ?? document, from: known?.from ?? '', part }
    })
    findings.push({ rule: id, severity, name, item: owner.id, field: field.join('.'), ...place, words, why, instead, documents })
  }
  const askAgain = (path: Path, owner: Owner, what: string): void => {
    const before = asked.get(what)
    if (before !== undefined && before !== owner.id) for (const rule of ready.rules) if (rule.repeated === true) say(rule, path, owner, what)
    asked.set(what, owner.id)
  }
  const lookAtName = (key: 'sources' | 'fields', name: string, path: Path, owner: Owner, offset = 0): void => {
    for (const rule of ready.rules) if (rule[key]?.some((glob) => fits(name, glob)) === true) say(rule, path, owner, name, offset)
  }
  const lookAtText = (value: string, path: Path, owner: Owner, from: number): void => {
    for (const { rule, at, words } of lintText(value, ready)) say(rule, path, owner, words, from + at)
  }
  const leaf = (value: string, path: Path, owner: Owner): void => {
    const key = path.findLast((one) => typeof one === 'string') ?? ''
    if (spoken.includes(key)) lookAtText(value, path, owner, 0)
    else if (key === 'over') lookAtName('sources', value, path, owner)
    else {
      for (const quoted of value.matchAll(/(["'])(.*?)\1/g)) lookAtText(quoted[2] ?? '', path, owner, quoted.index + 1)
      const unquoted = value.replace(/(["']).*?\1/g, (text) => ' '.repeat(text.length))
      for (const { 0: name, index } of unquoted.matchAll(/[A-Za-z_][\w-]*/g)) lookAtName('fields', name, path, owner, index)
      if (key === 'mark') askAgain(path, owner, value)
    }
  }
  const walk = (node: unknown, path: Path, outer: Owner): void => {
    if (typeof node === 'string') leaf(node, path, outer)
    else if (Array.isArray(node)) for (const [index, one] of node.entries()) walk(one, [...path, index], outer)
    else if (typeof node === 'object' && node !== null) {
      const named = path.at(-2) === 'measures' ? path.at(-1) : (node as { id?: unknown }).id
      const owner = typeof named === 'string' ? { id: named, depth: path.length } : outer
      if (path.at(-2) === 'measures') lookAtName('fields', owner.id, path, owner)
      for (const [key, one] of Object.entries(node)) walk(one, [...path, key], owner)
    }
  }
  walk(tree, [], { id: '', depth: 0 })
  return findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.line - b.line || a.column - b.column)
}

/** True where a name fits a pattern in which `*` stands for anything. */
function fits(name: string, glob: string): boolean {
  return new RegExp(`^${glob.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i').test(name)
}

const severityWords: Record<Severity, string> = { forbidden: '禁用', doubtful: '存疑', note: '提示' }

/** How grave a finding is, in a word. */
export function wordOfSeverity(severity: Severity): string {
  return severityWords[severity]
}

/** What was found, in a sentence or two for those who sign. */
export function wordsOfFindings(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return ['减负检查：没有发现禁用或存疑的指标。']
  const counts = order.flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length
    return count === 0 ? [] : [`${severityWords[severity]}${count}处`]
  })
  const forbidden = findings.filter(({ severity }) => severity === 'forbidden')
  return [
    `减负检查：${counts.join('，')}。`,
    ...forbidden.map(({ line, words, name, documents }) => `禁用：第${line}行“${words}”（${name}），依据${documents.map((one) => one.name).join('、')}。`),
  ]
}
