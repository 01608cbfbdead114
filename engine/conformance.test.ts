// What the public CEL conformance cases compile to, by section, as digests: `npm run conformance` says whether the statements are right, this
// says without a database that they are the same. golden/conformance.txt
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { compileCel } from '#engine/cel.ts'
import { resultSql } from '#engine/cel-sql.ts'
import type { Checking } from '#engine/cel-typing.ts'
import { callWords, eachWords, overWords } from '#engine/cel-words.ts'
import { type Expr, parts } from '#engine/expr.ts'
import { createWriter } from '#engine/sql.ts'
import { golden } from '#engine/test/golden.ts'
import { type Case, conformanceCases, givenVariables, namesOf, withColumns } from '#scripts/conformance-cases.ts'

/** A case with its literals bound and as columns, each checked and loosely. */
function compiled({ text, variables }: Case): { said: string; expr: Expr | null }[] {
  const given = givenVariables(variables) ?? []
  const columns = withColumns(text, [])
  const ways = [
    { text, given },
    { text: columns.text, given: [...given, ...columns.given] },
  ]
  return ways.flatMap((way) =>
    (['checked', 'loose'] as Checking[]).map((checking) => {
      const { expr, problems } = compileCel(way.text, namesOf(way.given), checking)
      if (expr === null) return { expr, said: JSON.stringify(problems) }
      const writer = createWriter()
      return { expr, said: `${expr.type} ${resultSql(expr, ({ name }) => `given.${name}`, writer)} ${JSON.stringify(writer.values)}` }
    }),
  )
}

test('[R-CEL-11] the statements and refusals of the conformance cases are those in the tree', () => {
  const sections = Map.groupBy(conformanceCases(), ({ section }) => section)
  const lines = [...sections].map(([section, cases]) => {
    const all = cases.flatMap(compiled)
    const refused = all.filter(({ expr }) => expr === null).length
    const digest = createHash('sha256').update(all.map(({ said }) => said).join('\n'))
    return `${section}: ${all.length - refused} statements, ${refused} refused, ${digest.digest('hex').slice(0, 16)}`
  })
  golden('conformance.txt', `${lines.join('\n')}\n`)
})

test('[R-CEL-11] every function and macro that the cases use has its words', () => {
  const said = new Set<string>()
  const walk = (expr: Expr): void => {
    if (expr.op === 'call') said.add(`${expr.fn} ${callWords(expr.fn, ['甲', '乙', '丙', '丁'])}`)
    if (expr.op === 'over') said.add(`${expr.how} ${expr.where === null ? '' : 'where '}${overWords(expr, ({ op }) => (op === 'each' ? '子' : '丑'))}`)
    if (expr.op === 'each') said.add(`each ${expr.what} ${eachWords(expr)}`)
    parts(expr).forEach(walk)
  }
  for (const one of conformanceCases()) for (const { expr } of compiled(one)) if (expr !== null) walk(expr)
  golden('words.txt', `${[...said].sort().join('\n')}\n`)
})
