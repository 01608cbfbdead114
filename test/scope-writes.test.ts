// What one may do and take away: nothing outside the scope, and what is foreign answers as what is not there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { allEndpoints } from './endpoints.ts'
import { layers, logins, type Reader, scopeCity } from './scope-city.ts'

const { readers, truth, owner } = await scopeCity()
const endpoints = (await allEndpoints()).filter(({ method }) => method === 'POST')
const signedIn = logins.filter((login) => login !== 'public').map((login) => readers[login])
const content = { happenedOn: '2024-12-19', title: '示例主题党日' }
const missing = newId()
const asking = { kind: 'task', selection: { list: [missing] }, dueOn: null }
const asked = (under: string) => ({ kind: 'form', receivers: { under, of: 'party-org' }, minutes: 900 })

/** Ids that a reader must not tell from one that is not there. */
function foreign(reader: Reader): { record: string; org: string; unit: string; objection: string; matter: string; request: string; ticket: string }[] {
  const record = truth.records.find((one) => !reader.scope.has(one.owner))
  const objection = truth.objections.find((one) => !reader.scope.has(one.owner))
  const org = truth.orgs.find((one) => !reader.scope.has(one.id))
  const unit = truth.units.find((one) => !reader.scope.has(one))
  const matter = truth.matters.find(({ bodies }) => !bodies.some((body) => reader.scope.has(body)))
  const request = truth.requests.find((one) => !reader.scope.has(one.owner))
  const ticket = truth.tickets.find(({ unit: of }) => !reader.scope.has(of))
  const isThere = record && ticket && org && unit && objection && matter && request
  return [
    ...(isThere ? [{ record: record.id, org: org.id, unit, objection: objection.id, matter: matter.id, request: request.id, ticket: ticket.id }] : []),
    truth.foreignTenant,
  ]
}
const faceless = (reply: { statusCode: number; body: string }, id: string) => ({ status: reply.statusCode, body: reply.body.replaceAll(id, 'id') })
const state = async () =>
  (
    await owner.query(
      "select (select count(*) from ledger.record) as records, (select count(*) from org.change) as changes, (select count(*) from matter.move) as moves, (select count(*) from audit.entry where action <> 'access.refused') as entries",
    )
  ).rows[0]

/** Requests that name one thing, by the id of a thing. */
const acts: Record<string, { of: 'record' | 'org' | 'unit' | 'objection' | 'matter' | 'request' | 'ticket'; send: (id: string) => [string, object] }> = {
  'access.delegate': { of: 'org', send: (id) => ['/api/delegations', delegation(id)] },
  'access.unmask': { of: 'org', send: (id) => ['/api/unmask', { class: 'membership', body: id, reason: '核对党员名册' }] },
  'burden.enter': { of: 'org', send: (id) => ['/api/burden/askings', { id: newId(), title: '示例表', basis: '示例', asker: '示例部', ...asked(id) }] },
  'burden.preview': { of: 'org', send: (id) => ['/api/burden/preview', asked(id)] },
  'duty.fulfil': {
    of: 'org',
    send: (id) => ['/api/duties/fulfilments', { id: newId(), bodyId: id, duty: 'b-report', period: '2024-01-01', doneOn: '2024-12-19', note: '示例' }],
  },
  'hotline.attach': { of: 'ticket', send: (id) => [`/api/hotline/tickets/${id}/attachments?name=a`, {}] },
  'hotline.step': { of: 'ticket', send: (id) => [`/api/hotline/tickets/${id}/steps`, { stepId: newId(), revision: 1, step: 'sign' }] },
  'inspection.plan': {
    of: 'org',
    send: (id) => [
      '/api/inspections',
      { id: newId(), kind: 'no-such-kind', title: '示例督查', basis: '示例', askerId: id, firstDay: '2024-12-26', lastDay: '2024-12-31', units: [missing] },
    ],
  },
  'ledger.enter': { of: 'org', send: (id) => ['/api/records', { id: newId(), kind: 'theme-day', bodyId: id, ...content }] },
  'ledger.correct': { of: 'record', send: (id) => [`/api/records/${id}/correction`, { version: 1, reason: '示例', ...content }] },
  'ledger.withdraw': { of: 'record', send: (id) => [`/api/records/${id}/withdrawal`, { version: 1, reason: '示例' }] },
  'matter.open': { of: 'org', send: (id) => ['/api/matters', { id: newId(), kind: 'task', bodyId: id, title: '示例任务', fields: { text: '示例' } }] },
  'matter.move': { of: 'matter', send: (id) => [`/api/matters/${id}/moves`, { moveId: newId(), revision: 1, move: 'receive' }] },
  'matter.assign': { of: 'matter', send: (id) => [`/api/matters/${id}/person`, { moveId: newId(), revision: 1, personId: null }] },
  'matter.extend': { of: 'matter', send: (id) => [`/api/matters/${id}/extension`, { moveId: newId(), revision: 1, act: 'ask', note: '示例' }] },
  'matter.comment': { of: 'matter', send: (id) => [`/api/matters/${id}/comments`, { id: newId(), text: '示例' }] },
  'matter.follow': { of: 'matter', send: (id) => [`/api/matters/${id}/follower`, { following: true }] },
  'matter.merge': { of: 'matter', send: (id) => [`/api/matters/${id}/merger`, { moveId: newId(), revision: 1, into: missing }] },
  'matter.split': { of: 'matter', send: (id) => [`/api/matters/${id}/parts`, { moveId: newId(), revision: 1, parts: [{ bodyId: missing, title: '示例' }] }] },
  'matter.link': { of: 'matter', send: (id) => [`/api/matters/${id}/links`, { recordId: missing, linked: true }] },
  'request.send': { of: 'request', send: (id) => [`/api/requests/${id}/sending`, { receivers: 1 }] },
  'request.recall': { of: 'request', send: (id) => [`/api/requests/${id}/recall`, { reason: '示例' }] },
  'request.nudge': { of: 'request', send: (id) => [`/api/requests/${id}/nudge`, { whom: 'open', text: '示例' }] },
  'request.preview': { of: 'org', send: (id) => ['/api/requests/preview', { ...asking, askerId: id }] },
  'request.draft': {
    of: 'org',
    send: (id) => ['/api/requests', { id: newId(), ...asking, askerId: id, title: '示例下发', fields: { text: '示例' }, basis: '', reason: '' }],
  },
  'scoring.raise-objection': {
    of: 'unit',
    send: (id) => [
      '/api/scoring/objections',
      { id: newId(), run: truth.run, subject: id, target: { kind: 'item', id: 'none' }, reason: '示例的理由', records: [] },
    ],
  },
  'scoring.accept-objection': { of: 'objection', send: (id) => [`/api/scoring/objections/${id}/acceptance`, { id: newId() }] },
  'scoring.decide-objection': {
    of: 'objection',
    send: (id) => [`/api/scoring/objections/${id}/decision`, { id: newId(), upheld: true, answer: '示例的答复' }],
  },
  'scoring.withdraw-objection': { of: 'objection', send: (id) => [`/api/scoring/objections/${id}/withdrawal`, { id: newId(), reason: '' }] },
  'org.unit-amend': { of: 'unit', send: (id) => changing('unit-amend', { body: id, seen: null, name: '示例' }) },
  'org.party-org-create': { of: 'unit', send: (id) => changing('party-org-create', { name: '示例', kind: 'branch', unit: id, parent: null }) },
  'org.party-org-amend': { of: 'org', send: (id) => changing('party-org-amend', { body: id, seen: null, name: '示例' }) },
  'org.move': { of: 'org', send: (id) => changing('move', { body: id, seen: null, tree: 'party', parent: null }) },
  'org.merge': { of: 'org', send: (id) => changing('merge', { from: [{ body: id, seen: null }], into: { name: '示例' } }) },
  'org.split': { of: 'org', send: (id) => changing('split', { body: id, seen: null, remains: true, parts: [{ name: '示例' }] }) },
  'org.dissolve': { of: 'unit', send: (id) => changing('dissolve', { body: id, seen: null }) },
  'org.post-hold': { of: 'org', send: (id) => changing('post-hold', { body: id, post: 'secretary', person: { name: '示例人' } }) },
  'org.member-join': { of: 'org', send: (id) => changing('member-join', { partyOrg: id, kind: 'full', person: { name: '示例人' } }) },
  'org.term-set': { of: 'org', send: (id) => changing('term-set', { partyOrg: id, seenTerm: null }) },
  'org.exception-grant': { of: 'org', send: (id) => changing('exception-grant', { body: id, rule: 'branch-minimum', reason: '示例' }) },
}
/** Of a body's vacant post, to nobody who is there. */
function delegation(body: string): object {
  return { id: newId(), kind: 'acting', post: 'secretary', body, person: missing, from: '2024-12-20', until: '2024-12-31', reason: '示例' }
}
function changing(name: string, fields: object): [string, object] {
  return [`/api/org/changes/${name}`, { id: newId(), on: '2024-12-20', ...fields }]
}

/** Writes that run over the tenant, whose policies let all of it through: there the check stands alone. */
const overTenant = new Set(endpoints.filter(({ reach }) => reach === 'tenant').map(({ id }) => id))
for (const [id, { of, send }] of Object.entries(acts))
  test(`${id}: what is foreign answers as what is not there, and nothing is written`, { skip: !layers.checks && overTenant.has(id) }, async () => {
    for (const reader of signedIn) {
      const before = await state()
      const none = faceless(await reader.post(...send(missing)), missing)
      if (layers.checks) assert.ok([403, 404, 422].includes(none.status), `${reader.login} ${JSON.stringify(none)}`)
      for (const ids of foreign(reader)) {
        const reply = faceless(await reader.post(...send(ids[of])), ids[of])
        if (layers.checks) assert.deepEqual(reply, none, reader.login)
      }
      assert.deepEqual(await state(), before)
    }
  })

test('a file is added to no record and no objection outside the scope', async () => {
  for (const reader of [readers.zhibu, readers.xianqu])
    for (const { record, objection } of foreign(reader))
      for (const thing of [`records/${record}`, `scoring/objections/${objection}`]) {
        const reply = await reader.post(`/api/${thing}/attachments?name=a.pdf`, Buffer.from('%PDF-1.4\n%%EOF'))
        assert.ok([404, 415, 422].includes(reply.statusCode) || !layers.checks, reply.body)
      }
})

/** What a post may do beyond reading, by the actions that the pack gives it. */
const needs: Record<string, string> = {
  ...Object.fromEntries(
    ['account-open', 'account-state', 'account-password', 'identity-link', 'identity-unlink'].map((act) => [`access.${act}`, 'account.manage']),
  ),
  ...Object.fromEntries(
    ['appoint', 'appointment-end', 'sessions-end', 'throttle-lift', 'second-factor-reset'].map((act) => [`access.${act}`, 'security.manage']),
  ),
  'access.delegate': 'post.delegate',
  'access.trail-export': 'audit.read',
  'access.delegation-recall': 'post.delegate',
  'access.unmask': 'person.unmask',
  'access.end-unmask': 'person.unmask',
  'org.person-correct': 'person.correct',
  'burden.answer': 'burden.answer',
  'burden.complain': 'read',
  'burden.enter': 'record.enter',
  'burden.export': 'export',
  'burden.workbook': 'export',
  'burden.fill': 'read',
  'burden.preview': 'record.enter',
  'duty.export': 'export',
  ...Object.fromEntries(['fulfil', 'correct', 'withdraw'].map((act) => [`duty.${act}`, 'duty.fulfil'])),
  'ledger.enter': 'record.enter',
  'matter.export': 'export',
  'matter.open': 'matter.ask',
  ...Object.fromEntries(['comment', 'follow', 'news-read', 'set-calendar-link'].map((act) => [`matter.${act}`, 'read'])),
  ...Object.fromEntries(['move', 'assign', 'extend', 'link', 'split', 'merge'].map((act) => [`matter.${act}`, 'matter.handle'])),
  'request.export': 'export',
  ...Object.fromEntries(['plan', 'start', 'close', 'assign'].map((act) => [`inspection.${act}`, 'matter.ask'])),
  ...Object.fromEntries(['answer', 'attach', 'sign'].map((act) => [`inspection.${act}`, 'read'])),
  'hotline.open': 'hotline.take',
  'hotline.feed-push': 'hotline.feed',
  'hotline.feed-replay': 'hotline.feed',
  'hotline.suggest': 'hotline.suggest',
  'hotline.attach': 'hotline.read',
  'hotline.write-knowledge': 'hotline.dispatch',
  'hotline.withdraw-knowledge': 'hotline.dispatch',
  'hotline.step': 'hotline.read',
  'hotline.rates-export': 'export',
  'inspection.export': 'export',
  ...Object.fromEntries(['preview', 'draft', 'send', 'recall', 'nudge', 'review'].map((act) => [`request.${act}`, 'matter.ask'])),
  'ledger.correct': 'record.correct',
  'ledger.withdraw': 'record.correct',
  'marks.enter': 'marks.write',
  'marks.correct': 'marks.write',
  'marks.withdraw': 'marks.write',
  'marks.import': 'marks.write',
  'marks.import-preview': 'marks.write',
  'marks.export': 'export',
  'ledger.export': 'export',
  'answers.export': 'export',
  'scoring.dry-run': 'rubric.edit',
  'scoring.dry-run-export': 'rubric.edit',
  'scoring.export': 'export',
  'scoring.export-score': 'export',
  'scoring.export-objections': 'export',
  'scoring.print-score': 'read',
  'scoring.open-objections': 'objection.decide',
  'scoring.accept-objection': 'objection.decide',
  'scoring.decide-objection': 'objection.decide',
  'scoring.recompute': 'objection.decide',
  'scoring.raise-objection': 'objection.raise',
  'scoring.withdraw-objection': 'objection.raise',
  'scoring.attach-to-objection': 'objection.raise',
  'scoring.start-run': 'scoring.run',
  'appraisal.decide': 'appraisal.decide',
  'approval.draft': 'approval.draft',
  'approval.withdrawal': 'approval.draft',
  'approval.resubmission': 'approval.draft',
  'approval.check': 'approval.check',
  'approval.meeting': 'approval.check',
  'approval.answer': 'approval.check',
  'approval.opinion': 'approval.opinion',
  'approval.opinions-end': 'approval.sign',
  'approval.signature': 'approval.sign',
  'approval.secrecy': 'approval.secrecy',
  'approval.release': 'approval.release',
  'approval.recall': 'approval.release',
  ...Object.fromEntries(
    ['check', 'lint', 'preview', 'draft-begin', 'draft-save', 'draft-discard', 'draft-restore', 'version-make'].map((act) => [`rubric.${act}`, 'rubric.edit']),
  ),
  'org.import': 'org.import',
  'org.import-preview': 'org.import',
  'ledger.attach': 'record.enter',
}
const passed = { verdict: 'pass', reason: '' }
const deed = (name: string, fields: object): [string, object] => [`/api/approvals/${missing}/${name}`, { id: newId(), ...fields }]
/** A well-formed request of each, naming nothing that is there. */
const formed: Record<string, [string, object]> = {
  'scoring.export-score': [`/api/scoring/subjects/${missing}/export`, { rubric: 'model-2024', format: 'json' }],
  'scoring.export-objections': ['/api/scoring/objections/export', {}],
  'scoring.print-score': [`/api/scoring/subjects/${missing}/print`, { rubric: 'model-2024' }],
  'scoring.open-objections': [`/api/scoring/runs/${missing}/objection-period`, {}],
  'scoring.recompute': [`/api/scoring/runs/${missing}/recomputation`, { id: newId() }],
  'access.account-open': ['/api/accounts', { id: newId(), login: 'shili', person: { id: missing } }],
  'access.account-state': [`/api/accounts/${missing}/state`, { active: false }],
  'access.account-password': [`/api/accounts/${missing}/password`, {}],
  'access.identity-link': ['/api/accounts/identities/link', { provider: 'x', subject: 'x', login: 'nobody' }],
  'access.identity-unlink': ['/api/accounts/identities/unlink', { provider: 'x', subject: 'x', login: 'nobody' }],
  'access.appoint': ['/api/appointments', { id: newId(), account: missing, post: 'desk', body: null, from: '2024-12-20', until: null, reason: '示例' }],
  'access.appointment-end': [`/api/appointments/${missing}/end`, { reason: '示例' }],
  'access.sessions-end': [`/api/appointments/accounts/${missing}/sessions-end`, {}],
  'access.throttle-lift': [`/api/appointments/accounts/${missing}/throttle-lift`, {}],
  'access.second-factor-reset': [`/api/appointments/accounts/${missing}/second-factor-reset`, {}],
  'access.trail-export': ['/api/audit/export', {}],
  'access.delegation-recall': [`/api/delegations/${missing}/recall`, {}],
  'access.end-unmask': ['/api/unmask/end', { class: 'membership' }],
  'org.person-correct': [`/api/org/persons/${missing}/correction`, { name: '示例人', reason: '登记时写错' }],
  'marks.enter': ['/api/marks', { id: newId(), subjectId: missing, item: 'i', value: '9', by: '示例评委', group: '', givenOn: '2024-12-19' }],
  'marks.correct': [`/api/marks/${missing}/correction`, { id: newId(), value: '9', group: '', reason: '示例' }],
  'marks.withdraw': [`/api/marks/${missing}/withdrawal`, { reason: '示例' }],
  'marks.import': ['/api/marks/imports?on=2024-12-19&name=a', {}],
  'marks.import-preview': ['/api/marks/imports/preview?on=2024-12-19&name=a', {}],
  'marks.export': ['/api/marks/export', {}],
  'burden.answer': [`/api/burden/complaints/${missing}/answer`, { answer: '示例' }],
  'burden.complain': ['/api/burden/complaints', { id: newId(), anonymous: false, kind: 'too-much', title: '示例表' }],
  'burden.export': ['/api/burden/export', { by: 'asker' }],
  'burden.workbook': ['/api/burden/workbook', {}],
  'burden.fill': ['/api/burden/fillings', { form: 'record.theme-day', seconds: 60 }],
  'ledger.export': ['/api/records/export', {}],
  'answers.export': ['/api/answers/changzhi/figures/four-strong-branches/export', {}],
  'scoring.dry-run': ['/api/scoring/dry-run', { rubric: 'model-2024' }],
  'scoring.dry-run-export': ['/api/scoring/dry-run/export', { rubric: 'model-2024', table: 'items' }],
  'scoring.export': ['/api/scoring/export', { rubric: 'model-2024' }],
  'scoring.start-run': ['/api/scoring/runs', { id: newId(), rubric: 'model-2024' }],
  'appraisal.decide': ['/api/appraisals', { id: newId(), title: '示例', run: missing }],
  'approval.draft': ['/api/approvals', { id: newId(), kind: 'rubric', subject: 'model-2024.9', route: 'rubric', audience: 'system', note: '' }],
  'approval.withdrawal': deed('withdrawal', { reason: '示例' }),
  'approval.resubmission': deed('resubmission', { note: '示例' }),
  'approval.check': deed('check', passed),
  'approval.meeting': deed('meeting', { ...passed, heldOn: '2024-12-19', minutes: '示例纪要' }),
  'approval.answer': [`/api/objections/${missing}/answer`, { upheld: false, text: '示例答复' }],
  'approval.opinion': deed('opinion', { post: 'joint-discipline', verdict: 'agree', reason: '' }),
  'approval.opinions-end': deed('opinions-end', { verdict: 'pass', reason: '示例' }),
  'approval.signature': deed('signature', passed),
  'approval.secrecy': deed('secrecy', passed),
  'approval.release': deed('release', passed),
  'approval.recall': deed('recall', { reason: '示例' }),
  'duty.correct': [`/api/duties/fulfilments/${missing}/correction`, { version: 1, doneOn: '2024-12-19', note: '示例', reason: '示例' }],
  'duty.withdraw': [`/api/duties/fulfilments/${missing}/withdrawal`, { version: 1, reason: '示例' }],
  'duty.export': ['/api/duties/export', {}],
  'matter.export': ['/api/matters/export', {}],
  'matter.news-read': ['/api/news/read', { until: '2024-12-20T00:00:00Z' }],
  'matter.set-calendar-link': ['/api/matters/calendar', { on: false }],
  'hotline.open': ['/api/hotline/tickets', { id: newId(), channel: 'phone', category: 'parking', title: '示例诉求', body: '示例诉求的内容' }],
  'hotline.rates-export': ['/api/hotline/rates/export', {}],
  'hotline.feed-push': ['/api/hotline/feed/example', { events: [] }],
  'hotline.feed-replay': ['/api/hotline/feed/example/replay', { cursor: '' }],
  'hotline.write-knowledge': [
    '/api/hotline/knowledge',
    { knowledgeId: missing, revision: 1, category: 'parking', question: '示例的问题', answer: '示例的答复' },
  ],
  'hotline.withdraw-knowledge': [`/api/hotline/knowledge/${missing}/withdrawal`, { revision: 1 }],
  'hotline.suggest': ['/api/hotline/suggestions', { category: 'parking' }],
  'inspection.start': [`/api/inspections/${missing}/start`, {}],
  'inspection.close': [`/api/inspections/${missing}/close`, {}],
  'inspection.assign': [`/api/inspections/${missing}/team`, { accountId: missing, visits: [missing], assigned: true }],
  'inspection.answer': [`/api/visits/${missing}/answers`, { answers: [{ id: newId(), item: 'window', verdict: 'yes' }] }],
  'inspection.attach': [`/api/visits/${missing}/files?answer=${missing}&name=a`, {}],
  'inspection.sign': [`/api/visits/${missing}/signature`, { heads: [], witness: '示例' }],
  'inspection.export': ['/api/inspections/export', {}],
  'request.review': [`/api/requests/${missing}/review`, { move: 'accept', matters: [{ moveId: newId(), matterId: missing, revision: 1 }] }],
  'request.export': [`/api/requests/${missing}/export`, {}],
  'rubric.check': ['/api/rubrics/check', { text: 'x' }],
  'rubric.preview': ['/api/rubrics/preview', { text: 'x' }],
  'rubric.draft-begin': ['/api/rubric-drafts', { id: newId(), rubric: 'example', title: '示例细则', from: { how: 'blank' } }],
  'rubric.draft-save': [`/api/rubric-drafts/${missing}/text`, { edition: 1, text: 'x' }],
  'rubric.draft-discard': [`/api/rubric-drafts/${missing}/discard`, {}],
  'rubric.draft-restore': [`/api/rubric-drafts/${missing}/restore`, {}],
  'rubric.version-make': [`/api/rubric-drafts/${missing}/version`, { edition: 1 }],
  'rubric.lint': ['/api/rubrics/lint', { text: 'x' }],
  'org.import': ['/api/org/imports?kind=members&on=2024-12-20&name=a', {}],
  'org.import-preview': ['/api/org/imports/preview?kind=members&on=2024-12-20&name=a', {}],
  'ledger.attach': [`/api/records/${missing}/attachments?name=a`, {}],
  'scoring.attach-to-objection': [`/api/scoring/objections/${missing}/attachments?name=a`, {}],
  'org.member-confirm': changing('member-confirm', { membership: missing }),
  'org.member-transfer': changing('member-transfer', { membership: missing, to: missing }),
  'org.member-leave': changing('member-leave', { membership: missing }),
  'org.post-leave': changing('post-leave', { holding: missing }),
  'org.exception-end': changing('exception-end', { exception: missing }),
  'org.unit-create': changing('unit-create', { name: '示例', kind: 'agency', class: 'government', level: 'none', parent: null }),
}

for (const { id } of endpoints.filter((endpoint) => endpoint.access === 'signed-in'))
  test(`${id}: refused to whom the post does not give it, and without a session`, { skip: !layers.checks }, async () => {
    const act = acts[id]
    const [url, payload] = act === undefined ? (formed[id] ?? ['', {}]) : act.send(missing)
    assert.notEqual(url, '', `say in \`formed\` or \`acts\` what a request of ${id} is`)
    assert.equal((await readers.public.post(url, payload)).statusCode, 401)
    const action = needs[id] ?? 'org.change'
    for (const reader of signedIn) {
      const may: string[] = (await reader.get('/api/session')).json().may
      const before = await state()
      const { statusCode } = await reader.post(url, payload)
      if (!may.includes(action)) {
        assert.ok([403, 404].includes(statusCode), `${reader.login} without ${action}: ${statusCode}`)
        assert.deepEqual(await state(), before)
      } else assert.ok(statusCode < 500 && statusCode !== 401, `${reader.login} with ${action}: ${statusCode}`)
    }
  })

test('what is exported is of the scope, whatever is asked for', async () => {
  const ownerOf = new Map(truth.records.map(({ id, owner: of }) => [id, of]))
  for (const reader of [readers.xianqu, readers.gongwei]) {
    const outside = truth.orgs.find(({ id, kind }) => kind === 'branch' && !reader.scope.has(id))?.id
    const requests: [string, object][] = [
      ['/api/records/export', {}],
      ...(outside === undefined ? [] : [['/api/records/export', { body: outside }] satisfies [string, object]]),
      ['/api/answers/changzhi/figures/members-in-discipline-study/export', {}],
      ['/api/answers/changzhi/figures/four-strong-branches/export', {}],
    ]
    for (const [url, payload] of requests) {
      const reply = await reader.post(url, payload)
      assert.equal(reply.statusCode, 200, reply.body)
      // The last line is the number of the export.
      const ids = reply.body.replace(/\r\n导出编号,.*/, '').match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
      for (const id of ids) if (ownerOf.has(id)) assert.ok(reader.scope.has(ownerOf.get(id) ?? ''), `${reader.login} ${url} ${id}`)
      if ('body' in payload) assert.deepEqual(ids, [])
      else if (reader.login === 'gongwei') assert.ok(ids.length > 0, url)
    }
    const scores = await reader.post('/api/scoring/export', { rubric: 'clean-2024' })
    const subjects = scores.body.replace(/\r\n导出编号,.*/, '').match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
    assert.deepEqual(subjects.sort(), truth.units.filter((unit) => reader.scope.has(unit)).sort())
  }
})

test('an id that someone else has used is a conflict that tells nothing of theirs', async () => {
  const id = newId()
  const org = (reader: Reader) => truth.orgs.find((one) => one.kind === 'branch' && reader.scope.has(one.id))?.id ?? ''
  const entry = (reader: Reader) => ({ id, kind: 'theme-day', bodyId: org(reader), ...content, title: '第一个人的主题党日' })
  assert.equal((await readers.zhibu.post('/api/records', entry(readers.zhibu))).statusCode, 200)
  for (const reader of [readers.xianqu, readers.dangwei]) {
    const reply = await reader.post('/api/records', { ...entry(reader), title: '另一个人的主题党日' })
    assert.deepEqual([reply.statusCode, reply.json().code], [409, 'conflict'])
    assert.doesNotMatch(reply.body, /第一个人/)
  }
  // Nor does the very same content from somebody else pass for a repetition.
  const same = await readers.gongwei.post('/api/records', entry(readers.zhibu))
  assert.equal(same.statusCode, 409)
  assert.equal((await readers.zhibu.post('/api/records', entry(readers.zhibu))).json().repeated, true)
})
