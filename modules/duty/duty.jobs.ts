// Duties that are fulfilled by a matter make it by calendar: in each period, once, whenever the server is up [D6].
import { leaveEntry } from '#modules/audit/index.ts'
import { kindsOf, openMatters } from '#modules/matter/index.ts'
import { type Tx, transaction } from '#server/kit/db.ts'
import type { Job } from '#server/kit/jobs.ts'
import { idOf, periodName } from './duty.rules.ts'
import { withoutMatter } from './duty.sql.ts'
import { asked, standingsOf } from './duty-editions.service.ts'

/** Opens the matters of this period that aren't there yet, for bodies where somebody holds the post. The transaction sees the tenant. @returns how many. */
export async function openDue(tx: Tx): Promise<number> {
  let count = 0
  for (const one of await standingsOf(tx)) {
    const { duty, period } = one
    if (duty.way === undefined || !('matter' in duty.way) || duty.way.fields === undefined || period === null) continue
    const kind = kindsOf(tx.tenant).get(duty.way.matter)
    if (kind === undefined) continue
    const { fields } = duty.way
    const owing = await tx.all(withoutMatter, { ...asked(tx, [one], null), origin: idOf(duty.id), first: period.first })
    // One that asks is needed where somebody else than the owner makes moves; a body with nobody above it has none to hand in to.
    const asks = kind.opened_by === 'asker' || kind.moves.some(({ by }) => by !== 'owner')
    for (const [askerId, those] of Map.groupBy(owing, ({ aboveId }) => (asks ? aboveId : null))) {
      if (asks && askerId === null) continue
      const owners = those.map(({ bodyId }) => bodyId)
      const opened = await openMatters(tx, {
        ...{ kind, title: `${duty.title}（${periodName(period)}）`, fields, askerId, owners, personId: null },
        ids: owners.map((owner) => idOf(String(tx.tenant.id), duty.id, owner, period.first)),
        ...{ askedUntil: new Date(`${period.due}T23:59:59+08:00`), origin: 'duty', originId: idOf(duty.id) },
      })
      count += opened.length
    }
  }
  if (count > 0) await leaveEntry(tx, 'duty.matters', { kind: 'duty-list', id: 'all' }, { opened: count })
  return count
}

/** The job that opens them. */
export const dutyJob: Job = {
  name: 'duty.matters',
  everySeconds: 600,
  run: async ({ pool }, tenant) => {
    await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, openDue)
  },
}
