// Rates, hot spots and the state of the counts. Figures are the whole city's; groups of units are those that the reader sees (house.md §6.1).
import { addDays, chinaDate, isDate } from '#base/dates.ts'
import { Refusal } from '#base/errors.ts'
import { exportCsv } from '#modules/access/index.ts'
import { organisationPack } from '#modules/org/index.ts'
import { type Actor, scopeFor } from '#server/kit/actor.ts'
import { now, today } from '#server/kit/clock.ts'
import type { Tx } from '#server/kit/db.ts'
import { partOf } from '#server/kit/pack.ts'
import type { Call } from '#server/kit/route.ts'
import { categoryOf, hotlineOf } from '../hotline.pack.ts'
import { type By, byNames, RateGroup, type RatesPage, type RatesQuery } from './rates.contract.ts'
import { addMonths, lastDay, noCounts, type RateCounts, rateIds, rateOf, rates, rise, riseOf, summed } from './rates.rules.ts'
import { carriedAt, countsAt, hotPlaces, lastRecount, unitNames, waitingChanges, weeksByPlace } from './rates.sql.ts'

/** No period is longer: a year is asked for, four years are looked back on. */
const MOST_MONTHS = 60
const HOT_DAYS = 28
const HOT_LEAST = 5

const wrong = (field: string, value: unknown, message: string) => new Refusal('invalid', message, [{ field: `/${field}`, value, message }])

/** The months asked for, by default the last twelve, this one included; refuses what isn't a period or lies in the future. */
function periodOf(tx: Tx, { from, to, asOf }: RatesQuery): { from: string; to: string; at: string; past: boolean } {
  const day = today(tx.tenant)
  if (asOf !== undefined && (!isDate(asOf) || asOf > day)) throw wrong('asOf', asOf, `截至日期应是今天（${day}）或以前的日期`)
  const past = asOf !== undefined && asOf < day
  const last = to ?? (past ? asOf : day).slice(0, 7)
  const first = from ?? addMonths(last, -11)
  if (first > last) throw wrong('from', first, `开始月份不能晚于结束月份 ${last}`)
  if (first < addMonths(last, 1 - MOST_MONTHS))
    throw wrong('from', first, `一次最多看 ${MOST_MONTHS} 个月，请把开始月份改为 ${addMonths(last, 1 - MOST_MONTHS)} 或以后`)
  // A past day is counted as it stood when it ended.
  const at = past ? new Date(Date.parse(`${addDays(asOf, 1)}T00:00:00+08:00`) - 1) : now(tx.tenant)
  return { from: first, to: last, at: at.toISOString(), past }
}

/** Names of the groups' keys, and of what they are part. */
async function namesOf(tx: Tx, by: By, keys: string[]): Promise<(key: string) => { name: string; of: string }> {
  const pack = hotlineOf(tx.tenant)
  const counties = new Map(partOf(tx.tenant, organisationPack).counties.map(({ code, name }) => [code, name]))
  if (by === 'unit') {
    const rows = await tx.all(unitNames, { tenantId: tx.tenant.id, ids: keys.filter((key) => key !== '') })
    const units = new Map(rows.map(({ id, name, county }) => [id, { name, of: counties.get(county) ?? '市本级' }]))
    return (key) => units.get(key) ?? { name: key === '' ? '热线中心（未派单或直接答复）' : '已不存在的单位', of: '市本级' }
  }
  const listed = by === 'class' ? pack.classes : pack.channels
  return (key) => {
    if (by === 'county') return { name: counties.get(key) ?? (key === '' ? '市本级' : key), of: '' }
    if (by === 'month') return { name: `${key.slice(0, 4)}年${Number(key.slice(5))}月`, of: '' }
    if (by !== 'category') return { name: listed.find(({ id }) => id === key)?.name ?? key, of: '' }
    const group = categoryOf(pack, key)
    return { name: group?.category.name ?? key, of: pack.categories.find(({ id }) => id === group?.group)?.name ?? '' }
  }
}

/** The seven rates as the reader may see them: the city's total, and the groups of the dimension. */
export async function ratesOf(tx: Tx, actor: Actor, query: RatesQuery): Promise<RatesPage> {
  const { from, to, at, past } = periodOf(tx, query)
  const { by = 'unit' } = query
  const scope = scopeFor(actor, 'hotline.read')
  if (scope !== 'tenant' && by !== 'unit' && by !== 'month')
    throw new Refusal('not-allowed', `按${byNames[by]}看比率要管全市的岗位；您看得到所管单位的比率和全市合计，请按单位或月份看。`)
  const asked = { tenantId: tx.tenant.id, by, from: `${from}-01`, until: `${addMonths(to, 1)}-01`, at }
  const rows = await tx.all(countsAt, asked)
  const found = rows.map(({ key, ...counts }) => ({ key, counts: counts as RateCounts }))
  const total = found.length === 0 ? noCounts : summed(found.map(({ counts }) => counts))
  const seen = scope === 'tenant' || by === 'month' ? found : found.filter(({ key }) => scope.includes(key))
  const named = await namesOf(
    tx,
    by,
    seen.map(({ key }) => key),
  )
  const groups = seen.map(({ key, counts }) => ({ key, ...named(key), counts }))
  return {
    ...{ from: `${from}-01`, to: lastDay(to), by, at, past, total, wholeCity: scope === 'tenant' },
    rates: rateIds.map((id) => ({ id, name: rates[id].name, ...rateOf(id, total) })),
    carried: await tx.one(carriedAt, asked),
    groups: by === 'month' ? groups.sort((a, b) => a.key.localeCompare(b.key)) : groups.sort((a, b) => b.counts.closed - a.counts.closed),
    groupsInAll: found.length,
  }
}

/** The rates by group as csv, each with its numerator and denominator. */
export async function exportRatesOf(call: Pick<Call<unknown, unknown, RatesQuery>, 'tx' | 'actor' | 'reply' | 'allow' | 'body'>): Promise<string> {
  call.allow('export')
  const page = await ratesOf(call.tx, call.actor, call.body)
  const by = page.by as By
  return exportCsv(call, {
    name: `热线七率-按${byNames[by]}-${page.from.slice(0, 7)}至${page.to.slice(0, 7)}`,
    action: 'hotline.rates-export',
    object: { kind: 'rates', id: by },
    detail: { query: call.body },
    schema: RateGroup,
    rows: page.groups,
    origin: `${page.from}至${page.to}收到的诉求，截至${chinaDate(new Date(page.at))}；结转：期前收到的${page.carried.closed + page.carried.open}件，期内办结${page.carried.closed}件，不在比率里`,
    columns: [
      { title: byNames[by], cell: ({ name }) => name },
      { title: '所属', cell: ({ of }) => of },
      { title: '收到', cell: ({ counts }) => counts.closed + counts.open },
      ...rateIds.flatMap((id) => {
        const one = (counts: RateCounts) => rateOf(id, counts)
        return [
          { title: `${rates[id].name}(%)`, cell: ({ counts }: RateGroup) => one(counts).value },
          { title: `${rates[id].name}分子`, cell: ({ counts }: RateGroup) => one(counts).numerator },
          { title: `${rates[id].name}分母`, cell: ({ counts }: RateGroup) => one(counts).denominator },
        ]
      }),
    ],
  })
}

/** Rises of the last seven days, those above their threshold first, and places from which the same comes again. */
export async function hotSpotsOf(tx: Tx) {
  const at = now(tx.tenant)
  const pack = hotlineOf(tx.tenant)
  const counties = new Map(partOf(tx.tenant, organisationPack).counties.map(({ code, name }) => [code, name]))
  const named = ({ category, county }: { category: string; county: string }) => ({
    categoryName: categoryOf(pack, category)?.category.name ?? category,
    countyName: counties.get(county) ?? '市本级',
  })
  const asked = { tenantId: tx.tenant.id, at: at.toISOString() }
  const weeks = await tx.all(weeksByPlace, { ...asked, weeks: rise.weeks })
  const spots = new Map<string, { category: string; county: string; weeks: number[] }>()
  for (const { category, county, week, count } of weeks) {
    const key = `${category}/${county}`
    const spot = spots.get(key) ?? { category, county, weeks: Array.from({ length: rise.weeks + 1 }, () => 0) }
    spot.weeks[week] = count
    spots.set(key, spot)
  }
  const rises = [...spots.values()].flatMap(({ weeks: [count = 0, ...before], ...spot }) => {
    const found = riseOf(count, before)
    return found.isRise ? [{ ...spot, ...named(spot), count, before, ...found }] : []
  })
  const places = await tx.all(hotPlaces, { ...asked, days: HOT_DAYS, least: HOT_LEAST })
  const day = chinaDate(at)
  return {
    ...{ from: addDays(day, -7), to: day, placesFrom: addDays(day, -HOT_DAYS), placesLeast: HOT_LEAST, lookedAt: spots.size },
    rises: rises.sort((a, b) => b.count - b.threshold - (a.count - a.threshold)).slice(0, 30),
    places: places.map((place) => ({ ...place, ...named(place) })),
  }
}

/** How the counts are kept: the last recount and what waits. */
export async function countingOf(tx: Tx) {
  const last = await tx.maybe(lastRecount, { tenantId: tx.tenant.id })
  const { count: waiting } = await tx.one(waitingChanges, { tenantId: tx.tenant.id })
  return { waiting, recount: last === undefined ? null : { ...last, differences: last.differences.length } }
}
