// Masking along a schema, without a server.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { ofBody, sensitive } from '#base/sensitive.ts'
import { type Masking, maskerOf } from './masking.ts'

const nothing: Masking = { isOpen: () => false, degree: () => 'partly' }
const name = sensitive('membership', 'name', Type.String())
const Row = Type.Object({ id: Type.String(), name, org: Type.Union([Type.Object({ id: Type.String() }), Type.Null()]) }, ofBody('org.id'))

test('a schema without a mark has no masker', () => {
  assert.equal(maskerOf(Type.Object({ name: Type.String() })), null)
})

test('names keep their first character, numbers their two ends, hidden values nothing', () => {
  const phone = sensitive('phone', 'phone', Type.String())
  const since = sensitive('membership', 'hidden', Type.Union([Type.String(), Type.Null()]))
  const mask = maskerOf(Type.Object({ name, phone, since }))
  const masked = (masking: Masking, value: object) => mask?.(value, masking)
  assert.deepEqual(masked(nothing, { name: '欧阳示例', phone: '13812341234', since: '2001-07-01' }), { name: '欧**', phone: '138****1234', since: null })
  assert.deepEqual(masked(nothing, { name: '𠮷示例', phone: '12345', since: null }), { name: '𠮷**', phone: '123****', since: null })
  assert.deepEqual(masked({ ...nothing, degree: () => 'wholly' }, { name: '王', phone: '138', since: '2001' }), { name: '***', phone: '***', since: null })
})

test('lists, objects in objects, unions and what may be left out are all masked; the value itself is not touched', () => {
  const mask = maskerOf(
    Type.Object({
      rows: Type.Array(Row),
      one: Type.Union([Row, Type.Null()]),
      found: Type.Array(
        Type.Union([Type.Object({ kind: Type.Literal('person'), label: name }), Type.Object({ kind: Type.Literal('unit'), label: Type.String() })]),
      ),
      more: Type.Optional(Type.Object({ name })),
    }),
  )
  const value = {
    rows: [{ id: 'a', name: '王示例', org: null }],
    one: null,
    found: [
      { kind: 'unit', label: '示例局' },
      { kind: 'person', label: '李示例' },
    ],
  }
  const before = structuredClone(value)
  assert.deepEqual(mask?.(value, nothing), {
    rows: [{ id: 'a', name: '王**', org: null }],
    one: null,
    found: [
      { kind: 'unit', label: '示例局' },
      { kind: 'person', label: '李**' },
    ],
  })
  assert.deepEqual(value, before)
})

test('what is unmasked for one body stays masked for every other, and for rows of none', () => {
  const mask = maskerOf(Type.Array(Row))
  const open: Masking = { ...nothing, isOpen: (sensitiveClass, body) => sensitiveClass === 'membership' && body === 'mine' }
  const rows = [
    { id: 'a', name: '王示例', org: { id: 'mine' } },
    { id: 'b', name: '李示例', org: { id: 'other' } },
    { id: 'c', name: '张示例', org: null },
  ]
  assert.deepEqual(
    mask?.(rows, open).map((row) => row.name),
    ['王示例', '李**', '张**'],
  )
})

test('a mark that no way leads to is refused when the schema is compiled', () => {
  assert.throws(() => maskerOf(Type.Record(Type.String(), name)), /1 sensitive fields in a schema, of which 0 can be masked/)
})
