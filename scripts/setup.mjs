// What every start-up script needs before anything is installed: the packages of the lock file and the pinned Node.
// Plain JavaScript that Node 20 runs (house.md §6.9).
import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Runs `npm ci` when node_modules is absent or older than package-lock.json. Throws a sentence when npm fails. */
export async function ensureInstalled(root) {
  const stamp = join(root, 'node_modules', '.package-lock.json')
  const lock = join(root, 'package-lock.json')
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return
  console.error('Installing packages from package-lock.json …')
  const code = await new Promise((resolve) => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    spawn(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] }).on('exit', resolve)
  })
  if (code !== 0) throw new Error(`npm ci failed (exit code ${code}); see the lines above, then run the command again.`)
}

/** Path of the Node binary that the lock file pins for this platform; the running one when there is none. */
export function pinnedNode(root) {
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`, `node-win-${process.arch}`]
  for (const name of names) {
    const path = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(path)) return path
  }
  return process.execPath
}
