// Builds the web pages when what they are made of has changed since they were built.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withProgress } from '#server/kit/progress.ts'
import { environmentWith } from './config.ts'

/** Folders whose files may go into the pages, and single files that shape the build. */
const FOLDERS = ['web', 'base', 'modules']
const FILES = ['vite.config.ts', 'svelte.config.js', 'tsconfig.json', 'package-lock.json']

/** Of the modules, a page may use its web folder, contracts and rules; a server's file changes nothing. */
function goesIn(path: string): boolean {
  if (path.endsWith('.test.ts') || path.startsWith('web/build')) return false
  return !path.startsWith('modules/') || /\/web\/|\.(contract|rules)\.ts$/.test(path)
}

/** One hash over the names and contents of everything the pages are made of. */
function fingerprint(root: string): string {
  const hash = createHash('sha256')
  const paths = FOLDERS.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
      : [],
  ).map((path) => path.replace(/^[/\\]/, '').replaceAll('\\', '/'))
  for (const path of [...paths.filter(goesIn), ...FILES].sort()) {
    if (existsSync(join(root, path)))
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

/**
 * Makes sure that `pages` holds the pages of this checkout. The build runs as a process of its own, so that its memory goes with it.
 * Throws an Error with the build's last lines when it fails.
 */
export async function buildPages(root: string, pages: string): Promise<void> {
  if (!existsSync(join(root, 'web', 'app.html'))) return
  const stamp = join(root, 'node_modules', '.cache', 'dajuan-pages')
  const wanted = fingerprint(root)
  if (existsSync(join(pages, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  // Built beside the pages that are being served, and put in their place when whole.
  const fresh = `${pages}.new`
  await withProgress('Building the web pages', () => build(root, fresh))
  rmSync(pages, { recursive: true, force: true })
  renameSync(fresh, pages)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

async function build(root: string, pages: string): Promise<void> {
  let output = ''
  const child = spawn(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentWith({ DAJUAN_PAGES: pages }),
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output = (output + part).slice(-20_000)))
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code === 0) return
  const full = /ENOSPC/.test(output)
  throw Object.assign(new Error(`the web pages could not be built:\n${output.trim().split('\n').slice(-25).join('\n')}`), full ? { code: 'ENOSPC' } : {})
}
