// Every export there is, over names and titles that are formulas: no cell begins one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvCells } from '#base/csv.ts'
import { isTable } from '#server/app/cli/openapi.ts'
import { allEndpoints } from './endpoints.ts'
import { callerOf, serverOver } from './server.ts'
import { smallCity } from './small-city.ts'

const { app, owner } = await serverOver(smallCity)
const request: string = (await owner.query(`select request_id as id from matter.request where tenant_id = 1 and state = 'sent' order by 1 limit 1`)).rows[0].id
const subject: string = (await owner.query('select unit_id as id from org.unit where tenant_id = 1 order by 1 limit 1')).rows[0].id

/** How each export is asked for, and by whom. */
const asked: Record<string, { login: string; url: string; body: object; leastRows: number }> = {
  'answers.export': { login: 'gongwei', url: '/api/answers/changzhi/figures/four-strong-branches/export', body: {}, leastRows: 5 },
  'burden.export': { login: 'gongwei', url: '/api/burden/export', body: { by: 'receiver' }, leastRows: 1 },
  'duty.export': { login: 'gongwei', url: '/api/duties/export', body: { level: 'branch' }, leastRows: 20 },
  'hotline.rates-export': { login: 'gongwei', url: '/api/hotline/rates/export', body: { by: 'month' }, leastRows: 3 },
  'inspection.export': { login: 'gongwei', url: '/api/inspections/export', body: {}, leastRows: 5 },
  'ledger.export': { login: 'gongwei', url: '/api/records/export', body: { from: '2024-11-01', to: '2024-12-20' }, leastRows: 20 },
  'matter.export': { login: 'gongwei', url: '/api/matters/export', body: { state: 'open' }, leastRows: 5 },
  'marks.export': { login: 'gongwei', url: '/api/marks/export', body: {}, leastRows: 5 },
  'request.export': { login: 'gongwei', url: `/api/requests/${request}/export`, body: {}, leastRows: 1 },
  'scoring.dry-run-export': {
    login: 'gongwei',
    url: '/api/scoring/dry-run/export',
    body: { rubric: 'clean-2024', table: 'moves', against: { rubric: 'model-2024' } },
    leastRows: 5,
  },
  'scoring.export': { login: 'gongwei', url: '/api/scoring/export', body: { rubric: 'clean-2024' }, leastRows: 5 },
  'scoring.export-objections': { login: 'gongwei', url: '/api/scoring/objections/export', body: {}, leastRows: 1 },
  'scoring.export-score': { login: 'gongwei', url: `/api/scoring/subjects/${subject}/export`, body: { rubric: 'clean-2024', format: 'csv' }, leastRows: 40 },
  'access.trail-export': { login: 'shenji', url: '/api/audit/export', body: {}, leastRows: 1 },
}

test('every endpoint that replies with a table has its line here', async () => {
  const tables = (await allEndpoints()).filter(({ reply }) => isTable(reply))
  assert.deepEqual(tables.map(({ id }) => id).sort(), Object.keys(asked).sort())
})

test('names and titles that are formulas leave as text', async () => {
  for (const statement of [
    `update org.person set name = '=HYPERLINK("http://x")'`,
    `update org.unit set name = '@SUM(1)' || name`,
    `update org.party_org set name = '+1' || name`,
    `insert into burden.charge (tenant_id, asking_id, body_id, month, asker, title, kind, asked_on, short, seconds, saved)
      select 1, gen_random_uuid(), party_org_id, '2024-12-01', '=1+1', '=2+2', 'form', '2024-12-02', false, 60, 0 from org.party_org where tenant_id = 1 limit 3`,
    `update matter.matter set title = '=1+' || title`,
    `update ledger.record set title = '-2+3' || title, place = '=cmd|calc'`,
  ])
    await owner.query(statement)
  for (const [id, { login, url, body, leastRows }] of Object.entries(asked)) {
    const caller = await callerOf(app, { account: login, password: `${login}-2024` })
    const reply = await caller.post(url, body)
    assert.equal(reply.statusCode, 200, `${id}: ${reply.body}`)
    assert.match(String(reply.headers['content-disposition']), /^attachment;/, id)
    const { rows, diagnostics } = csvCells(reply.body.replace(/^\uFEFF/, ''), id, ',')
    assert.deepEqual(diagnostics, [], id)
    assert.ok(rows.length > leastRows, `${id} has ${rows.length} rows`)
    for (const row of rows) for (const { text } of row) assert.ok(!/^[=+\-@＝＋－＠\t]/.test(text) || /^-?\d+(\.\d+)?$/.test(text), `${id}: ${text}`)
  }
})
