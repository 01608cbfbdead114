// Endpoints of change, a line each.
import type { TSchema } from 'typebox'
import type { Endpoint } from '#base/endpoint.ts'
import { type Route, route } from '#server/kit/route.ts'
import { amendPartyOrg, amendUnit, createPartyOrg, createUnit, moveBody } from './bodies.service.ts'
import type { Asking } from './change.service.ts'
import * as contract from './changes.contract.ts'
import { confirmMember, endException, grantException, holdPost, joinOrg, leaveOrg, leavePost, setTerm, transferMember } from './people.service.ts'
import { dissolveBody, mergeBodies, splitBody } from './reorganise.service.ts'

function changing<B extends TSchema>(
  endpoint: Endpoint<TSchema, TSchema, B, typeof contract.Changed>,
  service: (asking: Asking, input: contract.InputOf<{ body: B }>) => Promise<contract.Changed>,
): Route {
  return route(endpoint, (call) => service(call, call.body))
}

export const changeRoutes: Route[] = [
  changing(contract.createUnit, createUnit),
  changing(contract.createPartyOrg, createPartyOrg),
  changing(contract.amendUnit, amendUnit),
  changing(contract.amendPartyOrg, amendPartyOrg),
  changing(contract.move, moveBody),
  changing(contract.merge, mergeBodies),
  changing(contract.split, splitBody),
  changing(contract.dissolve, dissolveBody),
  changing(contract.holdPost, holdPost),
  changing(contract.leavePost, leavePost),
  changing(contract.joinOrg, joinOrg),
  changing(contract.confirmMember, confirmMember),
  changing(contract.transferMember, transferMember),
  changing(contract.leaveOrg, leaveOrg),
  changing(contract.setTerm, setTerm),
  changing(contract.grantException, grantException),
  changing(contract.endException, endException),
]
