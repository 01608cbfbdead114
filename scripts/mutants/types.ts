// Whether changed files still have their types: what the compiler would refuse is no mutant. Names left unused are allowed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** Codes for names and code that are no longer used. */
const unused = new Set([6133, 6138, 6192, 6196, 6198, 7027])

/** A check of some files' texts in place of what is on the disk: those that have their types. One program for all: a checker is dear. */
export function typeChecker(root: string, files: readonly string[]): (texts: ReadonlyMap<string, string>) => Set<string> {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')).config as object
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const changed = new Map<string, { text: string; version: number }>()
  let version = 0
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => files.map((file) => join(root, file)),
    getScriptVersion: (path) => String(changed.get(path)?.version ?? 0),
    getScriptSnapshot: (path) => {
      const text = changed.get(path)?.text ?? ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  }
  const service = ts.createLanguageService(host)
  return (texts) => {
    version += 1
    for (const [file, text] of texts) changed.set(join(root, file), { text, version })
    const typed = [...texts.keys()].filter((file) =>
      [...service.getSyntacticDiagnostics(join(root, file)), ...service.getSemanticDiagnostics(join(root, file))].every(
        ({ category, code }) => category !== ts.DiagnosticCategory.Error || unused.has(code),
      ),
    )
    version += 1
    for (const file of texts.keys()) changed.set(join(root, file), { text: ts.sys.readFile(join(root, file)) ?? '', version })
    return new Set(typed)
  }
}
