// Folds into the postings what was entered, once enough of it waits: until then it is searched itself.
import { transaction } from '#server/kit/db.ts'
import type { Job } from '#server/kit/jobs.ts'
import { foldIn } from './search.service.ts'

/** Fewer are not worth writing the month's lists anew. */
const ENOUGH = 200
const BATCH = 10_000

export const foldJob: Job = {
  name: 'hotline.search',
  everySeconds: 60,
  run: async ({ pool }, tenant) => {
    const turn = () => transaction(pool, { tenant, actorId: null, scope: 'tenant', mode: 'write' }, (tx) => foldIn(tx, BATCH, ENOUGH))
    while ((await turn()) === BATCH);
  },
}
