// Endpoints of imports.
import { type Route, route } from '#server/kit/route.ts'
import { applyImport, listImports, previewImport } from './imports.contract.ts'
import { apply, imports, preview } from './imports.service.ts'

export const importRoutes: Route[] = [
  route(previewImport, (call) => preview(call, call.query, call.body)),
  route(applyImport, (call) => apply(call, call.query, call.body)),
  route(listImports, ({ tx, allow }) => imports(tx, allow)),
]
