// dajuan person: one person's data exported, corrected, erased, as the law on personal information lets a person ask.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { uuidPattern } from '#base/ids.ts'
import { UsageError } from '#server/kit/operator-error.ts'

export const summary = 'export, correct or erase one person’s data'

export const usage = `Usage: dajuan person export ID FILE [--city SLUG]
       dajuan person correct ID --reason TEXT [--name NAME] [--sex 男|女] [--birth-year YEAR] [--city SLUG]
       dajuan person erase ID --reason TEXT [--city SLUG]

export    writes everything that is held about a person to FILE, as JSON.
correct   corrects name, sex or year of birth; the audit entry holds marks of before and after, not the values.
erase     deletes the one row that names the person. Records, counts and results hold the id alone and stay as they are. Whoever still has an
          account that signs in can't be erased.

  ID             the person's id, as in the address of an export or in the audit
  --city SLUG    the city (default: the first one)`

/** Runs one of the three verbs; each leaves an audit entry. */
export async function run(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { city: text, reason: text, name: text, sex: text, 'birth-year': text },
  })
  const [verb, id, file, ...rest] = positionals
  if (id === undefined || !new RegExp(uuidPattern).test(id) || rest.length > 0) throw new UsageError('say "dajuan person export|correct|erase ID …"')
  const [{ inCity }, { eraseForGood, personData }, { correctPerson }, { dataOf }] = await Promise.all([
    import('../city.ts'),
    import('#modules/access/index.ts'),
    import('#modules/org/index.ts'),
    import('../modules.ts'),
  ])
  if (verb === 'export' && file !== undefined) {
    const data = await inCity(values.city, (tx) => personData(tx, dataOf, id))
    writeFileSync(file, `${JSON.stringify(data, null, 2)}\n`, { mode: 0o600 })
    console.log(`Written to ${file}.`)
    return 0
  }
  const reason = values.reason?.trim() ?? ''
  if (file !== undefined || (verb !== 'correct' && verb !== 'erase')) throw new UsageError('say "dajuan person export ID FILE", "correct ID …" or "erase ID …"')
  if ([...reason].length < 4) throw new UsageError('--reason with at least four characters is needed')
  if (verb === 'erase') {
    await inCity(values.city, (tx) => eraseForGood(tx, id, reason))
    console.log('Erased.')
    return 0
  }
  const { name } = values
  const sex = values.sex === '男' ? { sex: '男' as const } : values.sex === '女' ? { sex: '女' as const } : {}
  if (values.sex !== undefined && !('sex' in sex)) throw new UsageError('--sex is 男 or 女')
  const year = values['birth-year']
  if (year !== undefined && !/^(19|20)\d{2}$/.test(year)) throw new UsageError('--birth-year is a year')
  const given = {
    reason,
    ...(name === undefined ? {} : { name }),
    ...sex,
    ...(year === undefined ? {} : { birthYear: Number(year) }),
  }
  const changed = await inCity(values.city, (tx) => correctPerson(tx, () => undefined, id, given))
  console.log(changed.length === 0 ? 'Nothing was different.' : `Corrected: ${changed.join(', ')}.`)
  return 0
}
