// A person's part in matters.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const text = Type.String()
interface Key {
  tenantId: number
  personId: string
}

/** The matters that a person has been given, the newest first. */
export const givenTo = query(
  'matter.given-to',
  Type.Object({ matterId: text, kind: text, title: text, stage: text, openedOn: text }),
  (p: Key) => sql`
  select m.matter_id as "matterId", m.kind, m.title, m.stage, m.opened_on as "openedOn" from {matter.matter} m
  where m.tenant_id = ${p.tenantId} and m.person_id = ${p.personId} order by m.opened_on desc, m.matter_id`,
)

/** The steps that a person made, the newest first. */
export const stepsBy = query(
  'matter.steps-by',
  Type.Object({ matterId: text, title: text, move: text, at: text }),
  (p: Key) => sql`
  select v.matter_id as "matterId", m.title, v.move, v.at from {matter.move} v join {matter.matter} m on m.tenant_id = v.tenant_id and m.matter_id = v.matter_id
  where v.tenant_id = ${p.tenantId} and v.person_id = ${p.personId} order by v.at desc, v.matter_id, v.revision`,
)
