// What is done to askings and complaints, each once: the steps of the audit's test that are burden's.
import { newId } from '#base/ids.ts'

interface Sent {
  url: string
  payload: object
  session?: string
}
interface BurdenStep {
  /** The entry's action; null where nothing is written. */
  action: string | null
  why?: string
  by?: string
  send: () => Promise<Sent>
}

/** By endpoint, in the order they are sent: the entry that it leaves, and its request; `branch` is asked. */
export function burdenSteps({ sessionOf, branch }: { sessionOf: (login: string) => Promise<string>; branch: string }): Record<string, BurdenStep> {
  const [plea, complaint] = [newId(), newId()]
  const asked = { kind: 'form', receivers: { under: branch, of: 'party-org' }, minutes: 900 }
  const step = (action: string | null, path: string, payload: object, login?: string): BurdenStep => ({
    action,
    ...(login === undefined ? {} : { by: login }),
    send: async () => ({ url: `/api/burden/${path}`, payload, ...(login === undefined ? {} : { session: await sessionOf(login) }) }),
  })
  return {
    'burden.preview': { ...step(null, 'preview', asked), why: 'looks at what an asking would cost' },
    'burden.enter': step('burden.asking', 'askings', { id: newId(), title: '审计示例表', basis: '示例依据', asker: '示例部', ...asked }),
    'burden.ask-release': step('burden.ask-release', 'releases', { id: plea, title: '审计示例表', reason: '示例的理由', askerId: branch, ...asked }),
    'burden.release': step('burden.release', `releases/${plea}`, {}, 'bangongshi'),
    'burden.complain': step('burden.complain', 'complaints', { id: complaint, anonymous: false, kind: 'too-much', title: '审计示例表' }),
    'burden.answer': step('burden.answer', `complaints/${complaint}/answer`, { answer: '已精简' }),
    'burden.export': step('burden.export', 'export', { by: 'asker' }),
  }
}
