// Every endpoint's reply, by its contract: a field that may name a person, or tell something personal, is marked sensitive or shown with a reason.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskerOf } from '#server/kit/masking.ts'
import { allEndpoints } from '#test/endpoints.ts'

interface Schema {
  type?: string
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  const?: unknown
  'x-class'?: string
  'x-shown'?: string
}

/** Words by which contracts call a person or something personal. */
const personal = /^(person|personName|author|head|secretary|holder|giver|actor|member|members|sex|birthYear|phone|email|decidedBy|madeBy|doneBy)$/
/** Objects under these words are persons: their `name` is a person's. */
const persons = /^(person|people|persons|members|holders?|giver|actor|author|accounts)$/
const isText = (schema: Schema): boolean => (schema.type === 'string' && !('const' in schema)) || (schema.anyOf?.some(isText) ?? false)

interface Field {
  path: string
  decided: boolean
}

/** The text fields of a reply that are about a person: by their own word, by the word that the object stands under, or beside a `personId`. */
function personalFields(schema: Schema, path: string, under: string): Field[] {
  const { properties = {} } = schema
  const isPerson = persons.test(under) || 'personId' in properties
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => {
      const here = `${path}.${name}`
      const found = isText(inner) && (personal.test(name) || (isPerson && name === 'name'))
      return [
        ...(found ? [{ path: here, decided: inner['x-class'] !== undefined || inner['x-shown'] !== undefined }] : []),
        ...personalFields(inner, here, name),
      ]
    }),
    ...(schema.items === undefined ? [] : personalFields(schema.items, `${path}[]`, under)),
    ...(schema.anyOf ?? []).flatMap((variant) => personalFields(variant, path, under)),
  ]
}

const endpoints = await allEndpoints()

test('every field about a person is marked sensitive, or shown with a reason', () => {
  const fields = endpoints.flatMap(({ id, reply }) => personalFields(reply as Schema, id, ''))
  assert.deepEqual(
    fields.filter(({ decided }) => !decided).map(({ path }) => path),
    [],
    'say in the contract: sensitive(class, form, …) or shown(why, …), base/sensitive.ts',
  )
  assert.ok(fields.length > 15, 'the rule finds fields')
})

test('every sensitive field of a reply can be masked', () => {
  const masked = endpoints.filter(({ reply }) => maskerOf(reply) !== null).map(({ id }) => id)
  for (const id of ['org.members', 'org.persons', 'desk.search', 'answers.rows', 'scoring.rows']) assert.ok(masked.includes(id), id)
})

test('what anyone may read without a session holds no sensitive field at all', () => {
  for (const { id, access, reply } of endpoints) if (access === 'public') assert.equal(maskerOf(reply), null, id)
})
