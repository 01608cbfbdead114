// Pure checks of what an organisation may look like: codes (domain/rules.md §7), dates, and its history told in sentences.
import { formatDate, isDate } from '#base/dates.ts'
import type { HistoryLine } from './org.contract.ts'
import type { OrganisationPack } from './org.pack.ts'
import type { LineageRow, PlacementRow, VersionRow } from './org-page.sql.ts'

const codeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const codeWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** What is wrong with a 统一社会信用代码 (GB 32100), or null: 18 characters, the last one the check character. */
export function creditCodeProblem(code: string): string | null {
  if (code.length !== 18) return `统一社会信用代码应为18位，这里是${code.length}位`
  const wrong = [...code].find((character) => !codeAlphabet.includes(character))
  if (wrong !== undefined) return `统一社会信用代码只用数字和大写字母（不含 I、O、S、V、Z），这里有“${wrong}”`
  const sum = codeWeights.reduce((total, weight, index) => total + weight * codeAlphabet.indexOf(code.charAt(index)), 0)
  const check = codeAlphabet.charAt((31 - (sum % 31)) % 31)
  return check === code.charAt(17) ? null : '统一社会信用代码的校验位不对，请对照证书核对各位'
}

/** The digits of a division code (GB/T 2260) that its subdivisions begin with: 140400 → 1404, 140403 → 140403. */
export function divisionPrefix(code: string): string {
  if (code.length > 6) return code
  return code.endsWith('0000') ? code.slice(0, 2) : code.endsWith('00') ? code.slice(0, 4) : code
}

/** What is wrong with a division code below the parent's, or null: 6, 9 or 12 digits, beginning as the parent's does. */
export function divisionCodeProblem(code: string, parent: string | null): string | null {
  if (!/^(\d{6}|\d{9}|\d{12})$/.test(code)) return '行政区划代码应为6、9或12位数字'
  if (parent === null || code.startsWith(divisionPrefix(parent))) return null
  return `行政区划代码应以上级单位的 ${divisionPrefix(parent)} 开头（上级是 ${parent}）`
}

/** What is wrong with a date, or null: it exists and lies between 1921 and 2100. */
export function dateProblem(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return '日期应写作 2024-06-30 的样子'
  if (!isDate(text)) return '没有这一天，请核对年月日'
  return text < '1921-07-01' || text > '2100-12-31' ? '日期应在1921年7月到2100年之间' : null
}

/** True for text that looks like an identity-card number, of which none is collected. */
export function looksLikeIdentityCard(text: string): boolean {
  return (
    /^\d{6}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(text.trim()) ||
    /^\d{6}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}$/.test(text.trim())
  )
}

/** The county's name by the first six digits of a division code; empty at city level. */
export function countyName(pack: OrganisationPack, divisionCode: string | null): string {
  return pack.counties.find((county) => county.code === divisionCode?.slice(0, 6))?.name ?? ''
}

export const treeNames = { administrative: '行政隶属', party: '党组织隶属', line: '条线' } as const

function nameIn(list: readonly { id: string; name: string }[], id: string): string {
  return list.find((entry) => entry.id === id)?.name ?? id
}

function versionTitle(pack: OrganisationPack, version: VersionRow, before: VersionRow | undefined): string {
  if (before === undefined || before.until !== version.from) return `设立：${version.name}`
  const kinds = version.unitId === null ? pack.unit_kinds : pack.party_org_kinds
  const changes: string[] = []
  if (before.name !== version.name) changes.push(`由“${before.name}”更名为“${version.name}”`)
  if (before.kind !== version.kind) changes.push(`类型由${nameIn(kinds, before.kind)}改为${nameIn(kinds, version.kind)}`)
  if (before.class !== version.class) changes.push(`类别由${nameIn(pack.unit_classes, before.class)}改为${nameIn(pack.unit_classes, version.class)}`)
  if (before.level !== version.level) changes.push(`层级由${nameIn(pack.unit_levels, before.level)}改为${nameIn(pack.unit_levels, version.level)}`)
  if (before.unitId !== version.unitId) changes.push(`改隶单位：${version.unitName ?? ''}`)
  if (before.creditCode !== version.creditCode) changes.push('变更统一社会信用代码')
  if (before.divisionCode !== version.divisionCode) changes.push(`行政区划代码改为${version.divisionCode ?? '无'}`)
  if (before.staff !== version.staff) changes.push(`编制人数由${before.staff ?? '未登记'}改为${version.staff ?? '未登记'}`)
  return changes.length === 0 ? '变更其他登记事项' : changes.join('；')
}

const lineageWords: Record<string, (other: string, incoming: string) => string> = {
  merge: (other, incoming) => (incoming === '' ? `并入“${other}”` : `由“${incoming}”并入`),
  split: (other, incoming) => (incoming === '' ? `分设出“${other}”` : `由“${incoming}”分设`),
  move: () => '划转',
  rename: () => '更名',
  dissolve: () => '撤销',
}

/** A body's history as sentences, newest first. */
export function historyLines(
  id: string,
  pack: OrganisationPack,
  rows: { versions: VersionRow[]; placements: PlacementRow[]; lineage: LineageRow[] },
): HistoryLine[] {
  const versions = rows.versions.map(
    (version, index): HistoryLine => ({
      from: version.from,
      until: version.until,
      what: 'version',
      title: versionTitle(pack, version, rows.versions[index - 1]),
      note: '',
      knownFrom: version.knownFrom,
      others: [],
    }),
  )
  const places = rows.placements.map(
    (place): HistoryLine => ({
      from: place.from,
      until: place.until,
      what: 'place',
      knownFrom: place.knownFrom,
      note: '',
      title: `${treeNames[place.tree as keyof typeof treeNames]}：${place.parentId === null ? '没有上级' : `上级为“${place.parentName ?? ''}”`}`,
      others: place.parentId === null ? [] : [{ id: place.parentId, name: place.parentName ?? '', kind: place.parentKind === 'unit' ? 'unit' : 'party-org' }],
    }),
  )
  const lineage = rows.lineage.map((line): HistoryLine => {
    const incoming = line.toId === id && line.fromId !== id
    const other = {
      id: incoming ? line.fromId : line.toId,
      name: (incoming ? line.fromName : line.toName) ?? '',
      kind: line.bodyKind === 'unit' ? ('unit' as const) : ('party-org' as const),
    }
    const title = lineageWords[line.kind]?.(incoming ? '' : other.name, incoming ? other.name : '') ?? line.kind
    return { from: line.on, until: null, what: 'lineage', title, note: line.note, knownFrom: line.knownFrom, others: other.id === id ? [] : [other] }
  })
  return [...versions, ...places, ...lineage].sort((a, b) => b.from.localeCompare(a.from) || a.what.localeCompare(b.what))
}

/** Told when a page asks for a body on a day on which it did not exist. */
export function notThen(life: { name: string; from: string; until: string | null }, on: string): string {
  if (on < life.from) return `“${life.name}”在${formatDate(on)}还没有设立，它从${formatDate(life.from)}起存在。请把日期移到那天或以后。`
  return `“${life.name}”在${formatDate(on)}已经不存在，${life.until === null ? '' : `止于${formatDate(life.until)}。`}请把日期移到那天以前，或打开沿革查看去向。`
}
