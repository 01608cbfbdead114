// Runs a TypeScript file (or any script) of this project under the Node that package-lock.json pins: node scripts/run.mjs FILE …
import { relative } from 'node:path'
import { root, runPinned } from './setup.mjs'

const [file, ...args] = process.argv.slice(2)
await runPinned([relative(root, file), ...args])
