// What is done to requests and inspections, by which bodies are asked, each once: the steps of the audit's test that are theirs.
import { newId } from '#base/ids.ts'
import { inspectionSteps } from './inspection-steps.ts'

interface Sent {
  url: string
  payload: unknown
  type?: string
}
interface RequestStep {
  /** The entry's action; null where nothing is written. */
  action: string | null
  why?: string
  /** Another entry of the same deed. */
  also?: string
  send: () => Promise<Sent>
}

/** By endpoint, in this order: the desk asks two branches on behalf of the work committee, and one of them hands in. */
export function requestSteps({
  value,
  branches,
}: {
  value: (text: string, values?: unknown[]) => Promise<string>
  branches: string[]
}): Record<string, RequestStep> {
  const id = newId()
  const askerId = () => value(`select party_org_id from org.party_org where kind = 'work-committee' limit 1`)
  const asked = async () => ({ askerId: await askerId(), kind: 'task', selection: { list: branches }, dueOn: null })
  const more = { title: '审计示例下发', fields: { text: '示例要求' }, basis: '', reason: '' }
  const deed = (action: string, path: string, payload: object): RequestStep => ({ action, send: async () => ({ url: `/api/requests/${id}/${path}`, payload }) })
  return {
    'request.preview': { action: null, why: 'says what it would cost', send: async () => ({ url: '/api/requests/preview', payload: await asked() }) },
    'request.draft': { action: 'request.draft', send: async () => ({ url: '/api/requests', payload: { id, ...(await asked()), ...more } }) },
    'request.send': { ...deed('request.send', 'sending', { receivers: branches.length }), also: 'burden.asking' },
    'request.nudge': deed('request.nudge', 'nudge', { whom: 'open', text: '请抓紧办理' }),
    'request.export': deed('request.export', 'export', {}),
    'request.review': {
      action: 'request.review',
      also: 'matter.move',
      send: async () => {
        const matterId = await value(
          `update matter.matter set stage = 'handed-in', waits_for = 'asker' where request_id = $1 and owner_id = $2 returning matter_id`,
          [id, branches[0]],
        )
        return { url: `/api/requests/${id}/review`, payload: { move: 'accept', matters: [{ moveId: newId(), matterId, revision: 1 }] } }
      },
    },
    'request.recall': deed('request.recall', 'recall', { reason: '示例撤回' }),
    ...inspectionSteps({ value, asker: branches[0] ?? '' }),
  }
}
