// Endpoints of tickets, a line each.
import { organisationPack } from '#modules/org/index.ts'
import { partOf } from '#server/kit/pack.ts'
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './hotline.contract.ts'
import { hotlineOf } from './hotline.pack.ts'
import { codeOf, enterTicket, stepAs } from './hotline.service.ts'
import { loadingOf } from './hotline.sql.ts'
import { doublesOf, hotlineActions, readTicket, suggestUnits } from './hotline-read.service.ts'
import { spanOf } from './hotline-words.rules.ts'
import { findKnowledge } from './knowledge/knowledge.service.ts'

export const hotlineRoutes: Route[] = [
  route(contract.readHotline, async ({ tx, tenant, actor }) => {
    const { name, notice, classes, channels, categories, templates, rules, intake_instead = null } = hotlineOf(tenant)
    return {
      ...{ name, notice, channels, templates, reopenDays: rules.reopen_days, intakeInstead: intake_instead },
      classes: classes.map(({ id, name: called, help = '', close }) => ({ id, name: called, help, close: spanOf(close) })),
      categories: categories.map((group) => ({
        ...{ id: group.id, name: group.name },
        items: group.items.map((item) => ({ id: item.id, name: item.name, class: item.class ?? group.class })),
      })),
      counties: partOf(tenant, organisationPack).counties.map(({ code, name: called }) => ({ id: code, name: called })),
      may: hotlineActions(actor),
      loading: (await tx.maybe(loadingOf, { tenantId: tenant.id }))?.perCent ?? null,
    }
  }),
  route(contract.openTicket, async ({ tx, actor, body, secrets }) => {
    const receipt = await enterTicket({ tx, actor }, 'agent', body)
    return { ...receipt, code: codeOf(secrets, body.id), suggested: await suggestUnits(tx, body) }
  }),
  route(contract.suggestFor, async ({ tx, body }) => ({
    ...{ units: await suggestUnits(tx, body), doubles: await doublesOf(tx, body) },
    knowledge: await findKnowledge(tx, body),
  })),
  route(contract.readTicket, ({ tx, actor, params }) => readTicket(tx, actor, params.ticketId)),
  route(contract.stepTicket, ({ tx, actor, params, body }) => stepAs({ tx, actor }, params.ticketId, body)),
]
