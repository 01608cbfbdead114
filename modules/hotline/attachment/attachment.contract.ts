// Files of a ticket: photos of the place, papers of the answer.
import { Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Id } from '#base/schemas.ts'
import { Attachment } from '#modules/ledger/ledger.contract.ts'

export const TicketFile = Type.Object({ ...Attachment.properties, byCitizen: Type.Boolean(), at: Type.String() })

const one = { params: Type.Object({ ticketId: Id }, closed) }

export const ticketFiles = endpoint({
  id: 'hotline.files',
  method: 'GET',
  path: '/api/hotline/tickets/:ticketId/attachments',
  summary: 'The files of a ticket, oldest first',
  needs: 'hotline.read',
  sees: 'hotline.read',
  ...one,
  reply: Type.Object({ files: Type.Array(TicketFile) }),
})
export const attachToTicket = endpoint({
  id: 'hotline.attach',
  method: 'POST',
  path: '/api/hotline/tickets/:ticketId/attachments',
  summary: 'Adds a file (octet stream, at most 20 MB; jpeg, png, webp, pdf, docx, xlsx by content); by the hotline, or the unit that holds the ticket',
  needs: 'hotline.read',
  reach: 'tenant',
  ...one,
  bodyLimit: 20 * 1024 * 1024,
  query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
  body: Type.Unsafe<Uint8Array>(Type.Any()),
  reply: TicketFile,
})
export const ticketFile = endpoint({
  id: 'hotline.file',
  method: 'GET',
  path: '/api/hotline/attachments/:attachmentId',
  summary: 'A file, which leaves an audit entry, or its thumbnail',
  needs: 'hotline.read',
  sees: 'hotline.read',
  writes: true,
  params: Type.Object({ attachmentId: Id }, closed),
  query: Type.Object({ size: Type.Optional(Type.Literal('thumbnail')) }, closed),
  reply: Type.Unknown(),
})
