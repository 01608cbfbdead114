// What is done to askings and complaints, each once: the steps of the audit's test that are burden's.
import { newId } from '#base/ids.ts'

interface Sent {
  url: string
  payload: object
}
interface BurdenStep {
  /** The entry's action; null where nothing is written. */
  action: string | null
  why?: string
  send: () => Promise<Sent>
}

/** By endpoint, in the order they are sent: the entry that it leaves, and its request; `branch` is asked. */
export function burdenSteps(branch: string): Record<string, BurdenStep> {
  const complaint = newId()
  const asked = { kind: 'form', receivers: { under: branch, of: 'party-org' }, minutes: 900 }
  const step = (action: string | null, path: string, payload: object): BurdenStep => ({
    action,
    send: async () => ({ url: `/api/burden/${path}`, payload }),
  })
  return {
    'burden.preview': { ...step(null, 'preview', asked), why: 'looks at what an asking would cost' },
    'burden.enter': step('burden.asking', 'askings', { id: newId(), title: '审计示例表', basis: '示例依据', asker: '示例部', ...asked }),
    'burden.complain': step('burden.complain', 'complaints', { id: complaint, anonymous: false, kind: 'too-much', title: '审计示例表' }),
    'burden.answer': step('burden.answer', `complaints/${complaint}/answer`, { answer: '已精简' }),
    'burden.workbook': step('burden.export', 'workbook', {}),
    'burden.export': step('burden.export', 'export', { by: 'asker' }),
  }
}
