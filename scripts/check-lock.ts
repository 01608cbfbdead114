// The lock file: exact versions in package.json, and an entry for every platform's optional package. Without those entries
// `npm ci` refuses the file wherever it can't fetch one of them, and npm drops them when it runs beside installed packages.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Entry {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

/** What is missing from package-lock.json or is not pinned, one line each. */
export function checkLock(root: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> }
  const top = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Entry
  const wanted = Object.entries({ ...top.dependencies, ...top.devDependencies, ...top.optionalDependencies })
  const loose = wanted.filter(([, version]) => !/^\d/.test(version)).map(([name, version]) => `package.json: ${name} is "${version}"; pin one version`)
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
      .map((name) => `package-lock.json: ${path} may need ${name}, which has no entry; add one like those of its neighbours`),
  )
  return [...loose, ...missing]
}
