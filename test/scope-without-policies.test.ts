// Row-level security dropped from every table: what the statements themselves ask for still keeps every row in.
import { layers } from './scope-city.ts'

layers.policies = false
await import('./scope.test.ts')
await import('./scope-writes.test.ts')
