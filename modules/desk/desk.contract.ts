// The workbench and the search: what other modules have for this person to do, and what they find.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'

export const TodoItem = Type.Object({
  id: Type.String(),
  title: Type.String(),
  /** What it is, in Chinese: 纪实, 换届, 考核. */
  kind: Type.String(),
  due: Type.Union([Type.String(), Type.Null()]),
  /** How long it usually takes. */
  minutes: Type.Integer(),
  href: Type.String(),
  state: Type.Union([Type.Literal('open'), Type.Literal('started'), Type.Literal('waiting')]),
})
export type TodoItem = Static<typeof TodoItem>

export const todo = endpoint({
  id: 'desk.todo',
  method: 'GET',
  path: '/api/desk/todo',
  summary: 'What the person has to do, most urgent first, and the next best step',
  reply: Type.Object({ items: Type.Array(TodoItem), next: Type.Union([TodoItem, Type.Null()]) }),
})

export const Found = Type.Object({ kind: Type.String(), id: Type.String(), label: Type.String(), detail: Type.String(), href: Type.String() })
export type Found = Static<typeof Found>

export const search = endpoint({
  id: 'desk.search',
  method: 'GET',
  path: '/api/search',
  summary: 'People, units and more by a part of their name or its pinyin initials, in the reader’s scope',
  query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 50 }) }),
  reply: Type.Object({ items: Type.Array(Found) }),
})
