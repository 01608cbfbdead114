// Endpoints of rates, a line each.
import { type Route, route } from '#server/kit/route.ts'
import * as contract from './rates.contract.ts'
import { countingOf, exportRatesOf, hotSpotsOf, ratesOf } from './rates.service.ts'

export const ratesRoutes: Route[] = [
  route(contract.readRates, ({ tx, actor, query }) => ratesOf(tx, actor, query)),
  route(contract.exportRates, (call) => exportRatesOf(call)),
  route(contract.readHotSpots, ({ tx }) => hotSpotsOf(tx)),
  route(contract.readCounting, ({ tx }) => countingOf(tx)),
]
