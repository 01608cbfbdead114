// From the rows of a file to what would be written: every cell checked, every mistake noted with line and column.
import { newId } from '#base/ids.ts'
import type { Actor } from '#server/kit/actor.ts'
import type { Tx } from '#server/kit/db.ts'
import { type Batch, changeRows } from '../changes/change.service.ts'
import { initialsOf } from '../org.initials.ts'
import type { OrganisationPack } from '../org.pack.ts'
import { creditCodeProblem, dateProblem, divisionCodeProblem, looksLikeIdentityCard } from '../org.rules.ts'
import { inScope } from '../org.service.ts'
import type { ImportColumn, ImportCounts, ImportKind, ImportProblem } from './imports.contract.ts'
import type { Sheet } from './imports.reader.ts'
import { importFields, readBirthYear, readDay, readMemberKind } from './imports.rules.ts'
import { membersNamed, partyOrgsNow, unitsNow } from './imports.sql.ts'

export interface Plan {
  batch: Batch
  persons: { id: string; name: string; initials: string; sex: string | null; birthYear: number | null }[]
  counts: ImportCounts
  errors: ImportProblem[]
  warnings: ImportProblem[]
}

interface Ground {
  tx: Tx
  actor: Actor
  pack: OrganisationPack
  on: string
  today: string
  asOf: string
}

/** One row of the file: its cells by field, and how to complain about one. */
interface Line {
  number: number
  cells: Record<string, string>
  wrong: (field: string, message: string) => void
  warn: (field: string, message: string) => void
  bad: boolean
}

const forever = 'infinity'

function linesOf(kind: ImportKind, sheet: Sheet, columns: readonly ImportColumn[], plan: Plan): Line[] {
  const fields = importFields[kind]
  const used = columns.flatMap(({ index, header, field }) => (field === null ? [] : [{ index, header, field }]))
  return sheet.rows.flatMap((row, index): Line[] => {
    if (row.every((cell) => cell === '')) return []
    const cells = Object.fromEntries(used.map((column) => [column.field, row[column.index] ?? '']))
    const number = sheet.headerLine + 1 + index
    const problem = (field: string, message: string): ImportProblem => ({
      line: number,
      column: used.find((column) => column.field === field)?.header ?? fields.find(({ id }) => id === field)?.name ?? field,
      value: (cells[field] ?? '').slice(0, 60),
      message,
    })
    const line: Line = {
      number,
      cells,
      bad: false,
      wrong: (field, message) => {
        line.bad = true
        plan.errors.push(problem(field, message))
      },
      warn: (field, message) => plan.warnings.length < 200 && plan.warnings.push(problem(field, message)),
    }
    for (const field of fields)
      if (field.required && (cells[field.id] ?? '') === '' && used.some((column) => column.field === field.id) && field.id !== 'parent')
        line.wrong(field.id, '不能为空，请补上')
    for (const { field } of used) {
      const cell = cells[field] ?? ''
      if (looksLikeIdentityCard(cell)) {
        cells[field] = ''
        line.wrong(field, '这里是身份证号。本系统不收集身份证号，请删去这一列')
      } else if (cell.length > 100) line.wrong(field, '太长，最多100个字')
    }
    return [line]
  })
}

/** The row's own first day, or the one given for all; complains about days that do not exist or lie ahead. */
function sinceOf(line: Line, { on, today }: Ground): string {
  const cell = line.cells['from'] ?? ''
  if (cell === '') return on
  const day = readDay(cell)
  const problem = day === null ? '日期应写作 2024-06-30 的样子' : dateProblem(day)
  if (day === null || problem !== null) line.wrong('from', problem ?? '')
  else if (day > today) line.wrong('from', '日期不能在今天以后')
  else return day
  return on
}

function termOf(line: Line, field: string, list: readonly { id: string; name: string }[]): string {
  const cell = line.cells[field] ?? ''
  const found = list.find((entry) => entry.name === cell || entry.id === cell)
  if (found === undefined && cell !== '') line.wrong(field, `没有这一类，可选：${list.map((entry) => entry.name).join('、')}`)
  return found?.id ?? ''
}

function addTo(batch: Batch, table: 'unit' | 'partyOrg' | 'placement' | 'membership', row: object): void {
  const rows = batch.add.get(table) ?? []
  rows.push(row)
  batch.add.set(table, rows)
}

/** Members: known ones of the same branch are left as they are, probationary ones become full, the others are new. */
async function planMembers(ground: Ground, lines: Line[], plan: Plan): Promise<void> {
  const { tx, actor, pack, on, asOf } = ground
  const orgs = new Map((await tx.all(partyOrgsNow, { on: ground.today, asOf })).map((org) => [org.name, org]))
  const known = Map.groupBy(await tx.all(membersNamed, { names: [...new Set(lines.map((line) => line.cells['name'] ?? ''))], on }), (member) => member.name)
  const initials = await initialsOf(lines.map((line) => line.cells['name'] ?? ''))
  const seen = new Map<string, number>()
  for (const [index, line] of lines.entries()) {
    const { name = '', sex: sexText = '', birth = '' } = line.cells
    const org = orgs.get(line.cells['partyOrg'] ?? '')
    const kind = readMemberKind(line.cells['kind'] ?? '')
    const birthYear = birth === '' ? null : readBirthYear(birth)
    const from = sinceOf(line, ground)
    if (org === undefined || !inScope(actor, org.id)) line.wrong('partyOrg', '没有这个党支部，或者不在您的范围内。请核对全称，或先设立它')
    else if (pack.party_org_kinds.find((entry) => entry.id === org.kind)?.has_members !== true) line.wrong('partyOrg', '这类组织不直接管理党员，请填党支部')
    else if (from < org.since) line.wrong('from', `早于该支部设立的 ${org.since}`)
    if (kind === null && line.cells['kind'] !== '') line.wrong('kind', '应为“正式党员”或“预备党员”')
    if (sexText !== '' && sexText !== '男' && sexText !== '女') line.wrong('sex', '应为“男”或“女”')
    if (birth !== '' && (birthYear === null || birthYear < 1900 || birthYear > Number(ground.today.slice(0, 4)) - 18))
      line.wrong('birth', '应为出生年份，例如 1980')
    const sex = sexText === '' ? null : sexText
    const key = JSON.stringify([name, sex, birthYear, org?.id])
    const earlier = seen.get(key)
    if (earlier !== undefined && name !== '') line.wrong('name', `与第${earlier}行重复`)
    seen.set(key, line.number)
    if (line.bad || org === undefined || kind === null) continue
    const alike = (known.get(name) ?? []).filter(
      (member) => (member.birthYear ?? birthYear) === (birthYear ?? member.birthYear) && (member.sex ?? sex) === (sex ?? member.sex),
    )
    const here = alike.find((member) => member.partyOrgId === org.id)
    if (here === undefined) {
      if (alike.some((member) => member.birthYear !== null && member.birthYear === birthYear))
        line.warn('name', '别的支部有同名、同出生年的党员。如果是同一个人，请删去这一行，改用“转接”')
      const personId = newId()
      plan.persons.push({ id: personId, name, initials: initials[index] ?? '', sex, birthYear })
      addTo(plan.batch, 'membership', { membershipId: newId(), personId, partyOrgId: org.id, kind, validFrom: from, validUntil: forever })
      plan.counts.created += 1
    } else if (here.kind === kind) plan.counts.unchanged += 1
    else if (kind === 'probationary') line.wrong('kind', '系统里已是正式党员，不能改回预备党员')
    else {
      const { name: _name, sex: _sex, birthYear: _birthYear, ...row } = here
      const day = [from, row.validFrom].sort()[1] ?? from
      changeRows({ batch: plan.batch, on: day }, 'membership', [row], { kind: 'full' })
      plan.counts.changed += 1
    }
  }
}

/** The rows of bodies in the order in which parents come before children; complains about unknown parents and circles. */
function parentsFirst(lines: Line[], existing: ReadonlyMap<string, { id: string }>): Line[] {
  const byName = new Map<string, Line>()
  for (const line of lines) {
    const name = line.cells['name'] ?? ''
    const twin = byName.get(name)
    if (twin !== undefined && name !== '') line.wrong('name', `与第${twin.number}行重复`)
    else byName.set(name, line)
  }
  const ordered: Line[] = []
  const state = new Map<Line, 'open' | 'done'>()
  const visit = (line: Line): void => {
    if (state.get(line) === 'done') return
    if (state.get(line) === 'open') {
      line.wrong('parent', '上下级绕成了一圈，请核对')
      return
    }
    state.set(line, 'open')
    const parent = line.cells['parent'] ?? ''
    const above = byName.get(parent)
    if (above !== undefined && !existing.has(parent)) visit(above)
    else if (parent !== '' && !existing.has(parent)) line.wrong('parent', '没有这个上级。请核对全称，或把它也放进文件')
    state.set(line, 'done')
    ordered.push(line)
  }
  for (const line of lines) visit(line)
  return ordered
}

async function planPartyOrgs(ground: Ground, lines: Line[], plan: Plan): Promise<void> {
  const { tx, actor, pack, asOf, today } = ground
  const orgs = new Map((await tx.all(partyOrgsNow, { on: today, asOf })).map((org) => [org.name, { ...org, isNew: false }]))
  const units = new Map((await tx.all(unitsNow, { on: today, asOf })).map((unit) => [unit.name, unit]))
  const ordered = parentsFirst(lines, orgs)
  const initials = await initialsOf(ordered.map((line) => line.cells['name'] ?? ''))
  for (const [index, line] of ordered.entries()) {
    const { name = '', parent: parentName = '' } = line.cells
    const kind = termOf(line, 'kind', pack.party_org_kinds)
    const unit = units.get(line.cells['unit'] ?? '')
    const parent = orgs.get(parentName)
    const from = sinceOf(line, ground)
    if (unit === undefined || !inScope(actor, unit.id)) line.wrong('unit', '没有这个单位，或者不在您的范围内。请核对全称')
    else if (from < unit.since) line.wrong('from', `早于所属单位设立的 ${unit.since}`)
    if (parentName === '' && actor.scope !== 'tenant') line.wrong('parent', '请填上级党组织')
    if (parent !== undefined && !parent.isNew && !inScope(actor, parent.id)) line.wrong('parent', '上级不在您的范围内')
    else if (parent !== undefined && from < parent.since) line.wrong('from', `早于上级设立的 ${parent.since}`)
    const there = orgs.get(name)
    if (there !== undefined && !there.isNew && !line.bad) {
      if (there.kind === kind && there.unitId === unit?.id && there.parentId === (parent?.id ?? null)) plan.counts.unchanged += 1
      else line.wrong('name', '已有同名的党组织，但类别、单位或上级不同。请在它的页面上办理变更，或换一个名称')
    }
    if (line.bad || there !== undefined || unit === undefined) continue
    const id = newId()
    orgs.set(name, { id, name, kind, unitId: unit.id, parentId: parent?.id ?? null, since: from, isNew: true })
    addTo(plan.batch, 'partyOrg', {
      versionId: newId(),
      partyOrgId: id,
      name,
      initials: initials[index] ?? '',
      kind,
      unitId: unit.id,
      attributes: {},
      validFrom: from,
      validUntil: forever,
    })
    addTo(plan.batch, 'placement', { placementId: newId(), tree: 'party', nodeId: id, parentId: parent?.id ?? null, validFrom: from, validUntil: forever })
    plan.counts.created += 1
  }
}

async function planUnits(ground: Ground, lines: Line[], plan: Plan): Promise<void> {
  const { tx, actor, pack, asOf, today } = ground
  const units = new Map((await tx.all(unitsNow, { on: today, asOf })).map((unit) => [unit.name, { ...unit, isNew: false }]))
  const codes = new Map([...units.values()].flatMap((unit) => (unit.creditCode === null ? [] : [[unit.creditCode, unit.name] as const])))
  const ordered = parentsFirst(lines, units)
  const initials = await initialsOf(ordered.map((line) => line.cells['name'] ?? ''))
  for (const [index, line] of ordered.entries()) {
    const { name = '', parent: parentName = '', creditCode: credit = '', divisionCode: division = '', staff: staffText = '' } = line.cells
    const [kind, group, level] = [termOf(line, 'kind', pack.unit_kinds), termOf(line, 'class', pack.unit_classes), termOf(line, 'level', pack.unit_levels)]
    const parent = units.get(parentName)
    const from = sinceOf(line, ground)
    if (parentName === '' && actor.scope !== 'tenant') line.wrong('parent', '请填上级单位')
    if (parent !== undefined && !parent.isNew && !inScope(actor, parent.id)) line.wrong('parent', '上级不在您的范围内')
    else if (parent !== undefined && from < parent.since) line.wrong('from', `早于上级设立的 ${parent.since}`)
    const creditWrong = credit === '' ? null : creditCodeProblem(credit)
    if (creditWrong !== null) line.wrong('creditCode', creditWrong)
    const owner = codes.get(credit)
    if (credit !== '' && owner !== undefined && owner !== name) line.wrong('creditCode', `这个代码已属于“${owner}”`)
    const divisionWrong = division === '' ? null : divisionCodeProblem(division, parent?.divisionCode ?? null)
    if (divisionWrong !== null) line.wrong('divisionCode', divisionWrong)
    if (staffText !== '' && !/^\d{1,6}$/.test(staffText)) line.wrong('staff', '应为整数')
    const there = units.get(name)
    if (there !== undefined && !there.isNew && !line.bad) {
      if (there.kind === kind && there.class === group && there.level === level && there.parentId === (parent?.id ?? null)) plan.counts.unchanged += 1
      else line.wrong('name', '已有同名的单位，但类型、类别、层级或上级不同。请在它的页面上办理变更，或换一个名称')
    }
    if (line.bad || there !== undefined) continue
    const id = newId()
    const unit = {
      name,
      kind,
      class: group,
      level,
      creditCode: credit || null,
      divisionCode: division || null,
      staff: staffText === '' ? null : Number(staffText),
    }
    units.set(name, { ...unit, id, parentId: parent?.id ?? null, since: from, isNew: true })
    if (credit !== '') codes.set(credit, name)
    addTo(plan.batch, 'unit', {
      ...unit,
      versionId: newId(),
      unitId: id,
      initials: initials[index] ?? '',
      attributes: {},
      validFrom: from,
      validUntil: forever,
    })
    addTo(plan.batch, 'placement', {
      placementId: newId(),
      tree: 'administrative',
      nodeId: id,
      parentId: parent?.id ?? null,
      validFrom: from,
      validUntil: forever,
    })
    plan.counts.created += 1
  }
}

const planners = { members: planMembers, 'party-orgs': planPartyOrgs, units: planUnits }

/** What importing a sheet would write, and everything that is wrong with it, in order of lines. */
export async function planImport(ground: Ground, kind: ImportKind, sheet: Sheet, columns: readonly ImportColumn[]): Promise<Plan> {
  const plan: Plan = {
    batch: { close: new Map(), add: new Map(), lineage: [] },
    persons: [],
    counts: { created: 0, changed: 0, unchanged: 0 },
    errors: [],
    warnings: [],
  }
  const missing = importFields[kind].filter((field) => field.required && !columns.some((column) => column.field === field.id))
  for (const field of missing)
    plan.errors.push({
      line: sheet.headerLine,
      column: field.name,
      value: '',
      message: `没有找到“${field.name}”这一列，请指定是哪一列（常见列名：${field.headers.slice(0, 3).join('、')}）`,
    })
  if (missing.length === 0) await planners[kind](ground, linesOf(kind, sheet, columns, plan), plan)
  plan.errors.sort((a, b) => a.line - b.line)
  return plan
}
