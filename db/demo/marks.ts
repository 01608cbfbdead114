// Marks imported from outside the ledger, one of each item a year for every unit and branch. Named units all get the same mark.
import { type City, exists, type Org, type Unit } from './city.ts'
import { dateText, day, moment, momentText } from './days.ts'
import type { Random } from './random.ts'
import { type Sheet, sheet } from './sheet.ts'

const NEUTRAL = 95
const rounds = [day('2023-12-08'), day('2024-12-06')]
/** item, who gave it, lowest mark of the best, width. */
const items = [
  ['satisfaction', '群众满意度测评', 90, 10],
  ['self-assessment', '本单位自评', 92, 8],
  ['superior-assessment', '上级党组织评价', 86, 12],
] as const

/** The sheet of ledger.mark; marks are per cent with two places at most. */
export function markSheet(city: City, tenant: number, stream: Random): Sheet {
  const marks = sheet('ledger.mark', ['tenant_id', 'mark_id', 'subject_id', 'item', 'value', 'given_by', 'given_on', 'source', 'known_from'])
  const subjects: Array<Unit | Org> = [...city.units, ...city.orgs.filter((org) => org.kind === 'branch')]
  for (const on of rounds) {
    const known = moment(on + 3, 10)
    for (const subject of subjects) {
      if (!exists(subject, on)) continue
      const named = 'unit' in subject ? subject.unit.named : subject.named
      for (const [item, by, low, width] of items) {
        const drawn = low + stream.next() * width - (1 - subject.quality) * (item === 'self-assessment' ? 12 : 34)
        const value = named ? NEUTRAL : Math.round(Math.min(100, drawn) * 100) / 100
        marks.add(tenant, stream.id(known), subject.id, item, value.toFixed(2), by, dateText(on), '演示数据导入', momentText(known))
      }
    }
  }
  return marks
}
