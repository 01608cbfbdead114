// The city hangs together: rolls, terms, structure, both axes of time, and no invented shortfall on what the article names.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { creditCodeProblem } from '#modules/org/org.rules.ts'
import { cityDatabase } from '#test/city.ts'
import { creditCheck } from './codes.ts'
import { recordKinds } from './ledger-rows.ts'

const { owner } = await cityDatabase()

async function none(text: string): Promise<void> {
  const { rows } = await owner.query(`${text} limit 3`)
  assert.deepEqual(rows, [])
}

const now = `known_until = 'infinity'`
const on = (day: string, alias = '') => `${alias}valid_from <= ${day} and ${alias}valid_until > ${day}`
const roll = (record: string) => `(select count(*) from org.membership m where m.party_org_id = ${record}.party_org_id and ${on(`${record}.happened_on`, 'm.')}
  and m.known_from <= ${record}.known_from and m.known_until > ${record}.known_from)`
/** Records of units whose name doesn't say 示例. */
const named = `from ledger.record r where r.unit_id in (select unit_id from org.unit where name not like '%示例%')`

describe('records', () => {
  test('present is due less the absent, in every version', () =>
    none(`select record_id from ledger.record r left join lateral (select count(*) as n from ledger.participant p where p.record_id = r.record_id and p.version = r.version and p.role = 'absent') a on true
      where due is not null and present <> due - a.n`))

  test('due is the roll of members of the day, as it was known at entry', () =>
    none(
      `select record_id, due, ${roll('r')} as roll from ledger.record r where due is not null and version = 1 and hashtext(record_id::text) % 40 = 0 and due <> ${roll('r')}`,
    ))

  test('every absent person was on the roll', () =>
    none(`select p.record_id from ledger.participant p join ledger.record r using (tenant_id, record_id, version) where p.role = 'absent'
      and not exists (select from org.membership m where m.party_org_id = r.party_org_id and m.person_id = p.person_id and m.${now} and ${on('r.happened_on', 'm.')})`))

  test('every unit and Party organisation existed on the day, the one under the other', async () => {
    await none(
      `select record_id from ledger.record r where not exists (select from org.unit u where u.unit_id = r.unit_id and u.${now} and ${on('r.happened_on', 'u.')})`,
    )
    await none(`select record_id from ledger.record r where party_org_id is not null
      and not exists (select from org.party_org o where o.party_org_id = r.party_org_id and o.unit_id = r.unit_id and o.${now} and ${on('r.happened_on', 'o.')})`)
  })

  test('late and complete follow from the rule of the kind', async () => {
    for (const { id, late_after_days, complete, roles } of recordKinds().values()) {
      await none(`select record_id from ledger.record r where kind = '${id}' and late <> ((select (first.known_from at time zone 'Asia/Shanghai')::date from ledger.record first
        where first.record_id = r.record_id and first.version = 1) - happened_on > ${late_after_days})`)
      const filled = complete.map((name) => {
        if (name === 'attendance') return 'due is not null'
        if (roles.some((role) => role.id === name))
          return `exists (select from ledger.participant p where p.record_id = r.record_id and p.version = r.version and p.role = '${name}')`
        return `fields ? '${name}'`
      })
      await none(`select record_id from ledger.record r where kind = '${id}' and complete <> (${filled.join(' and ')})`)
    }
  })

  test('fields are those of the kind, choices among its choices', async () => {
    for (const { id, fields } of recordKinds().values()) {
      await none(
        `select record_id from ledger.record r, jsonb_object_keys(fields) as name where kind = '${id}' and not name = any ('{${fields.map((field) => field.id).join(',')}}')`,
      )
      for (const field of fields) {
        if (field.choices === undefined) continue
        await none(
          `select fields from ledger.record where kind = '${id}' and not fields->>'${field.id}' = any ('{${field.choices.map((choice) => choice.id).join(',')}}')`,
        )
      }
    }
  })

  test('each record has one version in force, and versions follow one another', async () => {
    await none(`select record_id from ledger.record group by 1 having count(*) filter (where ${now}) <> 1`)
    await none(
      `select a.record_id from ledger.record a join ledger.record b on b.record_id = a.record_id and b.version = a.version + 1 where a.known_until <> b.known_from`,
    )
  })

  test('search finds every title by each of its pairs of characters', async () => {
    const { rows } = await owner.query<{ title: string; record_id: string }>(
      `select distinct on (title) title, record_id from ledger.record where version = 1 order by title, record_id`,
    )
    for (const { title, record_id } of rows.slice(0, 60)) {
      for (let i = 0; i + 1 < title.length; i += 1) {
        const code = title.charCodeAt(i) * 65_536 + title.charCodeAt(i + 1)
        const signed = code > 2 ** 31 - 1 ? code - 2 ** 32 : code
        const { rowCount } = await owner.query('select from ledger.bigram where tenant_id = 1 and bigram = $1 and record_id = $2', [signed, record_id])
        assert.equal(rowCount, 1, `${title} at ${i}`)
      }
    }
  })
})

describe('organisation', () => {
  test('nobody is a member of two organisations at once', () =>
    none(`select a.person_id from org.membership a join org.membership b on b.person_id = a.person_id and b.membership_id > a.membership_id
      where a.${now} and b.${now} and a.valid_from < b.valid_until and b.valid_from < a.valid_until`))

  test('structure holds: sizes of committees, general branches and branches (rules.md §1)', async () => {
    const size = (
      body: string,
    ) => `with recursive below as (select '2024-12-20'::date as at, o.party_org_id as top, o.kind, o.name, o.party_org_id as id from org.party_org o where o.${now} and ${on(`date '2024-12-20'`, 'o.')}
      union all select at, top, kind, below.name, p.node_id from below join org.placement p on p.parent_id = below.id and p.tree = 'party' and p.${now} and ${on('at', 'p.')})
      select name, count(*) from below join org.membership m on m.party_org_id = id and m.${now} and ${on('at', 'm.')} where below.kind ${body} group by name, top having`
    await none(`${size(`= 'committee'`)} count(*) < 100`)
    await none(`${size(`= 'general-branch'`)} count(*) not between 50 and 99`)
    await none(`${size(`= 'branch'`)} count(*) > 50 or count(*) filter (where m.kind = 'full') < 3`)
  })

  test('terms are overdue on a few 示例 organisations only', async () => {
    const { rows } = await owner.query<{
      name: string
    }>(`select o.name from org.party_org o join org.term t using (party_org_id) where o.${now} and ${on(`date '2024-12-20'`, 'o.')}
      and o.kind in ('committee', 'general-branch', 'branch') group by o.party_org_id, o.name having max(t.due_on) < '2024-12-20'`)
    assert.equal(rows.length, 7)
    for (const { name } of rows) assert.match(name, /示例/)
  })

  test('two of the overdue have a named exception from the term rule, known before it was due', () =>
    none(
      `select 1 where (select count(*) from org.exception e where rule = 'term' and valid_from = (select max(due_on) from org.term t where t.party_org_id = e.body_id) and known_from < valid_from) <> 2`,
    ))

  test('credit codes are distinct and their check characters right (rules.md §7)', async () => {
    for (const valid of ['91350100M000100Y43', '11330800MB0R57773W']) assert.equal(creditCheck(valid.slice(0, 17)), valid[17])
    assert.notEqual(creditCheck('91310115MA1H8R7C6'), 'D')
    const { rows } = await owner.query<{ code: string }>(`select distinct credit_code as code from org.unit where ${now} and credit_code is not null`)
    assert.ok(rows.length > 880)
    for (const { code } of rows) assert.equal(creditCodeProblem(code), null, code)
    await none(`select credit_code from org.unit where ${now} group by 1 having count(distinct unit_id) > 1 and credit_code is not null`)
  })

  test('before the merger was known its units had no end (house.md §6.3)', async () => {
    const ends = (asOf: string) =>
      owner.query<{ until: string }>(
        `select valid_until::text as until from org.unit where name = '市信息中心（示例）' and known_from <= $1 and known_until > $1`,
        [asOf],
      )
    assert.deepEqual((await ends('2022-06-01')).rows, [{ until: 'infinity' }])
    assert.deepEqual((await ends('2022-07-01')).rows, [{ until: '2022-07-01' }])
  })
})

describe('what must not happen (product.md)', () => {
  test('named units carry no shortfall: nothing late, incomplete, corrected, withdrawn, nobody absent', async () => {
    await none(`select kind, title ${named} and (late or not complete or version > 1 or state <> 'valid' or present < due)`)
    await none(`select b.party_org_id from org.party_org b join org.unit u using (unit_id) cross join generate_series(date '2019-07-01', '2024-11-01', '1 month') month
      where b.kind = 'branch' and u.name not like '%示例%' and not exists (select from ledger.record r where r.kind = 'theme-day' and r.party_org_id = b.party_org_id and date_trunc('month', r.happened_on) = month)`)
  })

  test('named units all have the same marks, no staff figure and no code', async () => {
    await none(`select m.item, m.value from ledger.mark m join org.unit u on u.unit_id = m.subject_id where u.name not like '%示例%' and m.value <> 95`)
    await none(`select name from org.unit where name not like '%示例%' and (credit_code is not null or staff is not null)`)
  })

  test('only the units of the article and the 县区工委 have names without 示例', async () => {
    const { rows } = await owner.query(`select count(*)::int as n from org.unit where ${now} and name not like '%示例%' and name not like '%直属机关工委'`)
    assert.deepEqual(rows, [{ n: 16 }])
  })

  test('counties differ by noise alone: theme days and marks vary no more between counties than within', async () => {
    const spread = async (values: string) => {
      const { rows } = await owner.query<{
        f: number
      }>(`with v as (${values}), groups as (select county, count(*) as n, avg(x) as mean from v group by county), grand as (select avg(x) as mean from v)
        select ((select sum(n * (g.mean - grand.mean) ^ 2) from groups g, grand) / ((select count(*) from groups) - 1)
          / ((select sum((x - g.mean) ^ 2) from v join groups g using (county)) / ((select count(*) from v) - (select count(*) from groups))))::float8 as f`)
      return rows[0]?.f ?? Number.POSITIVE_INFINITY
    }
    const each = (
      facts: string,
    ) => `select u.attributes->>'county' as county, coalesce(f.x, 0) as x from org.unit u left join (${facts}) f on f.unit_id = u.unit_id
      where u.${now} and u.level <> 'city' and ${on(`date '2024-12-20'`, 'u.')}`
    // 3.0 is the 99.9 % point of F with 11 and about 800 degrees of freedom.
    assert.ok(
      (await spread(each(`select unit_id, count(*)::numeric as x from ledger.record where kind = 'theme-day' and happened_on >= '2024-01-01' group by 1`))) < 3,
    )
    assert.ok((await spread(each('select subject_id as unit_id, avg(value) as x from ledger.mark group by 1'))) < 3)
  })
})
