// Runs a TypeScript file (or any script) of this project under the Node that package-lock.json pins.
// Plain JavaScript for Node 20 with nothing installed: it installs first when node_modules is missing or stale.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled, pinnedNode } from './setup.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
await ensureInstalled(root)
const child = spawn(pinnedNode(root), process.argv.slice(2), { stdio: 'inherit', cwd: root })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
