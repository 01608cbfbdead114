// What test/scope.test.ts asks of each GET endpoint. A new endpoint without a line here fails there by its name.
import type { scopeCity } from './scope-city.ts'

/** Things with an id: one of the reader's own, others that are not, and one that is not at all. */
export interface Ids {
  record: string
  attachment: string
  mark: string
  unit: string
  org: string
  subject: string
  objection: string
  matter: string
  request: string
  inspection: string
  visit: string
  ticket: string
}

/**
 * `urls`: what is asked for its own sake. `by`: the ids that the address takes, and what a foreign one answers: `unseen` exactly as one that
 * is not there, `directory` the page that anyone signed in may read, without what is the body's own.
 */
export interface Line {
  urls: (ids: Ids) => string[]
  by?: 'unseen' | 'directory'
  /** What whoever may not read (the operator) gets; `refused` where nothing is said. */
  operator?: 'directory' | 'refused'
  /** A list of accounts: an officer's alone, who sees by duty whose they are. */
  officers?: true
}

/** What the lines are made of: ids of the city, keys of its figures, items of the rubric behind which rows stand. */
interface Ground {
  truth: Awaited<ReturnType<typeof scopeCity>>['truth']
  keys: readonly string[]
  items: () => readonly string[]
}

/** The lines by endpoint. */
export function linesOf({ truth, keys, items }: Ground): Record<string, Line> {
  const figures = '/api/answers/changzhi/figures'
  const run = `run=${truth.run}`
  return {
    'access.account': { urls: () => ['/api/account'], operator: 'directory' },
    'access.account-persons': { urls: () => [`/api/accounts/persons?name=${encodeURIComponent('王示例')}`], operator: 'directory', officers: true },
    'access.account-posts': { urls: () => ['/api/appointments?limit=100', '/api/appointments?q=g'], officers: true },
    'access.accounts': { urls: () => ['/api/accounts?limit=100', '/api/accounts?q=g'], operator: 'directory', officers: true },
    'access.delegable-posts': { urls: () => ['/api/delegations/posts'], operator: 'directory' },
    'access.delegations': { urls: () => ['/api/delegations?side=given', '/api/delegations?side=received'], operator: 'directory' },
    'access.delegations-within': { urls: () => ['/api/delegations/within', '/api/delegations/within?state=open'] },
    'access.hints': { urls: () => ['/api/session/hints'], operator: 'directory' },
    'access.my-data': { urls: () => ['/api/account/data'], operator: 'directory' },
    'access.identities': { urls: () => ['/api/accounts/identities'], operator: 'directory', officers: true },
    'access.passkeys': { urls: () => ['/api/passkeys'], operator: 'directory' },
    'access.place': { urls: () => ['/api/place'], operator: 'directory' },
    'access.post-people': { urls: () => ['王', '李', '支部', ''].map((q) => `/api/posts/people?limit=100&q=${encodeURIComponent(q)}`) },
    'access.posts': { urls: () => ['/api/posts'], operator: 'directory' },
    'access.receivers': { urls: () => ['王', '李', '示例'].map((q) => `/api/delegations/receivers?q=${encodeURIComponent(q)}`), operator: 'directory' },
    'access.session': { urls: () => ['/api/session'], operator: 'directory' },
    'access.sign-in-ways': { urls: () => ['/api/sign-in/ways'], operator: 'directory' },
    'access.sessions': { urls: () => ['/api/account/sessions'], operator: 'directory' },
    'access.trail': { urls: () => ['/api/audit/entries'] },
    'access.trail-entry': { urls: () => ['/api/audit/entries/1'] },
    'access.trail-state': { urls: () => ['/api/audit/chain'] },
    'access.unmaskings': { urls: () => ['/api/unmask'] },
    'access.vacant-posts': { urls: () => ['/api/delegations/vacancies'] },
    'answers.coverage': { urls: () => ['/api/coverage'], operator: 'directory' },
    'answers.figure': { urls: () => keys.map((key) => `${figures}/${key}`), operator: 'directory' },
    'answers.figures': { urls: () => [figures, `${figures}?on=2023-06-30`, `${figures}?on=2023-06-30&asOf=2023-07-01`], operator: 'directory' },
    'answers.groups': { urls: () => keys.map((key) => `${figures}/${key}/groups`), operator: 'directory' },
    'answers.rows': { urls: () => keys.map((key) => `${figures}/${key}/rows?limit=100`) },
    'answers.sheet': { urls: () => ['/api/answers/changzhi'], operator: 'directory' },
    'answers.sheets': { urls: () => ['/api/answers'], operator: 'directory' },
    'appraisal.list': { urls: () => ['/api/appraisals'] },
    'appraisal.read': { urls: () => [`/api/appraisals/${truth.appraisal}?limit=200`, `/api/appraisals/${truth.appraisal}?q=局`] },
    'appraisal.subject': { urls: ({ subject }) => [`/api/appraisals/subjects/${subject}`], by: 'unseen' },
    'approval.list': {
      urls: () => ['waiting', 'drafted', 'notice', 'released', 'under-way'].map((list) => `/api/approvals?list=${list}`),
      operator: 'directory',
    },
    'approval.notices': { urls: () => ['/api/notices'], operator: 'directory' },
    'approval.read': { urls: () => [`/api/approvals/${truth.paper}`] },
    'approval.standing': {
      urls: () =>
        [`kind=appraisal&subject=${truth.appraisal}`, 'kind=sheet&subject=changzhi', 'kind=rubric&subject=model-2024.1'].map(
          (of) => `/api/approvals/standing?${of}`,
        ),
      operator: 'directory',
    },
    'burden.askings': { urls: ({ org, unit }) => ['/api/burden/askings', `/api/burden/askings?body=${org}`, `/api/burden/askings?body=${unit}`], by: 'unseen' },
    'burden.complaint': { urls: () => ['/api/burden/complaints/00000000-0000-4000-8000-000000000000'] },
    'burden.complaints': { urls: () => ['/api/burden/complaints'] },
    'burden.known': { urls: ({ org }) => [`/api/burden/known?body=${org}`, `/api/burden/known?body=${org}&form=record.election`], by: 'unseen' },
    'burden.published': { urls: () => ['/api/burden/published'] },
    'burden.overview': { urls: () => ['/api/burden'] },
    'burden.totals': { urls: () => ['asker', 'receiver', 'month', 'kind'].map((by) => `/api/burden/totals?by=${by}`) },
    'desk.search': { urls: () => ['王', '李', '示例', 'zs', '主题党日', '%', '_'].map((q) => `/api/search?q=${encodeURIComponent(q)}`), operator: 'directory' },
    'desk.todo': { urls: () => ['/api/desk/todo'], operator: 'directory' },
    'duty.gaps': { urls: () => ['nobody', 'double', 'idle'].map((kind) => `/api/duties/gaps?kind=${kind}&limit=100`) },
    'duty.grid': { urls: ({ org }) => ['/api/duties/grid', `/api/duties/grid?body=${org}`], by: 'unseen' },
    'duty.list': {
      urls: ({ org, unit }) => ['/api/duties?limit=100', `/api/duties?body=${org}&limit=100`, `/api/duties?body=${unit}`, '/api/duties?state=late'],
      by: 'unseen',
    },
    'duty.mine': { urls: () => ['/api/duties/mine'] },
    'duty.read': { urls: ({ org }) => [`/api/duties/${org}/b-theme`], by: 'unseen' },
    // Who of the team and of the unit sees what, and when: modules/inspection/inspection.test.ts [I7].
    'hotline.list': { urls: () => ['/api/hotline/tickets?limit=100', '/api/hotline/tickets?state=open&overdue=true'] },
    'hotline.feeds': { urls: () => ['/api/hotline/feed'] },
    'hotline.open311-key': { urls: () => ['/api/hotline/open311-key'] },
    'hotline.open311-request': { urls: () => ['/open311/v2/requests/20241201000001.json'], operator: 'directory' },
    'hotline.open311-requests': { urls: () => ['/open311/v2/requests.json', '/open311/v2/requests.json?status=open'], operator: 'directory' },
    'hotline.open311-service': { urls: () => ['/open311/v2/services/parking.json'], operator: 'directory' },
    'hotline.open311-services': { urls: () => ['/open311/v2/services.json'], operator: 'directory' },
    'hotline.open311-token': { urls: () => ['/open311/v2/tokens/20241201000001.json'], operator: 'directory' },
    'hotline.desk': { urls: () => ['dispatch', 'extension', 'arbitration', 'call-back', 'unit'].map((desk) => `/api/hotline/desks/${desk}`) },
    'hotline.file': { urls: () => [] },
    'hotline.files': { urls: ({ ticket }) => [`/api/hotline/tickets/${ticket}/attachments`], by: 'unseen' },
    // By number: nobody here has one of his own. Foreign numbers: modules/hotline/waiting/waiting.test.ts.
    'hotline.find': { urls: () => [] },
    'hotline.knowledge': { urls: () => ['/api/hotline/knowledge'] },
    'hotline.waiting': { urls: () => ['/api/hotline/waiting'] },
    'hotline.read': { urls: () => ['/api/hotline'], operator: 'directory' },
    'hotline.counting': { urls: () => ['/api/hotline/counting'] },
    'hotline.hot-spots': { urls: () => ['/api/hotline/hot-spots'] },
    'hotline.rates': { urls: () => ['/api/hotline/rates', '/api/hotline/rates?by=month&asOf=2024-12-01'] },
    'hotline.ticket': { urls: ({ ticket }) => [`/api/hotline/tickets/${ticket}`], by: 'unseen' },
    'inspection.candidates': { urls: ({ inspection }) => [`/api/inspections/${inspection}/candidates?q=%E7%8E%8B`], by: 'unseen' },
    'inspection.read': { urls: ({ inspection }) => [`/api/inspections/${inspection}`], by: 'unseen' },
    'inspection.visit': { urls: ({ visit }) => [`/api/visits/${visit}`], by: 'unseen' },
    'inspection.kinds': { urls: () => ['/api/inspection-kinds'] },
    'inspection.list': { urls: () => ['/api/inspections', '/api/inspections?year=2023'] },
    'ledger.attachment': { urls: ({ attachment }) => [`/api/attachments/${attachment}`, `/api/attachments/${attachment}?size=thumbnail`], by: 'unseen' },
    'ledger.kinds': { urls: () => ['/api/record-kinds'], operator: 'directory' },
    'ledger.list': {
      urls: ({ unit, org }) =>
        ['limit=100', 'kind=theme-day&limit=100', 'q=%E4%B8%BB%E9%A2%98', `body=${org}&limit=100`, `body=${unit}`, 'state=late'].map(
          (query) => `/api/records?${query}`,
        ),
      by: 'unseen',
      operator: 'directory',
    },
    'ledger.months': {
      urls: ({ unit, org }) => ['/api/records/months', `/api/records/months?body=${org}`, `/api/records/months?body=${unit}`],
      by: 'unseen',
      operator: 'directory',
    },
    'ledger.read': { urls: ({ record }) => [`/api/records/${record}`], by: 'unseen' },
    'ledger.roll': { urls: ({ org }) => [`/api/roll?body=${org}&on=2024-12-20`], by: 'unseen' },
    'marks.list': { urls: () => ['/api/marks?limit=100', '/api/marks?q=%E5%B1%80', '/api/marks?from=2024-01-01&to=2024-12-31'], operator: 'directory' },
    'marks.read': { urls: ({ mark }) => [`/api/marks/${mark}`], by: 'unseen' },
    // Nobody's by a session: its token says whose it is (modules/matter/feed/feed.test.ts).
    'matter.calendar': { urls: () => [] },
    'matter.board': { urls: ({ org }) => ['/api/matters/board?kind=task', `/api/matters/board?kind=task&body=${org}`], operator: 'directory' },
    'matter.calendar-link': { urls: () => ['/api/matters/calendar'], operator: 'directory' },
    'org.bodies': { urls: () => ['/api/org/bodies?q=%E7%A4%BA%E4%BE%8B&limit=100'], operator: 'directory' },
    'org.due': { urls: () => ['/api/org/due?days=3650'], operator: 'directory' },
    'org.history': { urls: ({ unit, org }) => [`/api/org/bodies/${unit}/history`, `/api/org/bodies/${org}/history`], by: 'directory', operator: 'directory' },
    'org.imports': { urls: () => ['/api/org/imports'] },
    'org.members': { urls: ({ org }) => [`/api/org/party-orgs/${org}/members?limit=100`, `/api/org/party-orgs/${org}/members?q=w`], by: 'unseen' },
    'org.party-org': { urls: ({ org }) => [`/api/org/party-orgs/${org}`, `/api/org/party-orgs/${org}?on=2023-01-01`], by: 'directory', operator: 'directory' },
    'org.party-orgs': {
      urls: ({ unit }) => ['/api/org/party-orgs?limit=100', `/api/org/party-orgs?unit=${unit}`, '/api/org/party-orgs?sort=due&limit=100'],
      operator: 'directory',
    },
    'org.persons': { urls: () => ['王', '李', 'z', 'w'].map((q) => `/api/org/persons?limit=100&q=${encodeURIComponent(q)}`) },
    'org.structure': { urls: () => ['/api/org/structure'], operator: 'directory' },
    'org.structure-rule': {
      urls: () =>
        ['first-responsible', 'committee-size', 'general-branch-size', 'branch-minimum', 'branch-committee', 'discipline-member', 'secretary', 'term'].map(
          (rule) => `/api/org/structure/${rule}`,
        ),
      operator: 'directory',
    },
    'org.tree': { urls: ({ org }) => ['/api/org/trees/party', '/api/org/trees/administrative', `/api/org/trees/party?parent=${org}`], operator: 'directory' },
    'org.unit': { urls: ({ unit }) => [`/api/org/units/${unit}`], by: 'directory', operator: 'directory' },
    'org.units': { urls: () => ['/api/org/units?limit=100', '/api/org/units?sort=staff&limit=100'], operator: 'directory' },
    'org.vocabulary': { urls: () => ['/api/org/vocabulary'], operator: 'directory' },
    'matter.kinds': { urls: () => ['/api/matter-kinds'], operator: 'directory' },
    'matter.list': {
      urls: ({ unit, org }) =>
        ['limit=100', 'state=open&limit=100', 'state=late', 'state=mine', 'q=%E7%A4%BA%E4%BE%8B', `body=${org}&limit=100`, `body=${unit}`].map(
          (query) => `/api/matters?${query}`,
        ),
      by: 'unseen',
      operator: 'directory',
    },
    'matter.month': { urls: () => ['/api/matters/month?month=2024-12', '/api/matters/month?month=2024-12&kind=task'], operator: 'directory' },
    'matter.news': { urls: () => ['/api/news'], operator: 'directory' },
    'matter.news-unread': { urls: () => ['/api/news/unread'], operator: 'directory' },
    'matter.proposals': { urls: ({ matter }) => [`/api/matters/${matter}/proposals`], by: 'unseen' },
    'matter.served-by': { urls: ({ record }) => [`/api/records/${record}/matters`], by: 'unseen' },
    'matter.read': { urls: ({ matter }) => [`/api/matters/${matter}`], by: 'unseen' },
    'request.askers': { urls: () => ['/api/requests/askers'], operator: 'refused' },
    'request.list': { urls: () => ['/api/requests?limit=100', '/api/requests?state=draft', '/api/requests?q=%E6%80%BB%E7%BB%93'], operator: 'directory' },
    'request.read': { urls: ({ request }) => [`/api/requests/${request}`], by: 'unseen' },
    'request.receivers': { urls: ({ request }) => [`/api/requests/${request}/receivers`], by: 'unseen' },
    'rubric.catalogue': { urls: () => ['/api/catalogue'], operator: 'directory' },
    'rubric.diff': { urls: () => ['/api/rubrics/model-2024/diff?version=1&before=1&beforeRubric=clean-2024'], operator: 'directory' },
    'rubric.draft': { urls: () => [`/api/rubric-drafts/${truth.draft}`] },
    'rubric.drafts': { urls: () => ['/api/rubric-drafts'] },
    'rubric.list': { urls: () => ['/api/rubrics'], operator: 'directory' },
    'rubric.read': { urls: () => ['/api/rubrics/clean-2024'], operator: 'directory' },
    'rubric.versions': { urls: () => ['/api/rubrics/clean-2024/versions'], operator: 'directory' },
    'scoring.board': {
      urls: () => ['rubric=model-2024', 'rubric=clean-2024', 'rubric=branch-2024', run].map((basis) => `/api/scoring/board?${basis}&limit=200`),
    },
    'scoring.distribution': { urls: () => ['rubric=model-2024', run].map((basis) => `/api/scoring/distribution?${basis}`) },
    'scoring.last-year': {
      urls: ({ subject }) => ['rubric=clean-2024', run].map((basis) => `/api/scoring/subjects/${subject}/last-year?${basis}`),
      by: 'unseen',
    },
    'scoring.objection': { urls: ({ objection }) => [`/api/scoring/objections/${objection}`], by: 'unseen' },
    'scoring.objection-period': { urls: () => [`/api/scoring/runs/${truth.run}/objection-period`] },
    'scoring.objections': { urls: () => ['', 'state=open', `run=${truth.run}`, 'q=局'].map((query) => `/api/scoring/objections?limit=100&${query}`) },
    'scoring.next-steps': { urls: ({ subject }) => [`/api/scoring/subjects/${subject}/next-steps?rubric=clean-2024`], by: 'unseen' },
    'scoring.rows': {
      urls: ({ subject }) =>
        items().flatMap((item) => ['rubric=clean-2024', run].map((basis) => `/api/scoring/subjects/${subject}/items/${item}/rows?${basis}&limit=200`)),
      by: 'unseen',
    },
    'scoring.runs': { urls: () => ['/api/scoring/runs'] },
    'scoring.score': { urls: ({ subject }) => ['rubric=clean-2024', run].map((basis) => `/api/scoring/subjects/${subject}?${basis}`), by: 'unseen' },
  }
}
