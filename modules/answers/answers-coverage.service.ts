// 原文对照 (S35): the pack's terms with where each leads.
import { recordsPack } from '#modules/ledger/index.ts'
import { matterKindsOf } from '#modules/matter/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import { type Pack, packOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Term } from './answers.contract.ts'
import { type CoverageEntry, coveragePack, figuresPack } from './answers.pack.ts'

/** Names of the pages that terms lead to, by the first part of the address. */
const screens: Record<string, string> = { answers: '答卷', approvals: '签批与发布', coverage: '原文对照', org: '组织', records: '纪实' }

type Led = Pick<Term, 'state' | 'at' | 'href'>

/** Every term of the article and where it lives here. */
export function coverageOf(tenant: Tenant): { terms: Term[]; counts: { here: number; notYet: number; notInArticle: number } } {
  const pack = packOf(tenant)
  const terms = pack.part(coveragePack).terms.map((entry): Term => {
    const { term, kind, part } = entry
    return { term, kind, part, need: entry.need ?? null, note: entry.note ?? '', ...lead(pack, entry.at) }
  })
  const count = (state: Term['state']): number => terms.filter((one) => one.state === state).length
  return { terms, counts: { here: count('here'), notYet: count('not-yet'), notInArticle: count('not-in-article') } }
}

/** Where an entry leads. */
function lead(pack: Pack, at: CoverageEntry['at']): Led {
  const here = (words: string, href: string): Led => ({ state: 'here', at: words, href })
  if ('screen' in at) return here(`页面：${screens[at.screen.split('/')[1] ?? ''] ?? at.screen}`, at.screen)
  if ('record_kind' in at)
    return here(`纪实：${pack.part(recordsPack).kinds.find(({ id }) => id === at.record_kind)?.name ?? at.record_kind}`, `/records?kind=${at.record_kind}`)
  if ('matter_kind' in at) return here(`事项：${matterKindsOf(pack).get(at.matter_kind)?.name ?? at.matter_kind}`, `/matters?kind=${at.matter_kind}&state=all`)
  if ('record_search' in at) return here(`纪实中搜“${at.record_search}”`, `/records?q=${encodeURIComponent(at.record_search)}`)
  if ('figure' in at) {
    const { sheet, figures } = pack.part(figuresPack)
    return here(`答卷：${figures.find(({ key }) => key === at.figure)?.name ?? at.figure}`, `/answers/${sheet}/${at.figure}`)
  }
  if ('rubric' in at) return here('考核指标', `/scoring/${at.rubric}`)
  if ('rule' in at)
    return here(`结构规则：${pack.part(organisationPack).structure_rules.find(({ id }) => id === at.rule)?.name ?? at.rule}`, `/org/structure?rule=${at.rule}`)
  return 'not_yet' in at ? { state: 'not-yet', at: at.not_yet, href: null } : { state: 'not-in-article', at: at.not_in_article, href: null }
}
