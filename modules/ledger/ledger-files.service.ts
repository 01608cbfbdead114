// Attachments: the type is told by content, images get a thumbnail, nothing is served that a browser would run.
import type { FastifyReply } from 'fastify'
import { Refusal } from '#base/errors.ts'
import { newId } from '#base/ids.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import type { Tx } from '#server/kit/db.ts'
import type { FileStore } from '#server/kit/files.ts'
import { answered } from '#server/kit/route.ts'
import type { Attachment } from './ledger.contract.ts'
import { type AttachmentRow, attachmentById, attachmentsOf, attachmentsOfAll, insertAttachment, lockFiles, versionsOf } from './ledger.sql.ts'
import type { Allow } from './ledger-prepare.service.ts'

const MOST_BYTES = 20 * 1024 * 1024
const MOST_FILES = 20
const MOST_PIXELS = 50_000_000
const THUMBNAIL = '.thumbnail.webp'
/** What a file may belong to. */
const ofNames = { record: '条记录', objection: '条异议', visit: '个项目' } as const

const accepted = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]

/** A file that may be taken in: its type as told by its content, its thumbnail where it is an image. */
export interface Looked {
  name: string
  bytes: Uint8Array
  mediaType: string
  thumbnail: Uint8Array | null
}

/** Looks at a file before the transaction opens, so that none waits for the picture. Refuses what is empty, too large or of another type. */
export async function lookAt(name: string, bytes: unknown): Promise<Looked> {
  if (!(bytes instanceof Uint8Array) || bytes.length === 0)
    throw new Refusal('invalid', '文件是空的，请重新选择。', [{ field: '/body', message: '文件是空的，请重新选择' }])
  if (bytes.length > MOST_BYTES)
    throw new Refusal('too-large', '文件超过 20 MB，请压缩后再传。', [{ field: '/body', value: bytes.length, message: '超过 20 MB' }])
  const mediaType = await typeOf(bytes)
  if (!accepted.includes(mediaType))
    throw new Refusal('unsupported-type', '只收照片（jpg、png、webp）、PDF、Word（docx）和 Excel（xlsx）。请换一种格式。', [
      { field: '/name', value: name, message: '文件的内容不是可以收的格式' },
    ])
  const named = { name: harmlessName(name), mediaType }
  return mediaType.startsWith('image/') ? { ...named, ...(await pictureOf(bytes)) } : { ...named, bytes, thumbnail: null }
}

async function typeOf(bytes: Uint8Array): Promise<string> {
  // Loaded with the first file: most starts never need it.
  const { fileTypeFromBuffer } = await import('file-type')
  try {
    return (await fileTypeFromBuffer(bytes))?.mime ?? ''
  } catch {
    // A file that is cut off or lies about its lengths has no type that we take.
    return ''
  }
}

/** Adds a file to a record. The same content again answers with the attachment that is there. */
export async function attach(tx: Tx, allow: Allow, files: FileStore, recordId: string, looked: Looked): Promise<Attachment> {
  const [record] = await tx.all(versionsOf, { tenantId: tx.tenant.id, recordId })
  if (record === undefined) throw new Refusal('not-found', '没有找到这条记录，或者它不在您的范围内。')
  allow('record.enter', record.ownerId)
  if (record.state === 'withdrawn') throw new Refusal('gone', '这条记录已经撤回，不能再加附件。')
  return keepFile(tx, files, { kind: 'record', id: recordId, ownerId: record.ownerId }, looked)
}

/** Keeps a file of a record, of an objection or of a visit, once; leaves `<kind>.attach`. Who may is the caller's to ask. Refuses: invalid (too many). */
export async function keepFile(
  tx: Tx,
  files: FileStore,
  of: { kind: keyof typeof ofNames; id: string; ownerId: string },
  { name, bytes, mediaType, thumbnail }: Looked,
): Promise<Attachment> {
  const hash = await storeFile(files, { bytes, thumbnail })
  tx.append(lockFiles, { ofId: of.id })
  const present = await tx.all(attachmentsOf, { tenantId: tx.tenant.id, ofId: of.id })
  const same = present.find((row) => row.hash === hash)
  if (same !== undefined) return shownFile(same)
  if (present.length >= MOST_FILES) throw new Refusal('invalid', `一${ofNames[of.kind]}最多 ${MOST_FILES} 个附件。`)
  const row: AttachmentRow = { id: newId(), ofId: of.id, hash, name, mediaType, bytes: bytes.length }
  await tx.all(insertAttachment, { ...row, tenantId: tx.tenant.id, ownerId: of.ownerId, authorId: tx.actorId })
  await leaveEntry(tx, `${of.kind}.attach`, { kind: of.kind, id: of.id }, { attachmentId: row.id, hash })
  return shownFile(row)
}

/** Puts a file and its thumbnail into the store. @returns its SHA-256. */
export async function storeFile(files: FileStore, { bytes, thumbnail }: Pick<Looked, 'bytes' | 'thumbnail'>): Promise<string> {
  const hash = await files.put(bytes)
  if (thumbnail !== null) await files.putBeside(hash, THUMBNAIL, thumbnail)
  return hash
}

/** The files of a record or of an objection, oldest first. */
export async function filesOf(tx: Tx, ofId: string): Promise<Attachment[]> {
  return (await tx.all(attachmentsOf, { tenantId: tx.tenant.id, ofId })).map(shownFile)
}

/** The files of several things at once, each with what it belongs to. */
export async function filesOfAll(tx: Tx, ofIds: readonly string[]): Promise<(Attachment & { ofId: string })[]> {
  if (ofIds.length === 0) return []
  return (await tx.all(attachmentsOfAll, { tenantId: tx.tenant.id, ofIds: [...ofIds] })).map((row) => ({ ...shownFile(row), ofId: row.ofId }))
}

function shownFile({ id, name, mediaType, bytes }: AttachmentRow): Attachment {
  return { id, name, mediaType, bytes, thumbnail: mediaType.startsWith('image/') }
}

/** The picture without what a camera writes beside it (place, device, owner), and its thumbnail. One that says nothing of the kind stays as it is. */
async function pictureOf(bytes: Uint8Array): Promise<{ bytes: Uint8Array; thumbnail: Uint8Array }> {
  // Loaded with the first picture: the library takes 20 MB that a server without uploads need not have.
  const { default: sharp } = await import('sharp')
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS }).rotate()
    const { exif, xmp, iptc, comments } = await picture.metadata()
    const telling = [exif, xmp, iptc, comments].some((part) => part !== undefined)
    const thumbnail = await picture.clone().resize(480, 480, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 78 }).toBuffer()
    // Written anew in its own format and in good quality, turned as the camera said; sharp leaves all else out.
    const plain = telling ? await picture.keepIccProfile().jpeg({ quality: 92, force: false }).webp({ quality: 92, force: false }).toBuffer() : bytes
    return { bytes: plain, thumbnail }
  } catch (error) {
    throw new Refusal('invalid', '这张图片打不开或尺寸过大，请换一张。', [{ field: '/body', message: (error as Error).message }])
  }
}

/** The name without folders, control and invisible characters and what file systems refuse, at most 100 characters. */
export function harmlessName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? ''
  const clean = base
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/^\.+/, '')
    .trim()
  return clean === '' ? '附件' : [...clean].slice(-100).join('')
}

/** An attachment that the reader may see. */
export async function findAttachment(tx: Tx, attachmentId: string): Promise<AttachmentRow> {
  const row = await tx.maybe(attachmentById, { tenantId: tx.tenant.id, attachmentId })
  if (row === undefined) throw new Refusal('not-found', '没有找到这个附件，或者它不在您的范围内。')
  return row
}

/**
 * Answers with a file or its thumbnail, when what was written has been committed; a missing file is a sentence for the operator.
 * A file opened whole leaves `evidence.open`.
 */
export async function serveFile(
  { tx, files, reply }: { tx: Tx; files: FileStore; reply: FastifyReply },
  row: Pick<AttachmentRow, 'id' | 'ofId' | 'hash' | 'name' | 'mediaType'>,
  size: 'thumbnail' | undefined,
): Promise<typeof answered> {
  const inline = row.mediaType.startsWith('image/')
  const thumbnail = size === 'thumbnail' && inline
  const stream = files.open(row.hash, thumbnail ? THUMBNAIL : '')
  if (stream === undefined) throw new Refusal('not-found', '附件的文件不在数据目录里，请管理员从备份中恢复。')
  // A browser that kept the file itself would open it unseen.
  reply
    .type(thumbnail ? 'image/webp' : row.mediaType)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', size === undefined ? 'no-store' : 'private, max-age=86400')
  // Were a browser ever to run one, it could do nothing.
  reply.header('content-security-policy', "default-src 'none'; sandbox")
  reply.header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(row.name)}`)
  if (size === undefined) await leaveEntry(tx, 'evidence.open', { kind: 'attachment', id: row.id }, { of: row.ofId, hash: row.hash })
  tx.afterCommit(() => void reply.send(stream))
  return answered
}
