// Drafts: begun, saved over the edition that was read, discarded, made a version. What a text says and lacks, and what changed.
import { add, decimal, format } from '#base/decimal.ts'
import type { Diagnostic } from '#base/errors.ts'
import { Refusal } from '#base/errors.ts'
import { type Bases, extendedBy, type LoadedRubric, loadDefinition, type RubricIr, rubricDiff, type Saying } from '#engine/index.ts'
import { releasesOf } from '#modules/approval/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { today } from '#server/kit/clock.ts'
import { isPgError, type Tx } from '#server/kit/db.ts'
import { packOf } from '#server/kit/pack.ts'
import { catalogueOf } from '../rubric.catalogue.ts'
import { notesOf, structureOf, wordsOfItem } from '../rubric.rules.ts'
import { lint, rubricOf, storedBases, storeVersion, subjectId } from '../rubric.service.ts'
import { definitionHeads } from '../rubric.sql.ts'
import { valueNames } from '../rubric-names.ts'
import { wordsOfExpr, wordsOfRule } from '../rubric-words.rules.ts'
import type { ChangeRow, DraftPage, DraftRow, Outline, Preview, Problem, VersionRow } from './drafts.contract.ts'
import { blankText, copiedText, extendingText, headOf } from './drafts.rules.ts'
import { allDrafts, type Draft, draftById, draftToChange, insertDraft, markDiscarded, markMade, updateDraft } from './drafts.sql.ts'
import { problemInWords } from './problems.rules.ts'

/** The name that diagnostics give the text being written. */
const ownFile = 'rubric.yaml'
const gone = () => new Refusal('not-found', '没有这份草稿。')

function rowOf(draft: Draft): DraftRow {
  return {
    draft: draft.draftId,
    rubric: draft.rubricId,
    title: draft.title,
    base: draft.baseRubric === null || draft.baseVersion === null ? null : { rubric: draft.baseRubric, version: draft.baseVersion },
    author: draft.author,
    savedBy: draft.savedBy,
    savedAt: draft.savedAt,
    edition: draft.edition,
    made: draft.madeVersion,
    discarded: draft.discardedAt !== null,
  }
}

/** All drafts of the tenant. */
export async function draftRows(tx: Tx): Promise<DraftRow[]> {
  return (await tx.all(allDrafts, { tenantId: tx.tenant.id })).map(rowOf)
}

/** One draft with its text and those it extends. Refuses: not-found. */
export async function draftPage(tx: Tx, draftId: string): Promise<DraftPage> {
  const draft = await tx.maybe(draftById, { tenantId: tx.tenant.id, draftId })
  if (draft === undefined) throw gone()
  const found = await storedBases(tx, draft.text)
  const bases: DraftPage['bases'] = []
  for (let next = extendedBy(draft.text); next !== null; ) {
    const base = found(next.rubric, next.version)
    if (base === undefined || bases.some(({ file }) => file === base.file)) break
    bases.push({ ...next, ...base })
    next = extendedBy(base.text)
  }
  return { ...rowOf(draft), text: draft.text, bases }
}

export interface Beginning {
  id: string
  rubric: string
  title: string
  from: { how: 'blank' } | { how: 'copy' | 'extend'; rubric: string; version: number }
}

/** Begins a draft; the same id twice begins once. Refuses: not-found (no such version), conflict (somebody else's id). */
export async function begin(tx: Tx, actor: Actor, { id, rubric, title, from }: Beginning): Promise<{ draft: string; edition: number; repeated: boolean }> {
  const known = await tx.maybe(draftById, { tenantId: tx.tenant.id, draftId: id })
  if (known !== undefined) {
    if (known.authorId !== actor.accountId) throw new Refusal('conflict', '这个编号已经用过，请刷新页面再试。')
    return { draft: id, edition: known.edition, repeated: true }
  }
  const text = await firstText(tx, rubric, title, from)
  const base = from.how === 'blank' ? null : from
  const inserted = tx.all(insertDraft, {
    tenantId: tx.tenant.id,
    draftId: id,
    rubricId: rubric,
    title,
    text,
    baseRubric: base?.rubric ?? null,
    baseVersion: base?.version ?? null,
    authorId: actor.accountId,
  })
  await inserted.catch((error: unknown) => {
    throw isPgError(error, '23505') ? new Refusal('conflict', '这个编号已经用过，请刷新页面再试。') : error
  })
  await leaveEntry(tx, 'rubric.draft-begin', { kind: 'rubric-draft', id }, { rubric, how: from.how })
  return { draft: id, edition: 1, repeated: false }
}

async function firstText(tx: Tx, rubric: string, title: string, from: Beginning['from']): Promise<string> {
  const heads = await tx.all(definitionHeads, { tenantId: tx.tenant.id })
  const version = Math.max(0, ...heads.filter((head) => head.rubricId === rubric).map((head) => head.version)) + 1
  if (from.how === 'blank') return copiedText(blankText(rubric, title, Number(today(tx.tenant).slice(0, 4))), rubric, version, title)
  const { head, ir, text } = await rubricOf(tx, from.rubric, from.version)
  return from.how === 'copy'
    ? copiedText(text, rubric, version, title)
    : extendingText({ rubric: head.rubricId, version: head.version, period: ir.period }, rubric, version, title, today(tx.tenant))
}

/** The draft, held, at the edition that was read. Refuses: not-found, conflict (discarded; saved by somebody meanwhile). */
async function toChange(tx: Tx, draftId: string, edition: number) {
  const draft = await tx.maybe(draftToChange, { tenantId: tx.tenant.id, draftId })
  if (draft === undefined) throw gone()
  if (draft.discardedAt !== null) throw new Refusal('conflict', '这份草稿已经丢弃。要接着写，请先在草稿清单里恢复它。')
  if (draft.edition !== edition)
    throw new Refusal(
      'conflict',
      `${draft.savedBy === '' ? '别人' : draft.savedBy}已经保存了更新的内容。可以改看对方的，也可以用您的覆盖，或者把您的另存为一份草稿。`,
      [{ field: '/edition', value: draft.edition, message: '草稿已有更新的内容' }],
    )
  return draft
}

/** Saves the text. Refuses: not-found, conflict. */
export async function save(tx: Tx, actor: Actor, draftId: string, edition: number, text: string): Promise<{ edition: number; savedAt: string }> {
  const draft = await toChange(tx, draftId, edition)
  const { rubric, title } = headOf(text)
  const saved = await tx.one(updateDraft, {
    tenantId: tx.tenant.id,
    draftId,
    rubricId: rubric ?? draft.rubricId,
    title: title ?? draft.title,
    text,
    savedBy: actor.accountId,
  })
  await leaveEntry(tx, 'rubric.draft-save', { kind: 'rubric-draft', id: draftId }, { edition: saved.edition })
  return saved
}

/** Discards a draft or takes it back. Refuses: not-found. */
export async function setDiscarded(tx: Tx, draftId: string, discarded: 'yes' | 'no'): Promise<{ draft: string }> {
  const draft = await tx.maybe(draftToChange, { tenantId: tx.tenant.id, draftId })
  if (draft === undefined) throw gone()
  if ((draft.discardedAt !== null) !== (discarded === 'yes')) {
    await tx.all(markDiscarded, { tenantId: tx.tenant.id, draftId, discarded })
    await leaveEntry(tx, discarded === 'yes' ? 'rubric.draft-discard' : 'rubric.draft-restore', { kind: 'rubric-draft', id: draftId })
  }
  return { draft: draftId }
}

/** Makes the saved text a version. Refuses: not-found, invalid (mistakes in the text), conflict (edition; the version can't be changed). */
export async function make(tx: Tx, actor: Actor, draftId: string, edition: number): Promise<{ rubric: string; version: number }> {
  const draft = await toChange(tx, draftId, edition)
  const loaded = await load(tx, draft.text)
  if (!loaded.ok)
    throw new Refusal(
      'invalid',
      `细则里还有 ${loaded.diagnostics.length} 处要改，改好才能送审。`,
      loaded.diagnostics.map((one) => ({ field: '/text', value: `${one.line}:${one.column}`, message: problemInWords(one) })),
    )
  const { ir } = loaded.value
  if (!/^[1-9]\d{0,5}$/.test(ir.version))
    throw new Refusal('invalid', '版本号要写成 1、2、3 这样的整数。', [{ field: '/version', value: ir.version, message: '不是整数' }])
  const version = await storeVersion(tx, ir, draft.text, actor.accountId)
  await tx.all(markMade, { tenantId: tx.tenant.id, draftId, version })
  return { rubric: ir.rubric, version }
}

async function load(tx: Tx, text: string, bases?: Bases) {
  return loadDefinition(text, ownFile, catalogueOf(tx.tenant), bases ?? (await storedBases(tx, text)))
}

/** What is wrong with a text; when nothing is, what it says and what changed against a version. */
export async function preview(tx: Tx, text: string, against: { rubric: string; version: number } | undefined): Promise<Preview> {
  const loaded = await load(tx, text)
  if (!loaded.ok) return { problems: loaded.diagnostics.map(problemOf), outline: null, changes: null, findings: [] }
  const before = against === undefined ? null : await rubricOf(tx, against.rubric, against.version)
  return {
    problems: [],
    outline: outlineOf(tx, loaded.value),
    changes: before === null ? null : changesOf(tx, before.ir, loaded.value.ir),
    findings: lint(tx.tenant, loaded.value.definition),
  }
}

function problemOf(one: Diagnostic): Problem {
  return { ...one, sentence: problemInWords(one), inBase: one.file !== ownFile }
}

function outlineOf(tx: Tx, { ir, definition }: LoadedRubric): Outline {
  const notes = notesOf(definition.tree)
  const valueName = valueNames(packOf(tx.tenant))
  const lines = new Map(Object.values(ir.items).map((item) => [item.id, wordsOfItem(item, ir, notes, valueName)]))
  const extras = new Set([...ir.bonuses.items, ...ir.penalties.items])
  const points = Object.values(ir.items).flatMap((item) => (extras.has(item.id) || item.points === null ? [] : [decimal(item.points)]))
  return {
    rubric: ir.rubric,
    version: ir.version,
    title: ir.title,
    items: Object.keys(ir.items).length,
    points: format(points.reduce(add, decimal('0'))),
    ...structureOf(ir, lines, valueName),
  }
}

/** What changed from one rubric to another, in the pack's words. */
function changesOf(tx: Tx, before: RubricIr, after: RubricIr): ChangeRow[] {
  const valueName = valueNames(packOf(tx.tenant))
  const saying: Saying = { expr: (expr, ir) => wordsOfExpr(expr, ir, valueName), rule: (item, ir) => wordsOfRule(item, ir, valueName) }
  return rubricDiff(before, after, saying)
}

/** What changed between two stored versions. Refuses: not-found. */
export async function diff(tx: Tx, before: { rubric: string; version: number }, after: { rubric: string; version: number }): Promise<{ changes: ChangeRow[] }> {
  const [old, now] = [await rubricOf(tx, before.rubric, before.version), await rubricOf(tx, after.rubric, after.version)]
  return { changes: changesOf(tx, old.ir, now.ir) }
}

/** The versions of a rubric, the latest first; empty where there is none. */
export async function versionRows(tx: Tx, rubricId: string): Promise<VersionRow[]> {
  const heads = (await tx.all(definitionHeads, { tenantId: tx.tenant.id })).filter((head) => head.rubricId === rubricId)
  const released = await releasesOf(tx, 'rubric')
  return heads.map((head) => ({
    version: head.version,
    title: head.title,
    writtenAt: head.knownFrom,
    from: head.authorId === null ? 'pack' : 'page',
    usedAt: head.usedAt,
    release: released(subjectId(head), head.hash)?.number ?? null,
    base: head.baseRubric === null || head.baseVersion === null ? null : { rubric: head.baseRubric, version: head.baseVersion },
  }))
}
