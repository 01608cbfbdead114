// One matter as its page shows it, and what waits for the reader on the workbench.
import { chinaDate } from '#base/dates.ts'
import type { Todo } from '#modules/ledger/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { now } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import type { MatterPage, Possible } from './matter.contract.ts'
import { kindsOf } from './matter.pack.ts'
import { movesFrom, nameOfStep, postFor, stageOf } from './matter.rules.ts'
import { unseen } from './matter.service.ts'
import { aroundMatter, matterById, stepsOf } from './matter.sql.ts'
import { extensionsOf, maySpeak, noExtension } from './matter-beside.service.ts'
import { partKindOf } from './matter-join.service.ts'
import { mineOf, rowOf } from './matter-list.service.ts'
import { commentsOf, linksOf, matterCount, matterPage, mergedInto, rowsOf, struckOffBefore } from './matter-list.sql.ts'
import { editionOf } from './matter-prepare.service.ts'
import { minutesOf } from './matter-terms.service.ts'
import { lastOf } from './matter-terms.sql.ts'
import { isFollowing } from './news/news.sql.ts'

/** A matter with its track, what the reader may do now, its parts, links and comments. */
export async function readMatter(tx: Tx, actor: Actor, matterId: string): Promise<MatterPage> {
  const key = { tenantId: tx.tenant.id, matterId }
  const matter = await tx.maybe(matterById, key)
  if (matter === undefined) throw unseen()
  const kind = await editionOf(tx, matter)
  const { hash: _hash, ...shown } = kind
  const { doer } = await tx.one(aroundMatter, key)
  const sides = { ownerId: matter.ownerId, askerId: matter.askerId, doer }
  const open = matter.closedOn === null
  const steps = await tx.all(stepsOf, key)
  const possible = movesFrom(kind, matter.stage)
    .filter(({ by }) => open && postFor(actor, by, sides) !== undefined)
    .map(({ id, name, to, form = [], required = [], note = '' }): Possible => ({ move: id, name, to, form, required, note }))
  const again = kind.moves.filter(({ id, by, form = [] }) => by === 'owner' && form.length > 0 && possible.some(({ move }) => move === id)).map(({ id }) => id)
  const owns = postFor(actor, 'owner', sides) !== undefined
  const asks = postFor(actor, 'asker', sides) !== undefined
  const [row] = await tx.all(rowsOf, { tenantId: tx.tenant.id, ids: [matterId] })
  const [parent] = matter.parentId === null ? [] : await tx.all(rowsOf, { tenantId: tx.tenant.id, ids: [matter.parentId] })
  const [into] = matter.mergedInto === null ? [] : await tx.all(rowsOf, { tenantId: tx.tenant.id, ids: [matter.mergedInto] })
  const children = await tx.all(rowsOf, { tenantId: tx.tenant.id, parentId: matterId })
  if (row === undefined) throw unseen()
  const before =
    kind.relapse === undefined || matter.type === ''
      ? undefined
      : await tx.maybe(struckOffBefore, { ...key, kind: matter.kind, ownerId: matter.ownerId, type: matter.type, on: matter.openedOn, days: kind.relapse.days })
  return {
    matter: await rowOf(tx, row),
    kind: shown,
    fields: matter.fields,
    steps: steps.map(({ revision, move, from, to, fields, note, author, at, dueAt }) => ({
      ...{ revision, move, moveName: nameOfStep(kind, move), from, to, toName: stageOf(kind, to).name, fields },
      ...{ note: move === 'assign' || move === 'merge' ? '' : note, author, at, dueAt },
    })),
    possible,
    may: {
      assign: open && owns,
      extend: (owns && noExtension(kind, matter, steps, now(tx.tenant)) === undefined) || (open && asks && extensionsOf(steps).asked),
      comment: maySpeak({ actor }, sides),
      split: open && owns && actor.posts.some(({ may }) => may.includes('matter.ask')) ? partKindOf(tx.tenant, kind).id : null,
      merge: open && (kind.opened_by === 'owner' ? owns : asks),
    },
    parent: parent === undefined ? null : { matterId: parent.matterId, title: parent.title },
    mergedInto: into === undefined ? null : { matterId: into.matterId, title: into.title },
    merged: await tx.all(mergedInto, key),
    children: await Promise.all(children.map((child) => rowOf(tx, child))),
    last: again.length === 0 ? [] : await tx.all(lastOf, { tenantId: tx.tenant.id, ownerId: matter.ownerId, kind: matter.kind, moves: again }),
    links: await tx.all(linksOf, key),
    comments: (await tx.all(commentsOf, key)).map(({ id, text, author, at }) => ({ id, text, author, at })),
    ...(await tx.one(isFollowing, { ...key, accountId: actor.accountId })),
    relapseOf: before ?? null,
  }
}

/** Lines of the workbench that are matters; one more says how many there are besides. */
const LINES = 3

/** What waits for the reader: matters by deadline, and in one line how many more there are. `measured`: minutes by form. */
export async function matterTodo(tx: Tx, actor: Actor, measured: ReadonlyMap<string, number>): Promise<Todo[]> {
  const filter = { tenantId: tx.tenant.id, mine: await mineOf(tx, actor) }
  const rows = await tx.all(matterPage, { ...filter, order: 'due', limit: LINES + 1 })
  const minutes = (id: string): number => {
    const kind = kindsOf(tx.tenant).get(id)
    return kind === undefined ? 10 : minutesOf(kind, measured)
  }
  const shown = rows.length > LINES ? rows.slice(0, LINES) : rows
  const todos = shown.map(
    ({ matterId, kind, title, dueAt }): Todo => ({
      ...{ id: `matter.${matterId}`, title, kind: '事项', due: dueAt === null ? null : chinaDate(new Date(dueAt)) },
      ...{ minutes: minutes(kind), href: `/matters/${matterId}`, state: 'open' },
    }),
  )
  const next = rows[LINES]
  if (next === undefined) return todos
  const { count } = await tx.one(matterCount, { ...filter, most: 999 })
  const due = next.dueAt === null ? null : chinaDate(new Date(next.dueAt))
  const more = count > 999 ? '999 件以上' : `${count - LINES} 件`
  return [
    ...todos,
    { id: 'matter.more', title: `还有 ${more}事项等您办理`, kind: '事项', due, minutes: minutes(next.kind), href: '/matters?state=mine', state: 'open' },
  ]
}
