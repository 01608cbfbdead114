// Two phones without network, over the real endpoints: whatever is said, sent, lost and sent again in whatever order, each answer is there once,
// and of an item two that did not know of each other both stand (I4). The reference keeps what each phone had in view, nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newId } from '#base/ids.ts'
import { draws } from '#test/draws.ts'
import { type Caller, ledgerCity } from '#test/ledger-city.ts'
import type { VisitPage } from './inspection.contract.ts'
import { headsOf, isConflict } from './inspection.rules.ts'
import { answering, answersOn, type Kept, nothing, synced, trying } from './web/phone.ts'

const city = await ledgerCity()
const { org, unit, owner } = city
const phones = [await city.as('secretary'), await city.as('second')] as const
const desk = await city.as('desk')
const accounts = (await owner.query(`select account_id as id from access.account where login in ('secretary', 'second')`)).rows.map(({ id }) => id)
const items = ['head-knows', 'window', 'risk-list']

const inspectionId = newId()
const made = await desk.post('/api/inspections', {
  ...{
    id: inspectionId,
    kind: 'clean-office',
    title: '督查',
    basis: '计划',
    askerId: org.committee,
    units: [unit.office],
    firstDay: '2024-12-25',
    lastDay: '2024-12-31',
  },
})
assert.equal(made.statusCode, 200, made.body)
await owner.query(`update inspection.inspection set state = 'under-way'`)

/** A visit of a unit that is nobody's, with both phones in its team. */
async function newVisit(): Promise<string> {
  const visitId = newId()
  await owner.query(`insert into inspection.visit (tenant_id, visit_id, inspection_id, asker_id, unit_id, body_id) values (1, $1, $2, $3, $4, $4)`, [
    visitId,
    inspectionId,
    org.committee,
    newId(),
  ])
  for (const account of accounts)
    await owner.query(
      `insert into inspection.member (tenant_id, visit_id, account_id, inspection_id, asker_id, known_from) values (1, $1, $2, $3, $4, now())`,
      [visitId, account, inspectionId, org.committee],
    )
  return visitId
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      phone: fc.nat(1),
      item: fc.nat(2),
      verdict: fc.constantFrom('yes' as const, 'mostly' as const, 'no' as const, 'none' as const),
      note: fc.constantFrom('', '甲', '乙'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      phone: fc.nat(1),
      how: fc.constantFrom('arrives' as const, 'reply lost' as const, 'request lost' as const, 'twice at once' as const, 'first only' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('both send' as const) }) },
)

test('[I4] 200 drawn interleavings of answers, syncs, lost requests and lost replies of two phones: nothing lost, nothing doubled, both of a conflict kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const visit = await newVisit()
      const first: VisitPage = (await (phones[0] as Caller).get(`/api/visits/${visit}`)).json()
      const kept: [Kept, Kept] = [
        { page: first, unsent: nothing() },
        { page: first, unsent: nothing() },
      ]
      /** By answer: its item, and what of the item its phone had in view. */
      const reference = new Map<string, { item: string; saw: Set<string> }>()
      const made = new Map<string, number>()
      const send = async (phone: 0 | 1, list = kept[phone].unsent.answers): Promise<VisitPage | null> => {
        kept[phone] = trying(kept[phone])
        if (list.length === 0) return (await phones[phone].get(`/api/visits/${visit}`)).json()
        const reply = await phones[phone].post(`/api/visits/${visit}/answers`, { answers: list })
        assert.equal(reply.statusCode, 200, reply.body)
        return reply.json().page
      }
      const arrive = async (phone: 0 | 1): Promise<void> => {
        const page = await send(phone)
        if (page !== null) kept[phone] = synced(kept[phone], page)
      }
      for (const each of steps)
        if (each.do === 'say') {
          const phone = each.phone as 0 | 1
          const item = items[each.item] ?? ''
          const saw = new Set(answersOn(kept[phone]).flatMap((answer) => (answer.item === item ? [answer.answerId] : [])))
          kept[phone] = answering(kept[phone], { item, verdict: each.verdict, note: each.note })
          // What never left the phone is taken back by who said it.
          const unsent = new Set(kept[phone].unsent.answers.map(({ id }) => id))
          for (const id of saw)
            if (made.get(id) === phone && !unsent.has(id) && !kept[phone].page.answers.some(({ answerId }) => answerId === id)) reference.delete(id)
          const id = kept[phone].unsent.answers.at(-1)?.id ?? ''
          made.set(id, phone)
          reference.set(id, { item, saw })
        } else if (each.do === 'both send') await Promise.all([arrive(0), arrive(1)])
        else {
          const phone = each.phone as 0 | 1
          if (each.how === 'arrives') await arrive(phone)
          else if (each.how === 'reply lost') await send(phone)
          else if (each.how === 'twice at once') await Promise.all([send(phone), arrive(phone)])
          else if (each.how === 'first only') await send(phone, kept[phone].unsent.answers.slice(0, 1))
        }
      await arrive(0)
      await arrive(1)
      const { answers, visit: row }: VisitPage = (await desk.get(`/api/visits/${visit}`)).json()
      assert.deepEqual(answers.map(({ answerId }) => answerId).sort(), [...reference.keys()].sort(), 'each answer once')
      assert.deepEqual([kept[0].unsent, kept[1].unsent], [nothing(), nothing()])
      const heads = headsOf(answers)
      for (const item of items) {
        const said = [...reference].filter(([, one]) => one.item === item)
        const standing = said.filter(([id]) => !said.some(([, { saw }]) => saw.has(id))).map(([id]) => id)
        assert.deepEqual((heads.get(item) ?? []).map(({ answerId }) => answerId).sort(), standing.sort(), item)
      }
      assert.equal(row.conflicts, items.filter((item) => isConflict(heads.get(item) ?? [])).length)
    }),
    draws(200),
  )
})
