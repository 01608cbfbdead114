// dajuan openapi: the HTTP interface as an OpenAPI 3.1 document, from the same endpoint values that server and pages use.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type TObject, type TSchema, Type } from 'typebox'
import type { Endpoint } from '#base/endpoint.ts'
import { readConfig } from '../config.ts'

export const summary = 'print the HTTP interface as OpenAPI 3.1'

export const usage = `Usage: dajuan openapi

Prints the OpenAPI 3.1 document of every endpoint, as JSON, on standard output.`

/** Prints the document; needs no database. */
export async function run(args: string[]): Promise<number> {
  parseArgs({ args, options: {} })
  console.log(JSON.stringify(document(await endpoints(readConfig().root)), null, 2))
  return 0
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'reply' in value
}

/** Every endpoint that a module's contract exports, by path. */
export async function endpoints(root: string): Promise<Endpoint[]> {
  const files = readdirSync(join(root, 'modules'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.contract.ts'))
  const found: Endpoint[] = []
  for (const file of files) {
    const contract = (await import(pathToFileURL(join(root, 'modules', file)).href)) as Record<string, unknown>
    found.push(...Object.values(contract).filter(isEndpoint))
  }
  return found.sort((a, b) => (a.path === b.path ? a.method.localeCompare(b.method) : a.path.localeCompare(b.path)))
}

function parameters(schema: TObject, where: 'path' | 'query'): object[] {
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.has(name),
    schema: property,
  }))
}

/** What a body or reply is sent as: a file where the contract says nothing of its inside, a table where it is text, else JSON; what may be either has both. */
function content(schema: TSchema): object {
  if (Object.keys(schema).length === 0) return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
  const { contentMediaType, anyOf } = schema as { contentMediaType?: string; anyOf?: TSchema[] }
  if (contentMediaType !== undefined) return { [contentMediaType]: { schema } }
  const ways = anyOf ?? [schema]
  const json = ways.filter((way) => !isTable(way))
  return {
    ...(json.length < ways.length ? { 'text/csv': { schema: { type: 'string' } } } : {}),
    ...(json.length > 0 ? { 'application/json': { schema: json.length < ways.length ? Type.Union(json) : schema } } : {}),
  }
}

/** Whether a reply may be a table, sent as csv: its contract says text, of no other media type. */
export function isTable(schema: TSchema): boolean {
  const { type, contentMediaType, anyOf } = schema as { type?: string; contentMediaType?: string; anyOf?: TSchema[] }
  return (type === 'string' && contentMediaType === undefined) || (anyOf ?? []).some(isTable)
}

/** The OpenAPI document of some endpoints. Error replies have the same shape everywhere. */
export function document(list: readonly Endpoint[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const endpoint of list) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    const hasBody = endpoint.method !== 'GET' && Object.keys((endpoint.body as TObject).properties ?? { file: true }).length > 0
    const operation = {
      operationId: endpoint.id,
      summary: endpoint.summary,
      tags: [endpoint.id.split('.')[0]],
      security: endpoint.access === 'public' ? [] : [{ session: [] }],
      parameters: [...parameters(endpoint.params as TObject, 'path'), ...parameters(endpoint.query as TObject, 'query')],
      ...(hasBody ? { requestBody: { required: true, content: content(endpoint.body) } } : {}),
      responses: {
        '200': {
          description: endpoint.reach === 'tenant' ? 'Computed over the whole tenant' : "Computed over the reader's scope",
          content: content(endpoint.reply),
        },
        default: {
          description: 'Refused: a stable code, a sentence, the fields concerned',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
        },
      },
    }
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Dajuan', version: '1', description: 'Every figure opens down to its rows.' },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'dajuan-session' } },
      schemas: {
        Refusal: {
          type: 'object',
          required: ['code', 'message', 'issues'],
          properties: {
            code: { type: 'string' },
            message: { type: 'string' },
            issues: {
              type: 'array',
              items: { type: 'object', required: ['field', 'message'], properties: { field: { type: 'string' }, value: {}, message: { type: 'string' } } },
            },
          },
        },
      },
    },
  }
}
