// Loaded before a server that is to leave no audit entries: the module's door is replaced by one that writes and seals nothing.
// The program itself has no switch for that, so nobody can turn it.
import { registerHooks } from 'node:module'

const door = new URL('../modules/audit/index.ts', import.meta.url).href
const idle = `{ name: 'bench.idle', everySeconds: 3600, run: async () => undefined }`
const replacement = `export * from '${door}?real'
export const leaveEntry = async () => ''
export const leaveChange = async () => ''
export const sealJob = ${idle}
export const relayJob = ${idle}`

registerHooks({
  load: (url, context, next) => (url === door ? { format: 'module', source: replacement, shortCircuit: true } : next(url, context)),
})
