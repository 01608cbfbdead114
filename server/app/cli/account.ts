// dajuan account: the operator's word for accounts; a production start makes its first one here.
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { OperatorError, UsageError } from '#server/kit/operator-error.ts'
import { readConfig } from '../config.ts'

export const summary = 'make an account (the first one of an empty system, too)'

export const usage = `Usage: dajuan account add LOGIN --post POST --name NAME [--body ID] [--city SLUG --city-name NAME --pack ID]

Makes an account that acts through one post. The password is asked for, or read from standard input when that is no terminal.
With --city, --city-name and --pack the city is made first where it is not there yet.

  --post POST       a post of the pack, e.g. desk (the whole city) or secretary (of a Party organisation)
  --name NAME       the person's name
  --body ID         the unit or Party organisation the post belongs to; not for posts of the whole city
  --city SLUG       the city (default: the first one)

Example: dajuan account add gongwei --post desk --name 张三 --city mycity --city-name 某市 --pack changzhi`

const SHORTEST = 10

/** Makes the account; throws a sentence when the post, the body or the login won't do. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      post: { type: 'string' },
      name: { type: 'string' },
      body: { type: 'string' },
      city: { type: 'string' },
      'city-name': { type: 'string' },
      pack: { type: 'string' },
    },
  })
  const [verb, login] = positionals
  const { post, name } = values
  if (verb !== 'add' || login === undefined || positionals.length > 2) throw new UsageError('say "dajuan account add LOGIN"')
  if (!/^[a-z][a-z0-9._-]{1,39}$/.test(login))
    throw new UsageError(`LOGIN is "${login}"; use 2 to 40 lower-case letters, digits, dots and hyphens, a letter first`)
  if (post === undefined || name === undefined) throw new UsageError('--post and --name are needed')
  const password = await readPassword()
  if ([...password].length < SHORTEST) throw new OperatorError(`The password has ${[...password].length} characters; take at least ${SHORTEST}.`)
  const [{ openDatabase }, { addAccount }, { migrate }] = await Promise.all([import('../main.ts'), import('../operator.ts'), import('#server/kit/migrate.ts')])
  const config = readConfig()
  const database = await openDatabase(config)
  try {
    await migrate(database.url)
    const made = await addAccount(
      { ownerUrl: database.url, root: config.root },
      { login, post, name, body: values.body, password, city: values.city, cityName: values['city-name'], pack: values.pack },
    )
    console.log(`Account ${login} made: ${made.post} in ${made.city}.`)
    return 0
  } finally {
    await database.stop()
  }
}

async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    let text = ''
    for await (const part of process.stdin) text += part
    return text.replace(/\r?\n$/, '')
  }
  const asker = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await asker.question('Password: ')
  } finally {
    asker.close()
  }
}
