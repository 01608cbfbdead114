// Files of a ticket, looked at and kept as the ledger's are; who may add one is whoever has a step on the ticket.
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { type Looked, storeFile } from '#modules/ledger/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { FileStore } from '#server/kit/files.ts'
import { unseen } from '../hotline.service.ts'
import { ticketById } from '../hotline.sql.ts'
import { sidesOf } from '../hotline-life.service.ts'
import { type FileRow, fileById, filesOfTicket, insertFile, ticketToAttach } from './attachment.sql.ts'

const MOST_FILES = 20

const shown = ({ hash: _hash, ofId: _of, ...file }: FileRow) => ({ ...file, thumbnail: file.mediaType.startsWith('image/') })

/** The files of a ticket, oldest first. Refuses (not-found) what the reader doesn't see. */
export async function filesOf(tx: Tx, ticketId: string) {
  const key = { tenantId: tx.tenant.id, ticketId }
  if ((await tx.maybe(ticketById, key)) === undefined) throw unseen()
  return { files: (await tx.all(filesOfTicket, key)).map(shown) }
}

/** A file that the reader may see. */
export async function fileOf(tx: Tx, attachmentId: string): Promise<FileRow> {
  const row = await tx.maybe(fileById, { tenantId: tx.tenant.id, attachmentId })
  if (row === undefined) throw new Refusal('not-found', '没有找到这个附件，或者它不在您的范围内。')
  return row
}

/** Adds a file to a ticket; the same content again answers with the one that is there. `actor` null: the citizen. Refuses: not-found, invalid (too many). */
export async function attachTo(tx: Tx, actor: Actor | null, files: FileStore, ticketId: string, looked: Looked) {
  const key = { tenantId: tx.tenant.id, ticketId }
  const ticket = await tx.maybe(ticketToAttach, key)
  if (ticket === undefined || (actor !== null && sidesOf(actor.posts, ticket.unitId).size === 0)) throw unseen()
  const hash = await storeFile(files, looked)
  const present = await tx.all(filesOfTicket, key)
  const same = present.find((row) => row.hash === hash)
  if (same !== undefined) return shown(same)
  if (present.length >= MOST_FILES) throw new Refusal('invalid', `一件工单最多 ${MOST_FILES} 个附件。`)
  const { name, mediaType, bytes } = looked
  const row = { id: newId(), ofId: ticketId, hash, name, mediaType, bytes: bytes.length, byCitizen: actor === null, at: now(tx.tenant).toISOString() }
  await tx.all(insertFile, { ...row, tenantId: tx.tenant.id, authorId: tx.actorId })
  await leaveEntry(tx, 'hotline.attach', { kind: 'ticket', id: ticketId }, { attachmentId: row.id, hash })
  return shown(row)
}
