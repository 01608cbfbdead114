// Every kind of the demonstration's pack is opened over HTTP and led to its end by those who may, and by nobody else (M1, M2).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#base/ids.ts'
import { type Caller, ledgerCity, TODAY } from '#test/ledger-city.ts'
import type { MatterPage, Receipt } from './matter.contract.ts'
import type { MatterKind, Move } from './matter-kinds.contract.ts'

const city = await ledgerCity()
const { org } = city
const [desk, secretary, deputy, other] = await Promise.all([city.as('desk'), city.as('secretary'), city.as('deputy'), city.as('county')])
const { kinds } = (await desk.get('/api/matter-kinds')).json() as { kinds: (MatterKind & { id: string })[] }

/** What a guard wants, where any value of the type won't do. */
const wanted: Record<string, Record<string, string>> = {
  admission: {
    applied_on: '2020-01-10',
    talked_on: '2020-01-20',
    activist_on: '2020-06-01',
    candidate_on: '2021-06-02',
    admitted_on: '2022-03-01',
    approved_on: '2022-04-01',
    full_on: '2023-03-02',
  },
  election: { eligible: '50', attended: '45', nominees: '6', seats: '5' },
  promise: { heard: '10', satisfied: '8' },
}

function fitting(kind: MatterKind & { id: string }, name: string): unknown {
  const field = kind.fields.find(({ id }) => id === name) ?? assert.fail(`${kind.id} has no field ${name}`)
  const given = wanted[kind.id]?.[name]
  if (given !== undefined) return given
  const choices = (field.choices ?? []).map(({ id }) => id)
  return {
    string: '示例',
    text: '示例内容',
    int: field.minimum === '2020' ? '2024' : '5',
    decimal: '5',
    bool: true,
    date: TODAY,
    choice: choices[0],
    list: choices,
  }[field.type]
}
const formOf = (kind: MatterKind & { id: string }, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, fitting(kind, name)]))

/** The shortest way from the first stage to one where it is done. */
function wayOf({ stages, moves }: MatterKind): Move[] {
  const ways: [string, Move[]][] = [[stages[0]?.id ?? '', []]]
  const seen = new Set<string>()
  for (const [stage, way] of ways) {
    if (stages.find(({ id }) => id === stage)?.end === 'done') return way
    if (seen.has(stage)) continue
    seen.add(stage)
    for (const move of moves) if (move.from.includes(stage)) ways.push([move.to, [...way, move]])
  }
  return assert.fail('no way to an end')
}

/** Whose such a matter is, and who acts for it. */
const ownerOf = ({ of_kinds }: MatterKind): { body: string; who: Caller } =>
  of_kinds !== undefined && !of_kinds.includes('branch') ? { body: org.committee, who: deputy } : { body: org.first, who: secretary }

async function opened(kind: MatterKind & { id: string }, parentId?: string): Promise<string> {
  const { body, who } = ownerOf(kind)
  const matter = {
    id: newId(),
    kind: kind.id,
    bodyId: body,
    title: `示例${kind.name}`,
    fields: formOf(kind, kind.form),
    ...(parentId === undefined ? {} : { parentId }),
  }
  const reply = await (kind.opened_by === 'owner' ? who : desk).post('/api/matters', matter)
  assert.equal(reply.statusCode, 200, `${kind.id}: ${reply.body}`)
  return (reply.json() as Receipt).matterId
}

for (const kind of kinds)
  test(`[M2] ${kind.name} is opened and led to its end`, async () => {
    const parent = kinds.find(({ id }) => id === kind.part_of)
    const id = await opened(kind, parent === undefined ? undefined : await opened(parent))
    const { who } = ownerOf(kind)
    let revision = 1
    for (const { id: move, by, form = [], note } of wayOf(kind)) {
      const body = { moveId: newId(), revision, move, fields: formOf(kind, form), ...(note === undefined ? {} : { note: '示例说明' }) }
      assert.equal((await other.post(`/api/matters/${id}/moves`, body)).statusCode, 404, `${move}: another body’s secretary sees nothing of it`)
      if (by !== 'owner') assert.equal((await who.post(`/api/matters/${id}/moves`, body)).statusCode, 403, `${move} is not the owner’s`)
      const reply = await (by === 'owner' ? who : desk).post(`/api/matters/${id}/moves`, body)
      assert.equal(reply.statusCode, 200, `${kind.id}.${move}: ${reply.body}`)
      revision = (reply.json() as Receipt).revision
    }
    const { matter, possible } = (await who.get(`/api/matters/${id}`)).json() as MatterPage
    assert.deepEqual([matter.outcome, possible], ['done', []])
  })
