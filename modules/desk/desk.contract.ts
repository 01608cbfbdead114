// The workbench and the search: what other modules have for this person to do, and what they find.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { orNull } from '#base/schemas.ts'
import { ofBody, sensitive } from '#base/sensitive.ts'

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
  plannedOnce: true,
  summary: 'What the person has to do, most urgent first, and the next best step',
  reply: Type.Object({ items: Type.Array(TodoItem), next: Type.Union([TodoItem, Type.Null()]) }),
})

const place = { id: Type.String(), detail: Type.String(), href: Type.String() }
const FoundPerson = Type.Object(
  { kind: Type.Literal('人员'), label: sensitive('membership', 'name', Type.String()), bodyId: orNull(Type.String()), ...place },
  ofBody('bodyId'),
)
const FoundThing = Type.Object({
  kind: Type.Union([Type.Literal('单位'), Type.Literal('党组织'), Type.Literal('纪实'), Type.Literal('事项'), Type.Literal('异议'), Type.Literal('外请')]),
  label: Type.String(),
  ...place,
})
/** What the search finds; `bodyId`: the organisation that a person belongs to. */
export const Found = Type.Union([FoundPerson, FoundThing])
export type Found = Static<typeof Found>

export const search = endpoint({
  id: 'desk.search',
  method: 'GET',
  path: '/api/search',
  summary: 'People, units and more by a part of their name or its pinyin initials, in the reader’s scope',
  query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 50 }) }),
  reply: Type.Object({ items: Type.Array(Found) }),
})
