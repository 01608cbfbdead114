// The ledger's part of the workbench: rhythms not yet kept, records not yet complete.
import { addDays } from '#base/dates.ts'
import type { Scope } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { recordsPack } from './ledger.pack.ts'
import { recordCount } from './ledger.sql.ts'
import { owedRecords } from './ledger-todo.sql.ts'

/** Something to do, as the workbench shows it. `due` is a date, `minutes` how long it usually takes. */
export interface Todo {
  id: string
  title: string
  kind: string
  due: string | null
  minutes: number
  href: string
  state: 'open' | 'started' | 'waiting'
}

/** Records younger than this are worth completing. */
const COMPLETE_WITHIN_DAYS = 90

/** First and last day of the month, quarter or year that a day lies in. */
export function spanOf(every: 'month' | 'quarter' | 'year', day: string): { first: string; last: string } {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  const length = { month: 1, quarter: 3, year: 12 }[every]
  const start = Math.floor((month - 1) / length) * length
  const iso = (y: number, m: number): string => new Date(Date.UTC(y, m, 1)).toISOString().slice(0, 10)
  return { first: iso(year, start), last: addDays(iso(year, start + length), -1) }
}

/** What the reader's organisations owe now. One entry a kind: the organisation itself where it is one, how many where there are more. It leads to the entry form for those who may enter, else to the list. `measured`: minutes by form. */
export async function ledgerTodo(tx: Tx, scope: Scope, entry: 'may-enter' | 'may-look', measured: ReadonlyMap<string, number>): Promise<Todo[]> {
  const day = today(tx.tenant)
  const kinds = partOf(tx.tenant, recordsPack).kinds
  const rhythms = kinds.flatMap((kind) =>
    kind.rhythm === undefined ? [] : [{ kind: kind.id, of_kinds: kind.rhythm.of_kinds, ...spanOf(kind.rhythm.every, day) }],
  )
  const ids = scope === 'tenant' ? null : [...scope]
  const owed = await tx.all(owedRecords, { tenantId: tx.tenant.id, on: day, asOf: now(tx.tenant).toISOString(), ids, rhythms: JSON.stringify(rhythms) })
  const todos = owed.flatMap(({ kind: id, bodies, firstId, firstName }): Todo[] => {
    const kind = kinds.find((entry) => entry.id === id)
    const span = rhythms.find((entry) => entry.kind === id)
    if (kind === undefined || span === undefined) return []
    const one = bodies === 1
    return [
      {
        id: `ledger.owed.${id}`,
        title: one ? `${firstName}还没有登记${phrase(span)}${kind.name}` : `${bodies} 个党支部还没有登记${phrase(span)}${kind.name}`,
        kind: '纪实',
        due: span.last,
        minutes: measured.get(`record.${id}`) ?? kind.minutes,
        href:
          entry === 'may-enter' && (one || ids !== null) ? `/records/new?kind=${id}&body=${firstId}` : `/records?kind=${id}&from=${span.first}&to=${span.last}`,
        state: 'open',
      },
    ]
  })
  const { count } = await tx.one(recordCount, { tenantId: tx.tenant.id, state: 'incomplete', from: addDays(day, -COMPLETE_WITHIN_DAYS), most: 99 })
  if (count > 0) {
    const from = addDays(day, -COMPLETE_WITHIN_DAYS)
    todos.push({
      id: 'ledger.incomplete',
      title: `${count > 99 ? '99 条以上' : `${count} 条`}近三个月的纪实要素不齐，可以补上`,
      kind: '纪实',
      due: null,
      minutes: Math.min(count, 99),
      href: `/records?state=incomplete&from=${from}`,
      state: 'started',
    })
  }
  return todos
}

function phrase({ first, last }: { first: string; last: string }): string {
  const [from, to] = [Number(first.slice(5, 7)), Number(last.slice(5, 7))]
  return to - from === 11 ? '本年度' : to === from ? `${to}月份` : `第${['一', '二', '三', '四'][Math.floor((from - 1) / 3)] ?? ''}季度`
}
