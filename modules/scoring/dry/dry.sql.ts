// How a dry run is held in check: its time, and its end when nobody waits for it any more.
import { Type } from 'typebox'
import { query, sql } from '#server/kit/sql.ts'

/** The connection's process, and no statement of the transaction longer than ten seconds. */
export const ownProcess = query('scoring.own-process', Type.Object({ pid: Type.Integer() }), (_: object) => sql`select pg_backend_pid() as pid`)
export const limitTime = query('scoring.limit-time', Type.Object({}), (_: object) => sql`set local statement_timeout = '10s'`)

/** Ends the statement that a process is at. */
export const endStatement = query(
  'scoring.end-statement',
  Type.Object({ done: Type.Boolean() }),
  (p: { pid: number }) => sql`select pg_cancel_backend(${p.pid}::int) as done`,
)
