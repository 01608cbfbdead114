// What later modules do with burden: tell what is known, ask what it costs, charge it. And what people enter of other bodies' askings.
import { addDays, isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { leaveEntry } from '#modules/audit/index.ts'
import { bodiesUnder, findBody } from '#modules/org/index.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { packOf, partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import type { Asked, KnownValue, NewAsking, Preview, Price } from './burden.contract.ts'
import { burdenPack, type FormField, formsIn, termsPack } from './burden.pack.ts'
import { bucketOf, budgetOf, capsBroken, fieldShares, noticeDays, priceOf as priceByRule } from './burden.rules.ts'
import {
  addFilling,
  askedSince,
  askedToo,
  askingById,
  fillingsOf,
  insertAsking,
  type KnownRow,
  knownByTerm,
  knownValues,
  type Receiver,
  receiversOf,
  replaceKnown,
} from './burden.sql.ts'

/** Refuses unless the actor may act on the body; from the route. */
export type Allow = (action: string, bodyId?: string) => void

/** Who says what of a body: a record, a move of a matter. */
export interface Source {
  id: string
  /** As people are shown it: 换届（2024-11-02）. */
  name: string
  /** The day for which it holds. */
  on: string
}

/** Keeps what a source says of a body's terms, in place of what it said before; with no values the source has nothing to say any more. */
export async function learn(tx: Tx, bodyId: string, source: Source, given: readonly { term: string; value: unknown }[]): Promise<void> {
  const terms = new Map(partOf(tx.tenant, termsPack).terms.map((term) => [term.id, term]))
  const said = given.flatMap(({ term, value }) =>
    value === undefined || value === null || value === '' ? [] : [{ term, value, days: terms.get(term)?.valid_days ?? 0 }],
  )
  tx.append(replaceKnown, {
    tenantId: tx.tenant.id,
    bodyId,
    sourceId: source.id,
    source: source.name,
    saidOn: source.on,
    terms: said.map(({ term }) => term),
    values: said.map(({ value }) => JSON.stringify(value)),
    until: said.map(({ days }) => addDays(source.on, days)),
  })
}

/** The newest valid value of each term of each body on a day. */
export async function knownOf(
  tx: Tx,
  bodyIds: readonly string[],
  terms: readonly string[],
  on = today(tx.tenant),
  most = 5000,
): Promise<(KnownValue & { body: string })[]> {
  if (terms.length === 0) return []
  const names = namesOf(tx.tenant)
  const rows = await tx.all(knownValues, { tenantId: tx.tenant.id, bodyIds, terms, on, most })
  return rows.map((row: KnownRow) => ({ ...row, name: names.get(row.term) ?? row.term }))
}

function namesOf(tenant: Tenant): Map<string, string> {
  return new Map(partOf(tenant, termsPack).terms.map(({ id, name }) => [id, name]))
}

/** What is known of a body for a form's fields; of every term where no form is named. */
export async function knownFor(tx: Tx, bodyId: string, formId?: string): Promise<(KnownValue & { field: string | null })[]> {
  if (formId === undefined) {
    const found = await knownOf(
      tx,
      [bodyId],
      partOf(tx.tenant, termsPack).terms.map(({ id }) => id),
    )
    return found.map(({ body: _body, ...value }) => ({ ...value, field: null }))
  }
  const bound = formNamed(tx.tenant, formId, '/form').fields.filter(({ term }) => term !== undefined)
  const found = await knownOf(
    tx,
    [bodyId],
    bound.map(({ term }) => term ?? ''),
  )
  return found.flatMap(({ body: _body, ...value }) => bound.filter(({ term }) => term === value.term).map((field) => ({ ...value, field: field.id })))
}

function formNamed(tenant: Tenant, id: string, field: string) {
  const form = formsIn(packOf(tenant)).get(id)
  if (form === undefined) throw new Refusal('invalid', `没有“${id}”这张表。`, [{ field, value: id, message: '没有这张表，请从列表中选择' }])
  return form
}

/** Counts how long a filling took [B2]. */
export async function fill(tx: Tx, formId: string, seconds: number): Promise<void> {
  formNamed(tx.tenant, formId, '/form')
  tx.append(addFilling, { tenantId: tx.tenant.id, form: formId, bucket: bucketOf(seconds) })
}

/** What a form costs one who fills it in [B1]. */
export async function priceOf(tx: Tx, formId: string): Promise<Price> {
  return (await pricesOf(tx, [formNamed(tx.tenant, formId, '/form')]))[0] as Price
}

/** What forms cost, in their order; `id`: none where a form is another's, which nobody has filled in here. */
async function pricesOf(tx: Tx, forms: readonly { id?: string; fields: readonly { type: string }[]; minutes: number | undefined }[]): Promise<Price[]> {
  const { enough_fillings: enough, field_seconds: fieldSeconds } = partOf(tx.tenant, burdenPack)
  const ids = forms.flatMap(({ id }) => id ?? [])
  const buckets = ids.length === 0 ? [] : await tx.all(fillingsOf, { tenantId: tx.tenant.id, forms: ids })
  return forms.map((form) =>
    priceByRule(
      form,
      buckets.filter((one) => one.form === form.id),
      { enough, fieldSeconds },
    ),
  )
}

/** Minutes of each form that has been filled in often enough for its own median; at least one. */
export async function measuredMinutes(tx: Tx): Promise<Map<string, number>> {
  const { enough_fillings: enough } = partOf(tx.tenant, burdenPack)
  const buckets = Map.groupBy(await tx.all(fillingsOf, { tenantId: tx.tenant.id, forms: null }), ({ form }) => form)
  const prices = [...buckets].map(([form, found]) => [form, priceByRule({ fields: [], minutes: undefined }, found, { enough, fieldSeconds: {} })] as const)
  return new Map(prices.flatMap(([form, { by, seconds }]) => (by === 'measured' ? [[form, Math.max(1, Math.round(seconds / 60))]] : [])))
}

/** What is asked, looked up and checked: the fields and the price. */
async function read(tx: Tx, asked: Weighed): Promise<{ fields: readonly Pick<FormField, 'type' | 'term' | 'required'>[]; price: Price; shares: number[] }> {
  const { kinds, field_seconds: fieldSeconds } = partOf(tx.tenant, burdenPack)
  const refuse = (field: string, value: unknown, message: string): never => {
    throw new Refusal('invalid', message, [{ field, value, message }])
  }
  if (!kinds.some(({ id }) => id === asked.kind)) refuse('/kind', asked.kind, `没有这一类要求，可选：${kinds.map(({ name }) => name).join('、')}`)
  if (asked.dueOn !== undefined && !isDate(asked.dueOn)) refuse('/dueOn', asked.dueOn, '没有这一天，请按“2024-12-20”的格式填写')
  const names = namesOf(tx.tenant)
  for (const [index, { type, term }] of (asked.fields ?? []).entries()) {
    if (fieldSeconds[type] === undefined) refuse(`/fields/${index}/type`, type, `没有这一类栏目，可选：${Object.keys(fieldSeconds).join('、')}`)
    if (term !== undefined && !names.has(term)) refuse(`/fields/${index}/term`, term, '数据字典里没有这一项，请从列表中选择')
  }
  const form = asked.form === undefined ? undefined : formNamed(tx.tenant, asked.form, '/form')
  const fields = form?.fields ?? asked.fields ?? []
  if (fields.length === 0 && asked.minutes === undefined && form === undefined) refuse('/minutes', undefined, '请填写大约要几分钟，或者列出要填的栏目')
  const parts = (asked.parts ?? []).map((id) => formNamed(tx.tenant, id, '/parts'))
  const whole = { fields, minutes: asked.minutes ?? form?.minutes, ...(asked.form === undefined ? {} : { id: asked.form }) }
  const price = sumOf(await pricesOf(tx, parts.length === 0 ? [whole] : parts))
  return { fields, price, shares: fieldShares(fields, price.seconds, fieldSeconds) }
}

/** An asking whose fields are filled in by several of our forms: it costs what they cost together. */
type Weighed = Asked & { parts?: readonly string[] }

/** The price of several forms: measured only where each is. */
function sumOf(prices: readonly Price[]): Price {
  const by = (['stated', 'fields'] as const).find((one) => prices.some((price) => price.by === one)) ?? 'measured'
  return { seconds: prices.reduce((sum, { seconds }) => sum + seconds, 0), by, fillings: Math.min(...prices.map(({ fillings }) => fillings)) }
}

interface Looked {
  preview: Preview
  receivers: Receiver[]
  terms: string[]
}

/** What an asking would cost whom. `receivers` are given by `charge`; left out, they are looked up. */
async function look(tx: Tx, asked: Weighed, askedOn: string, given?: readonly string[]): Promise<Looked> {
  const { tenant } = tx
  const pack = partOf(tenant, burdenPack)
  const { fields, price, shares } = await read(tx, asked)
  const bound = fields.flatMap(({ term, required }, index) => (term === undefined ? [] : [{ term, seconds: shares[index] ?? 0, required: required === true }]))
  const terms = [...new Set(bound.map(({ term }) => term))]
  const month = `${askedOn.slice(0, 7)}-01`
  const { of } = asked.receivers
  const ids = given ?? (await bodiesUnder(tx, asked.receivers.under, askedOn))
  const receivers = await tx.all(receiversOf, {
    tenantId: tenant.id,
    of,
    ids,
    kinds: asked.receivers.kinds ?? null,
    terms: bound.map(({ term }) => term),
    seconds: bound.map(({ seconds }) => seconds),
    on: askedOn,
    asOf: now(tenant).toISOString(),
    month,
  })
  if (given === undefined && receivers.length === 0)
    throw new Refusal('invalid', '没有符合的接收组织，请换一个组织或种类。', [
      { field: '/receivers', value: asked.receivers.under, message: '没有符合的接收组织' },
    ])
  const bodyIds = receivers.map(({ id }) => id)
  const known = terms.length === 0 ? [] : await tx.all(knownByTerm, { tenantId: tenant.id, bodyIds, terms, on: askedOn })
  const too = terms.length === 0 ? [] : await tx.all(askedToo, { tenantId: tenant.id, bodyIds, terms, month })
  const over = receivers.filter((receiver) => {
    const most = budgetOf(pack.budgets, { of, kind: receiver.kind })
    return most !== undefined && receiver.spent + price.seconds - receiver.saved > most * 60
  })
  const notice = asked.dueOn === undefined ? null : noticeDays(askedOn, asked.dueOn)
  const isShort = notice !== null && notice < pack.notice_working_days
  const thisYear =
    asked.askerId === undefined
      ? 0
      : (await tx.one(askedSince, { tenantId: tenant.id, ownerId: asked.askerId, kind: asked.kind, since: `${askedOn.slice(0, 4)}-01-01` })).count
  const caps = asked.askerId === undefined ? [] : capsBroken(pack.caps, { kind: asked.kind, thisYear, characters: asked.characters })
  const names = namesOf(tenant)
  const saved = receivers.reduce((sum, receiver) => sum + receiver.saved, 0)
  const preview: Preview = {
    receivers: receivers.length,
    fields: fields.length,
    price,
    totalSeconds: receivers.length * price.seconds - saved,
    savedSeconds: saved,
    knownFields: receivers.length === 0 ? 0 : Math.floor(receivers.reduce((sum, { knownTerms }) => sum + knownTerms, 0) / receivers.length),
    known: known.map((row) => ({ ...row, name: names.get(row.term) ?? row.term, required: bound.some(({ term, required }) => term === row.term && required) })),
    askedToo: too,
    overBudget: over.length,
    overBudgetFirst: over.slice(0, 20).map(({ id, name }) => ({ id, name })),
    notice,
    leastNotice: pack.notice_working_days,
    isShort,
    why: [
      ...(over.length > 0 ? [`超出本月预算的有 ${over.length} 个组织`] : []),
      ...(isShort ? [`只留了 ${notice} 个工作日，最少要 ${pack.notice_working_days} 个`] : []),
      ...caps,
    ],
  }
  return { preview, receivers, terms }
}

/** What an asking would cost, what of it is known, who asks the same, and whose budget it exceeds. Stores nothing. `receivers`: where they are known already. */
export async function preview(tx: Tx, asked: Weighed, receivers?: readonly string[]): Promise<Preview> {
  return (await look(tx, asked, today(tx.tenant), receivers)).preview
}

/** An asking that is to be charged: our own, made by a later module under its own id. */
export interface OurAsking extends Weighed {
  id: string
  askerId: string
  title: string
  basis: string
  /** Why it is asked although it exceeds the rules: given only where somebody has released it by name. */
  released?: string
}

/**
 * Charges our own asking to its receivers. Refuses a field that must be filled in and is still known of one of them, with the place where it stands [B3], and what exceeds
 * a budget, a cap or the least notice, unless it was released [B4]. A field that must not be
 * filled in is not asked for: what is known of it is filled in.
 */
export async function charge(tx: Tx, asking: OurAsking, receivers: readonly string[]): Promise<Preview> {
  const askedOn = today(tx.tenant)
  const looked = await look(tx, asking, askedOn, receivers)
  const { why } = looked.preview
  const known = looked.preview.known.filter(({ required }) => required)
  const [first] = known
  if (first !== undefined)
    throw new Refusal(
      'conflict',
      `“${first.name}”有 ${first.receivers} 个组织已经报过（见${first.from}），还在有效期内，不再要第二次。请去掉这一栏。`,
      known.map(({ term, name, from }) => ({ field: '/fields', value: term, message: `${name}：已有，见${from}` })),
    )
  if (why.length > 0 && asking.released === undefined)
    throw new Refusal(
      'conflict',
      `这项要求${why.join('；')}。请改小，或者写明理由送审，批准后再发。`,
      why.map((message) => ({ field: '/receivers', message })),
    )
  const asker = (await findBody(tx, asking.askerId))?.name ?? ''
  const isNew = await store(tx, looked, asking, { ours: true, ownerId: asking.askerId, asker, askedOn, reason: asking.released ?? '' })
  if (!isNew) throw new Refusal('conflict', '这个编号已经用于另一项要求。', [{ field: '/id', value: asking.id, message: '编号已被使用' }])
  return looked.preview
}

interface Meant {
  ours: boolean
  ownerId: string
  asker: string
  askedOn: string
  reason: string
}

async function store(
  tx: Tx,
  { preview: made, receivers, terms }: Looked,
  asking: { id: string; title: string; basis: string; kind: string; form?: string; dueOn?: string },
  meant: Meant,
): Promise<boolean> {
  const written = await tx.maybe(insertAsking, {
    tenantId: tx.tenant.id,
    askingId: asking.id,
    title: asking.title,
    basis: asking.basis,
    kind: asking.kind,
    form: asking.form ?? '',
    terms,
    seconds: made.price.seconds,
    dueOn: asking.dueOn ?? null,
    short: made.isShort,
    authorId: tx.actorId,
    bodies: receivers.map(({ id }) => id),
    charged: receivers.map(({ saved }) => Math.max(0, made.price.seconds - saved)),
    saved: receivers.map(({ saved }) => saved),
    ...meant,
  })
  if (written === undefined) return false
  await leaveEntry(
    tx,
    'burden.asking',
    { kind: 'asking', id: asking.id },
    { ours: meant.ours, bodyId: meant.ownerId, receivers: receivers.length, seconds: made.price.seconds },
  )
  return true
}

/** Enters what another body asks: never refused for its cost [B4], and answered with what is known [B3]. The same id again has one effect. */
export async function enterAsking(
  tx: Tx,
  allow: Allow,
  input: NewAsking,
): Promise<{ askingId: string; repeated: boolean; preview: Preview; values: (KnownValue & { body: string })[] }> {
  const { under } = input.receivers
  allow('record.enter', under)
  const askedOn = input.askedOn ?? today(tx.tenant)
  if (!isDate(askedOn) || askedOn > today(tx.tenant))
    throw new Refusal('invalid', '提出要求的日期不对。', [{ field: '/askedOn', value: askedOn, message: `没有这一天，或者晚于今天（${today(tx.tenant)}）` }])
  const looked = await look(tx, input, askedOn)
  const isNew = await store(tx, looked, input, { ours: false, ownerId: under, asker: input.asker, askedOn, reason: '' })
  if (!isNew) {
    const before = await tx.maybe(askingById, { tenantId: tx.tenant.id, askingId: input.id })
    if (before === undefined || before.authorId !== tx.actorId || before.title !== input.title || before.asker !== input.asker || before.ownerId !== under)
      throw new Refusal('conflict', '这个编号已经用于另一项要求，请刷新页面后重新填写。', [{ field: '/id', value: input.id, message: '编号已被使用' }])
  }
  const values =
    looked.receivers.length > 50
      ? []
      : await knownOf(
          tx,
          looked.receivers.map(({ id }) => id),
          looked.terms,
          askedOn,
          200,
        )
  return { askingId: input.id, repeated: !isNew, preview: looked.preview, values }
}
