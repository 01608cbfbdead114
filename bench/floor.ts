// The floor of writes: bare node:http and one prepared INSERT (an entry) or UPDATE (a move) through pg, on the same PostgreSQL with the same
// connection kind. A process of its own, as the server is. Prints its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.argv[2], max: 12 })
await pool.query(`create table if not exists public.bench_floor (
  tenant_id int, record_id uuid, kind text, body_id uuid, happened_on date, title text, place text, fields jsonb, known_from timestamptz default now(), primary key (tenant_id, record_id))`)

const moves = process.argv[3] === 'update'
if (moves)
  await pool.query(`create table if not exists public.bench_moved (tenant_id int, matter_id uuid, revision int not null, fields jsonb, primary key (tenant_id, matter_id));
    insert into public.bench_moved select tenant_id, matter_id, revision, fields from matter.matter where kind = 'rectification' and closed_on is null on conflict do nothing`)
const update = `update public.bench_moved set revision = revision + 1, fields = '{"progress": "x"}' where tenant_id = 1 and matter_id = $1`

interface Entry {
  id: string
  kind: string
  bodyId: string
  happenedOn: string
  title: string
  place: string
}

createServer((request, response) => {
  let text = ''
  request.on('data', (part: Buffer) => (text += part))
  request.on('end', async () => {
    const { id, kind, bodyId, happenedOn, title, place } = JSON.parse(text) as Entry
    const insert =
      'insert into public.bench_floor (tenant_id, record_id, kind, body_id, happened_on, title, place, fields) values (1, $1, $2, $3, $4, $5, $6, $7)'
    if (moves) await pool.query({ name: 'floor', text: update, values: [id] })
    else await pool.query({ name: 'floor', text: insert, values: [id, kind, bodyId, happenedOn, title, place, '{}'] })
    response.setHeader('content-type', 'application/json')
    response.end('{"saved":true}')
  })
}).listen(0, '127.0.0.1', function (this: { address: () => unknown }) {
  console.log((this.address() as AddressInfo).port)
})
process.on('SIGTERM', () => process.exit(0))
