// npm test: everything, from a bare clone. Runs with Node 20 and nothing installed; arguments choose files by a part of their path.
import { runPinned } from './setup.mjs'

await runPinned(['scripts/test.ts', ...process.argv.slice(2)])
