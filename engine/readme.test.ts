// engine/README.md: its example does what it says.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

test('the example of the README runs as printed and prints what the README says, in some twenty lines', async () => {
  const page = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  const code = /^```ts example\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? ''
  const lines = code.trimEnd().split('\n')
  assert.ok(lines.length > 10 && lines.length <= 25, `${lines.length} lines`)
  const said = [...(/It prints `(.+?)` and `(.+?)`\./.exec(page) ?? [])].slice(1)
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '--eval', code], { cwd: import.meta.dirname })
  assert.deepEqual(stdout.trimEnd().split('\n'), said)
})
