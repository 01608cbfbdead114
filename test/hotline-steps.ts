// What is done to tickets, each once: the steps of the audit's test that are the hotline's.
import { newId } from '#base/ids.ts'

interface HotlineStep {
  /** The entry's action. */
  action: string
  by?: string
  send: () => Promise<{ url: string; payload?: object; session?: string; type?: string; method?: 'GET' }>
}

/** What is tried where a receipt, a key or a guess is at hand. */
export const hotlineElsewhere: Record<string, string> = {
  'hotline.citizen-follow': 'counts wrong guesses alone: modules/hotline/citizen/citizen.test.ts',
  'hotline.citizen-report': 'without a session; its entry is that of hotline.open: modules/hotline/citizen/citizen.test.ts',
  'hotline.citizen-step': 'needs the code of a receipt; its entry is that of hotline.step: modules/hotline/citizen/citizen.test.ts',
  'hotline.open311-post': 'needs the key of an account; its entry is that of hotline.open: modules/hotline/open311/open311.test.ts',
}

/** By endpoint, in this order: a ticket is entered and sent to a unit. */
export function hotlineSteps({
  value,
  sessionOf,
}: {
  value: (text: string, values?: unknown[]) => Promise<string>
  sessionOf: (login: string) => Promise<string>
}): Record<string, HotlineStep> {
  const id = newId()
  const known = newId()
  const feedEvent = {
    id: 'a1',
    revision: 1,
    at: '2024-12-18T09:00:00+08:00',
    ticket: { state: 'received', channel: 'phone', category: 'parking', title: '对接示例诉求', receivedAt: '2024-12-18T09:00:00+08:00' },
  }
  const ticket = { id, channel: 'phone', category: 'parking', title: '审计示例诉求', body: '审计示例诉求的内容' }
  return {
    'hotline.open': {
      action: 'hotline.open',
      by: 'rexian',
      send: async () => ({ url: '/api/hotline/tickets', payload: ticket, session: await sessionOf('rexian') }),
    },
    'hotline.step': {
      action: 'hotline.step',
      by: 'paidan',
      send: async () => ({
        url: `/api/hotline/tickets/${id}/steps`,
        payload: { stepId: newId(), revision: 1, step: 'dispatch', unitId: await value(`select unit_id from org.unit where name = '市公安局' limit 1`) },
        session: await sessionOf('paidan'),
      }),
    },
    'hotline.rates-export': { action: 'hotline.rates-export', send: async () => ({ url: '/api/hotline/rates/export', payload: {} }) },
    'hotline.attach': {
      action: 'hotline.attach',
      by: 'rexian',
      send: async () => ({
        url: `/api/hotline/tickets/${id}/attachments?name=a.pdf`,
        payload: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'),
        type: 'application/octet-stream',
        session: await sessionOf('rexian'),
      }),
    },
    'hotline.file': {
      action: 'evidence.open',
      by: 'rexian',
      send: async () => ({
        url: `/api/hotline/attachments/${await value('select attachment_id from hotline.attachment where ticket_id = $1', [id])}`,
        method: 'GET',
        session: await sessionOf('rexian'),
      }),
    },
    'hotline.feed-push': {
      action: 'hotline.feed',
      by: 'duijie',
      send: async () => ({ url: '/api/hotline/feed/example', payload: { events: [feedEvent] }, session: await sessionOf('duijie') }),
    },
    'hotline.feed-replay': {
      action: 'hotline.feed-replay',
      by: 'duijie',
      send: async () => ({ url: '/api/hotline/feed/example/replay', payload: { cursor: '' }, session: await sessionOf('duijie') }),
    },
    'hotline.write-knowledge': {
      action: 'hotline.write-knowledge',
      by: 'paidan',
      send: async () => ({
        url: '/api/hotline/knowledge',
        payload: { knowledgeId: known, revision: 0, category: 'parking', question: '示例的问题', answer: '示例的答复' },
        session: await sessionOf('paidan'),
      }),
    },
    'hotline.withdraw-knowledge': {
      action: 'hotline.withdraw-knowledge',
      by: 'paidan',
      send: async () => ({ url: `/api/hotline/knowledge/${known}/withdrawal`, payload: { revision: 1 }, session: await sessionOf('paidan') }),
    },
  }
}
