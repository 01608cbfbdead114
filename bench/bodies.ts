// Party organisations made for a measurement, so that there are as many as it needs; and all that came of them taken away again.
import type pg from 'pg'

/** The kind that the made organisations are of and the name by which they are known. */
export const madeName = '示例测量支部'

/** Adds branches to the city's units in turn, below the top of the party tree. @returns their ids. */
export async function addBodies(owner: pg.Client, count: number): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `with units as (select array_agg(unit_id order by unit_id) as ids from org.unit where tenant_id = 1 and valid_until = 'infinity' and known_until = 'infinity'),
      top as (select party_org_id from org.party_org where tenant_id = 1 and kind = 'work-committee' and known_until = 'infinity' limit 1),
      made as (
        insert into org.party_org (tenant_id, party_org_id, version_id, name, kind, unit_id, valid_from, known_from)
        select 1, gen_random_uuid(), gen_random_uuid(), $2 || n, 'branch', ids[1 + n % array_length(ids, 1)], '2019-07-01', '2019-07-01' from units, generate_series(1, $1) n
        returning party_org_id
      ), placed as (
        insert into org.placement (tenant_id, placement_id, tree, node_id, parent_id, valid_from, known_from)
        select 1, gen_random_uuid(), 'party', made.party_org_id, top.party_org_id, '2019-07-01', '2019-07-01' from made, top
      )
    select party_org_id as id from made`,
    [count, madeName],
  )
  await owner.query('analyze org.party_org, org.placement')
  return rows.map(({ id }) => id)
}

/** Takes away the requests named, their matters, and the made organisations. */
export async function removeBodies(owner: pg.Client, requests: readonly string[]): Promise<void> {
  for (const table of ['move', 'comment'])
    await owner.query(
      `delete from matter.${table} t using matter.matter m where m.tenant_id = t.tenant_id and m.matter_id = t.matter_id and m.request_id = any ($1::uuid[])`,
      [requests],
    )
  for (const table of ['charge', 'asking']) await owner.query(`delete from burden.${table} where asking_id = any ($1::uuid[])`, [requests])
  for (const table of ['matter', 'request']) await owner.query(`delete from matter.${table} where request_id = any ($1::uuid[])`, [requests])
  await owner.query(`delete from org.placement p using org.party_org o where o.tenant_id = p.tenant_id and o.party_org_id = p.node_id and o.name like $1`, [
    `${madeName}%`,
  ])
  await owner.query('delete from org.party_org where name like $1', [`${madeName}%`])
  await owner.query('analyze org.party_org, org.placement, matter.matter, matter.move')
}
