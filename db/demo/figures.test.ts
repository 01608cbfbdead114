// The answer sheet's figures, counted with plain SQL from the rows of the full city. Nothing here reads a stored figure.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cityDatabase } from '#test/city.ts'

const { owner } = await cityDatabase()

async function number(text: string): Promise<number> {
  const { rows } = await owner.query<{ n: string }>(`select (${text})::text as n`)
  return Number(rows[0]?.n)
}

const now = `known_until = 'infinity'`
const today = `${now} and valid_from <= '2024-12-20' and valid_until > '2024-12-20'`
const study = `${now} and state = 'valid' and happened_on between '2024-04-01' and '2024-07-31' and fields->>'campaign' = 'discipline-study-2024'`
const honour = `from ledger.record where kind = 'honour' and ${now} and state = 'valid'`
const headless = (on: string) => `select count(*) from org.unit u where u.known_until = 'infinity' and u.valid_from <= ${on} and u.valid_until > ${on}
  and not exists (select from org.holding h where h.body_id = u.unit_id and h.post = 'first-responsible' and h.known_until = 'infinity' and h.valid_from <= ${on} and h.valid_until > ${on})`

describe('demo-city.md, size', () => {
  const sizes: Array<[string, string, number]> = [
    ['918 units', `select count(*) from org.unit where ${today}`, 918],
    ['109 at city level', `select count(*) from org.unit where ${today} and level = 'city'`, 109],
    ['660 at county level', `select count(*) from org.unit where ${today} and level = 'county'`, 660],
    ['149 townships', `select count(*) from org.unit where ${today} and level = 'township'`, 149],
    [
      '12 counties of 55',
      `select count(*) from (select attributes->>'county' from org.unit where ${today} and level = 'county' group by 1 having count(*) = 55) c`,
      12,
    ],
    ['37 committees', `select count(*) from org.party_org where ${today} and kind = 'committee'`, 37],
    ['64 general branches', `select count(*) from org.party_org where ${today} and kind = 'general-branch'`, 64],
    ['1,146 grassroots organisations', `select count(*) from org.party_org where ${today} and kind in ('committee', 'general-branch', 'branch')`, 1146],
    ['12 county committees', `select count(*) from org.party_org where ${today} and kind = 'county-committee'`, 12],
    ['14,260 members', `select count(distinct person_id) from org.membership where ${today}`, 14260],
    ['three trees', `select count(distinct tree) from org.placement where ${today}`, 3],
    [
      'two units merged in 2022',
      `select count(*) from org.lineage join org.unit u on u.unit_id = from_id and u.valid_until < 'infinity' and u.known_until = 'infinity' where lineage.kind = 'merge' and took_effect_on between '2022-01-01' and '2022-12-31'`,
      2,
    ],
    [
      'one split in 2023 into two',
      `select count(*) from org.lineage join org.unit u on u.unit_id = from_id and u.valid_until < 'infinity' and u.known_until = 'infinity' where lineage.kind = 'split' and took_effect_on between '2023-01-01' and '2023-12-31'`,
      2,
    ],
    [
      'one moved to another parent',
      `select count(*) from (select node_id from org.placement where tree = 'administrative' and ${now} group by 1 having count(distinct parent_id) = 2) m`,
      1,
    ],
  ]
  for (const [name, text, expected] of sizes) test(name, async () => assert.equal(await number(text), expected))

  test('about 350,000 records of at least 18 kinds, July 2019 to 20 December 2024', async () => {
    const records = await number(`select count(*) from ledger.record where version = 1`)
    assert.ok(records > 335_000 && records < 365_000, `${records} records`)
    assert.ok((await number('select count(distinct kind) from ledger.record')) >= 18)
    assert.equal(await number(`select count(*) from ledger.record where happened_on > '2024-12-20' or known_from >= '2024-12-20 09:00+08'`), 0)
    assert.equal(await number(`select count(distinct date_trunc('month', happened_on)) from ledger.record where happened_on >= '2019-07-01'`), 66)
  })

  test('some are late, incomplete, corrected, withdrawn, and some people changed organisation', async () => {
    for (const text of ['late', 'not complete', `state = 'withdrawn'`, `version = 2 and state = 'valid'`]) {
      const some = await number(`select count(*) from ledger.record where ${text}`)
      assert.ok(some > 500 && some < 40_000, `${some} records where ${text}`)
    }
    const moved =
      await number(`select count(*) from (select person_id from org.membership where ${now} and valid_from between '2022-01-01' and '2023-12-31' intersect
      select person_id from org.membership where ${now} and valid_until between '2022-01-01' and '2023-12-31') m`)
    assert.ok(moved > 200, `${moved} people moved`)
  })
})

describe('demo-city.md, the answer sheet', () => {
  const figures: Array<[string, string, number]> = [
    ['918 of 918 units have a first-responsible person', headless(`date '2024-12-20'`), 0],
    [
      '14 demonstration units passed at provincial level, state 拟命名',
      `select count(distinct unit_id) ${honour} and fields->>'honour' = 'clean-demonstration' and fields->>'level' = 'province' and fields->>'state' = 'proposed'`,
      14,
    ],
    [
      '37 of 37 committees have a discipline committee',
      `select count(*) from org.party_org c where ${today} and kind = 'committee' and exists (select from org.placement p join org.party_org d on d.party_org_id = p.node_id
       where p.parent_id = c.party_org_id and p.tree = 'party' and d.kind = 'discipline-committee' and p.known_until = 'infinity')`,
      37,
    ],
    [
      'no general branch or branch without a discipline member',
      `select count(*) from org.party_org c where ${today} and kind in ('general-branch', 'branch') and not exists (select from org.holding h
       where h.body_id = c.party_org_id and h.post = 'discipline-member' and h.known_until = 'infinity' and h.valid_until > '2024-12-20')`,
      0,
    ],
    [
      '46 four-strong branches named',
      `select count(distinct party_org_id) ${honour} and fields->>'honour' = 'four-strong-branch' and fields->>'state' in ('named', 'lost')`,
      46,
    ],
    ['43 of them in force', `select count(distinct party_org_id) ${honour} and fields->>'honour' = 'four-strong-branch' and fields->>'state' = 'named'`, 43],
    [
      '186 brands in three years',
      `select count(*) ${honour} and fields->>'honour' = 'brand' and fields->>'state' = 'named' and happened_on between '2021-12-21' and '2024-07-31'`,
      186,
    ],
    ['263 brand entries', `select count(*) ${honour} and fields->>'honour' = 'brand'`, 263],
    [
      '18 children of the tobacco brand',
      `select count(*) ${honour} and fields->>'honour' = 'child-brand' and fields->>'parent_brand' = '党旗红·心连心·共成长'`,
      18,
    ],
    [
      '13 consecutive civilised years of the procuratorate',
      `select count(*) from (select (fields->>'year')::int - row_number() over (order by (fields->>'year')::int) as run ${honour}
       and fields->>'honour' = 'civilised-unit' and unit_id = (select unit_id from org.unit where name = '壶关县人民检察院')) y where run = 2010`,
      13,
    ],
    ['one of the hundred cases', `select count(*) ${honour} and fields->>'honour' = 'hundred-cases'`, 1],
    ['of 4 in the province', `select max((fields->>'in_province')::int) ${honour} and fields->>'honour' = 'hundred-cases'`, 4],
    [
      '97 experts',
      `select count(distinct p.person_id) from ledger.participant p join ledger.record r using (tenant_id, record_id, version) where r.kind = 'expert-reading' and p.role = 'expert' and ${study}`,
      97,
    ],
    [
      '688 secretaries lecturing on discipline',
      `select count(distinct p.person_id) from ledger.participant p join ledger.record r using (tenant_id, record_id, version)
       where r.kind = 'party-lecture' and p.role = 'lecturer' and ${study} and fields->>'theme' = 'discipline' and (fields->>'by_secretary')::bool`,
      688,
    ],
    [
      '1,146 secretaries in office',
      `select count(distinct person_id) from org.holding h join org.party_org o on o.party_org_id = h.body_id where h.post = 'secretary' and h.known_until = 'infinity'
       and h.valid_from <= '2024-07-31' and h.valid_until > '2024-07-31' and o.known_until = 'infinity' and o.valid_from <= '2024-07-31' and o.valid_until > '2024-07-31' and o.kind in ('committee', 'general-branch', 'branch')`,
      1146,
    ],
    [
      '744 organisations with a concentrated warning session',
      `select count(distinct party_org_id) from ledger.record where kind = 'warning-education' and ${study} and (fields->>'concentrated')::bool`,
      744,
    ],
  ]
  for (const [name, text, expected] of figures) test(name, async () => assert.equal(await number(text), expected))

  test('every lecture by the secretary was given by who was secretary that day', async () => {
    assert.equal(
      await number(`select count(*) from ledger.participant p join ledger.record r using (tenant_id, record_id, version) where r.kind = 'party-lecture' and p.role = 'lecturer' and (r.fields->>'by_secretary')::bool
        and not exists (select from org.holding h where h.body_id = r.party_org_id and h.post = 'secretary' and h.person_id = p.person_id and h.known_until = 'infinity' and h.valid_from <= r.happened_on and h.valid_until > r.happened_on)`),
      0,
    )
  })

  test('more than 10,000 members took part in the discipline discussions: the roll of the day less the absent', async () => {
    const members =
      await number(`select count(distinct m.person_id) from ledger.record r join org.membership m on m.party_org_id = r.party_org_id and m.known_until = 'infinity' and m.valid_from <= r.happened_on and m.valid_until > r.happened_on
      where r.kind = 'study-discussion' and r.${study} and not exists (select from ledger.participant p where p.record_id = r.record_id and p.version = r.version and p.role = 'absent' and p.person_id = m.person_id)`)
    assert.ok(members > 10_000 && members < 14_260, `${members} members`)
  })

  test('every unit has a first-responsible person in each month since July 2019', async () => {
    assert.equal(await number(`select sum((${headless('month::date')})) from generate_series(date '2019-07-01', date '2024-12-20', '1 month') month`), 0)
  })
})
