// Versions of rubrics: loading the pack's, finding and compiling one, checking a text.
import { createHash } from 'node:crypto'
import { formatDate } from '#base/dates.ts'
import type { Diagnostic } from '#base/errors.ts'
import { Refusal } from '#base/errors.ts'
import { type Bases, chainOf, extendedBy, type LoadedRubric, loadDefinition, loadRubric, parseYaml, type RubricIr } from '#engine/index.ts'
import { isUnderWay, type Release, releaseOf, releasesOf, type Subject } from '#modules/approval/index.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { OperatorError } from '#server/kit/operator-error.ts'
import { packOf, partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { lintPack } from './lint/lint.pack.ts'
import { type Finding, lintRubric, type Readable, rulesOn, wordsOfFindings } from './lint/lint.rules.ts'
import { catalogueOf } from './rubric.catalogue.ts'
import type { ItemLine, RubricPage, RubricRow } from './rubric.contract.ts'
import { basesOfPack, rubricsOfPack } from './rubric.pack.ts'
import { notesOf, structureOf, wordsOfItem } from './rubric.rules.ts'
import { type DefinitionHead, definitionHead, definitionHeads, definitionText, markUsed, putDefinition } from './rubric.sql.ts'
import { valueNames } from './rubric-names.ts'

/** A version ready to be run. */
export interface Rubric extends LoadedRubric {
  head: DefinitionHead
  text: string
  note: string
  /** Each item's rule in words. */
  lines: Map<string, ItemLine>
}

type Compiled = Omit<Rubric, 'head'>

/** Compiled versions by tenant's pack, id, version and hash. */
const compiled = new Map<string, Compiled>()

/** The hash of what a version says: of its text, and of the texts it extends. */
function hashOf(text: string, bases: Bases): string {
  return createHash('sha256').update(chainOf(text, bases).join('\0')).digest('hex')
}

/** The stored versions that a text extends, one after the other. */
export async function storedBases(tx: Tx, text: string): Promise<Bases> {
  const found = new Map<string, { text: string; file: string }>()
  for (let next = extendedBy(text); next !== null; ) {
    const name = `${next.rubric}.${next.version}`
    const isThere = !found.has(name) && /^[1-9]\d{0,5}$/.test(next.version)
    const base = isThere ? await tx.maybe(definitionText, { tenantId: tx.tenant.id, rubricId: next.rubric, version: Number(next.version) }) : undefined
    if (base === undefined) break
    found.set(name, { text: base.text, file: name })
    next = extendedBy(base.text)
  }
  return (rubric, version) => found.get(`${rubric}.${version}`)
}

/**
 * Brings the tenant's pack rubrics into rubric.definition: new versions are added, unused ones replaced.
 * Refuses with a sentence when the text of a version in use was changed.
 */
export async function loadPackRubrics(tx: Tx): Promise<void> {
  const pack = packOf(tx.tenant)
  const checked = rubricsOfPack(pack)
  if (!checked.ok) throw new Error(`pack ${tx.tenant.pack} was loaded unchecked`)
  const known = await tx.all(definitionHeads, { tenantId: tx.tenant.id })
  for (const { file, ir } of checked.value) {
    const hash = hashOf(file.text, basesOfPack(pack))
    const version = Number(ir.version)
    const before = known.find((head) => head.rubricId === ir.rubric && head.version === version)
    if (before?.hash === hash) continue
    if (before !== undefined) await mustBeFree(tx, before, file.file)
    await putVersion(tx, { ir, text: file.text, hash, authorId: null, isNew: before === undefined })
  }
}

/** Refuses the start with a sentence where a version of the pack can't take the place of the one that is stored. */
async function mustBeFree(tx: Tx, { rubricId, version, usedAt, authorId, hash }: DefinitionHead, file: string): Promise<void> {
  const wayOut = `Undo the change, or give the new text version: ${version + 1}.`
  const named = `${file}: version ${version} of rubric ${rubricId}`
  if (usedAt !== null) throw new OperatorError(`${named} has been used in a run and its text is frozen. ${wayOut}`)
  if (authorId !== null) throw new OperatorError(`${named} was written on the page. ${wayOut}`)
  if ((await releaseOf(tx, 'rubric', subjectId({ rubricId, version }), hash)) !== undefined)
    throw new OperatorError(`${named} has been released and its text is frozen. ${wayOut}`)
  const [over] = await extendersOf(tx, { rubricId, version })
  if (over !== undefined && over.authorId !== null)
    throw new OperatorError(`${named} is the base of version ${over.version} of ${over.rubricId}, which was written on the page. ${wayOut}`)
}

/** The stored versions that extend a version. */
async function extendersOf(tx: Tx, { rubricId, version }: Pick<DefinitionHead, 'rubricId' | 'version'>): Promise<DefinitionHead[]> {
  const heads = await tx.all(definitionHeads, { tenantId: tx.tenant.id })
  return heads.filter((head) => head.baseRubric === rubricId && head.baseVersion === version)
}

async function putVersion(
  tx: Tx,
  { ir, text, hash, authorId, isNew }: { ir: RubricIr; text: string; hash: string; authorId: string | null; isNew: boolean },
): Promise<void> {
  const base = extendedBy(text)
  await tx.all(putDefinition, {
    tenantId: tx.tenant.id,
    rubricId: ir.rubric,
    version: Number(ir.version),
    title: ir.title,
    subject: ir.subject,
    text,
    hash,
    authorId,
    baseRubric: base?.rubric ?? null,
    baseVersion: base === null ? null : Number(base.version),
  })
  await leaveEntry(tx, isNew ? 'rubric.add' : 'rubric.replace', { kind: 'rubric', id: ir.rubric }, { version: Number(ir.version), hash })
}

/**
 * Makes a text that checks the version that it names, as long as nobody relies on another text of it.
 * Refuses (conflict): used, released, of the pack, under way, extended by another.
 */
export async function storeVersion(tx: Tx, ir: RubricIr, text: string, authorId: string): Promise<number> {
  const version = Number(ir.version)
  const hash = hashOf(text, await storedBases(tx, text))
  const heads = (await tx.all(definitionHeads, { tenantId: tx.tenant.id })).filter((head) => head.rubricId === ir.rubric)
  const before = heads.find((head) => head.version === version)
  if (before?.hash === hash) return version
  if (before !== undefined) {
    const next = Math.max(...heads.map((head) => head.version)) + 1
    const refuse = (why: string): never => {
      throw new Refusal('conflict', `第 ${version} 版${why}，内容不能再改。请把版本号改为 ${next}，作为新的一版送审。`, [
        { field: '/version', value: next, message: `改为 ${next}` },
      ])
    }
    const id = subjectId(before)
    if (before.usedAt !== null) refuse('已经用于正式计算')
    if (before.authorId === null) refuse('是随系统配置下发的')
    if ((await releaseOf(tx, 'rubric', id, before.hash)) !== undefined) refuse('已经发布')
    if ((await extendersOf(tx, before)).length > 0) refuse('是别的细则的基础')
    if (await isUnderWay(tx, 'rubric', id)) throw new Refusal('conflict', `第 ${version} 版正在签批，内容不能改。请等它办结或退回；要先改，请到签批件里撤稿。`)
  }
  await putVersion(tx, { ir, text, hash, authorId, isNew: before === undefined })
  return version
}

/** A version of a rubric, compiled; the latest where none is named. Refuses: not-found; conflict when its text no longer fits the pack. */
export async function rubricOf(tx: Tx, rubricId: string, version: number | null = null): Promise<Rubric> {
  const head = await tx.maybe(definitionHead, { tenantId: tx.tenant.id, rubricId, version })
  if (head === undefined) throw new Refusal('not-found', version === null ? '没有这份考核细则。' : `这份考核细则没有第 ${version} 版。`)
  return { head, ...(await compile(tx, head)) }
}

async function compile(tx: Tx, head: DefinitionHead): Promise<Compiled> {
  const key = `${tx.tenant.pack}/${head.rubricId}/${head.version}/${head.hash}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  const { text } = await tx.one(definitionText, { tenantId: tx.tenant.id, rubricId: head.rubricId, version: head.version })
  const checked = loadDefinition(text, head.rubricId, catalogueOf(tx.tenant), await storedBases(tx, text))
  if (!checked.ok)
    throw new Refusal(
      'conflict',
      `《${head.title}》第 ${head.version} 版与现在的记录种类不再相符，不能计算：第 ${checked.diagnostics[0]?.line} 行 ${checked.diagnostics[0]?.message}`,
    )
  const { ir, definition } = checked.value
  const notes = notesOf(definition.tree)
  const valueName = valueNames(packOf(tx.tenant))
  const lines = new Map(Object.values(ir.items).map((item) => [item.id, wordsOfItem(item, ir, notes, valueName)]))
  const value = { ir, definition, text, note: notes.get('') ?? '', lines }
  compiled.set(key, value)
  return value
}

/** Marks a version as used by an official run: its text is frozen from then on. */
export async function freezeRubric(tx: Tx, { rubricId, version }: DefinitionHead): Promise<void> {
  await tx.all(markUsed, { tenantId: tx.tenant.id, rubricId, version })
}

/** How a version is named where it is sent for approval. */
export function subjectId({ rubricId, version }: Pick<DefinitionHead, 'rubricId' | 'version'>): string {
  return `${rubricId}.${version}`
}

/** A version of a rubric as a thing to be approved: its text, by the text's hash. */
export const rubricSubject: Subject = {
  kind: 'rubric',
  name: '考核细则',
  read: async (tx, id) => {
    const [, rubricId = '', version = ''] = /^([a-z][a-z0-9-]*)\.([1-9]\d{0,5})$/.exec(id) ?? []
    const head = rubricId === '' ? undefined : await tx.maybe(definitionHead, { tenantId: tx.tenant.id, rubricId, version: Number(version) })
    if (head === undefined) return undefined
    const { ir, definition } = await rubricOf(tx, rubricId, head.version)
    const findings = lint(tx.tenant, definition)
    const { stops } = partOf(tx.tenant, lintPack)
    const stopped = findings.some(({ severity }) => stops.includes(severity))
    return {
      title: `${head.title}（第${head.version}版）`,
      bodyId: null,
      address: `/scoring/${rubricId}/rules?version=${head.version}`,
      hash: head.hash,
      summary: [
        `考核${ir.subject === 'unit' ? '单位' : '党组织'}，考核期${formatDate(ir.period.from)}至${formatDate(ir.period.to)}。`,
        `${ir.blocks.length}个板块，${Object.keys(ir.items).length}项指标，${ir.grades.length === 0 ? '不分等次' : `分${ir.grades.map(({ grade }) => grade).join('、')}`}。`,
        ...wordsOfFindings(findings),
      ],
      ...(stopped ? { stop: '细则里有减负规定禁用的指标，不能送审：请先改正（见细则页的减负检查）。' } : {}),
    }
  },
}

/** The number under which a version was released; null: it is a draft. */
export async function releaseNumber(tx: Tx, head: DefinitionHead): Promise<string | null> {
  return (await releaseOf(tx, 'rubric', subjectId(head), head.hash))?.number ?? null
}

/** Refuses (conflict) a version that is not released: a draft is for live boards and trials alone. */
export async function mustBeReleased(tx: Tx, head: DefinitionHead): Promise<void> {
  if ((await releaseOf(tx, 'rubric', subjectId(head), head.hash)) === undefined)
    throw new Refusal('conflict', `《${head.title}》第 ${head.version} 版还是草案，不能用于正式计算和定级。请先在细则页送审，发布后再算。`)
}

function rowOf({ head, ir, note }: Rubric, versions: number, release: Release | undefined): RubricRow {
  return {
    rubric: head.rubricId,
    version: head.version,
    title: head.title,
    note,
    subject: ir.subject,
    period: ir.period,
    items: Object.keys(ir.items).length,
    graded: ir.grades.length > 0,
    usedAt: head.usedAt,
    release: release === undefined ? null : { number: release.number, releasedAt: release.releasedAt },
    versions,
  }
}

/** The latest version of each rubric. */
export async function listRubricRows(tx: Tx): Promise<RubricRow[]> {
  const heads = await tx.all(definitionHeads, { tenantId: tx.tenant.id })
  const released = await releasesOf(tx, 'rubric')
  const rows: RubricRow[] = []
  for (const head of heads) {
    if (rows.some((row) => row.rubric === head.rubricId)) continue
    const versions = heads.filter((one) => one.rubricId === head.rubricId).length
    rows.push(rowOf({ head, ...(await compile(tx, head)) }, versions, released(subjectId(head), head.hash)))
  }
  return rows
}

/** One version with its text and its structure in words. */
export async function rubricPage(tx: Tx, rubricId: string, version: number | null): Promise<RubricPage> {
  const rubric = await rubricOf(tx, rubricId, version)
  const heads = await tx.all(definitionHeads, { tenantId: tx.tenant.id })
  const release = await releaseOf(tx, 'rubric', subjectId(rubric.head), rubric.head.hash)
  return {
    ...rowOf(rubric, heads.filter((head) => head.rubricId === rubricId).length, release),
    text: rubric.text,
    ...structureOf(rubric.ir, rubric.lines, valueNames(packOf(tx.tenant))),
    findings: lint(tx.tenant, rubric.definition),
  }
}

/** What is wrong with a rubric text; empty when nothing is. */
export async function checkText(tx: Tx, text: string): Promise<Diagnostic[]> {
  const checked = loadRubric(text, 'rubric.yaml', catalogueOf(tx.tenant), await storedBases(tx, text))
  return checked.ok ? [] : checked.diagnostics
}

/** What the burden rules in force today say of a rubric text, and of what it takes over from texts it extends. */
export async function lintText(tx: Tx, text: string): Promise<Finding[]> {
  const checked = loadDefinition(text, 'rubric.yaml', catalogueOf(tx.tenant), await storedBases(tx, text))
  return lint(tx.tenant, checked.ok ? checked.value.definition : parseYaml(text, 'rubric.yaml'))
}

/** What the burden rules in force today say of a rubric. */
export function lint(tenant: Tenant, read: Readable): Finding[] {
  return lintRubric(read, rulesOn(partOf(tenant, lintPack), today(tenant)))
}
