// What of the answer sheet the public may see: a sheet or a single figure stands released to it by a signed paper, as it is defined now.
import { createHash } from 'node:crypto'
import { Refusal } from '#base/errors.ts'
import { type Release, releaseOf, type Subject } from '#modules/approval/index.ts'
import { type Actor, anonymous } from '#server/kit/actor.ts'
import { type Pool, type Tx, transaction } from '#server/kit/db.ts'
import { type Pack, packOf, partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { type FigureDefinition, figuresPack, sheetFolder } from './answers.pack.ts'
import { definitionsOf } from './answers-definitions.ts'

const hashes = new WeakMap<Pack, Map<string, string>>()

/** The hash of what a thing of the pack says, made once. */
function hashOf(pack: Pack, id: string, said: () => unknown): string {
  const known = hashes.get(pack) ?? new Map<string, string>()
  hashes.set(pack, known)
  const hash = known.get(id) ?? createHash('sha256').update(JSON.stringify(said())).digest('hex')
  known.set(id, hash)
  return hash
}

/** A sheet is its text and the definitions of its figures; their values are counted anew whenever it is read. */
function sheetHash(pack: Pack, sheet: string): string | undefined {
  const text = pack.texts(sheetFolder).find(({ name }) => name === sheet)?.text
  return text === undefined ? undefined : hashOf(pack, sheet, () => [text, pack.part(figuresPack)])
}

function figureHash(pack: Pack, sheet: string, figure: FigureDefinition): string {
  const { measures } = pack.part(figuresPack)
  const own = figure.measure === undefined ? undefined : measures[figure.measure]
  return hashOf(pack, `${sheet}.${figure.key}`, () => [figure, own, own?.of === undefined ? null : measures[own.of]])
}

/** A sheet as a thing to be approved. */
export const sheetSubject: Subject = {
  kind: 'sheet',
  name: '答卷',
  read: async (tx, sheet) => {
    const pack = packOf(tx.tenant)
    const hash = sheetHash(pack, sheet)
    if (hash === undefined) return undefined
    const { title, figures } = pack.part(figuresPack)
    const marked = definitionsOf(pack).sheets.get(sheet)?.keys.length ?? 0
    return {
      title,
      bodyId: null,
      address: `/answers/${sheet}`,
      hash,
      summary: [`正文用到${marked}个数字，附${figures.length}个数字的口径；数字随记录现算。`, '向公众只给到数字和分县区的合计，合计过小的不显示。'],
    }
  },
}

/** One figure of a sheet as a thing to be approved; its id is `sheet.key`. */
export const figureSubject: Subject = {
  kind: 'figure',
  name: '数字',
  read: async (tx, id) => {
    const [sheet = '', key = ''] = id.split('.')
    const pack = packOf(tx.tenant)
    const figure = definitionsOf(pack).byKey.get(key)
    if (figure === undefined || sheetHash(pack, sheet) === undefined) return undefined
    return {
      title: figure.name,
      bodyId: null,
      address: `/answers/${sheet}/${key}`,
      hash: figureHash(pack, sheet, figure),
      summary: [`口径第${figure.version}版：${figure.definition}`],
    }
  },
}

/** The widest release of a sheet that stands for the reader of this transaction. */
export async function sheetRelease(tx: Tx, sheet: string): Promise<Release | undefined> {
  const hash = sheetHash(packOf(tx.tenant), sheet)
  return hash === undefined ? undefined : releaseOf(tx, 'sheet', sheet, hash)
}

/** True where the sheet, or the figure that is named, stands released to the public. */
async function isPublic(tx: Tx, sheet: string, key: string | undefined): Promise<boolean> {
  if ((await sheetRelease(tx, sheet))?.audience === 'public') return true
  const pack = packOf(tx.tenant)
  const figure = key === undefined ? undefined : definitionsOf(pack).byKey.get(key)
  if (figure === undefined) return false
  return (await releaseOf(tx, 'figure', `${sheet}.${figure.key}`, figureHash(pack, sheet, figure)))?.audience === 'public'
}

/** Refuses (not-signed-in) a reader without a session what is not released to the public, whether it exists or not. */
export async function mustBePublic(pool: Pool, tenant: Tenant, actor: Actor, { sheet, key }: { sheet: string; key?: string }): Promise<void> {
  if (actor !== anonymous) return
  const released = await transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, (tx) => isPublic(tx, sheet, key))
  if (!released) throw new Refusal('not-signed-in', '这份答卷没有向公众发布，请先登录。')
}

/** The sheets of the pack that the reader may know of. */
export async function sheetsFor(tx: Tx, actor: Actor) {
  const { sheet, title, subtitle = '', figures } = partOf(tx.tenant, figuresPack)
  const open = (await sheetRelease(tx, sheet))?.audience === 'public'
  return { sheets: open || actor !== anonymous ? [{ id: sheet, title, subtitle, figures: figures.length, public: open }] : [] }
}
