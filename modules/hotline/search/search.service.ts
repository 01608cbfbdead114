// The search in tickets: pairs of characters lead to candidates, newest month first; the scope, the filter and the words themselves decide.
import { Refusal } from '#base/errors.ts'
import { bigrams, searchText } from '#modules/ledger/index.ts'
import type { Tx } from '#server/kit/db.ts'
import { loadingOf } from '../hotline.sql.ts'
import type { Filter } from '../list/list.sql.ts'
import { groupsOf, meet, monthOf, readList, writeList } from './search.rules.ts'
import { filteredNumbers, foldAlone, markFolded, postingLists, postingMonths, ticketsHolding, unfolded, unfoldedHolding, writePostings } from './search.sql.ts'

/** Candidates of the first group of months, and of the first look. */
const GROUP = 1000
const LOOK = 100
/** From so many candidates looked at on, those of the filter are read, where they aren't more than so many. */
const IN_VAIN = 500
const OWN = 20_000
/** Newest tickets not folded in that are searched themselves. */
const UNFOLDED = 2000

/** The words of a question as they are searched. Refuses (invalid) one of a single character. */
export function wordsOf(q: string | undefined): string[] {
  const words = (q ?? '').trim().split(/\s+/).map(searchText).filter(Boolean)
  const short = words.find((word) => word.length < 2)
  if (short !== undefined) throw new Refusal('invalid', '搜索至少要两个字。', [{ field: '/q', value: short, message: '至少两个字' }])
  return words
}

/** Numbers of tickets that hold the words and pass the filter, newest first, at most so many; `before`: the last number of the page before. */
export async function searchTickets(
  tx: Tx,
  filter: Filter,
  words: string[],
  { before, most }: { before?: number | undefined; most: number },
): Promise<number[]> {
  const { tenantId } = filter
  const pairs = [...new Set(words.flatMap(bigrams))]
  const found = new Set((await tx.all(unfoldedHolding, { ...filter, words, before, most: UNFOLDED })).map(({ number }) => number))
  const months = (await tx.all(postingMonths, { tenantId, pairs })).filter(({ month }) => before === undefined || month <= monthOf(before))
  let [posted, looked, look]: [number, number, number] = [0, 0, LOOK]
  let own: Set<number> | 'many' | undefined
  for (const group of groupsOf(months, GROUP)) {
    const lists = await tx.all(postingLists, { tenantId, pairs, months: group })
    let candidates = group.flatMap((month) =>
      meet(
        month,
        lists.filter((row) => row.month === month).map(({ list }) => list),
      ),
    )
    if (before !== undefined) candidates = candidates.filter((number) => number < before)
    while (candidates.length > 0 && posted < most) {
      if (looked >= IN_VAIN && own === undefined) {
        const numbers = await tx.all(filteredNumbers, { ...filter, most: OWN + 1 })
        own = numbers.length > OWN ? 'many' : new Set(numbers.map(({ number }) => number))
      }
      const among = own
      if (among instanceof Set) candidates = candidates.filter((number) => among.has(number))
      const numbers = candidates.slice(0, look)
      candidates = candidates.slice(look)
      const held = numbers.length === 0 ? [] : await tx.all(ticketsHolding, { ...filter, words, numbers })
      for (const { number } of held) found.add(number)
      posted += held.length
      looked += numbers.length
      look = Math.min(look * 4, 5000)
    }
    if (posted >= most) break
  }
  return [...found].sort((left, right) => right - left).slice(0, most)
}

/** Folds tickets that were entered into the postings, the oldest first, where at least `least` wait. @returns how many. */
export async function foldIn(tx: Tx, limit: number, least = 1): Promise<number> {
  const tenantId = tx.tenant.id
  // The load writes postings of its own.
  if ((await tx.maybe(loadingOf, { tenantId })) !== undefined) return 0
  await tx.all(foldAlone, { tenantId })
  const rows = await tx.all(unfolded, { tenantId, limit })
  if (rows.length < least) return 0
  const months = new Map<number, Map<number, number[]>>()
  for (const { number, title, body } of rows) {
    const month = months.get(monthOf(number)) ?? new Map<number, number[]>()
    months.set(monthOf(number), month)
    for (const pair of [...bigrams(title), ...bigrams(body)]) {
      const list = month.get(pair)
      if (list === undefined) month.set(pair, [number])
      else list.push(number)
    }
  }
  for (const [month, pairs] of months) {
    for (const { bigram, list } of await tx.all(postingLists, { tenantId, pairs: [...pairs.keys()], months: [month] }))
      pairs.set(bigram, readList(month, list).concat(pairs.get(bigram) ?? []))
    const numbers = [...pairs.values()].map((list) => [...new Set(list)])
    await tx.all(writePostings, {
      ...{ tenantId, bigrams: [...pairs.keys()], months: numbers.map(() => month), tickets: numbers.map(({ length }) => length) },
      lists: numbers.map(writeList),
    })
  }
  await tx.all(markFolded, { tenantId, ids: rows.map(({ ticketId }) => ticketId) })
  return rows.length
}
