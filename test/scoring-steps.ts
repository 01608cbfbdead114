// What is done to marks, drafts of rubrics, scores and objections, each once: the steps of the audit's test that are theirs.
import { newId } from '#base/ids.ts'

interface Sent {
  url: string
  payload: object
  type?: string
  session?: string
}

/** What the steps stand on: the first column of a query's first row, a session of the demonstration's account, a request of the desk's. */
interface Ground {
  value: (text: string, values?: unknown[]) => Promise<string>
  sessionOf: (login: string) => Promise<string>
  send: (sent: Sent) => Promise<{ statusCode: number; body: string }>
  today: string
  /** A branch, of which marks are given. */
  branch: string
}

interface ScoringStep {
  /** The entry's action; null where nothing is written. */
  action: string | null
  why?: string
  /** Another entry of the same deed. */
  also?: string
  by?: string
  send: () => Promise<Sent>
}

/** By endpoint: whose act it is where it is not the desk's, the entry that it leaves, and its request, sent in this order. */
export function scoringSteps({ value, sessionOf, send, today, branch }: Ground): Record<string, ScoringStep> {
  const [mark, corrected, draft, run, again, objection, second] = [newId(), newId(), newId(), newId(), newId(), newId(), newId()]
  const desk = (action: string, path: string, payload: object): ScoringStep => ({ action, send: async () => ({ url: `/api/${path}`, payload }) })
  const nothing = (why: string, { send }: ScoringStep): ScoringStep => ({ action: null, why, send })
  const needed = async (sent: Sent) => {
    const reply = await send(sent)
    if (reply.statusCode !== 200) throw new Error(reply.body)
  }
  /** The branch whose secretary the account is. */
  const own = () =>
    value(
      `select h.body_id from org.holding h join access.account a using (tenant_id, person_id)
        where a.login = 'zhibu' and h.post = 'secretary' and h.valid_until = 'infinity' and h.known_until = 'infinity'`,
    )
  const raising = async (id: string, target: object): Promise<Sent> => ({
    url: '/api/scoring/objections',
    payload: { id, run, subject: await own(), target, reason: '十月的主题党日没有计入', records: [] },
    session: await sessionOf('zhibu'),
  })
  const marks = async (path: string): Promise<Sent> => {
    const name = await value('select name from org.party_org where party_org_id = $1 limit 1', [branch])
    const file = `单位名称,指标,得分,评委,组别\n${name},joint,8.5,评委一,领导\n`
    return { url: `/api/marks/imports${path}?on=${today}&name=${encodeURIComponent('评分.csv')}`, payload: Buffer.from(file), type: 'application/octet-stream' }
  }
  const score = (action: string, what: string, payload: object): ScoringStep => ({
    action,
    send: async () => ({ url: `/api/scoring/subjects/${await own()}/${what}`, payload: { run, ...payload } }),
  })
  const given = { subjectId: branch, item: 'interview', value: '92.5', by: '评委一', group: '领导', givenOn: today }
  const blank = { rubric: 'audit-2025', title: '审计示例细则', from: { how: 'blank' } }
  return {
    'marks.enter': desk('marks.enter', 'marks', { id: mark, ...given }),
    'marks.correct': desk('marks.correct', `marks/${mark}/correction`, { id: corrected, value: '90', group: '群众', reason: '登记时写错' }),
    'marks.withdraw': desk('marks.withdraw', `marks/${corrected}/withdrawal`, { reason: '重复' }),
    'marks.import-preview': { action: null, why: 'shows what an import would do', send: () => marks('/preview') },
    'marks.import': { action: 'marks.import', send: () => marks('') },
    'marks.export': desk('marks.export', 'marks/export', { from: today }),
    'rubric.draft-begin': desk('rubric.draft-begin', 'rubric-drafts', { id: draft, ...blank }),
    'rubric.draft-discard': desk('rubric.draft-discard', `rubric-drafts/${draft}/discard`, {}),
    'rubric.draft-restore': desk('rubric.draft-restore', `rubric-drafts/${draft}/restore`, {}),
    'rubric.version-make': desk('rubric.add', `rubric-drafts/${draft}/version`, { edition: 1 }),
    'rubric.draft-save': desk('rubric.draft-save', `rubric-drafts/${draft}/text`, { edition: 1, text: 'rubric: audit-2025' }),
    'rubric.preview': nothing('looks at a text', desk('', 'rubrics/preview', { text: 'rubric: x' })),
    'scoring.dry-run-export': desk('scoring.dry-run-export', 'scoring/dry-run/export', { rubric: 'branch-2024', table: 'items' }),
    'scoring.open-objections': {
      action: 'objection.open',
      send: async () => {
        await needed({ url: '/api/scoring/runs', payload: { id: run, rubric: 'branch-2024' } })
        return { url: `/api/scoring/runs/${run}/objection-period`, payload: {} }
      },
    },
    'scoring.export-score': score('scoring.export', 'export', { format: 'csv' }),
    'scoring.print-score': score('scoring.print', 'print', {}),
    'scoring.raise-objection': { action: 'objection.raise', by: 'zhibu', send: () => raising(objection, { kind: 'item', id: 'theme_day' }) },
    'scoring.attach-to-objection': {
      action: 'objection.attach',
      by: 'zhibu',
      send: async () => ({
        url: `/api/scoring/objections/${objection}/attachments?name=a.pdf`,
        payload: Buffer.from('%PDF-1.4\n%%EOF'),
        type: 'application/octet-stream',
        session: await sessionOf('zhibu'),
      }),
    },
    'scoring.accept-objection': desk('objection.accept', `scoring/objections/${objection}/acceptance`, { id: newId() }),
    'scoring.decide-objection': desk('objection.uphold', `scoring/objections/${objection}/decision`, {
      id: newId(),
      upheld: true,
      answer: '经核对登记情况答复',
    }),
    'scoring.recompute': { ...desk('objection.recompute', `scoring/runs/${run}/recomputation`, { id: again }), also: 'scoring.run' },
    'scoring.withdraw-objection': {
      action: 'objection.withdraw',
      by: 'zhibu',
      send: async () => {
        const raised = await raising(second, { kind: 'block', id: 'daily' })
        await needed(raised)
        return { ...raised, url: `/api/scoring/objections/${second}/withdrawal`, payload: { id: newId(), reason: '已经核对清楚' } }
      },
    },
    'scoring.export-objections': desk('objection.export', 'scoring/objections/export', { run }),
  }
}
