// Texts that have to be written out in an expression, because only then it is known that PostgreSQL reads them as CEL does.

/** True for the name of a time zone, or a fixed offset: `Asia/Shanghai`, `+08:00`. */
export function isZone(text: string): boolean {
  if (fixedOffset(text) !== null) return true
  if (!/^[A-Z][\w+-]*(\/[\w+-]+)*$/.test(text)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Seconds east of UTC of `+08:00`; null for anything else. */
export function fixedOffset(text: string): number | null {
  const match = /^([+-]?)([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (match === null) return null
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60
  return match[1] === '-' ? -seconds : seconds
}

const token = /\\[\\^$.[\]|()*+?{}]|\[\^?(?:[^\\^[\]-](?:-[^\\^[\]-])?)+\]|\{\d{1,2}(?:,\d{1,2})?\}|[^\\[\]{}]/gu

/**
 * True for a regular expression that RE2 and PostgreSQL read alike: plain and escaped characters, `.`, classes, groups, `|`, `^`, `$` and
 * single repetitions; not \d, (?…), lazy or possessive repetitions, nor much repetition of repetitions.
 */
export function isPattern(text: string): boolean {
  const tokens = text.match(token) ?? []
  if (tokens.join('') !== text || text.length > 200 || /[\0\n]/.test(text) || tokens.filter((one) => /^\{./.test(one)).length > 2) return false
  let at = 0
  const isRepeat = (one = ''): boolean => /^(?:[*+?]|\{.+)$/.test(one)
  const isBranch = (depth: number): boolean => {
    const start = at
    while (at < tokens.length && tokens[at] !== '|' && tokens[at] !== ')') {
      const one = tokens[at] ?? ''
      at += 1
      if (isRepeat(one)) return false
      if (one === '(' && !(depth < 20 && isGroup(depth + 1) && tokens[at++] === ')')) return false
      if (isRepeat(tokens[at]) && (one === '^' || one === '$')) return false
      if (isRepeat(tokens[at])) at += 1
    }
    return at > start
  }
  const isGroup = (depth: number): boolean => {
    if (!isBranch(depth)) return false
    while (tokens[at] === '|') {
      at += 1
      if (!isBranch(depth)) return false
    }
    return true
  }
  const isInOrder = [...text.matchAll(/\{(\d+),(\d+)\}/g)].every(([, least, most]) => Number(least) <= Number(most))
  return isInOrder && (text === '' || (isGroup(0) && at === tokens.length))
}

/** A pattern for PostgreSQL: there `.` would match the end of a line. */
export function patternForSql(text: string): string {
  return text.replace(token, (part) => (part === '.' ? '[^\n]' : part))
}
