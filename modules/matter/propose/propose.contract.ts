// Records that may show what a matter asks for, and matters that a record may satisfy.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'

export const Proposal = Type.Object({ recordId: Type.String(), title: Type.String(), happenedOn: Type.String() })
export type Proposal = Static<typeof Proposal>
export const Served = Type.Object({ matterId: Type.String(), title: Type.String(), kindName: Type.String(), dueAt: orNull(Type.String()) })
export type Served = Static<typeof Served>

export const proposedRecords = endpoint({
  id: 'matter.proposals',
  method: 'GET',
  path: '/api/matters/:matterId/proposals',
  summary: 'Records of the matter’s body within its time that may show what was done and are not linked yet; five at most, the likest first',
  params: Type.Object({ matterId: Id }, closed),
  reply: Type.Object({ rows: Type.Array(Proposal) }),
})
export const servedMatters = endpoint({
  id: 'matter.served-by',
  method: 'GET',
  path: '/api/records/:recordId/matters',
  summary: 'Open matters that the reader handles and that a record may satisfy; five at most',
  params: Type.Object({ recordId: Id }, closed),
  reply: Type.Object({ rows: Type.Array(Served) }),
})
