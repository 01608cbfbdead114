// What officers and holders do to accounts and posts, each once: the steps of the audit's test that are theirs.
import { newId } from '#base/ids.ts'

/** What the steps stand on: the first column of a query's first row, and a session of the demonstration's account. */
interface Ground {
  value: (text: string, values?: unknown[]) => Promise<string>
  sessionOf: (login: string) => Promise<string>
  today: string
}

interface OfficeStep {
  action: string
  by: string
  send: () => Promise<{ url: string; payload: object; session: string }>
}

/** By endpoint: whose act it is, the entry that it leaves, and its request, sent in this order. */
export function officeSteps({ value, sessionOf, today }: Ground): Record<string, OfficeStep> {
  const office = (by: string, action: string, request: () => Promise<[string, object]>): OfficeStep => ({
    action: `access.${action}`,
    by,
    send: async () => {
      const [path, payload] = await request()
      return { url: `/api/${path}`, payload, session: await sessionOf(by) }
    },
  })
  const accountOf = (login: string) => value('select account_id from access.account where login = $1', [login])
  const personOf = (login: string) => value('select person_id from access.account where login = $1', [login])
  const link = { provider: 'city', subject: 'audit', login: 'zhibu' }
  return {
    'access.account-open': office('guanli', 'account-open', async () => ['accounts', { id: newId(), login: 'shili', person: { name: '审计示例员' } }]),
    'access.account-password': office('guanli', 'password-reset', async () => [`accounts/${await accountOf('yibashou')}/password`, {}]),
    'access.account-state': office('guanli', 'account-disable', async () => [`accounts/${await accountOf('yibashou')}/state`, { active: false }]),
    'access.identity-link': office('guanli', 'identity-link', async () => {
      await value(`insert into access.identity (tenant_id, provider, subject) values (1, $1, $2)`, [link.provider, link.subject])
      return ['accounts/identities/link', link]
    }),
    'access.identity-unlink': office('guanli', 'identity-unlink', async () => ['accounts/identities/unlink', link]),
    'access.appoint': office('anquan', 'appoint', async () => [
      'appointments',
      { id: newId(), account: await accountOf('zhibu'), post: 'joint-petitions', body: null, from: today, until: null, reason: '审计示例' },
    ]),
    'access.appointment-end': office('anquan', 'appointment-end', async () => [
      `appointments/${await value('select appointment_id from access.appointment order by made_at desc limit 1')}/end`,
      { reason: '审计示例' },
    ]),
    'access.sessions-end': office('anquan', 'session-end', async () => {
      await sessionOf('xiangzhen')
      return [`appointments/accounts/${await accountOf('xiangzhen')}/sessions-end`, {}]
    }),
    'access.throttle-lift': office('anquan', 'throttle-lift', async () => [`appointments/accounts/${await accountOf('zhibu')}/throttle-lift`, {}]),
    'access.second-factor-reset': office('anquan', 'second-factor-reset', async () => {
      const zhibu = await accountOf('zhibu')
      await value(
        `insert into access.passkey (tenant_id, passkey_id, account_id, credential_id, public_key, counter, name) values (1, $1, $2, 'audit', '\\x00', 0, 'key')`,
        [newId(), zhibu],
      )
      return [`appointments/accounts/${zhibu}/second-factor-reset`, {}]
    }),
    'access.delegate': office('dangwei', 'delegate', async () => {
      const body = await value(`select body_id from org.holding where person_id = $1 and post = 'secretary' and valid_until = 'infinity'`, [
        await personOf('dangwei'),
      ])
      return [
        'delegations',
        { id: newId(), kind: 'cover', post: 'secretary', body, person: await personOf('zhuanzhi'), from: today, until: '2024-12-31', reason: '审计示例' },
      ]
    }),
    'access.delegation-recall': office('dangwei', 'delegation-recall', async () => [
      `delegations/${await value('select delegation_id from access.delegation limit 1')}/recall`,
      {},
    ]),
  }
}
