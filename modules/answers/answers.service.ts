// The answer sheet and its figures as they are sent.
import { address } from '#base/endpoint.ts'
import { findSource } from '#engine/index.ts'
import { kOf } from '#modules/access/index.ts'
import type { Actor } from '#server/kit/actor.ts'
import { anonymous } from '#server/kit/actor.ts'
import { now } from '#server/kit/clock.ts'
import type { Pool, Tx } from '#server/kit/db.ts'
import { packOf, partOf } from '#server/kit/pack.ts'
import type { Tenant } from '#server/kit/tenant.ts'
import { type Figure, type FigurePage, type Figures, type Part, readGroups, readRows } from './answers.contract.ts'
import { type FigureDefinition, figuresPack } from './answers.pack.ts'
import { suppressed, type Time, timeOf } from './answers.rules.ts'
import { definitionsOf } from './answers-definitions.ts'
import type { Asked } from './answers-evidence.service.ts'
import { type CountedSheet, countFigure, countSeries, countSheet, figureOf, type SeriesPoint, sheetOf } from './answers-figures.service.ts'
import { figureValueNames } from './answers-names.ts'
import { mustBePublic, sheetRelease } from './answers-release.service.ts'
import { wordsOfCondition, wordsOfTake } from './answers-words.service.ts'

/** Who asks, for which sheet, on which day. */
export interface Question {
  pool: Pool
  tenant: Tenant
  actor: Actor
  params: { sheet: string }
  query: { on?: string | undefined; asOf?: string | undefined }
}

/** The day and knowledge asked for; refuses a sheet that doesn't exist or isn't released, and what is no date. */
async function checked({ pool, tenant, actor, params, query }: Question & { params: { key?: string } }): Promise<Time> {
  await mustBePublic(pool, tenant, actor, params)
  sheetOf(definitionsOf(packOf(tenant)), params.sheet)
  return timeOf(query, now(tenant))
}

/** One part of one figure, ready to be opened. */
export async function askPart(question: Question & { params: { sheet: string; key: string } }, part: Part = 'numerator'): Promise<Asked> {
  const { pool, tenant, params } = question
  const time = await checked(question)
  const figure = figureOf(definitionsOf(packOf(tenant)), params.sheet, params.key)
  const { on, asOf, byKey } = await countFigure(pool, tenant, time, figure)
  return { figure, part, on, asOf, counted: countedOf(byKey, figure.key) }
}

function countedOf(byKey: CountedSheet['byKey'], key: string) {
  const counted = byKey.get(key)
  if (counted === undefined) throw new Error(`figure ${key} was not counted`)
  return counted
}

/** Every figure of the sheet, as the reader may open it. */
export async function figuresOf(question: Question): Promise<Figures> {
  const counted = await countSheet(question.pool, question.tenant, await checked(question))
  const figures = [...definitionsOf(packOf(question.tenant)).byKey.values()].map((figure) => shown(question, figure, counted))
  return { sheet: question.params.sheet, on: counted.on, asOf: counted.asOf, figures }
}

function shown({ actor, params: { sheet } }: Question, figure: FigureDefinition, { on, asOf, byKey }: CountedSheet): Figure {
  const { value, numerator, denominator, period } = countedOf(byKey, figure.key)
  const { path } = actor === anonymous ? readGroups : readRows
  return {
    key: figure.key,
    name: figure.name,
    state: numerator === null ? 'not-recorded' : 'ok',
    value,
    unit: figure.unit,
    numerator,
    denominator,
    period,
    definition: { id: figure.key, version: figure.version, text: figure.definition },
    rows: address(path, { sheet, key: figure.key }, { part: 'numerator', on, asOf }),
    seal: null,
  }
}

/** One figure taken apart: its measures in words, and month by month or year by year. */
export async function figurePage(question: Question & { params: { sheet: string; key: string } }): Promise<FigurePage> {
  const { pool, tenant, params } = question
  const time = await checked(question)
  const pack = packOf(tenant)
  const definitions = definitionsOf(pack)
  const figure = figureOf(definitions, params.sheet, params.key)
  const [counted, series] = await Promise.all([countFigure(pool, tenant, time, figure), countSeries(pool, tenant, time, figure)])
  const nameOf = figureValueNames(pack)
  const own = figure.measure === undefined ? undefined : definitions.measures[figure.measure]
  const measures = [
    ['numerator', own],
    ['denominator', own?.of ? definitions.measures[own.of] : undefined],
  ] as const
  return {
    sheet: params.sheet,
    on: counted.on,
    asOf: counted.asOf,
    figure: shown(question, figure, counted),
    of: figure.of ?? null,
    article: figure.article ?? null,
    awaits: figure.awaits ?? null,
    series: seriesFor(question, series),
    measures: measures.flatMap(([part, measure]) => {
      const source = measure === undefined ? undefined : findSource(definitions.catalogue, measure.source)
      if (measure === undefined || source === undefined) return []
      return [
        { part, label: measure.label, source: source.label, condition: wordsOfCondition(measure, source, nameOf), take: wordsOfTake(measure, source, nameOf) },
      ]
    }),
  }
}

/** The series as the reader may see it: the public sees no point behind which fewer than k stand, nor one that the others would give away. */
function seriesFor({ tenant, actor }: Question, series: readonly SeriesPoint[]): FigurePage['series'] {
  const points = series.map(({ label, from, to, value, behind }) => ({ label, from, to, value, count: behind }))
  const seen = actor === anonymous ? suppressed(points, kOf(tenant)) : points
  return seen.map(({ label, from, to, value, count }) => ({ label, from, to, value: count === null ? null : value }))
}

/** A sheet's text as blocks. `from` is the first day any of its figures speaks of, where the sliders begin. */
export async function sheetText(tx: Tx, id: string) {
  const { tenant } = tx
  const release = await sheetRelease(tx, id)
  const { title, subtitle = '', figures } = partOf(tenant, figuresPack)
  const { blocks } = sheetOf(definitionsOf(packOf(tenant)), id)
  const from = figures.flatMap(({ period }) => (period === 'day' || period.from < SLIDERS_FROM ? [] : [period.from])).sort()[0] ?? SLIDERS_FROM
  return {
    id,
    title,
    subtitle,
    from,
    blocks,
    release: release === undefined ? null : { number: release.number, audience: release.audience, releasedAt: release.releasedAt },
  }
}

/** The sheet tells of the years since then. */
const SLIDERS_FROM = '2019-07-01'
