// What comes from outside: every package by its checksum, from the registry, running nothing at installation but what package.json
// allows, and free of known advisories as far as the registry answers for them (npm audit). Where it doesn't, the check says so.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Locked {
  version?: string
  resolved?: string
  integrity?: string
  optional?: boolean
  os?: string[]
  cpu?: string[]
  hasInstallScript?: boolean
}

/** What the registry knows of our packages: a line for each advisory; undefined where nobody answered. */
export type Audit = () => Promise<string[] | undefined>

const REGISTRY = 'https://registry.npmjs.org/'
const AUDIT_MS = 30_000
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Problems of package-lock.json, one line each, and a note on what could not be checked. */
export async function checkDependencies(root: string, audit: Audit = () => npmAudit(root)): Promise<{ problems: string[]; note: string }> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  const { allowScripts = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { allowScripts?: Record<string, boolean> }
  const entries = Object.entries(packages).filter(([path]) => path !== '')
  const unsealed = entries.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true)
  // npm seals a package when it fetches it; one for another platform that the registry here lacks was never fetched.
  const isElsewhere = ({ optional, os, cpu }: Locked): boolean => optional === true && (os !== undefined || cpu !== undefined)
  const problems = [
    ...unsealed
      .filter(([, entry]) => !isElsewhere(entry))
      .map(([path]) => `package-lock.json: ${path} has no SHA-512 checksum; fetch it from the registry anew`),
    ...entries
      .filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith(REGISTRY))
      .map(([path, { resolved }]) => `package-lock.json: ${path} comes from ${resolved}; take it from the registry`),
    ...entries
      .filter(([path, { hasInstallScript }]) => hasInstallScript === true && allowScripts[nameOf(path)] !== true)
      .map(([path]) => `package-lock.json: ${path} wants to run a script when it is installed; read it, then name it in allowScripts or do without it`),
    ...Object.keys(allowScripts)
      .filter((name) => !entries.some(([path, { hasInstallScript }]) => nameOf(path) === name && hasInstallScript === true))
      .map((name) => `package.json: allowScripts names ${name}, which has no script`),
  ]
  const advisories = await audit()
  const unchecked = unsealed.length === 0 ? '' : `; ${unsealed.length} packages of other platforms have no checksum`
  const asked = advisories === undefined ? 'the registry does not answer npm audit here: advisories were NOT checked' : 'npm audit was asked'
  return { problems: [...problems, ...(advisories ?? [])], note: `${entries.length} packages; ${asked}${unchecked}` }
}

interface AuditReply {
  vulnerabilities?: Record<string, { severity: string; range: string; via: (string | { title: string; url: string })[] }>
}

/** The advisories of `npm audit`; undefined when npm or the registry does not answer. */
export function npmAudit(root: string): Promise<string[] | undefined> {
  return new Promise((resolve) => {
    execFile('npm', ['audit', '--json'], { cwd: root, timeout: AUDIT_MS, maxBuffer: 50_000_000 }, (_error, output) => resolve(advisoriesIn(output)))
  })
}

/** A line for each package with an advisory in the output of `npm audit --json`; undefined when it holds no answer. */
export function advisoriesIn(output: string): string[] | undefined {
  let reply: AuditReply
  try {
    reply = JSON.parse(output) as AuditReply
  } catch {
    return undefined
  }
  if (reply.vulnerabilities === undefined) return undefined
  return Object.entries(reply.vulnerabilities).map(([name, { severity, range, via }]) => {
    const why = via.map((each) => (typeof each === 'string' ? `through ${each}` : `${each.title} (${each.url})`))
    return `package-lock.json: ${name} ${range} is ${severity}: ${why.join('; ')}`
  })
}
