// The demonstration's inspections keep the rules: nobody goes where the person must avoid, findings are matters, each unit is charged.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, serverOver } from '#test/server.ts'
import { smallCity } from '#test/small-city.ts'
import type { InspectionPage } from './inspection.contract.ts'

const { app, owner } = await serverOver(smallCity)

test('[I3] nobody of the demonstration’s teams must avoid a unit that the team visits', async () => {
  await owner.query(`select set_config('dajuan.tenant', '1', false), set_config('dajuan.clock_offset', '0', false)`)
  const { rows } = await owner.query(
    `select count(*)::int as members, count(t.unit_id)::int as tied from inspection.member m join inspection.visit v using (tenant_id, visit_id)
      left join lateral (select unit_id from inspection.ties(m.account_id, '2024-12-20', now()) t where t.unit_id = v.unit_id limit 1) t on true`,
  )
  assert.deepEqual([rows[0].tied, rows[0].members >= 10], [0, true], JSON.stringify(rows))
})

test('[I2] [I6] what was found is put right as matters, every unit is charged, and a conflict waits', async () => {
  const desk = await callerOf(app, { account: 'gongwei', password: 'gongwei-2024' })
  const { inspections, caps } = (await desk.get('/api/inspections')).json()
  assert.deepEqual(
    caps.map(({ planned, most }: { planned: number; most: number }) => [planned, most]),
    [
      [1, 1],
      [1, 1],
    ],
  )
  const pages: InspectionPage[] = []
  for (const { inspectionId } of inspections) pages.push((await desk.get(`/api/inspections/${inspectionId}`)).json())
  const findings = pages.flatMap((page) => page.findings)
  assert.deepEqual([findings.length, findings.every(({ stage }) => stage !== null)], [5, true])
  const visits = pages.flatMap((page) => page.visits)
  assert.deepEqual([visits.filter(({ signedAt }) => signedAt !== null).length, visits.filter(({ conflicts }) => conflicts > 0).length], [5, 1])
  const { rows } = await owner.query(`select count(*)::int as n from burden.charge where kind = 'inspection'`)
  assert.equal(rows[0].n, visits.length)
})
