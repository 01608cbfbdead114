// What the public CEL conformance cases compile to, by section, as digests: `npm run conformance` says whether the statements are right, this
// says without a database that they are the same. golden/conformance.txt
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { compileCel } from '#engine/cel.ts'
import { resultSql } from '#engine/cel-sql.ts'
import { createWriter } from '#engine/sql.ts'
import { golden } from '#engine/test/golden.ts'
import { conformanceCases, givenVariables, namesOf } from '#scripts/conformance-cases.ts'

test('[R-CEL-11] the statements and refusals of the conformance cases are those in the tree', () => {
  const sections = Map.groupBy(conformanceCases(), ({ section }) => section)
  const lines = [...sections].map(([section, cases]) => {
    const said = cases.map(({ text, variables, unchecked }) => {
      const { expr, problems } = compileCel(text, namesOf(givenVariables(variables) ?? []), unchecked ? 'loose' : 'checked')
      if (expr === null) return JSON.stringify(problems)
      const writer = createWriter()
      return `${expr.type} ${resultSql(expr, ({ name }) => `given.${name}`, writer)} ${JSON.stringify(writer.values)}`
    })
    const refused = said.filter((one) => one.startsWith('[')).length
    return `${section}: ${said.length - refused} statements, ${refused} refused, ${createHash('sha256').update(said.join('\n')).digest('hex').slice(0, 16)}`
  })
  golden('conformance.txt', `${lines.join('\n')}\n`)
})
