// What is done to matters, duties and tickets, each once: the steps of the audit's test that are theirs.
import { newId } from '#base/ids.ts'
import { dutySteps } from './duty-steps.ts'
import { hotlineSteps } from './hotline-steps.ts'

export { hotlineElsewhere } from './hotline-steps.ts'

interface Sent {
  url: string
  payload: object
  session?: string
}
interface MatterStep {
  /** The entry's action. */
  action: string
  /** Another entry of the same deed. */
  also?: string
  by?: string
  send: () => Promise<Sent>
}
/** What the steps stand on: the first column of a query's first row, a session of the demonstration's account. */
interface Ground {
  value: (text: string, values?: unknown[]) => Promise<string>
  sessionOf: (login: string) => Promise<string>
}

/** By endpoint, in this order: the desk asks a branch, whose secretary receives, asks for time, hands on and shows a record. */
export function matterSteps({ value, sessionOf }: Ground): Record<string, MatterStep> {
  const id = newId()
  const bodyOf = (login: string) =>
    value(
      `select h.body_id from org.holding h join access.account a using (tenant_id, person_id)
        where a.login = $1 and h.post = 'secretary' and h.valid_until = 'infinity' and h.known_until = 'infinity'`,
      [login],
    )
  const branch = () => bodyOf('zhibu')
  /** A task that the demonstration asks everybody for, of the body. */
  const asked = async (body: string, column: string) =>
    value(
      `select ${column} from matter.matter where owner_id = $1 and kind = 'task' and closed_on is null and matter_id <> $2 order by opened_on desc, matter_id limit 1`,
      [body, id],
    )
  const own = (action: string, path: string, payload: () => Promise<object>): MatterStep => ({
    ...{ action, by: 'zhibu' },
    send: async () => ({ url: `/api/matters/${id}/${path}`, payload: await payload(), session: await sessionOf('zhibu') }),
  })
  const step = (revision: number, more: object) => async () => ({ moveId: newId(), revision, ...more })
  return {
    ...dutySteps({ value, sessionOf }),
    ...hotlineSteps({ value, sessionOf }),
    'matter.open': {
      action: 'matter.open',
      send: async () => ({ url: '/api/matters', payload: { id, kind: 'task', bodyId: await branch(), title: '审计示例任务', fields: { text: '示例要求' } } }),
    },
    'matter.comment': { action: 'matter.comment', send: async () => ({ url: `/api/matters/${id}/comments`, payload: { id: newId(), text: '示例留言' } }) },
    'matter.move': own('matter.move', 'moves', step(1, { move: 'receive' })),
    'matter.extend': own('matter.move', 'extension', step(2, { act: 'ask', note: '示例理由' })),
    'matter.assign': own('matter.move', 'person', async () => ({
      ...(await step(3, {})()),
      personId: await value(`select person_id from access.account where login = 'zhibu'`),
    })),
    'matter.link': own('matter.link', 'links', async () => ({
      linked: true,
      recordId: await value(`select record_id from ledger.record where owner_id = $1 and known_until = 'infinity' and state = 'valid' limit 1`, [
        await branch(),
      ]),
    })),
    'matter.follow': { action: 'matter.follow', send: async () => ({ url: `/api/matters/${id}/follower`, payload: { following: true } }) },
    'matter.set-calendar-link': { action: 'matter.calendar', send: async () => ({ url: '/api/matters/calendar', payload: { on: true } }) },
    'matter.split': {
      ...{ action: 'matter.move', also: 'matter.open', by: 'dangwei' },
      send: async () => {
        const committee = await bodyOf('dangwei')
        const below = await value(
          `select node_id from org.placement where parent_id = $1 and tree = 'party' and valid_until = 'infinity' and known_until = 'infinity' limit 1`,
          [committee],
        )
        const payload = {
          moveId: newId(),
          revision: Number(await asked(committee, 'revision')),
          parts: [{ bodyId: below, title: '审计示例分解', fields: { text: '示例要求' } }],
        }
        return { url: `/api/matters/${await asked(committee, 'matter_id')}/parts`, payload, session: await sessionOf('dangwei') }
      },
    },
    'matter.merge': {
      action: 'matter.move',
      send: async () => ({ url: `/api/matters/${id}/merger`, payload: { moveId: newId(), revision: 4, into: await asked(await branch(), 'matter_id') } }),
    },
    'matter.export': { action: 'matter.export', send: async () => ({ url: '/api/matters/export', payload: { kind: 'task' } }) },
  }
}
