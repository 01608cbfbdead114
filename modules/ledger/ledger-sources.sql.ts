// The ledger's fact sources for the engine: one per record kind of the pack, and participants, attendance and marks.
import type { Column, ColumnType, Source } from '#engine/catalogue.ts'
import type { Field, FieldType, RecordKind, RecordsPack } from './ledger-kinds.contract.ts'

const columnType: Record<FieldType, ColumnType> = {
  string: 'string',
  text: 'string',
  int: 'int',
  decimal: 'decimal',
  bool: 'bool',
  date: 'date',
  choice: 'string',
  list: 'list(string)',
}

function fieldSql({ id, type }: Pick<Field, 'id' | 'type'>): string {
  const text = `(r.fields->>'${id}')`
  switch (type) {
    case 'int':
      return `${text}::bigint`
    case 'decimal':
      return `${text}::numeric`
    case 'bool':
      return `${text}::boolean`
    case 'date':
      return `${text}::date`
    case 'list':
      return `(select coalesce(array_agg(e), '{}') from jsonb_array_elements_text(case jsonb_typeof(r.fields->'${id}') when 'array' then r.fields->'${id}' else '[]' end) e)`
    default:
      return text
  }
}

function roleSql(role: string): string {
  return `(select min(p.person_id::text) from {ledger.participant} p where p.tenant_id = r.tenant_id and p.record_id = r.record_id and p.version = r.version and p.role = '${role}')`
}

const recordColumns: Column[] = [
  { name: 'id', label: '记录编号', type: 'string', sql: 'r.record_id::text' },
  { name: 'title', label: '标题', type: 'string', sql: 'r.title' },
  { name: 'place', label: '地点', type: 'string', sql: 'r.place' },
  { name: 'happened_on', label: '日期', type: 'date', sql: 'r.happened_on' },
  { name: 'unit', label: '单位', type: 'string', sql: 'r.unit_id::text' },
  { name: 'party_org', label: '党组织', type: 'string', sql: 'r.party_org_id::text' },
  { name: 'due', label: '应到', type: 'int', sql: 'r.due' },
  { name: 'present', label: '实到', type: 'int', sql: 'r.present' },
  { name: 'attendance_rate', label: '到会率', type: 'decimal', sql: '(case when r.due > 0 then round(r.present * 100.0 / r.due, 12) end)' },
  { name: 'complete', label: '要素齐全', type: 'bool', sql: 'r.complete' },
  { name: 'late', label: '补录', type: 'bool', sql: 'r.late' },
  { name: 'month', label: '月份', type: 'int', sql: 'extract(month from r.happened_on)::int' },
]

function kindSource(kind: RecordKind): Source {
  const fields = kind.fields.map((field): Column => ({ name: field.id, label: field.name, type: columnType[field.type], sql: fieldSql(field) }))
  const roles = kind.roles
    .filter((role) => role.many !== true)
    .map((role): Column => ({ name: role.id, label: role.name, type: 'string', sql: roleSql(role.id) }))
  return {
    name: `record.${kind.id}`,
    label: kind.name,
    relation: `(select r.* from {ledger.record} r where r.tenant_id = {tenant} and r.kind = '${kind.id}' and r.state = 'valid' and r.known_from <= {asOf} and r.known_until > {asOf}) r`,
    id: 'r.record_id',
    subjects: { unit: 'r.unit_id', 'party-org': 'r.party_org_id' },
    when: 'r.happened_on',
    columns: [...recordColumns, ...fields, ...roles],
  }
}

const participant: Source = {
  name: 'participant',
  label: '记录中的人',
  relation: `(select p.record_id, p.role, p.person_id, r.kind, r.unit_id, r.party_org_id, r.happened_on, r.fields
    from {ledger.record} r join {ledger.participant} p on p.tenant_id = r.tenant_id and p.record_id = r.record_id and p.version = r.version
    where r.tenant_id = {tenant} and r.state = 'valid' and r.known_from <= {asOf} and r.known_until > {asOf}) r`,
  id: `(r.record_id::text || ':' || r.role || ':' || r.person_id::text)`,
  subjects: { unit: 'r.unit_id', 'party-org': 'r.party_org_id' },
  when: 'r.happened_on',
  columns: [
    { name: 'record', label: '记录编号', type: 'string', sql: 'r.record_id::text' },
    { name: 'kind', label: '记录种类', type: 'string', sql: 'r.kind' },
    { name: 'role', label: '角色', type: 'string', sql: 'r.role' },
    { name: 'person', label: '人员', type: 'string', sql: 'r.person_id::text' },
    { name: 'campaign', label: '专项', type: 'string', sql: `(r.fields->>'campaign')` },
  ],
}

/** The absent are asked for by record: as an anti-join by person it was nine times slower, since no statistics tell how few records a campaign has. */
const attendance: Source = {
  name: 'attendance',
  label: '到会的人',
  relation: `(select r.record_id, m.person_id, r.kind, r.unit_id, r.party_org_id, r.happened_on, r.fields
    from {ledger.record} r
    join {org.membership} m on m.tenant_id = r.tenant_id and m.party_org_id = r.party_org_id and m.valid_from <= r.happened_on and m.valid_until > r.happened_on
      and m.known_from <= {asOf} and m.known_until > {asOf}
    where r.tenant_id = {tenant} and r.state = 'valid' and r.due is not null and r.known_from <= {asOf} and r.known_until > {asOf}
      and not (m.person_id = any (array(select p.person_id from {ledger.participant} p where p.tenant_id = r.tenant_id and p.record_id = r.record_id and p.version = r.version and p.role = 'absent')))) r`,
  id: `(r.record_id::text || ':' || r.person_id::text)`,
  subjects: { unit: 'r.unit_id', 'party-org': 'r.party_org_id' },
  when: 'r.happened_on',
  columns: [
    { name: 'record', label: '记录编号', type: 'string', sql: 'r.record_id::text' },
    { name: 'kind', label: '记录种类', type: 'string', sql: 'r.kind' },
    { name: 'person', label: '人员', type: 'string', sql: 'r.person_id::text' },
    { name: 'campaign', label: '专项', type: 'string', sql: `(r.fields->>'campaign')` },
  ],
}

const mark: Source = {
  name: 'mark',
  label: '录入或导入的评分',
  relation: `(select m.* from {ledger.mark} m where m.tenant_id = {tenant} and m.known_from <= {asOf} and m.known_until > {asOf}) m`,
  id: 'm.mark_id',
  subjects: { unit: 'm.subject_id', 'party-org': 'm.subject_id' },
  when: 'm.given_on',
  columns: [
    { name: 'item', label: '指标', type: 'string', sql: 'm.item' },
    { name: 'value', label: '分值', type: 'decimal', sql: 'm.value' },
    { name: 'by', label: '评分人', type: 'string', sql: 'm.given_by' },
    { name: 'group', label: '评分组', type: 'string', sql: "nullif(m.given_group, '')" },
    { name: 'given_on', label: '日期', type: 'date', sql: 'm.given_on' },
  ],
}

/** The fact sources of the ledger for a pack's kinds: `record.<kind>` each, then `participant`, `attendance` (the roll less the absent) and `mark`. */
export function ledgerSources(pack: RecordsPack): Source[] {
  return [...pack.kinds.map(kindSource), participant, attendance, mark]
}
