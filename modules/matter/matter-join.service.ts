// A matter split into parts (M10), and a double merged into the matter that it doubles (M11): both are steps, written as every other.
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { oneLine } from '#modules/ledger/index.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Part, Receipt } from './matter.contract.ts'
import { kindsOf } from './matter.pack.ts'
import type { Edition } from './matter.rules.ts'
import { type Acting, makeStep, mustBeOpen, mustMake, openingOf, openMatters } from './matter.service.ts'
import { matterById, matterToMove } from './matter.sql.ts'
import { kindOf, standingOf } from './matter-prepare.service.ts'

/** What a matter is split into: the kind of which its parts are and that is asked of others, else its own as it is now. */
export function partKindOf(tenant: Tenant, kind: Edition): Edition {
  const parts = [...kindsOf(tenant).values()].filter(({ part_of, opened_by }) => part_of === kind.id && opened_by === 'asker')
  return parts[0] ?? kindOf(tenant, kind.id)
}

/** Opens a part for each body named; what is wrong is told by part. */
export function splitMatter(acting: Acting, matterId: string, input: { moveId: string; revision: number; parts: Part[] }): Promise<Receipt> {
  const { tx } = acting
  const note = input.parts.map(({ title }) => oneLine(title)).join('；')
  return makeStep(acting, matterId, { moveId: input.moveId, revision: input.revision, move: 'split', note }, async ({ matter, kind, sides }) => {
    mustMake(acting, 'owner', sides)
    mustBeOpen(matter)
    const part = partKindOf(tx.tenant, kind)
    for (const [at, given] of input.parts.entries()) {
      const batch = await openingOf(acting, part, { ...given, parentId: matterId }).catch((error: unknown) => {
        throw error instanceof Refusal ? inPart(error, at) : error
      })
      const [id] = await openMatters(tx, { ...batch, origin: 'split', originId: matterId })
      if (id !== undefined) await leaveEntry(tx, 'matter.open', { kind: 'matter', id }, { matterKind: part.id, bodyId: given.bodyId, from: matterId })
    }
    return { by: 'owner', standing: standingOf(matter), note }
  })
}

function inPart({ code, message, issues = [] }: Refusal, at: number): Refusal {
  const inside = issues.map((issue) => ({ ...issue, field: `/parts/${at}${issue.field}` }))
  return new Refusal(code, `第 ${at + 1} 项：${message}`, inside.length > 0 ? inside : [{ field: `/parts/${at}/bodyId`, message }])
}

/** Closes a matter as a double of another. Whoever may open such a matter for its owner may say that it is one. */
export async function mergeMatter(acting: Acting, matterId: string, input: { moveId: string; revision: number; into: string }): Promise<Receipt> {
  const { tx } = acting
  // Both are held, in the order of their ids: two that are merged into each other at once wait for one another, and the second finds the first closed.
  for (const id of [matterId, input.into].sort()) await tx.maybe(matterToMove, { tenantId: tx.tenant.id, matterId: id })
  return makeStep(
    acting,
    matterId,
    { moveId: input.moveId, revision: input.revision, move: 'merge', note: input.into },
    async ({ matter, kind, sides, around }) => {
      const by = kind.opened_by
      mustMake(acting, by, sides)
      mustBeOpen(matter)
      const into = await tx.maybe(matterById, { tenantId: tx.tenant.id, matterId: input.into })
      const wrong = (message: string) => new Refusal('invalid', message, [{ field: '/into', value: input.into, message }])
      if (into === undefined) throw wrong('没有找到要并入的事项，或者它不在您的范围内')
      if (into.matterId === matterId) throw wrong('不能并入自己，请选另一件')
      if (into.kind !== matter.kind || into.ownerId !== matter.ownerId) throw wrong('只能并入同一个组织的同一种事项')
      if (into.closedOn !== null) throw wrong('要并入的事项已经办结，请选没有办结的')
      const { childrenOpen } = await around()
      if (childrenOpen > 0) throw new Refusal('conflict', `下面还有 ${childrenOpen} 件没有办结的事项，先办结或撤销，再并入。`)
      const standing = { ...standingOf(matter), dueAt: null, remindAt: null, paused: false }
      return { by, standing, outcome: 'merged', mergedInto: input.into, note: input.into }
    },
  )
}
