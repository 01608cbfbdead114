// Fact sources that answer sheets add to those of the organisation and the ledger: the clauses of notices, and unbroken runs of honours.
import type { Source } from '#engine/catalogue.ts'
import type { NoticesPack } from './answers.pack.ts'

/** A text as an SQL literal: catalogue fragments carry no values, and this comes from the pack, not from a reader. Braces and dollars would be read as marks. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('{', '｛').replaceAll('}', '｝').replaceAll('$', '＄')}'`
}

/** `notice`: one row per goal and task of the pack's notices issued by {on}. */
export function noticeSource({ notices }: NoticesPack): Source {
  const rows = notices.flatMap((notice) =>
    (['goal', 'task'] as const).flatMap((kind) =>
      (kind === 'goal' ? notice.goals : notice.tasks).map(
        (clause) =>
          `(${[`${notice.id}:${kind}:${clause.id}`, notice.id, notice.name, kind, clause.name].map(literal).join(', ')}, ${literal(notice.issued_on)}::date)`,
      ),
    ),
  )
  const values = rows.length === 0 ? `select '', '', '', '', '', null::date where false` : `values ${rows.join(', ')}`
  return {
    name: 'notice',
    label: '通知的目标和任务',
    relation: `(select v.* from (${values}) v (id, notice, notice_name, kind, name, issued_on) where v.issued_on <= {on}) clause`,
    id: 'clause.id',
    subjects: {},
    when: null,
    columns: [
      { name: 'notice', label: '通知', type: 'string', sql: 'clause.notice' },
      { name: 'kind', label: '目标或任务', type: 'string', sql: 'clause.kind' },
      { name: 'name', label: '内容', type: 'string', sql: 'clause.name' },
    ],
  }
}

/**
 * `honour-year`: the honours of a unit whose years run without a gap up to the last one it has at {on}. The years before a gap are no rows here,
 * so that counting years counts consecutive ones.
 */
export const honourYearSource: Source = {
  name: 'honour-year',
  label: '连续获得的荣誉',
  relation: `(select run.* from (
      select island.*, max(island.island) over (partition by island.unit_id, island.honour) as last_island from (
        select r.record_id, r.unit_id, r.party_org_id, r.happened_on, r.fields->>'honour' as honour, (r.fields->>'year')::int as year, u.name as unit_name,
          (r.fields->>'year')::int - dense_rank() over (partition by r.unit_id, r.fields->>'honour' order by (r.fields->>'year')::int) as island
        from {ledger.record} r join org.units_at({on}, {asOf}) u on u.unit_id = r.unit_id
        where r.tenant_id = {tenant} and r.kind = 'honour' and r.state = 'valid' and r.known_from <= {asOf} and r.known_until > {asOf}
          and r.happened_on <= {on} and r.fields->>'year' is not null and r.fields->>'state' = 'named') island) run
    where run.island = run.last_island) run`,
  id: 'run.record_id',
  subjects: { unit: 'run.unit_id', 'party-org': 'run.party_org_id' },
  when: 'run.happened_on',
  columns: [
    { name: 'honour', label: '荣誉', type: 'string', sql: 'run.honour' },
    { name: 'year', label: '年度', type: 'int', sql: 'run.year' },
    { name: 'unit', label: '单位', type: 'string', sql: 'run.unit_id::text' },
    { name: 'unit_name', label: '单位名称', type: 'string', sql: 'run.unit_name' },
  ],
}
