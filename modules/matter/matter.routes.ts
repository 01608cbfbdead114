// Endpoints of matters, a line each.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './matter.contract.ts'
import { kindsOf } from './matter.pack.ts'
import { moveMatter, openMatter } from './matter.service.ts'
import { assignMatter, commentMatter, extendMatter, linkRecord } from './matter-beside.service.ts'
import { mergeMatter, splitMatter } from './matter-join.service.ts'
import { boardOf, exportMatters, listMatters, monthOf } from './matter-list.service.ts'
import { readMatter } from './matter-read.service.ts'

export const matterRoutes: Route[] = [
  route(contract.matterKinds, async ({ tenant, may }) => ({
    kinds: [...kindsOf(tenant).values()].map(({ hash: _hash, ...kind }) => ({
      ...kind,
      mayOpen: may(kind.opened_by === 'owner' ? 'matter.handle' : 'matter.ask'),
    })),
  })),
  route(contract.listMatters, ({ tx, actor, query }) => listMatters(tx, actor, query)),
  route(contract.matterBoard, ({ tx, actor, query }) => boardOf(tx, actor, query)),
  route(contract.matterMonth, ({ tx, actor, query }) => monthOf(tx, actor, query)),
  route(contract.readMatter, ({ tx, actor, params }) => readMatter(tx, actor, params.matterId)),
  route(contract.openMatter, (call) => openMatter(call, call.body)),
  route(contract.moveMatter, (call) => moveMatter(call, call.params.matterId, call.body)),
  route(contract.assignMatter, (call) => assignMatter(call, call.params.matterId, call.body)),
  route(contract.extendMatter, (call) => extendMatter(call, call.params.matterId, call.body)),
  route(contract.splitMatter, (call) => splitMatter(call, call.params.matterId, call.body)),
  route(contract.mergeMatter, (call) => mergeMatter(call, call.params.matterId, call.body)),
  route(contract.commentMatter, (call) => commentMatter(call, call.params.matterId, call.body)),
  route(contract.linkRecord, (call) => linkRecord(call, call.params.matterId, call.body)),
  route(contract.exportMatters, (call) => exportMatters(call, call.body)),
]
