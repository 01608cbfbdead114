// What is done to inspections, each once: the steps of the audit's test that are theirs.
import { newId } from '#base/ids.ts'

interface Sent {
  url: string
  payload: unknown
  type?: string
}
interface InspectionStep {
  /** The entry's action. */
  action: string
  /** Another entry of the same deed. */
  also?: string
  send: () => Promise<Sent>
}
interface Ground {
  value: (text: string, values?: unknown[]) => Promise<string>
  /** A body that asks, which has inspected nothing. */
  asker: string
}

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

/** By endpoint, in this order: the desk plans, goes itself, answers, finds something, signs and closes. */
export function inspectionSteps({ value, asker }: Ground): Record<string, InspectionStep> {
  const [id, finding] = [newId(), newId()]
  const items = ['head-knows', 'head-acts', 'ten-ones', 'education-month', 'risk-list']
  const answers = [
    { id: finding, item: 'window', verdict: 'no', finding: 'integrity', note: '审计示例问题' },
    ...items.map((item) => ({ id: newId(), item, verdict: 'yes' })),
  ]
  const visit = () => value('select visit_id from inspection.visit where inspection_id = $1', [id])
  const deed = (action: string, path: string, payload: object): InspectionStep => ({
    action,
    send: async () => ({ url: `/api/inspections/${id}/${path}`, payload }),
  })
  const on = (action: string, path: string, payload: () => unknown, type?: string): InspectionStep => ({
    action,
    send: async () => ({ url: `/api/visits/${await visit()}/${path}`, payload: payload(), ...(type === undefined ? {} : { type }) }),
  })
  return {
    'inspection.plan': {
      action: 'inspection.plan',
      send: async () => {
        // A township: no unit of the desk's own, nor above it.
        const unit = await value(
          `select u.unit_id from org.unit u join org.party_org o using (tenant_id, unit_id) where u.kind = 'township' and o.kind = 'branch' and u.valid_until = 'infinity' and o.party_org_id <> $1 limit 1`,
          [asker],
        )
        const words = { kind: 'clean-office', title: '审计示例督查', basis: '审计示例计划', firstDay: '2024-12-26', lastDay: '2024-12-31' }
        return { url: '/api/inspections', payload: { id, askerId: asker, units: [unit], ...words } }
      },
    },
    'inspection.assign': {
      action: 'inspection.assign',
      send: async () => ({
        url: `/api/inspections/${id}/team`,
        payload: { accountId: await value(`select account_id from access.account where login = 'gongwei'`), visits: [await visit()], assigned: true },
      }),
    },
    'inspection.start': { ...deed('inspection.start', 'start', {}), also: 'burden.asking' },
    'inspection.answer': on('inspection.answer', 'answers', () => ({ answers })),
    'inspection.attach': on('visit.attach', `files?name=a.png&answer=${finding}`, () => png, 'application/octet-stream'),
    'inspection.sign': {
      ...on('inspection.sign', 'signature', () => ({ heads: answers.map((answer) => answer.id), witness: '办公室主任' })),
      also: 'matter.open',
    },
    'inspection.close': deed('inspection.close', 'close', {}),
    'inspection.export': { action: 'inspection.export', send: async () => ({ url: '/api/inspections/export', payload: { year: '2024' } }) },
  }
}
