// Every check of the services says yes and the statements ask for everybody's rows: the policies still keep every row in.
import { layers } from './scope-city.ts'

layers.checks = false
await import('./scope.test.ts')
await import('./scope-writes.test.ts')
