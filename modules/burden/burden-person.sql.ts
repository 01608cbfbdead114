// A person's part in askings and complaints, by the accounts that are theirs.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const text = Type.String()
const maybe = Type.Union([text, Type.Null()])
interface Key {
  tenantId: number
  personId: string
}
const accounts = (p: Key) => sql`(select a.account_id from access.account a where a.tenant_id = ${p.tenantId} and a.person_id = ${p.personId})`

/** Askings that a person entered or sent, the newest first. */
export const askingsBy = query(
  'burden.askings-by',
  Type.Object({ askingId: text, title: text, asker: text, askedOn: text }),
  (p: Key) => sql`
  select k.asking_id as "askingId", k.title, k.asker, k.asked_on as "askedOn" from {burden.asking} k
  where k.tenant_id = ${p.tenantId} and k.author_id in ${accounts(p)} order by k.asked_on desc, k.asking_id`,
)

/** Complaints under a person's name, the newest first. */
export const complaintsBy = query(
  'burden.complaints-by',
  Type.Object({ complaintId: text, title: text, kind: text, text: text, madeOn: text, answer: maybe }),
  (p: Key) => sql`
  select c.complaint_id as "complaintId", c.title, c.kind, c.text, c.made_on as "madeOn", c.answer from {burden.complaint} c
  where c.tenant_id = ${p.tenantId} and c.author_id in ${accounts(p)} order by c.made_on desc, c.complaint_id`,
)
