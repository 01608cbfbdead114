// Who may import whom, who may read the environment, who may hold SQL (house.md §1, §2). No list of exceptions:
// what a rule allows is said by folder and by the role in the file's name.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** The modules, earlier ones first. A module imports, and its SQL names, itself and earlier ones alone. */
export const ORDER = [
  ...['audit', 'org', 'access', 'approval'],
  ...['burden', 'ledger', 'matter', 'duty', 'inspection', 'study', 'hotline', 'opinion'],
  ...['rubric', 'scoring'],
  ...['appraisal', 'selection'],
  ...['answers', 'desk'],
]

const FOLDERS = ['base', 'engine', 'modules', 'server', 'web', 'db', 'test', 'bench', 'scripts']
const SKIP = /(^|\/)(node_modules|build|golden|\.svelte-kit)(\/|$)/

/** Where a file stands. `part` is the role in its name (`sql`, `contract`, …) or `web` for what is under a module's web folder. */
interface Place {
  path: string
  layer: 'base' | 'engine' | 'kit' | 'module' | 'app' | 'web-kit' | 'web' | 'outside'
  module: string
  part: string
  isTest: boolean
}

/** The place of a path relative to the checkout. */
export function placeOf(path: string): Place {
  const [top, second = '', third] = path.split('/')
  const part = top === 'modules' && third === 'web' ? 'web' : (/\.(\w+)\.ts$/.exec(path)?.[1] ?? '')
  const layers: Record<string, Place['layer']> = {
    base: 'base',
    engine: 'engine',
    modules: 'module',
    server: second === 'kit' ? 'kit' : 'app',
    web: second === 'kit' ? 'web-kit' : 'web',
  }
  return { path, layer: layers[top ?? ''] ?? 'outside', module: top === 'modules' ? second : '', part, isTest: /\.test\.ts$/.test(path) }
}

/** Every source file of the folders that the rules speak of, relative to `root`. */
export function sourceFiles(root: string): string[] {
  return FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => /\.(ts|mjs|js|svelte)$/.test(path) && !SKIP.test(path))
    .sort()
}

interface Source {
  imports: { specifier: string; names: string[]; typeOnly: boolean; line: number }[]
  literals: { text: string; tag: string; line: number }[]
  env: number[]
}

/** The script of a Svelte file at its own lines, other files as they are. */
function scriptOf(path: string, text: string): string {
  if (!path.endsWith('.svelte')) return text
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
    .map((match) => '\n'.repeat(text.slice(0, match.index).split('\n').length - 1) + (match[1] ?? ''))
    .join('\n')
}

function read(path: string, text: string): Source {
  const file = ts.createSourceFile(path, scriptOf(path, text), ts.ScriptTarget.Latest, false, ts.ScriptKind.TS)
  const source: Source = { imports: [], literals: [], env: [] }
  const line = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
      const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause
      const names =
        bindings !== undefined && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))
          ? bindings.elements.map((element) => (element.propertyName ?? element.name).text)
          : []
      const typeOnly = ts.isImportDeclaration(node) ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword : node.isTypeOnly
      source.imports.push({ specifier: node.moduleSpecifier.text, names, typeOnly, line: line(node) })
      return
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument !== undefined && ts.isStringLiteralLike(argument))
        source.imports.push({ specifier: argument.text, names: [], typeOnly: false, line: line(node) })
    }
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'env' && node.expression.getText(file) === 'process') source.env.push(line(node))
    if (ts.isTaggedTemplateExpression(node)) {
      source.literals.push({ text: templateText(node.template), tag: node.tag.getText(file), line: line(node) })
      if (ts.isTemplateExpression(node.template)) for (const span of node.template.templateSpans) visit(span.expression)
      return
    }
    if (ts.isStringLiteralLike(node)) source.literals.push({ text: node.text, tag: '', line: line(node) })
    else if (ts.isTemplateExpression(node)) source.literals.push({ text: templateText(node), tag: '', line: line(node) })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return source
}

function templateText(node: ts.TemplateLiteral): string {
  return ts.isNoSubstitutionTemplateLiteral(node) ? node.text : node.head.text + node.templateSpans.map((span) => `$1${span.literal.text}`).join('')
}

/** The file an import leads to, relative to the checkout; undefined for a package. */
function target(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier))
  return specifier.startsWith('#') ? specifier.slice(1) : undefined
}

const BROWSER_SAFE = ['contract', 'rules']

/** Why `from` may not import `to`; undefined when it may. */
function forbidden(from: Place, to: Place, harmless: boolean): string | undefined {
  const inBrowser =
    to.layer === 'base' || to.layer === 'engine' || to.layer === 'web-kit' || (to.layer === 'module' && ['web', ...BROWSER_SAFE].includes(to.part))
  switch (from.layer) {
    case 'base':
      return to.layer === 'base' ? undefined : 'base imports nothing but base'
    case 'engine':
      return to.layer === 'base' || to.layer === 'engine' ? undefined : 'the engine is pure: it imports base and itself'
    case 'kit':
      return ['base', 'engine', 'kit'].includes(to.layer) ? undefined : 'server/kit is below the modules'
    case 'web-kit':
      return to.layer === 'base' || to.layer === 'web-kit' || (to.layer === 'module' && to.part === 'contract')
        ? undefined
        : 'web/kit is below the pages: it imports base, itself and contracts'
    case 'web':
      return inBrowser || to.layer === 'web' ? undefined : 'pages never import what runs on the server'
    case 'module':
      return fromModule(from, to, inBrowser || harmless)
    case 'app':
      return to.layer === 'web' || to.layer === 'web-kit' || to.part === 'web' ? 'the server never imports pages' : undefined
    case 'outside':
      return undefined
  }
}

function fromModule(from: Place, to: Place, inBrowser: boolean): string | undefined {
  if (from.part === 'web' && !inBrowser) return 'pages never import what runs on the server'
  if (BROWSER_SAFE.includes(from.part) && !(inBrowser && to.part !== 'web' && to.layer !== 'web-kit'))
    return `a ${from.part} is browser-safe: it imports base, engine, contracts, rules and what is as pure; of other files the types alone`
  if (['app', 'web', 'outside'].includes(to.layer)) return 'modules are below server/app and web/routes'
  if (to.layer === 'web-kit') return from.part === 'web' ? undefined : 'only the pages of a module import web/kit'
  if (to.layer !== 'module' || to.module === from.module) return undefined
  if (ORDER.indexOf(to.module) > ORDER.indexOf(from.module))
    return `${from.module} comes before ${to.module}: downwards it is a call, upwards a row in the outbox`
  const isDoor = to.path === `modules/${to.module}/index.ts` || to.part === 'contract' || (from.part === 'web' && to.part === 'web')
  return isDoor ? undefined : `another module is entered by its index.ts or its contract`
}

const SQL =
  /^\s*(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+[\w."]+\s+(as\s+\w+\s+|\w+\s+)?set\s|delete\s+from\s|with\s+(recursive\s+)?\w+\s*(\([^)]*\)\s*)?as\s|(create|alter|drop)\s+(or\s+replace\s+)?(table|view|index|schema|role|function|policy|database)\s|set\s+local\s|copy\s+[\w.]+\s)/i

/** Whether a file may hold SQL (house.md §2). */
function mayHoldSql(place: Place): boolean {
  return place.part === 'sql' || place.layer === 'kit' || place.layer === 'engine' || place.layer === 'outside' || place.isTest
}

/** True for a file that reaches nothing but base, the engine and files like itself: a browser could run it. */
function isPure(root: string, path: string, seen: Set<string>): boolean {
  const { layer } = placeOf(path)
  if (layer === 'base' || layer === 'engine' || seen.has(path)) return true
  if (layer !== 'module' || !path.endsWith('.ts') || !existsSync(join(root, path))) return false
  seen.add(path)
  const { imports } = read(path, readFileSync(join(root, path), 'utf8'))
  return imports.every(({ specifier, typeOnly }) => {
    const to = target(path, specifier)
    return typeOnly || (to === undefined ? !specifier.startsWith('node:') && specifier !== 'pg' : isPure(root, to, seen))
  })
}

/** All breaches of the import, environment, pool and SQL rules under `root`, one line each: `file:line what`. */
export function checkImports(root: string): string[] {
  const problems: string[] = []
  for (const path of sourceFiles(root)) {
    const place = placeOf(path)
    const source = read(path, readFileSync(join(root, path), 'utf8'))
    const report = (line: number, what: string) => problems.push(`${path}:${line} ${what}`)
    if (place.layer === 'module' && !ORDER.includes(place.module)) report(1, `module "${place.module}" has no place in the order (scripts/check-imports.ts)`)
    for (const literal of source.literals) checkLiteral(place, literal, report)
    if (place.isTest || place.layer === 'outside') continue
    for (const line of path === 'server/app/config.ts' ? [] : source.env) report(line, 'only server/app/config.ts reads the environment')
    for (const { specifier, names, typeOnly, line } of source.imports) {
      const to = target(path, specifier)
      const why = to === undefined ? forbiddenPackage(place, specifier, names) : forbidden(place, placeOf(to), typeOnly || isPure(root, to, new Set()))
      if (why !== undefined) report(line, `imports ${specifier}: ${why}`)
    }
  }
  return problems
}

function forbiddenPackage(from: Place, specifier: string, names: string[]): string | undefined {
  const browser = ['base', 'engine', 'web', 'web-kit'].includes(from.layer) || ['web', ...BROWSER_SAFE].includes(from.part)
  // Hashing is pure; the rules that use it are not for pages, and the pages' build would say so.
  const isPure = specifier === 'node:crypto' && from.part === 'rules'
  if (browser && specifier.startsWith('node:') && !isPure) return 'this file also runs in a browser'
  if (specifier !== 'pg') return undefined
  if (from.layer !== 'kit') return 'only server/kit talks to PostgreSQL'
  return names.includes('Pool') && from.path !== 'server/kit/db.ts' ? 'only server/kit/db.ts knows the pool' : undefined
}

function checkLiteral(place: Place, literal: { text: string; tag: string; line: number }, report: (line: number, what: string) => void): void {
  const isSql = literal.tag === 'sql' || SQL.test(literal.text)
  if (isSql && !mayHoldSql(place)) report(literal.line, 'SQL outside a *.sql.ts file')
  if (place.layer !== 'module' || place.part !== 'sql' || place.isTest) return
  for (const later of ORDER.slice(ORDER.indexOf(place.module) + 1)) {
    if (new RegExp(`(?<![\\w."'])${later}\\.[a-z_]+`).test(literal.text)) report(literal.line, `SQL names schema ${later}, which comes after ${place.module}`)
  }
}
