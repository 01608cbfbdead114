// What is done to duties, each once: the steps of the audit's test that are theirs.
import { newId } from '#base/ids.ts'

interface DutyStep {
  /** The entry's action. */
  action: string
  by?: string
  send: () => Promise<{ url: string; payload: object; session?: string }>
}
/** What the steps stand on: the first column of a query's first row, a session of the demonstration's account. */
interface Ground {
  value: (text: string, values?: unknown[]) => Promise<string>
  sessionOf: (login: string) => Promise<string>
}

/** By endpoint, in this order: a branch secretary fulfils a duty by hand, corrects it, takes it back; the desk takes the list out. */
export function dutySteps({ value, sessionOf }: Ground): Record<string, DutyStep> {
  const id = newId()
  const content = { doneOn: '2024-12-19', note: '示例：向党员大会报告' }
  const own = (action: string, path: string, payload: () => Promise<object>): DutyStep => ({
    ...{ action, by: 'zhibu' },
    send: async () => ({ url: `/api/duties/fulfilments${path}`, payload: await payload(), session: await sessionOf('zhibu') }),
  })
  return {
    'duty.fulfil': own('duty.fulfil', '', async () => ({
      ...{ id, duty: 'b-report', period: '2024-01-01', ...content },
      bodyId: await value(
        `select h.body_id from org.holding h join access.account a using (tenant_id, person_id)
          where a.login = 'zhibu' and h.post = 'secretary' and h.valid_until = 'infinity' and h.known_until = 'infinity'`,
      ),
    })),
    'duty.correct': own('duty.correct', `/${id}/correction`, async () => ({ version: 1, reason: '补写编号', ...content, evidence: '示例记录1号' })),
    'duty.withdraw': own('duty.withdraw', `/${id}/withdrawal`, async () => ({ version: 2, reason: '重复登记' })),
    'duty.export': { action: 'duty.export', send: async () => ({ url: '/api/duties/export', payload: { level: 'committee' } }) },
  }
}
