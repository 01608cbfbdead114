// The rows behind a figure, in the reader's scope (house.md §6.1), and what the public may see instead: totals by county.
import { Refusal } from '#base/errors.ts'
import { uuidPattern } from '#base/ids.ts'
import { badPageKey } from '#base/page-key.ts'
import { findSource, type MeasureIr, rowsSql, type Source } from '#engine/index.ts'
import { exportCsv, kOf } from '#modules/access/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import type { Tx } from '#server/kit/db.ts'
import { packOf, partOf } from '#server/kit/pack.ts'
import type { Call } from '#server/kit/route.ts'
import { type Evidence, EvidenceRow, type Groups, type Part } from './answers.contract.ts'
import type { FigureDefinition } from './answers.pack.ts'
import { noticesPack } from './answers.pack.ts'
import { suppressed } from './answers.rules.ts'
import { type Behind, countOf, type DescribedRow, describeRows, type FoundRow, firstRows, type GroupRow, groupsOf, moreRows } from './answers.sql.ts'
import { definitionsOf } from './answers-definitions.ts'
import { type Counted, computable } from './answers-figures.service.ts'

const ALL = 2_147_483_647
const EXPORTED = 50_000
const isId = (text: string): boolean => new RegExp(uuidPattern).test(text)

/** What is asked for: a part of a figure on a day with the knowledge of a moment. */
export interface Asked {
  figure: FigureDefinition
  part: Part
  on: string
  asOf: string
  counted: Counted
}

interface Found {
  source: Source
  measure: MeasureIr
  day: string
  rows: (page: { after?: string; limit: number }) => ReturnType<typeof rowsSql>
}

/** The statement of the rows, or null where nothing is recorded yet. Refuses (invalid) a denominator that doesn't exist. */
function find(tx: Tx, { figure, part, on, asOf }: Asked): Found | null {
  const { measures, catalogue, byKey } = definitionsOf(packOf(tx.tenant))
  const found = computable({ measures, byKey }, figure, tx.tenant, on, asOf)
  if (found === null) return null
  const measure = part === 'numerator' ? found.measure : found.measure.of === null ? undefined : measures[found.measure.of]
  if (measure === undefined)
    throw new Refusal('invalid', `“${figure.name}”没有分母。`, [{ field: '/part', value: part, message: '这个数字没有分母，请看 numerator' }])
  const source = findSource(catalogue, measure.source)
  if (source === undefined) throw new Error(`no source ${measure.source}`)
  return { source, measure, day: found.context.on, rows: (page) => rowsSql(measures, found.measure.name, catalogue, found.context, { part, ...page }) }
}

type Row = Pick<FoundRow, 'id' | 'day' | 'value'>

/** One page of the rows that the reader may see, in order of id, and how many they are of how many. */
export async function evidenceOf(tx: Tx, asked: Asked, page: { after?: string | undefined; limit: number; all: boolean }): Promise<Evidence> {
  const total = Number(asked.counted[asked.part] ?? '0')
  const empty: Evidence = { rows: [], next: null, visible: 0, total, on: asked.on, asOf: asked.asOf }
  const found = find(tx, asked)
  if (found === null) return empty
  if (page.after !== undefined && !keyFits(found.source, page.after)) {
    throw badPageKey(page.after)
  }
  const { after, limit } = page
  const rows = await tx.all(after === undefined ? firstRows(found.rows({ limit: ALL }), limit + 1) : moreRows(found.rows({ after, limit: limit + 1 })), {})
  const shown = rows.slice(0, limit)
  const more = rows.length > limit
  const counts = found.measure.take.kind === 'count' || found.measure.take.kind === 'countDistinct'
  const visible = after === undefined ? (rows[0]?.visible ?? 0) : page.all && counts ? total : await countAll(tx, found)
  return { ...empty, rows: await describe(tx, asked, found, shown), next: more ? (shown.at(-1)?.id ?? null) : null, visible }
}

async function countAll(tx: Tx, found: Found): Promise<number> {
  const [row] = await tx.compiled<{ n: number }>(countOf(found.rows({ limit: ALL })))
  return row?.n ?? 0
}

/** Row ids are uuids, or, for people in records, a record's uuid and more; a notice's are words. */
function keyFits(source: Source, key: string): boolean {
  if (source.name === 'notice') return true
  return source.name === 'participant' || source.name === 'attendance' ? isId(key.slice(0, 36)) : isId(key)
}

/** What a person recognises of each row. */
async function describe(tx: Tx, asked: Asked, { source, measure, day }: Found, rows: readonly Row[]): Promise<EvidenceRow[]> {
  if (rows.length === 0) return []
  if (source.name === 'notice') return rows.map((row) => clause(tx, row))
  const behind: Behind = { tenantId: tx.tenant.id, on: day, asOf: asked.asOf, records: [], matters: [], bodies: [], persons: [], holdings: [], memberships: [] }
  const list = listOf(source)
  const distinct = measure.take.kind === 'countDistinct' && measure.take.of.op === 'ref' ? measure.take.of.name : ''
  for (const row of rows) {
    const parts = row.id.split(':')
    const isPerson = row.value !== null && isId(row.value) && !BODY_COLUMNS.has(distinct)
    const person = parts.length > 1 ? (parts.at(-1) ?? null) : isPerson ? row.value : null
    for (const name of ['records', 'matters', 'bodies', 'holdings', 'memberships'] as const) behind[name].push(name === list ? (parts[0] ?? null) : null)
    behind.persons.push(person)
  }
  const described = new Map((await tx.all(describeRows, behind)).map((row) => [row.n, row]))
  return rows.map((row, index) => evidenceRow(tx, row, described.get(index + 1)))
}

const BODY_COLUMNS: ReadonlySet<string> = new Set(['unit', 'party_org', 'body', 'record', 'id'])

function listOf({ name }: Source): 'records' | 'matters' | 'bodies' | 'holdings' | 'memberships' {
  if (name === 'unit' || name === 'party-org') return 'bodies'
  if (name === 'post') return 'holdings'
  if (name.startsWith('matter.')) return 'matters'
  return name === 'member' ? 'memberships' : 'records'
}

function evidenceRow(tx: Tx, row: Row, found: DescribedRow | undefined): EvidenceRow {
  const body = found?.bodyId && found.bodyName && found.bodyKind ? { id: found.bodyId, name: found.bodyName, kind: found.bodyKind } : null
  const post = found?.post ? (partOf(tx.tenant, organisationPack).posts.find(({ id }) => id === found.post)?.name ?? found.post) : null
  const own = found?.recordId ? `/records/${found.recordId}` : found?.matterId ? `/matters/${found.matterId}` : null
  const href = own ?? (body === null ? null : `/org/${body.kind === 'unit' ? 'units' : 'party-orgs'}/${body.id}`)
  return { id: row.id, date: found?.day ?? row.day, title: found?.title ?? post ?? body?.name ?? '', body, person: found?.person ?? null, href }
}

function clause(tx: Tx, row: Row): EvidenceRow {
  const [notice, kind, id] = row.id.split(':')
  const found = partOf(tx.tenant, noticesPack).notices.find((one) => one.id === notice)
  const title = (kind === 'goal' ? found?.goals : found?.tasks)?.find((one) => one.id === id)?.name ?? row.id
  return { id: row.id, date: found?.issued_on ?? null, title, body: null, person: null, href: null }
}

/** The rows as csv. Refuses more than fit into a file. */
export async function exportEvidence(call: Pick<Call<unknown, unknown, unknown>, 'tx' | 'actor' | 'reply'>, asked: Asked): Promise<string> {
  const { tx } = call
  const found = find(tx, asked)
  const rows = found === null ? [] : await tx.compiled<Row>(found.rows({ limit: EXPORTED + 1 }))
  if (rows.length > EXPORTED) throw new Refusal('too-large', `一次最多导出 ${EXPORTED} 行，请缩小范围。`)
  const { figure, part, on, asOf } = asked
  return exportCsv(call, {
    name: figure.name,
    action: 'answers.export',
    object: { kind: 'figure', id: figure.key },
    detail: { part, on, asOf },
    schema: EvidenceRow,
    rows: found === null ? [] : await describe(tx, asked, found, rows),
    columns: [
      { title: '日期', cell: (row) => row.date },
      { title: '标题', cell: (row) => row.title },
      { title: '组织', cell: (row) => row.body?.name ?? null },
      { title: '人员', cell: (row) => row.person },
      { title: '编号', cell: (row) => row.id },
    ],
  })
}

/** The figure by county, as the public may see it: no group below k, nor one that the total would give away. */
export async function publicGroups(tx: Tx, asked: Asked): Promise<Groups> {
  const total = asked.counted[asked.part]
  const k = kOf(tx.tenant)
  const none: Groups = { k, total, groups: [], on: asked.on, asOf: asked.asOf }
  const found = find(tx, asked)
  const statement = found === null ? null : groupsOf(found.rows({ limit: ALL }), found.source.name, { on: found.day, asOf: asked.asOf })
  if (statement === null) return none
  const counts = new Map((await tx.compiled<GroupRow>(statement)).map((row) => [row.county, row.count]))
  const places = [{ code: '', name: '市级机关' }, ...partOf(tx.tenant, organisationPack).counties]
  const groups = suppressed(
    places.map(({ code, name }) => ({ name, count: counts.get(code) ?? 0 })),
    k,
  )
  return { ...none, groups: groups.map(({ name, count }) => ({ name, count })) }
}
