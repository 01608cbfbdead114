// matter's fact sources for the engine: one per kind of the pack, as matters were known at {asOf}.
import type { Column, Source } from '#engine/catalogue.ts'
import type { Field } from '#modules/ledger/ledger-kinds.contract.ts'
import type { Edition } from './matter.rules.ts'
import { columnType } from './matter-guard.rules.ts'

function fieldSql({ id, type }: Field): string {
  const text = `(m.fields->>'${id}')`
  if (type === 'list')
    return `(select coalesce(array_agg(e), '{}') from jsonb_array_elements_text(case jsonb_typeof(m.fields->'${id}') when 'array' then m.fields->'${id}' else '[]' end) e)`
  const cast = { int: '::bigint', decimal: '::numeric', bool: '::boolean', date: '::date' } as const
  return type in cast ? `${text}${cast[type as keyof typeof cast]}` : text
}

const closedOn = "(m.closed_at at time zone 'Asia/Shanghai')::date"

function ownColumns({ stages }: Edition): Column[] {
  return [
    { name: 'id', label: '事项编号', type: 'string', sql: 'm.matter_id::text' },
    { name: 'title', label: '事项', type: 'string', sql: 'm.title' },
    { name: 'unit', label: '单位', type: 'string', sql: 'm.unit_id::text' },
    { name: 'party_org', label: '党组织', type: 'string', sql: 'm.party_org_id::text' },
    { name: 'asker', label: '交办组织', type: 'string', sql: 'm.asker_id::text' },
    { name: 'opened_on', label: '立项日期', type: 'date', sql: 'm.opened_on' },
    { name: 'closed_on', label: '办结日期', type: 'date', sql: closedOn },
    { name: 'stage', label: '阶段', type: 'string', sql: 'm.stage', values: stages.map(({ id }) => id) },
    { name: 'outcome', label: '结果', type: 'string', sql: 'm.outcome', values: ['done', 'dropped', 'recalled', 'merged'] },
    { name: 'due', label: '期限', type: 'date', sql: "(m.due_at at time zone 'Asia/Shanghai')::date" },
    { name: 'late', label: '逾期', type: 'bool', sql: 'm.late' },
    { name: 'took_days', label: '用时（天）', type: 'int', sql: `(${closedOn} - m.opened_on)` },
    { name: 'opened_month', label: '立项月份', type: 'int', sql: 'extract(month from m.opened_on)::int' },
  ]
}

function kindSource(kind: Edition): Source {
  const fields = kind.fields.map((field): Column => {
    const values = field.type === 'choice' && field.choices !== undefined ? { values: field.choices.map(({ id }) => id) } : {}
    return { name: field.id, label: field.name, type: columnType[field.type], sql: fieldSql(field), ...values }
  })
  return {
    name: `matter.${kind.id}`,
    label: kind.name,
    relation: `{matter.matters_at('${kind.id}', {asOf})} m`,
    id: 'm.matter_id',
    subjects: { unit: 'm.unit_id', 'party-org': 'm.party_org_id' },
    when: 'm.opened_on',
    columns: [...ownColumns(kind), ...fields],
  }
}

/** The fact sources of matters: `matter.<kind>` for each kind. What is told as of a moment comes from the moves made until then. */
export function matterSources(kinds: Iterable<Edition>): Source[] {
  return [...kinds].map(kindSource)
}
