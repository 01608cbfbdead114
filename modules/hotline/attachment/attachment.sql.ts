// Statements of the files of tickets.
import { type Static, Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

const Text = Type.String()
export const FileRow = Type.Object({
  id: Text,
  ofId: Text,
  hash: Text,
  name: Text,
  mediaType: Text,
  bytes: Type.Integer(),
  byCitizen: Type.Boolean(),
  at: Text,
})
export type FileRow = Static<typeof FileRow>
const columns = sql`a.attachment_id as id, a.ticket_id as "ofId", a.sha256 as hash, a.name, a.mime as "mediaType", a.bytes, a.by_citizen as "byCitizen", a.at`

export const filesOfTicket = query(
  'hotline.files-of',
  FileRow,
  (p: { tenantId: number; ticketId: string }) => sql`
  select ${columns} from {hotline.attachment} a where a.tenant_id = ${p.tenantId} and a.ticket_id = ${p.ticketId} order by a.at, a.attachment_id`,
)

export const fileById = query(
  'hotline.file-by-id',
  FileRow,
  (p: { tenantId: number; attachmentId: string }) => sql`
  select ${columns} from {hotline.attachment} a where a.tenant_id = ${p.tenantId} and a.attachment_id = ${p.attachmentId}`,
)

/** Holds the ticket, so that of two files at once the second counts the first. Its holder, by whom files may be added. */
export const ticketToAttach = query(
  'hotline.to-attach',
  Type.Object({ unitId: Type.Union([Text, Type.Null()]) }),
  (p: { tenantId: number; ticketId: string }) => sql`
  select t.unit_id as "unitId" from {hotline.ticket} t where t.tenant_id = ${p.tenantId} and t.ticket_id = ${p.ticketId} for update`,
)

export const insertFile = query(
  'hotline.insert-file',
  Type.Object({}),
  (p: FileRow & { tenantId: number; authorId: string | null }) => sql`
  insert into hotline.attachment (tenant_id, attachment_id, ticket_id, name, mime, bytes, sha256, by_citizen, author_id, at)
  values (${p.tenantId}, ${p.id}, ${p.ofId}, ${p.name}, ${p.mediaType}, ${p.bytes}, ${p.hash}, ${p.byCitizen}, ${p.authorId}::uuid, ${p.at}::timestamptz)`,
)
