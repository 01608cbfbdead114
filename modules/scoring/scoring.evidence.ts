// The rows behind an input of an item: those in the reader's scope, and how many there are in the tenant.
import { Refusal } from '#base/errors.ts'
import { badPageKey } from '#base/page-key.ts'
import { type Evidence, itemRowsSql, vetoRowsSql } from '#engine/index.ts'
import { nameOfItem, recordsOf } from '#modules/ledger/index.ts'
import { mattersOf } from '#modules/matter/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import { catalogueOf } from '#modules/rubric/index.ts'
import { type Pool, type Tx, transaction } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Basis } from './scoring.basis.ts'
import { contextFor } from './scoring.board.ts'
import type { EvidenceRow } from './scoring.contract.ts'
import { bodiesById, counting, marksById, peopleById } from './scoring.sql.ts'

const PAGE = 20
const EVERY_ROW = 1_000_000

export interface EvidenceQuery {
  subject: string
  /** Of an item, or of a veto. */
  item: string
  of?: 'veto'
  measure?: string
  part?: 'numerator' | 'denominator'
  after?: string
  limit?: number
}

interface Row {
  id: string
  day: string | null
  value: string | null
}

function evidenceOf(tenant: Tenant, { rubric, on, asOf }: Basis, query: EvidenceQuery, page: { after?: string; limit: number }): Evidence {
  const { ir } = rubric
  const isThere = query.of === 'veto' ? ir.vetoes.some(({ id }) => id === query.item) : Object.hasOwn(ir.items, query.item)
  if (!isThere) throw new Refusal('not-found', '这份细则没有这一项。')
  const rowsOf = query.of === 'veto' ? vetoRowsSql : itemRowsSql
  const all = rowsOf(ir, query.item, catalogueOf(tenant), contextFor(tenant, { rubric, on, asOf }), { subject: query.subject, ...page })
  const found = all.find(({ measure, part }) => (query.measure === undefined || measure === query.measure) && part === (query.part ?? 'numerator'))
  if (found === undefined) throw new Refusal('not-found', '这一项没有这样的数据来源，得分直接由对象的属性算出。')
  return found
}

/** How many rows stand behind the input in the whole tenant: a number alone (house.md §6.1). */
export function countEvidence(pool: Pool, tenant: Tenant, basis: Basis, query: EvidenceQuery): Promise<number> {
  const { sql } = evidenceOf(tenant, basis, query, { limit: EVERY_ROW })
  return transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'read' }, (tx) => countRows(tx, sql))
}

async function countRows(tx: Tx, sql: Evidence['sql']): Promise<number> {
  const [row] = await tx.compiled<{ count: number }>(counting(sql))
  return row?.count ?? 0
}

/** A page of the rows that the reader may see, described. The subject must be one that the reader may see. */
export async function evidencePage(tx: Tx, basis: Basis, query: EvidenceQuery, all: number) {
  const limit = query.limit ?? PAGE
  const page = evidenceOf(tx.tenant, basis, query, { limit: limit + 1, ...(query.after === undefined ? {} : { after: checkedKey(query.after) }) })
  const rows = await tx.compiled<Row>(page.sql)
  const visible = await countRows(tx, evidenceOf(tx.tenant, basis, query, { limit: EVERY_ROW }).sql)
  const shown = rows.slice(0, limit)
  const { source } = page
  return {
    measure: page.measure,
    label: page.label.replace(/^mark /, '评分 '),
    part: page.part,
    visible,
    all,
    source: catalogueOf(tx.tenant).sources.find((one) => one.name === source)?.label ?? source,
    rows: await describe(tx, basis, source, shown),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** Ids of rows are uuids, or uuids and words joined by colons. */
function checkedKey(after: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}(:[\w-]+)*$/.test(after)) return after
  throw badPageKey(after)
}

async function describe(tx: Tx, { on, asOf }: Basis, source: string, rows: Row[]): Promise<EvidenceRow[]> {
  const known = await descriptions(tx, source, rows, on, asOf)
  return rows.map(({ id, day, value }) => {
    const { title = '', detail = '', record = null, matter = null, person = null, bodyId = null } = known.get(id) ?? known.get(id.slice(0, 36)) ?? {}
    // The distinct value of a count of bodies or people is an id; its title says more.
    return { id, day, value: value !== null && /^[0-9a-f-]{36}$/.test(value) ? null : value, title, detail, record, matter, person, bodyId }
  })
}

type Described = Omit<EvidenceRow, 'id' | 'day' | 'value'>

async function descriptions(tx: Tx, source: string, rows: Row[], on: string, asOf: string): Promise<Map<string, Partial<Described>>> {
  const ids = [...new Set(rows.map(({ id }) => id.slice(0, 36)))]
  const tenantId = tx.tenant.id
  if (source.startsWith('record.') || source === 'participant' || source === 'attendance') {
    const records = await recordsOf(tx, ids, asOf)
    return new Map(records.map((row) => [row.recordId, { title: row.title, detail: row.bodyName, record: row.recordId }]))
  }
  if (source.startsWith('matter.')) {
    const matters = await mattersOf(tx, ids)
    return new Map(matters.map((row) => [row.matterId, { title: row.title, detail: row.owner.name, matter: row.matterId }]))
  }
  const words = wordsOfPack(tx.tenant)
  const found: ({ id: string; title: string; detail: string } & Partial<Described>)[] =
    source === 'mark'
      ? await tx.all(marksById, { tenantId, ids })
      : source === 'post' || source === 'member'
        ? await tx.all(peopleById, { tenantId, ids, on, asOf })
        : await tx.all(bodiesById, { tenantId, ids, on, asOf })
  return new Map(
    found.map(({ id, title, detail, ...who }) => [
      id,
      {
        ...who,
        title: source === 'mark' ? nameOfItem(tx.tenant, title) : (words.get(title) ?? title),
        detail: detail.replace(/^[a-z-]+/, (word) => words.get(word) ?? word),
        record: null,
      },
    ]),
  )
}

/** Kinds and posts as the pack names them. */
function wordsOfPack(tenant: Tenant): Map<string, string> {
  const { unit_kinds, party_org_kinds, posts } = partOf(tenant, organisationPack)
  return new Map([
    ...[...unit_kinds, ...party_org_kinds, ...posts].map(({ id, name }) => [id, name] as const),
    ['full', '正式党员'],
    ['probationary', '预备党员'],
  ])
}
