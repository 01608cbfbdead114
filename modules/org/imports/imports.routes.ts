// Endpoints of imports.
import { preparedRoute, type Route, route } from '#server/kit/route.ts'
import { applyImport, listImports, previewImport } from './imports.contract.ts'
import { apply, imports, preview, readFile } from './imports.service.ts'

export const importRoutes: Route[] = [
  preparedRoute(
    previewImport,
    (call) => readFile(call, call.query, call.body),
    (call) => preview(call, call.query, call.prepared),
  ),
  preparedRoute(
    applyImport,
    (call) => readFile(call, call.query, call.body),
    (call) => apply(call, call.query, call.prepared),
  ),
  route(listImports, ({ tx }) => imports(tx)),
]
