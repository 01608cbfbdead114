// Pinyin initials, by which names are searched. The dictionary is loaded when the first name is written.

/** Initials of each name in lower case: 张三 → zs; letters and digits stay, other signs fall out. */
export async function initialsOf(names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const { pinyin } = await import('pinyin-pro')
  // 长治、行政: the readings that names of organisations have.
  const known = new Map([
    ['长', 'c'],
    ['行', 'h'],
  ])
  const letter = (character: string): string => {
    if (/[a-z0-9]/i.test(character)) return character.toLowerCase()
    let found = known.get(character)
    if (found === undefined)
      known.set(
        character,
        (found = /\p{Script=Han}/u.test(character) ? pinyin(character, { pattern: 'first', toneType: 'none' }).slice(0, 1).toLowerCase() : ''),
      )
    return found
  }
  return names.map((name) => [...name].map(letter).join(''))
}
