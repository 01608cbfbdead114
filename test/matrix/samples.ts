// How each endpoint is called for a body: one line an endpoint, by which the matrix of who may do what is made.
import { newId } from '#base/ids.ts'

/** What is somebody's and can be named by id. */
export type Thing = 'record' | 'attachment' | 'unit' | 'org' | 'membership' | 'holding' | 'person' | 'objection' | 'mark'

/** A request: address, and what is sent where it is a POST. */
export type Request = [url: string, body?: object]

/** Things of the city that requests of no body need. */
export interface Given {
  run: string
  appraisal: string
  paper: string
  /** Somebody who is a member somewhere. */
  person: string
}

export interface Sample {
  /** What it names; left out: nothing that is a body's. */
  of?: Thing
  call: (id: string, given: Given) => Request
  /** The action that the service asks for where the contract's `needs` doesn't say it; without it the body is as good as not there. */
  needs?: string
  /**
   * `directory`: a page that anyone signed in may read of any body of the tenant. `rows`: a list that holds what of the body and all below
   * it is the reader's, none for what is foreign. `trail`: things by their ids alone, whosever they are, as an auditor must see them.
   */
  shows?: 'directory' | 'rows' | 'trail'
  /** What the reply counts, of the body and all below it: records, those of the year, members, matters. */
  counts?: 'records' | 'records-of-year' | 'members' | 'matters'
  /** Called without the session, which it would end. */
  alone?: true
}

const missing = newId()
const asked = (under: string) => ({ kind: 'form', receivers: { under, of: 'party-org' }, minutes: 900 })
const day = '2024-12-20'
const secret = 'not-the-password'
const get = (url: string): Sample => ({ call: () => [url] })
const send = (url: string, body: () => object = () => ({})): Sample => ({ call: () => [url, body()] })
const change = (name: string, of: Thing | undefined, fields: (id: string) => object): Sample => ({
  ...(of === undefined ? {} : { of }),
  call: (id) => [`/api/org/changes/${name}`, { id: newId(), on: day, ...fields(id) }],
})
const deed = (name: string, fields: object): Sample => send(`/api/approvals/${missing}/${name}`, () => ({ id: newId(), ...fields }))
const passed = { verdict: 'pass', reason: '' }
const figure = '/api/answers/changzhi/figures/four-strong-branches'
const content = { happenedOn: '2024-12-19', title: '示例主题党日' }
const asking = { kind: 'task', selection: { list: [missing] }, dueOn: null }
/** A version that nobody has: whoever may is told that somebody changed it first, and nothing is written. */
const seen = missing

export const samples: Record<string, Sample> = {
  'access.account': get('/api/account'),
  'access.account-open': send('/api/accounts', () => ({ id: newId(), login: 'shili', person: { id: missing } })),
  'access.account-password': send(`/api/accounts/${missing}/password`),
  'access.account-persons': get('/api/accounts/persons?name=%E7%8E%8B%E7%A4%BA%E4%BE%8B'),
  'access.account-posts': get('/api/appointments?limit=100'),
  'access.account-state': send(`/api/accounts/${missing}/state`, () => ({ active: false })),
  'access.accounts': get('/api/accounts?limit=100'),
  'access.appoint': send('/api/appointments', () => ({ id: newId(), account: missing, post: 'desk', body: null, from: day, until: null, reason: '示例' })),
  'access.appointment-end': send(`/api/appointments/${missing}/end`, () => ({ reason: '示例' })),
  'access.change-password': send('/api/account/password', () => ({ password: secret, next: `${secret}-2` })),
  'access.confirm-authenticator': send('/api/account/authenticator', () => ({ ticket: 'x', code: '000000' })),
  'access.delegable-posts': get('/api/delegations/posts'),
  'access.delegate': {
    of: 'org',
    needs: 'post.delegate',
    call: (body, { person }) => [
      '/api/delegations',
      { id: newId(), kind: 'acting', post: 'secretary', body, person, from: day, until: '2024-12-31', reason: '示例' },
    ],
  },
  'access.delegation-recall': send(`/api/delegations/${missing}/recall`),
  'access.delegations': get('/api/delegations?side=given'),
  'access.delegations-within': get('/api/delegations/within'),
  'access.end-other-sessions': send('/api/account/sessions/end-others'),
  'access.end-session': send(`/api/account/sessions/${missing}/end`),
  'access.end-unmask': send('/api/unmask/end', () => ({ class: 'membership' })),
  'access.hints': get('/api/session/hints'),
  'access.identities': get('/api/accounts/identities'),
  'access.identity-link': send('/api/accounts/identities/link', () => ({ provider: 'x', subject: 'x', login: 'nobody' })),
  'access.identity-unlink': send('/api/accounts/identities/unlink', () => ({ provider: 'x', subject: 'x', login: 'nobody' })),
  'access.my-data': get('/api/account/data'),
  'access.oidc-code': { ...send('/api/sign-in/oidc/code', () => ({ code: '000000' })), alone: true },
  'access.oidc-finish': { ...send('/api/sign-in/oidc/finish', () => ({ query: 'code=x&state=x' })), alone: true },
  'access.oidc-start': { ...send('/api/sign-in/oidc/start', () => ({ provider: 'none' })), alone: true },
  'access.passkey-add': send('/api/passkeys'),
  'access.passkey-challenge': { ...send('/api/sign-in/passkey/challenge'), alone: true },
  'access.passkey-options': send('/api/passkeys/options', () => ({ password: secret })),
  'access.passkey-remove': send(`/api/passkeys/${missing}/removal`),
  'access.passkey-rename': send(`/api/passkeys/${missing}/name`, () => ({ name: '示例' })),
  'access.passkey-sign-in': { ...send('/api/sign-in/passkey'), alone: true },
  'access.passkeys': get('/api/passkeys'),
  'access.place': get('/api/place'),
  'access.post-people': get('/api/posts/people?limit=100'),
  'access.posts': get('/api/posts'),
  'access.receivers': get('/api/delegations/receivers?q=%E7%8E%8B'),
  'access.remove-authenticator': send('/api/account/authenticator/remove', () => ({ password: secret })),
  'access.renew-recovery-codes': send('/api/account/recovery-codes', () => ({ password: secret })),
  'access.second-factor-reset': send(`/api/appointments/accounts/${missing}/second-factor-reset`),
  'access.session': get('/api/session'),
  'access.sessions': get('/api/account/sessions'),
  'access.sessions-end': send(`/api/appointments/accounts/${missing}/sessions-end`),
  'access.sign-in': { ...send('/api/sign-in', () => ({ account: 'nobody', password: '' })), alone: true },
  'access.sign-in-ways': get('/api/sign-in/ways'),
  'access.sign-out': { ...send('/api/sign-out'), alone: true },
  'access.start-authenticator': send('/api/account/authenticator/start'),
  'access.throttle-lift': send(`/api/appointments/accounts/${missing}/throttle-lift`),
  'access.trail': { ...get('/api/audit/entries'), shows: 'trail' },
  'access.trail-entry': { ...get('/api/audit/entries/1'), shows: 'trail' },
  'access.trail-export': { ...send('/api/audit/export'), shows: 'trail' },
  'access.trail-state': get('/api/audit/chain'),
  'access.unmask': { of: 'org', call: (body) => ['/api/unmask', { class: 'membership', body, reason: '核对党员名册' }] },
  'access.unmaskings': get('/api/unmask'),
  'access.vacant-posts': get('/api/delegations/vacancies'),
  'answers.coverage': get('/api/coverage'),
  'answers.export': send(`${figure}/export`),
  'answers.figure': get(figure),
  'answers.figures': get('/api/answers/changzhi/figures'),
  'answers.groups': get(`${figure}/groups`),
  'answers.rows': get('/api/answers/changzhi/figures/members-in-discipline-study/rows?limit=100'),
  'answers.sheet': get('/api/answers/changzhi'),
  'answers.sheets': get('/api/answers'),
  'appraisal.decide': send('/api/appraisals', () => ({ id: newId(), title: '示例', run: missing })),
  'appraisal.list': get('/api/appraisals'),
  'appraisal.read': { call: (_id, { appraisal }) => [`/api/appraisals/${appraisal}?limit=200`] },
  'appraisal.subject': { of: 'unit', call: (id) => [`/api/appraisals/subjects/${id}`] },
  'approval.answer': send(`/api/objections/${missing}/answer`, () => ({ upheld: false, text: '示例答复' })),
  'approval.check': deed('check', passed),
  'approval.draft': send('/api/approvals', () => ({ id: newId(), kind: 'rubric', subject: 'model-2024.9', route: 'rubric', audience: 'system', note: '' })),
  'approval.list': get('/api/approvals?list=notice'),
  'approval.meeting': deed('meeting', { ...passed, heldOn: '2024-12-19', minutes: '示例纪要' }),
  'approval.notices': get('/api/notices'),
  'approval.object': { ...send(`/api/notices/${missing}/objections`), alone: true },
  'approval.opinion': deed('opinion', { post: 'joint-discipline', verdict: 'agree', reason: '' }),
  'approval.opinions-end': deed('opinions-end', { verdict: 'pass', reason: '示例' }),
  'approval.read': { call: (_id, { paper }) => [`/api/approvals/${paper}`] },
  'approval.recall': deed('recall', { reason: '示例' }),
  'approval.release': deed('release', passed),
  'approval.resubmission': deed('resubmission', { note: '示例' }),
  'approval.secrecy': deed('secrecy', passed),
  'approval.signature': deed('signature', passed),
  'approval.standing': get('/api/approvals/standing?kind=sheet&subject=changzhi'),
  'approval.withdrawal': deed('withdrawal', { reason: '示例' }),
  'burden.answer': send(`/api/burden/complaints/${missing}/answer`, () => ({ answer: '示例' })),
  'burden.askings': { of: 'org', call: (id) => [`/api/burden/askings?body=${id}`] },
  'burden.complain': send('/api/burden/complaints', () => ({ id: newId(), anonymous: false, kind: 'too-much', title: '示例表' })),
  'burden.complaint': get(`/api/burden/complaints/${missing}`),
  'burden.complaints': get('/api/burden/complaints'),
  'burden.enter': { of: 'org', call: (id) => ['/api/burden/askings', { id: newId(), title: '示例表', basis: '示例', asker: '示例部', ...asked(id) }] },
  'burden.export': send('/api/burden/export', () => ({ by: 'asker' })),
  'burden.fill': send('/api/burden/fillings', () => ({ form: 'record.theme-day', seconds: 60 })),
  'burden.known': { of: 'org', call: (id) => [`/api/burden/known?body=${id}`] },
  'burden.overview': get('/api/burden'),
  'burden.preview': { of: 'org', call: (id) => ['/api/burden/preview', asked(id)] },
  'burden.totals': get('/api/burden/totals?by=asker'),
  'desk.search': get(`/api/search?q=${encodeURIComponent('主题党日')}`),
  'desk.todo': get('/api/desk/todo'),
  'duty.correct': send(`/api/duties/fulfilments/${missing}/correction`, () => ({ version: 1, doneOn: day, note: '示例', reason: '示例' })),
  'duty.export': send('/api/duties/export', () => ({ level: 'committee' })),
  'duty.fulfil': send('/api/duties/fulfilments', () => ({ id: newId(), bodyId: missing, duty: 'b-report', period: '2024-01-01', doneOn: day, note: '示例' })),
  'duty.gaps': { of: 'org', call: (id) => [`/api/duties/gaps?kind=idle&body=${id}&limit=100`] },
  'duty.grid': { of: 'org', call: (id) => [`/api/duties/grid?body=${id}`] },
  'duty.list': { of: 'org', call: (id) => [`/api/duties?body=${id}&limit=100`] },
  'duty.mine': get('/api/duties/mine'),
  'duty.read': { of: 'org', call: (id) => [`/api/duties/${id}/none`] },
  'duty.withdraw': send(`/api/duties/fulfilments/${missing}/withdrawal`, () => ({ version: 1, reason: '示例' })),
  'ledger.attach': { of: 'record', call: (id) => [`/api/records/${id}/attachments?name=a.exe`, Buffer.from('MZ')] },
  'ledger.attachment': { of: 'attachment', call: (id) => [`/api/attachments/${id}`] },
  'ledger.correct': { of: 'record', call: (id) => [`/api/records/${id}/correction`, { version: 99, reason: '示例', ...content }] },
  'ledger.enter': { of: 'org', call: (bodyId) => ['/api/records', { id: newId(), kind: 'theme-day', bodyId, ...content }] },
  'ledger.export': { of: 'org', shows: 'rows', counts: 'records', call: (body) => ['/api/records/export', { body }] },
  'ledger.kinds': get('/api/record-kinds'),
  'ledger.list': { of: 'org', shows: 'rows', counts: 'records', call: (id) => [`/api/records?body=${id}&limit=100`] },
  'ledger.months': { of: 'org', shows: 'rows', counts: 'records-of-year', call: (id) => [`/api/records/months?body=${id}`] },
  'ledger.read': { of: 'record', call: (id) => [`/api/records/${id}`] },
  'ledger.roll': { of: 'org', call: (id) => [`/api/roll?body=${id}&on=${day}`] },
  'ledger.withdraw': { of: 'record', call: (id) => [`/api/records/${id}/withdrawal`, { version: 99, reason: '示例' }] },
  // Under its own id a correction is never written.
  'marks.correct': { of: 'mark', call: (id) => [`/api/marks/${id}/correction`, { id, value: '9', group: '', reason: '示例' }] },
  'marks.enter': {
    of: 'unit',
    call: (subjectId) => ['/api/marks', { id: newId(), subjectId, item: 'i', value: '9', by: '示例评委', group: '', givenOn: '2024-12-31' }],
  },
  'marks.export': send('/api/marks/export'),
  'marks.import': send('/api/marks/imports?on=2024-12-20&name=a', () => Buffer.from('x')),
  'marks.import-preview': send('/api/marks/imports/preview?on=2024-12-20&name=a', () => Buffer.from('x')),
  'marks.list': get('/api/marks?limit=100'),
  'marks.read': { of: 'mark', call: (id) => [`/api/marks/${id}`] },
  'marks.withdraw': { of: 'mark', call: (id) => [`/api/marks/${id}/withdrawal`, { reason: '示例' }] },
  'matter.assign': send(`/api/matters/${missing}/person`, () => ({ moveId: newId(), revision: 1, personId: null })),
  'matter.board': get('/api/matters/board?kind=task'),
  'matter.calendar': get('/api/calendars/none'),
  'matter.calendar-link': get('/api/matters/calendar'),
  'org.bodies': get('/api/org/bodies?q=%E7%A4%BA%E4%BE%8B&limit=100'),
  'org.dissolve': change('dissolve', 'unit', (body) => ({ body, seen })),
  'org.due': get('/api/org/due?days=3650'),
  'org.exception-end': change('exception-end', undefined, () => ({ exception: missing })),
  'org.exception-grant': change('exception-grant', 'org', (body) => ({ body, rule: 'no-such-rule', reason: '示例' })),
  'org.history': { of: 'org', shows: 'directory', call: (id) => [`/api/org/bodies/${id}/history`] },
  'org.import': send('/api/org/imports?kind=members&on=2024-12-20&name=a', () => Buffer.from('x')),
  'org.import-preview': send('/api/org/imports/preview?kind=members&on=2024-12-20&name=a', () => Buffer.from('x')),
  'org.imports': get('/api/org/imports'),
  'org.member-confirm': change('member-confirm', 'membership', (membership) => ({ membership })),
  'org.member-join': change('member-join', 'org', (partyOrg) => ({ partyOrg, kind: 'full', person: { id: missing } })),
  'org.member-leave': { ...change('member-leave', 'membership', (membership) => ({ membership, on: '2000-01-01' })) },
  'org.member-transfer': change('member-transfer', 'membership', (membership) => ({ membership, to: missing })),
  'org.members': { of: 'org', counts: 'members', call: (id) => [`/api/org/party-orgs/${id}/members?limit=100`] },
  'org.merge': change('merge', 'org', (body) => ({ from: [{ body, seen }], into: { name: '示例' } })),
  'org.move': change('move', 'org', (body) => ({ body, seen, tree: 'party', parent: null })),
  'org.party-org': { of: 'org', shows: 'directory', call: (id) => [`/api/org/party-orgs/${id}`] },
  'org.party-org-amend': change('party-org-amend', 'org', (body) => ({ body, seen, name: '示例' })),
  'org.party-org-create': change('party-org-create', 'unit', (unit) => ({ name: '示例', kind: 'no-such-kind', unit, parent: null })),
  'org.party-orgs': get('/api/org/party-orgs?limit=100'),
  'org.person-correct': { of: 'person', call: (id) => [`/api/org/persons/${id}/correction`, { reason: '登记时写错' }] },
  'org.persons': get('/api/org/persons?limit=100&q=w'),
  'org.post-hold': change('post-hold', 'org', (body) => ({ body, post: 'no-such-post', person: { id: missing } })),
  'org.post-leave': change('post-leave', 'holding', (holding) => ({ holding, on: '2000-01-01' })),
  'org.split': change('split', 'org', (body) => ({ body, seen, remains: true, parts: [{ name: '示例' }] })),
  'org.structure': get('/api/org/structure'),
  'org.structure-rule': get('/api/org/structure/branch-minimum'),
  'org.term-set': change('term-set', 'org', (partyOrg) => ({ partyOrg, seenTerm: missing })),
  'org.tree': { of: 'org', shows: 'directory', call: (id) => [`/api/org/trees/party?parent=${id}`] },
  'org.unit': { of: 'unit', shows: 'directory', call: (id) => [`/api/org/units/${id}`] },
  'org.unit-amend': change('unit-amend', 'unit', (body) => ({ body, seen, name: '示例' })),
  'org.unit-create': change('unit-create', 'unit', (parent) => ({ name: '示例', kind: 'no-such-kind', class: 'government', level: 'city', parent })),
  'org.units': get('/api/org/units?limit=100'),
  'org.vocabulary': get('/api/org/vocabulary'),
  'matter.comment': send(`/api/matters/${missing}/comments`, () => ({ id: newId(), text: '示例' })),
  'matter.export': send('/api/matters/export'),
  'matter.extend': send(`/api/matters/${missing}/extension`, () => ({ moveId: newId(), revision: 1, act: 'ask', note: '示例' })),
  'matter.follow': send(`/api/matters/${missing}/follower`, () => ({ following: true })),
  'matter.kinds': get('/api/matter-kinds'),
  'matter.link': send(`/api/matters/${missing}/links`, () => ({ recordId: missing, linked: true })),
  'matter.list': { of: 'org', shows: 'rows', counts: 'matters', call: (id) => [`/api/matters?body=${id}&limit=100`] },
  'matter.merge': send(`/api/matters/${missing}/merger`, () => ({ moveId: newId(), revision: 1, into: missing })),
  'matter.month': get('/api/matters/month?month=2024-12'),
  'matter.move': send(`/api/matters/${missing}/moves`, () => ({ moveId: newId(), revision: 1, move: 'receive' })),
  'matter.news': get('/api/news'),
  'matter.news-read': send('/api/news/read', () => ({ until: '2024-12-20T00:00:00Z' })),
  'matter.news-unread': get('/api/news/unread'),
  'matter.open': {
    of: 'org',
    needs: 'matter.handle',
    call: (bodyId) => ['/api/matters', { id: newId(), kind: 'practice', bodyId, title: '示例做法', fields: { practice: '示例', benefit: '示例' } }],
  },
  'matter.read': get(`/api/matters/${missing}`),
  'matter.split': send(`/api/matters/${missing}/parts`, () => ({ moveId: newId(), revision: 1, parts: [{ bodyId: missing, title: '示例' }] })),
  'matter.set-calendar-link': send('/api/matters/calendar', () => ({ on: false })),
  'request.askers': get('/api/requests/askers'),
  'request.draft': {
    of: 'org',
    call: (askerId) => ['/api/requests', { id: newId(), askerId, ...asking, title: '示例下发', fields: { text: '示例' }, basis: '', reason: '' }],
  },
  'request.export': send(`/api/requests/${missing}/export`),
  'request.list': get('/api/requests?limit=100'),
  'request.nudge': send(`/api/requests/${missing}/nudge`, () => ({ whom: 'open', text: '示例' })),
  'request.preview': { of: 'org', call: (askerId) => ['/api/requests/preview', { askerId, ...asking }] },
  'request.read': get(`/api/requests/${missing}`),
  'request.recall': send(`/api/requests/${missing}/recall`, () => ({ reason: '示例' })),
  'request.receivers': get(`/api/requests/${missing}/receivers`),
  'request.review': send(`/api/requests/${missing}/review`, () => ({ move: 'accept', matters: [{ moveId: newId(), matterId: missing, revision: 1 }] })),
  'request.send': send(`/api/requests/${missing}/sending`, () => ({ receivers: 1 })),
  'rubric.catalogue': get('/api/catalogue'),
  'rubric.check': send('/api/rubrics/check', () => ({ text: 'x' })),
  'rubric.diff': get('/api/rubrics/model-2024/diff?version=1&before=1&beforeRubric=clean-2024'),
  'rubric.draft': get(`/api/rubric-drafts/${missing}`),
  'rubric.draft-begin': send('/api/rubric-drafts', () => ({ id: newId(), rubric: 'example', title: '示例细则', from: { how: 'blank' } })),
  'rubric.draft-discard': send(`/api/rubric-drafts/${missing}/discard`),
  'rubric.draft-restore': send(`/api/rubric-drafts/${missing}/restore`),
  'rubric.draft-save': send(`/api/rubric-drafts/${missing}/text`, () => ({ edition: 1, text: 'x' })),
  'rubric.drafts': get('/api/rubric-drafts'),
  'rubric.lint': send('/api/rubrics/lint', () => ({ text: 'x' })),
  'rubric.list': get('/api/rubrics'),
  'rubric.preview': send('/api/rubrics/preview', () => ({ text: 'x' })),
  'rubric.read': get('/api/rubrics/clean-2024'),
  'rubric.version-make': send(`/api/rubric-drafts/${missing}/version`, () => ({ edition: 1 })),
  'rubric.versions': get('/api/rubrics/clean-2024/versions'),
  'scoring.board': { call: (_id, { run }) => [`/api/scoring/board?run=${run}&limit=200`] },
  'scoring.distribution': { call: (_id, { run }) => [`/api/scoring/distribution?run=${run}`] },
  'scoring.dry-run': send('/api/scoring/dry-run', () => ({ rubric: 'no-such-rubric' })),
  'scoring.dry-run-export': send('/api/scoring/dry-run/export', () => ({ rubric: 'no-such-rubric', table: 'moves' })),
  'scoring.export': send('/api/scoring/export', () => ({ rubric: 'model-2024' })),
  'scoring.accept-objection': { of: 'objection', call: (id) => [`/api/scoring/objections/${id}/acceptance`, { id: newId() }] },
  'scoring.attach-to-objection': { of: 'objection', call: (id) => [`/api/scoring/objections/${id}/attachments?name=a.exe`, Buffer.from('MZ')] },
  'scoring.decide-objection': {
    of: 'objection',
    call: (id) => [`/api/scoring/objections/${id}/decision`, { id: newId(), upheld: true, answer: '示例的答复' }],
  },
  'scoring.export-objections': send('/api/scoring/objections/export'),
  'scoring.export-score': { of: 'unit', call: (id, { run }) => [`/api/scoring/subjects/${id}/export`, { run, format: 'json' }] },
  'scoring.last-year': { of: 'unit', call: (id, { run }) => [`/api/scoring/subjects/${id}/last-year?run=${run}`] },
  'scoring.objection': { of: 'objection', call: (id) => [`/api/scoring/objections/${id}`] },
  'scoring.objection-period': { call: (_id, { run }) => [`/api/scoring/runs/${run}/objection-period`] },
  'scoring.objections': get('/api/scoring/objections?limit=100'),
  'scoring.open-objections': send(`/api/scoring/runs/${missing}/objection-period`),
  'scoring.print-score': { of: 'unit', call: (id, { run }) => [`/api/scoring/subjects/${id}/print`, { run }] },
  'scoring.raise-objection': {
    of: 'unit',
    call: (subject, { run }) => [
      '/api/scoring/objections',
      { id: newId(), run, subject, target: { kind: 'item', id: 'no-such-item' }, reason: '示例的理由', records: [] },
    ],
  },
  'scoring.recompute': send(`/api/scoring/runs/${missing}/recomputation`, () => ({ id: newId() })),
  'scoring.withdraw-objection': { of: 'objection', call: (id) => [`/api/scoring/objections/${id}/withdrawal`, { id: newId(), reason: '' }] },
  'scoring.next-steps': { of: 'unit', call: (id) => [`/api/scoring/subjects/${id}/next-steps?rubric=clean-2024`] },
  'scoring.rows': { of: 'unit', call: (id, { run }) => [`/api/scoring/subjects/${id}/items/no-such-item/rows?run=${run}`] },
  'scoring.runs': get('/api/scoring/runs'),
  'scoring.score': { of: 'unit', call: (id, { run }) => [`/api/scoring/subjects/${id}?run=${run}`] },
  'scoring.start-run': send('/api/scoring/runs', () => ({ id: newId(), rubric: 'no-such-rubric' })),
}
