// The demonstration's tickets as the small city has them: what the load writes beside the tickets is what the tickets say.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import { smallCity } from '#test/small-city.ts'

// Registered before the database's own end: the connection closes first.
let owner: pg.Client | undefined
after(() => owner?.end())
const client = new pg.Client({ connectionString: (await smallCity()).url })
owner = client
await client.connect()

const han = '^[\\u4e00-\\u9fa5]+$'
const code = `lpad(to_hex(p.bigram), 8, '0')`
const month = 'number / 100000000'
/** Every twentieth pair of Chinese characters, with the word it stands for. */
const words = `(select * from (select p.month, p.tickets, chr(('x' || left(${code}, 4))::bit(16)::int) || chr(('x' || right(${code}, 4))::bit(16)::int) as word
  from hotline.posting p where hashtext(p.bigram::text) % 20 = 0) p where word ~ '${han}') p`

test('a pair of characters leads to as many tickets of a month as hold it', async () => {
  const { rows: looked } = await client.query(`select count(*)::int as n from ${words}`)
  assert.ok(looked[0].n > 100, `${looked[0].n} postings were looked at`)
  const { rows } =
    await client.query(`select word, month, tickets from ${words} where tickets <> (select count(*) from hotline.ticket t join hotline.content c using (tenant_id, ticket_id)
    where t.${month} = p.month and (strpos(t.title, word) > 0 or strpos(c.body, word) > 0)) limit 3`)
  assert.deepEqual(rows, [])
})

test('no pair of a title is missing', async () => {
  const { rows } =
    await client.query(`select t.number, w.word from hotline.ticket t, generate_series(1, length(t.title) - 1) i, lateral (select substr(t.title, i, 2) as word) w
    where word ~ '${han}' and not exists (select from hotline.posting p where p.month = t.${month}
      and p.bigram = ('x' || lpad(to_hex(ascii(word)), 4, '0') || lpad(to_hex(ascii(substr(word, 2))), 4, '0'))::bit(32)::int) limit 3`)
  assert.deepEqual(rows, [])
})

test('no loaded ticket waits to be folded in', async () => {
  const { rows } = await client.query('select count(*)::int as tickets, count(*) filter (where not folded)::int as waiting from hotline.content')
  assert.ok(rows[0].tickets > 5000)
  assert.equal(rows[0].waiting, 0)
})
