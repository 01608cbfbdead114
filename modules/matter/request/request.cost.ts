// What a request costs those who are asked, in the words of the composer; the figures are burden's.
import { charge, preview } from '#modules/burden/index.ts'
import type { Tx } from '#server/kit/db.ts'
import type { Edition } from '../matter.rules.ts'
import { formId } from '../matter-kinds.contract.ts'
import type { Content, Cost } from './request.contract.ts'
import type { Receiver } from './request.sql.ts'

type Weighed = Awaited<ReturnType<typeof preview>>
type Asked = Pick<Content, 'askerId' | 'dueOn'> & { receivers: readonly Receiver[] }

const wordsOf: Record<Weighed['price']['by'], string> = { measured: '按实际填报时间', fields: '按栏目估算', stated: '按说明估计' }

/** What is asked of each receiver: the fields that the owner's moves fill in. */
function askedOf(kind: Edition, { askerId, dueOn }: Pick<Content, 'askerId' | 'dueOn'>) {
  const moves = kind.moves.filter(({ by }) => by === 'owner')
  const asked = new Set(moves.flatMap(({ form }) => form ?? []))
  const musts = new Set(moves.flatMap(({ required }) => required ?? []))
  const fields = kind.fields
    .filter(({ id }) => asked.has(id))
    .map(({ id, name, type, term }) => ({ name, type, required: musts.has(id), ...(term === undefined ? {} : { term }) }))
  const parts = moves.filter(({ form = [] }) => form.length > 0).map(({ id }) => formId(kind.id, id))
  return { kind: 'task', parts, askerId, receivers: { under: askerId, of: kind.of }, fields, minutes: kind.minutes, ...(dueOn === null ? {} : { dueOn }) }
}

const minutesOf = (seconds: number): number => Math.max(1, Math.round(seconds / 60))

/** The cost of asking these receivers for a matter of this kind. */
export async function costOf(tx: Tx, kind: Edition, asked: Asked): Promise<Cost> {
  const found = await preview(
    tx,
    askedOf(kind, asked),
    asked.receivers.map(({ id }) => id),
  )
  const { price, known, askedToo, knownFields } = found
  const stands = (required: boolean) =>
    known
      .filter((one) => one.required === required)
      .map(({ name, receivers, from }) => `“${name}”有${receivers}个组织已经报过（见${from}）${required ? '，不能再要' : '，会自动填好'}。`)
  return {
    receivers: found.receivers,
    minutes: minutesOf(price.seconds),
    hours: Math.round(found.totalSeconds / 3600),
    from: wordsOf[price.by],
    fields: found.fields,
    notes: [
      ...(knownFields > 0 ? [`${found.fields}栏里平均有${knownFields}栏已经知道。`] : []),
      ...stands(false),
      ...askedToo.map(({ asker, terms, receivers }) => `${asker}本月也要其中${terms}项（${receivers}个组织）。`),
    ],
    exceeds: found.why.map((why) => `${why}。`),
    refused: stands(true),
  }
}

/** Charges a request to its receivers as it is sent; refuses what is known already, and what exceeds the rules and wasn't released. @returns minutes of one. */
export async function chargeFor(tx: Tx, kind: Edition, asked: Asked & { id: string; title: string; basis: string; released?: string }): Promise<number> {
  const { id, title, basis, released, receivers } = asked
  const asking = { ...askedOf(kind, asked), id, title, basis, ...(released === undefined ? {} : { released }) }
  const { price } = await charge(
    tx,
    asking,
    receivers.map((one) => one.id),
  )
  return minutesOf(price.seconds)
}
