// A chain as a file of JSON lines: a head, the checkpoints, then the links in order. Written by `dajuan audit export`, checked without a database.
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Static, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'
import { closed } from '#base/schemas.ts'
import { OperatorError } from '#server/kit/operator-error.ts'
import { Checkpoint, SealedEntry } from './chain.ts'
import type { Chain, Link } from './verify.ts'

const Head = Type.Object({ audit: Type.Literal(1), tenant: Type.String(), tenantId: Type.Integer() }, closed)
const Mark = Type.Object({ checkpoint: Checkpoint }, closed)
const Line = Type.Object({ seq: Type.Integer(), alg: Type.String(), hash: Type.String(), entry: SealedEntry }, closed)
const Outside = Type.Object({ tenant: Type.String(), ...Checkpoint.properties }, closed)

/** The lines of a chain's file. Throws where an entry is gone: verify says which. */
export async function* chainLines({ tenant, tenantId, links, checkpoints }: Chain): AsyncGenerator<string> {
  yield `${JSON.stringify({ audit: 1, tenant, tenantId } satisfies Static<typeof Head>)}\n`
  for (const checkpoint of checkpoints) yield `${JSON.stringify({ checkpoint })}\n`
  for await (const { seq, alg, hash, entry } of links) {
    if (entry === undefined) throw new OperatorError(`Entry ${seq} of ${tenant} is gone. Say "dajuan audit verify" for what is wrong.`)
    yield `${JSON.stringify({ seq, alg, hash, entry } satisfies Static<typeof Line>)}\n`
  }
}

/** A chain of a file, read as it is walked. Throws a sentence with the line that can't be read. */
export async function chainOfFile(file: string): Promise<Chain> {
  if (!existsSync(file)) throw new OperatorError(`There is no file ${file}.`)
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  let number = 0
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    number += 1
    return done === true ? undefined : parsed(file, number, value)
  }
  const head = checked(Head, await next(), file, number)
  const checkpoints: Checkpoint[] = []
  let line = await next()
  for (; Check(Mark, line); line = await next()) checkpoints.push(line.checkpoint)
  async function* links(): AsyncGenerator<Link> {
    for (; line !== undefined; line = await next()) {
      const link = checked(Line, line, file, number)
      yield { ...link, entryId: link.entry.entryId, differs: false }
    }
  }
  return { tenant: head.tenant, tenantId: head.tenantId, checkpoints, links: links() }
}

/** The checkpoints of a tenant in a file that was kept elsewhere. */
export function checkpointsOf(file: string, tenant: string): Checkpoint[] {
  if (!existsSync(file)) throw new OperatorError(`There is no file ${file}.`)
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, at) => (text === '' ? [] : [checked(Outside, parsed(file, at + 1, text), file, at + 1)]))
    .flatMap(({ tenant: of, ...checkpoint }) => (of === tenant ? [checkpoint] : []))
}

function parsed(file: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new OperatorError(`${file}:${line} is not JSON.`, { cause: error })
  }
}

function checked<T extends TSchema>(schema: T, value: unknown, file: string, line: number): Static<T> {
  if (Check(schema, value)) return value as Static<T>
  throw new OperatorError(`${file}:${line} is not what "dajuan audit export" or the server writes there.`)
}
