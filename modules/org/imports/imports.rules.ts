// What the columns of an exported member system are called, and what their cells mean. Pure.
import { looksLikeIdentityCard } from '../org.rules.ts'
import type { ImportColumn, ImportKind } from './imports.contract.ts'

export interface Field {
  id: string
  name: string
  required: boolean
  /** Headers by which exports call it; compared without spaces, brackets and asterisks. */
  headers: string[]
}

const since = (headers: string[]): Field => ({ id: 'from', name: '起始日期', required: false, headers: [...headers, '起始日期', '生效日期'] })

export const importFields: Record<ImportKind, Field[]> = {
  members: [
    { id: 'name', name: '姓名', required: true, headers: ['姓名', '党员姓名', '人员姓名'] },
    {
      id: 'partyOrg',
      name: '所在党支部',
      required: true,
      headers: ['所在党支部', '所在支部', '党支部', '党支部名称', '所属党支部', '所在党组织', '组织名称', '党组织名称'],
    },
    { id: 'kind', name: '党员类别', required: true, headers: ['党员类别', '人员类别', '党员类型', '人员类型', '政治面貌'] },
    { id: 'sex', name: '性别', required: false, headers: ['性别'] },
    { id: 'birth', name: '出生年', required: false, headers: ['出生年', '出生年份', '出生年月', '出生日期'] },
    since(['进入当前党支部日期', '进入党支部日期', '进入支部日期', '转入日期', '转入时间']),
  ],
  'party-orgs': [
    { id: 'name', name: '组织名称', required: true, headers: ['组织名称', '党组织名称', '党组织全称', '名称'] },
    { id: 'kind', name: '组织类别', required: true, headers: ['组织类别', '党组织类别', '党组织类型', '类别', '类型'] },
    { id: 'unit', name: '所属单位', required: true, headers: ['所属单位', '所在单位', '单位名称', '单位'] },
    { id: 'parent', name: '上级党组织', required: true, headers: ['上级党组织', '上级党组织名称', '上级组织', '上级'] },
    since(['建立日期', '成立日期', '党组织建立日期']),
  ],
  units: [
    { id: 'name', name: '单位名称', required: true, headers: ['单位名称', '单位全称', '名称'] },
    { id: 'kind', name: '单位类型', required: true, headers: ['单位类型', '单位性质', '类型'] },
    { id: 'class', name: '考核类别', required: true, headers: ['考核类别', '类别', '单位类别'] },
    { id: 'level', name: '层级', required: true, headers: ['层级', '单位层级', '级别'] },
    { id: 'parent', name: '上级单位', required: true, headers: ['上级单位', '上级单位名称', '上级', '主管单位'] },
    { id: 'creditCode', name: '统一社会信用代码', required: false, headers: ['统一社会信用代码', '信用代码', '社会信用代码'] },
    { id: 'divisionCode', name: '行政区划代码', required: false, headers: ['行政区划代码', '区划代码', '行政区划'] },
    { id: 'staff', name: '编制人数', required: false, headers: ['编制人数', '编制数', '编制'] },
    since(['成立日期', '设立日期']),
  ],
}

function plain(header: string): string {
  return header.replace(/[\s*＊（）()【】[\]：:]/g, '')
}

const never = /身份证|公民身份|证件号|手机|电话|住址|银行|账号/

/**
 * The columns of a file with the field each one fills. `chosen` overrules the guess. A column that is called after, or holds, identity-card
 * numbers is never taken; its values are not shown.
 */
export function mapFields(
  fields: readonly Field[],
  header: readonly string[],
  rows: readonly (readonly string[])[],
  chosen: ReadonlyMap<number, string>,
): ImportColumn[] {
  const taken = new Set(chosen.values())
  return header.map((title, index): ImportColumn => {
    const shown = rows.find((row) => (row[index] ?? '') !== '')?.[index] ?? ''
    if (never.test(title) || rows.slice(0, 200).some((row) => looksLikeIdentityCard(row[index] ?? '')))
      return { index, header: title, sample: '', field: null, note: '个人敏感信息，本系统不收集，已忽略' }
    const sample = shown.slice(0, 40)
    if (chosen.has(index)) {
      const field = chosen.get(index) ?? ''
      return { index, header: title, sample, field: field === '' ? null : field, note: field === '' ? '已忽略' : '' }
    }
    const guess = fields.find((field) => !taken.has(field.id) && field.headers.includes(plain(title)))
    if (guess === undefined) return { index, header: title, sample, field: null, note: '不需要，已忽略' }
    taken.add(guess.id)
    return { index, header: title, sample, field: guess.id, note: '' }
  })
}

/** A day as files write it: 2024-06-30, 2024/6/30, 2024.6.30, 2024年6月30日, 20240630; null when it is none of these. */
export function readDay(text: string): string | null {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00(?:\.0+)?)?Z?)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (match === null) return null
  const [, year = '', month = '', day = ''] = match
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** The year of a birth year, month or day; null when there is none. The rest is not kept. */
export function readBirthYear(text: string): number | null {
  const match = /^(\d{4})(?:$|年|[-/.]|\d{2}$|\d{4}$)/.exec(text)
  return match === null ? null : Number(match[1])
}

/** 正式党员 → full, 预备党员 → probationary; null for other words. */
export function readMemberKind(text: string): 'full' | 'probationary' | null {
  if (/^(正式党员|正式|中共党员)$/.test(text)) return 'full'
  return /^(预备党员|预备|中共预备党员)$/.test(text) ? 'probationary' : null
}
