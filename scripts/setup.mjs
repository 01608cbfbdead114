// What every start-up script needs before anything is installed: the packages of the lock file and the pinned Node.
// Plain JavaScript that Node 20 runs (house.md §6.9).
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** True when the installed packages are those of package-lock.json, whatever the files' dates say. */
function isInstalled() {
  const stamp = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(stamp)) return false
  const installed = JSON.parse(readFileSync(stamp, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional }]) => path === '' || (path in installed ? installed[path].version === version : optional))
}

/** How many packages lie in node_modules at this moment. */
function countInstalled(folder) {
  if (!existsSync(folder)) return 0
  return readdirSync(folder).reduce((sum, name) => {
    if (name.startsWith('.')) return sum
    return sum + (name.startsWith('@') ? countInstalled(join(folder, name)) : 1)
  }, 0)
}

/** Draws how far `npm ci` has come: a bar on a terminal, a line every ten seconds elsewhere. Returns the function that ends it. */
function showInstalling() {
  const total = Object.keys(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages).filter((path) =>
    /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path),
  ).length
  const started = Date.now()
  const terminal = process.stderr.isTTY
  const draw = () => {
    const share = Math.min(0.99, countInstalled(join(root, 'node_modules')) / total)
    const full = Math.round(share * 28)
    const line = `Installing packages [${'█'.repeat(full)}${'·'.repeat(28 - full)}] ${String(Math.floor(share * 100)).padStart(3)} % ${Math.round((Date.now() - started) / 1000)} s`
    process.stderr.write(terminal ? `\r${line}\x1b[K` : `${line}\n`)
  }
  draw()
  const timer = setInterval(draw, terminal ? 500 : 10_000)
  return () => {
    clearInterval(timer)
    process.stderr.write(`${terminal ? '\r' : ''}Packages installed in ${Math.round((Date.now() - started) / 1000)} s.${terminal ? '\x1b[K' : ''}\n`)
  }
}

/** Runs `npm ci` unless the packages of package-lock.json are there. Throws a sentence when npm fails. */
async function ensureInstalled() {
  if (isInstalled()) return
  const end = showInstalling()
  // Development packages build the web pages; the optional ones are Node and PostgreSQL for this machine, linked by an install script.
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error', '--progress=false']
  let output = ''
  const code = await new Promise((resolve) => {
    const npm = spawn(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    })
    npm.stderr.on('data', (part) => {
      output = (output + part).slice(-20_000)
    })
    npm.on('error', () => resolve('npm not found'))
    npm.on('close', resolve)
  })
  if (code === 0) return end()
  process.stderr.write(`\n${output}`)
  if (code === 'npm not found') throw new Error('The program npm was not found. Install it (it comes with Node), then run the command again.')
  if (/ENOSPC/.test(output)) throw new Error('The disk is full. Make about 1 GB of room, then run the command again.')
  if (/EACCES|EROFS/.test(output)) throw new Error(`This user may not write to ${root}. Run "npm ci" there once as its owner, then run the command again.`)
  throw new Error(`npm ci failed (exit code ${code}); the lines above say why. Mend that (often the network), then run the command again.`)
}

/** Path of the Node that the lock file pins for this machine, else the running one if it can run TypeScript. */
function pinnedNode() {
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`, `node-win-${process.arch}`]
  for (const name of names) {
    const path = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(path)) return path
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error(`npm carries no Node 26 for ${process.platform}-${process.arch}. Install Node 26 (or 24) on this machine, then run the command again.`)
}

/** A small young generation keeps the resident memory low; `npm run bench` holds it against its bar (memory-idle, memory-load). */
export const nodeFlags = ['--max-semi-space-size=2']

/** The compiled form of the TypeScript is kept, so that the second start is quick and needs no compiler; one arena keeps freed memory together. */
export function nodeEnvironment() {
  return { MALLOC_ARENA_MAX: '1', ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'dajuan') }
}

/**
 * Installs what is missing, then runs a program of this project under the pinned Node, hands signals on, and exits as it did.
 * @param args the program and its arguments; the first is a path relative to the checkout.
 * @param cwd where it runs; the checkout unless given.
 */
export async function runPinned([program, ...args], cwd = root) {
  try {
    await ensureInstalled()
    // The fourth channel tells the child when we are killed; a server then stops instead of living on unseen.
    const child = spawn(pinnedNode(), [...nodeFlags, join(root, program), ...args], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      cwd,
      env: nodeEnvironment(),
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    // Under npm we end with our parent, whatever it died of.
    if (process.env.npm_lifecycle_event !== undefined) {
      const parent = process.ppid
      const watch = setInterval(() => {
        if (process.ppid === parent) return
        clearInterval(watch)
        child.kill('SIGTERM')
      }, 250)
    }
    child.on('error', ({ message }) => fail(`The Node that npm installed can't run here (${message}). Run "npm ci" again; on Alpine use a glibc system.`))
    child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
  } catch (error) {
    fail(error.message)
  }
}

function fail(sentence) {
  console.error(`dajuan: ${sentence}`)
  process.exit(1)
}
