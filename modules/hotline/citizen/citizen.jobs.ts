// Sends texts to who asked: number and code, that there is an answer, that it may be rated. Never what it is about.
import { join } from 'node:path'
import { transaction } from '#server/kit/db.ts'
import type { Job } from '#server/kit/jobs.ts'
import { log } from '#server/kit/log.ts'
import { folderTexter, type Texter } from '#server/kit/notify/texter.ts'
import { codeOf } from '../hotline.service.ts'
import { markText, takeTexts } from './citizen-text.sql.ts'

const BATCH = 500
const TRIES = 5

/** What the text says. */
export function wordsOfText(kind: string, number: string, code: string): string {
  if (kind === 'entered') return `您的诉求已受理，编号${number}，查询码${code}。凭编号和查询码可以在网上查看办到哪一步。`
  if (kind === 'answered') return `您编号${number}的诉求已经答复，凭编号和查询码可以查看。查询码${code}。`
  return `您编号${number}的诉求已经办结，请凭编号和查询码查看答复、作出评价；没有解决的可以要求重办。查询码${code}。`
}

/** Sends what is due for one tenant, through a texter. */
export async function sendTexts(
  { pool, secrets }: Pick<Parameters<Job['run']>[0], 'pool' | 'secrets'>,
  tenant: Parameters<Job['run']>[1],
  texter: Texter,
): Promise<void> {
  const opening = { tenant, actorId: null, scope: 'tenant', mode: 'write' } as const
  const taken = await transaction(pool, opening, (tx) => tx.all(takeTexts, { tenantId: tenant.id, limit: BATCH }))
  for (const { ticketId, revision, kind, tries, number, phone } of taken) {
    const id = `${ticketId}.${revision}`
    const state = await texter({ id, phone, text: wordsOfText(kind, number, codeOf(secrets, ticketId)) }).then(
      () => 'sent' as const,
      (error: Error) => {
        log('text not sent', { id, error: error.message })
        return tries < TRIES ? ('due' as const) : ('failed' as const)
      },
    )
    await transaction(pool, opening, (tx) => tx.all(markText, { tenantId: tenant.id, ticketId, revision, state }))
  }
}

export const textJob: Job = {
  name: 'hotline.texts',
  everySeconds: 20,
  run: (host, tenant) => sendTexts(host, tenant, folderTexter(join(host.dataDir, 'hotline', 'texts'))),
}
