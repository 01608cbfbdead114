// What the pages of burden send and say.
import { minutes } from '#web/kit/formats/formats.ts'
import type { Asked, Preview } from '../burden.contract.ts'
import type { Part } from '../burden-notice.rules.ts'

interface Values {
  kind: string
  body: { id: string } | null
  of: string
  dueOn: string
  minutes: string
  terms: Record<string, boolean>
}

/** A form's values as they are sent. */
export function askedOf(values: Values, terms: readonly { id: string; name: string; type: string }[]): Omit<Asked, 'askerId' | 'asker'> {
  const fields = terms.filter(({ id }) => values.terms[id] === true).map(({ id, name, type }) => ({ name, type, term: id }))
  return {
    kind: values.kind,
    receivers: { under: values.body?.id ?? '', of: values.of === 'unit' ? 'unit' : 'party-org' },
    ...(values.dueOn === '' ? {} : { dueOn: values.dueOn }),
    ...(fields.length === 0 ? {} : { fields }),
    ...(values.minutes === '' ? {} : { minutes: Math.round(Number(values.minutes)) }),
  }
}

const known = { measured: '按实际填写的时间', fields: '按栏目估计', stated: '按填的估计' } as const
const time = (seconds: number): string => (seconds < 60 ? `${seconds} 秒` : minutes(Math.round(seconds / 60)))

/** What an asking costs, a sentence each. */
export function costSentences(made: Preview): string[] {
  return [
    `${made.receivers} 个组织 × ${time(made.price.seconds)}（${known[made.price.by]}）= ${time(made.totalSeconds)}`,
    ...(made.knownFields > 0 ? [`${made.fields} 栏里平均 ${made.knownFields} 栏已有，自动填好省下 ${time(made.savedSeconds)}`] : []),
    ...made.askedToo.map(({ asker, terms, receivers }) => `${asker}本月也向其中 ${receivers} 个组织要了 ${terms} 栏`),
    ...(made.overBudget > 0 ? [`${made.overBudget} 个组织将超出本月预算`] : []),
    ...(made.isShort ? [`只留了 ${made.notice} 个工作日（最少 ${made.leastNotice} 个）`] : []),
  ]
}

/** A text cut where its parts begin and end; of two that overlap the first is marked. */
export function segmentsOf(text: string, parts: readonly Part[]): { text: string; part?: Part }[] {
  const segments: { text: string; part?: Part }[] = []
  let done = 0
  for (const part of parts) {
    if (part.at < done) continue
    if (part.at > done) segments.push({ text: text.slice(done, part.at) })
    segments.push({ text: text.slice(part.at, part.end), part })
    done = part.end
  }
  return done < text.length ? [...segments, { text: text.slice(done) }] : segments
}
