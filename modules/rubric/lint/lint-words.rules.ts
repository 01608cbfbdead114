// Finds wording in a text: alternatives, combinations within a sentence, and what excuses them ("不得以点赞数作为依据" is no indicator of likes). Pure.
import type { Excuse, LintPack, Pattern } from './lint.pack.ts'

/** Words found in a text: from which character, and what they were. */
export interface Hit {
  at: number
  words: string
}

/** Lists of words as regular expressions, made once per pack. */
export interface Vocabulary {
  test: (words: readonly string[], text: string) => boolean
  find: (words: readonly string[], text: string) => { at: number; end: number }[]
  without: (words: readonly string[], text: string) => string
}

const digits: Record<string, number> = { 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }
const units: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
const number = `(?:\\d+(?:\\.\\d+)?|[${Object.keys(digits).join('')}十百千万半]+)`
const sentenceEnds = /[。;!?\n]|\.(?=\s|$)/
const clauseEnds = /[,:()【】]/

/** Wide letters and punctuation as narrow ones, all small: every character keeps its place. */
export function plain(text: string): string {
  return text.replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0)).toLowerCase()
}

function expressionOf(word: string): string {
  const body = plain(word)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('…', '[^,:()。;!?\\n]{0,12}?')
    .replaceAll('_', number)
  return `${/^[a-z]/.test(body) ? '(?<![a-z])' : ''}${body}${/[a-z]$/.test(body) ? '(?![a-z])' : ''}`
}

/** The lists of a pack, ready to be looked for. */
export function vocabularyOf(lists: LintPack['words']): Vocabulary {
  const known = new Map<readonly string[], RegExp>()
  const regexOf = (words: readonly string[]): RegExp => {
    let regex = known.get(words)
    if (regex === undefined) {
      const all = words.flatMap((word) => (word.startsWith('$') ? (lists[word.slice(1)] ?? []) : [word]))
      regex = new RegExp(all.map(expressionOf).join('|'), 'g')
      known.set(words, regex)
    }
    regex.lastIndex = 0
    return regex
  }
  return {
    test: (words, text) => regexOf(words).test(text),
    find: (words, text) => [...text.matchAll(regexOf(words))].map((match) => ({ at: match.index, end: match.index + match[0].length })),
    without: (words, text) => text.replace(regexOf(words), (match) => ' '.repeat(match.length)),
  }
}

/** The pieces of a text between ends, each with where it begins. */
function pieces(text: string, ends: RegExp): { at: number; text: string }[] {
  const found: { at: number; text: string }[] = []
  let at = 0
  for (const piece of text.split(ends)) {
    found.push({ at, text: piece })
    at += piece.length + 1
  }
  return found
}

/** Digits or Chinese numerals as a number: 5000, 两, 十二, 五千, 半. */
export function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(text)
  if (text === '半') return 0.5
  if ([...text].every((sign) => sign in digits)) return Number([...text].map((sign) => digits[sign]).join(''))
  let [sum, section, digit] = [0, 0, 0]
  for (const sign of text) {
    const unit = units[sign]
    if (unit !== undefined) {
      section += (digit === 0 ? 1 : digit) * unit
      digit = 0
    } else if (sign === '万') {
      sum += (section + digit) * 10_000
      section = digit = 0
    } else digit = digits[sign] ?? 0
  }
  return sum + section + digit
}

function isMore({ of, than }: NonNullable<Pattern['more']>, sentence: string): boolean {
  const before = new RegExp(`(${number})(?:个)?$`)
  return of.some((unit) => {
    for (let at = sentence.indexOf(unit); at >= 0; at = sentence.indexOf(unit, at + 1)) {
      const match = before.exec(sentence.slice(0, at))
      if (match?.[1] !== undefined && numberOf(match[1]) > than) return true
    }
    return false
  })
}

function isExcused(excuses: readonly Excuse[], sentence: string, at: number, end: number, vocabulary: Vocabulary): boolean {
  return excuses.some((excuse) => {
    const looked = excuse.but === undefined ? sentence : vocabulary.without(excuse.but, sentence)
    const clause = pieces(looked, clauseEnds).findLast((piece) => piece.at <= at) ?? { at: 0, text: looked }
    return (
      (excuse.before === undefined || vocabulary.test(excuse.before, clause.text.slice(0, Math.max(0, at - clause.at)))) &&
      (excuse.after === undefined || vocabulary.test(excuse.after, clause.text.slice(Math.max(0, end - clause.at)))) &&
      (excuse.with === undefined || vocabulary.test(excuse.with, sentence)) &&
      (excuse.without === undefined || !vocabulary.test(excuse.without, sentence))
    )
  })
}

/** Where a pattern's words stand in a text without an excuse; undefined where they don't. */
export function findWords(pattern: Pattern, excuses: readonly Excuse[], given: string, vocabulary: Vocabulary): Hit | undefined {
  for (const sentence of pieces(plain(given), sentenceEnds)) {
    if (pattern.with?.some((words) => !vocabulary.test(words, sentence.text)) === true) continue
    if (pattern.without !== undefined && vocabulary.test(pattern.without, sentence.text)) continue
    if (pattern.more !== undefined && !isMore(pattern.more, sentence.text)) continue
    const hit = vocabulary.find(pattern.is, sentence.text).find(({ at, end }) => !isExcused(excuses, sentence.text, at, end, vocabulary))
    if (hit !== undefined) return { at: sentence.at + hit.at, words: given.slice(sentence.at + hit.at, sentence.at + hit.end) }
  }
  return undefined
}
