// npm start: the server, with everything it needs. Runs with Node 20 and nothing installed.
import { runPinned } from './setup.mjs'

await runPinned(['server/app/cli.ts', 'serve', ...process.argv.slice(2)])
