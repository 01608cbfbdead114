// Structure rules evaluated as of a date. Numbers are over the whole tenant, bodies are shown in the reader's scope (house.md §6.1).
import type { Static } from 'typebox'
import { Refusal } from '#base/errors.ts'
import { type Context, figureSql, rowsSql } from '#engine/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import { organisationPack, type StructureRule } from '../org.pack.ts'
import { atOf, inScope } from '../org.service.ts'
import type { At } from '../org.sql.ts'
import type * as contract from './structure.contract.ts'
import { compileRules, ruleInForce } from './structure.pack.ts'
import { bodiesNamed, exceptionsOn, termsDue } from './structure.sql.ts'

/** More bodies than any tenant has; a list cut short would make the numbers wrong, so it is refused. */
const MOST = 100_000

function contextOf(tx: Tx, { on, asOf }: At): Context {
  return { tenant: tx.tenant.id, on, asOf, from: on, to: on }
}

/** Ids of the bodies that break a rule, as far as the transaction's role sees what the rule counts. */
async function brokenBy(tx: Tx, rule: StructureRule, at: At): Promise<string[]> {
  const { catalogue, measures } = compileRules(partOf(tx.tenant, organisationPack))
  const rows = await tx.compiled<{ id: string }>(
    rowsSql(measures.get(rule.id) ?? {}, 'broken', catalogue, contextOf(tx, at), { part: 'numerator', limit: MOST }),
  )
  if (rows.length === MOST) throw new Error(`rule ${rule.id} is broken by ${MOST} bodies or more`)
  return rows.map((row) => row.id)
}

/** Each rule in numbers. Runs with the reach of the tenant. */
export async function structure(tx: Tx, query: Static<typeof contract.structure.query>): Promise<Static<typeof contract.structure.reply>> {
  const at = atOf(tx.tenant, query)
  const pack = partOf(tx.tenant, organisationPack)
  const { catalogue, measures } = compileRules(pack)
  const exceptions = await tx.all(exceptionsOn, at)
  const rules: contract.RuleState[] = []
  for (const rule of pack.structure_rules) {
    const { id, name, over, citation, remedy } = rule
    const head = { id, name, over, citation, remedy, from: rule.valid_from, until: rule.valid_until ?? null }
    if (!ruleInForce(rule, at.on)) {
      rules.push({ ...head, inForce: false, holds: 0, of: 0, excepted: 0, broken: 0 })
      continue
    }
    const [figure] = await tx.compiled<{ numerator: string | null; denominator: string | null }>(
      figureSql(measures.get(id) ?? {}, 'kept', catalogue, contextOf(tx, at)),
    )
    const [holds, of] = [Number(figure?.numerator ?? 0), Number(figure?.denominator ?? 0)]
    const named = exceptions.filter((exception) => exception.rule === id)
    const broken = named.length === 0 || holds === of ? [] : await brokenBy(tx, rule, at)
    const excepted = broken.filter((body) => named.some((exception) => exception.bodyId === body)).length
    rules.push({ ...head, inForce: true, holds, of, excepted, broken: of - holds - excepted })
  }
  return { on: at.on, rules }
}

/** The bodies in the reader's scope that break a rule, and those excepted from it. */
export async function structureRule(
  tx: Tx,
  actor: Actor,
  id: string,
  query: Static<typeof contract.structureRule.query>,
): Promise<Static<typeof contract.structureRule.reply>> {
  const at = atOf(tx.tenant, query)
  const rule = partOf(tx.tenant, organisationPack).structure_rules.find((one) => one.id === id)
  if (rule === undefined) throw new Refusal('not-found', '没有这条规则。', [{ field: '/rule', value: id, message: '没有这条规则' }])
  if (!ruleInForce(rule, at.on)) return { rule: id, rows: [] }
  const ids = (await brokenBy(tx, rule, at)).filter((body) => inScope(actor, body))
  const exceptions = (await tx.all(exceptionsOn, at)).filter((exception) => exception.rule === id && inScope(actor, exception.bodyId))
  const named = await tx.all(bodiesNamed, { ...at, ids: [...new Set([...ids, ...exceptions.map((exception) => exception.bodyId)])] })
  const rows = named.map((body): contract.Breach => {
    const exception = exceptions.find((one) => one.bodyId === body.id)
    return {
      ...body,
      bodyKind: body.bodyKind === 'unit' ? 'unit' : 'party-org',
      exception: exception === undefined ? null : { id: exception.id, reason: exception.reason, from: exception.from, until: exception.until },
    }
  })
  return { rule: id, rows }
}

/** Terms in the reader's scope that are overdue or fall due within `days` (90 where left out). */
export async function due(tx: Tx, actor: Actor, query: Static<typeof contract.due.query>): Promise<Static<typeof contract.due.reply>> {
  const at = atOf(tx.tenant, query)
  const rows = await tx.all(termsDue, { ...at, days: query.days ?? 90 })
  return { on: at.on, rows: rows.filter((row) => inScope(actor, row.id)) }
}
