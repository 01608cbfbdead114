// No write and no export without its entry: every POST of the contracts, made to fail where the entry fails, then made to work. One without a step fails by name.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import pg from 'pg'
import { newId } from '#base/ids.ts'
import { buildHttp } from '#server/app/http.ts'
import { loadPacks } from '#server/app/pack.ts'
import { burdenSteps } from '#test/burden-steps.ts'
import { allEndpoints } from '#test/endpoints.ts'
import { hotlineElsewhere, matterSteps } from '#test/matter-steps.ts'
import { officeSteps } from '#test/office-steps.ts'
import { passkeySteps } from '#test/passkey-steps.ts'
import { requestSteps } from '#test/request-steps.ts'
import { scoringSteps } from '#test/scoring-steps.ts'
import { smallCity } from '#test/small-city.ts'

const closing: (() => unknown)[] = []
after(async () => {
  for (const close of closing) await close()
})
loadPacks(join(import.meta.dirname, '..', '..', 'packs'))
const database = await smallCity()
const owner = new pg.Client({ connectionString: database.url })
await owner.connect()
const dataDir = mkdtempSync(join(tmpdir(), 'dajuan-audit-'))
const app = await buildHttp({ pool: database.pool, dataDir, checkReplies: true, jobs: [] })
closing.push(
  () => app.close(),
  () => owner.end(),
  () => rmSync(dataDir, { recursive: true, force: true }),
)
// With the switch on, every entry fails: what then has been written was written without one.
await owner.query(`create table public.switch (broken boolean); insert into public.switch values (false); grant select on public.switch to public;
  create function public.break_entry() returns trigger language plpgsql as $$ begin if (select broken from public.switch) then raise exception 'the trail is broken'; end if; return new; end $$;
  create trigger broken before insert on audit.entry for each row execute function public.break_entry()`)

const today = '2024-12-20'
const account = { account: 'gongwei', password: 'gongwei-2024' }
const cookieOf = async (who = account) => (await app.inject({ method: 'POST', url: '/api/sign-in', payload: who })).cookies[0]?.value ?? ''
const sessionOf = (login: string) => cookieOf({ account: login, password: `${login}-2024` })
const cookie = await cookieOf()
const value = async (text: string, values: unknown[] = []): Promise<string> =>
  Object.values((await owner.query<Record<string, string>>(text, values)).rows[0] ?? {})[0] ?? ''
const desk = await value(`select account_id from access.account where login = 'gongwei'`)
const branch = (nth: number) =>
  value(
    `select party_org_id from org.party_org where kind = 'branch' and valid_until = 'infinity' and known_until = 'infinity' order by party_org_id offset $1 limit 1`,
    [nth],
  )
const seen = (body: string) =>
  value(
    'select c.change_id from org.change_body b join org.change c using (tenant_id, change_id) where b.body_id = $1 order by c.known_from desc, c.change_id desc limit 1',
    [body],
  )
const membership = () =>
  value(
    `select membership_id from org.membership where party_org_id = any ($1) and known_until = 'infinity' and valid_until = 'infinity' order by known_from desc limit 1`,
    [[made.org, made.other]],
  )

interface Sent {
  url: string
  method?: 'GET'
  payload?: unknown
  type?: string
  session?: string
}
interface Step {
  /** The entry's action; null where nothing is written. */
  action: string | null
  /** Why an endpoint that is no GET leaves none. */
  why?: string
  /** The action of another entry of the same deed, which must come with it. */
  also?: string
  send: () => Promise<Sent>
  /** Whose step it is, where it is not the desk's. */
  by?: string
}

/** What the steps have made so far. */
const made = { unit: '', org: '', other: await branch(1), record: newId(), run: newId(), person: '', appraisal: newId(), paper: newId(), objection: newId() }
const change = (name: string, fields: () => Promise<Record<string, unknown>> | Record<string, unknown>, keep?: keyof typeof made): Step => ({
  action: `org.${name}`,
  send: async () => {
    const id = newId()
    kept = keep
    return { url: `/api/org/changes/${name}`, payload: { id, on: today, ...(await fields()) } }
  },
})
const passed = { verdict: 'pass', reason: '' }
/** A deed on the paper under way; `before` is done first. */
const deed = (name: string, by: string, fields: object, step = name, before?: () => Promise<void>): Step => ({
  action: `approval.${step}`,
  by,
  send: async () => {
    await before?.()
    return { url: `/api/approvals/${made.paper}/${name}`, payload: { id: newId(), ...fields }, session: await sessionOf(by) }
  },
})
/** Where to keep the body that the step under way makes. */
let kept: keyof typeof made | undefined
const octets = 'application/octet-stream'
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
const file = async () =>
  `姓名,所在党支部,党员类别\n导入示例,${await value('select name from org.party_org where party_org_id = $1 limit 1', [made.other])},正式党员\n`
const importing =
  (url: string): (() => Promise<Sent>) =>
  async () => ({ url: `${url}?kind=members&on=${today}&name=a.csv`, payload: Buffer.from(await file()), type: octets })
const content = { happenedOn: today, title: '审计示例主题党日' }
const passkeyId = () => value('select passkey_id from access.passkey where account_id = $1 order by made_at desc limit 1', [desk])

const steps: Record<string, Step> = {
  'access.sign-in': { action: 'access.sign-in', send: async () => ({ url: '/api/sign-in', payload: account }) },
  'org.unit-create': change(
    'unit-create',
    () => ({ name: '审计示例局', kind: 'government-department', class: 'government', level: 'city', parent: null }),
    'unit',
  ),
  'org.party-org-create': change('party-org-create', () => ({ name: '审计示例支部', kind: 'branch', unit: made.unit, parent: null }), 'org'),
  'org.unit-amend': change('unit-amend', async () => ({ body: made.unit, seen: await seen(made.unit), name: '审计示例新局' })),
  'org.party-org-amend': change('party-org-amend', async () => ({ body: made.org, seen: await seen(made.org), name: '审计示例新支部' })),
  'org.move': change('move', async () => ({
    body: made.org,
    seen: await seen(made.org),
    tree: 'party',
    parent: await value(`select party_org_id from org.party_org where kind = 'work-committee' limit 1`),
  })),
  'org.member-join': change('member-join', () => ({ partyOrg: made.org, kind: 'probationary', person: { name: '审计示例人' } })),
  'org.member-confirm': change('member-confirm', async () => ({ membership: await membership() })),
  'org.member-transfer': change('member-transfer', async () => ({ membership: await membership(), to: made.other })),
  'org.member-leave': change('member-leave', async () => ({ membership: await membership() })),
  'org.post-hold': change('post-hold', () => ({ body: made.org, post: 'secretary', person: { name: '审计示例书记' } })),
  'org.post-leave': change('post-leave', async () => ({
    holding: await value(`select holding_id from org.holding where body_id = $1 and known_until = 'infinity'`, [made.org]),
  })),
  'org.term-set': change('term-set', () => ({ partyOrg: made.org, seenTerm: null })),
  'org.exception-grant': change('exception-grant', () => ({ body: made.org, rule: 'branch-minimum', reason: '示例' })),
  'org.exception-end': change('exception-end', async () => ({
    exception: await value('select exception_id from org.exception where body_id = $1', [made.org]),
  })),
  'org.split': change('split', async () => ({ body: made.org, seen: await seen(made.org), remains: true, parts: [{ name: '审计示例分支部' }] })),
  'org.import-preview': { action: null, why: 'shows what an import would do', send: importing('/api/org/imports/preview') },
  'org.import': { action: 'org.import', send: importing('/api/org/imports') },
  ...burdenSteps(made.other),
  'ledger.enter': {
    action: 'record.enter',
    send: async () => ({ url: '/api/records', payload: { id: made.record, kind: 'theme-day', bodyId: made.other, ...content } }),
  },
  'ledger.attach': { action: 'record.attach', send: async () => ({ url: `/api/records/${made.record}/attachments?name=a.png`, payload: png, type: octets }) },
  'ledger.attachment': {
    action: 'evidence.open',
    send: async () => ({
      url: `/api/attachments/${await value('select attachment_id from ledger.attachment where of_id = $1', [made.record])}`,
      method: 'GET',
    }),
  },
  'ledger.correct': {
    action: 'record.correct',
    send: async () => ({ url: `/api/records/${made.record}/correction`, payload: { version: 1, reason: '补充地点', ...content, place: '一楼' } }),
  },
  'ledger.withdraw': {
    action: 'record.withdraw',
    send: async () => ({ url: `/api/records/${made.record}/withdrawal`, payload: { version: 2, reason: '重复' } }),
  },
  'ledger.export': { action: 'record.export', send: async () => ({ url: '/api/records/export', payload: { kind: 'visit' } }) },
  'answers.export': { action: 'answers.export', send: async () => ({ url: '/api/answers/changzhi/figures/four-strong-branches/export', payload: {} }) },
  'rubric.check': { action: null, why: 'looks at a text', send: async () => ({ url: '/api/rubrics/check', payload: { text: 'rubric: x' } }) },
  'rubric.lint': { action: null, why: 'looks at a text', send: async () => ({ url: '/api/rubrics/lint', payload: { text: 'rubric: x' } }) },
  'scoring.export': { action: 'scoring.export', send: async () => ({ url: '/api/scoring/export', payload: { rubric: 'model-2024' } }) },
  'scoring.start-run': { action: 'scoring.run', send: async () => ({ url: '/api/scoring/runs', payload: { id: made.run, rubric: 'model-2024' } }) },
  'appraisal.decide': {
    action: 'appraisal.decide',
    send: async () => ({ url: '/api/appraisals', payload: { id: made.appraisal, title: '审计示例定级', run: made.run } }),
  },
  'approval.draft': {
    action: 'approval.draft',
    send: async () => ({
      url: '/api/approvals',
      payload: { id: made.paper, kind: 'appraisal', subject: made.appraisal, route: 'grading', audience: 'system', note: '' },
    }),
  },
  'approval.check': deed('check', 'bangongshi', passed),
  'approval.signature': deed('signature', 'shuji', passed, 'sign'),
  'approval.meeting': deed('meeting', 'bangongshi', { ...passed, heldOn: today, minutes: '会议同意印发' }),
  'approval.opinion': deed('opinion', 'lianshen-jijian', { post: 'joint-discipline', verdict: 'disagree', reason: '依据不足' }, 'opinions'),
  'approval.opinions-end': deed('opinions-end', 'shuji', { verdict: 'pass', reason: '已当面沟通' }, 'opinions', async () => {
    for (const [login, post] of Object.entries({ zuzhi: 'organisation', zhengfa: 'politics-law', xinfang: 'petitions' })) {
      const session = await sessionOf(`lianshen-${login}`)
      const payload = { id: newId(), post: `joint-${post}`, verdict: 'agree', reason: '' }
      assert.equal((await send({ url: `/api/approvals/${made.paper}/opinion`, payload, session })).statusCode, 200)
    }
  }),
  'approval.secrecy': deed('secrecy', 'bangongshi', passed),
  'approval.object': {
    action: 'approval.object',
    send: async () => ({ url: `/api/notices/${made.paper}/objections`, payload: { id: made.objection, text: '一条示例异议' } }),
  },
  'approval.answer': {
    action: 'approval.answer',
    by: 'bangongshi',
    send: async () => ({
      url: `/api/objections/${made.objection}/answer`,
      payload: { upheld: false, text: '一条示例答复' },
      session: await sessionOf('bangongshi'),
    }),
  },
  'approval.release': deed('release', 'shuji', { verdict: 'return', reason: '再核一次' }),
  'approval.resubmission': deed('resubmission', 'gongwei', { note: '' }, 'resubmit'),
  'approval.withdrawal': deed('withdrawal', 'gongwei', { reason: '' }, 'withdraw'),
  'approval.recall': deed('recall', 'shuji', { reason: '数字待核' }, 'recall', async () => {
    made.paper = await value(`select paper_id from approval.paper where subject_kind = 'sheet'`)
  }),
  'org.merge': change('merge', async () => ({ from: [{ body: await branch(2), seen: null }], into: { body: await branch(3), seen: null } })),
  'org.dissolve': change('dissolve', async () => {
    const fields = { name: '审计示例站', kind: 'government-department', class: 'government', level: 'city', parent: null }
    const reply = await send({ url: '/api/org/changes/unit-create', payload: { id: newId(), on: '2024-12-01', ...fields } })
    const body = reply.json().bodies[0]
    return { body, seen: await seen(body) }
  }),
  'access.my-data': { action: 'person.export', send: async () => ({ url: '/api/account/data', method: 'GET' }) },
  'access.unmask': {
    action: 'person.unmask',
    send: async () => ({ url: '/api/unmask', payload: { class: 'membership', body: made.other, reason: 'checking the roll' } }),
  },
  'access.end-unmask': { action: 'person.mask', send: async () => ({ url: '/api/unmask/end', payload: { class: 'membership' } }) },
  'org.person-correct': {
    action: 'person.correct',
    send: async () => ({
      url: `/api/org/persons/${await value('select person_id from org.person limit 1')}/correction`,
      payload: { name: '更正示例人', reason: 'a slip of the pen' },
    }),
  },
  'access.confirm-authenticator': {
    action: 'access.authenticator-add',
    send: async () => {
      const { ticket, secret } = (await send({ url: '/api/account/authenticator/start', payload: {} })).json()
      return { url: '/api/account/authenticator', payload: { ticket, code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() } }
    },
  },
  'access.renew-recovery-codes': {
    action: 'access.recovery-codes',
    send: async () => ({ url: '/api/account/recovery-codes', payload: { password: account.password } }),
  },
  'access.remove-authenticator': {
    action: 'access.authenticator-remove',
    send: async () => ({ url: '/api/account/authenticator/remove', payload: { password: account.password } }),
  },
  ...passkeySteps({ send: (sent) => send(sent), id: passkeyId, password: account.password }),
  'access.end-session': {
    action: 'access.session-end',
    send: async () => {
      await cookieOf()
      return { url: `/api/account/sessions/${await value('select session_id from access.session order by created_at desc limit 1')}/end`, payload: {} }
    },
  },
  'access.end-other-sessions': {
    action: 'access.session-end',
    send: async () => {
      await cookieOf()
      return { url: '/api/account/sessions/end-others', payload: {} }
    },
  },
  ...officeSteps({ value, sessionOf, today }),
  ...matterSteps({ value, sessionOf }),
  ...requestSteps({ value, branches: [await branch(4), await branch(5)] }),
  ...scoringSteps({ value, sessionOf, send: (sent) => send(sent), today, branch: made.other }),
  'access.trail-export': {
    action: 'audit.export',
    by: 'shenji',
    send: async () => ({ url: '/api/audit/export', payload: { person: 'gongwei', action: 'record.enter' }, session: await sessionOf('shenji') }),
  },
  'access.sign-out': { action: 'access.sign-out', send: async () => ({ url: '/api/sign-out', session: await cookieOf() }) },
  // The last one: nobody signs in with the old password after it.
  'access.change-password': {
    action: 'access.password-change',
    send: async () => ({ url: '/api/account/password', payload: { password: account.password, next: '三晋大地 walnut 42' } }),
  },
}

const tables = (
  await owner.query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public') order by 1`)
).rows
  .map(({ name }) => name)
  // The chain grows by itself, a second after the entries.
  .filter((name) => !['audit.link', 'audit.checkpoint', 'audit.relay'].includes(name))
/** What a row adds to the print: the transaction that wrote it; of a session its text, for when it was last used is written down once a minute, whatever it is used for. */
const written = (table: string) => (table === 'access.session' ? `hashtextextended((to_jsonb(t) - 'last_seen_at')::text, 0)` : 'xmin::text::bigint')
/** A print of every row there is; no write leaves it as it was. */
const state = () =>
  value(
    `select md5(string_agg(rows, '|')) from (${tables.map((name) => `select (select count(*) || ' ' || coalesce(sum(${written(name)}), 0) from ${name} t) as rows`).join(' union all ')}) all_rows`,
  )
const entries = async () =>
  (
    await owner.query<Record<string, string>>(
      'select entry_id, action, actor_id, object_kind, object_id, detail, xmin::text as transaction from audit.entry order by at, entry_id',
    )
  ).rows
const send = ({ url, method, payload, type = 'application/json', session = cookie }: Sent) =>
  app.inject({
    method: method ?? 'POST',
    url,
    cookies: { 'dajuan-session': session },
    ...(payload === undefined ? {} : { headers: { 'content-type': type }, payload: type === octets ? (payload as Buffer) : JSON.stringify(payload) }),
  })

/** What is tried where a provider is at hand, or writes nothing but what its own answer uses up. */
const elsewhere: Record<string, string> = {
  ...hotlineElsewhere,
  'burden.fill': 'adds one to a count that must lead to nobody: modules/burden/burden.test.ts',
  'matter.news-read': 'moves one’s own mark of what one has read: modules/matter/reminder/reminder.test.ts',
  'access.oidc-start': 'keeps what it needs in a sealed cookie',
  'access.oidc-finish': 'needs a provider: modules/access/identity/oidc.test.ts looks at its entries',
  'access.oidc-code': 'needs a provider: modules/access/identity/oidc.test.ts looks at its entries',
  'access.passkey-options': 'a challenge for five minutes; what answers it leaves the entry',
  'access.passkey-challenge': 'a challenge for five minutes; what answers it leaves the entry',
}

test('every endpoint that can write has its step here', async () => {
  const writing = (await allEndpoints()).filter(({ writes, id }) => writes && !Object.hasOwn(elsewhere, id)).map(({ id }) => id)
  assert.deepEqual(Object.keys(steps).sort(), writing, 'add a step for the new endpoint')
  for (const [id, { action, why }] of Object.entries(steps)) assert.equal(action === null, why !== undefined, `${id}: say why it leaves no entry`)
})

for (const [id, step] of Object.entries(steps)) {
  test(`${id}: ${step.action === null ? 'writes nothing and leaves no entry' : `leaves one entry, ${step.action}, in its own transaction or does nothing at all`}`, async (t) => {
    const sent = await step.send()
    if (step.action !== null) {
      const log = t.mock.method(process.stderr, 'write', () => true)
      const before = await state()
      await owner.query('update public.switch set broken = true')
      const failed = await send(sent)
      await owner.query('update public.switch set broken = false')
      log.mock.restore()
      assert.equal(failed.statusCode, 500, failed.body)
      assert.equal(failed.json().code, 'error')
      assert.equal(await state(), before, 'something was written without its entry')
    }
    const [before, count] = [await state(), (await entries()).length]
    const reply = await send(sent)
    assert.equal(reply.statusCode, 200, reply.body)
    const left = (await entries()).slice(count)
    if (step.action === null) return assert.equal(await state(), before)
    const actor_id = step.by === undefined ? desk : await value('select account_id from access.account where login = $1', [step.by])
    assert.deepEqual(
      left.map(({ action, actor_id }) => ({ action, actor_id })).sort((one, other) => ((one.action ?? '') < (other.action ?? '') ? -1 : 1)),
      [step.action, ...(step.also === undefined ? [] : [step.also])].sort().map((action) => ({ action, actor_id })),
    )
    const entry = left.find(({ action }) => action === step.action)
    for (const one of left) assert.equal(one['transaction'], entry?.['transaction'])
    assert.ok(entry?.['object_kind'] && entry['object_id'])
    assert.doesNotMatch(JSON.stringify(left), /\p{Script=Han}|gongwei-2024/u, 'no names or texts in the trail: ids and numbers')
    const counted = tables.map((name) => `select count(*) as n from ${name} where xmin::text = $1`).join(' union all ')
    const rows = Number(await value(`select sum(n) from (${counted}) all_rows`, [entry['transaction']]))
    // What is deleted leaves no row to be counted.
    if (step.action.endsWith('export') || ['evidence.open', 'scoring.print', 'access.throttle-lift'].includes(step.action)) assert.equal(rows, 1)
    else assert.ok(rows > 1, 'what the entry tells of is of its transaction')
    if (kept !== undefined) made[kept] = reply.json().bodies[0]
    kept = undefined
  })
}

test('a request sent twice leaves one entry', async () => {
  const payload = { id: newId(), kind: 'theme-day', bodyId: made.other, ...content }
  const count = (await entries()).length
  for (let again = 0; again < 2; again += 1) assert.equal((await send({ url: '/api/records', payload })).statusCode, 200)
  assert.equal((await entries()).length, count + 1)
})

test('a request that is wrong leaves none; one that is refused, or asks for what is not there, leaves who asked', async () => {
  const count = (await entries()).length
  for (const payload of [
    { id: newId(), kind: 'theme-day', bodyId: made.other, ...content, title: '' },
    { id: newId(), kind: 'none', bodyId: made.other, ...content },
  ])
    assert.equal((await send({ url: '/api/records', payload })).statusCode, 422)
  assert.equal((await entries()).length, count)
  assert.equal((await send({ url: `/api/records/${newId()}/withdrawal`, payload: { version: 1, reason: '没有' } })).statusCode, 404)
  assert.equal((await send({ url: '/api/audit/export', payload: {} })).statusCode, 403)
  assert.deepEqual(
    (await entries()).slice(count).map(({ action, actor_id, object_id, detail }) => ({ action, actor_id, object_id, detail })),
    [
      { action: 'access.refused', actor_id: desk, object_id: 'ledger.withdraw', detail: { code: 'not-found' } },
      { action: 'access.refused', actor_id: desk, object_id: 'access.trail-export', detail: { code: 'not-allowed' } },
    ],
  )
})

test('a thumbnail is no opened evidence', async () => {
  const count = (await entries()).length
  const id = await value('select attachment_id from ledger.attachment where of_id = $1', [made.record])
  const reply = await send({ url: `/api/attachments/${id}?size=thumbnail`, method: 'GET' })
  assert.equal(reply.statusCode, 200)
  assert.equal((await entries()).length, count)
})
