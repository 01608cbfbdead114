// dajuan account: the operator's word for accounts; a production start makes its first one here.
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { OperatorError, UsageError } from '#server/kit/operator-error.ts'
import { readConfig } from '../config.ts'
import type { Place } from '../operator.ts'

export const summary = 'make an account (the first one of an empty system, too), reset, stop or link it'

export const usage = `Usage: dajuan account add LOGIN --post POST --name NAME [--body ID] [--city SLUG --city-name NAME --pack ID]
       dajuan account list
       dajuan account password LOGIN
       dajuan account disable LOGIN
       dajuan account enable LOGIN
       dajuan account end-sessions LOGIN
       dajuan account link LOGIN --provider ID --subject SUBJECT

add            makes an account that acts through one post. With --city, --city-name and --pack the city is made first where it is not there.
list           prints the accounts: login, name, state, posts.
password       sets a password that its owner must change at the next sign-in; ends the account's sessions.
disable        stops an account and ends its sessions; enable lets it in again.
end-sessions   signs an account out everywhere; a running server knows within ten seconds.
link           lets somebody sign in to the account by a provider of the configuration (OIDC), by the provider's id of them.

A password is asked for, or read from standard input when that is no terminal. There is no default one.

  --post POST       a post of the pack, e.g. desk (the whole city) or secretary (of a Party organisation)
  --name NAME       the person's name
  --body ID         the unit or Party organisation the post belongs to; not for posts of the whole city
  --city SLUG       the city (default: the first one)

Example: dajuan account add gongwei --post desk --name 张三 --city mycity --city-name 某市 --pack changzhi`

type Values = Partial<Record<'post' | 'name' | 'body' | 'city' | 'city-name' | 'pack' | 'provider' | 'subject', string>>
type Act = (place: Place, login: string, values: Values) => Promise<string>

const none = async () => undefined

const acts: Record<string, Act> = {
  add: async (place, login, { post, name, body, city, 'city-name': cityName, pack }) => {
    if (!/^[a-z][a-z0-9._-]{1,39}$/.test(login))
      throw new UsageError(`LOGIN is "${login}"; use 2 to 40 lower-case letters, digits, dots and hyphens, a letter first`)
    if (post === undefined || name === undefined) throw new UsageError('--post and --name are needed')
    const { addAccount } = await import('../operator.ts')
    const made = await addAccount(place, { login, post, name, body, password: await readPassword(), city, cityName, pack })
    return `Account ${login} made: ${made.post} in ${made.city}.`
  },
  list: async (place, _login, { city }) => {
    const [{ inCity }, { everyAccount }] = await parts()
    const accounts = await inCity(place, city, none, everyAccount)
    return accounts
      .map(({ login, person, active, secondFactor, posts }) =>
        [login, person, active ? 'active' : 'disabled', secondFactor ? 'second factor' : 'password', posts.join('、')].join('\t'),
      )
      .join('\n')
  },
  password: async (place, login, { city }) => {
    const [{ inCity }, { fitPasswordHash, resetPassword }] = await parts()
    const password = await readPassword()
    await inCity(
      place,
      city,
      (tenant) => fitPasswordHash(tenant, login, password),
      (tx, hash) => resetPassword(tx, login, hash),
    )
    return `The password of ${login} is set; its owner must change it at the next sign-in.`
  },
  disable: async (place, login, { city }) => {
    const [{ inCity }, { setAccountState }] = await parts()
    await inCity(place, city, none, (tx) => setAccountState(tx, login, 'disabled'))
    return `Account ${login} is disabled.`
  },
  enable: async (place, login, { city }) => {
    const [{ inCity }, { setAccountState }] = await parts()
    await inCity(place, city, none, (tx) => setAccountState(tx, login, 'active'))
    return `Account ${login} may sign in again.`
  },
  'end-sessions': async (place, login, { city }) => {
    const [{ inCity }, { endSessionsOf }] = await parts()
    const ended = await inCity(place, city, none, (tx) => endSessionsOf(tx, login))
    return `${ended} sessions of ${login} have ended.`
  },
  link: async (place, login, { provider, subject, city }) => {
    if (provider === undefined || subject === undefined) throw new UsageError('--provider and --subject are needed')
    const [{ inCity }, { linkSubject }] = await parts()
    await inCity(place, city, none, (tx) => linkSubject(tx, login, { provider, subject }))
    return `${subject} of ${provider} signs in as ${login}.`
  },
}

function parts() {
  return Promise.all([import('../operator.ts'), import('#modules/access/index.ts')])
}

/** Does what is asked of an account; throws a sentence when the account, the post, the body or the password won't do. */
export async function run(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const options = { post: text, name: text, body: text, city: text, 'city-name': text, pack: text, provider: text, subject: text }
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [verb = '', login = ''] = positionals
  const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined
  if (act === undefined) throw new UsageError(`say "dajuan account" with one of ${Object.keys(acts).join(', ')}`)
  if ((verb === 'list') !== (login === '') || positionals.length > 2) throw new UsageError(`say "dajuan account ${verb}${verb === 'list' ? '' : ' LOGIN'}"`)
  const [{ openForReading }, { migrate }] = await Promise.all([import('../reading.ts'), import('#server/kit/migrate.ts')])
  const config = readConfig()
  const database = await openForReading(config)
  try {
    await migrate(database.url)
    console.log(await act({ ownerUrl: database.url, root: config.root }, login, values))
    return 0
  } finally {
    await database.stop()
  }
}

/** A password from standard input; typed at a terminal it is not shown. */
async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    let text = ''
    for await (const part of process.stdin) text += part
    return given(text.replace(/\r?\n$/, ''))
  }
  process.stderr.write('Password: ')
  const unseen = new Writable({ write: (_part, _encoding, done) => done() })
  const asker = createInterface({ input: process.stdin, output: unseen, terminal: true })
  try {
    return given(await asker.question(''))
  } finally {
    asker.close()
    process.stderr.write('\n')
  }
}

function given(password: string): string {
  if (password === '') throw new OperatorError('No password came; type one, or send it on standard input.')
  return password
}
