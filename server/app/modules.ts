// The modules of the server: a line each.
import { accessRoutes } from '#modules/access/index.ts'
import type { Route } from '#server/kit/route.ts'

export const routes: Route[] = [...accessRoutes]
