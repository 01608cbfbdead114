// What holders entered by hand of their duties: facts of this half-year, few of a duty missing. Everything else follows from records and matters.
import { type City, exists, holder, NOW, type Org, type Person } from './city.ts'
import { day } from './days.ts'
import type { Random } from './random.ts'
import { type Sheet, sheet } from './sheet.ts'

/** A duty done by hand: whose it is, how many of a hundred did it in which periods, on which day, and what they wrote. */
interface Done {
  duty: string
  kind: Org['kind']
  post: string
  note: string
  evidence: (number: number) => string
  periods: readonly { first: string; on: string; share: number }[]
}

const half = (first: string, on: string, share: number) => ({ first, on, share })
const quarters = (third: number, fourth: number) => [
  { first: '2024-07-01', on: '2024-09-24', share: third },
  { first: '2024-10-01', on: '2024-12-12', share: fourth },
]
const numbered = (name: string) => (number: number) => `${name}〔2024〕${number}号（示例）`
const done: readonly Done[] = [
  {
    duty: 'wc-plan',
    kind: 'county-committee',
    post: 'secretary',
    note: '研究通过年度工作要点',
    evidence: numbered('纪要'),
    periods: [half('2024-01-01', '2024-03-18', 92)],
  },
  {
    duty: 'wc-hear',
    kind: 'county-committee',
    post: 'secretary',
    note: '听取所属党组织履责汇报',
    evidence: numbered('纪要'),
    periods: [half('2024-01-01', '2024-06-12', 100), half('2024-07-01', '2024-12-10', 83)],
  },
  {
    duty: 'pg-topic',
    kind: 'party-group',
    post: 'secretary',
    note: '专题研究机关党建工作',
    evidence: numbered('党组纪要'),
    periods: [half('2024-01-01', '2024-06-14', 98), half('2024-07-01', '2024-12-06', 86)],
  },
  {
    duty: 'c-report',
    kind: 'committee',
    post: 'secretary',
    note: '向上级党组织述职',
    evidence: numbered('述职报告'),
    periods: [half('2024-01-01', '2024-12-16', 70)],
  },
  {
    duty: 'c-supervise',
    kind: 'discipline-committee',
    post: 'discipline-secretary',
    note: '对重点岗位做了一次日常监督检查',
    evidence: numbered('监督记录'),
    periods: quarters(97, 84),
  },
  { duty: 'b-dues', kind: 'branch', post: 'organisation-member', note: '核对党员名册和党费，账实相符', evidence: () => '', periods: quarters(96, 62) },
]

/** What was entered by hand, by the persons who hold the posts; no account is named, for most have none. */
export function dutySheet(city: City, tenant: number, stream: Random): Sheet {
  const rows = sheet('duty.fulfilment', [
    ...['tenant_id', 'fulfilment_id', 'version', 'body_id', 'duty', 'period_first', 'done_on', 'note', 'evidence', 'known_from'],
  ])
  const now = day(NOW)
  for (const { duty, kind, post, note, evidence, periods } of done)
    for (const [index, org] of city.orgs.filter((one) => one.kind === kind && exists(one, now)).entries()) {
      const person: Person | undefined = holder(org, post, now)
      for (const { first, on, share } of periods)
        if (person !== undefined && stream.chance(share / 100))
          rows.add(tenant, stream.id(Date.parse(on)), 1, org.id, duty, first, on, note, evidence(index + 1), `${on}T02:00:00Z`)
    }
  return rows
}
